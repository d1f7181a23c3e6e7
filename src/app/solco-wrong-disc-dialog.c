/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-wrong-disc-dialog.h"

#include <glib/gi18n.h>

#include "solco-disc-look.h"
#include "solco-message.h"
#include "text/solco-text-medium.h"
#include "text/solco-text-size.h"

struct _SolcoWrongDiscDialog
{
  GtkWindow parent_instance;

  SolcoController *controller;

  GtkLabel *text_label;
  GtkWidget *expected_card;
  GtkImage *expected_image;
  GtkLabel *expected_name_label;
  GtkLabel *expected_detail_label;
  GtkWidget *present_card;
  GtkImage *present_image;
  GtkLabel *present_name_label;
  GtkLabel *present_detail_label;
  GtkWidget *wait_button;
  GtkWidget *replan_button;
};

G_DEFINE_FINAL_TYPE (SolcoWrongDiscDialog, solco_wrong_disc_dialog, GTK_TYPE_WINDOW)

static char *
dup_sessions (const char *kind, guint n_sessions)
{
  const gulong n = n_sessions;

  /* Translators: kind of disc (CD-R), and how many sessions are on it */
  return g_strdup_printf (ngettext ("%s, %lu session", "%s, %lu sessions", n), kind, n);
}

/* What was known of the disc when it was read, or, from a project file, by its identity alone. */
static char *
dup_detail (const SolcoMedium *medium, const SolcoDiscIdentity *identity)
{
  const SolcoSession *last = medium != NULL ? solco_medium_get_last_session (medium) : NULL;
  const SolcoProfile profile = medium != NULL ? medium->profile : identity->profile;
  const char *name = solco_profile_get_name (profile);
  const guint n_sessions = medium != NULL ? medium->sessions->len : identity->n_sessions;
  g_autofree char *sessions
      = dup_sessions (name != NULL ? name : _ ("Disc image"), n_sessions);

  if (last == NULL || last->written_s == 0)
    return g_steal_pointer (&sessions);

  g_autofree char *date = solco_text_date_dup (last->written_s);
  /* Translators: a date */
  g_autofree char *burned = g_strdup_printf (_ ("last burned %s"), date);

  return g_strdup_printf ("%s\n%s", sessions, burned);
}

static void
describe_card (GtkWidget *card, const char *role, const char *name, const char *detail)
{
  g_autofree char *label = g_strdup_printf (C_ ("list", "%s, %s"), role, name);

  gtk_accessible_update_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, detail, -1);
}

static char *
dup_expected_name (SolcoWrongDiscDialog *self)
{
  SolcoMedium *medium = solco_controller_get_expected_medium (self->controller);
  const SolcoDiscIdentity *identity = solco_controller_get_expected_disc (self->controller);

  if (medium != NULL)
    return solco_text_medium_dup_title (medium);
  if (identity->volume_label != NULL && *identity->volume_label != '\0')
    return g_strdup (identity->volume_label);
  return g_strdup (_ ("Untitled Disc"));
}

/* An underscore of the disc's own name is none of the button's. */
static char *
dup_without_mnemonics (const char *name)
{
  GString *text = g_string_new (name);

  g_string_replace (text, "_", "__", 0);
  return g_string_free (text, FALSE);
}

static void
show_expected (SolcoWrongDiscDialog *self)
{
  SolcoMedium *medium = solco_controller_get_expected_medium (self->controller);
  const SolcoDiscIdentity *identity = solco_controller_get_expected_disc (self->controller);
  g_autofree char *name = dup_expected_name (self);
  g_autofree char *detail = dup_detail (medium, identity);
  /* Translators: number of a session, and the label of a disc */
  g_autofree char *planned = g_strdup_printf (
      _ ("Session %u was planned for “%s”."), identity->n_sessions + 1, name);
  g_autofree char *text = g_strdup_printf ("%s\n%s", planned, _ ("Nothing has been written."));
  g_autofree char *plain = dup_without_mnemonics (name);
  /* Translators: label of a disc */
  g_autofree char *wait = g_strdup_printf (_ ("Eject and _Wait for “%s”"), plain);

  gtk_label_set_text (self->text_label, text);
  gtk_label_set_text (self->expected_name_label, name);
  gtk_label_set_text (self->expected_detail_label, detail);
  gtk_image_set_from_icon_name (self->expected_image, medium != NULL
                                                          ? solco_disc_look_get_icon (medium)
                                                          : "media-optical-symbolic");
  describe_card (self->expected_card, _ ("Expected"), name, detail);
  gtk_button_set_label (GTK_BUTTON (self->wait_button), wait);
}

/* There is nothing to eject where the disc is a file. */
static void
choose_first_button (SolcoWrongDiscDialog *self)
{
  SolcoMedium *medium = solco_controller_get_medium (self->controller);
  GtkWidget *first = self->wait_button;

  if (medium != NULL && medium->is_image_file)
    {
      gtk_widget_set_visible (self->wait_button, FALSE);
      gtk_widget_remove_css_class (self->wait_button, "suggested-action");
      gtk_widget_add_css_class (self->replan_button, "suggested-action");
      first = self->replan_button;
    }
  gtk_window_set_default_widget (GTK_WINDOW (self), first);
  gtk_window_set_focus (GTK_WINDOW (self), first);
}

static void
show_present (SolcoWrongDiscDialog *self)
{
  SolcoMedium *medium = solco_controller_get_medium (self->controller);
  g_autofree char *name = medium != NULL ? solco_text_medium_dup_title (medium)
                                         : g_strdup (_ ("Reading the disc…"));
  g_autofree char *detail = NULL;

  if (medium != NULL && medium->sessions->len > 0)
    detail = dup_detail (medium, medium->identity);
  else if (medium != NULL && medium->state != SOLCO_MEDIUM_NONE)
    detail = solco_text_medium_dup_kind (medium);
  else
    detail = g_strdup ("");
  gtk_label_set_text (self->present_name_label, name);
  gtk_label_set_text (self->present_detail_label, detail);
  gtk_image_set_from_icon_name (self->present_image, solco_disc_look_get_icon (medium));
  describe_card (self->present_card, _ ("In the drive"), name, detail);
  gtk_widget_set_sensitive (self->replan_button,
                            medium != NULL && medium->state != SOLCO_MEDIUM_NONE);
}

static void
on_status_changed (SolcoWrongDiscDialog *self)
{
  if (solco_controller_get_expected_disc (self->controller) == NULL
      || solco_controller_get_state (self->controller) == SOLCO_DISC_MASTER_MULTI_SESSION)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  show_present (self);
}

static void
on_wait_clicked (SolcoWrongDiscDialog *self)
{
  g_autoptr (SolcoController) controller = g_object_ref (self->controller);

  gtk_window_destroy (GTK_WINDOW (self));
  solco_controller_wait_for_disc (controller, TRUE);
}

static void
on_replan_clicked (SolcoWrongDiscDialog *self)
{
  g_autoptr (SolcoController) controller = g_object_ref (self->controller);

  gtk_window_destroy (GTK_WINDOW (self));
  solco_controller_replan (controller);
}

static void
solco_wrong_disc_dialog_dispose (GObject *object)
{
  SolcoWrongDiscDialog *self = SOLCO_WRONG_DISC_DIALOG (object);

  g_clear_object (&self->controller);
  G_OBJECT_CLASS (solco_wrong_disc_dialog_parent_class)->dispose (object);
}

static void
solco_wrong_disc_dialog_class_init (SolcoWrongDiscDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = solco_wrong_disc_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/solco/Solco/wrong-disc-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SolcoWrongDiscDialog, text_label);
  gtk_widget_class_bind_template_child (widget_class, SolcoWrongDiscDialog, expected_card);
  gtk_widget_class_bind_template_child (widget_class, SolcoWrongDiscDialog, expected_image);
  gtk_widget_class_bind_template_child (widget_class, SolcoWrongDiscDialog, expected_name_label);
  gtk_widget_class_bind_template_child (widget_class, SolcoWrongDiscDialog,
                                        expected_detail_label);
  gtk_widget_class_bind_template_child (widget_class, SolcoWrongDiscDialog, present_card);
  gtk_widget_class_bind_template_child (widget_class, SolcoWrongDiscDialog, present_image);
  gtk_widget_class_bind_template_child (widget_class, SolcoWrongDiscDialog, present_name_label);
  gtk_widget_class_bind_template_child (widget_class, SolcoWrongDiscDialog, present_detail_label);
  gtk_widget_class_bind_template_child (widget_class, SolcoWrongDiscDialog, wait_button);
  gtk_widget_class_bind_template_child (widget_class, SolcoWrongDiscDialog, replan_button);
  gtk_widget_class_bind_template_callback (widget_class, on_wait_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_replan_clicked);
}

static void
solco_wrong_disc_dialog_init (SolcoWrongDiscDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * solco_wrong_disc_dialog_new:
 * @parent: (nullable): window over which it opens
 * @controller: which has to expect a disc
 *
 * Main thread.
 *
 * Returns: (transfer none): the dialog, not presented yet
 */
GtkWidget *
solco_wrong_disc_dialog_new (GtkWindow *parent, SolcoController *controller)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (controller), NULL);
  g_return_val_if_fail (solco_controller_get_expected_disc (controller) != NULL, NULL);

  SolcoWrongDiscDialog *self
      = g_object_new (SOLCO_TYPE_WRONG_DISC_DIALOG, "transient-for", parent, NULL);

  self->controller = g_object_ref (controller);
  show_expected (self);
  show_present (self);
  g_signal_connect_object (controller, "status-changed", G_CALLBACK (on_status_changed), self,
                           G_CONNECT_SWAPPED);
  choose_first_button (self);
  return GTK_WIDGET (self);
}

/**
 * solco_wrong_disc_dialog_present:
 * @parent: (nullable): window over which it opens
 * @controller: if it expects no disc, nothing happens
 *
 * Main thread.
 */
void
solco_wrong_disc_dialog_present (GtkWindow *parent, SolcoController *controller)
{
  if (solco_controller_get_expected_disc (controller) != NULL)
    solco_dialog_present (solco_wrong_disc_dialog_new (parent, controller));
}
