/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a transport, a test or a person asks a drive outside of its commands. */
#include "vr-drive-private.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>

/**
 * vr_drive_is_gone:
 * @self: a drive
 *
 * Returns: whether it is plugged out
 */
gboolean
vr_drive_is_gone (VrDrive *self)
{
  gboolean is_gone;

  g_mutex_lock (&self->lock);
  is_gone = self->is_gone;
  g_mutex_unlock (&self->lock);
  return is_gone;
}

/**
 * vr_drive_is_tray_open:
 * @self: a drive
 *
 * Returns: whether its tray is out
 */
gboolean
vr_drive_is_tray_open (VrDrive *self)
{
  gboolean is_open;

  g_mutex_lock (&self->lock);
  is_open = self->is_tray_open;
  g_mutex_unlock (&self->lock);
  return is_open;
}

/**
 * vr_drive_has_medium:
 * @self: a drive
 *
 * Returns: whether a medium lies in the tray, be it open or closed
 */
gboolean
vr_drive_has_medium (VrDrive *self)
{
  gboolean has_medium;

  g_mutex_lock (&self->lock);
  has_medium = self->medium != NULL;
  g_mutex_unlock (&self->lock);
  return has_medium;
}

static void
tell_access (VrDrive *self)
{
  VrChangeFunc func = self->change_func;

  if (func != NULL)
    func (self, VR_CHANGE_ACCESS, self->change_data);
}

/**
 * vr_drive_add_fault:
 * @self: a drive
 * @spec: as vr_fault_parse() takes it
 * @error: return location
 *
 * Any thread.
 *
 * Returns: whether the fault is set
 */
gboolean
vr_drive_add_fault (VrDrive *self, const char *spec, GError **error)
{
  VrFault *fault = vr_fault_parse (spec, error);

  if (fault == NULL)
    return FALSE;
  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->faults, fault);
  g_mutex_unlock (&self->lock);
  tell_access (self);
  return TRUE;
}

/**
 * vr_drive_clear_faults:
 * @self: a drive
 *
 * Any thread.
 */
void
vr_drive_clear_faults (VrDrive *self)
{
  g_mutex_lock (&self->lock);
  g_ptr_array_set_size (self->faults, 0);
  g_mutex_unlock (&self->lock);
  tell_access (self);
}

/**
 * vr_drive_may_open:
 * @self: a drive
 * @for_writing: whether the node is opened for reading and writing
 *
 * Returns: whether a program without privileges could open the device node
 */
gboolean
vr_drive_may_open (VrDrive *self, gboolean for_writing)
{
  gboolean may = TRUE;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->faults->len; i++)
    {
      const VrFault *fault = g_ptr_array_index (self->faults, i);

      if (fault->action == VR_FAULT_NO_ACCESS
          || (fault->action == VR_FAULT_READ_ONLY && for_writing))
        may = FALSE;
    }
  g_mutex_unlock (&self->lock);
  return may;
}

/**
 * vr_drive_get_size_blocks:
 * @self: a drive
 *
 * Returns: the size that its block device has
 */
guint32
vr_drive_get_size_blocks (VrDrive *self)
{
  guint32 blocks = 0;

  g_mutex_lock (&self->lock);
  if (self->medium != NULL && !self->is_tray_open)
    blocks = vr_medium_get_data_end (self->medium);
  g_mutex_unlock (&self->lock);
  return blocks;
}

/**
 * vr_drive_get_vendor:
 * @self: a drive
 *
 * Returns: (transfer none): who made it
 */
const char *
vr_drive_get_vendor (VrDrive *self)
{
  return self->vendor;
}

/**
 * vr_drive_get_model:
 * @self: a drive
 *
 * Returns: (transfer none): what it is called
 */
const char *
vr_drive_get_model (VrDrive *self)
{
  return self->model;
}

/**
 * vr_drive_get_serial:
 * @self: a drive
 *
 * Returns: (transfer none): its serial number
 */
const char *
vr_drive_get_serial (VrDrive *self)
{
  return self->serial;
}

/**
 * vr_drive_summarize:
 * @self: a drive
 * @summary: (out caller-allocated): what is in it
 *
 * Any thread.
 */
void
vr_drive_summarize (VrDrive *self, VrMediumSummary *summary)
{
  *summary = (VrMediumSummary){ 0 };
  g_mutex_lock (&self->lock);
  if (self->medium != NULL && !self->is_tray_open)
    {
      const VrKindInfo *info = vr_medium_get_info (self->medium);

      summary->is_present = TRUE;
      summary->profile = info->profile;
      summary->is_cd = info->is_cd;
      summary->is_blank = vr_medium_is_blank (self->medium);
      summary->is_appendable = !summary->is_blank && info->model != VR_MODEL_OVERWRITE
                               && vr_medium_can_grow (self->medium);
      summary->n_sessions = self->medium->closed_sessions;
      for (guint i = 0; i < self->medium->tracks->len; i++)
        {
          if ((g_array_index (self->medium->tracks, VrTrack, i).control & 4) != 0)
            summary->n_data_tracks++;
          else
            summary->n_audio_tracks++;
        }
    }
  g_mutex_unlock (&self->lock);
}

/**
 * vr_drive_describe:
 * @self: a drive
 *
 * One "key: value" a line: the tray, and the medium with its tracks. Any thread.
 *
 * Returns: (transfer full): the text
 */
char *
vr_drive_describe (VrDrive *self)
{
  GString *text = g_string_new (NULL);

  g_mutex_lock (&self->lock);
  g_string_append_printf (text, "drive: %s %s%s\n", self->vendor, self->model,
                          self->is_gone ? " (unplugged)" : "");
  g_string_append_printf (text, "tray: %s%s\n", self->is_tray_open ? "open" : "closed",
                          self->is_locked ? " (locked)" : "");
  g_string_append_printf (text, "medium: %s\n",
                          self->medium != NULL ? vr_medium_get_info (self->medium)->name : "none");
  if (self->medium != NULL)
    {
      const VrMedium *medium = self->medium;

      g_string_append_printf (text, "capacity-blocks: %u\nsessions: %u\nstate: %s\n",
                              medium->capacity_blocks, medium->closed_sessions,
                              vr_medium_is_blank (medium)     ? "blank"
                              : vr_medium_can_grow (medium)   ? "appendable"
                                                              : "full");
      for (guint i = 0; i < medium->tracks->len; i++)
        {
          const VrTrack *track = &g_array_index (medium->tracks, VrTrack, i);

          g_string_append_printf (text, "track %u: session %u, start %u, blocks %u, %s%s\n", i + 1,
                                  track->session, track->start,
                                  track->recorded_blocks + track->run_out_blocks,
                                  track->is_closed ? "closed" : "open",
                                  track->is_damaged ? ", damaged" : "");
        }
    }
  g_mutex_unlock (&self->lock);
  return g_string_free (text, FALSE);
}

/**
 * vr_drive_insert:
 * @self: a drive
 * @medium: (transfer full): what is put in
 * @error: return location, %G_IO_ERROR_BUSY when another one is in
 *
 * Puts a medium in and closes the tray. Any thread.
 *
 * Returns: whether there was room for it
 */
gboolean
vr_drive_insert (VrDrive *self, VrMedium *medium, GError **error)
{
  gboolean is_free;

  g_mutex_lock (&self->lock);
  is_free = self->medium == NULL;
  if (is_free)
    {
      self->medium = medium;
      self->is_tray_open = FALSE;
      vr_drive_accept_medium (self);
    }
  vr_drive_unlock (self);
  if (!is_free)
    {
      vr_medium_free (medium);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY, "There is a medium in the drive");
    }
  return is_free;
}

/**
 * vr_drive_remove:
 * @self: a drive
 *
 * Takes the medium out, by force when it is being written. Any thread.
 *
 * Returns: (transfer full) (nullable): what was in
 */
VrMedium *
vr_drive_remove (VrDrive *self)
{
  VrMedium *medium;

  g_mutex_lock (&self->lock);
  if (self->medium != NULL)
    {
      vr_drive_end_simulation (self);
      vr_medium_cut_off (self->medium, 0);
      vr_drive_save (self);
      self->media_event = 3;
      self->changes |= VR_CHANGE_MEDIUM;
    }
  vr_drive_forget_medium (self);
  medium = g_steal_pointer (&self->medium);
  vr_drive_unlock (self);
  return medium;
}

/**
 * vr_drive_set_tray:
 * @self: a drive
 * @is_open: where to
 * @error: return location, %G_IO_ERROR_PERMISSION_DENIED when it is locked
 *
 * What a hand at the button does. Any thread.
 *
 * Returns: whether it moved, or was there already
 */
gboolean
vr_drive_set_tray (VrDrive *self, gboolean is_open, GError **error)
{
  gboolean is_refused;

  g_mutex_lock (&self->lock);
  is_refused = is_open && self->is_locked;
  if (is_refused)
    self->media_event = 1;
  else
    vr_drive_move_tray (self, is_open);
  vr_drive_unlock (self);
  if (is_refused)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "The tray is locked");
  return !is_refused;
}

/**
 * vr_drive_get_n_plugs:
 * @self: a drive
 *
 * Returns: how often it was plugged in again: each time it is another drive to the kernel, which nobody
 *   has open
 */
guint
vr_drive_get_n_plugs (VrDrive *self)
{
  guint n_plugs;

  g_mutex_lock (&self->lock);
  n_plugs = self->n_plugs;
  g_mutex_unlock (&self->lock);
  return n_plugs;
}

/**
 * vr_drive_set_gone:
 * @self: a drive
 * @is_gone: whether its cable is out
 */
void
vr_drive_set_gone (VrDrive *self, gboolean is_gone)
{
  g_mutex_lock (&self->lock);
  if (self->is_gone != is_gone)
    {
      self->is_gone = is_gone;
      self->n_plugs += !is_gone;
      self->changes |= VR_CHANGE_PRESENCE;
      vr_drive_lose_power (self);
    }
  vr_drive_unlock (self);
}

/**
 * vr_drive_trace:
 * @self: a drive
 * @path: a file that is appended to
 * @error: return location
 *
 * Writes down every command: its bytes, and what became of it.
 *
 * Returns: whether the file could be opened
 */
gboolean
vr_drive_trace (VrDrive *self, const char *path, GError **error)
{
  FILE *file = g_fopen (path, "ae");

  if (file == NULL)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", path,
                   g_strerror (errno));
      return FALSE;
    }
  g_mutex_lock (&self->lock);
  if (self->trace != NULL)
    fclose (self->trace);
  self->trace = file;
  g_mutex_unlock (&self->lock);
  return TRUE;
}
