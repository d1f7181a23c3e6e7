/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vr-drive-private.h"

#define QUICK_US (30 * VR_SECOND_US)

/**
 * vr_blank:
 * @self: a drive with a medium
 * @command: BLANK, whole disc or minimal
 */
void
vr_blank (VrDrive *self, VrCommand *command)
{
  VrMedium *medium = self->medium;
  guint type = command->cdb[1] & 7;
  gboolean is_dvd_rw = medium->kind == VR_KIND_DVD_RW_SEQ || medium->kind == VR_KIND_DVD_RW_RO;
  gint64 duration_us = QUICK_US;

  if (medium->kind != VR_KIND_CD_RW_80 && !is_dvd_rw)
    {
      vr_fail (command, 5, 0x30, 0x00);
      return;
    }
  if (medium->is_write_protected)
    {
      vr_fail (command, 7, 0x27, 0x00);
      return;
    }
  if (type > 1)
    {
      vr_fail (command, 5, 0x24, 0x00);
      return;
    }
  vr_drive_end_simulation (self);
  vr_medium_wipe (medium);
  if (is_dvd_rw)
    {
      medium->kind = VR_KIND_DVD_RW_SEQ;
      medium->is_quick_blanked = type == 1;
    }
  if (type == 0)
    duration_us = vr_drive_get_pass_us (self, medium->capacity_blocks);
  vr_reset_pages (self);
  vr_drive_save (self);
  vr_drive_begin_operation (self, command, 0x07, duration_us, (command->cdb[1] & 0x10) != 0);
}

typedef struct
{
  guint32 blocks;
  guint8 type;
  guint32 parameter;
} Format;

/* The formats that can be asked for, the default one first. */
static guint
list_formats (const VrMedium *medium, Format formats[8])
{
  guint32 all = medium->capacity_blocks;
  guint n = 0;

  switch (medium->kind)
    {
    case VR_KIND_DVD_RW_RO:
      formats[n++] = (Format){ all, 0x00, 2048 };
      formats[n++] = (Format){ all, 0x10, 16 };
      formats[n++] = (Format){ all, 0x15, 16 };
      if (medium->formatted_blocks < all)
        formats[n++] = (Format){ all - medium->formatted_blocks, 0x13, 16 };
      break;
    case VR_KIND_DVD_RW_SEQ:
      formats[n++] = (Format){ all, 0x00, 2048 };
      formats[n++] = (Format){ all, 0x10, 16 };
      formats[n++] = (Format){ all, 0x15, 16 };
      break;
    case VR_KIND_DVD_PLUS_RW:
      formats[n++] = (Format){ all, 0x26, 0 };
      break;
    case VR_KIND_DVD_RAM:
      formats[n++] = (Format){ all, 0x00, 2048 };
      formats[n++] = (Format){ all - all / 64 / 16 * 16, 0x00, 2048 };
      break;
    case VR_KIND_BD_R_25:
    case VR_KIND_BD_R_50:
      if (!vr_medium_is_blank (medium))
        break;
      formats[n++] = (Format){ vr_medium_get_user_blocks (medium, VR_BD_DEFAULT_SPARES), 0x00,
                               VR_BD_DEFAULT_SPARES };
      formats[n++] = (Format){ vr_medium_get_user_blocks (medium, VR_BD_DEFAULT_SPARES), 0x32, 0 };
      formats[n++] = (Format){ vr_medium_get_user_blocks (medium, 0x5000), 0x32, 0 };
      break;
    case VR_KIND_BD_RE_25:
      formats[n++] = (Format){ vr_medium_get_user_blocks (medium, VR_BD_DEFAULT_SPARES), 0x00,
                               VR_BD_DEFAULT_SPARES };
      formats[n++] = (Format){ vr_medium_get_user_blocks (medium, VR_BD_DEFAULT_SPARES), 0x30,
                               VR_BD_DEFAULT_SPARES };
      formats[n++] = (Format){ vr_medium_get_user_blocks (medium, 0x5000), 0x30, 0x5000 };
      formats[n++] = (Format){ vr_medium_get_user_blocks (medium, 0x1000), 0x30, 0x1000 };
      formats[n++] = (Format){ all, 0x31, 2048 };
      break;
    default:
      break;
    }
  return n;
}

/**
 * vr_read_format_capacities:
 * @self: a drive with a medium
 * @command: READ FORMAT CAPACITIES
 */
void
vr_read_format_capacities (VrDrive *self, VrCommand *command)
{
  const VrMedium *medium = self->medium;
  Format formats[8];
  guint n = list_formats (medium, formats);
  guint8 answer[4 + 8 + 8 * 8] = { 0 };
  gboolean is_overwritable = vr_medium_get_info (medium)->model == VR_MODEL_OVERWRITE;
  guint8 state;

  /* 1 unformatted, 2 formatted, 3 blank or with an incomplete session */
  if (!is_overwritable)
    state = vr_medium_is_blank (medium) ? 1 : 2;
  else
    state = medium->format_state == VR_FORMAT_BLANK ? 1 : medium->is_intermediate ? 3 : 2;
  answer[3] = (guint8) (8 + 8 * n);
  vr_put_32 (answer + 4, state == 1             ? medium->capacity_blocks
                         : is_overwritable ? medium->formatted_blocks
                                                : vr_medium_get_data_end (medium));
  answer[8] = state;
  vr_put_24 (answer + 9, VR_BLOCK_BYTES);
  for (guint i = 0; i < n; i++)
    {
      guint8 *descriptor = answer + 12 + 8 * i;

      vr_put_32 (descriptor, formats[i].blocks);
      descriptor[4] = (guint8) (formats[i].type << 2);
      vr_put_24 (descriptor + 5, formats[i].parameter);
    }
  vr_reply (command, answer, 12 + 8 * n, vr_get_16 (command->cdb + 7));
}

static gint64
format_dvd_rw (VrDrive *self, guint8 type, guint32 blocks)
{
  VrMedium *medium = self->medium;

  if (type == 0x13)
    {
      guint32 most = medium->capacity_blocks - medium->formatted_blocks;

      medium->formatted_blocks += blocks == 0 ? 0 : MIN (blocks, most);
      vr_medium_get_track (medium, 1)->recorded_blocks = medium->formatted_blocks;
      medium->is_intermediate = TRUE;
      return QUICK_US;
    }
  vr_medium_wipe (medium);
  medium->kind = VR_KIND_DVD_RW_RO;
  medium->is_quick_blanked = FALSE;
  if (type == 0x15)
    {
      vr_medium_set_formatted (medium, type, 0);
      medium->is_intermediate = TRUE;
      return QUICK_US;
    }
  vr_medium_set_formatted (medium, type, medium->capacity_blocks);
  return vr_drive_get_pass_us (self, medium->capacity_blocks);
}

static void
format_plus_rw (VrDrive *self, gboolean is_restart)
{
  VrMedium *medium = self->medium;
  gint64 now = vr_drive_get_time_us (self);

  if (!is_restart || medium->format_state == VR_FORMAT_BLANK)
    vr_medium_set_formatted (medium, 0x26, medium->capacity_blocks);
  /* It goes on behind whatever the host does in the meantime. */
  medium->format_state = VR_FORMAT_RUNNING;
  self->format_from_us = now;
  self->format_until_us = now + vr_drive_get_pass_us (self, medium->capacity_blocks);
}

/* Which of the listed formats is meant, or NULL. */
static const Format *
choose_format (const Format *formats, guint n_formats, guint8 type, guint32 blocks)
{
  const Format *found = NULL;

  for (guint i = 0; i < n_formats; i++)
    if (formats[i].type == type
        && (found == NULL
            || (blocks <= formats[i].blocks
                && (found->blocks < blocks || formats[i].blocks < found->blocks))))
      found = &formats[i];
  return found;
}

/**
 * vr_format_unit:
 * @self: a drive with a medium
 * @command: FORMAT UNIT with one descriptor
 */
void
vr_format_unit (VrDrive *self, VrCommand *command)
{
  VrMedium *medium = self->medium;
  const guint8 *p = command->data;
  Format formats[8];
  guint n = list_formats (medium, formats);
  gint64 duration_us = QUICK_US;
  const Format *format;
  gboolean is_immediate;
  guint32 blocks;
  guint8 type;
  guint8 sub_type;

  if ((command->cdb[1] & 0x17) != 0x11 || command->data_bytes < 12 || vr_get_16 (p + 2) < 8)
    {
      vr_fail (command, 5, 0x24, 0x00);
      return;
    }
  if (medium->is_write_protected)
    {
      vr_fail (command, 7, 0x27, 0x00);
      return;
    }
  is_immediate = (p[1] & 2) != 0;
  blocks = vr_get_32 (p + 4);
  type = p[8] >> 2;
  sub_type = p[8] & 3;
  format = choose_format (formats, n, type, blocks);
  if (n == 0 || (format == NULL && !(type == 0x13 && medium->kind == VR_KIND_DVD_RW_RO)))
    {
      vr_fail (command, 5, n == 0 ? 0x30 : 0x26, n == 0 ? 0x06 : 0x00);
      return;
    }
  vr_drive_end_simulation (self);
  switch (medium->kind)
    {
    case VR_KIND_DVD_RW_SEQ:
    case VR_KIND_DVD_RW_RO:
      duration_us = format_dvd_rw (self, type, blocks);
      break;
    case VR_KIND_DVD_PLUS_RW:
      format_plus_rw (self, (p[11] & 1) != 0);
      break;
    case VR_KIND_BD_R_25:
    case VR_KIND_BD_R_50:
      medium->is_pseudo_overwrite = sub_type == 0;
      medium->format_type = type;
      break;
    default:
      vr_medium_set_formatted (medium, type, format->blocks);
      /* Certification reads and writes the whole surface. */
      if (medium->kind == VR_KIND_DVD_RAM ? (p[1] & 0x20) == 0 : sub_type == 2)
        duration_us = vr_drive_get_pass_us (self, medium->capacity_blocks);
      break;
    }
  command->result->transferred_bytes = command->data_bytes;
  vr_reset_pages (self);
  vr_drive_save (self);
  vr_drive_begin_operation (self, command, 0x04, duration_us, is_immediate);
}
