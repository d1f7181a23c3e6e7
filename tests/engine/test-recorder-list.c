/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recorders that come and go, and discs that change: what udev tells is what the list shows, soon, and
 * without asking the drive anything. The program runs itself beside a virtual recorder. */
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>

#include "solco-engine.h"
#include "solco-recorder-list.h"
#include "solco-recorder.h"

/* From the event to the list; a change is to be seen at once. */
#define SOON_MS 500
/* Longer than any interval at which a program would look after a drive. */
#define IDLE_MS 4000
#define QUICK_IDLE_MS 2000
/* The names of these variables say that the program runs beside the recorder, and where. */
#define CONTROL_VARIABLE "VR_CONTROL"
#define TRACE_VARIABLE "SOLCO_TEST_TRACE"

typedef struct
{
  SolcoRecorderList *list;
  guint n_added;
  guint n_removed;
} Fixture;

static void
on_items_changed (GListModel *list, guint position, guint n_removed, guint n_added,
                  Fixture *fixture)
{
  fixture->n_added += n_added;
  fixture->n_removed += n_removed;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->list = solco_recorder_list_new ();
  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (on_items_changed), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->list);
}

/* A hand at the drive. Returns what it says. */
static char *
send_command (const char *line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (g_getenv (CONTROL_VARIABLE));
  g_autoptr (GSocketConnection) connection = g_socket_client_connect (
      client, G_SOCKET_CONNECTABLE (address), NULL, &error);
  g_autofree char *whole_line = g_strconcat (line, "\n", NULL);
  g_autofree char *answer = g_malloc0 (4096);

  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), whole_line,
                             strlen (whole_line), NULL, NULL, &error);
  g_assert_no_error (error);
  g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), answer, 4095,
                           NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (answer, "ok"));
  return g_steal_pointer (&answer);
}

static void
command (const char *line)
{
  g_free (send_command (line));
}

static gboolean
on_too_late (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

#define WAIT_FOR(condition)                                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gboolean is_too_late = FALSE;                                                                  \
    gint64 start_us = g_get_monotonic_time ();                                                     \
    guint source = g_timeout_add (SOON_MS, on_too_late, &is_too_late);                             \
                                                                                                   \
    while (!(condition) && !is_too_late)                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_assert_true (condition);                                                                     \
    g_test_message (#condition " after %.0f ms",                                                   \
                    (double) (g_get_monotonic_time () - start_us) / 1000);                         \
    if (!is_too_late)                                                                              \
      g_source_remove (source);                                                                    \
  }                                                                                                \
  G_STMT_END

static SolcoRecorder *
get_only (Fixture *fixture)
{
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 1);
  return g_list_model_get_item (G_LIST_MODEL (fixture->list), 0);
}

static void
test_medium_changes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoRecorder) recorder = get_only (fixture);
  guint generation = solco_recorder_get_medium_generation (recorder);

  g_assert_cmpstr (solco_recorder_get_path (recorder), ==, "/dev/sr0");
  g_assert_cmpstr (solco_recorder_get_vendor (recorder), ==, "SOLCO");
  g_assert_cmpstr (solco_recorder_get_product (recorder), ==, "Virtual Recorder");
  g_assert_true (solco_recorder_get_can_write (recorder));
  g_assert_true (solco_recorder_get_present (recorder));
  g_assert_true (solco_recorder_get_has_medium (recorder));

  command ("remove");
  WAIT_FOR (!solco_recorder_get_has_medium (recorder));
  g_assert_cmpuint (solco_recorder_get_medium_generation (recorder), >, generation);
  generation = solco_recorder_get_medium_generation (recorder);
  command ("insert dvd+r");
  WAIT_FOR (solco_recorder_get_has_medium (recorder));
  g_assert_cmpuint (solco_recorder_get_medium_generation (recorder), >, generation);

  /* One disc in place of another shows though there is a disc before and after. */
  generation = solco_recorder_get_medium_generation (recorder);
  command ("swap cd-r-80");
  WAIT_FOR (solco_recorder_get_medium_generation (recorder) > generation
            && solco_recorder_get_has_medium (recorder));
  g_assert_cmpuint (fixture->n_added + fixture->n_removed, ==, 0);
}

static void
test_plugging (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoRecorder) recorder = get_only (fixture);
  g_autoptr (SolcoRecorder) again = NULL;

  command ("unplug");
  WAIT_FOR (fixture->n_removed == 1);
  g_assert_false (solco_recorder_get_present (recorder));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 0);
  command ("plug");
  WAIT_FOR (fixture->n_added == 1);
  again = get_only (fixture);
  g_assert_true (again != recorder);
  g_assert_true (solco_recorder_get_present (again));
  g_assert_cmpstr (solco_recorder_get_path (again), ==, "/dev/sr0");
}

static gsize
get_trace_bytes (void)
{
  g_autofree char *trace = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  g_file_get_contents (g_getenv (TRACE_VARIABLE), &trace, &length, &error);
  g_assert_no_error (error);
  return length;
}

static void
assert_nothing_is_sent (void)
{
  gsize before_bytes = get_trace_bytes ();
  gboolean is_over = FALSE;

  g_timeout_add (g_getenv ("SOLCO_TEST_QUICK") != NULL ? QUICK_IDLE_MS : IDLE_MS, on_too_late,
                 &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (get_trace_bytes (), ==, before_bytes);
}

/* A drive that nobody uses may go to sleep: neither the list asks it anything, … */
static void
test_no_polling (Fixture *fixture, gconstpointer data)
{
  g_object_unref (get_only (fixture));
  assert_nothing_is_sent ();
}

static SolcoMediumState
read_state (SolcoEngine *engine)
{
  g_autoptr (SolcoTarget) target = solco_target_new ("/dev/sr0", SOLCO_IMAGE_KIND_FREE_SPACE, 0);
  g_autoptr (SolcoRequest) request = solco_request_new_read_disc (target, 0);
  g_autoptr (SolcoJob) job = solco_engine_submit (engine, request);

  while (!solco_job_is_finished (job))
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (solco_job_get_error (job));
  return solco_job_get_result (job)->medium->state;
}

/* … nor an engine that has read the disc; and a tray that the user opened stays open. */
static void
test_tray (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SolcoEngine) engine = solco_engine_new (&error);
  g_autoptr (SolcoRecorder) recorder = get_only (fixture);
  g_autofree char *opened = NULL;
  g_autofree char *closed = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (read_state (engine), ==, SOLCO_MEDIUM_BLANK);
  /* Something was sent: the trace is not empty because it does not work. */
  g_assert_cmpuint (get_trace_bytes (), >, 0);
  assert_nothing_is_sent ();

  command ("open");
  WAIT_FOR (!solco_recorder_get_has_medium (recorder));
  g_assert_cmpint (read_state (engine), ==, SOLCO_MEDIUM_NONE);
  opened = send_command ("state");
  g_assert_nonnull (strstr (opened, "tray: open"));
  assert_nothing_is_sent ();

  command ("close");
  WAIT_FOR (solco_recorder_get_has_medium (recorder));
  g_assert_cmpint (read_state (engine), ==, SOLCO_MEDIUM_BLANK);
  closed = send_command ("state");
  g_assert_null (strstr (closed, "tray: open"));
  g_assert_true (solco_engine_stop (engine, SOLCO_GIVE_UP_AFTER_S));
}

/* Starts this program once more, beside a recorder. */
static int
run_beside_recorder (char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("solco-test-XXXXXX", &error);
  g_autofree char *socket = g_build_filename (folder, "control", NULL);
  g_autofree char *trace = g_build_filename (folder, "trace", NULL);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GSubprocess) recorder = NULL;

  g_assert_no_error (error);
  g_file_set_contents (trace, "", 0, &error);
  g_assert_no_error (error);
  g_setenv (TRACE_VARIABLE, trace, TRUE);
  g_ptr_array_add (arguments, (gpointer) g_getenv ("SOLCO_VIRTUAL_RECORDER"));
  g_ptr_array_add (arguments, (gpointer) "--sleep-divisor=50");
  g_ptr_array_add (arguments, (gpointer) "--control");
  g_ptr_array_add (arguments, socket);
  g_ptr_array_add (arguments, (gpointer) "--trace");
  g_ptr_array_add (arguments, trace);
  g_ptr_array_add (arguments, (gpointer) "--");
  for (char **argument = argv; *argument != NULL; argument++)
    g_ptr_array_add (arguments, *argument);
  g_ptr_array_add (arguments, NULL);
  recorder = g_subprocess_newv ((const char *const *) arguments->pdata,
                                G_SUBPROCESS_FLAGS_STDIN_INHERIT, &error);
  g_assert_no_error (error);
  g_subprocess_wait (recorder, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_unlink (trace), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  return g_subprocess_get_if_exited (recorder) ? g_subprocess_get_exit_status (recorder) : 1;
}

int
main (int argc, char **argv)
{
  if (g_getenv (TRACE_VARIABLE) == NULL)
    return run_beside_recorder (argv);

  g_test_init (&argc, &argv, NULL);
#define ADD(path, test)                                                                            \
  g_test_add ("/engine/recorder-list/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("no-polling", test_no_polling);
  ADD ("tray", test_tray);
  ADD ("medium-changes", test_medium_changes);
  ADD ("plugging", test_plugging);
#undef ADD
  return g_test_run ();
}
