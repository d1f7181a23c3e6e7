/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-medium.h"
#include "solco-task-private.h"
#include "solco-tree.h"

G_BEGIN_DECLS

/* Looks at the newest session with libcdio, which had no part in writing it: where its track starts,
 * its volume descriptor by raw sectors, and the root directory with the addresses and sizes of its
 * files. libburn must have released the drive. VERIFY_FAILED where it sees something else than
 * @tree. Engine's thread. */
gboolean solco_second_reader_check (SolcoTask *task, const SolcoMedium *medium, SolcoTree *tree,
                                    GError **error);
/* Keeps libcdio from writing to standard error. */
void solco_second_reader_start (void);

G_END_DECLS
