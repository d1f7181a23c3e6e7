/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A third session is appended to a disc with two good ones, and something goes wrong somewhere: any
 * medium, any fault, any moment, by the seed. Afterwards both sessions are there bit by bit, and what
 * failed can be finished. See README.md. */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "recorder-fixture.h"

#define BLOCKS 140000
#define DEFAULT_RUNS 60
#define THOROUGH_RUNS 500
/* A run takes less than two seconds; under a sanitizer and load some more. */
#define WATCHDOG_S 120

/* CODE (X) is the bit of SOLCO_ERROR_X in a set. */
#define CODE(name) (G_GUINT64_CONSTANT (1) << SOLCO_ERROR_##name)
#define NONE (G_GUINT64_CONSTANT (1) << 62)
#define CANCELLED (G_GUINT64_CONSTANT (1) << 63)
G_STATIC_ASSERT (SOLCO_N_ERRORS < 62);

typedef struct
{
  const char *name;
  /* printf format with one %u: how many commands pass before. NULL: the user cancels. */
  const char *spec;
  guint latest;
  /* What it may end with. A fault whose moment never comes ends with nothing. */
  guint64 codes;
} Fault;

static const Fault faults[] = {
  { "write error", "sense=3/0c/00,op=write,after=%u", 70, NONE | CODE (CANNOT_WRITE) },
  { "write errors", "sense=3/0c/00,op=write,after=%u,times=always", 70,
    NONE | CODE (CANNOT_WRITE) },
  { "write protected", "sense=7/27/00,op=write,after=%u,times=always", 70,
    NONE | CODE (CANNOT_WRITE) },
  { "removed while writing", "remove,op=write,after=%u", 70, NONE | CODE (NO_MEDIUM) },
  { "removed while reading", "remove,op=read,after=%u", 60, NONE | CODE (NO_MEDIUM) },
  { "removed", "remove,op=any,after=%u", 200, NONE | CODE (NO_MEDIUM) },
  { "gone while writing", "gone,op=write,after=%u", 70, NONE | CODE (DEVICE_GONE) },
  { "gone while reading", "gone,op=read,after=%u", 60, NONE | CODE (DEVICE_GONE) },
  { "gone while closing", "gone,op=close,after=%u", 2, NONE | CODE (DEVICE_GONE) },
  { "gone while emptying the buffer", "gone,op=sync,after=%u", 2, NONE | CODE (DEVICE_GONE) },
  { "gone", "gone,op=any,after=%u", 200, NONE | CODE (DEVICE_GONE) },
  { "power lost", "power-loss,after=%u", 70, NONE | CODE (DEVICE_GONE) },
  { "close error", "sense=3/73/03,op=close,after=%u,times=always", 2,
    NONE | CODE (CLOSING_FAILED) },
  { "sync error", "sense=3/0c/00,op=sync,after=%u", 2,
    NONE | CODE (CLOSING_FAILED) | CODE (CANNOT_WRITE) },
  { "read error", "sense=3/11/00,op=read,after=%u", 60,
    NONE | CODE (DISC_UNREADABLE) | CODE (READ_FAILED) | CODE (VERIFY_FAILED) },
  { "short read", "short-read=1,op=read,after=%u", 60,
    NONE | CODE (DISC_UNREADABLE) | CODE (READ_FAILED) | CODE (VERIFY_FAILED)
        | CODE (WRONG_DISC) },
  { "hang", "hang=0.2,op=any,after=%u", 200, NONE },
  { "busy", "busy=0.2,op=write,after=%u", 70, NONE },
  { "slow", "slow=20000,after=%u", 10, NONE },
  { "no permission", "no-access,after=%u", 0, CODE (NO_PERMISSION) },
  { "cancelled", NULL, 60, NONE | CANCELLED },
};

static const char *const kinds[]
    = { "cd-r-80",   "cd-rw-80", "dvd-r",  "dvd-rw-seq", "dvd-rw-ro", "dvd+r",
        "dvd+r-dl",  "dvd+rw",   "dvd-ram", "bd-r-25",   "bd-re-25" };

static int n_runs;
static int first_seed = 1;
static char run_name[256];
static int n_ends[SOLCO_N_ERRORS];

static void
on_alarm (int signal_number)
{
  static const char text[] = "Bail out! hangs: ";

  if (write (STDOUT_FILENO, text, sizeof text - 1) < 0
      || write (STDOUT_FILENO, run_name, strlen (run_name)) < 0)
    _exit (2);
  abort ();
}

/* A disc with two good sessions, made once for each kind. */
static void
insert_template (RecorderFixture *fixture, const char *kind)
{
  g_autofree char *name = g_strdup_printf ("template-%s.vr", kind);
  g_autofree char *path = engine_fixture_path (&fixture->engine, name);
  g_autofree char *command = g_strdup_printf ("cp --sparse=always %s disc.vr", name);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      recorder_fixture_insert_file (fixture, kind, BLOCKS, name);
      g_object_unref (engine_fixture_burn (&fixture->engine, "one", "Photos"));
      g_object_unref (engine_fixture_burn (&fixture->engine, "two", "Photos"));
    }
  recorder_fixture_take_out (fixture);
  engine_fixture_do (&fixture->engine, command);
  recorder_fixture_insert_file (fixture, kind, BLOCKS, "disc.vr");
}

static gboolean
on_cancel_time (gpointer data)
{
  solco_job_cancel (data);
  return G_SOURCE_REMOVE;
}

/* Appends, with the fault. Returns the bit of its end. */
static guint64
append (RecorderFixture *fixture, const Fault *fault, guint moment, gboolean with_tags)
{
  g_autoptr (SolcoPlan) plan = engine_fixture_plan (&fixture->engine, "three", "Photos");
  g_autoptr (SolcoRequest) request = solco_request_new_burn (plan);
  guint n_threads = recorder_fixture_count_threads ();
  g_autoptr (SolcoJob) job = NULL;
  g_autofree char *spec = NULL;
  const GError *error;
  guint source = 0;

  plan->session_md5 = with_tags;
  if (fault->spec != NULL)
    {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      spec = g_strdup_printf (fault->spec, moment);
#pragma GCC diagnostic pop
      recorder_fixture_break (fixture, spec);
    }
  job = solco_engine_submit (fixture->engine.engine, request);
  if (fault->spec == NULL)
    source = g_timeout_add (moment * 5, on_cancel_time, job);
  while (!solco_job_is_finished (job))
    g_main_context_iteration (NULL, TRUE);
  if (source != 0 && g_main_context_find_source_by_id (NULL, source) != NULL)
    g_source_remove (source);
  error = solco_job_get_error (job);
  g_test_message ("%s: %s", run_name, error != NULL ? error->message : "no error");
  recorder_fixture_repair (fixture);
  recorder_fixture_assert_released (fixture, n_threads);
  if (error == NULL)
    return NONE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return CANCELLED;
  g_assert_cmpint (error->domain, ==, SOLCO_ERROR);
  n_ends[error->code]++;
  return G_GUINT64_CONSTANT (1) << error->code;
}

/* Both old sessions are listed and whole; the unsaved files can be added. */
static void
check_and_finish (RecorderFixture *fixture, const char *kind)
{
  g_autoptr (SolcoMedium) medium = NULL;

  recorder_fixture_insert_file (fixture, kind, BLOCKS, "disc.vr");
  medium = recorder_fixture_read (fixture);
  if (medium->damage != SOLCO_DAMAGE_NONE)
    {
      recorder_fixture_assert_session (fixture, 2, "one-and-two");
      g_object_unref (engine_fixture_run_well (
          &fixture->engine, solco_request_new_mend (fixture->engine.target)));
    }
  g_assert_cmpint (medium->state, ==, SOLCO_MEDIUM_APPENDABLE);
  g_assert_cmpuint (medium->sessions->len, >=, 2);
  recorder_fixture_assert_session (fixture, 1, "one");
  recorder_fixture_assert_session (fixture, 2, "one-and-two");
  g_object_unref (engine_fixture_burn (&fixture->engine, "three", "Photos"));
  recorder_fixture_assert_same (fixture, "all");
}

static void
test_campaign (RecorderFixture *fixture, gconstpointer data)
{
  recorder_fixture_add_files (fixture, "one", 3, 100000);
  recorder_fixture_add_files (fixture, "two", 3, 150000);
  recorder_fixture_add_files (fixture, "three", 3, 600000);
  engine_fixture_do (&fixture->engine,
                     "sh -c 'cp -a one one-and-two && cp -a two/. one-and-two"
                     " && cp -a one-and-two all && cp -a three/. all'");
  signal (SIGALRM, on_alarm);
  for (int run = 0; run < n_runs; run++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed ((guint32) (first_seed + run));
      const char *kind = kinds[g_rand_int_range (random, 0, G_N_ELEMENTS (kinds))];
      const Fault *fault = &faults[g_rand_int_range (random, 0, G_N_ELEMENTS (faults))];
      guint moment = (guint) g_rand_int_range (random, 0, (gint32) fault->latest + 1);
      guint64 code;

      g_snprintf (run_name, sizeof run_name, "seed %d: %s, %s at %u", first_seed + run, kind,
                  fault->name, moment);
      alarm (WATCHDOG_S);
      insert_template (fixture, kind);
      code = append (fixture, fault, moment, run % 2 == 0);
      if ((code & fault->codes) == 0)
        g_error ("%s: this is no way for it to end", run_name);
      check_and_finish (fixture, kind);
      alarm (0);
    }
  for (int code = 0; code < SOLCO_N_ERRORS; code++)
    if (n_ends[code] > 0)
      g_test_message ("%d ended with %s", n_ends[code], solco_error_get_name (code));
  g_test_message ("%d runs, 0 sessions lost", n_runs);
}

int
main (int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "runs", 0, 0, G_OPTION_ARG_INT, &n_runs, "How many (60; 500 with SOLCO_TEST_THOROUGH)",
      "N" },
    { "first", 0, 0, G_OPTION_ARG_INT, &first_seed, "Seed of the first run; each has the next (1)",
      "N" },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  if (n_runs <= 0)
    n_runs = g_getenv ("SOLCO_TEST_THOROUGH") != NULL ? THOROUGH_RUNS : DEFAULT_RUNS;
  g_test_add ("/fault/campaign", RecorderFixture, NULL, recorder_fixture_set_up_empty,
              test_campaign, recorder_fixture_tear_down);
  return g_test_run ();
}
