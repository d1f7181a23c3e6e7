/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "engine/solco-plan.h"

G_BEGIN_DECLS

/* Shows things in the desktop's own file manager. Failures are told in a dialog over @parent. */

/* The folder @path, or the folder that holds the file @path. */
void solco_open_folder (GtkWindow *parent, const char *path);
/* The disc, which is mounted first if it is not; of an image file the folder that holds it. */
void solco_open_target (GtkWindow *parent, const SolcoTarget *target);

G_END_DECLS
