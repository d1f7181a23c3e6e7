/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-medium.h"

/* Discs for the tests of rules and sentences: what the engine would read from such ones. */

static inline void
sample_add_session (SolcoMedium *medium, gint64 start_block, gint64 size_blocks, const char *label)
{
  SolcoSession session = {
    .number = medium->sessions->len + 1,
    .start_block = start_block,
    .size_blocks = size_blocks,
    .written_s = 1776189720, /* 14 April 2026, 18:02 UTC */
    .volume_label = g_strdup (label),
    .has_file_system = label != NULL,
  };

  g_array_append_val (medium->sessions, session);
}

static inline void
sample_identify (SolcoMedium *medium)
{
  const SolcoSession *last = solco_medium_get_last_session (medium);
  const SolcoDiscIdentity identity = {
    .profile = medium->profile,
    .n_sessions = medium->sessions->len,
    .last_session_start_block = last->start_block,
    .next_writable_block = medium->next_writable_block,
    .volume_label = last->volume_label,
    .created = (char *) "32303236",
    .fingerprint = last->volume_label,
  };

  g_clear_pointer (&medium->identity, solco_disc_identity_free);
  medium->identity = solco_disc_identity_copy (&identity);
}

static inline SolcoMedium *
sample_empty (void)
{
  return solco_medium_new ("/dev/sr0");
}

static inline SolcoMedium *
sample_blank (SolcoProfile profile)
{
  SolcoMedium *medium = solco_medium_new ("/dev/sr0");

  medium->profile = profile;
  medium->state = SOLCO_MEDIUM_BLANK;
  medium->is_overwritable = solco_profile_is_overwritable (profile);
  medium->is_erasable = solco_profile_is_rewritable (profile);
  medium->capacity_blocks = solco_profile_get_nominal_blocks (profile);
  if (solco_profile_get_family (profile) == SOLCO_FAMILY_CD)
    medium->lead_out_limit_block = medium->capacity_blocks;
  medium->next_writable_block = medium->is_overwritable ? 32 : 0;
  medium->free_blocks = medium->capacity_blocks - medium->next_writable_block;
  medium->can_append_after_burn = TRUE;
  return medium;
}

/* A CD-R or CD-RW with @n_sessions of 51 200 blocks each, all named @label. */
static inline SolcoMedium *
sample_appendable_cd (SolcoProfile profile, guint n_sessions, const char *label)
{
  SolcoMedium *medium = sample_blank (profile);

  medium->state = SOLCO_MEDIUM_APPENDABLE;
  medium->content = SOLCO_CONTENT_ISO;
  medium->volume_label = g_strdup (label);
  for (guint i = 0; i < n_sessions; i++)
    {
      sample_add_session (medium, medium->next_writable_block, 51352, label);
      medium->next_writable_block += 51352 + (i == 0 ? 11400 : 6900);
    }
  medium->free_blocks = medium->capacity_blocks - medium->next_writable_block;
  medium->used_blocks = medium->next_writable_block;
  sample_identify (medium);
  return medium;
}

static inline SolcoMedium *
sample_closed_cd (SolcoProfile profile, guint n_sessions, const char *label)
{
  SolcoMedium *medium = sample_appendable_cd (profile, n_sessions, label);

  medium->state = SOLCO_MEDIUM_CLOSED;
  medium->next_writable_block = -1;
  medium->free_blocks = 0;
  medium->can_append_after_burn = FALSE;
  sample_identify (medium);
  return medium;
}

static inline SolcoMedium *
sample_image (const char *label)
{
  SolcoMedium *medium = solco_medium_new ("stdio:/tmp/disc.iso");

  medium->is_image_file = TRUE;
  medium->is_overwritable = TRUE;
  medium->is_erasable = TRUE;
  medium->file_exists = TRUE;
  medium->profile = SOLCO_PROFILE_CD_R;
  medium->state = SOLCO_MEDIUM_APPENDABLE;
  medium->content = SOLCO_CONTENT_ISO;
  medium->capacity_blocks = 359849;
  medium->next_writable_block = 1088;
  medium->free_blocks = 359849 - 1088;
  medium->used_blocks = 1088;
  medium->volume_label = g_strdup (label);
  medium->can_append_after_burn = TRUE;
  sample_add_session (medium, 32, 1050, label);
  sample_identify (medium);
  return medium;
}
