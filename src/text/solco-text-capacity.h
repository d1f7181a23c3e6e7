/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-capacity.h"
#include "solco-text-figure.h"

G_BEGIN_DECLS

/* The sentence beside the capacity bar. */
char *solco_text_capacity_dup_sentence (const SolcoCapacityInput *input,
                                        const SolcoCapacity *capacity, SolcoTextFlags flags);
/* "301.9 MiB stay free for later sessions" */
char *solco_text_capacity_dup_kept_free (const SolcoCapacity *capacity, SolcoTextFlags flags);
/* "299.4 MiB free, about 3 more sessions of this size" */
char *solco_text_capacity_dup_result (gint64 free_blocks, gint64 further_sessions,
                                      SolcoTextFlags flags);
char *solco_text_capacity_dup_overhead_hint (SolcoProfile profile);

/* "Session 1", "Sessions 1–2"; "Session 3" */
char *solco_text_legend_dup_older (guint n_sessions);
char *solco_text_legend_dup_session (guint session);
const char *solco_text_legend_get_overhead (void);
const char *solco_text_legend_get_free (void);
const char *solco_text_legend_get_over (void);
const char *solco_text_legend_get_closed (gboolean has_to_be_mended);

G_END_DECLS
