/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "engine/solco-engine.h"
#include "solco-cli-options.h"
#include "solco-cli-progress.h"

G_BEGIN_DECLS

typedef struct _SolcoCli SolcoCli;
typedef struct _SolcoCliStage SolcoCliStage;

/* A job came to its end without an error. */
typedef void (*SolcoCliJobFunc) (SolcoCli *cli, SolcoJob *job);

/**
 * SolcoCli:
 * @options: the command line
 * @engine: the engine
 * @target: recorder or image file; %NULL for `recorders`
 * @cancellable: for what is no job of the engine
 * @json: (nullable): what --json prints at the end; %NULL without it
 * @stage: (nullable): what burn, plan and verify stage
 * @plan: (nullable): what burn and plan have made of it
 *
 * One run of the program: a chain of asynchronous steps under the one main loop. A step that
 * ends the run calls solco_cli_finish() or solco_cli_fail().
 */
struct _SolcoCli
{
  const SolcoCliOptions *options;
  SolcoEngine *engine;
  SolcoTarget *target;
  GCancellable *cancellable;
  JsonObject *json;
  SolcoCliStage *stage;
  SolcoPlan *plan;

  GMainLoop *loop;
  SolcoCliProgress *progress;
  SolcoJob *job;
  SolcoCliJobFunc job_done;
  int exit_code;
  gboolean is_finished;
  gboolean is_cancelled;
  SolcoMedium *unmended; /* the disc before it was mended; NULL if it was not */
  /* The figures of the session were shown. */
  gboolean has_measured;
};

int solco_cli_run (const SolcoCliOptions *options);
void solco_cli_run_job (SolcoCli *cli, SolcoRequest *request, SolcoCliJobFunc done);
void solco_cli_finish (SolcoCli *cli, const SolcoResult *result);
void solco_cli_fail (SolcoCli *cli, const GError *error);
/* The same, with what else can be said of it: the disc as it is now, and (nullable) one more line. */
void solco_cli_fail_with (SolcoCli *cli, const GError *error, const SolcoMedium *now,
                          const char *more);
void solco_cli_report_problems (SolcoCli *cli, const GPtrArray *problems);
void solco_cli_report_capacity (SolcoCli *cli, const SolcoCapacityInput *input,
                                const SolcoCapacity *capacity);

/* First steps of the verbs. */
void solco_cli_start_recorders (SolcoCli *cli);
void solco_cli_start_info (SolcoCli *cli);
void solco_cli_start_list (SolcoCli *cli);
void solco_cli_start_burn (SolcoCli *cli);
void solco_cli_start_burn_image (SolcoCli *cli);
void solco_cli_start_erase (SolcoCli *cli);
void solco_cli_start_mend (SolcoCli *cli);
void solco_cli_start_eject (SolcoCli *cli);
void solco_cli_start_extract (SolcoCli *cli);
void solco_cli_start_verify (SolcoCli *cli);

G_END_DECLS
