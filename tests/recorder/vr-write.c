/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vr-drive-private.h"

#include <string.h>

#define TRACK_CLOSE_US (4 * VR_SECOND_US)
#define SESSION_CLOSE_US (20 * VR_SECOND_US)
#define FINALIZE_US (60 * VR_SECOND_US)
#define SYNC_US (1 * VR_SECOND_US)

static guint
get_write_type (VrDrive *self)
{
  return self->write_page[2] & 0x0f;
}

static gboolean
wants_further_sessions (VrDrive *self)
{
  return self->write_page[3] >> 6 == 3;
}

static gboolean
is_test_write (VrDrive *self)
{
  VrModel model = vr_medium_get_info (self->medium)->model;

  return (model == VR_MODEL_CD || model == VR_MODEL_MINUS) && (self->write_page[2] & 0x10) != 0;
}

static void
begin_simulation (VrDrive *self)
{
  if (self->real_tracks != NULL)
    return;
  self->real_tracks = g_array_copy (self->medium->tracks);
  self->real_closed_sessions = self->medium->closed_sessions;
}

/* Whether the buffer takes @size more bytes now; then it has them. */
static gboolean
fill_buffer (VrDrive *self, gsize size)
{
  gint64 now = vr_drive_get_time_us (self);
  gint64 from = MAX (now, self->buffer_empty_us);
  double filled = (double) (from - now) * self->write_speed_kbs / 1000;

  if (filled + (double) size > VR_BUFFER_BYTES)
    return FALSE;
  self->buffer_empty_us = from + (gint64) ((double) size * 1000 / self->write_speed_kbs);
  return TRUE;
}

/* Puts blocks at the end of a track. */
static gboolean
append (VrDrive *self, VrCommand *command, VrTrack *track, guint32 n_blocks, const guint8 *data)
{
  gboolean is_first = !track->is_written_to;
  guint32 lba = track->start + track->recorded_blocks;

  if (self->real_tracks == NULL
      && !vr_medium_write (self->medium, lba, n_blocks, data, track->sector_bytes))
    {
      vr_fail (command, 3, 0x0c, 0x00);
      return FALSE;
    }
  track->recorded_blocks += n_blocks;
  track->is_written_to = TRUE;
  /* From now on a recorder that dies leaves a damaged track behind. */
  if (is_first)
    vr_drive_save (self);
  return TRUE;
}

/* The track that a write at @lba continues or begins, or NULL with the command failed. */
static VrTrack *
find_writable (VrDrive *self, VrCommand *command, guint32 lba, guint32 n_blocks)
{
  VrMedium *medium = self->medium;
  VrTrack *open = vr_medium_get_open_track (medium, NULL);
  guint32 end = medium->capacity_blocks;

  if (open != NULL && open->reserved_blocks > 0)
    end = open->start + open->reserved_blocks;
  if (medium->is_finalized || lba != vr_medium_get_next_start (medium)
      || (open != NULL && open->is_damaged))
    {
      vr_fail (command, 5, 0x21, 0x02);
      return NULL;
    }
  if (lba >= end || n_blocks > end - lba)
    {
      vr_fail (command, 5, 0x63, 0x00);
      return NULL;
    }
  return open != NULL ? open : vr_medium_add_track (medium, lba);
}

static gboolean
check_size (VrCommand *command, guint32 n_blocks, guint32 sector_bytes)
{
  if (command->data_bytes >= (gsize) n_blocks * sector_bytes)
    return TRUE;
  vr_fail (command, 5, 0x24, 0x00);
  return FALSE;
}

static void
write_track_at_once (VrDrive *self, VrCommand *command, guint32 lba, guint32 n_blocks)
{
  guint8 control = self->write_page[3] & 0x0f;
  guint block_type = self->write_page[4] & 0x0f;
  guint8 data_mode = (control & 4) == 0 ? 0 : block_type == 10 ? 2 : 1;
  guint32 sector_bytes = data_mode == 0 ? VR_CD_SECTOR_BYTES : VR_BLOCK_BYTES;
  const VrTrack *open = vr_medium_get_open_track (self->medium, NULL);
  VrTrack *track;

  /* Raw blocks for audio and user data for data; a track keeps what it began with. */
  if ((data_mode == 0) != (block_type == 0) || (open != NULL && open->data_mode != data_mode))
    {
      vr_fail (command, 5, 0x64, 0x00);
      return;
    }
  if (!check_size (command, n_blocks, sector_bytes))
    return;
  track = find_writable (self, command, lba, n_blocks);
  if (track == NULL)
    return;
  if (track->recorded_blocks == 0)
    {
      track->control = control;
      track->data_mode = data_mode;
      track->sector_bytes = sector_bytes;
    }
  append (self, command, track, n_blocks, command->data);
}

static const VrCue *
find_cue (VrDrive *self, gint32 lba, gint32 *end)
{
  const VrCue *found = NULL;

  *end = self->cue_end;
  for (guint i = 0; i < self->cues->len; i++)
    {
      const VrCue *cue = &g_array_index (self->cues, VrCue, i);

      if (cue->start <= lba)
        found = cue;
      else if (cue->start < *end)
        *end = cue->start;
    }
  return found;
}

static void
write_session_at_once (VrDrive *self, VrCommand *command, gint32 lba, guint32 n_blocks)
{
  gsize used = 0;

  if (self->cues->len == 0)
    {
      vr_fail (command, 5, 0x2c, 0x00);
      return;
    }
  if (lba != self->cue_next || n_blocks > (guint32) (self->cue_end - lba))
    {
      vr_fail (command, 5, 0x21, 0x02);
      return;
    }
  while (n_blocks > 0)
    {
      gint32 end;
      const VrCue *cue = find_cue (self, lba, &end);
      guint32 n = MIN (n_blocks, (guint32) (end - lba));
      guint32 sector_bytes = (cue->form & 0x30) == 0 ? VR_CD_SECTOR_BYTES : VR_BLOCK_BYTES;
      VrTrack *track = vr_medium_get_open_track (self->medium, NULL);

      if (command->data_bytes - used < (gsize) n * sector_bytes)
        {
          vr_fail (command, 5, 0x24, 0x00);
          return;
        }
      if (cue->index == 1 && cue->start == lba)
        {
          if (track != NULL)
            track->is_closed = TRUE;
          track = vr_medium_add_track (self->medium, (guint32) lba);
          track->control = cue->control & 0x0f;
          track->data_mode = (guint8) (cue->form >> 4 & 3);
          track->sector_bytes = sector_bytes;
        }
      /* The pre-gap of the first track is written, and never read. */
      if (track != NULL && !append (self, command, track, n, command->data + used))
        return;
      used += (gsize) n * sector_bytes;
      lba += (gint32) n;
      n_blocks -= n;
      self->cue_next = lba;
    }
}

static void
write_minus (VrDrive *self, VrCommand *command, guint32 lba, guint32 n_blocks)
{
  gboolean is_at_once = get_write_type (self) == VR_WRITE_SESSION_AT_ONCE;
  VrTrack *track = vr_medium_get_open_track (self->medium, NULL);

  /* A disc that was blanked minimally has no incremental recording; a disc that holds something
   * already cannot be written at once. */
  if (is_at_once ? self->medium->closed_sessions > 0 : self->medium->is_quick_blanked)
    {
      vr_fail (command, 5, 0x64, 0x00);
      return;
    }
  if (is_at_once && self->reserved_blocks == 0 && track == NULL)
    {
      vr_fail (command, 5, 0x2c, 0x00);
      return;
    }
  track = find_writable (self, command, lba, n_blocks);
  if (track == NULL)
    return;
  if (is_at_once && track->recorded_blocks == 0)
    track->reserved_blocks = self->reserved_blocks;
  track->is_packet = !is_at_once;
  append (self, command, track, n_blocks, command->data);
}

static void
write_plus (VrDrive *self, VrCommand *command, guint32 lba, guint32 n_blocks)
{
  VrTrack *track = vr_medium_find_track (self->medium, lba);

  if (self->medium->is_pseudo_overwrite && track != NULL && track->sector_bytes == VR_BLOCK_BYTES
      && lba + n_blocks <= track->start + track->recorded_blocks)
    {
      if (!vr_medium_write (self->medium, lba, n_blocks, command->data, VR_BLOCK_BYTES))
        vr_fail (command, 3, 0x0c, 0x00);
      return;
    }
  track = find_writable (self, command, lba, n_blocks);
  if (track != NULL)
    append (self, command, track, n_blocks, command->data);
}

static void
write_overwritable (VrDrive *self, VrCommand *command, guint32 lba, guint32 n_blocks)
{
  VrMedium *medium = self->medium;
  guint32 end = medium->is_intermediate ? medium->capacity_blocks : medium->formatted_blocks;

  if (medium->format_state == VR_FORMAT_BLANK)
    {
      vr_fail (command, 5, 0x30, 0x05);
      return;
    }
  if (lba >= end || n_blocks > end - lba)
    {
      vr_fail (command, 5, 0x21, 0x00);
      return;
    }
  /* Restricted overwrite is one of whole ECC blocks, and grows without a gap. */
  if (medium->kind == VR_KIND_DVD_RW_RO
      && (lba % 16 != 0 || n_blocks % 16 != 0
          || (medium->is_intermediate && lba > medium->formatted_blocks)))
    {
      vr_fail (command, 5, 0x21, 0x02);
      return;
    }
  if (!vr_medium_write (medium, lba, n_blocks, command->data, VR_BLOCK_BYTES))
    {
      vr_fail (command, 3, 0x0c, 0x00);
      return;
    }
  if (lba + n_blocks > medium->formatted_blocks)
    {
      medium->formatted_blocks = lba + n_blocks;
      vr_medium_get_track (medium, 1)->recorded_blocks = medium->formatted_blocks;
    }
}

/**
 * vr_write:
 * @self: a drive with a medium
 * @command: WRITE (10) or (12)
 */
void
vr_write (VrDrive *self, VrCommand *command)
{
  gboolean is_long = command->cdb[0] == VR_WRITE_12;
  guint32 lba = vr_get_32 (command->cdb + 2);
  guint32 n_blocks = is_long ? vr_get_32 (command->cdb + 6) : vr_get_16 (command->cdb + 7);
  VrModel model = vr_medium_get_info (self->medium)->model;
  gint64 buffer_empty_us = self->buffer_empty_us;

  if (model == VR_MODEL_PRESSED || self->medium->is_write_protected)
    {
      vr_fail (command, model == VR_MODEL_PRESSED ? 5 : 7,
               model == VR_MODEL_PRESSED ? 0x30 : 0x27, model == VR_MODEL_PRESSED ? 0x05 : 0x00);
      return;
    }
  if (n_blocks == 0)
    return;
  if (model != VR_MODEL_CD && !check_size (command, n_blocks, VR_BLOCK_BYTES))
    return;
  if (!fill_buffer (self, command->data_bytes))
    {
      /* The host has to come back when there is room in the buffer. */
      vr_fail (command, 2, 0x04, 0x08);
      return;
    }
  if (is_test_write (self))
    begin_simulation (self);
  command->result->transferred_bytes = command->data_bytes;
  if (model == VR_MODEL_OVERWRITE)
    write_overwritable (self, command, lba, n_blocks);
  else if (model == VR_MODEL_PLUS)
    write_plus (self, command, lba, n_blocks);
  else if (model == VR_MODEL_MINUS)
    write_minus (self, command, lba, n_blocks);
  else if (get_write_type (self) == VR_WRITE_SESSION_AT_ONCE)
    write_session_at_once (self, command, (gint32) lba, n_blocks);
  else
    write_track_at_once (self, command, lba, n_blocks);
  if (command->result->status != 0)
    self->buffer_empty_us = buffer_empty_us;
}

/**
 * vr_send_cue_sheet:
 * @self: a drive with a medium
 * @command: SEND CUE SHEET
 */
void
vr_send_cue_sheet (VrDrive *self, VrCommand *command)
{
  gsize size = MIN (vr_get_24 (command->cdb + 6), command->data_bytes);
  gint32 start = (gint32) vr_medium_get_next_start (self->medium);
  gint32 end = 0;

  if (vr_medium_get_info (self->medium)->model != VR_MODEL_CD
      || get_write_type (self) != VR_WRITE_SESSION_AT_ONCE)
    {
      vr_fail (command, 5, 0x2c, 0x00);
      return;
    }
  g_array_set_size (self->cues, 0);
  for (gsize at = 0; at + 8 <= size; at += 8)
    {
      const guint8 *line = command->data + at;
      VrCue cue = { .control = line[0] >> 4, .track = line[1], .index = line[2], .form = line[3] };

      cue.start = (line[5] * 60 + line[6]) * 75 + line[7] - 150;
      /* Catalogue and ISRC lines, and the lead-in, carry no data. */
      if ((line[0] & 0x0f) != 1 || cue.track == 0)
        continue;
      if (cue.track == 0xaa)
        end = cue.start;
      else
        g_array_append_val (self->cues, cue);
    }
  if (self->cues->len == 0 || end <= g_array_index (self->cues, VrCue, 0).start
      || end > (gint32) self->medium->capacity_blocks
      || (g_array_index (self->cues, VrCue, 0).start != start - 150
          && g_array_index (self->cues, VrCue, 0).start != start))
    {
      g_array_set_size (self->cues, 0);
      vr_fail (command, 5, 0x26, 0x00);
      return;
    }
  self->cue_next = g_array_index (self->cues, VrCue, 0).start;
  self->cue_end = end;
  command->result->transferred_bytes = size;
}

static void
finish_tracks (VrDrive *self)
{
  VrMedium *medium = self->medium;
  VrTrack *open = vr_medium_get_open_track (medium, NULL);
  guint32 alignment = vr_medium_get_info (medium)->alignment_blocks;
  guint type = get_write_type (self);
  VrModel model = vr_medium_get_info (medium)->model;

  if (open == NULL || !open->is_written_to)
    return;
  if (model == VR_MODEL_CD && type == VR_WRITE_TRACK_AT_ONCE)
    vr_medium_close_track (medium, open);
  else if (model == VR_MODEL_CD && self->cue_next >= self->cue_end)
    {
      open->is_closed = TRUE;
      open->is_written_to = FALSE;
      vr_medium_close_session (medium, !wants_further_sessions (self));
      g_array_set_size (self->cues, 0);
    }
  else if (model == VR_MODEL_MINUS && type == VR_WRITE_SESSION_AT_ONCE)
    {
      vr_medium_close_session (medium, TRUE);
      self->reserved_blocks = 0;
    }
  else if (model != VR_MODEL_CD)
    {
      /* A partial ECC block is filled up. */
      open->recorded_blocks += (alignment - open->recorded_blocks % alignment) % alignment;
      open->is_written_to = FALSE;
    }
}

/**
 * vr_synchronize_cache:
 * @self: a drive with a medium
 * @command: SYNCHRONIZE CACHE
 *
 * Writes the buffer out. It ends a track that is written at once, and a session of a cue sheet.
 */
void
vr_synchronize_cache (VrDrive *self, VrCommand *command)
{
  gboolean was_finalized = self->medium->is_finalized;
  gint64 duration_us = SYNC_US;

  finish_tracks (self);
  if (self->real_tracks != NULL)
    {
      self->medium->is_finalized = was_finalized;
      vr_drive_end_simulation (self);
    }
  else if (vr_medium_get_info (self->medium)->model != VR_MODEL_PRESSED)
    vr_drive_save (self);
  if (self->medium->is_finalized && !was_finalized)
    duration_us = FINALIZE_US;
  vr_drive_begin_operation (self, command, 0x08, duration_us, (command->cdb[1] & 2) != 0);
}

/**
 * vr_reserve_track:
 * @self: a drive with a medium
 * @command: RESERVE TRACK
 */
void
vr_reserve_track (VrDrive *self, VrCommand *command)
{
  VrMedium *medium = self->medium;
  const VrKindInfo *info = vr_medium_get_info (medium);
  guint32 start = vr_medium_get_next_start (medium);
  guint32 size = vr_get_32 (command->cdb + 5);
  guint32 rest = size % info->alignment_blocks;

  if (rest > 0 && size <= G_MAXUINT32 - info->alignment_blocks)
    size += info->alignment_blocks - rest;
  if ((info->model != VR_MODEL_MINUS && info->model != VR_MODEL_PLUS) || medium->is_finalized
      || vr_medium_get_open_track (medium, NULL) != NULL)
    {
      vr_fail (command, 5, 0x2c, 0x00);
      return;
    }
  if (size == 0 || start >= medium->capacity_blocks || size > medium->capacity_blocks - start)
    {
      vr_fail (command, 5, 0x24, 0x00);
      return;
    }
  if (info->model == VR_MODEL_MINUS && get_write_type (self) == VR_WRITE_SESSION_AT_ONCE)
    {
      self->reserved_blocks = size;
      return;
    }
  if (is_test_write (self))
    begin_simulation (self);
  vr_medium_add_track (medium, start)->reserved_blocks = size;
  vr_drive_save (self);
}

static void
close_overwritable (VrDrive *self)
{
  VrMedium *medium = self->medium;

  if (medium->format_state == VR_FORMAT_RUNNING)
    medium->format_state = VR_FORMAT_STARTED;
  medium->is_intermediate = FALSE;
}

/**
 * vr_close_track_session:
 * @self: a drive with a medium
 * @command: CLOSE TRACK/SESSION
 */
void
vr_close_track_session (VrDrive *self, VrCommand *command)
{
  VrMedium *medium = self->medium;
  VrModel model = vr_medium_get_info (medium)->model;
  guint function = command->cdb[2] & 7;
  guint number = vr_get_16 (command->cdb + 4);
  VrTrack *track = vr_medium_get_track (medium, number);
  gint64 duration_us = SESSION_CLOSE_US;
  gboolean finalize = function == 3 || function == 5 || function == 6;

  /* A test write has nothing to close. */
  if (is_test_write (self))
    return;
  if (model == VR_MODEL_PRESSED || medium->is_finalized || medium->is_write_protected)
    {
      vr_fail (command, 5, 0x30, 0x05);
      return;
    }
  if (model == VR_MODEL_OVERWRITE)
    close_overwritable (self);
  else if (function == 1)
    {
      /* Drives close the invisible track, too, without a word. */
      if (track == NULL && number > medium->tracks->len + 1)
        {
          vr_fail (command, 5, 0x24, 0x00);
          return;
        }
      if (track != NULL)
        vr_medium_close_track (medium, track);
      duration_us = TRACK_CLOSE_US;
    }
  else if (function == 2 || finalize)
    {
      /* A damaged track is repaired on the way. */
      if (model == VR_MODEL_CD || model == VR_MODEL_MINUS)
        finalize = finalize || !wants_further_sessions (self);
      if (medium->tracks->len > 0)
        vr_medium_close_session (medium, finalize);
      if (finalize)
        duration_us = FINALIZE_US;
    }
  else if (function != 0)
    {
      vr_fail (command, 5, 0x24, 0x00);
      return;
    }
  vr_drive_save (self);
  vr_drive_begin_operation (self, command, 0x08, duration_us, (command->cdb[1] & 1) != 0);
}
