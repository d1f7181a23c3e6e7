/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "solco-request.h"
#include "solco-result.h"

G_BEGIN_DECLS

/**
 * SolcoJobState:
 * @SOLCO_JOB_QUEUED: waits for its turn on the engine's thread
 * @SOLCO_JOB_RUNNING: runs
 * @SOLCO_JOB_CANCELLING: the user wants it to stop; it ends as soon as the drive is idle
 * @SOLCO_JOB_SUCCEEDED: ended; the result may hold problems
 * @SOLCO_JOB_FAILED: ended with an error
 * @SOLCO_JOB_CANCELLED: ended because the user wanted it to
 */
typedef enum
{
  SOLCO_JOB_QUEUED,
  SOLCO_JOB_RUNNING,
  SOLCO_JOB_CANCELLING,
  SOLCO_JOB_SUCCEEDED,
  SOLCO_JOB_FAILED,
  SOLCO_JOB_CANCELLED
} SolcoJobState;

/** SolcoJobPhase: what it does at the moment */
typedef enum
{
  SOLCO_PHASE_NONE,
  SOLCO_PHASE_OPEN,
  SOLCO_PHASE_READ_DISC,
  SOLCO_PHASE_CHECKSUM,
  SOLCO_PHASE_PREPARE,
  SOLCO_PHASE_ERASE,
  SOLCO_PHASE_WRITE,
  SOLCO_PHASE_CLOSE,
  SOLCO_PHASE_REREAD,
  SOLCO_PHASE_VERIFY,
  SOLCO_PHASE_EXTRACT,
  SOLCO_PHASE_EJECT,
  SOLCO_N_PHASES
} SolcoJobPhase;

/* A drive that has not answered for so long may never do: then a program may end without it. */
#define SOLCO_GIVE_UP_AFTER_S 60

/**
 * SolcoProgress:
 * @phase: what runs
 * @done_bytes: of @total_bytes
 * @total_bytes: 0 where it is not known
 * @fraction: 0…1 of the phase; −1 where unknown
 * @bytes_per_s: measured over the last seconds, 0 while unknown
 * @speed_factor: the same in × of the medium, 0 where that makes no sense
 * @time_left_s: of the phase; −1 while unknown
 * @elapsed_s: since the phase began
 * @drive_buffer_fill: 0…1, −1 where the drive tells none
 * @program_buffer_fill: 0…1, −1 where there is none
 * @silent_s: seconds since the drive last answered, while it holds a command; 0 otherwise
 */
typedef struct
{
  SolcoJobPhase phase;
  guint64 done_bytes;
  guint64 total_bytes;
  double fraction;
  double bytes_per_s;
  double speed_factor;
  double time_left_s;
  double elapsed_s;
  double drive_buffer_fill;
  double program_buffer_fill;
  double silent_s;
} SolcoProgress;

/**
 * SolcoJob:
 *
 * The main thread's face of one run of the engine. All functions, signals and notifications:
 * main thread only (the thread whose default main context the engine was made in).
 *
 * Signals, all emitted from the engine's one drain source:
 * - "progress" (): solco_job_get_progress() has new figures. Lossy: only the latest counts.
 * - "phase" (SolcoJobPhase as int): a phase began.
 * - "measured" (): what a burn will need and leave is known, and nothing is written yet: see
 *   solco_job_get_capacity().
 * - "log" (char *message): a line of the log, technical English.
 * - "problem" (SolcoProblem): found along the way; it will be in the result too.
 * - "finished" (): the state is final. Nothing of this job arrives afterwards.
 */
#define SOLCO_TYPE_JOB (solco_job_get_type ())
G_DECLARE_FINAL_TYPE (SolcoJob, solco_job, SOLCO, JOB, GObject)

SolcoRequest *solco_job_get_request (SolcoJob *self);
SolcoJobState solco_job_get_state (SolcoJob *self);
gboolean solco_job_is_finished (SolcoJob *self);
const SolcoProgress *solco_job_get_progress (SolcoJob *self);
/* NULL until "measured"; @image_blocks: (nullable): exact size of the session's file system. */
const SolcoCapacity *solco_job_get_capacity (SolcoJob *self, gint64 *image_blocks);
/* FALSE while the drive closes, erases or formats: nothing can stop it then. */
gboolean solco_job_can_cancel (SolcoJob *self);
void solco_job_cancel (SolcoJob *self);
/* NULL until finished; (transfer none). */
const SolcoResult *solco_job_get_result (SolcoJob *self);
const GError *solco_job_get_error (SolcoJob *self);
/* The log so far, lines with a time stamp. */
const char *solco_job_get_log (SolcoJob *self);

G_END_DECLS
