/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-open.h"

#include <glib/gi18n.h>

#include "solco-message.h"

static void
report (GtkWindow *parent, const char *reason)
{
  solco_message_present (parent, _ ("It cannot be opened"), reason);
}

static void
on_shown (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWindow) parent = GTK_WINDOW (source);
  g_autoptr (GError) error = NULL;

  if (!gtk_show_uri_full_finish (parent, result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    report (parent, error->message);
}

static void
show_file (GtkWindow *parent, GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);

  gtk_show_uri_full (g_object_ref (parent), uri, GDK_CURRENT_TIME, NULL, on_shown, NULL);
}

/* Folders. */

static void
on_kind_known (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GFile *file = G_FILE (source);
  g_autoptr (GtkWindow) parent = GTK_WINDOW (user_data);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (file, result, &error);

  if (info == NULL)
    report (parent, error->message);
  else if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY || folder == NULL)
    show_file (parent, file);
  else
    show_file (parent, folder);
}

/**
 * solco_open_folder:
 * @parent: window over which failures are told
 * @path: (type filename): a folder, or a file
 *
 * Main thread.
 */
void
solco_open_folder (GtkWindow *parent, const char *path)
{
  g_return_if_fail (GTK_IS_WINDOW (parent) && path != NULL);

  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, NULL, on_kind_known, g_object_ref (parent));
}

/* Discs. */

static void
on_mounted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GVolume *volume = G_VOLUME (source);
  g_autoptr (GtkWindow) parent = GTK_WINDOW (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GMount) mount = NULL;
  g_autoptr (GFile) root = NULL;

  if (!g_volume_mount_finish (volume, result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_ALREADY_MOUNTED))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_FAILED_HANDLED))
        report (parent, error->message);
      return;
    }
  mount = g_volume_get_mount (volume);
  root = mount != NULL ? g_mount_get_root (mount) : NULL;
  if (root != NULL)
    show_file (parent, root);
  else
    report (parent, _ ("The disc was mounted, but the desktop does not say where."));
}

static GVolume *
find_volume (const char *device)
{
  g_autoptr (GVolumeMonitor) monitor = g_volume_monitor_get ();
  GList *volumes = g_volume_monitor_get_volumes (monitor);
  GVolume *found = NULL;

  for (GList *l = volumes; l != NULL && found == NULL; l = l->next)
    {
      g_autofree char *name
          = g_volume_get_identifier (l->data, G_VOLUME_IDENTIFIER_KIND_UNIX_DEVICE);

      if (g_strcmp0 (name, device) == 0)
        found = g_object_ref (l->data);
    }
  g_list_free_full (volumes, g_object_unref);
  return found;
}

/**
 * solco_open_target:
 * @parent: window over which failures are told
 * @target: a recorder with a disc in it, or an image file
 *
 * Main thread.
 */
void
solco_open_target (GtkWindow *parent, const SolcoTarget *target)
{
  g_return_if_fail (GTK_IS_WINDOW (parent) && target != NULL);

  const char *image = solco_target_get_image_path (target);
  g_autoptr (GVolume) volume = NULL;
  g_autoptr (GMount) mount = NULL;

  if (image != NULL)
    {
      solco_open_folder (parent, image);
      return;
    }
  volume = find_volume (target->address);
  mount = volume != NULL ? g_volume_get_mount (volume) : NULL;
  if (mount != NULL)
    {
      g_autoptr (GFile) root = g_mount_get_root (mount);

      show_file (parent, root);
    }
  else if (volume != NULL)
    {
      g_autoptr (GMountOperation) operation = gtk_mount_operation_new (parent);

      g_volume_mount (volume, G_MOUNT_MOUNT_NONE, operation, NULL, on_mounted,
                      g_object_ref (parent));
    }
  else
    report (parent, _ ("The desktop does not show this disc yet. Take it out and put it in "
                       "again."));
}
