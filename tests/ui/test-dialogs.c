/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dialogs, over an image file that is really written and read. */
#include "app/solco-burn-dialog.h"
#include "app/solco-burn-image-dialog.h"
#include "app/solco-copy-dialog.h"
#include "app/solco-disc-window.h"
#include "app/solco-erase-dialog.h"
#include "app/solco-wrong-disc-dialog.h"
#include "ui/ui-fixture.h"

/* An image with one session, "one.txt". */
static void
burn_first_session (UiFixture *fixture)
{
  ui_select_image (fixture, "disc.iso");
  ui_stage (fixture, "one.txt", 3000);
  ui_begin_burn (fixture);
  ui_end_job (fixture);
}

static GtkWidget *
present (GtkWidget *dialog)
{
  gtk_window_present (GTK_WINDOW (dialog));
  ui_wait_ms (50);
  return dialog;
}

/* Burning. */

static void
test_burn (UiFixture *fixture, gconstpointer data)
{
  SolcoProject *project = solco_controller_get_project (fixture->controller);
  GtkWidget *dialog;

  ui_select_image (fixture, "disc.iso");
  ui_stage (fixture, "one.txt", 3000);
  dialog = present (solco_burn_dialog_new (fixture->window, fixture->controller));
  g_assert_true (ui_has_text (dialog, "Session 1 of"));
  g_assert_true (ui_has_text (dialog, "1 new file: 2.9 KiB"));
  g_assert_true (ui_has_text (dialog, "stay free for later sessions"));
  /* What an image file cannot do is not offered. */
  g_assert_null (ui_find_control (dialog, "Eject when finished"));
  g_assert_null (ui_find_control (dialog, "Speed"));
  gtk_switch_set_active (GTK_SWITCH (ui_find_control (dialog, "Keep the disc open")), FALSE);
  g_assert_true (ui_has_text (dialog, "No further session can be added then"));
  gtk_switch_set_active (GTK_SWITCH (ui_find_control (dialog, "Keep the disc open")), TRUE);
  gtk_switch_set_active (GTK_SWITCH (ui_find_control (dialog, "Verify after writing")), FALSE);
  ui_click (ui_find_class (dialog, "suggested-action"));
  g_assert_cmpint (solco_project_get_options (project)->verify, ==, SOLCO_VERIFY_NONE);
  g_assert_false (solco_project_get_options (project)->close_disc);
  ui_wait_until (ui_job_is_finished, fixture);
  g_assert_false (
      solco_job_get_result (solco_controller_get_job (fixture->controller))->is_verified);
  ui_end_job (fixture);
}

static void
test_burn_erases (UiFixture *fixture, gconstpointer data)
{
  GtkWidget *dialog;
  SolcoMedium *medium;

  burn_first_session (fixture);
  solco_controller_clear_content (fixture->controller);
  ui_stage (fixture, "two.txt", 5000);
  g_assert_true (solco_controller_needs_erase (fixture->controller));
  dialog = present (solco_burn_dialog_new (fixture->window, fixture->controller));
  g_assert_true (ui_has_text (dialog, "is erased first. 1 session with 2 files"));
  g_assert_null (ui_find_class (ui_find_type (dialog, GTK_TYPE_HEADER_BAR), "suggested-action"));
  ui_click (ui_find_class (dialog, "destructive-action"));
  ui_end_job (fixture);
  medium = solco_controller_get_medium (fixture->controller);
  g_assert_cmpuint (medium->sessions->len, ==, 1);
  g_assert_cmpuint (solco_tree_lookup (solco_controller_get_disc_tree (fixture->controller),
                                       "/one.txt"),
                    ==, SOLCO_TREE_NONE);
}

static void
test_burn_loses_its_disc (UiFixture *fixture, gconstpointer data)
{
  GtkWidget *dialog;

  ui_select_image (fixture, "disc.iso");
  ui_stage (fixture, "one.txt", 3000);
  dialog = present (solco_burn_dialog_new (fixture->window, fixture->controller));
  g_assert_true (gtk_widget_is_sensitive (ui_find_class (dialog, "suggested-action")));
  solco_controller_select_target (fixture->controller, NULL);
  ui_settle (fixture);
  g_assert_false (gtk_widget_is_sensitive (ui_find_class (dialog, "suggested-action")));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* Images. */

static void
test_burn_image (UiFixture *fixture, gconstpointer data)
{
  g_autofree char *image = g_build_filename (fixture->folder, "disc.iso", NULL);
  g_autofree char *copy = NULL;
  g_autofree char *original = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_copy;
  gsize n_original;
  GtkWidget *dialog;

  burn_first_session (fixture);
  g_assert_true (g_file_get_contents (image, &original, &n_original, &error));
  ui_select_image (fixture, "copy.iso");
  dialog = present (solco_burn_image_dialog_new (fixture->window, fixture->controller, image,
                                                 n_original));
  g_assert_true (ui_has_text (dialog, "disc.iso"));
  ui_click (ui_find_class (dialog, "suggested-action"));
  ui_end_job (fixture);
  path = g_build_filename (fixture->folder, "copy.iso", NULL);
  g_assert_true (g_file_get_contents (path, &copy, &n_copy, &error));
  g_assert_cmpuint (n_copy, >=, n_original);
  g_assert_cmpmem (copy, n_original, original, n_original);

  /* What is too large is refused before anything happens. */
  dialog = present (solco_burn_image_dialog_new (fixture->window, fixture->controller, image,
                                                 G_GUINT64_CONSTANT (900) << 20));
  g_assert_true (ui_has_text (dialog, "It is too much for this disc"));
  g_assert_false (gtk_widget_is_sensitive (ui_find_class (dialog, "destructive-action")));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* Erasing. */

static void
test_erase (UiFixture *fixture, gconstpointer data)
{
  GtkWidget *dialog;

  burn_first_session (fixture);
  dialog = present (solco_erase_dialog_new (fixture->window, fixture->controller));
  g_assert_true (ui_has_text (dialog, "1 session with 2 files"));
  g_assert_true (ui_has_text (dialog, "This cannot be undone."));
  g_assert_nonnull (ui_find_control (dialog, "Full"));
  g_assert_null (ui_find_control (dialog, "Format"));
  /* Enter is Cancel. */
  g_assert_false (gtk_window_get_default_widget (GTK_WINDOW (dialog))
                  == ui_find_class (dialog, "destructive-action"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (ui_find_control (dialog, "Full")), TRUE);
  g_assert_false (
      gtk_check_button_get_active (GTK_CHECK_BUTTON (ui_find_control (dialog, "Fast"))));
  ui_click (ui_find_class (dialog, "destructive-action"));
  ui_end_job (fixture);
  g_assert_cmpint (solco_controller_get_medium (fixture->controller)->state, ==,
                   SOLCO_MEDIUM_BLANK);
}

static void
on_destroyed (GtkWidget *dialog, gboolean *is_destroyed)
{
  *is_destroyed = TRUE;
}

static void
test_erase_other_disc (UiFixture *fixture, gconstpointer data)
{
  gboolean is_destroyed = FALSE;
  GtkWidget *dialog;

  burn_first_session (fixture);
  dialog = present (solco_erase_dialog_new (fixture->window, fixture->controller));
  g_signal_connect (dialog, "destroy", G_CALLBACK (on_destroyed), &is_destroyed);
  ui_select_image (fixture, "other.iso");
  g_assert_true (is_destroyed);
}

/* Another disc. */

static void
test_wrong_disc (UiFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "disc.iso", NULL);
  g_autofree char *other_path = g_build_filename (fixture->folder, "other.iso", NULL);
  g_autofree char *other_image = NULL;
  g_autoptr (GError) error = NULL;
  SolcoProject *project;
  GtkWidget *dialog;
  GtkWidget *other;
  gsize n_bytes;

  ui_select_image (fixture, "other.iso");
  solco_project_set_label (solco_controller_get_project (fixture->controller), "Letters");
  ui_stage (fixture, "letter.txt", 5000);
  ui_begin_burn (fixture);
  ui_end_job (fixture);
  g_assert_true (g_file_get_contents (other_path, &other_image, &n_bytes, &error));
  solco_controller_new_project (fixture->controller);
  burn_first_session (fixture);
  ui_stage (fixture, "two.txt", 3000);

  /* Somebody exchanges the disc. */
  g_assert_true (g_file_set_contents (path, other_image, (gssize) n_bytes, &error));
  solco_controller_read_disc (fixture->controller);
  ui_settle (fixture);
  g_assert_cmpint (solco_controller_get_state (fixture->controller), ==,
                   SOLCO_DISC_MASTER_WRONG_DISC);
  dialog = present (solco_wrong_disc_dialog_new (fixture->window, fixture->controller));
  other = ui_find_class (dialog, "other");
  g_assert_true (ui_has_text (dialog, "Session 2 was planned for"));
  g_assert_true (ui_has_text (dialog, "Nothing has been written."));
  g_assert_true (ui_has_text (other, "In the drive"));
  g_assert_true (ui_has_text (other, "Letters"));
  /* A file cannot be ejected: what is suggested is to plan anew. */
  g_assert_false (ui_has_text (dialog, "Eject and Wait"));
  ui_click (ui_find_class (dialog, "suggested-action"));
  ui_settle (fixture);
  project = solco_controller_get_project (fixture->controller);
  g_assert_cmpint (solco_controller_get_state (fixture->controller), ==,
                   SOLCO_DISC_MASTER_MULTI_SESSION);
  g_assert_nonnull (solco_project_lookup (project, "/letter.txt"));
  g_assert_nonnull (solco_project_lookup (project, "/two.txt"));
  g_assert_null (solco_project_lookup (project, "/one.txt"));
}

/* Looking and copying. */

static void
test_disc_window (UiFixture *fixture, gconstpointer data)
{
  GtkWidget *window;
  const char *text;

  burn_first_session (fixture);
  window = present (solco_disc_window_new (fixture->window, fixture->controller));
  g_assert_true (ui_has_text (window, "Session 1"));
  g_assert_true (ui_has_text (window, "2 files in use"));
  text = solco_disc_window_get_text (SOLCO_DISC_WINDOW (window));
  g_assert_nonnull (strstr (text, "Medium: Disc image, CD-R 80 min (700 MB)\n"));
  g_assert_nonnull (strstr (text, "State: Appendable\n"));
  g_assert_nonnull (strstr (text, "Capacity: 702.8 MiB (359849 blocks)\n"));
  /* It follows the disc. */
  ui_stage (fixture, "two.txt", 3000);
  ui_begin_burn (fixture);
  ui_end_job (fixture);
  g_assert_true (ui_has_text (window, "Session 2"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
shows_list (gpointer data)
{
  return ui_find_type (data, GTK_TYPE_TREE_EXPANDER) != NULL;
}

static void
test_copy_old_session (UiFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "out", NULL);
  g_autofree char *one = g_build_filename (folder, "one.txt", NULL);
  g_autofree char *two = g_build_filename (folder, "two.txt", NULL);
  SolcoProject *project;
  SolcoNode *node;
  GtkWidget *dialog;
  GtkDropDown *sessions;

  burn_first_session (fixture);
  project = solco_controller_get_project (fixture->controller);
  node = solco_project_lookup (project, "/one.txt");
  g_assert_true (solco_project_remove (project, &node, 1));
  ui_stage (fixture, "two.txt", 3000);
  ui_begin_burn (fixture);
  ui_end_job (fixture);

  /* The removed file is still in the first session. */
  dialog = present (solco_copy_dialog_new (fixture->window, fixture->controller, 0));
  ui_wait_until (shows_list, dialog);
  g_assert_true (ui_has_text (dialog, "Everything: 2 files"));
  sessions = GTK_DROP_DOWN (ui_find_control (dialog, "Session"));
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (sessions)), ==, 2);
  gtk_drop_down_set_selected (sessions, 1);
  ui_settle (fixture);
  ui_wait_until (shows_list, dialog);
  solco_copy_dialog_copy (SOLCO_COPY_DIALOG (dialog), folder);
  ui_end_job (fixture);
  g_assert_true (g_file_test (one, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (two, G_FILE_TEST_EXISTS));
}

static void
test_preferences (UiFixture *fixture, gconstpointer data)
{
  GSettings *settings = solco_controller_get_settings (fixture->controller);
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget *dialog = NULL;

  g_settings_set_string (settings, "symlinks", "skip");
  solco_preferences_present (fixture->window, fixture->controller);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (window != fixture->window && ui_find_control (GTK_WIDGET (window), "Symbolic links"))
        dialog = GTK_WIDGET (window);
    }
  g_assert_nonnull (dialog);
  g_assert_cmpuint (
      gtk_drop_down_get_selected (GTK_DROP_DOWN (ui_find_control (dialog, "Symbolic links"))), ==, 2);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (ui_find_control (dialog, "When a name is taken")), 3);
  g_assert_cmpint (g_settings_get_enum (settings, "conflict-policy"), ==, SOLCO_CONFLICT_RENAME);
  gtk_switch_set_active (GTK_SWITCH (ui_find_control (dialog, "Verify after writing")), FALSE);
  g_assert_false (g_settings_get_boolean (settings, "verify"));
  g_settings_reset (settings, "symlinks");
  g_settings_reset (settings, "conflict-policy");
  g_settings_reset (settings, "verify");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

#define ADD(path, test)                                                                           \
  g_test_add (path, UiFixture, NULL, ui_fixture_set_up, test, ui_fixture_tear_down)

int
main (int argc, char *argv[])
{
  if (!ui_init (&argc, &argv))
    return 0;
  ADD ("/dialogs/burn", test_burn);
  ADD ("/dialogs/burn-erases", test_burn_erases);
  ADD ("/dialogs/burn-loses-its-disc", test_burn_loses_its_disc);
  ADD ("/dialogs/burn-image", test_burn_image);
  ADD ("/dialogs/erase", test_erase);
  ADD ("/dialogs/erase-other-disc", test_erase_other_disc);
  ADD ("/dialogs/wrong-disc", test_wrong_disc);
  ADD ("/dialogs/disc-window", test_disc_window);
  ADD ("/dialogs/copy-old-session", test_copy_old_session);
  ADD ("/dialogs/preferences", test_preferences);
  return g_test_run ();
}
