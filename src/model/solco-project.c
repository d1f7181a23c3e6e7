/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-addition-private.h"
#include "solco-folder-model.h"
#include "solco-journal-private.h"
#include "solco-name-check.h"
#include "solco-project-private.h"

#include <string.h>

enum
{
  PROP_N_CHANGES = 1,
  PROP_DIRTY,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  PROP_LABEL,
  PROP_IS_MULTI_SESSION,
  N_PROPERTIES
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_RESET,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SolcoProject, solco_project, G_TYPE_OBJECT)

void
solco_disc_edit_free (SolcoDiscEdit *self)
{
  g_free (self->from);
  g_free (self->to);
  g_free (self);
}

SolcoDiscState *
solco_disc_state_new (void)
{
  SolcoDiscState *self = g_new0 (SolcoDiscState, 1);

  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

SolcoDiscState *
solco_disc_state_ref (SolcoDiscState *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
solco_disc_state_unref (SolcoDiscState *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->tree, solco_tree_unref);
  g_clear_pointer (&self->identity, solco_disc_identity_free);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_free (self->label);
  g_free (self);
}

static void
solco_project_finalize (GObject *object)
{
  SolcoProject *self = SOLCO_PROJECT (object);

  g_ptr_array_unref (self->redo);
  g_ptr_array_unref (self->undo);
  g_ptr_array_unref (self->additions);
  g_ptr_array_unref (self->holders);
  g_hash_table_unref (self->touched);
  g_hash_table_unref (self->rows);
  solco_extents_free (self->extents);
  solco_node_store_free (self->store);
  solco_disc_state_unref (self->disc);
  g_free (self->label);
  g_free (self->shown_label);
  g_free (self->default_label);
  G_OBJECT_CLASS (solco_project_parent_class)->finalize (object);
}

static void
solco_project_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SolcoProject *self = SOLCO_PROJECT (object);

  switch (id)
    {
    case PROP_N_CHANGES:
      g_value_set_uint64 (value, solco_project_get_n_changes (self));
      break;
    case PROP_DIRTY:
      g_value_set_boolean (value, solco_project_is_dirty (self));
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, self->undo->len > 0);
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, self->redo->len > 0);
      break;
    case PROP_LABEL:
      g_value_set_string (value, solco_project_get_label (self));
      break;
    case PROP_IS_MULTI_SESSION:
      g_value_set_boolean (value, self->disc->identity != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
solco_project_class_init (SolcoProjectClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = solco_project_finalize;
  object_class->get_property = solco_project_get_property;

  properties[PROP_N_CHANGES]
      = g_param_spec_uint64 ("n-changes", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_DIRTY] = g_param_spec_boolean ("dirty", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_IS_MULTI_SESSION]
      = g_param_spec_boolean ("is-multi-session", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SOLCO_TYPE_PROJECT, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_RESET] = g_signal_new ("reset", SOLCO_TYPE_PROJECT, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);
}

const SolcoAttributes *
solco_project_get_folder_attributes (SolcoProject *self)
{
  /* Owner and group are root's: nobody else's number means anything on another computer. */
  SolcoAttributes attributes = { .mode = 0755 };

  return solco_node_store_intern_attributes (self->store, &attributes);
}

static gint64
now_s (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static void
solco_project_init (SolcoProject *self)
{
  self->store = solco_node_store_new ();
  self->extents = solco_extents_new ();
  self->undo = g_ptr_array_new_with_free_func ((GDestroyNotify) solco_step_free);
  self->redo = g_ptr_array_new_with_free_func ((GDestroyNotify) solco_step_free);
  self->additions = g_ptr_array_new ();
  self->holders = g_ptr_array_new ();
  self->rows = g_hash_table_new (NULL, NULL);
  self->touched = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->options.manifest = TRUE;

  self->disc = solco_disc_state_new ();
  self->disc->root_attributes = solco_project_get_folder_attributes (self);
  self->disc->root_mtime_s = now_s ();

  self->root = solco_node_store_new_node (self->store, SOLCO_NODE_DIRECTORY);
  self->root->name = "";
  self->root->attributes = self->disc->root_attributes;
  self->root->mtime_s = self->disc->root_mtime_s;
  self->shown_label = g_strdup (solco_project_get_label (self));
}

/**
 * solco_project_new:
 *
 * An empty stage for a blank disc. Main thread.
 *
 * Returns: (transfer full): a project
 */
SolcoProject *
solco_project_new (void)
{
  return g_object_new (SOLCO_TYPE_PROJECT, NULL);
}

/**
 * solco_project_get_root:
 * @self: a project
 *
 * Main thread.
 *
 * Returns: (transfer none): the root folder, the same for the project's whole life
 */
SolcoNode *
solco_project_get_root (SolcoProject *self)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self), NULL);

  return self->root;
}

/**
 * solco_project_lookup:
 * @self: a project
 * @path: a path on the disc; leading, trailing and doubled slashes do not count
 *
 * Main thread.
 *
 * Returns: (transfer none) (nullable): the item, removed ones included
 */
SolcoNode *
solco_project_lookup (SolcoProject *self, const char *path)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self) && path != NULL, NULL);

  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  SolcoNode *node = self->root;

  for (gsize i = 0; parts[i] != NULL && node != NULL; i++)
    {
      if (*parts[i] != '\0')
        node = solco_node_lookup_child (node, parts[i]);
    }
  return node;
}

/**
 * solco_project_get_totals:
 * @self: a project
 *
 * Main thread.
 *
 * Returns: (transfer none): sums over everything
 */
const SolcoTotals *
solco_project_get_totals (SolcoProject *self)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self), NULL);

  return &self->root->folder->sums.totals;
}

/**
 * solco_project_get_n_changes:
 * @self: a project
 *
 * Main thread.
 *
 * Returns: how many items are new, replaced, removed, renamed or moved
 */
guint64
solco_project_get_n_changes (SolcoProject *self)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self), 0);

  const SolcoSums *sums = &self->root->folder->sums;

  return sums->totals.n_new_files + sums->totals.n_new_folders + sums->totals.n_removed_files
         + sums->totals.n_removed_folders + sums->n_renamed;
}

/**
 * solco_project_get_n_symlinks:
 * @self: a project
 *
 * Main thread.
 *
 * Returns: how many symbolic links the session will hold, which Joliet readers will not see
 */
guint64
solco_project_get_n_symlinks (SolcoProject *self)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self), 0);

  return self->root->folder->sums.n_symlinks;
}

/**
 * solco_project_dup_source_path:
 * @self: a project
 * @node: a node of it
 *
 * Main thread.
 *
 * Returns: (transfer full) (nullable) (type filename): the local path that a new item comes from
 */
char *
solco_project_dup_source_path (SolcoProject *self, const SolcoNode *node)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self) && node != NULL, NULL);

  if (node->source_directory == NULL)
    return NULL;
  return g_build_filename (node->source_directory, solco_node_get_source_name (node), NULL);
}

/**
 * solco_project_dup_disc_path:
 * @self: a project
 * @node: a node of it
 *
 * Main thread.
 *
 * Returns: (transfer full) (nullable): the path under which the disc has the item, or where that
 *   is new, the one whose place it takes
 */
char *
solco_project_dup_disc_path (SolcoProject *self, const SolcoNode *node)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self) && node != NULL, NULL);

  while (node != NULL && !solco_node_is_on_disc (node))
    node = node->replaced;
  if (node == NULL || self->disc->tree == NULL)
    return NULL;
  return solco_tree_dup_path (self->disc->tree, node->disc_index);
}

/**
 * solco_project_get_collation_key:
 * @self: a project
 * @node: a node of it
 *
 * Main thread. Made at the first call, kept from then on.
 *
 * Returns: (transfer none): the key of its name, for strcmp()
 */
const char *
solco_project_get_collation_key (SolcoProject *self, const SolcoNode *node)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self) && node != NULL, NULL);

  if (node->collation_key == NULL)
    {
      g_autofree char *key = g_utf8_collate_key_for_filename (node->name, -1);

      /* A cache: it does not change what the node is. */
      ((SolcoNode *) node)->collation_key = solco_node_store_add_string (self->store, key);
    }
  return node->collation_key;
}

/**
 * solco_project_get_children:
 * @self: a project
 * @folder: a folder of it
 *
 * Main thread.
 *
 * Returns: (transfer full): its children as a list of #SolcoRow
 */
GListModel *
solco_project_get_children (SolcoProject *self, SolcoNode *folder)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self), NULL);
  g_return_val_if_fail (folder != NULL && solco_node_is_folder (folder), NULL);

  return G_LIST_MODEL (solco_folder_model_get (self, folder));
}

/**
 * solco_project_set_label:
 * @self: a project
 * @label: (nullable): a label, UTF-8; %NULL or "" for the one that Solco chooses
 *
 * One undoable step, unless it is the same as before. Main thread.
 */
void
solco_project_set_label (SolcoProject *self, const char *label)
{
  g_return_if_fail (SOLCO_IS_PROJECT (self));
  g_return_if_fail (label == NULL || g_utf8_validate (label, -1, NULL));

  if (label != NULL && *label == '\0')
    label = NULL;
  if (g_strcmp0 (label, self->label) == 0)
    return;
  solco_project_begin_edit (self, SOLCO_EDIT_LABEL, NULL);
  solco_project_put_label (self, label);
  solco_project_end_edit (self);
}

/**
 * solco_project_get_label:
 * @self: a project
 *
 * The label that was set; without one, that of the disc to which a session is added; without one
 * of these, today's date. Main thread.
 *
 * Returns: (transfer none): it, valid until the next call
 */
const char *
solco_project_get_label (SolcoProject *self)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self), NULL);

  if (self->label != NULL)
    return self->label;
  if (self->disc->label != NULL && *self->disc->label != '\0')
    return self->disc->label;

  g_free (self->default_label);
  self->default_label = solco_label_get_default ();
  return self->default_label;
}

/**
 * solco_project_is_label_edited:
 * @self: a project
 *
 * Main thread.
 *
 * Returns: whether the label was set, and is another one than the disc has
 */
gboolean
solco_project_is_label_edited (SolcoProject *self)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self), FALSE);

  return self->label != NULL && g_strcmp0 (self->label, self->disc->label) != 0;
}

/**
 * solco_project_get_options:
 * @self: a project
 *
 * Main thread.
 *
 * Returns: (transfer none): what is burned beside the tree
 */
const SolcoProjectOptions *
solco_project_get_options (SolcoProject *self)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self), NULL);

  return &self->options;
}

/**
 * solco_project_set_options:
 * @self: a project
 * @options: what is burned beside the tree
 *
 * Main thread.
 */
void
solco_project_set_options (SolcoProject *self, const SolcoProjectOptions *options)
{
  g_return_if_fail (SOLCO_IS_PROJECT (self) && options != NULL);

  if (memcmp (&self->options, options, sizeof *options) == 0)
    return;
  self->options = *options;
  self->options_changed = TRUE;
  self->is_changed = TRUE;
  solco_project_announce (self);
}

/**
 * solco_project_is_dirty:
 * @self: a project
 *
 * Main thread.
 *
 * Returns: whether closing it now would lose something
 */
gboolean
solco_project_is_dirty (SolcoProject *self)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self), FALSE);

  if (solco_project_get_state (self) == self->saved_state && !self->options_changed)
    return FALSE;
  /* What a disc alone brought in is no work of the user. */
  return self->saved_with_changes || solco_project_get_n_changes (self) > 0
         || solco_project_is_label_edited (self);
}

/**
 * solco_project_mark_saved:
 * @self: a project
 *
 * What it is now is what is stored. Main thread.
 */
void
solco_project_mark_saved (SolcoProject *self)
{
  g_return_if_fail (SOLCO_IS_PROJECT (self));

  self->saved_state = solco_project_get_state (self);
  self->options_changed = FALSE;
  self->saved_with_changes
      = solco_project_get_n_changes (self) > 0 || solco_project_is_label_edited (self);
  solco_project_announce (self);
}

/**
 * solco_project_get_disc:
 * @self: a project
 *
 * Main thread.
 *
 * Returns: (transfer none) (nullable): the disc that the stage is made for
 */
const SolcoDiscIdentity *
solco_project_get_disc (SolcoProject *self)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self), NULL);

  return self->disc->identity;
}

/**
 * solco_project_get_disc_tree:
 * @self: a project
 *
 * Main thread.
 *
 * Returns: (transfer none) (nullable): the tree as it was read from that disc
 */
SolcoTree *
solco_project_get_disc_tree (SolcoProject *self)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self), NULL);

  return self->disc->tree;
}

/**
 * solco_project_is_waiting_for_disc:
 * @self: a project
 *
 * Main thread.
 *
 * Returns: whether it was loaded from a file that expects a disc which has not been imported yet
 */
gboolean
solco_project_is_waiting_for_disc (SolcoProject *self)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self), FALSE);

  return self->disc->identity != NULL && self->disc->tree == NULL;
}

/**
 * solco_project_is_adding:
 * @self: a project
 *
 * Main thread.
 *
 * Returns: whether an addition runs or waits for its turn
 */
gboolean
solco_project_is_adding (SolcoProject *self)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self), FALSE);

  return self->additions->len > 0;
}

void
solco_project_cancel_additions (SolcoProject *self)
{
  /* Each takes itself out of the list. */
  while (self->additions->len > 0)
    solco_addition_abort (g_ptr_array_index (self->additions, self->additions->len - 1));
}

void
solco_project_forget_row (SolcoProject *self, const SolcoNode *node)
{
  g_hash_table_remove (self->rows, node);
}

void
solco_project_announce (SolcoProject *self)
{
  guint64 n_changes = solco_project_get_n_changes (self);
  gboolean dirty = solco_project_is_dirty (self);
  gboolean can_undo = self->undo->len > 0;
  gboolean can_redo = self->redo->len > 0;
  gboolean multi_session = self->disc->identity != NULL;
  g_autofree char *label = g_strdup (solco_project_get_label (self));
  gboolean is_changed = self->is_changed;
  gboolean is_reset = self->is_reset;

  self->is_changed = FALSE;
  self->is_reset = FALSE;
  g_object_freeze_notify (G_OBJECT (self));
  if (n_changes != self->shown_n_changes)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_CHANGES]);
  if (dirty != self->shown_dirty)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIRTY]);
  if (can_undo != self->shown_can_undo)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
  if (can_redo != self->shown_can_redo)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REDO]);
  if (multi_session != self->shown_multi_session)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_MULTI_SESSION]);
  if (g_strcmp0 (label, self->shown_label) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
  self->shown_n_changes = n_changes;
  self->shown_dirty = dirty;
  self->shown_can_undo = can_undo;
  self->shown_can_redo = can_redo;
  self->shown_multi_session = multi_session;
  g_free (self->shown_label);
  self->shown_label = g_steal_pointer (&label);
  g_object_thaw_notify (G_OBJECT (self));
  if (is_reset)
    g_signal_emit (self, signals[SIGNAL_RESET], 0);
  if (is_changed)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}
