/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/solco-row.h"

G_BEGIN_DECLS

/**
 * SolcoCell:
 *
 * The content of one cell of the stage. The name cell has the expander, the icon and the name,
 * which can be edited in place; in the narrow layout it also has the size under the name and the
 * badges at the end.
 *
 * Signals of a name cell:
 * - "rename" (char *name) → boolean: the user has typed a name; FALSE: it is refused, and the
 *   editor stays open.
 * - "toggle" (): the arrow of a folder was clicked.
 * - "restore" (): the button of a removed row.
 */
typedef enum
{
  SOLCO_CELL_NAME,
  SOLCO_CELL_SIZE,
  SOLCO_CELL_MTIME,
  SOLCO_CELL_STATUS,
  SOLCO_N_CELL_KINDS
} SolcoCellKind;

#define SOLCO_TYPE_CELL (solco_cell_get_type ())
G_DECLARE_FINAL_TYPE (SolcoCell, solco_cell, SOLCO, CELL, GtkWidget)

GtkWidget *solco_cell_new (SolcoCellKind kind);
/* @row: (nullable): NULL unbinds. */
void solco_cell_bind (SolcoCell *self, SolcoRow *row);
/* Of a name cell: @depth folders stand above it; a folder has an arrow. */
void solco_cell_set_expander (SolcoCell *self, guint depth, gboolean is_folder,
                              gboolean is_expanded);
void solco_cell_set_narrow (SolcoCell *self, gboolean is_narrow);
/* NULL while nothing is bound. */
SolcoRow *solco_cell_get_row (SolcoCell *self);
void solco_cell_start_rename (SolcoCell *self);
void solco_cell_show_error (SolcoCell *self, const char *text);
gboolean solco_cell_is_renaming (SolcoCell *self);

G_END_DECLS
