/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The last block of a session that has no MD5 tags. Without it nothing would tell a session that was
 * cut off from a whole one where the medium has no table of contents, or its drive filled up what
 * was missing.
 */

/* @block: SOLCO_BLOCK_BYTES. @session_id: as in the session's descriptors. */
void solco_end_mark_fill (guint8 *block, const char *session_id);

/* @session_id: (nullable): what the session's descriptors say. */
gboolean solco_end_mark_matches (const guint8 *block, const char *session_id);

G_END_DECLS
