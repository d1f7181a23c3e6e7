/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recorder-fixture.h"

/* The worked example of a blank 80 minute CD-R: addresses of a drive, not of a formula. */
static void
test_cd_r_addresses (RecorderFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoMedium) blank = recorder_fixture_read (fixture);
  g_autoptr (SolcoMedium) first = NULL;
  g_autoptr (SolcoMedium) second = NULL;
  g_autoptr (SolcoJob) job = NULL;
  g_autoptr (SolcoJob) appended = NULL;
  g_autofree char *both = NULL;
  const SolcoResult *result;
  gint64 end_block;

  g_assert_cmpint (blank->state, ==, SOLCO_MEDIUM_BLANK);
  g_assert_cmpint (blank->profile, ==, SOLCO_PROFILE_CD_R);
  g_assert_cmpint (blank->free_blocks, ==, 359849);
  g_assert_true (blank->can_append_after_burn);

  recorder_fixture_add_files (fixture, "one", 5, 300000);
  job = engine_fixture_burn (&fixture->engine, "one", "Photos");
  result = solco_job_get_result (job);
  g_test_message ("%s", solco_job_get_log (job));
  g_assert_true (result->is_verified);
  first = recorder_fixture_read (fixture);
  g_assert_cmpint (first->state, ==, SOLCO_MEDIUM_APPENDABLE);
  g_assert_cmpstr (first->volume_label, ==, "Photos");
  g_assert_cmpuint (first->sessions->len, ==, 1);
  end_block = result->image_blocks + 150 + 2;
  g_assert_cmpint (g_array_index (first->sessions, SolcoSession, 0).size_blocks, ==, end_block);
  g_assert_cmpint (first->next_writable_block, ==, end_block + 11400);
  g_assert_cmpint (first->free_blocks, ==, 359849 - end_block - 11400);
  recorder_fixture_assert_same (fixture, "one");

  recorder_fixture_add_files (fixture, "two", 4, 100000);
  appended = engine_fixture_burn (&fixture->engine, "two", "Photos");
  g_assert_true (solco_job_get_result (appended)->is_verified);
  second = recorder_fixture_read (fixture);
  g_assert_cmpuint (second->sessions->len, ==, 2);
  g_assert_cmpint (second->next_writable_block, ==,
                   first->next_writable_block
                       + solco_job_get_result (appended)->image_blocks + 152 + 6900);
  both = engine_fixture_spawn (&fixture->engine,
                               "sh -c 'cp -a one both && cp -a two/. both'");
  recorder_fixture_assert_same (fixture, "both");
}

/* Puts files in @folder until the session that it makes has just so many blocks. */
static SolcoJob *
burn_blocks (RecorderFixture *fixture, const char *folder, gint64 n_blocks)
{
  g_autofree char *filler = g_strdup_printf ("%s/filler", folder);
  gint64 filler_blocks = n_blocks / 2;
  gint64 measured_blocks = 0;

  for (guint tries = 0; measured_blocks != n_blocks; tries++)
    {
      g_autofree char *content = g_malloc0 ((gsize) filler_blocks * SOLCO_BLOCK_BYTES);
      g_autoptr (SolcoPlan) plan = NULL;
      g_autoptr (SolcoJob) job = NULL;

      g_assert_cmpuint (tries, <, 3);
      engine_fixture_write (&fixture->engine, filler, content,
                            (gssize) (filler_blocks * SOLCO_BLOCK_BYTES));
      plan = engine_fixture_plan (&fixture->engine, folder, "Photos");
      job = engine_fixture_run_well (&fixture->engine, solco_request_new_measure (plan));
      measured_blocks = solco_job_get_result (job)->image_blocks;
      filler_blocks += n_blocks - measured_blocks;
    }
  return engine_fixture_burn (&fixture->engine, folder, "Photos");
}

/* 100 MiB on a blank disc and 50 MiB behind them: what is forecast, and what the drive says. */
static void
test_cd_r_worked_examples (RecorderFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoJob) first = burn_blocks (fixture, "first", 51200);
  const SolcoResult *result = solco_job_get_result (first);
  const SolcoSession *last = solco_medium_get_last_session (result->medium);
  g_autoptr (SolcoJob) second = NULL;

  g_assert_cmpint (result->image_blocks, ==, 51200);
  g_assert_cmpint (result->capacity.need_blocks, ==, 51352);
  g_assert_cmpint (result->capacity.remaining_now_blocks, ==, 308497);
  g_assert_cmpint (result->capacity.remaining_after_overhead_blocks, ==, 297745);
  g_assert_cmpint (last->start_block + last->size_blocks, ==, 51352);
  g_assert_cmpint (result->medium->next_writable_block, ==, 62752);
  g_assert_cmpint (result->medium->free_blocks, ==, 297097);
  g_assert_cmpint (result->capacity.remaining_physical_blocks, ==, 297097);

  second = burn_blocks (fixture, "second", 25600);
  result = solco_job_get_result (second);
  last = solco_medium_get_last_session (result->medium);
  g_assert_cmpint (result->image_blocks, ==, 25600);
  g_assert_cmpint (result->capacity.need_blocks, ==, 25752);
  g_assert_cmpint (result->capacity.remaining_now_blocks, ==, 271345);
  g_assert_cmpint (result->capacity.remaining_after_overhead_blocks, ==, 265713);
  g_assert_cmpint (result->capacity.remaining_physical_blocks, ==, 264445);
  g_assert_cmpint (last->start_block, ==, 62752);
  g_assert_cmpint (last->start_block + last->size_blocks, ==, 88504);
  g_assert_cmpint (result->medium->next_writable_block, ==, 88504 + 6900);
  g_assert_cmpint (result->medium->free_blocks, ==, 264445);
}

/* Sessions on every medium that takes several; the last one has no MD5 tags. */
static void
test_sessions (RecorderFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoMedium) blank = recorder_fixture_read (fixture);
  g_autoptr (SolcoMedium) third = NULL;
  g_autoptr (SolcoPlan) plan = NULL;
  g_autoptr (SolcoJob) job = NULL;
  g_autoptr (SolcoJob) appended = NULL;
  g_autoptr (SolcoJob) without_tags = NULL;

  g_test_message ("%s: %s, free %" G_GINT64_FORMAT, (const char *) data, blank->profile_name,
                  blank->free_blocks);
  g_assert_cmpint (blank->state, ==, SOLCO_MEDIUM_BLANK);
  recorder_fixture_add_files (fixture, "one", 5, 300000);
  job = engine_fixture_burn (&fixture->engine, "one", "Photos");
  g_assert_true (solco_job_get_result (job)->is_verified);
  recorder_fixture_add_files (fixture, "two", 4, 100000);
  appended = engine_fixture_burn (&fixture->engine, "two", "Photos");
  g_assert_true (solco_job_get_result (appended)->is_verified);
  recorder_fixture_add_files (fixture, "three", 3, 50000);
  plan = engine_fixture_plan (&fixture->engine, "three", "Photos");
  plan->session_md5 = FALSE;
  plan->verify = SOLCO_VERIFY_FULL;
  without_tags = engine_fixture_run_well (&fixture->engine, solco_request_new_burn (plan));
  g_assert_true (solco_job_get_result (without_tags)->is_verified);
  third = recorder_fixture_read (fixture);
  g_assert_cmpuint (third->sessions->len, ==, 3);
  g_assert_cmpint (third->state, ==, SOLCO_MEDIUM_APPENDABLE);
  engine_fixture_do (&fixture->engine,
                     "sh -c 'cp -a one all && cp -a two/. all && cp -a three/. all'");
  recorder_fixture_assert_same (fixture, "all");
}

int
main (int argc, char **argv)
{
  static const char *const kinds[] = { "cd-rw-80", "dvd-r",  "dvd-rw-seq", "dvd-rw-ro", "dvd+r",
                                       "dvd+r-dl", "dvd+rw", "dvd-ram",    "bd-r-25",   "bd-re-25" };

  g_test_init (&argc, &argv, NULL);
  g_test_add ("/engine/recorder/cd-r-addresses", RecorderFixture, "cd-r-80",
              recorder_fixture_set_up, test_cd_r_addresses, recorder_fixture_tear_down);
  g_test_add ("/engine/recorder/cd-r-worked-examples", RecorderFixture, "cd-r-80",
              recorder_fixture_set_up, test_cd_r_worked_examples, recorder_fixture_tear_down);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/recorder/sessions/", kinds[i], NULL);

      g_test_add (path, RecorderFixture, kinds[i], recorder_fixture_set_up, test_sessions,
                  recorder_fixture_tear_down);
    }
  return g_test_run ();
}
