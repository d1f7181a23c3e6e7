/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What UDisks does for us. Each call blocks, half a minute at the most, and fails at once where there is
 * no UDisks; it never asks the user. Any thread. The errors are those of GDBus, and cancellation. */

/* Unmounts the file system on @device, where it is mounted only once. */
gboolean solco_udisks_unmount (const char *device, GCancellable *cancellable, GError **error);
/* Makes the system, and with it the desktop, look again at what is on the disc; it may still be at it
 * afterwards. */
gboolean solco_udisks_rescan (const char *device, GCancellable *cancellable, GError **error);

G_END_DECLS
