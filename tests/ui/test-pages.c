/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of a job, which is a real one on an image file. */
#include <glib/gstdio.h>

#include "app/solco-phase-row.h"
#include "app/solco-stop.h"
#include "engine/solco-error.h"
#include "ui/ui-fixture.h"

static GtkWidget *
get_page (UiFixture *fixture, const char *name)
{
  return ui_find_name (GTK_WIDGET (fixture->window), name, NULL);
}

static void
check_rows (SolcoJob *job, int phase, GtkWidget *page)
{
  /* Exactly one row is the current one, and a phase that can not be stopped shows that. */
  GtkWidget *current = ui_find_class (page, "current");

  g_assert_nonnull (current);
  g_assert_true (SOLCO_IS_PHASE_ROW (current));
}

static void
test_burn (UiFixture *fixture, gconstpointer data)
{
  SolcoProjectOptions options;
  SolcoProject *project = solco_controller_get_project (fixture->controller);
  GtkWidget *progress;
  GtkWidget *result;

  ui_select_image (fixture, "disc.iso");
  options = *solco_project_get_options (project);
  options.verify = SOLCO_VERIFY_FULL;
  solco_project_set_options (project, &options);
  ui_stage (fixture, "one.txt", 3000);
  ui_begin_burn (fixture);
  progress = get_page (fixture, "progresspage");
  g_assert_true (gtk_widget_get_child_visible (progress));
  g_assert_true (ui_has_text (progress, "Burning session 1 to"));
  g_assert_true (ui_has_text (progress, "Write"));
  g_assert_true (ui_has_text (progress, "Close the session"));
  g_assert_true (ui_has_text (progress, "Verify"));
  g_assert_false (ui_has_text (progress, "Eject"));
  g_assert_true (ui_has_text (progress, "Nothing has been written yet"));
  g_signal_connect (solco_controller_get_job (fixture->controller), "phase",
                    G_CALLBACK (check_rows), progress);
  ui_wait_until (ui_job_is_finished, fixture);
  g_assert_null (ui_find_class (progress, "current"));

  result = get_page (fixture, "resultpage");
  g_assert_true (ui_has_text (result, "Session 1 is in the disc image"));
  g_assert_true (ui_has_text (result, "read back and identical"));
  g_assert_true (ui_has_text (result, "1 session, 2 files"));
  g_assert_true (ui_has_text (result, "more sessions of this size"));
  g_assert_nonnull (ui_find_class (result, "ok"));
  g_assert_nonnull (ui_find_button (result, "_Show File"));
  /* A file is no disc that can be exchanged. */
  g_assert_null (ui_find_button (result, "_Burn Another…"));
  ui_click (ui_find_button (result, "_Done"));
  ui_settle (fixture);
  g_assert_null (solco_controller_get_job (fixture->controller));
}

/* A file that changed after it was staged: told, and staged again. */
static void
test_warning (UiFixture *fixture, gconstpointer data)
{
  SolcoProject *project = solco_controller_get_project (fixture->controller);
  g_autofree char *path = g_build_filename (fixture->folder, "one.txt", NULL);
  GtkWidget *result;
  GtkWidget *button;

  ui_select_image (fixture, "disc.iso");
  ui_stage (fixture, "one.txt", 3000);
  g_assert_true (g_file_set_contents (path, "shorter", -1, NULL));
  ui_begin_burn (fixture);
  ui_wait_until (ui_job_is_finished, fixture);
  result = get_page (fixture, "resultpage");
  g_assert_nonnull (ui_find_class (result, "warn"));
  g_assert_true (ui_has_text (result, "became shorter while it was being read"));
  button = ui_find_button (result, "Stage Again");
  g_assert_nonnull (button);
  ui_click (button);
  g_assert_false (gtk_widget_is_sensitive (button));
  ui_click (ui_find_button (result, "_Done"));
  ui_settle (fixture);
  g_assert_cmpint (solco_node_get_origin (solco_project_lookup (project, "/one.txt")), ==,
                   SOLCO_ORIGIN_REPLACES);
}

/* An image in a folder that went away. */
static void
test_error (UiFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "gone", NULL);
  GtkWidget *result;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  ui_select_image (fixture, "gone/disc.iso");
  ui_stage (fixture, "one.txt", 3000);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  ui_begin_burn (fixture);
  ui_wait_until (ui_job_is_finished, fixture);
  result = get_page (fixture, "resultpage");
  g_assert_nonnull (ui_find_class (result, "error"));
  g_assert_true (ui_has_text (result, "What to do"));
  g_assert_true (ui_has_text (result, "Details"));
  g_assert_nonnull (ui_find_button (result, "_Try Again…"));
  g_assert_nonnull (ui_find_button (result, "_Save Log…"));
  /* The stage is kept. */
  ui_click (ui_find_button (result, "_Done"));
  ui_settle (fixture);
  g_assert_nonnull (
      solco_project_lookup (solco_controller_get_project (fixture->controller), "/one.txt"));
}

static void
on_close_decided (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *may_close = user_data;

  *may_close = solco_stop_before_close_finish (result);
}

static gboolean
is_set (gpointer data)
{
  return *(gboolean *) data;
}

static void
test_close (UiFixture *fixture, gconstpointer data)
{
  gboolean may_close = FALSE;
  GtkWidget *question;

  ui_select_image (fixture, "disc.iso");
  ui_stage (fixture, "large.bin", 60000000);
  ui_begin_burn (fixture);
  solco_stop_before_close_async (fixture->window, fixture->controller, on_close_decided,
                                 &may_close);
  question = ui_find_window (GTK_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (question);
  g_assert_true (ui_has_text (question, "Stop, and close the window?"));
  g_assert_true (ui_has_text (question, "topping"));
  g_assert_false (may_close);
  gtk_dialog_response (GTK_DIALOG (question), GTK_RESPONSE_ACCEPT);
  ui_wait_until (is_set, &may_close);
  g_assert_true (solco_job_is_finished (solco_controller_get_job (fixture->controller)));
}

/* The question goes when there is nothing to stop any more. */
static gboolean
has_no_question (gpointer data)
{
  return ui_find_window (GTK_TYPE_MESSAGE_DIALOG) == NULL;
}

static void
test_stop_too_late (UiFixture *fixture, gconstpointer data)
{
  ui_select_image (fixture, "disc.iso");
  ui_stage (fixture, "one.txt", 3000);
  ui_begin_burn (fixture);
  solco_stop_dialog_present (fixture->window, fixture->controller);
  g_assert_nonnull (ui_find_window (GTK_TYPE_MESSAGE_DIALOG));
  ui_wait_until (ui_job_is_finished, fixture);
  ui_wait_until (has_no_question, fixture);
  g_assert_cmpint (solco_job_get_state (solco_controller_get_job (fixture->controller)), ==,
                   SOLCO_JOB_SUCCEEDED);
}

/* Never a made-up number. */
static void
test_phase_row (void)
{
  GtkWidget *row = g_object_ref_sink (solco_phase_row_new ("Write"));
  SolcoProgress progress = {
    .phase = SOLCO_PHASE_WRITE, .fraction = -1, .time_left_s = -1, .drive_buffer_fill = -1,
    .program_buffer_fill = -1,
  };

  solco_phase_row_set_state (SOLCO_PHASE_ROW (row), SOLCO_PHASE_ROW_CURRENT, NULL);
  solco_phase_row_set_progress (SOLCO_PHASE_ROW (row), &progress);
  g_assert_false (ui_has_text (row, "left"));
  g_assert_false (ui_has_text (row, "buffer"));
  g_assert_false (ui_has_text (row, "%"));
  progress.fraction = 0.5;
  progress.done_bytes = 50 << 20;
  progress.total_bytes = 100 << 20;
  progress.bytes_per_s = 1200000;
  progress.speed_factor = 7.9;
  progress.time_left_s = 27;
  progress.elapsed_s = 2;
  progress.drive_buffer_fill = 0.97;
  solco_phase_row_set_progress (SOLCO_PHASE_ROW (row), &progress);
  g_assert_true (ui_has_text (row, "50.0 of 100.0 MiB"));
  g_assert_true (ui_has_text (row, "7.9×"));
  g_assert_true (ui_has_text (row, "97%"));
  g_assert_false (ui_has_text (row, "Program buffer"));
  /* Not before the speed is steady. */
  g_assert_false (ui_has_text (row, "left"));
  progress.elapsed_s = 6;
  solco_phase_row_set_progress (SOLCO_PHASE_ROW (row), &progress);
  g_assert_true (ui_has_text (row, "27 seconds left"));
  /* And not more often than once a second. */
  progress.time_left_s = 12;
  solco_phase_row_set_progress (SOLCO_PHASE_ROW (row), &progress);
  g_assert_true (ui_has_text (row, "27 seconds left"));
  progress.silent_s = 40;
  solco_phase_row_set_progress (SOLCO_PHASE_ROW (row), &progress);
  g_assert_true (ui_has_text (row, "has not answered for 40 seconds"));
  solco_phase_row_set_state (SOLCO_PHASE_ROW (row), SOLCO_PHASE_ROW_DONE, "0:03");
  g_assert_true (ui_has_text (row, "0:03"));
  g_assert_false (ui_has_text (row, "MiB"));
  g_object_unref (row);
}

#define ADD(path, test)                                                                           \
  g_test_add (path, UiFixture, NULL, ui_fixture_set_up, test, ui_fixture_tear_down)

int
main (int argc, char *argv[])
{
  if (!ui_init (&argc, &argv))
    return 0;
  ADD ("/pages/burn", test_burn);
  ADD ("/pages/warning", test_warning);
  ADD ("/pages/error", test_error);
  ADD ("/pages/close", test_close);
  ADD ("/pages/stop-too-late", test_stop_too_late);
  g_test_add_func ("/pages/phase-row", test_phase_row);
  return g_test_run ();
}
