/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-disc-window.h"

#include <glib/gi18n.h>

#include "solco-copy-dialog.h"
#include "solco-message.h"
#include "solco-option-row.h"
#include "text/solco-text-job.h"
#include "text/solco-text-medium.h"
#include "text/solco-text-size.h"

struct _SolcoDiscWindow
{
  GtkWindow parent_instance;

  SolcoController *controller;
  GString *text;

  GtkWidget *sessions_title;
  GtkBox *sessions_box;
  GtkWidget *tracks_title;
  GtkBox *tracks_box;
  GtkBox *properties_box;
  GtkButton *copy_button;
};

G_DEFINE_FINAL_TYPE (SolcoDiscWindow, solco_disc_window, GTK_TYPE_WINDOW)

static void
clear_box (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static GtkWidget *
make_value (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_RIGHT);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
  gtk_widget_add_css_class (label, "tabular");
  return label;
}

/* A key and its value; takes @value, which may be NULL for what is not known. */
static void
add_property (SolcoDiscWindow *self, const char *key, char *value)
{
  GtkWidget *row;

  if (value == NULL || *value == '\0')
    {
      g_free (value);
      return;
    }
  row = solco_option_row_new (key, NULL, make_value (value));
  gtk_widget_add_css_class (row, "property");
  gtk_box_append (self->properties_box, row);
  g_string_append_printf (self->text, "%s: %s\n", key, value);
  g_free (value);
}

static char *
dup_block (gint64 block)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, block);

  /* Translators: number of a block */
  return block >= 0 ? g_strdup_printf (_ ("block %s"), number) : NULL;
}

static char *
dup_maker (const SolcoMedium *medium)
{
  if (medium->manufacturer != NULL && medium->media_id != NULL)
    return g_strdup_printf (C_ ("list", "%s, %s"), medium->manufacturer, medium->media_id);
  return g_strdup (medium->manufacturer != NULL ? medium->manufacturer : medium->media_id);
}

static char *
dup_state (const SolcoMedium *medium)
{
  const char *content = solco_text_medium_get_content (medium);
  g_autofree char *damage = solco_text_medium_dup_damage (medium);
  GString *text = g_string_new (solco_text_medium_get_state (medium));

  if (content != NULL)
    g_string_append_printf (text, "\n%s", content);
  if (damage != NULL)
    g_string_append_printf (text, "\n%s", damage);
  return g_string_free (text, FALSE);
}

static void
show_properties (SolcoDiscWindow *self, const SolcoMedium *medium)
{
  const gint64 gap_blocks = solco_capacity_get_gap_blocks (
      medium->profile, medium->is_image_file, MAX (1, medium->sessions->len));

  add_property (self, _ ("Label"), g_strdup (medium->volume_label));
  add_property (self, _ ("Medium"), solco_text_medium_dup_kind (medium));
  add_property (self, _ ("State"), dup_state (medium));
  if (medium->capacity_blocks > 0)
    add_property (self, _ ("Capacity"),
                  solco_text_size_dup_with_blocks (medium->capacity_blocks));
  add_property (self, _ ("Free now"), solco_text_size_dup_with_blocks (medium->free_blocks));
  add_property (self, _ ("Next session starts at"), dup_block (medium->next_writable_block));
  if (gap_blocks > 0)
    add_property (self, _ ("Gap before each later session"),
                  solco_text_size_dup_with_blocks (gap_blocks));
  add_property (self, _ ("Speeds"), solco_text_medium_dup_speeds (medium));
  add_property (self, _ ("Manufacturer"), dup_maker (medium));
  add_property (self, _ ("Can be erased"),
                g_strdup (medium->is_erasable ? _ ("Yes") : _ ("No")));
  if (medium->is_image_file)
    {
      const SolcoTarget *target = solco_controller_get_target (self->controller);
      const char *path = target != NULL ? solco_target_get_image_path (target) : NULL;

      add_property (self, _ ("File"), path != NULL ? g_filename_display_name (path) : NULL);
    }
}

static void
on_copy_from_clicked (GtkWidget *button, SolcoDiscWindow *self)
{
  const guint session = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "session"));

  solco_copy_dialog_present_session (GTK_WINDOW (self), self->controller, session, NULL);
}

/* How many files of the present content lie in the session. */
static guint64
count_files (const SolcoTree *tree, guint session)
{
  guint32 n_nodes;
  const SolcoTreeNode *nodes = solco_tree_get_nodes (tree, &n_nodes);
  guint64 n_files = 0;

  for (guint32 i = 0; i < n_nodes; i++)
    n_files += nodes[i].kind == SOLCO_NODE_FILE && nodes[i].session == session ? 1 : 0;
  return n_files;
}

static char *
dup_session_line (SolcoDiscWindow *self, const SolcoSession *session)
{
  SolcoTree *tree = solco_controller_get_disc_tree (self->controller);
  char *line = solco_text_session_dup_line (session);

  if (tree != NULL && session->has_file_system)
    {
      const gulong n = (gulong) count_files (tree, session->number);
      g_autofree char *old = line;
      g_autofree char *files = g_strdup_printf (
          /* Translators: files of the newest content whose data lies in this session */
          ngettext ("%lu file in use", "%lu files in use", n), n);

      line = g_strdup_printf ("%s · %s", old, files);
    }
  return line;
}

static void
add_session (SolcoDiscWindow *self, const SolcoSession *session)
{
  g_autofree char *title = solco_text_session_dup_title (session);
  g_autofree char *line = dup_session_line (self, session);
  /* Translators: number of a session */
  g_autofree char *name = g_strdup_printf (_ ("Copy files from session %u"), session->number);
  GtkWidget *button = NULL;

  if (session->has_file_system)
    {
      button = gtk_button_new_from_icon_name ("folder-download-symbolic");
      gtk_widget_set_tooltip_text (button, name);
      gtk_widget_add_css_class (button, "flat");
      g_object_set_data (G_OBJECT (button), "session", GUINT_TO_POINTER (session->number));
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_copy_from_clicked), self, 0);
    }

  GtkWidget *row = solco_option_row_new (title, line, button);

  if (button != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    -1);
  gtk_box_append (self->sessions_box, row);
  g_string_append_printf (self->text, "%s: %s\n", title, line);
}

static void
add_track (SolcoDiscWindow *self, const SolcoTrack *track)
{
  g_autofree char *title
      = g_strdup_printf (track->is_audio ? _ ("Track %u, audio") : _ ("Track %u, data"),
                         track->number);
  g_autofree char *start = g_strdup_printf ("%" G_GINT64_FORMAT, track->start_block);
  /* Translators: numbers of a session and of a block */
  g_autofree char *line
      = g_strdup_printf (_ ("Session %u, from block %s"), track->session, start);
  g_autofree char *size = solco_text_size_dup_with_blocks (track->size_blocks);

  gtk_box_append (self->tracks_box, solco_option_row_new (title, line, make_value (size)));
  g_string_append_printf (self->text, "%s: %s, %s\n", title, line, size);
}

static void
on_medium_changed (SolcoDiscWindow *self)
{
  SolcoMedium *medium = solco_controller_get_medium (self->controller);
  guint n_sessions = 0;
  guint n_tracks = 0;

  clear_box (self->sessions_box);
  clear_box (self->tracks_box);
  clear_box (self->properties_box);
  g_string_truncate (self->text, 0);
  if (medium == NULL)
    add_property (self, _ ("State"),
                  g_strdup (solco_controller_is_reading (self->controller)
                                ? _ ("The disc is being read")
                                : _ ("Not known")));
  else if (medium->state == SOLCO_MEDIUM_NONE)
    add_property (self, _ ("State"), g_strdup (solco_text_medium_get_state (medium)));
  else
    {
      n_sessions = medium->sessions->len;
      n_tracks = medium->tracks->len;
      for (guint i = n_sessions; i > 0; i--)
        add_session (self, &g_array_index (medium->sessions, SolcoSession, i - 1));
      for (guint i = 0; i < n_tracks; i++)
        add_track (self, &g_array_index (medium->tracks, SolcoTrack, i));
      show_properties (self, medium);
    }
  gtk_widget_set_visible (self->sessions_title, n_sessions > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->sessions_box), n_sessions > 0);
  gtk_widget_set_visible (self->tracks_title, n_tracks > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->tracks_box), n_tracks > 0);
}

static void
on_copy_clicked (SolcoDiscWindow *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->text->str);
}

static void
solco_disc_window_dispose (GObject *object)
{
  SolcoDiscWindow *self = SOLCO_DISC_WINDOW (object);

  g_clear_object (&self->controller);
  G_OBJECT_CLASS (solco_disc_window_parent_class)->dispose (object);
}

static void
solco_disc_window_finalize (GObject *object)
{
  SolcoDiscWindow *self = SOLCO_DISC_WINDOW (object);

  g_string_free (self->text, TRUE);
  G_OBJECT_CLASS (solco_disc_window_parent_class)->finalize (object);
}

static void
solco_disc_window_class_init (SolcoDiscWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = solco_disc_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = solco_disc_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/solco/Solco/disc-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SolcoDiscWindow, sessions_title);
  gtk_widget_class_bind_template_child (widget_class, SolcoDiscWindow, sessions_box);
  gtk_widget_class_bind_template_child (widget_class, SolcoDiscWindow, tracks_title);
  gtk_widget_class_bind_template_child (widget_class, SolcoDiscWindow, tracks_box);
  gtk_widget_class_bind_template_child (widget_class, SolcoDiscWindow, properties_box);
  gtk_widget_class_bind_template_child (widget_class, SolcoDiscWindow, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
}

static void
solco_disc_window_init (SolcoDiscWindow *self)
{
  self->text = g_string_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * solco_disc_window_new:
 * @parent: (nullable): window over which it opens
 * @controller: whose disc it shows
 *
 * Main thread.
 *
 * Returns: (transfer none): the window, not presented yet
 */
GtkWidget *
solco_disc_window_new (GtkWindow *parent, SolcoController *controller)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (controller), NULL);

  SolcoDiscWindow *self = g_object_new (SOLCO_TYPE_DISC_WINDOW, "transient-for", parent, NULL);

  self->controller = g_object_ref (controller);
  g_signal_connect_object (controller, "notify::medium", G_CALLBACK (on_medium_changed), self,
                           G_CONNECT_SWAPPED);
  on_medium_changed (self);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->copy_button));
  return GTK_WIDGET (self);
}

/**
 * solco_disc_window_get_text:
 * @self: the window
 *
 * Main thread.
 *
 * Returns: (transfer none): what it shows, a line a fact
 */
const char *
solco_disc_window_get_text (SolcoDiscWindow *self)
{
  g_return_val_if_fail (SOLCO_IS_DISC_WINDOW (self), NULL);

  return self->text->str;
}

/**
 * solco_disc_window_present:
 * @parent: (nullable): window over which it opens
 * @controller: whose disc it shows
 *
 * Main thread.
 */
void
solco_disc_window_present (GtkWindow *parent, SolcoController *controller)
{
  solco_dialog_present (solco_disc_window_new (parent, controller));
}
