/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/solco-disc-master.h"
#include "model/solco-project.h"
#include "solco-cli.h"

G_BEGIN_DECLS

/**
 * SolcoCliStage:
 *
 * What the command line stages: the disc's own tree, a project file, edits of what is there, and
 * local files and folders. Main thread only.
 */

/* Everything is staged. */
typedef void (*SolcoCliStageFunc) (SolcoCli *cli);

void solco_cli_stage_begin (SolcoCli *cli, const SolcoResult *disc, SolcoCliStageFunc done);
void solco_cli_stage_free (SolcoCliStage *self);

SolcoTree *solco_cli_stage_freeze_tree (SolcoCliStage *self);
SolcoPlan *solco_cli_stage_freeze (SolcoCliStage *self, SolcoCli *cli, GError **error);
SolcoMedium *solco_cli_stage_get_medium (SolcoCliStage *self);
const SolcoTotals *solco_cli_stage_get_totals (SolcoCliStage *self);
const GPtrArray *solco_cli_stage_get_problems (SolcoCliStage *self);
gboolean solco_cli_stage_has_serious_problems (SolcoCliStage *self);

G_END_DECLS
