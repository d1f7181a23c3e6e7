/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "solco-problem.h"

G_BEGIN_DECLS

/* A sentence with the path in it. */
char *solco_text_problem_dup_sentence (const SolcoProblem *problem);
/* "3 problems, 2 remarks"; NULL for none. @problems: (element-type SolcoProblem) */
char *solco_text_problem_dup_summary (GPtrArray *problems);

G_END_DECLS
