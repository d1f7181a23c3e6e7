/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-project-private.h"

G_BEGIN_DECLS

/* What a project file holds: what the user did, free of any node. Any thread. */

typedef enum
{
  /* A folder that was made: @path, @mode, @mtime_s. */
  SOLCO_PROJECT_ITEM_FOLDER,
  /* A local folder as a whole: @source goes to @path, or its content into @path. */
  SOLCO_PROJECT_ITEM_SOURCE,
  /* Single items of the local folder @source go into the folder @path. */
  SOLCO_PROJECT_ITEM_FILES,
  SOLCO_N_PROJECT_ITEM_KINDS
} SolcoProjectItemKind;

typedef struct
{
  SolcoProjectItemKind kind;
  char *path;   /* on the disc */
  char *source; /* local */
  guint32 mode;
  gint64 mtime_s;
  gboolean contents;
  SolcoScanOptions *options;
  /* Source: paths below it that are left out. Files: the names. */
  GPtrArray *names;
  /* Source: paths below it that get another name. */
  GPtrArray *renamed;
  /* The new name of each in @renamed, or of each in @names (files). */
  GPtrArray *new_names;
} SolcoProjectItem;

typedef struct
{
  char *label; /* NULL: by itself */
  SolcoProjectOptions options;
  SolcoDiscIdentity *identity; /* NULL: a blank disc */
  char *disc_label;
  GPtrArray *edits; /* of SolcoDiscEdit */
  GPtrArray *items; /* of SolcoProjectItem; a folder before what goes into it */
} SolcoProjectData;

SolcoProjectItem *solco_project_item_new (SolcoProjectItemKind kind, const char *path,
                                          const char *source);
SolcoProjectData *solco_project_data_new (void);
void solco_project_data_free (SolcoProjectData *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SolcoProjectData, solco_project_data_free)

/* What the project holds now. Main thread; nothing but memory is touched. */
SolcoProjectData *solco_project_data_collect (SolcoProject *project);

char *solco_project_data_to_text (const SolcoProjectData *self, gsize *length);
SolcoProjectData *solco_project_data_from_text (const char *text, gsize length, GError **error);

G_END_DECLS
