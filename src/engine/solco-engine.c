/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-engine.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "solco-error.h"
#include "solco-job-private.h"
#include "solco-libraries-private.h"
#include "solco-operation-private.h"
#include "solco-request-private.h"
#include "solco-udisks-private.h"

/* How often a drive that holds up the end is looked after. */
#define STOP_CHECK_MS 100

/* What the thread has of the engine: both may be the last to need it. */
typedef struct
{
  GAsyncQueue *tasks;
  GMutex lock;
  GCond ended;
  /* Under the lock: */
  gboolean has_ended;
} Worker;

struct _SolcoEngine
{
  GObject parent_instance;

  GMainContext *context;
  SolcoChannel *channel;
  Worker *worker;
  GThread *thread;
  /* Jobs that have not finished, main thread. */
  GPtrArray *jobs;
};

G_DEFINE_FINAL_TYPE (SolcoEngine, solco_engine, G_TYPE_OBJECT)

/* libburn and libisofs are global to the process, so a second engine would break the first. */
static int n_engines;

/* Tells the thread to end; any address that is no task. */
static int quit_token;

static gboolean
run_operation (SolcoTask *task, GError **error)
{
  switch (solco_task_get_request (task)->kind)
    {
    case SOLCO_REQUEST_READ_DISC:
      return solco_operation_read_disc (task, error);
    case SOLCO_REQUEST_MEASURE:
      return solco_operation_measure (task, error);
    case SOLCO_REQUEST_BURN:
      return solco_operation_burn (task, error);
    case SOLCO_REQUEST_BURN_IMAGE:
      return solco_operation_burn_image (task, error);
    case SOLCO_REQUEST_ERASE:
      return solco_operation_erase (task, error);
    case SOLCO_REQUEST_MEND:
      return solco_operation_mend (task, error);
    case SOLCO_REQUEST_EJECT:
      return solco_operation_eject (task, error);
    case SOLCO_REQUEST_EXTRACT:
      return solco_operation_extract (task, error);
    case SOLCO_REQUEST_VERIFY:
      return solco_operation_verify (task, error);
    default:
      g_assert_not_reached ();
    }
}

/* Whether the disc that stays in the recorder may hold something else now. */
static gboolean
has_changed_disc (SolcoTask *task)
{
  const SolcoRequest *request = solco_task_get_request (task);

  return solco_task_is_disc_touched (task) && !solco_request_is_simulation (request)
         && solco_target_get_image_path (request->target) == NULL;
}

/* The system believes that it knows the disc. The desktop shows what is new only if it is told that
 * it does not; where nobody listens, putting the disc in again does the same. */
static void
announce_change (SolcoTask *task)
{
  const char *address = solco_task_get_request (task)->target->address;
  g_autoptr (GError) error = NULL;

  if (!solco_udisks_rescan (address, NULL, &error))
    solco_task_log (task, "The desktop was not told that the disc has changed: %s", error->message);
}

static gboolean
run_task (SolcoTask *task, GError **error)
{
  const gboolean success = run_operation (task, error);

  /* A burn that failed or was stopped has changed the disc as well. */
  if (has_changed_disc (task))
    announce_change (task);
  return success;
}

static void
worker_clear (gpointer data)
{
  Worker *worker = data;

  g_async_queue_unref (worker->tasks);
  g_mutex_clear (&worker->lock);
  g_cond_clear (&worker->ended);
}

static void
worker_unref (Worker *worker)
{
  g_atomic_rc_box_release_full (worker, worker_clear);
}

static Worker *
worker_new (void)
{
  Worker *worker = g_atomic_rc_box_new0 (Worker);

  worker->tasks = g_async_queue_new ();
  g_mutex_init (&worker->lock);
  g_cond_init (&worker->ended);
  return worker;
}

static gpointer
engine_thread (gpointer data)
{
  Worker *worker = data;
  g_autoptr (GError) start_error = NULL;
  gboolean started = solco_libraries_start (&start_error);
  gpointer item;

  while ((item = g_async_queue_pop (worker->tasks)) != &quit_token)
    {
      g_autoptr (SolcoTask) task = item;
      g_autoptr (GError) error = NULL;

      solco_task_start (task);
      if (!started)
        error = g_error_copy (start_error);
      else if (solco_task_check_cancelled (task, &error) && !run_task (task, &error)
               && error == NULL)
        error = g_error_new (SOLCO_ERROR, SOLCO_ERROR_INTERNAL, "No reason was given");
      if (started)
        solco_libraries_drop_messages (task);
      solco_task_end_command (task);
      solco_task_finish (task, g_steal_pointer (&error));
    }
  if (started)
    solco_libraries_stop ();
  g_mutex_lock (&worker->lock);
  worker->has_ended = TRUE;
  g_cond_signal (&worker->ended);
  g_mutex_unlock (&worker->lock);
  worker_unref (worker);
  return NULL;
}

static void
on_channel (SolcoJob *job, SolcoEvent *event, const SolcoProgress *progress, gpointer user_data)
{
  SolcoEngine *self = user_data;

  if (event == NULL)
    {
      solco_job_handle_progress (job, progress);
      return;
    }
  if (event->kind == SOLCO_EVENT_FINISHED)
    {
      /* Out of the list first, so that a handler of "finished" sees the engine idle. */
      g_ptr_array_remove (self->jobs, job);
    }
  solco_job_handle_event (job, event);
}

static void
solco_engine_dispose (GObject *object)
{
  SolcoEngine *self = SOLCO_ENGINE (object);

  (void) solco_engine_stop (self, G_MAXDOUBLE);
  G_OBJECT_CLASS (solco_engine_parent_class)->dispose (object);
}

static void
solco_engine_finalize (GObject *object)
{
  SolcoEngine *self = SOLCO_ENGINE (object);

  g_ptr_array_unref (self->jobs);
  worker_unref (self->worker);
  g_main_context_unref (self->context);
  g_atomic_int_add (&n_engines, -1);
  G_OBJECT_CLASS (solco_engine_parent_class)->finalize (object);
}

static void
solco_engine_class_init (SolcoEngineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = solco_engine_dispose;
  object_class->finalize = solco_engine_finalize;
}

static void
solco_engine_init (SolcoEngine *self)
{
  g_atomic_int_inc (&n_engines);
  self->context = g_main_context_ref_thread_default ();
  self->worker = worker_new ();
  self->jobs = g_ptr_array_new_with_free_func (g_object_unref);
  self->channel = solco_channel_new (self->context, on_channel, self);
}

/**
 * solco_engine_new:
 * @error: return location for an error
 *
 * Makes the engine and starts its thread. Its jobs report in the thread-default main context of
 * the caller.
 *
 * Returns: (transfer full) (nullable): the engine, or %NULL where there is one already or no thread
 *   can be made (%SOLCO_ERROR_INTERNAL)
 */
SolcoEngine *
solco_engine_new (GError **error)
{
  if (g_atomic_int_get (&n_engines) > 0)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_INTERNAL,
                   "There is an engine already, and the disc libraries allow only one");
      return NULL;
    }

  g_autoptr (SolcoEngine) self = g_object_new (SOLCO_TYPE_ENGINE, NULL);
  g_autoptr (GError) thread_error = NULL;

#ifdef __GLIBC__
  /* The heap of a thread grows page by page, a system call for each, and libisofs fills it with a
   * hundred MB; the common heap grows in large steps. */
  (void) mallopt (M_ARENA_MAX, 1);
#endif

  self->thread = g_thread_try_new ("solco-engine", engine_thread,
                                   g_atomic_rc_box_acquire (self->worker), &thread_error);
  if (self->thread == NULL)
    {
      worker_unref (self->worker);
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_INTERNAL, "No engine thread: %s",
                   thread_error->message);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * solco_engine_submit:
 * @self: the engine
 * @request: what to do
 *
 * Queues a request. Main thread. The engine keeps the job alive until it has finished.
 *
 * Returns: (transfer full): the job
 */
SolcoJob *
solco_engine_submit (SolcoEngine *self, SolcoRequest *request)
{
  g_return_val_if_fail (SOLCO_IS_ENGINE (self), NULL);
  g_return_val_if_fail (self->thread != NULL, NULL);

  SolcoJob *job = solco_job_new (request, self->context);
  SolcoTask *task = solco_task_new (request, job, self->channel);

  solco_job_set_task (job, task);
  g_ptr_array_add (self->jobs, g_object_ref (job));
  g_async_queue_push (self->worker->tasks, task);
  return job;
}

/**
 * solco_engine_is_busy:
 * @self: the engine
 *
 * Main thread.
 *
 * Returns: whether a job runs or waits
 */
gboolean
solco_engine_is_busy (SolcoEngine *self)
{
  g_return_val_if_fail (SOLCO_IS_ENGINE (self), FALSE);

  return self->jobs->len > 0;
}

static gboolean
is_silent (SolcoEngine *self, double seconds)
{
  for (guint i = 0; i < self->jobs->len; i++)
    if (solco_job_get_silence_s (g_ptr_array_index (self->jobs, i)) >= seconds)
      return TRUE;
  return FALSE;
}

/* FALSE: the drive has held a command for so long that nobody should wait for it. */
static gboolean
wait_for_end (SolcoEngine *self, double give_up_after_s)
{
  Worker *worker = self->worker;
  gboolean has_ended;

  g_mutex_lock (&worker->lock);
  while (!worker->has_ended && !is_silent (self, give_up_after_s))
    (void) g_cond_wait_until (&worker->ended, &worker->lock,
                              g_get_monotonic_time ()
                                  + STOP_CHECK_MS * G_TIME_SPAN_MILLISECOND);
  has_ended = worker->has_ended;
  g_mutex_unlock (&worker->lock);
  return has_ended;
}

/**
 * solco_engine_stop:
 * @self: the engine
 * @give_up_after_s: how long the drive may hold a command without an answer; %SOLCO_GIVE_UP_AFTER_S
 *   for all but tests
 *
 * Cancels all jobs, waits for the thread, and delivers the last events. A command that is on its way to
 * a drive cannot be taken back, so that it blocks for as long as the drive holds it. Main thread.
 *
 * Returns: whether the thread has ended. Where it has not, it still uses the libraries: the process has
 *   to end now, by _exit(), and the engine is there until then.
 */
gboolean
solco_engine_stop (SolcoEngine *self, double give_up_after_s)
{
  g_return_val_if_fail (SOLCO_IS_ENGINE (self), TRUE);

  if (self->thread != NULL)
    {
      for (guint i = 0; i < self->jobs->len; i++)
        solco_job_cancel (g_ptr_array_index (self->jobs, i));
      g_async_queue_push (self->worker->tasks, &quit_token);
      if (!wait_for_end (self, give_up_after_s))
        {
          g_thread_unref (g_steal_pointer (&self->thread));
          /* The thread reports to it. */
          g_object_ref (self);
          return FALSE;
        }
      g_thread_join (g_steal_pointer (&self->thread));
    }
  g_clear_pointer (&self->channel, solco_channel_free);
  return TRUE;
}
