/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-udisks-private.h"

#define NAME "org.freedesktop.UDisks2"
#define MANAGER_PATH "/org/freedesktop/UDisks2/Manager"
#define MANAGER "org.freedesktop.UDisks2.Manager"
#define FILE_SYSTEM "org.freedesktop.UDisks2.Filesystem"
#define BLOCK "org.freedesktop.UDisks2.Block"
/* UDisks may have to be started first; a drive that spins down takes some seconds. */
#define FIND_TIMEOUT_MS 10000
#define UNMOUNT_TIMEOUT_MS 20000
/* UDisks answers when udev has looked at the disc, which is not waited for. */
#define RESCAN_TIMEOUT_MS 5000

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
      bus, NAME, MANAGER_PATH, MANAGER, "ResolveDevice",
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
call (const char *device, const char *interface, const char *method, int timeout_ms,
      GCancellable *cancellable, GError **error)
{
  g_autoptr (GDBusConnection) bus = connect_to_bus (cancellable, error);
  g_autofree char *object = bus != NULL ? find_object (bus, device, cancellable, error) : NULL;
  g_autoptr (GVariant) reply = NULL;

  if (object != NULL)
    reply = g_dbus_connection_call_sync (
        bus, NAME, object, interface, method,
        g_variant_new_parsed ("({'auth.no_user_interaction': <true>},)"), NULL,
        G_DBUS_CALL_FLAGS_NONE, timeout_ms, cancellable, error);
  if (bus != NULL)
    (void) g_dbus_connection_close_sync (bus, NULL, NULL);
  return reply != NULL;
}

gboolean
solco_udisks_unmount (const char *device, GCancellable *cancellable, GError **error)
{
  return call (device, FILE_SYSTEM, "Unmount", UNMOUNT_TIMEOUT_MS, cancellable, error);
}

gboolean
solco_udisks_rescan (const char *device, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (call (device, BLOCK, "Rescan", RESCAN_TIMEOUT_MS, cancellable, &local_error)
      || g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}
