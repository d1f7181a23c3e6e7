/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Burning the stage: whether it is possible, and how its job begins. */
#include "engine/solco-error.h"
#include "solco-controller-private.h"

/**
 * solco_controller_check_burn:
 * @self: a controller
 * @error: return location
 *
 * Whether the stage can be burned now, as the session rules and the capacity say. Main thread.
 *
 * Returns: whether it can. Errors: those of solco_disc_master_check_burn(), and
 *   %SOLCO_ERROR_DISC_FULL
 */
gboolean
solco_controller_check_burn (SolcoController *self, GError **error)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), FALSE);

  if (!solco_controller_check_idle (self, error))
    return FALSE;
  if (self->medium == NULL && self->read_error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->read_error));
      return FALSE;
    }
  if (!solco_disc_master_check_burn (self->master, error))
    return FALSE;
  if (!self->capacity.fits)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_DISC_FULL,
                   "%" G_GINT64_FORMAT " blocks needed, %" G_GINT64_FORMAT " free",
                   self->capacity.need_blocks, self->capacity.free_blocks);
      return FALSE;
    }
  return TRUE;
}

/**
 * solco_controller_needs_erase:
 * @self: a controller
 *
 * Returns: whether the content was cleared and the disc that is in holds sessions, which can be
 *   erased if the user agrees
 */
gboolean
solco_controller_needs_erase (SolcoController *self)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), FALSE);

  return solco_disc_master_get_state (self->master) == SOLCO_DISC_MASTER_BLANK_REQUIRED
         && self->medium != NULL
         && (self->medium->is_erasable || self->medium->is_overwritable
             || self->medium->is_image_file);
}

static void
burn_plan (SolcoController *self, SolcoPlan *plan)
{
  /* Undo may have brought the disc's content back meanwhile. */
  const gboolean erases = self->burn_erases && plan->disc == NULL;

  g_clear_pointer (&self->job_plan, solco_plan_unref);
  self->job_plan = solco_plan_ref (plan);
  /* Nobody else has seen the plan yet. */
  self->job_plan->erase = erases;
  if (erases)
    self->job_plan->erase_disc = g_steal_pointer (&self->burn_erase_disc);
  solco_controller_begin (self, solco_request_new_burn (self->job_plan),
                          solco_disc_master_get_next_session_number (self->master), erases);
}

/* No burn comes of it: what has waited for its end goes on. */
static void
give_up (SolcoController *self)
{
  solco_disc_master_set_erase_agreed (self->master, FALSE);
  solco_controller_catch_up (self);
  solco_controller_touch (self);
  g_object_notify (G_OBJECT (self), "is-starting");
}

static void copy_stage (SolcoController *self);

static void
on_frozen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SolcoController) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SolcoPlan) plan = solco_project_freeze_finish (SOLCO_PROJECT (source), result, NULL);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  g_clear_object (&self->starting);
  /* The stage and the disc may be others by now. */
  if (!solco_controller_check_burn (self, &error)
      || (plan != NULL && !solco_disc_master_begin_recording (self->master, &error)))
    {
      give_up (self);
      solco_controller_report_error (self, error);
      return;
    }
  if (plan == NULL)
    {
      /* It was edited. What is burned is what the user sees, so the copy starts over. */
      copy_stage (self);
      return;
    }
  burn_plan (self, plan);
  g_object_notify (G_OBJECT (self), "is-starting");
}

static void
copy_stage (SolcoController *self)
{
  self->starting = g_cancellable_new ();
  solco_project_freeze_async (self->project, self->target, &self->burn_options, self->starting,
                              on_frozen, g_object_ref (self));
}

/**
 * solco_controller_burn:
 * @self: a controller
 * @options: (nullable): for this burn; %NULL for those of the project
 * @erase: the user agreed that the sessions on the disc that is in are lost
 * @error: return location
 *
 * Copies the stage, beside other work, and burns it. An edit meanwhile is burned too. Main thread.
 *
 * Returns: whether it began; what stops it until there is a job is told by "message". Errors: those
 *   of solco_controller_check_burn()
 */
gboolean
solco_controller_burn (SolcoController *self, const SolcoProjectOptions *options, gboolean erase,
                       GError **error)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), FALSE);

  const gboolean erases = erase && solco_controller_needs_erase (self);

  if (erases)
    solco_disc_master_set_erase_agreed (self->master, TRUE);
  if (!solco_controller_check_burn (self, error))
    return FALSE;
  self->burn_options = options != NULL ? *options : *solco_project_get_options (self->project);
  self->burn_erases = erases;
  g_clear_pointer (&self->burn_erase_disc, solco_disc_identity_free);
  if (erases && self->medium->identity != NULL)
    self->burn_erase_disc = solco_disc_identity_copy (self->medium->identity);
  solco_controller_cancel_measure (self);
  solco_controller_stop_waiting (self);
  copy_stage (self);
  g_object_notify (G_OBJECT (self), "is-starting");
  solco_controller_queue_status (self);
  return TRUE;
}

/**
 * solco_controller_is_starting:
 * @self: a controller
 *
 * Returns: whether a burn has begun whose job is not there yet
 */
gboolean
solco_controller_is_starting (SolcoController *self)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), FALSE);

  return self->starting != NULL;
}

/**
 * solco_controller_cancel_start:
 * @self: a controller
 *
 * Gives a burn up whose job is not there yet; the stage is as it was. Main thread.
 */
void
solco_controller_cancel_start (SolcoController *self)
{
  g_return_if_fail (SOLCO_IS_CONTROLLER (self));

  if (self->starting == NULL)
    return;
  g_cancellable_cancel (self->starting);
  g_clear_object (&self->starting);
  give_up (self);
}

/**
 * solco_controller_burn_again:
 * @self: a controller
 * @error: return location
 *
 * Burns the plan of the finished job once more. What is staged meanwhile stays as it is; the engine
 * refuses any disc that is not blank. Main thread.
 *
 * Returns: whether it began. Errors: %SOLCO_ERROR_NOT_POSSIBLE, %SOLCO_ERROR_NOT_ACCESSIBLE
 */
gboolean
solco_controller_burn_again (SolcoController *self, GError **error)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), FALSE);

  if (!solco_controller_check_idle (self, error))
    return FALSE;
  if (self->job_plan == NULL || self->job_plan->disc != NULL || self->job_plan->erase)
    {
      g_set_error_literal (error, SOLCO_ERROR, SOLCO_ERROR_NOT_POSSIBLE,
                           "the last burn was for one disc only");
      return FALSE;
    }
  solco_controller_begin (self, solco_request_new_burn (self->job_plan), 1, FALSE);
  return TRUE;
}
