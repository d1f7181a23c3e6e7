/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-text-medium.h"

#include <glib/gi18n-lib.h>

#include "solco-capacity.h"
#include "solco-text-size.h"

/* "CD-R", "disc": the medium in the middle of a sentence. */
static const char *
get_short_name (const SolcoMedium *medium)
{
  const char *name = solco_profile_get_name (medium->profile);

  return name != NULL ? name : C_ ("medium", "disc");
}

/**
 * solco_text_medium_dup_kind:
 * @medium: a disc or image file
 *
 * Any thread.
 *
 * Returns: (transfer full): what it is, by the name on the box
 */
char *
solco_text_medium_dup_kind (const SolcoMedium *medium)
{
  g_return_val_if_fail (medium != NULL, NULL);

  g_autofree char *name = solco_text_media_dup_name (medium->profile, medium->capacity_blocks);

  if (medium->is_image_file && solco_profile_get_name (medium->profile) != NULL)
    /* Translators: an image file, and the medium that it stands for */
    return g_strdup_printf (_ ("Disc image, %s"), name);
  return g_steal_pointer (&name);
}

/**
 * solco_text_medium_dup_title:
 * @medium: a disc or image file
 *
 * Any thread.
 *
 * Returns: (transfer full): its label, or what stands for one
 */
char *
solco_text_medium_dup_title (const SolcoMedium *medium)
{
  g_return_val_if_fail (medium != NULL, NULL);

  switch (medium->state)
    {
    case SOLCO_MEDIUM_NONE:
      return g_strdup (_ ("No Disc"));
    case SOLCO_MEDIUM_BLANK:
      if (medium->sessions->len > 0)
        break;
      if (!medium->is_image_file)
        return g_strdup (_ ("Blank Disc"));
      return g_strdup (medium->file_exists ? _ ("Empty Disc Image") : _ ("New Disc Image"));
    case SOLCO_MEDIUM_UNSUITABLE:
      if (medium->is_erasable)
        return g_strdup (medium->is_image_file ? _ ("Foreign Disc Image") : _ ("Foreign Disc"));
      return g_strdup (medium->is_image_file ? _ ("Unusable File") : _ ("Unusable Disc"));
    case SOLCO_MEDIUM_APPENDABLE:
    case SOLCO_MEDIUM_CLOSED:
    default:
      break;
    }
  if (medium->volume_label != NULL && *medium->volume_label != '\0')
    return g_strdup (medium->volume_label);
  if (medium->content == SOLCO_CONTENT_AUDIO)
    return g_strdup (_ ("Audio Disc"));
  return g_strdup (medium->is_image_file ? _ ("Untitled Disc Image") : _ ("Untitled Disc"));
}

/* A disc with sessions to which another one can be added. */
static char *
dup_appendable_line (const SolcoMedium *medium, guint next_session)
{
  const gulong n_sessions = medium->sessions->len;
  const char *name = get_short_name (medium);
  g_autofree char *size = solco_text_size_dup_blocks (solco_capacity_get_free_blocks (medium));

  if (medium->is_image_file && next_session > 0)
    /* Translators: number of the session that is planned, and a size */
    return g_strdup_printf (_ ("Session %u of a disc image · %s free"), next_session, size);
  if (medium->is_image_file)
    /* Translators: a size is last */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%lu session in a disc image · %s free",
                                         "%lu sessions in a disc image · %s free", n_sessions),
                            n_sessions, size);
  if (next_session > 0)
    /* Translators: number of the session that is planned, kind of disc (CD-R), and a size */
    return g_strdup_printf (_ ("Session %u of an appendable %s · %s free"), next_session, name,
                            size);
  /* Translators: how many sessions, kind of disc (CD-R), and a size */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%lu session on an appendable %s · %s free",
                                       "%lu sessions on an appendable %s · %s free", n_sessions),
                          n_sessions, name, size);
}

/* A disc with sessions that takes no further one, closed or full. */
static char *
dup_final_line (const SolcoMedium *medium)
{
  const gulong n_sessions = medium->sessions->len;
  const char *name = get_short_name (medium);

  if (medium->is_image_file && medium->state == SOLCO_MEDIUM_CLOSED)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Closed disc image · %lu session",
                                         "Closed disc image · %lu sessions", n_sessions),
                            n_sessions);
  if (medium->is_image_file)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Full disc image · %lu session",
                                         "Full disc image · %lu sessions", n_sessions),
                            n_sessions);
  if (medium->state == SOLCO_MEDIUM_CLOSED)
    /* Translators: kind of disc (CD-R) */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Closed %s · %lu session",
                                         "Closed %s · %lu sessions", n_sessions),
                            name, n_sessions);
  /* Translators: kind of disc (CD-R) */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Full %s · %lu session",
                                       "Full %s · %lu sessions", n_sessions),
                          name, n_sessions);
}

/**
 * solco_text_medium_dup_line:
 * @medium: a disc or image file
 * @next_session: number of the session that is planned for it; 0 for none
 *
 * Any thread.
 *
 * Returns: (transfer full): the line under the title
 */
char *
solco_text_medium_dup_line (const SolcoMedium *medium, guint next_session)
{
  g_return_val_if_fail (medium != NULL, NULL);

  switch (medium->state)
    {
    case SOLCO_MEDIUM_NONE:
      return g_strdup (_ ("Insert a disc"));
    case SOLCO_MEDIUM_UNSUITABLE:
      if (medium->is_erasable)
        {
          g_autofree char *kind = solco_text_medium_dup_kind (medium);

          /* Translators: a medium, such as "DVD+RW 4.7 GB" */
          return g_strdup_printf (_ ("%s · can be erased and used"), kind);
        }
      return g_strdup (_ ("Solco cannot use it"));
    case SOLCO_MEDIUM_BLANK:
    case SOLCO_MEDIUM_APPENDABLE:
    case SOLCO_MEDIUM_CLOSED:
    default:
      break;
    }
  if (medium->damage != SOLCO_DAMAGE_NONE)
    {
      g_autofree char *kind = solco_text_medium_dup_kind (medium);

      /* Translators: a medium, such as "CD-R 80 min (700 MB)" */
      return g_strdup_printf (_ ("%s · has to be mended"), kind);
    }
  if (medium->state == SOLCO_MEDIUM_BLANK && medium->sessions->len == 0)
    {
      g_autofree char *kind = solco_text_medium_dup_kind (medium);
      g_autofree char *size = solco_text_size_dup_blocks (solco_capacity_get_free_blocks (medium));

      /* Translators: a medium, such as "CD-R 80 min (700 MB)", and a size */
      return g_strdup_printf (_ ("%s · %s free"), kind, size);
    }
  if (medium->state == SOLCO_MEDIUM_CLOSED
      || solco_capacity_get_free_blocks (medium) < SOLCO_MINIMUM_SESSION_BLOCKS)
    return dup_final_line (medium);
  return dup_appendable_line (medium, next_session);
}

/**
 * solco_text_medium_dup_short_line:
 * @medium: a disc or image file
 *
 * Any thread.
 *
 * Returns: (transfer full): the line under the title where there is little room
 */
char *
solco_text_medium_dup_short_line (const SolcoMedium *medium)
{
  g_return_val_if_fail (medium != NULL, NULL);

  if ((medium->state == SOLCO_MEDIUM_BLANK || medium->state == SOLCO_MEDIUM_APPENDABLE)
      && medium->damage == SOLCO_DAMAGE_NONE
      && solco_capacity_get_free_blocks (medium) >= SOLCO_MINIMUM_SESSION_BLOCKS)
    {
      g_autofree char *size = solco_text_size_dup_blocks (solco_capacity_get_free_blocks (medium));

      return g_strdup_printf (_ ("%s · %s free"),
                              medium->is_image_file ? _ ("Disc image") : get_short_name (medium),
                              size);
    }
  return solco_text_medium_dup_line (medium, 0);
}

/**
 * solco_text_medium_dup_recording_line:
 * @medium: a disc or image file
 * @session: number of the session that is being written
 *
 * Any thread.
 *
 * Returns: (transfer full): the line under the title while a burn runs
 */
char *
solco_text_medium_dup_recording_line (const SolcoMedium *medium, guint session)
{
  g_return_val_if_fail (medium != NULL, NULL);

  /* Translators: kind of disc (CD-R), and the number of a session */
  return g_strdup_printf (_ ("%s · writing session %u"),
                          medium->is_image_file ? _ ("Disc image") : get_short_name (medium),
                          session);
}

/**
 * solco_text_medium_get_state:
 * @medium: a disc or image file
 *
 * Any thread.
 *
 * Returns: (transfer none): its state in a word or two
 */
const char *
solco_text_medium_get_state (const SolcoMedium *medium)
{
  g_return_val_if_fail (medium != NULL, NULL);

  switch (medium->state)
    {
    case SOLCO_MEDIUM_NONE:
      return C_ ("state of a disc", "No disc");
    case SOLCO_MEDIUM_BLANK:
      return C_ ("state of a disc", "Blank");
    case SOLCO_MEDIUM_APPENDABLE:
      return C_ ("state of a disc", "Appendable");
    case SOLCO_MEDIUM_CLOSED:
      return C_ ("state of a disc", "Closed");
    case SOLCO_MEDIUM_UNSUITABLE:
    default:
      return C_ ("state of a disc", "Not usable");
    }
}

/**
 * solco_text_medium_get_content:
 * @medium: a disc or image file
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): why its content can not be shown; %NULL where it can, and
 *   where there is none
 */
const char *
solco_text_medium_get_content (const SolcoMedium *medium)
{
  g_return_val_if_fail (medium != NULL, NULL);

  if (medium->is_pseudo_overwrite)
    return _ ("It is formatted for pseudo-overwrite, so that no session can be added.");
  switch (medium->content)
    {
    case SOLCO_CONTENT_UDF:
      return _ ("It holds a UDF file system without ISO 9660, to which Solco cannot add anything.");
    case SOLCO_CONTENT_AUDIO:
      return _ ("It holds audio tracks only.");
    case SOLCO_CONTENT_UNKNOWN:
      return _ ("It holds data that Solco does not understand.");
    case SOLCO_CONTENT_UNREADABLE:
      return _ ("What is on it cannot be read.");
    case SOLCO_CONTENT_NONE:
    case SOLCO_CONTENT_ISO:
    default:
      return NULL;
    }
}

static void
append_item (GString *list, const char *item)
{
  if (list->len > 0)
    g_string_append (list, C_ ("between the parts of a list", ", "));
  g_string_append (list, item);
}

/**
 * solco_text_medium_dup_abilities:
 * @medium: a disc or image file
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): what can be done with it, as a list; %NULL for nothing
 */
char *
solco_text_medium_dup_abilities (const SolcoMedium *medium)
{
  g_return_val_if_fail (medium != NULL, NULL);

  const gboolean takes_session = medium->state == SOLCO_MEDIUM_BLANK
                                 || medium->state == SOLCO_MEDIUM_APPENDABLE;
  g_autoptr (GString) list = g_string_new (NULL);

  if (takes_session)
    append_item (list, medium->can_append_after_burn
                           ? C_ ("what a disc can do", "further sessions")
                           : C_ ("what a disc can do", "one session only"));
  if (takes_session && medium->can_simulate)
    append_item (list, C_ ("what a disc can do", "simulation"));
  if (medium->is_erasable)
    append_item (list, C_ ("what a disc can do", "erasing"));
  if (medium->can_format)
    append_item (list, C_ ("what a disc can do", "formatting"));
  return list->len > 0 ? g_strdup (list->str) : NULL;
}

/**
 * solco_text_medium_dup_speeds:
 * @medium: a disc or image file
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the speeds that it can be written with; %NULL where there are
 *   none to choose from
 */
char *
solco_text_medium_dup_speeds (const SolcoMedium *medium)
{
  g_return_val_if_fail (medium != NULL, NULL);

  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < medium->speeds->len; i++)
    {
      g_autofree char *factor
          = solco_text_speed_dup_factor (g_array_index (medium->speeds, SolcoSpeed, i).factor);

      append_item (list, factor);
    }
  return list->len > 0 ? g_strdup (list->str) : NULL;
}

/**
 * solco_text_medium_dup_damage:
 * @medium: a disc or image file
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): what is damaged and what can be done; %NULL for nothing
 */
char *
solco_text_medium_dup_damage (const SolcoMedium *medium)
{
  g_return_val_if_fail (medium != NULL, NULL);

  switch (medium->damage)
    {
    case SOLCO_DAMAGE_HEAD:
      return g_strdup (_ ("The first blocks are damaged, so that other programs see nothing. All "
                          "sessions are intact, and Solco can mend the first blocks."));
    case SOLCO_DAMAGE_LAST_TRACK:
      return g_strdup (_ ("The newest session was never finished. Solco can close it, so that the "
                          "disc can be used again."));
    case SOLCO_DAMAGE_NONE:
    default:
      return NULL;
    }
}

/**
 * solco_text_medium_dup_readable:
 * @medium: a disc or image file
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): which sessions stay readable, whatever happens to the next
 *   one; %NULL without sessions
 */
char *
solco_text_medium_dup_readable (const SolcoMedium *medium)
{
  g_return_val_if_fail (medium != NULL, NULL);

  switch (medium->sessions->len)
    {
    case 0:
      return NULL;
    case 1:
      return g_strdup (_ ("Session 1 stays readable."));
    case 2:
      return g_strdup (_ ("Sessions 1 and 2 stay readable."));
    default:
      /* Translators: the first one to the last one */
      return g_strdup_printf (_ ("Sessions 1–%u stay readable."), medium->sessions->len);
    }
}

/**
 * solco_text_session_dup_title:
 * @session: a session
 *
 * Any thread.
 *
 * Returns: (transfer full): its number, and its label where it has one
 */
char *
solco_text_session_dup_title (const SolcoSession *session)
{
  g_return_val_if_fail (session != NULL, NULL);

  if (session->volume_label == NULL || *session->volume_label == '\0')
    return g_strdup_printf (_ ("Session %u"), session->number);
  /* Translators: number and label of a session */
  return g_strdup_printf (_ ("Session %u: %s"), session->number, session->volume_label);
}

/**
 * solco_text_session_dup_line:
 * @session: a session
 *
 * Any thread.
 *
 * Returns: (transfer full): when it was written, and its size
 */
char *
solco_text_session_dup_line (const SolcoSession *session)
{
  g_return_val_if_fail (session != NULL, NULL);

  g_autofree char *size = solco_text_size_dup_blocks (session->size_blocks);

  if (session->is_cut_off)
    /* Translators: a size; the burn of the session failed or was stopped */
    return g_strdup_printf (_ ("cut off, of no use · %s"), size);
  if (!session->has_file_system)
    /* Translators: a size; the session holds no files that Solco can read */
    return g_strdup_printf (_ ("no ISO 9660 file system · %s"), size);
  if (session->written_s == 0)
    return g_steal_pointer (&size);

  g_autofree char *date = solco_text_date_dup_with_time (session->written_s);

  return g_strdup_printf ("%s · %s", date, size);
}
