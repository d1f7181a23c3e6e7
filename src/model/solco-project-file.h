/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-project.h"
#include "solco-scanner.h"

G_BEGIN_DECLS

/** SOLCO_PROJECT_FILE_VERSION: version of the format that is written; newer ones are refused */
#define SOLCO_PROJECT_FILE_VERSION 1
/** SOLCO_PROJECT_FILE_SUFFIX: of the file's name */
#define SOLCO_PROJECT_FILE_SUFFIX ".solco"

/**
 * The format of project files, version 1:
 *
 * A text file in UTF-8, a GKeyFile. It holds what the user did, not what came of it: a folder that
 * was added is its path and the exceptions from it. In paths and names, bytes that are no UTF-8, the
 * percent sign and control characters are written as %XX. Paths on the disc begin with a slash.
 *
 * - [Solco Project]: `Version`; `Label` (missing: the disc's, or the date); `CloseDisc`, `Simulate`,
 *   `Manifest`, `FileMd5`, `Eject` (true, false); `Verify` (none, quick, full, originals);
 *   `SpeedKbPerSecond` (0: maximum); `Items`: how many of the groups below there are.
 * - [Disc], only for a session that is added to a disc: `Identity`: the disc that is expected, as
 *   solco_disc_identity_to_string() writes it; `Label`; `Removed`: list of paths on the disc that
 *   the next session will not show; `Moved` and `MovedTo`: lists of the same length with old and
 *   new paths.
 * - [Folder N]: a folder that was made: `Path`, `Mode` (decimal), `Modified` (seconds since 1970).
 * - [Source N]: a local folder: `Source`, its absolute path; `Path`: what it is on the disc;
 *   `Contents`: true if only its content was added, to the folder `Path`; `LeaveOut`: list of paths
 *   below it that are not taken; `Renamed` and `NewNames`: lists of the same length with paths below
 *   it and the names that these get.
 * - [Files N]: single items of the local folder `Source`: `Path`: the folder on the disc that gets
 *   them; `Names`, and `NewNames` with their names on the disc.
 * - Source and Files also have `SkipHidden`, `FixNames` (true, false), `Symlinks` (keep, follow,
 *   skip) and `Exclude` (list of patterns).
 * - N counts from 1 to `Items` over all three kinds; a folder comes before what goes into it.
 * - [End] is the last group. Its `Checksum` is the SHA-256, in hexadecimal, of all bytes before the
 *   line feed that precedes the line "[End]". Without the key nothing is checked: who edits the
 *   file by hand takes it out.
 */

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
