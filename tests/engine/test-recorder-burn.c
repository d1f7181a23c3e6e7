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

/* Two sessions on every medium that takes them. */
static void
test_two_sessions (RecorderFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoMedium) blank = recorder_fixture_read (fixture);
  g_autoptr (SolcoMedium) second = NULL;
  g_autoptr (SolcoJob) job = NULL;
  g_autoptr (SolcoJob) appended = NULL;
  g_autofree char *both = NULL;

  g_test_message ("%s: %s, free %" G_GINT64_FORMAT, (const char *) data, blank->profile_name,
                  blank->free_blocks);
  g_assert_cmpint (blank->state, ==, SOLCO_MEDIUM_BLANK);
  recorder_fixture_add_files (fixture, "one", 5, 300000);
  job = engine_fixture_burn (&fixture->engine, "one", "Photos");
  g_assert_true (solco_job_get_result (job)->is_verified);
  recorder_fixture_add_files (fixture, "two", 4, 100000);
  appended = engine_fixture_burn (&fixture->engine, "two", "Photos");
  g_assert_true (solco_job_get_result (appended)->is_verified);
  second = recorder_fixture_read (fixture);
  g_assert_cmpuint (second->sessions->len, ==, 2);
  g_assert_cmpint (second->state, ==, SOLCO_MEDIUM_APPENDABLE);
  both = engine_fixture_spawn (&fixture->engine, "sh -c 'cp -a one both && cp -a two/. both'");
  recorder_fixture_assert_same (fixture, "both");
}

int
main (int argc, char **argv)
{
  static const char *const kinds[] = { "cd-rw-80", "dvd-r",  "dvd-rw-seq", "dvd-rw-ro", "dvd+r",
                                       "dvd+r-dl", "dvd+rw", "dvd-ram",    "bd-r-25",   "bd-re-25" };

  g_test_init (&argc, &argv, NULL);
  g_test_add ("/engine/recorder/cd-r-addresses", RecorderFixture, "cd-r-80",
              recorder_fixture_set_up, test_cd_r_addresses, recorder_fixture_tear_down);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/recorder/two-sessions/", kinds[i], NULL);

      g_test_add (path, RecorderFixture, kinds[i], recorder_fixture_set_up, test_two_sessions,
                  recorder_fixture_tear_down);
    }
  return g_test_run ();
}
