/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "engine/solco-error.h"

G_BEGIN_DECLS

/**
 * SolcoCliExit:
 * @SOLCO_CLI_EXIT_SUCCESS: everything was done
 * @SOLCO_CLI_EXIT_USAGE: the command line makes no sense; nothing was done
 * @SOLCO_CLI_EXIT_PROBLEMS: done, but the result lists problems that matter
 * @SOLCO_CLI_EXIT_CANCELLED: the user stopped it
 * @SOLCO_CLI_EXIT_OUTPUT: done, but the output could not be written (full disk, closed pipe)
 *
 * Exit codes of the program that are no #SolcoError. Those of errors start at 10, see
 * solco_cli_exit_for_error(). They are documented and never change.
 */
typedef enum
{
  SOLCO_CLI_EXIT_SUCCESS = 0,
  SOLCO_CLI_EXIT_USAGE = 1,
  SOLCO_CLI_EXIT_PROBLEMS = 2,
  SOLCO_CLI_EXIT_CANCELLED = 3,
  SOLCO_CLI_EXIT_OUTPUT = 4
} SolcoCliExit;

int solco_cli_exit_for_error (const GError *error);
/* Stable name of an error for machines: that of its code, "CANCELLED" or "USAGE". */
const char *solco_cli_exit_get_error_name (const GError *error);
/* The table of all exit codes as --help shows it. */
char *solco_cli_exit_dup_table (void);

G_END_DECLS
