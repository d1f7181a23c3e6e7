/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/solco-row.h"

G_BEGIN_DECLS

/* How a row of the stage looks and what it says. The node of @row exists. */

/* "text-x-generic-symbolic" */
const char *solco_row_get_icon_name (SolcoRow *row);
/* "row-disc", "row-removed", or NULL for what is new. */
const char *solco_row_get_css_class (SolcoRow *row);
/* "Session 2", "New", "Replaces session 2", "Removed", and the class of its badge. */
char *solco_row_dup_status (SolcoRow *row, const char **badge_class);
/* "1 new", for a folder that is on the disc and has new files in it; NULL otherwise. */
char *solco_row_dup_news (SolcoRow *row);
char *solco_row_dup_size (SolcoRow *row);
char *solco_row_dup_mtime (SolcoRow *row);
/* All of that in one line, for a screen reader. */
char *solco_row_dup_description (SolcoRow *row);

G_END_DECLS
