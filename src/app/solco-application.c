/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-application.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "config.h"
#include "engine/solco-error.h"
#include "solco-appearance.h"
#include "solco-dialogs.h"
#include "solco-drag-out.h"
#include "solco-window.h"
#include "text/solco-text-error.h"

struct _SolcoApplication
{
  GtkApplication parent_instance;

  SolcoController *controller;
  SolcoAppearance *appearance;
  GtkWindow *window; /* weak */
};

G_DEFINE_FINAL_TYPE (SolcoApplication, solco_application, GTK_TYPE_APPLICATION)

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/io/github/solco/Solco/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SolcoApplication *self = data;
  const char *authors[] = { "The Solco project", NULL };

  gtk_show_about_dialog (self->window, "program-name", "Solco", "version", SOLCO_VERSION,
                         "logo-icon-name", SOLCO_APPLICATION_ID, "license-type",
                         GTK_LICENSE_GPL_3_0, "comments",
                         _ ("Burn discs, and keep them growing"), "authors", authors,
                         "translator-credits", _ ("translator-credits"), NULL);
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SolcoApplication *self = data;

  if (self->window != NULL)
    gtk_window_close (self->window);
  else
    g_application_quit (G_APPLICATION (self));
}

static void
on_activate (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_application_activate (data);
}

static void
clean_up (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  solco_drag_out_clean_up (g_get_real_time () / G_USEC_PER_SEC);
  g_task_return_boolean (task, TRUE);
}

static void
solco_application_startup (GApplication *application)
{
  static const GActionEntry entries[]
      = { { "about", on_about }, { "quit", on_quit }, { "activate", on_activate } };
  static const char *const quit_keys[] = { "<Control>q", NULL };
  SolcoApplication *self = SOLCO_APPLICATION (application);
  g_autoptr (GTask) cleaning = g_task_new (NULL, NULL, NULL, NULL);

  G_APPLICATION_CLASS (solco_application_parent_class)->startup (application);
  g_task_run_in_thread (cleaning, clean_up);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.quit", quit_keys);
  load_style ();
  self->appearance = solco_appearance_new (gdk_display_get_default ());
}

static gboolean
ensure_window (SolcoApplication *self, GError **error)
{
  g_autoptr (GSettings) settings = NULL;

  if (self->window != NULL)
    return TRUE;
  if (self->controller == NULL)
    {
      settings = g_settings_new (SOLCO_APPLICATION_ID);
      self->controller = solco_controller_new (settings, error);
    }
  if (self->controller == NULL)
    return FALSE;
  g_set_weak_pointer (&self->window, GTK_WINDOW (solco_window_new (self, self->controller)));
  solco_appearance_watch (self->appearance, GTK_WIDGET (self->window));
  return TRUE;
}

static void
print_error (GApplicationCommandLine *line, const GError *error)
{
  g_autofree char *title = solco_text_error_dup_title (error);

  g_application_command_line_printerr (line, "solco: %s (%s)\n", title, error->message);
}

static void
select_device (SolcoApplication *self, GApplicationCommandLine *line, const char *device)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *address = NULL;

  if (device == NULL)
    {
      if (solco_controller_get_target (self->controller) == NULL)
        solco_controller_select_default (self->controller);
      return;
    }
  if (g_str_has_prefix (device, "stdio:"))
    {
      file = g_application_command_line_create_file_for_arg (line, device + strlen ("stdio:"));
      address = g_strconcat ("stdio:", g_file_peek_path (file), NULL);
    }
  else
    {
      address = g_strdup (device);
    }
  solco_controller_select_address (self->controller, address);
}

static void
on_project_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!solco_controller_open_project_finish (SOLCO_CONTROLLER (source), result, &error))
    solco_controller_report_error (SOLCO_CONTROLLER (source), error);
}

static void
stage_arguments (SolcoApplication *self, GApplicationCommandLine *line, const char *const *paths)
{
  GSList *files = NULL;

  for (gsize i = 0; paths != NULL && paths[i] != NULL; i++)
    files = g_slist_prepend (files, g_application_command_line_create_file_for_arg (line, paths[i]));
  files = g_slist_reverse (files);
  if (files != NULL)
    solco_controller_stage_files (self->controller, files, NULL);
  g_slist_free_full (files, g_object_unref);
}

static int
solco_application_command_line (GApplication *application, GApplicationCommandLine *line)
{
  SolcoApplication *self = SOLCO_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (line);
  const gboolean is_first = self->window == NULL;
  const char *device = NULL;
  const char *project = NULL;
  g_autofree const char **paths = NULL;
  g_autoptr (GError) error = NULL;

  if (!ensure_window (self, &error))
    {
      print_error (line, error);
      return EXIT_FAILURE;
    }
  g_variant_dict_lookup (options, "device", "^&ay", &device);
  g_variant_dict_lookup (options, "project", "^&ay", &project);
  g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &paths);
  if (is_first || device != NULL)
    select_device (self, line, device);
  if (project != NULL)
    {
      g_autoptr (GFile) file = g_application_command_line_create_file_for_arg (line, project);

      solco_controller_open_project_async (self->controller, file, NULL, on_project_opened, NULL);
    }
  else if (is_first && paths == NULL)
    {
      solco_controller_restore_autosave (self->controller);
    }
  stage_arguments (self, line, paths);
  gtk_window_present (self->window);
  return EXIT_SUCCESS;
}

static void
solco_application_activate (GApplication *application)
{
  SolcoApplication *self = SOLCO_APPLICATION (application);

  if (self->window != NULL)
    gtk_window_present (self->window);
}

static void
solco_application_shutdown (GApplication *application)
{
  SolcoApplication *self = SOLCO_APPLICATION (application);

  g_clear_weak_pointer (&self->window);
  if (self->controller != NULL && !solco_controller_shutdown (self->controller))
    {
      /* The drive does not answer: the thread that waits for it goes with the process. */
      g_settings_sync ();
      fflush (NULL);
      _exit (EXIT_SUCCESS);
    }
  g_clear_object (&self->controller);
  g_clear_object (&self->appearance);
  G_APPLICATION_CLASS (solco_application_parent_class)->shutdown (application);
}

static void
solco_application_class_init (SolcoApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = solco_application_startup;
  application_class->command_line = solco_application_command_line;
  application_class->activate = solco_application_activate;
  application_class->shutdown = solco_application_shutdown;
}

static int
on_local_options (GApplication *application, GVariantDict *options)
{
  if (!g_variant_dict_contains (options, "version"))
    return -1;
  g_print ("Solco %s\n", SOLCO_VERSION);
  return EXIT_SUCCESS;
}

static void
solco_application_init (SolcoApplication *self)
{
  static const GOptionEntry entries[] = {
    { "device", 0, 0, G_OPTION_ARG_FILENAME, NULL,
      N_ ("Recorder, such as /dev/sr0, or stdio: and the path of an image file"), N_ ("ADDRESS") },
    { "project", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Project file to open"), N_ ("FILE") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, N_ ("FILE…") },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), entries);
  g_signal_connect (self, "handle-local-options", G_CALLBACK (on_local_options), NULL);
}

/**
 * solco_application_new:
 *
 * Returns: (transfer full): the program
 */
SolcoApplication *
solco_application_new (void)
{
  return g_object_new (SOLCO_TYPE_APPLICATION, "application-id", SOLCO_APPLICATION_ID, "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE, NULL);
}
