/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-text-problem.h"

#include <glib/gi18n-lib.h>

#include "solco-text-size.h"

/* What a sentence ends with. */
typedef enum
{
  TAIL_NONE,
  /* The reason in the system's words. */
  TAIL_REASON,
  /* The name that results. */
  TAIL_NAME,
  /* How much it concerns. */
  TAIL_BYTES
} Tail;

typedef struct
{
  /* A whole sentence, with {path} where the path stands. */
  const char *sentence;
  Tail tail;
} ProblemText;

static const ProblemText texts[] = {
  [SOLCO_PROBLEM_SOURCE_VANISHED] = {
    N_ ("{path} was gone when it was to be read; the disc holds zeros in its place"), TAIL_NONE },
  [SOLCO_PROBLEM_SOURCE_UNREADABLE] = {
    N_ ("{path} could not be read; the disc holds zeros from there on"), TAIL_REASON },
  [SOLCO_PROBLEM_SOURCE_SHRANK] = {
    N_ ("{path} became shorter while it was being read; the disc holds zeros in place of the rest"),
    TAIL_BYTES },
  [SOLCO_PROBLEM_SOURCE_GREW] = {
    N_ ("{path} became longer while it was being read; the disc holds its planned size"),
    TAIL_BYTES },
  [SOLCO_PROBLEM_SOURCE_CHANGED] = {
    N_ ("{path} changed while it was being read"), TAIL_NONE },
  [SOLCO_PROBLEM_SOURCE_MISSING] = {
    N_ ("{path} was left out: it does not exist"), TAIL_NONE },
  [SOLCO_PROBLEM_SOURCE_REFUSED] = {
    N_ ("{path} was left out: it cannot be read"), TAIL_REASON },
  [SOLCO_PROBLEM_SOURCE_NOT_LOCAL] = {
    N_ ("{path} was left out: it is not on this computer. Copy it here first"), TAIL_NONE },
  [SOLCO_PROBLEM_SPECIAL_SKIPPED] = {
    N_ ("{path} was left out: it is a device, a pipe or a socket"), TAIL_NONE },
  [SOLCO_PROBLEM_HIDDEN_SKIPPED] = {
    N_ ("{path} was left out: it is hidden"), TAIL_NONE },
  [SOLCO_PROBLEM_SYMLINK_SKIPPED] = {
    N_ ("{path} was left out: it is a symbolic link"), TAIL_NONE },
  [SOLCO_PROBLEM_EXCLUDED] = {
    N_ ("{path} was left out: a pattern excludes it"), TAIL_NONE },
  [SOLCO_PROBLEM_FOLDER_UNREADABLE] = {
    N_ ("{path} was left out: the folder cannot be read"), TAIL_REASON },
  [SOLCO_PROBLEM_NAME_INVALID] = {
    N_ ("{path} was left out: its name cannot stand on a disc"), TAIL_REASON },
  [SOLCO_PROBLEM_SYMLINK_INVALID] = {
    N_ ("{path} was left out: what the link leads to cannot stand on a disc"), TAIL_REASON },
  [SOLCO_PROBLEM_SYMLINK_LOOP] = {
    N_ ("{path} was left out: the link leads back into a folder above it"), TAIL_NONE },
  [SOLCO_PROBLEM_SYMLINKS_NOT_IN_JOLIET] = {
    N_ ("There are symbolic links, which Windows and other readers of Joliet do not see"),
    TAIL_NONE },
  [SOLCO_PROBLEM_NAME_SHORTENED] = {
    N_ ("The name of {path} is too long for some computers"), TAIL_NAME },
  [SOLCO_PROBLEM_NAME_CLASH] = {
    N_ ("{path} was left out: its name was already taken"), TAIL_REASON },
  [SOLCO_PROBLEM_LABEL_SHORTENED] = {
    N_ ("The disc label is too long for some computers"), TAIL_NAME },
  [SOLCO_PROBLEM_CHECKSUM_MISSING] = {
    N_ ("{path} could not be read from the disc, so that it has no checksum"), TAIL_REASON },
  [SOLCO_PROBLEM_MISMATCH] = {
    N_ ("{path} is not on the disc as it was written"), TAIL_REASON },
  [SOLCO_PROBLEM_BLOCK_UNREADABLE] = {
    N_ ("A part of {path} cannot be read from the disc"), TAIL_REASON },
  [SOLCO_PROBLEM_ORIGINAL_DIFFERS] = {
    N_ ("{path} on the disc differs from the original"), TAIL_REASON },
  [SOLCO_PROBLEM_ORIGINAL_MISSING] = {
    N_ ("The original of {path} is not there any more"), TAIL_REASON },
  [SOLCO_PROBLEM_NOT_ON_DISC] = {
    N_ ("{path} has no copy on the disc"), TAIL_NONE },
  [SOLCO_PROBLEM_ATTRIBUTE_LOST] = {
    N_ ("{path} could not get its owner, its permissions or its time"), TAIL_REASON },
  [SOLCO_PROBLEM_FIRST_STATE_LOST] = {
    N_ ("The first state of the image cannot be opened as a session any more; its files are all "
        "in the newest session, unless they were removed"),
    TAIL_NONE },
};

G_STATIC_ASSERT (G_N_ELEMENTS (texts) == SOLCO_N_PROBLEM_KINDS);

/**
 * solco_text_problem_dup_sentence:
 * @problem: what was found along the way
 *
 * Any thread.
 *
 * Returns: (transfer full): the sentence, without a full stop, as for a list
 */
char *
solco_text_problem_dup_sentence (const SolcoProblem *problem)
{
  g_return_val_if_fail (problem != NULL && (guint) problem->kind < SOLCO_N_PROBLEM_KINDS, NULL);

  const ProblemText *text = &texts[problem->kind];
  GString *sentence = g_string_new (_ (text->sentence));
  const gboolean has_detail = problem->detail != NULL && *problem->detail != '\0';

  /* By name and not by printf(): a path may hold any character, and the place of the path is the
   * translator's choice. Only the first one, since the path itself may contain "{path}". */
  g_string_replace (sentence, "{path}", problem->path != NULL ? problem->path : "", 1);
  switch (text->tail)
    {
    case TAIL_REASON:
      if (has_detail)
        g_string_append_printf (sentence, " (%s)", problem->detail);
      break;
    case TAIL_NAME:
      if (has_detail)
        {
          g_string_append (sentence, "; ");
          /* Translators: the end of a sentence; %s is the shortened name */
          g_string_append_printf (sentence, _ ("they see “%s”"), problem->detail);
        }
      break;
    case TAIL_BYTES:
      if (problem->bytes > 0)
        {
          g_autofree char *size = solco_text_size_dup (problem->bytes);

          g_string_append_printf (sentence, " (%s)", size);
        }
      break;
    case TAIL_NONE:
    default:
      break;
    }
  return g_string_free (sentence, FALSE);
}

/**
 * solco_text_problem_dup_summary:
 * @problems: (element-type SolcoProblem): what was found
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): how many there are, serious ones and remarks apart; %NULL
 *   for none
 */
char *
solco_text_problem_dup_summary (GPtrArray *problems)
{
  g_return_val_if_fail (problems != NULL, NULL);

  gulong n_serious = 0;

  for (guint i = 0; i < problems->len; i++)
    {
      const SolcoProblem *problem = g_ptr_array_index (problems, i);

      n_serious += solco_problem_kind_is_serious (problem->kind) ? 1 : 0;
    }

  const gulong n_remarks = problems->len - n_serious;
  g_autofree char *serious = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%lu problem", "%lu problems", n_serious), n_serious);
  g_autofree char *remarks = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%lu remark", "%lu remarks", n_remarks), n_remarks);

  if (n_serious > 0 && n_remarks > 0)
    /* Translators: "3 problems, 2 remarks" */
    return g_strdup_printf (C_ ("list", "%s, %s"), serious, remarks);
  if (n_serious > 0)
    return g_steal_pointer (&serious);
  if (n_remarks > 0)
    return g_steal_pointer (&remarks);
  return NULL;
}
