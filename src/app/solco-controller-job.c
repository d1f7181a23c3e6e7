/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The jobs that have the window: erase, verify, copy, mend; and what all of them share. */
#include "solco-controller-private.h"

#include "engine/solco-error.h"

/* A job runs, or will as soon as the stage is copied for it. */
gboolean
solco_controller_is_busy (SolcoController *self)
{
  return self->starting != NULL || (self->job != NULL && !solco_job_is_finished (self->job));
}

/* Something else uses the recorder, or none is there. */
gboolean
solco_controller_check_idle (SolcoController *self, GError **error)
{
  if (self->target == NULL)
    {
      g_set_error_literal (error, SOLCO_ERROR, SOLCO_ERROR_NO_RECORDER,
                           "no recorder is selected");
      return FALSE;
    }
  if (solco_controller_is_busy (self) || self->eject_job != NULL)
    {
      g_set_error_literal (error, SOLCO_ERROR, SOLCO_ERROR_NOT_ACCESSIBLE,
                           "the recorder is busy with another job");
      return FALSE;
    }
  return TRUE;
}

void
solco_controller_catch_up (SolcoController *self)
{
  if (solco_controller_follow_recorder (self))
    {
      self->is_read_again = FALSE;
    }
  else if (self->is_read_again)
    {
      self->is_read_again = FALSE;
      solco_controller_read_disc (self);
    }
}

/* What the job made of the disc, where the stage has to follow; else the disc is read again. */
static void
take_result (SolcoController *self, SolcoJob *job)
{
  const SolcoResult *result = solco_job_get_result (job);
  const SolcoRequestKind kind = solco_request_get_kind (solco_job_get_request (job));
  const gboolean has_disc = solco_job_get_state (job) == SOLCO_JOB_SUCCEEDED
                            && result->medium != NULL && result->tree != NULL;

  if (kind == SOLCO_REQUEST_BURN)
    self->is_result_awaited = TRUE;
  if (kind == SOLCO_REQUEST_BURN && has_disc)
    {
      self->is_result_awaited = FALSE;
      solco_controller_take_disc (self, result->medium, result->tree, TRUE);
      if (self->job_plan->eject)
        self->is_read_again = TRUE;
    }
  else if (kind == SOLCO_REQUEST_MEND && has_disc)
    {
      solco_disc_master_follow_mending (
          self->master, self->job_medium != NULL ? self->job_medium->identity : NULL,
          result->medium);
      solco_controller_take_disc (self, result->medium, result->tree, TRUE);
    }
  else if (kind != SOLCO_REQUEST_EXTRACT && kind != SOLCO_REQUEST_VERIFY)
    {
      self->is_read_again = TRUE;
    }
  solco_controller_catch_up (self);
}

static void
on_finished (SolcoController *self, SolcoJob *job)
{
  g_autoptr (SolcoJob) finished = g_object_ref (job);

  solco_disc_master_end_recording (self->master);
  take_result (self, finished);
  solco_controller_queue_status (self);
  if (g_error_matches (solco_job_get_error (finished), SOLCO_ERROR, SOLCO_ERROR_WRONG_DISC)
      && self->job_plan != NULL)
    {
      /* Nothing was written: there is no result to show, but a question. */
      solco_controller_dismiss_job (self);
      /* What is in is not what was seen last; until it is read, it counts as nothing. */
      solco_controller_take_disc (self, NULL, NULL, FALSE);
      self->is_burn_agreed = TRUE;
      g_signal_emit_by_name (self, "wrong-disc");
      return;
    }
  g_signal_emit_by_name (self, "job-finished", finished);
}

void
solco_controller_begin (SolcoController *self, SolcoRequest *request, guint session,
                        gboolean erases)
{
  solco_controller_cancel_measure (self);
  solco_controller_cancel_reading (self);
  solco_controller_stop_waiting (self);
  self->is_burn_agreed = FALSE;
  g_clear_pointer (&self->job_medium, solco_medium_unref);
  self->job_medium = self->medium != NULL ? solco_medium_ref (self->medium) : NULL;
  self->job_session = session;
  self->job_erases = erases;
  g_clear_object (&self->job);
  self->job = solco_engine_submit (self->engine, request);
  solco_request_unref (request);
  g_signal_connect_swapped (self->job, "finished", G_CALLBACK (on_finished), self);
  g_object_notify (G_OBJECT (self), "job");
  solco_controller_queue_status (self);
}

/**
 * solco_controller_burn_image:
 * @self: a controller
 * @image_path: (type filename): an existing image
 * @options: simulate, close_disc, verify, speed and eject count
 * @erase: the user agreed that the sessions on the disc that is in are lost
 * @error: return location
 *
 * Writes an image as it is; what is staged stays. Main thread.
 *
 * Returns: whether it began
 */
gboolean
solco_controller_burn_image (SolcoController *self, const char *image_path,
                             const SolcoProjectOptions *options, gboolean erase, GError **error)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), FALSE);

  if (!solco_controller_check_idle (self, error))
    return FALSE;
  g_clear_pointer (&self->job_plan, solco_plan_unref);
  solco_controller_begin (
      self,
      solco_request_new_burn_image (self->target, image_path, erase,
                                    self->medium != NULL ? self->medium->identity : NULL,
                                    options->simulate, options->close_disc, options->verify,
                                    options->speed_kb_per_s, options->eject),
      1, erase);
  return TRUE;
}

/**
 * solco_controller_erase:
 * @self: a controller
 * @mode: how
 * @error: return location
 *
 * Erases the disc that is in, and no other. Main thread.
 *
 * Returns: whether it began
 */
gboolean
solco_controller_erase (SolcoController *self, SolcoEraseMode mode, GError **error)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), FALSE);

  if (!solco_controller_check_idle (self, error))
    return FALSE;
  g_clear_pointer (&self->job_plan, solco_plan_unref);
  solco_controller_begin (
      self,
      solco_request_new_erase (self->target, mode,
                               self->medium != NULL ? self->medium->identity : NULL),
      0, TRUE);
  return TRUE;
}

/**
 * solco_controller_verify:
 * @self: a controller
 * @session: number of a session, 0 for the newest
 * @error: return location
 *
 * Reads every block of a session and checks it. Main thread.
 *
 * Returns: whether it began
 */
gboolean
solco_controller_verify (SolcoController *self, guint session, GError **error)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), FALSE);

  if (!solco_controller_check_idle (self, error))
    return FALSE;
  g_clear_pointer (&self->job_plan, solco_plan_unref);
  solco_controller_begin (
      self, solco_request_new_verify (self->target, session, SOLCO_VERIFY_FULL, NULL), session,
      FALSE);
  return TRUE;
}

/**
 * solco_controller_extract:
 * @self: a controller
 * @session: number of a session, 0 for the newest
 * @paths: (nullable): paths on the disc, %NULL for all
 * @directory: (type filename): where to
 * @overwrite: whether local files may be replaced
 * @error: return location
 *
 * Copies files out of the disc. Main thread.
 *
 * Returns: whether it began
 */
gboolean
solco_controller_extract (SolcoController *self, guint session, const char *const *paths,
                          const char *directory, gboolean overwrite, GError **error)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), FALSE);

  if (!solco_controller_check_idle (self, error))
    return FALSE;
  g_clear_pointer (&self->job_plan, solco_plan_unref);
  solco_controller_begin (
      self, solco_request_new_extract (self->target, session, paths, directory, overwrite), session,
      FALSE);
  return TRUE;
}

/**
 * solco_controller_mend:
 * @self: a controller
 * @error: return location
 *
 * Repairs the damage that the medium tells of. Main thread.
 *
 * Returns: whether it began
 */
gboolean
solco_controller_mend (SolcoController *self, GError **error)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), FALSE);

  if (!solco_controller_check_idle (self, error))
    return FALSE;
  g_clear_pointer (&self->job_plan, solco_plan_unref);
  solco_controller_begin (self, solco_request_new_mend (self->target), 0, FALSE);
  return TRUE;
}

/**
 * solco_controller_submit:
 * @self: a controller
 * @request: what to do
 *
 * Something beside the window's job. Main thread.
 *
 * Returns: (transfer full): its job
 */
SolcoJob *
solco_controller_submit (SolcoController *self, SolcoRequest *request)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self) && request != NULL, NULL);

  return solco_engine_submit (self->engine, request);
}

/**
 * solco_controller_get_job:
 * @self: a controller
 *
 * Returns: (transfer none) (nullable): the job that has the window, running or finished
 */
SolcoJob *
solco_controller_get_job (SolcoController *self)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), NULL);

  return self->job;
}

/**
 * solco_controller_get_job_medium:
 * @self: a controller
 *
 * Returns: (transfer none) (nullable): the disc as it was when the job began
 */
SolcoMedium *
solco_controller_get_job_medium (SolcoController *self)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), NULL);

  return self->job_medium;
}

/**
 * solco_controller_get_job_session:
 * @self: a controller
 *
 * Returns: the session that the job writes or reads; 0 for none in particular
 */
guint
solco_controller_get_job_session (SolcoController *self)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), 0);

  return self->job_session;
}

/**
 * solco_controller_get_job_erases:
 * @self: a controller
 *
 * Returns: whether the sessions that were on the disc are given up by the job
 */
gboolean
solco_controller_get_job_erases (SolcoController *self)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), FALSE);

  return self->job_erases;
}

/**
 * solco_controller_cancel_job:
 * @self: a controller
 *
 * Main thread.
 */
void
solco_controller_cancel_job (SolcoController *self)
{
  g_return_if_fail (SOLCO_IS_CONTROLLER (self));

  if (self->job != NULL)
    solco_job_cancel (self->job);
}

/**
 * solco_controller_dismiss_job:
 * @self: a controller
 *
 * Forgets a job that has finished. Main thread.
 */
void
solco_controller_dismiss_job (SolcoController *self)
{
  g_return_if_fail (SOLCO_IS_CONTROLLER (self));

  if (self->job == NULL || !solco_job_is_finished (self->job))
    return;
  g_signal_handlers_disconnect_by_data (self->job, self);
  g_clear_object (&self->job);
  g_object_notify (G_OBJECT (self), "job");
  solco_controller_touch (self);
}
