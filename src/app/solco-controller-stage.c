/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files come in, and what is found along the way. */
#include "solco-controller-private.h"

#include "engine/solco-error.h"

/* One action of adding, from its start until its last conflict is decided. */
typedef struct
{
  SolcoController *controller; /* not owned */
  SolcoAddition *addition;
  guint n_reported;
  gboolean is_running;
  gboolean has_asked;
} Adding;

void
solco_controller_add_problems (SolcoController *self, const GPtrArray *problems, guint first)
{
  if (problems == NULL || problems->len <= first)
    return;
  solco_problem_list_append (self->problems, problems, first);
  solco_controller_queue_status (self);
}

static void
adding_free (Adding *adding)
{
  g_signal_handlers_disconnect_by_data (adding->addition, adding);
  g_object_unref (adding->addition);
  g_free (adding);
}

static void
end_if_done (Adding *adding)
{
  SolcoController *self = adding->controller;

  if (adding->is_running || solco_addition_get_n_conflicts (adding->addition) > 0)
    return;
  g_ptr_array_remove (self->additions, adding);
  adding_free (adding);
}

static void
on_problems (Adding *adding)
{
  GPtrArray *problems = solco_addition_get_problems (adding->addition);

  solco_controller_add_problems (adding->controller, problems, adding->n_reported);
  adding->n_reported = problems->len;
}

static void
on_conflicts (Adding *adding)
{
  if (solco_addition_get_n_conflicts (adding->addition) > 0 && !adding->has_asked)
    {
      adding->has_asked = TRUE;
      g_signal_emit_by_name (adding->controller, "conflict", adding->addition);
    }
  end_if_done (adding);
}

static void
on_found (Adding *adding)
{
  solco_controller_queue_status (adding->controller);
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SolcoAddition *addition = SOLCO_ADDITION (source);
  g_autoptr (SolcoController) self = user_data;
  g_autoptr (GError) error = NULL;

  /* What was cancelled stays as far as it had come, and can be undone. */
  if (!solco_addition_run_finish (addition, result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    solco_controller_report_error (self, error);
  for (guint i = 0; i < self->additions->len; i++)
    {
      Adding *adding = g_ptr_array_index (self->additions, i);

      if (adding->addition != addition)
        continue;
      adding->is_running = FALSE;
      end_if_done (adding);
      break;
    }
  if (self->project == NULL)
    return;
  solco_controller_touch (self);
  g_object_notify (G_OBJECT (self), "is-adding");
}

static SolcoScanOptions *
make_options (SolcoController *self)
{
  return solco_scan_options_new (g_settings_get_boolean (self->settings, "skip-hidden"),
                                 (SolcoSymlinkPolicy) g_settings_get_enum (self->settings,
                                                                           "symlinks"),
                                 TRUE, NULL);
}

static void
run (SolcoController *self, SolcoAddition *addition)
{
  Adding *adding = g_new0 (Adding, 1);

  if (self->adding == NULL)
    self->adding = g_cancellable_new ();
  adding->controller = self;
  adding->addition = g_object_ref (addition);
  adding->is_running = TRUE;
  g_ptr_array_add (self->additions, adding);
  g_signal_connect_swapped (addition, "notify::n-problems", G_CALLBACK (on_problems), adding);
  g_signal_connect_swapped (addition, "notify::n-conflicts", G_CALLBACK (on_conflicts), adding);
  g_signal_connect_swapped (addition, "notify::n-files", G_CALLBACK (on_found), adding);
  solco_addition_run_async (addition, self->adding, on_added, g_object_ref (self));
  g_object_notify (G_OBJECT (self), "is-adding");
  solco_controller_touch (self);
}

/**
 * solco_controller_stage_files:
 * @self: a controller
 * @files: (element-type GFile): files and folders that were dropped, chosen or pasted
 * @folder: (nullable): a folder of the stage, %NULL for its root
 *
 * Lists them on another thread and adds them as one step that can be undone. What has no local
 * path is reported as a problem. Main thread.
 */
void
solco_controller_stage_files (SolcoController *self, GSList *files, SolcoNode *folder)
{
  g_autoptr (SolcoScanOptions) options = NULL;
  g_autoptr (SolcoAddition) addition = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  guint n_paths = 0;

  g_return_if_fail (SOLCO_IS_CONTROLLER (self));

  if (folder == NULL)
    folder = solco_project_get_root (self->project);
  options = make_options (self);
  addition = solco_addition_new (self->project, options,
                                 (SolcoConflictPolicy) g_settings_get_enum (self->settings,
                                                                            "conflict-policy"));
  problems = g_ptr_array_new_with_free_func ((GDestroyNotify) solco_problem_free);
  for (GSList *l = files; l != NULL; l = l->next)
    {
      const char *path = g_file_peek_path (l->data);

      if (path != NULL)
        {
          solco_addition_add_path (addition, path, folder, NULL);
          n_paths++;
        }
      else
        {
          g_autofree char *uri = g_file_get_uri (l->data);

          g_ptr_array_add (problems,
                           solco_problem_new (SOLCO_PROBLEM_SOURCE_NOT_LOCAL, uri, NULL, 0));
        }
    }
  solco_controller_add_problems (self, problems, 0);
  if (n_paths > 0)
    run (self, addition);
}

/**
 * solco_controller_stage_again:
 * @self: a controller
 * @disc_paths: (array zero-terminated=1): paths of files of the last burn
 *
 * Stages the local files again that these were made from, as they are now. Main thread.
 */
void
solco_controller_stage_again (SolcoController *self, const char *const *disc_paths)
{
  g_autoptr (SolcoScanOptions) options = NULL;
  g_autoptr (SolcoAddition) addition = NULL;
  guint n_paths = 0;

  g_return_if_fail (SOLCO_IS_CONTROLLER (self) && disc_paths != NULL);

  if (self->job_plan == NULL)
    return;
  options = make_options (self);
  addition = solco_addition_new (self->project, options, SOLCO_CONFLICT_REPLACE);
  for (gsize i = 0; disc_paths[i] != NULL; i++)
    {
      const guint32 index = solco_tree_lookup (self->job_plan->tree, disc_paths[i]);
      g_autofree char *source = NULL;
      g_autofree char *directory = g_path_get_dirname (disc_paths[i]);
      g_autofree char *name = g_path_get_basename (disc_paths[i]);
      g_autoptr (GError) error = NULL;
      SolcoNode *folder;

      if (index != SOLCO_TREE_NONE)
        source = solco_tree_dup_source_path (self->job_plan->tree, index);
      if (source == NULL)
        continue;
      folder = solco_project_ensure_folder (self->project, directory, &error);
      if (folder == NULL)
        {
          solco_controller_report_error (self, error);
          continue;
        }
      solco_addition_add_path (addition, source, folder, name);
      n_paths++;
    }
  if (n_paths > 0)
    run (self, addition);
}

/**
 * solco_controller_stop_adding:
 * @self: a controller
 *
 * Stops listing; what has arrived stays. Main thread.
 */
void
solco_controller_stop_adding (SolcoController *self)
{
  g_return_if_fail (SOLCO_IS_CONTROLLER (self));

  g_cancellable_cancel (self->adding);
  g_clear_object (&self->adding);
}

/**
 * solco_controller_is_adding:
 * @self: a controller
 *
 * Returns: whether files are being listed
 */
gboolean
solco_controller_is_adding (SolcoController *self)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), FALSE);

  for (guint i = 0; i < self->additions->len; i++)
    if (((Adding *) g_ptr_array_index (self->additions, i))->is_running)
      return TRUE;
  return FALSE;
}

/**
 * solco_controller_get_adding_totals:
 * @self: a controller
 * @n_files: (out): files that were found so far
 * @n_bytes: (out): their bytes
 *
 * What is being listed at the moment. Main thread.
 */
void
solco_controller_get_adding_totals (SolcoController *self, guint64 *n_files, guint64 *n_bytes)
{
  g_return_if_fail (SOLCO_IS_CONTROLLER (self));

  *n_files = 0;
  *n_bytes = 0;
  for (guint i = 0; i < self->additions->len; i++)
    {
      const Adding *adding = g_ptr_array_index (self->additions, i);

      if (!adding->is_running)
        continue;
      *n_files += solco_addition_get_n_files (adding->addition);
      *n_bytes += solco_addition_get_n_bytes (adding->addition);
    }
}

/**
 * solco_controller_undo:
 * @self: a controller
 *
 * Takes the last step back; the session rules follow. Main thread.
 */
void
solco_controller_undo (SolcoController *self)
{
  SolcoEditKind kind;

  g_return_if_fail (SOLCO_IS_CONTROLLER (self));

  kind = solco_project_get_undo_kind (self->project);
  if (solco_project_undo (self->project))
    solco_controller_follow_project (self, kind, TRUE);
}

/**
 * solco_controller_redo:
 * @self: a controller
 *
 * Makes the last step that was taken back again. Main thread.
 */
void
solco_controller_redo (SolcoController *self)
{
  SolcoEditKind kind;

  g_return_if_fail (SOLCO_IS_CONTROLLER (self));

  kind = solco_project_get_redo_kind (self->project);
  if (solco_project_redo (self->project))
    solco_controller_follow_project (self, kind, FALSE);
}

/**
 * solco_controller_get_problems:
 * @self: a controller
 *
 * Returns: (transfer none): what was left out or changed since the stage was begun
 */
SolcoProblemList *
solco_controller_get_problems (SolcoController *self)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), NULL);

  return self->problems;
}

void
solco_controller_clear_additions (SolcoController *self)
{
  solco_controller_stop_adding (self);
  while (self->additions->len > 0)
    adding_free (g_ptr_array_steal_index (self->additions, self->additions->len - 1));
}
