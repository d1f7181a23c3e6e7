/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-text-capacity.h"

#include <glib/gi18n-lib.h>

#include "solco-text-figure-private.h"

/* A disc has 99 tracks at most, and nobody plans further. */
#define MAX_COUNTED_SESSIONS 99UL

static char *
dup_strong_blocks (gint64 blocks, SolcoTextFlags flags)
{
  g_autofree char *size = solco_text_figure_dup_blocks (blocks, flags);

  return solco_text_figure_dup_strong (size);
}

/* Whole sentences, one after the other. */
static char *
join (char *first, char *second)
{
  char *both = g_strconcat (first, " ", second, NULL);

  g_free (first);
  g_free (second);
  return both;
}

static char *
dup_too_much (const SolcoCapacity *capacity, SolcoTextFlags flags)
{
  g_autofree char *size = solco_text_figure_dup_blocks (-capacity->remaining_now_blocks, flags);
  g_autofree char *lead
      /* Translators: %s is a size */
      = g_strdup_printf (_ ("Too much for this disc by %s."), size);

  return join (solco_text_figure_dup_strong (lead),
               g_strdup (_ ("Remove some files, or use a larger disc.")));
}

/* Nothing is staged: how much room there is. */
static char *
dup_room (const SolcoCapacityInput *input, const SolcoCapacity *capacity, SolcoTextFlags flags)
{
  /* The lead-out of the last session lies past the limit and costs nothing: all that is free can
   * be used. */
  g_autofree char *room
      = dup_strong_blocks (capacity->is_last_session ? capacity->remaining_now_blocks
                                                     : capacity->remaining_after_overhead_blocks,
                           flags);
  g_autofree char *overhead = solco_text_figure_dup_blocks (capacity->overhead_blocks, flags);
  const gboolean is_first = input->n_sessions == 0;
  char *lead = NULL;

  if (capacity->overhead_is_estimate)
    /* Translators: %s is a size */
    lead = g_strdup_printf (_ ("About %s for your files."), room);
  else
    /* Translators: %s is a size */
    lead = g_strdup_printf (_ ("%s for your files."), room);

  if (solco_capacity_input_closes (input))
    return join (lead, g_strdup (_ ("The disc will be closed.")));
  if (capacity->is_last_session)
    return join (lead, g_strdup (_ ("This will be the last session.")));
  if (capacity->overhead_blocks == 0)
    return lead;
  if (capacity->overhead_is_estimate)
    return join (lead, g_strdup_printf (
                           is_first
                               /* Translators: %s is a size */
                               ? _ ("Closing the first session takes about %s.")
                               /* Translators: %s is a size */
                               : _ ("Closing the session takes about %s."),
                           overhead));
  return join (lead, g_strdup_printf (is_first
                                          /* Translators: %s is a size */
                                          ? _ ("Closing the first session takes %s.")
                                          /* Translators: %s is a size */
                                          : _ ("Closing the session takes %s."),
                                      overhead));
}

/* Something is staged, and it fits: what remains. */
static char *
dup_left (const SolcoCapacityInput *input, const SolcoCapacity *capacity, SolcoTextFlags flags)
{
  const gboolean is_estimate
      = capacity->overhead_is_estimate || (flags & SOLCO_TEXT_ESTIMATE) != 0;
  const gint64 further = capacity->further_sessions;
  g_autofree char *left = dup_strong_blocks (capacity->remaining_after_overhead_blocks, flags);

  if (solco_capacity_input_closes (input))
    return g_strdup (_ ("The disc will be closed: nothing can be added to it afterwards."));
  if (capacity->is_last_session)
    return g_strdup (
        _ ("This will be the last session: too little will be left for another one."));
  if (further == 0 && is_estimate)
    /* Translators: %s is a size */
    return g_strdup_printf (_ ("About %s left after this session"), left);
  if (further == 0)
    /* Translators: %s is a size */
    return g_strdup_printf (_ ("%s left after this session"), left);
  if (further > (gint64) MAX_COUNTED_SESSIONS && is_estimate)
    return g_strdup_printf (
        g_dngettext (
            GETTEXT_PACKAGE,
            /* Translators: %s is a size */
            "About %s left after this session, then more than %lu more session of this size",
            "About %s left after this session, then more than %lu more sessions of this size",
            MAX_COUNTED_SESSIONS),
        left, MAX_COUNTED_SESSIONS);
  if (further > (gint64) MAX_COUNTED_SESSIONS)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE,
                     /* Translators: %s is a size */
                     "%s left after this session, then more than %lu more session of this size",
                     "%s left after this session, then more than %lu more sessions of this size",
                     MAX_COUNTED_SESSIONS),
        left, MAX_COUNTED_SESSIONS);
  if (is_estimate)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE,
                     /* Translators: %s is a size */
                     "About %s left after this session, then about %lu more session of this size",
                     "About %s left after this session, then about %lu more sessions of this size",
                     (gulong) further),
        left, (gulong) further);
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   /* Translators: %s is a size */
                   "%s left after this session, then about %lu more session of this size",
                   "%s left after this session, then about %lu more sessions of this size",
                   (gulong) further),
      left, (gulong) further);
}

/**
 * solco_text_capacity_dup_sentence:
 * @input: what was computed with
 * @capacity: what came of it
 * @flags: how to write it
 *
 * What the bar shows, in words: the room that is left after the overhead, or by how much the
 * staged files are too much. Any thread.
 *
 * Returns: (transfer full): the sentence
 */
char *
solco_text_capacity_dup_sentence (const SolcoCapacityInput *input, const SolcoCapacity *capacity,
                                  SolcoTextFlags flags)
{
  g_return_val_if_fail (input != NULL && capacity != NULL, NULL);

  char *sentence = NULL;

  if (input->next_writable_block < 0 && input->has_to_be_mended)
    sentence = g_strdup (_ ("Nothing can be added before the disc is mended"));
  else if (input->next_writable_block < 0)
    sentence = g_strdup (_ ("Closed: no further session can be added"));
  else if (!capacity->fits)
    sentence = dup_too_much (capacity, flags);
  else if (capacity->need_blocks == 0)
    sentence = dup_room (input, capacity, flags);
  else
    sentence = dup_left (input, capacity, flags);
  return solco_text_figure_finish (sentence, flags);
}

/**
 * solco_text_capacity_dup_kept_free:
 * @capacity: of the session that is about to be burned, the disc staying open
 * @flags: how to write it
 *
 * Any thread.
 *
 * Returns: (transfer full): what the choice to keep the disc open means
 */
char *
solco_text_capacity_dup_kept_free (const SolcoCapacity *capacity, SolcoTextFlags flags)
{
  g_return_val_if_fail (capacity != NULL, NULL);

  g_autofree char *size
      = solco_text_figure_dup_blocks (capacity->remaining_after_overhead_blocks, flags);
  char *sentence = NULL;

  if (capacity->is_last_session)
    sentence = g_strdup (_ ("Too little stays free for a later session"));
  else if (capacity->overhead_is_estimate || (flags & SOLCO_TEXT_ESTIMATE) != 0)
    /* Translators: %s is a size */
    sentence = g_strdup_printf (_ ("About %s stay free for later sessions"), size);
  else
    /* Translators: %s is a size */
    sentence = g_strdup_printf (_ ("%s stay free for later sessions"), size);
  return solco_text_figure_finish (sentence, flags);
}

/**
 * solco_text_capacity_dup_result:
 * @free_blocks: what the drive says is free after a burn
 * @further_sessions: how many more sessions like the last one fit
 * @flags: how to write it
 *
 * Any thread.
 *
 * Returns: (transfer full): the sentence
 */
char *
solco_text_capacity_dup_result (gint64 free_blocks, gint64 further_sessions, SolcoTextFlags flags)
{
  g_autofree char *size = dup_strong_blocks (free_blocks, flags);
  char *sentence = NULL;

  if (further_sessions <= 0)
    /* Translators: %s is a size */
    sentence = g_strdup_printf (_ ("%s free"), size);
  else if (further_sessions > (gint64) MAX_COUNTED_SESSIONS)
    sentence = g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE,
                     /* Translators: %s is a size */
                     "%s free, more than %lu more session of this size",
                     "%s free, more than %lu more sessions of this size", MAX_COUNTED_SESSIONS),
        size, MAX_COUNTED_SESSIONS);
  else
    sentence = g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE,
                     /* Translators: %s is a size */
                     "%s free, about %lu more session of this size",
                     "%s free, about %lu more sessions of this size", (gulong) further_sessions),
        size, (gulong) further_sessions);
  return solco_text_figure_finish (sentence, flags);
}

/**
 * solco_text_capacity_dup_overhead_hint:
 * @profile: kind of medium; for an image file that of the medium it stands for
 *
 * Any thread.
 *
 * Returns: (transfer full): what the overhead is, in words
 */
char *
solco_text_capacity_dup_overhead_hint (SolcoProfile profile)
{
  const gint64 first_blocks = solco_capacity_get_overhead_blocks (profile, 0, NULL);
  const gint64 later_blocks = solco_capacity_get_overhead_blocks (profile, 1, NULL);
  g_autofree char *first = solco_text_figure_dup_blocks (first_blocks, SOLCO_TEXT_PLAIN);
  g_autofree char *later = solco_text_figure_dup_blocks (later_blocks, SOLCO_TEXT_PLAIN);
  const char *name = solco_profile_get_name (profile);

  if (first_blocks == 0 || name == NULL)
    return g_strdup (_ ("Closing a session takes no room on this kind of disc"));
  if (solco_profile_get_family (profile) == SOLCO_FAMILY_CD)
    return g_strdup (_ ("Closing a session on CD takes 21 MB for the first and 11 MB for each "
                        "further one"));
  if (first_blocks == later_blocks)
    /* Translators: the kind of disc, such as DVD+R, and a size */
    return g_strdup_printf (_ ("Closing a session on %s takes about %s"), name, first);
  return g_strdup_printf (
      /* Translators: the kind of disc, such as DVD-R, and two sizes */
      _ ("Closing a session on %s takes about %s for the first and %s for each further one"), name,
      first, later);
}

/**
 * solco_text_legend_dup_older:
 * @n_sessions: how many sessions are on the disc, at least 1
 *
 * Any thread.
 *
 * Returns: (transfer full): what the first segment of the bar stands for
 */
char *
solco_text_legend_dup_older (guint n_sessions)
{
  if (n_sessions <= 1)
    return solco_text_legend_dup_session (1);
  /* Translators: the first one to the last one: "Sessions 1–2" */
  return g_strdup_printf (_ ("Sessions 1–%u"), n_sessions);
}

/**
 * solco_text_legend_dup_session:
 * @session: number of a session
 *
 * Any thread.
 *
 * Returns: (transfer full): "Session 3"
 */
char *
solco_text_legend_dup_session (guint session)
{
  return g_strdup_printf (_ ("Session %u"), session);
}

/**
 * solco_text_legend_get_overhead:
 *
 * Any thread.
 *
 * Returns: (transfer none): the name of what closing a session costs
 */
const char *
solco_text_legend_get_overhead (void)
{
  /* Translators: what closing a session costs, in the legend of the capacity bar */
  return C_ ("legend", "Session overhead");
}

/**
 * solco_text_legend_get_free:
 *
 * Any thread.
 *
 * Returns: (transfer none): the name of the free space
 */
const char *
solco_text_legend_get_free (void)
{
  return C_ ("legend", "Free");
}

/**
 * solco_text_legend_get_over:
 *
 * Any thread.
 *
 * Returns: (transfer none): the name of what is too much
 */
const char *
solco_text_legend_get_over (void)
{
  return C_ ("legend", "Does not fit");
}

/**
 * solco_text_legend_get_closed:
 * @has_to_be_mended: it does once the disc is mended
 *
 * Any thread.
 *
 * Returns: (transfer none): the name of room that takes nothing more
 */
const char *
solco_text_legend_get_closed (gboolean has_to_be_mended)
{
  if (has_to_be_mended)
    /* Translators: room on a disc that has to be mended first */
    return C_ ("legend", "Not usable yet");
  return C_ ("legend", "Closed");
}
