/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Erasing and formatting, and that it tells how far it is. */
#include "recorder-fixture.h"

#define BLOCKS 100000

typedef struct
{
  double last_fraction;
  guint n_steps;
  gboolean could_cancel;
} Watch;

static void
on_progress (SolcoJob *job, Watch *watch)
{
  const SolcoProgress *progress = solco_job_get_progress (job);

  if ((progress->phase != SOLCO_PHASE_ERASE && progress->phase != SOLCO_PHASE_WRITE)
      || progress->fraction < 0)
    return;
  g_assert_cmpfloat (progress->fraction, <=, 1);
  if (progress->fraction > watch->last_fraction)
    watch->n_steps++;
  watch->last_fraction = progress->fraction;
  if (progress->phase == SOLCO_PHASE_ERASE && solco_job_can_cancel (job))
    watch->could_cancel = TRUE;
}

static guint
erase (RecorderFixture *fixture, SolcoEraseMode mode)
{
  Watch watch = { .last_fraction = -1 };
  g_autoptr (SolcoRequest) request
      = solco_request_new_erase (fixture->engine.target, mode, NULL);
  g_autoptr (SolcoJob) job = solco_engine_submit (fixture->engine.engine, request);

  g_signal_connect (job, "progress", G_CALLBACK (on_progress), &watch);
  while (!solco_job_is_finished (job))
    g_main_context_iteration (NULL, TRUE);
  if (solco_job_get_error (job) != NULL)
    g_test_message ("%s", solco_job_get_log (job));
  g_assert_no_error (solco_job_get_error (job));
  g_assert_cmpint (solco_job_get_result (job)->medium->state, ==, SOLCO_MEDIUM_BLANK);
  g_assert_false (watch.could_cancel);
  return watch.n_steps;
}

static void
fill (RecorderFixture *fixture, const char *kind)
{
  g_autoptr (SolcoJob) job = NULL;

  recorder_fixture_add_files (fixture, "one", 3, 100000);
  recorder_fixture_insert (fixture, kind, BLOCKS);
  job = engine_fixture_burn (&fixture->engine, "one", "Photos");
}

static void
assert_burns_twice (RecorderFixture *fixture)
{
  g_autoptr (SolcoJob) first = NULL;
  g_autoptr (SolcoJob) second = NULL;

  recorder_fixture_add_files (fixture, "two", 3, 50000);
  first = engine_fixture_burn (&fixture->engine, "two", "Again");
  second = engine_fixture_burn (&fixture->engine, "one", "Again");
  g_assert_cmpuint (solco_job_get_result (second)->medium->sessions->len, ==, 2);
}

static void
test_fast (RecorderFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoMedium) medium = NULL;

  fill (fixture, data);
  erase (fixture, SOLCO_ERASE_FAST);
  medium = recorder_fixture_read (fixture);
  if (medium->profile != SOLCO_PROFILE_DVD_RW_SEQUENTIAL)
    assert_burns_twice (fixture);
  else
    /* The price of being fast; told before the burn. */
    g_assert_false (medium->can_append_after_burn);
}

static void
test_full (RecorderFixture *fixture, gconstpointer data)
{
  fill (fixture, data);
  /* Slow enough that the progress can be seen. */
  vr_drive_set_time_scale (fixture->drive, 20);
  g_assert_cmpuint (erase (fixture, SOLCO_ERASE_FULL), >=, 3);
  vr_drive_set_time_scale (fixture->drive, 1000);
  assert_burns_twice (fixture);
}

static void
test_format (RecorderFixture *fixture, gconstpointer data)
{
  fill (fixture, data);
  erase (fixture, SOLCO_ERASE_FORMAT);
  assert_burns_twice (fixture);
}

/* To restricted overwrite and back. */
static void
test_dvd_rw_there_and_back (RecorderFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoMedium) formatted = NULL;
  g_autoptr (SolcoMedium) blanked = NULL;

  fill (fixture, "dvd-rw-seq");
  erase (fixture, SOLCO_ERASE_FAST);
  erase (fixture, SOLCO_ERASE_FORMAT);
  formatted = recorder_fixture_read (fixture);
  g_assert_cmpint (formatted->profile, ==, SOLCO_PROFILE_DVD_RW_OVERWRITE);
  g_assert_true (formatted->can_append_after_burn);
  assert_burns_twice (fixture);

  erase (fixture, SOLCO_ERASE_FULL);
  blanked = recorder_fixture_read (fixture);
  g_assert_cmpint (blanked->profile, ==, SOLCO_PROFILE_DVD_RW_SEQUENTIAL);
  g_assert_true (blanked->can_append_after_burn);
  assert_burns_twice (fixture);
}

/* A DVD+RW, DVD-RAM or BD-RE that was never formatted is so by the first burn or on request. */
static void
test_format_new (RecorderFixture *fixture, gconstpointer data)
{
  recorder_fixture_add_files (fixture, "one", 3, 100000);
  recorder_fixture_insert (fixture, data, BLOCKS);
  erase (fixture, SOLCO_ERASE_FORMAT);
  assert_burns_twice (fixture);
}

int
main (int argc, char **argv)
{
  static const char *const rewritable[]
      = { "cd-rw-80", "dvd-rw-seq", "dvd-rw-ro", "dvd+rw", "dvd-ram", "bd-re-25" };
  static const char *const formatted[] = { "dvd-rw-seq", "dvd-rw-ro", "dvd+rw", "dvd-ram",
                                           "bd-re-25" };
  static const char *const fresh[] = { "dvd+rw", "bd-re-25" };

  g_test_init (&argc, &argv, NULL);
#define ADD_ALL(name, kinds, test)                                                                 \
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)                                                 \
    {                                                                                              \
      g_autofree char *path = g_strconcat ("/engine/recorder/" name "/", kinds[i], NULL);          \
                                                                                                   \
      g_test_add (path, RecorderFixture, kinds[i], recorder_fixture_set_up_empty, test,            \
                  recorder_fixture_tear_down);                                                     \
    }
  ADD_ALL ("erase-fast", rewritable, test_fast)
  ADD_ALL ("erase-full", rewritable, test_full)
  ADD_ALL ("format", formatted, test_format)
  ADD_ALL ("format-new", fresh, test_format_new)
#undef ADD_ALL
  g_test_add ("/engine/recorder/dvd-rw-there-and-back", RecorderFixture, NULL,
              recorder_fixture_set_up_empty, test_dvd_rw_there_and_back,
              recorder_fixture_tear_down);
  return g_test_run ();
}
