/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-task-private.h"

G_BEGIN_DECLS

/* Starts and stops libburn and libisofs on the engine's thread. */
gboolean solco_libraries_start (GError **error);
void solco_libraries_stop (void);

/*
 * What the messages say about the reason of a failure.
 * @os_errno: errno of the first message that has one, 0 for none
 * @is_device_gone: the drive did not take a command
 * @has_no_medium: it took one, and answered that there is no medium (sense 2/3A)
 */
typedef struct
{
  int os_errno;
  gboolean is_device_gone;
  gboolean has_no_medium;
} SolcoFailure;

/* Empties both message queues into the task's log. Returns (transfer full) (nullable) the text of
 * the worst message, "; "-joined with the ones as bad. @failure: (optional) (out). */
char *solco_libraries_take_messages (SolcoTask *task, SolcoFailure *failure);
/* The code for a failure that is %SOLCO_ERROR @code where the messages know nothing better. */
int solco_failure_get_code (const SolcoFailure *failure, int code);

G_END_DECLS
