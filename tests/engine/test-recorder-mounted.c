/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A disc that is mounted: it can be read as it is, and is unmounted before it changes or leaves. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "mount-fixture.h"
#include "recorder-fixture.h"

#define BLOCKS 70000

/* A disc with one session, which the desktop mounts. The table of mounts is the real one; what is seen
 * below the folder is of no interest here. */
static char *
make_mounted (RecorderFixture *fixture, const char *kind)
{
  g_autofree char *folder = engine_fixture_path (&fixture->engine, "media");

  recorder_fixture_make_disc (fixture, kind, BLOCKS);
  g_assert_cmpint (g_mkdir (folder, 0755), ==, 0);
  g_assert_cmpint (mount ("/dev/sr0", folder, "tmpfs", 0, NULL), ==, 0);
  return g_steal_pointer (&folder);
}

static void
test_read (RecorderFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = make_mounted (fixture, data);
  g_autoptr (SolcoMedium) medium = NULL;
  g_autoptr (SolcoJob) verified = NULL;
  g_autoptr (SolcoPlan) plan = NULL;
  g_autoptr (SolcoJob) measured = NULL;

  medium = recorder_fixture_read (fixture);
  g_assert_cmpstr (medium->volume_label, ==, "Photos");
  recorder_fixture_assert_same (fixture, "one");
  verified = engine_fixture_run_well (
      &fixture->engine, solco_request_new_verify (fixture->engine.target, 0, SOLCO_VERIFY_FULL, NULL));
  plan = engine_fixture_plan (&fixture->engine, "two", "Photos");
  measured = engine_fixture_run_well (&fixture->engine, solco_request_new_measure (plan));
  g_assert_true (mount_fixture_is_mounted (folder));
  g_assert_cmpint (umount2 (folder, 0), ==, 0);
}

static void
test_burn (RecorderFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = make_mounted (fixture, data);
  g_autoptr (SolcoJob) job = engine_fixture_burn (&fixture->engine, "two", "Photos");

  g_assert_false (mount_fixture_is_mounted (folder));
  g_assert_nonnull (strstr (solco_job_get_log (job), "/dev/sr0 was unmounted"));
  recorder_fixture_assert_same (fixture, "both");
}

/* Somebody looks at a file on it: nothing is written, and the user is told who. */
static void
test_in_use (RecorderFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = make_mounted (fixture, data);
  g_autoptr (SolcoPlan) plan = engine_fixture_plan (&fixture->engine, "two", "Photos");
  g_autofree char *before = recorder_fixture_describe (fixture, "disc.vr");
  g_autofree char *after = NULL;
  g_autofree char *name = NULL;
  guint n_threads = recorder_fixture_count_threads ();
  SolcoRequest *const requests[] = {
    solco_request_new_burn (plan),
    solco_request_new_erase (fixture->engine.target, SOLCO_ERASE_FAST, NULL),
    solco_request_new_eject (fixture->engine.target),
  };
  GSubprocess *holder = mount_fixture_hold (folder, ":");
  g_autoptr (SolcoJob) again = NULL;

  name = g_strdup_printf ("in use by sh (%s)", g_subprocess_get_identifier (holder));
  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autoptr (SolcoJob) job = engine_fixture_run (&fixture->engine, requests[i]);

      g_test_message ("%s", solco_job_get_error (job)->message);
      g_assert_error (solco_job_get_error (job), SOLCO_ERROR, SOLCO_ERROR_DISC_IN_USE);
      g_assert_nonnull (strstr (solco_job_get_error (job)->message, name));
    }
  g_assert_false (vr_drive_is_tray_open (fixture->drive));
  after = recorder_fixture_describe (fixture, "disc.vr");
  g_assert_cmpstr (before, ==, after);
  g_assert_true (mount_fixture_is_mounted (folder));

  mount_fixture_let_go (holder);
  again = engine_fixture_run_well (&fixture->engine, solco_request_new_burn (plan));
  recorder_fixture_assert_same (fixture, "both");
  recorder_fixture_assert_released (fixture, n_threads);
}

static void
test_eject (RecorderFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = make_mounted (fixture, data);

  g_object_unref (engine_fixture_run_well (&fixture->engine,
                                           solco_request_new_eject (fixture->engine.target)));
  g_assert_false (mount_fixture_is_mounted (folder));
  g_assert_true (vr_drive_is_tray_open (fixture->drive));
}

/* The desktop does it while Solco reads, since it saw the same disc come in. */
static void
test_mounted_while_reading (RecorderFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = make_mounted (fixture, data);
  SolcoRequest *request = solco_request_new_read_disc (fixture->engine.target, 0);
  g_autoptr (SolcoJob) job = NULL;
  int fd;

  g_assert_cmpint (umount2 (folder, 0), ==, 0);
  recorder_fixture_break (fixture, "busy=1,op=0x51");
  job = solco_engine_submit (fixture->engine.engine, request);
  while (solco_job_get_progress (job)->phase != SOLCO_PHASE_OPEN)
    g_main_context_iteration (NULL, TRUE);
  g_usleep (G_USEC_PER_SEC / 10);
  g_assert_false (solco_job_is_finished (job));
  fd = open ("/dev/sr0", O_RDWR | O_EXCL | O_NONBLOCK | O_CLOEXEC);
  g_assert_cmpint (fd, >=, 0);
  close (fd);
  while (!solco_job_is_finished (job))
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (solco_job_get_error (job));
  solco_request_unref (request);
}

int
main (int argc, char **argv)
{
  const char *reason = mount_fixture_enter ();

  g_test_init (&argc, &argv, NULL);
  if (reason != NULL)
    {
      g_print ("1..0 # SKIP %s\n", reason);
      return 0;
    }
#define ADD(path, kind, test)                                                                      \
  g_test_add ("/engine/recorder/mounted/" path, RecorderFixture, kind,                             \
              recorder_fixture_set_up_empty, test, recorder_fixture_tear_down)
  ADD ("read", "cd-r-80", test_read);
  ADD ("read-while-mounting", "cd-r-80", test_mounted_while_reading);
  ADD ("burn", "cd-r-80", test_burn);
  ADD ("burn-overwritable", "dvd+rw", test_burn);
  ADD ("in-use", "cd-rw-80", test_in_use);
  ADD ("eject", "cd-r-80", test_eject);
#undef ADD
  return g_test_run ();
}
