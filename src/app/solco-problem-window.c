/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-dialogs.h"

#include <glib/gi18n.h>

#include "text/solco-text-problem.h"

static void
on_setup (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0.f);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_item_set_child (item, box);
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *item)
{
  const SolcoProblem *problem
      = solco_problem_item_get_problem (SOLCO_PROBLEM_ITEM (gtk_list_item_get_item (item)));
  GtkWidget *icon = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *label = gtk_widget_get_next_sibling (icon);
  const gboolean is_serious = solco_problem_kind_is_serious (problem->kind);
  g_autofree char *sentence = solco_text_problem_dup_sentence (problem);

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), is_serious ? "dialog-warning-symbolic"
                                                             : "help-about-symbolic");
  if (is_serious)
    gtk_widget_add_css_class (icon, "warn");
  else
    gtk_widget_remove_css_class (icon, "warn");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_serious ? _ ("Problem") : _ ("Remark"), -1);
  gtk_label_set_text (GTK_LABEL (label), sentence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (
                                      gtk_list_item_get_child (item))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
}

static void
on_copy (GtkWidget *button, SolcoProblemList *problems)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (problems)); i++)
    {
      g_autoptr (SolcoProblemItem) item = g_list_model_get_item (G_LIST_MODEL (problems), i);
      g_autofree char *sentence
          = solco_text_problem_dup_sentence (solco_problem_item_get_problem (item));

      g_string_append (text, sentence);
      g_string_append_c (text, '\n');
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (button), text->str);
}

static void
on_clear (GtkWidget *button, SolcoProblemList *problems)
{
  solco_problem_list_clear (problems);
  gtk_window_close (GTK_WINDOW (gtk_widget_get_root (button)));
}

/**
 * solco_problem_window_present:
 * @parent: the main window
 * @controller: whose problems
 *
 * All of them in a list that can be gone through, copied and cleared. Not modal.
 */
void
solco_problem_window_present (GtkWindow *parent, SolcoController *controller)
{
  SolcoProblemList *problems = solco_controller_get_problems (controller);
  GtkWidget *window = g_object_new (GTK_TYPE_WINDOW, "transient-for", parent,
                                    "destroy-with-parent", TRUE, "default-width", 480,
                                    "default-height", 420, "title", _ ("Problems"), NULL);
  GtkWidget *header = gtk_header_bar_new ();
  GtkWidget *copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  GtkWidget *clear = gtk_button_new_with_mnemonic (_ ("_Clear List"));
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *list;

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  list = gtk_list_view_new (
      GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (problems)))),
      factory);
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (list), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Problems"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_tooltip_text (copy, _ ("Copy the list"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (copy), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Copy the list"), -1);
  g_signal_connect_object (copy, "clicked", G_CALLBACK (on_copy), problems, 0);
  g_signal_connect_object (clear, "clicked", G_CALLBACK (on_clear), problems, 0);
  gtk_header_bar_pack_start (GTK_HEADER_BAR (header), copy);
  gtk_header_bar_pack_end (GTK_HEADER_BAR (header), clear);
  gtk_window_set_titlebar (GTK_WINDOW (window), header);
  gtk_window_set_child (GTK_WINDOW (window), scrolled);
  solco_close_on_escape (window);
  solco_dialog_present (window);
}
