/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of the stage, and how they are sorted. */
#include <glib/gi18n.h>

#include "solco-pane-private.h"

static int
compare_name (gconstpointer a, gconstpointer b, gpointer data)
{
  return solco_row_compare_name ((SolcoRow *) a, (SolcoRow *) b);
}

static int
compare_size (gconstpointer a, gconstpointer b, gpointer data)
{
  return solco_row_compare_size ((SolcoRow *) a, (SolcoRow *) b);
}

static int
compare_mtime (gconstpointer a, gconstpointer b, gpointer data)
{
  return solco_row_compare_mtime ((SolcoRow *) a, (SolcoRow *) b);
}

static int
compare_origin (gconstpointer a, gconstpointer b, gpointer data)
{
  return solco_row_compare_origin ((SolcoRow *) a, (SolcoRow *) b);
}

static const struct
{
  const char *title;
  GCompareDataFunc compare;
  int width_px;
} columns[] = {
  [SOLCO_CELL_NAME] = { NC_ ("column", "Name"), compare_name, -1 },
  [SOLCO_CELL_SIZE] = { NC_ ("column", "Size"), compare_size, 120 },
  [SOLCO_CELL_MTIME] = { NC_ ("column", "Modified"), compare_mtime, 132 },
  [SOLCO_CELL_STATUS] = { NC_ ("column", "Status"), compare_origin, 204 },
};

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
on_setup (GtkListItemFactory *factory, GtkListItem *item, SolcoPane *self)
{
  const SolcoCellKind kind
      = (SolcoCellKind) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (factory), "kind"));
  GtkWidget *cell = solco_cell_new (kind);

  if (kind == SOLCO_CELL_NAME)
    g_signal_connect (cell, "rename", G_CALLBACK (on_rename), self);
  g_signal_connect (cell, "restore", G_CALLBACK (on_restore), self);
  gtk_list_item_set_child (item, cell);
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *item, SolcoPane *self)
{
  SolcoCell *cell = SOLCO_CELL (gtk_list_item_get_child (item));

  solco_cell_set_narrow (cell, self->is_narrow);
  solco_cell_bind (cell, gtk_list_item_get_item (item));
  if (g_object_get_data (G_OBJECT (factory), "kind") == GINT_TO_POINTER (SOLCO_CELL_NAME))
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
      = GTK_SORTER (gtk_custom_sorter_new (columns[kind].compare, NULL, NULL));

  g_object_set_data (G_OBJECT (factory), "kind", GINT_TO_POINTER (kind));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), self);
  column = gtk_column_view_column_new (g_dpgettext2 (NULL, "column", columns[kind].title),
                                       factory);
  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_column_set_expand (column, kind == SOLCO_CELL_NAME);
  if (columns[kind].width_px > 0)
    gtk_column_view_column_set_fixed_width (column, columns[kind].width_px);
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
      gtk_column_view_column_set_fixed_width (column,
                                              self->is_narrow ? -1 : columns[kind].width_px);
    }
  for (guint i = 0; i < self->cells->len; i++)
    solco_cell_set_narrow (g_ptr_array_index (self->cells, i), self->is_narrow);
}
