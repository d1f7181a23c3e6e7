/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gudev/gudev.h>

#include "solco-recorder.h"

G_BEGIN_DECLS

SolcoRecorder *solco_recorder_new (GUdevDevice *device);
/* Takes over what udev says now, after a "change" event. */
void solco_recorder_update (SolcoRecorder *self, GUdevDevice *device);
void solco_recorder_set_gone (SolcoRecorder *self);

G_END_DECLS
