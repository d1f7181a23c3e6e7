/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-tree.h"

G_BEGIN_DECLS

/*
 * SolcoWriteOrder: the files of a tree in the order in which libisofs writes them: folder by folder, each
 * sorted by the ISO 9660 names. Where names need more than capitals to become ISO 9660 ones it is a
 * guess, though a good one. One thread at a time.
 */
typedef struct _SolcoWriteOrder SolcoWriteOrder;

SolcoWriteOrder *solco_write_order_new (SolcoTree *tree);
void solco_write_order_free (SolcoWriteOrder *self);

/* The next one behind @index. */
void solco_write_order_seek (SolcoWriteOrder *self, guint32 index);
/* SOLCO_TREE_NONE behind the last one. */
guint32 solco_write_order_next (SolcoWriteOrder *self);

G_END_DECLS
