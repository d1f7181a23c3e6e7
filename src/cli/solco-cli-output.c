/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-cli-output.h"

#include <stdio.h>

static SolcoCliProgress *current_progress;
static gboolean is_lost;

static void
print_to_stdout (const char *text)
{
  if (current_progress != NULL)
    solco_cli_progress_hide (current_progress);
  /* A burn is not given up because nobody listens any more. */
  if (!is_lost && fputs (text, stdout) == EOF)
    is_lost = TRUE;
}

static void
print_to_stderr (const char *text)
{
  if (current_progress != NULL)
    solco_cli_progress_hide (current_progress);
  /* There is no place left to report it to if this fails. */
  (void) fputs (text, stderr);
  (void) fflush (stderr);
}

/**
 * solco_cli_output_init:
 *
 * Once, before anything is printed.
 */
void
solco_cli_output_init (void)
{
  g_set_print_handler (print_to_stdout);
  g_set_printerr_handler (print_to_stderr);
}

/**
 * solco_cli_output_set_progress:
 * @progress: (nullable): line that has to give way to what is printed
 */
void
solco_cli_output_set_progress (SolcoCliProgress *progress)
{
  current_progress = progress;
}

/**
 * solco_cli_output_flush:
 *
 * Returns: %FALSE if a part of what was printed did not arrive
 */
gboolean
solco_cli_output_flush (void)
{
  if (fflush (stdout) == EOF || ferror (stdout))
    is_lost = TRUE;
  return !is_lost;
}

/**
 * solco_cli_output_escape:
 * @name: a name or path of a disc
 *
 * Any thread.
 *
 * Returns: (transfer full): @name with \ooo in place of control characters and of bytes that
 *   are no UTF-8
 */
char *
solco_cli_output_escape (const char *name)
{
  GString *text = g_string_sized_new (64);
  const char *p = name;

  while (*p != '\0')
    {
      gunichar character = g_utf8_get_char_validated (p, -1);

      if (character == (gunichar) -1 || character == (gunichar) -2)
        g_string_append_printf (text, "\\%03o", (guchar) *p++);
      else if (g_unichar_iscntrl (character))
        {
          const char *next = g_utf8_next_char (p);

          while (p < next)
            g_string_append_printf (text, "\\%03o", (guchar) *p++);
        }
      else
        {
          g_string_append_unichar (text, character);
          p = g_utf8_next_char (p);
        }
    }
  return g_string_free (text, FALSE);
}
