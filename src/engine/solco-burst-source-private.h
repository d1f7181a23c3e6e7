/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "solco-writeback-private.h"

G_BEGIN_DECLS

struct burn_source;

/* What waits in the ring between libisofs and libburn; FALSE where nothing more will come into it. */
typedef gboolean (*SolcoGetRing) (gpointer user_data, gsize *waiting_bytes, gsize *size_bytes);

/*
 * A burn source that gives libburn its 2 KiB at a time, and takes them from another source in bursts.
 *
 * The ring between libisofs's thread and libburn's wakes the other side for each block as soon as it
 * is full or empty, which it always is when one side is faster: two hundred thousand switches for
 * 4 GiB, and half of all the time. In bursts they are a few thousand.
 */

/* Takes a reference of @inner, which has to outlive the reading. @get_ring: (nullable): @inner has no
 * ring. @last_block: (nullable): SOLCO_BLOCK_BYTES that take the place of @inner's last ones.
 * @writeback: (nullable): is told of what was taken before. The caller keeps both until the reading
 * has ended. Returns one reference. */
struct burn_source *solco_burst_source_new (struct burn_source *inner, SolcoGetRing get_ring,
                                            gpointer user_data, const guint8 *last_block,
                                            SolcoWriteback *writeback);

G_END_DECLS
