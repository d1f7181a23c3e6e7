/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-text-figure.h"

G_BEGIN_DECLS

/* The pieces of a sentence, and the sentence made of them. What is emphasised is marked with two
 * private characters until the end, so that no translation has to contain markup. */
char *solco_text_figure_dup_blocks (gint64 blocks, SolcoTextFlags flags);
char *solco_text_figure_dup_strong (const char *text);
char *solco_text_figure_finish (char *sentence, SolcoTextFlags flags);

G_END_DECLS
