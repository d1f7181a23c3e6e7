/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-save-log.h"

#include <glib/gi18n.h>
#include <string.h>

#include "solco-message.h"

typedef struct
{
  GtkWindow *parent;
  GBytes *bytes;
} Saving;

static void
saving_free (Saving *self)
{
  g_object_unref (self->parent);
  g_bytes_unref (self->bytes);
  g_free (self);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Saving *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    solco_message_present (self->parent, _ ("The log cannot be saved"), error->message);
  saving_free (self);
}

static void
on_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Saving *self = user_data;
  GSList *files = solco_files_choose_finish (GTK_WINDOW (source), result);

  if (files == NULL)
    {
      saving_free (self);
      return;
    }
  g_file_replace_contents_bytes_async (files->data, self->bytes, NULL, FALSE,
                                       G_FILE_CREATE_REPLACE_DESTINATION, NULL, on_saved, self);
  g_slist_free_full (files, g_object_unref);
}

/**
 * solco_save_log:
 * @parent: window over which it asks
 * @log: what is saved
 *
 * Main thread.
 */
void
solco_save_log (GtkWindow *parent, const char *log)
{
  g_return_if_fail (GTK_IS_WINDOW (parent) && log != NULL);

  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  /* No colons: the file may be meant for any file system. */
  g_autofree char *name = g_date_time_format (now, "Solco %Y-%m-%d %H.%M.log");
  const SolcoFileChoice choice = {
    .title = _ ("Save Log"),
    .accept = _ ("_Save"),
    .action = GTK_FILE_CHOOSER_ACTION_SAVE,
    .name = name,
  };
  Saving *self = g_new0 (Saving, 1);

  self->parent = g_object_ref (parent);
  self->bytes = g_bytes_new (log, strlen (log));
  solco_files_choose_async (parent, &choice, on_chosen, self);
}
