/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libburn, as it is installed, on a drive inside of this process: no socket, no preload. */
#include "vr-inprocess.h"
#include "vr-testing.h"

#include <errno.h>
#include <fcntl.h>
#include <libburn/libburn.h>
#include <string.h>
#include <unistd.h>

#define NODE "/dev/sr0"
#define PADDING_BLOCKS 150

typedef struct
{
  guint32 seed;
  guint32 next_block;
  guint32 n_blocks;
} Pattern;

/* Each block is different, and says which one it is. */
static void
fill_block (guint8 *block, guint32 seed, guint32 number)
{
  guint32 words[VR_BLOCK_BYTES / sizeof (guint32)];

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    words[i] = seed + number * 2654435761u + i;
  memcpy (block, words, sizeof words);
}

static int
read_pattern (struct burn_source *source, unsigned char *buffer, int size)
{
  Pattern *pattern = source->data;
  int done = 0;

  while (done + (int) VR_BLOCK_BYTES <= size && pattern->next_block < pattern->n_blocks)
    {
      fill_block (buffer + done, pattern->seed, pattern->next_block++);
      done += VR_BLOCK_BYTES;
    }
  return done;
}

static off_t
get_pattern_size (struct burn_source *source)
{
  return (off_t) ((Pattern *) source->data)->n_blocks * VR_BLOCK_BYTES;
}

static struct burn_source *
new_source (Pattern *pattern)
{
  struct burn_source *source = g_malloc0 (sizeof *source);

  /* libburn frees it with free(), which is what g_malloc() uses. */
  source->refcount = 1;
  source->read = read_pattern;
  source->get_size = get_pattern_size;
  source->data = pattern;
  return source;
}

static struct burn_drive_info *infos;

static struct burn_drive *
grab (void)
{
  char address[] = NODE;
  struct burn_drive *drive;

  g_assert_cmpint (burn_drive_scan_and_grab (&infos, address, 0), ==, 1);
  drive = infos->drive;
  while (burn_disc_get_status (drive) == BURN_DISC_UNREADY)
    g_usleep (1000);
  return drive;
}

static void
release (struct burn_drive *drive, VrDrive *recorder)
{
  burn_drive_release (drive, 0);
  burn_drive_info_free (infos);
  vr_inprocess_detach (recorder);
}

static void
wait_idle (struct burn_drive *drive)
{
  struct burn_progress progress;

  while (burn_drive_get_status (drive, &progress) == BURN_DRIVE_SPAWNING)
    g_usleep (1000);
  while (burn_drive_get_status (drive, &progress) != BURN_DRIVE_IDLE)
    g_usleep (1000);
}

static struct burn_write_opts *
new_options (struct burn_drive *drive, gboolean is_cd)
{
  struct burn_write_opts *options = burn_write_opts_new (drive);

  g_assert_nonnull (options);
  g_assert_cmpint (
      burn_write_opts_set_write_type (options, BURN_WRITE_TAO, BURN_BLOCK_MODE1), ==, 1);
  burn_write_opts_set_multi (options, is_cd ? 1 : 0);
  burn_write_opts_set_underrun_proof (options, 1);
  return options;
}

/* Returns how long writing took, in seconds. */
static double
burn_session (struct burn_drive *drive, guint32 seed, guint32 n_blocks, gboolean is_cd)
{
  Pattern pattern = { .seed = seed, .n_blocks = n_blocks };
  struct burn_disc *disc = burn_disc_create ();
  struct burn_session *session = burn_session_create ();
  struct burn_track *track = burn_track_create ();
  struct burn_source *source = new_source (&pattern);
  struct burn_write_opts *options = new_options (drive, is_cd);
  char reasons[BURN_REASONS_LEN];
  gint64 began;
  double elapsed_s;

  g_assert_cmpint (burn_disc_add_session (disc, session, BURN_POS_END), ==, 1);
  burn_track_define_data (track, 0, is_cd ? PADDING_BLOCKS * VR_BLOCK_BYTES : 0, 1, BURN_MODE1);
  g_assert_cmpint (burn_track_set_source (track, source), ==, BURN_SOURCE_OK);
  g_assert_cmpint (burn_session_add_track (session, track, BURN_POS_END), ==, 1);
  g_assert_cmpint (burn_precheck_write (options, disc, reasons, 0), ==, 1);
  began = g_get_monotonic_time ();
  burn_disc_write (options, disc);
  wait_idle (drive);
  elapsed_s = (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
  g_assert_cmpint (burn_drive_wrote_well (drive), ==, 1);
  burn_write_opts_free (options);
  burn_source_free (source);
  burn_track_free (track);
  burn_session_free (session);
  burn_disc_free (disc);
  return elapsed_s;
}

/* Reads a session back and compares; returns how long reading took, in seconds. */
static double
check_session (struct burn_drive *drive, guint32 seed, guint32 start, guint32 n_blocks)
{
  g_autofree guint8 *data = g_malloc (32 * VR_BLOCK_BYTES);
  guint8 wanted[VR_BLOCK_BYTES];
  gint64 reading_us = 0;

  for (guint32 at = 0; at < n_blocks; at += 32)
    {
      guint32 n = MIN (32, n_blocks - at);
      off_t count = 0;
      gint64 began = g_get_monotonic_time ();

      g_assert_cmpint (burn_read_data (drive, (off_t) (start + at) * VR_BLOCK_BYTES, (char *) data,
                                       n * VR_BLOCK_BYTES, &count, 0),
                       ==, 1);
      reading_us += g_get_monotonic_time () - began;
      g_assert_cmpint (count, ==, n * VR_BLOCK_BYTES);
      for (guint32 i = 0; i < n; i++)
        {
          fill_block (wanted, seed, at + i);
          g_assert_cmpmem (data + i * VR_BLOCK_BYTES, VR_BLOCK_BYTES, wanted, sizeof wanted);
        }
    }
  return (double) reading_us / G_USEC_PER_SEC;
}

static void
check_next (struct burn_drive *drive, int nwa, off_t free_blocks)
{
  struct burn_write_opts *options = new_options (drive, TRUE);
  int lba = 0;
  int address = 0;

  g_assert_cmpint (burn_disc_track_lba_nwa (drive, options, 0, &lba, &address), ==, 1);
  g_assert_cmpint (address, ==, nwa);
  g_assert_cmpint (burn_disc_available_space (drive, options) / VR_BLOCK_BYTES, ==, free_blocks);
  burn_write_opts_free (options);
}

static void
check_lead_out (struct burn_drive *drive, int session, int lead_out)
{
  struct burn_disc *disc = burn_drive_get_disc (drive);
  struct burn_session **sessions;
  struct burn_toc_entry entry;
  int n_sessions = 0;

  g_assert_nonnull (disc);
  sessions = burn_disc_get_sessions (disc, &n_sessions);
  g_assert_cmpint (n_sessions, >, session);
  burn_session_get_leadout_entry (sessions[session], &entry);
  g_assert_cmpint (burn_msf_to_lba (entry.pmin, entry.psec, entry.pframe), ==, lead_out);
  burn_disc_free (disc);
}

/* The addresses of a real 80 minute CD-R after 100 MiB, and 50 MiB more. */
static void
test_two_sessions (void)
{
  g_autoptr (VrDrive) recorder = vr_testing_new_drive (VR_KIND_CD_R_80, 0, NULL);
  struct burn_drive *drive;
  double write_s;
  double read_s;
  int start = 0;

  g_assert_true (vr_inprocess_attach (recorder, NODE));
  drive = grab ();
  g_assert_cmpint (burn_disc_get_status (drive), ==, BURN_DISC_BLANK);
  check_next (drive, 0, 359849);
  write_s = burn_session (drive, 1, 51200, TRUE);
  g_assert_cmpint (burn_drive_re_assess (drive, 0), ==, 1);
  g_assert_cmpint (burn_disc_get_status (drive), ==, BURN_DISC_APPENDABLE);
  check_lead_out (drive, 0, 51352);
  check_next (drive, 62752, 297097);
  burn_session (drive, 2, 25600, TRUE);
  g_assert_cmpint (burn_drive_re_assess (drive, 0), ==, 1);
  check_lead_out (drive, 1, 62752 + 25752);
  check_next (drive, 62752 + 25752 + 6900, 264445);
  g_assert_cmpint (burn_disc_get_msc1 (drive, &start), ==, 1);
  g_assert_cmpint (start, ==, 62752);
  read_s = check_session (drive, 1, 0, 51200);
  check_session (drive, 2, 62752, 25600);
  g_test_message ("in process: %.0f MB/s written with session close, %.0f MB/s read", 105 / write_s,
                  105 / read_s);
  release (drive, recorder);
}

/* A lot of data on a BD-R, to see how fast the transport is. */
static void
test_throughput (void)
{
  g_autoptr (VrDrive) recorder = vr_testing_new_drive (VR_KIND_BD_R_25, 0, NULL);
  struct burn_drive *drive;
  double write_s;
  double read_s;
  guint32 n_blocks = 131072;

  g_assert_true (vr_inprocess_attach (recorder, NODE));
  drive = grab ();
  write_s = burn_session (drive, 3, n_blocks, FALSE);
  g_assert_cmpint (burn_drive_re_assess (drive, 0), ==, 1);
  read_s = check_session (drive, 3, 0, n_blocks);
  g_test_message ("in process: %.0f MB/s written, %.0f MB/s read", 268.4 / write_s,
                  268.4 / read_s);
  release (drive, recorder);
}

/* The node behaves as a block device. */
static void
test_node (void)
{
  g_autoptr (VrDrive) recorder = vr_testing_new_drive (VR_KIND_DVD_RAM, 1600, NULL);
  guint8 buffer[100];
  int fd;
  int second;

  g_assert_cmpint (open (NODE, O_RDONLY | O_CLOEXEC), ==, -1);
  g_assert_cmpint (errno, ==, ENOENT);
  g_assert_cmphex (vr_testing_write (recorder, 16, 16, 0xab), ==, 0);
  g_assert_true (vr_inprocess_attach (recorder, NODE));
  fd = open (NODE, O_RDWR | O_EXCL | O_CLOEXEC);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (open (NODE, O_RDWR | O_EXCL | O_CLOEXEC), ==, -1);
  g_assert_cmpint (errno, ==, EBUSY);
  second = open (NODE, O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (second, >=, 0);
  g_assert_cmpint (lseek (second, 0, SEEK_END), ==, 1600 * VR_BLOCK_BYTES);
  g_assert_cmpint (lseek (second, 16 * VR_BLOCK_BYTES - 50, SEEK_SET), >, 0);
  g_assert_cmpint (read (second, buffer, sizeof buffer), ==, sizeof buffer);
  g_assert_cmpuint (buffer[49], ==, 0);
  g_assert_cmpuint (buffer[50], ==, 0xab);
  g_assert_cmpint (close (second), ==, 0);
  g_assert_cmpint (close (fd), ==, 0);
  fd = open (NODE, O_RDWR | O_EXCL | O_CLOEXEC);
  g_assert_cmpint (fd, >=, 0);
  vr_drive_set_gone (recorder, TRUE);
  g_assert_cmpint (read (fd, buffer, sizeof buffer), ==, -1);
  g_assert_cmpint (errno, ==, ENODEV);
  g_assert_cmpint (close (fd), ==, 0);
  vr_inprocess_detach (recorder);
}

int
main (int argc, char **argv)
{
  char queue[] = "NEVER";
  char print[] = "WARNING";
  char prefix[] = "libburn: ";
  int status;

  g_test_init (&argc, &argv, NULL);
  vr_inprocess_set_sleep_divisor (50);
  g_assert_cmpint (burn_initialize (), ==, 1);
  burn_msgs_set_severities (queue, print, prefix);
  burn_preset_device_open (1, 0, 0);
  g_test_add_func ("/vr-libburn/node", test_node);
  g_test_add_func ("/vr-libburn/two-sessions", test_two_sessions);
  g_test_add_func ("/vr-libburn/throughput", test_throughput);
  status = g_test_run ();
  burn_finish ();
  return status;
}
