/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-drive-private.h"
#include "solco-medium.h"
#include "solco-tree.h"

G_BEGIN_DECLS

/* Looks at the newest session with libcdio, which had no part in writing it: where its track starts,
 * its volume descriptor by raw sectors, and the root directory with the addresses and sizes of its
 * files. libburn releases the drive for that. VERIFY_FAILED where it sees something else than @tree,
 * and the errors of reading the drive's state where the drive or the disc went away. Engine's thread. */
gboolean solco_second_reader_check (SolcoDrive *drive, const SolcoMedium *medium, SolcoTree *tree,
                                    GError **error);
/* Keeps libcdio from writing to standard error. */
void solco_second_reader_start (void);

G_END_DECLS
