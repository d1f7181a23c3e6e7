/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-controller.h"

G_BEGIN_DECLS

struct _SolcoController
{
  GObject parent_instance;

  GSettings *settings;
  SolcoEngine *engine;
  gboolean has_stopped; /* and nothing is left of it */
  SolcoRecorderList *recorders;
  SolcoProject *project;
  SolcoDiscMaster *master;
  SolcoProblemList *problems;
  guint status_id;

  /* The selected recorder. */
  SolcoTarget *target;
  SolcoRecorder *recorder; /* NULL for an image file */
  char *target_name;
  SolcoMedium *medium;
  SolcoTree *disc_tree;
  GError *read_error;
  SolcoMedium *expected_medium; /* as it was when the stage was planned for it */
  SolcoJob *read_job;
  SolcoJob *eject_job;
  gboolean is_read_again; /* wanted as soon as the job of the window has ended */
  gboolean is_result_awaited; /* what a burn made of the disc has not been looked at yet */
  gboolean is_waiting;
  gboolean is_burn_agreed; /* Burn was pressed for just this stage, and met another disc */

  /* The job of the window. */
  GCancellable *starting; /* a burn, whose stage is being copied */
  SolcoProjectOptions burn_options;
  gboolean burn_erases;
  SolcoDiscIdentity *burn_erase_disc; /* the disc whose loss was agreed to */
  SolcoJob *job;
  SolcoPlan *job_plan; /* of a burn */
  SolcoMedium *job_medium;
  guint job_session;
  gboolean job_erases;

  /* Files that are being listed. */
  GPtrArray *additions; /* of Adding */
  GCancellable *adding;

  /* Files that are copied for other programs. */
  GPtrArray *copies; /* of SolcoJob */

  /* The figures of the bar. */
  SolcoCapacityInput input;
  SolcoCapacity capacity;
  gboolean is_exact;
  GCancellable *freezing; /* the plan that will be measured */
  SolcoJob *measure_job;
  guint figures_id;
  guint measure_id;

  /* Files of the project. */
  GFile *project_file;
  guint autosave_id;
  gboolean is_autosaving;
  gboolean has_autosave;
  gboolean is_deleting; /* the copy, which is not wanted any more */
  gboolean is_restored; /* after a crash, and not saved since */
};

/* solco-controller.c */
void solco_controller_queue_status (SolcoController *self);
void solco_controller_set_project (SolcoController *self, SolcoProject *project);
/* "changed" of the project, and whatever else the figures depend on. */
void solco_controller_touch (SolcoController *self);

/* solco-controller-copy.c */
void solco_controller_add_copying (SolcoController *self, SolcoJob *job);

/* solco-controller-disc.c */
void solco_controller_watch_recorders (SolcoController *self);
/* If the selected recorder was unplugged, and no job runs: takes the one that is plugged in at its place
 * since, or none. Whether it was. */
gboolean solco_controller_follow_recorder (SolcoController *self);
/* The disc was read: @tree (nullable) belongs to it. @is_result: a burn of the stage ended. */
void solco_controller_take_disc (SolcoController *self, SolcoMedium *medium, SolcoTree *tree,
                                 gboolean is_result);
/* After a step of undo or redo: master and project agree again on the disc. */
void solco_controller_follow_project (SolcoController *self, SolcoEditKind kind, gboolean undone);
/* Emits "disc-ready" if Burn waits for a disc and one that suits is in. */
void solco_controller_check_waiting (SolcoController *self);
void solco_controller_clear_disc (SolcoController *self);
void solco_controller_cancel_reading (SolcoController *self);

/* solco-controller-figures.c */
void solco_controller_renew_figures (SolcoController *self);
void solco_controller_queue_figures (SolcoController *self);
void solco_controller_cancel_measure (SolcoController *self);
void solco_controller_clear_figures (SolcoController *self);

/* solco-controller-job.c */
gboolean solco_controller_is_busy (SolcoController *self);
gboolean solco_controller_check_idle (SolcoController *self, GError **error);
/* What had to wait for the end of a job: another recorder, another disc. */
void solco_controller_catch_up (SolcoController *self);
/* Makes @request, which it takes over, the job of the window. */
void solco_controller_begin (SolcoController *self, SolcoRequest *request, guint session,
                             gboolean erases);

/* solco-controller-save.c */
void solco_controller_queue_autosave (SolcoController *self);
void solco_controller_clear_save (SolcoController *self);

/* solco-controller-stage.c */
void solco_controller_clear_additions (SolcoController *self);
void solco_controller_add_problems (SolcoController *self, const GPtrArray *problems, guint first);

G_END_DECLS
