/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vr-drive-private.h"

#include <errno.h>
#include <gio/gio.h>
#include <string.h>

/* Loading a medium until it can be read. */
#define LOAD_US (6 * VR_SECOND_US)

enum
{
  /* Refused while there is no medium. */
  NEEDS_MEDIUM = 1,
  /* Answered while a long operation runs. */
  WHILE_BUSY = 2,
  /* Does not report a pending unit attention. */
  NO_ATTENTION = 4
};

typedef struct
{
  guint8 opcode;
  guint flags;
  VrHandler handler;
} Entry;

/**
 * vr_fail:
 * @command: the command that runs
 * @key: sense key
 * @asc: additional sense code
 * @ascq: its qualifier
 *
 * Ends the command with a check condition.
 */
void
vr_fail (VrCommand *command, guint8 key, guint8 asc, guint8 ascq)
{
  guint8 *sense = command->result->sense;

  memset (sense, 0, VR_SENSE_BYTES);
  sense[0] = 0x70;
  sense[2] = key;
  sense[7] = VR_SENSE_BYTES - 8;
  sense[12] = asc;
  sense[13] = ascq;
  command->result->status = 2;
  command->result->transferred_bytes = 0;
}

/**
 * vr_reply:
 * @command: the command that runs
 * @answer: all that there is to say
 * @size: its bytes
 * @allocation: how much the command asks for
 *
 * Hands over as much of the answer as was asked for and there is room for.
 */
void
vr_reply (VrCommand *command, const guint8 *answer, gsize size, gsize allocation)
{
  gsize n = MIN (MIN (size, allocation), command->data_bytes);

  if (n > 0)
    memcpy (command->data, answer, n);
  command->result->transferred_bytes = n;
}

/**
 * vr_drive_get_time_us:
 * @self: a drive
 *
 * Returns: the time that the drive has lived through
 */
gint64
vr_drive_get_time_us (VrDrive *self)
{
  return (gint64) ((double) (g_get_monotonic_time () - self->epoch_us) * self->time_scale);
}

/**
 * vr_drive_get_pass_us:
 * @self: a drive with a medium
 * @n_blocks: how many blocks
 *
 * Returns: how long writing them takes
 */
gint64
vr_drive_get_pass_us (VrDrive *self, guint64 n_blocks)
{
  return (gint64) ((double) n_blocks * VR_BLOCK_BYTES * 1000 / self->write_speed_kbs);
}

static guint64
get_real_us (VrDrive *self, gint64 drive_us)
{
  return drive_us > 0 ? (guint64) ((double) drive_us / self->time_scale) : 0;
}

/**
 * vr_drive_begin_operation:
 * @self: a drive
 * @command: the command that asked for it
 * @ascq: what 2/04 is told until it ends: 4 format, 7 blank or close, 8 writing
 * @duration_us: how long it takes, in the drive's time
 * @is_immediate: whether the command returns at once
 *
 * Keeps the drive busy behind the buffer that has to be written out first.
 */
void
vr_drive_begin_operation (VrDrive *self, VrCommand *command, guint8 ascq, gint64 duration_us,
                          gboolean is_immediate)
{
  gint64 now = vr_drive_get_time_us (self);

  self->busy_from_us = now;
  self->busy_until_us = MAX (now, self->buffer_empty_us) + duration_us;
  self->busy_ascq = ascq;
  if (!is_immediate)
    {
      command->result->delay_us += get_real_us (self, self->busy_until_us - now);
      self->busy_until_us = 0;
    }
}

/* 0…65535 of a long operation. */
static guint32
get_progress (gint64 from, gint64 until, gint64 now)
{
  if (until <= from)
    return 0xffff;
  return (guint32) CLAMP ((double) (now - from) / (double) (until - from) * 65535, 0, 65535);
}

/**
 * vr_drive_settle:
 * @self: a drive
 *
 * Lets end what has run its time.
 */
void
vr_drive_settle (VrDrive *self)
{
  gint64 now = vr_drive_get_time_us (self);

  if (self->busy_until_us > 0 && now >= self->busy_until_us)
    self->busy_until_us = 0;
  if (self->medium != NULL && self->medium->format_state == VR_FORMAT_RUNNING
      && now >= self->format_until_us)
    {
      self->medium->format_state = VR_FORMAT_COMPLETE;
      vr_drive_save (self);
    }
}

/**
 * vr_drive_save:
 * @self: a drive with a medium
 *
 * Puts the state of the medium down for good, and tells that it changed. A test write leaves no
 * trace.
 */
void
vr_drive_save (VrDrive *self)
{
  g_autoptr (GError) error = NULL;

  /* A pressed disc never changes, and may be an image that somebody else needs as it is. */
  if (self->real_tracks != NULL || vr_medium_get_info (self->medium)->model == VR_MODEL_PRESSED)
    return;
  self->changes |= VR_CHANGE_CONTENT;
  if (!vr_medium_save (self->medium, TRUE, &error))
    g_warning ("%s", error->message);
}

/**
 * vr_drive_end_simulation:
 * @self: a drive with a medium
 *
 * The medium is what it was before the test write.
 */
void
vr_drive_end_simulation (VrDrive *self)
{
  if (self->real_tracks == NULL)
    return;
  g_array_unref (self->medium->tracks);
  self->medium->tracks = g_steal_pointer (&self->real_tracks);
  self->medium->closed_sessions = self->real_closed_sessions;
}

/**
 * vr_msf_from_lba:
 * @lba: a block, not before -150
 * @msf: (out): minute, second and frame
 */
void
vr_msf_from_lba (gint32 lba, guint8 msf[3])
{
  gint32 frames = lba + 150;

  msf[0] = (guint8) (frames / (75 * 60));
  msf[1] = (guint8) (frames / 75 % 60);
  msf[2] = (guint8) (frames % 75);
}

static void
add_attention (VrDrive *self, guint8 asc, guint8 ascq)
{
  guint16 attention = (guint16) (asc << 8 | ascq);

  g_array_append_val (self->attentions, attention);
}

/**
 * vr_drive_forget_medium:
 * @self: a drive
 *
 * What a drive forgets when its medium leaves it.
 */
void
vr_drive_forget_medium (VrDrive *self)
{
  if (self->medium != NULL)
    {
      vr_drive_end_simulation (self);
      if (self->medium->format_state == VR_FORMAT_RUNNING)
        self->medium->format_state = VR_FORMAT_STARTED;
    }
  g_array_set_size (self->cues, 0);
  self->reserved_blocks = 0;
  self->buffer_empty_us = 0;
  self->busy_until_us = 0;
}

/**
 * vr_drive_accept_medium:
 * @self: a drive with a new medium
 *
 * Gets ready for it, and tells the host.
 */
void
vr_drive_accept_medium (VrDrive *self)
{
  gint64 now = vr_drive_get_time_us (self);

  vr_reset_speeds (self);
  vr_reset_pages (self);
  add_attention (self, 0x28, 0x00);
  self->media_event = 2;
  self->busy_from_us = now;
  self->busy_until_us = now + LOAD_US;
  self->busy_ascq = 0x01;
  self->changes |= VR_CHANGE_MEDIUM;
}

/**
 * vr_drive_move_tray:
 * @self: a drive
 * @is_open: where to
 *
 * Moves the tray, without asking whether it is locked.
 */
void
vr_drive_move_tray (VrDrive *self, gboolean is_open)
{
  if (self->is_tray_open == is_open)
    return;
  self->is_tray_open = is_open;
  self->changes |= VR_CHANGE_MEDIUM;
  if (is_open)
    {
      vr_drive_forget_medium (self);
      self->media_event = 3;
    }
  else if (self->medium != NULL)
    vr_drive_accept_medium (self);
}

static void
test_unit_ready (VrDrive *self, VrCommand *command)
{
}

static void
request_sense (VrDrive *self, VrCommand *command)
{
  gint64 now = vr_drive_get_time_us (self);
  guint8 *sense = self->last_sense;

  if (self->attentions->len > 0)
    {
      guint16 attention = g_array_index (self->attentions, guint16, 0);

      g_array_remove_index (self->attentions, 0);
      sense[2] = 6;
      vr_put_16 (sense + 12, attention);
    }
  else if (self->busy_until_us > 0)
    {
      sense[2] = 2;
      sense[12] = 0x04;
      sense[13] = self->busy_ascq;
      sense[15] = 0x80;
      vr_put_16 (sense + 16, get_progress (self->busy_from_us, self->busy_until_us, now));
    }
  else if (self->medium != NULL && self->medium->format_state == VR_FORMAT_RUNNING)
    {
      sense[12] = 0x04;
      sense[13] = 0x04;
      sense[15] = 0x80;
      vr_put_16 (sense + 16, get_progress (self->format_from_us, self->format_until_us, now));
    }
  sense[0] = 0x70;
  sense[7] = VR_SENSE_BYTES - 8;
  vr_reply (command, sense, VR_SENSE_BYTES, command->cdb[4]);
  memset (sense, 0, VR_SENSE_BYTES);
}

static void
start_stop_unit (VrDrive *self, VrCommand *command)
{
  guint8 action = command->cdb[4];

  if ((action & 2) == 0)
    return;
  if ((action & 1) == 0 && self->is_locked)
    {
      vr_fail (command, 5, 0x53, 0x02);
      return;
    }
  vr_drive_move_tray (self, (action & 1) == 0);
}

static void
prevent_allow (VrDrive *self, VrCommand *command)
{
  self->is_locked = command->cdb[4] & 1;
}

static const Entry ENTRIES[] = {
  { VR_TEST_UNIT_READY, NEEDS_MEDIUM, test_unit_ready },
  { VR_REQUEST_SENSE, WHILE_BUSY | NO_ATTENTION, request_sense },
  { VR_FORMAT_UNIT, NEEDS_MEDIUM, vr_format_unit },
  { VR_INQUIRY, WHILE_BUSY | NO_ATTENTION, vr_inquiry },
  { VR_START_STOP_UNIT, 0, start_stop_unit },
  { VR_PREVENT_ALLOW, WHILE_BUSY, prevent_allow },
  { VR_READ_FORMAT_CAPACITIES, NEEDS_MEDIUM, vr_read_format_capacities },
  { VR_READ_CAPACITY, NEEDS_MEDIUM, vr_read_capacity },
  { VR_READ_10, NEEDS_MEDIUM, vr_read },
  { VR_WRITE_10, NEEDS_MEDIUM, vr_write },
  { VR_SYNCHRONIZE_CACHE, NEEDS_MEDIUM, vr_synchronize_cache },
  { VR_READ_TOC, NEEDS_MEDIUM, vr_read_toc },
  { VR_GET_CONFIGURATION, WHILE_BUSY | NO_ATTENTION, vr_get_configuration },
  { VR_GET_EVENT_STATUS, WHILE_BUSY | NO_ATTENTION, vr_get_event_status },
  { VR_READ_DISC_INFORMATION, NEEDS_MEDIUM, vr_read_disc_information },
  { VR_READ_TRACK_INFORMATION, NEEDS_MEDIUM, vr_read_track_information },
  { VR_RESERVE_TRACK, NEEDS_MEDIUM, vr_reserve_track },
  { VR_SEND_OPC, NEEDS_MEDIUM, vr_send_opc },
  { VR_MODE_SELECT_10, 0, vr_mode_select },
  { VR_MODE_SENSE_10, WHILE_BUSY, vr_mode_sense },
  { VR_CLOSE_TRACK_SESSION, NEEDS_MEDIUM, vr_close_track_session },
  { VR_READ_BUFFER_CAPACITY, WHILE_BUSY, vr_read_buffer_capacity },
  { VR_SEND_CUE_SHEET, NEEDS_MEDIUM, vr_send_cue_sheet },
  { VR_BLANK, NEEDS_MEDIUM, vr_blank },
  { VR_READ_12, NEEDS_MEDIUM, vr_read },
  { VR_WRITE_12, NEEDS_MEDIUM, vr_write },
  { VR_GET_PERFORMANCE, WHILE_BUSY, vr_get_performance },
  { VR_READ_DISC_STRUCTURE, NEEDS_MEDIUM, vr_read_disc_structure },
  { VR_SET_STREAMING, 0, vr_set_streaming },
  { VR_SET_CD_SPEED, 0, vr_set_cd_speed },
  { VR_READ_CD, NEEDS_MEDIUM, vr_read_cd },
};

/* Which blocks a command transfers, for the faults. */
static gint64
find_range (const guint8 *cdb, guint32 *n_blocks)
{
  *n_blocks = 0;
  switch (cdb[0])
    {
    case VR_READ_10:
    case VR_WRITE_10:
      *n_blocks = vr_get_16 (cdb + 7);
      break;
    case VR_READ_12:
    case VR_WRITE_12:
      *n_blocks = vr_get_32 (cdb + 6);
      break;
    case VR_READ_CD:
      *n_blocks = vr_get_24 (cdb + 6);
      break;
    default:
      return -1;
    }
  return (gint32) vr_get_32 (cdb + 2);
}

/**
 * vr_drive_lose_power:
 * @self: a drive
 *
 * What is in its buffer is lost; the track that was being written is damaged.
 */
void
vr_drive_lose_power (VrDrive *self)
{
  if (self->medium != NULL)
    {
      gint64 now = vr_drive_get_time_us (self);
      gint64 left_us = self->buffer_empty_us - now;
      guint32 lost = 0;

      vr_drive_end_simulation (self);
      if (left_us > 0)
        lost = (guint32) ((double) left_us * self->write_speed_kbs / 1000 / VR_BLOCK_BYTES);
      vr_medium_cut_off (self->medium, lost);
      vr_drive_save (self);
    }
  vr_drive_forget_medium (self);
  vr_reset_pages (self);
  self->is_locked = FALSE;
  g_array_set_size (self->attentions, 0);
  add_attention (self, 0x29, 0x00);
}

static void
swap_medium (VrDrive *self, const VrFault *fault)
{
  g_autoptr (GError) error = NULL;
  VrMedium *medium = NULL;

  if (fault->action == VR_FAULT_SWAP)
    {
      medium = vr_medium_new_named (fault->swap_name, 0, fault->swap_path, &error);
      if (medium == NULL)
        g_warning ("%s", error->message);
    }
  if (self->medium != NULL && vr_medium_get_open_track (self->medium, NULL) != NULL)
    {
      vr_drive_end_simulation (self);
      vr_medium_cut_off (self->medium, 0);
      vr_drive_save (self);
    }
  vr_drive_forget_medium (self);
  g_clear_pointer (&self->medium, vr_medium_free);
  self->media_event = 3;
  self->changes |= VR_CHANGE_MEDIUM;
  self->medium = medium;
  if (medium != NULL)
    vr_drive_accept_medium (self);
}

/* Whether the command has ended because of @fault. */
static gboolean
apply_fault (VrDrive *self, VrFault *fault, VrCommand *command, guint32 *n_blocks)
{
  gint64 now = g_get_monotonic_time ();

  switch (fault->action)
    {
    case VR_FAULT_SENSE:
      vr_fail (command, fault->key, fault->asc, fault->ascq);
      return TRUE;
    case VR_FAULT_REMOVE:
    case VR_FAULT_SWAP:
      swap_medium (self, fault);
      /* The command itself finds the medium missing; the next one learns of the new one. */
      vr_fail (command, 2, 0x3a, 0x00);
      return TRUE;
    case VR_FAULT_GONE:
      self->is_gone = TRUE;
      self->changes |= VR_CHANGE_PRESENCE;
      command->result->error_number = ENODEV;
      return TRUE;
    case VR_FAULT_SLOW:
      if (fault->value > 0)
        command->result->delay_us
            += (guint64) ((double) *n_blocks * VR_BLOCK_BYTES * 1000 / fault->value);
      return FALSE;
    case VR_FAULT_SHORT_READ:
      *n_blocks = MIN (*n_blocks, (guint32) fault->value);
      return FALSE;
    case VR_FAULT_POWER_LOSS:
      /* A drive without power is not on the bus either, until it is plugged in again. */
      vr_drive_lose_power (self);
      self->is_gone = TRUE;
      self->changes |= VR_CHANGE_PRESENCE;
      command->result->error_number = ENODEV;
      return TRUE;
    case VR_FAULT_HANG:
    case VR_FAULT_BUSY:
      fault->busy_until_us = now + (gint64) (fault->value * 1e6);
      return FALSE;
    case VR_FAULT_READ_ONLY:
    case VR_FAULT_NO_ACCESS:
    default:
      return FALSE;
    }
}

static gboolean
run_faults (VrDrive *self, VrCommand *command, guint32 *n_blocks)
{
  gint64 lba = find_range (command->cdb, n_blocks);

  for (guint i = 0; i < self->faults->len; i++)
    {
      VrFault *fault = g_ptr_array_index (self->faults, i);
      gint64 left_us;

      if (vr_fault_strikes (fault, command->cdb[0], lba, *n_blocks)
          && apply_fault (self, fault, command, n_blocks))
        return TRUE;
      left_us = fault->busy_until_us - g_get_monotonic_time ();
      /* A drive that hangs does so for everybody. */
      if (left_us > 0 && fault->action == VR_FAULT_HANG)
        command->result->delay_us += (guint64) left_us;
      else if (left_us > 0)
        {
          vr_fail (command, 2, 0x04, 0x08);
          return TRUE;
        }
    }
  return FALSE;
}

static void
report_busy (VrDrive *self, VrCommand *command)
{
  guint8 *sense = command->result->sense;

  vr_fail (command, 2, 0x04, self->busy_ascq);
  sense[15] = 0x80;
  vr_put_16 (sense + 16, get_progress (self->busy_from_us, self->busy_until_us,
                                       vr_drive_get_time_us (self)));
}

static void
run_command (VrDrive *self, VrCommand *command)
{
  const Entry *entry = NULL;
  guint32 n_blocks = 0;
  gsize all_bytes = command->data_bytes;

  for (guint i = 0; i < G_N_ELEMENTS (ENTRIES); i++)
    if (ENTRIES[i].opcode == command->cdb[0])
      entry = &ENTRIES[i];
  if (entry == NULL)
    {
      vr_fail (command, 5, 0x20, 0x00);
      return;
    }
  vr_drive_settle (self);
  if ((entry->flags & NO_ATTENTION) == 0 && run_faults (self, command, &n_blocks))
    return;
  if ((entry->flags & NO_ATTENTION) == 0 && self->attentions->len > 0)
    {
      guint16 attention = g_array_index (self->attentions, guint16, 0);

      g_array_remove_index (self->attentions, 0);
      vr_fail (command, 6, (guint8) (attention >> 8), (guint8) attention);
      return;
    }
  if ((entry->flags & NEEDS_MEDIUM) != 0 && (self->medium == NULL || self->is_tray_open))
    {
      vr_fail (command, 2, 0x3a, self->is_tray_open ? 0x02 : 0x01);
      return;
    }
  if ((entry->flags & WHILE_BUSY) == 0 && self->busy_until_us > 0)
    {
      report_busy (self, command);
      return;
    }
  entry->handler (self, command);
  /* A short read hands over fewer blocks than it was asked for, and says that all is well. */
  if (command->result->transferred_bytes > 0 && command->result->transferred_bytes == all_bytes
      && n_blocks > 0)
    {
      guint32 asked = 0;

      find_range (command->cdb, &asked);
      if (n_blocks < asked)
        {
          command->result->transferred_bytes = all_bytes / asked * n_blocks;
          memset (command->data + command->result->transferred_bytes, 0,
                  all_bytes - command->result->transferred_bytes);
        }
    }
}

/**
 * vr_drive_unlock:
 * @self: a drive whose lock is held
 *
 * Gives the lock back, and tells what changed while it was held.
 */
void
vr_drive_unlock (VrDrive *self)
{
  guint changes = self->changes;
  VrChangeFunc func = self->change_func;
  gpointer data = self->change_data;

  self->changes = 0;
  g_mutex_unlock (&self->lock);
  if (changes != 0 && func != NULL)
    func (self, changes, data);
}

static void
trace_command (VrDrive *self, const guint8 *cdb, gsize cdb_length, const VrResult *result)
{
  for (gsize i = 0; i < cdb_length; i++)
    fprintf (self->trace, "%02x ", cdb[i]);
  if (result->error_number != 0)
    fprintf (self->trace, "errno %d\n", result->error_number);
  else if (result->status != 0)
    fprintf (self->trace, "sense %x/%02x/%02x\n", result->sense[2] & 0x0fu, result->sense[12],
             result->sense[13]);
  else
    fprintf (self->trace, "bytes %" G_GSIZE_FORMAT "\n", result->transferred_bytes);
  fflush (self->trace);
}

/**
 * vr_drive_execute:
 * @self: a drive
 * @cdb: the command
 * @cdb_length: its bytes
 * @data: (nullable): what goes to the drive, or room for what comes from it
 * @data_bytes: its size
 * @result: (out caller-allocated): what became of it
 *
 * Runs one command. It never sleeps: the time that a command takes is in @result. Any thread; one
 * command runs at a time.
 */
void
vr_drive_execute (VrDrive *self, const guint8 *cdb, gsize cdb_length, guint8 *data,
                  gsize data_bytes, VrResult *result)
{
  g_return_if_fail (self != NULL && cdb != NULL && result != NULL);

  guint8 whole_cdb[16] = { 0 };
  VrCommand command = { .cdb = whole_cdb,
                        .data = data,
                        .data_bytes = data != NULL ? data_bytes : 0,
                        .result = result };

  memset (result, 0, sizeof *result);
  memcpy (whole_cdb, cdb, MIN (cdb_length, sizeof whole_cdb));
  g_mutex_lock (&self->lock);
  if (self->is_gone)
    result->error_number = ENODEV;
  else
    {
      run_command (self, &command);
      if (result->status != 0)
        memcpy (self->last_sense, result->sense, VR_SENSE_BYTES);
    }
  if (self->trace != NULL)
    trace_command (self, cdb, cdb_length, result);
  vr_drive_unlock (self);
}

/**
 * vr_drive_new:
 * @vendor: at most 8 characters
 * @model: at most 16
 * @serial: its serial number
 *
 * Makes a drive with an empty, closed tray, whose time runs a thousand times as fast as ours.
 *
 * Returns: (transfer full): the drive
 */
VrDrive *
vr_drive_new (const char *vendor, const char *model, const char *serial)
{
  VrDrive *self = g_new0 (VrDrive, 1);

  g_mutex_init (&self->lock);
  self->vendor = g_strndup (vendor, 8);
  self->model = g_strndup (model, 16);
  self->serial = g_strdup (serial);
  self->attentions = g_array_new (FALSE, FALSE, sizeof (guint16));
  self->cues = g_array_new (FALSE, FALSE, sizeof (VrCue));
  self->faults = g_ptr_array_new_with_free_func ((GDestroyNotify) vr_fault_free);
  self->time_scale = 1000;
  self->epoch_us = g_get_monotonic_time ();
  vr_reset_speeds (self);
  vr_reset_pages (self);
  return self;
}

/**
 * vr_drive_free:
 * @self: (transfer full) (nullable): a drive that no command runs on
 *
 * Puts the medium away, too.
 */
void
vr_drive_free (VrDrive *self)
{
  if (self == NULL)
    return;
  vr_drive_forget_medium (self);
  g_clear_pointer (&self->medium, vr_medium_free);
  g_array_unref (self->attentions);
  g_array_unref (self->cues);
  g_ptr_array_unref (self->faults);
  g_free (self->vendor);
  g_free (self->model);
  g_free (self->serial);
  if (self->trace != NULL)
    fclose (self->trace);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * vr_drive_set_time_scale:
 * @self: a drive
 * @scale: how much faster than a real one it lives; 1 for true speed
 */
void
vr_drive_set_time_scale (VrDrive *self, double scale)
{
  g_return_if_fail (scale > 0);

  gint64 now;

  g_mutex_lock (&self->lock);
  /* The drive's own clock goes on from where it stands. */
  now = vr_drive_get_time_us (self);
  self->time_scale = scale;
  self->epoch_us = g_get_monotonic_time () - (gint64) ((double) now / scale);
  g_mutex_unlock (&self->lock);
}

/**
 * vr_drive_set_change_func:
 * @self: a drive
 * @func: (nullable): called when something changed
 * @data: for @func
 */
void
vr_drive_set_change_func (VrDrive *self, VrChangeFunc func, gpointer data)
{
  g_mutex_lock (&self->lock);
  self->change_func = func;
  self->change_data = data;
  g_mutex_unlock (&self->lock);
}
