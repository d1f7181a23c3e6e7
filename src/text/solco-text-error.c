/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-text-error.h"

#include <glib/gi18n-lib.h>

#include "solco-error.h"
#include "solco-text-medium.h"

/* What is said about the disc. */
typedef enum
{
  /* Nothing: it is not about a disc. */
  ABOUT_NOTHING,
  /* Refused before anything was written. */
  ABOUT_UNTOUCHED,
  /* It may have been written to: the disc as it was read afterwards is described, or said to be
   * unknown. */
  ABOUT_STATE,
  /* The same, for what mostly fails before or without any writing: not a word if it is unknown. */
  ABOUT_KNOWN_STATE
} About;

typedef struct
{
  const char *title;
  const char *reason;
  const char *advice;
  About about;
  /* Whether the message of the error says more than the sentences do. */
  gboolean has_detail;
} ErrorText;

static const ErrorText texts[] = {
  [SOLCO_ERROR_INTERNAL] = {
    N_ ("Something went wrong inside Solco"),
    N_ ("A library that Solco is built on refused something that should always work, for "
        "instance because memory ran out."),
    N_ ("Close other programs and try again. If it happens again, please report it, with the "
        "log."),
    ABOUT_STATE, TRUE,
  },
  [SOLCO_ERROR_NO_RECORDER] = {
    N_ ("There is no recorder"),
    N_ ("No recorder is selected, or there is none at this address."),
    N_ ("Connect a recorder, choose another one, or burn to a disc image file."),
    ABOUT_NOTHING, TRUE,
  },
  [SOLCO_ERROR_NO_MEDIUM] = {
    N_ ("There is no disc in the recorder"),
    N_ ("The recorder is empty, or its tray is open. Nothing has been written."),
    N_ ("Insert a disc and close the tray."),
    ABOUT_NOTHING, FALSE,
  },
  [SOLCO_ERROR_WRONG_MEDIUM_TYPE] = {
    N_ ("This disc cannot be used for that"),
    N_ ("It is of a kind, or holds something, that this is not possible with: a pressed disc, "
        "audio tracks, or a file system other than ISO 9660."),
    N_ ("Insert another disc."),
    ABOUT_KNOWN_STATE, TRUE,
  },
  [SOLCO_ERROR_BLANK_REQUIRED] = {
    N_ ("A blank disc is needed"),
    N_ ("What is to be burned does not keep the older sessions, and the disc still holds some."),
    N_ ("Insert a blank disc, erase this one if it is rewritable, or undo it if the content was "
        "cleared by mistake."),
    ABOUT_UNTOUCHED, TRUE,
  },
  [SOLCO_ERROR_NOT_ACCESSIBLE] = {
    N_ ("The recorder or file is in use, or locked"),
    N_ ("Another program uses it, or you do not have the permission to open it."),
    N_ ("Close the programs that use it, and try again."),
    ABOUT_KNOWN_STATE, TRUE,
  },
  [SOLCO_ERROR_DEVICE_GONE] = {
    N_ ("The recorder is gone"),
    N_ ("It was unplugged or switched off, or it does not answer any more."),
    N_ ("Connect it again, and look at the disc before you go on."),
    ABOUT_STATE, TRUE,
  },
  [SOLCO_ERROR_DISC_UNREADABLE] = {
    N_ ("The disc cannot be read"),
    N_ ("The drive cannot read what is on the disc, or Solco does not understand it."),
    N_ ("Clean the disc, try another drive, or insert another disc."),
    ABOUT_KNOWN_STATE, TRUE,
  },
  [SOLCO_ERROR_DISC_FULL] = {
    N_ ("It is too much for this disc"),
    N_ ("The session does not fit into what is free on the disc."),
    N_ ("Remove some files, or use a larger disc."),
    ABOUT_UNTOUCHED, TRUE,
  },
  [SOLCO_ERROR_BAD_NAME] = {
    N_ ("This name cannot stand on a disc"),
    N_ ("It is empty or too long, or it has characters that are not possible in a name."),
    N_ ("Choose another name."),
    ABOUT_NOTHING, TRUE,
  },
  [SOLCO_ERROR_NAME_EXISTS] = {
    N_ ("This name is already taken"),
    N_ ("There is already something with this name in the folder."),
    N_ ("Choose another name, or replace what is there."),
    ABOUT_NOTHING, TRUE,
  },
  [SOLCO_ERROR_NOTHING_STAGED] = {
    N_ ("There is nothing to burn"),
    N_ ("Nothing was added, replaced, renamed or removed."),
    N_ ("Add some files or folders first."),
    ABOUT_UNTOUCHED, FALSE,
  },
  [SOLCO_ERROR_WRONG_DISC] = {
    N_ ("This is another disc"),
    N_ ("The session was planned for another disc than the one in the recorder."),
    N_ ("Insert the disc that is expected, or plan the same changes for this one."),
    ABOUT_UNTOUCHED, TRUE,
  },
  [SOLCO_ERROR_CANNOT_WRITE] = {
    N_ ("Writing failed"),
    N_ ("The drive reported an error while it was writing, or the disc cannot be written."),
    N_ ("Try again at a lower speed, or with another disc."),
    ABOUT_STATE, TRUE,
  },
  [SOLCO_ERROR_STREAMING_LOST] = {
    N_ ("The data did not arrive in time"),
    N_ ("The computer could not deliver the data as fast as the drive wrote it, or the data broke "
        "off."),
    N_ ("Close other programs, choose a lower speed, and try again."),
    ABOUT_STATE, TRUE,
  },
  [SOLCO_ERROR_CLOSING_FAILED] = {
    N_ ("The session could not be closed"),
    N_ ("The data was written, but the drive failed to close the track or the session. Other "
        "computers may not see it."),
    N_ ("Read the disc again, and let Solco close the session."),
    ABOUT_STATE, TRUE,
  },
  [SOLCO_ERROR_DISC_CLOSED] = {
    N_ ("This disc is closed"),
    N_ ("It takes no further session."),
    N_ ("Use another disc. A rewritable one can be erased and used again."),
    ABOUT_UNTOUCHED, FALSE,
  },
  [SOLCO_ERROR_DISC_DAMAGED] = {
    N_ ("The disc has to be mended first"),
    N_ ("Its newest session was never finished, or the head of the image is damaged."),
    N_ ("Let Solco mend it. The older sessions are not touched by that."),
    ABOUT_STATE, TRUE,
  },
  [SOLCO_ERROR_NOT_AN_IMAGE] = {
    N_ ("This is no disc image that Solco can use"),
    N_ ("The file is no ISO 9660 image, is cut short, or holds another file system. It has not "
        "been changed."),
    N_ ("Choose another file."),
    ABOUT_NOTHING, TRUE,
  },
  [SOLCO_ERROR_NO_SPACE] = {
    N_ ("There is no space left for the image file"),
    N_ ("The file system that holds it is full."),
    N_ ("Free some space, or choose another folder."),
    ABOUT_STATE, TRUE,
  },
  [SOLCO_ERROR_READ_FAILED] = {
    N_ ("A part of the disc could not be read"),
    N_ ("The drive found a block that it cannot read."),
    N_ ("Clean the disc and try again, or try another drive."),
    ABOUT_KNOWN_STATE, TRUE,
  },
  [SOLCO_ERROR_VERIFY_FAILED] = {
    N_ ("What is on the disc is not what was written"),
    N_ ("It was read back and compared, and it differs."),
    N_ ("Do not rely on this copy. Burn the files again, at a lower speed or on another disc."),
    ABOUT_STATE, TRUE,
  },
  [SOLCO_ERROR_NOT_POSSIBLE] = {
    N_ ("This is not possible here"),
    N_ ("The drive or the disc cannot do it."),
    N_ ("Choose other options, or use another disc or drive."),
    ABOUT_KNOWN_STATE, TRUE,
  },
  [SOLCO_ERROR_SOURCE] = {
    N_ ("A file or folder cannot be used"),
    N_ ("It is missing, or it cannot be opened or read."),
    N_ ("Check that it is there and that you may read it."),
    ABOUT_NOTHING, TRUE,
  },
  [SOLCO_ERROR_DESTINATION] = {
    N_ ("A file or folder cannot be made"),
    N_ ("There is already one, or its place cannot be written to."),
    N_ ("Choose another folder or another name."),
    ABOUT_NOTHING, TRUE,
  },
  [SOLCO_ERROR_NOT_FOUND] = {
    N_ ("It was not found"),
    N_ ("There is no such session, file or folder on the disc or in the project."),
    N_ ("Look at the list of what is there."),
    ABOUT_NOTHING, TRUE,
  },
  [SOLCO_ERROR_PROJECT_INVALID] = {
    N_ ("This project cannot be opened"),
    N_ ("The file is damaged, or it is no project of Solco."),
    N_ ("Choose another file."),
    ABOUT_NOTHING, TRUE,
  },
  [SOLCO_ERROR_PROJECT_VERSION] = {
    N_ ("This project needs a newer Solco"),
    N_ ("It was saved by a newer version, and this one does not understand all of it."),
    N_ ("Update Solco, or open the project where it was made."),
    ABOUT_NOTHING, TRUE,
  },
  [SOLCO_ERROR_ILLEGAL_EDIT] = {
    N_ ("This change is not possible"),
    N_ ("It makes no sense, such as moving a folder into itself."),
    N_ ("Choose another place."),
    ABOUT_NOTHING, TRUE,
  },
  [SOLCO_ERROR_DISC_IN_USE] = {
    N_ ("The disc is in use"),
    N_ ("It is mounted, and a program still uses a file or a folder on it. A disc that is being "
        "written must not be read by others."),
    N_ ("Close the programs that the details name, or let them leave the disc, and try again."),
    ABOUT_UNTOUCHED, TRUE,
  },
  [SOLCO_ERROR_NO_PERMISSION] = {
    N_ ("You may not use this recorder"),
    N_ ("The system lets only some users write to recorders: on most systems, the members of the "
        "group “cdrom”."),
    N_ ("Let an administrator make you a member, with “sudo usermod -aG cdrom” and your user "
        "name. Then log out and in again."),
    ABOUT_NOTHING, TRUE,
  },
};

G_STATIC_ASSERT (G_N_ELEMENTS (texts) == SOLCO_N_ERRORS);

static const ErrorText cancelled_text = {
  N_ ("It was stopped"),
  N_ ("It was stopped before it was finished."),
  N_ ("You can start it again at any time."),
  ABOUT_STATE, FALSE,
};

/* From outside of Solco's own code: a file dialog, say. */
static const ErrorText unknown_text = {
  N_ ("It did not work"),
  N_ ("The system reported an error."),
  N_ ("Try again. If it happens again, please report it, with the log."),
  ABOUT_NOTHING, TRUE,
};

static const ErrorText *
lookup_text (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return &cancelled_text;
  if (error->domain == SOLCO_ERROR && error->code >= 0 && error->code < SOLCO_N_ERRORS)
    return &texts[error->code];
  return &unknown_text;
}

/* How much is on a disc that holds sessions. */
static char *
dup_sessions (const SolcoMedium *now)
{
  const gulong n_sessions = now->sessions->len;

  return g_strdup_printf (
      now->state == SOLCO_MEDIUM_CLOSED
          ? g_dngettext (GETTEXT_PACKAGE, "The disc holds %lu session, and it is closed.",
                         "The disc holds %lu sessions, and it is closed.", n_sessions)
          : g_dngettext (GETTEXT_PACKAGE, "The disc holds %lu session, and it is still open.",
                         "The disc holds %lu sessions, and it is still open.", n_sessions),
      n_sessions);
}

/* The disc after the error. */
static char *
dup_state (const SolcoMedium *now)
{
  const SolcoSession *last;
  g_autofree char *sessions = NULL;

  if (now == NULL || now->state == SOLCO_MEDIUM_NONE)
    return g_strdup (_ ("What is on the disc now is not known. Read it again to see."));
  if (now->damage != SOLCO_DAMAGE_NONE)
    return solco_text_medium_dup_damage (now);
  switch (now->state)
    {
    case SOLCO_MEDIUM_BLANK:
      return g_strdup (_ ("The disc is blank."));
    case SOLCO_MEDIUM_APPENDABLE:
    case SOLCO_MEDIUM_CLOSED:
      sessions = dup_sessions (now);
      last = solco_medium_get_last_session (now);
      if (last == NULL || !last->is_cut_off)
        return g_steal_pointer (&sessions);
      /* Translators: first how many sessions the disc holds, a sentence; then the number of the
       * newest one, whose burn failed or was stopped */
      return g_strdup_printf (_ ("%s Session %u was cut off, and nothing of it can be used."), sessions,
                              last->number);
    case SOLCO_MEDIUM_NONE:
    case SOLCO_MEDIUM_UNSUITABLE:
    default:
      return g_strdup (_ ("The disc cannot be used as it is."));
    }
}

/**
 * solco_text_error_dup_title:
 * @error: an error of %SOLCO_ERROR, a cancellation, or any other
 *
 * Any thread.
 *
 * Returns: (transfer full): in a few words what happened
 */
char *
solco_text_error_dup_title (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return g_strdup (_ (lookup_text (error)->title));
}

/**
 * solco_text_error_dup_reason:
 * @error: an error of %SOLCO_ERROR, a cancellation, or any other
 *
 * Any thread.
 *
 * Returns: (transfer full): why it happened
 */
char *
solco_text_error_dup_reason (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return g_strdup (_ (lookup_text (error)->reason));
}

/**
 * solco_text_error_dup_state:
 * @error: an error of %SOLCO_ERROR, a cancellation, or any other
 * @now: (nullable): the disc as it was read after the error
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the state of the disc; %NULL where that is beside the point
 */
char *
solco_text_error_dup_state (const GError *error, const SolcoMedium *now)
{
  g_return_val_if_fail (error != NULL, NULL);

  switch (lookup_text (error)->about)
    {
    case ABOUT_UNTOUCHED:
      return g_strdup (_ ("The disc has not been changed."));
    case ABOUT_KNOWN_STATE:
      return now != NULL ? dup_state (now) : NULL;
    case ABOUT_STATE:
      return dup_state (now);
    case ABOUT_NOTHING:
    default:
      return NULL;
    }
}

/**
 * solco_text_error_dup_advice:
 * @error: an error of %SOLCO_ERROR, a cancellation, or any other
 *
 * Any thread.
 *
 * Returns: (transfer full): what to do next
 */
char *
solco_text_error_dup_advice (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return g_strdup (_ (lookup_text (error)->advice));
}

/**
 * solco_text_error_dup_detail:
 * @error: an error of %SOLCO_ERROR, a cancellation, or any other
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the technical English, where it says more than the sentences
 */
char *
solco_text_error_dup_detail (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (!lookup_text (error)->has_detail || error->message == NULL || *error->message == '\0')
    return NULL;
  return g_strdup (error->message);
}

/**
 * solco_text_error_dup_body:
 * @error: an error of %SOLCO_ERROR, a cancellation, or any other
 * @now: (nullable): the disc as it was read after the error
 *
 * What a person has to know, a line each: what happened and why; the state of the disc now; what to
 * do next; and the technical English of the error where it says more. Any thread.
 *
 * Returns: (transfer full): the text, without markup
 */
char *
solco_text_error_dup_body (const GError *error, const SolcoMedium *now)
{
  g_return_val_if_fail (error != NULL, NULL);

  g_autofree char *reason = solco_text_error_dup_reason (error);
  g_autofree char *state = solco_text_error_dup_state (error, now);
  g_autofree char *advice = solco_text_error_dup_advice (error);
  g_autofree char *detail = solco_text_error_dup_detail (error);
  GString *body = g_string_new (reason);

  if (state != NULL)
    g_string_append_printf (body, "\n%s", state);
  g_string_append_printf (body, "\n%s", advice);
  if (detail != NULL)
    {
      g_string_append_c (body, '\n');
      /* Translators: followed by a technical message in English */
      g_string_append_printf (body, _ ("Details: %s"), detail);
    }
  return g_string_free (body, FALSE);
}
