/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recorder-fixture.h"

#include <fcntl.h>
#include <unistd.h>

#include "vr-inprocess.h"

#define NODE "/dev/sr0"
/* libburn waits in steps of half a second; nothing here needs them. */
#define SLEEP_DIVISOR 100
/* The drive's own clock runs faster: blanking takes minutes on a real one. */
#define TIME_SCALE 1000

void
recorder_fixture_take_out (RecorderFixture *fixture)
{
  vr_medium_free (vr_drive_remove (fixture->drive));
}

static void
insert (RecorderFixture *fixture, const char *kind, guint32 capacity_blocks, const char *path)
{
  g_autoptr (GError) error = NULL;
  VrMedium *medium;
  VrKind vr_kind;

  recorder_fixture_take_out (fixture);
  vr_kind_from_name (kind, &vr_kind, &error);
  g_assert_no_error (error);
  if (vr_kind == VR_KIND_NONE)
    return;
  medium = vr_medium_new (vr_kind, capacity_blocks, path, &error);
  g_assert_no_error (error);
  g_assert_true (vr_drive_insert (fixture->drive, medium, &error));
  g_assert_no_error (error);
}

void
recorder_fixture_insert (RecorderFixture *fixture, const char *kind, guint32 capacity_blocks)
{
  insert (fixture, kind, capacity_blocks, NULL);
}

void
recorder_fixture_insert_file (RecorderFixture *fixture, const char *kind, guint32 capacity_blocks,
                              const char *name)
{
  g_autofree char *path = engine_fixture_path (&fixture->engine, name);

  insert (fixture, kind, capacity_blocks, path);
}

void
recorder_fixture_break (RecorderFixture *fixture, const char *spec)
{
  g_autoptr (GError) error = NULL;

  vr_drive_add_fault (fixture->drive, spec, &error);
  g_assert_no_error (error);
}

void
recorder_fixture_repair (RecorderFixture *fixture)
{
  vr_drive_clear_faults (fixture->drive);
  vr_drive_set_gone (fixture->drive, FALSE);
}

guint
recorder_fixture_count_threads (void)
{
  GDir *directory = g_dir_open ("/proc/self/task", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (directory) != NULL)
    n++;
  g_dir_close (directory);
  return n;
}

void
recorder_fixture_assert_released (RecorderFixture *fixture, guint n_threads)
{
  /* libburn's threads end a moment after their work is done. */
  gint64 deadline_us = g_get_monotonic_time () + 2 * G_USEC_PER_SEC;
  int fd = open (NODE, O_RDWR | O_EXCL | O_NONBLOCK | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  close (fd);
  while (recorder_fixture_count_threads () > n_threads
         && g_get_monotonic_time () < deadline_us)
    g_thread_yield ();
  g_assert_cmpuint (recorder_fixture_count_threads (), <=, n_threads);
}

char *
recorder_fixture_describe (RecorderFixture *fixture, const char *name)
{
  /* The journal in front of the data is written anew whenever the medium is put away. */
  g_autofree char *command
      = g_strdup_printf ("sh -c 'tail -c +%d %s | sha256sum'", 1024 * 1024 + 1, name);
  g_autofree char *checksum = engine_fixture_spawn (&fixture->engine, command);
  g_autofree char *tracks = vr_drive_describe (fixture->drive);

  return g_strconcat (tracks, checksum, NULL);
}

void
recorder_fixture_set_up_empty (RecorderFixture *fixture, gconstpointer data)
{
  fixture->drive = vr_drive_new ("SOLCO", "VIRTUAL", "0001");
  vr_drive_set_time_scale (fixture->drive, TIME_SCALE);
  vr_inprocess_set_sleep_divisor (SLEEP_DIVISOR);
  g_assert_true (vr_inprocess_attach (fixture->drive, NODE));
  engine_fixture_set_up (&fixture->engine, NULL);
  solco_target_free (fixture->engine.target);
  fixture->engine.target = solco_target_new (NODE, SOLCO_IMAGE_KIND_FREE_SPACE, 0);
}

void
recorder_fixture_set_up (RecorderFixture *fixture, gconstpointer data)
{
  recorder_fixture_set_up_empty (fixture, NULL);
  recorder_fixture_insert (fixture, data, 0);
}

void
recorder_fixture_tear_down (RecorderFixture *fixture, gconstpointer data)
{
  engine_fixture_tear_down (&fixture->engine, NULL);
  vr_inprocess_detach (fixture->drive);
  vr_drive_free (fixture->drive);
}

void
recorder_fixture_add_files (RecorderFixture *fixture, const char *name, guint n_files,
                            gsize file_bytes)
{
  g_autofree char *content = g_malloc (file_bytes);
  g_autoptr (GRand) random = g_rand_new_with_seed (g_str_hash (name));

  for (guint i = 0; i < n_files; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/folder %u/%s %u", name, i % 3, name, i);

      for (gsize b = 0; b < file_bytes; b++)
        content[b] = (char) g_rand_int (random);
      engine_fixture_write (&fixture->engine, path, content, (gssize) file_bytes);
    }
}

SolcoMedium *
recorder_fixture_read (RecorderFixture *fixture)
{
  g_autoptr (SolcoJob) job = engine_fixture_run_well (
      &fixture->engine, solco_request_new_read_disc (fixture->engine.target, 0));

  return solco_medium_ref (solco_job_get_result (job)->medium);
}

void
recorder_fixture_assert_same (RecorderFixture *fixture, const char *folder)
{
  recorder_fixture_assert_session (fixture, 0, folder);
}

void
recorder_fixture_assert_session (RecorderFixture *fixture, guint session, const char *folder)
{
  g_autofree char *destination = engine_fixture_path (&fixture->engine, "extracted");
  g_autofree char *command
      = g_strdup_printf ("diff -r --exclude SHA256SUMS extracted %s", folder);
  g_autoptr (SolcoJob) job = NULL;
  g_autofree char *difference = NULL;

  engine_fixture_do (&fixture->engine, "rm -rf extracted");
  job = engine_fixture_run_well (
      &fixture->engine,
      solco_request_new_extract (fixture->engine.target, session, NULL, destination, FALSE));
  difference = engine_fixture_spawn (&fixture->engine, command);
  g_assert_cmpstr (difference, ==, "");
  engine_fixture_do (&fixture->engine, "sh -c 'cd extracted && sha256sum --quiet -c SHA256SUMS'");
}

void
recorder_fixture_make_disc (RecorderFixture *fixture, const char *kind, guint32 capacity_blocks)
{
  g_autoptr (SolcoJob) job = NULL;

  recorder_fixture_add_files (fixture, "one", 3, 100000);
  recorder_fixture_add_files (fixture, "two", 3, 700000);
  engine_fixture_do (&fixture->engine, "sh -c 'cp -a one both && cp -a two/. both'");
  recorder_fixture_insert_file (fixture, kind, capacity_blocks, "disc.vr");
  job = engine_fixture_burn (&fixture->engine, "one", "Photos");
}
