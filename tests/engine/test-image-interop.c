/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "engine-fixture.h"

/* Images that other programs made, and other programs on ours. */

static void
add_sources (EngineFixture *fixture)
{
  engine_fixture_do (
      fixture, "sh -c 'mkdir -p one/dir two && head -c 300000 /dev/urandom > one/dir/a'");

  engine_fixture_write (fixture, "one/old.txt", "old\n", -1);
  engine_fixture_write (fixture, "two/new.txt", "new\n", -1);
  engine_fixture_write (fixture, "two/dir/b", "b\n", -1);
}

static void
assert_merged (EngineFixture *fixture)
{
  g_autofree char *difference = engine_fixture_spawn (
      fixture, "sh -c 'rm -rf both out && cp -a one both && cp -a two/. both && mkdir out && bsdtar "
               "-C out -xf disc.iso && diff -r --exclude SHA256SUMS both out && cd out && sha256sum "
               "--quiet -c SHA256SUMS && wc -l < SHA256SUMS'");

  /* All files that the session shows, the older ones too. */
  g_assert_cmpstr (g_strstrip (difference), ==, "4");
}

static void
append_two (EngineFixture *fixture, guint n_sessions)
{
  g_autoptr (SolcoJob) job = engine_fixture_burn (fixture, "two", "Second");
  const SolcoResult *result = solco_job_get_result (job);

  g_assert_true (result->is_verified);
  g_assert_cmpuint (result->medium->sessions->len, ==, n_sessions);
  assert_merged (fixture);
}

/* One session by xorriso in its own multi-session way, the next by Solco. */
static void
test_on_xorriso (EngineFixture *fixture, gconstpointer data)
{
  g_autofree char *listed = NULL;

  add_sources (fixture);
  engine_fixture_do (fixture,
                               "sh -c 'xorriso -dev stdio:disc.iso -volid FIRST -joliet on -map one "
                               "/ -commit 2>&1'");
  append_two (fixture, 2);
  listed = engine_fixture_spawn (
      fixture, "sh -c 'xorriso -indev stdio:disc.iso -toc -load session 1 -find / 2>&1'");
  g_assert_nonnull (strstr (listed, "ISO session  :   2"));
  g_assert_null (strstr (listed, "new.txt"));
}

/* And the other way round, then Solco once more: the manifest that xorriso left behind is out of
 * date, and must not be trusted. */
static void
test_xorriso_on_ours (EngineFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoJob) first = NULL;
  g_autoptr (SolcoJob) third = NULL;
  g_autofree char *checked = NULL;

  add_sources (fixture);
  first = engine_fixture_burn (fixture, "one", "First");
  engine_fixture_write (fixture, "changed", "something else\n", -1);
  engine_fixture_do (
      fixture, "sh -c 'xorriso -dev stdio:disc.iso -update changed /old.txt -commit 2>&1'");
  engine_fixture_write (fixture, "three/third.txt", "3\n", -1);
  third = engine_fixture_burn (fixture, "three", "Third");
  g_assert_cmpuint (solco_job_get_result (third)->medium->sessions->len, ==, 3);
  checked = engine_fixture_spawn (fixture,
                                  "sh -c 'mkdir out && bsdtar -C out -xf disc.iso && cd out && "
                                  "sha256sum -c SHA256SUMS | sort && cat old.txt && ls'");
  g_assert_cmpstr (checked, ==,
                   "dir/a: OK\nold.txt: OK\nthird.txt: OK\nsomething else\nSHA256SUMS\ndir\n"
                   "old.txt\nthird.txt\n");
}

static void
grow_plain (EngineFixture *fixture, const char *command)
{
  g_autoptr (SolcoJob) read = NULL;
  const SolcoResult *result;
  guint32 index;

  add_sources (fixture);
  engine_fixture_do (fixture, command);
  read = engine_fixture_run_well (fixture, solco_request_new_read_disc (fixture->target, 0));
  result = solco_job_get_result (read);
  g_assert_true (result->medium->is_plain_image);
  g_assert_cmpint (result->medium->state, ==, SOLCO_MEDIUM_APPENDABLE);
  index = solco_tree_lookup (result->tree, "/dir/a");
  g_assert_cmpuint (index, !=, SOLCO_TREE_NONE);
  append_two (fixture, 1);
  /* And once more. */
  engine_fixture_write (fixture, "two/again", "again\n", -1);

  g_autoptr (SolcoJob) job = engine_fixture_burn (fixture, "two", "Third");
  g_assert_true (solco_job_get_result (job)->is_verified);
}

static void
test_plain_xorriso (EngineFixture *fixture, gconstpointer data)
{
  grow_plain (fixture, "xorriso -as mkisofs -quiet -J -R -V PLAIN -o disc.iso one");
}

static void
test_plain_genisoimage (EngineFixture *fixture, gconstpointer data)
{
  grow_plain (fixture, "genisoimage -quiet -J -R -V PLAIN -o disc.iso one");
}

/* Without Rock Ridge the names come from Joliet. */
static void
test_joliet_only (EngineFixture *fixture, gconstpointer data)
{
  grow_plain (fixture, "genisoimage -quiet -J -V JOLIET -o disc.iso one");
}

static void
test_foreign_files (EngineFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoJob) job = NULL;
  g_autoptr (SolcoPlan) plan = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *text = g_strnfill (200000, 'x');

  add_sources (fixture);
  engine_fixture_write (fixture, "disc.iso", text, -1);
  before = engine_fixture_checksum_image (fixture);
  job = engine_fixture_run_well (fixture, solco_request_new_read_disc (fixture->target, 0));
  g_assert_cmpint (solco_job_get_result (job)->medium->state, ==, SOLCO_MEDIUM_UNSUITABLE);
  plan = engine_fixture_plan (fixture, "one", "No");
  plan->erase = TRUE;
  engine_fixture_run_badly (fixture, solco_request_new_burn (plan), SOLCO_ERROR_NOT_AN_IMAGE);
  engine_fixture_run_badly (
      fixture, solco_request_new_erase (fixture->target, SOLCO_ERASE_FAST, NULL),
      SOLCO_ERROR_WRONG_MEDIUM_TYPE);
  after = engine_fixture_checksum_image (fixture);
  g_assert_cmpstr (before, ==, after);
}

static void
test_truncated (EngineFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoJob) first = NULL;
  g_autoptr (SolcoJob) second = NULL;
  g_autoptr (SolcoJob) read = NULL;
  g_autoptr (SolcoPlan) plan = NULL;
  g_autofree char *cut = NULL;

  add_sources (fixture);
  first = engine_fixture_burn (fixture, "one", "Cut");
  cut = engine_fixture_spawn (
      fixture, "sh -c 'head -c 2000000 /dev/urandom > two/big'");
  second = engine_fixture_burn (fixture, "two", "Cut");
  g_free (cut);
  cut = engine_fixture_spawn (fixture, "truncate -s -1000000 disc.iso");
  read = engine_fixture_run_well (fixture, solco_request_new_read_disc (fixture->target, 0));
  g_assert_cmpint (solco_job_get_result (read)->medium->damage, ==, SOLCO_DAMAGE_TRUNCATED);
  /* The session before is still there. */
  g_assert_cmpuint (
      solco_tree_lookup (solco_job_get_result (read)->tree, "/dir/a"), !=, SOLCO_TREE_NONE);
  plan = engine_fixture_plan (fixture, "two", "Cut");
  engine_fixture_run_badly (fixture, solco_request_new_burn (plan), SOLCO_ERROR_DISC_DAMAGED);
}

/* libisofs takes Joliet's tree where that with Rock Ridge is damaged; good enough to read. */
static void
test_damaged_tree (EngineFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoJob) first = NULL;
  g_autoptr (SolcoJob) read = NULL;
  g_autoptr (SolcoPlan) plan = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  add_sources (fixture);
  first = engine_fixture_burn (fixture, "one", "Damaged");
  /* The root's first block: its address stands in the descriptor at block 16, byte 158. */
  engine_fixture_do (fixture,
                     "sh -c 'root=$(od -An -tu4 -j $((16 * 2048 + 158)) -N 4 disc.iso) && dd "
                     "if=/dev/urandom of=disc.iso bs=2048 seek=$((root)) count=1 conv=notrunc "
                     "status=none'");
  before = engine_fixture_checksum_image (fixture);
  read = engine_fixture_run_well (fixture, solco_request_new_read_disc (fixture->target, 0));
  g_assert_cmpuint (
      solco_tree_lookup (solco_job_get_result (read)->tree, "/dir/a"), !=, SOLCO_TREE_NONE);
  plan = engine_fixture_plan (fixture, "two", "Damaged");
  engine_fixture_run_badly (fixture, solco_request_new_burn (plan),
                            SOLCO_ERROR_DISC_UNREADABLE);
  after = engine_fixture_checksum_image (fixture);
  g_assert_cmpstr (before, ==, after);
}

/* Hundreds of names that ISO 9660 cannot tell apart, some of them in two folders, get the very names
 * that xorriso gives them. */
static void
test_names_alike (EngineFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoJob) job = NULL;
  g_autofree char *difference = NULL;
  g_autofree char *n_names = NULL;

  engine_fixture_do (
      fixture,
      "sh -c 'mkdir -p one/in; i=0; while [ $i -lt 300 ]; do"
      " : >\"one/in/The same forty letters stand in front of number $i.jpeg\";"
      " : >\"one/in/Ünd without an extension, but no less alike, $i\";"
      " mkdir \"one/in/Folders.with.dots.that.are.quite.alike.$i\";"
      " i=$((i + 1)); done; : >one/in/THE_SAME_FORTY_LETTERS_S000.JPE; cp -r one/in one/again'");
  job = engine_fixture_burn (fixture, "one", "Alike");
  g_assert_true (solco_job_get_result (job)->is_verified);
  engine_fixture_do (fixture, "sh -c 'xorriso -outdev stdio:other.iso -map one / 2>&1'");
  difference = engine_fixture_spawn (
      fixture, "sh -c 'for i in disc other; do isoinfo -f -i $i.iso | grep -v SHA256SUMS | sort "
               ">$i.txt; done; diff disc.txt other.txt || :'");
  g_assert_cmpstr (difference, ==, "");
  n_names = engine_fixture_spawn (fixture, "sh -c 'sort -u disc.txt | wc -l'");
  g_assert_cmpstr (g_strstrip (n_names), ==, "1804");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test)                                                                            \
  g_test_add (path, EngineFixture, NULL, engine_fixture_set_up, test, engine_fixture_tear_down)
  ADD ("/engine/interop/on-xorriso", test_on_xorriso);
  ADD ("/engine/interop/xorriso-on-ours", test_xorriso_on_ours);
  ADD ("/engine/interop/plain-xorriso", test_plain_xorriso);
  ADD ("/engine/interop/plain-genisoimage", test_plain_genisoimage);
  ADD ("/engine/interop/joliet-only", test_joliet_only);
  ADD ("/engine/interop/foreign-files", test_foreign_files);
  ADD ("/engine/interop/truncated", test_truncated);
  ADD ("/engine/interop/damaged-tree", test_damaged_tree);
  ADD ("/engine/interop/names-alike", test_names_alike);
#undef ADD
  return g_test_run ();
}
