/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A CD sector is 2352 bytes; what a program writes into it depends on the track's mode. */
#define VR_CD_SECTOR_BYTES 2352u
#define VR_BLOCK_BYTES 2048u

/* Clusters of spares that a BD is formatted with when nobody wishes otherwise. */
#define VR_BD_DEFAULT_SPARES 0x3000u

/**
 * VrKind:
 *
 * What one can buy. %VR_KIND_NONE stands for an empty tray.
 */
typedef enum
{
  VR_KIND_NONE,
  VR_KIND_CD_ROM,
  VR_KIND_AUDIO_CD,
  VR_KIND_CD_R_74,
  VR_KIND_CD_R_80,
  VR_KIND_CD_RW_80,
  VR_KIND_DVD_ROM,
  VR_KIND_DVD_R,
  VR_KIND_DVD_R_DL,
  VR_KIND_DVD_RW_SEQ,
  VR_KIND_DVD_RW_RO,
  VR_KIND_DVD_PLUS_R,
  VR_KIND_DVD_PLUS_R_DL,
  VR_KIND_DVD_PLUS_RW,
  VR_KIND_DVD_RAM,
  VR_KIND_BD_ROM,
  VR_KIND_BD_R_25,
  VR_KIND_BD_R_50,
  VR_KIND_BD_RE_25,
  VR_N_KINDS
} VrKind;

/**
 * VrModel:
 * @VR_MODEL_PRESSED: read only, one closed session
 * @VR_MODEL_CD: tracks and sessions of CD-R and CD-RW
 * @VR_MODEL_MINUS: DVD-R and DVD-RW sequential, incremental or disc-at-once
 * @VR_MODEL_PLUS: DVD+R and BD-R, sequential without write parameters
 * @VR_MODEL_OVERWRITE: random access to a formatted area
 *
 * How a kind is written, as MMC tells the recording models apart.
 */
typedef enum
{
  VR_MODEL_PRESSED,
  VR_MODEL_CD,
  VR_MODEL_MINUS,
  VR_MODEL_PLUS,
  VR_MODEL_OVERWRITE
} VrModel;

typedef struct
{
  const char *name;
  guint16 profile;
  VrModel model;
  gboolean is_cd;
  gboolean is_erasable;
  guint32 capacity_blocks;
  guint32 first_gap_blocks;
  guint32 later_gap_blocks;
  guint32 alignment_blocks;
  /* Kilobytes (of 1000 bytes) a second at 1x, and the factors that the drive offers, ending
   * with 0. */
  double single_speed_kbs;
  double speeds[8];
} VrKindInfo;

/**
 * VrTrack:
 * @session: 1 for the first
 * @is_closed: nothing can be added to it
 * @is_damaged: its writing was cut off and it was not repaired yet
 * @is_written_to: data arrived after the last time it was put down safely
 * @control: Q sub-channel control, 4 for data
 * @data_mode: 1 or 2, 0 for audio, 15 where MMC has no data mode
 * @is_packet: written in packets (incrementally)
 * @sector_bytes: what a host transfers for one block
 * @start: address of its first block
 * @recorded_blocks: how many were written
 * @run_out_blocks: unreadable blocks behind them
 * @reserved_blocks: the size given by RESERVE TRACK, or 0
 */
typedef struct
{
  guint32 session;
  gboolean is_closed;
  gboolean is_damaged;
  gboolean is_written_to;
  guint8 control;
  guint8 data_mode;
  gboolean is_packet;
  guint32 sector_bytes;
  guint32 start;
  guint32 recorded_blocks;
  guint32 run_out_blocks;
  guint32 reserved_blocks;
} VrTrack;

/**
 * VrFormatState:
 *
 * MMC's background format status of DVD+RW; other overwritable media know only blank and
 * complete.
 */
typedef enum
{
  VR_FORMAT_BLANK,
  VR_FORMAT_STARTED,
  VR_FORMAT_RUNNING,
  VR_FORMAT_COMPLETE
} VrFormatState;

typedef struct _VrMedium VrMedium;

struct _VrMedium
{
  VrKind kind;
  guint32 capacity_blocks;
  guint32 disc_id;
  GArray *tracks;
  guint32 closed_sessions;
  gboolean is_finalized;
  /* A DVD-RW that was blanked minimally can only be written at once. */
  gboolean is_quick_blanked;
  gboolean is_write_protected;
  VrFormatState format_state;
  guint8 format_type;
  gboolean is_pseudo_overwrite;
  /* DVD-RW restricted overwrite: formatted quickly, its border not closed yet. */
  gboolean is_intermediate;
  guint32 formatted_blocks;

  /* It was made, not taken out of its file. */
  gboolean is_new;
  /* Of the journal and the backing file. */
  int fd;
  char *path;
  gint64 data_offset;
  guint64 generation;
  guint32 unsaved_blocks;
};

const VrKindInfo *vr_kind_get_info (VrKind kind);
gboolean vr_kind_from_name (const char *name, VrKind *kind, GError **error);

VrMedium *vr_medium_new_named (const char *name, guint32 capacity_blocks, const char *path,
                               GError **error);
guint32 vr_medium_get_user_blocks (const VrMedium *self, guint32 clusters);
VrMedium *vr_medium_new (VrKind kind, guint32 capacity_blocks, const char *path, GError **error);
void vr_medium_free (VrMedium *self);
const VrKindInfo *vr_medium_get_info (const VrMedium *self);

gboolean vr_medium_is_blank (const VrMedium *self);
VrTrack *vr_medium_get_track (const VrMedium *self, guint number);
VrTrack *vr_medium_get_open_track (const VrMedium *self, guint *number);
VrTrack *vr_medium_add_track (VrMedium *self, guint32 start);
VrTrack *vr_medium_find_track (const VrMedium *self, guint32 lba);
guint32 vr_track_get_end (const VrTrack *track);
guint32 vr_medium_get_session_end (const VrMedium *self, guint32 session);
VrTrack *vr_medium_get_session_start (const VrMedium *self, guint32 session, guint *number);
guint32 vr_medium_get_next_start (const VrMedium *self);
guint32 vr_medium_get_data_end (const VrMedium *self);
gboolean vr_medium_can_grow (const VrMedium *self);
void vr_medium_close_track (VrMedium *self, VrTrack *track);
void vr_medium_close_session (VrMedium *self, gboolean finalize);
void vr_medium_cut_off (VrMedium *self, guint32 lost_blocks);
void vr_medium_wipe (VrMedium *self);
void vr_medium_set_formatted (VrMedium *self, guint8 format_type, guint32 blocks);

gboolean vr_medium_read (VrMedium *self, guint32 lba, guint32 n_blocks, void *data,
                         gsize sector_bytes);
gboolean vr_medium_write (VrMedium *self, guint32 lba, guint32 n_blocks, const void *data,
                          gsize sector_bytes);

/* vr-journal.c */
gboolean vr_medium_load (VrMedium *self, gboolean *is_found, GError **error);
gboolean vr_medium_save (VrMedium *self, gboolean sync, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrMedium, vr_medium_free)

G_END_DECLS
