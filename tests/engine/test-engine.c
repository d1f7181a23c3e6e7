/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "engine-fixture.h"
#include "solco-error.h"

/* The engine itself: its thread, its jobs, cancelling. */

typedef struct
{
  GThread *thread;
  GString *order;
  guint n_after_end;
} Watch;

static void
on_phase (SolcoJob *job, int phase, Watch *watch)
{
  g_assert_true (g_thread_self () == watch->thread);
  g_assert_false (solco_job_is_finished (job));
  g_string_append_printf (watch->order, "%d ", phase);
}

static void
on_finished (SolcoJob *job, Watch *watch)
{
  g_assert_true (solco_job_is_finished (job));
  g_string_append (watch->order, "end");
}

static void
on_progress (SolcoJob *job, Watch *watch)
{
  const SolcoProgress *progress = solco_job_get_progress (job);

  g_assert_cmpfloat (progress->fraction, <=, 1);
  if (solco_job_is_finished (job))
    watch->n_after_end++;
}

static void
write_files (EngineFixture *fixture, const char *folder, guint n_files)
{
  g_autofree char *content = g_strnfill (50000, 's');

  for (guint i = 0; i < n_files; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/file %u", folder, i);

      engine_fixture_write (fixture, path, content, -1);
    }
}

static void
test_order_of_events (EngineFixture *fixture, gconstpointer data)
{
  Watch watch = { .thread = g_thread_self (), .order = g_string_new (NULL) };
  g_autoptr (SolcoPlan) plan = NULL;
  g_autoptr (SolcoRequest) request = NULL;
  g_autoptr (SolcoJob) job = NULL;

  write_files (fixture, "src", 20);
  plan = engine_fixture_plan (fixture, "src", "Order");
  request = solco_request_new_burn (plan);
  job = solco_engine_submit (fixture->engine, request);
  g_assert_cmpint (solco_job_get_state (job), ==, SOLCO_JOB_QUEUED);
  g_signal_connect (job, "phase", G_CALLBACK (on_phase), &watch);
  g_signal_connect (job, "progress", G_CALLBACK (on_progress), &watch);
  g_signal_connect (job, "finished", G_CALLBACK (on_finished), &watch);
  g_assert_true (solco_engine_is_busy (fixture->engine));
  while (!solco_job_is_finished (job))
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < 50; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_false (solco_engine_is_busy (fixture->engine));
  /* Open, read disc, prepare, write, close, read again, verify. */
  g_assert_cmpstr (watch.order->str, ==, "1 2 4 6 7 8 9 end");
  g_assert_cmpuint (watch.n_after_end, ==, 0);
  g_assert_nonnull (strstr (solco_job_get_log (job), "libcdio"));
  g_string_free (watch.order, TRUE);
}

static void
test_only_one (EngineFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (solco_engine_new (&error));
  g_assert_error (error, SOLCO_ERROR, SOLCO_ERROR_INTERNAL);
}

static void
test_cancel_queued (EngineFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoPlan) plan = NULL;
  g_autoptr (SolcoRequest) request = NULL;
  g_autoptr (SolcoJob) first = NULL;
  g_autoptr (SolcoJob) second = NULL;

  write_files (fixture, "src", 20);
  plan = engine_fixture_plan (fixture, "src", "Queue");
  request = solco_request_new_burn (plan);
  first = solco_engine_submit (fixture->engine, request);
  second = solco_engine_submit (fixture->engine, request);
  solco_job_cancel (second);
  g_assert_cmpint (solco_job_get_state (second), ==, SOLCO_JOB_CANCELLING);
  while (!solco_job_is_finished (second))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (solco_job_get_state (first), ==, SOLCO_JOB_SUCCEEDED);
  g_assert_cmpint (solco_job_get_state (second), ==, SOLCO_JOB_CANCELLED);
  g_assert_error (solco_job_get_error (second), G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Cancels an append after a while; whenever that is, the first session is what it was, or the
 * second is complete. */
static void
cancel_after (EngineFixture *fixture, SolcoPlan *plan, guint64 delay_us, const char *before,
              guint *n_cancelled)
{
  g_autoptr (SolcoRequest) request = solco_request_new_burn (plan);
  g_autoptr (SolcoJob) job = solco_engine_submit (fixture->engine, request);
  gint64 start_us = g_get_monotonic_time ();
  g_autofree char *after = NULL;

  while (!solco_job_is_finished (job))
    {
      if (g_get_monotonic_time () - start_us >= (gint64) delay_us
          && solco_job_get_state (job) != SOLCO_JOB_CANCELLING)
        solco_job_cancel (job);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (200);
    }
  if (solco_job_get_state (job) == SOLCO_JOB_CANCELLED)
    {
      (*n_cancelled)++;
      after = engine_fixture_checksum_image (fixture);
      g_assert_cmpstr (before, ==, after);
    }
  else
    {
      g_test_message ("%s", solco_job_get_log (job));
      g_assert_no_error (solco_job_get_error (job));
    }
}

static void
test_cancel_at_any_moment (EngineFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoJob) first = NULL;
  g_autofree char *before = NULL;
  guint n_cancelled = 0;
  const guint n_moments = 50;

  write_files (fixture, "one", 10);
  write_files (fixture, "two", 400);
  first = engine_fixture_burn (fixture, "one", "Cancel");
  before = engine_fixture_checksum_image (fixture);
  for (guint i = 0; i < n_moments; i++)
    {
      g_autoptr (SolcoPlan) plan = engine_fixture_plan (fixture, "two", "Cancel");
      g_autoptr (SolcoJob) read = NULL;
      guint n_sessions;

      plan->verify = SOLCO_VERIFY_NONE;
      cancel_after (fixture, plan, 4000 * (guint64) i, before, &n_cancelled);
      read = engine_fixture_run_well (fixture, solco_request_new_read_disc (fixture->target, 0));
      n_sessions = solco_job_get_result (read)->medium->sessions->len;
      g_assert_cmpuint (n_sessions, >=, 1);
      if (n_sessions > 1)
        {
          /* It was faster than the cancel: begin again with the first session only. */
          g_autoptr (SolcoJob) again = NULL;

          engine_fixture_do (fixture, "rm disc.iso");
          again = engine_fixture_burn (fixture, "one", "Cancel");
          g_free (before);
          before = engine_fixture_checksum_image (fixture);
        }
    }
  g_test_message ("%u of %u were cancelled in time", n_cancelled, n_moments);
  g_assert_cmpuint (n_cancelled, >=, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test)                                                                            \
  g_test_add (path, EngineFixture, NULL, engine_fixture_set_up, test, engine_fixture_tear_down)
  ADD ("/engine/order-of-events", test_order_of_events);
  ADD ("/engine/only-one", test_only_one);
  ADD ("/engine/cancel-queued", test_cancel_queued);
  ADD ("/engine/cancel-at-any-moment", test_cancel_at_any_moment);
#undef ADD
  return g_test_run ();
}
