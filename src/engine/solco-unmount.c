/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-unmount-private.h"

#include <errno.h>
#include <gio/gunixmounts.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include "solco-error.h"
#include "solco-holders-private.h"

#define UDISKS_NAME "org.freedesktop.UDisks2"
#define UDISKS_MANAGER_PATH "/org/freedesktop/UDisks2/Manager"
#define UDISKS_MANAGER "org.freedesktop.UDisks2.Manager"
#define UDISKS_FILE_SYSTEM "org.freedesktop.UDisks2.Filesystem"
/* UDisks may have to be started first; a drive that spins down takes some seconds. */
#define FIND_TIMEOUT_MS 10000
#define UNMOUNT_TIMEOUT_MS 20000

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

/* A connection of our own: the process's common one ends the process when the bus goes away. */
static GDBusConnection *
connect_to_bus (GCancellable *cancellable, GError **error)
{
  g_autofree char *address
      = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SYSTEM, cancellable, error);

  if (address == NULL)
    return NULL;
  return g_dbus_connection_new_for_address_sync (
      address,
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, cancellable, error);
}

/* What UDisks calls the device. */
static char *
find_object (GDBusConnection *bus, const char *device, GCancellable *cancellable, GError **error)
{
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      bus, UDISKS_NAME, UDISKS_MANAGER_PATH, UDISKS_MANAGER, "ResolveDevice",
      g_variant_new_parsed ("({'path': <%s>}, @a{sv} {})", device), G_VARIANT_TYPE ("(ao)"),
      G_DBUS_CALL_FLAGS_NONE, FIND_TIMEOUT_MS, cancellable, error);
  g_autoptr (GVariant) objects = NULL;
  char *object = NULL;

  if (reply == NULL)
    return NULL;
  objects = g_variant_get_child_value (reply, 0);
  if (g_variant_n_children (objects) > 0)
    g_variant_get_child (objects, 0, "o", &object);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "UDisks does not know “%s”", device);
  return object;
}

static gboolean
unmount_by_udisks (const char *device, GCancellable *cancellable, GError **error)
{
  g_autoptr (GDBusConnection) bus = connect_to_bus (cancellable, error);
  g_autofree char *object = bus != NULL ? find_object (bus, device, cancellable, error) : NULL;
  g_autoptr (GVariant) reply = NULL;

  if (object != NULL)
    reply = g_dbus_connection_call_sync (
        bus, UDISKS_NAME, object, UDISKS_FILE_SYSTEM, "Unmount",
        g_variant_new_parsed ("({'auth.no_user_interaction': <true>},)"), NULL,
        G_DBUS_CALL_FLAGS_NONE, UNMOUNT_TIMEOUT_MS, cancellable, error);
  if (bus != NULL)
    (void) g_dbus_connection_close_sync (bus, NULL, NULL);
  return reply != NULL;
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

  if (unmount_by_udisks (device, cancellable, &bus_error))
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
