/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-text-figure-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "solco-text-size.h"

/* Private-use characters: no font has them and no translation needs them. */
#define STRONG_BEGIN "\xee\x80\x80" /* U+E000 */
#define STRONG_END "\xee\x80\x81"   /* U+E001 */

#define LEFT_TO_RIGHT_ISOLATE "\xe2\x81\xa6"   /* U+2066 */
#define POP_DIRECTIONAL_ISOLATE "\xe2\x81\xa9" /* U+2069 */
#define RIGHT_TO_LEFT_MARK "\xe2\x80\x8f"      /* U+200F */

/**
 * solco_text_is_right_to_left:
 *
 * Any thread.
 *
 * Returns: whether the sentences of this language run from right to left
 */
gboolean
solco_text_is_right_to_left (void)
{
  /* Translators: leave it as "ltr", or translate it to "rtl" if your language is written from
   * right to left. Nothing else. */
  return strcmp (C_ ("direction of the language", "ltr"), "rtl") == 0;
}

/*
 * solco_text_figure_dup_blocks:
 * @blocks: 2048-byte blocks
 * @flags: whether to isolate it
 *
 * Returns: (transfer full): the size with its unit
 */
char *
solco_text_figure_dup_blocks (gint64 blocks, SolcoTextFlags flags)
{
  char *size = solco_text_size_dup_blocks (blocks);

  if ((flags & SOLCO_TEXT_ISOLATE) != 0)
    {
      char *isolated = g_strconcat (LEFT_TO_RIGHT_ISOLATE, size, POP_DIRECTIONAL_ISOLATE, NULL);

      g_free (size);
      return isolated;
    }
  return size;
}

/*
 * solco_text_figure_dup_strong:
 * @text: what matters most in a sentence
 *
 * Returns: (transfer full): it, marked for solco_text_figure_finish()
 */
char *
solco_text_figure_dup_strong (const char *text)
{
  return g_strconcat (STRONG_BEGIN, text, STRONG_END, NULL);
}

/*
 * solco_text_figure_finish:
 * @sentence: (transfer full): a sentence with marks in it
 * @flags: what to make of them
 *
 * Returns: (transfer full): the sentence as it is shown
 */
char *
solco_text_figure_finish (char *sentence, SolcoTextFlags flags)
{
  const gboolean has_markup = (flags & SOLCO_TEXT_MARKUP) != 0;
  GString *text = g_string_new (NULL);

  if ((flags & SOLCO_TEXT_ISOLATE) != 0 && solco_text_is_right_to_left ())
    g_string_append (text, RIGHT_TO_LEFT_MARK);
  if (has_markup)
    {
      g_autofree char *escaped = g_markup_escape_text (sentence, -1);

      g_string_append (text, escaped);
    }
  else
    g_string_append (text, sentence);
  g_string_replace (text, STRONG_BEGIN, has_markup ? "<b>" : "", 0);
  g_string_replace (text, STRONG_END, has_markup ? "</b>" : "", 0);
  g_free (sentence);
  return g_string_free (text, FALSE);
}
