/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/solco-project.h"

G_BEGIN_DECLS

/* "_Undo Remove 3 Items", with a mnemonic; without a step "_Undo". g_free(). */
char *solco_undo_text_dup_undo (SolcoEditKind kind, guint n_items);
/* "_Redo Rename" */
char *solco_undo_text_dup_redo (SolcoEditKind kind, guint n_items);

G_END_DECLS
