/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window like that of a file manager: it copies the files that are dropped on it to a folder.
 * drop-target FOLDER */
#include <gtk/gtk.h>

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, const char *folder)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

  for (GSList *l = files; l != NULL; l = l->next)
    {
      g_autofree char *name = g_file_get_basename (l->data);
      g_autoptr (GFile) copy = g_file_new_build_filename (folder, name, NULL);
      g_autoptr (GError) error = NULL;

      if (!g_file_copy (l->data, copy, G_FILE_COPY_NONE, NULL, NULL, NULL, &error))
        g_error ("%s", error->message);
    }
  return TRUE;
}

int
main (int argc, char **argv)
{
  GtkDropTarget *target;
  GtkWidget *window;

  g_assert_cmpint (argc, ==, 2);
  gtk_init ();
  window = gtk_window_new ();
  target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY | GDK_ACTION_MOVE);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), argv[1]);
  gtk_widget_add_controller (window, GTK_EVENT_CONTROLLER (target));
  gtk_window_set_title (GTK_WINDOW (window), "Drop target");
  gtk_window_set_default_size (GTK_WINDOW (window), 240, 240);
  gtk_window_present (GTK_WINDOW (window));
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}
