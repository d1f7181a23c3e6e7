/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures of the bar: an estimate at once, the exact size from the engine when the stage has
 * been left alone for a moment. */
#include "solco-controller-private.h"

/* While files come in, so often; an estimate looks at every folder that changed. */
#define FIGURES_INTERVAL_MS 120
/* Nothing is measured while the user is still at it. */
#define MEASURE_DELAY_MS 600

/* The disc that the stage is meant for: it may be away. */
static SolcoMedium *
get_planned_medium (SolcoController *self)
{
  switch (solco_disc_master_get_state (self->master))
    {
    case SOLCO_DISC_MASTER_DISC_AWAY:
    case SOLCO_DISC_MASTER_WRONG_DISC:
      return self->expected_medium;
    case SOLCO_DISC_MASTER_RECORDING:
      return self->job_medium;
    default:
      return self->medium;
    }
}

static gint64
get_staged_blocks (SolcoController *self, gint64 exact_blocks)
{
  if (solco_project_get_n_changes (self->project) == 0)
    return 0;
  return exact_blocks > 0 ? exact_blocks : solco_project_get_estimated_blocks (self->project);
}

/* @exact_blocks: 0 where the size is not measured. */
static void
fill_in (SolcoController *self, gint64 exact_blocks)
{
  SolcoMedium *medium = get_planned_medium (self);

  memset (&self->input, 0, sizeof self->input);
  if (medium != NULL)
    solco_capacity_input_from_medium (&self->input, medium);
  else
    self->input.next_writable_block = -1;
  if (solco_controller_needs_erase (self))
    {
      /* Burn would make it a blank disc first. */
      self->input.n_sessions = 0;
      self->input.next_writable_block = 0;
      self->input.free_blocks = self->input.capacity_blocks;
    }
  self->input.image_blocks = get_staged_blocks (self, exact_blocks);
  self->input.close_disc = solco_project_get_options (self->project)->close_disc;
  solco_capacity_compute (&self->input, &self->capacity);
  self->is_exact = exact_blocks > 0 || self->input.image_blocks == 0;
}

/* With another disc, the figures of the last one are wrong at once, and whoever asks whether the
 * stage can be burned must not be told by them; the bar follows as always. */
void
solco_controller_renew_figures (SolcoController *self)
{
  fill_in (self, 0);
}

static void
compute (SolcoController *self, gint64 exact_blocks)
{
  fill_in (self, exact_blocks);
  g_signal_emit_by_name (self, "capacity-changed");
  solco_controller_queue_status (self);
  solco_controller_check_waiting (self);
}

static void
on_measured (SolcoController *self, SolcoJob *job)
{
  g_autoptr (SolcoJob) finished = g_steal_pointer (&self->measure_job);
  const SolcoResult *result = solco_job_get_result (finished);

  /* Where it fails, the estimate stands; Burn will say what is wrong. */
  if (solco_job_get_state (finished) == SOLCO_JOB_SUCCEEDED)
    compute (self, result->image_blocks);
}

static gboolean
can_measure (SolcoController *self)
{
  const SolcoDiscMasterState state = solco_disc_master_get_state (self->master);

  return (state == SOLCO_DISC_MASTER_SINGLE_SESSION || state == SOLCO_DISC_MASTER_MULTI_SESSION)
         && !self->is_exact && self->medium->damage == SOLCO_DAMAGE_NONE
         && !solco_controller_is_adding (self) && !solco_controller_is_reading (self)
         && self->job == NULL && self->starting == NULL && self->eject_job == NULL;
}

static void
on_frozen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SolcoController) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SolcoPlan) plan
      = solco_project_freeze_finish (SOLCO_PROJECT (source), result, &error);
  g_autoptr (SolcoRequest) request = NULL;

  /* Whoever cancels it, or edits the stage, has asked for new figures. */
  if (plan == NULL)
    return;
  g_clear_object (&self->freezing);
  request = solco_request_new_measure (plan);
  self->measure_job = solco_engine_submit (self->engine, request);
  g_signal_connect_swapped (self->measure_job, "finished", G_CALLBACK (on_measured), self);
}

static gboolean
on_measure (gpointer data)
{
  SolcoController *self = data;

  self->measure_id = 0;
  if (!can_measure (self))
    return G_SOURCE_REMOVE;
  self->freezing = g_cancellable_new ();
  solco_project_freeze_async (self->project, self->target, NULL, self->freezing, on_frozen,
                              g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static gboolean
on_figures (gpointer data)
{
  SolcoController *self = data;

  self->figures_id = 0;
  compute (self, 0);
  if (can_measure (self))
    self->measure_id = g_timeout_add (MEASURE_DELAY_MS, on_measure, self);
  return G_SOURCE_REMOVE;
}

void
solco_controller_queue_figures (SolcoController *self)
{
  solco_controller_cancel_measure (self);
  if (self->figures_id != 0)
    return;
  if (solco_controller_is_adding (self))
    self->figures_id = g_timeout_add (FIGURES_INTERVAL_MS, on_figures, self);
  else
    self->figures_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_figures, self, NULL);
}

void
solco_controller_cancel_measure (SolcoController *self)
{
  g_clear_handle_id (&self->measure_id, g_source_remove);
  g_cancellable_cancel (self->freezing);
  g_clear_object (&self->freezing);
  if (self->measure_job == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->measure_job, self);
  solco_job_cancel (self->measure_job);
  g_clear_object (&self->measure_job);
}

void
solco_controller_clear_figures (SolcoController *self)
{
  solco_controller_cancel_measure (self);
  g_clear_handle_id (&self->figures_id, g_source_remove);
}

/**
 * solco_controller_get_capacity_input:
 * @self: a controller
 *
 * Returns: (transfer none): what the figures were computed with; profile NONE without a disc
 */
const SolcoCapacityInput *
solco_controller_get_capacity_input (SolcoController *self)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), NULL);

  return &self->input;
}

/**
 * solco_controller_get_capacity:
 * @self: a controller
 *
 * Returns: (transfer none): the figures, of the disc that the stage is planned for
 */
const SolcoCapacity *
solco_controller_get_capacity (SolcoController *self)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), NULL);

  return &self->capacity;
}

/**
 * solco_controller_is_capacity_exact:
 * @self: a controller
 *
 * Returns: whether the staged size was measured; otherwise it is an estimate from above
 */
gboolean
solco_controller_is_capacity_exact (SolcoController *self)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), FALSE);

  return self->is_exact;
}
