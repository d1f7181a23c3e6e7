/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-fixture.h"

#include <glib/gstdio.h>
#include <stdlib.h>

#include "app/solco-application.h"
#include "app/solco-option-row.h"
#include "app/solco-pane-private.h"
#include "app/solco-row-text.h"
#include "app/solco-window-private.h"

/* Nothing that is waited for takes so long. */
#define LIMIT_MS 20000

static char *state_folder;

void
ui_delete_all (const char *path)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          ui_delete_all (child);
        }
    }
  (void) g_remove (path);
}

static void
delete_state (void)
{
  ui_delete_all (state_folder);
  g_free (state_folder);
}

gboolean
ui_init (int *argc, char ***argv)
{
  g_autoptr (GtkCssProvider) provider = NULL;

  /* Programs that run at the same time must not find each other's unsaved work. */
  state_folder = g_dir_make_tmp ("solco-ui-state-XXXXXX", NULL);
  g_assert_nonnull (state_folder);
  g_setenv ("XDG_STATE_HOME", state_folder, TRUE);
  g_setenv ("XDG_DATA_HOME", state_folder, TRUE);
  g_assert_cmpint (atexit (delete_state), ==, 0);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  g_setenv ("GIO_USE_VFS", "local", TRUE);
  g_setenv ("GTK_A11Y", "test", TRUE);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return FALSE;
    }
  g_test_init (argc, argv, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, "/io/github/solco/Solco/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  return TRUE;
}

static gboolean
on_limit (gpointer data)
{
  g_error ("What the test waits for did not come");
  return G_SOURCE_REMOVE;
}

static gboolean
on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
ui_wait_until (gboolean (*test) (gpointer data), gpointer data)
{
  const guint limit = g_timeout_add (LIMIT_MS, on_limit, NULL);
  /* Wakes the loop, so that the test is asked even where nothing happens. */
  const guint tick = g_timeout_add (5, on_tick, NULL);

  while (!test (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  g_source_remove (limit);
}

static gboolean
is_over (gpointer data)
{
  return g_get_monotonic_time () >= *(gint64 *) data;
}

void
ui_wait_ms (guint ms)
{
  gint64 end_us = g_get_monotonic_time () + ms * 1000;

  ui_wait_until (is_over, &end_us);
}

static gboolean
is_settled (gpointer data)
{
  UiFixture *self = data;

  return !solco_controller_is_reading (self->controller)
         && !solco_controller_is_adding (self->controller)
         && !solco_stage_list_is_sorting (SOLCO_WINDOW (self->window)->pane->list);
}

void
ui_settle (UiFixture *self)
{
  /* A frame or two before, in which things begin, and after, in which they are shown. */
  ui_wait_ms (60);
  ui_wait_until (is_settled, self);
  ui_wait_ms (60);
}

void
ui_fixture_set_up (UiFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSettings) settings = g_settings_new (SOLCO_APPLICATION_ID);

  g_settings_set_string (settings, "image-kind", "cd700");
  self->folder = g_dir_make_tmp ("solco-ui-XXXXXX", &error);
  g_assert_no_error (error);
  self->controller = solco_controller_new (settings, &error);
  g_assert_no_error (error);
  self->window = GTK_WINDOW (solco_window_new (NULL, self->controller));
  gtk_window_present (self->window);
  ui_settle (self);
}

static gboolean
is_gone (gpointer data)
{
  return ((UiFixture *) data)->controller == NULL;
}

void
ui_fixture_tear_down (UiFixture *self, gconstpointer data)
{
  gtk_window_destroy (self->window);
  ui_wait_ms (20);
  g_assert_true (solco_controller_shutdown (self->controller));
  /* Files that are still being written hold it for a moment; nothing else may. */
  g_object_add_weak_pointer (G_OBJECT (self->controller), (gpointer *) &self->controller);
  g_object_unref (self->controller);
  ui_wait_until (is_gone, self);
  ui_delete_all (self->folder);
  g_free (self->folder);
}

void
ui_select_image (UiFixture *self, const char *name)
{
  g_autofree char *address = g_strdup_printf ("stdio:%s/%s", self->folder, name);

  solco_controller_select_address (self->controller, address);
  ui_settle (self);
  g_assert_nonnull (solco_controller_get_medium (self->controller));
}

char *
ui_make_file (UiFixture *self, const char *path, gsize n_bytes)
{
  char *full = g_build_filename (self->folder, path, NULL);
  g_autofree char *directory = g_path_get_dirname (full);
  g_autofree char *content = g_malloc0 (n_bytes + 1);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (directory, 0700), ==, 0);
  g_file_set_contents (full, content, (gssize) n_bytes, &error);
  g_assert_no_error (error);
  return full;
}

GdkFileList *
ui_make_file_list (const char *const *paths)
{
  GSList *files = NULL;
  GdkFileList *list;

  for (gsize i = 0; paths[i] != NULL; i++)
    files = g_slist_prepend (files, g_file_new_for_path (paths[i]));
  files = g_slist_reverse (files);
  list = gdk_file_list_new_from_list (files);
  g_slist_free_full (files, g_object_unref);
  return list;
}

void
ui_drop (UiFixture *self, const char *const *paths)
{
  ui_drop_list (self, ui_make_file_list (paths));
}

void
ui_drop_list (UiFixture *self, GdkFileList *list)
{
  GtkWidget *content = GTK_WIDGET (SOLCO_WINDOW (self->window)->pane->content);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (content);
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean is_taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, list);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_DROP_TARGET (controller)
          || !gdk_content_formats_contain_gtype (
              gtk_drop_target_get_formats (GTK_DROP_TARGET (controller)), GDK_TYPE_FILE_LIST))
        continue;
      g_signal_emit_by_name (controller, "drop", &value, gtk_widget_get_width (content) / 2.,
                             gtk_widget_get_height (content) - 4., &is_taken);
    }
  g_assert_true (is_taken);
}

void
ui_set_size (UiFixture *self, int width, int height)
{
  gtk_window_set_default_size (self->window, width, height);
  ui_wait_ms (150);
  ui_settle (self);
}

GtkWidget *
ui_find_name (GtkWidget *root, const char *css_name, const char *css_class)
{
  GtkWidget *found = NULL;

  if (g_str_equal (gtk_widget_get_css_name (root), css_name)
      && (css_class == NULL || gtk_widget_has_css_class (root, css_class)))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = ui_find_name (child, css_name, css_class);
  return found;
}

GtkWidget *
ui_find_type (GtkWidget *root, GType type)
{
  GtkWidget *found = NULL;

  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = ui_find_type (child, type);
  return found;
}

GtkWidget *
ui_find_class (GtkWidget *root, const char *css_class)
{
  GtkWidget *found = NULL;

  if (gtk_widget_has_css_class (root, css_class))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = ui_find_class (child, css_class);
  return found;
}

GtkWidget *
ui_find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type))
        return window;
    }
  return NULL;
}

GtkWidget *
ui_find_button (GtkWidget *root, const char *label)
{
  if (!gtk_widget_get_visible (root))
    return NULL;
  if (GTK_IS_BUTTON (root) && gtk_button_get_label (GTK_BUTTON (root)) != NULL
      && strstr (gtk_button_get_label (GTK_BUTTON (root)), label) != NULL)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *button = ui_find_button (child, label);

      if (button != NULL)
        return button;
    }
  return NULL;
}

GtkWidget *
ui_find_control (GtkWidget *root, const char *title)
{
  if (SOLCO_IS_OPTION_ROW (root))
    {
      g_autofree char *found = NULL;
      GtkWidget *control;

      g_object_get (root, "title", &found, "control", &control, NULL);
      if (control != NULL)
        g_object_unref (control);
      return g_str_equal (found, title) && gtk_widget_get_visible (root) ? control : NULL;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *control = ui_find_control (child, title);

      if (control != NULL)
        return control;
    }
  return NULL;
}

void
ui_click (GtkWidget *button)
{
  g_assert_true (GTK_IS_BUTTON (button));
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

char **
ui_get_rows (UiFixture *self)
{
  GListModel *model = G_LIST_MODEL (SOLCO_WINDOW (self->window)->pane->list);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (SolcoRow) row = g_list_model_get_item (model, i);
      const char *badge_class;
      g_autofree char *status = solco_row_dup_status (row, &badge_class);
      g_autofree char *text
          = g_strdup_printf ("%s|%s", solco_node_get_name (solco_row_get_node (row)), status);

      g_strv_builder_add (builder, text);
    }
  return g_strv_builder_end (builder);
}

gboolean
ui_is_enabled (UiFixture *self, const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (self->window), action);
}

void
ui_activate (UiFixture *self, const char *action)
{
  g_assert_true (ui_is_enabled (self, action));
  g_action_group_activate_action (G_ACTION_GROUP (self->window), action, NULL);
  ui_settle (self);
}

void
ui_stage (UiFixture *self, const char *name, gsize n_bytes)
{
  g_autofree char *file = ui_make_file (self, name, n_bytes);
  const char *paths[] = { file, NULL };

  ui_drop (self, paths);
  ui_settle (self);
}

static gboolean
has_begun (gpointer data)
{
  return !solco_controller_is_starting (((UiFixture *) data)->controller);
}

void
ui_begin_burn (UiFixture *self)
{
  g_autoptr (GError) error = NULL;

  solco_controller_burn (self->controller, NULL, FALSE, &error);
  g_assert_no_error (error);
  ui_wait_until (has_begun, self);
  g_assert_nonnull (solco_controller_get_job (self->controller));
}

void
ui_end_job (UiFixture *self)
{
  ui_wait_until (ui_job_is_finished, self);
  g_assert_no_error (solco_job_get_error (solco_controller_get_job (self->controller)));
  solco_controller_dismiss_job (self->controller);
  ui_settle (self);
}

gboolean
ui_job_is_finished (gpointer data)
{
  UiFixture *self = data;
  SolcoJob *job = solco_controller_get_job (self->controller);

  return job != NULL && solco_job_is_finished (job);
}

gboolean
ui_has_text (GtkWidget *root, const char *text)
{
  if (!gtk_widget_get_visible (root))
    return FALSE;
  if (GTK_IS_LABEL (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (ui_has_text (child, text))
      return TRUE;
  return FALSE;
}
