/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-cli-progress.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "text/solco-text-phase.h"
#include "text/solco-text-size.h"

/* Often enough to see that it moves, seldom enough to read it. */
#define MIN_INTERVAL_US (G_USEC_PER_SEC / 5)
#define DEFAULT_COLUMNS 80

struct _SolcoCliProgress
{
  gboolean is_enabled;
  gboolean is_shown;
  gint64 last_us;
  SolcoJobPhase last_phase;
};

/**
 * solco_cli_progress_new:
 * @enabled: whether it may show anything
 *
 * Returns: (transfer full): a line that shows itself only on a terminal
 */
SolcoCliProgress *
solco_cli_progress_new (gboolean enabled)
{
  SolcoCliProgress *self = g_new0 (SolcoCliProgress, 1);

  self->is_enabled = enabled && isatty (STDERR_FILENO);
  return self;
}

/**
 * solco_cli_progress_free:
 * @self: (transfer full): a progress line
 */
void
solco_cli_progress_free (SolcoCliProgress *self)
{
  solco_cli_progress_hide (self);
  g_free (self);
}

static int
get_columns (void)
{
  struct winsize size;

  if (ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;
  return DEFAULT_COLUMNS;
}

/* As much of @text as fits into one line; wide characters take two columns. */
static gsize
get_fitting_bytes (const char *text, int columns)
{
  const char *p;
  int used = 0;

  for (p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      used += g_unichar_iszerowidth (character) ? 0 : g_unichar_iswide (character) ? 2 : 1;
      if (used >= columns)
        break;
    }
  return (gsize) (p - text);
}

static void
show (SolcoCliProgress *self, const char *text)
{
  gsize n_bytes = get_fitting_bytes (text, get_columns ());

  /* A terminal that has gone away is no reason to stop. */
  (void) fprintf (stderr, "\r%.*s\033[K", (int) n_bytes, text);
  (void) fflush (stderr);
  self->is_shown = TRUE;
}

/* Takes @part; what is not known does not show. */
static void
append_part (GString *line, char *part)
{
  if (part != NULL)
    g_string_append_printf (line, "%s%s", line->len > 0 ? "  " : "", part);
  g_free (part);
}

/* "Write  58 %  43.2 of 74.5 MiB  7.9× · 1.2 MB/s  27 seconds left" */
static char *
dup_line (const SolcoProgress *progress, gboolean is_cancelling)
{
  GString *line = g_string_new (NULL);

  append_part (line, g_strdup (is_cancelling ? _ ("Stopping…")
                                             : solco_text_phase_get_name (progress->phase)));
  if (progress->fraction >= 0)
    /* Translators: per cent that is done. */
    append_part (line, g_strdup_printf (_ ("%3d %%"), (int) (progress->fraction * 100)));
  append_part (line, solco_text_phase_dup_silence (progress->silent_s));
  if (progress->total_bytes > 0)
    append_part (line,
                 solco_text_size_dup_progress (progress->done_bytes, progress->total_bytes));
  if (progress->bytes_per_s > 0)
    append_part (line, solco_text_speed_dup (progress->bytes_per_s, progress->speed_factor));
  if (progress->time_left_s >= 0 && !is_cancelling)
    append_part (line, solco_text_duration_dup_left (progress->time_left_s));
  return g_string_free (line, FALSE);
}

/**
 * solco_cli_progress_update:
 * @self: a progress line
 * @progress: the latest figures
 * @is_cancelling: the job is on its way to stop
 */
void
solco_cli_progress_update (SolcoCliProgress *self, const SolcoProgress *progress,
                           gboolean is_cancelling)
{
  gint64 now_us = g_get_monotonic_time ();
  g_autofree char *text = NULL;

  if (!self->is_enabled
      || (progress->phase == self->last_phase && now_us - self->last_us < MIN_INTERVAL_US))
    return;
  self->last_phase = progress->phase;
  self->last_us = now_us;
  text = dup_line (progress, is_cancelling);
  show (self, text);
}

/**
 * solco_cli_progress_set_text:
 * @self: a progress line
 * @text: what to show in place of figures
 */
void
solco_cli_progress_set_text (SolcoCliProgress *self, const char *text)
{
  gint64 now_us = g_get_monotonic_time ();

  if (!self->is_enabled || now_us - self->last_us < MIN_INTERVAL_US)
    return;
  self->last_us = now_us;
  show (self, text);
}

/**
 * solco_cli_progress_hide:
 * @self: a progress line
 *
 * Takes the line off the terminal.
 */
void
solco_cli_progress_hide (SolcoCliProgress *self)
{
  if (!self->is_shown)
    return;
  (void) fputs ("\r\033[K", stderr);
  (void) fflush (stderr);
  self->is_shown = FALSE;
}
