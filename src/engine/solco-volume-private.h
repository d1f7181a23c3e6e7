/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-drive-private.h"

G_BEGIN_DECLS

/*
 * What the volume descriptors of one session say (ECMA-119 8.4 and 8.5; Joliet's supplementary
 * descriptor; NSR descriptors of UDF).
 */
typedef struct
{
  gint64 start_block;
  /* Blocks of the file system from @start_block on; at block 0 of a grown image: of all. */
  gint64 size_blocks;
  char *label;     /* UTF-8 */
  char *created;   /* hexadecimal of the 17 bytes of the creation time, "" when it is zero */
  gint64 created_s;
  gboolean has_joliet;
  /* What Solco left in the application use field. */
  SolcoImageKind image_kind;
  guint64 image_size_bytes;
  gboolean is_closed;
  char *session_id; /* NULL: it is not known */
  /* Written by Solco: just as long as it says, without padding that others count. */
  gboolean is_own;
} SolcoVolume;

void solco_volume_free (SolcoVolume *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SolcoVolume, solco_volume_free)

typedef enum
{
  SOLCO_VOLUME_ISO,    /* an ISO 9660 file system starts here */
  SOLCO_VOLUME_UDF,    /* none, but UDF's recognition sequence */
  SOLCO_VOLUME_NOTHING /* neither */
} SolcoVolumeKind;

/* Looks for a file system at @start_block. FALSE where the blocks cannot be read. */
gboolean solco_volume_read (SolcoDrive *drive, gint64 start_block, SolcoVolumeKind *kind,
                            SolcoVolume **volume, GError **error);

/* Whether a primary volume descriptor is that of a session of Solco. @descriptor: 2048 bytes. */
gboolean solco_volume_is_own_descriptor (const guint8 *descriptor);

/* Whether a session of Solco came to its end, which its checksum or a mark of its own shows: a drive may fill up what was
 * reserved for it, and on overwritable media older data may stand there. TRUE for other sessions, and
 * where the end cannot be read. */
gboolean solco_volume_is_complete (const SolcoVolume *self, SolcoDrive *drive);

/* The application use field of a session: the label in full, and for an image file the medium
 * that it stands for; and whether the user finished the disc, since files and overwritable discs have
 * no table of contents that could tell. @session_id: no other session's. @data: 512 bytes. */
void solco_volume_fill_application_use (guint8 *data, const char *label,
                                        const SolcoTarget *target, gboolean close_disc,
                                        const char *session_id);
G_END_DECLS
