/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vr-fault.h"
#include "vr-medium.h"

G_BEGIN_DECLS

#define VR_SENSE_BYTES 18

/**
 * VrResult:
 * @status: SCSI status: 0 good, 2 check condition with @sense
 * @sense: fixed format sense data
 * @transferred_bytes: how much of the caller's buffer was filled or taken
 * @delay_us: how long the transport has to wait before it completes the command
 * @error_number: an errno when the command could not even be sent, or 0
 */
typedef struct
{
  guint8 status;
  guint8 sense[VR_SENSE_BYTES];
  gsize transferred_bytes;
  guint64 delay_us;
  int error_number;
} VrResult;

/**
 * VrChange:
 * @VR_CHANGE_MEDIUM: a medium came or went, or the tray moved
 * @VR_CHANGE_CONTENT: what is on the medium has another state
 * @VR_CHANGE_PRESENCE: the drive was plugged in or out
 * @VR_CHANGE_ACCESS: the rights on the device node changed
 */
typedef enum
{
  VR_CHANGE_MEDIUM = 1,
  VR_CHANGE_CONTENT = 2,
  VR_CHANGE_PRESENCE = 4,
  VR_CHANGE_ACCESS = 8
} VrChange;

typedef struct _VrDrive VrDrive;

/**
 * VrChangeFunc:
 * @drive: the drive
 * @changes: #VrChange flags
 * @data: what was given with the function
 *
 * Called in the thread of the command or call that changed something, without any lock held.
 */
typedef void (*VrChangeFunc) (VrDrive *drive, guint changes, gpointer data);

VrDrive *vr_drive_new (const char *vendor, const char *model, const char *serial);
void vr_drive_free (VrDrive *self);
void vr_drive_set_time_scale (VrDrive *self, double scale);
void vr_drive_set_change_func (VrDrive *self, VrChangeFunc func, gpointer data);

void vr_drive_execute (VrDrive *self, const guint8 *cdb, gsize cdb_length, guint8 *data,
                       gsize data_bytes, VrResult *result);

gboolean vr_drive_insert (VrDrive *self, VrMedium *medium, GError **error);
VrMedium *vr_drive_remove (VrDrive *self);
gboolean vr_drive_set_tray (VrDrive *self, gboolean is_open, GError **error);
void vr_drive_set_gone (VrDrive *self, gboolean is_gone);
gboolean vr_drive_is_gone (VrDrive *self);
guint vr_drive_get_n_plugs (VrDrive *self);
gboolean vr_drive_is_tray_open (VrDrive *self);
gboolean vr_drive_has_medium (VrDrive *self);
gboolean vr_drive_add_fault (VrDrive *self, const char *spec, GError **error);
void vr_drive_clear_faults (VrDrive *self);
gboolean vr_drive_trace (VrDrive *self, const char *path, GError **error);
gboolean vr_drive_may_open (VrDrive *self, gboolean for_writing);
char *vr_drive_describe (VrDrive *self);
guint32 vr_drive_get_size_blocks (VrDrive *self);
const char *vr_drive_get_vendor (VrDrive *self);
const char *vr_drive_get_model (VrDrive *self);
const char *vr_drive_get_serial (VrDrive *self);

/* What udev's cdrom_id says of a medium. */
typedef struct
{
  guint16 profile;
  gboolean is_present;
  gboolean is_cd;
  gboolean is_blank;
  gboolean is_appendable;
  guint n_sessions;
  guint n_audio_tracks;
  guint n_data_tracks;
} VrMediumSummary;

void vr_drive_summarize (VrDrive *self, VrMediumSummary *summary);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrDrive, vr_drive_free)

G_END_DECLS
