/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-stop.h"

#include <glib/gi18n.h>

#include "solco-message.h"
#include "text/solco-text-phase.h"

/* What the disc loses: what is written, and the gap that closing leaves behind it. */
static gint64
get_lost_blocks (const SolcoMedium *medium, const SolcoProgress *progress)
{
  const gint64 written = (gint64) (progress->done_bytes / SOLCO_BLOCK_BYTES);

  if (progress->phase != SOLCO_PHASE_WRITE)
    return 0;
  return written
         + solco_capacity_get_gap_blocks (medium->profile, medium->is_image_file,
                                          medium->sessions->len);
}

static void
fill (SolcoController *controller, SolcoJob *job, SolcoTextStop *stop)
{
  SolcoMedium *medium = solco_controller_get_job_medium (controller);
  const SolcoProgress *progress = solco_job_get_progress (job);
  const SolcoRequestKind kind = solco_request_get_kind (solco_job_get_request (job));
  const gboolean writes = kind == SOLCO_REQUEST_BURN || kind == SOLCO_REQUEST_BURN_IMAGE;

  stop->medium = medium;
  stop->phase = progress->phase;
  stop->session = writes ? solco_controller_get_job_session (controller) : 0;
  stop->lost_blocks = get_lost_blocks (medium, progress);
  stop->is_simulation = solco_request_is_simulation (solco_job_get_request (job));
  stop->erases = solco_controller_get_job_erases (controller);
}

/**
 * solco_stop_dup_consequence:
 * @controller: a controller
 *
 * Main thread.
 *
 * Returns: (transfer full) (nullable): what stopping does now; %NULL without a job
 */
char *
solco_stop_dup_consequence (SolcoController *controller)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (controller), NULL);

  SolcoJob *job = solco_controller_get_job (controller);
  SolcoTextStop stop;

  if (job == NULL)
    return NULL;
  if (solco_job_get_state (job) == SOLCO_JOB_CANCELLING)
    return g_strdup (_ ("It ends as soon as the drive has finished what it is doing."));
  if (solco_controller_get_job_medium (controller) == NULL)
    return g_strdup ("");
  fill (controller, job, &stop);

  g_autofree char *loss = solco_text_stop_dup_loss (&stop);
  g_autofree char *rest = solco_text_stop_dup_rest (&stop);

  return rest != NULL ? g_strdup_printf ("%s\n%s", loss, rest) : g_steal_pointer (&loss);
}

static const char *
get_title (SolcoJob *job)
{
  switch (solco_request_get_kind (solco_job_get_request (job)))
    {
    case SOLCO_REQUEST_BURN:
    case SOLCO_REQUEST_BURN_IMAGE:
      return _ ("Stop burning?");
    case SOLCO_REQUEST_ERASE:
      return _ ("Stop erasing?");
    case SOLCO_REQUEST_EXTRACT:
      return _ ("Stop copying?");
    case SOLCO_REQUEST_VERIFY:
      return _ ("Stop verifying?");
    case SOLCO_REQUEST_MEND:
    case SOLCO_REQUEST_EJECT:
    case SOLCO_REQUEST_READ_DISC:
    case SOLCO_REQUEST_MEASURE:
    default:
      return _ ("Stop?");
    }
}

/* The question goes when its job has ended by itself. */
typedef struct
{
  SolcoController *controller;
  SolcoJob *job;
  GCancellable *cancellable;
  GTask *task;
  gulong finished_id;
  gulong progress_id;
} Question;

static void
question_free (Question *self)
{
  g_clear_signal_handler (&self->finished_id, self->job);
  g_clear_signal_handler (&self->progress_id, self->job);
  g_object_unref (self->controller);
  g_object_unref (self->job);
  g_object_unref (self->cancellable);
  g_clear_object (&self->task);
  g_free (self);
}

static Question *
question_new (SolcoController *controller, GTask *task)
{
  Question *self = g_new0 (Question, 1);

  self->controller = g_object_ref (controller);
  self->job = g_object_ref (solco_controller_get_job (controller));
  self->cancellable = g_cancellable_new ();
  self->task = task;
  self->finished_id = g_signal_connect_swapped (
      self->job, "finished", G_CALLBACK (g_cancellable_cancel), self->cancellable);
  return self;
}

static void
question_ask (Question *self, GtkWindow *parent, const char *title, GAsyncReadyCallback callback)
{
  g_autofree char *body = solco_stop_dup_consequence (self->controller);
  const SolcoQuestion question = {
    .title = title,
    .body = body,
    .cancel = _ ("_Keep Going"),
    .accept = _ ("_Stop"),
    .is_destructive = TRUE,
    .cancellable = self->cancellable,
  };

  solco_question_ask_async (parent, &question, callback, self);
}

static void
on_stop_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Question *self = user_data;

  if (solco_question_ask_finish (GTK_WINDOW (source), result) == SOLCO_ANSWER_ACCEPT
      && solco_controller_get_job (self->controller) == self->job)
    solco_controller_cancel_job (self->controller);
  question_free (self);
}

/**
 * solco_stop_dialog_present:
 * @parent: (nullable): window over which it opens
 * @controller: whose job is to be stopped
 *
 * Asks, saying what it does to this medium, and stops the job if the user wants it. The question
 * closes by itself when the job ends. Main thread.
 */
void
solco_stop_dialog_present (GtkWindow *parent, SolcoController *controller)
{
  SolcoJob *job = solco_controller_get_job (controller);

  if (job == NULL || solco_job_is_finished (job) || !solco_job_can_cancel (job))
    return;
  question_ask (question_new (controller, NULL), parent, get_title (job), on_stop_answer);
}

/* Closing. */

static void
return_close (Question *self, gboolean may_close)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  question_free (self);
  g_task_return_boolean (task, may_close);
}

static void
on_closing_finished (SolcoJob *job, Question *self)
{
  return_close (self, TRUE);
}

static void
on_closing_progress (SolcoJob *job, Question *self)
{
  if (solco_job_get_progress (job)->silent_s >= SOLCO_GIVE_UP_AFTER_S)
    return_close (self, TRUE);
}

static void
on_close_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Question *self = user_data;
  const gboolean stop
      = solco_question_ask_finish (GTK_WINDOW (source), result) == SOLCO_ANSWER_ACCEPT;

  if (solco_job_is_finished (self->job))
    {
      /* It ended while the question was open: the user has not seen the result yet. */
      return_close (self, stop);
      return;
    }
  if (!stop)
    {
      return_close (self, FALSE);
      return;
    }
  g_clear_signal_handler (&self->finished_id, self->job);
  self->finished_id = g_signal_connect (self->job, "finished", G_CALLBACK (on_closing_finished),
                                        self);
  self->progress_id = g_signal_connect (self->job, "progress", G_CALLBACK (on_closing_progress),
                                        self);
  solco_job_cancel (self->job);
}

/**
 * solco_stop_before_close_async:
 * @parent: (nullable): window that is to be closed
 * @controller: a controller
 * @callback: called when it is decided
 * @user_data: for @callback
 *
 * If a job runs, asks whether to stop it, stops it, and waits until it has ended; but no longer than
 * a drive may be silent. Main thread.
 */
void
solco_stop_before_close_async (GtkWindow *parent, SolcoController *controller,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (SOLCO_IS_CONTROLLER (controller));

  SolcoJob *job = solco_controller_get_job (controller);
  GTask *task = g_task_new (parent, NULL, callback, user_data);

  g_task_set_source_tag (task, solco_stop_before_close_async);
  if (job == NULL || solco_job_is_finished (job))
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  question_ask (question_new (controller, task), parent, _ ("Stop, and close the window?"),
                on_close_answer);
}

/**
 * solco_stop_before_close_finish:
 * @result: as given to the callback
 *
 * Main thread.
 *
 * Returns: whether the window may be closed
 */
gboolean
solco_stop_before_close_finish (GAsyncResult *result)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}
