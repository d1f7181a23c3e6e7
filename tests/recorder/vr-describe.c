/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vr-drive-private.h"

#include <string.h>

/* Everything the drive can read and write, newest first, as MMC lists profiles. */
static const guint16 PROFILES[]
    = { 0x43, 0x41, 0x40, 0x2b, 0x1b, 0x1a, 0x15, 0x14, 0x13, 0x12, 0x11, 0x10, 0x0a, 0x09, 0x08 };

static const VrKindInfo *
get_current (VrDrive *self)
{
  return vr_kind_get_info (self->medium != NULL && !self->is_tray_open ? self->medium->kind
                                                                       : VR_KIND_NONE);
}

/**
 * vr_inquiry:
 * @self: a drive
 * @command: INQUIRY
 */
void
vr_inquiry (VrDrive *self, VrCommand *command)
{
  guint8 answer[96] = { 0 };

  if ((command->cdb[1] & 1) != 0)
    {
      /* The serial number is the one page of vital data. */
      gsize length = MIN (strlen (self->serial), sizeof answer - 4);

      if (command->cdb[2] != 0x80)
        {
          vr_fail (command, 5, 0x24, 0x00);
          return;
        }
      answer[0] = 5;
      answer[1] = 0x80;
      answer[3] = (guint8) length;
      memcpy (answer + 4, self->serial, length);
      vr_reply (command, answer, 4 + length, vr_get_16 (command->cdb + 3));
      return;
    }
  answer[0] = 5;
  answer[1] = 0x80;
  answer[2] = 5;
  answer[3] = 2;
  answer[4] = sizeof answer - 5;
  memset (answer + 8, ' ', 28);
  memcpy (answer + 8, self->vendor, strlen (self->vendor));
  memcpy (answer + 16, self->model, strlen (self->model));
  memcpy (answer + 32, "1.00", 4);
  /* SPC-3, MMC-5 */
  vr_put_16 (answer + 58, 0x0300);
  vr_put_16 (answer + 60, 0x03a0);
  vr_reply (command, answer, sizeof answer, vr_get_16 (command->cdb + 3));
}

typedef struct
{
  GByteArray *bytes;
  guint first;
  gboolean only_current;
  gboolean only_first;
} FeatureList;

static void
add_feature (FeatureList *list, guint code, guint version, gboolean is_persistent,
             gboolean is_current, const guint8 *data, guint8 size)
{
  guint8 head[4] = { 0 };

  if (code < list->first || (list->only_first && code != list->first)
      || (list->only_current && !is_current))
    return;
  vr_put_16 (head, code);
  head[2] = (guint8) (version << 2 | (is_persistent ? 2u : 0u) | (is_current ? 1u : 0u));
  head[3] = size;
  g_byte_array_append (list->bytes, head, sizeof head);
  if (size > 0)
    g_byte_array_append (list->bytes, data, size);
}

static void
add_profiles (VrDrive *self, FeatureList *list, guint16 current)
{
  guint8 data[4 * G_N_ELEMENTS (PROFILES)] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (PROFILES); i++)
    {
      vr_put_16 (data + 4 * i, PROFILES[i]);
      data[4 * i + 2] = PROFILES[i] == current;
    }
  add_feature (list, 0x0000, 0, TRUE, TRUE, data, sizeof data);
}

static void
add_read_features (FeatureList *list, guint16 profile)
{
  static const guint8 READABLE[8] = { 0, 0, 8, 0, 0, 1, 1, 0 };
  static const guint8 CD_READ[4] = { 0 };
  static const guint8 DVD_READ[4] = { 1, 0, 1, 0 };
  static const guint8 BD_READ[28] = { 0 };
  gboolean is_cd = profile >= 0x08 && profile <= 0x0a;
  gboolean is_dvd = profile >= 0x10 && profile <= 0x2b;
  gboolean is_bd = profile >= 0x40;

  add_feature (list, 0x0010, 0, FALSE, profile != 0, READABLE, sizeof READABLE);
  add_feature (list, 0x001d, 0, TRUE, TRUE, NULL, 0);
  add_feature (list, 0x001e, 2, FALSE, is_cd, CD_READ, sizeof CD_READ);
  add_feature (list, 0x001f, 1, FALSE, is_dvd, DVD_READ, sizeof DVD_READ);
  add_feature (list, 0x0040, 0, FALSE, is_bd, BD_READ, sizeof BD_READ);
}

static void
add_write_features (VrDrive *self, FeatureList *list, guint16 profile)
{
  const VrMedium *medium = self->medium;
  /* CD-R and CD-RW take track-at-once and session-at-once, with test write and BUF. */
  static const guint8 TAO[8] = { 0x40 | 0x04 | 0x02 | 0x01, 0, 0x05, 0x01 };
  static const guint8 MASTERING[8] = { 0x40 | 0x20 | 0x04 | 0x02, 0, 0x10, 0x00 };
  static const guint8 INCREMENTAL[8] = { 0x01, 0x00, 0x01, 0x01, 16 };
  /* Full and quick certification are offered on BD-RE. */
  static const guint8 FORMATTABLE[8] = { 0x0f, 0, 0, 0, 0x00 };
  static const guint8 PLUS_RW[4] = { 0x01, 0x03, 0, 0 };
  static const guint8 PLUS_R[4] = { 0x01, 0, 0, 0 };
  static const guint8 MINUS_WRITE[4] = { 0x40 | 0x08 | 0x04 | 0x02, 0, 0, 0 };
  static const guint8 CD_RW[4] = { 0, 0x7f, 0, 0 };
  static const guint8 BD_WRITE[24] = { 0 };
  gboolean is_cd_r = profile == 0x09 || profile == 0x0a;
  gboolean is_minus = profile == 0x11 || profile == 0x14 || profile == 0x15;
  gboolean is_overwritable
      = profile == 0x12 || profile == 0x13 || profile == 0x1a || profile == 0x43;
  guint8 writable[12] = { 0, 0, 0, 0, 0, 0, 8, 0, 0, 16, 1, 0 };

  if (is_overwritable && medium->formatted_blocks > 0)
    vr_put_32 (writable, medium->formatted_blocks - 1);
  add_feature (list, 0x0020, 1, FALSE, is_overwritable, writable, sizeof writable);
  add_feature (list, 0x0021, 3, FALSE, is_minus && !medium->is_quick_blanked, INCREMENTAL,
               sizeof INCREMENTAL);
  add_feature (list, 0x0023, 2, FALSE, is_overwritable || profile == 0x14 || profile == 0x41,
               FORMATTABLE, sizeof FORMATTABLE);
  add_feature (list, 0x0026, 0, FALSE, profile == 0x13, NULL, 0);
  add_feature (list, 0x002a, 1, FALSE, profile == 0x1a, PLUS_RW, sizeof PLUS_RW);
  add_feature (list, 0x002b, 0, FALSE, profile == 0x1b, PLUS_R, sizeof PLUS_R);
  add_feature (list, 0x002d, 2, FALSE, is_cd_r, TAO, sizeof TAO);
  add_feature (list, 0x002e, 1, FALSE, is_cd_r, MASTERING, sizeof MASTERING);
  add_feature (list, 0x002f, 2, FALSE, is_minus || profile == 0x13, MINUS_WRITE,
               sizeof MINUS_WRITE);
  add_feature (list, 0x0037, 0, FALSE, profile == 0x0a, CD_RW, sizeof CD_RW);
  add_feature (list, 0x0038, 0, FALSE, profile == 0x41 && medium->is_pseudo_overwrite, CD_RW, 4);
  add_feature (list, 0x003b, 0, FALSE, profile == 0x2b, PLUS_R, sizeof PLUS_R);
  add_feature (list, 0x0041, 0, FALSE, profile == 0x41 || profile == 0x43, BD_WRITE,
               sizeof BD_WRITE);
}

/**
 * vr_get_configuration:
 * @self: a drive
 * @command: GET CONFIGURATION
 */
void
vr_get_configuration (VrDrive *self, VrCommand *command)
{
  static const guint8 CORE[8] = { 0, 0, 0, 7, 1, 0, 0, 0 };
  static const guint8 MORPHING[4] = { 2, 0, 0, 0 };
  /* Tray, can eject, can be locked. */
  static const guint8 REMOVABLE[4] = { 0x20 | 0x08 | 0x01, 0, 0, 0 };
  static const guint8 TIMEOUT[4] = { 0 };
  /* SET CD SPEED, page 2A and SET STREAMING tell and set speeds. */
  static const guint8 STREAMING[4] = { 0x0f, 0, 0, 0 };
  guint type = command->cdb[1] & 3;
  guint16 profile = get_current (self)->profile;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  FeatureList list = { .bytes = bytes,
                       .first = vr_get_16 (command->cdb + 2),
                       .only_current = type == 1,
                       .only_first = type == 2 };
  guint8 head[8] = { 0 };
  g_autofree char *serial = g_strdup_printf ("%-16s", self->serial);

  g_byte_array_append (bytes, head, sizeof head);
  add_profiles (self, &list, profile);
  add_feature (&list, 0x0001, 2, TRUE, TRUE, CORE, sizeof CORE);
  add_feature (&list, 0x0002, 1, TRUE, TRUE, MORPHING, sizeof MORPHING);
  add_feature (&list, 0x0003, 1, TRUE, TRUE, REMOVABLE, sizeof REMOVABLE);
  add_read_features (&list, profile);
  add_write_features (self, &list, profile);
  add_feature (&list, 0x0100, 0, TRUE, TRUE, NULL, 0);
  add_feature (&list, 0x0105, 0, TRUE, TRUE, TIMEOUT, sizeof TIMEOUT);
  add_feature (&list, 0x0107, 4, TRUE, TRUE, STREAMING, sizeof STREAMING);
  add_feature (&list, 0x0108, 0, TRUE, TRUE, (const guint8 *) serial, (guint8) strlen (serial));
  vr_put_32 (bytes->data, bytes->len - 4);
  vr_put_16 (bytes->data + 6, profile);
  vr_reply (command, bytes->data, bytes->len, vr_get_16 (command->cdb + 7));
}

/**
 * vr_reset_pages:
 * @self: a drive
 *
 * Gives the mode pages the values that they have after a reset or with a new medium.
 */
void
vr_reset_pages (VrDrive *self)
{
  static const guint8 ERROR_PAGE[12] = { 0x01, 0x0a, 0x80, 0x05 };

  memcpy (self->error_page, ERROR_PAGE, sizeof ERROR_PAGE);
  memset (self->write_page, 0, sizeof self->write_page);
  self->write_page[0] = 0x05;
  self->write_page[1] = VR_WRITE_PAGE_BYTES - 2;
  self->write_page[2] = 0x40
                        | (get_current (self)->is_cd ? VR_WRITE_TRACK_AT_ONCE : VR_WRITE_PACKET);
  self->write_page[3] = get_current (self)->is_cd ? 0x04 : 0x25;
  self->write_page[4] = 8;
  self->write_page[5] = 16;
  self->write_page[13] = 16;
  self->write_page[15] = 150;
}

static gsize
make_capabilities (VrDrive *self, guint8 page[80])
{
  double speeds[8];
  guint n_speeds = vr_list_write_speeds (self, speeds);

  page[0] = 0x2a;
  /* Reads and writes all there is; test write; multi-session; BUF; tray that can be locked. */
  page[2] = 0x3f;
  page[3] = 0x37;
  page[4] = 0xf1;
  page[5] = 0x03;
  page[6] = 0x29 | (self->is_locked ? 0x02 : 0);
  vr_put_16 (page + 8, (guint32) MIN (self->read_speed_kbs, 65535));
  vr_put_16 (page + 10, 256);
  vr_put_16 (page + 12, VR_BUFFER_BYTES / 1024);
  vr_put_16 (page + 14, (guint32) MIN (self->read_speed_kbs, 65535));
  vr_put_16 (page + 18, n_speeds > 0 ? (guint32) MIN (speeds[0], 65535) : 0);
  vr_put_16 (page + 20, (guint32) MIN (self->write_speed_kbs, 65535));
  vr_put_16 (page + 22, 1);
  vr_put_16 (page + 28, (guint32) MIN (self->write_speed_kbs, 65535));
  vr_put_16 (page + 30, n_speeds);
  for (guint i = 0; i < n_speeds; i++)
    vr_put_16 (page + 32 + 4 * i + 2, (guint32) MIN (speeds[i], 65535));
  page[1] = (guint8) (30 + 4 * n_speeds);
  return 32 + 4 * n_speeds;
}

/**
 * vr_mode_sense:
 * @self: a drive
 * @command: MODE SENSE (10)
 */
void
vr_mode_sense (VrDrive *self, VrCommand *command)
{
  guint8 answer[8 + 12 + VR_WRITE_PAGE_BYTES + 80] = { 0 };
  guint8 code = command->cdb[2] & 0x3f;
  gboolean wants_mask = (command->cdb[2] & 0xc0) == 0x40;
  gsize size = 8;

  if (code == 0x01 || code == 0x3f)
    {
      memcpy (answer + size, self->error_page, sizeof self->error_page);
      size += sizeof self->error_page;
    }
  if (code == 0x05 || code == 0x3f)
    {
      memcpy (answer + size, self->write_page, sizeof self->write_page);
      if (wants_mask)
        memset (answer + size + 2, 0xff, sizeof self->write_page - 2);
      size += sizeof self->write_page;
    }
  if (code == 0x2a || code == 0x3f)
    {
      guint8 page[80] = { 0 };
      gsize length = make_capabilities (self, page);

      memcpy (answer + size, page, length);
      size += length;
    }
  if (size == 8)
    {
      vr_fail (command, 5, 0x24, 0x00);
      return;
    }
  vr_put_16 (answer, (guint32) size - 2);
  vr_reply (command, answer, size, vr_get_16 (command->cdb + 7));
}

/* Whether a write page makes sense for what is in the drive. */
static gboolean
is_write_page_good (VrDrive *self, const guint8 *page)
{
  guint type = page[2] & 0x0f;
  guint block_type = page[4] & 0x0f;
  const VrKindInfo *info = get_current (self);

  if (type > VR_WRITE_SESSION_AT_ONCE)
    return FALSE;
  /* A CD is not written in packets here, and the other media know no track-at-once. */
  if (info->model == VR_MODEL_CD && type == VR_WRITE_PACKET)
    return FALSE;
  if (info->model == VR_MODEL_MINUS && type == VR_WRITE_TRACK_AT_ONCE)
    return FALSE;
  return block_type == 0 || block_type == 8 || block_type == 10;
}

/**
 * vr_mode_select:
 * @self: a drive
 * @command: MODE SELECT (10)
 */
void
vr_mode_select (VrDrive *self, VrCommand *command)
{
  gsize size = MIN (vr_get_16 (command->cdb + 7), command->data_bytes);
  gsize at;

  command->result->transferred_bytes = size;
  if (size == 0)
    return;
  if (size < 8)
    {
      vr_fail (command, 5, 0x1a, 0x00);
      return;
    }
  at = 8 + vr_get_16 (command->data + 6);
  while (at + 2 <= size)
    {
      const guint8 *page = command->data + at;
      gsize length = 2 + (gsize) page[1];

      if (at + length > size)
        {
          vr_fail (command, 5, 0x1a, 0x00);
          return;
        }
      switch (page[0] & 0x3f)
        {
        case 0x01:
          memcpy (self->error_page + 2, page + 2, MIN (length, sizeof self->error_page) - 2);
          break;
        case 0x05:
          if (!is_write_page_good (self, page))
            {
              vr_fail (command, 5, 0x26, 0x00);
              return;
            }
          memcpy (self->write_page + 2, page + 2, MIN (length, sizeof self->write_page) - 2);
          if (self->medium != NULL)
            vr_drive_end_simulation (self);
          self->buffer_empty_us = MIN (self->buffer_empty_us, vr_drive_get_time_us (self));
          break;
        case 0x2a:
          break;
        default:
          vr_fail (command, 5, 0x26, 0x00);
          return;
        }
      at += length;
    }
}

/**
 * vr_get_event_status:
 * @self: a drive
 * @command: GET EVENT STATUS NOTIFICATION
 */
void
vr_get_event_status (VrDrive *self, VrCommand *command)
{
  guint8 answer[8] = { 0, 0, 0x80, 0x10 };
  gsize size = 4;

  if ((command->cdb[1] & 1) == 0)
    {
      vr_fail (command, 5, 0x24, 0x00);
      return;
    }
  if ((command->cdb[4] & 0x10) != 0)
    {
      answer[2] = 4;
      answer[4] = self->media_event;
      answer[5] = (self->is_tray_open ? 1 : 0)
                  | (self->medium != NULL && !self->is_tray_open ? 2 : 0);
      self->media_event = 0;
      size = 8;
    }
  vr_put_16 (answer, (guint32) size - 2);
  vr_reply (command, answer, size, vr_get_16 (command->cdb + 7));
}
