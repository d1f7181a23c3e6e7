/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void vr_sector_compose (guint8 sector[2352], gint32 lba, guint8 data_mode, const guint8 *user_data);

G_END_DECLS
