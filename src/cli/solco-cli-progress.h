/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/solco-job.h"

G_BEGIN_DECLS

/**
 * SolcoCliProgress:
 *
 * One line on the terminal that is written over and over. It stands on standard error, and only
 * if that is a terminal. Main thread only.
 */
typedef struct _SolcoCliProgress SolcoCliProgress;

SolcoCliProgress *solco_cli_progress_new (gboolean enabled);
void solco_cli_progress_free (SolcoCliProgress *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SolcoCliProgress, solco_cli_progress_free)

void solco_cli_progress_update (SolcoCliProgress *self, const SolcoProgress *progress,
                                gboolean is_cancelling);
void solco_cli_progress_set_text (SolcoCliProgress *self, const char *text);
/* Takes the line away before something else is printed; the next update brings it back. */
void solco_cli_progress_hide (SolcoCliProgress *self);

G_END_DECLS
