/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vr-drive.h"

#include <gio/gio.h>

G_BEGIN_DECLS

char *vr_control_run (VrDrive *drive, const char *line);
GSocketService *vr_control_listen (VrDrive *drive, const char *path, GError **error);
int vr_control_send (const char *path, const char *const *words);

G_END_DECLS
