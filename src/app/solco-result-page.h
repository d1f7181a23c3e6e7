/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-dialogs.h"

G_BEGIN_DECLS

/**
 * SolcoResultPage:
 *
 * What came of the job of the controller: in a title, in figures, and as the disc that it left
 * behind; what was damaged or changed while it was read; or, if it failed, why, in what state the
 * disc is, and what to do. With Save Log…, Burn Another… or Try Again…, and Done.
 */
#define SOLCO_TYPE_RESULT_PAGE (solco_result_page_get_type ())
G_DECLARE_FINAL_TYPE (SolcoResultPage, solco_result_page, SOLCO, RESULT_PAGE, GtkWidget)

G_END_DECLS
