/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where the disc in @device is mounted, newest first; none: it is not. Any thread. */
GPtrArray *solco_unmount_list_paths (const char *device);
/* Takes the disc in @device out of the tree of files: through UDisks, which asks nobody, and where
 * that is not there by the system call, which only the superuser may use. It blocks, half a minute at
 * the most. Errors: %SOLCO_ERROR_DISC_IN_USE, which names the programs that use a file on it;
 * %SOLCO_ERROR_NOT_ACCESSIBLE; cancellation. */
gboolean solco_unmount_device (const char *device, GCancellable *cancellable, GError **error);

G_END_DECLS
