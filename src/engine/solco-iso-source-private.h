/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-libisofs-private.h"

#include "solco-medium-reader-private.h"

G_BEGIN_DECLS

/* libisofs's way to the blocks of a disc: reads ahead in pieces of 32 blocks, keeps them, stays
 * inside the sessions, can be cancelled and reports progress. Borrows @drive and @medium. */
IsoDataSource *solco_iso_source_new (SolcoDrive *drive, const SolcoMedium *medium);
/* Forgets the blocks that are kept; libisofs holds the source as long as the image, for files that
 * Solco reads itself. */
void solco_iso_source_forget_blocks (IsoDataSource *source);
/* Takes the reason of the first read that failed, NULL where none did. */
GError *solco_iso_source_take_error (IsoDataSource *source);

G_END_DECLS
