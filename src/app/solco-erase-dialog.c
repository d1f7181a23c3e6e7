/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-erase-dialog.h"

#include <glib/gi18n.h>

#include "solco-disc-look.h"
#include "solco-message.h"
#include "solco-option-row.h"
#include "text/solco-text-job.h"
#include "text/solco-text-medium.h"

#define N_MODES 3

struct _SolcoEraseDialog
{
  GtkWindow parent_instance;

  SolcoController *controller;
  SolcoMedium *medium;
  GtkCheckButton *buttons[N_MODES];

  GtkWidget *cancel_button;
  GtkWidget *erase_button;
  GtkImage *disc_image;
  GtkLabel *heading_label;
  GtkLabel *text_label;
  GtkBox *modes_box;
};

G_DEFINE_FINAL_TYPE (SolcoEraseDialog, solco_erase_dialog, GTK_TYPE_WINDOW)

/* The ways that this disc offers. */
static gboolean
offers (const SolcoMedium *medium, SolcoEraseMode mode)
{
  switch (mode)
    {
    case SOLCO_ERASE_FORMAT:
      return medium->can_format;
    case SOLCO_ERASE_FAST:
    case SOLCO_ERASE_FULL:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
add_mode (SolcoEraseDialog *self, SolcoEraseMode mode, GtkCheckButton **group)
{
  g_autofree char *name = solco_text_erase_dup_name (self->medium, mode);
  GtkCheckButton *button = GTK_CHECK_BUTTON (gtk_check_button_new ());
  GtkWidget *row = solco_option_row_new (name, solco_text_erase_get_meaning (self->medium, mode),
                                         GTK_WIDGET (button));

  g_object_set (row, "control-first", TRUE, NULL);
  gtk_check_button_set_group (button, *group);
  if (*group == NULL)
    {
      gtk_check_button_set_active (button, TRUE);
      *group = button;
    }
  self->buttons[mode] = button;
  gtk_box_append (self->modes_box, row);
}

static void
on_erase_clicked (SolcoEraseDialog *self)
{
  g_autoptr (GError) error = NULL;

  for (guint mode = 0; mode < N_MODES; mode++)
    if (self->buttons[mode] != NULL && gtk_check_button_get_active (self->buttons[mode]))
      {
        if (!solco_controller_erase (self->controller, (SolcoEraseMode) mode, &error))
          solco_controller_report_error (self->controller, error);
        break;
      }
  gtk_window_destroy (GTK_WINDOW (self));
}

/* The question was about the disc that was in. */
static void
on_medium_changed (SolcoEraseDialog *self)
{
  SolcoMedium *medium = solco_controller_get_medium (self->controller);

  if (medium == NULL && solco_controller_is_reading (self->controller))
    return;
  if (medium == NULL
      || (medium->identity == NULL) != (self->medium->identity == NULL)
      || (medium->identity != NULL
          && !solco_disc_identity_equal (medium->identity, self->medium->identity)))
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
solco_erase_dialog_dispose (GObject *object)
{
  SolcoEraseDialog *self = SOLCO_ERASE_DIALOG (object);

  g_clear_object (&self->controller);
  g_clear_pointer (&self->medium, solco_medium_unref);
  G_OBJECT_CLASS (solco_erase_dialog_parent_class)->dispose (object);
}

static void
solco_erase_dialog_class_init (SolcoEraseDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = solco_erase_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/solco/Solco/erase-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SolcoEraseDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, SolcoEraseDialog, erase_button);
  gtk_widget_class_bind_template_child (widget_class, SolcoEraseDialog, disc_image);
  gtk_widget_class_bind_template_child (widget_class, SolcoEraseDialog, heading_label);
  gtk_widget_class_bind_template_child (widget_class, SolcoEraseDialog, text_label);
  gtk_widget_class_bind_template_child (widget_class, SolcoEraseDialog, modes_box);
  gtk_widget_class_bind_template_callback (widget_class, on_erase_clicked);
}

static void
solco_erase_dialog_init (SolcoEraseDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * solco_erase_dialog_new:
 * @parent: (nullable): window over which it opens
 * @controller: whose disc is erased; one has to be in
 *
 * Main thread.
 *
 * Returns: (transfer none): the dialog, not presented yet
 */
GtkWidget *
solco_erase_dialog_new (GtkWindow *parent, SolcoController *controller)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (controller), NULL);
  g_return_val_if_fail (solco_controller_get_medium (controller) != NULL, NULL);

  SolcoEraseDialog *self = g_object_new (SOLCO_TYPE_ERASE_DIALOG, "transient-for", parent, NULL);
  GtkCheckButton *group = NULL;
  g_autofree char *title = NULL;
  g_autofree char *heading = NULL;
  g_autofree char *loss = NULL;
  g_autofree char *text = NULL;

  self->controller = g_object_ref (controller);
  self->medium = solco_medium_ref (solco_controller_get_medium (controller));
  title = solco_text_medium_dup_title (self->medium);
  /* Translators: label of a disc */
  heading = g_strdup_printf (_ ("Erase “%s”?"), title);
  loss = solco_text_job_dup_loss (self->medium, solco_controller_get_disc_tree (controller));
  text = loss != NULL ? g_strdup_printf ("%s\n%s", loss, _ ("This cannot be undone."))
                      : g_strdup (_ ("There is nothing on the disc."));
  gtk_label_set_text (self->heading_label, heading);
  gtk_label_set_text (self->text_label, text);
  gtk_image_set_from_icon_name (self->disc_image, solco_disc_look_get_icon (self->medium));
  for (guint mode = 0; mode < N_MODES; mode++)
    if (offers (self->medium, (SolcoEraseMode) mode))
      add_mode (self, (SolcoEraseMode) mode, &group);
  g_signal_connect_object (controller, "notify::medium", G_CALLBACK (on_medium_changed), self,
                           G_CONNECT_SWAPPED);
  /* Enter must not erase by accident. */
  gtk_window_set_default_widget (GTK_WINDOW (self), self->cancel_button);
  gtk_window_set_focus (GTK_WINDOW (self), self->cancel_button);
  return GTK_WIDGET (self);
}

/**
 * solco_erase_dialog_present:
 * @parent: (nullable): window over which it opens
 * @controller: whose disc is erased; without one nothing happens
 *
 * Main thread.
 */
void
solco_erase_dialog_present (GtkWindow *parent, SolcoController *controller)
{
  if (solco_controller_get_medium (controller) != NULL)
    solco_dialog_present (solco_erase_dialog_new (parent, controller));
}
