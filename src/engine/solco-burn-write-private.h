/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-burst-source-private.h"
#include "solco-drive-private.h"
#include "solco-medium.h"

G_BEGIN_DECLS

struct burn_source;

/*
 * Writing one track to a drive or image file through libburn: with progress, cancel, and a return
 * only when the drive is idle again. Engine's thread.
 */
typedef struct
{
  struct burn_source *source;
  gint64 n_blocks;
  /* Where to: −1 where the drive decides (sequential media). */
  gint64 start_block;
  gboolean close_disc;
  gboolean simulate;
  guint speed_kb_per_s;
  /* Takes the place of the source's last block; NULL: nothing. */
  const guint8 *last_block;
  /* Of the ring that the blocks come from; NULL: there is none. */
  SolcoGetRing get_ring;
  gpointer user_data;
} SolcoBurnWrite;

/* Errors: CANNOT_WRITE, CLOSING_FAILED, NO_SPACE (image files), NOT_POSSIBLE (libburn refuses the
 * options, with its reasons), G_IO_ERROR_CANCELLED. */
gboolean solco_burn_write (SolcoDrive *drive, const SolcoMedium *medium,
                           const SolcoBurnWrite *write, GError **error);

/* Emulated sessions: makes sure that the data is on the medium, then writes the head in two halves, of
 * which the second is the commit point. @head: SOLCO_HEAD_BYTES. */
gboolean solco_burn_sync (SolcoDrive *drive, GError **error);
gboolean solco_burn_write_head (SolcoDrive *drive, const guint8 *head, GError **error);

G_END_DECLS
