/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-banner.h"

#include <glib/gi18n.h>

struct _SolcoBanner
{
  GtkWidget parent_instance;

  gboolean is_compact;
  char *text;
  char *button_label;

  GtkWidget *revealer;
  GtkWidget *box;
  GtkWidget *icon;
  GtkWidget *label;
  GtkWidget *button;
  GtkWidget *dismiss;
};

G_DEFINE_FINAL_TYPE (SolcoBanner, solco_banner, GTK_TYPE_WIDGET)

static void
solco_banner_dispose (GObject *object)
{
  g_clear_pointer (&SOLCO_BANNER (object)->revealer, gtk_widget_unparent);
  G_OBJECT_CLASS (solco_banner_parent_class)->dispose (object);
}

static void
solco_banner_finalize (GObject *object)
{
  SolcoBanner *self = SOLCO_BANNER (object);

  g_free (self->text);
  g_free (self->button_label);
  G_OBJECT_CLASS (solco_banner_parent_class)->finalize (object);
}

static void
solco_banner_class_init (SolcoBannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = solco_banner_dispose;
  object_class->finalize = solco_banner_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
solco_banner_init (SolcoBanner *self)
{
  self->revealer = gtk_revealer_new ();
  gtk_revealer_set_transition_type (GTK_REVEALER (self->revealer),
                                    GTK_REVEALER_TRANSITION_TYPE_SLIDE_DOWN);
  gtk_revealer_set_transition_duration (GTK_REVEALER (self->revealer), 200);
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_add_css_class (self->box, "banner");
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), self->box);

  self->icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                             NULL);
  gtk_widget_add_css_class (self->icon, "leading");
  gtk_box_append (GTK_BOX (self->box), self->icon);

  self->label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS,
                              "xalign", 0.f, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                              "hexpand", TRUE, NULL);
  gtk_widget_add_css_class (self->label, "heading");
  gtk_box_append (GTK_BOX (self->box), self->label);

  self->button = gtk_button_new ();
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->button, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->button);

  self->dismiss = gtk_button_new_from_icon_name ("window-close-symbolic");
  gtk_widget_add_css_class (self->dismiss, "flat");
  gtk_widget_set_valign (self->dismiss, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->dismiss, _ ("Dismiss"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->dismiss), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Dismiss"), -1);
  gtk_box_append (GTK_BOX (self->box), self->dismiss);
}

static void
show_button (SolcoBanner *self)
{
  GtkButton *button = GTK_BUTTON (self->button);
  g_auto (GStrv) parts = NULL;
  g_autofree char *name = NULL;

  gtk_widget_set_visible (self->button, self->button_label != NULL);
  if (self->button_label == NULL)
    return;
  parts = g_strsplit (self->button_label, "_", 2);
  name = g_strjoinv ("", parts);
  if (self->is_compact)
    {
      gtk_button_set_icon_name (button, "help-about-symbolic");
      gtk_widget_add_css_class (self->button, "flat");
    }
  else
    {
      gtk_button_set_label (button, self->button_label);
      gtk_button_set_use_underline (button, TRUE);
      gtk_widget_remove_css_class (self->button, "flat");
    }
  gtk_widget_set_tooltip_text (self->button, self->is_compact ? name : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

/**
 * solco_banner_set:
 * @self: a banner
 * @content: what it shows
 */
void
solco_banner_set (SolcoBanner *self, const SolcoBannerContent *content)
{
  g_return_if_fail (SOLCO_IS_BANNER (self) && content != NULL);

  if (content->text != NULL)
    {
      /* A banner that slides away keeps its words until it is gone. */
      if (g_strcmp0 (content->text, gtk_label_get_text (GTK_LABEL (self->label))) != 0)
        gtk_label_set_text (GTK_LABEL (self->label), content->text);
      gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), content->icon_name);
      if (content->is_notice)
        gtk_widget_add_css_class (self->box, "notice");
      else
        gtk_widget_remove_css_class (self->box, "notice");
      if (g_strcmp0 (content->button, self->button_label) != 0)
        {
          g_free (self->button_label);
          self->button_label = g_strdup (content->button);
        }
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), content->action);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->dismiss), content->dismiss_action);
      gtk_widget_set_visible (self->dismiss, content->dismiss_action != NULL);
      show_button (self);
    }
  g_free (self->text);
  self->text = g_strdup (content->text);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), content->text != NULL);
}

/**
 * solco_banner_set_compact:
 * @self: a banner
 * @is_compact: whether there is room for an icon only
 */
void
solco_banner_set_compact (SolcoBanner *self, gboolean is_compact)
{
  g_return_if_fail (SOLCO_IS_BANNER (self));

  self->is_compact = is_compact;
  show_button (self);
}

/**
 * solco_banner_get_text:
 * @self: a banner
 *
 * Returns: (transfer none) (nullable): what it says
 */
const char *
solco_banner_get_text (SolcoBanner *self)
{
  g_return_val_if_fail (SOLCO_IS_BANNER (self), NULL);

  return self->text;
}
