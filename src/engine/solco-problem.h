/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * SolcoProblemKind: something that did not stop the work and that the user has to know
 * @SOLCO_PROBLEM_SOURCE_VANISHED: a staged file was gone when it was to be read; the disc holds
 *   zeros in its place
 * @SOLCO_PROBLEM_SOURCE_UNREADABLE: it could not be read; zeros from there on
 * @SOLCO_PROBLEM_SOURCE_SHRANK: it became shorter; zeros in place of the rest
 * @SOLCO_PROBLEM_SOURCE_GREW: it became longer; the disc holds the planned size
 * @SOLCO_PROBLEM_SOURCE_CHANGED: it was modified between staging and reading, or while reading
 * @SOLCO_PROBLEM_SOURCE_MISSING: what was to be staged does not exist
 * @SOLCO_PROBLEM_SOURCE_REFUSED: it exists, and cannot be read; it was not staged
 * @SOLCO_PROBLEM_SOURCE_NOT_LOCAL: it has no path on this computer
 * @SOLCO_PROBLEM_SPECIAL_SKIPPED: a device, pipe or socket is not taken
 * @SOLCO_PROBLEM_HIDDEN_SKIPPED: left out by the policy for hidden files
 * @SOLCO_PROBLEM_SYMLINK_SKIPPED: left out by the policy for symbolic links
 * @SOLCO_PROBLEM_EXCLUDED: left out by a pattern of the user
 * @SOLCO_PROBLEM_FOLDER_UNREADABLE: a folder could not be listed
 * @SOLCO_PROBLEM_NAME_INVALID: a name that cannot stand on a disc, so the item was not taken
 * @SOLCO_PROBLEM_SYMLINK_INVALID: what a link leads to cannot stand on a disc, so it was not taken
 * @SOLCO_PROBLEM_SYMLINK_LOOP: a followed link leads back into a folder above it
 * @SOLCO_PROBLEM_SYMLINKS_NOT_IN_JOLIET: there are symbolic links, which Joliet readers will not
 *   see
 * @SOLCO_PROBLEM_NAME_SHORTENED: Joliet or ISO 9660 keep only a part of a name; @detail has it
 * @SOLCO_PROBLEM_NAME_CLASH: not staged, since the name was taken
 * @SOLCO_PROBLEM_LABEL_SHORTENED: the label is cut in one of the file systems
 * @SOLCO_PROBLEM_CHECKSUM_MISSING: an older file could not be read for the manifest
 * @SOLCO_PROBLEM_MISMATCH: read back, and different from what was written
 * @SOLCO_PROBLEM_BLOCK_UNREADABLE: a part of the file could not be read back
 * @SOLCO_PROBLEM_ORIGINAL_DIFFERS: the disc's copy and the original differ
 * @SOLCO_PROBLEM_ORIGINAL_MISSING: the original is not there any more
 * @SOLCO_PROBLEM_NOT_ON_DISC: the original has no copy on the disc
 * @SOLCO_PROBLEM_ATTRIBUTE_LOST: an extracted file could not get its owner, mode or time
 * @SOLCO_PROBLEM_FIRST_STATE_LOST: growing a plain image replaced its head: the first state can
 *   not be opened as a session any more
 */
typedef enum
{
  SOLCO_PROBLEM_SOURCE_VANISHED,
  SOLCO_PROBLEM_SOURCE_UNREADABLE,
  SOLCO_PROBLEM_SOURCE_SHRANK,
  SOLCO_PROBLEM_SOURCE_GREW,
  SOLCO_PROBLEM_SOURCE_CHANGED,
  SOLCO_PROBLEM_SOURCE_MISSING,
  SOLCO_PROBLEM_SOURCE_REFUSED,
  SOLCO_PROBLEM_SOURCE_NOT_LOCAL,
  SOLCO_PROBLEM_SPECIAL_SKIPPED,
  SOLCO_PROBLEM_HIDDEN_SKIPPED,
  SOLCO_PROBLEM_SYMLINK_SKIPPED,
  SOLCO_PROBLEM_EXCLUDED,
  SOLCO_PROBLEM_FOLDER_UNREADABLE,
  SOLCO_PROBLEM_NAME_INVALID,
  SOLCO_PROBLEM_SYMLINK_INVALID,
  SOLCO_PROBLEM_SYMLINK_LOOP,
  SOLCO_PROBLEM_SYMLINKS_NOT_IN_JOLIET,
  SOLCO_PROBLEM_NAME_SHORTENED,
  SOLCO_PROBLEM_NAME_CLASH,
  SOLCO_PROBLEM_LABEL_SHORTENED,
  SOLCO_PROBLEM_CHECKSUM_MISSING,
  SOLCO_PROBLEM_MISMATCH,
  SOLCO_PROBLEM_BLOCK_UNREADABLE,
  SOLCO_PROBLEM_ORIGINAL_DIFFERS,
  SOLCO_PROBLEM_ORIGINAL_MISSING,
  SOLCO_PROBLEM_NOT_ON_DISC,
  SOLCO_PROBLEM_ATTRIBUTE_LOST,
  SOLCO_PROBLEM_FIRST_STATE_LOST,
  SOLCO_N_PROBLEM_KINDS
} SolcoProblemKind;

/**
 * SolcoProblem:
 * @kind: what it is
 * @path: (nullable): path on the disc, or local path for what was not staged; UTF-8 for display
 * @detail: (nullable): the reason in the system's words, or the other name; not translated
 * @bytes: how many bytes it concerns, 0 where that makes no sense
 *
 * Immutable. Any thread.
 */
typedef struct
{
  SolcoProblemKind kind;
  char *path;
  char *detail;
  guint64 bytes;
} SolcoProblem;

#define SOLCO_TYPE_PROBLEM (solco_problem_get_type ())
GType solco_problem_get_type (void);

SolcoProblem *solco_problem_new (SolcoProblemKind kind, const char *path, const char *detail,
                                 guint64 bytes);
SolcoProblem *solco_problem_copy (const SolcoProblem *self);
void solco_problem_free (SolcoProblem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SolcoProblem, solco_problem_free)

/* Stable name for machines and logs ("SOURCE_SHRANK"). */
const char *solco_problem_kind_get_name (SolcoProblemKind kind);
/* Whether a result with it is "completed with problems" (TRUE) or only a remark (FALSE). */
gboolean solco_problem_kind_is_serious (SolcoProblemKind kind);

G_END_DECLS
