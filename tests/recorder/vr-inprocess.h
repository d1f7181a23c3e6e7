/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vr-drive.h"

G_BEGIN_DECLS

gboolean vr_inprocess_attach (VrDrive *drive, const char *node);
void vr_inprocess_detach (VrDrive *drive);
void vr_inprocess_set_sleep_divisor (guint divisor);

G_END_DECLS
