/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-project.h"
#include "solco-scanner.h"

G_BEGIN_DECLS

/** SOLCO_PROJECT_FILE_VERSION: version of the format that is written; newer ones are refused */
#define SOLCO_PROJECT_FILE_VERSION 1
/** SOLCO_PROJECT_FILE_SUFFIX: of the file's name */
#define SOLCO_PROJECT_FILE_SUFFIX ".solco"

/* Saves what the user did: sources with their exceptions, edits, options, and the identity of the
 * disc. The project is copied first, so it may be edited at once; the file is written on another
 * thread, atomically, and synced. Main thread. It does not touch solco_project_is_dirty(): call
 * solco_project_mark_saved() when it has succeeded and the project is still the same. Errors:
 * DESTINATION, NO_SPACE. */
void solco_project_file_save_async (SolcoProject *project, GFile *file, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
gboolean solco_project_file_save_finish (GAsyncResult *result, GError **error);

/* Reads a project file, walks its sources again and applies the edits to new items; edits on
 * items of a disc follow when the expected disc is imported. Errors: SOURCE (cannot be read),
 * PROJECT_INVALID, PROJECT_VERSION, G_IO_ERROR_CANCELLED. A source that vanished is a problem, the
 * rest is loaded. The project is not dirty afterwards. */
void solco_project_file_load_async (GFile *file, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
/* @problems: (out) (optional) (element-type SolcoProblem): g_ptr_array_unref(). */
SolcoProject *solco_project_file_load_finish (GAsyncResult *result, GPtrArray **problems,
                                              GError **error);

/* The text of the file, and back as far as that goes without walking the sources: for tests of
 * damaged files, and for a look at what a file holds. Any thread. */
gboolean solco_project_file_check (const char *data, gsize length, GError **error);

G_END_DECLS
