/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The programs that have @device open, or use something at or below @folder (nullable): a file, the
 * working directory, a library, as "nautilus (1234), bash (4711)". What the system does not let us see,
 * other users' programs mostly, is not among them. NULL: none is known. Any thread; it reads /proc, and
 * never the device or the folder, so that it does not wait for either. */
char *solco_holders_dup (const char *device, const char *folder);

G_END_DECLS
