/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-drag-out.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "engine/solco-error.h"
#include "solco-controller-private.h"

#define MIME_TYPE "text/uri-list"
/* Nobody copies for so long what was dragged over. */
#define KEPT_S (24 * 60 * 60)

struct _SolcoDragOut
{
  GdkContentProvider parent_instance;

  SolcoController *controller;
  guint session;
  GPtrArray *local_paths;
  GPtrArray *disc_paths;
  char *folder; /* into which these are copied; NULL: nobody has asked for them */
  SolcoJob *job;
  GError *error;
  GPtrArray *waiting; /* of GTask, with the stream: for the end of the job */
};

G_DEFINE_FINAL_TYPE (SolcoDragOut, solco_drag_out, GDK_TYPE_CONTENT_PROVIDER)

static char *
dup_base_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "solco", "dragged", NULL);
}

/* "file:///a\r\nfile:///b\r\n" (RFC 2483) */
static char *
make_list (SolcoDragOut *self)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < self->local_paths->len; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (self->local_paths->pdata[i]);
      g_autofree char *uri = g_file_get_uri (file);

      g_string_append_printf (list, "%s\r\n", uri);
    }
  for (guint i = 0; i < self->disc_paths->len; i++)
    {
      g_autoptr (GFile) file
          = g_file_new_build_filename (self->folder, self->disc_paths->pdata[i], NULL);
      g_autofree char *uri = g_file_get_uri (file);

      g_string_append_printf (list, "%s\r\n", uri);
    }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
write_list (SolcoDragOut *self, GTask *task)
{
  GOutputStream *stream = g_object_get_data (G_OBJECT (task), "stream");
  char *list = make_list (self);

  /* The task keeps the text until it is written. */
  g_task_set_task_data (task, list, g_free);
  g_output_stream_write_all_async (stream, list, strlen (list), g_task_get_priority (task),
                                   g_task_get_cancellable (task), on_written,
                                   g_object_ref (task));
}

static void
answer (SolcoDragOut *self)
{
  g_autoptr (GPtrArray) tasks = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < tasks->len; i++)
    {
      if (self->error != NULL)
        g_task_return_error (tasks->pdata[i], g_error_copy (self->error));
      else
        write_list (self, tasks->pdata[i]);
    }
}

/* A link is deleted, and never what it leads to: a disc may hold one to the user's own files. GIO's
 * enumerator follows it, whatever its flags say of the children. */
static void
delete_tree (GFile *file)
{
  g_autoptr (GFileEnumerator) children = NULL;
  GFile *child = NULL;
  g_autoptr (GError) error = NULL;

  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL)
      == G_FILE_TYPE_DIRECTORY)
    children = g_file_enumerate_children (file, G_FILE_ATTRIBUTE_STANDARD_NAME,
                                          G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  while (children != NULL && g_file_enumerator_iterate (children, NULL, &child, NULL, NULL)
         && child != NULL)
    {
      /* Folders of the disc may be read-only. */
      (void) g_chmod (g_file_peek_path (file), 0700);
      delete_tree (child);
    }
  if (!g_file_delete (file, NULL, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_message ("A file that was dragged out cannot be deleted: %s", error->message);
}

static void
delete_folder (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  delete_tree (data);
  g_task_return_boolean (task, TRUE);
}

/* Nobody was told of what is in it. */
static void
drop_folder (SolcoDragOut *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, g_file_new_for_path (self->folder), g_object_unref);
  g_task_run_in_thread (task, delete_folder);
  g_clear_pointer (&self->folder, g_free);
}

static void
on_finished (SolcoDragOut *self)
{
  g_autoptr (SolcoJob) job = g_steal_pointer (&self->job);

  g_signal_handlers_disconnect_by_data (job, self);
  if (solco_job_get_error (job) != NULL)
    {
      self->error = g_error_copy (solco_job_get_error (job));
      solco_controller_report_error (self->controller, self->error);
      drop_folder (self);
    }
  else
    {
      /* What could not be read is told here too; the rest is there. */
      solco_controller_add_problems (self->controller, solco_job_get_result (job)->problems, 0);
    }
  answer (self);
}

static void
on_folder_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SolcoDragOut) self = user_data;
  const SolcoTarget *target = solco_controller_get_target (self->controller);
  g_autoptr (SolcoRequest) request = NULL;

  self->folder = g_task_propagate_pointer (G_TASK (result), &self->error);
  if (self->folder != NULL && target == NULL)
    g_set_error_literal (&self->error, SOLCO_ERROR, SOLCO_ERROR_NO_RECORDER,
                         "The recorder went away before the files were copied.");
  if (self->error != NULL)
    {
      solco_controller_report_error (self->controller, self->error);
      answer (self);
      return;
    }
  g_ptr_array_add (self->disc_paths, NULL);
  request = solco_request_new_extract (target, self->session,
                                       (const char *const *) self->disc_paths->pdata,
                                       self->folder, FALSE);
  g_ptr_array_remove_index (self->disc_paths, self->disc_paths->len - 1);
  self->job = solco_controller_submit (self->controller, request);
  solco_controller_add_copying (self->controller, self->job);
  g_signal_connect_object (self->job, "finished", G_CALLBACK (on_finished), self,
                           G_CONNECT_SWAPPED);
}

static void
make_folder (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *base = dup_base_folder ();
  g_autofree char *folder = g_build_filename (base, "XXXXXX", NULL);

  solco_drag_out_clean_up (g_get_real_time () / G_USEC_PER_SEC);
  if (g_mkdir_with_parents (base, 0700) == 0 && g_mkdtemp_full (folder, 0700) != NULL)
    g_task_return_pointer (task, g_steal_pointer (&folder), g_free);
  else
    g_task_return_new_error (task, SOLCO_ERROR, SOLCO_ERROR_DESTINATION,
                             "The folder “%s” cannot be made: %s. Nothing was copied.", folder,
                             g_strerror (errno));
}

static void
solco_drag_out_write_mime_type_async (GdkContentProvider *provider, const char *mime_type,
                                      GOutputStream *stream, int priority,
                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  SolcoDragOut *self = SOLCO_DRAG_OUT (provider);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, solco_drag_out_write_mime_type_async);
  g_task_set_priority (task, priority);
  g_object_set_data_full (G_OBJECT (task), "stream", g_object_ref (stream), g_object_unref);
  if (!g_str_equal (mime_type, MIME_TYPE))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                               "There is nothing of the type %s", mime_type);
      return;
    }
  g_ptr_array_add (self->waiting, g_object_ref (task));
  if (self->job != NULL || (self->waiting->len > 1 && self->folder == NULL))
    return;
  if (self->disc_paths->len == 0 || self->folder != NULL || self->error != NULL)
    {
      answer (self);
      return;
    }

  g_autoptr (GTask) making = g_task_new (NULL, NULL, on_folder_made, g_object_ref (self));

  g_task_run_in_thread (making, make_folder);
}

static gboolean
solco_drag_out_write_mime_type_finish (GdkContentProvider *provider, GAsyncResult *result,
                                       GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, provider), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static GdkContentFormats *
solco_drag_out_ref_formats (GdkContentProvider *provider)
{
  const char *types[] = { MIME_TYPE };

  return gdk_content_formats_new (types, G_N_ELEMENTS (types));
}

static void
solco_drag_out_finalize (GObject *object)
{
  SolcoDragOut *self = SOLCO_DRAG_OUT (object);

  if (self->job != NULL)
    solco_job_cancel (self->job);
  g_clear_object (&self->job);
  g_clear_error (&self->error);
  g_ptr_array_unref (self->waiting);
  g_ptr_array_unref (self->local_paths);
  g_ptr_array_unref (self->disc_paths);
  g_free (self->folder);
  g_object_unref (self->controller);
  G_OBJECT_CLASS (solco_drag_out_parent_class)->finalize (object);
}

static void
solco_drag_out_class_init (SolcoDragOutClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = solco_drag_out_finalize;
  provider_class->ref_formats = solco_drag_out_ref_formats;
  provider_class->write_mime_type_async = solco_drag_out_write_mime_type_async;
  provider_class->write_mime_type_finish = solco_drag_out_write_mime_type_finish;
}

static void
solco_drag_out_init (SolcoDragOut *self)
{
  self->local_paths = g_ptr_array_new_with_free_func (g_free);
  self->disc_paths = g_ptr_array_new_with_free_func (g_free);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * solco_drag_out_new:
 * @controller: whose disc is read
 * @session: number of a session of it, 0 for the newest
 *
 * Returns: (transfer full): a provider of nothing yet
 */
SolcoDragOut *
solco_drag_out_new (SolcoController *controller, guint session)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (controller), NULL);

  SolcoDragOut *self = g_object_new (SOLCO_TYPE_DRAG_OUT, NULL);

  self->controller = g_object_ref (controller);
  self->session = session;
  return self;
}

/**
 * solco_drag_out_add_local:
 * @self: a provider, before it is used
 * @path: (type filename): of a local file or folder
 */
void
solco_drag_out_add_local (SolcoDragOut *self, const char *path)
{
  g_return_if_fail (SOLCO_IS_DRAG_OUT (self) && path != NULL);

  g_ptr_array_add (self->local_paths, g_strdup (path));
}

/**
 * solco_drag_out_add_disc:
 * @self: a provider, before it is used
 * @disc_path: of a file or folder in the session
 */
void
solco_drag_out_add_disc (SolcoDragOut *self, const char *disc_path)
{
  g_return_if_fail (SOLCO_IS_DRAG_OUT (self) && disc_path != NULL);

  g_ptr_array_add (self->disc_paths, g_strdup (disc_path));
}

/**
 * solco_drag_out_is_empty:
 * @self: a provider
 *
 * Returns: whether it has no file to give
 */
gboolean
solco_drag_out_is_empty (SolcoDragOut *self)
{
  g_return_val_if_fail (SOLCO_IS_DRAG_OUT (self), TRUE);

  return self->local_paths->len == 0 && self->disc_paths->len == 0;
}

/**
 * solco_drag_out_clean_up:
 * @now_s: the time, in seconds since 1970
 *
 * Deletes the copies that are so old that no program can be at them any more. It blocks. Any thread.
 */
void
solco_drag_out_clean_up (gint64 now_s)
{
  g_autofree char *base = dup_base_folder ();
  g_autoptr (GFile) folder = g_file_new_for_path (base);
  g_autoptr (GFileEnumerator) children = g_file_enumerate_children (
      folder, G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_TIME_CHANGED,
      G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFileInfo *info = NULL;
  GFile *child = NULL;

  while (children != NULL && g_file_enumerator_iterate (children, &info, &child, NULL, NULL)
         && child != NULL)
    if ((gint64) g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_CHANGED) + KEPT_S
        < now_s)
      delete_tree (child);
}
