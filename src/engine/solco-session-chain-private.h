/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-medium.h"
#include "solco-volume-private.h"

G_BEGIN_DECLS

/* Sessions of overwritable media and image files start at multiples of this (growisofs and
 * libisoburn do the same), and the first one there: the blocks before hold the head. */
#define SOLCO_CHAIN_ALIGNMENT_BLOCKS 32
#define SOLCO_CHAIN_FIRST_BLOCK 32
/* The head: a copy of the newest session's volume descriptors, which makes the whole readable as
 * one ordinary file system. The second half has the descriptors and is the commit point. */
#define SOLCO_HEAD_BYTES (64 * 1024)
#define SOLCO_HEAD_HALF_BYTES (SOLCO_HEAD_BYTES / 2)

/*
 * SolcoSessionChain: the emulated sessions of a medium that libburn always calls blank. There is
 * no table of contents: the head tells where the newest session ends, and the chain of sessions
 * goes from block 32 from each end to the next multiple of 32.
 */
typedef struct
{
  GArray *sessions; /* SolcoSession */
  /* The file system of the newest session, NULL without one. Its addresses count from
   * @import_block, where a reader has to start. */
  SolcoVolume *newest;
  gint64 import_block;
  SolcoContent content;
  SolcoDamage damage;
  gboolean is_plain_image;
  /* First block behind all sessions. */
  gint64 end_block;
} SolcoSessionChain;

void solco_session_chain_free (SolcoSessionChain *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SolcoSessionChain, solco_session_chain_free)

/* @readable_blocks: of the file or medium; nothing is read beyond. */
SolcoSessionChain *solco_session_chain_read (SolcoDrive *drive, gint64 readable_blocks,
                                             GError **error);
gint64 solco_session_chain_round_up (gint64 block);

G_END_DECLS
