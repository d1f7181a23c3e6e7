/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The drive, command by command. */
#include "vr-drive-private.h"
#include "vr-testing.h"

#include <string.h>

static void
test_cd_geometry (void)
{
  g_autoptr (VrDrive) drive = vr_testing_new_drive (VR_KIND_CD_R_80, 0, NULL);
  g_autofree guint8 *data = g_malloc (VR_BLOCK_BYTES * 16);
  guint8 atip[28] = { 0 };
  const guint8 read_atip[10] = { VR_READ_TOC, 2, 4, 0, 0, 0, 0, 0, 28 };
  VrTestingTrack track;

  g_assert_cmphex (vr_testing_run (drive, read_atip, sizeof read_atip, atip, sizeof atip), ==, 0);
  g_assert_cmpint ((atip[12] * 60 + atip[13]) * 75 + atip[14] - 150, ==, 359849);
  vr_testing_set_write_page (drive, VR_WRITE_TRACK_AT_ONCE, 0xc4, 8);
  g_assert_cmphex (vr_testing_get_track (drive, 0xff, &track), ==, 0);
  g_assert_cmpuint (track.next, ==, 0);
  g_assert_cmpuint (track.free, ==, 359849);

  for (guint32 lba = 0; lba < 51350; lba += 50)
    g_assert_cmphex (vr_testing_write (drive, lba, 50, (guint8) lba), ==, 0);
  g_assert_cmphex (vr_testing_sync (drive), ==, 0);
  g_assert_cmphex (vr_testing_get_track (drive, 1, &track), ==, 0);
  g_assert_cmpuint (track.size, ==, 51352);
  /* A further track of the session would begin behind a pre-gap. */
  g_assert_cmphex (vr_testing_get_track (drive, 0xff, &track), ==, 0);
  g_assert_cmpuint (track.next, ==, 51352 + 150);
  g_assert_cmphex (vr_testing_close (drive, 2, 0), ==, 0);
  g_assert_cmphex (vr_testing_get_track (drive, 0xff, &track), ==, 0);
  g_assert_cmpuint (track.number, ==, 2);
  g_assert_cmpuint (track.session, ==, 2);
  g_assert_cmpuint (track.next, ==, 62752);
  g_assert_cmpuint (track.free, ==, 297097);

  /* The run-out and the gap cannot be read; behind them there is nothing. */
  g_assert_cmphex (vr_testing_read (drive, 51349, 1, data), ==, 0);
  g_assert_cmphex (vr_testing_read (drive, 51350, 1, data), ==, VR_SENSE (5, 0x64, 0));
  g_assert_cmphex (vr_testing_read (drive, 51340, 16, data), ==, VR_SENSE (5, 0x21, 0));
  g_assert_cmphex (vr_testing_read (drive, 51352, 1, data), ==, VR_SENSE (5, 0x21, 0));

  for (guint32 lba = 0; lba < 25750; lba += 50)
    g_assert_cmphex (vr_testing_write (drive, 62752 + lba, 50, 7), ==, 0);
  g_assert_cmphex (vr_testing_sync (drive), ==, 0);
  g_assert_cmphex (vr_testing_close (drive, 2, 0), ==, 0);
  g_assert_cmphex (vr_testing_get_track (drive, 0xff, &track), ==, 0);
  g_assert_cmpuint (track.next, ==, 62752 + 25752 + 6900);
  g_assert_cmpuint (track.free, ==, 264445);
  g_assert_cmphex (vr_testing_read (drive, 55000, 1, data), ==, VR_SENSE (5, 0x64, 0));

  /* A session with multi-session off finalizes the disc. */
  vr_testing_set_write_page (drive, VR_WRITE_TRACK_AT_ONCE, 0x04, 8);
  g_assert_cmphex (vr_testing_write (drive, track.next, 16, 1), ==, 0);
  g_assert_cmphex (vr_testing_sync (drive), ==, 0);
  g_assert_cmphex (vr_testing_close (drive, 2, 0), ==, 0);
  g_assert_cmphex (vr_testing_get_track (drive, 3, &track), ==, 0);
  /* A track under four seconds is padded. */
  g_assert_cmpuint (track.size, ==, 302);
  g_assert_cmphex (vr_testing_get_track (drive, 0xff, &track), ==, VR_SENSE (5, 0x24, 0));
  g_assert_cmphex (vr_testing_write (drive, 110000, 16, 1), ==, VR_SENSE (5, 0x21, 2));
}

static void
test_write_order (void)
{
  g_autoptr (VrDrive) drive = vr_testing_new_drive (VR_KIND_CD_R_80, 1000, NULL);
  VrTestingTrack track;

  vr_testing_set_write_page (drive, VR_WRITE_TRACK_AT_ONCE, 0xc4, 8);
  g_assert_cmphex (vr_testing_write (drive, 16, 16, 1), ==, VR_SENSE (5, 0x21, 2));
  g_assert_cmphex (vr_testing_write (drive, 0, 16, 1), ==, 0);
  g_assert_cmphex (vr_testing_write (drive, 0, 16, 1), ==, VR_SENSE (5, 0x21, 2));
  /* A track keeps the mode that it began with. */
  vr_testing_set_write_page (drive, VR_WRITE_TRACK_AT_ONCE, 0xc0, 0);
  g_assert_cmphex (vr_testing_write (drive, 16, 16, 1), ==, VR_SENSE (5, 0x64, 0));
  vr_testing_set_write_page (drive, VR_WRITE_TRACK_AT_ONCE, 0xc4, 8);
  g_assert_cmphex (vr_testing_write (drive, 16, 980, 1), ==, 0);
  /* Four blocks are left. */
  g_assert_cmphex (vr_testing_write (drive, 996, 16, 1), ==, VR_SENSE (5, 0x63, 0));
  g_assert_cmphex (vr_testing_write (drive, 996, 4, 1), ==, 0);
  g_assert_cmphex (vr_testing_sync (drive), ==, 0);
  g_assert_cmphex (vr_testing_close (drive, 2, 0), ==, 0);
  /* No room for a further session: no address that could be written. */
  g_assert_cmphex (vr_testing_get_track (drive, 0xff, &track), ==, 0);
  g_assert_cmpuint (track.flags[2] & 1, ==, 0);
  g_assert_cmpuint (track.free, ==, 0);
}

static void
test_test_write (void)
{
  g_autoptr (VrDrive) drive = vr_testing_new_drive (VR_KIND_CD_R_80, 5000, NULL);
  VrTestingTrack track;

  vr_testing_set_write_page (drive, 0x10 | VR_WRITE_TRACK_AT_ONCE, 0xc4, 8);
  g_assert_cmphex (vr_testing_write (drive, 0, 16, 1), ==, 0);
  g_assert_cmphex (vr_testing_write (drive, 16, 16, 1), ==, 0);
  g_assert_cmphex (vr_testing_sync (drive), ==, 0);
  g_assert_cmphex (vr_testing_close (drive, 2, 0), ==, 0);
  g_assert_cmphex (vr_testing_get_track (drive, 0xff, &track), ==, 0);
  g_assert_cmpuint (track.number, ==, 1);
  g_assert_cmpuint (track.next, ==, 0);
  g_assert_cmpuint (track.flags[1] & 0x40, ==, 0x40);
}

static void
test_minus (void)
{
  g_autoptr (VrDrive) drive = vr_testing_new_drive (VR_KIND_DVD_RW_SEQ, 100000, NULL);
  const guint8 blank[12] = { VR_BLANK, 0x01 };
  guint8 reserve[10] = { VR_RESERVE_TRACK };
  g_autofree guint8 *data = g_malloc (VR_BLOCK_BYTES);
  VrTestingTrack track;

  vr_testing_set_write_page (drive, VR_WRITE_PACKET, 0xe5, 8);
  g_assert_cmphex (vr_testing_write (drive, 0, 16, 1), ==, 0);
  g_assert_cmphex (vr_testing_write (drive, 16, 3, 1), ==, 0);
  g_assert_cmphex (vr_testing_sync (drive), ==, 0);
  g_assert_cmphex (vr_testing_get_track (drive, 1, &track), ==, 0);
  g_assert_cmpuint (track.next, ==, 32);
  g_assert_cmphex (vr_testing_close (drive, 1, 1), ==, 0);
  g_assert_cmphex (vr_testing_close (drive, 2, 0), ==, 0);
  g_assert_cmphex (vr_testing_get_track (drive, 2, &track), ==, 0);
  g_assert_cmpuint (track.next, ==, 32 + 16384);
  /* At once only on a blank disc. */
  vr_testing_set_write_page (drive, VR_WRITE_SESSION_AT_ONCE, 0x05, 8);
  g_assert_cmphex (vr_testing_write (drive, track.next, 16, 1), ==, VR_SENSE (5, 0x64, 0));
  /* A minimal blank leaves nothing else. */
  g_assert_cmphex (vr_testing_run (drive, blank, sizeof blank, NULL, 0), ==, 0);
  vr_testing_set_write_page (drive, VR_WRITE_PACKET, 0xe5, 8);
  g_assert_cmphex (vr_testing_write (drive, 0, 16, 1), ==, VR_SENSE (5, 0x64, 0));
  vr_testing_set_write_page (drive, VR_WRITE_SESSION_AT_ONCE, 0x05, 8);
  g_assert_cmphex (vr_testing_write (drive, 0, 16, 1), ==, VR_SENSE (5, 0x2c, 0));
  vr_put_32 (reserve + 5, 64);
  g_assert_cmphex (vr_testing_run (drive, reserve, sizeof reserve, NULL, 0), ==, 0);
  g_assert_cmphex (vr_testing_write (drive, 0, 64, 9), ==, 0);
  g_assert_cmphex (vr_testing_write (drive, 64, 16, 9), ==, VR_SENSE (5, 0x63, 0));
  g_assert_cmphex (vr_testing_sync (drive), ==, 0);
  g_assert_cmphex (vr_testing_get_track (drive, 2, &track), ==, VR_SENSE (5, 0x24, 0));
  g_assert_cmphex (vr_testing_read (drive, 63, 1, data), ==, 0);
  g_assert_cmpuint (data[2047], ==, 9);
}

static void
test_plus (void)
{
  g_autoptr (VrDrive) drive = vr_testing_new_drive (VR_KIND_BD_R_25, 100000, NULL);
  VrTestingTrack track;

  g_assert_cmphex (vr_testing_write (drive, 0, 32, 1), ==, 0);
  g_assert_cmphex (vr_testing_sync (drive), ==, 0);
  g_assert_cmphex (vr_testing_close (drive, 1, 1), ==, 0);
  g_assert_cmphex (vr_testing_close (drive, 2, 0), ==, 0);
  g_assert_cmphex (vr_testing_get_track (drive, 2, &track), ==, 0);
  g_assert_cmpuint (track.next, ==, 32);
  g_assert_cmphex (vr_testing_write (drive, 32, 32, 1), ==, 0);
  g_assert_cmphex (vr_testing_sync (drive), ==, 0);
  g_assert_cmphex (vr_testing_close (drive, 6, 0), ==, 0);
  g_assert_cmphex (vr_testing_write (drive, 64, 32, 1), ==, VR_SENSE (5, 0x21, 2));
}

static void
test_overwritable (void)
{
  g_autoptr (VrDrive) drive = vr_testing_new_drive (VR_KIND_BD_RE_25, 100000, NULL);
  guint8 list[12] = { 0, 0x82, 0, 8 };
  const guint8 format[6] = { VR_FORMAT_UNIT, 0x11 };
  const guint8 read_formats[10] = { VR_READ_FORMAT_CAPACITIES, 0, 0, 0, 0, 0, 0, 0, 84 };
  guint8 formats[84] = { 0 };
  g_autofree guint8 *data = g_malloc (VR_BLOCK_BYTES);
  guint32 blocks;

  g_assert_cmphex (vr_testing_write (drive, 0, 32, 1), ==, VR_SENSE (5, 0x30, 5));
  g_assert_cmphex (vr_testing_run (drive, read_formats, sizeof read_formats, formats, 84), ==, 0);
  g_assert_cmpuint (formats[8], ==, 1);
  blocks = vr_get_32 (formats + 12);
  vr_put_32 (list + 4, blocks);
  g_assert_cmphex (vr_testing_run (drive, format, sizeof format, list, sizeof list), ==, 0);
  vr_testing_wait_ready (drive);
  g_assert_cmphex (vr_testing_run (drive, read_formats, sizeof read_formats, formats, 84), ==, 0);
  g_assert_cmpuint (formats[8], ==, 2);
  g_assert_cmpuint (vr_get_32 (formats + 4), ==, blocks);
  g_assert_cmphex (vr_testing_write (drive, blocks - 1, 1, 5), ==, 0);
  g_assert_cmphex (vr_testing_write (drive, blocks, 1, 5), ==, VR_SENSE (5, 0x21, 0));
  g_assert_cmphex (vr_testing_read (drive, blocks - 1, 1, data), ==, 0);
  g_assert_cmpuint (data[0], ==, 5);
  g_assert_cmphex (vr_testing_read (drive, 100, 1, data), ==, 0);
  g_assert_cmpuint (data[0], ==, 0);
}

/* A long operation returns at once and reports its progress until it is done. */
static void
test_time (void)
{
  g_autoptr (VrDrive) drive = vr_testing_new_drive (VR_KIND_CD_RW_80, 0, NULL);
  const guint8 blank[12] = { VR_BLANK, 0x11 };
  const guint8 ready[6] = { VR_TEST_UNIT_READY };
  const guint8 read_capacity[10] = { VR_READ_CAPACITY };
  VrResult result;
  guint last = 0;
  guint n_steps = 0;
  gint64 began = g_get_monotonic_time ();

  vr_drive_set_time_scale (drive, 300);
  vr_drive_execute (drive, blank, sizeof blank, NULL, 0, &result);
  g_assert_cmpuint (result.status, ==, 0);
  g_assert_cmpuint (result.delay_us, ==, 0);
  for (;;)
    {
      guint progress;

      vr_drive_execute (drive, ready, sizeof ready, NULL, 0, &result);
      if (result.status == 0)
        break;
      g_assert_cmphex (VR_SENSE (result.sense[2], result.sense[12], result.sense[13]), ==,
                       VR_SENSE (2, 0x04, 0x07));
      g_assert_cmpuint (result.sense[15], ==, 0x80);
      progress = vr_get_16 (result.sense + 16);
      g_assert_cmpuint (progress, >=, last);
      last = progress;
      n_steps++;
      g_assert_cmphex (vr_testing_run (drive, read_capacity, sizeof read_capacity, NULL, 0), ==,
                       VR_SENSE (2, 0x04, 0x07));
      g_usleep (5000);
      g_assert_cmpint (g_get_monotonic_time () - began, <, 10 * G_USEC_PER_SEC);
    }
  g_assert_cmpuint (n_steps, >, 5);
  g_assert_cmpuint (last, >, 30000);
}

/* At the speed of a real drive its buffer fills, and the host has to come again. */
static void
test_speed (void)
{
  g_autoptr (VrDrive) drive = vr_testing_new_drive (VR_KIND_CD_R_80, 0, NULL);
  guint8 set_speed[12] = { VR_SET_CD_SPEED, 0, 0xff, 0xff };
  const guint8 read_buffer[10] = { VR_READ_BUFFER_CAPACITY, 0, 0, 0, 0, 0, 0, 0, 12 };
  const guint8 sense[10] = { VR_MODE_SENSE_10, 8, 0x2a, 0, 0, 0, 0, 0, 64 };
  guint8 page[64] = { 0 };
  guint8 buffer[12] = { 0 };
  guint32 lba = 0;
  guint32 outcome = 0;

  vr_put_16 (set_speed + 4, 706);
  g_assert_cmphex (vr_testing_run (drive, set_speed, sizeof set_speed, NULL, 0), ==, 0);
  g_assert_cmphex (vr_testing_run (drive, sense, sizeof sense, page, sizeof page), ==, 0);
  g_assert_cmpuint (vr_get_16 (page + 8 + 28), ==, 705);
  vr_drive_set_time_scale (drive, 1);
  vr_testing_set_write_page (drive, VR_WRITE_TRACK_AT_ONCE, 0xc4, 8);
  while (outcome == 0 && lba < 16384)
    {
      outcome = vr_testing_write (drive, lba, 16, 1);
      if (outcome == 0)
        lba += 16;
    }
  g_assert_cmphex (outcome, ==, VR_SENSE (2, 0x04, 0x08));
  g_assert_cmpuint (lba, >=, 2032);
  g_assert_cmpuint (lba, <, 2300);
  g_assert_cmphex (vr_testing_run (drive, read_buffer, sizeof read_buffer, buffer, 12), ==, 0);
  g_assert_cmpuint (vr_get_32 (buffer + 4), ==, VR_BUFFER_BYTES);
  g_assert_cmpuint (vr_get_32 (buffer + 8), <, 256 * 1024);
}

static void
test_tray (void)
{
  g_autoptr (VrDrive) drive = vr_testing_new_drive (VR_KIND_DVD_R, 1000, NULL);
  const guint8 ready[6] = { VR_TEST_UNIT_READY };
  const guint8 prevent[6] = { VR_PREVENT_ALLOW, 0, 0, 0, 1 };
  const guint8 allow[6] = { VR_PREVENT_ALLOW };
  const guint8 eject[6] = { VR_START_STOP_UNIT, 0, 0, 0, 2 };
  const guint8 load[6] = { VR_START_STOP_UNIT, 0, 0, 0, 3 };
  const guint8 get_event[10] = { VR_GET_EVENT_STATUS, 1, 0, 0, 0x10, 0, 0, 0, 8 };
  g_autoptr (GError) error = NULL;
  guint8 event[8];

  g_assert_cmphex (vr_testing_run (drive, prevent, 6, NULL, 0), ==, 0);
  g_assert_cmphex (vr_testing_run (drive, eject, 6, NULL, 0), ==, VR_SENSE (5, 0x53, 2));
  g_assert_false (vr_drive_set_tray (drive, TRUE, &error));
  g_assert_nonnull (error);
  g_assert_cmphex (vr_testing_run (drive, get_event, 10, event, 8), ==, 0);
  g_assert_cmpuint (event[4], ==, 1);
  g_assert_cmphex (vr_testing_run (drive, allow, 6, NULL, 0), ==, 0);
  g_assert_cmphex (vr_testing_run (drive, eject, 6, NULL, 0), ==, 0);
  g_assert_cmphex (vr_testing_run (drive, ready, 6, NULL, 0), ==, VR_SENSE (2, 0x3a, 2));
  g_assert_cmphex (vr_testing_run (drive, get_event, 10, event, 8), ==, 0);
  g_assert_cmpuint (event[4], ==, 3);
  g_assert_cmpuint (event[5], ==, 1);
  vr_drive_set_time_scale (drive, 100);
  g_assert_cmphex (vr_testing_run (drive, load, 6, NULL, 0), ==, 0);
  g_assert_cmphex (vr_testing_run (drive, ready, 6, NULL, 0), ==, VR_SENSE (6, 0x28, 0));
  g_assert_cmphex (vr_testing_run (drive, ready, 6, NULL, 0), ==, VR_SENSE (2, 0x04, 1));
  vr_testing_wait_ready (drive);
}

/* The code words of a composed sector must all have the syndrome zero; the code is checked here by
 * another way than it is made by. */
static guint8
multiply (guint8 a, guint8 b)
{
  guint8 product = 0;

  for (; b != 0; b >>= 1)
    {
      if ((b & 1) != 0)
        product ^= a;
      a = (guint8) (a << 1 ^ ((a & 0x80) != 0 ? 0x1d : 0));
    }
  return product;
}

static void
test_raw_sector (void)
{
  g_autoptr (VrDrive) drive = vr_testing_new_drive (VR_KIND_CD_ROM, 0, NULL);
  guint8 sector[VR_CD_SECTOR_BYTES] = { 0 };
  guint8 user[VR_BLOCK_BYTES];
  const guint8 read_raw[12] = { VR_READ_CD, 0, 0, 0, 0, 20, 0, 0, 1, 0xf8 };

  g_assert_cmphex (vr_testing_run (drive, read_raw, sizeof read_raw, sector, sizeof sector), ==, 0);
  g_assert_cmphex (vr_testing_read (drive, 20, 1, user), ==, 0);
  g_assert_cmpmem (sector + 16, VR_BLOCK_BYTES, user, sizeof user);
  /* 00:02:20 in BCD, mode 1 */
  g_assert_cmpmem (sector + 12, 4, "\x00\x02\x20\x01", 4);
  for (guint column = 0; column < 43; column++)
    for (guint half = 0; half < 2; half++)
      {
        guint8 s0 = 0;
        guint8 s1 = 0;

        /* 24 data bytes and two of parity, the last one with the weight 1 */
        for (guint row = 0; row < 26; row++)
          {
            guint8 byte = sector[12 + 86 * row + 2 * column + half];

            s0 ^= byte;
            s1 = multiply (s1, 2) ^ byte;
          }
        g_assert_cmpuint (s0, ==, 0);
        g_assert_cmpuint (s1, ==, 0);
      }
}

/* Whatever a host sends, the drive answers and stays whole. */
static void
test_random (void)
{
  static const guint8 opcodes[]
      = { VR_REQUEST_SENSE, VR_FORMAT_UNIT, VR_INQUIRY, VR_START_STOP_UNIT,
          VR_READ_FORMAT_CAPACITIES, VR_READ_CAPACITY, VR_READ_10, VR_WRITE_10, VR_WRITE_10,
          VR_WRITE_10, VR_SYNCHRONIZE_CACHE, VR_READ_TOC, VR_GET_CONFIGURATION,
          VR_GET_EVENT_STATUS, VR_READ_DISC_INFORMATION, VR_READ_TRACK_INFORMATION,
          VR_RESERVE_TRACK, VR_MODE_SELECT_10, VR_MODE_SENSE_10, VR_CLOSE_TRACK_SESSION,
          VR_READ_BUFFER_CAPACITY, VR_SEND_CUE_SHEET, VR_BLANK, VR_READ_12, VR_WRITE_12,
          VR_GET_PERFORMANCE, VR_READ_DISC_STRUCTURE, VR_SET_STREAMING, VR_SET_CD_SPEED,
          VR_READ_CD };

  for (VrKind kind = VR_KIND_CD_ROM; kind < VR_N_KINDS; kind++)
    {
      g_autoptr (VrDrive) drive = vr_testing_new_drive (kind, 4096, NULL);

      for (guint i = 0; i < 3000; i++)
        {
          guint8 cdb[12];
          gsize size = (gsize) g_test_rand_int_range (0, 5) * 1024
                       + (gsize) g_test_rand_int_range (0, 64);
          /* Of exactly this size, so that a sanitizer sees a byte too much. */
          g_autofree guint8 *data = g_malloc0 (size);
          VrTestingTrack track = { 0 };
          VrResult result;

          for (gsize k = 0; k < sizeof cdb; k++)
            cdb[k] = (guint8) (g_test_rand_bit () ? g_test_rand_int () : 0);
          for (gsize k = 0; k < MIN (size, 64); k++)
            data[k] = (guint8) (g_test_rand_bit () ? g_test_rand_int () : 0);
          cdb[0] = opcodes[g_test_rand_int_range (0, G_N_ELEMENTS (opcodes))];
          vr_testing_get_track (drive, 0xff, &track);
          /* Addresses and lengths that mean something, most of the time. */
          if (cdb[0] == VR_READ_10 || cdb[0] == VR_WRITE_10 || cdb[0] == VR_READ_CD)
            {
              cdb[1] = 0;
              vr_put_32 (cdb + 2, g_test_rand_bit () ? track.next : (guint32) cdb[2]);
              cdb[6] = 0;
              vr_put_16 (cdb + 7, (guint32) g_test_rand_int_range (0, 4));
            }
          vr_drive_execute (drive, cdb, sizeof cdb, size > 0 ? data : NULL, size, &result);
          g_assert_cmpuint (result.transferred_bytes, <=, size);
          if (vr_drive_is_tray_open (drive))
            vr_drive_set_tray (drive, FALSE, NULL);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vr-drive/cd-geometry", test_cd_geometry);
  g_test_add_func ("/vr-drive/write-order", test_write_order);
  g_test_add_func ("/vr-drive/test-write", test_test_write);
  g_test_add_func ("/vr-drive/dvd-minus", test_minus);
  g_test_add_func ("/vr-drive/plus", test_plus);
  g_test_add_func ("/vr-drive/overwritable", test_overwritable);
  g_test_add_func ("/vr-drive/time", test_time);
  g_test_add_func ("/vr-drive/speed", test_speed);
  g_test_add_func ("/vr-drive/tray", test_tray);
  g_test_add_func ("/vr-drive/raw-sector", test_raw_sector);
  g_test_add_func ("/vr-drive/random", test_random);
  return g_test_run ();
}
