/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-project-file.h"

#include "solco-addition-private.h"
#include "solco-error.h"
#include "solco-project-data.h"

#include <string.h>

/* A text of this size has tens of millions of lines: no project of anybody. */
#define MAX_FILE_BYTES (G_GOFFSET_CONSTANT (1) << 30)

typedef struct
{
  SolcoProjectData *data;
  GFile *file;
} Save;

static void
save_free (gpointer data)
{
  Save *self = data;

  solco_project_data_free (self->data);
  g_object_unref (self->file);
  g_free (self);
}

/* The code that tells the user what happened. */
static GError *
make_write_error (GFile *file, const GError *cause)
{
  g_autofree char *name = g_file_get_parse_name (file);
  gboolean is_full = g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOSPC)
                     || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NO_SPACE);

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (cause);
  return g_error_new (SOLCO_ERROR, is_full ? SOLCO_ERROR_NO_SPACE : SOLCO_ERROR_DESTINATION,
                      "The project could not be saved as \"%s\": %s. A file that was there before "
                      "is unchanged.",
                      name, cause->message);
}

static void
save_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Save *self = task_data;
  g_autoptr (GError) error = NULL;
  gsize length;
  g_autofree char *text = solco_project_data_to_text (self->data, &length);
  const char *path = g_file_peek_path (self->file);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (path != NULL)
    g_file_set_contents_full (path, text, (gssize) length,
                              G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666,
                              &error);
  else
    g_file_replace_contents (self->file, text, length, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                             cancellable, &error);
  if (error != NULL)
    g_task_return_error (task, make_write_error (self->file, error));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * solco_project_file_save_async:
 * @project: a project
 * @file: where to
 * @cancellable: (nullable): before the writing begins
 * @callback: called when the file is on the disk
 * @user_data: for @callback
 *
 * Saves what the project is at the moment of the call: it may be edited at once. The file is
 * replaced in one piece, or not at all. Main thread.
 */
void
solco_project_file_save_async (SolcoProject *project, GFile *file, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (SOLCO_IS_PROJECT (project) && G_IS_FILE (file));

  /* The thread must not hold the project: it may only go on the main thread. */
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Save *save = g_new0 (Save, 1);

  save->data = solco_project_data_collect (project);
  save->file = g_object_ref (file);
  g_task_set_source_tag (task, solco_project_file_save_async);
  g_task_set_task_data (task, save, save_free);
  g_task_run_in_thread (task, save_in_thread);
}

/**
 * solco_project_file_save_finish:
 * @result: what the callback got
 * @error: return location: DESTINATION, NO_SPACE, %G_IO_ERROR_CANCELLED
 *
 * Main thread.
 *
 * Returns: whether it is saved
 */
gboolean
solco_project_file_save_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* A load: the text is read on a thread, then the sources are walked, round by round. */
typedef struct
{
  GFile *file;
  SolcoProjectData *data;
  SolcoProject *project;
  GPtrArray *problems;
  GArray *rounds;      /* of guint: in which round each item has its turn */
  guint round;
  guint n_rounds;
} Load;

static void
load_free (gpointer data)
{
  Load *self = data;

  g_object_unref (self->file);
  g_clear_pointer (&self->data, solco_project_data_free);
  g_clear_object (&self->project);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_pointer (&self->rounds, g_array_unref);
  g_free (self);
}

static GError *
make_read_error (GFile *file, const char *reason)
{
  g_autofree char *name = g_file_get_parse_name (file);

  return g_error_new (SOLCO_ERROR, SOLCO_ERROR_SOURCE,
                      "The project file \"%s\" cannot be read: %s. Nothing was loaded.", name,
                      reason);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GFile *file = G_FILE (task_data);
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  SolcoProjectData *data;
  gsize length;

  /* Looked at first: opening a pipe would wait for ever. */
  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                            G_FILE_QUERY_INFO_NONE, cancellable, &error);
  if (info != NULL && g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_task_return_error (task, make_read_error (file, "it is no regular file"));
      return;
    }
  if (info != NULL && g_file_info_get_size (info) > MAX_FILE_BYTES)
    {
      g_task_return_new_error (task, SOLCO_ERROR, SOLCO_ERROR_PROJECT_INVALID,
                               "The file is far too big for a project file. Nothing was loaded.");
      return;
    }
  if (info != NULL)
    g_file_load_contents (file, cancellable, &text, &length, NULL, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (error != NULL)
    {
      g_task_return_error (task, make_read_error (file, error->message));
      return;
    }
  data = solco_project_data_from_text (text, length, &error);
  if (data == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, data, (GDestroyNotify) solco_project_data_free);
}

static char *
get_target_folder (const SolcoProjectItem *item)
{
  if (item->kind == SOLCO_PROJECT_ITEM_FILES
      || (item->kind == SOLCO_PROJECT_ITEM_SOURCE && item->contents))
    return g_strdup (item->path);
  return g_path_get_dirname (item->path);
}

/* What goes into a folder that a source brings has to wait until that source has been walked. */
static void
plan_rounds (Load *self)
{
  g_autoptr (GHashTable) rounds = g_hash_table_new (g_str_hash, g_str_equal);

  self->rounds = g_array_new (FALSE, TRUE, sizeof (guint));
  for (guint i = 0; i < self->data->items->len; i++)
    {
      const SolcoProjectItem *item = g_ptr_array_index (self->data->items, i);
      g_autofree char *above = get_target_folder (item);
      guint round = 0;

      while (TRUE)
        {
          char *next;

          round = MAX (round, GPOINTER_TO_UINT (g_hash_table_lookup (rounds, above)));
          if (strcmp (above, "/") == 0)
            break;
          next = g_path_get_dirname (above);
          g_free (above);
          above = next;
        }
      /* Sources into the same folder need not wait for each other. */
      if (item->kind == SOLCO_PROJECT_ITEM_SOURCE && !item->contents)
        g_hash_table_insert (rounds, item->path, GUINT_TO_POINTER (round + 1));
      else if (item->kind == SOLCO_PROJECT_ITEM_SOURCE)
        g_hash_table_insert (rounds, item->path,
                             GUINT_TO_POINTER (MAX (round + 1, GPOINTER_TO_UINT (g_hash_table_lookup (
                                                                   rounds, item->path)))));
      g_array_append_val (self->rounds, round);
      self->n_rounds = MAX (self->n_rounds, round + 1);
    }
}

static void
make_folder (SolcoProject *project, const SolcoProjectItem *item)
{
  SolcoNode *folder = solco_project_require_folder (project, item->path);
  SolcoAttributes attributes = *folder->attributes;

  attributes.mode = item->mode;
  folder->attributes = solco_node_store_intern_attributes (project->store, &attributes);
  folder->mtime_s = item->mtime_s;
}

static void
add_item (Load *self, SolcoAddition *addition, const SolcoProjectItem *item)
{
  g_autofree char *path = get_target_folder (item);
  SolcoNode *folder = solco_project_require_folder (self->project, path);
  g_autofree char *name = NULL;

  if (item->kind == SOLCO_PROJECT_ITEM_FILES)
    {
      for (guint i = 0; i < item->names->len; i++)
        {
          g_autofree char *source
              = g_build_filename (item->source, g_ptr_array_index (item->names, i), NULL);

          solco_addition_add_path (addition, source, folder,
                                   g_ptr_array_index (item->new_names, i));
          solco_addition_set_options (addition, item->options);
        }
      return;
    }
  if (item->contents)
    {
      solco_addition_add_contents (addition, item->source, folder);
    }
  else
    {
      name = g_path_get_basename (item->path);
      solco_addition_add_path (addition, item->source, folder, name);
    }
  solco_addition_set_options (addition, item->options);
  solco_addition_except (addition, item->names, item->renamed, item->new_names);
}

static void run_round (GTask *task);

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *self = g_task_get_task_data (task);
  GPtrArray *problems = solco_addition_get_problems (SOLCO_ADDITION (source));
  GError *error = NULL;

  if (!solco_addition_run_finish (SOLCO_ADDITION (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < problems->len; i++)
    g_ptr_array_add (self->problems, solco_problem_copy (g_ptr_array_index (problems, i)));
  self->round++;
  run_round (task);
}

static void
run_round (GTask *task)
{
  Load *self = g_task_get_task_data (task);
  g_autoptr (SolcoScanOptions) options
      = solco_scan_options_new (FALSE, SOLCO_SYMLINKS_KEEP, TRUE, NULL);
  g_autoptr (SolcoAddition) addition = NULL;

  if (self->round == self->n_rounds)
    {
      solco_project_forget_history (self->project);
      solco_project_mark_saved (self->project);
      g_task_return_boolean (task, TRUE);
      return;
    }
  addition = solco_addition_new (self->project, options, SOLCO_CONFLICT_KEEP);
  solco_project_begin_edit (self->project, SOLCO_EDIT_ADD, NULL);
  for (guint i = 0; i < self->data->items->len; i++)
    {
      const SolcoProjectItem *item = g_ptr_array_index (self->data->items, i);

      if (g_array_index (self->rounds, guint, i) != self->round)
        continue;
      if (item->kind == SOLCO_PROJECT_ITEM_FOLDER)
        make_folder (self->project, item);
      else
        add_item (self, addition, item);
    }
  solco_project_end_edit (self->project);
  solco_addition_run_async (addition, g_task_get_cancellable (task), on_added,
                            g_object_ref (task));
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *self = g_task_get_task_data (task);
  SolcoProject *project;
  GError *error = NULL;

  self->data = g_task_propagate_pointer (G_TASK (result), &error);
  if (self->data == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  project = self->project = solco_project_new ();
  project->label = g_strdup (self->data->label);
  project->options = self->data->options;
  if (self->data->identity != NULL)
    {
      SolcoDiscState *state = project->disc;

      state->identity = solco_disc_identity_copy (self->data->identity);
      state->label = g_strdup (self->data->disc_label);
      state->waiting = g_ptr_array_ref (self->data->edits);
    }
  plan_rounds (self);
  run_round (task);
}

/**
 * solco_project_file_load_async:
 * @file: a project file
 * @cancellable: (nullable): stops it
 * @callback: called when the project is complete
 * @user_data: for @callback
 *
 * Reads a project file and walks its sources again. Main thread.
 */
void
solco_project_file_load_async (GFile *file, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (G_IS_FILE (file));

  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GTask) read = NULL;
  Load *load = g_new0 (Load, 1);

  load->file = g_object_ref (file);
  load->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) solco_problem_free);
  g_task_set_source_tag (task, solco_project_file_load_async);
  g_task_set_task_data (task, load, load_free);
  read = g_task_new (NULL, cancellable, on_read, task);
  g_task_set_task_data (read, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (read, read_in_thread);
}

/**
 * solco_project_file_load_finish:
 * @result: what the callback got
 * @problems: (out) (optional) (transfer full) (element-type SolcoProblem): what could not be taken,
 *   such as vanished sources
 * @error: return location: SOURCE, PROJECT_INVALID, PROJECT_VERSION, %G_IO_ERROR_CANCELLED
 *
 * Main thread.
 *
 * Returns: (transfer full) (nullable): the project
 */
SolcoProject *
solco_project_file_load_finish (GAsyncResult *result, GPtrArray **problems, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  Load *self = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  if (problems != NULL)
    *problems = g_ptr_array_ref (self->problems);
  return g_steal_pointer (&self->project);
}

/**
 * solco_project_file_check:
 * @data: (array length=length): the bytes of a file
 * @length: how many
 * @error: return location: PROJECT_INVALID, PROJECT_VERSION
 *
 * Whether it is the text of a project file, as far as that shows without walking its sources. Any
 * thread.
 *
 * Returns: whether it can be loaded
 */
gboolean
solco_project_file_check (const char *data, gsize length, GError **error)
{
  g_return_val_if_fail (data != NULL || length == 0, FALSE);

  g_autoptr (SolcoProjectData) parsed = solco_project_data_from_text (data, length, error);

  return parsed != NULL;
}
