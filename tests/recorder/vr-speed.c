/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vr-drive-private.h"

#include <string.h>

static const VrKindInfo *
get_speeds (VrDrive *self)
{
  return vr_kind_get_info (self->medium != NULL ? self->medium->kind : VR_KIND_CD_R_80);
}

/**
 * vr_list_write_speeds:
 * @self: a drive
 * @speeds_kbs: (out): the speeds for its medium in kB/s, fastest first
 *
 * Returns: how many there are; 0 for a pressed disc
 */
guint
vr_list_write_speeds (VrDrive *self, double speeds_kbs[8])
{
  const VrKindInfo *info = get_speeds (self);
  guint n = 0;

  if (info->model == VR_MODEL_PRESSED)
    return 0;
  while (info->speeds[n] > 0)
    {
      speeds_kbs[n] = info->speeds[n] * info->single_speed_kbs;
      n++;
    }
  return n;
}

/**
 * vr_reset_speeds:
 * @self: a drive
 *
 * The fastest that the medium allows.
 */
void
vr_reset_speeds (VrDrive *self)
{
  const VrKindInfo *info = get_speeds (self);

  self->read_speed_kbs = info->speeds[0] * info->single_speed_kbs;
  self->write_speed_kbs = self->read_speed_kbs;
}

/* The fastest speed that is not above @wanted, or the slowest. */
static void
choose_write_speed (VrDrive *self, double wanted_kbs)
{
  double speeds[8];
  guint n = vr_list_write_speeds (self, speeds);

  for (guint i = 0; i < n; i++)
    {
      self->write_speed_kbs = speeds[i];
      /* Programs round: 1x is 176.4 or 177, and a megabyte more or less. */
      if (speeds[i] <= wanted_kbs * 1.005 + 1)
        return;
    }
}

static void
choose_read_speed (VrDrive *self, double wanted_kbs)
{
  const VrKindInfo *info = get_speeds (self);

  self->read_speed_kbs
      = CLAMP (wanted_kbs, info->single_speed_kbs, info->speeds[0] * info->single_speed_kbs);
}

/**
 * vr_get_performance:
 * @self: a drive
 * @command: GET PERFORMANCE, types 0 (nominal) and 3 (write speeds)
 */
void
vr_get_performance (VrDrive *self, VrCommand *command)
{
  guint type = command->cdb[10];
  guint most = vr_get_16 (command->cdb + 8);
  guint32 last = self->medium != NULL ? self->medium->capacity_blocks - 1 : 0;
  guint8 answer[8 + 16 * 8] = { 0 };
  guint n = 0;

  if (type == 0 && (command->cdb[1] & 0x03) == 0)
    {
      double speed = (command->cdb[1] & 0x04) != 0 ? self->write_speed_kbs : self->read_speed_kbs;

      vr_put_32 (answer + 12, (guint32) speed);
      vr_put_32 (answer + 16, last);
      vr_put_32 (answer + 20, (guint32) speed);
      answer[4] = (command->cdb[1] & 0x04) != 0 ? 2 : 0;
      n = 1;
    }
  else if (type == 3)
    {
      double speeds[8];

      n = self->medium != NULL ? vr_list_write_speeds (self, speeds) : 0;
      for (guint i = 0; i < n; i++)
        {
          guint8 *descriptor = answer + 8 + 16 * i;

          vr_put_32 (descriptor + 4, last);
          vr_put_32 (descriptor + 8, (guint32) self->read_speed_kbs);
          vr_put_32 (descriptor + 12, (guint32) speeds[i]);
        }
    }
  else if (type != 0)
    {
      vr_fail (command, 5, 0x24, 0x00);
      return;
    }
  vr_put_32 (answer, 4 + 16 * n);
  vr_reply (command, answer, 8 + 16 * MIN (n, most), command->data_bytes);
}

/**
 * vr_set_streaming:
 * @self: a drive
 * @command: SET STREAMING with a performance descriptor
 */
void
vr_set_streaming (VrDrive *self, VrCommand *command)
{
  const guint8 *p = command->data;
  guint32 read_time;
  guint32 write_time;

  if (command->data_bytes < 28 || vr_get_16 (command->cdb + 9) < 28)
    {
      vr_fail (command, 5, 0x1a, 0x00);
      return;
    }
  read_time = vr_get_32 (p + 16);
  write_time = vr_get_32 (p + 24);
  command->result->transferred_bytes = 28;
  if ((p[0] & 4) != 0)
    vr_reset_speeds (self);
  else if (read_time == 0 || write_time == 0)
    vr_fail (command, 5, 0x26, 0x00);
  else
    {
      choose_read_speed (self, vr_get_32 (p + 12) * 1000.0 / read_time);
      choose_write_speed (self, vr_get_32 (p + 20) * 1000.0 / write_time);
    }
}

/**
 * vr_set_cd_speed:
 * @self: a drive
 * @command: SET CD SPEED
 */
void
vr_set_cd_speed (VrDrive *self, VrCommand *command)
{
  choose_read_speed (self, vr_get_16 (command->cdb + 2));
  choose_write_speed (self, vr_get_16 (command->cdb + 4));
}

/**
 * vr_read_buffer_capacity:
 * @self: a drive
 * @command: READ BUFFER CAPACITY
 */
void
vr_read_buffer_capacity (VrDrive *self, VrCommand *command)
{
  gint64 left_us = self->buffer_empty_us - vr_drive_get_time_us (self);
  double filled = left_us > 0 ? (double) left_us * self->write_speed_kbs / 1000 : 0;
  guint8 answer[12] = { 0 };

  vr_put_16 (answer, sizeof answer - 2);
  vr_put_32 (answer + 4, VR_BUFFER_BYTES);
  vr_put_32 (answer + 8, VR_BUFFER_BYTES - (guint32) MIN (filled, VR_BUFFER_BYTES));
  vr_reply (command, answer, sizeof answer, vr_get_16 (command->cdb + 7));
}

/**
 * vr_send_opc:
 * @self: a drive
 * @command: SEND OPC INFORMATION
 *
 * Calibrates for a second.
 */
void
vr_send_opc (VrDrive *self, VrCommand *command)
{
  command->result->transferred_bytes = MIN (vr_get_16 (command->cdb + 7), command->data_bytes);
  if ((command->cdb[1] & 1) != 0)
    vr_drive_begin_operation (self, command, 0x08, VR_SECOND_US, FALSE);
}
