/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/solco-capacity.h"
#include "engine/solco-plan.h"
#include "engine/solco-result.h"
#include "model/solco-node.h"

G_BEGIN_DECLS

/* What people read, on standard output; what programs read is in solco-cli-json.h. */
void solco_cli_show_medium (const SolcoMedium *medium, const SolcoCapacity *capacity);
void solco_cli_show_loss (const SolcoResult *disc);
void solco_cli_show_staged (const SolcoMedium *medium, const SolcoTotals *totals);
void solco_cli_show_capacity (const SolcoCapacityInput *input, const SolcoCapacity *capacity);
void solco_cli_show_burned (const SolcoResult *result);
void solco_cli_show_extracted (const SolcoResult *result);
void solco_cli_show_verified (const SolcoResult *result, SolcoVerifyMode mode);
void solco_cli_show_entry (const SolcoTree *tree, guint32 index);

G_END_DECLS
