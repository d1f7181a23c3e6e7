/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's work with a recorder, which is the virtual one inside of this process: the disc that was
 * expected and the one that came, and what a failed burn leaves behind. */
#include "app/solco-window-private.h"
#include "app/solco-wrong-disc-dialog.h"
#include "engine/solco-error.h"
#include "ui/ui-recorder.h"

static SolcoProject *
get_project (UiRecorder *fixture)
{
  return solco_controller_get_project (fixture->ui.controller);
}

static SolcoDiscMasterState
get_state (UiRecorder *fixture)
{
  return solco_controller_get_state (fixture->ui.controller);
}

static const char *
get_banner (UiRecorder *fixture)
{
  return solco_banner_get_text (SOLCO_WINDOW (fixture->ui.window)->banner);
}

/* The next session, of one file. */
static void
grow (UiRecorder *fixture, const char *name)
{
  ui_stage (&fixture->ui, name, 300000);
  ui_begin_burn (&fixture->ui);
  ui_end_job (&fixture->ui);
}

static gboolean
is_finished (gpointer data)
{
  return solco_job_is_finished (data);
}

/* Every session up to here is there, bit by bit; but not those that failed. */
static void
assert_readable (UiRecorder *fixture, guint n_sessions, guint failed)
{
  g_assert_cmpuint (solco_controller_get_medium (fixture->ui.controller)->sessions->len, ==,
                    n_sessions);
  for (guint session = 1; session <= n_sessions; session++)
    {
      g_autoptr (SolcoRequest) request
          = solco_request_new_verify (solco_controller_get_target (fixture->ui.controller), session,
                                      SOLCO_VERIFY_FULL, NULL);
      g_autoptr (SolcoJob) job = NULL;

      if (session == failed)
        continue;
      job = solco_controller_submit (fixture->ui.controller, request);
      ui_wait_until (is_finished, job);
      g_assert_no_error (solco_job_get_error (job));
      g_assert_true (solco_job_get_result (job)->is_verified);
    }
}

static void
assert_origin (UiRecorder *fixture, const char *path, SolcoNodeOrigin origin)
{
  SolcoNode *node = solco_project_lookup (get_project (fixture), path);

  g_assert_nonnull (node);
  g_assert_cmpint (solco_node_get_origin (node), ==, origin);
}

/* Two good sessions, and a third one that adds and removes. */
static void
stage_third (UiRecorder *fixture)
{
  SolcoNode *old;

  ui_recorder_insert (fixture, "disc.vr");
  grow (fixture, "one");
  grow (fixture, "two");
  ui_stage (&fixture->ui, "three", 2000000);
  ui_stage (&fixture->ui, "four", 2000000);
  old = solco_project_lookup (get_project (fixture), "/one");
  g_assert_true (solco_project_remove (get_project (fixture), &old, 1));
  ui_settle (&fixture->ui);
}

/* The page with the result stays. */
static void
see_failure (UiRecorder *fixture, const char *fault)
{
  ui_recorder_break (fixture, fault);
  ui_begin_burn (&fixture->ui);
  ui_wait_until (ui_job_is_finished, &fixture->ui);
  g_assert_nonnull (solco_job_get_error (solco_controller_get_job (fixture->ui.controller)));
}

static void
fail_to_burn (UiRecorder *fixture, const char *fault)
{
  see_failure (fixture, fault);
  solco_controller_dismiss_job (fixture->ui.controller);
  ui_settle (&fixture->ui);
}

static void
assert_unsaved (UiRecorder *fixture)
{
  assert_origin (fixture, "/one", SOLCO_ORIGIN_REMOVED);
  assert_origin (fixture, "/two", SOLCO_ORIGIN_ON_DISC);
  assert_origin (fixture, "/three", SOLCO_ORIGIN_NEW);
  assert_origin (fixture, "/four", SOLCO_ORIGIN_NEW);
  g_assert_cmpuint (solco_project_get_n_changes (get_project (fixture)), ==, 3);
}

/* What is still staged goes into the session after the one that failed. */
static void
burn_unsaved (UiRecorder *fixture)
{
  g_assert_cmpint (get_state (fixture), ==, SOLCO_DISC_MASTER_MULTI_SESSION);
  g_assert_nonnull (strstr (get_banner (fixture), "Adding session 4"));
  g_assert_true (ui_is_enabled (&fixture->ui, "burn"));
  assert_unsaved (fixture);
  ui_begin_burn (&fixture->ui);
  ui_end_job (&fixture->ui);
  g_assert_cmpuint (solco_project_get_n_changes (get_project (fixture)), ==, 0);
  g_assert_null (solco_project_lookup (get_project (fixture), "/one"));
  assert_origin (fixture, "/three", SOLCO_ORIGIN_ON_DISC);
  assert_readable (fixture, 4, 3);
}

/* The banner offers it in one action. */
static void
finish_what_failed (UiRecorder *fixture)
{
  g_assert_cmpint (get_state (fixture), ==, SOLCO_DISC_MASTER_MULTI_SESSION);
  g_assert_nonnull (strstr (get_banner (fixture), "never finished"));
  g_assert_nonnull (strstr (get_banner (fixture), "still staged"));
  g_assert_true (ui_has_text (GTK_WIDGET (fixture->ui.window), "inish What Failed"));
  g_assert_false (ui_is_enabled (&fixture->ui, "burn"));
  assert_unsaved (fixture);
  ui_activate (&fixture->ui, "mend");
  ui_end_job (&fixture->ui);
  burn_unsaved (fixture);
}

/* @data: what goes wrong. The disc comes back in the same run. */
static void
test_finish (UiRecorder *fixture, gconstpointer data)
{
  stage_third (fixture);
  fail_to_burn (fixture, data);
  ui_recorder_insert (fixture, "disc.vr");
  finish_what_failed (fixture);
}

/* After a write error the drive closes the session by itself: nothing has to be mended. */
static void
test_write_error (UiRecorder *fixture, gconstpointer data)
{
  stage_third (fixture);
  see_failure (fixture, data);
  g_assert_true (ui_has_text (GTK_WIDGET (fixture->ui.window),
                              "The disc holds 3 sessions, and it is still open. Session 3 was cut off"));
  solco_controller_dismiss_job (fixture->ui.controller);
  ui_settle (&fixture->ui);
  assert_unsaved (fixture);
  ui_recorder_insert (fixture, "disc.vr");
  burn_unsaved (fixture);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
is_done (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

/* The computer went down together with the drive: only the copy of the stage is left, which knows the
 * disc as it was before the burn. */
static void
test_finish_after_crash (UiRecorder *fixture, gconstpointer data)
{
  SolcoController *controller = fixture->ui.controller;
  g_autofree char *path = g_build_filename (fixture->ui.folder, "kept.solco", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) saved = NULL;
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GError) error = NULL;

  stage_third (fixture);
  solco_controller_save_project_async (controller, file, NULL, on_done, &saved);
  ui_wait_until (is_done, &saved);
  g_assert_true (solco_controller_save_project_finish (controller, saved, &error));
  fail_to_burn (fixture, data);
  solco_controller_new_project (controller);
  ui_recorder_insert (fixture, "disc.vr");
  g_assert_cmpuint (solco_project_get_n_changes (get_project (fixture)), ==, 0);

  solco_controller_open_project_async (controller, file, NULL, on_done, &opened);
  ui_wait_until (is_done, &opened);
  g_assert_true (solco_controller_open_project_finish (controller, opened, &error));
  g_assert_no_error (error);
  ui_settle (&fixture->ui);
  finish_what_failed (fixture);
}

/* Everything was written, and only the session not closed: then nothing is left to be saved. */
static void
test_finish_closing (UiRecorder *fixture, gconstpointer data)
{
  stage_third (fixture);
  fail_to_burn (fixture, "gone,op=close");
  ui_recorder_insert (fixture, "disc.vr");
  g_assert_nonnull (strstr (get_banner (fixture), "never finished"));
  ui_activate (&fixture->ui, "mend");
  ui_end_job (&fixture->ui);
  g_assert_cmpint (get_state (fixture), ==, SOLCO_DISC_MASTER_MULTI_SESSION);
  g_assert_cmpuint (solco_project_get_n_changes (get_project (fixture)), ==, 0);
  assert_origin (fixture, "/three", SOLCO_ORIGIN_ON_DISC);
  g_assert_null (solco_project_lookup (get_project (fixture), "/one"));
  assert_readable (fixture, 3, 0);
}

/* There was nothing on the disc before. */
static void
test_finish_first (UiRecorder *fixture, gconstpointer data)
{
  ui_recorder_insert (fixture, "disc.vr");
  ui_stage (&fixture->ui, "one", 2000000);
  fail_to_burn (fixture, data);
  ui_recorder_insert (fixture, "disc.vr");
  g_assert_nonnull (strstr (get_banner (fixture), "still staged"));
  assert_origin (fixture, "/one", SOLCO_ORIGIN_NEW);
  ui_activate (&fixture->ui, "mend");
  ui_end_job (&fixture->ui);
  assert_origin (fixture, "/one", SOLCO_ORIGIN_NEW);
  ui_begin_burn (&fixture->ui);
  ui_end_job (&fixture->ui);
  assert_origin (fixture, "/one", SOLCO_ORIGIN_ON_DISC);
  assert_readable (fixture, 2, 1);
}

/* Discs with a session each, and one more file that is staged for the first of them. */
static void
make_two (UiRecorder *fixture)
{
  gint64 second;

  ui_recorder_insert (fixture, "first.vr");
  solco_project_set_label (get_project (fixture), "Photos");
  grow (fixture, "one");
  /* No recorder burns two discs within the second that file systems count their birth in. */
  second = g_get_real_time () / G_USEC_PER_SEC;
  while (g_get_real_time () / G_USEC_PER_SEC == second)
    g_thread_yield ();
  solco_controller_new_project (fixture->ui.controller);
  ui_recorder_insert (fixture, "second.vr");
  /* The same label tells nothing. */
  solco_project_set_label (get_project (fixture), "Photos");
  grow (fixture, "other");
  solco_controller_new_project (fixture->ui.controller);
  ui_recorder_insert (fixture, "first.vr");
  ui_stage (&fixture->ui, "new", 300000);
  g_assert_cmpint (get_state (fixture), ==, SOLCO_DISC_MASTER_MULTI_SESSION);
}

static char *
checksum (UiRecorder *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->ui.folder, name, NULL);
  g_autofree char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  /* The journal in front of the data is written anew whenever the medium is put away. */
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) content + 1024 * 1024,
                                      length - 1024 * 1024);
}

/* Burn is pressed, and somebody exchanges the disc before the drive is opened. */
static void
press_burn_and_swap (UiRecorder *fixture)
{
  g_autofree char *path = g_build_filename (fixture->ui.folder, "second.vr", NULL);
  g_autofree char *fault = g_strdup_printf ("swap=cd-r-80:%s,op=0x1e", path);

  ui_recorder_break (fixture, fault);
  ui_begin_burn (&fixture->ui);
}

static gboolean
is_question_answered (gpointer data)
{
  UiRecorder *fixture = data;

  return fixture->is_asked && !solco_controller_is_reading (fixture->ui.controller);
}

static void
assert_refused (UiRecorder *fixture, const char *before)
{
  g_autofree char *after = NULL;
  GtkWidget *dialog;

  ui_wait_until (is_question_answered, fixture);
  ui_settle (&fixture->ui);
  dialog = ui_find_window (SOLCO_TYPE_WRONG_DISC_DIALOG);
  g_assert_nonnull (dialog);
  g_assert_true (ui_has_text (dialog, "This is another disc"));
  g_assert_true (ui_has_text (dialog, "Expected"));
  g_assert_true (ui_has_text (dialog, "In the drive"));
  g_assert_true (ui_has_text (dialog, "Nothing has been written."));
  g_assert_cmpint (get_state (fixture), ==, SOLCO_DISC_MASTER_WRONG_DISC);
  after = checksum (fixture, "second.vr");
  g_assert_cmpstr (before, ==, after);
}

static gboolean
is_tray_open (gpointer data)
{
  UiRecorder *fixture = data;

  return vr_drive_is_tray_open (fixture->drive) && !solco_controller_is_reading (fixture->ui.controller);
}

/* Burn meets the second disc, and the user answers with this button. Returns what the second disc is. */
static char *
answer (UiRecorder *fixture, const char *button)
{
  g_autofree char *before = NULL;

  make_two (fixture);
  before = checksum (fixture, "second.vr");
  press_burn_and_swap (fixture);
  assert_refused (fixture, before);
  ui_click (ui_find_button (ui_find_window (SOLCO_TYPE_WRONG_DISC_DIALOG), button));
  return g_steal_pointer (&before);
}

/* The user is asked; the tray opens; a wrong disc is still a wrong one; and with the right one it goes
 * on without another question. */
static void
test_eject_and_wait (UiRecorder *fixture, gconstpointer data)
{
  g_autofree char *before = answer (fixture, "Eject and");
  g_autofree char *after = NULL;

  ui_wait_until (is_tray_open, fixture);
  g_assert_true (solco_controller_is_waiting (fixture->ui.controller));
  g_assert_nonnull (strstr (get_banner (fixture), "Put in “Photos” to go on"));

  ui_recorder_insert (fixture, "second.vr");
  g_assert_true (solco_controller_is_waiting (fixture->ui.controller));
  g_assert_null (solco_controller_get_job (fixture->ui.controller));

  ui_recorder_insert (fixture, "first.vr");
  ui_wait_until (ui_job_is_finished, &fixture->ui);
  g_assert_false (fixture->is_ready);
  g_assert_false (solco_controller_is_waiting (fixture->ui.controller));
  ui_end_job (&fixture->ui);
  assert_origin (fixture, "/one", SOLCO_ORIGIN_ON_DISC);
  assert_origin (fixture, "/new", SOLCO_ORIGIN_ON_DISC);
  assert_readable (fixture, 2, 0);
  after = checksum (fixture, "second.vr");
  g_assert_cmpstr (before, ==, after);
}

/* What is staged is not what Burn was pressed for any more: that has to be said again. */
static void
test_wait_and_edit (UiRecorder *fixture, gconstpointer data)
{
  g_free (answer (fixture, "Eject and"));
  ui_wait_until (is_tray_open, fixture);
  ui_stage (&fixture->ui, "late", 3000);
  ui_recorder_insert (fixture, "first.vr");
  ui_settle (&fixture->ui);
  g_assert_true (fixture->is_ready);
  g_assert_null (solco_controller_get_job (fixture->ui.controller));
}

/* The changes go to the disc that is in. */
static void
test_replan (UiRecorder *fixture, gconstpointer data)
{
  g_free (answer (fixture, "Plan the Same"));
  ui_settle (&fixture->ui);
  g_assert_null (ui_find_window (SOLCO_TYPE_WRONG_DISC_DIALOG));
  g_assert_cmpint (get_state (fixture), ==, SOLCO_DISC_MASTER_MULTI_SESSION);
  g_assert_null (solco_project_lookup (get_project (fixture), "/one"));
  assert_origin (fixture, "/other", SOLCO_ORIGIN_ON_DISC);
  assert_origin (fixture, "/new", SOLCO_ORIGIN_NEW);
  ui_begin_burn (&fixture->ui);
  ui_end_job (&fixture->ui);
  assert_origin (fixture, "/other", SOLCO_ORIGIN_ON_DISC);
  assert_origin (fixture, "/new", SOLCO_ORIGIN_ON_DISC);
  assert_readable (fixture, 2, 0);
}

/* Exchanged before Burn is pressed: it cannot be pressed. */
static void
test_swapped_before (UiRecorder *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  make_two (fixture);
  ui_recorder_insert (fixture, "second.vr");
  g_assert_cmpint (get_state (fixture), ==, SOLCO_DISC_MASTER_WRONG_DISC);
  g_assert_nonnull (strstr (get_banner (fixture), "which is not in the drive"));
  g_assert_false (ui_is_enabled (&fixture->ui, "burn"));
  g_assert_false (solco_controller_burn (fixture->ui.controller, NULL, FALSE, &error));
  g_assert_error (error, SOLCO_ERROR, SOLCO_ERROR_WRONG_DISC);
  /* Nobody has pressed Burn: when the disc comes, the user is asked how to burn. */
  solco_controller_wait_for_disc (fixture->ui.controller, TRUE);
  ui_wait_until (is_tray_open, fixture);
  ui_recorder_insert (fixture, "first.vr");
  ui_settle (&fixture->ui);
  g_assert_true (fixture->is_ready);
  g_assert_null (solco_controller_get_job (fixture->ui.controller));
}

static gboolean
is_read (gpointer data)
{
  return !solco_controller_is_reading (((UiRecorder *) data)->ui.controller);
}

/* What the banner says, and whether it offers anything, while the drive takes its time. */
static void
assert_banner_while_reading (UiRecorder *fixture, SolcoDiscMasterState state, const char *text)
{
  GtkWidget *banner = GTK_WIDGET (SOLCO_WINDOW (fixture->ui.window)->banner);

  g_assert_cmpint (get_state (fixture), ==, state);
  ui_recorder_break (fixture, "hang=1");
  solco_controller_read_disc (fixture->ui.controller);
  ui_wait_ms (100);
  g_assert_true (solco_controller_is_reading (fixture->ui.controller));
  g_assert_cmpstr (get_banner (fixture), ==, text);
  if (text != NULL)
    {
      GtkWidget *button = ui_find_type (banner, GTK_TYPE_BUTTON);

      g_assert_false (gtk_widget_get_visible (button));
    }
  ui_wait_until (is_read, fixture);
  vr_drive_clear_faults (fixture->drive);
  ui_settle (&fixture->ui);
}

/* The disc may be another one by now, so that nothing is said of it, and nothing offered for it. */
static void
test_reading (UiRecorder *fixture, gconstpointer data)
{
  make_two (fixture);
  g_assert_nonnull (strstr (get_banner (fixture), "Adding session 2 to “Photos”"));
  assert_banner_while_reading (fixture, SOLCO_DISC_MASTER_MULTI_SESSION,
                               "Session 2 is planned for “Photos”");
  g_assert_nonnull (strstr (get_banner (fixture), "Adding session 2 to “Photos”"));

  ui_recorder_insert (fixture, "second.vr");
  g_assert_nonnull (strstr (get_banner (fixture), "which is not in the drive"));
  assert_banner_while_reading (fixture, SOLCO_DISC_MASTER_WRONG_DISC,
                               "Session 2 is planned for “Photos”");
  g_assert_nonnull (strstr (get_banner (fixture), "which is not in the drive"));

  vr_medium_free (vr_drive_remove (fixture->drive));
  solco_controller_read_disc (fixture->ui.controller);
  ui_settle (&fixture->ui);
  g_assert_nonnull (strstr (get_banner (fixture), "which is not in the drive"));
  assert_banner_while_reading (fixture, SOLCO_DISC_MASTER_DISC_AWAY,
                               "Session 2 is planned for “Photos”");

  ui_recorder_insert (fixture, "first.vr");
  solco_controller_clear_content (fixture->ui.controller);
  ui_stage (&fixture->ui, "else", 3000);
  assert_banner_while_reading (fixture, SOLCO_DISC_MASTER_BLANK_REQUIRED,
                               "The stage was cleared: burning needs a blank disc");
}

/* What says that a file system is UDF. */
static void
make_udf (const char *path)
{
  static const char *const marks[] = { "BEA01", "NSR02", "TEA01" };
  const gsize n_bytes = 300 * SOLCO_BLOCK_BYTES;
  g_autofree char *content = g_strnfill (n_bytes, 'x');
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      char *block = content + (16 + i) * SOLCO_BLOCK_BYTES;

      block[0] = 0;
      memcpy (block + 1, marks[i], 5);
      block[6] = 1;
    }
  g_file_set_contents (path, content, (gssize) n_bytes, &error);
  g_assert_no_error (error);
}

/* A blank disc, and then one to which nothing can be added. */
static void
test_reading_unplanned (UiRecorder *fixture, gconstpointer data)
{
  const SolcoProjectOptions *options = solco_project_get_options (get_project (fixture));
  g_autofree char *image = g_build_filename (fixture->ui.folder, "image", NULL);
  g_autoptr (GError) error = NULL;

  make_udf (image);
  ui_recorder_insert (fixture, "blank.vr");
  assert_banner_while_reading (fixture, SOLCO_DISC_MASTER_SINGLE_SESSION, NULL);
  solco_controller_burn_image (fixture->ui.controller, image, options, FALSE, &error);
  g_assert_no_error (error);
  ui_end_job (&fixture->ui);
  g_assert_nonnull (strstr (get_banner (fixture), "UDF file system without ISO 9660"));
  assert_banner_while_reading (fixture, SOLCO_DISC_MASTER_NOT_WRITABLE, NULL);
  g_assert_nonnull (strstr (get_banner (fixture), "UDF file system without ISO 9660"));
}

/* Whether it is still damaged is just being found out. */
static void
test_reading_damaged (UiRecorder *fixture, gconstpointer data)
{
  solco_project_set_label (get_project (fixture), "Photos");
  stage_third (fixture);
  fail_to_burn (fixture, "power-loss,after=20");
  ui_recorder_insert (fixture, "disc.vr");
  g_assert_nonnull (strstr (get_banner (fixture), "never finished"));
  assert_banner_while_reading (fixture, SOLCO_DISC_MASTER_MULTI_SESSION,
                               "Session 3 is planned for “Photos”");
  g_assert_nonnull (strstr (get_banner (fixture), "never finished"));
}

/* Pulled out between Burn and its job: that is a burn that failed, as a moment later. */
static void
test_unplugged (UiRecorder *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  ui_recorder_insert (fixture, "disc.vr");
  ui_stage (&fixture->ui, "one", 300000);
  g_assert_true (solco_controller_burn (fixture->ui.controller, NULL, FALSE, &error));
  vr_drive_set_gone (fixture->drive, TRUE);
  solco_controller_read_disc (fixture->ui.controller);
  solco_controller_eject (fixture->ui.controller);
  solco_controller_select_target (fixture->ui.controller, NULL);
  g_assert_true (solco_controller_is_starting (fixture->ui.controller));
  ui_wait_until (ui_job_is_finished, &fixture->ui);
  g_assert_nonnull (solco_job_get_error (solco_controller_get_job (fixture->ui.controller)));
  solco_controller_dismiss_job (fixture->ui.controller);
  ui_settle (&fixture->ui);
  assert_origin (fixture, "/one", SOLCO_ORIGIN_NEW);
  ui_recorder_insert (fixture, "disc.vr");
  ui_begin_burn (&fixture->ui);
  ui_end_job (&fixture->ui);
  assert_origin (fixture, "/one", SOLCO_ORIGIN_ON_DISC);
}

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    return 0;
#define ADD(path, data, test) g_test_add ("/ui/recorder/" path, UiRecorder, data, ui_recorder_set_up, test, ui_recorder_tear_down)
  ADD ("finish/power-lost", "power-loss,after=20", test_finish);
  ADD ("finish/medium-removed", "remove,op=write,after=20", test_finish);
  ADD ("finish/write-error", "sense=3/0c/00,op=write,after=20", test_write_error);
  ADD ("finish/after-crash", "power-loss,after=20", test_finish_after_crash);
  ADD ("finish/closing", NULL, test_finish_closing);
  ADD ("finish/first-session", "power-loss,after=20", test_finish_first);
  ADD ("reading/planned", NULL, test_reading);
  ADD ("reading/unplanned", NULL, test_reading_unplanned);
  ADD ("reading/damaged", NULL, test_reading_damaged);
  ADD ("unplugged", NULL, test_unplugged);
  ADD ("wrong-disc/swapped-before", NULL, test_swapped_before);
  ADD ("wrong-disc/eject-and-wait", NULL, test_eject_and_wait);
  ADD ("wrong-disc/wait-and-edit", NULL, test_wait_and_edit);
  ADD ("wrong-disc/replan", NULL, test_replan);
#undef ADD
  return g_test_run ();
}
