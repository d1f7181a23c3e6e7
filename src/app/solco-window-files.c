/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are added, image files, project files, and the questions before work is lost. */
#include <glib/gi18n.h>

#include "model/solco-project-file.h"
#include "solco-image-dialog.h"
#include "solco-message.h"
#include "solco-stop.h"
#include "solco-window-private.h"

#define PROJECT_PATTERN "*" SOLCO_PROJECT_FILE_SUFFIX
#define PROJECT_TYPE "application/x-solco-project"
#define MAX_RECENT 8

static void
on_files_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SolcoWindow *self = SOLCO_WINDOW (source);
  GSList *files = solco_files_choose_finish (GTK_WINDOW (self), result);

  if (files != NULL)
    solco_controller_stage_files (self->controller, files,
                                  solco_pane_get_target_folder (self->pane));
  g_slist_free_full (files, g_object_unref);
}

void
solco_window_add_files (SolcoWindow *self, gboolean folders)
{
  const SolcoFileChoice choice = {
    .title = folders ? _ ("Add Folders") : _ ("Add Files"),
    .accept = _ ("_Add"),
    .action = folders ? GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER : GTK_FILE_CHOOSER_ACTION_OPEN,
    .is_multiple = TRUE,
  };

  solco_files_choose_async (GTK_WINDOW (self), &choice, on_files_chosen, NULL);
}

static void
select_image (SolcoWindow *self, GFile *file)
{
  const char *path = g_file_peek_path (file);
  g_autofree char *address = NULL;

  if (path == NULL)
    {
      solco_message_present (GTK_WINDOW (self), _ ("The image file has to be on this computer"),
                             NULL);
      return;
    }
  address = g_strconcat ("stdio:", path, NULL);
  solco_controller_select_address (self->controller, address);
}

static void
on_burn_image_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SolcoWindow *self = SOLCO_WINDOW (source);
  GSList *files = solco_files_choose_finish (GTK_WINDOW (self), result);

  if (files != NULL)
    {
      self->burns_when_read = TRUE;
      select_image (self, files->data);
    }
  g_slist_free_full (files, g_object_unref);
}

/* An image file is chosen like a recorder; then it is burned to. */
void
solco_window_burn_to_image (SolcoWindow *self)
{
  SolcoProject *project = solco_controller_get_project (self->controller);
  g_autofree char *name = g_strconcat (solco_project_get_label (project), ".iso", NULL);
  const SolcoFileChoice choice = {
    .title = _ ("Burn to Image File"),
    .accept = _ ("_Choose"),
    .action = GTK_FILE_CHOOSER_ACTION_SAVE,
    .name = name,
    .pattern = "*.iso",
    .pattern_name = _ ("Disc Images"),
  };

  solco_files_choose_async (GTK_WINDOW (self), &choice, on_burn_image_chosen, NULL);
}

static void
on_image_chosen (GtkWindow *window, GFile *file, gpointer data)
{
  select_image (SOLCO_WINDOW (window), file);
}

void
solco_window_choose_image (SolcoWindow *self)
{
  solco_image_dialog_present (GTK_WINDOW (self), self->controller, on_image_chosen, NULL);
}

/* Recent projects. */

static void
remember (GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  static char *groups[] = { (char *) "solco", NULL };
  GtkRecentData data = {
    .mime_type = (char *) PROJECT_TYPE,
    .app_name = (char *) "solco",
    .app_exec = (char *) "solco --project %u",
    .groups = groups,
  };

  gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

void
solco_window_update_recent (SolcoWindow *self)
{
  GList *items = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());
  guint n_shown = 0;

  g_menu_remove_all (self->recent);
  for (GList *l = items; l != NULL && n_shown < MAX_RECENT; l = l->next)
    {
      GtkRecentInfo *info = l->data;
      g_autoptr (GMenuItem) item = NULL;

      if (!gtk_recent_info_has_group (info, "solco"))
        continue;
      item = g_menu_item_new (gtk_recent_info_get_display_name (info), NULL);
      g_menu_item_set_action_and_target (item, "win.open-recent", "s",
                                         gtk_recent_info_get_uri (info));
      g_menu_append_item (self->recent, item);
      n_shown++;
    }
  g_list_free_full (items, (GDestroyNotify) gtk_recent_info_unref);
}

/* Saving, and what comes after it. */

typedef void (*NextFunc) (SolcoWindow *self, GFile *file);

typedef struct
{
  SolcoWindow *window;
  NextFunc next; /* NULL: nothing follows */
  GFile *file;   /* for it; NULL: none */
} Continuation;

static Continuation *
continuation_new (SolcoWindow *self, NextFunc next, GFile *file)
{
  Continuation *then = g_new0 (Continuation, 1);

  then->window = g_object_ref (self);
  then->next = next;
  g_set_object (&then->file, file);
  return then;
}

static void
continuation_free (Continuation *then)
{
  g_object_unref (then->window);
  g_clear_object (&then->file);
  g_free (then);
}

static void
go_on (Continuation *then)
{
  if (then->next != NULL)
    then->next (then->window, then->file);
  continuation_free (then);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SolcoController *controller = SOLCO_CONTROLLER (source);
  Continuation *then = user_data;
  g_autoptr (GError) error = NULL;

  if (!solco_controller_save_project_finish (controller, result, &error))
    {
      solco_controller_report_error (controller, error);
      continuation_free (then);
      return;
    }
  remember (solco_controller_get_project_file (controller));
  solco_window_update_recent (then->window);
  go_on (then);
}

static void
on_save_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SolcoWindow *self = SOLCO_WINDOW (source);
  Continuation *then = user_data;
  GSList *files = solco_files_choose_finish (GTK_WINDOW (self), result);

  if (files != NULL)
    solco_controller_save_project_async (self->controller, files->data, NULL, on_saved, then);
  else
    continuation_free (then);
  g_slist_free_full (files, g_object_unref);
}

static void
save (SolcoWindow *self, gboolean as, NextFunc next, GFile *file)
{
  GFile *project_file = solco_controller_get_project_file (self->controller);
  SolcoProject *project = solco_controller_get_project (self->controller);
  Continuation *then = continuation_new (self, next, file);
  g_autofree char *name = NULL;

  if (project_file != NULL && !as)
    {
      solco_controller_save_project_async (self->controller, project_file, NULL, on_saved, then);
      return;
    }
  name = g_strconcat (solco_project_get_label (project), SOLCO_PROJECT_FILE_SUFFIX, NULL);

  const SolcoFileChoice choice = {
    .title = _ ("Save Project"),
    .action = GTK_FILE_CHOOSER_ACTION_SAVE,
    .name = name,
    .pattern = PROJECT_PATTERN,
    .pattern_name = _ ("Solco Projects"),
  };

  solco_files_choose_async (GTK_WINDOW (self), &choice, on_save_chosen, then);
}

void
solco_window_save_project (SolcoWindow *self, gboolean as)
{
  save (self, as, NULL, NULL);
}

static void
on_unsaved_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SolcoWindow *self = SOLCO_WINDOW (source);
  Continuation *then = user_data;

  switch (solco_question_ask_finish (GTK_WINDOW (self), result))
    {
    case SOLCO_ANSWER_ACCEPT:
      save (self, FALSE, then->next, then->file);
      continuation_free (then);
      break;
    case SOLCO_ANSWER_OTHER:
      solco_controller_discard_autosave (self->controller);
      go_on (then);
      break;
    case SOLCO_ANSWER_CANCEL:
    default:
      continuation_free (then);
      break;
    }
}

/* Goes on with @next, after the question if work would be lost. */
static void
check_saved (SolcoWindow *self, NextFunc next, GFile *file)
{
  const SolcoQuestion question = {
    .title = _ ("Save what is staged as a project?"),
    .body = _ ("It is only a list of what to burn. The files themselves are not touched."),
    .cancel = _ ("_Cancel"),
    .other = _ ("_Discard"),
    .accept = _ ("_Save"),
  };

  if (solco_controller_is_unsaved (self->controller))
    solco_question_ask_async (GTK_WINDOW (self), &question, on_unsaved_answer,
                              continuation_new (self, next, file));
  else
    next (self, file);
}

static void
begin_new (SolcoWindow *self, GFile *file)
{
  solco_controller_new_project (self->controller);
}

void
solco_window_new_project (SolcoWindow *self)
{
  check_saved (self, begin_new, NULL);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SolcoController *controller = SOLCO_CONTROLLER (source);
  g_autoptr (SolcoWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!solco_controller_open_project_finish (controller, result, &error))
    {
      solco_controller_report_error (controller, error);
      return;
    }
  remember (solco_controller_get_project_file (controller));
  solco_window_update_recent (self);
}

static void
begin_open (SolcoWindow *self, GFile *file)
{
  solco_controller_open_project_async (self->controller, file, NULL, on_opened,
                                       g_object_ref (self));
}

static void
on_open_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SolcoWindow *self = SOLCO_WINDOW (source);
  GSList *files = solco_files_choose_finish (GTK_WINDOW (self), result);

  if (files != NULL)
    begin_open (self, files->data);
  g_slist_free_full (files, g_object_unref);
}

static void
choose_open (SolcoWindow *self, GFile *file)
{
  const SolcoFileChoice choice = {
    .title = _ ("Open Project"),
    .action = GTK_FILE_CHOOSER_ACTION_OPEN,
    .pattern = PROJECT_PATTERN,
    .pattern_name = _ ("Solco Projects"),
  };

  solco_files_choose_async (GTK_WINDOW (self), &choice, on_open_chosen, NULL);
}

/* @file: (nullable): NULL asks for one. */
void
solco_window_open_project (SolcoWindow *self, GFile *file)
{
  check_saved (self, file != NULL ? begin_open : choose_open, file);
}

/* Closing. */

static void
close_now (SolcoWindow *self, GFile *file)
{
  self->is_close_confirmed = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SolcoWindow) self = user_data;

  if (solco_stop_before_close_finish (result))
    check_saved (self, close_now, NULL);
}

gboolean
solco_window_confirm_close (SolcoWindow *self)
{
  SolcoJob *job = solco_controller_get_job (self->controller);

  if (self->is_close_confirmed)
    return TRUE;
  /* Nothing has been written yet. */
  solco_controller_cancel_start (self->controller);
  if (job != NULL && !solco_job_is_finished (job))
    {
      solco_stop_before_close_async (GTK_WINDOW (self), self->controller, on_stopped,
                                     g_object_ref (self));
      return FALSE;
    }
  if (!solco_controller_is_unsaved (self->controller))
    return TRUE;
  check_saved (self, close_now, NULL);
  return FALSE;
}
