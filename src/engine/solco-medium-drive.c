/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-medium-reader-private.h"

#include "solco-libburn-private.h"
#include <string.h>

#include "solco-error.h"
#include "solco-libraries-private.h"
#include "solco-session-chain-private.h"

/* Bit 2 of the control field tells data from audio (MMC-5, Q sub-channel control). */
#define CONTROL_DATA 0x04

/* As with opening an image: padding that a careful copy may lack. */
#define TOLERATED_MISSING_BLOCKS 150

/* Between the lead-out of a CD's session and the next writable address: 6 750 + 4 500 + 150 blocks
 * after the first one, 2 250 + 4 500 + 150 after each later one. */
#define CD_FIRST_GAP_BLOCKS 11400
#define CD_LATER_GAP_BLOCKS 6900
/* Before each further track of a session, and what a track's start may leave out. */
#define CD_PREGAP_BLOCKS 150

/* 1× in 1 000 bytes a second, as libburn counts: CD 150 KiB plus sub-channels as on the box,
 * DVD and BD by their standards. */
static double
get_speed_unit_kb_per_s (SolcoProfile profile)
{
  switch (solco_profile_get_family (profile))
    {
    case SOLCO_FAMILY_CD:
      return 176.4;
    case SOLCO_FAMILY_DVD:
      return 1385.0;
    case SOLCO_FAMILY_BD:
      return 4495.625;
    case SOLCO_FAMILY_NONE:
    case SOLCO_FAMILY_FILE:
    default:
      return 0;
    }
}

static int
compare_speeds (gconstpointer a, gconstpointer b)
{
  const SolcoSpeed *x = a;
  const SolcoSpeed *y = b;

  return x->kb_per_s < y->kb_per_s ? 1 : x->kb_per_s > y->kb_per_s ? -1 : 0;
}

static gboolean
read_speeds (SolcoMedium *medium, SolcoDrive *drive, struct burn_drive *burn_drive,
             GError **error)
{
  struct burn_speed_descriptor *list = NULL;
  double unit = get_speed_unit_kb_per_s (medium->profile);
  int ret = burn_drive_get_speedlist (burn_drive, &list);

  if (ret < 0)
    {
      solco_drive_set_error (drive, error, SOLCO_ERROR_DISC_UNREADABLE,
                             "The list of speeds cannot be read");
      return FALSE;
    }
  for (struct burn_speed_descriptor *item = list; ret > 0 && item != NULL; item = item->next)
    {
      gboolean is_known = item->write_speed <= 0;

      for (guint i = 0; !is_known && i < medium->speeds->len; i++)
        is_known = g_array_index (medium->speeds, SolcoSpeed, i).kb_per_s
                   == (guint) item->write_speed;
      if (!is_known)
        {
          SolcoSpeed speed = { .kb_per_s = (guint) item->write_speed };

          speed.factor = unit > 0 ? speed.kb_per_s / unit : 0;
          g_array_append_val (medium->speeds, speed);
        }
    }
  burn_drive_free_speedlist (&list);
  g_array_sort (medium->speeds, compare_speeds);
  return TRUE;
}

static void
read_media_id (SolcoMedium *medium, struct burn_drive *burn_drive)
{
  char *product_id = NULL;
  char *code1 = NULL;
  char *code2 = NULL;
  char *book_type = NULL;

  if (burn_disc_get_media_id (burn_drive, &product_id, &code1, &code2, &book_type, 0) == 1)
    {
      char *manufacturer = burn_guess_manufacturer (medium->profile, code1, code2, 0);

      medium->media_id = g_utf8_make_valid (product_id, -1);
      if (manufacturer != NULL && !g_str_has_prefix (manufacturer, "Unknown "))
        medium->manufacturer = g_utf8_make_valid (manufacturer, -1);
      free (manufacturer);
    }
  free (product_id);
  free (code1);
  free (code2);
  free (book_type);
}

/* What the disc can still take, by the drive's word. */
static gboolean
read_capabilities (SolcoMedium *medium, SolcoDrive *drive, struct burn_drive *burn_drive,
                   GError **error)
{
  struct burn_multi_caps *caps = NULL;
  int ret = burn_disc_get_multi_caps (burn_drive, BURN_WRITE_NONE, &caps, 0);

  if (ret < 0)
    {
      solco_drive_set_error (drive, error, SOLCO_ERROR_DISC_UNREADABLE,
                             "What the drive can do with the disc cannot be read");
      return FALSE;
    }
  if (ret > 0)
    {
      medium->can_append_after_burn = caps->multi_session || medium->is_overwritable;
      medium->can_simulate = caps->might_simulate != 0;
    }
  if (caps != NULL)
    burn_disc_free_multi_caps (&caps);

  medium->is_erasable = burn_disc_erasable (burn_drive) != 0 || medium->is_overwritable;
  switch (medium->profile)
    {
    case SOLCO_PROFILE_DVD_RW_OVERWRITE:
    case SOLCO_PROFILE_DVD_RW_SEQUENTIAL:
    case SOLCO_PROFILE_DVD_PLUS_RW:
    case SOLCO_PROFILE_DVD_RAM:
    case SOLCO_PROFILE_BD_RE:
      medium->can_format = TRUE;
      break;
    default:
      medium->can_format = FALSE;
    }
  return TRUE;
}

/* Whether something was written behind the last complete session and never closed, though the drive
 * does not call it damaged: a track, whose next writable address has moved from its start, or on CD
 * whole tracks. */
static gboolean
has_open_end (const SolcoMedium *medium, gint64 track_start, gint64 next_writable)
{
  const SolcoSession *last = solco_medium_get_last_session (medium);
  gint64 gap = medium->sessions->len > 1 ? CD_LATER_GAP_BLOCKS : CD_FIRST_GAP_BLOCKS;

  if (solco_profile_get_family (medium->profile) != SOLCO_FAMILY_CD)
    return next_writable > track_start;
  return next_writable > track_start + CD_PREGAP_BLOCKS
         || (last != NULL
             && next_writable
                    > last->start_block + last->size_blocks + gap + CD_PREGAP_BLOCKS);
}

/* NWA and free blocks of sequential media, asked for with the options of a burn that leaves the
 * disc open where it can. */
static gboolean
read_free_space (SolcoMedium *medium, SolcoDrive *drive, struct burn_drive *burn_drive,
                 GError **error)
{
  struct burn_write_opts *options = burn_write_opts_new (burn_drive);
  int lba = 0;
  int nwa = 0;

  if (options == NULL)
    {
      solco_drive_set_error (drive, error, SOLCO_ERROR_INTERNAL, "No write options");
      return FALSE;
    }
  burn_write_opts_set_multi (options, medium->can_append_after_burn);
  if (solco_profile_get_family (medium->profile) == SOLCO_FAMILY_CD)
    (void) burn_write_opts_set_write_type (options, BURN_WRITE_TAO, BURN_BLOCK_MODE1);

  solco_task_begin_command (solco_drive_get_task (drive));
  int ret = burn_disc_track_lba_nwa (burn_drive, options, 0, &lba, &nwa);
  medium->free_blocks = ret == 1 ? burn_disc_available_space (burn_drive, options)
                                       / SOLCO_BLOCK_BYTES
                                 : 0;
  if ((burn_disc_next_track_is_damaged (burn_drive, 0) & 1)
      || (ret == 1 && has_open_end (medium, lba, nwa)))
    medium->damage = SOLCO_DAMAGE_LAST_TRACK;
  solco_task_end_command (solco_drive_get_task (drive));
  burn_write_opts_free (options);
  medium->next_writable_block = ret == 1 ? nwa : -1;
  return TRUE;
}

/* The lead-out must start here at the latest (ATIP). */
static void
read_lead_out_limit (SolcoMedium *medium, struct burn_drive *burn_drive)
{
  int start_lba;
  int end_lba;

  if (medium->profile != SOLCO_PROFILE_CD_R && medium->profile != SOLCO_PROFILE_CD_RW)
    return;
  if (burn_drive_get_start_end_lba (burn_drive, &start_lba, &end_lba, 0) == 1 && end_lba > 0)
    medium->lead_out_limit_block = end_lba;
}

static gint64
get_track_start (const struct burn_toc_entry *entry)
{
  if (entry->extensions_valid & 1)
    return entry->start_lba;
  return burn_msf_to_lba (entry->pmin, entry->psec, entry->pframe);
}

/* One complete session of the table of contents, with its tracks. */
static void
add_toc_session (SolcoMedium *medium, struct burn_session *burn_session, guint number)
{
  int n_tracks = 0;
  struct burn_track **tracks = burn_session_get_tracks (burn_session, &n_tracks);
  struct burn_toc_entry lead_out;
  SolcoSession session = { .number = number, .start_block = -1 };

  burn_session_get_leadout_entry (burn_session, &lead_out);
  for (int i = 0; i < n_tracks; i++)
    {
      struct burn_toc_entry entry;

      burn_track_get_entry (tracks[i], &entry);

      SolcoTrack track = {
        .number = medium->tracks->len + 1,
        .session = number,
        .start_block = get_track_start (&entry),
        .is_audio = (entry.control & CONTROL_DATA) == 0,
      };
      if (entry.extensions_valid & 1)
        track.size_blocks = entry.track_blocks;
      g_array_append_val (medium->tracks, track);
      if (session.start_block < 0)
        session.start_block = track.start_block;
    }
  if (session.start_block < 0)
    return;
  session.size_blocks = get_track_start (&lead_out) - session.start_block;
  g_array_append_val (medium->sessions, session);
}

static gboolean
is_zero (const guint8 *data, gsize size)
{
  return size == 0 || (data[0] == 0 && memcmp (data, data + 1, size - 1) == 0);
}

/* Nothing but zeros where file systems have their marks: what a drive makes of a session whose first
 * block failed already. */
static gboolean
is_session_empty (SolcoDrive *drive, const SolcoSession *session)
{
  guint8 block[SOLCO_BLOCK_BYTES];

  for (gint64 i = 0; i < MIN (SOLCO_CHAIN_FIRST_BLOCK, session->size_blocks); i++)
    if (!solco_drive_read (drive, session->start_block + i, 1, block, NULL)
        || !is_zero (block, sizeof block))
      return FALSE;
  return TRUE;
}

/* Whether the file system does not come to its end in its session: a burn of it failed, and the
 * session was closed to save the disc. Some programs count from the start of the disc. */
static gboolean
is_cut_off (const SolcoVolume *volume, const SolcoSession *session, SolcoDrive *drive)
{
  const gint64 end_block = session->start_block + session->size_blocks;

  if (volume->is_own)
    return volume->size_blocks > session->size_blocks
           || !solco_volume_is_complete (volume, drive);
  return volume->size_blocks > end_block + TOLERATED_MISSING_BLOCKS;
}

/* Looks whether a file system starts with the session. What a session that was cut off holds does not
 * count. */
static void
read_session_volume (SolcoMedium *medium, SolcoDrive *drive, SolcoSession *session)
{
  g_autoptr (SolcoVolume) volume = NULL;
  g_autoptr (GError) error = NULL;
  SolcoVolumeKind kind;

  if (session->size_blocks < SOLCO_CHAIN_FIRST_BLOCK)
    solco_task_log (solco_drive_get_task (drive), "Session %u is too short for a file system",
                    session->number);
  else if (!solco_volume_read (drive, session->start_block, &kind, &volume, &error))
    {
      solco_task_log (solco_drive_get_task (drive), "Session %u: %s", session->number,
                      error->message);
      medium->content = SOLCO_CONTENT_UNREADABLE;
    }
  else if (volume != NULL ? is_cut_off (volume, session, drive)
                          : kind == SOLCO_VOLUME_NOTHING && is_session_empty (drive, session))
    {
      session->is_cut_off = TRUE;
      solco_task_log (solco_drive_get_task (drive), "Session %u was cut off", session->number);
    }
  else if (volume != NULL)
    {
      session->has_file_system = TRUE;
      session->volume_label = g_strdup (volume->label);
      session->written_s = volume->created_s;
      medium->content = SOLCO_CONTENT_ISO;
    }
  else
    medium->content = kind == SOLCO_VOLUME_UDF ? SOLCO_CONTENT_UDF : SOLCO_CONTENT_UNKNOWN;
}

static gboolean
session_is_audio (const SolcoMedium *medium, guint number)
{
  for (guint i = 0; i < medium->tracks->len; i++)
    {
      const SolcoTrack *track = &g_array_index (medium->tracks, SolcoTrack, i);

      if (track->session == number && !track->is_audio)
        return FALSE;
    }
  return TRUE;
}

/* Sessions and tracks by the drive's table of contents. */
static gboolean
read_toc (SolcoMedium *medium, SolcoDrive *drive, struct burn_drive *burn_drive, GError **error)
{
  struct burn_disc *disc = burn_drive_get_disc (burn_drive);
  int n_sessions = 0;

  if (disc == NULL)
    {
      medium->content = SOLCO_CONTENT_UNREADABLE;
      return TRUE;
    }

  struct burn_session **sessions = burn_disc_get_sessions (disc, &n_sessions);
  for (int i = 0; i < n_sessions; i++)
    add_toc_session (medium, sessions[i], (guint) i + 1);
  for (int i = n_sessions; i < n_sessions + burn_disc_get_incomplete_sessions (disc); i++)
    {
      int n_tracks = 0;

      /* One track is the one that comes next; any before it belongs to a session that was never
       * closed. */
      (void) burn_session_get_tracks (sessions[i], &n_tracks);
      if (n_tracks > 1)
        medium->damage = SOLCO_DAMAGE_LAST_TRACK;
    }
  burn_disc_free (disc);

  medium->content = medium->sessions->len > 0 ? SOLCO_CONTENT_NONE : SOLCO_CONTENT_UNREADABLE;
  for (guint i = 0; i < medium->sessions->len; i++)
    {
      SolcoSession *session = &g_array_index (medium->sessions, SolcoSession, i);

      if (!solco_task_check_cancelled (solco_drive_get_task (drive), error))
        return FALSE;
      if (session_is_audio (medium, session->number))
        medium->content = SOLCO_CONTENT_AUDIO;
      else
        read_session_volume (medium, drive, session);
    }
  return TRUE;
}

/* libburn makes nothing of a recordable CD without a table of contents: its very first session was
 * never closed. That can be done all the same, and where it was not the reason, does no harm. */
static void
read_unfinished (SolcoMedium *medium)
{
  if (medium->profile != SOLCO_PROFILE_CD_R && medium->profile != SOLCO_PROFILE_CD_RW)
    return;
  medium->damage = SOLCO_DAMAGE_LAST_TRACK;
  medium->state = SOLCO_MEDIUM_APPENDABLE;
  medium->content = SOLCO_CONTENT_NONE;
}

static gboolean
read_sequential (SolcoMedium *medium, SolcoDrive *drive, struct burn_drive *burn_drive,
                 GError **error)
{
  const SolcoSession *last;

  if (medium->state == SOLCO_MEDIUM_UNSUITABLE)
    {
      read_unfinished (medium);
      return TRUE;
    }
  if (medium->state != SOLCO_MEDIUM_BLANK && !read_toc (medium, drive, burn_drive, error))
    return FALSE;
  last = solco_medium_get_last_session (medium);
  if (last != NULL)
    medium->used_blocks = last->start_block + last->size_blocks;
  if (medium->state == SOLCO_MEDIUM_BLANK || medium->state == SOLCO_MEDIUM_APPENDABLE)
    {
      if (!read_free_space (medium, drive, burn_drive, error))
        return FALSE;
      if (medium->next_writable_block >= 0)
        {
          medium->capacity_blocks = medium->next_writable_block + medium->free_blocks;
          if (last != NULL)
            medium->used_blocks = medium->next_writable_block;
        }
    }
  /* Some drives report the capacity of a blank disc for an appendable one. */
  if (medium->lead_out_limit_block > 0)
    {
      medium->capacity_blocks = medium->lead_out_limit_block;
      if (medium->next_writable_block >= 0)
        medium->free_blocks = CLAMP (medium->free_blocks, 0,
                                     MAX (0, medium->lead_out_limit_block
                                                 - medium->next_writable_block));
    }
  medium->capacity_blocks = MAX (medium->capacity_blocks, medium->used_blocks);
  return TRUE;
}

/* Nothing but zeros where file systems have their marks: a formatted disc that nobody used. */
static gboolean
looks_unused (SolcoDrive *drive, gint64 readable_blocks)
{
  guint8 block[SOLCO_BLOCK_BYTES];

  for (gint64 i = 0; i < MIN (2 * SOLCO_CHAIN_FIRST_BLOCK, readable_blocks); i++)
    {
      /* A block that was never written may not be readable. */
      if (!solco_drive_read (drive, i, 1, block, NULL))
        return TRUE;
      if (!is_zero (block, sizeof block))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_overwritable (SolcoMedium *medium, SolcoDrive *drive, struct burn_drive *burn_drive,
                   GError **error)
{
  int readable_blocks = 0;
  gint64 end_block = 0;
  off_t available;

  if (burn_get_read_capacity (burn_drive, &readable_blocks, 0) <= 0)
    readable_blocks = 0;
  if (readable_blocks > 0)
    {
      g_autoptr (GError) local_error = NULL;

      end_block = solco_medium_read_emulated_sessions (medium, drive, readable_blocks,
                                                       &local_error);
      if (end_block < 0 && !g_error_matches (local_error, SOLCO_ERROR, SOLCO_ERROR_READ_FAILED))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (end_block < 0)
        medium->content
            = looks_unused (drive, readable_blocks) ? SOLCO_CONTENT_NONE : SOLCO_CONTENT_UNREADABLE;
      else if (medium->content == SOLCO_CONTENT_UNKNOWN && looks_unused (drive, readable_blocks))
        medium->content = SOLCO_CONTENT_NONE;
    }

  available = burn_disc_available_space (burn_drive, NULL);
  medium->capacity_blocks = MAX ((gint64) (available / SOLCO_BLOCK_BYTES), readable_blocks);
  if (medium->sessions->len == 0)
    medium->state
        = medium->content == SOLCO_CONTENT_NONE ? SOLCO_MEDIUM_BLANK : SOLCO_MEDIUM_UNSUITABLE;
  else if (medium->state != SOLCO_MEDIUM_CLOSED)
    medium->state = SOLCO_MEDIUM_APPENDABLE;
  if (medium->state == SOLCO_MEDIUM_CLOSED)
    medium->used_blocks = solco_session_chain_round_up (end_block);
  if (medium->state == SOLCO_MEDIUM_UNSUITABLE || medium->state == SOLCO_MEDIUM_CLOSED)
    {
      medium->next_writable_block = -1;
      return TRUE;
    }
  medium->next_writable_block = medium->sessions->len == 0
                                    ? SOLCO_CHAIN_FIRST_BLOCK
                                    : solco_session_chain_round_up (end_block);
  medium->used_blocks = medium->sessions->len == 0 ? 0 : medium->next_writable_block;
  medium->free_blocks = MAX (0, medium->capacity_blocks - medium->next_writable_block);
  return TRUE;
}

gboolean
solco_medium_read_from_drive (SolcoMedium *medium, SolcoDrive *drive, GError **error)
{
  struct burn_drive *burn_drive = solco_drive_get_burn_drive (drive, error);
  enum burn_disc_status status;
  int profile = 0;
  char profile_name[80];

  if (burn_drive == NULL)
    return FALSE;
  status = burn_disc_get_status (burn_drive);
  if (burn_disc_get_profile (burn_drive, &profile, profile_name) == 1)
    {
      medium->profile = (SolcoProfile) profile;
      medium->profile_name = g_strdup (profile_name);
    }
  medium->is_overwritable = solco_profile_is_overwritable (medium->profile);
  solco_task_set_speed_unit (solco_drive_get_task (drive),
                             get_speed_unit_kb_per_s (medium->profile));

  switch (status)
    {
    case BURN_DISC_EMPTY:
      medium->state = SOLCO_MEDIUM_NONE;
      return TRUE;
    case BURN_DISC_BLANK:
      medium->state = SOLCO_MEDIUM_BLANK;
      break;
    case BURN_DISC_APPENDABLE:
      medium->state = SOLCO_MEDIUM_APPENDABLE;
      break;
    case BURN_DISC_FULL:
      medium->state = SOLCO_MEDIUM_CLOSED;
      break;
    case BURN_DISC_UNREADY:
    case BURN_DISC_UNGRABBED:
    case BURN_DISC_UNSUITABLE:
    default:
      medium->state = SOLCO_MEDIUM_UNSUITABLE;
      medium->content = SOLCO_CONTENT_UNREADABLE;
    }

  if (!read_capabilities (medium, drive, burn_drive, error)
      || !read_speeds (medium, drive, burn_drive, error))
    return FALSE;
  read_media_id (medium, burn_drive);
  read_lead_out_limit (medium, burn_drive);
  /* libburn refuses to write to these: pseudo-overwrite and sessions exclude each other. */
  if (burn_drive_get_bd_r_pow (burn_drive) == 1)
    {
      medium->state = SOLCO_MEDIUM_UNSUITABLE;
      medium->content = SOLCO_CONTENT_UNREADABLE;
      medium->is_pseudo_overwrite = TRUE;
      medium->can_append_after_burn = FALSE;
    }
  if (medium->is_overwritable)
    return read_overwritable (medium, drive, burn_drive, error);
  return read_sequential (medium, drive, burn_drive, error);
}
