/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "engine/solco-capacity.h"
#include "engine/solco-disc-master.h"
#include "engine/solco-engine.h"
#include "engine/solco-recorder-list.h"
#include "model/solco-addition.h"
#include "model/solco-project.h"
#include "solco-problem-list.h"

G_BEGIN_DECLS

/**
 * SolcoController:
 *
 * What the window works with, without a widget: it owns the engine, the staged project, the
 * session rules, the list of recorders, the selected recorder with what is in it, the running
 * job, the additions, and the problems that were met. One per process. Main thread only; no
 * function blocks.
 *
 * Properties, read-only, with "notify":
 * - "project" (SolcoProject): another object after a project file was opened.
 * - "medium" (SolcoMedium, nullable): what is in the selected recorder; %NULL while it is not
 *   known.
 * - "target-name" (string, nullable): the selected recorder or image file, for people.
 * - "state" (int, SolcoDiscMasterState).
 * - "is-reading" (boolean): the disc is being read.
 * - "is-adding" (boolean): files are being listed.
 * - "is-waiting" (boolean): Burn was pressed, and waits for a disc.
 * - "is-starting" (boolean): a burn has begun, and the stage is being copied for its job.
 * - "job" (SolcoJob, nullable): the burn, erase, verification, … that has the window. It stays
 *   here after it has finished, until solco_controller_dismiss_job().
 *
 * Signals:
 * - "capacity-changed" (): the figures of the bar are others.
 * - "status-changed" (): solco_controller_check_burn() may answer otherwise. Emitted for everything
 *   that the header, the banner and the sensitivity of actions depend on; at most once per turn of
 *   the main loop.
 * - "job-finished" (SolcoJob): the job of the window ended; the disc has been read again.
 * - "wrong-disc" (): the burn stopped, or cannot begin, because of another disc.
 * - "disc-ready" (): the disc that Burn waited for is in, and the user has not said yet how to burn.
 * - "restored" (): what a crash had left behind is staged again.
 * - "conflict" (SolcoAddition): items wait for a decision.
 * - "message" (char *title, char *body): something failed that no page shows.
 */
#define SOLCO_TYPE_CONTROLLER (solco_controller_get_type ())
G_DECLARE_FINAL_TYPE (SolcoController, solco_controller, SOLCO, CONTROLLER, GObject)

SolcoController *solco_controller_new (GSettings *settings, GError **error);
/* Stops what runs, and joins the engine's thread. Only when no job runs, since a drive that hangs
 * blocks for a while. FALSE: it was given up, and the process has to end by _exit(). */
gboolean solco_controller_shutdown (SolcoController *self);

/* What there is; all (transfer none). */
SolcoProject *solco_controller_get_project (SolcoController *self);
GSettings *solco_controller_get_settings (SolcoController *self);
SolcoRecorderList *solco_controller_get_recorders (SolcoController *self);
/* NULL: nothing is selected. */
const SolcoTarget *solco_controller_get_target (SolcoController *self);
const char *solco_controller_get_target_name (SolcoController *self);
SolcoMedium *solco_controller_get_medium (SolcoController *self);
/* The newest tree that was read from the disc that is in; NULL where there is none. */
SolcoTree *solco_controller_get_disc_tree (SolcoController *self);
SolcoDiscMasterState solco_controller_get_state (SolcoController *self);
/* The disc that the stage was planned for, NULL for any blank one. */
const SolcoDiscIdentity *solco_controller_get_expected_disc (SolcoController *self);
/* What is known of it: as it was when it was read; NULL if it never was. */
SolcoMedium *solco_controller_get_expected_medium (SolcoController *self);
gboolean solco_controller_is_multi_session (SolcoController *self);
guint solco_controller_get_next_session (SolcoController *self);
gboolean solco_controller_is_reading (SolcoController *self);
gboolean solco_controller_is_adding (SolcoController *self);
/* Files are copied out of the disc because they were dragged to another program. */
gboolean solco_controller_is_copying (SolcoController *self);
gboolean solco_controller_is_waiting (SolcoController *self);
gboolean solco_controller_is_starting (SolcoController *self);

/* The figures of the bar. Never NULL; without a disc the input's profile is NONE. */
const SolcoCapacityInput *solco_controller_get_capacity_input (SolcoController *self);
const SolcoCapacity *solco_controller_get_capacity (SolcoController *self);
/* FALSE: the staged size is an estimate from above; a measurement is under way. */
gboolean solco_controller_is_capacity_exact (SolcoController *self);

/* The recorder and its disc. */

/* @target: (nullable): NULL for none. Reads its disc; nothing staged is dropped. */
void solco_controller_select_target (SolcoController *self, const SolcoTarget *target);
/* "/dev/sr0", or "stdio:/path/disc.iso". */
void solco_controller_select_address (SolcoController *self, const char *address);
/* Selects the recorder that was used last, or the first one. */
void solco_controller_select_default (SolcoController *self);
void solco_controller_read_disc (SolcoController *self);
void solco_controller_eject (SolcoController *self);
/* "Use this disc instead": carries the changes over. */
void solco_controller_replan (SolcoController *self);
/* Waits until a disc is in that the stage can be burned to, then goes on with a burn that was refused for
 * another one, or else emits "disc-ready". */
void solco_controller_wait_for_disc (SolcoController *self, gboolean eject_first);
void solco_controller_stop_waiting (SolcoController *self);

/* Jobs of the window. FALSE: it did not begin, @error says why. */

/* Whether Burn is possible now; the error says why not, in the words of SOLCO_ERROR. */
gboolean solco_controller_check_burn (SolcoController *self, GError **error);
/* Whether a burn would be possible but for the question that has to be answered first: sessions
 * on the disc are lost. */
gboolean solco_controller_needs_erase (SolcoController *self);
/* Burns the stage. The job comes when the stage is copied, which takes a while for a large one;
 * until then "is-starting". @options: (nullable): those of the project. @erase: the user agreed to lose
 * the sessions that are on the disc. */
gboolean solco_controller_burn (SolcoController *self, const SolcoProjectOptions *options,
                                gboolean erase, GError **error);
/* While it "is-starting": gives it up; nothing has happened yet. */
void solco_controller_cancel_start (SolcoController *self);
/* Burns what the finished job burned once more, to another blank disc. Only for a burn that was for
 * no disc in particular: NOT_POSSIBLE. */
gboolean solco_controller_burn_again (SolcoController *self, GError **error);
gboolean solco_controller_burn_image (SolcoController *self, const char *image_path,
                                      const SolcoProjectOptions *options, gboolean erase,
                                      GError **error);
gboolean solco_controller_erase (SolcoController *self, SolcoEraseMode mode, GError **error);
gboolean solco_controller_verify (SolcoController *self, guint session, GError **error);
gboolean solco_controller_extract (SolcoController *self, guint session, const char *const *paths,
                                   const char *directory, gboolean overwrite, GError **error);
gboolean solco_controller_mend (SolcoController *self, GError **error);
/* A request beside the window's job, such as reading the tree of an older session; the caller
 * watches it. (transfer full) */
SolcoJob *solco_controller_submit (SolcoController *self, SolcoRequest *request);

SolcoJob *solco_controller_get_job (SolcoController *self);
/* The disc as it was when the job began; NULL without a job. */
SolcoMedium *solco_controller_get_job_medium (SolcoController *self);
/* The session that the job writes or reads; 0 where it has none. */
guint solco_controller_get_job_session (SolcoController *self);
/* Whether the sessions of that disc are given up by the job. */
gboolean solco_controller_get_job_erases (SolcoController *self);
void solco_controller_cancel_job (SolcoController *self);
/* Forgets a finished job: the window shows the stage again. */
void solco_controller_dismiss_job (SolcoController *self);

/* The stage. */

/* @files: (element-type GFile): one addition. @folder: (nullable): NULL for the root. */
void solco_controller_stage_files (SolcoController *self, GSList *files, SolcoNode *folder);
void solco_controller_stop_adding (SolcoController *self);
void solco_controller_get_copying_totals (SolcoController *self, guint64 *done_bytes,
                                          guint64 *total_bytes);
void solco_controller_stop_copying (SolcoController *self);
/* What the running additions have found; all 0 without any. */
void solco_controller_get_adding_totals (SolcoController *self, guint64 *n_files,
                                         guint64 *n_bytes);
/* Stages local files again that changed while they were burned. @disc_paths: paths on the disc. */
void solco_controller_stage_again (SolcoController *self, const char *const *disc_paths);
void solco_controller_clear_content (SolcoController *self);
void solco_controller_undo (SolcoController *self);
void solco_controller_redo (SolcoController *self);
/* What was left out or changed, to be gone through. */
SolcoProblemList *solco_controller_get_problems (SolcoController *self);
void solco_controller_report_error (SolcoController *self, const GError *error);

/* Project files. */

/* NULL: it was never saved. */
GFile *solco_controller_get_project_file (SolcoController *self);
gboolean solco_controller_is_unsaved (SolcoController *self);
void solco_controller_new_project (SolcoController *self);
void solco_controller_open_project_async (SolcoController *self, GFile *file,
                                          GCancellable *cancellable, GAsyncReadyCallback callback,
                                          gpointer user_data);
gboolean solco_controller_open_project_finish (SolcoController *self, GAsyncResult *result,
                                               GError **error);
void solco_controller_save_project_async (SolcoController *self, GFile *file,
                                          GCancellable *cancellable, GAsyncReadyCallback callback,
                                          gpointer user_data);
gboolean solco_controller_save_project_finish (SolcoController *self, GAsyncResult *result,
                                               GError **error);
/* The stage that a crash left behind, if there is one. */
void solco_controller_restore_autosave (SolcoController *self);
/* The user does not want what is unsaved. */
void solco_controller_discard_autosave (SolcoController *self);

G_END_DECLS
