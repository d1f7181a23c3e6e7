/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "solco-medium.h"

G_BEGIN_DECLS

/**
 * SolcoDiscMasterState: where the rules of multi-session recording stand
 * @SOLCO_DISC_MASTER_NO_RECORDER: nothing is selected
 * @SOLCO_DISC_MASTER_NO_MEDIUM: the recorder holds no disc, and none is expected
 * @SOLCO_DISC_MASTER_SINGLE_SESSION: a blank disc is in, or one that may be erased: the burn
 *   writes a first session
 * @SOLCO_DISC_MASTER_MULTI_SESSION: the disc's tree is part of the stage: the burn appends
 * @SOLCO_DISC_MASTER_DISC_AWAY: in multi-session mode, but the disc was taken out; the tree stays
 * @SOLCO_DISC_MASTER_WRONG_DISC: in multi-session mode, but another disc is in
 * @SOLCO_DISC_MASTER_BLANK_REQUIRED: the content was cleared, and the disc holds sessions
 * @SOLCO_DISC_MASTER_NOT_WRITABLE: the disc is shown for what it is, but takes no session
 * @SOLCO_DISC_MASTER_RECORDING: a burn runs
 */
typedef enum
{
  SOLCO_DISC_MASTER_NO_RECORDER,
  SOLCO_DISC_MASTER_NO_MEDIUM,
  SOLCO_DISC_MASTER_SINGLE_SESSION,
  SOLCO_DISC_MASTER_MULTI_SESSION,
  SOLCO_DISC_MASTER_DISC_AWAY,
  SOLCO_DISC_MASTER_WRONG_DISC,
  SOLCO_DISC_MASTER_BLANK_REQUIRED,
  SOLCO_DISC_MASTER_NOT_WRITABLE,
  SOLCO_DISC_MASTER_RECORDING
} SolcoDiscMasterState;

/**
 * SolcoDiscMaster:
 *
 * The multi-session rules as a state machine without any I/O: it is told what happened, and says
 * what that means. The rules are those of Microsoft's IMAPI, "Creating Discs with Multiple
 * Sessions". Not thread-safe: it lives where the project lives.
 */
typedef struct _SolcoDiscMaster SolcoDiscMaster;

SolcoDiscMaster *solco_disc_master_new (void);
void solco_disc_master_free (SolcoDiscMaster *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SolcoDiscMaster, solco_disc_master_free)

/* What happened. */
void solco_disc_master_select_recorder (SolcoDiscMaster *self, gboolean selected);
void solco_disc_master_set_medium (SolcoDiscMaster *self, SolcoMedium *medium);
/* The stage was emptied, the imported tree included; from now on a blank disc is needed. */
void solco_disc_master_clear_content (SolcoDiscMaster *self);
/* Undo of the above. */
void solco_disc_master_restore_content (SolcoDiscMaster *self);
/* A project that expects a disc was opened: multi-session mode for that disc. */
void solco_disc_master_expect_disc (SolcoDiscMaster *self, const SolcoDiscIdentity *expected);
/* The disc of the stage was mended: @medium is what it was read as since then. */
void solco_disc_master_follow_mending (SolcoDiscMaster *self, const SolcoDiscIdentity *before,
                                       const SolcoMedium *medium);
/* Whether the medium that was set last is what became of the disc that the stage was made for. */
gboolean solco_disc_master_is_continued (const SolcoDiscMaster *self);
/* The user chose to plan for the disc that is in. */
void solco_disc_master_adopt_medium (SolcoDiscMaster *self);
/* The user agreed that the sessions on the disc that is in are lost; it counts in %BLANK_REQUIRED
 * only, and for no other disc. */
void solco_disc_master_set_erase_agreed (SolcoDiscMaster *self, gboolean agreed);
void solco_disc_master_set_n_changes (SolcoDiscMaster *self, guint64 n_changes);
gboolean solco_disc_master_begin_recording (SolcoDiscMaster *self, GError **error);
void solco_disc_master_end_recording (SolcoDiscMaster *self);

/* What it means. */
SolcoDiscMasterState solco_disc_master_get_state (const SolcoDiscMaster *self);
/* The tree of the medium that is in should be (or stay) the imported tree of the stage. */
gboolean solco_disc_master_wants_import (const SolcoDiscMaster *self);
/* Disc that the stage is planned for, NULL where any blank disc serves. */
const SolcoDiscIdentity *solco_disc_master_get_expected_disc (const SolcoDiscMaster *self);
/* Whether Burn is possible now; the error says why not. */
gboolean solco_disc_master_check_burn (const SolcoDiscMaster *self, GError **error);
/* Whether the stage is in multi-session mode, and the number that the next session gets. */
gboolean solco_disc_master_is_multi_session (const SolcoDiscMaster *self);
guint solco_disc_master_get_next_session_number (const SolcoDiscMaster *self);

/* The pure check that the engine repeats under the grab: may a plan for @expected (NULL: a blank
 * disc; @erase: whose sessions may be erased) be written to @medium? */
gboolean solco_disc_master_check_target (const SolcoMedium *medium,
                                         const SolcoDiscIdentity *expected, gboolean erase,
                                         GError **error);

G_END_DECLS
