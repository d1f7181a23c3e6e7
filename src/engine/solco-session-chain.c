/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-session-chain-private.h"

/* Images that were read from a CD, or cut by careful people, lack the padding that mkisofs adds
 * behind the file system and counts in its size. */
#define TOLERATED_MISSING_BLOCKS 150

static void
session_clear (gpointer data)
{
  SolcoSession *session = data;

  g_free (session->volume_label);
}

void
solco_session_chain_free (SolcoSessionChain *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->sessions);
  g_clear_pointer (&self->newest, solco_volume_free);
  g_free (self);
}

gint64
solco_session_chain_round_up (gint64 block)
{
  return (block + SOLCO_CHAIN_ALIGNMENT_BLOCKS - 1) / SOLCO_CHAIN_ALIGNMENT_BLOCKS
         * SOLCO_CHAIN_ALIGNMENT_BLOCKS;
}

static void
add_session (SolcoSessionChain *self, const SolcoVolume *volume)
{
  SolcoSession session = {
    .number = self->sessions->len + 1,
    .start_block = volume->start_block,
    .size_blocks = volume->size_blocks,
    .written_s = volume->created_s,
    .volume_label = g_strdup (volume->label),
    .has_file_system = TRUE,
  };

  g_array_append_val (self->sessions, session);
}

/* Follows the chain while sessions end at or before @end_block. Without a head that says where
 * the end is, a session that was being written when the power went is cut off by that. */
static gboolean
follow_chain (SolcoSessionChain *self, SolcoDrive *drive, gint64 end_block, gboolean has_head,
              gboolean *is_cut_off, GError **error)
{
  gint64 start = SOLCO_CHAIN_FIRST_BLOCK;

  *is_cut_off = FALSE;
  while (start + SOLCO_CHAIN_ALIGNMENT_BLOCKS / 2 < end_block)
    {
      g_autoptr (SolcoVolume) volume = NULL;
      SolcoVolumeKind kind;

      if (!solco_task_check_cancelled (solco_drive_get_task (drive), error)
          || !solco_volume_read (drive, start, &kind, &volume, error))
        return FALSE;
      if (volume == NULL || volume->size_blocks <= SOLCO_CHAIN_ALIGNMENT_BLOCKS / 2)
        return TRUE;
      if (start + volume->size_blocks > end_block
          || (!has_head && !solco_volume_is_complete (volume, drive)))
        {
          *is_cut_off = TRUE;
          return TRUE;
        }
      add_session (self, volume);
      self->end_block = start + volume->size_blocks;
      self->import_block = start;
      g_clear_pointer (&self->newest, solco_volume_free);
      self->newest = g_steal_pointer (&volume);
      start = solco_session_chain_round_up (self->end_block);
    }
  return TRUE;
}

/* The head is there: @head, which is taken. */
static gboolean
read_with_head (SolcoSessionChain *self, SolcoDrive *drive, SolcoVolume *head_taken,
                gint64 readable_blocks, GError **error)
{
  g_autoptr (SolcoVolume) head = head_taken;
  gboolean is_cut_off;

  if (!follow_chain (self, drive, MIN (head->size_blocks, readable_blocks), TRUE, &is_cut_off,
                     error))
    return FALSE;
  self->content = SOLCO_CONTENT_ISO;
  if (readable_blocks + TOLERATED_MISSING_BLOCKS < head->size_blocks)
    self->damage = SOLCO_DAMAGE_TRUNCATED;
  else if (self->sessions->len > 0 && self->end_block == head->size_blocks)
    return TRUE;
  else
    {
      /* What starts at block 32 is not a session of this chain, or there is none: one file system
       * from block 0 on, as mkisofs and growisofs write. */
      g_array_set_size (self->sessions, 0);
      self->is_plain_image = TRUE;
    }

  self->end_block = head->size_blocks;
  /* Behind a plain file system there can be partitions that a boot loader needs. */
  if (self->is_plain_image && solco_drive_is_image (drive))
    self->end_block = MAX (self->end_block, readable_blocks);
  if (self->sessions->len == 0)
    add_session (self, head);
  self->import_block = 0;
  g_clear_pointer (&self->newest, solco_volume_free);
  self->newest = g_steal_pointer (&head);
  return TRUE;
}

SolcoSessionChain *
solco_session_chain_read (SolcoDrive *drive, gint64 readable_blocks, GError **error)
{
  g_autoptr (SolcoSessionChain) self = g_new0 (SolcoSessionChain, 1);
  g_autoptr (SolcoVolume) head = NULL;
  SolcoVolumeKind kind = SOLCO_VOLUME_NOTHING;
  gboolean is_cut_off = FALSE;

  self->sessions = g_array_new (FALSE, TRUE, sizeof (SolcoSession));
  g_array_set_clear_func (self->sessions, session_clear);
  self->content = SOLCO_CONTENT_NONE;
  if (readable_blocks <= SOLCO_CHAIN_ALIGNMENT_BLOCKS / 2)
    {
      self->content = readable_blocks > 0 ? SOLCO_CONTENT_UNKNOWN : SOLCO_CONTENT_NONE;
      return g_steal_pointer (&self);
    }

  if (!solco_volume_read (drive, 0, &kind, &head, error))
    return NULL;
  if (head != NULL)
    {
      if (!read_with_head (self, drive, g_steal_pointer (&head), readable_blocks, error))
        return NULL;
      return g_steal_pointer (&self);
    }

  /* No head. The sessions may still be there. */
  if (!follow_chain (self, drive, readable_blocks, FALSE, &is_cut_off, error))
    return NULL;
  if (self->sessions->len > 0)
    {
      self->content = SOLCO_CONTENT_ISO;
      self->damage = SOLCO_DAMAGE_HEAD;
    }
  else if (is_cut_off)
    self->content = SOLCO_CONTENT_UNREADABLE;
  else
    self->content = kind == SOLCO_VOLUME_UDF ? SOLCO_CONTENT_UDF : SOLCO_CONTENT_UNKNOWN;
  return g_steal_pointer (&self);
}
