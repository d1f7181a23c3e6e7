/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-task-private.h"

G_BEGIN_DECLS

/* Starts and stops libburn and libisofs on the engine's thread. */
gboolean solco_libraries_start (GError **error);
void solco_libraries_stop (void);

/* Empties both message queues into the task's log. Returns (transfer full) (nullable) the text of
 * the worst message, "; "-joined with the ones as bad, and in @os_errno the errno of the first that
 * has one (0 for none). */
char *solco_libraries_take_messages (SolcoTask *task, int *os_errno);

G_END_DECLS
