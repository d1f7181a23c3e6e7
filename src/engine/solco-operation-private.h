/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-iso-import-private.h"

G_BEGIN_DECLS

/* What reading a session begins with: opens the recorder of the task's request, reads its medium into
 * the result and imports the session that is asked for (0: the newest), with its number and tree in
 * the result. The caller closes and frees what it gets. */
gboolean solco_operation_open_session (SolcoTask *task, SolcoImportMode mode, SolcoDrive **drive,
                                       SolcoIsoImport **import, GError **error);

/* Reads the newest session's tree into the result; where that fails, the disc is shown without one. */
gboolean solco_operation_import_newest (SolcoTask *task, SolcoDrive *drive, SolcoMedium *medium,
                                        GError **error);

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
