/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vr-drive-private.h"

#include <string.h>

/* Lead-in and pre-gap before the first block of a session on CD. */
#define CD_LEAD_IN_BLOCKS (4500 + 150)

static guint8
get_disc_status (const VrMedium *medium)
{
  const VrKindInfo *info = vr_medium_get_info (medium);

  if (medium->kind == VR_KIND_DVD_RAM)
    return 3;
  if (vr_medium_is_blank (medium))
    return 0;
  if (info->model == VR_MODEL_OVERWRITE || info->model == VR_MODEL_PRESSED
      || medium->is_finalized)
    return 2;
  return 1;
}

/* 0 empty, 1 incomplete, 3 complete */
static guint8
get_session_state (const VrMedium *medium)
{
  const VrTrack *last = vr_medium_get_track (medium, medium->tracks->len);

  if (get_disc_status (medium) == 2 || medium->kind == VR_KIND_DVD_RAM)
    return medium->is_intermediate ? 1 : 3;
  if (last != NULL && last->session > medium->closed_sessions)
    return 1;
  return 0;
}

/**
 * vr_read_disc_information:
 * @self: a drive with a medium
 * @command: READ DISC INFORMATION
 */
void
vr_read_disc_information (VrDrive *self, VrCommand *command)
{
  const VrMedium *medium = self->medium;
  const VrKindInfo *info = vr_medium_get_info (medium);
  guint8 state = get_session_state (medium);
  /* The empty session that can be appended counts, and its invisible track. */
  guint n_sessions = medium->closed_sessions + (state == 3 ? 0 : 1);
  guint last_track = medium->tracks->len;
  guint first_of_last = 1;
  guint8 answer[34] = { 0 };
  gboolean is_open = state != 3;

  if ((command->cdb[1] & 7) != 0)
    {
      vr_fail (command, 5, 0x24, 0x00);
      return;
    }
  if (info->model == VR_MODEL_OVERWRITE)
    {
      n_sessions = 1;
      last_track = 1;
    }
  else
    {
      if (is_open && vr_medium_get_open_track (medium, NULL) == NULL)
        last_track++;
      first_of_last = last_track;
      vr_medium_get_session_start (medium, n_sessions, &first_of_last);
    }
  vr_put_16 (answer, sizeof answer - 2);
  answer[2] = (guint8) ((info->is_erasable ? 0x10u : 0u) | (guint) state << 2
                        | get_disc_status (medium));
  answer[3] = 1;
  answer[4] = (guint8) n_sessions;
  answer[5] = (guint8) first_of_last;
  answer[6] = (guint8) last_track;
  answer[7] = 0x20 | (medium->kind == VR_KIND_DVD_PLUS_RW ? (guint8) medium->format_state : 0);
  if (info->is_cd)
    answer[7] |= 0x80;
  answer[9] = (guint8) (n_sessions >> 8);
  answer[10] = (guint8) (first_of_last >> 8);
  answer[11] = (guint8) (last_track >> 8);
  vr_put_32 (answer + 12, medium->disc_id);
  memset (answer + 16, 0xff, 8);
  if (info->model == VR_MODEL_CD && !medium->is_finalized)
    {
      guint32 start = vr_medium_get_next_start (medium);

      answer[16] = answer[20] = 0;
      if (medium->closed_sessions > 0 && start >= CD_LEAD_IN_BLOCKS)
        vr_msf_from_lba ((gint32) start - CD_LEAD_IN_BLOCKS, answer + 17);
      else
        {
          /* 97:24:00, the place of the first lead-in, counted up to 99:59:74. */
          answer[17] = 97;
          answer[18] = 24;
          answer[19] = 0;
        }
      vr_msf_from_lba ((gint32) medium->capacity_blocks, answer + 21);
    }
  else if (info->model == VR_MODEL_MINUS || info->model == VR_MODEL_PLUS)
    {
      vr_put_32 (answer + 16, vr_medium_get_next_start (medium));
      vr_put_32 (answer + 20, medium->capacity_blocks);
    }
  vr_reply (command, answer, sizeof answer, vr_get_16 (command->cdb + 7));
}

/* The track that READ TRACK INFORMATION means; 0 when there is none. */
static guint
find_track_number (const VrMedium *medium, const guint8 *cdb)
{
  guint32 value = vr_get_32 (cdb + 2);
  guint next;
  guint number = 0;

  vr_medium_get_open_track (medium, &next);
  switch (cdb[1] & 3)
    {
    case 0:
      for (guint i = 1; i <= medium->tracks->len; i++)
        if (value >= vr_medium_get_track (medium, i)->start)
          number = i;
      if (vr_medium_can_grow (medium) && value >= vr_medium_get_next_start (medium))
        number = next;
      return number;
    case 1:
      return value == 0xff ? next : value;
    case 2:
      if (vr_medium_get_session_start (medium, value, &number) == NULL
          && value == medium->closed_sessions + 1)
        return next;
      return number;
    default:
      return 0;
    }
}

static void
describe_track (const VrMedium *medium, const VrTrack *track, guint8 *answer)
{
  const VrKindInfo *info = vr_medium_get_info (medium);
  guint32 size = track->recorded_blocks + track->run_out_blocks;
  gboolean can_grow = !track->is_closed && !track->is_damaged;
  guint32 next = track->start + track->recorded_blocks;
  guint32 end = track->reserved_blocks > 0 ? track->start + track->reserved_blocks
                                           : MAX (medium->capacity_blocks, next);

  answer[2] = 0;
  answer[5] = (guint8) ((track->is_damaged ? 0x20 : 0) | track->control);
  answer[6] = (guint8) (track->data_mode | (track->is_packet ? 0x20 : 0)
                        | (track->reserved_blocks > 0 ? 0x80 : 0)
                        | (track->recorded_blocks == 0 ? 0x40 : 0));
  answer[7] = (guint8) ((can_grow ? 1 : 0) | (track->recorded_blocks > 0 && !info->is_cd ? 2 : 0));
  vr_put_32 (answer + 8, track->start);
  if (can_grow)
    {
      vr_put_32 (answer + 12, next);
      vr_put_32 (answer + 16, end - next);
    }
  vr_put_32 (answer + 24, track->is_closed ? size : end - track->start);
  if (track->recorded_blocks > 0)
    vr_put_32 (answer + 28, next - 1);
}

static void
describe_invisible (const VrMedium *medium, guint8 *answer)
{
  guint32 start = vr_medium_get_next_start (medium);
  guint32 end = medium->capacity_blocks;

  /* Where even a gap has no room any more there is no address that could be written. */
  answer[5] = vr_medium_get_info (medium)->is_cd ? 0x04 : 0x07;
  answer[6] = 0x4f;
  answer[7] = start < end;
  if (start < end)
    {
      vr_put_32 (answer + 8, start);
      vr_put_32 (answer + 12, start);
      vr_put_32 (answer + 16, end - start);
      vr_put_32 (answer + 24, end - start);
    }
}

static void
describe_overwritable (const VrMedium *medium, guint8 *answer)
{
  answer[5] = 0x07;
  answer[6] = 0x2f | (vr_medium_is_blank (medium) ? 0x40 : 0);
  answer[7] = 0x01;
  vr_put_32 (answer + 16, 0);
  vr_put_32 (answer + 20, 16);
  vr_put_32 (answer + 24, medium->formatted_blocks);
  if (medium->is_intermediate)
    answer[7] |= 0x02;
}

/**
 * vr_read_track_information:
 * @self: a drive with a medium
 * @command: READ TRACK INFORMATION
 */
void
vr_read_track_information (VrDrive *self, VrCommand *command)
{
  const VrMedium *medium = self->medium;
  guint number = find_track_number (medium, command->cdb);
  const VrTrack *track = vr_medium_get_track (medium, number);
  guint8 answer[36] = { 0 };
  guint32 session = medium->closed_sessions + 1;
  guint next;

  vr_medium_get_open_track (medium, &next);
  if (vr_medium_get_info (medium)->model == VR_MODEL_OVERWRITE)
    {
      if (number > 1 && vr_get_32 (command->cdb + 2) != 0xff)
        number = 0;
      else
        number = 1;
      session = 1;
    }
  else if (track != NULL)
    session = track->session;
  else if (number != next || get_disc_status (medium) == 2)
    number = 0;
  if (number == 0)
    {
      vr_fail (command, 5, 0x24, 0x00);
      return;
    }
  vr_put_16 (answer, sizeof answer - 2);
  if (vr_medium_get_info (medium)->model == VR_MODEL_OVERWRITE)
    describe_overwritable (medium, answer);
  else if (track != NULL)
    describe_track (medium, track, answer);
  else
    describe_invisible (medium, answer);
  answer[2] = (guint8) number;
  answer[3] = (guint8) session;
  answer[32] = (guint8) (number >> 8);
  answer[33] = (guint8) (session >> 8);
  vr_reply (command, answer, sizeof answer, vr_get_16 (command->cdb + 7));
}

/**
 * vr_read_capacity:
 * @self: a drive with a medium
 * @command: READ CAPACITY
 */
void
vr_read_capacity (VrDrive *self, VrCommand *command)
{
  guint32 blocks = vr_medium_get_data_end (self->medium);
  guint8 answer[8] = { 0 };

  vr_put_32 (answer, blocks > 0 ? blocks - 1 : 0);
  vr_put_32 (answer + 4, VR_BLOCK_BYTES);
  vr_reply (command, answer, sizeof answer, sizeof answer);
}

/* Physical format information of a DVD: book, layers and where the data is. */
static void
describe_dvd (const VrMedium *medium, guint8 *p)
{
  static const struct
  {
    VrKind kind;
    guint8 book;
  } BOOKS[] = {
    { VR_KIND_DVD_ROM, 0x01 },    { VR_KIND_DVD_RAM, 0x16 },       { VR_KIND_DVD_R, 0x25 },
    { VR_KIND_DVD_R_DL, 0x26 },   { VR_KIND_DVD_RW_SEQ, 0x32 },    { VR_KIND_DVD_RW_RO, 0x32 },
    { VR_KIND_DVD_PLUS_RW, 0x92 }, { VR_KIND_DVD_PLUS_R, 0xa1 },
    { VR_KIND_DVD_PLUS_R_DL, 0xe1 },
  };
  gboolean has_two_layers
      = medium->kind == VR_KIND_DVD_R_DL || medium->kind == VR_KIND_DVD_PLUS_R_DL;
  guint32 first = 0x30000;

  for (guint i = 0; i < G_N_ELEMENTS (BOOKS); i++)
    if (BOOKS[i].kind == medium->kind)
      p[0] = BOOKS[i].book;
  p[1] = 0x0f;
  p[2] = has_two_layers ? 0x20 : 0x00;
  p[2] |= vr_medium_get_info (medium)->is_erasable                     ? 0x04
          : vr_medium_get_info (medium)->model == VR_MODEL_PRESSED ? 0x01
                                                                       : 0x02;
  vr_put_24 (p + 5, first);
  vr_put_24 (p + 9, first + medium->capacity_blocks - 1);
}

/**
 * vr_read_disc_structure:
 * @self: a drive with a medium
 * @command: READ DISC STRUCTURE, physical format information of a DVD
 */
void
vr_read_disc_structure (VrDrive *self, VrCommand *command)
{
  const VrMedium *medium = self->medium;
  guint16 profile = vr_medium_get_info (medium)->profile;
  guint8 answer[4 + 2048] = { 0 };

  if (profile < 0x10 || profile >= 0x40 || (command->cdb[1] & 0x0f) != 0 || command->cdb[7] != 0)
    {
      vr_fail (command, 5, 0x24, 0x00);
      return;
    }
  vr_put_16 (answer, sizeof answer - 2);
  describe_dvd (medium, answer + 4);
  vr_reply (command, answer, sizeof answer, vr_get_16 (command->cdb + 8));
}
