/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-cli-progress.h"

G_BEGIN_DECLS

/* Where g_print() and g_printerr() lead in this program: UTF-8 as it is, whatever the locale's
 * character set, since names on a disc are UTF-8; never across the progress line; and a write
 * that fails is remembered. Main thread only. */
void solco_cli_output_init (void);
void solco_cli_output_set_progress (SolcoCliProgress *progress);
/* FALSE if anything of standard output was lost. */
gboolean solco_cli_output_flush (void);
/* A name of a disc for a terminal: control characters are escaped, since they could do anything
 * there; g_free(). */
char *solco_cli_output_escape (const char *name);

G_END_DECLS
