/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-project-private.h"

G_BEGIN_DECLS

/* The children of one folder as a GListModel of SolcoRow. One per folder at a time, as long as
 * somebody holds it. Main thread only. */
#define SOLCO_TYPE_FOLDER_MODEL (solco_folder_model_get_type ())
G_DECLARE_FINAL_TYPE (SolcoFolderModel, solco_folder_model, SOLCO, FOLDER_MODEL, GObject)

SolcoFolderModel *solco_folder_model_get (SolcoProject *project, SolcoNode *folder);
/* The folder's memory goes: the model becomes empty. */
void solco_folder_model_detach (SolcoFolderModel *self);

G_END_DECLS
