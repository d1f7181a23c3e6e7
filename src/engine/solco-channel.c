/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-channel-private.h"

struct _SolcoChannel
{
  GMainContext *context;
  GSource *source;
  SolcoChannelFunc func;
  gpointer user_data;
  GMutex lock;
  /* Under the lock: */
  GQueue events;
  SolcoJob *progress_job;
  SolcoProgress progress;
  gboolean is_scheduled;
  gint64 last_dispatch_us;
  guint64 n_dispatches;
};

SolcoEvent *
solco_event_new (SolcoEventKind kind, SolcoJob *job)
{
  SolcoEvent *self = g_new0 (SolcoEvent, 1);

  self->kind = kind;
  self->job = g_object_ref (job);
  return self;
}

void
solco_event_free (SolcoEvent *self)
{
  g_object_unref (self->job);
  g_free (self->text);
  g_clear_pointer (&self->problem, solco_problem_free);
  g_clear_pointer (&self->result, solco_result_free);
  g_clear_error (&self->error);
  g_free (self);
}

/* Main thread. Delivers everything that was posted until now. */
static void
drain (SolcoChannel *self)
{
  GQueue events = G_QUEUE_INIT;
  g_autoptr (SolcoJob) progress_job = NULL;
  SolcoProgress progress;
  SolcoEvent *event;

  g_mutex_lock (&self->lock);
  events = self->events;
  g_queue_init (&self->events);
  progress_job = g_steal_pointer (&self->progress_job);
  progress = self->progress;
  self->is_scheduled = FALSE;
  self->last_dispatch_us = g_get_monotonic_time ();
  self->n_dispatches++;
  g_mutex_unlock (&self->lock);

  /* A job posts nothing after its end, so its last progress comes just before that, and otherwise
   * after the events, which name the phase that it belongs to. */
  while ((event = g_queue_pop_head (&events)) != NULL)
    {
      if (event->kind == SOLCO_EVENT_FINISHED && event->job == progress_job)
        {
          self->func (progress_job, NULL, &progress, self->user_data);
          g_clear_object (&progress_job);
        }
      self->func (event->job, event, NULL, self->user_data);
      solco_event_free (event);
    }
  if (progress_job != NULL)
    self->func (progress_job, NULL, &progress, self->user_data);
}

static gboolean
source_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  g_source_set_ready_time (source, -1);
  return callback (user_data);
}

static gboolean
on_source_ready (gpointer user_data)
{
  drain (user_data);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs source_funcs = { .dispatch = source_dispatch };

SolcoChannel *
solco_channel_new (GMainContext *context, SolcoChannelFunc func, gpointer user_data)
{
  SolcoChannel *self = g_new0 (SolcoChannel, 1);

  g_mutex_init (&self->lock);
  g_queue_init (&self->events);
  self->context = g_main_context_ref (context);
  self->func = func;
  self->user_data = user_data;
  self->source = g_source_new (&source_funcs, sizeof (GSource));
  g_source_set_static_name (self->source, "solco-channel");
  g_source_set_callback (self->source, on_source_ready, self, NULL);
  g_source_attach (self->source, context);
  return self;
}

void
solco_channel_free (SolcoChannel *self)
{
  drain (self);
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* Under the lock. */
static void
schedule (SolcoChannel *self)
{
  if (self->is_scheduled)
    return;
  self->is_scheduled = TRUE;
  g_source_set_ready_time (self->source,
                           self->last_dispatch_us + SOLCO_CHANNEL_INTERVAL_MS * 1000);
}

void
solco_channel_post (SolcoChannel *self, SolcoEvent *event)
{
  g_mutex_lock (&self->lock);
  g_queue_push_tail (&self->events, event);
  schedule (self);
  g_mutex_unlock (&self->lock);
}

void
solco_channel_post_progress (SolcoChannel *self, SolcoJob *job, const SolcoProgress *progress)
{
  g_autoptr (SolcoJob) old_job = NULL;

  g_mutex_lock (&self->lock);
  if (self->progress_job != job)
    {
      old_job = self->progress_job;
      self->progress_job = g_object_ref (job);
    }
  self->progress = *progress;
  schedule (self);
  g_mutex_unlock (&self->lock);
}

guint64
solco_channel_get_n_dispatches (SolcoChannel *self)
{
  g_mutex_lock (&self->lock);
  guint64 n = self->n_dispatches;
  g_mutex_unlock (&self->lock);
  return n;
}
