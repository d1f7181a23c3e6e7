/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-medium-reader-private.h"

#include <errno.h>
#include <string.h>
#include <sys/statvfs.h>

#include "solco-error.h"
#include "solco-session-chain-private.h"

/* How much of the newest session a disc is known by. */
#define FINGERPRINT_BLOCKS 32

gint64
solco_medium_read_emulated_sessions (SolcoMedium *medium, SolcoDrive *drive,
                                     gint64 readable_blocks, GError **error)
{
  g_autoptr (SolcoSessionChain) chain = solco_session_chain_read (drive, readable_blocks, error);

  if (chain == NULL)
    return -1;
  g_clear_pointer (&medium->sessions, g_array_unref);
  medium->sessions = g_steal_pointer (&chain->sessions);
  chain->sessions = g_array_new (FALSE, TRUE, sizeof (SolcoSession));
  medium->content = chain->content;
  medium->damage = chain->damage;
  medium->is_plain_image = chain->is_plain_image;
  if (chain->newest != NULL && chain->newest->is_closed)
    medium->state = SOLCO_MEDIUM_CLOSED;
  return chain->end_block;
}

/* The medium that an image file stands for: what the user says now, or else what was chosen when
 * its newest session was written. */
static void
read_image_kind (SolcoDrive *drive, SolcoMedium *medium)
{
  const SolcoTarget *target = solco_drive_get_target (drive);
  const SolcoSession *last = solco_medium_get_last_session (medium);
  g_autoptr (SolcoVolume) volume = NULL;
  SolcoVolumeKind volume_kind;

  medium->image_kind = target->image_kind;
  medium->image_size_bytes = target->image_size_bytes;
  if (medium->image_kind != SOLCO_IMAGE_KIND_FREE_SPACE || last == NULL)
    return;
  if (solco_volume_read (drive, last->start_block, &volume_kind, &volume, NULL)
      && volume != NULL)
    {
      medium->image_kind = volume->image_kind;
      medium->image_size_bytes = volume->image_size_bytes;
    }
}

/* Blocks that the file system of the image file can still take. */
static gboolean
read_available_blocks (SolcoDrive *drive, gint64 *blocks, GError **error)
{
  const char *path = solco_target_get_image_path (solco_drive_get_target (drive));
  g_autofree char *folder = g_path_get_dirname (path);
  struct statvfs status;

  if (statvfs (folder, &status) != 0)
    {
      int saved_errno = errno;

      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_ACCESSIBLE,
                   "Cannot tell the free space of “%s”: %s", folder, g_strerror (saved_errno));
      return FALSE;
    }
  *blocks = (gint64) ((guint64) status.f_bavail * status.f_frsize / SOLCO_BLOCK_BYTES);
  return TRUE;
}

static gboolean
read_image (SolcoMedium *medium, SolcoDrive *drive, GError **error)
{
  gint64 file_bytes = solco_drive_get_file_size_bytes (drive);
  gint64 readable_blocks = file_bytes / SOLCO_BLOCK_BYTES;
  gint64 available_blocks;
  gint64 end_block;

  medium->is_image_file = TRUE;
  medium->is_overwritable = TRUE;
  medium->can_append_after_burn = TRUE;
  medium->can_simulate = TRUE;
  medium->file_exists = solco_drive_get_fd (drive) >= 0;
  medium->state = SOLCO_MEDIUM_NONE;
  end_block = solco_medium_read_emulated_sessions (medium, drive, readable_blocks, error);
  if (end_block < 0 || !read_available_blocks (drive, &available_blocks, error))
    return FALSE;

  read_image_kind (drive, medium);
  medium->profile = solco_image_kind_get_profile (medium->image_kind);
  medium->next_writable_block = medium->sessions->len == 0
                                    ? SOLCO_CHAIN_FIRST_BLOCK
                                    : solco_session_chain_round_up (end_block);
  switch (medium->image_kind)
    {
    case SOLCO_IMAGE_KIND_FREE_SPACE:
      /* What the file holds already behind its sessions is free for the next one. */
      medium->capacity_blocks
          = MAX (medium->next_writable_block, readable_blocks) + available_blocks;
      break;
    case SOLCO_IMAGE_KIND_BYTES:
      medium->capacity_blocks = (gint64) (medium->image_size_bytes / SOLCO_BLOCK_BYTES);
      break;
    default:
      medium->capacity_blocks = solco_image_kind_get_blocks (medium->image_kind);
    }
  medium->free_blocks = MAX (0, medium->capacity_blocks - medium->next_writable_block);
  medium->used_blocks = medium->sessions->len == 0 ? 0 : medium->next_writable_block;

  if (file_bytes == 0)
    medium->content = SOLCO_CONTENT_NONE;
  /* Not a file of another kind, which somebody named by mistake. */
  medium->is_erasable
      = medium->content == SOLCO_CONTENT_ISO || medium->content == SOLCO_CONTENT_UDF
        || medium->content == SOLCO_CONTENT_UNREADABLE;
  if (medium->sessions->len > 0)
    {
      if (medium->state != SOLCO_MEDIUM_CLOSED)
        medium->state = SOLCO_MEDIUM_APPENDABLE;
    }
  else
    medium->state
        = medium->content == SOLCO_CONTENT_NONE ? SOLCO_MEDIUM_BLANK : SOLCO_MEDIUM_UNSUITABLE;
  if (medium->state == SOLCO_MEDIUM_CLOSED || medium->state == SOLCO_MEDIUM_UNSUITABLE)
    {
      medium->next_writable_block = -1;
      medium->free_blocks = 0;
    }
  return TRUE;
}

/* SHA-256 of the first blocks of the newest session; "" where they cannot be read. */
static char *
dup_fingerprint (SolcoDrive *drive, const SolcoSession *session)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gint64 n_blocks = CLAMP (session->size_blocks, 0, FINGERPRINT_BLOCKS);
  g_autofree guint8 *data = g_malloc (FINGERPRINT_BLOCKS * SOLCO_BLOCK_BYTES);

  if (n_blocks == 0
      || !solco_drive_read (drive, session->start_block, (guint) n_blocks, data, NULL))
    return g_strdup ("");
  g_checksum_update (checksum, data, n_blocks * SOLCO_BLOCK_BYTES);
  return g_strdup (g_checksum_get_string (checksum));
}

/* What the disc will be known by, from the newest session. */
static void
read_identity (SolcoMedium *medium, SolcoDrive *drive)
{
  const SolcoSession *last = solco_medium_get_last_session (medium);
  const SolcoSession *shown = solco_medium_get_shown_session (medium);
  g_autoptr (SolcoVolume) volume = NULL;
  SolcoVolumeKind kind;

  if (last == NULL)
    return;
  if (shown != NULL)
    (void) solco_volume_read (drive, shown->start_block, &kind, &volume, NULL);
  medium->volume_label = volume != NULL ? g_strdup (volume->label) : NULL;

  SolcoDiscIdentity identity = {
    .profile = medium->profile,
    .n_sessions = medium->sessions->len,
    .last_session_start_block = last->start_block,
    .next_writable_block = medium->next_writable_block,
    .media_id = medium->media_id != NULL ? medium->media_id : (char *) "",
    .volume_label = medium->volume_label != NULL ? medium->volume_label : (char *) "",
    .created = volume != NULL ? volume->created : (char *) "",
  };
  g_autofree char *fingerprint
      = medium->content == SOLCO_CONTENT_AUDIO ? g_strdup ("") : dup_fingerprint (drive, last);

  identity.fingerprint = fingerprint;
  /* The size that an image file may grow to is the user's wish, not a mark of the disc. */
  if (medium->is_image_file)
    identity.profile = SOLCO_PROFILE_FILE;
  medium->identity = solco_disc_identity_copy (&identity);
}

static SolcoMedium *
read_medium (SolcoDrive *drive, GError **error)
{
  g_autoptr (SolcoMedium) medium = solco_medium_new (solco_drive_get_target (drive)->address);

  if (solco_drive_is_image (drive) ? !read_image (medium, drive, error)
                                   : !solco_medium_read_from_drive (medium, drive, error))
    return NULL;
  read_identity (medium, drive);
  /* Blocks that cannot be read are a property of the disc; that it is not there is none. */
  if (!solco_drive_check_present (drive, error))
    return NULL;
  return g_steal_pointer (&medium);
}

SolcoMedium *
solco_medium_read (SolcoDrive *drive, GError **error)
{
  SolcoMedium *medium;

  solco_drive_keep_starts (drive);
  medium = read_medium (drive, error);
  solco_drive_stop_keeping (drive);
  return medium;
}

gboolean
solco_medium_check_readable (const SolcoMedium *medium, GError **error)
{
  const char *address = medium->address;

  if (medium->state == SOLCO_MEDIUM_NONE)
    g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NO_MEDIUM, "%s: there is no disc", address);
  else if (medium->is_image_file && !medium->file_exists)
    g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_FOUND, "%s: there is no such file", address);
  else if (medium->content == SOLCO_CONTENT_NONE)
    g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_FOUND, "%s: there is no session on it",
                 address);
  else if (medium->content == SOLCO_CONTENT_ISO && solco_medium_get_shown_session (medium) != NULL)
    return TRUE;
  else if (medium->is_image_file)
    g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_AN_IMAGE, "%s: %s", address,
                 medium->content == SOLCO_CONTENT_UDF
                     ? "it holds a UDF file system, and no ISO 9660"
                 : medium->content == SOLCO_CONTENT_UNREADABLE
                     ? "its only session was never finished"
                     : "it is no ISO 9660 image");
  else
    g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_DISC_UNREADABLE, "%s: %s", address,
                 medium->content == SOLCO_CONTENT_UDF     ? "the disc holds UDF, and no ISO 9660"
                 : medium->content == SOLCO_CONTENT_AUDIO ? "the disc holds audio only"
                 : medium->content == SOLCO_CONTENT_UNREADABLE
                     ? "its newest session cannot be read"
                                                          : "the disc holds no ISO 9660");
  return FALSE;
}
