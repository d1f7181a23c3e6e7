/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-task-private.h"

G_BEGIN_DECLS

/* Starts and stops libburn and libisofs on the engine's thread. */
gboolean solco_libraries_start (GError **error);
void solco_libraries_stop (void);

/* What the message queues of both libraries held. */
typedef struct
{
  /* Text of the worst messages, "; "-joined; NULL where nothing was a failure. */
  char *text;
  /* errno of the first that has one, 0 for none. */
  int os_errno;
  /* The drive did not take a command. */
  gboolean is_device_gone;
  /* It took one, and answered that there is no medium (sense 2/3A). */
  gboolean has_no_medium;
  /* A WRITE failed; the drive's buffer could not be emptied, or a track or session not be closed. */
  gboolean has_write_error;
  gboolean has_close_error;
  /* libburn refused a call because the thread of an operation before has not ended yet, though the
   * drive is idle. */
  gboolean is_busy;
} SolcoMessages;

void solco_messages_clear (SolcoMessages *messages);
/* The code for a failure that is @code of %SOLCO_ERROR where the messages know nothing better. */
int solco_messages_get_code (const SolcoMessages *messages, int code);
/* Puts those that came before in front of @messages. */
void solco_messages_add (SolcoMessages *messages, const SolcoMessages *earlier);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SolcoMessages, solco_messages_clear)

/* Empties both message queues into the task's log. */
void solco_libraries_take_messages (SolcoTask *task, SolcoMessages *messages);
void solco_libraries_drop_messages (SolcoTask *task);

G_END_DECLS
