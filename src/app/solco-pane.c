/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "solco-pane-private.h"
#include "solco-tree-keys.h"
#include "solco-wrap.h"

/* While searching, so many rows are looked at for folders to open. */
#define MAX_EXPANDED_ROWS 400
/* A new row is in the list after the sorter has had its turn. */
#define MAX_PENDING_TRIES 250
#define PENDING_INTERVAL_MS 20
/* While it searches, the list is looked through so often. */
#define FOUND_INTERVAL_MS 100

enum
{
  PROP_SEARCH_MODE = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];
static guint selection_signal;

G_DEFINE_FINAL_TYPE (SolcoPane, solco_pane, GTK_TYPE_BOX)

static gboolean
has_focus (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

static gboolean
on_focus (gpointer data)
{
  SolcoPane *self = data;
  GtkWidget *page = gtk_stack_get_visible_child (self->content);

  self->focus_id = 0;
  /* GTK may have chosen what scrolls the list. Somebody may also have been faster, such as a name
   * that is being edited. */
  if (!has_focus (gtk_widget_is_ancestor (GTK_WIDGET (self->view), page)
                      ? GTK_WIDGET (self->view) : page))
    solco_pane_focus (self);
  return G_SOURCE_REMOVE;
}

/* Called before what has the focus goes out of sight: GTK 4.8 gives it to the first button of the
 * window then. The list can take it when it has its rows. */
static void
keep_focus (SolcoPane *self)
{
  if (self->focus_id == 0 && has_focus (GTK_WIDGET (self->content)))
    self->focus_id = g_idle_add_full (G_PRIORITY_LOW, on_focus, self, NULL);
}

static gboolean
is_searching (SolcoPane *self)
{
  return *solco_search_get_text (self->search) != '\0';
}

static void
show_content (SolcoPane *self)
{
  const char *page = "tree";

  if (self->root == NULL || g_list_model_get_n_items (self->root) == 0)
    page = "empty";
  else if (is_searching (self) && !solco_search_is_searching (self->search)
           && solco_search_get_n_matches (self->search) == 0)
    page = "nothing-found";
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->content), page) == 0)
    return;
  keep_focus (self);
  gtk_stack_set_visible_child_name (self->content, page);
}

static void
on_root_changed (SolcoPane *self)
{
  show_content (self);
}

static void
on_expanded (SolcoPane *self)
{
  for (guint i = 0; i < self->cells->len; i++)
    solco_pane_show_expander (self, g_ptr_array_index (self->cells, i));
}

static void
on_order (SolcoPane *self)
{
  SolcoOrder order;

  if (self->list == NULL)
    return;
  solco_pane_read_order (self, &order);
  solco_stage_list_set_order (self->list, &order);
}

static void
on_selection_changed (SolcoPane *self)
{
  g_signal_emit (self, selection_signal, 0);
}

/* Before the list hears of it. */
static void
on_items_changed (SolcoPane *self)
{
  solco_pane_note_change (self);
  keep_focus (self);
  on_selection_changed (self);
}

static void
drop_model (SolcoPane *self)
{
  g_clear_handle_id (&self->expand_id, g_source_remove);
  g_clear_handle_id (&self->found_id, g_source_remove);
  g_clear_handle_id (&self->drop_open_id, g_source_remove);
  g_clear_handle_id (&self->pending_id, g_source_remove);
  g_clear_object (&self->pending);
  if (self->root != NULL)
    g_signal_handlers_disconnect_by_data (self->root, self);
  if (self->list != NULL)
    {
      solco_stage_list_set_hold (self->list, NULL, NULL);
      g_signal_handlers_disconnect_by_data (self->list, self);
    }
  if (self->search != NULL)
    g_signal_handlers_disconnect_by_data (self->search, self);
  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  g_clear_object (&self->list);
  g_clear_object (&self->root);
  g_clear_object (&self->search);
  g_clear_object (&self->project);
}

static gboolean on_expand_later (gpointer data);

/* Opens the folders in which something was found, as far as a person would look. */
static gboolean
on_expand (gpointer data)
{
  SolcoPane *self = data;
  const guint n_rows = MIN (g_list_model_get_n_items (G_LIST_MODEL (self->list)),
                            MAX_EXPANDED_ROWS);

  if (solco_stage_list_is_sorting (self->list))
    {
      self->expand_id = g_timeout_add (PENDING_INTERVAL_MS, on_expand_later, self);
      return G_SOURCE_REMOVE;
    }
  for (guint i = 0; i < n_rows; i++)
    {
      const SolcoNode *node = solco_stage_list_get_node (self->list, i);

      if (solco_search_name_matches (self->search, node)
          || !solco_stage_list_set_expanded (self->list, i, TRUE))
        continue;
      /* The list is another one now. */
      return G_SOURCE_CONTINUE;
    }
  self->expand_id = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
on_expand_later (gpointer data)
{
  SolcoPane *self = data;

  self->expand_id = g_idle_add_full (G_PRIORITY_LOW, on_expand, self, NULL);
  return G_SOURCE_REMOVE;
}

static void
show_found (SolcoPane *self)
{
  solco_stage_list_set_filtered (self->list, is_searching (self));
  show_content (self);
  if (is_searching (self) && self->expand_id == 0 && !solco_search_is_searching (self->search))
    on_expand_later (self);
}

static gboolean
on_found_later (gpointer data)
{
  SolcoPane *self = data;

  self->found_id = 0;
  show_found (self);
  return G_SOURCE_REMOVE;
}

/* While it searches, so often. */
static void
on_found (SolcoPane *self)
{
  if (is_searching (self) && self->found_id == 0)
    self->found_id = g_timeout_add (FOUND_INTERVAL_MS, on_found_later, self);
}

static void
on_project (SolcoPane *self)
{
  SolcoOrder order;

  keep_focus (self);
  drop_model (self);
  self->project = g_object_ref (solco_controller_get_project (self->controller));
  self->search = solco_search_new (self->project);
  g_signal_connect_swapped (self->search, "changed", G_CALLBACK (on_found), self);
  g_signal_connect_swapped (self->search, "notify::is-searching", G_CALLBACK (on_found), self);
  self->root = solco_project_get_children (self->project,
                                           solco_project_get_root (self->project));
  g_signal_connect_swapped (self->root, "items-changed", G_CALLBACK (on_root_changed), self);
  solco_pane_read_order (self, &order);
  self->list = solco_stage_list_new (self->project, self->search, &order);
  solco_pane_hold_rows (self);
  g_signal_connect_swapped (self->list, "expanded", G_CALLBACK (on_expanded), self);
  g_signal_connect_swapped (self->list, "selection-changed", G_CALLBACK (on_selection_changed),
                            self);
  g_signal_connect_swapped (self->list, "items-changed", G_CALLBACK (on_items_changed), self);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->list));
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  show_content (self);
  g_signal_emit (self, selection_signal, 0);
}

static void
on_search_changed (SolcoPane *self)
{
  if (self->search == NULL)
    return;
  solco_search_set_text (self->search,
                         gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  show_found (self);
}

/* Enter in the search field: on to the list. */
static void
on_search_activate (SolcoPane *self)
{
  solco_pane_focus (self);
}

/* Enter or a double click opens and closes a folder. */
static void
on_activate (SolcoPane *self, guint position)
{
  const SolcoNode *node = solco_stage_list_get_node (self->list, position);

  if (node != NULL)
    solco_stage_list_set_expanded (self->list, position,
                                   !solco_stage_list_is_expanded (self->list, node));
}

static void
solco_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SolcoPane *self = SOLCO_PANE (object);

  switch (id)
    {
    case PROP_SEARCH_MODE:
      g_value_set_boolean (value, gtk_search_bar_get_search_mode (self->search_bar));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
solco_pane_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SolcoPane *self = SOLCO_PANE (object);

  if (id == PROP_SEARCH_MODE)
    gtk_search_bar_set_search_mode (self->search_bar, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
on_search_mode (SolcoPane *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH_MODE]);
}

static void
solco_pane_dispose (GObject *object)
{
  SolcoPane *self = SOLCO_PANE (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  drop_model (self);
  g_clear_handle_id (&self->focus_id, g_source_remove);
  for (guint kind = 0; kind < SOLCO_N_CELL_KINDS; kind++)
    g_clear_pointer (&self->spare_cells[kind], g_ptr_array_unref);
  if (self->controller != NULL)
    g_signal_handlers_disconnect_by_data (self->controller, self);
  g_clear_object (&self->controller);
  G_OBJECT_CLASS (solco_pane_parent_class)->dispose (object);
}

static void
solco_pane_finalize (GObject *object)
{
  g_ptr_array_unref (SOLCO_PANE (object)->cells);
  G_OBJECT_CLASS (solco_pane_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/solco/Solco/pane.ui");
  gtk_widget_class_bind_template_child (widget_class, SolcoPane, search_bar);
  gtk_widget_class_bind_template_child (widget_class, SolcoPane, search_entry);
  gtk_widget_class_bind_template_child (widget_class, SolcoPane, content);
  gtk_widget_class_bind_template_child (widget_class, SolcoPane, view);
  gtk_widget_class_bind_template_child (widget_class, SolcoPane, empty_icon);
  gtk_widget_class_bind_template_child (widget_class, SolcoPane, empty_title);
  gtk_widget_class_bind_template_child (widget_class, SolcoPane, empty_text);
  gtk_widget_class_bind_template_child (widget_class, SolcoPane, empty_first);
  gtk_widget_class_bind_template_child (widget_class, SolcoPane, empty_second);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
solco_pane_class_init (SolcoPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = solco_pane_get_property;
  object_class->set_property = solco_pane_set_property;
  object_class->dispose = solco_pane_dispose;
  object_class->finalize = solco_pane_finalize;
  properties[PROP_SEARCH_MODE]
      = g_param_spec_boolean ("search-mode", NULL, NULL, FALSE,
                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  selection_signal = g_signal_new ("selection-changed", G_TYPE_FROM_CLASS (klass),
                                   G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (SOLCO_TYPE_WRAP);
  bind_template (GTK_WIDGET_CLASS (klass));
}

/* Whether @focus, a row, could be opened or closed. */
static gboolean
on_tree_key (GtkWidget *focus, gboolean opens, gpointer data)
{
  SolcoPane *self = data;

  for (guint i = 0; i < self->cells->len; i++)
    {
      SolcoCell *cell = g_ptr_array_index (self->cells, i);
      const SolcoNode *node;
      guint position;

      if (!gtk_widget_is_ancestor (GTK_WIDGET (cell), focus))
        continue;
      node = solco_row_get_node (solco_cell_get_row (cell));
      return node != NULL && solco_stage_list_find (self->list, node, &position)
             && solco_stage_list_set_expanded (self->list, position, opens);
    }
  return FALSE;
}

static void
solco_pane_init (SolcoPane *self)
{
  self->cells = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  g_signal_connect_swapped (self->search_bar, "notify::search-mode-enabled",
                            G_CALLBACK (on_search_mode), self);
  solco_pane_make_columns (self);
  g_signal_connect_swapped (gtk_column_view_get_sorter (self->view), "changed",
                            G_CALLBACK (on_order), self);
  solco_pane_init_dnd (self);
  solco_tree_keys_add (GTK_WIDGET (self->view), on_tree_key, self);
}

static void
set_button (GtkButton *button, const char *label, const char *action)
{
  gtk_widget_set_visible (GTK_WIDGET (button), label != NULL);
  if (label == NULL)
    return;
  gtk_button_set_label (button, label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
}

/**
 * solco_pane_update_empty:
 * @self: a pane
 *
 * What the empty stage says depends on the disc.
 */
void
solco_pane_update_empty (SolcoPane *self)
{
  const SolcoMedium *medium = solco_controller_get_medium (self->controller);
  const gboolean is_closed
      = solco_controller_get_state (self->controller) == SOLCO_DISC_MASTER_NOT_WRITABLE
        && medium != NULL;

  g_return_if_fail (SOLCO_IS_PANE (self));

  if (is_closed)
    {
      const gboolean can_erase
          = medium->is_erasable || medium->is_overwritable || medium->is_image_file;

      gtk_label_set_text (self->empty_title, medium->state == SOLCO_MEDIUM_CLOSED
                                                 ? _ ("This disc is closed")
                                                 : _ ("Nothing can be added to this disc"));
      gtk_label_set_text (self->empty_text,
                          can_erase ? _ ("It can be erased and used again.")
                                    : _ ("Put in another disc to add files."));
      set_button (self->empty_first, can_erase ? _ ("_Erase Disc…") : NULL, "win.erase");
      set_button (self->empty_second, medium->is_image_file ? NULL : _ ("E_ject"), "win.eject");
      return;
    }
  gtk_label_set_text (self->empty_title, _ ("Drop files and folders here"));
  gtk_label_set_text (self->empty_text,
                      _ ("They are only listed now. Nothing is written until you burn."));
  set_button (self->empty_first, _ ("Add _Files…"), "win.add-files");
  set_button (self->empty_second, _ ("Add Fol_der…"), "win.add-folder");
}

/**
 * solco_pane_set_controller:
 * @self: a pane
 * @controller: what it works with; set once
 */
void
solco_pane_set_controller (SolcoPane *self, SolcoController *controller)
{
  g_return_if_fail (SOLCO_IS_PANE (self) && self->controller == NULL);

  self->controller = g_object_ref (controller);
  g_signal_connect_swapped (controller, "notify::project", G_CALLBACK (on_project), self);
  g_signal_connect_swapped (controller, "status-changed", G_CALLBACK (solco_pane_update_empty),
                            self);
  on_project (self);
  solco_pane_update_empty (self);
}

/**
 * solco_pane_set_narrow:
 * @self: a pane
 * @is_narrow: one column with two lines a row
 */
void
solco_pane_set_narrow (SolcoPane *self, gboolean is_narrow)
{
  g_return_if_fail (SOLCO_IS_PANE (self));

  self->is_narrow = is_narrow;
  solco_pane_show_columns (self);
}

/**
 * solco_pane_is_empty:
 * @self: a pane
 *
 * Returns: whether nothing is on the stage
 */
gboolean
solco_pane_is_empty (SolcoPane *self)
{
  g_return_val_if_fail (SOLCO_IS_PANE (self), TRUE);

  return self->root == NULL || g_list_model_get_n_items (self->root) == 0;
}

/**
 * solco_pane_get_selected:
 * @self: a pane
 *
 * Returns: (transfer container) (element-type SolcoNode): what is selected, from top to bottom
 */
GPtrArray *
solco_pane_get_selected (SolcoPane *self)
{
  g_return_val_if_fail (SOLCO_IS_PANE (self), g_ptr_array_new ());

  return self->list != NULL ? solco_stage_list_get_selected (self->list) : g_ptr_array_new ();
}

/**
 * solco_pane_get_n_selected:
 * @self: a pane
 *
 * Returns: how many rows are selected
 */
guint
solco_pane_get_n_selected (SolcoPane *self)
{
  g_return_val_if_fail (SOLCO_IS_PANE (self), 0);

  return self->list != NULL ? solco_stage_list_get_n_selected (self->list) : 0;
}

/**
 * solco_pane_get_target_folder:
 * @self: a pane
 *
 * Returns: (transfer none) (nullable): the folder that added items go to; %NULL for the root
 */
SolcoNode *
solco_pane_get_target_folder (SolcoPane *self)
{
  g_autoptr (GPtrArray) nodes = NULL;
  SolcoNode *node;

  g_return_val_if_fail (SOLCO_IS_PANE (self), NULL);

  if (solco_pane_get_n_selected (self) != 1)
    return NULL;
  nodes = solco_pane_get_selected (self);
  node = g_ptr_array_index (nodes, 0);
  if (!solco_node_is_folder (node))
    node = solco_node_get_parent (node);
  if (node == NULL || solco_node_get_origin (node) == SOLCO_ORIGIN_REMOVED)
    return NULL;
  return node;
}

/**
 * solco_pane_select_all:
 * @self: a pane
 */
void
solco_pane_select_all (SolcoPane *self)
{
  g_return_if_fail (SOLCO_IS_PANE (self));

  gtk_selection_model_select_all (GTK_SELECTION_MODEL (self->list));
}

SolcoCell *
solco_pane_find_cell (SolcoPane *self, SolcoRow *row)
{
  for (guint i = 0; i < self->cells->len; i++)
    {
      SolcoCell *cell = g_ptr_array_index (self->cells, i);

      if (solco_cell_get_row (cell) == row && gtk_widget_get_mapped (GTK_WIDGET (cell)))
        return cell;
    }
  return NULL;
}

/* The position of a node among the rows, with the folders above it opened. FALSE while the list
 * does not have it yet. */
static gboolean
find_position (SolcoPane *self, SolcoNode *node, guint *position)
{
  SolcoNode *parent = solco_node_get_parent (node);
  g_autoptr (GPtrArray) above = g_ptr_array_new ();

  if (parent == NULL)
    return FALSE;
  for (; solco_node_get_parent (parent) != NULL; parent = solco_node_get_parent (parent))
    g_ptr_array_add (above, parent);
  for (guint i = above->len; i > 0; i--)
    {
      if (!solco_stage_list_find (self->list, g_ptr_array_index (above, i - 1), position))
        return FALSE;
      solco_stage_list_set_expanded (self->list, *position, TRUE);
    }
  return solco_stage_list_find (self->list, node, position);
}

static gboolean
on_pending (gpointer data)
{
  SolcoPane *self = data;
  SolcoNode *node = solco_row_get_node (self->pending);
  guint position;
  SolcoCell *cell;

  if (node == NULL || ++self->pending_tries > MAX_PENDING_TRIES)
    {
      self->pending_id = 0;
      g_clear_object (&self->pending);
      return G_SOURCE_REMOVE;
    }
  /* While it is sorted, rows change their places. */
  if (solco_stage_list_is_sorting (self->list)
      || !find_position (self, node, &position))
    return G_SOURCE_CONTINUE;
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->list), position, TRUE);
  gtk_widget_activate_action (gtk_widget_get_last_child (GTK_WIDGET (self->view)),
                              "list.scroll-to-item", "u", position);
  if (!self->pending_rename)
    {
      self->pending_id = 0;
      g_clear_object (&self->pending);
      return G_SOURCE_REMOVE;
    }
  cell = solco_pane_find_cell (self, self->pending);
  if (cell == NULL)
    return G_SOURCE_CONTINUE;
  self->pending_id = 0;
  g_clear_object (&self->pending);
  solco_cell_start_rename (cell);
  return G_SOURCE_REMOVE;
}

/**
 * solco_pane_show_node:
 * @self: a pane
 * @node: an item of the stage
 *
 * Selects it and scrolls to it, as soon as the list has it.
 *
 * Returns: whether it is below the root
 */
gboolean
solco_pane_show_node (SolcoPane *self, SolcoNode *node)
{
  g_return_val_if_fail (SOLCO_IS_PANE (self) && node != NULL, FALSE);

  if (solco_node_get_parent (node) == NULL)
    return FALSE;
  g_clear_object (&self->pending);
  self->pending = solco_row_get (self->project, node);
  self->pending_rename = FALSE;
  self->pending_tries = 0;
  if (self->pending_id == 0)
    self->pending_id = g_timeout_add (PENDING_INTERVAL_MS, on_pending, self);
  return TRUE;
}

SolcoCell *
solco_pane_get_cell (SolcoPane *self, GtkWidget *widget)
{
  GtkWidget *child;

  /* Up to the row, then down to its first cell. */
  for (; widget != NULL && widget != GTK_WIDGET (self->content);
       widget = gtk_widget_get_parent (widget))
    {
      child = gtk_widget_get_first_child (widget);
      child = child != NULL ? gtk_widget_get_first_child (child) : NULL;
      if (child != NULL && SOLCO_IS_CELL (child) && solco_cell_get_row (SOLCO_CELL (child)) != NULL)
        return SOLCO_CELL (child);
    }
  return NULL;
}

SolcoCell *
solco_pane_pick (SolcoPane *self, double x, double y)
{
  return solco_pane_get_cell (
      self, gtk_widget_pick (GTK_WIDGET (self->content), x, y, GTK_PICK_DEFAULT));
}

/**
 * solco_pane_focus:
 * @self: a pane
 *
 * Puts the keyboard's focus on the list, or on the first button when there is none.
 */
void
solco_pane_focus (SolcoPane *self)
{
  g_return_if_fail (SOLCO_IS_PANE (self));

  if (solco_pane_is_empty (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->empty_first));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/**
 * solco_pane_find:
 * @self: a pane
 *
 * Opens the search field.
 */
void
solco_pane_find (SolcoPane *self)
{
  g_return_if_fail (SOLCO_IS_PANE (self));

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}
