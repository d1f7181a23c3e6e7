/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-channel-private.h"
#include "solco-request-private.h"
#include "solco-result.h"

G_BEGIN_DECLS

/*
 * SolcoTask: what the engine's thread sees of a job. Everything here may be called from that
 * thread; solco_task_problem(), solco_task_is_cancelled() and solco_task_add_bytes() from
 * libisofs's writer thread as well.
 */
typedef struct _SolcoTask SolcoTask;

SolcoTask *solco_task_new (SolcoRequest *request, SolcoJob *job, SolcoChannel *channel);
SolcoTask *solco_task_ref (SolcoTask *self);
void solco_task_unref (SolcoTask *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SolcoTask, solco_task_unref)

const SolcoRequest *solco_task_get_request (SolcoTask *self);
SolcoResult *solco_task_get_result (SolcoTask *self);

/* Any thread. */
void solco_task_cancel (SolcoTask *self);
GCancellable *solco_task_get_cancellable (SolcoTask *self);
gboolean solco_task_is_cancelled (SolcoTask *self);
gboolean solco_task_check_cancelled (SolcoTask *self, GError **error);
/* While the drive holds a command: when it was handed over, monotonic; 0 while it holds none. */
gint64 solco_task_get_command_start_us (SolcoTask *self);

/* Begins a phase; its progress counts from zero. @total_bytes 0: unknown. During
 * SOLCO_PHASE_REREAD the task counts as not cancelled. */
void solco_task_begin_phase (SolcoTask *self, SolcoJobPhase phase, guint64 total_bytes);
/* Whether a phase has begun that changes what is on the disc, and the disc is still in. */
gboolean solco_task_is_disc_touched (SolcoTask *self);
void solco_task_set_done_bytes (SolcoTask *self, guint64 done_bytes);
void solco_task_add_done_bytes (SolcoTask *self, guint64 bytes);
/* For work that has no bytes: 0…1. */
void solco_task_set_fraction (SolcoTask *self, double fraction);
void solco_task_set_buffers (SolcoTask *self, double drive_fill, double program_fill);
/* 1 000 bytes a second that are 1× of the medium; 0: no × is told. */
void solco_task_set_speed_unit (SolcoTask *self, double kb_per_s);
/* While FALSE, a cancel has no effect, and the job says so. Engine's thread. */
void solco_task_set_can_cancel (SolcoTask *self, gboolean can_cancel);
/* What a burn will need and leave, before its first byte is written. */
void solco_task_measured (SolcoTask *self, const SolcoCapacity *capacity, gint64 image_blocks);
void solco_task_log (SolcoTask *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Takes the problem into the result and tells it at once. */
void solco_task_problem (SolcoTask *self, SolcoProblemKind kind, const char *path,
                         const char *detail, guint64 bytes);
/* Around every call that may keep the drive busy for long. */
void solco_task_begin_command (SolcoTask *self);
void solco_task_end_command (SolcoTask *self);

/* Posts "started", and the end with result or @error (taken). */
void solco_task_start (SolcoTask *self);
void solco_task_finish (SolcoTask *self, GError *error);

G_END_DECLS
