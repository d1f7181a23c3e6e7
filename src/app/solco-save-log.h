/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks for a file and writes @log to it; a failure is told in a dialog over @parent. */
void solco_save_log (GtkWindow *parent, const char *log);

G_END_DECLS
