/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mount-fixture.h"

#include <gio/gunixmounts.h>
#include <sched.h>
#include <sys/mount.h>

const char *
mount_fixture_enter (void)
{
  if (unshare (CLONE_NEWNS) != 0 || mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
    return "only the superuser has mount tables of his own";
  /* No daemon of this machine is asked to unmount what only this process has mounted. */
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  return NULL;
}

GSubprocess *
mount_fixture_hold (const char *folder, const char *command)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDIN_PIPE);
  g_autofree char *script = g_strconcat (command, "; echo ready; read line; :", NULL);
  g_autoptr (GError) error = NULL;
  GSubprocess *holder;
  char ready[8];

  g_subprocess_launcher_set_cwd (launcher, folder);
  holder = g_subprocess_launcher_spawn (launcher, &error, "sh", "-c", script, NULL);
  g_assert_no_error (error);
  g_assert_cmpint (g_input_stream_read (g_subprocess_get_stdout_pipe (holder), ready, sizeof ready,
                                        NULL, &error),
                   >, 0);
  g_assert_no_error (error);
  return holder;
}

void
mount_fixture_let_go (GSubprocess *holder)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_force_exit (holder);
  g_subprocess_wait (holder, NULL, &error);
  g_assert_no_error (error);
  g_object_unref (holder);
}

gboolean
mount_fixture_is_mounted (const char *path)
{
  GUnixMountEntry *entry = g_unix_mount_at (path, NULL);

  if (entry == NULL)
    return FALSE;
  g_unix_mount_free (entry);
  return TRUE;
}
