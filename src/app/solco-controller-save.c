/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Project files, and the copy that a crash leaves behind. */
#include "solco-controller-private.h"

#include "engine/solco-error.h"
#include "model/solco-project-file.h"

/* So much work can be lost at most. */
#define AUTOSAVE_DELAY_MS 2000
#define AUTOSAVE_NAME "unsaved" SOLCO_PROJECT_FILE_SUFFIX

static GFile *
get_autosave_file (void)
{
  g_autofree char *path
      = g_build_filename (g_get_user_state_dir (), "solco", AUTOSAVE_NAME, NULL);

  return g_file_new_for_path (path);
}

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SolcoController) self = user_data;
  g_autoptr (GError) error = NULL;

  self->is_deleting = FALSE;
  if (!g_file_delete_finish (G_FILE (source), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_message ("The copy of the stage cannot be deleted: %s", error->message);
}

/**
 * solco_controller_discard_autosave:
 * @self: a controller
 *
 * What is unsaved is saved now, or not wanted: a restart shall not bring it back. Main thread.
 */
void
solco_controller_discard_autosave (SolcoController *self)
{
  g_autoptr (GFile) file = NULL;

  g_return_if_fail (SOLCO_IS_CONTROLLER (self));

  g_clear_handle_id (&self->autosave_id, g_source_remove);
  if (!self->has_autosave)
    return;
  self->has_autosave = FALSE;
  file = get_autosave_file ();
  self->is_deleting = TRUE;
  g_file_delete_async (file, G_PRIORITY_DEFAULT, NULL, on_deleted, g_object_ref (self));
}

static void
on_autosaved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SolcoController) self = user_data;
  g_autoptr (GError) error = NULL;

  self->is_autosaving = FALSE;
  if (!solco_project_file_save_finish (result, &error))
    g_message ("The stage cannot be kept for the case of a crash: %s", error->message);
  /* It was saved or given up in the meantime. */
  if (self->project != NULL && !solco_controller_is_unsaved (self))
    solco_controller_discard_autosave (self);
}

static void
autosave (SolcoController *self, GFile *file)
{
  self->is_autosaving = TRUE;
  self->has_autosave = TRUE;
  solco_project_file_save_async (self->project, file, NULL, on_autosaved, g_object_ref (self));
}

static void
make_directory (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (g_file_make_directory_with_parents (data, cancellable, &error)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_directory_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SolcoController *self = SOLCO_CONTROLLER (source);
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;

  self->is_autosaving = FALSE;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_message ("The folder for unsaved work cannot be made: %s", error->message);
  file = get_autosave_file ();
  if (self->project != NULL)
    autosave (self, file);
}

static gboolean
on_autosave (gpointer data)
{
  SolcoController *self = data;
  g_autoptr (GFile) file = get_autosave_file ();

  if (self->is_autosaving || solco_controller_is_adding (self))
    return G_SOURCE_CONTINUE;
  self->autosave_id = 0;
  if (self->has_autosave)
    {
      autosave (self, file);
    }
  else
    {
      g_autoptr (GTask) task = g_task_new (self, NULL, on_directory_made, NULL);

      self->is_autosaving = TRUE;
      g_task_set_task_data (task, g_file_get_parent (file), g_object_unref);
      g_task_run_in_thread (task, make_directory);
    }
  return G_SOURCE_REMOVE;
}

void
solco_controller_queue_autosave (SolcoController *self)
{
  if (!solco_controller_is_unsaved (self))
    {
      solco_controller_discard_autosave (self);
      return;
    }
  if (self->autosave_id == 0)
    self->autosave_id = g_timeout_add (AUTOSAVE_DELAY_MS, on_autosave, self);
}

void
solco_controller_clear_save (SolcoController *self)
{
  g_autoptr (GFile) file = get_autosave_file ();

  g_clear_handle_id (&self->autosave_id, g_source_remove);
  g_clear_object (&self->project_file);
  /* The program ends before anybody could do it later; nothing is shown any more. */
  if (self->is_deleting && !g_file_delete (file, NULL, NULL))
    g_debug ("The copy of the stage was deleted already");
}

/**
 * solco_controller_get_project_file:
 * @self: a controller
 *
 * Returns: (transfer none) (nullable): where the project was saved or read last
 */
GFile *
solco_controller_get_project_file (SolcoController *self)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), NULL);

  return self->project_file;
}

/**
 * solco_controller_is_unsaved:
 * @self: a controller
 *
 * Returns: whether work would be lost if the stage went now
 */
gboolean
solco_controller_is_unsaved (SolcoController *self)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), FALSE);

  return (solco_project_is_dirty (self->project) || self->is_restored)
         && (solco_project_get_n_changes (self->project) > 0
             || solco_project_is_label_edited (self->project));
}

/* The settings are where a new project begins. */
static void
init_options (SolcoController *self, SolcoProject *project)
{
  SolcoProjectOptions options = *solco_project_get_options (project);

  options.verify = g_settings_get_boolean (self->settings, "verify") ? SOLCO_VERIFY_FULL
                                                                     : SOLCO_VERIFY_NONE;
  options.eject = g_settings_get_boolean (self->settings, "eject");
  options.manifest = g_settings_get_boolean (self->settings, "manifest");
  solco_project_set_options (project, &options);
  solco_project_mark_saved (project);
}

/* Another project takes the place of the old one, with the disc that is in. */
static void
exchange (SolcoController *self, SolcoProject *project)
{
  const SolcoDiscIdentity *planned = solco_project_get_disc (project);

  self->is_restored = FALSE;
  solco_controller_clear_additions (self);
  solco_problem_list_clear (self->problems);
  solco_disc_master_free (self->master);
  self->master = solco_disc_master_new ();
  solco_disc_master_select_recorder (self->master, self->target != NULL);
  if (planned != NULL)
    solco_disc_master_expect_disc (self->master, planned);
  solco_controller_set_project (self, project);
  solco_controller_take_disc (self, self->medium, self->disc_tree, FALSE);
  solco_controller_queue_autosave (self);
}

/**
 * solco_controller_new_project:
 * @self: a controller
 *
 * An empty stage, with the disc that is in. What was staged is gone: ask first. Main thread.
 */
void
solco_controller_new_project (SolcoController *self)
{
  SolcoProject *project = solco_project_new ();

  g_return_if_fail (SOLCO_IS_CONTROLLER (self));

  init_options (self, project);
  g_clear_object (&self->project_file);
  exchange (self, project);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SolcoController *self = g_task_get_source_object (task);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  SolcoProject *project = solco_project_file_load_finish (result, &problems, &error);

  if (project == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_set_object (&self->project_file, g_task_get_task_data (task));
  exchange (self, project);
  solco_controller_add_problems (self, problems, 0);
  g_task_return_boolean (task, TRUE);
}

/**
 * solco_controller_open_project_async:
 * @self: a controller
 * @file: a project file
 * @cancellable: (nullable): stops it
 * @callback: called when it is there
 * @user_data: for @callback
 *
 * Reads it and lists its files again; then it takes the place of what is staged. Main thread.
 */
void
solco_controller_open_project_async (SolcoController *self, GFile *file, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (SOLCO_IS_CONTROLLER (self) && G_IS_FILE (file));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, solco_controller_open_project_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  solco_project_file_load_async (file, cancellable, on_loaded, task);
}

/**
 * solco_controller_open_project_finish:
 * @self: a controller
 * @result: of the callback
 * @error: return location
 *
 * Returns: whether it is staged now. Errors: those of solco_project_file_load_async()
 */
gboolean
solco_controller_open_project_finish (SolcoController *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

typedef struct
{
  SolcoProject *project;
  GFile *file;
  gboolean is_changed;
} Saving;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->project);
  g_object_unref (saving->file);
  g_free (saving);
}

static void
on_changed_while_saving (Saving *saving)
{
  saving->is_changed = TRUE;
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SolcoController *self = g_task_get_source_object (task);
  Saving *saving = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  g_signal_handlers_disconnect_by_data (saving->project, saving);
  if (!solco_project_file_save_finish (result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (saving->project == self->project)
    g_set_object (&self->project_file, saving->file);
  if (!saving->is_changed)
    {
      self->is_restored = FALSE;
      solco_project_mark_saved (saving->project);
      solco_controller_queue_autosave (self);
    }
  solco_controller_queue_status (self);
  g_task_return_boolean (task, TRUE);
}

/**
 * solco_controller_save_project_async:
 * @self: a controller
 * @file: where to
 * @cancellable: (nullable): stops it
 * @callback: called when it is written
 * @user_data: for @callback
 *
 * Main thread.
 */
void
solco_controller_save_project_async (SolcoController *self, GFile *file, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data)
{
  Saving *saving;
  GTask *task;

  g_return_if_fail (SOLCO_IS_CONTROLLER (self) && G_IS_FILE (file));

  saving = g_new0 (Saving, 1);
  saving->project = g_object_ref (self->project);
  saving->file = g_object_ref (file);
  g_signal_connect_swapped (self->project, "changed", G_CALLBACK (on_changed_while_saving),
                            saving);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, solco_controller_save_project_async);
  g_task_set_task_data (task, saving, (GDestroyNotify) saving_free);
  solco_project_file_save_async (self->project, file, cancellable, on_saved, task);
}

/**
 * solco_controller_save_project_finish:
 * @self: a controller
 * @result: of the callback
 * @error: return location
 *
 * Returns: whether it is saved. Errors: those of solco_project_file_save_async()
 */
gboolean
solco_controller_save_project_finish (SolcoController *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_restored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SolcoController) self = user_data;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SolcoProject) project = solco_project_file_load_finish (result, &problems, &error);

  if (project == NULL)
    {
      /* That there is none is the rule. */
      if (!g_error_matches (error, SOLCO_ERROR, SOLCO_ERROR_SOURCE))
        g_message ("The unsaved stage cannot be restored: %s", error->message);
      return;
    }
  /* The user was faster. */
  if (self->project == NULL || solco_project_get_n_changes (self->project) > 0)
    return;
  exchange (self, g_object_ref (project));
  self->has_autosave = TRUE;
  self->is_restored = TRUE;
  solco_controller_add_problems (self, problems, 0);
  g_signal_emit_by_name (self, "restored");
}

/**
 * solco_controller_restore_autosave:
 * @self: a controller
 *
 * Stages what a crash left behind, if anything. Main thread.
 */
void
solco_controller_restore_autosave (SolcoController *self)
{
  g_autoptr (GFile) file = get_autosave_file ();

  g_return_if_fail (SOLCO_IS_CONTROLLER (self));

  solco_project_file_load_async (file, NULL, on_restored, g_object_ref (self));
}
