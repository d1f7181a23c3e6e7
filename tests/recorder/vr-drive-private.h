/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vr-drive.h"
#include "vr-mmc.h"

#include <stdio.h>

G_BEGIN_DECLS

/* What READ BUFFER CAPACITY and mode page 2A speak of. */
#define VR_BUFFER_BYTES (4u * 1024 * 1024)
#define VR_SECOND_US ((gint64) 1000000)

/* Mode page 05, with its header of two bytes. */
#define VR_WRITE_PAGE_BYTES 52

/* Write types of mode page 05. */
enum
{
  VR_WRITE_PACKET = 0,
  VR_WRITE_TRACK_AT_ONCE = 1,
  VR_WRITE_SESSION_AT_ONCE = 2
};

/* One line of a cue sheet that begins data: from its address on blocks have this form. */
typedef struct
{
  gint32 start;
  guint8 control;
  guint8 track;
  guint8 index;
  guint8 form;
} VrCue;

typedef struct
{
  const guint8 *cdb;
  guint8 *data;
  gsize data_bytes;
  VrResult *result;
} VrCommand;

typedef void (*VrHandler) (VrDrive *drive, VrCommand *command);

struct _VrDrive
{
  GMutex lock;
  char *vendor;
  char *model;
  char *serial;

  VrMedium *medium;
  gboolean is_tray_open;
  gboolean is_locked;
  gboolean is_gone;
  guint n_plugs; /* how often its cable was put in since it was made */
  /* Unit attentions to be told, (ASC << 8) | ASCQ. */
  GArray *attentions;
  /* The next answer of GET EVENT STATUS: MMC's media event code, 0 for none. */
  guint8 media_event;
  guint8 last_sense[VR_SENSE_BYTES];

  /* The drive's own time runs @time_scale times as fast as the clock on the wall. */
  double time_scale;
  gint64 epoch_us;
  /* A long operation: when it began and ends, and the ASCQ under 2/04 till then. */
  gint64 busy_from_us;
  gint64 busy_until_us;
  guint8 busy_ascq;
  /* The background format of a DVD+RW. */
  gint64 format_from_us;
  gint64 format_until_us;
  /* When everything in the buffer will have been burned. */
  gint64 buffer_empty_us;
  /* Reading that was not waited for yet. */
  gint64 read_debt_us;

  guint8 write_page[VR_WRITE_PAGE_BYTES];
  guint8 error_page[12];
  double read_speed_kbs;
  double write_speed_kbs;

  GArray *cues;
  gint32 cue_next;
  gint32 cue_end;
  /* DVD-R disc-at-once: the size that was reserved, 0 for none. */
  guint32 reserved_blocks;
  /* While a test write runs: the tracks as they really are. */
  GArray *real_tracks;
  guint32 real_closed_sessions;

  GPtrArray *faults;
  FILE *trace;
  guint changes;
  VrChangeFunc change_func;
  gpointer change_data;
};

/* Big-endian fields of commands and answers. */
static inline guint32
vr_get_16 (const guint8 *p)
{
  return (guint32) p[0] << 8 | p[1];
}

static inline guint32
vr_get_24 (const guint8 *p)
{
  return (guint32) p[0] << 16 | (guint32) p[1] << 8 | p[2];
}

static inline guint32
vr_get_32 (const guint8 *p)
{
  return (guint32) p[0] << 24 | (guint32) p[1] << 16 | (guint32) p[2] << 8 | p[3];
}

static inline void
vr_put_16 (guint8 *p, guint32 value)
{
  p[0] = (guint8) (value >> 8);
  p[1] = (guint8) value;
}

static inline void
vr_put_24 (guint8 *p, guint32 value)
{
  p[0] = (guint8) (value >> 16);
  p[1] = (guint8) (value >> 8);
  p[2] = (guint8) value;
}

static inline void
vr_put_32 (guint8 *p, guint32 value)
{
  vr_put_16 (p, value >> 16);
  vr_put_16 (p + 2, value);
}

/* vr-drive.c */
void vr_fail (VrCommand *command, guint8 key, guint8 asc, guint8 ascq);
void vr_reply (VrCommand *command, const guint8 *answer, gsize size, gsize allocation);
gint64 vr_drive_get_time_us (VrDrive *self);
void vr_drive_begin_operation (VrDrive *self, VrCommand *command, guint8 ascq, gint64 duration_us,
                               gboolean is_immediate);
void vr_drive_settle (VrDrive *self);
void vr_drive_save (VrDrive *self);
void vr_drive_end_simulation (VrDrive *self);
void vr_drive_forget_medium (VrDrive *self);
void vr_drive_accept_medium (VrDrive *self);
void vr_drive_lose_power (VrDrive *self);
void vr_drive_unlock (VrDrive *self);
void vr_drive_move_tray (VrDrive *self, gboolean is_open);
gint64 vr_drive_get_pass_us (VrDrive *self, guint64 n_blocks);
void vr_msf_from_lba (gint32 lba, guint8 msf[3]);

/* vr-describe.c: INQUIRY, GET CONFIGURATION, mode pages, events */
void vr_inquiry (VrDrive *self, VrCommand *command);
void vr_get_configuration (VrDrive *self, VrCommand *command);
void vr_mode_sense (VrDrive *self, VrCommand *command);
void vr_mode_select (VrDrive *self, VrCommand *command);
void vr_get_event_status (VrDrive *self, VrCommand *command);
void vr_reset_pages (VrDrive *self);

/* vr-speed.c */
void vr_reset_speeds (VrDrive *self);
guint vr_list_write_speeds (VrDrive *self, double speeds_kbs[8]);
void vr_get_performance (VrDrive *self, VrCommand *command);
void vr_set_streaming (VrDrive *self, VrCommand *command);
void vr_set_cd_speed (VrDrive *self, VrCommand *command);
void vr_read_buffer_capacity (VrDrive *self, VrCommand *command);
void vr_send_opc (VrDrive *self, VrCommand *command);

/* vr-info.c */
void vr_read_disc_information (VrDrive *self, VrCommand *command);
void vr_read_track_information (VrDrive *self, VrCommand *command);
void vr_read_capacity (VrDrive *self, VrCommand *command);
void vr_read_disc_structure (VrDrive *self, VrCommand *command);

/* vr-toc.c */
void vr_read_toc (VrDrive *self, VrCommand *command);

/* vr-read.c */
void vr_read (VrDrive *self, VrCommand *command);
void vr_read_cd (VrDrive *self, VrCommand *command);

/* vr-write.c */
void vr_write (VrDrive *self, VrCommand *command);
void vr_send_cue_sheet (VrDrive *self, VrCommand *command);
void vr_synchronize_cache (VrDrive *self, VrCommand *command);
void vr_reserve_track (VrDrive *self, VrCommand *command);
void vr_close_track_session (VrDrive *self, VrCommand *command);

/* vr-format.c */
void vr_blank (VrDrive *self, VrCommand *command);
void vr_format_unit (VrDrive *self, VrCommand *command);
void vr_read_format_capacities (VrDrive *self, VrCommand *command);

G_END_DECLS
