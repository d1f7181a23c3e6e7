/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-dialogs.h"

G_BEGIN_DECLS

/**
 * SolcoBurnImageDialog:
 *
 * Asks how an existing image is written to the disc that is in, after it has compared their sizes.
 * Sessions that would be lost are named.
 */
#define SOLCO_TYPE_BURN_IMAGE_DIALOG (solco_burn_image_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SolcoBurnImageDialog, solco_burn_image_dialog, SOLCO, BURN_IMAGE_DIALOG,
                      GtkWindow)

/* @path: the image; @size_bytes: its size. There has to be a disc in the recorder. */
GtkWidget *solco_burn_image_dialog_new (GtkWindow *parent, SolcoController *controller,
                                        const char *path, guint64 size_bytes);

G_END_DECLS
