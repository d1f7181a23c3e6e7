/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-tree.h"

G_BEGIN_DECLS

/*
 * ISO 9660 names for folders with many long names that are alike in what ISO 9660 keeps of them.
 *
 * libisofs finds those names too, and gives the same ones, but looks at all that are alike for each of
 * them: 100 000 files take six seconds, a million would take ten minutes.
 */
typedef struct _SolcoShortNames SolcoShortNames;

/* NULL where libisofs is fast enough. */
SolcoShortNames *solco_short_names_new (SolcoTree *tree);
void solco_short_names_free (SolcoShortNames *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SolcoShortNames, solco_short_names_free)

/* @name: of a file or folder of the tree. Returns: what is to stand in its place, in ASCII and no
 * longer than ISO 9660 takes; NULL: the name itself. */
const char *solco_short_names_find (const char *name, gpointer self);

G_END_DECLS
