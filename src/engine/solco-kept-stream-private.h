/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "solco-libisofs-private.h"

G_BEGIN_DECLS

/*
 * SolcoKeptStreams: what stands for the content of the files of a disc that is built on: where each
 * lies, and who it is. libisofs keeps all that is needed to read a file, nearly 400 bytes for each;
 * of a file that stays where it is it only asks for this much.
 */
typedef struct _SolcoKeptStreams SolcoKeptStreams;

/* For an image that is about to be imported; not to outlive it. Streams are exchanged while libisofs
 * reads folder after folder, so that the memory serves for the next one. */
SolcoKeptStreams *solco_kept_streams_new (IsoImage *image);
void solco_kept_streams_end_import (SolcoKeptStreams *self);
/* Streams that were taken stay as long as libisofs needs them. */
void solco_kept_streams_free (SolcoKeptStreams *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SolcoKeptStreams, solco_kept_streams_free)

/* Exchanges the stream of a file that was imported. FALSE: it stays as it is, since the file has
 * several extents or a filter, or the disc is bootable, or since libisofs does not ask Solco where
 * old files lie. */
gboolean solco_kept_streams_take (SolcoKeptStreams *self, IsoFile *file);

gboolean solco_kept_streams_has (IsoFile *file);
/* How often libisofs has asked for the place of such a file. */
guint64 solco_kept_streams_get_n_told (void);

G_END_DECLS
