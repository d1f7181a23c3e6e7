/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What tests of the recorder share: one command, and what it answers. */
#include "vr-drive.h"
#include "vr-mmc.h"

G_BEGIN_DECLS

VrDrive *vr_testing_new_drive (VrKind kind, guint32 capacity_blocks, const char *path);
guint32 vr_testing_run (VrDrive *drive, const guint8 *cdb, gsize cdb_length, guint8 *data,
                        gsize size);
guint32 vr_testing_write (VrDrive *drive, guint32 lba, guint32 n_blocks, guint8 fill);
guint32 vr_testing_read (VrDrive *drive, guint32 lba, guint32 n_blocks, guint8 *data);
guint32 vr_testing_sync (VrDrive *drive);
guint32 vr_testing_close (VrDrive *drive, guint8 function, guint16 number);
void vr_testing_set_write_page (VrDrive *drive, guint8 type_flags, guint8 multi_control,
                                guint8 block_type);
void vr_testing_wait_ready (VrDrive *drive);

typedef struct
{
  guint8 flags[3];
  guint32 number;
  guint32 session;
  guint32 start;
  guint32 next;
  guint32 free;
  guint32 size;
} VrTestingTrack;

guint32 vr_testing_get_track (VrDrive *drive, guint32 number, VrTestingTrack *track);

/* Sense key, code and qualifier as one number. */
#define VR_SENSE(key, asc, ascq) ((guint32) (key) << 16 | (guint32) (asc) << 8 | (ascq))

G_END_DECLS
