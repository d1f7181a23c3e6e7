/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file system on a device comes out of the tree of files, by UDisks or without it, and who keeps it in
 * is named; and the system looks again at what is on it. The device is a real one, a file behind a loop. */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <linux/netlink.h>
#include <poll.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mount-fixture.h"
#include "solco-error.h"
#include "solco-holders-private.h"
#include "solco-udisks-private.h"
#include "solco-unmount-private.h"

#define UDISKSD "/usr/libexec/udisks2/udisksd"
#define UDISKS_PATIENCE_S 20
#define NOBODY 65534

typedef struct
{
  char *folder;
  char *device; /* NULL: there are no loop devices here */
  char *mounted;
} Fixture;

/* NULL where it did not exit with 0. */
static char *
spawn (const char *folder, const char *command)
{
  const char *const arguments[] = { "sh", "-c", command, NULL };
  char *output = NULL;
  int status;

  if (!g_spawn_sync (folder, (char **) arguments, NULL,
                     G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output, NULL,
                     &status, NULL)
      || !g_spawn_check_wait_status (status, NULL))
    g_clear_pointer (&output, g_free);
  return g_strchomp (output != NULL ? output : g_strdup (""));
}

static void
mount_device (Fixture *fixture, const char *path)
{
  g_assert_cmpint (g_mkdir_with_parents (path, 0755), ==, 0);
  g_assert_cmpint (mount (fixture->device, path, "ext4", 0, NULL), ==, 0);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("solco-test-XXXXXX", &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_chmod (fixture->folder, 0755), ==, 0);
  fixture->mounted = g_build_filename (fixture->folder, "mounted disc", NULL);
  fixture->device = spawn (fixture->folder, "truncate -s 8M disc && PATH=$PATH:/usr/sbin "
                                            "mkfs.ext4 -q -F disc && PATH=$PATH:/usr/sbin "
                                            "losetup -f --show disc");
  if (*fixture->device == '\0')
    {
      g_clear_pointer (&fixture->device, g_free);
      g_test_skip ("there is no loop device, or no mkfs.ext4");
      return;
    }
  mount_device (fixture, fixture->mounted);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->device != NULL)
    {
      g_autofree char *command
          = g_strdup_printf ("PATH=$PATH:/usr/sbin losetup -d %s", fixture->device);
      g_autofree char *ignored = NULL;

      while (umount2 (fixture->mounted, 0) == 0)
        continue;
      ignored = spawn (fixture->folder, command);
    }
  g_free (spawn (fixture->folder, "rm -rf ./*"));
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->device);
  g_free (fixture->mounted);
  g_free (fixture->folder);
}

static void
assert_free (Fixture *fixture)
{
  g_autoptr (GPtrArray) paths = solco_unmount_list_paths (fixture->device);
  int fd = open (fixture->device, O_RDWR | O_EXCL | O_CLOEXEC);

  g_assert_cmpuint (paths->len, ==, 0);
  g_assert_cmpint (fd, >=, 0);
  close (fd);
}

static void
test_mounted_twice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *second = g_build_filename (fixture->folder, "second", NULL);
  g_autofree char *alias = g_build_filename (fixture->folder, "cdrom", NULL);
  g_autoptr (GPtrArray) paths = NULL;

  if (fixture->device == NULL)
    return;
  mount_device (fixture, second);
  g_assert_cmpint (open (fixture->device, O_RDWR | O_EXCL | O_CLOEXEC), ==, -1);
  g_assert_cmpint (errno, ==, EBUSY);
  paths = solco_unmount_list_paths (fixture->device);
  g_assert_cmpuint (paths->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (paths, 0), ==, second);
  g_assert_cmpstr (g_ptr_array_index (paths, 1), ==, fixture->mounted);

  /* A link to it, such as /dev/cdrom, is the same device. */
  g_assert_cmpint (symlink (fixture->device, alias), ==, 0);
  g_assert_true (solco_unmount_device (alias, NULL, &error));
  g_assert_no_error (error);
  assert_free (fixture);
  g_assert_false (mount_fixture_is_mounted (second));
  /* Nothing to do is no failure. */
  g_assert_true (solco_unmount_device (fixture->device, NULL, &error));
  g_assert_no_error (error);
}

/* @data: what the program does in the folder above the disc. */
static void
test_busy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  GSubprocess *holder;

  if (fixture->device == NULL)
    return;
  holder = mount_fixture_hold (fixture->folder, data);
  name = g_strdup_printf ("in use by sh (%s)", g_subprocess_get_identifier (holder));
  g_assert_false (solco_unmount_device (fixture->device, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, SOLCO_ERROR, SOLCO_ERROR_DISC_IN_USE);
  g_assert_nonnull (strstr (error->message, fixture->device));
  g_assert_nonnull (strstr (error->message, fixture->mounted));
  g_assert_nonnull (strstr (error->message, name));
  g_assert_true (mount_fixture_is_mounted (fixture->mounted));

  mount_fixture_let_go (holder);
  g_clear_error (&error);
  g_assert_true (solco_unmount_device (fixture->device, NULL, &error));
  g_assert_no_error (error);
  assert_free (fixture);
}

/* Whoever has the node itself open. */
static void
test_holder_of_node (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nobody = NULL;
  g_autofree char *somebody = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *command = NULL;
  GSubprocess *holder;

  if (fixture->device == NULL)
    return;
  nobody = solco_holders_dup (fixture->device, NULL);
  g_assert_cmpstr (nobody, ==, NULL);
  command = g_strdup_printf ("exec 3< %s", fixture->device);
  holder = mount_fixture_hold (fixture->folder, command);
  somebody = solco_holders_dup (fixture->device, NULL);
  expected = g_strdup_printf ("sh (%s)", g_subprocess_get_identifier (holder));
  g_assert_cmpstr (somebody, ==, expected);
  mount_fixture_let_go (holder);
}

/* A user who may not unmount, on a machine without UDisks. */
static void
test_not_permitted (Fixture *fixture, gconstpointer data)
{
  pid_t child;
  int status;

  if (fixture->device == NULL)
    return;
  child = fork ();
  if (child == 0)
    {
      g_autoptr (GError) error = NULL;

      if (setgid (NOBODY) != 0 || setuid (NOBODY) != 0)
        _exit (2);
      if (solco_unmount_device (fixture->device, NULL, &error))
        _exit (3);
      _exit (g_error_matches (error, SOLCO_ERROR, SOLCO_ERROR_NOT_ACCESSIBLE)
                     && strstr (error->message, fixture->mounted) != NULL
                 ? 0
                 : 4);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  g_assert_true (mount_fixture_is_mounted (fixture->mounted));
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  if (fixture->device == NULL)
    return;
  g_cancellable_cancel (cancellable);
  g_assert_false (solco_unmount_device (fixture->device, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (mount_fixture_is_mounted (fixture->mounted));
}

/* What udev would have told UDisks about the device. */
static void
write_udev_data (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  struct stat status;

  g_assert_cmpint (mount ("none", "/run", "tmpfs", 0, NULL), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents ("/run/udev/data", 0755), ==, 0);
  g_assert_cmpint (g_stat (fixture->device, &status), ==, 0);
  path = g_strdup_printf ("/run/udev/data/b%u:%u", major (status.st_rdev), minor (status.st_rdev));
  g_file_set_contents (path, "I:1\nE:ID_FS_TYPE=ext4\nE:ID_FS_USAGE=filesystem\n", -1, &error);
  g_assert_no_error (error);
}

/* Until it says on its standard output or error that it has its name, or has unmounted. */
static void
wait_for_line (GSubprocess *daemon, const char *wanted)
{
  g_autoptr (GDataInputStream) lines
      = g_data_input_stream_new (g_subprocess_get_stdout_pipe (daemon));
  gint64 deadline_us = g_get_monotonic_time () + UDISKS_PATIENCE_S * G_USEC_PER_SEC;
  gboolean is_found = FALSE;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  while (!is_found)
    {
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);

      g_assert_nonnull (line);
      g_test_message ("%s", line);
      is_found = strstr (line, wanted) != NULL;
      g_assert_cmpint (g_get_monotonic_time (), <, deadline_us);
    }
}

/* What the kernel tells udev. */
static int
listen_to_kernel (void)
{
  struct sockaddr_nl address = { .nl_family = AF_NETLINK, .nl_groups = 1 };
  int fd = socket (AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_KOBJECT_UEVENT);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  return fd;
}

static void
wait_for_change (int fd, const char *device)
{
  g_autofree char *name = g_path_get_basename (device);
  g_autofree char *wanted = g_strdup_printf ("change@/devices/virtual/block/%s", name);
  char message[8192] = "";

  while (strcmp (message, wanted) != 0)
    {
      struct pollfd poll_fd = { .fd = fd, .events = POLLIN };
      ssize_t length;

      g_assert_cmpint (poll (&poll_fd, 1, UDISKS_PATIENCE_S * 1000), ==, 1);
      length = recv (fd, message, sizeof message - 1, 0);
      g_assert_cmpint (length, >, 0);
      message[length] = '\0';
    }
}

/* The real daemon, on a bus of its own. */
static void
test_udisks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GTestDBus) bus = NULL;
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) daemon = NULL;
  g_autoptr (GError) error = NULL;
  int events;

  if (fixture->device == NULL)
    return;
  if (!g_file_test (UDISKSD, G_FILE_TEST_IS_EXECUTABLE))
    {
      g_test_skip ("udisks2 is not installed");
      return;
    }
  /* It answers when udev has seen what it did, and without udev, as in containers, only after a time. */
  if (g_getenv ("SOLCO_TEST_QUICK") != NULL)
    {
      g_test_skip ("it can take half a minute, and SOLCO_TEST_QUICK is set");
      return;
    }
  write_udev_data (fixture);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address (bus), TRUE);
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                        | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  /* What it warns of is not ours. */
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  daemon = g_subprocess_launcher_spawn (launcher, &error, UDISKSD, NULL);
  g_assert_no_error (error);
  wait_for_line (daemon, "Acquired the name");

  g_assert_true (solco_unmount_device (fixture->device, NULL, &error));
  g_assert_no_error (error);
  assert_free (fixture);
  wait_for_line (daemon, "Unmounted");

  events = listen_to_kernel ();
  g_assert_true (solco_udisks_rescan (fixture->device, NULL, &error));
  g_assert_no_error (error);
  wait_for_change (events, fixture->device);
  close (events);

  g_subprocess_force_exit (daemon);
  g_subprocess_wait (daemon, NULL, &error);
  g_assert_no_error (error);
  g_test_dbus_stop (bus);
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
#define ADD(path, data, test)                                                                      \
  g_test_add ("/engine/unmount/" path, Fixture, data, set_up, test, tear_down)
  ADD ("twice", NULL, test_mounted_twice);
  ADD ("busy/folder", "cd 'mounted disc'", test_busy);
  ADD ("busy/file", "touch 'mounted disc/file'; exec 3< 'mounted disc/file'", test_busy);
  ADD ("busy/program", "cp /bin/sh 'mounted disc/sh'; cd 'mounted disc'; exec ./sh -c "
                       "'cd /; echo ready; read line; :'",
       test_busy);
  ADD ("holder-of-node", NULL, test_holder_of_node);
  ADD ("not-permitted", NULL, test_not_permitted);
  ADD ("cancelled", NULL, test_cancelled);
  /* Last: it hides /run. */
  ADD ("udisks", NULL, test_udisks);
#undef ADD
  return g_test_run ();
}
