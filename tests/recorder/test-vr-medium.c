/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Media in their backing files. */
#include "vr-drive-private.h"
#include "vr-testing.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("virtual-media-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "medium", NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_unlink (self->path);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->path);
  g_free (self->folder);
}

static void
check_track (const VrTrack *track, const VrTrack *wanted)
{
  g_assert_cmpuint (track->session, ==, wanted->session);
  g_assert_cmpint (track->is_closed, ==, wanted->is_closed);
  g_assert_cmpint (track->is_damaged, ==, wanted->is_damaged);
  g_assert_cmpint (track->is_written_to, ==, wanted->is_written_to);
  g_assert_cmpuint (track->control, ==, wanted->control);
  g_assert_cmpuint (track->data_mode, ==, wanted->data_mode);
  g_assert_cmpint (track->is_packet, ==, wanted->is_packet);
  g_assert_cmpuint (track->sector_bytes, ==, wanted->sector_bytes);
  g_assert_cmpuint (track->start, ==, wanted->start);
  g_assert_cmpuint (track->recorded_blocks, ==, wanted->recorded_blocks);
  g_assert_cmpuint (track->run_out_blocks, ==, wanted->run_out_blocks);
  g_assert_cmpuint (track->reserved_blocks, ==, wanted->reserved_blocks);
}

/* Every kind comes back from its file as it was put away. */
static void
test_restore (Fixture *self, gconstpointer data)
{
  for (VrKind kind = VR_KIND_CD_R_74; kind < VR_N_KINDS; kind++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (VrMedium) medium = NULL;
      g_autoptr (VrMedium) again = NULL;
      struct stat info;

      if (vr_kind_get_info (kind)->model == VR_MODEL_PRESSED)
        continue;
      medium = vr_medium_new (kind, 0, self->path, &error);
      g_assert_no_error (error);
      if (vr_kind_get_info (kind)->model != VR_MODEL_OVERWRITE)
        {
          VrTrack *track = vr_medium_add_track (medium, 0);

          track->recorded_blocks = 320;
          vr_medium_close_session (medium, FALSE);
          vr_medium_add_track (medium, vr_medium_get_next_start (medium));
        }
      g_assert_true (vr_medium_save (medium, TRUE, &error));
      again = vr_medium_new (VR_KIND_NONE, 0, self->path, &error);
      g_assert_no_error (error);
      g_assert_cmpint (again->kind, ==, kind);
      g_assert_cmpuint (again->capacity_blocks, ==, medium->capacity_blocks);
      g_assert_cmpuint (again->disc_id, ==, medium->disc_id);
      g_assert_cmpuint (again->closed_sessions, ==, medium->closed_sessions);
      g_assert_cmpint (again->format_state, ==, medium->format_state);
      g_assert_cmpuint (again->tracks->len, ==, medium->tracks->len);
      for (guint i = 1; i <= medium->tracks->len; i++)
        check_track (vr_medium_get_track (again, i), vr_medium_get_track (medium, i));
      /* 50 GB take no room before they are written. */
      g_assert_cmpint (g_stat (self->path, &info), ==, 0);
      g_assert_cmpint (info.st_blocks, <, 1024);
      g_unlink (self->path);
    }
}

/* A state that was torn while it was written gives way to the one before it. */
static void
test_torn (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrMedium) medium = vr_medium_new (VR_KIND_CD_R_80, 0, self->path, &error);
  g_autoptr (VrMedium) again = NULL;
  guint64 slot;
  int fd;

  g_assert_no_error (error);
  vr_medium_add_track (medium, 0)->recorded_blocks = 300;
  vr_medium_close_session (medium, FALSE);
  g_assert_true (vr_medium_save (medium, TRUE, &error));
  vr_medium_add_track (medium, vr_medium_get_next_start (medium))->recorded_blocks = 300;
  g_assert_true (vr_medium_save (medium, TRUE, &error));
  slot = medium->generation % 2;
  fd = g_open (self->path, O_WRONLY | O_CLOEXEC, 0);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pwrite (fd, "garbage", 7, (gint64) slot * 512 * 1024 + 100), ==, 7);
  close (fd);
  again = vr_medium_new (VR_KIND_CD_R_80, 0, self->path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->tracks->len, ==, 1);
  g_assert_cmpuint (again->closed_sessions, ==, 1);
}

/* A recorder that is killed while it writes leaves a damaged track and the sessions before it; the
 * track can be closed then. */
static void
test_killed (Fixture *self, gconstpointer data)
{
  g_autoptr (VrDrive) drive = NULL;
  g_autofree guint8 *block = g_malloc (VR_BLOCK_BYTES);
  VrTestingTrack track;
  pid_t child = fork ();
  int status = 0;

  if (child == 0)
    {
      VrDrive *doomed = vr_testing_new_drive (VR_KIND_CD_R_80, 0, self->path);

      vr_testing_set_write_page (doomed, VR_WRITE_TRACK_AT_ONCE, 0xc4, 8);
      for (guint32 lba = 0; lba < 320; lba += 32)
        g_assert_cmphex (vr_testing_write (doomed, lba, 32, 0x11), ==, 0);
      g_assert_cmphex (vr_testing_sync (doomed), ==, 0);
      g_assert_cmphex (vr_testing_close (doomed, 2, 0), ==, 0);
      for (guint32 lba = 0; lba < 9600; lba += 32)
        g_assert_cmphex (vr_testing_write (doomed, 322 + 11400 + lba, 32, 0x22), ==, 0);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);

  drive = vr_testing_new_drive (VR_KIND_CD_R_80, 0, self->path);
  vr_testing_set_write_page (drive, VR_WRITE_TRACK_AT_ONCE, 0xc4, 8);
  g_assert_cmphex (vr_testing_read (drive, 319, 1, block), ==, 0);
  g_assert_cmpuint (block[0], ==, 0x11);
  g_assert_cmphex (vr_testing_get_track (drive, 0xff, &track), ==, 0);
  g_assert_cmpuint (track.number, ==, 2);
  g_assert_cmpuint (track.flags[0] & 0x20, ==, 0x20);
  g_assert_cmpuint (track.flags[2] & 1, ==, 0);
  g_assert_cmphex (vr_testing_write (drive, track.start + 9600, 16, 1), ==, VR_SENSE (5, 0x21, 2));
  g_assert_cmphex (vr_testing_close (drive, 1, 2), ==, 0);
  g_assert_cmphex (vr_testing_close (drive, 2, 0), ==, 0);
  g_assert_cmphex (vr_testing_get_track (drive, 2, &track), ==, 0);
  g_assert_cmpuint (track.flags[0] & 0x20, ==, 0);
  g_assert_cmpuint (track.size, >, 4000);
  g_assert_cmphex (vr_testing_read (drive, track.start + 100, 1, block), ==, 0);
  g_assert_cmpuint (block[0], ==, 0x22);
  g_assert_cmphex (vr_testing_get_track (drive, 0xff, &track), ==, 0);
  g_assert_cmpuint (track.session, ==, 3);
}

static void
test_refused (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  VrKind kind;

  g_assert_true (g_file_set_contents (self->path, "no medium", -1, NULL));
  g_assert_null (vr_medium_new (VR_KIND_CD_R_80, 0, self->path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_clear_error (&error);
  g_unlink (self->path);
  vr_medium_free (vr_medium_new (VR_KIND_DVD_R, 0, self->path, &error));
  g_assert_no_error (error);
  g_assert_null (vr_medium_new (VR_KIND_CD_R_80, 0, self->path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (vr_kind_from_name ("floppy", &kind, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

/* The states that a new medium can come in, and those it cannot. */
static void
test_states (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrMedium) formatted = vr_medium_new_named ("bd-re-25/formatted", 0, NULL, &error);
  g_autoptr (VrMedium) pow = vr_medium_new_named ("bd-r-25/pow", 0, self->path, &error);
  g_autoptr (VrMedium) again = vr_medium_new_named ("bd-r-25", 0, self->path, &error);
  g_autoptr (VrMedium) quick = vr_medium_new_named ("dvd-rw-seq/quick-blanked", 0, NULL, &error);
  g_autoptr (VrDrive) drive = vr_drive_new ("TEST", "Drive", "1");

  g_assert_no_error (error);
  g_assert_cmpuint (formatted->formatted_blocks, ==, 11826176);
  g_assert_true (pow->is_new);
  g_assert_false (again->is_new);
  g_assert_true (again->is_pseudo_overwrite);
  g_assert_true (quick->is_quick_blanked);
  g_assert_null (vr_medium_new_named ("cd-r-80/pow", 0, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_null (vr_medium_new_named ("none", 0, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  vr_drive_set_time_scale (drive, 1e6);
  g_assert_true (vr_drive_insert (
      drive, vr_medium_new_named ("cd-rw-80/protected", 0, NULL, &error), &error));
  vr_testing_wait_ready (drive);
  g_assert_cmphex (vr_testing_write (drive, 0, 16, 1), ==, VR_SENSE (7, 0x27, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/vr-medium/restore", Fixture, NULL, set_up, test_restore, tear_down);
  g_test_add ("/vr-medium/torn", Fixture, NULL, set_up, test_torn, tear_down);
  g_test_add ("/vr-medium/killed", Fixture, NULL, set_up, test_killed, tear_down);
  g_test_add ("/vr-medium/states", Fixture, NULL, set_up, test_states, tear_down);
  g_test_add ("/vr-medium/refused", Fixture, NULL, set_up, test_refused, tear_down);
  return g_test_run ();
}
