/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-search.h"

G_BEGIN_DECLS

/* What is looked for, folded; NULL while everything matches. */
const char *solco_search_get_needle (SolcoSearch *self);
/* Whether a name holds it. Any thread. */
gboolean solco_search_needle_matches (const char *needle, const char *name);
/* Something below @node was found. */
gboolean solco_search_is_above (SolcoSearch *self, const SolcoNode *node);
/* The name of @node or of a folder above it was found. */
gboolean solco_search_path_matches (SolcoSearch *self, const SolcoNode *node);

G_END_DECLS
