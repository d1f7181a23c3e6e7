/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-phase-row.h"

#include <glib/gi18n.h>

#include "solco-wrap.h"
#include "text/solco-text-phase.h"
#include "text/solco-text-size.h"

#define PULSE_MS 100
/* A forecast is worth something once the speed is steady. */
#define FORECAST_AFTER_S 5
/* Figures that change faster than this cannot be read. */
#define FORECAST_EVERY_US G_USEC_PER_SEC

struct _SolcoPhaseRow
{
  GtkWidget parent_instance;

  SolcoPhaseRowState state;
  guint pulse_id;
  gint64 forecast_us;

  GtkWidget *box;
  GtkImage *image;
  GtkLabel *name_label;
  GtkLabel *detail_label;
  GtkWidget *progress_box;
  GtkProgressBar *bar;
  GtkWidget *figures_box;
  GtkLabel *amount_label;
  GtkLabel *speed_label;
  GtkWidget *buffers_box;
  GtkWidget *drive_box;
  GtkLabel *drive_label;
  GtkProgressBar *drive_bar;
  GtkWidget *program_box;
  GtkLabel *program_label;
  GtkProgressBar *program_bar;
  GtkLabel *silence_label;
};

G_DEFINE_FINAL_TYPE (SolcoPhaseRow, solco_phase_row, GTK_TYPE_WIDGET)

static gboolean
on_pulse (gpointer user_data)
{
  SolcoPhaseRow *self = user_data;

  gtk_progress_bar_pulse (self->bar);
  return G_SOURCE_CONTINUE;
}

/* A bar that moves says "it goes on"; it never stands for an amount. */
static void
set_pulsing (SolcoPhaseRow *self, gboolean pulsing)
{
  if (pulsing == (self->pulse_id != 0))
    return;
  if (pulsing)
    {
      gtk_progress_bar_pulse (self->bar);
      self->pulse_id = g_timeout_add (PULSE_MS, on_pulse, self);
    }
  else
    g_clear_handle_id (&self->pulse_id, g_source_remove);
}

static void
set_buffer (GtkWidget *box, GtkLabel *label, GtkProgressBar *bar, double fill)
{
  gtk_widget_set_visible (box, fill >= 0);
  if (fill < 0)
    return;

  /* Translators: how full a buffer is */
  g_autofree char *text = g_strdup_printf (_ ("%.0f%%"), CLAMP (fill, 0, 1) * 100);

  gtk_label_set_text (label, text);
  gtk_progress_bar_set_fraction (bar, CLAMP (fill, 0, 1));
}

/* The time left is told when the speed is steady, and changes once a second at most. */
static void
set_forecast (SolcoPhaseRow *self, const SolcoProgress *progress)
{
  const gint64 now_us = g_get_monotonic_time ();

  if (progress->elapsed_s < FORECAST_AFTER_S || progress->time_left_s < 0)
    {
      gtk_label_set_text (self->detail_label, "");
      self->forecast_us = 0;
      return;
    }
  if (now_us - self->forecast_us < FORECAST_EVERY_US)
    return;
  self->forecast_us = now_us;

  g_autofree char *text = solco_text_duration_dup_left (progress->time_left_s);

  gtk_label_set_text (self->detail_label, text);
}

static void
set_label (GtkLabel *label, char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  g_free (text);
}

/**
 * solco_phase_row_set_progress:
 * @self: a row, whose phase runs
 * @progress: how far it is
 *
 * Main thread.
 */
void
solco_phase_row_set_progress (SolcoPhaseRow *self, const SolcoProgress *progress)
{
  g_return_if_fail (SOLCO_IS_PHASE_ROW (self) && progress != NULL);

  if (self->state != SOLCO_PHASE_ROW_CURRENT)
    return;
  if (progress->fraction >= 0)
    {
      set_pulsing (self, FALSE);
      gtk_progress_bar_set_fraction (self->bar, MIN (progress->fraction, 1));
    }
  else
    set_pulsing (self, TRUE);
  set_label (self->amount_label, progress->total_bytes > 0
                                     ? solco_text_size_dup_progress (progress->done_bytes,
                                                                     progress->total_bytes)
                                     : NULL);
  set_label (self->speed_label, progress->bytes_per_s > 0
                                    ? solco_text_speed_dup (progress->bytes_per_s,
                                                            progress->speed_factor)
                                    : NULL);
  gtk_widget_set_visible (self->figures_box, progress->total_bytes > 0
                                                 || progress->bytes_per_s > 0);
  set_buffer (self->drive_box, self->drive_label, self->drive_bar, progress->drive_buffer_fill);
  set_buffer (self->program_box, self->program_label, self->program_bar,
              progress->program_buffer_fill);
  gtk_widget_set_visible (self->buffers_box, progress->drive_buffer_fill >= 0
                                                 || progress->program_buffer_fill >= 0);
  set_label (self->silence_label, solco_text_phase_dup_silence (progress->silent_s));
  gtk_widget_set_visible (GTK_WIDGET (self->silence_label),
                          *gtk_label_get_text (self->silence_label) != '\0');
  set_forecast (self, progress);
}

/**
 * solco_phase_row_set_state:
 * @self: a row
 * @state: where its phase stands
 * @detail: (nullable): what stands at its end
 *
 * Main thread.
 */
void
solco_phase_row_set_state (SolcoPhaseRow *self, SolcoPhaseRowState state, const char *detail)
{
  g_return_if_fail (SOLCO_IS_PHASE_ROW (self));

  static const struct
  {
    const char *icon;
    const char *css_class;
    const char *meaning;
  } looks[] = {
    [SOLCO_PHASE_ROW_WAITING] = { "radio-symbolic", "waiting", N_ ("waits") },
    [SOLCO_PHASE_ROW_CURRENT] = { "media-record-symbolic", "current", N_ ("running") },
    [SOLCO_PHASE_ROW_DONE] = { "emblem-ok-symbolic", "done", N_ ("done") },
  };
  g_autofree char *label = NULL;

  self->state = state;
  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), looks[i].css_class);
  gtk_widget_add_css_class (GTK_WIDGET (self), looks[state].css_class);
  gtk_image_set_from_icon_name (self->image, looks[state].icon);
  gtk_label_set_text (self->detail_label, detail != NULL ? detail : "");
  gtk_widget_set_visible (self->progress_box, state == SOLCO_PHASE_ROW_CURRENT);
  if (state == SOLCO_PHASE_ROW_CURRENT)
    {
      gtk_progress_bar_set_fraction (self->bar, 0);
      gtk_widget_set_visible (self->figures_box, FALSE);
      gtk_widget_set_visible (self->buffers_box, FALSE);
      gtk_widget_set_visible (GTK_WIDGET (self->silence_label), FALSE);
      self->forecast_us = 0;
    }
  set_pulsing (self, state == SOLCO_PHASE_ROW_CURRENT);
  label = g_strdup_printf (C_ ("list", "%s, %s"), gtk_label_get_text (self->name_label),
                           _ (looks[state].meaning));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
solco_phase_row_dispose (GObject *object)
{
  SolcoPhaseRow *self = SOLCO_PHASE_ROW (object);

  g_clear_handle_id (&self->pulse_id, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (solco_phase_row_parent_class)->dispose (object);
}

static void
solco_phase_row_class_init (SolcoPhaseRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = solco_phase_row_dispose;
  g_type_ensure (SOLCO_TYPE_WRAP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "phaserow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/solco/Solco/phase-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SolcoPhaseRow, box);
  gtk_widget_class_bind_template_child (widget_class, SolcoPhaseRow, image);
  gtk_widget_class_bind_template_child (widget_class, SolcoPhaseRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, SolcoPhaseRow, detail_label);
  gtk_widget_class_bind_template_child (widget_class, SolcoPhaseRow, progress_box);
  gtk_widget_class_bind_template_child (widget_class, SolcoPhaseRow, bar);
  gtk_widget_class_bind_template_child (widget_class, SolcoPhaseRow, figures_box);
  gtk_widget_class_bind_template_child (widget_class, SolcoPhaseRow, amount_label);
  gtk_widget_class_bind_template_child (widget_class, SolcoPhaseRow, speed_label);
  gtk_widget_class_bind_template_child (widget_class, SolcoPhaseRow, buffers_box);
  gtk_widget_class_bind_template_child (widget_class, SolcoPhaseRow, drive_box);
  gtk_widget_class_bind_template_child (widget_class, SolcoPhaseRow, drive_label);
  gtk_widget_class_bind_template_child (widget_class, SolcoPhaseRow, drive_bar);
  gtk_widget_class_bind_template_child (widget_class, SolcoPhaseRow, program_box);
  gtk_widget_class_bind_template_child (widget_class, SolcoPhaseRow, program_label);
  gtk_widget_class_bind_template_child (widget_class, SolcoPhaseRow, program_bar);
  gtk_widget_class_bind_template_child (widget_class, SolcoPhaseRow, silence_label);
}

static void
solco_phase_row_init (SolcoPhaseRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * solco_phase_row_new:
 * @name: what the phase is called
 *
 * Main thread.
 *
 * Returns: (transfer floating): a row whose phase has not begun
 */
GtkWidget *
solco_phase_row_new (const char *name)
{
  SolcoPhaseRow *self = g_object_new (SOLCO_TYPE_PHASE_ROW, NULL);

  gtk_label_set_text (self->name_label, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  solco_phase_row_set_state (self, SOLCO_PHASE_ROW_WAITING, NULL);
  return GTK_WIDGET (self);
}
