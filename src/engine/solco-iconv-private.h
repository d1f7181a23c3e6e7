/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many conversions were spared their set-up so far: more than none after libisofs made a session
 * shows that Solco's functions took the place of the C library's. */
guint solco_iconv_get_n_reused (void);

/* What is to become of a name: ASCII and shorter than the name, or NULL to leave it as it is. */
typedef const char *(*SolcoShortenFunc) (const char *name, gpointer user_data);

/* From here on the names that this thread's libisofs turns into ASCII, which it does for ISO 9660 only,
 * become what @shorten gives. NULL: no more. */
void solco_iconv_shorten_names (SolcoShortenFunc shorten, gpointer user_data);

G_END_DECLS
