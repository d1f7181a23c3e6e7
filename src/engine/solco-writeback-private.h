/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * SolcoWriteback: has the disk take in an image file while it is being written, on a thread of its
 * own. Left to itself the system begins late, and the last step of a burn would take as long as all
 * those before; fsync() every now and then makes writer and disk wait for each other.
 *
 * The writer is only held up where the disk falls far behind: then what the user is shown is still
 * near to what is true.
 */
typedef struct _SolcoWriteback SolcoWriteback;

/* @fd: borrowed, a file that nobody else syncs meanwhile. NULL where no thread can be had. */
SolcoWriteback *solco_writeback_new (int fd, gint64 start_bytes);

/* @n_bytes more were written. May wait for the disk. One thread at a time. */
void solco_writeback_add (SolcoWriteback *self, gsize n_bytes);

/* Ends the thread, without waiting for all to arrive. Returns: 0, or the errno of the disk, of which
 * a later fsync() of the same descriptor knows nothing. NULL is allowed. */
int solco_writeback_free (SolcoWriteback *self);

G_END_DECLS
