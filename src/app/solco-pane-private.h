/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/solco-search.h"
#include "solco-cell.h"
#include "solco-pane.h"
#include "solco-stage-list.h"

G_BEGIN_DECLS

struct _SolcoPane
{
  GtkBox parent_instance;

  SolcoController *controller;
  SolcoProject *project;
  gboolean is_narrow;
  GPtrArray *cells; /* those with the names of the realised rows; not owned */
  GPtrArray *spare_cells[SOLCO_N_CELL_KINDS]; /* without a row; NULL after the end */

  SolcoSearch *search;
  GListModel *root;
  SolcoStageList *list;
  guint expand_id;
  guint found_id;
  guint focus_id;
  const SolcoNode *held; /* does not leave its place in this frame; only compared */
  gint64 held_frame;

  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  GtkStack *content;
  GtkColumnView *view;
  GtkImage *empty_icon;
  GtkLabel *empty_title;
  GtkLabel *empty_text;
  GtkButton *empty_first;
  GtkButton *empty_second;
  GtkWidget *menu;
  GtkWidget *drop_row; /* highlighted while something is dragged over it */
  guint drop_open_id;  /* it is opened after a moment */

  /* A row to be renamed or shown as soon as the list has it. */
  SolcoRow *pending;
  gboolean pending_rename;
  guint pending_id;
  guint pending_tries;
};

/* solco-pane-columns.c */
void solco_pane_make_columns (SolcoPane *self);
void solco_pane_show_columns (SolcoPane *self);
void solco_pane_show_expander (SolcoPane *self, SolcoCell *cell);
/* What the titles of the columns say. */
void solco_pane_read_order (SolcoPane *self, SolcoOrder *order);

/* solco-pane-hold.c; for a new list, and when it has changed */
void solco_pane_hold_rows (SolcoPane *self);
void solco_pane_note_change (SolcoPane *self);

/* solco-pane-dnd.c */
void solco_pane_init_dnd (SolcoPane *self);

/* solco-pane-edit.c */
gboolean solco_pane_apply_rename (SolcoPane *self, SolcoRow *row, const char *name);
void solco_pane_restore_row (SolcoPane *self, SolcoRow *row);

/* The name cell of the row that @widget, which may be NULL, is or is in. */
SolcoCell *solco_pane_get_cell (SolcoPane *self, GtkWidget *widget);
/* The name cell under a point of the pane's content, and of a row that is realised. */
SolcoCell *solco_pane_pick (SolcoPane *self, double x, double y);
SolcoCell *solco_pane_find_cell (SolcoPane *self, SolcoRow *row);

G_END_DECLS
