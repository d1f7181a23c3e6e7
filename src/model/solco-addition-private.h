/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-addition.h"

G_BEGIN_DECLS

/* Stops it for good: nothing more is added, conflicts that wait are given up. */
void solco_addition_abort (SolcoAddition *self);
/* Gives up what waits for a decision. */
void solco_addition_drop_conflicts (SolcoAddition *self);
/* Before and after the project merges folders: what arrives later goes to where they are then. */
void solco_addition_begin_merge (SolcoAddition *self);
void solco_addition_end_merge (SolcoAddition *self);
/* For the path that was added last: paths (char *) below it that are not wanted, and those that get
 * another name (see solco_scanner_except()). */
void solco_addition_except (SolcoAddition *self, GPtrArray *skip, GPtrArray *renamed,
                            GPtrArray *new_names);
/* Other options than those of the addition, for the path that was added last. */
void solco_addition_set_options (SolcoAddition *self, SolcoScanOptions *options);

G_END_DECLS
