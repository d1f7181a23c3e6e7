/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of the model share: local trees to stage, discs that never were on a disc, and a
 * project as text. */
#pragma once

#include "solco-addition.h"
#include "solco-project.h"

G_BEGIN_DECLS

/* A folder of its own that goes with all that is in it; g_free() after fixture_remove_tree(). */
char *fixture_make_directory (void);
void fixture_remove_tree (const char *path);
/* Makes @path below @directory with all folders above it: a folder if it ends with a slash, else a
 * file of @size bytes (sparse) with the time of modification @mtime_s. */
void fixture_make (const char *directory, const char *path, guint64 size, gint64 mtime_s);

SolcoScanOptions *fixture_options (void);
/* Runs it to its end in the default main context; fails the test if it was not successful. */
void fixture_run (SolcoAddition *addition);
/* Adds one path to @folder with @policy, to the end; the problems are freed. */
void fixture_add (SolcoProject *project, const char *path, SolcoNode *folder,
                  SolcoConflictPolicy policy);

/* A tree "from a disc": an array of paths, folders with a slash at the end, files with ":size" at
 * the end, NULL-terminated. All of session 1, mtime 1000. */
SolcoTree *fixture_make_tree (const char *const *paths);
SolcoDiscIdentity *fixture_make_identity (const char *media_id, guint n_sessions);
/* Like a disc that was burned: the frozen tree, all of it on the disc now. */
SolcoTree *fixture_burn (SolcoProject *project, guint session);

/* Everything about a project that undo has to bring back, one line an item; g_free(). Checks the
 * sums of every folder on the way. */
char *fixture_dump (SolcoProject *project);
/* Only what the next session will show, without where a later load would look for more. */
char *fixture_dump_items (SolcoProject *project);
/* Saves to @path and loads that again; the problems of the load go to @problems. */
void fixture_save (SolcoProject *project, const char *path);
SolcoProject *fixture_load (const char *path, GPtrArray **problems, GError **error);
/* A project to which a disc with these items was imported. */
SolcoProject *fixture_make_disc_project (const char *const *paths);
SolcoNode *fixture_find (SolcoProject *project, const char *path);

G_END_DECLS
