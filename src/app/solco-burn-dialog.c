/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-burn-dialog.h"

#include <glib/gi18n.h>

#include "engine/solco-error.h"
#include "solco-burn-options.h"
#include "solco-disc-look.h"
#include "solco-message.h"
#include "text/solco-text-capacity.h"
#include "text/solco-text-error.h"
#include "text/solco-text-job.h"
#include "text/solco-text-medium.h"
#include "text/solco-text-problem.h"

struct _SolcoBurnDialog
{
  GtkWindow parent_instance;

  SolcoController *controller;
  gboolean erases;
  gboolean is_starting; /* Burn was pressed, and the stage is being copied */

  GtkWidget *content;
  GtkWidget *burn_button;
  GtkImage *disc_image;
  GtkLabel *heading_label;
  GtkLabel *text_label;
  GtkWidget *warning_box;
  GtkLabel *warning_label;
  SolcoOptionRow *open_row;
  GtkSwitch *open_switch;
  GtkSwitch *verify_switch;
  SolcoOptionRow *eject_row;
  GtkSwitch *eject_switch;
  SolcoOptionRow *simulate_row;
  GtkSwitch *simulate_switch;
  SolcoOptionRow *speed_row;
  GtkDropDown *speed_drop_down;
};

G_DEFINE_FINAL_TYPE (SolcoBurnDialog, solco_burn_dialog, GTK_TYPE_WINDOW)

static SolcoBurnOptions
get_options (SolcoBurnDialog *self)
{
  const SolcoBurnOptions options = {
    .open_row = self->open_row,
    .open_switch = self->open_switch,
    .eject_row = self->eject_row,
    .eject_switch = self->eject_switch,
    .simulate_row = self->simulate_row,
    .simulate_switch = self->simulate_switch,
    .speed_row = self->speed_row,
    .speed_drop_down = self->speed_drop_down,
    .verify_switch = self->verify_switch,
  };

  return options;
}

/* What stays free, for the answer that is set at the moment. */
static void
update_open_row (SolcoBurnDialog *self)
{
  SolcoMedium *medium = solco_controller_get_medium (self->controller);
  SolcoCapacityInput input = *solco_controller_get_capacity_input (self->controller);
  SolcoCapacity capacity;
  g_autofree char *text = NULL;

  input.close_disc = !gtk_switch_get_active (self->open_switch);
  solco_capacity_compute (&input, &capacity);
  if (medium != NULL && !medium->can_append_after_burn)
    text = g_strdup (_ ("This disc takes one session only"));
  else if (input.close_disc)
    text = g_strdup (_ ("No further session can be added then"));
  else
    text = solco_text_capacity_dup_kept_free (
        &capacity, solco_controller_is_capacity_exact (self->controller) ? SOLCO_TEXT_ISOLATE
                                                                         : SOLCO_TEXT_ISOLATE
                                                                               | SOLCO_TEXT_ESTIMATE);
  solco_option_row_set_subtitle (self->open_row, text);
}

static void
show_changes (SolcoBurnDialog *self)
{
  SolcoProject *project = solco_controller_get_project (self->controller);
  const SolcoTotals *totals = solco_project_get_totals (project);
  const SolcoTextChanges changes = {
    .n_new = totals->n_new_files - MIN (totals->n_replaced, totals->n_new_files),
    .n_replaced = totals->n_replaced,
    .n_removed = totals->n_removed_files,
    .n_bytes = totals->n_new_bytes,
  };
  g_autofree char *heading
      = solco_text_job_dup_session_of (solco_controller_get_next_session (self->controller),
                                       solco_project_get_label (project));
  g_autofree char *text = solco_text_job_dup_changes (&changes);

  gtk_label_set_text (self->heading_label, heading);
  gtk_label_set_text (self->text_label, text);
}

/* Sessions that are given up, or else names that some computers will see cut. */
static void
show_warning (SolcoBurnDialog *self)
{
  SolcoMedium *medium = solco_controller_get_medium (self->controller);
  SolcoProject *project = solco_controller_get_project (self->controller);
  g_autofree char *text = NULL;

  if (self->erases && medium != NULL)
    {
      g_autofree char *title = solco_text_medium_dup_title (medium);
      g_autofree char *loss
          = solco_text_job_dup_loss (medium, solco_controller_get_disc_tree (self->controller));

      /* Translators: label of a disc; what will be lost, in a sentence */
      text = g_strdup_printf (_ ("“%s” is erased first. %s This cannot be undone."), title,
                              loss != NULL ? loss : "");
    }
  else
    {
      g_autoptr (GPtrArray) problems = solco_project_check_names (project, 2);

      if (problems->len == 1)
        text = solco_text_problem_dup_sentence (g_ptr_array_index (problems, 0));
      else if (problems->len > 1)
        text = g_strdup (_ ("Some names are too long for some computers, which will see shorter "
                            "ones. Nothing else is affected."));
    }
  gtk_label_set_text (self->warning_label, text != NULL ? text : "");
  gtk_widget_set_visible (self->warning_box, text != NULL);
}

/* The disc may be taken out, and files may still be listed, while the dialog is open. */
static void
update_button (SolcoBurnDialog *self)
{
  g_autoptr (GError) error = NULL;
  const gboolean possible
      = !self->is_starting
        && (self->erases ? solco_controller_needs_erase (self->controller)
                         : solco_controller_check_burn (self->controller, &error));
  g_autofree char *reason = error != NULL ? solco_text_error_dup_title (error) : NULL;

  gtk_widget_set_sensitive (self->burn_button, possible);
  gtk_widget_set_tooltip_text (self->burn_button, reason);
}

static void
on_status_changed (SolcoBurnDialog *self)
{
  show_changes (self);
  update_open_row (self);
  update_button (self);
}

/* There is a job, or it could not begin. */
static void
on_started (SolcoBurnDialog *self)
{
  self->is_starting = FALSE;
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_burn_clicked (SolcoBurnDialog *self)
{
  SolcoMedium *medium = solco_controller_get_medium (self->controller);
  SolcoProject *project = solco_controller_get_project (self->controller);
  SolcoProjectOptions options = *solco_project_get_options (project);
  const gboolean close_disc = options.close_disc;
  const SolcoBurnOptions rows = get_options (self);
  g_autoptr (GError) error = NULL;

  if (medium == NULL)
    return;
  solco_burn_options_read (&rows, medium, &options);
  self->is_starting = solco_controller_burn (self->controller, &options, self->erases, &error);
  /* Closing and simulating are for this one time: the next disc must not be closed because this one
   * was. */
  options.close_disc = close_disc;
  options.simulate = FALSE;
  solco_project_set_options (project, &options);
  if (!self->is_starting)
    {
      solco_controller_report_error (self->controller, error);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  /* Until the stage is copied, which is at once unless it is large, the user can think better of it;
   * and the dialog keeps hands off the stage. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_set_sensitive (self->content, FALSE);
  update_button (self);
  g_signal_connect_object (self->controller, "notify::is-starting", G_CALLBACK (on_started), self,
                           G_CONNECT_SWAPPED);
}

static void
solco_burn_dialog_dispose (GObject *object)
{
  SolcoBurnDialog *self = SOLCO_BURN_DIALOG (object);

  if (self->is_starting)
    {
      self->is_starting = FALSE;
      g_signal_handlers_disconnect_by_func (self->controller, on_started, self);
      solco_controller_cancel_start (self->controller);
    }
  g_clear_object (&self->controller);
  G_OBJECT_CLASS (solco_burn_dialog_parent_class)->dispose (object);
}

static void
solco_burn_dialog_class_init (SolcoBurnDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = solco_burn_dialog_dispose;
  g_type_ensure (SOLCO_TYPE_OPTION_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/solco/Solco/burn-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnDialog, content);
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnDialog, burn_button);
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnDialog, disc_image);
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnDialog, heading_label);
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnDialog, text_label);
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnDialog, warning_box);
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnDialog, warning_label);
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnDialog, open_row);
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnDialog, open_switch);
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnDialog, verify_switch);
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnDialog, eject_row);
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnDialog, eject_switch);
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnDialog, simulate_row);
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnDialog, simulate_switch);
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnDialog, speed_row);
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnDialog, speed_drop_down);
  gtk_widget_class_bind_template_callback (widget_class, on_burn_clicked);
}

static void
solco_burn_dialog_init (SolcoBurnDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * solco_burn_dialog_new:
 * @parent: (nullable): window over which it opens
 * @controller: what is burned, and where to
 *
 * Main thread.
 *
 * Returns: (transfer none): the dialog, not presented yet
 */
GtkWidget *
solco_burn_dialog_new (GtkWindow *parent, SolcoController *controller)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (controller), NULL);

  SolcoBurnDialog *self = g_object_new (SOLCO_TYPE_BURN_DIALOG, "transient-for", parent, NULL);
  SolcoMedium *medium = solco_controller_get_medium (controller);
  const SolcoBurnOptions rows = get_options (self);

  self->controller = g_object_ref (controller);
  self->erases = solco_controller_needs_erase (controller);
  if (medium != NULL)
    {
      solco_burn_options_fill (&rows, medium,
                               solco_project_get_options (solco_controller_get_project (controller)));
      gtk_image_set_from_icon_name (self->disc_image, solco_disc_look_get_icon (medium));
    }
  if (self->erases)
    {
      gtk_button_set_label (GTK_BUTTON (self->burn_button), _ ("_Erase and Burn"));
      gtk_widget_remove_css_class (self->burn_button, "suggested-action");
      gtk_widget_add_css_class (self->burn_button, "destructive-action");
    }
  show_warning (self);
  g_signal_connect_swapped (self->open_switch, "notify::active", G_CALLBACK (update_open_row),
                            self);
  g_signal_connect_object (controller, "status-changed", G_CALLBACK (on_status_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (controller, "capacity-changed", G_CALLBACK (on_status_changed), self,
                           G_CONNECT_SWAPPED);
  on_status_changed (self);
  gtk_window_set_focus (GTK_WINDOW (self), self->burn_button);
  return GTK_WIDGET (self);
}

/**
 * solco_burn_dialog_present:
 * @parent: (nullable): window over which it opens
 * @controller: what is burned, and where to
 *
 * Main thread.
 */
void
solco_burn_dialog_present (GtkWindow *parent, SolcoController *controller)
{
  solco_dialog_present (solco_burn_dialog_new (parent, controller));
}
