/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-dialogs.h"

G_BEGIN_DECLS

/**
 * SolcoProgressPage:
 *
 * Follows the job of the controller: its phases in the order in which they will come, the figures of
 * the one that runs, Stop…, and under it what stopping does to this medium. For screen readers it
 * tells phase and progress through a status label, in steps of 25 %.
 */
#define SOLCO_TYPE_PROGRESS_PAGE (solco_progress_page_get_type ())
G_DECLARE_FINAL_TYPE (SolcoProgressPage, solco_progress_page, SOLCO, PROGRESS_PAGE, GtkWidget)

G_END_DECLS
