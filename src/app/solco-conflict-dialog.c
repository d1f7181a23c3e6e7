/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-dialogs.h"

#include <glib/gi18n.h>

#include "text/solco-text-size.h"

/* Items whose names are taken, one after the other, with a way to decide for all of them. */
typedef struct
{
  SolcoController *controller;
  SolcoAddition *addition;
  GtkWidget *window;
  GtkWidget *title;
  GtkWidget *text;
  GtkWidget *new_line;
  GtkWidget *old_title;
  GtkWidget *old_line;
  GtkWidget *all;
} Dialog;

static char *
dup_facts (SolcoNodeKind kind, guint64 size_bytes, gint64 mtime_s)
{
  g_autofree char *size = solco_text_size_dup (size_bytes);
  g_autofree char *date = solco_text_date_dup_with_time (mtime_s);

  if (kind == SOLCO_NODE_DIRECTORY)
    return g_strdup (_ ("Folder"));
  /* Translators: size and date of a file */
  return g_strdup_printf (C_ ("file", "%s, %s"), size, date);
}

static void
dialog_free (Dialog *self)
{
  g_signal_handlers_disconnect_by_data (self->addition, self);
  g_object_unref (self->addition);
  g_object_unref (self->controller);
  g_free (self);
}

static void
show_next (Dialog *self)
{
  const SolcoConflict *conflict;
  const guint n_waiting = solco_addition_get_n_conflicts (self->addition);
  const SolcoNode *existing;
  g_autofree char *name = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;
  g_autofree char *new_facts = NULL;
  g_autofree char *old_facts = NULL;

  if (n_waiting == 0)
    {
      gtk_window_destroy (GTK_WINDOW (self->window));
      return;
    }
  conflict = solco_addition_get_conflict (self->addition, 0);
  existing = conflict->existing;
  name = g_path_get_basename (conflict->path);
  folder = g_path_get_dirname (conflict->path);
  if (g_str_equal (folder, "/"))
    {
      g_free (folder);
      folder = g_strdup (_ ("the top folder of the disc"));
    }
  title = g_strdup_printf (_ ("“%s” is there already"), name);
  if (n_waiting > 1)
    text = g_strdup_printf (ngettext ("In %s. %u more name is taken.",
                                      "In %s. %u more names are taken.", n_waiting - 1),
                            folder, n_waiting - 1);
  else
    text = g_strdup_printf (_ ("In %s."), folder);
  new_facts = dup_facts (conflict->kind, conflict->size_bytes, conflict->mtime_s);
  old_facts = dup_facts (solco_node_get_kind (existing), solco_node_get_size_bytes (existing),
                         solco_node_get_mtime_s (existing));
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->text), text);
  gtk_label_set_text (GTK_LABEL (self->new_line), new_facts);
  gtk_label_set_text (GTK_LABEL (self->old_title),
                      solco_node_get_origin (existing) == SOLCO_ORIGIN_ON_DISC
                          ? _ ("On the disc")
                          : _ ("On the stage"));
  gtk_label_set_text (GTK_LABEL (self->old_line), old_facts);
  gtk_widget_set_visible (self->all, n_waiting > 1);
}

static void
resolve (Dialog *self, SolcoConflictPolicy policy)
{
  const gboolean all = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->all));

  g_signal_handlers_block_by_func (self->addition, show_next, self);
  if (solco_addition_get_n_conflicts (self->addition) > 0)
    solco_addition_resolve (self->addition, 0, policy, all);
  g_signal_handlers_unblock_by_func (self->addition, show_next, self);
  show_next (self);
}

static void
on_replace (Dialog *self)
{
  resolve (self, SOLCO_CONFLICT_REPLACE);
}

static void
on_keep (Dialog *self)
{
  resolve (self, SOLCO_CONFLICT_KEEP);
}

static void
on_rename (Dialog *self)
{
  resolve (self, SOLCO_CONFLICT_RENAME);
}

/* Closed without a decision: nothing that is there is touched. */
static gboolean
on_close (Dialog *self)
{
  g_signal_handlers_disconnect_by_func (self->addition, show_next, self);
  while (solco_addition_get_n_conflicts (self->addition) > 0)
    solco_addition_resolve (self->addition, 0, SOLCO_CONFLICT_KEEP, TRUE);
  return FALSE;
}

static GtkWidget *
add_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0.f);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static GtkWidget *
add_card (GtkWidget *cards, const char *title, GtkWidget **title_label)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label;
  GtkWidget *line;

  gtk_widget_add_css_class (card, "disc-card");
  gtk_widget_set_margin_top (inside, 12);
  gtk_widget_set_margin_bottom (inside, 12);
  gtk_widget_set_margin_start (inside, 18);
  gtk_widget_set_margin_end (inside, 18);
  label = add_label (inside, title, "secondary");
  gtk_widget_add_css_class (label, "caption");
  line = add_label (inside, NULL, "tabular");
  gtk_box_append (GTK_BOX (card), inside);
  gtk_box_append (GTK_BOX (cards), card);
  if (title_label != NULL)
    *title_label = label;
  return line;
}

static GtkWidget *
add_button (Dialog *self, GtkWidget *box, const char *label, GCallback on_clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect_swapped (button, "clicked", on_clicked, self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
make_content (Dialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *cards = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *first;

  gtk_widget_set_margin_top (box, 24);
  gtk_widget_set_margin_bottom (box, 24);
  gtk_widget_set_margin_start (box, 24);
  gtk_widget_set_margin_end (box, 24);
  self->title = add_label (head, NULL, "title-4");
  self->text = add_label (head, NULL, "secondary");
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_set_homogeneous (GTK_BOX (cards), TRUE);
  self->old_line = add_card (cards, NULL, &self->old_title);
  self->new_line = add_card (cards, _ ("To be added"), NULL);
  gtk_box_append (GTK_BOX (box), cards);
  self->all = gtk_check_button_new_with_mnemonic (_ ("_Apply to all names that are taken"));
  gtk_box_append (GTK_BOX (box), self->all);
  first = add_button (self, buttons, _ ("_Replace"), G_CALLBACK (on_replace));
  gtk_widget_add_css_class (first, "suggested-action");
  add_button (self, buttons, _ ("_Keep Both, Under a New Name"), G_CALLBACK (on_rename));
  add_button (self, buttons, _ ("_Leave It Out"), G_CALLBACK (on_keep));
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_window_set_child (GTK_WINDOW (self->window), box);
  gtk_window_set_default_widget (GTK_WINDOW (self->window), first);
  gtk_window_set_focus (GTK_WINDOW (self->window), first);
}

/**
 * solco_conflict_dialog_present:
 * @parent: the main window
 * @controller: what it works with
 * @addition: whose conflicts are to be decided
 *
 * Asks for each of them until none waits. What is not decided is left out.
 */
void
solco_conflict_dialog_present (GtkWindow *parent, SolcoController *controller,
                               SolcoAddition *addition)
{
  Dialog *self = g_new0 (Dialog, 1);

  self->controller = g_object_ref (controller);
  self->addition = g_object_ref (addition);
  self->window = g_object_new (GTK_TYPE_WINDOW, "transient-for", parent, "modal", TRUE,
                               "destroy-with-parent", TRUE, "resizable", FALSE, "default-width",
                               480, "title", _ ("Names That Are Taken"), NULL);
  make_content (self);
  solco_hide_titlebar (self->window);
  solco_close_on_escape (self->window);
  g_object_set_data_full (G_OBJECT (self->window), "dialog", self, (GDestroyNotify) dialog_free);
  g_signal_connect_swapped (self->window, "close-request", G_CALLBACK (on_close), self);
  g_signal_connect_swapped (addition, "notify::n-conflicts", G_CALLBACK (show_next), self);
  show_next (self);
  solco_dialog_present (self->window);
}
