/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drops from any program over the whole pane, and moves inside of it. */
#include <glib/gi18n.h>

#include "engine/solco-error.h"
#include "solco-drag-out.h"
#include "solco-pane-private.h"

/* A folder under a drag opens when the pointer has rested on it for so long. */
#define DROP_OPEN_MS 700

/* What a move inside of the pane carries: rows, which know when their node is gone. */
#define SOLCO_TYPE_DRAGGED_ROWS (solco_dragged_rows_get_type ())
static GType solco_dragged_rows_get_type (void);
G_DEFINE_BOXED_TYPE (GPtrArray, solco_dragged_rows, g_ptr_array_ref, g_ptr_array_unref)

/* The pointer stands still over a folder: it opens. */
static gboolean
on_drop_open (gpointer data)
{
  SolcoPane *self = data;

  self->drop_open_id = 0;
  for (guint i = 0; i < self->cells->len && self->drop_row != NULL; i++)
    {
      SolcoCell *cell = g_ptr_array_index (self->cells, i);
      const SolcoNode *node = solco_row_get_node (solco_cell_get_row (cell));
      guint position;

      if (gtk_widget_is_ancestor (GTK_WIDGET (cell), self->drop_row) && node != NULL
          && solco_stage_list_find (self->list, node, &position))
        solco_stage_list_set_expanded (self->list, position, TRUE);
    }
  return G_SOURCE_REMOVE;
}

static void
mark_row (SolcoPane *self, GtkWidget *row)
{
  if (row == self->drop_row)
    return;
  if (self->drop_row != NULL)
    {
      gtk_widget_unset_state_flags (self->drop_row, GTK_STATE_FLAG_DROP_ACTIVE);
      g_object_remove_weak_pointer (G_OBJECT (self->drop_row), (gpointer *) &self->drop_row);
    }
  self->drop_row = row;
  g_clear_handle_id (&self->drop_open_id, g_source_remove);
  if (row != NULL)
    {
      self->drop_open_id = g_timeout_add (DROP_OPEN_MS, on_drop_open, self);
      gtk_widget_set_state_flags (row, GTK_STATE_FLAG_DROP_ACTIVE, FALSE);
      g_object_add_weak_pointer (G_OBJECT (row), (gpointer *) &self->drop_row);
    }
}

/* A folder row under the pointer takes the drop; everywhere else the root does. */
static SolcoNode *
find_drop_folder (SolcoPane *self, double x, double y, GtkWidget **row)
{
  SolcoCell *cell = solco_pane_pick (self, x, y);
  SolcoNode *node = cell != NULL ? solco_row_get_node (solco_cell_get_row (cell)) : NULL;

  *row = NULL;
  if (node == NULL || !solco_node_is_folder (node)
      || solco_node_get_origin (node) == SOLCO_ORIGIN_REMOVED)
    return NULL;
  *row = gtk_widget_get_parent (gtk_widget_get_parent (GTK_WIDGET (cell)));
  return node;
}

static void
mark_pane (SolcoPane *self, gboolean is_marked)
{
  if (is_marked)
    gtk_widget_add_css_class (GTK_WIDGET (self->content), "drop-active");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->content), "drop-active");
}

static GdkDragAction
show_drop (SolcoPane *self, double x, double y)
{
  GtkWidget *row;

  find_drop_folder (self, x, y, &row);
  mark_row (self, row);
  mark_pane (self, row == NULL);
  return GDK_ACTION_COPY;
}

static void
hide_drop (SolcoPane *self)
{
  mark_row (self, NULL);
  mark_pane (self, FALSE);
}

static GdkDragAction
on_files_motion (GtkDropTarget *target, double x, double y, SolcoPane *self)
{
  return show_drop (self, x, y);
}

/* What this program drags itself is moved as rows, or is a copy that will not last. */
static gboolean
on_files_accept (GtkDropTarget *target, GdkDrop *drop)
{
  return gdk_drop_get_drag (drop) == NULL
         && (gdk_drop_get_actions (drop) & gtk_drop_target_get_actions (target)) != 0
         && gdk_content_formats_match (gtk_drop_target_get_formats (target),
                                       gdk_drop_get_formats (drop));
}

static gboolean
on_files_dropped (GtkDropTarget *target, const GValue *value, double x, double y, SolcoPane *self)
{
  GtkWidget *row;
  SolcoNode *folder = find_drop_folder (self, x, y, &row);
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

  hide_drop (self);
  /* The list goes to the scanner; the program that dropped need not wait. */
  solco_controller_stage_files (self->controller, files, folder);
  return TRUE;
}

static GdkDragAction
on_rows_motion (GtkDropTarget *target, double x, double y, SolcoPane *self)
{
  return show_drop (self, x, y);
}

static gboolean
on_rows_dropped (GtkDropTarget *target, const GValue *value, double x, double y, SolcoPane *self)
{
  GtkWidget *row;
  SolcoNode *folder = find_drop_folder (self, x, y, &row);
  GPtrArray *rows = g_value_get_boxed (value);
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  hide_drop (self);
  if (folder == NULL)
    folder = solco_project_get_root (self->project);
  for (guint i = 0; i < rows->len; i++)
    {
      SolcoNode *node = solco_row_get_node (g_ptr_array_index (rows, i));

      /* What stays where it is does not meet itself there. */
      if (node != NULL && solco_node_get_parent (node) != folder && node != folder)
        g_ptr_array_add (nodes, node);
    }
  if (nodes->len == 0)
    return FALSE;
  if (!solco_project_move (self->project, (SolcoNode *const *) nodes->pdata, nodes->len, folder,
                           SOLCO_CONFLICT_ASK, &error))
    {
      solco_controller_report_error (self->controller, error);
      return FALSE;
    }
  return TRUE;
}

/* What of @nodes other programs can have: the local files that new items come from, and what is on
 * the disc. Folders that were made here are neither. */
static SolcoDragOut *
make_drag_out (SolcoPane *self, const GPtrArray *nodes)
{
  SolcoDragOut *out = solco_drag_out_new (self->controller, 0);
  g_autoptr (GHashTable) dragged = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < nodes->len; i++)
    g_hash_table_add (dragged, nodes->pdata[i]);
  for (guint i = 0; i < nodes->len; i++)
    {
      const SolcoNode *node = nodes->pdata[i];
      const SolcoNode *above = solco_node_get_parent (node);
      g_autofree char *local = solco_project_dup_source_path (self->project, node);
      g_autofree char *disc = NULL;

      while (above != NULL && !g_hash_table_contains (dragged, above))
        above = solco_node_get_parent (above);
      /* It comes with the folder above it. */
      if (above != NULL)
        continue;
      disc = local == NULL ? solco_project_dup_disc_path (self->project, node) : NULL;
      if (local != NULL)
        solco_drag_out_add_local (out, local);
      else if (disc != NULL && solco_controller_get_disc_tree (self->controller) != NULL)
        solco_drag_out_add_disc (out, disc);
    }
  return out;
}

static GdkContentProvider *
on_prepare (GtkDragSource *source, double x, double y, SolcoPane *self)
{
  SolcoCell *cell = solco_pane_pick (self, x, y);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) nodes = NULL;
  GdkContentProvider *providers[2];
  SolcoNode *node;

  node = cell != NULL ? solco_row_get_node (solco_cell_get_row (cell)) : NULL;
  if (node == NULL || solco_cell_is_renaming (cell))
    return NULL;
  nodes = solco_pane_get_selected (self);
  if (!g_ptr_array_find (nodes, node, NULL))
    {
      g_ptr_array_set_size (nodes, 0);
      g_ptr_array_add (nodes, node);
    }
  for (guint i = 0; i < nodes->len; i++)
    g_ptr_array_add (rows, solco_row_get (self->project, nodes->pdata[i]));
  providers[0] = gdk_content_provider_new_typed (SOLCO_TYPE_DRAGGED_ROWS, rows);
  providers[1] = GDK_CONTENT_PROVIDER (make_drag_out (self, nodes));
  if (!solco_drag_out_is_empty (SOLCO_DRAG_OUT (providers[1])))
    return gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));
  g_object_unref (providers[1]);
  return providers[0];
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, SolcoPane *self)
{
  GdkContentProvider *content = gdk_drag_get_content (drag);
  g_auto (GValue) value = G_VALUE_INIT;
  g_autofree char *text = NULL;
  GPtrArray *rows;
  GtkWidget *label;

  g_value_init (&value, SOLCO_TYPE_DRAGGED_ROWS);
  if (!gdk_content_provider_get_value (content, &value, NULL))
    return;
  rows = g_value_get_boxed (&value);
  if (rows->len == 1 && solco_row_get_node (g_ptr_array_index (rows, 0)) != NULL)
    text = g_strdup (solco_node_get_name (solco_row_get_node (g_ptr_array_index (rows, 0))));
  else
    text = g_strdup_printf (ngettext ("%u item", "%u items", rows->len), rows->len);
  label = gtk_label_new (text);
  gtk_widget_add_css_class (label, "drag-label");
  gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)), label);
}

/* A menu on the row under the pointer, or on the selected one with the keyboard. */
static void
show_menu (SolcoPane *self, double x, double y)
{
  GdkRectangle point = { 0, 0, 1, 1 };
  double pane_x = x;
  double pane_y = y;

  if (self->menu == NULL)
    {
      g_autoptr (GtkBuilder) builder
          = gtk_builder_new_from_resource ("/io/github/solco/Solco/menus.ui");

      self->menu = gtk_popover_menu_new_from_model (
          G_MENU_MODEL (gtk_builder_get_object (builder, "row_menu")));
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  gtk_widget_translate_coordinates (GTK_WIDGET (self->content), GTK_WIDGET (self), x, y, &pane_x,
                                    &pane_y);
  point.x = (int) pane_x;
  point.y = (int) pane_y;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &point);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
on_secondary_press (GtkGestureClick *gesture, int n_press, double x, double y, SolcoPane *self)
{
  SolcoCell *cell = solco_pane_pick (self, x, y);
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (self->list);
  guint position;

  if (cell == NULL)
    return;
  if (solco_stage_list_find (self->list, solco_row_get_node (solco_cell_get_row (cell)), &position)
      && !gtk_selection_model_is_selected (selection, position))
    gtk_selection_model_select_item (selection, position, TRUE);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, x, y);
}

static gboolean
on_menu_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  SolcoPane *self = data;
  g_autoptr (GPtrArray) nodes = solco_pane_get_selected (self);
  g_autoptr (SolcoRow) row
      = nodes->len > 0 ? solco_row_get (self->project, g_ptr_array_index (nodes, 0)) : NULL;
  SolcoCell *cell = row != NULL ? solco_pane_find_cell (self, row) : NULL;
  double x = 0.;
  double y = 0.;

  if (cell == NULL)
    return FALSE;
  gtk_widget_translate_coordinates (GTK_WIDGET (cell), GTK_WIDGET (self->content), 24., 24., &x,
                                    &y);
  show_menu (self, x, y);
  return TRUE;
}

static void
add_menu_keys (SolcoPane *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_alternative_trigger_new (
                            gtk_keyval_trigger_new (GDK_KEY_Menu, 0),
                            gtk_keyval_trigger_new (GDK_KEY_F10, GDK_SHIFT_MASK)),
                        gtk_callback_action_new (on_menu_key, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
}

static GtkDropTarget *
add_drop_target (SolcoPane *self, GType type, GCallback on_motion, GCallback on_drop)
{
  GtkDropTarget *target = gtk_drop_target_new (type, GDK_ACTION_COPY);

  g_signal_connect (target, "enter", on_motion, self);
  g_signal_connect (target, "motion", on_motion, self);
  g_signal_connect_swapped (target, "leave", G_CALLBACK (hide_drop), self);
  g_signal_connect (target, "drop", on_drop, self);
  gtk_widget_add_controller (GTK_WIDGET (self->content), GTK_EVENT_CONTROLLER (target));
  return target;
}

void
solco_pane_init_dnd (SolcoPane *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkDropTarget *files = add_drop_target (self, GDK_TYPE_FILE_LIST, G_CALLBACK (on_files_motion),
                                          G_CALLBACK (on_files_dropped));

  g_signal_connect (files, "accept", G_CALLBACK (on_files_accept), NULL);
  add_drop_target (self, SOLCO_TYPE_DRAGGED_ROWS, G_CALLBACK (on_rows_motion),
                   G_CALLBACK (on_rows_dropped));

  /* Only to be copied: where moving is offered, a file manager takes the user's own files away. */
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect (source, "prepare", G_CALLBACK (on_prepare), self);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_drag_begin), self);
  gtk_widget_add_controller (GTK_WIDGET (self->content), GTK_EVENT_CONTROLLER (source));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (on_secondary_press), self);
  gtk_widget_add_controller (GTK_WIDGET (self->content), GTK_EVENT_CONTROLLER (click));
  add_menu_keys (self);
}
