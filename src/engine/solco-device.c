/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-device-private.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

#include "solco-error.h"
#include "solco-holders-private.h"
#include "solco-unmount-private.h"

/* udev has a drive to itself for a moment whenever a disc comes in. */
#define BUSY_PATIENCE_MS 3000
#define BUSY_POLL_MS 100
/* The desktop may mount a disc again right after it was unmounted, but not for ever. */
#define MAXIMUM_UNMOUNTS 3
#define GROUP_BUFFER_BYTES 16384

/* Whose members may write to the node. */
static char *
dup_group (const char *path)
{
  struct stat status;
  struct group group;
  struct group *found = NULL;
  g_autofree char *buffer = g_malloc (GROUP_BUFFER_BYTES);

  if (stat (path, &status) != 0 || (status.st_mode & S_IWGRP) == 0 || status.st_gid == 0
      || getgrgid_r (status.st_gid, &group, buffer, GROUP_BUFFER_BYTES, &found) != 0
      || found == NULL)
    return NULL;
  return g_strdup (group.gr_name);
}

static void
set_no_permission (const char *path, int error_number, GError **error)
{
  g_autofree char *group = dup_group (path);

  if (group != NULL)
    g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NO_PERMISSION,
                 "“%s” may not be opened for writing: %s. It is open to the group “%s”: "
                 "sudo usermod -aG %s %s",
                 path, g_strerror (error_number), group, group, g_get_user_name ());
  else
    g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NO_PERMISSION,
                 "“%s” may not be opened for writing: %s", path, g_strerror (error_number));
}

static void
set_open_error (const char *path, int error_number, GError **error)
{
  g_autofree char *holders = NULL;

  switch (error_number)
    {
    case ENOENT:
    case ENXIO:
    case ENODEV:
    case ENOTDIR:
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NO_RECORDER, "There is no recorder at “%s”: %s",
                   path, g_strerror (error_number));
      break;
    case EBUSY:
      holders = solco_holders_dup (path, NULL);
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_ACCESSIBLE, "“%s” is in use by %s", path,
                   holders != NULL ? holders : "another program");
      break;
    case EACCES:
    case EPERM:
      set_no_permission (path, error_number, error);
      break;
    default:
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_ACCESSIBLE, "Cannot open “%s”: %s", path,
                   g_strerror (error_number));
    }
}

/* Returns 0, or the errno. */
static int
try_open (const char *path)
{
  int fd = open (path, O_RDWR | O_EXCL | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);

  if (fd < 0)
    return errno;
  close (fd);
  return 0;
}

static gboolean
is_mounted (const char *path)
{
  g_autoptr (GPtrArray) paths = solco_unmount_list_paths (path);

  return paths->len > 0;
}

gboolean
solco_device_prepare (SolcoTask *task, const char *path, gboolean exclusively, GError **error)
{
  gint64 deadline_us
      = g_get_monotonic_time () + BUSY_PATIENCE_MS * G_TIME_SPAN_MILLISECOND;
  guint n_unmounts = 0;
  int error_number = EBUSY;

  while (error_number == EBUSY)
    {
      const gboolean mounted = is_mounted (path);

      if (!solco_task_check_cancelled (task, error))
        return FALSE;
      if (mounted && exclusively && n_unmounts++ < MAXIMUM_UNMOUNTS)
        {
          if (!solco_unmount_device (path, solco_task_get_cancellable (task), error))
            return FALSE;
          solco_task_log (task, "%s was unmounted", path);
        }
      error_number = try_open (path);
      if (error_number == EBUSY && mounted && !exclusively)
        return TRUE;
      if (error_number == EBUSY && g_get_monotonic_time () > deadline_us)
        break;
      if (error_number == EBUSY)
        g_usleep (BUSY_POLL_MS * 1000);
    }
  if (error_number == 0)
    return TRUE;
  set_open_error (path, error_number, error);
  return FALSE;
}
