/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-medium-reader-private.h"

G_BEGIN_DECLS

/* Makes the disc or image file blank. Afterwards the caller reads the medium again. Errors:
 * WRONG_MEDIUM_TYPE, NOT_POSSIBLE, CANNOT_WRITE. Engine's thread. */
gboolean solco_erase (SolcoDrive *drive, const SolcoMedium *medium, SolcoEraseMode mode,
                      GError **error);

/* WRONG_DISC where the disc is not the one whose loss was agreed to. @agreed: (nullable): any. */
gboolean solco_erase_check_agreed (const SolcoMedium *medium, const SolcoDiscIdentity *agreed,
                                   GError **error);

/* BD-RE and DVD-RAM come without a format, and take no data before they have one. */
gboolean solco_format_if_needed (SolcoDrive *drive, const SolcoMedium *medium, GError **error);

/* Writes a lost head anew from the chain of sessions, once the newest session was found to be whole, or
 * closes a track that was never finished. */
gboolean solco_mend (SolcoDrive *drive, const SolcoMedium *medium, GError **error);

G_END_DECLS
