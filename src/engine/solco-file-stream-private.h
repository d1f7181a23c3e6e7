/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-libisofs-private.h"

#include "solco-digests-private.h"
#include "solco-task-private.h"

G_BEGIN_DECLS

/*
 * SolcoFileStreams: libisofs's view of the new files of a tree. libisofs makes about 14 system calls
 * for a file that it adds by itself, and reads 2 KiB a time; these streams make none before the
 * file is read, and read large pieces. libisofs opens one stream at a time, on its writer's thread.
 *
 * A stream never fails: a source that vanished, shrank or cannot be read is filled up with zeros and
 * becomes a problem of the task, so that the digests describe what was written.
 */
typedef struct _SolcoFileStreams SolcoFileStreams;

/* @digests: (nullable): receives the SHA-256 of every file that is read. */
SolcoFileStreams *solco_file_streams_new (SolcoTree *tree, SolcoDigests *digests,
                                          SolcoTask *task);
/* After the image and its burn source are gone. */
void solco_file_streams_free (SolcoFileStreams *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SolcoFileStreams, solco_file_streams_free)

/* A stream for file @index; NULL when out of memory. libisofs owns it. */
IsoStream *solco_file_streams_make (SolcoFileStreams *self, guint32 index);
/* A stream of @size_bytes whose content is the manifest of @is_listed, made when it is opened. */
IsoStream *solco_file_streams_make_manifest (SolcoFileStreams *self, const guint8 *is_listed);

/* How many files were read, and their bytes: known after the writing. */
guint64 solco_file_streams_get_n_files (SolcoFileStreams *self);
guint64 solco_file_streams_get_n_bytes (SolcoFileStreams *self);

G_END_DECLS
