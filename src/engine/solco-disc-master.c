/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-disc-master.h"

#include "solco-disc-target-private.h"
#include "solco-error.h"

/* What the stage is made for. */
typedef enum
{
  /* No disc in particular: the one that is in decides. */
  MODE_OPEN,
  /* One disc, whose tree is part of the stage: multi-session mode. */
  MODE_DISC,
  /* A blank disc, since the content was cleared. */
  MODE_BLANK,
  N_MODES
} Mode;

/* The disc that is in, seen from the mode. The first five are those of SolcoDiscUse. */
typedef enum
{
  DISC_ABSENT,
  DISC_FIRST,
  DISC_APPEND,
  DISC_FULL,
  DISC_NEVER,
  /* MODE_DISC: the disc that is expected; good for a further session, or not. */
  DISC_EXPECTED,
  DISC_EXPECTED_FULL,
  /* MODE_BLANK: may be erased. */
  DISC_AGREED,
  N_DISCS
} Disc;

G_STATIC_ASSERT ((int) DISC_ABSENT == SOLCO_DISC_USE_ABSENT
                 && (int) DISC_NEVER == SOLCO_DISC_USE_NEVER);

/* The rules. A disc that a session can be appended to never stays in MODE_OPEN: it is taken up
 * at once, which turns the mode into MODE_DISC and the disc into the expected one. */
static const SolcoDiscMasterState states[N_MODES][N_DISCS] = {
  [MODE_OPEN] = {
    [DISC_ABSENT] = SOLCO_DISC_MASTER_NO_MEDIUM,
    [DISC_FIRST] = SOLCO_DISC_MASTER_SINGLE_SESSION,
    [DISC_APPEND] = SOLCO_DISC_MASTER_MULTI_SESSION,
    [DISC_FULL] = SOLCO_DISC_MASTER_NOT_WRITABLE,
    [DISC_NEVER] = SOLCO_DISC_MASTER_NOT_WRITABLE,
    [DISC_EXPECTED] = SOLCO_DISC_MASTER_MULTI_SESSION,
    [DISC_EXPECTED_FULL] = SOLCO_DISC_MASTER_NOT_WRITABLE,
    [DISC_AGREED] = SOLCO_DISC_MASTER_SINGLE_SESSION,
  },
  [MODE_DISC] = {
    [DISC_ABSENT] = SOLCO_DISC_MASTER_DISC_AWAY,
    [DISC_FIRST] = SOLCO_DISC_MASTER_WRONG_DISC,
    [DISC_APPEND] = SOLCO_DISC_MASTER_WRONG_DISC,
    [DISC_FULL] = SOLCO_DISC_MASTER_WRONG_DISC,
    [DISC_NEVER] = SOLCO_DISC_MASTER_WRONG_DISC,
    [DISC_EXPECTED] = SOLCO_DISC_MASTER_MULTI_SESSION,
    [DISC_EXPECTED_FULL] = SOLCO_DISC_MASTER_NOT_WRITABLE,
    [DISC_AGREED] = SOLCO_DISC_MASTER_WRONG_DISC,
  },
  [MODE_BLANK] = {
    [DISC_ABSENT] = SOLCO_DISC_MASTER_NO_MEDIUM,
    [DISC_FIRST] = SOLCO_DISC_MASTER_SINGLE_SESSION,
    [DISC_APPEND] = SOLCO_DISC_MASTER_BLANK_REQUIRED,
    [DISC_FULL] = SOLCO_DISC_MASTER_BLANK_REQUIRED,
    [DISC_NEVER] = SOLCO_DISC_MASTER_NOT_WRITABLE,
    [DISC_EXPECTED] = SOLCO_DISC_MASTER_BLANK_REQUIRED,
    [DISC_EXPECTED_FULL] = SOLCO_DISC_MASTER_BLANK_REQUIRED,
    [DISC_AGREED] = SOLCO_DISC_MASTER_SINGLE_SESSION,
  },
};

struct _SolcoDiscMaster
{
  gboolean has_recorder;
  gboolean is_recording;
  /* A burn began, and what it made of the disc has not been looked at since. */
  gboolean awaits_result;
  /* The disc was set while the burn still counted as running: that is its result. */
  gboolean has_result;
  Mode mode;
  /* MODE_DISC only. A pinned one comes from a project file, and is kept without changes too. */
  SolcoDiscIdentity *expected;
  gboolean is_pinned;
  gboolean is_erase_agreed;
  guint64 n_changes;
  SolcoMedium *medium;
  /* The medium that was set last is what became of the disc that the stage was made for. */
  gboolean is_continued;
  /* What was in when the burn began; NULL for a blank disc. */
  SolcoDiscIdentity *recorded;

  /* How often the content was cleared, less the times that this was undone, and the mode that
   * the first one left. */
  guint n_clears;
  Mode uncleared_mode;
  SolcoDiscIdentity *uncleared_expected;
  gboolean uncleared_is_pinned;
};

static gboolean
equals (const SolcoMedium *medium, const SolcoDiscIdentity *identity)
{
  return medium != NULL && medium->identity != NULL && identity != NULL
         && solco_disc_identity_equal (medium->identity, identity);
}

static Disc
classify (const SolcoDiscMaster *self)
{
  const SolcoDiscUse use = solco_disc_use_of_medium (self->medium);

  if (use == SOLCO_DISC_USE_ABSENT)
    return DISC_ABSENT;
  if (self->mode == MODE_DISC && equals (self->medium, self->expected))
    return use == SOLCO_DISC_USE_APPEND ? DISC_EXPECTED : DISC_EXPECTED_FULL;
  if (self->mode == MODE_BLANK && self->is_erase_agreed
      && (use == SOLCO_DISC_USE_APPEND || use == SOLCO_DISC_USE_FULL)
      && self->medium->is_erasable)
    return DISC_AGREED;
  return (Disc) use;
}

static void
set_mode (SolcoDiscMaster *self, Mode mode, const SolcoDiscIdentity *expected, gboolean is_pinned)
{
  SolcoDiscIdentity *copy = expected != NULL ? solco_disc_identity_copy (expected) : NULL;

  g_clear_pointer (&self->expected, solco_disc_identity_free);
  self->expected = copy;
  self->is_pinned = is_pinned;
  self->mode = mode;
}

static void
forget_clears (SolcoDiscMaster *self)
{
  self->n_clears = 0;
  g_clear_pointer (&self->uncleared_expected, solco_disc_identity_free);
}

/* A disc that is in while the stage is for none in particular is taken up by itself. */
static void
take_up_disc (SolcoDiscMaster *self)
{
  if (self->mode == MODE_OPEN && !self->is_recording && classify (self) == DISC_APPEND)
    set_mode (self, MODE_DISC, self->medium->identity, FALSE);
}

/* Whether the disc that is in is what became of @before: a session starts where the next one was
 * to start, or the newest one is still the same and something unfinished follows it. */
static gboolean
continues (const SolcoMedium *medium, const SolcoDiscIdentity *before)
{
  /* An image file is known as a file, whatever medium it stands for. */
  const SolcoProfile profile = medium->identity != NULL ? medium->identity->profile
                                                        : medium->profile;

  if (profile != before->profile)
    return FALSE;
  for (guint i = 0; i < medium->sessions->len; i++)
    if (g_array_index (medium->sessions, SolcoSession, i).start_block
        == before->next_writable_block)
      return TRUE;
  return medium->identity != NULL && medium->identity->n_sessions == before->n_sessions
         && g_strcmp0 (medium->identity->created, before->created) == 0
         && g_strcmp0 (medium->identity->fingerprint, before->fingerprint) == 0;
}

static gboolean
has_readable_session (const SolcoMedium *medium, guint first)
{
  for (guint i = first; i < medium->sessions->len; i++)
    if (g_array_index (medium->sessions, SolcoSession, i).has_file_system)
      return TRUE;
  return FALSE;
}

/* Whether @medium is the disc @before with a session behind it of which nothing can be read: a burn
 * failed, of ours or of another program, in this run or in one that ended with it. What it shows is what
 * it showed before. */
static gboolean
is_left_unfinished (const SolcoMedium *medium, const SolcoDiscIdentity *before)
{
  const SolcoDiscIdentity *now = medium->identity;

  if (now == NULL || now->profile != before->profile || before->n_sessions == 0
      || now->n_sessions < before->n_sessions
      || g_strcmp0 (now->volume_label, before->volume_label) != 0
      || g_strcmp0 (now->created, before->created) != 0
      || g_array_index (medium->sessions, SolcoSession, before->n_sessions - 1).start_block
             != before->last_session_start_block)
    return FALSE;
  if (now->n_sessions > before->n_sessions)
    return !has_readable_session (medium, before->n_sessions);
  return medium->damage == SOLCO_DAMAGE_LAST_TRACK
         && g_strcmp0 (now->fingerprint, before->fingerprint) == 0;
}

/* The disc was read after a burn. If something was written to it, the stage is made for what it
 * has become; a burn that stopped before that leaves everything as it was. */
static void
settle_result (SolcoDiscMaster *self)
{
  if (solco_disc_use_of_medium (self->medium) == SOLCO_DISC_USE_ABSENT)
    return;
  self->awaits_result = FALSE;

  const gboolean is_changed = !equals (self->medium, self->recorded);
  gboolean is_written = FALSE;

  if (self->mode == MODE_DISC)
    is_written = is_changed && continues (self->medium, self->expected);
  else if (self->mode == MODE_BLANK)
    is_written = is_changed && self->medium->sessions->len == 1;
  if (is_written)
    {
      self->is_continued = self->mode == MODE_DISC;
      set_mode (self, MODE_OPEN, NULL, FALSE);
      forget_clears (self);
    }
}

/* The disc that the stage was made for came back with something unfinished on it. */
static void
follow_unfinished (SolcoDiscMaster *self)
{
  if (self->mode != MODE_DISC || self->medium == NULL || equals (self->medium, self->expected)
      || !is_left_unfinished (self->medium, self->expected))
    return;
  self->is_continued = TRUE;
  set_mode (self, MODE_DISC, self->medium->identity, self->is_pinned);
}

/**
 * solco_disc_master_new:
 *
 * Returns: (transfer full): a master without a recorder, for an empty stage
 */
SolcoDiscMaster *
solco_disc_master_new (void)
{
  return g_new0 (SolcoDiscMaster, 1);
}

/**
 * solco_disc_master_free:
 * @self: (transfer full): a master
 */
void
solco_disc_master_free (SolcoDiscMaster *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->expected, solco_disc_identity_free);
  g_clear_pointer (&self->recorded, solco_disc_identity_free);
  g_clear_pointer (&self->uncleared_expected, solco_disc_identity_free);
  g_clear_pointer (&self->medium, solco_medium_unref);
  g_free (self);
}

/**
 * solco_disc_master_select_recorder:
 * @self: a master
 * @selected: whether a recorder (or image file) is selected now
 *
 * Another recorder was selected, or none. What is in it comes with
 * solco_disc_master_set_medium(); until then it counts as empty.
 */
void
solco_disc_master_select_recorder (SolcoDiscMaster *self, gboolean selected)
{
  g_return_if_fail (self != NULL);

  self->has_recorder = selected;
  self->is_erase_agreed = FALSE;
  /* A result that is still to come can be told from other discs by where its session starts, but
   * one that was blank before can not. */
  if (self->mode == MODE_BLANK)
    self->awaits_result = FALSE;
  g_clear_pointer (&self->medium, solco_medium_unref);
}

/**
 * solco_disc_master_set_medium:
 * @self: a master
 * @medium: (nullable): what is in the recorder, %NULL for nothing
 *
 * The disc was read: a recorder was selected, a disc came or went, or a burn ended. A disc that
 * can be appended to starts multi-session mode by itself. In multi-session mode another disc
 * takes the place of the one before as long as nothing was changed; later it is the wrong disc. The
 * expected disc with a session on it that was never finished stays the expected one. Without a
 * recorder this does nothing.
 */
void
solco_disc_master_set_medium (SolcoDiscMaster *self, SolcoMedium *medium)
{
  g_return_if_fail (self != NULL);

  if (!self->has_recorder)
    return;
  if (self->medium == NULL || !equals (medium, self->medium->identity))
    self->is_erase_agreed = FALSE;
  if (medium != NULL)
    solco_medium_ref (medium);
  g_clear_pointer (&self->medium, solco_medium_unref);
  self->medium = medium;
  self->is_continued = FALSE;
  if (self->is_recording)
    {
      self->has_result = solco_disc_use_of_medium (medium) != SOLCO_DISC_USE_ABSENT;
      return;
    }

  if (self->awaits_result)
    settle_result (self);
  follow_unfinished (self);
  if (self->mode == MODE_DISC && !self->is_pinned && self->n_changes == 0
      && solco_disc_use_of_medium (medium) != SOLCO_DISC_USE_ABSENT
      && !equals (medium, self->expected))
    set_mode (self, MODE_OPEN, NULL, FALSE);
  take_up_disc (self);
}

/**
 * solco_disc_master_clear_content:
 * @self: a master
 *
 * The stage was emptied, the imported tree included. That leaves multi-session mode, and from
 * now on a blank disc is needed.
 */
void
solco_disc_master_clear_content (SolcoDiscMaster *self)
{
  g_return_if_fail (self != NULL);

  if (self->n_clears++ == 0)
    {
      self->uncleared_mode = self->mode;
      self->uncleared_expected = g_steal_pointer (&self->expected);
      self->uncleared_is_pinned = self->is_pinned;
    }
  self->awaits_result = FALSE;
  set_mode (self, MODE_BLANK, NULL, FALSE);
}

/**
 * solco_disc_master_restore_content:
 * @self: a master
 *
 * A clear was undone. The first one that was made is the last one that has to be undone before
 * multi-session mode comes back. Without one this does nothing.
 */
void
solco_disc_master_restore_content (SolcoDiscMaster *self)
{
  g_return_if_fail (self != NULL);

  if (self->n_clears == 0 || --self->n_clears > 0)
    return;

  g_autoptr (SolcoDiscIdentity) expected = g_steal_pointer (&self->uncleared_expected);

  self->is_erase_agreed = FALSE;
  set_mode (self, self->uncleared_mode, expected, self->uncleared_is_pinned);
  take_up_disc (self);
}

/**
 * solco_disc_master_expect_disc:
 * @self: a master
 * @expected: the disc that a project was made for
 *
 * A project that expects a disc was opened: multi-session mode for that disc, whatever is in.
 */
void
solco_disc_master_expect_disc (SolcoDiscMaster *self, const SolcoDiscIdentity *expected)
{
  g_return_if_fail (self != NULL && expected != NULL);

  forget_clears (self);
  self->awaits_result = FALSE;
  set_mode (self, MODE_DISC, expected, TRUE);
}

/**
 * solco_disc_master_follow_mending:
 * @self: a master
 * @before: (nullable): the disc as it was
 * @medium: the same disc, mended and read since
 *
 * If the stage is made for that disc, it goes on for what has become of it. It has still to be set with
 * solco_disc_master_set_medium().
 */
void
solco_disc_master_follow_mending (SolcoDiscMaster *self, const SolcoDiscIdentity *before,
                                  const SolcoMedium *medium)
{
  g_return_if_fail (self != NULL && medium != NULL);

  if (self->mode == MODE_DISC && before != NULL && medium->identity != NULL
      && solco_disc_identity_equal (before, self->expected))
    set_mode (self, MODE_DISC, medium->identity, self->is_pinned);
}

/**
 * solco_disc_master_is_continued:
 * @self: a master
 *
 * Returns: whether the medium that was set last is another state of the disc that the stage was made
 *   for, so that all that is staged, and is not on it, stays staged
 */
gboolean
solco_disc_master_is_continued (const SolcoDiscMaster *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_continued;
}

/**
 * solco_disc_master_adopt_medium:
 * @self: a master
 *
 * The user chose to plan for the disc that is in, whatever the stage was made for. Without a disc,
 * and while it is recorded, this does nothing.
 */
void
solco_disc_master_adopt_medium (SolcoDiscMaster *self)
{
  g_return_if_fail (self != NULL);

  if (self->is_recording || solco_disc_use_of_medium (self->medium) == SOLCO_DISC_USE_ABSENT)
    return;
  forget_clears (self);
  self->awaits_result = FALSE;
  set_mode (self, MODE_OPEN, NULL, FALSE);
  take_up_disc (self);
}

/**
 * solco_disc_master_set_erase_agreed:
 * @self: a master
 * @agreed: whether what is on the disc that is in may be lost
 *
 * The answer to the erase question. It holds for this disc only, as long as the content is
 * cleared, and means nothing for a disc that can not be erased.
 */
void
solco_disc_master_set_erase_agreed (SolcoDiscMaster *self, gboolean agreed)
{
  g_return_if_fail (self != NULL);

  self->is_erase_agreed = agreed && self->mode == MODE_BLANK && self->medium != NULL;
}

/**
 * solco_disc_master_set_n_changes:
 * @self: a master
 * @n_changes: what the next session would change: new, replaced, renamed, moved, removed items;
 *   finishing the disc counts as one
 */
void
solco_disc_master_set_n_changes (SolcoDiscMaster *self, guint64 n_changes)
{
  g_return_if_fail (self != NULL);

  self->n_changes = n_changes;
}

/**
 * solco_disc_master_begin_recording:
 * @self: a master
 * @error: return location
 *
 * A burn (or its simulation) starts, unless solco_disc_master_check_burn() objects.
 *
 * Returns: whether it may
 */
gboolean
solco_disc_master_begin_recording (SolcoDiscMaster *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!solco_disc_master_check_burn (self, error))
    return FALSE;
  g_clear_pointer (&self->recorded, solco_disc_identity_free);
  if (self->medium->identity != NULL)
    self->recorded = solco_disc_identity_copy (self->medium->identity);
  self->is_recording = TRUE;
  self->awaits_result = TRUE;
  self->has_result = FALSE;
  return TRUE;
}

/**
 * solco_disc_master_end_recording:
 * @self: a master
 *
 * The burn ended, with or without success. The disc as it is then may be set before or after
 * this. Without a burn this does nothing.
 */
void
solco_disc_master_end_recording (SolcoDiscMaster *self)
{
  g_return_if_fail (self != NULL);

  if (!self->is_recording)
    return;
  self->is_recording = FALSE;
  if (!self->has_result)
    return;
  if (self->awaits_result)
    settle_result (self);
  take_up_disc (self);
}

/**
 * solco_disc_master_get_state:
 * @self: a master
 *
 * Returns: where the rules stand
 */
SolcoDiscMasterState
solco_disc_master_get_state (const SolcoDiscMaster *self)
{
  g_return_val_if_fail (self != NULL, SOLCO_DISC_MASTER_NO_RECORDER);

  if (self->is_recording)
    return SOLCO_DISC_MASTER_RECORDING;
  if (!self->has_recorder)
    return SOLCO_DISC_MASTER_NO_RECORDER;
  return states[self->mode][classify (self)];
}

/**
 * solco_disc_master_wants_import:
 * @self: a master
 *
 * In multi-session mode the disc's tree is part of the stage; a disc that takes no session is
 * shown with its tree too. Content that was cleared does not come back.
 *
 * Returns: whether the tree of the disc that is in is, or has to become, part of the stage
 */
gboolean
solco_disc_master_wants_import (const SolcoDiscMaster *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->medium == NULL || !solco_disc_can_import (self->medium))
    return FALSE;
  switch (self->mode)
    {
    case MODE_OPEN:
      return solco_disc_use_of_medium (self->medium) != SOLCO_DISC_USE_ABSENT;
    case MODE_DISC:
      return equals (self->medium, self->expected);
    case MODE_BLANK:
    case N_MODES:
    default:
      return FALSE;
    }
}

/**
 * solco_disc_master_get_expected_disc:
 * @self: a master
 *
 * Returns: (transfer none) (nullable): the disc that the stage is made for, valid until the next
 *   event; %NULL where any blank disc serves
 */
const SolcoDiscIdentity *
solco_disc_master_get_expected_disc (const SolcoDiscMaster *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->expected;
}

/**
 * solco_disc_master_check_burn:
 * @self: a master
 * @error: return location
 *
 * Whether the stage fits the disc is not asked here: that is the capacity's to say.
 *
 * Returns: whether a burn is possible now. Errors: %SOLCO_ERROR_NO_RECORDER,
 *   %SOLCO_ERROR_NOT_ACCESSIBLE while another burn runs, %SOLCO_ERROR_NOTHING_STAGED, and those
 *   of solco_disc_master_check_target()
 */
gboolean
solco_disc_master_check_burn (const SolcoDiscMaster *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->is_recording)
    {
      g_set_error_literal (error, SOLCO_ERROR, SOLCO_ERROR_NOT_ACCESSIBLE,
                           "the recorder is busy with a burn");
      return FALSE;
    }
  if (!self->has_recorder)
    {
      g_set_error_literal (error, SOLCO_ERROR, SOLCO_ERROR_NO_RECORDER, "no recorder is selected");
      return FALSE;
    }
  /* Without a disc in mind, a disc that takes no session is not missing blankness: it is closed,
   * foreign, damaged, …, and has to be called so. */
  if (self->mode == MODE_OPEN
          ? !solco_disc_use_check (self->medium, error)
          : !solco_disc_master_check_target (self->medium, self->expected, self->is_erase_agreed,
                                             error))
    return FALSE;
  if (self->n_changes == 0)
    {
      g_set_error_literal (error, SOLCO_ERROR, SOLCO_ERROR_NOTHING_STAGED,
                           "the next session would change nothing");
      return FALSE;
    }
  return TRUE;
}

/**
 * solco_disc_master_is_multi_session:
 * @self: a master
 *
 * Returns: whether the stage is made for one disc, whose tree is part of it
 */
gboolean
solco_disc_master_is_multi_session (const SolcoDiscMaster *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->mode == MODE_DISC;
}

/**
 * solco_disc_master_get_next_session_number:
 * @self: a master
 *
 * Returns: the number that the next session gets, from 1 on
 */
guint
solco_disc_master_get_next_session_number (const SolcoDiscMaster *self)
{
  g_return_val_if_fail (self != NULL, 1);

  return self->mode == MODE_DISC ? self->expected->n_sessions + 1 : 1;
}
