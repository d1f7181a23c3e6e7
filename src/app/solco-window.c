/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "solco-dialogs.h"
#include "solco-message.h"
#include "solco-window-private.h"
#include "text/solco-text-error.h"

G_DEFINE_FINAL_TYPE (SolcoWindow, solco_window, GTK_TYPE_APPLICATION_WINDOW)

static void
set_class (SolcoWindow *self, const char *css_class, gboolean is_set)
{
  if (is_set)
    gtk_widget_add_css_class (GTK_WIDGET (self), css_class);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), css_class);
}

static void
on_layout (SolcoWindow *self)
{
  const SolcoLayoutMode mode = solco_layout_get_mode (self->layout);
  const gboolean is_stage = solco_controller_get_job (self->controller) == NULL;
  const gboolean is_compact = mode == SOLCO_LAYOUT_COMPACT;

  set_class (self, "narrow", mode != SOLCO_LAYOUT_WIDE);
  set_class (self, "compact", is_compact);
  gtk_widget_set_visible (GTK_WIDGET (self->search), is_stage && !is_compact);
  gtk_widget_set_visible (GTK_WIDGET (self->burn), is_stage && !is_compact);
  gtk_widget_set_visible (GTK_WIDGET (self->add), is_stage);
  solco_picker_set_narrow (self->picker, mode != SOLCO_LAYOUT_WIDE);
  solco_pane_set_narrow (self->pane, mode != SOLCO_LAYOUT_WIDE);
  solco_foot_set_mode (self->foot, mode);
  solco_banner_set_compact (self->banner, is_compact);
}

/* The page follows the job, and so do the header's buttons. */
static void
on_job (SolcoWindow *self)
{
  SolcoJob *job = solco_controller_get_job (self->controller);
  const char *page = "stage";
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (job != NULL && gtk_stack_get_child_by_name (self->pages, "progress") == NULL)
    {
      /* The window is there sooner without them. */
      gtk_stack_add_named (self->pages, solco_progress_page_new (self->controller), "progress");
      gtk_stack_add_named (self->pages, solco_result_page_new (self->controller), "result");
    }
  if (job != NULL)
    page = solco_job_is_finished (job) ? "result" : "progress";
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), page) != 0)
    gtk_stack_set_visible_child_name (self->pages, page);
  on_layout (self);
  if (application != NULL && job != NULL && !solco_job_is_finished (job)
      && self->inhibit_cookie == 0)
    self->inhibit_cookie = gtk_application_inhibit (
        application, GTK_WINDOW (self),
        GTK_APPLICATION_INHIBIT_LOGOUT | GTK_APPLICATION_INHIBIT_SUSPEND
            | GTK_APPLICATION_INHIBIT_SWITCH,
        _ ("A disc is being written"));
  else if (self->inhibit_cookie != 0 && (job == NULL || solco_job_is_finished (job)))
    {
      gtk_application_uninhibit (application, self->inhibit_cookie);
      self->inhibit_cookie = 0;
    }
  solco_window_update_actions (self);
  if (job == NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    solco_pane_focus (self->pane);
}

/* Told by the desktop only where the user does not see it here. */
static void
notify_finished (SolcoWindow *self, SolcoJob *job)
{
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
  const GError *error = solco_job_get_error (job);
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *title = NULL;

  if (application == NULL || gtk_window_is_active (GTK_WINDOW (self))
      || solco_job_get_state (job) == SOLCO_JOB_CANCELLED)
    return;
  title = error != NULL ? solco_text_error_dup_title (error) : g_strdup (_ ("Solco has finished"));
  notification = g_notification_new (title);
  g_notification_set_default_action (notification, "app.activate");
  g_application_send_notification (application, "job", notification);
}

static void
on_job_finished (SolcoWindow *self, SolcoJob *job)
{
  on_job (self);
  notify_finished (self, job);
}

static void
on_status (SolcoWindow *self)
{
  solco_window_update_actions (self);
  solco_window_update_banner (self);
  if (self->burns_when_read && !solco_controller_is_reading (self->controller))
    {
      self->burns_when_read = FALSE;
      if (solco_controller_get_medium (self->controller) != NULL)
        solco_window_burn (self);
    }
}

static void
on_wrong_disc (SolcoWindow *self)
{
  solco_wrong_disc_dialog_present (GTK_WINDOW (self), self->controller);
}

static void
on_disc_ready (SolcoWindow *self)
{
  solco_burn_dialog_present (GTK_WINDOW (self), self->controller);
}

static void
on_conflict (SolcoWindow *self, SolcoAddition *addition)
{
  solco_conflict_dialog_present (GTK_WINDOW (self), self->controller, addition);
}

static void
on_message (SolcoWindow *self, const char *title, const char *body)
{
  solco_message_present (GTK_WINDOW (self), title, body);
}

static void
on_restored (SolcoWindow *self)
{
  self->is_restored_shown = TRUE;
  solco_window_update_banner (self);
}

static void
on_project (SolcoWindow *self)
{
  GFile *file = solco_controller_get_project_file (self->controller);
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : NULL;

  self->is_removal_explained = FALSE;
  self->has_explained_removal = FALSE;
  gtk_window_set_title (GTK_WINDOW (self), name != NULL ? name : "Solco");
}

static gboolean
solco_window_close_request (GtkWindow *window)
{
  SolcoWindow *self = SOLCO_WINDOW (window);
  GSettings *settings = solco_controller_get_settings (self->controller);
  int width = 0;
  int height = 0;

  if (!solco_window_confirm_close (self))
    return TRUE;
  solco_controller_discard_autosave (self->controller);
  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (window));
  if (width > 0 && height > 0)
    g_settings_set (settings, "window-size", "(ii)", width, height);
  return GTK_WINDOW_CLASS (solco_window_parent_class)->close_request (window);
}

static void
solco_window_dispose (GObject *object)
{
  SolcoWindow *self = SOLCO_WINDOW (object);

  g_clear_handle_id (&self->slow_id, g_source_remove);
  if (self->controller != NULL)
    {
      g_signal_handlers_disconnect_by_data (solco_controller_get_problems (self->controller), self);
      g_signal_handlers_disconnect_by_data (self->controller, self);
    }
  g_clear_object (&self->controller);
  g_clear_object (&self->recent);
  g_clear_object (&self->undo_section);
  G_OBJECT_CLASS (solco_window_parent_class)->dispose (object);
}

static void
solco_window_class_init (SolcoWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = solco_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = solco_window_close_request;
  g_type_ensure (SOLCO_TYPE_BANNER);
  g_type_ensure (SOLCO_TYPE_FOOT);
  g_type_ensure (SOLCO_TYPE_LAYOUT);
  g_type_ensure (SOLCO_TYPE_PANE);
  g_type_ensure (SOLCO_TYPE_PICKER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/solco/Solco/window.ui");
  gtk_widget_class_bind_template_child (widget_class, SolcoWindow, layout);
  gtk_widget_class_bind_template_child (widget_class, SolcoWindow, header);
  gtk_widget_class_bind_template_child (widget_class, SolcoWindow, add);
  gtk_widget_class_bind_template_child (widget_class, SolcoWindow, search);
  gtk_widget_class_bind_template_child (widget_class, SolcoWindow, picker);
  gtk_widget_class_bind_template_child (widget_class, SolcoWindow, burn);
  gtk_widget_class_bind_template_child (widget_class, SolcoWindow, menu);
  gtk_widget_class_bind_template_child (widget_class, SolcoWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, SolcoWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, SolcoWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, SolcoWindow, pane);
  gtk_widget_class_bind_template_child (widget_class, SolcoWindow, foot);
}

/* GTK 4.8 leaves the focus in a submenu that is not there any more, where no key reaches anything. */
static void
on_menu_closed (SolcoWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (focus == NULL || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->menu)))
    gtk_widget_grab_focus (GTK_WIDGET (self->menu));
}

static void
make_menus (SolcoWindow *self)
{
  g_autoptr (GtkBuilder) builder
      = gtk_builder_new_from_resource ("/io/github/solco/Solco/menus.ui");

  self->undo_section = g_object_ref (G_MENU (gtk_builder_get_object (builder, "undo_section")));
  self->recent = g_object_ref (G_MENU (gtk_builder_get_object (builder, "recent_menu")));
  gtk_menu_button_set_menu_model (self->add,
                                  G_MENU_MODEL (gtk_builder_get_object (builder, "add_menu")));
  gtk_menu_button_set_menu_model (self->menu,
                                  G_MENU_MODEL (gtk_builder_get_object (builder, "primary_menu")));
  g_signal_connect_swapped (gtk_menu_button_get_popover (self->menu), "closed",
                            G_CALLBACK (on_menu_closed), self);
  solco_window_update_recent (self);
}

static void
solco_window_init (SolcoWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* The header bar is part of the content, so that the layout can do with less of it. */
  solco_hide_titlebar (GTK_WIDGET (self));
  solco_window_add_actions (self);
  make_menus (self);
}

static void
connect_controller (SolcoWindow *self)
{
  SolcoController *controller = self->controller;

  g_signal_connect_swapped (controller, "status-changed", G_CALLBACK (on_status), self);
  g_signal_connect_swapped (controller, "notify::is-reading", G_CALLBACK (on_status), self);
  g_signal_connect_swapped (controller, "notify::is-adding", G_CALLBACK (on_status), self);
  g_signal_connect_swapped (controller, "notify::is-waiting", G_CALLBACK (on_status), self);
  g_signal_connect_swapped (controller, "notify::job", G_CALLBACK (on_job), self);
  g_signal_connect_swapped (controller, "notify::project", G_CALLBACK (on_project), self);
  g_signal_connect_swapped (controller, "job-finished", G_CALLBACK (on_job_finished), self);
  g_signal_connect_swapped (controller, "wrong-disc", G_CALLBACK (on_wrong_disc), self);
  g_signal_connect_swapped (controller, "disc-ready", G_CALLBACK (on_disc_ready), self);
  g_signal_connect_swapped (controller, "conflict", G_CALLBACK (on_conflict), self);
  g_signal_connect_swapped (controller, "message", G_CALLBACK (on_message), self);
  g_signal_connect_swapped (controller, "restored", G_CALLBACK (on_restored), self);
  g_signal_connect_swapped (solco_controller_get_problems (controller), "items-changed",
                            G_CALLBACK (on_status), self);
  g_signal_connect_swapped (self->pane, "selection-changed",
                            G_CALLBACK (solco_window_update_actions), self);
}

/**
 * solco_window_new:
 * @application: (nullable): the program
 * @controller: what it works with
 *
 * Main thread.
 *
 * Returns: (transfer full): the window, not shown yet
 */
SolcoWindow *
solco_window_new (SolcoApplication *application, SolcoController *controller)
{
  SolcoWindow *self = g_object_new (SOLCO_TYPE_WINDOW, "application", application, NULL);
  GSettings *settings = solco_controller_get_settings (controller);
  int width = 0;
  int height = 0;

  self->controller = g_object_ref (controller);
  solco_picker_set_controller (self->picker, controller);
  solco_pane_set_controller (self->pane, controller);
  solco_foot_set_controller (self->foot, controller);
  g_object_bind_property (self->search, "active", self->pane, "search-mode",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  connect_controller (self);
  solco_window_add_shortcuts (self);
  g_signal_connect_swapped (self->layout, "notify::mode", G_CALLBACK (on_layout), self);
  g_settings_get (settings, "window-size", "(ii)", &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  on_job (self);
  on_status (self);
  solco_pane_focus (self->pane);
  return self;
}

/**
 * solco_window_get_controller:
 * @self: a window
 *
 * Returns: (transfer none): what it works with
 */
SolcoController *
solco_window_get_controller (SolcoWindow *self)
{
  g_return_val_if_fail (SOLCO_IS_WINDOW (self), NULL);

  return self->controller;
}
