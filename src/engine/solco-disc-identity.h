/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "solco-profile.h"

G_BEGIN_DECLS

/**
 * SolcoDiscIdentity:
 * @profile: MMC profile
 * @n_sessions: sessions on the disc
 * @last_session_start_block: where the newest session starts
 * @next_writable_block: NWA, -1 if there is none
 * @media_id: manufacturer's id of the medium, "" where the drive tells none
 * @volume_label: volume id of the newest session, UTF-8
 * @created: creation time of the newest session's file system, as the 17 bytes of its primary
 *   volume descriptor in hexadecimal, "" where there is none
 * @fingerprint: SHA-256, in hexadecimal, of the 32 blocks from the newest session's start on
 *
 * By what a disc is known again, so that a burn that was planned for one never goes to another.
 * Immutable. Any thread.
 */
typedef struct
{
  SolcoProfile profile;
  guint n_sessions;
  gint64 last_session_start_block;
  gint64 next_writable_block;
  char *media_id;
  char *volume_label;
  char *created;
  char *fingerprint;
} SolcoDiscIdentity;

#define SOLCO_TYPE_DISC_IDENTITY (solco_disc_identity_get_type ())
GType solco_disc_identity_get_type (void);

SolcoDiscIdentity *solco_disc_identity_copy (const SolcoDiscIdentity *self);
void solco_disc_identity_free (SolcoDiscIdentity *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SolcoDiscIdentity, solco_disc_identity_free)

gboolean solco_disc_identity_equal (const SolcoDiscIdentity *a, const SolcoDiscIdentity *b);
/* One line of text for project files, and back (NULL where the text is none). */
char *solco_disc_identity_to_string (const SolcoDiscIdentity *self);
SolcoDiscIdentity *solco_disc_identity_from_string (const char *text);

G_END_DECLS
