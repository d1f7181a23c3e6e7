/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "engine/solco-capacity.h"

G_BEGIN_DECLS

/**
 * SolcoCapacityShares:
 * @total_blocks: of the disc
 * @older_blocks: taken already, gaps included
 * @staged_blocks: of the next session, as far as it fits
 * @overhead_blocks: what closing it costs
 * @over_blocks: what does not fit, beside the disc
 * @free_blocks: the rest; what can not be used any more on a closed disc
 * @is_closed: the disc takes nothing more
 * @has_to_be_mended: it does once it is mended
 *
 * How a disc is divided: older, staged, overhead and free sum to the total.
 */
typedef struct
{
  gint64 total_blocks;
  gint64 older_blocks;
  gint64 staged_blocks;
  gint64 overhead_blocks;
  gint64 over_blocks;
  gint64 free_blocks;
  gboolean is_closed;
  gboolean has_to_be_mended;
} SolcoCapacityShares;

/* @medium: (nullable): the disc, which knows what a closed one holds. */
void solco_capacity_shares_compute (SolcoCapacityShares *shares, const SolcoMedium *medium,
                                    const SolcoCapacityInput *input,
                                    const SolcoCapacity *capacity);

/**
 * SolcoCapacityBar:
 *
 * The groove of the disc: older sessions, what is staged, what closing costs, what is free, and
 * what does not fit, in the scale of the medium. All painting is done by CSS:
 * `capacitybar > disc > segment.older|.staged|.overhead`, `capacitybar > segment.over`, and class
 * `closed` on the disc. Mirrored in right-to-left. Its accessible description is the sentence of
 * solco_text_capacity_dup_sentence().
 */
#define SOLCO_TYPE_CAPACITY_BAR (solco_capacity_bar_get_type ())
G_DECLARE_FINAL_TYPE (SolcoCapacityBar, solco_capacity_bar, SOLCO, CAPACITY_BAR, GtkWidget)

GtkWidget *solco_capacity_bar_new (void);
/* @medium: (nullable): for its sessions; @is_exact: the staged size is measured. */
void solco_capacity_bar_set (SolcoCapacityBar *self, const SolcoMedium *medium,
                             const SolcoCapacityInput *input, const SolcoCapacity *capacity,
                             gboolean is_exact);
/* As after a burn: the newest @n_staged sessions of @medium are drawn as staged. */
void solco_capacity_bar_set_result (SolcoCapacityBar *self, const SolcoMedium *medium,
                                    guint n_staged);

G_END_DECLS
