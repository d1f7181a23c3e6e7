/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-drive-private.h"
#include "solco-medium.h"

G_BEGIN_DECLS

/* Makes a snapshot of what is in the drive or in the image file. A disc with nothing readable on
 * it is no error. Engine's thread. The newest tree is to be imported from the start of the last
 * session in the snapshot. */
SolcoMedium *solco_medium_read (SolcoDrive *drive, GError **error);

/* Whether there is a session to read from; the error says what is in instead. */
gboolean solco_medium_check_readable (const SolcoMedium *medium, GError **error);

/* Part of the above for media whose sessions are emulated: a libburn drive or an image file of
 * @readable_blocks. Fills sessions, content, damage, label; returns the first block behind the
 * sessions, −1 on failure. */
gint64 solco_medium_read_emulated_sessions (SolcoMedium *medium, SolcoDrive *drive,
                                            gint64 readable_blocks, GError **error);
/* Blank media that libburn calls so, and those with a table of contents. */
gboolean solco_medium_read_from_drive (SolcoMedium *medium, SolcoDrive *drive, GError **error);

G_END_DECLS
