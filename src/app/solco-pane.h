/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/solco-row.h"
#include "solco-controller.h"

G_BEGIN_DECLS

/**
 * SolcoPane:
 *
 * The staging pane: the tree of what will be on the disc, or where there is nothing yet, what to
 * do. The whole of it takes drops.
 *
 * Property "search-mode" (boolean, read-write): the search field is shown.
 *
 * Signal "selection-changed" (): solco_pane_get_selected() answers otherwise.
 */
#define SOLCO_TYPE_PANE (solco_pane_get_type ())
G_DECLARE_FINAL_TYPE (SolcoPane, solco_pane, SOLCO, PANE, GtkBox)

void solco_pane_set_controller (SolcoPane *self, SolcoController *controller);
void solco_pane_set_narrow (SolcoPane *self, gboolean is_narrow);
gboolean solco_pane_is_empty (SolcoPane *self);

/* What is selected; (element-type SolcoNode), g_ptr_array_unref(). */
GPtrArray *solco_pane_get_selected (SolcoPane *self);
guint solco_pane_get_n_selected (SolcoPane *self);
/* Where added items go: the selected folder, or the folder of the selected item; NULL for the
 * root. */
SolcoNode *solco_pane_get_target_folder (SolcoPane *self);
void solco_pane_select_all (SolcoPane *self);
/* Selects and shows an item, with the folders above it open. */
gboolean solco_pane_show_node (SolcoPane *self, SolcoNode *node);
void solco_pane_focus (SolcoPane *self);
void solco_pane_find (SolcoPane *self);
/* The first page's title, text and buttons follow the disc. */
void solco_pane_update_empty (SolcoPane *self);

/* Edits of what is selected (solco-pane-edit.c). */
void solco_pane_rename (SolcoPane *self);
void solco_pane_remove (SolcoPane *self);
void solco_pane_restore (SolcoPane *self);
void solco_pane_new_folder (SolcoPane *self);
void solco_pane_paste (SolcoPane *self);
/* What they could do now. */
gboolean solco_pane_can_remove (SolcoPane *self);
gboolean solco_pane_can_restore (SolcoPane *self);
gboolean solco_pane_can_rename (SolcoPane *self);

G_END_DECLS
