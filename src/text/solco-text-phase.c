/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-text-phase.h"

#include <glib/gi18n-lib.h>

#include "engine/solco-job.h"
#include "solco-text-medium.h"
#include "solco-text-size.h"

/* Every command is silent for some time; only what is longer is worth a word. */
#define WORTH_MENTIONING_S 5

/* What can be lost when the user stops. */
typedef enum
{
  /* Nothing is touched in this phase. */
  STOP_HARMLESS,
  /* What is written. */
  STOP_WRITE,
  /* The drive can not be stopped. */
  STOP_IMPOSSIBLE,
  /* Written already: only the check is left out. */
  STOP_CHECK,
  /* Files that are copied from the disc. */
  STOP_COPY
} StopKind;

typedef struct
{
  const char *name;
  StopKind stop;
} PhaseText;

static const PhaseText texts[] = {
  [SOLCO_PHASE_NONE] = { NC_ ("phase", "Wait"), STOP_HARMLESS },
  [SOLCO_PHASE_OPEN] = { NC_ ("phase", "Open the recorder"), STOP_HARMLESS },
  [SOLCO_PHASE_READ_DISC] = { NC_ ("phase", "Read the disc"), STOP_HARMLESS },
  [SOLCO_PHASE_CHECKSUM] = { NC_ ("phase", "Make checksums of older files"), STOP_HARMLESS },
  [SOLCO_PHASE_PREPARE] = { NC_ ("phase", "Prepare"), STOP_HARMLESS },
  [SOLCO_PHASE_ERASE] = { NC_ ("phase", "Erase"), STOP_IMPOSSIBLE },
  [SOLCO_PHASE_WRITE] = { NC_ ("phase", "Write"), STOP_WRITE },
  [SOLCO_PHASE_CLOSE] = { NC_ ("phase", "Close the session"), STOP_IMPOSSIBLE },
  [SOLCO_PHASE_REREAD] = { NC_ ("phase", "Read the disc again"), STOP_CHECK },
  [SOLCO_PHASE_VERIFY] = { NC_ ("phase", "Verify"), STOP_CHECK },
  [SOLCO_PHASE_EXTRACT] = { NC_ ("phase", "Copy files"), STOP_COPY },
  [SOLCO_PHASE_EJECT] = { NC_ ("phase", "Eject"), STOP_CHECK },
};

G_STATIC_ASSERT (G_N_ELEMENTS (texts) == SOLCO_N_PHASES);

/**
 * solco_text_phase_get_name:
 * @phase: what a job does
 *
 * Any thread.
 *
 * Returns: (transfer none): its name
 */
const char *
solco_text_phase_get_name (SolcoJobPhase phase)
{
  g_return_val_if_fail ((guint) phase < SOLCO_N_PHASES, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "phase", texts[phase].name);
}

/* Sessions of such media are emulated: a session that is not finished is simply not there. */
static gboolean
is_emulated (const SolcoMedium *medium)
{
  return medium->is_image_file || medium->is_overwritable;
}

static char *
dup_write_loss (const SolcoTextStop *stop)
{
  g_autofree char *size = solco_text_size_dup_blocks (stop->lost_blocks);

  if (stop->is_simulation)
    return g_strdup (_ ("The laser is off: stopping leaves the disc as it is."));
  if (is_emulated (stop->medium) || stop->lost_blocks <= 0)
    /* Translators: number of a session */
    return g_strdup_printf (_ ("Stopping now loses session %u."), stop->session);
  /* Translators: number of a session, and a size */
  return g_strdup_printf (_ ("Stopping now loses session %u and about %s of the disc."),
                          stop->session, size);
}

/**
 * solco_text_stop_dup_loss:
 * @stop: what it depends on
 *
 * Any thread.
 *
 * Returns: (transfer full): what is lost if the user stops now, or why that is not possible
 */
char *
solco_text_stop_dup_loss (const SolcoTextStop *stop)
{
  g_return_val_if_fail (stop != NULL && stop->medium != NULL, NULL);
  g_return_val_if_fail ((guint) stop->phase < SOLCO_N_PHASES, NULL);

  switch (texts[stop->phase].stop)
    {
    case STOP_WRITE:
      return dup_write_loss (stop);
    case STOP_IMPOSSIBLE:
      if (stop->phase == SOLCO_PHASE_ERASE)
        return g_strdup (_ ("The drive cannot be stopped while it erases."));
      return g_strdup (_ ("The drive cannot be stopped while it closes the session."));
    case STOP_CHECK:
      if (stop->is_simulation)
        return g_strdup (_ ("The laser is off: stopping leaves the disc as it is."));
      if (stop->session == 0)
        return g_strdup (_ ("Stopping changes nothing on the disc."));
      return g_strdup (_ ("The session is on the disc already: stopping only leaves out what "
                          "follows."));
    case STOP_COPY:
      return g_strdup (_ ("Stopping keeps the files that are already copied."));
    case STOP_HARMLESS:
    default:
      return g_strdup (_ ("Nothing has been written yet: stopping leaves the disc as it is."));
    }
}

/**
 * solco_text_stop_dup_rest:
 * @stop: what it depends on
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): what is still good on the disc after stopping; %NULL where
 *   the first sentence says it all
 */
char *
solco_text_stop_dup_rest (const SolcoTextStop *stop)
{
  g_return_val_if_fail (stop != NULL && stop->medium != NULL, NULL);
  g_return_val_if_fail ((guint) stop->phase < SOLCO_N_PHASES, NULL);

  if (texts[stop->phase].stop == STOP_IMPOSSIBLE)
    return g_strdup (_ ("Stopped there, the disc could be lost."));
  if (texts[stop->phase].stop != STOP_WRITE || stop->is_simulation)
    return NULL;
  if (stop->erases && stop->medium->sessions->len > 0)
    return g_strdup (_ ("What was on the disc before is lost too."));
  if (stop->medium->sessions->len > 0)
    return solco_text_medium_dup_readable (stop->medium);
  if (is_emulated (stop->medium))
    return g_strdup (_ ("The disc stays empty."));
  if (stop->medium->is_erasable)
    return g_strdup (_ ("The disc can be erased and used again."));
  return NULL;
}

/**
 * solco_text_phase_dup_silence:
 * @silent_s: seconds since the drive last answered
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): a sentence on it; %NULL while that is nothing unusual
 */
char *
solco_text_phase_dup_silence (double silent_s)
{
  const gulong seconds = (gulong) CLAMP (silent_s, 0, 86400.0);

  if (seconds < WORTH_MENTIONING_S)
    return NULL;
  if (seconds >= SOLCO_GIVE_UP_AFTER_S)
    /* Translators: the number is always large */
    return g_strdup_printf (_ ("The drive has not answered for %lu seconds. You can quit without it."),
                            seconds);
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "The drive has not answered for %lu second.",
                   "The drive has not answered for %lu seconds.", seconds),
      seconds);
}
