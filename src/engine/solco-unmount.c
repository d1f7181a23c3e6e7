/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-unmount-private.h"

#include <errno.h>
#include <gio/gunixmounts.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include "solco-error.h"
#include "solco-holders-private.h"
#include "solco-udisks-private.h"

static gboolean
is_same_device (const char *device, const char *other)
{
  struct stat status;
  struct stat other_status;

  if (strcmp (device, other) == 0)
    return TRUE;
  /* Only nodes are looked at: the source of a mount may be a server that does not answer. */
  return g_str_has_prefix (other, "/dev/") && stat (device, &status) == 0
         && stat (other, &other_status) == 0 && S_ISBLK (status.st_mode)
         && S_ISBLK (other_status.st_mode) && status.st_rdev == other_status.st_rdev;
}

GPtrArray *
solco_unmount_list_paths (const char *device)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  GList *mounts = g_unix_mounts_get (NULL);

  /* What was mounted over another has to go before it. */
  for (GList *l = g_list_last (mounts); l != NULL; l = l->prev)
    if (is_same_device (device, g_unix_mount_get_device_path (l->data)))
      g_ptr_array_add (paths, g_strdup (g_unix_mount_get_mount_path (l->data)));
  g_list_free_full (mounts, (GDestroyNotify) g_unix_mount_free);
  return paths;
}

/* Says who is in the way, or else why it is not permitted. */
static void
set_error (const char *device, const char *path, gboolean is_busy, const char *reason, GError **error)
{
  g_autofree char *holders = solco_holders_dup (device, path);

  if (is_busy || holders != NULL)
    g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_DISC_IN_USE,
                 "“%s” is mounted at “%s”, and cannot be unmounted while it is in use by %s", device,
                 path, holders != NULL ? holders : "a program that the system does not name");
  else
    g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_ACCESSIBLE,
                 "“%s” is mounted at “%s”, and cannot be unmounted: %s", device, path, reason);
}

static gboolean
unmount_one (const char *device, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) bus_error = NULL;
  int saved_errno;

  if (solco_udisks_unmount (device, cancellable, &bus_error))
    return TRUE;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  /* EINVAL: it is no mount any more, whoever undid it. */
  if (umount2 (path, UMOUNT_NOFOLLOW) == 0 || errno == EINVAL)
    return TRUE;
  saved_errno = errno;
  set_error (device, path, saved_errno == EBUSY,
             saved_errno == EPERM ? bus_error->message : g_strerror (saved_errno), error);
  return FALSE;
}

gboolean
solco_unmount_device (const char *device, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) paths = solco_unmount_list_paths (device);

  for (guint i = 0; i < paths->len; i++)
    if (!unmount_one (device, g_ptr_array_index (paths, i), cancellable, error))
      return FALSE;
  return TRUE;
}
