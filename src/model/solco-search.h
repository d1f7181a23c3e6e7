/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-row.h"

G_BEGIN_DECLS

/**
 * SolcoSearch:
 *
 * Finds items by a part of their name, without regard to case and accents' composition. The whole
 * tree is looked through in slices of a few milliseconds, and again after an edit, so that the
 * main loop never waits. Main thread only.
 *
 * It is made for a view of the tree: an item matches if its name does, if something below
 * it does, or if a folder above it does.
 *
 * Properties, with "notify": "text" (string), "n-matches" (uint64: items whose own name matches,
 * so far), "is-searching" (boolean).
 *
 * Signal "changed" (): solco_search_matches() answers otherwise than before; at most once per
 * slice.
 */
#define SOLCO_TYPE_SEARCH (solco_search_get_type ())
G_DECLARE_FINAL_TYPE (SolcoSearch, solco_search, SOLCO, SEARCH, GObject)

SolcoSearch *solco_search_new (SolcoProject *project);
/* NULL or "": everything matches. */
void solco_search_set_text (SolcoSearch *self, const char *text);
const char *solco_search_get_text (SolcoSearch *self);
gboolean solco_search_matches (SolcoSearch *self, const SolcoNode *node);
/* The item's own name holds the text. */
gboolean solco_search_name_matches (SolcoSearch *self, const SolcoNode *node);
guint64 solco_search_get_n_matches (SolcoSearch *self);
gboolean solco_search_is_searching (SolcoSearch *self);

G_END_DECLS
