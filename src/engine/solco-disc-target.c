/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-disc-target-private.h"

#include "solco-capacity.h"
#include "solco-disc-master.h"
#include "solco-error.h"

static gboolean
is_pressed (const SolcoMedium *medium)
{
  return medium->profile == SOLCO_PROFILE_CD_ROM || medium->profile == SOLCO_PROFILE_DVD_ROM
         || medium->profile == SOLCO_PROFILE_BD_ROM;
}

/* An overwritable disc or an image that holds sessions does not count as blank, whatever
 * libburn calls it. */
static gboolean
is_blank (const SolcoMedium *medium)
{
  return medium->state == SOLCO_MEDIUM_BLANK && medium->sessions->len == 0;
}

/* Whether what the disc shows can be taken over into a further session. Where all sessions were cut
 * off, that is nothing. */
gboolean
solco_disc_can_import (const SolcoMedium *medium)
{
  return medium->content == SOLCO_CONTENT_ISO
         || (medium->content == SOLCO_CONTENT_NONE && medium->sessions->len > 0);
}

/**
 * solco_disc_use_of_medium:
 * @medium: (nullable): a disc
 *
 * Pure. Any thread.
 *
 * Returns: what it is good for
 */
SolcoDiscUse
solco_disc_use_of_medium (const SolcoMedium *medium)
{
  if (medium == NULL || medium->state == SOLCO_MEDIUM_NONE)
    return SOLCO_DISC_USE_ABSENT;
  if (is_pressed (medium))
    return SOLCO_DISC_USE_NEVER;
  /* A rewritable disc or an image with foreign data can be erased. A file that is no image at all
   * is somebody's document, which the reader of media calls not erasable. */
  if (medium->state == SOLCO_MEDIUM_UNSUITABLE)
    return medium->is_erasable ? SOLCO_DISC_USE_FULL : SOLCO_DISC_USE_NEVER;
  if (is_blank (medium))
    return medium->damage == SOLCO_DAMAGE_NONE ? SOLCO_DISC_USE_FIRST : SOLCO_DISC_USE_FULL;
  if (medium->state == SOLCO_MEDIUM_CLOSED || !solco_disc_can_import (medium) || medium->identity == NULL)
    return SOLCO_DISC_USE_FULL;
  /* Where an unfinished track ends is known only after it was closed, so that the drive's free
   * blocks say nothing before. */
  if (medium->damage == SOLCO_DAMAGE_NONE
      && solco_capacity_get_free_blocks (medium) < SOLCO_MINIMUM_SESSION_BLOCKS)
    return SOLCO_DISC_USE_FULL;
  return SOLCO_DISC_USE_APPEND;
}

static const char *
get_kind_name (const SolcoMedium *medium)
{
  const char *name = solco_profile_get_name (medium->profile);

  if (medium->is_image_file)
    return "image file";
  return name != NULL ? name : "medium of an unknown kind";
}

static void
set_unreadable (const SolcoMedium *medium, GError **error)
{
  g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_DISC_UNREADABLE,
               "%s: the newest session of the %s can not be read, so that a further one would "
               "hide it",
               medium->address, get_kind_name (medium));
}

/* Why a disc that holds something takes no session. */
static void
set_error_from_content (const SolcoMedium *medium, GError **error)
{
  const int wrong_type
      = medium->is_image_file ? SOLCO_ERROR_NOT_AN_IMAGE : SOLCO_ERROR_WRONG_MEDIUM_TYPE;
  const char *content = NULL;

  switch (medium->content)
    {
    case SOLCO_CONTENT_UNREADABLE:
      set_unreadable (medium, error);
      return;
    case SOLCO_CONTENT_UDF:
      content = "UDF without ISO 9660";
      break;
    case SOLCO_CONTENT_AUDIO:
      content = "audio tracks";
      break;
    case SOLCO_CONTENT_NONE:
    case SOLCO_CONTENT_UNKNOWN:
      content = "data without an ISO 9660 file system";
      break;
    case SOLCO_CONTENT_ISO:
    default:
      /* Its tree was read, but it can not be told from other discs. */
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_DISC_UNREADABLE,
                   "%s: the %s can not be identified", medium->address, get_kind_name (medium));
      return;
    }
  g_set_error (error, SOLCO_ERROR, wrong_type,
               "%s: the %s holds %s, to which no session can be added", medium->address,
               get_kind_name (medium), content);
}

/**
 * solco_disc_use_check:
 * @medium: (nullable): a disc
 * @error: return location
 *
 * Pure. Any thread.
 *
 * Returns: whether a session can be written to it as it is, a first one or a further one.
 *   Errors: %SOLCO_ERROR_NO_MEDIUM, %SOLCO_ERROR_WRONG_MEDIUM_TYPE, %SOLCO_ERROR_NOT_AN_IMAGE,
 *   %SOLCO_ERROR_DISC_DAMAGED, %SOLCO_ERROR_DISC_CLOSED, %SOLCO_ERROR_DISC_UNREADABLE,
 *   %SOLCO_ERROR_DISC_FULL
 */
gboolean
solco_disc_use_check (const SolcoMedium *medium, GError **error)
{
  const SolcoDiscUse use = solco_disc_use_of_medium (medium);

  switch (use)
    {
    case SOLCO_DISC_USE_ABSENT:
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NO_MEDIUM, "%s: no medium",
                   medium != NULL ? medium->address : "recorder");
      return FALSE;
    case SOLCO_DISC_USE_NEVER:
      if (medium->is_image_file)
        g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_AN_IMAGE, "%s: the file is no disc image",
                     medium->address);
      else if (medium->is_pseudo_overwrite)
        g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_WRONG_MEDIUM_TYPE,
                     "%s: the %s is formatted for pseudo-overwrite, which excludes sessions",
                     medium->address, get_kind_name (medium));
      else
        g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_WRONG_MEDIUM_TYPE,
                     "%s: the %s can not be recorded on", medium->address, get_kind_name (medium));
      return FALSE;
    case SOLCO_DISC_USE_FIRST:
      return TRUE;
    case SOLCO_DISC_USE_APPEND:
    case SOLCO_DISC_USE_FULL:
    default:
      break;
    }

  if (medium->damage != SOLCO_DAMAGE_NONE)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_DISC_DAMAGED,
                   medium->damage == SOLCO_DAMAGE_HEAD
                       ? "%s: the head of the %s is damaged; its chain of sessions is intact"
                       : "%s: the newest track of the %s was never finished",
                   medium->address, get_kind_name (medium));
      return FALSE;
    }
  if (use == SOLCO_DISC_USE_APPEND)
    return TRUE;
  if (medium->state == SOLCO_MEDIUM_CLOSED)
    g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_DISC_CLOSED, "%s: the %s is closed",
                 medium->address, get_kind_name (medium));
  else if (!solco_disc_can_import (medium) || medium->identity == NULL)
    set_error_from_content (medium, error);
  else
    g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_DISC_FULL,
                 "%s: %" G_GINT64_FORMAT " blocks are free on the %s, and a session needs at least "
                 "%d",
                 medium->address, solco_capacity_get_free_blocks (medium),
                 get_kind_name (medium), SOLCO_MINIMUM_SESSION_BLOCKS);
  return FALSE;
}

static char *
describe_identity (const SolcoDiscIdentity *identity)
{
  const char *name = solco_profile_get_name (identity->profile);

  return g_strdup_printf ("“%s” (%s, %u sessions, the newest at block %" G_GINT64_FORMAT ")",
                          identity->volume_label != NULL ? identity->volume_label : "",
                          name != NULL ? name : "image file", identity->n_sessions,
                          identity->last_session_start_block);
}

/* Whether the disc may well be the expected one, if only it could be read. */
static gboolean
is_unreadable (const SolcoMedium *medium, const SolcoDiscIdentity *expected)
{
  return medium->content == SOLCO_CONTENT_UNREADABLE
         || (medium->identity != NULL && g_strcmp0 (medium->identity->fingerprint, "") == 0
             && g_strcmp0 (expected->fingerprint, "") != 0);
}

static void
set_wrong_disc (const SolcoMedium *medium, const SolcoDiscIdentity *expected, GError **error)
{
  g_autofree char *expected_text = describe_identity (expected);
  g_autofree char *actual_text = NULL;

  if (medium->identity != NULL)
    actual_text = describe_identity (medium->identity);
  else
    actual_text = g_strdup_printf ("a %s%s", is_blank (medium) ? "blank " : "",
                                   get_kind_name (medium));
  g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_WRONG_DISC, "%s: expected %s, found %s",
               medium->address, expected_text, actual_text);
}

/**
 * solco_disc_master_check_target:
 * @medium: (nullable): what is in the recorder now
 * @expected: (nullable): the disc that the plan was made for; %NULL: the plan needs a blank one
 * @erase: without @expected: what is on the disc may be lost
 * @error: return location
 *
 * The check that is made before every burn: whether a plan for @expected may be written to
 * @medium. Whether it fits is not asked here. Pure. Any thread.
 *
 * Returns: whether it may. Errors: those of the disc as it is (%SOLCO_ERROR_NO_MEDIUM,
 *   %SOLCO_ERROR_WRONG_MEDIUM_TYPE, %SOLCO_ERROR_NOT_AN_IMAGE, %SOLCO_ERROR_DISC_DAMAGED,
 *   %SOLCO_ERROR_DISC_CLOSED, %SOLCO_ERROR_DISC_UNREADABLE, %SOLCO_ERROR_DISC_FULL),
 *   %SOLCO_ERROR_WRONG_DISC, %SOLCO_ERROR_BLANK_REQUIRED
 */
gboolean
solco_disc_master_check_target (const SolcoMedium *medium, const SolcoDiscIdentity *expected,
                                gboolean erase, GError **error)
{
  const SolcoDiscUse use = solco_disc_use_of_medium (medium);

  if (use == SOLCO_DISC_USE_ABSENT)
    return solco_disc_use_check (medium, error);

  if (expected != NULL)
    {
      if (medium->identity == NULL || !solco_disc_identity_equal (medium->identity, expected))
        {
          if (is_unreadable (medium, expected))
            set_unreadable (medium, error);
          else
            set_wrong_disc (medium, expected, error);
          return FALSE;
        }
      return solco_disc_use_check (medium, error);
    }

  if (use == SOLCO_DISC_USE_NEVER || is_blank (medium))
    return solco_disc_use_check (medium, error);
  if (!medium->is_erasable)
    g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_BLANK_REQUIRED,
                 "%s: the plan needs a blank disc; the %s holds sessions and can not be erased",
                 medium->address, get_kind_name (medium));
  else if (!erase)
    g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_BLANK_REQUIRED,
                 "%s: the plan needs a blank disc; the %s holds sessions, and nobody agreed that "
                 "they are erased",
                 medium->address, get_kind_name (medium));
  else
    return TRUE;
  return FALSE;
}
