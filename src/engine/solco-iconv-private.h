/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many conversions were spared their set-up so far: more than none after libisofs made a session
 * shows that Solco's functions took the place of the C library's. */
guint solco_iconv_get_n_reused (void);

G_END_DECLS
