/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "engine-fixture.h"
#include "solco-error.h"

static void
add_sources (EngineFixture *fixture)
{
  engine_fixture_do (
      fixture, "sh -c 'mkdir -p one/photos/empty two && head -c 3000000 /dev/urandom > one/photos/a.jpg"
               " && head -c 2048 /dev/urandom > one/photos/b.jpg && : > one/nothing"
               " && ln -s photos/a.jpg one/link && ln one/photos/b.jpg one/hard'");

  engine_fixture_write (fixture, "one/notes.txt", "first\n", -1);
  engine_fixture_write (fixture, "two/notes.txt", "second, longer\n", -1);
  engine_fixture_write (fixture, "two/photos/c.jpg", "new", -1);
}

/* Extracted by a program that had no part in writing. */
static void
assert_same_as (EngineFixture *fixture, const char *folder)
{
  engine_fixture_do (
      fixture, "sh -c 'rm -rf out && mkdir out && bsdtar -C out -xf disc.iso'");
  g_autofree char *command
      = g_strdup_printf ("diff -r --exclude SHA256SUMS --no-dereference out %s", folder);
  g_autofree char *difference = engine_fixture_spawn (fixture, command);
  engine_fixture_do (fixture, "sh -c 'cd out && sha256sum --quiet -c SHA256SUMS'");

  g_assert_cmpstr (difference, ==, "");
}

static void
assert_media_check (EngineFixture *fixture)
{
  g_autofree char *report = engine_fixture_spawn (
      fixture, "sh -c 'xorriso -md5 on -indev stdio:disc.iso -check_media -- 2>&1'");

  g_test_message ("%s", report);
  g_assert_null (strstr (report, "MISMATCH"));
  g_assert_null (strstr (report, "DIFFER"));
  g_assert_null (strstr (report, "FAILURE"));
  g_assert_nonnull (strstr (report, "md5_match"));
}

static void
test_first_session (EngineFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoJob) job = NULL;
  const SolcoResult *result;

  add_sources (fixture);
  job = engine_fixture_burn (fixture, "one", "Photos 2026");
  result = solco_job_get_result (job);
  g_test_message ("%s", solco_job_get_log (job));
  /* Solco's MD5 functions took the place of libisofs's. */
  g_assert_nonnull (strstr (solco_job_get_log (job), "OpenSSL"));
  g_assert_true (result->is_verified);
  g_assert_cmpint (result->medium->state, ==, SOLCO_MEDIUM_APPENDABLE);
  g_assert_cmpuint (result->medium->sessions->len, ==, 1);
  g_assert_cmpstr (result->medium->volume_label, ==, "Photos 2026");
  g_assert_cmpint (g_array_index (result->medium->sessions, SolcoSession, 0).start_block, ==, 32);
  g_assert_cmpint (result->medium->next_writable_block % 32, ==, 0);
  assert_same_as (fixture, "one");
  assert_media_check (fixture);
}

static void
test_append (EngineFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoJob) first = NULL;
  g_autoptr (SolcoJob) second = NULL;
  g_autoptr (SolcoJob) old_tree = NULL;
  const SolcoResult *result;
  guint32 index;

  add_sources (fixture);
  first = engine_fixture_burn (fixture, "one", "Photos 2026");
  second = engine_fixture_burn (fixture, "two", "Photos 2026");
  result = solco_job_get_result (second);
  g_assert_true (result->is_verified);
  g_assert_cmpuint (result->medium->sessions->len, ==, 2);
  index = solco_tree_lookup (result->tree, "/photos/a.jpg");
  g_assert_cmpuint (solco_tree_get_nodes (result->tree, NULL)[index].session, ==, 1);
  index = solco_tree_lookup (result->tree, "/notes.txt");
  g_assert_cmpuint (solco_tree_get_nodes (result->tree, NULL)[index].session, ==, 2);

  engine_fixture_do (fixture, "sh -c 'cp -a one both && cp -a two/. both'");
  assert_same_as (fixture, "both");
  assert_media_check (fixture);

  old_tree = engine_fixture_run_well (fixture, solco_request_new_read_disc (fixture->target, 1));
  result = solco_job_get_result (old_tree);
  index = solco_tree_lookup (result->tree, "/notes.txt");
  g_assert_cmpuint (solco_tree_get_nodes (result->tree, NULL)[index].size_bytes, ==,
                    strlen ("first\n"));
}

static void
test_nothing_staged (EngineFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoPlan) plan = NULL;
  g_autoptr (SolcoJob) job = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  engine_fixture_do (fixture, "mkdir none");

  plan = engine_fixture_plan (fixture, "none", "Empty");
  engine_fixture_run_badly (fixture, solco_request_new_burn (plan), SOLCO_ERROR_NOTHING_STAGED);
  g_assert_false (g_file_test (fixture->image_path, G_FILE_TEST_EXISTS));

  add_sources (fixture);
  job = engine_fixture_burn (fixture, "one", "L");
  before = engine_fixture_checksum_image (fixture);
  g_clear_pointer (&plan, solco_plan_unref);
  plan = engine_fixture_plan (fixture, "none", "L");
  engine_fixture_run_badly (fixture, solco_request_new_burn (plan), SOLCO_ERROR_NOTHING_STAGED);
  after = engine_fixture_checksum_image (fixture);
  g_assert_cmpstr (before, ==, after);
}

static void
test_blank_required (EngineFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoPlan) plan = NULL;
  g_autoptr (SolcoJob) first = NULL;
  g_autoptr (SolcoJob) again = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  add_sources (fixture);
  plan = engine_fixture_plan (fixture, "one", "New");
  first = engine_fixture_run_well (fixture, solco_request_new_burn (plan));
  before = engine_fixture_checksum_image (fixture);
  engine_fixture_run_badly (fixture, solco_request_new_burn (plan), SOLCO_ERROR_BLANK_REQUIRED);
  after = engine_fixture_checksum_image (fixture);
  g_assert_cmpstr (before, ==, after);
  plan->erase = TRUE;
  again = engine_fixture_run_well (fixture, solco_request_new_burn (plan));
  g_assert_cmpuint (solco_job_get_result (again)->medium->sessions->len, ==, 1);
  /* The same content, about the same second, and still another disc. */
  g_assert_false (solco_disc_identity_equal (solco_job_get_result (first)->medium->identity,
                                             solco_job_get_result (again)->medium->identity));
  assert_same_as (fixture, "one");
}

static void
test_wrong_disc (EngineFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoPlan) plan = NULL;
  g_autoptr (SolcoJob) first = NULL;
  g_autoptr (SolcoJob) second = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  add_sources (fixture);
  first = engine_fixture_burn (fixture, "one", "Same");
  plan = engine_fixture_plan (fixture, "two", "Same");
  second = engine_fixture_burn (fixture, "two", "Same");
  before = engine_fixture_checksum_image (fixture);
  engine_fixture_run_badly (fixture, solco_request_new_burn (plan), SOLCO_ERROR_WRONG_DISC);
  after = engine_fixture_checksum_image (fixture);
  g_assert_cmpstr (before, ==, after);
}

static void
test_mend_head (EngineFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoJob) first = NULL;
  g_autoptr (SolcoJob) second = NULL;
  g_autoptr (SolcoJob) read = NULL;
  g_autoptr (SolcoJob) mended = NULL;
  g_autoptr (SolcoPlan) plan = NULL;
  g_autofree char *damage = NULL;

  add_sources (fixture);
  first = engine_fixture_burn (fixture, "one", "Mend");
  second = engine_fixture_burn (fixture, "two", "Mend");
  damage = engine_fixture_spawn (
      fixture, "dd if=/dev/zero of=disc.iso bs=2048 seek=16 count=16 conv=notrunc status=none");
  read = engine_fixture_run_well (fixture, solco_request_new_read_disc (fixture->target, 0));
  g_assert_cmpint (solco_job_get_result (read)->medium->damage, ==, SOLCO_DAMAGE_HEAD);
  g_assert_cmpuint (solco_job_get_result (read)->medium->sessions->len, ==, 2);
  g_assert_nonnull (solco_job_get_result (read)->tree);

  engine_fixture_write (fixture, "three/new", "x", -1);
  plan = engine_fixture_plan (fixture, "three", "Mend");
  engine_fixture_run_badly (fixture, solco_request_new_burn (plan), SOLCO_ERROR_DISC_DAMAGED);
  mended = engine_fixture_run_well (fixture, solco_request_new_mend (fixture->target));
  g_assert_cmpint (solco_job_get_result (mended)->medium->damage, ==, SOLCO_DAMAGE_NONE);
  engine_fixture_do (fixture, "sh -c 'cp -a one both && cp -a two/. both'");
  assert_same_as (fixture, "both");
  assert_media_check (fixture);
}

/* The end of a session without MD5 tags is found where no head tells of it, by its own mark. */
static void
test_no_tags (EngineFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoJob) first = NULL;
  g_autoptr (SolcoJob) second = NULL;
  g_autoptr (SolcoJob) read = NULL;
  g_autoptr (SolcoJob) read_again = NULL;
  g_autoptr (SolcoPlan) plan = NULL;
  const SolcoSession *session;
  g_autofree char *spoil = NULL;
  g_autofree char *report = NULL;

  add_sources (fixture);
  plan = engine_fixture_plan (fixture, "one", "No Tags");
  plan->session_md5 = FALSE;
  plan->verify = SOLCO_VERIFY_FULL;
  first = engine_fixture_run_well (fixture, solco_request_new_burn (plan));
  g_assert_true (solco_job_get_result (first)->is_verified);
  assert_same_as (fixture, "one");
  report = engine_fixture_spawn (
      fixture, "sh -c 'xorriso -md5 on -indev stdio:disc.iso -check_media -- 2>&1'");
  g_assert_null (strstr (report, "md5_match"));
  g_clear_pointer (&plan, solco_plan_unref);
  plan = engine_fixture_plan (fixture, "two", "No Tags");
  plan->session_md5 = FALSE;
  plan->verify = SOLCO_VERIFY_FULL;
  second = engine_fixture_run_well (fixture, solco_request_new_burn (plan));
  engine_fixture_do (fixture, "sh -c 'cp -a one both && cp -a two/. both'");
  assert_same_as (fixture, "both");

  engine_fixture_do (
      fixture, "dd if=/dev/zero of=disc.iso bs=2048 seek=16 count=16 conv=notrunc status=none");
  read = engine_fixture_run_well (fixture, solco_request_new_read_disc (fixture->target, 0));
  g_assert_cmpint (solco_job_get_result (read)->medium->damage, ==, SOLCO_DAMAGE_HEAD);
  g_assert_cmpuint (solco_job_get_result (read)->medium->sessions->len, ==, 2);
  session = &g_array_index (solco_job_get_result (read)->medium->sessions, SolcoSession, 1);
  spoil = g_strdup_printf ("dd if=/dev/zero of=disc.iso bs=2048 seek=%" G_GINT64_FORMAT
                           " count=1 conv=notrunc status=none",
                           session->start_block + session->size_blocks - 1);
  engine_fixture_do (fixture, spoil);
  read_again = engine_fixture_run_well (fixture, solco_request_new_read_disc (fixture->target, 0));
  g_assert_cmpuint (solco_job_get_result (read_again)->medium->sessions->len, ==, 1);
}

/* A session that nothing can be compared with is refused before anything is written. */
static void
test_nothing_to_verify_with (EngineFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoPlan) plan = NULL;

  add_sources (fixture);
  plan = engine_fixture_plan (fixture, "one", "No Sums");
  plan->session_md5 = FALSE;
  plan->manifest = FALSE;
  plan->verify = SOLCO_VERIFY_QUICK;
  engine_fixture_run_badly (fixture, solco_request_new_burn (plan), SOLCO_ERROR_NOT_POSSIBLE);
  g_assert_false (g_file_test (fixture->image_path, G_FILE_TEST_EXISTS));
}

static void
test_simulate (EngineFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoPlan) plan = NULL;
  g_autoptr (SolcoJob) job = NULL;

  add_sources (fixture);
  plan = engine_fixture_plan (fixture, "one", "Simulated");
  plan->simulate = TRUE;
  job = engine_fixture_run_well (fixture, solco_request_new_burn (plan));
  g_assert_true (solco_job_get_result (job)->is_simulated);
  g_assert_false (g_file_test (fixture->image_path, G_FILE_TEST_EXISTS));
}

static void
test_close (EngineFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoPlan) plan = NULL;
  g_autoptr (SolcoJob) job = NULL;

  add_sources (fixture);
  plan = engine_fixture_plan (fixture, "one", "Closed");
  plan->close_disc = TRUE;
  job = engine_fixture_run_well (fixture, solco_request_new_burn (plan));
  g_assert_cmpint (solco_job_get_result (job)->medium->state, ==, SOLCO_MEDIUM_CLOSED);
  g_clear_pointer (&plan, solco_plan_unref);
  plan = engine_fixture_plan (fixture, "two", "Closed");
  engine_fixture_run_badly (fixture, solco_request_new_burn (plan), SOLCO_ERROR_DISC_CLOSED);
}

/* A source that is not what it was. */
static void
test_changed_sources (EngineFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoPlan) plan = NULL;
  g_autoptr (SolcoJob) job = NULL;
  const SolcoResult *result;
  g_autofree char *check = NULL;
  gboolean seen[SOLCO_N_PROBLEM_KINDS] = { FALSE };

  engine_fixture_write (fixture, "src/gone", "gone soon", -1);
  engine_fixture_write (fixture, "src/shrinks", "0123456789", -1);
  engine_fixture_write (fixture, "src/grows", "0123456789", -1);
  engine_fixture_write (fixture, "src/stays", "0123456789", -1);
  plan = engine_fixture_plan (fixture, "src", "Changes");
  engine_fixture_do (
      fixture, "sh -c 'rm src/gone; echo -n 01234 > src/shrinks; echo more >> src/grows'");
  job = engine_fixture_run_well (fixture, solco_request_new_burn (plan));
  result = solco_job_get_result (job);
  for (guint i = 0; i < result->problems->len; i++)
    {
      const SolcoProblem *problem = g_ptr_array_index (result->problems, i);

      g_test_message ("%s %s %" G_GUINT64_FORMAT, solco_problem_kind_get_name (problem->kind),
                      problem->path, problem->bytes);
      seen[problem->kind] = TRUE;
    }
  g_assert_true (seen[SOLCO_PROBLEM_SOURCE_VANISHED]);
  g_assert_true (seen[SOLCO_PROBLEM_SOURCE_SHRANK]);
  g_assert_true (seen[SOLCO_PROBLEM_SOURCE_GREW]);
  g_assert_true (solco_result_has_serious_problems (result));
  g_assert_true (result->is_verified);
  check = engine_fixture_spawn (fixture,
                                "sh -c 'mkdir out && bsdtar -C out -xf disc.iso && cd out && "
                                "sha256sum --quiet -c SHA256SUMS && cat grows stays'");
  g_assert_cmpstr (check, ==, "01234567890123456789");
}

static void
test_verify_finds_damage (EngineFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoJob) job = NULL;
  g_autoptr (SolcoJob) verified = NULL;
  g_autoptr (SolcoJob) failed = NULL;
  const SolcoResult *result;
  g_autofree char *command = NULL;
  gboolean is_named = FALSE;
  guint32 index;

  add_sources (fixture);
  job = engine_fixture_burn (fixture, "one", "Damaged");
  verified = engine_fixture_run_well (
      fixture, solco_request_new_verify (fixture->target, 0, SOLCO_VERIFY_FULL, NULL));
  g_assert_true (solco_job_get_result (verified)->is_verified);
  result = solco_job_get_result (job);
  index = solco_tree_lookup (result->tree, "/photos/a.jpg");
  command = g_strdup_printf (
      "sh -c 'printf X | dd of=disc.iso bs=2048 seek=%u conv=notrunc status=none'",
      solco_tree_get_nodes (result->tree, NULL)[index].start_block + 700);
  engine_fixture_do (fixture, command);
  failed = engine_fixture_run (
      fixture, solco_request_new_verify (fixture->target, 0, SOLCO_VERIFY_FULL, NULL));
  g_assert_error (solco_job_get_error (failed), SOLCO_ERROR, SOLCO_ERROR_VERIFY_FAILED);
  result = solco_job_get_result (failed);
  for (guint i = 0; i < result->problems->len; i++)
    {
      const SolcoProblem *problem = g_ptr_array_index (result->problems, i);

      if (problem->kind == SOLCO_PROBLEM_MISMATCH
          && g_strcmp0 (problem->path, "/photos/a.jpg") == 0)
        is_named = TRUE;
    }
  g_assert_true (is_named);
}

static void
test_extract (EngineFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoJob) first = NULL;
  g_autoptr (SolcoJob) second = NULL;
  g_autoptr (SolcoJob) extracted = NULL;
  g_autofree char *destination = engine_fixture_path (fixture, "extracted");
  g_autofree char *difference = NULL;

  add_sources (fixture);
  first = engine_fixture_burn (fixture, "one", "Extract");
  second = engine_fixture_burn (fixture, "two", "Extract");
  extracted = engine_fixture_run_well (
      fixture, solco_request_new_extract (fixture->target, 1, NULL, destination, FALSE));
  g_assert_cmpuint (solco_job_get_result (extracted)->problems->len, ==, 0);
  difference = engine_fixture_spawn (
      fixture, "diff -r --exclude SHA256SUMS --no-dereference one extracted");
  g_assert_cmpstr (difference, ==, "");
}

static void
test_burn_image (EngineFixture *fixture, gconstpointer data)
{
  g_autofree char *path = engine_fixture_path (fixture, "made.iso");
  g_autoptr (SolcoJob) job = NULL;

  add_sources (fixture);
  engine_fixture_do (fixture, "xorriso -as mkisofs -quiet -J -R -o made.iso one");
  job = engine_fixture_run_well (
      fixture, solco_request_new_burn_image (fixture->target, path, FALSE, NULL, FALSE, FALSE,
                                             SOLCO_VERIFY_FULL, 0, FALSE));
  g_assert_true (solco_job_get_result (job)->is_verified);
  engine_fixture_do (fixture, "cmp made.iso disc.iso");
  engine_fixture_run_badly (
      fixture,
      solco_request_new_burn_image (fixture->target, path, FALSE, NULL, FALSE, FALSE,
                                    SOLCO_VERIFY_FULL, 0, FALSE),
      SOLCO_ERROR_BLANK_REQUIRED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test)                                                                            \
  g_test_add (path, EngineFixture, NULL, engine_fixture_set_up, test, engine_fixture_tear_down)
  ADD ("/engine/image/first-session", test_first_session);
  ADD ("/engine/image/append", test_append);
  ADD ("/engine/image/nothing-staged", test_nothing_staged);
  ADD ("/engine/image/blank-required", test_blank_required);
  ADD ("/engine/image/wrong-disc", test_wrong_disc);
  ADD ("/engine/image/mend-head", test_mend_head);
  ADD ("/engine/image/no-tags", test_no_tags);
  ADD ("/engine/image/nothing-to-verify-with", test_nothing_to_verify_with);
  ADD ("/engine/image/simulate", test_simulate);
  ADD ("/engine/image/close", test_close);
  ADD ("/engine/image/changed-sources", test_changed_sources);
  ADD ("/engine/image/verify-finds-damage", test_verify_finds_damage);
  ADD ("/engine/image/extract", test_extract);
  ADD ("/engine/image/burn-image", test_burn_image);
#undef ADD
  return g_test_run ();
}
