/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-task-private.h"

G_BEGIN_DECLS

/* Each runs one kind of request on the engine's thread and fills the task's result. */
gboolean solco_operation_read_disc (SolcoTask *task, GError **error);
gboolean solco_operation_measure (SolcoTask *task, GError **error);
gboolean solco_operation_burn (SolcoTask *task, GError **error);
gboolean solco_operation_burn_image (SolcoTask *task, GError **error);
gboolean solco_operation_erase (SolcoTask *task, GError **error);
gboolean solco_operation_mend (SolcoTask *task, GError **error);
gboolean solco_operation_eject (SolcoTask *task, GError **error);
gboolean solco_operation_extract (SolcoTask *task, GError **error);
gboolean solco_operation_verify (SolcoTask *task, GError **error);

G_END_DECLS
