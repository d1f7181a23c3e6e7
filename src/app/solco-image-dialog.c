/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-image-dialog.h"

#include <glib/gi18n.h>

#include "solco-message.h"

/* In the order of the list. */
static const struct
{
  SolcoImageKind kind;
  const char *setting;
  const char *name;
} kinds[] = {
  { SOLCO_IMAGE_KIND_FREE_SPACE, "free", N_ ("As much as the folder has room for") },
  { SOLCO_IMAGE_KIND_CD_650, "cd650", N_ ("CD, 650 MB") },
  { SOLCO_IMAGE_KIND_CD_700, "cd700", N_ ("CD, 700 MB") },
  { SOLCO_IMAGE_KIND_DVD, "dvd", N_ ("DVD, 4.7 GB") },
  { SOLCO_IMAGE_KIND_DVD_DL, "dvd-dl", N_ ("DVD, two layers, 8.5 GB") },
  { SOLCO_IMAGE_KIND_BD_25, "bd25", N_ ("BD, 25 GB") },
  { SOLCO_IMAGE_KIND_BD_50, "bd50", N_ ("BD, 50 GB") },
  { SOLCO_IMAGE_KIND_BD_100, "bd100", N_ ("BD, 100 GB") },
};

typedef struct
{
  GtkWindow *window;
  GtkWindow *parent;
  GSettings *settings;
  GtkDropDown *size;
  SolcoImageFunc chosen;
  gpointer user_data;
} Dialog;

static void
dialog_free (Dialog *self)
{
  g_object_unref (self->settings);
  g_object_unref (self->parent);
  g_free (self);
}

static void
on_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GtkWindow *window = GTK_WINDOW (source);
  Dialog *self = g_object_get_data (G_OBJECT (window), "dialog");
  GSList *files = solco_files_choose_finish (window, result);

  if (files != NULL && self != NULL)
    {
      GtkWindow *parent = self->parent;
      SolcoImageFunc chosen = self->chosen;
      gpointer data = self->user_data;

      gtk_window_destroy (window);
      chosen (parent, files->data, data);
    }
  g_slist_free_full (files, g_object_unref);
}

static void
choose (Dialog *self, gboolean is_new)
{
  const SolcoFileChoice choice = {
    .title = is_new ? _ ("New Image File") : _ ("Open Image File"),
    .accept = is_new ? _ ("_Create") : NULL,
    .action = is_new ? GTK_FILE_CHOOSER_ACTION_SAVE : GTK_FILE_CHOOSER_ACTION_OPEN,
    .name = is_new ? _ ("Disc.iso") : NULL,
    .pattern = "*.iso",
    .pattern_name = _ ("Disc Images"),
  };

  solco_files_choose_async (self->window, &choice, on_chosen, NULL);
}

static void
on_new (Dialog *self)
{
  const guint selected = gtk_drop_down_get_selected (self->size);

  if (selected < G_N_ELEMENTS (kinds))
    g_settings_set_string (self->settings, "image-kind", kinds[selected].setting);
  choose (self, TRUE);
}

static void
on_open (Dialog *self)
{
  choose (self, FALSE);
}

static GtkWidget *
make_size (Dialog *self)
{
  g_autofree char *setting = g_settings_get_string (self->settings, "image-kind");
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new_with_mnemonic (_ ("A new image stands for a _medium"));
  GtkWidget *list = gtk_list_box_new ();
  guint selected = 0;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gtk_string_list_append (names, _ (kinds[i].name));
      if (g_str_equal (kinds[i].setting, setting))
        selected = i;
    }
  self->size = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL));
  gtk_drop_down_set_selected (self->size, selected);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), GTK_WIDGET (self->size));
  gtk_label_set_xalign (GTK_LABEL (label), 0.f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->size), GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->size));
  gtk_widget_set_margin_top (row, 12);
  gtk_widget_set_margin_bottom (row, 12);
  gtk_widget_set_margin_start (row, 18);
  gtk_widget_set_margin_end (row, 18);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_set_focusable (gtk_widget_get_first_child (list), FALSE);
  gtk_widget_add_css_class (list, "boxed");
  return list;
}

static void
make_content (Dialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *create = gtk_button_new_with_mnemonic (_ ("_New Image File…"));
  GtkWidget *open = gtk_button_new_with_mnemonic (_ ("_Open an Image File…"));
  GtkWidget *text = gtk_label_new (_ ("An image file is burned like a disc: it grows session by "
                                      "session, and can be opened on any computer."));

  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_xalign (GTK_LABEL (text), 0.f);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 50);
  gtk_widget_set_margin_top (box, 24);
  gtk_widget_set_margin_bottom (box, 24);
  gtk_widget_set_margin_start (box, 24);
  gtk_widget_set_margin_end (box, 24);
  gtk_widget_add_css_class (create, "suggested-action");
  g_signal_connect_swapped (create, "clicked", G_CALLBACK (on_new), self);
  g_signal_connect_swapped (open, "clicked", G_CALLBACK (on_open), self);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), make_size (self));
  gtk_box_append (GTK_BOX (buttons), create);
  gtk_box_append (GTK_BOX (buttons), open);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_window_set_child (self->window, box);
  gtk_window_set_default_widget (self->window, create);
  gtk_window_set_focus (self->window, create);
}

/**
 * solco_image_dialog_present:
 * @parent: the main window
 * @controller: whose settings hold the size
 * @chosen: called with the file
 * @user_data: for @chosen
 *
 * Main thread.
 */
void
solco_image_dialog_present (GtkWindow *parent, SolcoController *controller, SolcoImageFunc chosen,
                            gpointer user_data)
{
  Dialog *self = g_new0 (Dialog, 1);
  GtkWidget *window = g_object_new (GTK_TYPE_WINDOW, "transient-for", parent, "modal", TRUE,
                                    "destroy-with-parent", TRUE, "resizable", FALSE, "title",
                                    _ ("Disc Image File"), "default-width", 420, NULL);

  self->window = GTK_WINDOW (window);
  self->parent = g_object_ref (parent);
  self->settings = g_object_ref (solco_controller_get_settings (controller));
  self->chosen = chosen;
  self->user_data = user_data;
  g_object_set_data_full (G_OBJECT (window), "dialog", self, (GDestroyNotify) dialog_free);
  gtk_window_set_titlebar (self->window, gtk_header_bar_new ());
  make_content (self);
  solco_close_on_escape (window);
  solco_dialog_present (window);
}
