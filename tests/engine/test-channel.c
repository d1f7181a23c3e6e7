/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-job-private.h"

#define N_POSTS 400000

typedef struct
{
  GThread *main_thread;
  SolcoChannel *channel;
  SolcoJob *job;
  guint64 n_logs;
  guint64 n_progress;
  guint64 last_done_bytes;
  gboolean is_finished;
} Receiver;

static void
on_channel (SolcoJob *job, SolcoEvent *event, const SolcoProgress *progress, gpointer user_data)
{
  Receiver *receiver = user_data;

  g_assert_true (g_thread_self () == receiver->main_thread);
  g_assert_true (job == receiver->job);
  g_assert_false (receiver->is_finished);
  if (event == NULL)
    {
      /* Only newer figures replace older ones. */
      g_assert_cmpuint (progress->done_bytes, >=, receiver->last_done_bytes);
      receiver->last_done_bytes = progress->done_bytes;
      receiver->n_progress++;
    }
  else if (event->kind == SOLCO_EVENT_LOG)
    {
      /* Ordered, and none is lost. */
      g_assert_cmpuint (g_ascii_strtoull (event->text, NULL, 10), ==, receiver->n_logs);
      receiver->n_logs++;
    }
  else
    {
      g_assert_cmpint (event->kind, ==, SOLCO_EVENT_FINISHED);
      receiver->is_finished = TRUE;
    }
}

static gpointer
post_all (gpointer data)
{
  Receiver *receiver = data;

  for (guint i = 0; i < N_POSTS; i++)
    {
      SolcoProgress progress = { .done_bytes = i };

      if (i % 10 == 0)
        {
          SolcoEvent *event = solco_event_new (SOLCO_EVENT_LOG, receiver->job);

          event->text = g_strdup_printf ("%u", i / 10);
          solco_channel_post (receiver->channel, event);
        }
      solco_channel_post_progress (receiver->channel, receiver->job, &progress);
    }
  solco_channel_post (receiver->channel, solco_event_new (SOLCO_EVENT_FINISHED, receiver->job));
  return NULL;
}

/* The main thread is woken at a fixed rate, however much is posted. */
static void
test_coalesced (void)
{
  g_autoptr (SolcoTarget) target = solco_target_new ("/dev/sr0", SOLCO_IMAGE_KIND_FREE_SPACE, 0);
  g_autoptr (SolcoRequest) request = solco_request_new_eject (target);
  Receiver receiver = { .main_thread = g_thread_self () };
  GThread *thread;
  guint64 n_dispatches;

  receiver.job = solco_job_new (request, g_main_context_default ());
  receiver.channel = solco_channel_new (g_main_context_default (), on_channel, &receiver);
  thread = g_thread_new ("poster", post_all, &receiver);
  while (!receiver.is_finished)
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);

  n_dispatches = solco_channel_get_n_dispatches (receiver.channel);
  g_test_message ("%u posts, %" G_GUINT64_FORMAT " dispatches", N_POSTS + N_POSTS / 10,
                  n_dispatches);
  g_assert_cmpuint (n_dispatches, <=, 1000);
  g_assert_cmpuint (receiver.n_logs, ==, N_POSTS / 10);
  g_assert_cmpuint (receiver.last_done_bytes, ==, N_POSTS - 1);
  solco_channel_free (receiver.channel);
  g_object_unref (receiver.job);
}

/* What is still under way when the channel goes is delivered first. */
static void
test_drained_at_the_end (void)
{
  g_autoptr (SolcoTarget) target = solco_target_new ("/dev/sr0", SOLCO_IMAGE_KIND_FREE_SPACE, 0);
  g_autoptr (SolcoRequest) request = solco_request_new_eject (target);
  Receiver receiver = { .main_thread = g_thread_self () };

  receiver.job = solco_job_new (request, g_main_context_default ());
  receiver.channel = solco_channel_new (g_main_context_default (), on_channel, &receiver);
  solco_channel_post (receiver.channel, solco_event_new (SOLCO_EVENT_FINISHED, receiver.job));
  solco_channel_free (receiver.channel);
  g_assert_true (receiver.is_finished);
  g_object_unref (receiver.job);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/channel/coalesced", test_coalesced);
  g_test_add_func ("/engine/channel/drained-at-the-end", test_drained_at_the_end);
  return g_test_run ();
}
