/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many MD5 contexts were made by Solco's own functions so far: more than none after libisofs
 * made a session shows that they took the place of libisofs's. */
guint solco_md5_get_n_contexts (void);

G_END_DECLS
