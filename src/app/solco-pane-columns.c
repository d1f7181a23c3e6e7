/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of the stage, and how they are sorted. */
#include <glib/gi18n.h>

#include "solco-layout.h"
#include "solco-pane-private.h"

/* A list view of GTK 4.8 keeps 200 rows ready, and some more. */
#define MAX_SPARE_CELLS 256

static const struct
{
  const char *title;
  SolcoOrderBy order;
  int width_px;
} columns[] = {
  [SOLCO_CELL_NAME] = { NC_ ("column", "Name"), SOLCO_ORDER_NAME, -1 },
  [SOLCO_CELL_SIZE] = { NC_ ("column", "Size"), SOLCO_ORDER_SIZE, 120 },
  [SOLCO_CELL_MTIME] = { NC_ ("column", "Modified"), SOLCO_ORDER_MTIME, 132 },
  [SOLCO_CELL_STATUS] = { NC_ ("column", "Status"), SOLCO_ORDER_ORIGIN, 204 },
};

/* The list sorts by itself. What a click on a title means is known to the sorter of the column view
 * alone, which in GTK 4.8 only tells it by comparing: each column's own sorter writes down who it
 * is, and answers "smaller", which comes back as "larger" where the order is turned round. */
typedef struct
{
  SolcoOrderBy by;
  gboolean is_asked;
} Probe;

static Probe probe;

static int
answer_probe (gconstpointer a, gconstpointer b, gpointer data)
{
  if (!probe.is_asked)
    probe.by = (SolcoOrderBy) GPOINTER_TO_INT (data);
  probe.is_asked = TRUE;
  return -1;
}

void
solco_pane_read_order (SolcoPane *self, SolcoOrder *order)
{
  GtkOrdering answer;

  probe = (Probe){ .by = SOLCO_ORDER_NAME };
  answer = gtk_sorter_compare (gtk_column_view_get_sorter (self->view), self, self->view);
  order->by = probe.by;
  order->is_descending = answer == GTK_ORDERING_LARGER;
}

static gboolean
on_rename (SolcoCell *cell, const char *name, SolcoPane *self)
{
  return solco_pane_apply_rename (self, solco_cell_get_row (cell), name);
}

static void
on_restore (SolcoCell *cell, SolcoPane *self)
{
  solco_pane_restore_row (self, solco_cell_get_row (cell));
}

static void
on_toggle (SolcoCell *cell, SolcoPane *self)
{
  SolcoNode *node = solco_row_get_node (solco_cell_get_row (cell));
  guint position;

  if (node != NULL && solco_stage_list_find (self->list, node, &position))
    solco_stage_list_set_expanded (self->list, position,
                                   !solco_stage_list_is_expanded (self->list, node));
}

static SolcoCellKind
get_kind (GtkListItemFactory *factory)
{
  return (SolcoCellKind) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (factory), "kind"));
}

static GtkWidget *
make_cell (SolcoPane *self, SolcoCellKind kind)
{
  GtkWidget *cell = solco_cell_new (kind);

  if (kind == SOLCO_CELL_NAME)
    {
      g_signal_connect (cell, "rename", G_CALLBACK (on_rename), self);
      g_signal_connect (cell, "toggle", G_CALLBACK (on_toggle), self);
    }
  g_signal_connect (cell, "restore", G_CALLBACK (on_restore), self);
  return g_object_ref_sink (cell);
}

/* When other rows come into view, GTK 4.8 throws some hundred list items away and makes as many new
 * ones. Their content is kept and used again, or it would take longer than three frames. */
static void
on_setup (GtkListItemFactory *factory, GtkListItem *item, SolcoPane *self)
{
  const SolcoCellKind kind = get_kind (factory);
  GPtrArray *spare = self->spare_cells[kind];
  g_autoptr (GtkWidget) cell = spare->len > 0 ? g_ptr_array_steal_index_fast (spare, spare->len - 1)
                                              : make_cell (self, kind);

  gtk_list_item_set_child (item, cell);
  /* At the end, the item has let its child go already. */
  g_object_set_data_full (G_OBJECT (item), "cell", g_steal_pointer (&cell), g_object_unref);
}

static void
on_teardown (GtkListItemFactory *factory, GtkListItem *item, SolcoPane *self)
{
  GPtrArray *spare = self->spare_cells[get_kind (factory)];
  g_autoptr (GtkWidget) cell = g_object_steal_data (G_OBJECT (item), "cell");

  gtk_list_item_set_child (item, NULL);
  /* After the pane's dispose, none are kept. */
  if (spare != NULL && spare->len < MAX_SPARE_CELLS)
    g_ptr_array_add (spare, g_steal_pointer (&cell));
}

/* Where the row of the cell stands in the tree. */
void
solco_pane_show_expander (SolcoPane *self, SolcoCell *cell)
{
  const SolcoNode *node = solco_row_get_node (solco_cell_get_row (cell));
  guint depth = 0;

  if (node == NULL)
    return;
  for (const SolcoNode *above = solco_node_get_parent (node);
       above != NULL && solco_node_get_parent (above) != NULL;
       above = solco_node_get_parent (above))
    depth++;
  solco_cell_set_expander (cell, depth, solco_node_is_folder (node),
                           solco_stage_list_is_expanded (self->list, node));
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *item, SolcoPane *self)
{
  SolcoCell *cell = SOLCO_CELL (gtk_list_item_get_child (item));

  solco_cell_set_narrow (cell, self->is_narrow);
  solco_cell_bind (cell, gtk_list_item_get_item (item));
  if (get_kind (factory) != SOLCO_CELL_NAME)
    return;
  solco_pane_show_expander (self, cell);
  g_ptr_array_add (self->cells, cell);
}

static void
on_unbind (GtkListItemFactory *factory, GtkListItem *item, SolcoPane *self)
{
  SolcoCell *cell = SOLCO_CELL (gtk_list_item_get_child (item));

  solco_cell_bind (cell, NULL);
  g_ptr_array_remove_fast (self->cells, cell);
}

static GtkColumnViewColumn *
make_column (SolcoPane *self, SolcoCellKind kind)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column;
  g_autoptr (GtkSorter) sorter
      = GTK_SORTER (gtk_custom_sorter_new (answer_probe, GINT_TO_POINTER (columns[kind].order), NULL));

  g_object_set_data (G_OBJECT (factory), "kind", GINT_TO_POINTER (kind));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), self);
  g_signal_connect (factory, "teardown", G_CALLBACK (on_teardown), self);
  self->spare_cells[kind] = g_ptr_array_new_with_free_func (g_object_unref);
  column = gtk_column_view_column_new (g_dpgettext2 (NULL, "column", columns[kind].title),
                                       factory);
  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_column_set_expand (column, kind == SOLCO_CELL_NAME);
  if (columns[kind].width_px > 0)
    gtk_column_view_column_set_fixed_width (
        column, solco_layout_scale_px (GTK_WIDGET (self), columns[kind].width_px));
  return column;
}

/* A column title cannot be aligned by API: its box is. */
static void
finish_titles (SolcoPane *self)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  GtkWidget *title = header != NULL ? gtk_widget_get_first_child (header) : NULL;
  GtkWidget *box;

  /* What GTK makes has no names of its own. */
  if (header != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (header), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ ("Column titles"), -1);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (gtk_widget_get_last_child (GTK_WIDGET (self->view))),
      GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Files on the stage"), -1);
  if (title != NULL)
    title = gtk_widget_get_next_sibling (title);
  box = title != NULL ? gtk_widget_get_first_child (title) : NULL;
  if (box != NULL)
    gtk_widget_set_halign (box, gtk_widget_get_direction (box) == GTK_TEXT_DIR_RTL
                                    ? GTK_ALIGN_START
                                    : GTK_ALIGN_END);
}

void
solco_pane_make_columns (SolcoPane *self)
{
  for (guint kind = 0; kind < G_N_ELEMENTS (columns); kind++)
    {
      g_autoptr (GtkColumnViewColumn) column = make_column (self, (SolcoCellKind) kind);

      gtk_column_view_append_column (self->view, column);
      if (kind == SOLCO_CELL_NAME)
        gtk_column_view_sort_by_column (self->view, column, GTK_SORT_ASCENDING);
    }
  finish_titles (self);
}

/* In the narrow layout the name column holds everything. */
void
solco_pane_show_columns (SolcoPane *self)
{
  GListModel *list = gtk_column_view_get_columns (self->view);

  for (guint kind = SOLCO_CELL_NAME + 1; kind < G_N_ELEMENTS (columns); kind++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (list, kind);

      gtk_column_view_column_set_visible (column, !self->is_narrow);
      /* GTK 4.8 leaves room for a fixed width even where the column is hidden. */
      gtk_column_view_column_set_fixed_width (
          column, self->is_narrow
                      ? -1 : solco_layout_scale_px (GTK_WIDGET (self), columns[kind].width_px));
    }
  for (guint i = 0; i < self->cells->len; i++)
    solco_cell_set_narrow (g_ptr_array_index (self->cells, i), self->is_narrow);
}
