/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits of what is selected. */
#include <glib/gi18n.h>

#include "engine/solco-error.h"
#include "solco-pane-private.h"
#include "text/solco-text-error.h"

gboolean
solco_pane_apply_rename (SolcoPane *self, SolcoRow *row, const char *name)
{
  SolcoNode *node = solco_row_get_node (row);
  SolcoCell *cell = solco_pane_find_cell (self, row);
  g_autoptr (GError) error = NULL;
  g_autofree char *title = NULL;

  if (node == NULL || g_strcmp0 (solco_node_get_name (node), name) == 0
      || solco_project_rename (self->project, node, name, &error))
    return TRUE;
  title = solco_text_error_dup_title (error);
  if (cell != NULL)
    solco_cell_show_error (cell, title);
  return FALSE;
}

void
solco_pane_restore_row (SolcoPane *self, SolcoRow *row)
{
  SolcoNode *node = solco_row_get_node (row);

  if (node != NULL)
    solco_project_restore (self->project, &node, 1);
}

/**
 * solco_pane_can_rename:
 * @self: a pane
 *
 * Returns: whether one item is selected that can have another name
 */
gboolean
solco_pane_can_rename (SolcoPane *self)
{
  g_autoptr (GPtrArray) nodes = NULL;

  g_return_val_if_fail (SOLCO_IS_PANE (self), FALSE);

  if (solco_pane_get_n_selected (self) != 1)
    return FALSE;
  nodes = solco_pane_get_selected (self);
  return solco_node_get_origin (g_ptr_array_index (nodes, 0)) != SOLCO_ORIGIN_REMOVED;
}

static gboolean
any_selected (SolcoPane *self, gboolean (*test) (const SolcoNode *node))
{
  g_autoptr (GPtrArray) nodes = solco_pane_get_selected (self);

  for (guint i = 0; i < nodes->len; i++)
    if (test (g_ptr_array_index (nodes, i)))
      return TRUE;
  return FALSE;
}

static gboolean
is_removable (const SolcoNode *node)
{
  return solco_node_get_origin (node) != SOLCO_ORIGIN_REMOVED;
}

/**
 * solco_pane_can_remove:
 * @self: a pane
 *
 * Returns: whether anything is selected that is not removed yet
 */
gboolean
solco_pane_can_remove (SolcoPane *self)
{
  g_return_val_if_fail (SOLCO_IS_PANE (self), FALSE);

  return any_selected (self, is_removable);
}

/**
 * solco_pane_can_restore:
 * @self: a pane
 *
 * Returns: whether anything is selected that was removed or replaced
 */
gboolean
solco_pane_can_restore (SolcoPane *self)
{
  g_return_val_if_fail (SOLCO_IS_PANE (self), FALSE);

  return any_selected (self, solco_node_is_restorable);
}

/**
 * solco_pane_rename:
 * @self: a pane
 *
 * Opens the editor in the selected row.
 */
void
solco_pane_rename (SolcoPane *self)
{
  g_autoptr (GPtrArray) nodes = NULL;
  g_autoptr (SolcoRow) row = NULL;
  SolcoCell *cell;

  g_return_if_fail (SOLCO_IS_PANE (self));

  if (!solco_pane_can_rename (self))
    return;
  nodes = solco_pane_get_selected (self);
  row = solco_row_get (self->project, g_ptr_array_index (nodes, 0));
  cell = solco_pane_find_cell (self, row);
  if (cell != NULL)
    {
      solco_cell_start_rename (cell);
      return;
    }
  /* It is scrolled out of sight. */
  if (solco_pane_show_node (self, g_ptr_array_index (nodes, 0)))
    self->pending_rename = TRUE;
}

/**
 * solco_pane_remove:
 * @self: a pane
 *
 * Takes what is selected off the stage; what is on the disc is marked as removed.
 */
void
solco_pane_remove (SolcoPane *self)
{
  g_autoptr (GPtrArray) nodes = NULL;

  g_return_if_fail (SOLCO_IS_PANE (self));

  nodes = solco_pane_get_selected (self);
  solco_project_remove (self->project, (SolcoNode *const *) nodes->pdata, nodes->len);
}

/**
 * solco_pane_restore:
 * @self: a pane
 *
 * Brings back what is selected and was removed or replaced.
 */
void
solco_pane_restore (SolcoPane *self)
{
  g_autoptr (GPtrArray) nodes = NULL;

  g_return_if_fail (SOLCO_IS_PANE (self));

  nodes = solco_pane_get_selected (self);
  solco_project_restore (self->project, (SolcoNode *const *) nodes->pdata, nodes->len);
}

/**
 * solco_pane_new_folder:
 * @self: a pane
 *
 * Makes a folder beside or in what is selected, and opens the editor of its name.
 */
void
solco_pane_new_folder (SolcoPane *self)
{
  SolcoNode *parent;
  SolcoNode *folder;
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (SOLCO_IS_PANE (self));

  parent = solco_pane_get_target_folder (self);
  if (parent == NULL)
    parent = solco_project_get_root (self->project);
  name = solco_project_get_free_name (self->project, parent, _ ("New Folder"), TRUE);
  folder = solco_project_new_folder (self->project, parent, name, &error);
  if (folder == NULL)
    {
      solco_controller_report_error (self->controller, error);
      return;
    }
  if (solco_pane_show_node (self, folder))
    self->pending_rename = TRUE;
}

static void
on_copied_text (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SolcoPane) self = user_data;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GSList *files = NULL;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, &error) < 0
      || self->controller == NULL)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (source));
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  /* "copy" or "cut", and an address a line. What was cut is copied: a disc takes nothing away. */
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 1; lines[0] != NULL && lines[i] != NULL; i++)
    if (*g_strchomp (lines[i]) != '\0')
      files = g_slist_prepend (files, g_file_new_for_uri (lines[i]));
  files = g_slist_reverse (files);
  solco_controller_stage_files (self->controller, files, solco_pane_get_target_folder (self));
  g_slist_free_full (files, g_object_unref);
}

static void
on_copied_stream (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SolcoPane) self = user_data;
  g_autoptr (GOutputStream) text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream
      = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, &error);

  if (stream == NULL)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  text = g_memory_output_stream_new_resizable ();
  g_output_stream_splice_async (
      text, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
      G_PRIORITY_DEFAULT, NULL, on_copied_text, g_object_ref (self));
}

static void
on_pasted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SolcoPane) self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, &error);
  g_autoptr (GSList) files = NULL;

  if (value == NULL || self->controller == NULL)
    {
      if (error != NULL)
        gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  files = gdk_file_list_get_files (g_value_get_boxed (value));
  solco_controller_stage_files (self->controller, files, solco_pane_get_target_folder (self));
}

/**
 * solco_pane_paste:
 * @self: a pane
 *
 * Adds the files that were copied in a file manager.
 */
void
solco_pane_paste (SolcoPane *self)
{
  /* Several file managers have nothing but this. */
  static const char *const copied_files[] = { "x-special/gnome-copied-files", NULL };
  GdkClipboard *clipboard;
  GdkContentFormats *formats;

  g_return_if_fail (SOLCO_IS_PANE (self));

  clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  formats = gdk_clipboard_get_formats (clipboard);
  if (gdk_content_formats_contain_mime_type (formats, copied_files[0])
      && !gdk_content_formats_contain_mime_type (formats, "text/uri-list")
      && !gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    {
      gdk_clipboard_read_async (clipboard, (const char **) copied_files, G_PRIORITY_DEFAULT, NULL,
                                on_copied_stream, g_object_ref (self));
      return;
    }
  gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL,
                                  on_pasted, g_object_ref (self));
}
