/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-medium-reader-private.h"
#include "solco-tree.h"

G_BEGIN_DECLS

/* The tree that a session shows, as solco_iso_import_new() gives it, where nothing else is wanted of
 * the session. The sessions of Solco are read straight from their Rock Ridge records, which takes a
 * tenth of the time and memory that libisofs needs; all others, and whatever does not look as Solco
 * left it, by libisofs. @session: its number. Engine's thread only. */
SolcoTree *solco_session_tree_read (SolcoDrive *drive, const SolcoMedium *medium, guint session,
                                    GError **error);

/* The first way alone: %NULL without an error where the session is not one for it; @error is set
 * only by a cancel. */
SolcoTree *solco_session_tree_read_own (SolcoDrive *drive, const SolcoMedium *medium,
                                        guint session, GError **error);

G_END_DECLS
