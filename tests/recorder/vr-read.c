/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vr-drive-private.h"
#include "vr-sector.h"

#include <string.h>

/* Accounts for the time that reading takes; what is below a millisecond waits for more. */
static void
spend_time (VrDrive *self, VrCommand *command, gsize size)
{
  self->read_debt_us
      += (gint64) ((double) size * 1000 / self->read_speed_kbs / self->time_scale);
  if (self->read_debt_us < 1000)
    return;
  command->result->delay_us += (guint64) self->read_debt_us;
  self->read_debt_us = 0;
}

/* The track that all of these blocks can be read from, or NULL with the command failed. */
static const VrTrack *
check_range (VrDrive *self, VrCommand *command, guint32 lba, guint32 n_blocks)
{
  const VrMedium *medium = self->medium;
  const VrTrack *track = vr_medium_find_track (medium, lba);
  const VrTrack *last = vr_medium_get_track (medium, medium->tracks->len);
  guint32 end = last != NULL ? vr_track_get_end (last) : 0;

  if (lba >= end || n_blocks > end - lba)
    {
      vr_fail (command, 5, 0x21, 0x00);
      return NULL;
    }
  /* Gaps between tracks and sessions, and the run-out of a track, hold no data. */
  if (track == NULL || lba + n_blocks > track->start + track->recorded_blocks)
    {
      vr_fail (command, 5, 0x64, 0x00);
      return NULL;
    }
  return track;
}

/**
 * vr_read:
 * @self: a drive with a medium
 * @command: READ (10) or (12)
 */
void
vr_read (VrDrive *self, VrCommand *command)
{
  gboolean is_long = command->cdb[0] == VR_READ_12;
  guint32 lba = vr_get_32 (command->cdb + 2);
  guint32 n_blocks = is_long ? vr_get_32 (command->cdb + 6) : vr_get_16 (command->cdb + 7);
  const VrTrack *track;

  if (n_blocks == 0)
    return;
  track = check_range (self, command, lba, n_blocks);
  if (track == NULL)
    return;
  if (track->sector_bytes != VR_BLOCK_BYTES)
    vr_fail (command, 5, 0x64, 0x00);
  else if (command->data_bytes < (gsize) n_blocks * VR_BLOCK_BYTES)
    vr_fail (command, 5, 0x24, 0x00);
  else if (!vr_medium_read (self->medium, lba, n_blocks, command->data, VR_BLOCK_BYTES))
    vr_fail (command, 3, 0x11, 0x05);
  else
    {
      command->result->transferred_bytes = (gsize) n_blocks * VR_BLOCK_BYTES;
      spend_time (self, command, command->result->transferred_bytes);
    }
}

/* Copies those parts of a sector that READ CD asks for, in their order. */
static gsize
choose_parts (const guint8 *sector, guint8 data_mode, guint8 wanted, guint8 *out)
{
  gsize data_at = data_mode == 2 ? 24 : 16;
  gsize n = 0;
  struct
  {
    gboolean is_wanted;
    gsize from;
    gsize to;
  } parts[] = {
    { (wanted & 0x80) != 0, 0, 12 },
    { (wanted & 0x20) != 0, 12, 16 },
    { (wanted & 0x40) != 0, 16, data_at },
    { (wanted & 0x10) != 0, data_at, data_at + 2048 },
    { (wanted & 0x08) != 0, data_at + 2048, 2352 },
  };

  if (data_mode == 0)
    {
      memcpy (out, sector, (wanted & 0x10) != 0 ? 2352 : 0);
      return (wanted & 0x10) != 0 ? 2352 : 0;
    }
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i].is_wanted)
      {
        memcpy (out + n, sector + parts[i].from, parts[i].to - parts[i].from);
        n += parts[i].to - parts[i].from;
      }
  return n;
}

static gboolean
is_expected (const VrTrack *track, guint type)
{
  switch (type)
    {
    case 0:
      return TRUE;
    case 1:
      return track->data_mode == 0;
    case 2:
      return track->data_mode == 1;
    case 4:
      return track->data_mode == 2;
    default:
      return FALSE;
    }
}

/**
 * vr_read_cd:
 * @self: a drive with a medium
 * @command: READ CD without sub-channels
 */
void
vr_read_cd (VrDrive *self, VrCommand *command)
{
  guint32 lba = vr_get_32 (command->cdb + 2);
  guint32 n_blocks = vr_get_24 (command->cdb + 6);
  const VrTrack *track;
  g_autofree guint8 *stored = NULL;
  gsize done = 0;

  if (!vr_medium_get_info (self->medium)->is_cd || (command->cdb[9] & 0x06) != 0
      || (command->cdb[10] & 7) != 0)
    {
      vr_fail (command, 5, 0x24, 0x00);
      return;
    }
  if (n_blocks == 0)
    return;
  track = check_range (self, command, lba, n_blocks);
  if (track == NULL)
    return;
  if (!is_expected (track, command->cdb[1] >> 2 & 7))
    {
      vr_fail (command, 5, 0x64, 0x00);
      return;
    }
  if (n_blocks > 65536)
    {
      vr_fail (command, 5, 0x24, 0x00);
      return;
    }
  stored = g_malloc ((gsize) n_blocks * track->sector_bytes);
  if (!vr_medium_read (self->medium, lba, n_blocks, stored, track->sector_bytes))
    {
      vr_fail (command, 3, 0x11, 0x05);
      return;
    }
  for (guint32 i = 0; i < n_blocks; i++)
    {
      guint8 sector[VR_CD_SECTOR_BYTES];
      guint8 chosen[VR_CD_SECTOR_BYTES];
      const guint8 *raw = stored + (gsize) i * track->sector_bytes;
      gsize n;

      if (track->data_mode != 0)
        {
          vr_sector_compose (sector, (gint32) (lba + i), track->data_mode, raw);
          raw = sector;
        }
      n = choose_parts (raw, track->data_mode, command->cdb[9], chosen);
      n = MIN (n, command->data_bytes - done);
      if (n == 0)
        break;
      memcpy (command->data + done, chosen, n);
      done += n;
    }
  command->result->transferred_bytes = done;
  spend_time (self, command, (gsize) n_blocks * VR_CD_SECTOR_BYTES);
}
