/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "solco-medium.h"
#include "solco-profile.h"

G_BEGIN_DECLS

/** SOLCO_MINIMUM_SESSION_BLOCKS: with less than this free, a disc counts as full */
#define SOLCO_MINIMUM_SESSION_BLOCKS 1024

/**
 * SolcoCapacityInput:
 * @profile: kind of medium; an image file has that of the medium it stands for
 * @is_image_file: an image: its physical layout is that of overwritable media (next session at
 *   the end rounded up to 32, no run-out), while the overhead that is shown is that of its kind
 * @n_sessions: sessions already there
 * @capacity_blocks: of the whole medium, 0 where it is not known
 * @next_writable_block: NWA, negative if nothing more can be written
 * @free_blocks: from the NWA on, as the drive says
 * @lead_out_limit_block: last possible lead-out start (CD), 0 for none and for all other media
 * @image_blocks: size of the file system that is staged, 0 for nothing staged
 * @close_disc: the user finishes the disc with this session
 * @takes_one_session: the disc can not stay open, whatever the user wants
 * @has_to_be_mended: the newest session was never finished; nothing can be written before it is
 */
typedef struct
{
  SolcoProfile profile;
  gboolean is_image_file;
  guint n_sessions;
  gint64 capacity_blocks;
  gint64 next_writable_block;
  gint64 free_blocks;
  gint64 lead_out_limit_block;
  gint64 image_blocks;
  gboolean close_disc;
  gboolean takes_one_session;
  gboolean has_to_be_mended;
} SolcoCapacityInput;

/**
 * SolcoCapacity:
 * @limit_block: first block that can not be written
 * @free_blocks: limit − NWA, never negative
 * @need_blocks: what the session occupies, padding and rounding included
 * @overhead_blocks: what closing the session costs, as documented; 0 when closing the disc
 * @overhead_is_estimate: say "about" with it (DVD)
 * @remaining_now_blocks: free − need; negative: does not fit, by that much
 * @remaining_after_overhead_blocks: max (0, remaining_now − overhead): the number that is shown
 * @fits: whether this burn is possible, decided by the drive's free blocks alone
 * @physical_gap_blocks: distance from this session's end to the next NWA; 0 where it is only
 *   rounding
 * @remaining_physical_blocks: forecast of the free blocks that the drive will report afterwards;
 *   0 when the disc is closed
 * @is_last_session: no further session of %SOLCO_MINIMUM_SESSION_BLOCKS will fit
 * @further_sessions: how many more sessions of this size will fit afterwards, by the physical
 *   gaps; 0 with nothing staged
 */
typedef struct
{
  gint64 limit_block;
  gint64 free_blocks;
  gint64 need_blocks;
  gint64 overhead_blocks;
  gboolean overhead_is_estimate;
  gint64 remaining_now_blocks;
  gint64 remaining_after_overhead_blocks;
  gboolean fits;
  gint64 physical_gap_blocks;
  gint64 remaining_physical_blocks;
  gboolean is_last_session;
  gint64 further_sessions;
} SolcoCapacity;

void solco_capacity_compute (const SolcoCapacityInput *input, SolcoCapacity *capacity);
void solco_capacity_input_from_medium (SolcoCapacityInput *input, const SolcoMedium *medium);
/* What can still be written to a disc, by the rule of the limit. */
gint64 solco_capacity_get_free_blocks (const SolcoMedium *medium);
/* Whether the disc is closed with the session that is staged, by choice or since it must be. */
gboolean solco_capacity_input_closes (const SolcoCapacityInput *input);

gint64 solco_capacity_get_overhead_blocks (SolcoProfile profile, guint n_sessions,
                                           gboolean *is_estimate);
gint64 solco_capacity_get_gap_blocks (SolcoProfile profile, gboolean is_image_file,
                                      guint n_sessions);
gint64 solco_capacity_get_need_blocks (SolcoProfile profile, gboolean is_image_file,
                                       gint64 image_blocks);

G_END_DECLS
