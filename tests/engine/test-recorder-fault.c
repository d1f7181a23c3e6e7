/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes wrong with drives and discs: each ends in an error of its own and in bounded time, with
 * the drive released, no thread left, and the sessions of before intact. */
#include "recorder-fixture.h"

#define BLOCKS 70000
/* Far more than any of these needs, and far less than a minute. */
#define PATIENCE_S 20

typedef struct
{
  const char *name;
  const char *kind;
  const char *fault;
  int code;
  gboolean no_tags; /* the session that fails has an end mark instead */
} Case;

#define NO_ERROR (-1)

/* Runs a request that meets a fault; the drive is as usable afterwards as it was before. */
static void
run_with_fault (RecorderFixture *fixture, SolcoRequest *request, const Case *fault)
{
  guint n_threads = recorder_fixture_count_threads ();
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (SolcoJob) job = NULL;
  const GError *error;
  double elapsed_s;

  recorder_fixture_break (fixture, fault->fault);
  job = engine_fixture_run (&fixture->engine, request);
  elapsed_s = (double) (g_get_monotonic_time () - start_us) / G_USEC_PER_SEC;
  error = solco_job_get_error (job);
  g_test_message ("%s: %.1f s: %s: %s", fault->name, elapsed_s,
                  error != NULL ? solco_error_get_name (error->code) : "no error",
                  error != NULL ? error->message : "");
  if (fault->code == NO_ERROR)
    g_assert_no_error (error);
  else
    g_assert_error (error, SOLCO_ERROR, fault->code);
  g_assert_cmpfloat (elapsed_s, <, PATIENCE_S);
  recorder_fixture_repair (fixture);
  recorder_fixture_assert_released (fixture, n_threads);
}

/* What the user does next: the disc goes in again, an unfinished track is closed, and the files that
 * were not saved, which are still staged, are burned. */
static void
finish_what_failed (RecorderFixture *fixture, const Case *fault)
{
  const char *kind = fault->kind;
  g_autoptr (SolcoMedium) medium = NULL;
  g_autoptr (SolcoMedium) after = NULL;
  g_autoptr (SolcoJob) job = NULL;
  guint n_sessions;

  recorder_fixture_insert_file (fixture, kind, BLOCKS, "disc.vr");
  medium = recorder_fixture_read (fixture);
  g_test_message ("%s: damage %d, %u sessions", kind, medium->damage, medium->sessions->len);
  g_assert_cmpint (medium->state, ==, SOLCO_MEDIUM_APPENDABLE);
  g_assert_cmpint (medium->content, ==, SOLCO_CONTENT_ISO);
  g_assert_cmpuint (medium->sessions->len, >=, 1);
  recorder_fixture_assert_session (fixture, 1, "one");
  /* What the drive closed by itself counts as a session, but not as one that holds anything. */
  g_assert_cmpint (solco_medium_get_last_session (medium)->is_cut_off, ==,
                   medium->sessions->len > 1 && fault->code == SOLCO_ERROR_CANNOT_WRITE);
  if (medium->damage != SOLCO_DAMAGE_NONE)
    {
      g_autoptr (SolcoPlan) plan = engine_fixture_plan (&fixture->engine, "two", "Photos");
      g_autoptr (SolcoJob) mended = NULL;

      engine_fixture_run_badly (&fixture->engine, solco_request_new_burn (plan),
                                SOLCO_ERROR_DISC_DAMAGED);
      mended = engine_fixture_run_well (&fixture->engine,
                                        solco_request_new_mend (fixture->engine.target));
      g_assert_cmpint (solco_job_get_result (mended)->medium->damage, ==, SOLCO_DAMAGE_NONE);
    }
  n_sessions = medium->sessions->len;
  job = engine_fixture_burn (&fixture->engine, "two", "Photos");
  g_assert_true (solco_job_get_result (job)->is_verified);
  after = recorder_fixture_read (fixture);
  g_assert_cmpuint (after->sessions->len, >=, n_sessions + 1);
  recorder_fixture_assert_same (fixture, "both");
  recorder_fixture_assert_session (fixture, 1, "one");
}

static void
test_append (RecorderFixture *fixture, gconstpointer data)
{
  const Case *fault = data;
  g_autoptr (SolcoPlan) plan = NULL;

  recorder_fixture_make_disc (fixture, fault->kind, BLOCKS);
  plan = engine_fixture_plan (&fixture->engine, "two", "Photos");
  plan->session_md5 = !fault->no_tags;
  run_with_fault (fixture, solco_request_new_burn (plan), fault);
  finish_what_failed (fixture, fault);
}

#define CASE(name, kind, fault, code) { kind "/" name, kind, fault, SOLCO_ERROR_##code }

/* The same with a session that has no MD5 tags. */
#define CASE_NO_TAGS(name, kind, fault, code)                                                      \
  { kind "/" name "/no-tags", kind, fault, SOLCO_ERROR_##code, TRUE }

static const Case cases[] = {
  CASE ("write-error", "cd-r-80", "sense=3/0c/00,op=write,after=20", CANNOT_WRITE),
  CASE ("write-error-first", "cd-r-80", "sense=3/0c/00,op=write", CANNOT_WRITE),
  CASE ("write-error", "dvd-r", "sense=3/0c/00,op=write,after=20", CANNOT_WRITE),
  CASE ("write-error", "dvd+r", "sense=3/0c/00,op=write,after=20", CANNOT_WRITE),
  CASE ("write-error", "bd-r-25", "sense=3/0c/00,op=write,after=20", CANNOT_WRITE),
  CASE ("write-error", "dvd+rw", "sense=3/0c/00,op=write,after=20", CANNOT_WRITE),
  CASE ("write-error", "bd-re-25", "sense=3/0c/00,op=write,after=20", CANNOT_WRITE),
  CASE_NO_TAGS ("write-error", "cd-r-80", "sense=3/0c/00,op=write,after=20", CANNOT_WRITE),
  CASE_NO_TAGS ("write-error", "dvd+rw", "sense=3/0c/00,op=write,after=20", CANNOT_WRITE),
  CASE_NO_TAGS ("power-lost", "bd-re-25", "power-loss,after=20", DEVICE_GONE),
  CASE ("write-error-head", "dvd+rw", "sense=3/0c/00,op=write,lba=16", CANNOT_WRITE),
  CASE ("medium-removed", "cd-r-80", "remove,op=write,after=20", NO_MEDIUM),
  CASE ("medium-removed", "dvd-r", "remove,op=write,after=20", NO_MEDIUM),
  CASE ("medium-removed", "dvd+r", "remove,op=write,after=20", NO_MEDIUM),
  CASE ("medium-removed", "bd-re-25", "remove,op=write,after=20", NO_MEDIUM),
  CASE ("medium-removed-reading", "cd-r-80", "remove,op=read,after=3", NO_MEDIUM),
  CASE ("medium-removed-reading", "dvd+rw", "remove,op=read,after=3", NO_MEDIUM),
  CASE ("gone", "cd-r-80", "gone,op=write,after=20", DEVICE_GONE),
  CASE ("gone", "dvd+r", "gone,op=write,after=20", DEVICE_GONE),
  CASE ("gone", "dvd+rw", "gone,op=write,after=20", DEVICE_GONE),
  CASE ("gone-reading", "cd-r-80", "gone,op=read,after=2", DEVICE_GONE),
  CASE ("gone-reading", "dvd-ram", "gone,op=read,after=2", DEVICE_GONE),
  CASE ("gone-opening", "cd-r-80", "gone,op=0x51", DEVICE_GONE),
  CASE ("gone-closing", "cd-r-80", "gone,op=close", DEVICE_GONE),
  CASE ("gone-sync", "dvd+r", "gone,op=sync", DEVICE_GONE),
  CASE ("power-lost", "cd-r-80", "power-loss,after=20", DEVICE_GONE),
  CASE ("power-lost", "cd-rw-80", "power-loss,after=20", DEVICE_GONE),
  CASE ("power-lost", "dvd-r", "power-loss,after=20", DEVICE_GONE),
  CASE ("power-lost", "dvd-rw-seq", "power-loss,after=20", DEVICE_GONE),
  CASE ("power-lost", "dvd+r", "power-loss,after=20", DEVICE_GONE),
  CASE ("power-lost", "dvd+r-dl", "power-loss,after=20", DEVICE_GONE),
  CASE ("power-lost", "bd-r-25", "power-loss,after=20", DEVICE_GONE),
  CASE ("power-lost", "dvd+rw", "power-loss,after=20", DEVICE_GONE),
  CASE ("power-lost", "dvd-rw-ro", "power-loss,after=20", DEVICE_GONE),
  CASE ("power-lost", "bd-re-25", "power-loss,after=20", DEVICE_GONE),
  CASE ("close-error", "cd-r-80", "sense=3/73/03,op=close", CLOSING_FAILED),
  CASE ("close-error", "dvd+r", "sense=3/73/03,op=close,times=always", CLOSING_FAILED),
  CASE ("close-error", "dvd-r", "sense=3/73/03,op=close,times=always", CLOSING_FAILED),
  CASE ("sync-error", "cd-r-80", "sense=3/0c/00,op=sync", CLOSING_FAILED),
  CASE ("no-access", "cd-r-80", "no-access", NO_PERMISSION),
  CASE ("read-only-node", "cd-r-80", "read-only", NO_PERMISSION),
  CASE ("read-error", "cd-r-80", "sense=3/11/00,op=read,lba=18,times=always", DISC_UNREADABLE),
};

/* The very first session fails: the disc holds nothing then, and what is left of it can be used. */
static void
test_first_session (RecorderFixture *fixture, gconstpointer data)
{
  const Case *fault = data;
  g_autoptr (SolcoPlan) plan = NULL;
  g_autoptr (SolcoMedium) medium = NULL;
  g_autoptr (SolcoJob) mended = NULL;
  g_autoptr (SolcoJob) job = NULL;
  g_autoptr (SolcoJob) more = NULL;

  recorder_fixture_add_files (fixture, "one", 3, 100000);
  recorder_fixture_add_files (fixture, "two", 3, 700000);
  engine_fixture_do (&fixture->engine, "sh -c 'cp -a one both && cp -a two/. both'");
  recorder_fixture_insert_file (fixture, fault->kind, BLOCKS, "disc.vr");
  plan = engine_fixture_plan (&fixture->engine, "two", "Photos");
  run_with_fault (fixture, solco_request_new_burn (plan), fault);
  recorder_fixture_insert_file (fixture, fault->kind, BLOCKS, "disc.vr");
  medium = recorder_fixture_read (fixture);
  g_test_message ("%s: state %d, content %d, damage %d, %u sessions", fault->name, medium->state,
                  medium->content, medium->damage, medium->sessions->len);
  if (medium->is_overwritable)
    {
      /* It cannot be told from a disc that somebody else may want. */
      g_clear_pointer (&plan, solco_plan_unref);
      plan = engine_fixture_plan_new (&fixture->engine, "two", "Photos");
      engine_fixture_run_badly (&fixture->engine, solco_request_new_burn (plan),
                                SOLCO_ERROR_BLANK_REQUIRED);
      plan->erase = TRUE;
      job = engine_fixture_run_well (&fixture->engine, solco_request_new_burn (plan));
      recorder_fixture_assert_same (fixture, "two");
      return;
    }
  if (medium->damage != SOLCO_DAMAGE_NONE)
    mended = engine_fixture_run_well (&fixture->engine,
                                      solco_request_new_mend (fixture->engine.target));
  job = engine_fixture_burn (&fixture->engine, "two", "Photos");
  recorder_fixture_assert_same (fixture, "two");
  more = engine_fixture_burn (&fixture->engine, "one", "Photos");
  recorder_fixture_assert_same (fixture, "both");
}

static const Case first_cases[] = {
  CASE ("write-error", "cd-r-80", "sense=3/0c/00,op=write,after=20", CANNOT_WRITE),
  CASE ("write-error-first", "cd-r-80", "sense=3/0c/00,op=write", CANNOT_WRITE),
  CASE ("write-error", "dvd-r", "sense=3/0c/00,op=write,after=20", CANNOT_WRITE),
  CASE ("write-error", "bd-r-25", "sense=3/0c/00,op=write,after=20", CANNOT_WRITE),
  CASE ("write-error", "dvd+rw", "sense=3/0c/00,op=write,after=20", CANNOT_WRITE),
  CASE ("power-lost", "cd-r-80", "power-loss,after=20", DEVICE_GONE),
  CASE ("power-lost", "dvd-r", "power-loss,after=20", DEVICE_GONE),
  CASE ("power-lost", "dvd+r", "power-loss,after=20", DEVICE_GONE),
  CASE ("power-lost", "bd-r-25", "power-loss,after=20", DEVICE_GONE),
  CASE ("power-lost", "bd-re-25", "power-loss,after=20", DEVICE_GONE),
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/recorder/fault/", cases[i].name, NULL);

      g_test_add (path, RecorderFixture, &cases[i], recorder_fixture_set_up_empty, test_append,
                  recorder_fixture_tear_down);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (first_cases); i++)
    {
      g_autofree char *path
          = g_strconcat ("/engine/recorder/fault-first/", first_cases[i].name, NULL);

      g_test_add (path, RecorderFixture, &first_cases[i], recorder_fixture_set_up_empty,
                  test_first_session, recorder_fixture_tear_down);
    }
  return g_test_run ();
}
