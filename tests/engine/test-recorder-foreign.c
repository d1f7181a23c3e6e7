/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Discs that other programs began, on the same drive: Solco appends to them as to its own. */
#include "recorder-fixture.h"

#define BLOCKS 60000
#define DISC "disc.vr"

/* Runs a program beside the virtual recorder that serves the same disc. */
static void
run_beside (RecorderFixture *fixture, const char *kind, const char *command)
{
  const char *recorder = g_getenv ("SOLCO_VIRTUAL_RECORDER");
  g_autofree char *line = NULL;

  g_assert_nonnull (recorder);
  recorder_fixture_take_out (fixture);
  line = g_strdup_printf ("env -u G_DEBUG LC_ALL=C %s --medium %s --capacity-blocks %d "
                          "--backing " DISC " --sleep-divisor 50 -- sh -c '%s'",
                          recorder, kind, BLOCKS, command);
  engine_fixture_do (&fixture->engine, line);
  recorder_fixture_insert_file (fixture, kind, BLOCKS, DISC);
}

typedef struct
{
  const char *name;
  const char *kind;
  /* Burns the folder "one" and leaves the disc open. */
  const char *command;
  /* Whether the names of the old session are kept as they were. */
  gboolean keeps_names;
} Foreign;

#define WODIM " && wodim dev=/dev/sr0 gracetime=0 -tao -multi -data one.iso >/dev/null 2>&1"

/* wodim tries to unmount drives, so it gets a mount table of its own. */
#define PRIVATE(command) "unshare -m sh -c \"" command "\""

static const Foreign foreigns[] = {
  { "xorriso-rock-ridge", "cd-r-80",
    "xorriso -outdev /dev/sr0 -joliet off -map one / -commit >/dev/null 2>&1", TRUE },
  { "xorriso-on-dvd-r", "dvd-r",
    "xorriso -outdev /dev/sr0 -map one / -commit >/dev/null 2>&1", TRUE },
  { "xorriso-on-dvd+rw", "dvd+rw",
    "xorriso -outdev /dev/sr0 -map one / -commit >/dev/null 2>&1", TRUE },
  { "xorriso-on-bd-re", "bd-re-25",
    "xorriso -outdev /dev/sr0 -map one / -commit >/dev/null 2>&1", TRUE },
  { "wodim-rock-ridge", "cd-r-80", PRIVATE ("genisoimage -quiet -R -o one.iso one" WODIM), TRUE },
  { "wodim-joliet-only", "cd-r-80", PRIVATE ("genisoimage -quiet -J -o one.iso one" WODIM), TRUE },
  { "wodim-joliet-cd-rw", "cd-rw-80", PRIVATE ("genisoimage -quiet -J -o one.iso one" WODIM),
    TRUE },
  { "wodim-plain", "cd-r-80", PRIVATE ("genisoimage -quiet -o one.iso one" WODIM), FALSE },
};

/* The old session's files under the names that plain ISO 9660 left of them. */
static char *
count_files (RecorderFixture *fixture)
{
  return engine_fixture_spawn (
      &fixture->engine,
      "sh -c 'cd extracted && find . -type f ! -name SHA256SUMS -exec sha256sum {} + "
      "| cut -d\" \" -f1 | sort'");
}

static void
test_append (RecorderFixture *fixture, gconstpointer data)
{
  const Foreign *foreign = data;
  g_autoptr (SolcoMedium) before = NULL;
  g_autoptr (SolcoMedium) after = NULL;
  g_autoptr (SolcoJob) job = NULL;
  g_autoptr (SolcoJob) extract = NULL;
  g_autofree char *destination = engine_fixture_path (&fixture->engine, "extracted");
  g_autofree char *found = NULL;
  g_autofree char *wanted = NULL;

  recorder_fixture_add_files (fixture, "one", 4, 200000);
  recorder_fixture_add_files (fixture, "two", 3, 70000);
  run_beside (fixture, foreign->kind, foreign->command);
  before = recorder_fixture_read (fixture);
  g_assert_cmpint (before->state, ==, SOLCO_MEDIUM_APPENDABLE);
  g_assert_cmpint (before->content, ==, SOLCO_CONTENT_ISO);
  g_assert_cmpuint (before->sessions->len, ==, 1);

  job = engine_fixture_burn (&fixture->engine, "two", "Photos");
  g_assert_true (solco_job_get_result (job)->is_verified);
  after = recorder_fixture_read (fixture);
  g_assert_cmpuint (after->sessions->len, ==, 2);
  engine_fixture_do (&fixture->engine, "sh -c 'cp -a one both && cp -a two/. both'");
  if (foreign->keeps_names)
    {
      recorder_fixture_assert_same (fixture, "both");
      return;
    }
  extract = engine_fixture_run_well (
      &fixture->engine,
      solco_request_new_extract (fixture->engine.target, 0, NULL, destination, FALSE));
  found = count_files (fixture);
  wanted = engine_fixture_spawn (&fixture->engine,
                                 "sh -c 'find one two -type f -exec sha256sum {} + "
                                 "| cut -d\" \" -f1 | sort'");
  g_assert_cmpstr (found, ==, wanted);
}

/* And back: the other program appends to our disc, and sees all that we wrote. */
static void
test_xorriso_appends (RecorderFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoJob) job = NULL;
  g_autoptr (SolcoJob) again = NULL;

  recorder_fixture_add_files (fixture, "one", 4, 200000);
  recorder_fixture_add_files (fixture, "two", 3, 70000);
  recorder_fixture_add_files (fixture, "three", 3, 30000);
  recorder_fixture_insert_file (fixture, data, BLOCKS, DISC);
  job = engine_fixture_burn (&fixture->engine, "one", "Photos");
  run_beside (fixture, data,
              "xorriso -dev /dev/sr0 -map two / -commit -check_media -- "
              "-osirrox on -extract / peer >/dev/null 2>&1");
  engine_fixture_do (&fixture->engine, "sh -c 'cp -a one both && cp -a two/. both "
                                       "&& diff -r --exclude SHA256SUMS peer both'");
  again = engine_fixture_burn (&fixture->engine, "three", "Photos");
  g_assert_cmpuint (solco_job_get_result (again)->medium->sessions->len, ==, 3);
  engine_fixture_do (&fixture->engine, "cp -a three/. both");
  recorder_fixture_assert_same (fixture, "both");
}

int
main (int argc, char **argv)
{
  static const char *const kinds[] = { "cd-r-80", "dvd+r", "bd-r-25", "dvd-ram" };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (foreigns); i++)
    {
      g_autofree char *path
          = g_strconcat ("/engine/recorder/foreign/", foreigns[i].name, NULL);

      g_test_add (path, RecorderFixture, &foreigns[i], recorder_fixture_set_up_empty, test_append,
                  recorder_fixture_tear_down);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path
          = g_strconcat ("/engine/recorder/foreign/xorriso-appends/", kinds[i], NULL);

      g_test_add (path, RecorderFixture, kinds[i], recorder_fixture_set_up_empty,
                  test_xorriso_appends, recorder_fixture_tear_down);
    }
  return g_test_run ();
}
