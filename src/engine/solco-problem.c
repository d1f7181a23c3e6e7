/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-problem.h"

typedef struct
{
  const char *name;
  gboolean is_serious;
} ProblemInfo;

/* The names stand in --json output and in logs, so they never change. Serious is what makes the
 * disc, or the files taken from it, differ from what the user asked for; what a policy of the user
 * left out, or what every disc of this kind loses, is a remark. */
static const ProblemInfo problems[] = {
  [SOLCO_PROBLEM_SOURCE_VANISHED] = { "SOURCE_VANISHED", TRUE },
  [SOLCO_PROBLEM_SOURCE_UNREADABLE] = { "SOURCE_UNREADABLE", TRUE },
  [SOLCO_PROBLEM_SOURCE_SHRANK] = { "SOURCE_SHRANK", TRUE },
  [SOLCO_PROBLEM_SOURCE_GREW] = { "SOURCE_GREW", TRUE },
  [SOLCO_PROBLEM_SOURCE_CHANGED] = { "SOURCE_CHANGED", TRUE },
  [SOLCO_PROBLEM_SOURCE_MISSING] = { "SOURCE_MISSING", TRUE },
  [SOLCO_PROBLEM_SOURCE_REFUSED] = { "SOURCE_REFUSED", TRUE },
  [SOLCO_PROBLEM_SOURCE_NOT_LOCAL] = { "SOURCE_NOT_LOCAL", TRUE },
  [SOLCO_PROBLEM_SPECIAL_SKIPPED] = { "SPECIAL_SKIPPED", FALSE },
  [SOLCO_PROBLEM_HIDDEN_SKIPPED] = { "HIDDEN_SKIPPED", FALSE },
  [SOLCO_PROBLEM_SYMLINK_SKIPPED] = { "SYMLINK_SKIPPED", FALSE },
  [SOLCO_PROBLEM_EXCLUDED] = { "EXCLUDED", FALSE },
  [SOLCO_PROBLEM_FOLDER_UNREADABLE] = { "FOLDER_UNREADABLE", TRUE },
  [SOLCO_PROBLEM_NAME_INVALID] = { "NAME_INVALID", TRUE },
  [SOLCO_PROBLEM_SYMLINK_INVALID] = { "SYMLINK_INVALID", TRUE },
  [SOLCO_PROBLEM_SYMLINK_LOOP] = { "SYMLINK_LOOP", FALSE },
  [SOLCO_PROBLEM_SYMLINKS_NOT_IN_JOLIET] = { "SYMLINKS_NOT_IN_JOLIET", FALSE },
  [SOLCO_PROBLEM_NAME_SHORTENED] = { "NAME_SHORTENED", FALSE },
  [SOLCO_PROBLEM_NAME_CLASH] = { "NAME_CLASH", TRUE },
  [SOLCO_PROBLEM_LABEL_SHORTENED] = { "LABEL_SHORTENED", FALSE },
  [SOLCO_PROBLEM_CHECKSUM_MISSING] = { "CHECKSUM_MISSING", TRUE },
  [SOLCO_PROBLEM_MISMATCH] = { "MISMATCH", TRUE },
  [SOLCO_PROBLEM_BLOCK_UNREADABLE] = { "BLOCK_UNREADABLE", TRUE },
  [SOLCO_PROBLEM_ORIGINAL_DIFFERS] = { "ORIGINAL_DIFFERS", TRUE },
  [SOLCO_PROBLEM_ORIGINAL_MISSING] = { "ORIGINAL_MISSING", TRUE },
  [SOLCO_PROBLEM_NOT_ON_DISC] = { "NOT_ON_DISC", TRUE },
  [SOLCO_PROBLEM_ATTRIBUTE_LOST] = { "ATTRIBUTE_LOST", FALSE },
  [SOLCO_PROBLEM_FIRST_STATE_LOST] = { "FIRST_STATE_LOST", FALSE },
};

G_STATIC_ASSERT (G_N_ELEMENTS (problems) == SOLCO_N_PROBLEM_KINDS);

G_DEFINE_BOXED_TYPE (SolcoProblem, solco_problem, solco_problem_copy, solco_problem_free)

/**
 * solco_problem_new:
 * @kind: what it is
 * @path: (nullable): path that it concerns, UTF-8 for display
 * @detail: (nullable): the reason in the system's words, or the other name
 * @bytes: how many bytes it concerns, 0 where that makes no sense
 *
 * Any thread.
 *
 * Returns: (transfer full): the problem
 */
SolcoProblem *
solco_problem_new (SolcoProblemKind kind, const char *path, const char *detail, guint64 bytes)
{
  g_return_val_if_fail ((guint) kind < SOLCO_N_PROBLEM_KINDS, NULL);

  SolcoProblem *self = g_new (SolcoProblem, 1);

  self->kind = kind;
  self->path = g_strdup (path);
  self->detail = g_strdup (detail);
  self->bytes = bytes;
  return self;
}

/**
 * solco_problem_copy:
 * @self: a problem
 *
 * Any thread.
 *
 * Returns: (transfer full): a copy of it
 */
SolcoProblem *
solco_problem_copy (const SolcoProblem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return solco_problem_new (self->kind, self->path, self->detail, self->bytes);
}

/**
 * solco_problem_free:
 * @self: (transfer full): a problem
 *
 * Any thread.
 */
void
solco_problem_free (SolcoProblem *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->path);
  g_free (self->detail);
  g_free (self);
}

/**
 * solco_problem_kind_get_name:
 * @kind: a kind of problem
 *
 * The stable name of a kind, for machines and logs. Any thread.
 *
 * Returns: (transfer none): the name, such as "SOURCE_SHRANK"
 */
const char *
solco_problem_kind_get_name (SolcoProblemKind kind)
{
  g_return_val_if_fail ((guint) kind < SOLCO_N_PROBLEM_KINDS, NULL);

  return problems[kind].name;
}

/**
 * solco_problem_kind_is_serious:
 * @kind: a kind of problem
 *
 * Any thread.
 *
 * Returns: whether a result with it is "completed with problems"; %FALSE for a mere remark
 */
gboolean
solco_problem_kind_is_serious (SolcoProblemKind kind)
{
  g_return_val_if_fail ((guint) kind < SOLCO_N_PROBLEM_KINDS, TRUE);

  return problems[kind].is_serious;
}
