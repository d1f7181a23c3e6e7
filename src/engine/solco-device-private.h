/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-task-private.h"

G_BEGIN_DECLS

/* Sees to it that the node of a recorder can be opened: @exclusively, which a disc that is mounted has to
 * be unmounted for, or beside a mount of it. Says why it cannot before libburn says only that it found
 * nothing. Engine's thread. Errors: %SOLCO_ERROR_NO_RECORDER, %SOLCO_ERROR_NO_PERMISSION,
 * %SOLCO_ERROR_DISC_IN_USE, %SOLCO_ERROR_NOT_ACCESSIBLE; cancellation. */
gboolean solco_device_prepare (SolcoTask *task, const char *path, gboolean exclusively,
                               GError **error);

G_END_DECLS
