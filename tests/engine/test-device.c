/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a recorder cannot be opened: each reason has its own words. Nodes and users are real ones. */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "solco-engine.h"
#include "solco-error.h"

#define EXIT_AS_EXPECTED 0
#define EXIT_OTHERWISE 1
#define EXIT_NOT_HERE 2

/* What the engine says when it is asked to read the disc in the recorder with this node. */
static GError *
read_error (const char *node)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SolcoEngine) engine = solco_engine_new (&error);
  g_autoptr (SolcoTarget) target = solco_target_new (node, SOLCO_IMAGE_KIND_FREE_SPACE, 0);
  g_autoptr (SolcoRequest) request = solco_request_new_read_disc (target, 0);
  g_autoptr (SolcoJob) job = NULL;

  g_assert_no_error (error);
  job = solco_engine_submit (engine, request);
  while (!solco_job_is_finished (job))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (solco_engine_stop (engine, SOLCO_GIVE_UP_AFTER_S));
  g_assert_nonnull (solco_job_get_error (job));
  return g_error_copy (solco_job_get_error (job));
}

/* In a child that is @user: the error is @code, and says all of @words. */
static int
run_as (const char *user, const char *node, int code, const char *const *words)
{
  struct passwd *entry = getpwnam (user);
  pid_t child;
  int status;

  if (entry == NULL || geteuid () != 0)
    return EXIT_NOT_HERE;
  child = fork ();
  if (child == 0)
    {
      g_autoptr (GError) error = NULL;
      gboolean is_expected;

      if (setgroups (0, NULL) != 0 || setgid (entry->pw_gid) != 0 || setuid (entry->pw_uid) != 0)
        _exit (EXIT_NOT_HERE);
      error = read_error (node);
      is_expected = g_error_matches (error, SOLCO_ERROR, code);
      g_printerr ("# %s: %s\n", user, error->message);
      for (; *words != NULL; words++)
        is_expected = is_expected && strstr (error->message, *words) != NULL;
      _exit (is_expected ? EXIT_AS_EXPECTED : EXIT_OTHERWISE);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

/* A file takes the node's place: permissions are checked before anything else. */
static void
test_no_permission (gconstpointer data)
{
  static const char *const words[]
      = { "Permission denied", "the group “cdrom”", "usermod -aG cdrom ", NULL };
  static const char *const general_words[] = { "Permission denied", NULL };
  const gboolean is_read_only = GPOINTER_TO_INT (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("solco-test-XXXXXX", &error);
  g_autofree char *node = g_build_filename (folder, "sr0", NULL);
  struct group *cdrom = getgrnam ("cdrom");
  int result = EXIT_NOT_HERE;

  g_assert_no_error (error);
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
  g_file_set_contents (node, "", 0, &error);
  g_assert_no_error (error);
  if (cdrom != NULL && geteuid () == 0)
    {
      g_assert_cmpint (chown (node, 0, cdrom->gr_gid), ==, 0);
      g_assert_cmpint (g_chmod (node, is_read_only ? 0664 : 0660), ==, 0);
      result = run_as ("nobody", node, SOLCO_ERROR_NO_PERMISSION, words);
      g_assert_cmpint (result, !=, EXIT_OTHERWISE);
      /* Nobody but root: no group helps. */
      g_assert_cmpint (g_chmod (node, 0600), ==, 0);
      g_assert_cmpint (run_as ("nobody", node, SOLCO_ERROR_NO_PERMISSION, general_words), !=,
                       EXIT_OTHERWISE);
    }
  if (result == EXIT_NOT_HERE)
    g_test_skip ("only the superuser may become somebody else, and “nobody” and “cdrom” must exist");
  g_assert_cmpint (g_unlink (node), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_no_node (void)
{
  g_autoptr (GError) error = read_error ("/dev/solco-no-such-recorder");

  g_assert_error (error, SOLCO_ERROR, SOLCO_ERROR_NO_RECORDER);
}

/* Another program has the drive to itself, as burning programs do. */
static void
test_in_use (void)
{
  /* Those that are taken last by whoever needs one. */
  static const char *const nodes[] = { "/dev/loop7", "/dev/loop6", "/dev/loop5", "/dev/loop4" };
  int ready[2];
  int end[2];
  pid_t child;
  guint8 found = 0;

  g_assert_cmpint (pipe2 (ready, O_CLOEXEC), ==, 0);
  g_assert_cmpint (pipe2 (end, O_CLOEXEC), ==, 0);
  child = fork ();
  if (child == 0)
    {
      int fd = -1;

      close (end[1]);
      while (fd < 0 && found < G_N_ELEMENTS (nodes))
        fd = open (nodes[found++], O_RDWR | O_EXCL | O_CLOEXEC);
      if (fd < 0)
        found = 0;
      if (write (ready[1], &found, 1) != 1 || read (end[0], &found, 1) < 0)
        _exit (1);
      _exit (0);
    }
  close (ready[1]);
  close (end[0]);
  g_assert_cmpint (read (ready[0], &found, 1), ==, 1);
  if (found == 0)
    g_test_skip ("there is no loop device that can be opened");
  else
    {
      g_autoptr (GError) error = read_error (nodes[found - 1]);
      g_autofree char *name = g_strdup_printf ("in use by test-device (%d)", (int) child);

      g_test_message ("%s", error->message);
      g_assert_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_ACCESSIBLE);
      g_assert_nonnull (strstr (error->message, name));
    }
  close (end[1]);
  close (ready[0]);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* First: they fork, which programs with threads must not. */
  g_test_add_data_func ("/engine/device/no-permission", GINT_TO_POINTER (FALSE),
                        test_no_permission);
  g_test_add_data_func ("/engine/device/read-only", GINT_TO_POINTER (TRUE), test_no_permission);
  g_test_add_func ("/engine/device/in-use", test_in_use);
  g_test_add_func ("/engine/device/no-node", test_no_node);
  return g_test_run ();
}
