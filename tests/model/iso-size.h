/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-tree.h"

G_BEGIN_DECLS

/* Exact blocks of the image that libisofs makes of @tree as a first session, with the options that
 * Solco writes with: it computes all addresses, nothing is written. Contents with the same device
 * and inode are one extent. @extra_file_bytes: size of one more file in the root, 0 for none.
 * Files with a disc_index count as empty, since appending does not write their content again. */
gint64 iso_size_get_blocks (SolcoTree *tree, guint64 extra_file_bytes, gboolean file_md5);

G_END_DECLS
