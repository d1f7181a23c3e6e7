/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-task-private.h"

#include <string.h>

/* The rate is taken over this window, so that it neither jumps nor remembers the lead-in. */
#define RATE_WINDOW_US (4 * G_USEC_PER_SEC)
#define N_RATE_SAMPLES 64
/* A rate from less than this is noise. */
#define MINIMUM_RATE_SPAN_US (G_USEC_PER_SEC / 2)
/* Progress is looked at this often at the most; a post costs a lock and some arithmetic. */
#define POST_INTERVAL_US (G_USEC_PER_SEC / 20)

typedef struct
{
  gint64 time_us;
  guint64 done_bytes;
} RateSample;

struct _SolcoTask
{
  gatomicrefcount ref_count;
  SolcoRequest *request;
  SolcoJob *job;
  SolcoChannel *channel;
  GCancellable *cancellable;
  GMutex lock;
  /* Under the lock, as result->problems: */
  gint64 command_start_us;
  /* Atomic; see solco_task_set_can_cancel() and solco_task_begin_phase(). */
  int is_uncancellable;
  int is_deaf;
  SolcoResult *result;

  /* Engine's thread only. */
  gboolean is_disc_touched;
  SolcoProgress progress;
  double speed_unit_kb_per_s;
  gint64 phase_start_us;
  gint64 last_post_us;
  RateSample samples[N_RATE_SAMPLES];
  guint n_samples;
  guint first_sample;
};

SolcoTask *
solco_task_new (SolcoRequest *request, SolcoJob *job, SolcoChannel *channel)
{
  SolcoTask *self = g_new0 (SolcoTask, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->request = solco_request_ref (request);
  self->job = job;
  self->channel = channel;
  self->cancellable = g_cancellable_new ();
  self->result = solco_result_new ();
  self->progress.drive_buffer_fill = -1;
  self->progress.program_buffer_fill = -1;
  return self;
}

SolcoTask *
solco_task_ref (SolcoTask *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
solco_task_unref (SolcoTask *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  solco_request_unref (self->request);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->result, solco_result_free);
  g_mutex_clear (&self->lock);
  g_free (self);
}

const SolcoRequest *
solco_task_get_request (SolcoTask *self)
{
  return self->request;
}

SolcoResult *
solco_task_get_result (SolcoTask *self)
{
  return self->result;
}

void
solco_task_cancel (SolcoTask *self)
{
  g_cancellable_cancel (self->cancellable);
}

GCancellable *
solco_task_get_cancellable (SolcoTask *self)
{
  return self->cancellable;
}

gboolean
solco_task_is_cancelled (SolcoTask *self)
{
  return !g_atomic_int_get (&self->is_deaf) && !g_atomic_int_get (&self->is_uncancellable)
         && g_cancellable_is_cancelled (self->cancellable);
}

gboolean
solco_task_check_cancelled (SolcoTask *self, GError **error)
{
  return !solco_task_is_cancelled (self)
         || !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

gint64
solco_task_get_command_start_us (SolcoTask *self)
{
  g_mutex_lock (&self->lock);
  gint64 start_us = self->command_start_us;
  g_mutex_unlock (&self->lock);
  return start_us;
}

static void
set_command_start_us (SolcoTask *self, gint64 start_us)
{
  g_mutex_lock (&self->lock);
  self->command_start_us = start_us;
  g_mutex_unlock (&self->lock);
}

void
solco_task_begin_command (SolcoTask *self)
{
  set_command_start_us (self, g_get_monotonic_time ());
}

void
solco_task_end_command (SolcoTask *self)
{
  set_command_start_us (self, 0);
}

static void
post_number (SolcoTask *self, SolcoEventKind kind, int number)
{
  SolcoEvent *event = solco_event_new (kind, self->job);

  event->number = number;
  solco_channel_post (self->channel, event);
}

/* Derives rate and time left from the samples. */
static void
update_rate (SolcoTask *self, gint64 now_us)
{
  SolcoProgress *progress = &self->progress;
  guint last = (self->first_sample + self->n_samples) % N_RATE_SAMPLES;

  self->samples[last].time_us = now_us;
  self->samples[last].done_bytes = progress->done_bytes;
  if (self->n_samples < N_RATE_SAMPLES - 1)
    self->n_samples++;
  else
    self->first_sample = (self->first_sample + 1) % N_RATE_SAMPLES;
  while (self->n_samples > 2
         && now_us - self->samples[self->first_sample].time_us > RATE_WINDOW_US)
    {
      self->first_sample = (self->first_sample + 1) % N_RATE_SAMPLES;
      self->n_samples--;
    }

  const RateSample *oldest = &self->samples[self->first_sample];
  gint64 span_us = now_us - oldest->time_us;

  progress->bytes_per_s = 0;
  progress->speed_factor = 0;
  progress->time_left_s = -1;
  if (span_us >= MINIMUM_RATE_SPAN_US && progress->done_bytes > oldest->done_bytes)
    {
      progress->bytes_per_s
          = (double) (progress->done_bytes - oldest->done_bytes) * G_USEC_PER_SEC / span_us;
      if (self->speed_unit_kb_per_s > 0)
        progress->speed_factor = progress->bytes_per_s / 1000 / self->speed_unit_kb_per_s;
      if (progress->total_bytes >= progress->done_bytes && progress->total_bytes > 0)
        progress->time_left_s
            = (progress->total_bytes - progress->done_bytes) / progress->bytes_per_s;
    }
}

static void
post_progress (SolcoTask *self, gboolean always)
{
  gint64 now_us = g_get_monotonic_time ();

  if (!always && now_us - self->last_post_us < POST_INTERVAL_US)
    return;
  self->last_post_us = now_us;
  self->progress.elapsed_s = (now_us - self->phase_start_us) / (double) G_USEC_PER_SEC;
  if (self->progress.total_bytes > 0)
    self->progress.fraction
        = CLAMP ((double) self->progress.done_bytes / self->progress.total_bytes, 0, 1);
  update_rate (self, now_us);
  solco_channel_post_progress (self->channel, self->job, &self->progress);
}

void
solco_task_begin_phase (SolcoTask *self, SolcoJobPhase phase, guint64 total_bytes)
{
  self->progress = (SolcoProgress){
    .phase = phase,
    .total_bytes = total_bytes,
    .fraction = -1,
    .time_left_s = -1,
    .drive_buffer_fill = -1,
    .program_buffer_fill = -1,
  };
  /* Once the disc was changed, what it is now has to be found out, whatever the user wants: a
   * result that shows the old state would be a lie. */
  g_atomic_int_set (&self->is_deaf, phase == SOLCO_PHASE_REREAD);
  if (phase == SOLCO_PHASE_ERASE || phase == SOLCO_PHASE_WRITE || phase == SOLCO_PHASE_CLOSE)
    self->is_disc_touched = TRUE;
  else if (phase == SOLCO_PHASE_EJECT)
    self->is_disc_touched = FALSE;
  self->phase_start_us = g_get_monotonic_time ();
  self->n_samples = 0;
  self->first_sample = 0;
  post_number (self, SOLCO_EVENT_PHASE, phase);
  post_progress (self, TRUE);
}

gboolean
solco_task_is_disc_touched (SolcoTask *self)
{
  return self->is_disc_touched;
}

void
solco_task_set_done_bytes (SolcoTask *self, guint64 done_bytes)
{
  self->progress.done_bytes = done_bytes;
  post_progress (self, FALSE);
}

void
solco_task_add_done_bytes (SolcoTask *self, guint64 bytes)
{
  solco_task_set_done_bytes (self, self->progress.done_bytes + bytes);
}

void
solco_task_set_fraction (SolcoTask *self, double fraction)
{
  self->progress.fraction = fraction;
  post_progress (self, FALSE);
}

void
solco_task_set_buffers (SolcoTask *self, double drive_fill, double program_fill)
{
  self->progress.drive_buffer_fill = drive_fill;
  self->progress.program_buffer_fill = program_fill;
}

void
solco_task_set_speed_unit (SolcoTask *self, double kb_per_s)
{
  self->speed_unit_kb_per_s = kb_per_s;
}

void
solco_task_set_can_cancel (SolcoTask *self, gboolean can_cancel)
{
  g_atomic_int_set (&self->is_uncancellable, !can_cancel);
  post_number (self, SOLCO_EVENT_CAN_CANCEL, can_cancel);
}

void
solco_task_measured (SolcoTask *self, const SolcoCapacity *capacity, gint64 image_blocks)
{
  SolcoEvent *event = solco_event_new (SOLCO_EVENT_MEASURED, self->job);

  event->capacity = *capacity;
  event->image_blocks = image_blocks;
  solco_channel_post (self->channel, event);
  self->result->capacity = *capacity;
  self->result->image_blocks = image_blocks;
}

void
solco_task_log (SolcoTask *self, const char *format, ...)
{
  SolcoEvent *event = solco_event_new (SOLCO_EVENT_LOG, self->job);
  va_list arguments;

  va_start (arguments, format);
  event->text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  solco_channel_post (self->channel, event);
}

void
solco_task_problem (SolcoTask *self, SolcoProblemKind kind, const char *path, const char *detail,
                    guint64 bytes)
{
  g_autoptr (SolcoProblem) problem = solco_problem_new (kind, path, detail, bytes);
  SolcoEvent *event = solco_event_new (SOLCO_EVENT_PROBLEM, self->job);

  event->problem = solco_problem_copy (problem);
  solco_channel_post (self->channel, event);
  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->result->problems, g_steal_pointer (&problem));
  g_mutex_unlock (&self->lock);
}

void
solco_task_start (SolcoTask *self)
{
  post_number (self, SOLCO_EVENT_STARTED, 0);
}

void
solco_task_finish (SolcoTask *self, GError *error)
{
  SolcoEvent *event = solco_event_new (SOLCO_EVENT_FINISHED, self->job);

  event->result = g_steal_pointer (&self->result);
  event->error = error;
  solco_channel_post (self->channel, event);
}
