/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-copy-dialog.h"

#include <glib/gi18n.h>

#include "engine/solco-error.h"
#include "solco-drag-out.h"
#include "solco-option-row.h"
#include "solco-message.h"
#include "solco-tree-item.h"
#include "solco-tree-keys.h"
#include "text/solco-text-error.h"
#include "text/solco-text-job.h"
#include "text/solco-text-medium.h"
#include "text/solco-text-size.h"

struct _SolcoCopyDialog
{
  GtkWindow parent_instance;

  SolcoController *controller;
  SolcoMedium *medium;
  /* Numbers of the sessions in the drop-down. */
  GArray *sessions;
  SolcoJob *job;
  SolcoTree *tree;
  GtkMultiSelection *selection;

  GtkWidget *copy_button;
  GtkDropDown *session_drop_down;
  GtkStack *stack;
  GtkListView *list_view;
  GtkLabel *message_label;
  GtkLabel *amount_label;
  GtkSwitch *replace_switch;
};

G_DEFINE_FINAL_TYPE (SolcoCopyDialog, solco_copy_dialog, GTK_TYPE_WINDOW)

static guint
get_session (SolcoCopyDialog *self)
{
  const guint selected = gtk_drop_down_get_selected (self->session_drop_down);

  return selected < self->sessions->len ? g_array_index (self->sessions, guint, selected) : 0;
}

/* The list. */

static void
add_dragged (SolcoDragOut *out, GtkTreeListRow *row)
{
  g_autoptr (SolcoTreeItem) item = gtk_tree_list_row_get_item (row);
  g_autofree char *path = solco_tree_dup_path (solco_tree_item_get_tree (item),
                                               solco_tree_item_get_index (item));

  solco_drag_out_add_disc (out, path);
}

/* The row under the pointer, or where that is selected, all that are. */
static GdkContentProvider *
on_prepare_drag (GtkDragSource *source, double x, double y, GtkTreeExpander *expander)
{
  SolcoCopyDialog *self = SOLCO_COPY_DIALOG (gtk_widget_get_root (GTK_WIDGET (expander)));
  GtkTreeListRow *row = gtk_tree_expander_get_list_row (expander);
  SolcoDragOut *out;
  g_autoptr (GtkBitset) selected = NULL;

  if (row == NULL || self->selection == NULL)
    return NULL;
  out = solco_drag_out_new (self->controller, get_session (self));
  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  if (!gtk_bitset_contains (selected, gtk_tree_list_row_get_position (row)))
    {
      add_dragged (out, row);
      return GDK_CONTENT_PROVIDER (out);
    }
  for (guint i = 0; i < gtk_bitset_get_size (selected); i++)
    {
      g_autoptr (GtkTreeListRow) other = g_list_model_get_item (
          G_LIST_MODEL (self->selection), gtk_bitset_get_nth (selected, i));

      add_dragged (out, other);
    }
  return GDK_CONTENT_PROVIDER (out);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *expander = gtk_tree_expander_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *image = gtk_image_new ();
  GtkWidget *name = gtk_inscription_new (NULL);
  GtkWidget *size = gtk_label_new (NULL);
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (name),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_MIDDLE);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_label_set_xalign (GTK_LABEL (size), 1);
  gtk_widget_add_css_class (size, "tabular");
  gtk_widget_add_css_class (size, "secondary");
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), size);
  g_signal_connect (source, "prepare", G_CALLBACK (on_prepare_drag), expander);
  gtk_widget_add_controller (expander, GTK_EVENT_CONTROLLER (source));
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), box);
  gtk_list_item_set_child (item, expander);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkTreeListRow *row = gtk_list_item_get_item (item);
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (item));
  GtkWidget *image = gtk_widget_get_first_child (gtk_tree_expander_get_child (expander));
  GtkWidget *name = gtk_widget_get_next_sibling (image);
  GtkWidget *size = gtk_widget_get_next_sibling (name);
  g_autoptr (SolcoTreeItem) tree_item = gtk_tree_list_row_get_item (row);
  const SolcoTreeNode *node = solco_tree_item_get_node (tree_item);
  const gboolean is_folder = node->kind == SOLCO_NODE_DIRECTORY;
  g_autofree char *bytes = is_folder ? g_strdup ("") : solco_text_size_dup (node->size_bytes);
  g_autofree char *label = is_folder ? g_strdup_printf (_ ("%s, folder"), node->name)
                                     : g_strdup_printf (C_ ("list", "%s, %s"), node->name, bytes);

  gtk_tree_expander_set_list_row (expander, row);
  gtk_image_set_from_icon_name (GTK_IMAGE (image),
                                is_folder ? "folder-symbolic" : "text-x-generic-symbolic");
  gtk_inscription_set_text (GTK_INSCRIPTION (name), node->name);
  gtk_label_set_text (GTK_LABEL (size), bytes);
  gtk_accessible_update_property (GTK_ACCESSIBLE (expander), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (name), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  node->name, -1);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (gtk_list_item_get_child (item)), NULL);
}

static GListModel *
create_children (gpointer item, gpointer user_data)
{
  return solco_tree_item_list_children (solco_tree_item_get_tree (item),
                                        solco_tree_item_get_index (item));
}

/* Sums what is at and below a node. */
static void
add_amount (SolcoTree *tree, guint32 index, guint64 *n_files, guint64 *n_bytes)
{
  const SolcoTreeNode *nodes = solco_tree_get_nodes (tree, NULL);

  if (nodes[index].kind != SOLCO_NODE_DIRECTORY)
    {
      *n_files += 1;
      *n_bytes += nodes[index].size_bytes;
      return;
    }
  for (guint32 i = 0; i < nodes[index].n_children; i++)
    add_amount (tree, nodes[index].first_child + i, n_files, n_bytes);
}

static void
update_amount (SolcoCopyDialog *self)
{
  guint64 n_files = 0;
  guint64 n_bytes = 0;
  g_autofree char *amount = NULL;
  g_autofree char *text = NULL;

  if (self->tree == NULL)
    {
      gtk_label_set_text (self->amount_label, "");
      return;
    }

  g_autoptr (GtkBitset) selected
      = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  if (gtk_bitset_is_empty (selected))
    add_amount (self->tree, 0, &n_files, &n_bytes);
  for (guint i = 0; i < gtk_bitset_get_size (selected); i++)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (
          G_LIST_MODEL (self->selection), gtk_bitset_get_nth (selected, i));
      g_autoptr (SolcoTreeItem) item = gtk_tree_list_row_get_item (row);

      add_amount (self->tree, solco_tree_item_get_index (item), &n_files, &n_bytes);
    }
  amount = solco_text_job_dup_amount (n_files, n_bytes);
  text = gtk_bitset_is_empty (selected)
             /* Translators: "8 files, 74.2 MiB" */
             ? g_strdup_printf (_ ("Everything: %s"), amount)
             : g_strdup_printf (_ ("Selected: %s"), amount);
  gtk_label_set_text (self->amount_label, text);
}

static void
show_message (SolcoCopyDialog *self, const char *text)
{
  gtk_label_set_text (self->message_label, text);
  gtk_stack_set_visible_child_name (self->stack, "message");
  gtk_widget_set_sensitive (self->copy_button, FALSE);
}

static void
show_tree (SolcoCopyDialog *self, SolcoTree *tree)
{
  GListModel *top = solco_tree_item_list_children (tree, 0);
  GtkTreeListModel *rows
      = gtk_tree_list_model_new (top, FALSE, FALSE, create_children, NULL, NULL);

  g_clear_pointer (&self->tree, solco_tree_unref);
  self->tree = solco_tree_ref (tree);
  g_clear_object (&self->selection);
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (rows));
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (update_amount), self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (self->selection));
  gtk_stack_set_visible_child_name (self->stack, "list");
  gtk_widget_set_sensitive (self->copy_button, TRUE);
  update_amount (self);
}

/* Reading a session. */

static void
drop_job (SolcoCopyDialog *self)
{
  if (self->job == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->job, self);
  solco_job_cancel (self->job);
  g_clear_object (&self->job);
}

static void
on_read (SolcoCopyDialog *self)
{
  const SolcoResult *result = solco_job_get_result (self->job);
  const GError *error = solco_job_get_error (self->job);

  if (error != NULL)
    {
      g_autofree char *title = solco_text_error_dup_title (error);

      show_message (self, title);
    }
  else if (result == NULL || result->tree == NULL)
    show_message (self, _ ("There are no files that can be read."));
  else
    show_tree (self, result->tree);
  g_signal_handlers_disconnect_by_data (self->job, self);
  g_clear_object (&self->job);
}

static void
on_session_changed (SolcoCopyDialog *self)
{
  const guint session = get_session (self);
  const SolcoTarget *target = solco_controller_get_target (self->controller);
  SolcoTree *newest = solco_controller_get_disc_tree (self->controller);

  drop_job (self);
  if (session == 0 || target == NULL)
    return;
  gtk_list_view_set_model (self->list_view, NULL);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->tree, solco_tree_unref);
  update_amount (self);
  if (newest != NULL && session == self->medium->sessions->len)
    {
      show_tree (self, newest);
      return;
    }

  g_autoptr (SolcoRequest) request = solco_request_new_read_disc (target, session);

  show_message (self, _ ("Reading the session…"));
  self->job = solco_controller_submit (self->controller, request);
  g_signal_connect_swapped (self->job, "finished", G_CALLBACK (on_read), self);
}

static void
fill_sessions (SolcoCopyDialog *self, guint session)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = self->medium->sessions->len; i > 0; i--)
    {
      const SolcoSession *each = &g_array_index (self->medium->sessions, SolcoSession, i - 1);
      g_autofree char *title = NULL;
      g_autofree char *date = NULL;
      g_autofree char *name = NULL;

      if (!each->has_file_system)
        continue;
      title = solco_text_session_dup_title (each);
      date = each->written_s != 0 ? solco_text_date_dup (each->written_s) : NULL;
      name = date != NULL ? g_strdup_printf (C_ ("list", "%s, %s"), title, date)
                          : g_strdup (title);
      if (each->number == session)
        selected = self->sessions->len;
      g_array_append_val (self->sessions, each->number);
      gtk_string_list_append (names, name);
    }
  gtk_drop_down_set_model (self->session_drop_down, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->session_drop_down, selected);
}

/* Copying. */

static GStrv
dup_selected_paths (SolcoCopyDialog *self)
{
  g_autoptr (GtkBitset) selected
      = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (gtk_bitset_is_empty (selected))
    return NULL;
  for (guint i = 0; i < gtk_bitset_get_size (selected); i++)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (
          G_LIST_MODEL (self->selection), gtk_bitset_get_nth (selected, i));
      g_autoptr (SolcoTreeItem) item = gtk_tree_list_row_get_item (row);
      g_autofree char *path = solco_tree_dup_path (self->tree, solco_tree_item_get_index (item));

      g_strv_builder_add (builder, path);
    }
  return g_strv_builder_end (builder);
}

/**
 * solco_copy_dialog_copy:
 * @self: a dialog that shows a session
 * @directory: (type filename): a local folder
 *
 * Starts to copy what is selected, or everything if nothing is, and closes the dialog. Main thread.
 */
void
solco_copy_dialog_copy (SolcoCopyDialog *self, const char *directory)
{
  g_return_if_fail (SOLCO_IS_COPY_DIALOG (self) && directory != NULL);
  g_return_if_fail (self->tree != NULL);

  g_auto (GStrv) paths = dup_selected_paths (self);
  g_autoptr (GError) error = NULL;

  if (!solco_controller_extract (self->controller, get_session (self),
                                 (const char *const *) paths, directory,
                                 gtk_switch_get_active (self->replace_switch), &error))
    solco_controller_report_error (self->controller, error);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
choose_folder (GtkWindow *parent, GAsyncReadyCallback callback, gpointer user_data)
{
  const SolcoFileChoice choice = {
    .title = _ ("Copy To"),
    .accept = _ ("_Copy Here"),
    .action = GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
  };

  solco_files_choose_async (parent, &choice, callback, user_data);
}

/* The path of the one local folder that was chosen. */
static char *
finish_folder (GAsyncResult *result, GtkWindow *parent)
{
  GSList *files = solco_files_choose_finish (parent, result);
  char *path;

  if (files == NULL)
    return NULL;
  path = g_file_get_path (files->data);
  g_slist_free_full (files, g_object_unref);
  if (path == NULL)
    solco_message_present (parent, _ ("The files cannot be copied there"),
                           _ ("The folder is not on this computer."));
  return path;
}

static void
on_folder_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SolcoCopyDialog) self = user_data;
  g_autofree char *path = finish_folder (result, GTK_WINDOW (self));

  if (path != NULL && self->tree != NULL && self->controller != NULL)
    solco_copy_dialog_copy (self, path);
}

static void
on_copy_clicked (SolcoCopyDialog *self)
{
  choose_folder (GTK_WINDOW (self), on_folder_chosen, g_object_ref (self));
}

static void
solco_copy_dialog_dispose (GObject *object)
{
  SolcoCopyDialog *self = SOLCO_COPY_DIALOG (object);

  drop_job (self);
  g_clear_object (&self->controller);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->medium, solco_medium_unref);
  g_clear_pointer (&self->tree, solco_tree_unref);
  G_OBJECT_CLASS (solco_copy_dialog_parent_class)->dispose (object);
}

static void
solco_copy_dialog_finalize (GObject *object)
{
  SolcoCopyDialog *self = SOLCO_COPY_DIALOG (object);

  g_array_unref (self->sessions);
  G_OBJECT_CLASS (solco_copy_dialog_parent_class)->finalize (object);
}

static GtkTreeExpander *
find_expander (GtkWidget *widget)
{
  GtkTreeExpander *expander = NULL;

  if (GTK_IS_TREE_EXPANDER (widget))
    return GTK_TREE_EXPANDER (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && expander == NULL;
       child = gtk_widget_get_next_sibling (child))
    expander = find_expander (child);
  return expander;
}

static gboolean
on_tree_key (GtkWidget *focus, gboolean opens, gpointer data)
{
  GtkTreeExpander *expander = find_expander (focus);
  GtkTreeListRow *row = expander != NULL ? gtk_tree_expander_get_list_row (expander) : NULL;

  if (row == NULL || !gtk_tree_list_row_is_expandable (row)
      || gtk_tree_list_row_get_expanded (row) == opens)
    return FALSE;
  gtk_tree_list_row_set_expanded (row, opens);
  return TRUE;
}

static void
solco_copy_dialog_class_init (SolcoCopyDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = solco_copy_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = solco_copy_dialog_finalize;
  g_type_ensure (SOLCO_TYPE_OPTION_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/solco/Solco/copy-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SolcoCopyDialog, copy_button);
  gtk_widget_class_bind_template_child (widget_class, SolcoCopyDialog, session_drop_down);
  gtk_widget_class_bind_template_child (widget_class, SolcoCopyDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, SolcoCopyDialog, list_view);
  gtk_widget_class_bind_template_child (widget_class, SolcoCopyDialog, message_label);
  gtk_widget_class_bind_template_child (widget_class, SolcoCopyDialog, amount_label);
  gtk_widget_class_bind_template_child (widget_class, SolcoCopyDialog, replace_switch);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_bind);
  gtk_widget_class_bind_template_callback (widget_class, on_unbind);
}

static void
solco_copy_dialog_init (SolcoCopyDialog *self)
{
  self->sessions = g_array_new (FALSE, FALSE, sizeof (guint));
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * solco_copy_dialog_new:
 * @parent: (nullable): window over which it opens
 * @controller: whose disc is copied from
 * @session: number of the session that is shown first; 0 for the newest
 *
 * Main thread.
 *
 * Returns: (transfer none): the dialog, not presented yet
 */
GtkWidget *
solco_copy_dialog_new (GtkWindow *parent, SolcoController *controller, guint session)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (controller), NULL);
  g_return_val_if_fail (solco_controller_get_medium (controller) != NULL, NULL);

  SolcoCopyDialog *self = g_object_new (SOLCO_TYPE_COPY_DIALOG, "transient-for", parent, NULL);

  self->controller = g_object_ref (controller);
  self->medium = solco_medium_ref (solco_controller_get_medium (controller));
  solco_tree_keys_add (GTK_WIDGET (self->list_view), on_tree_key, NULL);
  show_message (self, _ ("There are no files that can be read."));
  fill_sessions (self, session);
  g_signal_connect_swapped (self->session_drop_down, "notify::selected",
                            G_CALLBACK (on_session_changed), self);
  on_session_changed (self);
  return GTK_WIDGET (self);
}

/* Straight to the folder, for what was selected elsewhere. */
typedef struct
{
  GtkWindow *parent;
  SolcoController *controller;
  guint session;
  GStrv paths;
} Copy;

static void
on_target_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Copy *copy = user_data;
  g_autofree char *path = finish_folder (result, copy->parent);
  g_autoptr (GError) error = NULL;

  if (path != NULL
      && !solco_controller_extract (copy->controller, copy->session,
                                    (const char *const *) copy->paths, path, FALSE, &error))
    solco_controller_report_error (copy->controller, error);
  g_object_unref (copy->parent);
  g_object_unref (copy->controller);
  g_strfreev (copy->paths);
  g_free (copy);
}

/**
 * solco_copy_dialog_present_session:
 * @parent: window over which it opens
 * @controller: whose disc is copied from
 * @session: number of a session, 0 for the newest
 * @paths: (nullable) (array zero-terminated=1): what is copied; %NULL: it is chosen in the dialog
 *
 * Main thread.
 */
void
solco_copy_dialog_present_session (GtkWindow *parent, SolcoController *controller, guint session,
                                   const char *const *paths)
{
  g_return_if_fail (GTK_IS_WINDOW (parent) && SOLCO_IS_CONTROLLER (controller));

  SolcoMedium *medium = solco_controller_get_medium (controller);
  Copy *copy;

  if (medium == NULL || medium->sessions->len == 0)
    {
      solco_message_present (parent, _ ("There is nothing to copy"),
                             _ ("The recorder holds no disc with files that can be read."));
      return;
    }
  if (paths == NULL)
    {
      solco_dialog_present (solco_copy_dialog_new (parent, controller, session));
      return;
    }
  copy = g_new0 (Copy, 1);
  copy->parent = g_object_ref (parent);
  copy->controller = g_object_ref (controller);
  copy->session = session;
  copy->paths = g_strdupv ((char **) paths);
  choose_folder (parent, on_target_chosen, copy);
}

/**
 * solco_copy_dialog_present:
 * @parent: window over which it opens
 * @controller: whose disc is copied from
 * @paths: (nullable) (array zero-terminated=1): what is copied, of the newest session; %NULL: it is
 *   chosen in the dialog
 *
 * Main thread.
 */
void
solco_copy_dialog_present (GtkWindow *parent, SolcoController *controller,
                           const char *const *paths)
{
  solco_copy_dialog_present_session (parent, controller, 0, paths);
}
