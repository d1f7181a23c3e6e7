/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The disc that a session was planned for, and no other. */
#include <string.h>

#include "recorder-fixture.h"

#define BLOCKS 70000

/* Burns the first session of a disc that is kept in the file @name, and leaves it in. */
static void
make_disc (RecorderFixture *fixture, const char *kind, const char *name, const char *folder,
           const char *label)
{
  g_autoptr (SolcoJob) job = NULL;

  recorder_fixture_insert_file (fixture, kind, BLOCKS, name);
  job = engine_fixture_burn (&fixture->engine, folder, label);
}

/* Two discs with files of the same names and sizes and different content. */
static void
make_two (RecorderFixture *fixture, const char *first_label, const char *second_label)
{
  gint64 second;

  recorder_fixture_add_files (fixture, "one", 3, 100000);
  recorder_fixture_add_files (fixture, "other", 3, 100000);
  recorder_fixture_add_files (fixture, "new", 2, 50000);
  make_disc (fixture, "cd-r-80", "first.vr", "one", first_label);
  /* No recorder burns two discs within the second that file systems count their birth in. */
  second = g_get_real_time () / G_USEC_PER_SEC;
  while (g_get_real_time () / G_USEC_PER_SEC == second)
    g_thread_yield ();
  make_disc (fixture, "cd-r-80", "second.vr", "other", second_label);
  recorder_fixture_insert_file (fixture, "cd-r-80", BLOCKS, "first.vr");
}

static void
assert_names_both (const GError *error, const char *first, const char *second)
{
  g_test_message ("%s", error->message);
  g_assert_error (error, SOLCO_ERROR, SOLCO_ERROR_WRONG_DISC);
  g_assert_nonnull (strstr (error->message, first));
  g_assert_nonnull (strstr (error->message, second));
}

/* Runs @plan with the second disc in: it must not be touched. Then the right disc comes back, and
 * the very same plan works; and so does a new plan for the disc that was in. */
static void
refuse_second (RecorderFixture *fixture, SolcoPlan *plan, const char *first, const char *second)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (SolcoJob) job = NULL;
  g_autoptr (SolcoJob) continued = NULL;
  g_autoptr (SolcoJob) planned_again = NULL;

  recorder_fixture_insert_file (fixture, "cd-r-80", BLOCKS, "second.vr");
  before = recorder_fixture_describe (fixture, "second.vr");
  job = engine_fixture_run (&fixture->engine, solco_request_new_burn (plan));
  assert_names_both (solco_job_get_error (job), first, second);
  after = recorder_fixture_describe (fixture, "second.vr");
  g_assert_cmpstr (before, ==, after);

  recorder_fixture_insert_file (fixture, "cd-r-80", BLOCKS, "first.vr");
  continued = engine_fixture_run_well (&fixture->engine, solco_request_new_burn (plan));
  g_assert_true (solco_job_get_result (continued)->is_verified);
  engine_fixture_do (&fixture->engine, "sh -c 'cp -a one both && cp -a new/. both'");
  recorder_fixture_assert_same (fixture, "both");

  recorder_fixture_insert_file (fixture, "cd-r-80", BLOCKS, "second.vr");
  planned_again = engine_fixture_burn (&fixture->engine, "new", second);
  engine_fixture_do (&fixture->engine, "sh -c 'rm -r both && cp -a other both && cp -a new/. both'");
  recorder_fixture_assert_same (fixture, "both");
}

static void
test_swapped_before_burn (RecorderFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoPlan) plan = NULL;

  make_two (fixture, "Summer", "Winter");
  plan = engine_fixture_plan (&fixture->engine, "new", "Summer");
  refuse_second (fixture, plan, "Summer", "Winter");
}

static void
test_same_label (RecorderFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoPlan) plan = NULL;

  make_two (fixture, "Photos", "Photos");
  plan = engine_fixture_plan (&fixture->engine, "new", "Photos");
  refuse_second (fixture, plan, "Photos", "Photos");
}

/* Burn was pressed and the drive is being opened: the last look counts. */
static void
test_swapped_while_opening (RecorderFixture *fixture, gconstpointer data)
{
  g_autofree char *path = engine_fixture_path (&fixture->engine, "second.vr");
  g_autofree char *fault = g_strdup_printf ("swap=cd-r-80:%s,op=0x1e", path);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (SolcoPlan) plan = NULL;
  g_autoptr (SolcoJob) job = NULL;

  make_two (fixture, "Summer", "Winter");
  plan = engine_fixture_plan (&fixture->engine, "new", "Summer");
  recorder_fixture_insert_file (fixture, "cd-r-80", BLOCKS, "second.vr");
  before = recorder_fixture_describe (fixture, "second.vr");
  recorder_fixture_insert_file (fixture, "cd-r-80", BLOCKS, "first.vr");
  recorder_fixture_break (fixture, fault);
  job = engine_fixture_run (&fixture->engine, solco_request_new_burn (plan));
  assert_names_both (solco_job_get_error (job), "Summer", "Winter");
  recorder_fixture_repair (fixture);
  after = recorder_fixture_describe (fixture, "second.vr");
  g_assert_cmpstr (before, ==, after);
}

/* The disc got a session elsewhere since it was read. */
static void
test_same_disc_changed (RecorderFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoPlan) plan = NULL;
  g_autoptr (SolcoJob) elsewhere = NULL;
  g_autoptr (SolcoJob) job = NULL;

  make_two (fixture, "Summer", "Winter");
  plan = engine_fixture_plan (&fixture->engine, "new", "Summer");
  elsewhere = engine_fixture_burn (&fixture->engine, "other", "Summer");
  job = engine_fixture_run (&fixture->engine, solco_request_new_burn (plan));
  assert_names_both (solco_job_get_error (job), "1 sessions", "2 sessions");
}

static void
test_blank_in_place_of_it (RecorderFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoPlan) plan = NULL;
  g_autoptr (SolcoMedium) medium = NULL;
  g_autoptr (SolcoJob) job = NULL;

  make_two (fixture, "Summer", "Winter");
  plan = engine_fixture_plan (&fixture->engine, "new", "Summer");
  recorder_fixture_insert (fixture, "cd-r-80", BLOCKS);
  job = engine_fixture_run (&fixture->engine, solco_request_new_burn (plan));
  assert_names_both (solco_job_get_error (job), "Summer", "blank CD-R");
  medium = recorder_fixture_read (fixture);
  g_assert_cmpint (medium->state, ==, SOLCO_MEDIUM_BLANK);
}

/* In single-session mode any blank disc of enough room serves. */
static void
test_any_blank (RecorderFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoPlan) plan = NULL;
  g_autoptr (SolcoMedium) small = NULL;
  g_autoptr (SolcoJob) job = NULL;

  recorder_fixture_add_files (fixture, "one", 3, 1000000);
  plan = engine_fixture_plan_new (&fixture->engine, "one", "Photos");
  recorder_fixture_insert (fixture, "cd-rw-80", 1500);
  engine_fixture_run_badly (&fixture->engine, solco_request_new_burn (plan),
                            SOLCO_ERROR_DISC_FULL);
  small = recorder_fixture_read (fixture);
  g_assert_cmpint (small->state, ==, SOLCO_MEDIUM_BLANK);
  recorder_fixture_insert (fixture, "dvd+r", BLOCKS);
  job = engine_fixture_run_well (&fixture->engine, solco_request_new_burn (plan));
  recorder_fixture_assert_same (fixture, "one");
}

/* The content was cleared: what is on the disc goes only when the user agreed. */
static void
test_cleared_content (RecorderFixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (SolcoPlan) plan = NULL;
  g_autoptr (SolcoJob) job = NULL;
  g_autoptr (SolcoMedium) medium = NULL;

  recorder_fixture_add_files (fixture, "one", 3, 100000);
  recorder_fixture_add_files (fixture, "new", 2, 50000);
  make_disc (fixture, data, "disc.vr", "one", "Photos");
  plan = engine_fixture_plan_new (&fixture->engine, "new", "Cleared");
  before = recorder_fixture_describe (fixture, "disc.vr");
  engine_fixture_run_badly (&fixture->engine, solco_request_new_burn (plan),
                            SOLCO_ERROR_BLANK_REQUIRED);
  after = recorder_fixture_describe (fixture, "disc.vr");
  g_assert_cmpstr (before, ==, after);

  plan->erase = TRUE;
  job = engine_fixture_run_well (&fixture->engine, solco_request_new_burn (plan));
  medium = recorder_fixture_read (fixture);
  g_assert_cmpuint (medium->sessions->len, ==, 1);
  g_assert_cmpstr (medium->volume_label, ==, "Cleared");
  g_assert_cmpint (medium->state, ==, SOLCO_MEDIUM_APPENDABLE);
  recorder_fixture_assert_same (fixture, "new");
}

/* The loss of one disc was agreed to, and another one is in when the burn begins. */
static void
test_cleared_content_another (RecorderFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoPlan) plan = NULL;
  g_autoptr (SolcoMedium) first = NULL;
  g_autoptr (SolcoJob) job = NULL;
  g_autofree char *image = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  recorder_fixture_add_files (fixture, "one", 3, 100000);
  recorder_fixture_add_files (fixture, "new", 2, 50000);
  make_disc (fixture, "cd-rw-80", "first.vr", "one", "Photos");
  first = recorder_fixture_read (fixture);
  plan = engine_fixture_plan_new (&fixture->engine, "new", "Cleared");
  plan->erase = TRUE;
  plan->erase_disc = solco_disc_identity_copy (first->identity);

  make_disc (fixture, "cd-rw-80", "second.vr", "one", "Photos");
  before = recorder_fixture_describe (fixture, "second.vr");
  engine_fixture_run_badly (&fixture->engine, solco_request_new_burn (plan),
                            SOLCO_ERROR_WRONG_DISC);
  engine_fixture_do (&fixture->engine, "xorriso -as mkisofs -quiet -o made.iso one");
  image = engine_fixture_path (&fixture->engine, "made.iso");
  engine_fixture_run_badly (
      &fixture->engine,
      solco_request_new_burn_image (fixture->engine.target, image, TRUE, first->identity, FALSE,
                                    FALSE, SOLCO_VERIFY_NONE, 0, FALSE),
      SOLCO_ERROR_WRONG_DISC);
  after = recorder_fixture_describe (fixture, "second.vr");
  g_assert_cmpstr (before, ==, after);

  /* A blank one loses nothing. */
  recorder_fixture_insert (fixture, "cd-rw-80", 0);
  job = engine_fixture_run_well (&fixture->engine, solco_request_new_burn (plan));
  recorder_fixture_assert_same (fixture, "new");
}

/* A write-once disc cannot be erased, whatever was agreed. */
static void
test_cleared_content_write_once (RecorderFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoPlan) plan = NULL;

  recorder_fixture_add_files (fixture, "one", 3, 100000);
  make_disc (fixture, "dvd-r", "disc.vr", "one", "Photos");
  plan = engine_fixture_plan_new (&fixture->engine, "one", "Cleared");
  plan->erase = TRUE;
  engine_fixture_run_badly (&fixture->engine, solco_request_new_burn (plan),
                            SOLCO_ERROR_BLANK_REQUIRED);
}

/* Erasing was agreed to for one disc, and another one is in. */
static void
test_erase_another (RecorderFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoMedium) first = NULL;
  g_autoptr (SolcoMedium) second = NULL;

  recorder_fixture_add_files (fixture, "one", 3, 100000);
  recorder_fixture_add_files (fixture, "other", 3, 200000);
  make_disc (fixture, "cd-rw-80", "first.vr", "one", "Summer");
  first = recorder_fixture_read (fixture);
  make_disc (fixture, "cd-rw-80", "second.vr", "other", "Winter");
  engine_fixture_run_badly (
      &fixture->engine,
      solco_request_new_erase (fixture->engine.target, SOLCO_ERASE_FAST, first->identity),
      SOLCO_ERROR_WRONG_DISC);
  second = recorder_fixture_read (fixture);
  g_assert_cmpstr (second->volume_label, ==, "Winter");
}

int
main (int argc, char **argv)
{
  static const char *const rewritable[]
      = { "cd-rw-80", "dvd-rw-seq", "dvd-rw-ro", "dvd+rw", "dvd-ram", "bd-re-25" };

  g_test_init (&argc, &argv, NULL);

#define ADD(path, test)                                                                            \
  g_test_add ("/engine/recorder/disc/" path, RecorderFixture, NULL, recorder_fixture_set_up_empty, \
              test, recorder_fixture_tear_down)
  ADD ("swapped-before-burn", test_swapped_before_burn);
  ADD ("same-label", test_same_label);
  ADD ("swapped-while-opening", test_swapped_while_opening);
  ADD ("same-disc-changed", test_same_disc_changed);
  ADD ("blank-in-place-of-it", test_blank_in_place_of_it);
  ADD ("any-blank", test_any_blank);
  ADD ("cleared-content-another", test_cleared_content_another);
  ADD ("cleared-content-write-once", test_cleared_content_write_once);
  ADD ("erase-another", test_erase_another);
#undef ADD
  for (gsize i = 0; i < G_N_ELEMENTS (rewritable); i++)
    {
      g_autofree char *path
          = g_strconcat ("/engine/recorder/disc/cleared-content/", rewritable[i], NULL);

      g_test_add (path, RecorderFixture, rewritable[i], recorder_fixture_set_up_empty,
                  test_cleared_content, recorder_fixture_tear_down);
    }
  return g_test_run ();
}
