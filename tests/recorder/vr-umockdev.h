/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vr-drive.h"

G_BEGIN_DECLS

typedef struct _VrTestbed VrTestbed;

VrTestbed *vr_testbed_new (VrDrive *drive, GError **error);
void vr_testbed_free (VrTestbed *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrTestbed, vr_testbed_free)

G_END_DECLS
