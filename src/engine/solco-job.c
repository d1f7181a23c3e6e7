/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-job-private.h"

/* How often a running job looks whether the drive still answers. */
#define SILENCE_CHECK_MS 500
/* Shorter silences are normal: a drive that calibrates or loads takes this long. */
#define SILENCE_SHOWN_AFTER_S 3

struct _SolcoJob
{
  GObject parent_instance;

  GMainContext *context;
  GThread *thread;
  SolcoRequest *request;
  SolcoTask *task;
  SolcoJobState state;
  gboolean can_cancel;
  SolcoProgress progress;
  gboolean is_measured;
  SolcoCapacity capacity;
  gint64 image_blocks;
  SolcoResult *result;
  GError *error;
  GString *log;
  GSource *silence_source;
};

enum
{
  SIGNAL_PROGRESS,
  SIGNAL_PHASE,
  SIGNAL_MEASURED,
  SIGNAL_LOG,
  SIGNAL_PROBLEM,
  SIGNAL_FINISHED,
  N_SIGNALS
};

enum
{
  PROP_STATE = 1,
  PROP_CAN_CANCEL,
  N_PROPS
};

static guint signals[N_SIGNALS];
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (SolcoJob, solco_job, G_TYPE_OBJECT)

static void
solco_job_finalize (GObject *object)
{
  SolcoJob *self = SOLCO_JOB (object);

  g_assert (self->silence_source == NULL);
  g_clear_pointer (&self->task, solco_task_unref);
  solco_request_unref (self->request);
  g_clear_pointer (&self->result, solco_result_free);
  g_clear_error (&self->error);
  g_string_free (self->log, TRUE);
  g_main_context_unref (self->context);
  G_OBJECT_CLASS (solco_job_parent_class)->finalize (object);
}

static void
solco_job_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SolcoJob *self = SOLCO_JOB (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_CAN_CANCEL:
      g_value_set_boolean (value, self->can_cancel);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
solco_job_class_init (SolcoJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = solco_job_finalize;
  object_class->get_property = solco_job_get_property;

  props[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, SOLCO_JOB_QUEUED, SOLCO_JOB_CANCELLED,
                                        SOLCO_JOB_QUEUED,
                                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_CAN_CANCEL] = g_param_spec_boolean ("can-cancel", NULL, NULL, TRUE,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SIGNAL_PROGRESS] = g_signal_new ("progress", SOLCO_TYPE_JOB, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PHASE] = g_signal_new ("phase", SOLCO_TYPE_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_MEASURED] = g_signal_new ("measured", SOLCO_TYPE_JOB, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_LOG] = g_signal_new ("log", SOLCO_TYPE_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                      NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_PROBLEM] = g_signal_new ("problem", SOLCO_TYPE_JOB, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, SOLCO_TYPE_PROBLEM);
  signals[SIGNAL_FINISHED] = g_signal_new ("finished", SOLCO_TYPE_JOB, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);
}

static void
solco_job_init (SolcoJob *self)
{
  self->can_cancel = TRUE;
  self->thread = g_thread_self ();
  self->log = g_string_new (NULL);
  self->progress.fraction = -1;
  self->progress.time_left_s = -1;
  self->progress.drive_buffer_fill = -1;
  self->progress.program_buffer_fill = -1;
}

SolcoJob *
solco_job_new (SolcoRequest *request, GMainContext *context)
{
  SolcoJob *self = g_object_new (SOLCO_TYPE_JOB, NULL);

  self->request = solco_request_ref (request);
  self->context = g_main_context_ref (context);
  return self;
}

void
solco_job_set_task (SolcoJob *self, SolcoTask *task)
{
  self->task = solco_task_ref (task);
}

static void
set_state (SolcoJob *self, SolcoJobState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

double
solco_job_get_silence_s (SolcoJob *self)
{
  gint64 start_us = solco_task_get_command_start_us (self->task);

  return start_us == 0 ? 0 : (g_get_monotonic_time () - start_us) / (double) G_USEC_PER_SEC;
}

/* While the drive holds a command, the engine's thread can say nothing; so the main thread looks
 * at the clock. */
static gboolean
on_silence_check (gpointer user_data)
{
  SolcoJob *self = user_data;
  double silent_s = solco_job_get_silence_s (self);
  double old_s = self->progress.silent_s;

  self->progress.silent_s = silent_s >= SILENCE_SHOWN_AFTER_S ? silent_s : 0;
  if (self->progress.silent_s != old_s)
    g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
  return G_SOURCE_CONTINUE;
}

static void
watch_silence (SolcoJob *self)
{
  self->silence_source = g_timeout_source_new (SILENCE_CHECK_MS);
  g_source_set_static_name (self->silence_source, "solco-job-silence");
  g_source_set_callback (self->silence_source, on_silence_check, self, NULL);
  g_source_attach (self->silence_source, self->context);
}

static void
append_log (SolcoJob *self, const char *text)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *stamp = g_date_time_format (now, "%Y-%m-%d %H:%M:%S");

  g_string_append_printf (self->log, "%s %s\n", stamp, text);
}

static void
handle_finished (SolcoJob *self, SolcoEvent *event)
{
  self->result = g_steal_pointer (&event->result);
  self->error = g_steal_pointer (&event->error);
  if (self->silence_source != NULL)
    {
      g_source_destroy (self->silence_source);
      g_clear_pointer (&self->silence_source, g_source_unref);
    }
  self->progress.silent_s = 0;
  self->can_cancel = FALSE;
  if (self->error == NULL)
    set_state (self, SOLCO_JOB_SUCCEEDED);
  else
    {
      append_log (self, self->error->message);
      set_state (self, g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                           ? SOLCO_JOB_CANCELLED
                           : SOLCO_JOB_FAILED);
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAN_CANCEL]);
  g_signal_emit (self, signals[SIGNAL_FINISHED], 0);
}

void
solco_job_handle_event (SolcoJob *self, SolcoEvent *event)
{
  g_assert (g_thread_self () == self->thread);
  g_assert (!solco_job_is_finished (self));

  switch (event->kind)
    {
    case SOLCO_EVENT_STARTED:
      if (self->state == SOLCO_JOB_QUEUED)
        set_state (self, SOLCO_JOB_RUNNING);
      watch_silence (self);
      break;
    case SOLCO_EVENT_PHASE:
      self->progress.phase = event->number;
      g_signal_emit (self, signals[SIGNAL_PHASE], 0, event->number);
      break;
    case SOLCO_EVENT_CAN_CANCEL:
      if (self->can_cancel != event->number)
        {
          self->can_cancel = event->number;
          g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAN_CANCEL]);
        }
      break;
    case SOLCO_EVENT_MEASURED:
      self->is_measured = TRUE;
      self->capacity = event->capacity;
      self->image_blocks = event->image_blocks;
      g_signal_emit (self, signals[SIGNAL_MEASURED], 0);
      break;
    case SOLCO_EVENT_LOG:
      append_log (self, event->text);
      g_signal_emit (self, signals[SIGNAL_LOG], 0, event->text);
      break;
    case SOLCO_EVENT_PROBLEM:
      g_signal_emit (self, signals[SIGNAL_PROBLEM], 0, event->problem);
      break;
    case SOLCO_EVENT_FINISHED:
      handle_finished (self, event);
      break;
    default:
      g_assert_not_reached ();
    }
}

void
solco_job_handle_progress (SolcoJob *self, const SolcoProgress *progress)
{
  g_assert (g_thread_self () == self->thread);
  g_assert (!solco_job_is_finished (self));

  double silent_s = self->progress.silent_s;

  self->progress = *progress;
  self->progress.silent_s = silent_s;
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
}

/**
 * solco_job_get_request:
 * @self: a job
 *
 * Returns: (transfer none): what was asked for
 */
SolcoRequest *
solco_job_get_request (SolcoJob *self)
{
  g_return_val_if_fail (SOLCO_IS_JOB (self), NULL);

  return self->request;
}

/**
 * solco_job_get_state:
 * @self: a job
 *
 * Returns: its state, which is the property "state" too
 */
SolcoJobState
solco_job_get_state (SolcoJob *self)
{
  g_return_val_if_fail (SOLCO_IS_JOB (self), SOLCO_JOB_FAILED);

  return self->state;
}

/**
 * solco_job_is_finished:
 * @self: a job
 *
 * Returns: whether it succeeded, failed or was cancelled
 */
gboolean
solco_job_is_finished (SolcoJob *self)
{
  g_return_val_if_fail (SOLCO_IS_JOB (self), TRUE);

  return self->state >= SOLCO_JOB_SUCCEEDED;
}

/**
 * solco_job_get_progress:
 * @self: a job
 *
 * Returns: (transfer none): the latest figures
 */
const SolcoProgress *
solco_job_get_progress (SolcoJob *self)
{
  g_return_val_if_fail (SOLCO_IS_JOB (self), NULL);

  return &self->progress;
}

/**
 * solco_job_get_capacity:
 * @self: a job
 * @image_blocks: (out) (optional): exact size of the session's file system, in 2048-byte blocks
 *
 * Returns: (transfer none) (nullable): what the session needs and leaves, %NULL while that is not
 *   known
 */
const SolcoCapacity *
solco_job_get_capacity (SolcoJob *self, gint64 *image_blocks)
{
  g_return_val_if_fail (SOLCO_IS_JOB (self), NULL);

  if (image_blocks != NULL)
    *image_blocks = self->image_blocks;
  return self->is_measured ? &self->capacity : NULL;
}

/**
 * solco_job_can_cancel:
 * @self: a job
 *
 * Returns: whether solco_job_cancel() can end it early at this moment
 */
gboolean
solco_job_can_cancel (SolcoJob *self)
{
  g_return_val_if_fail (SOLCO_IS_JOB (self), FALSE);

  return self->can_cancel;
}

/**
 * solco_job_cancel:
 * @self: a job
 *
 * Asks the job to end. It is accepted in every state and shows at once as
 * %SOLCO_JOB_CANCELLING; the job ends when the drive is idle. In a phase that nothing can stop the
 * wish takes effect after it.
 */
void
solco_job_cancel (SolcoJob *self)
{
  g_return_if_fail (SOLCO_IS_JOB (self));

  if (solco_job_is_finished (self))
    return;
  solco_task_cancel (self->task);
  set_state (self, SOLCO_JOB_CANCELLING);
}

/**
 * solco_job_get_result:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): what came of it, %NULL until it has finished
 */
const SolcoResult *
solco_job_get_result (SolcoJob *self)
{
  g_return_val_if_fail (SOLCO_IS_JOB (self), NULL);

  return self->result;
}

/**
 * solco_job_get_error:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): why it failed or was cancelled
 */
const GError *
solco_job_get_error (SolcoJob *self)
{
  g_return_val_if_fail (SOLCO_IS_JOB (self), NULL);

  return self->error;
}

/**
 * solco_job_get_log:
 * @self: a job
 *
 * Returns: (transfer none): the log so far, a line a message, with time stamps
 */
const char *
solco_job_get_log (SolcoJob *self)
{
  g_return_val_if_fail (SOLCO_IS_JOB (self), NULL);

  return self->log->str;
}
