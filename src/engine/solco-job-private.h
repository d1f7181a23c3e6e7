/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-channel-private.h"
#include "solco-task-private.h"

G_BEGIN_DECLS

SolcoJob *solco_job_new (SolcoRequest *request, GMainContext *context);
/* The engine gives the job its task once; the job cancels through it. */
void solco_job_set_task (SolcoJob *self, SolcoTask *task);
/* Called from the engine's drain source only. */
void solco_job_handle_event (SolcoJob *self, SolcoEvent *event);
void solco_job_handle_progress (SolcoJob *self, const SolcoProgress *progress);
/* For how long the drive has held a command by now; 0 while it holds none. Main thread. */
double solco_job_get_silence_s (SolcoJob *self);

G_END_DECLS
