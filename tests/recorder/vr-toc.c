/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vr-drive-private.h"

#include <string.h>

/* An address in a table of contents, as block or as minute, second and frame. */
static void
put_address (guint8 *p, guint32 lba, gboolean is_msf)
{
  if (!is_msf)
    {
      vr_put_32 (p, lba);
      return;
    }
  p[0] = 0;
  vr_msf_from_lba ((gint32) lba, p + 1);
}

/* Format 0: every track of the closed sessions, and the last lead-out. */
static void
reply_tracks (const VrMedium *medium, VrCommand *command, gboolean is_msf)
{
  guint8 first = command->cdb[6];
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 head[4] = { 0, 0, 1, 1 };
  guint n = 0;
  guint8 control = 4;

  for (guint i = 1; i <= medium->tracks->len; i++)
    if (vr_medium_get_track (medium, i)->session <= medium->closed_sessions)
      n = MIN (i, 99);
  if (n == 0 || (first > n && first != 0xaa))
    {
      vr_fail (command, 5, 0x24, 0x00);
      return;
    }
  head[3] = (guint8) n;
  g_byte_array_append (bytes, head, sizeof head);
  for (guint i = 1; i <= n; i++)
    {
      const VrTrack *track = vr_medium_get_track (medium, i);
      guint8 entry[8] = { 0, (guint8) (0x10 | track->control), (guint8) i, 0 };

      control = track->control;
      if (i < first)
        continue;
      put_address (entry + 4, track->start, is_msf);
      g_byte_array_append (bytes, entry, sizeof entry);
    }
  guint8 lead_out[8] = { 0, (guint8) (0x10 | control), 0xaa, 0 };

  put_address (lead_out + 4, vr_medium_get_data_end (medium), is_msf);
  g_byte_array_append (bytes, lead_out, sizeof lead_out);
  vr_put_16 (bytes->data, bytes->len - 2);
  vr_reply (command, bytes->data, bytes->len, vr_get_16 (command->cdb + 7));
}

/* Format 1: where the last closed session begins. */
static void
reply_sessions (const VrMedium *medium, VrCommand *command, gboolean is_msf)
{
  guint8 answer[12] = { 0, 10, 1, 1 };
  guint number = 1;
  const VrTrack *track
      = vr_medium_get_session_start (medium, MAX (medium->closed_sessions, 1), &number);

  if (track == NULL || medium->closed_sessions == 0)
    {
      vr_fail (command, 5, 0x24, 0x00);
      return;
    }
  answer[3] = (guint8) medium->closed_sessions;
  answer[5] = (guint8) (0x10 | track->control);
  answer[6] = (guint8) number;
  put_address (answer + 8, track->start, is_msf);
  vr_reply (command, answer, sizeof answer, vr_get_16 (command->cdb + 7));
}

static void
add_entry (GByteArray *bytes, guint session, guint8 adr_control, guint8 point, const guint8 here[3],
           guint8 zero, const guint8 there[3])
{
  guint8 entry[11] = { (guint8) session, adr_control, 0, point };

  memcpy (entry + 4, here, 3);
  entry[7] = zero;
  memcpy (entry + 8, there, 3);
  g_byte_array_append (bytes, entry, sizeof entry);
}

static void
add_session (const VrMedium *medium, GByteArray *bytes, guint32 session)
{
  static const guint8 NOTHING[3] = { 0 };
  guint8 msf[3];
  guint first = 0;
  guint last = 0;
  guint8 control = 4;
  const VrTrack *next;

  for (guint i = 1; i <= medium->tracks->len; i++)
    {
      const VrTrack *track = vr_medium_get_track (medium, i);

      if (track->session != session)
        continue;
      if (first == 0)
        {
          first = i;
          control = track->control;
        }
      last = i;
    }
  add_entry (bytes, session, 0x10 | control, 0xa0, NOTHING, 0,
             (const guint8[]){ (guint8) first, 0, 0 });
  control = vr_medium_get_track (medium, last)->control;
  add_entry (bytes, session, 0x10 | control, 0xa1, NOTHING, 0,
             (const guint8[]){ (guint8) last, 0, 0 });
  vr_msf_from_lba ((gint32) vr_medium_get_session_end (medium, session), msf);
  add_entry (bytes, session, 0x10 | control, 0xa2, NOTHING, 0, msf);
  for (guint i = first; i <= last; i++)
    {
      const VrTrack *track = vr_medium_get_track (medium, i);

      vr_msf_from_lba ((gint32) track->start, msf);
      add_entry (bytes, session, 0x10 | track->control, (guint8) i, NOTHING, 0, msf);
    }
  /* Where the next session is, or may be: point B0, with the last lead-out that is possible, and
   * once C0 with the place of the first lead-in. */
  next = vr_medium_get_session_start (medium, session + 1, NULL);
  if (vr_medium_get_info (medium)->model == VR_MODEL_CD
      && (next != NULL || !medium->is_finalized))
    {
      guint8 end[3];

      vr_msf_from_lba ((gint32) (next != NULL ? next->start : vr_medium_get_next_start (medium)),
                       msf);
      vr_msf_from_lba ((gint32) medium->capacity_blocks, end);
      add_entry (bytes, session, 0x50 | control, 0xb0, msf, session == 1 ? 2 : 1, end);
      if (session == 1)
        add_entry (bytes, session, 0x50 | control, 0xc0, NOTHING, 0,
                   (const guint8[]){ 97, 24, 0 });
    }
}

/* Format 2: all points of all closed sessions, in minutes, seconds and frames. */
static void
reply_full (const VrMedium *medium, VrCommand *command)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 head[4] = { 0, 0, 1, (guint8) medium->closed_sessions };

  if (!vr_medium_get_info (medium)->is_cd || medium->closed_sessions == 0)
    {
      vr_fail (command, 5, 0x24, 0x00);
      return;
    }
  g_byte_array_append (bytes, head, sizeof head);
  for (guint32 session = 1; session <= medium->closed_sessions; session++)
    add_session (medium, bytes, session);
  vr_put_16 (bytes->data, bytes->len - 2);
  vr_reply (command, bytes->data, bytes->len, vr_get_16 (command->cdb + 7));
}

/* Format 4: what is moulded into the groove of a recordable CD. */
static void
reply_atip (const VrMedium *medium, VrCommand *command)
{
  guint8 answer[28] = { 0, 26 };

  if (vr_medium_get_info (medium)->model != VR_MODEL_CD)
    {
      vr_fail (command, 5, 0x24, 0x00);
      return;
    }
  answer[4] = 0x80 | 0x40;
  answer[6] = 0x80 | (vr_medium_get_info (medium)->is_erasable ? 0x40 : 0);
  answer[8] = 97;
  answer[9] = 24;
  vr_msf_from_lba ((gint32) medium->capacity_blocks, answer + 12);
  vr_reply (command, answer, sizeof answer, vr_get_16 (command->cdb + 7));
}

/**
 * vr_read_toc:
 * @self: a drive with a medium
 * @command: READ TOC/PMA/ATIP, formats 0, 1, 2, 4 and 5
 */
void
vr_read_toc (VrDrive *self, VrCommand *command)
{
  gboolean is_msf = (command->cdb[1] & 2) != 0;
  guint format = command->cdb[2] & 0x0f;

  /* Old commands have the format in the last byte. */
  if (format == 0)
    format = command->cdb[9] >> 6;
  switch (format)
    {
    case 0:
      reply_tracks (self->medium, command, is_msf);
      break;
    case 1:
      reply_sessions (self->medium, command, is_msf);
      break;
    case 2:
      reply_full (self->medium, command);
      break;
    case 4:
      reply_atip (self->medium, command);
      break;
    case 5:
      {
        /* There is no CD-TEXT on any of these. */
        static const guint8 EMPTY[4] = { 0, 2, 0, 0 };

        vr_reply (command, EMPTY, sizeof EMPTY, vr_get_16 (command->cdb + 7));
      }
      break;
    default:
      vr_fail (command, 5, 0x24, 0x00);
      break;
    }
}
