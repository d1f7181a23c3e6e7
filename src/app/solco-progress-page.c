/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-progress-page.h"

#include <glib/gi18n.h>

#include "solco-column.h"
#include "solco-phase-row.h"
#include "solco-stop.h"
#include "text/solco-text-job.h"
#include "text/solco-text-phase.h"
#include "text/solco-text-size.h"

/* The sentence under the button would otherwise change with every block. */
#define CONSEQUENCE_EVERY_US G_USEC_PER_SEC
#define STATUS_STEPS 4

/* What stands in one row: several of the engine's phases that are one thing for a person. */
typedef enum
{
  ROW_PREPARE,
  ROW_ERASE,
  ROW_WRITE,
  ROW_CLOSE,
  ROW_VERIFY,
  ROW_EXTRACT,
  ROW_EJECT,
  N_ROWS
} Row;

static const struct
{
  SolcoJobPhase name;
  Row row;
} phase_rows[] = {
  [SOLCO_PHASE_NONE] = { SOLCO_PHASE_PREPARE, ROW_PREPARE },
  [SOLCO_PHASE_OPEN] = { SOLCO_PHASE_PREPARE, ROW_PREPARE },
  [SOLCO_PHASE_READ_DISC] = { SOLCO_PHASE_PREPARE, ROW_PREPARE },
  [SOLCO_PHASE_CHECKSUM] = { SOLCO_PHASE_PREPARE, ROW_PREPARE },
  [SOLCO_PHASE_PREPARE] = { SOLCO_PHASE_PREPARE, ROW_PREPARE },
  [SOLCO_PHASE_ERASE] = { SOLCO_PHASE_ERASE, ROW_ERASE },
  [SOLCO_PHASE_WRITE] = { SOLCO_PHASE_WRITE, ROW_WRITE },
  [SOLCO_PHASE_CLOSE] = { SOLCO_PHASE_CLOSE, ROW_CLOSE },
  [SOLCO_PHASE_REREAD] = { SOLCO_PHASE_CLOSE, ROW_CLOSE },
  [SOLCO_PHASE_VERIFY] = { SOLCO_PHASE_VERIFY, ROW_VERIFY },
  [SOLCO_PHASE_EXTRACT] = { SOLCO_PHASE_EXTRACT, ROW_EXTRACT },
  [SOLCO_PHASE_EJECT] = { SOLCO_PHASE_EJECT, ROW_EJECT },
};

G_STATIC_ASSERT (G_N_ELEMENTS (phase_rows) == SOLCO_N_PHASES);

static const SolcoJobPhase row_phases[N_ROWS] = {
  [ROW_PREPARE] = SOLCO_PHASE_PREPARE, [ROW_ERASE] = SOLCO_PHASE_ERASE,
  [ROW_WRITE] = SOLCO_PHASE_WRITE,     [ROW_CLOSE] = SOLCO_PHASE_CLOSE,
  [ROW_VERIFY] = SOLCO_PHASE_VERIFY,   [ROW_EXTRACT] = SOLCO_PHASE_EXTRACT,
  [ROW_EJECT] = SOLCO_PHASE_EJECT,
};

struct _SolcoProgressPage
{
  GtkWidget parent_instance;

  SolcoController *controller;
  SolcoJob *job;
  GtkWidget *rows[N_ROWS];
  int current;
  gint64 row_began_us;
  gint64 consequence_us;
  int status_step;

  GtkWidget *scrolled_window;
  GtkLabel *title_label;
  GtkBox *phases_box;
  GtkWidget *stop_button;
  GtkLabel *consequence_label;
  GtkLabel *status_label;
};

G_DEFINE_FINAL_TYPE (SolcoProgressPage, solco_progress_page, GTK_TYPE_WIDGET)

/* Whether the job will come to this row, as far as that is known before. */
static gboolean
expects (SolcoProgressPage *self, Row row)
{
  const SolcoRequest *request = solco_job_get_request (self->job);
  const SolcoRequestKind kind = solco_request_get_kind (request);
  const gboolean writes = kind == SOLCO_REQUEST_BURN || kind == SOLCO_REQUEST_BURN_IMAGE;
  const gboolean is_image
      = solco_target_get_image_path (solco_request_get_target (request)) != NULL;

  switch (row)
    {
    case ROW_PREPARE:
      return TRUE;
    case ROW_ERASE:
      return kind == SOLCO_REQUEST_ERASE
             || (writes && solco_controller_get_job_erases (self->controller));
    case ROW_WRITE:
      return writes;
    case ROW_CLOSE:
      return writes || kind == SOLCO_REQUEST_MEND;
    case ROW_VERIFY:
      return kind == SOLCO_REQUEST_VERIFY
             || (writes && !solco_request_is_simulation (request)
                 && solco_request_get_verify (request) != SOLCO_VERIFY_NONE);
    case ROW_EXTRACT:
      return kind == SOLCO_REQUEST_EXTRACT;
    case ROW_EJECT:
      return writes && solco_request_get_eject (request) && !is_image;
    case N_ROWS:
    default:
      return FALSE;
    }
}

static void
update_consequence (SolcoProgressPage *self)
{
  g_autofree char *text = solco_stop_dup_consequence (self->controller);

  self->consequence_us = g_get_monotonic_time ();
  if (text != NULL && g_strcmp0 (text, gtk_label_get_text (self->consequence_label)) != 0)
    gtk_label_set_text (self->consequence_label, text);
}

/* Told in words, and not too often: it interrupts whoever listens. */
static void
update_status (SolcoProgressPage *self, const SolcoProgress *progress)
{
  const int step = progress->fraction >= 0 ? (int) (progress->fraction * STATUS_STEPS) : 0;
  const char *name = solco_text_phase_get_name (progress->phase);

  if (step == self->status_step)
    return;
  self->status_step = step;

  /* Translators: a phase such as "Write", and how far it is */
  g_autofree char *text = step > 0 ? g_strdup_printf (_ ("%s: %d%%"), name,
                                                      MIN (step, STATUS_STEPS) * 100 / STATUS_STEPS)
                                   : g_strdup (name);

  gtk_label_set_text (self->status_label, text);
}

static void
finish_row (SolcoProgressPage *self)
{
  if (self->current < 0 || self->rows[self->current] == NULL)
    return;

  const double seconds
      = (double) (g_get_monotonic_time () - self->row_began_us) / G_USEC_PER_SEC;
  g_autofree char *time = solco_text_duration_dup_clock (seconds);

  solco_phase_row_set_state (SOLCO_PHASE_ROW (self->rows[self->current]), SOLCO_PHASE_ROW_DONE,
                             time);
}

static void
begin_row (SolcoProgressPage *self, Row row)
{
  if (self->current == (int) row || self->rows[row] == NULL)
    return;
  finish_row (self);
  self->current = (int) row;
  self->row_began_us = g_get_monotonic_time ();
  solco_phase_row_set_state (SOLCO_PHASE_ROW (self->rows[row]), SOLCO_PHASE_ROW_CURRENT, NULL);
}

static void
on_progress (SolcoProgressPage *self)
{
  const SolcoProgress *progress = solco_job_get_progress (self->job);

  if (self->current >= 0)
    solco_phase_row_set_progress (SOLCO_PHASE_ROW (self->rows[self->current]), progress);
  update_status (self, progress);
  if (g_get_monotonic_time () - self->consequence_us >= CONSEQUENCE_EVERY_US)
    update_consequence (self);
}

static void
on_phase (SolcoProgressPage *self, int phase)
{
  begin_row (self, phase_rows[phase].row);
  self->status_step = -1;
  on_progress (self);
  update_consequence (self);
}

/* In closing, and once it is asked for, Stop can do nothing more. */
static void
on_state_changed (SolcoProgressPage *self)
{
  const gboolean cancelling = solco_job_get_state (self->job) == SOLCO_JOB_CANCELLING;

  gtk_widget_set_sensitive (self->stop_button,
                            !cancelling && solco_job_can_cancel (self->job));
  gtk_button_set_label (GTK_BUTTON (self->stop_button),
                        cancelling ? _ ("Stopping…") : _ ("_Stop…"));
  update_consequence (self);
}

static void
clear_job (SolcoProgressPage *self)
{
  GtkWidget *child;

  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_clear_object (&self->job);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->phases_box))) != NULL)
    gtk_box_remove (self->phases_box, child);
  for (guint row = 0; row < N_ROWS; row++)
    self->rows[row] = NULL;
  self->current = -1;
  self->status_step = -1;
}

static void
on_finished (SolcoProgressPage *self)
{
  finish_row (self);
  self->current = -1;
}

/* What the disc is called, or will be called. */
static char *
dup_label (SolcoProgressPage *self)
{
  SolcoPlan *plan = solco_request_get_plan (solco_job_get_request (self->job));
  SolcoMedium *medium = solco_controller_get_job_medium (self->controller);

  if (plan != NULL)
    return g_strdup (plan->volume_label);
  return medium != NULL ? g_strdup (medium->volume_label) : NULL;
}

static void
on_job_changed (SolcoProgressPage *self)
{
  SolcoJob *job = solco_controller_get_job (self->controller);

  if (job == self->job)
    return;
  clear_job (self);
  if (job == NULL)
    return;
  self->job = g_object_ref (job);

  g_autofree char *label = dup_label (self);
  g_autofree char *title = solco_text_job_dup_running_title (
      solco_job_get_request (job), solco_controller_get_job_session (self->controller), label);

  gtk_label_set_text (self->title_label, title);
  for (guint row = 0; row < N_ROWS; row++)
    if (expects (self, (Row) row))
      {
        self->rows[row] = solco_phase_row_new (solco_text_phase_get_name (row_phases[row]));
        gtk_box_append (self->phases_box, self->rows[row]);
      }
  g_signal_connect_swapped (job, "phase", G_CALLBACK (on_phase), self);
  g_signal_connect_swapped (job, "progress", G_CALLBACK (on_progress), self);
  g_signal_connect_swapped (job, "finished", G_CALLBACK (on_finished), self);
  g_signal_connect_swapped (job, "notify::state", G_CALLBACK (on_state_changed), self);
  g_signal_connect_swapped (job, "notify::can-cancel", G_CALLBACK (on_state_changed), self);
  begin_row (self, phase_rows[solco_job_get_progress (job)->phase].row);
  on_state_changed (self);
  on_progress (self);
}

static void
on_stop_clicked (SolcoProgressPage *self)
{
  solco_stop_dialog_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                             self->controller);
}

static void
solco_progress_page_dispose (GObject *object)
{
  SolcoProgressPage *self = SOLCO_PROGRESS_PAGE (object);

  if (self->job != NULL)
    clear_job (self);
  g_clear_object (&self->controller);
  g_clear_pointer (&self->scrolled_window, gtk_widget_unparent);
  G_OBJECT_CLASS (solco_progress_page_parent_class)->dispose (object);
}

static void
solco_progress_page_class_init (SolcoProgressPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = solco_progress_page_dispose;
  g_type_ensure (SOLCO_TYPE_COLUMN);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "progresspage");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/solco/Solco/progress-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SolcoProgressPage, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, SolcoProgressPage, title_label);
  gtk_widget_class_bind_template_child (widget_class, SolcoProgressPage, phases_box);
  gtk_widget_class_bind_template_child (widget_class, SolcoProgressPage, stop_button);
  gtk_widget_class_bind_template_child (widget_class, SolcoProgressPage, consequence_label);
  gtk_widget_class_bind_template_child (widget_class, SolcoProgressPage, status_label);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_clicked);
}

static void
solco_progress_page_init (SolcoProgressPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->current = -1;
  self->status_step = -1;
}

/**
 * solco_progress_page_new:
 * @controller: whose job it follows
 *
 * Main thread.
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
solco_progress_page_new (SolcoController *controller)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (controller), NULL);

  SolcoProgressPage *self = g_object_new (SOLCO_TYPE_PROGRESS_PAGE, NULL);

  self->controller = g_object_ref (controller);
  g_signal_connect_object (controller, "notify::job", G_CALLBACK (on_job_changed), self,
                           G_CONNECT_SWAPPED);
  on_job_changed (self);
  return GTK_WIDGET (self);
}
