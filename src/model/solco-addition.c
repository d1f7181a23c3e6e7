/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-addition-private.h"
#include "solco-error.h"
#include "solco-journal-private.h"
#include "solco-project-private.h"
#include "solco-row.h"

#include <string.h>

enum
{
  PROP_N_FILES = 1,
  PROP_N_FOLDERS,
  PROP_N_BYTES,
  PROP_N_PROBLEMS,
  PROP_N_CONFLICTS,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (SolcoAddition, solco_addition, G_TYPE_OBJECT)

static void start (SolcoAddition *self);

static void
request_free (SolcoAdditionRequest *self)
{
  g_free (self->path);
  g_object_unref (self->folder);
  g_free (self->name);
  solco_scan_options_unref (self->options);
  g_clear_pointer (&self->skip, g_ptr_array_unref);
  g_clear_pointer (&self->renamed, g_ptr_array_unref);
  g_clear_pointer (&self->new_names, g_ptr_array_unref);
  g_clear_pointer (&self->holes, g_hash_table_unref);
  g_free (self);
}

static void
conflict_free (SolcoPendingConflict *self)
{
  g_free (self->shown.path);
  g_free (self->shown.source_path);
  g_object_unref (self->folder);
  g_object_unref (self->existing);
  g_free (self);
}

static void
disconnect_outer (SolcoAddition *self)
{
  if (self->outer != NULL)
    g_cancellable_disconnect (self->outer, self->outer_handler);
  g_clear_object (&self->outer);
}

void
solco_addition_drop_conflicts (SolcoAddition *self)
{
  for (guint i = 0; i < self->conflicts->len; i++)
    {
      SolcoPendingConflict *conflict = g_ptr_array_index (self->conflicts, i);

      solco_project_discard (self->project, conflict->node);
    }
  g_ptr_array_set_size (self->conflicts, 0);
}

static void
solco_addition_finalize (GObject *object)
{
  SolcoAddition *self = SOLCO_ADDITION (object);

  disconnect_outer (self);
  solco_addition_drop_conflicts (self);
  g_ptr_array_remove (self->project->holders, self);
  solco_project_forget_owner (self->project, self);
  g_ptr_array_unref (self->conflicts);
  g_ptr_array_unref (self->requests);
  g_ptr_array_unref (self->problems);
  g_ptr_array_unref (self->directories);
  g_clear_object (&self->cancellable);
  solco_scan_options_unref (self->options);
  g_object_unref (self->project);
  G_OBJECT_CLASS (solco_addition_parent_class)->finalize (object);
}

static void
solco_addition_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SolcoAddition *self = SOLCO_ADDITION (object);

  switch (id)
    {
    case PROP_N_FILES:
      g_value_set_uint64 (value, self->n_files);
      break;
    case PROP_N_FOLDERS:
      g_value_set_uint64 (value, self->n_folders);
      break;
    case PROP_N_BYTES:
      g_value_set_uint64 (value, self->n_bytes);
      break;
    case PROP_N_PROBLEMS:
      g_value_set_uint (value, self->problems->len);
      break;
    case PROP_N_CONFLICTS:
      g_value_set_uint (value, self->conflicts->len);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
solco_addition_class_init (SolcoAdditionClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = solco_addition_finalize;
  object_class->get_property = solco_addition_get_property;

  properties[PROP_N_FILES] = g_param_spec_uint64 ("n-files", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_N_FOLDERS]
      = g_param_spec_uint64 ("n-folders", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_N_BYTES] = g_param_spec_uint64 ("n-bytes", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_N_PROBLEMS]
      = g_param_spec_uint ("n-problems", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_CONFLICTS]
      = g_param_spec_uint ("n-conflicts", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
solco_addition_init (SolcoAddition *self)
{
  self->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) request_free);
  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) solco_problem_free);
  self->conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) conflict_free);
  self->directories = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
}

/**
 * solco_addition_new:
 * @project: the project that gets the items
 * @options: what to take from the sources
 * @policy: what to do where a name is taken
 *
 * Main thread.
 *
 * Returns: (transfer full): an addition for one run
 */
SolcoAddition *
solco_addition_new (SolcoProject *project, SolcoScanOptions *options, SolcoConflictPolicy policy)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (project) && options != NULL, NULL);

  SolcoAddition *self = g_object_new (SOLCO_TYPE_ADDITION, NULL);

  self->project = g_object_ref (project);
  self->options = solco_scan_options_ref (options);
  self->policy = policy;
  g_ptr_array_add (project->holders, self);
  return self;
}

static void
add_request (SolcoAddition *self, const char *path, SolcoNode *folder, const char *name,
             gboolean contents_of)
{
  SolcoAdditionRequest *request = g_new0 (SolcoAdditionRequest, 1);

  request->path = g_canonicalize_filename (path, NULL);
  request->folder = solco_row_get (self->project, folder);
  request->name = g_strdup (name);
  request->contents_of = contents_of;
  request->options = solco_scan_options_ref (self->options);
  g_ptr_array_add (self->requests, request);
}

/**
 * solco_addition_add_path:
 * @self: an addition that does not run yet
 * @path: (type filename): a local file, folder or link
 * @folder: a folder of the project, where it goes
 * @name: (nullable): a valid name that it gets there, %NULL for its own
 *
 * Main thread.
 */
void
solco_addition_add_path (SolcoAddition *self, const char *path, SolcoNode *folder,
                         const char *name)
{
  g_return_if_fail (SOLCO_IS_ADDITION (self) && self->task == NULL);
  g_return_if_fail (path != NULL && *path != '\0');
  g_return_if_fail (folder != NULL && solco_node_is_folder (folder));

  add_request (self, path, folder, name, FALSE);
}

/**
 * solco_addition_add_contents:
 * @self: an addition that does not run yet
 * @path: (type filename): a local folder
 * @folder: a folder of the project, which gets what is in it
 *
 * Main thread.
 */
void
solco_addition_add_contents (SolcoAddition *self, const char *path, SolcoNode *folder)
{
  g_return_if_fail (SOLCO_IS_ADDITION (self) && self->task == NULL);
  g_return_if_fail (path != NULL && *path != '\0');
  g_return_if_fail (folder != NULL && solco_node_is_folder (folder));

  add_request (self, path, folder, NULL, TRUE);
}

static SolcoAdditionRequest *
get_last_request (SolcoAddition *self)
{
  return g_ptr_array_index (self->requests, self->requests->len - 1);
}

void
solco_addition_except (SolcoAddition *self, GPtrArray *skip, GPtrArray *renamed,
                       GPtrArray *new_names)
{
  SolcoAdditionRequest *request = get_last_request (self);

  request->skip = g_ptr_array_ref (skip);
  request->renamed = g_ptr_array_ref (renamed);
  request->new_names = g_ptr_array_ref (new_names);
  request->holes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < skip->len; i++)
    {
      g_autofree char *path = g_build_filename (request->path, g_ptr_array_index (skip, i), NULL);
      g_autofree char *directory = g_path_get_dirname (path);
      GPtrArray *names = g_hash_table_lookup (request->holes, directory);

      if (names == NULL)
        {
          names = g_ptr_array_new_with_free_func (g_free);
          g_hash_table_insert (request->holes, g_steal_pointer (&directory), names);
        }
      g_ptr_array_add (names, g_path_get_basename (path));
    }
}

void
solco_addition_set_options (SolcoAddition *self, SolcoScanOptions *options)
{
  SolcoAdditionRequest *request = get_last_request (self);

  solco_scan_options_unref (request->options);
  request->options = solco_scan_options_ref (options);
}

static void
notify_progress (SolcoAddition *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 1; i < N_PROPERTIES; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
on_batch (const SolcoScanBatch *batch, gpointer user_data)
{
  SolcoAddition *self = user_data;

  if (self->is_aborted)
    return;
  solco_addition_lay_batch (self, batch);
  notify_progress (self);
}

static void
on_problem (const SolcoProblem *problem, gpointer user_data)
{
  SolcoAddition *self = user_data;

  if (!self->is_aborted)
    g_ptr_array_add (self->problems, solco_problem_copy (problem));
}

/* Leaves the queue of the project; the next one starts. */
static void
leave (SolcoAddition *self)
{
  GPtrArray *additions = self->project->additions;
  gboolean was_first = additions->len > 0 && g_ptr_array_index (additions, 0) == self;

  if (g_ptr_array_remove (additions, self) && was_first && additions->len > 0)
    start (g_ptr_array_index (additions, 0));
}

static void
complete (SolcoAddition *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  disconnect_outer (self);
  g_ptr_array_set_size (self->directories, 0);
  if (self->is_aborted || g_cancellable_is_cancelled (self->cancellable))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                             "Adding was stopped; what had been found until then is staged.");
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_scanned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SolcoAddition) self = user_data;
  g_autoptr (GError) error = NULL;

  /* Its only error is the cancellation, which complete() tells by itself. */
  if (!solco_scanner_run_finish (SOLCO_SCANNER (source), result, &error))
    g_cancellable_cancel (self->cancellable);
  leave (self);
  complete (self);
}

static void
start (SolcoAddition *self)
{
  g_autoptr (SolcoScanner) scanner = solco_scanner_new ();

  for (guint i = 0; i < self->requests->len; i++)
    {
      const SolcoAdditionRequest *request = g_ptr_array_index (self->requests, i);

      solco_scanner_add_path (scanner, request->path, request->name, request->contents_of,
                              request->options, NULL);
      if (request->skip != NULL)
        solco_scanner_except (scanner, request->skip, request->renamed, request->new_names);
    }
  solco_scanner_run_async (scanner, on_batch, on_problem, self, self->cancellable, on_scanned,
                           g_object_ref (self));
}

static void
on_outer_cancelled (GCancellable *outer, gpointer user_data)
{
  SolcoAddition *self = user_data;

  g_cancellable_cancel (self->cancellable);
}

/**
 * solco_addition_run_async:
 * @self: an addition with its paths
 * @cancellable: (nullable): stops it; what has arrived stays
 * @callback: called when it has ended
 * @user_data: for @callback
 *
 * If another addition of the project runs, this one waits for its turn. Main thread.
 */
void
solco_addition_run_async (SolcoAddition *self, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (SOLCO_IS_ADDITION (self) && self->task == NULL);

  self->task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->task, solco_addition_run_async);
  if (cancellable != NULL)
    {
      self->outer = g_object_ref (cancellable);
      self->outer_handler
          = g_cancellable_connect (cancellable, G_CALLBACK (on_outer_cancelled), self, NULL);
    }
  g_ptr_array_add (self->project->additions, self);
  if (self->project->additions->len == 1)
    start (self);
}

/**
 * solco_addition_run_finish:
 * @self: an addition
 * @result: what the callback got
 * @error: return location: %G_IO_ERROR_CANCELLED
 *
 * Main thread.
 *
 * Returns: whether everything was looked at
 */
gboolean
solco_addition_run_finish (SolcoAddition *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
solco_addition_abort (SolcoAddition *self)
{
  GPtrArray *additions = self->project->additions;
  gboolean runs = additions->len > 0 && g_ptr_array_index (additions, 0) == self;

  self->is_aborted = TRUE;
  solco_addition_drop_conflicts (self);
  g_ptr_array_set_size (self->directories, 0);
  g_cancellable_cancel (self->cancellable);
  if (!g_ptr_array_remove (additions, self))
    return;
  /* One that runs completes when its scanner has stopped. */
  if (!runs && self->task != NULL)
    complete (self);
}

void
solco_addition_begin_merge (SolcoAddition *self)
{
  self->directory_paths = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->directories->len; i++)
    {
      const SolcoNode *folder = g_ptr_array_index (self->directories, i);
      gboolean is_in = folder != NULL && solco_project_is_attached (self->project, folder);

      g_ptr_array_add (self->directory_paths, is_in ? solco_node_dup_path (folder) : NULL);
    }
}

void
solco_addition_end_merge (SolcoAddition *self)
{
  g_autoptr (GPtrArray) paths = g_steal_pointer (&self->directory_paths);

  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      SolcoNode *folder = g_ptr_array_index (self->directories, i);

      if (path == NULL || solco_project_is_attached (self->project, folder))
        continue;
      folder = solco_project_lookup (self->project, path);
      self->directories->pdata[i]
          = folder != NULL && solco_node_is_folder (folder) ? folder : NULL;
    }
}

/**
 * solco_addition_get_n_files:
 * @self: an addition
 *
 * Main thread.
 *
 * Returns: files and links found so far, those included that wait for a decision
 */
guint64
solco_addition_get_n_files (SolcoAddition *self)
{
  g_return_val_if_fail (SOLCO_IS_ADDITION (self), 0);

  return self->n_files;
}

/**
 * solco_addition_get_n_folders:
 * @self: an addition
 *
 * Main thread.
 *
 * Returns: folders found so far
 */
guint64
solco_addition_get_n_folders (SolcoAddition *self)
{
  g_return_val_if_fail (SOLCO_IS_ADDITION (self), 0);

  return self->n_folders;
}

/**
 * solco_addition_get_n_bytes:
 * @self: an addition
 *
 * Main thread.
 *
 * Returns: bytes of the files found so far
 */
guint64
solco_addition_get_n_bytes (SolcoAddition *self)
{
  g_return_val_if_fail (SOLCO_IS_ADDITION (self), 0);

  return self->n_bytes;
}

/**
 * solco_addition_get_problems:
 * @self: an addition
 *
 * Main thread.
 *
 * Returns: (transfer none) (element-type SolcoProblem): what was left out or got another name
 */
GPtrArray *
solco_addition_get_problems (SolcoAddition *self)
{
  g_return_val_if_fail (SOLCO_IS_ADDITION (self), NULL);

  return self->problems;
}

/**
 * solco_addition_get_n_conflicts:
 * @self: an addition
 *
 * Main thread.
 *
 * Returns: how many items wait for a decision
 */
guint
solco_addition_get_n_conflicts (SolcoAddition *self)
{
  g_return_val_if_fail (SOLCO_IS_ADDITION (self), 0);

  return self->conflicts->len;
}

/**
 * solco_addition_get_conflict:
 * @self: an addition
 * @index: less than solco_addition_get_n_conflicts()
 *
 * Main thread.
 *
 * Returns: (transfer none): the conflict, valid until it is resolved or asked for again
 */
const SolcoConflict *
solco_addition_get_conflict (SolcoAddition *self, guint index)
{
  g_return_val_if_fail (SOLCO_IS_ADDITION (self) && index < self->conflicts->len, NULL);

  SolcoPendingConflict *conflict = g_ptr_array_index (self->conflicts, index);

  conflict->shown.existing = solco_row_get_node (conflict->existing);
  conflict->shown.size_bytes = solco_node_get_size_bytes (conflict->node);
  conflict->shown.mtime_s = conflict->node->mtime_s;
  return &conflict->shown;
}

/**
 * solco_addition_resolve:
 * @self: an addition
 * @index: less than solco_addition_get_n_conflicts()
 * @policy: what to do; not ASK
 * @apply_to_all: also with all others that wait, and with all that come
 *
 * The conflict leaves the list; those behind it move up. Main thread.
 */
void
solco_addition_resolve (SolcoAddition *self, guint index, SolcoConflictPolicy policy,
                        gboolean apply_to_all)
{
  g_return_if_fail (SOLCO_IS_ADDITION (self) && index < self->conflicts->len);
  g_return_if_fail (policy != SOLCO_CONFLICT_ASK);

  g_autoptr (GPtrArray) resolved
      = g_ptr_array_new_with_free_func ((GDestroyNotify) conflict_free);

  g_object_ref (self);
  if (apply_to_all)
    {
      GPtrArray *all = self->conflicts;

      self->policy = policy;
      self->conflicts = g_steal_pointer (&resolved);
      resolved = all;
    }
  else
    {
      g_ptr_array_add (resolved, g_ptr_array_steal_index (self->conflicts, index));
    }
  solco_project_begin_edit (self->project, SOLCO_EDIT_ADD, self);
  /* Where the step began with what was added, these count already. */
  if (self->project->step->n_items == 0)
    solco_project_note_items (self->project, resolved->len);
  for (guint i = 0; i < resolved->len; i++)
    solco_addition_settle_pending (self, g_ptr_array_index (resolved, i), policy);
  solco_project_end_edit (self->project);
  notify_progress (self);
  g_object_unref (self);
}
