/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-job.h"

G_BEGIN_DECLS

typedef enum
{
  SOLCO_EVENT_STARTED,
  SOLCO_EVENT_PHASE,
  SOLCO_EVENT_CAN_CANCEL,
  SOLCO_EVENT_MEASURED,
  SOLCO_EVENT_LOG,
  SOLCO_EVENT_PROBLEM,
  SOLCO_EVENT_FINISHED
} SolcoEventKind;

/* One ordered message from the engine's thread to the main thread; owns its data. */
typedef struct
{
  SolcoEventKind kind;
  SolcoJob *job;
  int number;           /* phase, can cancel */
  SolcoCapacity capacity; /* measured */
  gint64 image_blocks;  /* measured */
  char *text;           /* log */
  SolcoProblem *problem;
  SolcoResult *result;  /* finished */
  GError *error;        /* finished */
} SolcoEvent;

/*
 * SolcoChannel: the way from the engine's thread, and from libisofs's writer thread, to the main
 * thread. Events keep their order; of the progress only the latest survives. One source drains
 * both, and it wakes the main context at most once in SOLCO_CHANNEL_INTERVAL_MS, however much
 * is posted: 400 000 posts cost a few dispatches, not 400 000.
 */
typedef struct _SolcoChannel SolcoChannel;

#define SOLCO_CHANNEL_INTERVAL_MS 20

/* Called on the main thread. Progress is delivered with @event %NULL. */
typedef void (*SolcoChannelFunc) (SolcoJob *job, SolcoEvent *event, const SolcoProgress *progress,
                                  gpointer user_data);

SolcoChannel *solco_channel_new (GMainContext *context, SolcoChannelFunc func,
                                 gpointer user_data);
/* Delivers what is left first. Main thread. */
void solco_channel_free (SolcoChannel *self);
/* Any thread; takes @event. A job's reference is held until the event was delivered. */
void solco_channel_post (SolcoChannel *self, SolcoEvent *event);
void solco_channel_post_progress (SolcoChannel *self, SolcoJob *job,
                                  const SolcoProgress *progress);
guint64 solco_channel_get_n_dispatches (SolcoChannel *self);

SolcoEvent *solco_event_new (SolcoEventKind kind, SolcoJob *job);
void solco_event_free (SolcoEvent *self);

G_END_DECLS
