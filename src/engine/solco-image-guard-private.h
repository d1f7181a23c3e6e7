/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-drive-private.h"

G_BEGIN_DECLS

/*
 * SolcoImageGuard: takes an image file back to what it was, unless the new session was committed. What
 * a failed burn left behind the sessions is cut off again, and a file that was made for it goes.
 * For drives it does nothing. Engine's thread.
 */
typedef struct
{
  SolcoDrive *drive;
  gboolean is_armed;
  gboolean was_created;
  gint64 old_size_bytes;
} SolcoImageGuard;

gboolean solco_image_guard_arm (SolcoImageGuard *self, SolcoDrive *drive, GError **error);
void solco_image_guard_commit (SolcoImageGuard *self);
void solco_image_guard_clear (SolcoImageGuard *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SolcoImageGuard, solco_image_guard_clear)

G_END_DECLS
