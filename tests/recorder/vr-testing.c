/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vr-testing.h"

#include "vr-drive-private.h"

#include <string.h>

/* A drive with a medium that is ready. */
VrDrive *
vr_testing_new_drive (VrKind kind, guint32 capacity_blocks, const char *path)
{
  g_autoptr (GError) error = NULL;
  VrDrive *drive = vr_drive_new ("TEST", "Drive", "1");
  VrMedium *medium = vr_medium_new (kind, capacity_blocks, path, &error);

  g_assert_no_error (error);
  vr_drive_set_time_scale (drive, 1e6);
  g_assert_true (vr_drive_insert (drive, medium, &error));
  g_assert_no_error (error);
  vr_testing_wait_ready (drive);
  return drive;
}

/* Returns 0, or the sense. */
guint32
vr_testing_run (VrDrive *drive, const guint8 *cdb, gsize cdb_length, guint8 *data, gsize size)
{
  VrResult result;

  vr_drive_execute (drive, cdb, cdb_length, data, size, &result);
  if (result.error_number != 0)
    return VR_SENSE (15, 0, result.error_number);
  if (result.delay_us > 0)
    g_usleep (result.delay_us);
  if (result.status == 0)
    return 0;
  return VR_SENSE (result.sense[2] & 0x0f, result.sense[12], result.sense[13]);
}

/* Polls as a host does, through unit attentions. */
void
vr_testing_wait_ready (VrDrive *drive)
{
  const guint8 cdb[6] = { VR_TEST_UNIT_READY };
  guint32 sense = 1;

  for (guint i = 0; i < 5000 && sense != 0; i++)
    {
      sense = vr_testing_run (drive, cdb, sizeof cdb, NULL, 0);
      if (sense != 0)
        {
          g_assert_true (sense >> 16 == 6 || sense >> 8 == 0x204);
          g_usleep (200);
        }
    }
  g_assert_cmphex (sense, ==, 0);
}

/* WRITE (10) of blocks that consist of one byte. Returns 0, or the sense. */
guint32
vr_testing_write (VrDrive *drive, guint32 lba, guint32 n_blocks, guint8 fill)
{
  g_autofree guint8 *data = g_malloc ((gsize) n_blocks * VR_BLOCK_BYTES);
  guint8 cdb[10] = { VR_WRITE_10 };

  memset (data, fill, (gsize) n_blocks * VR_BLOCK_BYTES);
  vr_put_32 (cdb + 2, lba);
  vr_put_16 (cdb + 7, n_blocks);
  return vr_testing_run (drive, cdb, sizeof cdb, data, (gsize) n_blocks * VR_BLOCK_BYTES);
}

/* READ (10). Returns 0, or the sense. */
guint32
vr_testing_read (VrDrive *drive, guint32 lba, guint32 n_blocks, guint8 *data)
{
  guint8 cdb[10] = { VR_READ_10 };

  vr_put_32 (cdb + 2, lba);
  vr_put_16 (cdb + 7, n_blocks);
  return vr_testing_run (drive, cdb, sizeof cdb, data, (gsize) n_blocks * VR_BLOCK_BYTES);
}

/* SYNCHRONIZE CACHE, waited for. Returns 0, or the sense. */
guint32
vr_testing_sync (VrDrive *drive)
{
  const guint8 cdb[10] = { VR_SYNCHRONIZE_CACHE };

  return vr_testing_run (drive, cdb, sizeof cdb, NULL, 0);
}

/* CLOSE TRACK/SESSION, waited for. Returns 0, or the sense. */
guint32
vr_testing_close (VrDrive *drive, guint8 function, guint16 number)
{
  guint8 cdb[10] = { VR_CLOSE_TRACK_SESSION, 0, function };

  vr_put_16 (cdb + 4, number);
  return vr_testing_run (drive, cdb, sizeof cdb, NULL, 0);
}

/* MODE SELECT of page 05: its bytes 2, 3 and 4. */
void
vr_testing_set_write_page (VrDrive *drive, guint8 type_flags, guint8 multi_control,
                           guint8 block_type)
{
  guint8 list[8 + VR_WRITE_PAGE_BYTES] = { 0 };
  guint8 cdb[10] = { VR_MODE_SELECT_10, 0x10 };

  list[8] = 0x05;
  list[9] = VR_WRITE_PAGE_BYTES - 2;
  list[10] = type_flags;
  list[11] = multi_control;
  list[12] = block_type;
  list[13] = 16;
  vr_put_16 (cdb + 7, sizeof list);
  g_assert_cmphex (vr_testing_run (drive, cdb, sizeof cdb, list, sizeof list), ==, 0);
}

/* READ TRACK INFORMATION by number, 0xff for the one that can be written. Returns 0, or the
 * sense. */
guint32
vr_testing_get_track (VrDrive *drive, guint32 number, VrTestingTrack *track)
{
  guint8 answer[36] = { 0 };
  guint8 cdb[10] = { VR_READ_TRACK_INFORMATION, 1 };
  guint32 sense;

  vr_put_32 (cdb + 2, number);
  vr_put_16 (cdb + 7, sizeof answer);
  sense = vr_testing_run (drive, cdb, sizeof cdb, answer, sizeof answer);
  *track = (VrTestingTrack){ .flags = { answer[5], answer[6], answer[7] },
                             .number = answer[2],
                             .session = answer[3],
                             .start = vr_get_32 (answer + 8),
                             .next = vr_get_32 (answer + 12),
                             .free = vr_get_32 (answer + 16),
                             .size = vr_get_32 (answer + 24) };
  return sense;
}
