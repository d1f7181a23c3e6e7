/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "solco-recorder.h"

G_BEGIN_DECLS

/**
 * SolcoRecorderList:
 *
 * A #GListModel of #SolcoRecorder, sorted by path, kept up to date by libgudev. Listing never
 * opens a drive. A recorder that goes leaves the list, and its "present" becomes %FALSE. Main
 * thread only.
 */
#define SOLCO_TYPE_RECORDER_LIST (solco_recorder_list_get_type ())
G_DECLARE_FINAL_TYPE (SolcoRecorderList, solco_recorder_list, SOLCO, RECORDER_LIST, GObject)

SolcoRecorderList *solco_recorder_list_new (void);

G_END_DECLS
