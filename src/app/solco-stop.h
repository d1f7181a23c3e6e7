/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-dialogs.h"

G_BEGIN_DECLS

/* What stopping the job of the controller now does to its medium: one line, or two; NULL without
 * a job. */
char *solco_stop_dup_consequence (SolcoController *controller);

/* "Close the window although something runs?" The callback is called when nothing runs any more,
 * or when the user wants it to go on. */
void solco_stop_before_close_async (GtkWindow *parent, SolcoController *controller,
                                    GAsyncReadyCallback callback, gpointer user_data);
/* Whether the window may be closed. */
gboolean solco_stop_before_close_finish (GAsyncResult *result);

G_END_DECLS
