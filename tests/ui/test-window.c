/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The session rules as the window shows them, on an image file that is really written. */
#include "app/solco-window-private.h"
#include "ui/ui-fixture.h"

static SolcoProject *
get_project (UiFixture *fixture)
{
  return solco_controller_get_project (fixture->controller);
}

static const char *
get_banner (UiFixture *fixture)
{
  return solco_banner_get_text (SOLCO_WINDOW (fixture->window)->banner);
}

static const char *
get_page (UiFixture *fixture)
{
  return gtk_stack_get_visible_child_name (SOLCO_WINDOW (fixture->window)->pages);
}

static void
burn (UiFixture *fixture)
{
  ui_begin_burn (fixture);
  g_assert_cmpstr (get_page (fixture), ==, "progress");
  g_assert_false (ui_is_enabled (fixture, "add-files"));
  ui_wait_until (ui_job_is_finished, fixture);
  g_assert_no_error (solco_job_get_error (solco_controller_get_job (fixture->controller)));
  g_assert_cmpstr (get_page (fixture), ==, "result");
  solco_controller_dismiss_job (fixture->controller);
  ui_settle (fixture);
  g_assert_cmpstr (get_page (fixture), ==, "stage");
}

static void
test_burn_and_append (UiFixture *fixture, gconstpointer data)
{
  ui_select_image (fixture, "disc.iso");
  g_assert_cmpint (solco_controller_get_state (fixture->controller), ==,
                   SOLCO_DISC_MASTER_SINGLE_SESSION);
  ui_stage (fixture, "one.txt", 3000);
  g_assert_null (get_banner (fixture));
  burn (fixture);
  /* What was staged is on the disc now, and the next session is planned. */
  g_assert_cmpint (solco_controller_get_state (fixture->controller), ==,
                   SOLCO_DISC_MASTER_MULTI_SESSION);
  g_assert_cmpuint (solco_project_get_n_changes (get_project (fixture)), ==, 0);
  g_assert_nonnull (strstr (get_banner (fixture), "Adding session 2"));
  g_assert_false (ui_is_enabled (fixture, "burn"));
  ui_stage (fixture, "two.txt", 3000);
  g_assert_true (ui_is_enabled (fixture, "burn"));
  burn (fixture);
  g_assert_nonnull (strstr (get_banner (fixture), "Adding session 3"));
  g_assert_nonnull (solco_project_lookup (get_project (fixture), "/one.txt"));
  g_assert_nonnull (solco_project_lookup (get_project (fixture), "/two.txt"));
}

static void
test_clear_and_undo (UiFixture *fixture, gconstpointer data)
{
  ui_select_image (fixture, "disc.iso");
  ui_stage (fixture, "one.txt", 3000);
  burn (fixture);
  ui_stage (fixture, "two.txt", 3000);
  ui_activate (fixture, "clear-content");
  g_assert_cmpint (solco_controller_get_state (fixture->controller), ==,
                   SOLCO_DISC_MASTER_BLANK_REQUIRED);
  g_assert_nonnull (strstr (get_banner (fixture), "erased"));
  g_assert_true (solco_controller_needs_erase (fixture->controller));
  ui_activate (fixture, "undo");
  g_assert_cmpint (solco_controller_get_state (fixture->controller), ==,
                   SOLCO_DISC_MASTER_MULTI_SESSION);
  g_assert_nonnull (solco_project_lookup (get_project (fixture), "/one.txt"));
  g_assert_nonnull (solco_project_lookup (get_project (fixture), "/two.txt"));
  ui_activate (fixture, "redo");
  g_assert_cmpint (solco_controller_get_state (fixture->controller), ==,
                   SOLCO_DISC_MASTER_BLANK_REQUIRED);
}

static void
test_wrong_disc (UiFixture *fixture, gconstpointer data)
{
  ui_select_image (fixture, "disc.iso");
  ui_stage (fixture, "one.txt", 3000);
  burn (fixture);
  ui_stage (fixture, "two.txt", 3000);
  ui_select_image (fixture, "other.iso");
  g_assert_cmpint (solco_controller_get_state (fixture->controller), ==,
                   SOLCO_DISC_MASTER_WRONG_DISC);
  g_assert_false (ui_is_enabled (fixture, "burn"));
  g_assert_true (ui_is_enabled (fixture, "wrong-disc"));
  g_assert_nonnull (strstr (get_banner (fixture), "not in the drive"));
  /* The bar still shows the disc that the stage is planned for. */
  g_assert_cmpuint (solco_controller_get_capacity_input (fixture->controller)->n_sessions, ==, 1);
  solco_controller_replan (fixture->controller);
  ui_settle (fixture);
  /* The other one is blank: what is new stays, what was on the old disc is not there. */
  g_assert_cmpint (solco_controller_get_state (fixture->controller), ==,
                   SOLCO_DISC_MASTER_SINGLE_SESSION);
  g_assert_null (solco_project_lookup (get_project (fixture), "/one.txt"));
  g_assert_nonnull (solco_project_lookup (get_project (fixture), "/two.txt"));
  g_assert_true (ui_is_enabled (fixture, "burn"));
}

static void
test_untouched_disc_leaves (UiFixture *fixture, gconstpointer data)
{
  ui_select_image (fixture, "disc.iso");
  ui_stage (fixture, "one.txt", 3000);
  burn (fixture);
  /* Nothing is planned, so another disc takes its place by itself. */
  ui_select_image (fixture, "other.iso");
  g_assert_cmpint (solco_controller_get_state (fixture->controller), ==,
                   SOLCO_DISC_MASTER_SINGLE_SESSION);
  g_assert_null (solco_project_lookup (get_project (fixture), "/one.txt"));
  ui_select_image (fixture, "disc.iso");
  g_assert_cmpint (solco_controller_get_state (fixture->controller), ==,
                   SOLCO_DISC_MASTER_MULTI_SESSION);
  g_assert_nonnull (solco_project_lookup (get_project (fixture), "/one.txt"));
}

static gboolean
has_figures (gpointer data)
{
  return solco_controller_get_capacity_input (((UiFixture *) data)->controller)->image_blocks > 0;
}

static gboolean
is_exact (gpointer data)
{
  return solco_controller_is_capacity_exact (((UiFixture *) data)->controller);
}

static void
test_measure (UiFixture *fixture, gconstpointer data)
{
  gint64 estimate;

  ui_select_image (fixture, "disc.iso");
  ui_stage (fixture, "one.txt", 3000000);
  ui_wait_until (has_figures, fixture);
  estimate = solco_controller_get_capacity_input (fixture->controller)->image_blocks;
  g_assert_cmpint (estimate, >, 3000000 / 2048);
  ui_wait_until (is_exact, fixture);
  /* An estimate is never too low. */
  g_assert_cmpint (solco_controller_get_capacity_input (fixture->controller)->image_blocks, <=,
                   estimate);
  g_assert_cmpint (solco_controller_get_capacity_input (fixture->controller)->image_blocks, >,
                   3000000 / 2048);
}

static void
test_over_full (UiFixture *fixture, gconstpointer data)
{
  g_autofree char *file = ui_make_file (fixture, "big", 1);
  const char *paths[] = { file, NULL };
  SolcoWindow *window = SOLCO_WINDOW (fixture->window);

  g_assert_cmpint (truncate (file, G_GINT64_CONSTANT (900000000)), ==, 0);
  ui_select_image (fixture, "disc.iso");
  ui_drop (fixture, paths);
  ui_settle (fixture);
  ui_wait_until (has_figures, fixture);
  ui_settle (fixture);
  g_assert_false (ui_is_enabled (fixture, "burn"));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (window->burn), "suggested-action"));
  g_assert_nonnull (gtk_widget_get_tooltip_text (GTK_WIDGET (window->burn)));
  g_assert_true (gtk_widget_get_child_visible (
      ui_find_name (GTK_WIDGET (window->foot), "segment", "over")));
}

static gboolean
is_called (gpointer data)
{
  return *(gboolean *) data;
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (solco_controller_save_project_finish (SOLCO_CONTROLLER (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (solco_controller_open_project_finish (SOLCO_CONTROLLER (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static void
test_project_file (UiFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "My Disc.solco", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  gboolean called = FALSE;

  ui_select_image (fixture, "disc.iso");
  ui_stage (fixture, "one.txt", 3000);
  g_assert_true (solco_controller_is_unsaved (fixture->controller));
  solco_controller_save_project_async (fixture->controller, file, NULL, on_saved, &called);
  ui_wait_until (is_called, &called);
  g_assert_false (solco_controller_is_unsaved (fixture->controller));
  solco_controller_new_project (fixture->controller);
  ui_settle (fixture);
  g_assert_null (solco_project_lookup (get_project (fixture), "/one.txt"));
  called = FALSE;
  solco_controller_open_project_async (fixture->controller, file, NULL, on_opened, &called);
  ui_wait_until (is_called, &called);
  ui_settle (fixture);
  g_assert_nonnull (solco_project_lookup (get_project (fixture), "/one.txt"));
  g_assert_false (solco_controller_is_unsaved (fixture->controller));
  g_assert_cmpstr (gtk_window_get_title (fixture->window), ==, "My Disc.solco");
}

static gboolean
is_autosaved (gpointer data)
{
  return g_file_test (data, G_FILE_TEST_EXISTS);
}

static gboolean
is_restored (gpointer data)
{
  return solco_project_lookup (get_project (data), "/one.txt") != NULL;
}

static gboolean
is_gone (gpointer data)
{
  return !is_autosaved (data);
}

/* Work outlives a crash, and what was given up does not come back. */
static void
test_autosave (UiFixture *fixture, gconstpointer data)
{
  g_autofree char *path
      = g_build_filename (g_get_user_state_dir (), "solco", "unsaved.solco", NULL);
  g_autofree char *content = NULL;
  gsize length = 0;
  g_autoptr (GError) error = NULL;

  g_assert_false (is_autosaved (path));
  ui_stage (fixture, "one.txt", 3000);
  ui_wait_until (is_autosaved, path);
  ui_wait_ms (200);
  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);
  solco_controller_new_project (fixture->controller);
  ui_wait_until (is_gone, path);

  /* As if the program had ended before it could clean up. */
  g_file_set_contents (path, content, (gssize) length, &error);
  g_assert_no_error (error);
  solco_controller_restore_autosave (fixture->controller);
  ui_wait_until (is_restored, fixture);
  ui_settle (fixture);
  g_assert_nonnull (solco_banner_get_text (SOLCO_WINDOW (fixture->window)->notice));
  g_assert_true (solco_controller_is_unsaved (fixture->controller));
  solco_controller_discard_autosave (fixture->controller);
  ui_wait_until (is_gone, path);
}

/* Every verb has an action, and the keys that an entry uses are not taken from it. */
static void
test_keys (UiFixture *fixture, gconstpointer data)
{
  static const char *const verbs[]
      = { "burn", "burn-to-image", "burn-image", "copy-to", "erase", "eject", "disc-information",
          "verify", "add-files", "add-folder", "paste", "new-folder", "rename", "remove", "restore",
          "clear-content", "undo", "redo", "open-project", "save-project", "find", "select-all",
          "picker", "read-disc", "preferences", "shortcuts", "next-area", "close" };
  GtkWidget *entry = ui_find_type (GTK_WIDGET (SOLCO_WINDOW (fixture->window)->foot), GTK_TYPE_TEXT);

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    g_assert_true (g_action_group_has_action (G_ACTION_GROUP (fixture->window), verbs[i]));
  ui_stage (fixture, "one.txt", 10);
  g_assert_true (gtk_widget_grab_focus (entry));
  ui_activate (fixture, "next-area");
  g_assert_false (gtk_widget_has_focus (entry));
}

static void
add (const char *name, void (*test) (UiFixture *fixture, gconstpointer data))
{
  g_test_add (name, UiFixture, NULL, ui_fixture_set_up, test, ui_fixture_tear_down);
}

static void
check_burn (UiFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  if (solco_controller_get_medium (fixture->controller) == NULL)
    return;
  g_assert_true (solco_controller_check_burn (fixture->controller, &error));
  g_assert_no_error (error);
}

/* As soon as another disc is known, its own figures count. */
static void
test_figures_of_new_disc (UiFixture *fixture, gconstpointer data)
{
  g_autofree char *file = ui_make_file (fixture, "one.txt", 3000);
  const char *paths[] = { file, NULL };
  gulong id;

  ui_drop (fixture, paths);
  ui_settle (fixture);
  id = g_signal_connect_swapped (fixture->controller, "notify::medium", G_CALLBACK (check_burn),
                                 fixture);
  ui_select_image (fixture, "disc.iso");
  g_signal_handler_disconnect (fixture->controller, id);
}

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    return 0;
  add ("/window/burn-and-append", test_burn_and_append);
  add ("/window/clear-and-undo", test_clear_and_undo);
  add ("/window/wrong-disc", test_wrong_disc);
  add ("/window/untouched-disc-leaves", test_untouched_disc_leaves);
  add ("/window/measure", test_measure);
  add ("/window/over-full", test_over_full);
  add ("/window/figures-of-new-disc", test_figures_of_new_disc);
  add ("/window/project-file", test_project_file);
  add ("/window/autosave", test_autosave);
  add ("/window/keys", test_keys);
  return g_test_run ();
}
