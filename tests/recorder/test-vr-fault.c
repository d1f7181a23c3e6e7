/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults: how they are written, and what they do to a drive. */
#include "vr-drive-private.h"
#include "vr-testing.h"

#include <errno.h>
#include <gio/gio.h>

static void
set_fault (VrDrive *drive, const char *spec)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (vr_drive_add_fault (drive, spec, &error));
  g_assert_no_error (error);
}

static VrDrive *
new_cd (void)
{
  VrDrive *drive = vr_testing_new_drive (VR_KIND_CD_R_80, 0, NULL);

  vr_testing_set_write_page (drive, VR_WRITE_TRACK_AT_ONCE, 0xc4, 8);
  return drive;
}

static void
test_bad_specs (void)
{
  static const char *const specs[]
      = { "",           "sense",          "sense=3/0c",   "sense=3/0c/100", "hang",
          "hang=x",     "gone=1",         "swap=floppy",  "remove,op=jump", "remove,lba=x",
          "remove,lba", "remove,often=2", "explode",      "slow=-1" };

  for (guint i = 0; i < G_N_ELEMENTS (specs); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (vr_fault_parse (specs[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
}

static void
test_sense (void)
{
  g_autoptr (VrDrive) drive = new_cd ();
  guint8 data[VR_BLOCK_BYTES];

  set_fault (drive, "sense=3/0c/00,op=write,lba=40");
  g_assert_cmphex (vr_testing_write (drive, 0, 16, 1), ==, 0);
  g_assert_cmphex (vr_testing_write (drive, 16, 16, 1), ==, 0);
  g_assert_cmphex (vr_testing_write (drive, 32, 16, 1), ==, VR_SENSE (3, 0x0c, 0));
  g_assert_cmphex (vr_testing_write (drive, 32, 16, 1), ==, 0);
  set_fault (drive, "sense=3/11/05,op=read,after=2,times=2");
  g_assert_cmphex (vr_testing_read (drive, 0, 1, data), ==, 0);
  g_assert_cmphex (vr_testing_read (drive, 0, 1, data), ==, 0);
  g_assert_cmphex (vr_testing_read (drive, 0, 1, data), ==, VR_SENSE (3, 0x11, 5));
  g_assert_cmphex (vr_testing_read (drive, 0, 1, data), ==, VR_SENSE (3, 0x11, 5));
  g_assert_cmphex (vr_testing_read (drive, 0, 1, data), ==, 0);
  set_fault (drive, "sense=3/11/05,op=0x28,times=always");
  for (guint i = 0; i < 5; i++)
    g_assert_cmphex (vr_testing_read (drive, 0, 1, data), ==, VR_SENSE (3, 0x11, 5));
  vr_drive_clear_faults (drive);
  g_assert_cmphex (vr_testing_read (drive, 0, 1, data), ==, 0);
}

static void
test_medium (void)
{
  g_autoptr (VrDrive) drive = new_cd ();
  const guint8 ready[6] = { VR_TEST_UNIT_READY };
  VrTestingTrack track;

  set_fault (drive, "swap=dvd+r,op=write,after=1");
  g_assert_cmphex (vr_testing_write (drive, 0, 16, 1), ==, 0);
  g_assert_cmphex (vr_testing_write (drive, 16, 16, 1), ==, VR_SENSE (2, 0x3a, 0));
  g_assert_cmphex (vr_testing_run (drive, ready, 6, NULL, 0), ==, VR_SENSE (6, 0x28, 0));
  vr_testing_wait_ready (drive);
  g_assert_cmphex (vr_testing_get_track (drive, 1, &track), ==, 0);
  g_assert_cmpuint (track.free, ==, 2295104);
  set_fault (drive, "remove");
  g_assert_cmphex (vr_testing_run (drive, ready, 6, NULL, 0), ==, VR_SENSE (2, 0x3a, 0));
  g_assert_cmphex (vr_testing_run (drive, ready, 6, NULL, 0), ==, VR_SENSE (2, 0x3a, 1));
}

static void
test_gone (void)
{
  g_autoptr (VrDrive) drive = new_cd ();

  set_fault (drive, "gone,op=write,after=1");
  g_assert_cmphex (vr_testing_write (drive, 0, 16, 1), ==, 0);
  g_assert_cmphex (vr_testing_write (drive, 16, 16, 1), ==, VR_SENSE (15, 0, ENODEV));
  g_assert_cmphex (vr_testing_write (drive, 16, 16, 1), ==, VR_SENSE (15, 0, ENODEV));
  g_assert_true (vr_drive_is_gone (drive));
}

static void
test_power_loss (void)
{
  g_autoptr (VrDrive) drive = new_cd ();
  VrTestingTrack track;

  set_fault (drive, "power-loss,after=4");
  for (guint i = 0; i < 4; i++)
    g_assert_cmphex (vr_testing_write (drive, i * 16, 16, 1), ==, 0);
  g_assert_cmphex (vr_testing_write (drive, 64, 16, 1), ==, VR_SENSE (15, 0, ENODEV));
  vr_drive_set_gone (drive, FALSE);
  g_assert_cmphex (vr_testing_write (drive, 64, 16, 1), ==, VR_SENSE (6, 0x29, 0));
  vr_testing_wait_ready (drive);
  g_assert_cmphex (vr_testing_get_track (drive, 1, &track), ==, 0);
  g_assert_cmpuint (track.flags[0] & 0x20, ==, 0x20);
}

static void
test_time (void)
{
  g_autoptr (VrDrive) drive = new_cd ();
  guint8 data[4 * VR_BLOCK_BYTES];
  guint8 read[10] = { VR_READ_10, 0, 0, 0, 0, 0, 0, 0, 4 };
  VrResult result;

  g_assert_cmphex (vr_testing_write (drive, 0, 16, 1), ==, 0);
  set_fault (drive, "hang=60,op=read");
  vr_drive_execute (drive, read, sizeof read, data, sizeof data, &result);
  g_assert_cmpuint (result.status, ==, 0);
  g_assert_cmpuint (result.delay_us, >, 59 * G_USEC_PER_SEC);
  vr_drive_clear_faults (drive);
  set_fault (drive, "slow=100");
  vr_drive_execute (drive, read, sizeof read, data, sizeof data, &result);
  g_assert_cmpuint (result.delay_us, >=, 80000);
  g_assert_cmpuint (result.delay_us, <, 100000);
  vr_drive_clear_faults (drive);
  set_fault (drive, "short-read=3");
  vr_drive_execute (drive, read, sizeof read, data, sizeof data, &result);
  g_assert_cmpuint (result.status, ==, 0);
  g_assert_cmpuint (result.transferred_bytes, ==, 3 * VR_BLOCK_BYTES);
  set_fault (drive, "busy=0.05,op=read");
  g_assert_cmphex (vr_testing_read (drive, 0, 4, data), ==, VR_SENSE (2, 0x04, 8));
  g_usleep (60000);
  g_assert_cmphex (vr_testing_read (drive, 0, 4, data), ==, 0);
}

static void
test_access (void)
{
  g_autoptr (VrDrive) drive = new_cd ();

  g_assert_true (vr_drive_may_open (drive, TRUE));
  set_fault (drive, "read-only");
  g_assert_false (vr_drive_may_open (drive, TRUE));
  g_assert_true (vr_drive_may_open (drive, FALSE));
  set_fault (drive, "no-access");
  g_assert_false (vr_drive_may_open (drive, FALSE));
  vr_drive_clear_faults (drive);
  g_assert_true (vr_drive_may_open (drive, TRUE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vr-fault/bad-specs", test_bad_specs);
  g_test_add_func ("/vr-fault/sense", test_sense);
  g_test_add_func ("/vr-fault/medium", test_medium);
  g_test_add_func ("/vr-fault/gone", test_gone);
  g_test_add_func ("/vr-fault/power-loss", test_power_loss);
  g_test_add_func ("/vr-fault/time", test_time);
  g_test_add_func ("/vr-fault/access", test_access);
  return g_test_run ();
}
