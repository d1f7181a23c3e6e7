/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "solco-medium.h"

G_BEGIN_DECLS

/**
 * SolcoRecorder:
 *
 * A recorder of this machine as the system describes it, without opening it. Properties, all
 * notified: "vendor", "product" (strings), "path" ("/dev/sr0"), "present" (FALSE once it is gone),
 * "can-write" and "has-medium" (what udev says), "medium-generation" (a number that
 * grows whenever the system reported a media change). Main thread only.
 */
#define SOLCO_TYPE_RECORDER (solco_recorder_get_type ())
G_DECLARE_FINAL_TYPE (SolcoRecorder, solco_recorder, SOLCO, RECORDER, GObject)

const char *solco_recorder_get_vendor (SolcoRecorder *self);
const char *solco_recorder_get_product (SolcoRecorder *self);
const char *solco_recorder_get_path (SolcoRecorder *self);
gboolean solco_recorder_get_present (SolcoRecorder *self);
gboolean solco_recorder_get_can_write (SolcoRecorder *self);
gboolean solco_recorder_get_has_medium (SolcoRecorder *self);
guint solco_recorder_get_medium_generation (SolcoRecorder *self);

G_END_DECLS
