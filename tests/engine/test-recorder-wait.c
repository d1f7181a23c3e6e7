/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drives that keep the program waiting: it says for how long, takes a cancel at once, and comes to an
 * end when the drive does. */
#include <string.h>
#include <unistd.h>

#include "recorder-fixture.h"

#define BLOCKS 140000
/* How long a command hangs: a minute is what a drive is given, and as long as a test should take is what
 * shows the same. */
#define HANG_S 5
#define THOROUGH_HANG_S 60
#define QUIT_AFTER_S 4

typedef struct
{
  double longest_silence_s;
  gint64 cancel_at_us;
  double cancel_delay_s;
} Watch;

static void
on_progress (SolcoJob *job, Watch *watch)
{
  watch->longest_silence_s
      = MAX (watch->longest_silence_s, solco_job_get_progress (job)->silent_s);
}

static gboolean
on_cancel_time (gpointer data)
{
  solco_job_cancel (data);
  /* It shows at once, whatever the drive does. */
  g_assert_true (solco_job_is_finished (data)
                 || solco_job_get_state (data) == SOLCO_JOB_CANCELLING);
  return G_SOURCE_REMOVE;
}

/* Runs the request, and cancels it after so long; 0: never. */
static SolcoJob *
run (RecorderFixture *fixture, SolcoRequest *request, guint cancel_after_ms, Watch *watch)
{
  SolcoJob *job = solco_engine_submit (fixture->engine.engine, request);
  guint source = cancel_after_ms > 0 ? g_timeout_add (cancel_after_ms, on_cancel_time, job) : 0;

  *watch = (Watch){ 0 };
  g_signal_connect (job, "progress", G_CALLBACK (on_progress), watch);
  while (!solco_job_is_finished (job))
    g_main_context_iteration (NULL, TRUE);
  if (source != 0 && g_main_context_find_source_by_id (NULL, source) != NULL)
    g_source_remove (source);
  solco_request_unref (request);
  return job;
}

static guint
get_hang_s (void)
{
  return g_getenv ("SOLCO_TEST_THOROUGH") != NULL ? THOROUGH_HANG_S : HANG_S;
}

/* @which: the command that hangs. */
static void
break_by_hanging (RecorderFixture *fixture, guint seconds, const char *which)
{
  g_autofree char *fault = g_strdup_printf ("hang=%u,%s", seconds, which);

  recorder_fixture_break (fixture, fault);
}

/* @data: the command that hangs. The burn ends well when the drive answers again. */
static void
test_hang (RecorderFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoPlan) plan = NULL;
  g_autoptr (SolcoJob) job = NULL;
  Watch watch;

  recorder_fixture_make_disc (fixture, "cd-r-80", BLOCKS);
  plan = engine_fixture_plan (&fixture->engine, "two", "Photos");
  break_by_hanging (fixture, get_hang_s (), data);
  job = run (fixture, solco_request_new_burn (plan), 0, &watch);
  g_assert_no_error (solco_job_get_error (job));
  g_test_message ("silent for %.1f s", watch.longest_silence_s);
  g_assert_cmpfloat (watch.longest_silence_s, >=, get_hang_s () - 2);
  g_assert_cmpfloat (watch.longest_silence_s, <, get_hang_s () + 1);
  recorder_fixture_assert_same (fixture, "both");
}

/* The user does not wait for it. */
static void
test_hang_cancelled (RecorderFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoPlan) plan = NULL;
  g_autoptr (SolcoJob) job = NULL;
  g_autoptr (SolcoJob) again = NULL;
  guint n_threads;
  Watch watch;

  recorder_fixture_make_disc (fixture, "cd-r-80", BLOCKS);
  plan = engine_fixture_plan (&fixture->engine, "two", "Photos");
  n_threads = recorder_fixture_count_threads ();
  break_by_hanging (fixture, get_hang_s (), data);
  job = run (fixture, solco_request_new_burn (plan), 1000, &watch);
  g_assert_error (solco_job_get_error (job), G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpfloat (watch.longest_silence_s, >=, get_hang_s () - 2);
  recorder_fixture_repair (fixture);
  recorder_fixture_assert_released (fixture, n_threads);
  recorder_fixture_assert_session (fixture, 1, "one");
  again = engine_fixture_burn (&fixture->engine, "two", "Photos");
  recorder_fixture_assert_same (fixture, "both");
}

static gboolean
on_quit_time (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* The program ends while the drive holds a command that may never come back. */
static void
quit_while_hanging (RecorderFixture *fixture, const char *which)
{
  const gboolean is_thorough = g_getenv ("SOLCO_TEST_THOROUGH") != NULL;
  const double give_up_after_s = is_thorough ? SOLCO_GIVE_UP_AFTER_S : QUIT_AFTER_S;
  SolcoPlan *plan;
  SolcoRequest *request;
  SolcoJob *job;
  gboolean is_time = FALSE;
  gint64 start_us;
  double elapsed_s;

  recorder_fixture_make_disc (fixture, "cd-r-80", BLOCKS);
  plan = engine_fixture_plan (&fixture->engine, "two", "Photos");
  break_by_hanging (fixture, (guint) give_up_after_s * 3, which);
  request = solco_request_new_burn (plan);
  job = solco_engine_submit (fixture->engine.engine, request);
  g_timeout_add (1000, on_quit_time, &is_time);
  while (!is_time)
    g_main_context_iteration (NULL, TRUE);
  start_us = g_get_monotonic_time ();
  g_assert_false (solco_job_is_finished (job));
  g_assert_false (solco_engine_stop (fixture->engine.engine, give_up_after_s));
  elapsed_s = (double) (g_get_monotonic_time () - start_us) / G_USEC_PER_SEC;
  g_assert_cmpint (solco_job_get_state (job), ==, SOLCO_JOB_CANCELLING);
  g_assert_cmpfloat (elapsed_s, <, give_up_after_s + 1);
  engine_fixture_do (&fixture->engine, "sh -c 'rm -rf ./*'");
  g_assert_cmpint (rmdir (fixture->engine.folder), ==, 0);
  _exit (0);
}

static void
test_quit (RecorderFixture *fixture, gconstpointer data)
{
  gint64 start_us = g_get_monotonic_time ();
  const double most_s = (g_getenv ("SOLCO_TEST_THOROUGH") != NULL ? SOLCO_GIVE_UP_AFTER_S
                                                                  : QUIT_AFTER_S)
                        * 2;

  if (g_test_subprocess ())
    {
      quit_while_hanging (fixture, data);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  /* Neither the process nor a thread of it has waited for the drive. */
  g_assert_cmpfloat ((double) (g_get_monotonic_time () - start_us) / G_USEC_PER_SEC, <, most_s);
}

/* It takes its time, and that is all. */
static void
test_slow_or_busy (RecorderFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoPlan) plan = NULL;
  g_autoptr (SolcoJob) job = NULL;
  Watch watch;

  recorder_fixture_make_disc (fixture, "dvd+r", BLOCKS);
  plan = engine_fixture_plan (&fixture->engine, "two", "Photos");
  recorder_fixture_break (fixture, data);
  job = run (fixture, solco_request_new_burn (plan), 0, &watch);
  g_assert_no_error (solco_job_get_error (job));
  recorder_fixture_repair (fixture);
  recorder_fixture_assert_same (fixture, "both");
}

/* A drive that hands over less than it was asked for, and says that all is well: no library tells,
 * but the checksums do. */
static void
test_short_read (RecorderFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoJob) job = NULL;
  const SolcoResult *result;

  recorder_fixture_make_disc (fixture, "cd-r-80", BLOCKS);
  recorder_fixture_break (fixture, "short-read=1,op=read,lba=120");
  job = engine_fixture_run (&fixture->engine,
                            solco_request_new_verify (fixture->engine.target, 0,
                                                      SOLCO_VERIFY_FULL, NULL));
  g_assert_error (solco_job_get_error (job), SOLCO_ERROR, SOLCO_ERROR_VERIFY_FAILED);
  result = solco_job_get_result (job);
  g_assert_true (solco_result_has_serious_problems (result));
}

/* A cancel at any moment: what was there before stays, and the same files can be burned again. */
static void
test_cancel (RecorderFixture *fixture, gconstpointer data)
{
  const char *kind = data;
  guint n_cancelled = 0;

  recorder_fixture_make_disc (fixture, kind, BLOCKS);
  vr_drive_set_time_scale (fixture->drive, 20);
  for (guint moment = 0; moment < 6; moment++)
    {
      g_autoptr (SolcoPlan) plan = engine_fixture_plan (&fixture->engine, "two", "Photos");
      g_autoptr (SolcoJob) job = NULL;
      g_autoptr (SolcoMedium) medium = NULL;
      Watch watch;

      plan->verify = SOLCO_VERIFY_NONE;
      job = run (fixture, solco_request_new_burn (plan), 20 + moment * 40, &watch);
      if (solco_job_get_state (job) == SOLCO_JOB_CANCELLED)
        n_cancelled++;
      else
        g_assert_no_error (solco_job_get_error (job));
      medium = recorder_fixture_read (fixture);
      g_assert_cmpint (medium->state, ==, SOLCO_MEDIUM_APPENDABLE);
      if (medium->damage != SOLCO_DAMAGE_NONE)
        g_object_unref (engine_fixture_run_well (
            &fixture->engine, solco_request_new_mend (fixture->engine.target)));
      recorder_fixture_assert_session (fixture, 1, "one");
    }
  g_test_message ("%u of 6 were cancelled", n_cancelled);
  g_assert_cmpuint (n_cancelled, >=, 1);
  vr_drive_set_time_scale (fixture->drive, 1000);
  g_object_unref (engine_fixture_burn (&fixture->engine, "two", "Photos"));
  recorder_fixture_assert_same (fixture, "both");
}

/* The drive goes while it erases: no cancel is possible then, and the end comes all the same. */
static void
test_gone_while_erasing (RecorderFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *kind;
    const char *fault;
    SolcoEraseMode mode;
  } erasures[] = {
    { "cd-rw-80", "gone,op=blank", SOLCO_ERASE_FAST },
    { "cd-rw-80", "gone,op=0x00,after=4", SOLCO_ERASE_FULL },
    { "dvd-rw-seq", "gone,op=format", SOLCO_ERASE_FORMAT },
    { "bd-re-25", "gone,op=format", SOLCO_ERASE_FORMAT },
    { "dvd+rw", "gone,op=write,after=100", SOLCO_ERASE_FULL },
  };

  recorder_fixture_add_files (fixture, "one", 3, 100000);
  for (gsize i = 0; i < G_N_ELEMENTS (erasures); i++)
    {
      g_autoptr (SolcoJob) burned = NULL;
      g_autoptr (SolcoMedium) medium = NULL;

      recorder_fixture_insert (fixture, erasures[i].kind, 100000);
      burned = engine_fixture_burn (&fixture->engine, "one", "Photos");
      recorder_fixture_break (fixture, erasures[i].fault);
      engine_fixture_run_badly (&fixture->engine,
                                solco_request_new_erase (fixture->engine.target,
                                                         erasures[i].mode, NULL),
                                SOLCO_ERROR_DEVICE_GONE);
      recorder_fixture_repair (fixture);
      medium = recorder_fixture_read (fixture);
      g_assert_cmpint (medium->state, !=, SOLCO_MEDIUM_NONE);
    }
}

int
main (int argc, char **argv)
{
  static const char *const kinds[] = { "cd-r-80", "dvd-r", "dvd+r", "bd-r-25", "dvd+rw" };

  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, test)                                                                      \
  g_test_add ("/engine/recorder/wait/" path, RecorderFixture, data, recorder_fixture_set_up_empty, \
              test, recorder_fixture_tear_down)
  ADD ("hang/opening", "op=0x51", test_hang);
  ADD ("hang/writing", "op=write,after=10", test_hang);
  ADD ("hang/closing", "op=close", test_hang);
  ADD ("hang/cancelled", "op=write,after=10", test_hang_cancelled);
  ADD ("hang/quit-opening", "op=0x51", test_quit);
  ADD ("hang/quit-writing", "op=write,after=10", test_quit);
  ADD ("slow", "slow=3000", test_slow_or_busy);
  ADD ("busy/writing", "busy=1,op=write,after=5", test_slow_or_busy);
  ADD ("busy/opening", "busy=1,op=0x51", test_slow_or_busy);
  ADD ("short-read", NULL, test_short_read);
  ADD ("gone-while-erasing", NULL, test_gone_while_erasing);
#undef ADD
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/recorder/wait/cancel/", kinds[i], NULL);

      g_test_add (path, RecorderFixture, kinds[i], recorder_fixture_set_up_empty, test_cancel,
                  recorder_fixture_tear_down);
    }
  return g_test_run ();
}
