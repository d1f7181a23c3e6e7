/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints what libgudev sees of optical drives: those that are there, and every event, until its
 * input ends. */
#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <gudev/gudev.h>

static void
print_device (const char *what, GUdevDevice *device)
{
  const char *state = g_udev_device_get_property (device, "ID_CDROM_MEDIA_STATE");

  if (!g_udev_device_get_property_as_boolean (device, "ID_CDROM"))
    return;
  g_print ("%s %s %s %s\n", what, g_udev_device_get_device_file (device),
           g_udev_device_get_property (device, "ID_MODEL"), state != NULL ? state : "empty");
}

static void
on_uevent (GUdevClient *client, const char *action, GUdevDevice *device, gpointer data)
{
  print_device (action, device);
}

static void
on_input (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (g_input_stream_skip_finish (G_INPUT_STREAM (source), result, &error) < 0)
    g_printerr ("%s\n", error->message);
  g_main_loop_quit (data);
}

int
main (int argc, char **argv)
{
  const char *const subsystems[] = { "block", NULL };
  g_autoptr (GUdevClient) client = g_udev_client_new (subsystems);
  g_autoptr (GInputStream) input = g_unix_input_stream_new (0, FALSE);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GList *devices = g_udev_client_query_by_subsystem (client, "block");

  g_signal_connect (client, "uevent", G_CALLBACK (on_uevent), NULL);
  for (GList *item = devices; item != NULL; item = item->next)
    print_device ("present", item->data);
  g_list_free_full (devices, g_object_unref);
  g_print ("watching\n");
  g_input_stream_skip_async (input, 1, G_PRIORITY_DEFAULT, NULL, on_input, loop);
  g_main_loop_run (loop);
  return 0;
}
