/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SOLCO_ERROR:
 *
 * The one error domain of the engine and the model. A user who cancels gets
 * %G_IO_ERROR_CANCELLED instead. The message of such an error is technical English with the
 * libraries' own words and sense data, for the log; the sentence that a person reads is made
 * from the code by src/text.
 */
#define SOLCO_ERROR (solco_error_quark ())

/**
 * SolcoError:
 * @SOLCO_ERROR_INTERNAL: a library refused something that should not fail (out of memory, say)
 * @SOLCO_ERROR_NO_RECORDER: no recorder is selected, or there is none at the address
 * @SOLCO_ERROR_NO_MEDIUM: the recorder holds no disc
 * @SOLCO_ERROR_WRONG_MEDIUM_TYPE: the disc cannot be used for this (pressed, foreign, not
 *   erasable, …)
 * @SOLCO_ERROR_BLANK_REQUIRED: the content was cleared, and the disc holds sessions
 * @SOLCO_ERROR_NOT_ACCESSIBLE: the recorder or image file is busy, or cannot be opened
 * @SOLCO_ERROR_DEVICE_GONE: the recorder went away, or no longer answers
 * @SOLCO_ERROR_DISC_UNREADABLE: what is on the disc cannot be read or is not understood
 * @SOLCO_ERROR_DISC_FULL: the session does not fit
 * @SOLCO_ERROR_BAD_NAME: a name cannot stand on a disc
 * @SOLCO_ERROR_NAME_EXISTS: the name is already taken in that folder
 * @SOLCO_ERROR_NOTHING_STAGED: there is nothing to burn
 * @SOLCO_ERROR_WRONG_DISC: another disc is in the recorder than the one planned for
 * @SOLCO_ERROR_CANNOT_WRITE: the drive reported a write error, or the disc cannot be written
 * @SOLCO_ERROR_STREAMING_LOST: data did not arrive in time, or the source stream broke
 * @SOLCO_ERROR_CLOSING_FAILED: the data was written, but session or track were not closed
 * @SOLCO_ERROR_DISC_CLOSED: the disc takes no further session
 * @SOLCO_ERROR_DISC_DAMAGED: the newest session, or the head of an image, is damaged and has to
 *   be mended first
 * @SOLCO_ERROR_NOT_AN_IMAGE: the file is no ISO 9660 image, is truncated, or holds another
 *   file system
 * @SOLCO_ERROR_NO_SPACE: the file system that holds the image file is full
 * @SOLCO_ERROR_READ_FAILED: a block of the disc could not be read
 * @SOLCO_ERROR_VERIFY_FAILED: what was read back differs from what was written
 * @SOLCO_ERROR_NOT_POSSIBLE: the drive or the disc cannot do this (simulate, close, speed)
 * @SOLCO_ERROR_SOURCE: a file or folder that is to be staged or read cannot be used
 * @SOLCO_ERROR_DESTINATION: a file or folder that is to be made cannot be made
 * @SOLCO_ERROR_NOT_FOUND: no such session, file or folder on the disc or in the project
 * @SOLCO_ERROR_PROJECT_INVALID: the project file is damaged, or not a project file
 * @SOLCO_ERROR_PROJECT_VERSION: the project file was written by a newer Solco
 * @SOLCO_ERROR_ILLEGAL_EDIT: the edit makes no sense (a folder moved into itself, …)
 * @SOLCO_ERROR_DISC_IN_USE: the disc is mounted, and programs use files on it
 * @SOLCO_ERROR_NO_PERMISSION: the user may not open the recorder's node
 *
 * What can go wrong. The results of IMAPI that can still happen have a code each.
 */
typedef enum
{
  SOLCO_ERROR_INTERNAL,
  SOLCO_ERROR_NO_RECORDER,
  SOLCO_ERROR_NO_MEDIUM,
  SOLCO_ERROR_WRONG_MEDIUM_TYPE,
  SOLCO_ERROR_BLANK_REQUIRED,
  SOLCO_ERROR_NOT_ACCESSIBLE,
  SOLCO_ERROR_DEVICE_GONE,
  SOLCO_ERROR_DISC_UNREADABLE,
  SOLCO_ERROR_DISC_FULL,
  SOLCO_ERROR_BAD_NAME,
  SOLCO_ERROR_NAME_EXISTS,
  SOLCO_ERROR_NOTHING_STAGED,
  SOLCO_ERROR_WRONG_DISC,
  SOLCO_ERROR_CANNOT_WRITE,
  SOLCO_ERROR_STREAMING_LOST,
  SOLCO_ERROR_CLOSING_FAILED,
  SOLCO_ERROR_DISC_CLOSED,
  SOLCO_ERROR_DISC_DAMAGED,
  SOLCO_ERROR_NOT_AN_IMAGE,
  SOLCO_ERROR_NO_SPACE,
  SOLCO_ERROR_READ_FAILED,
  SOLCO_ERROR_VERIFY_FAILED,
  SOLCO_ERROR_NOT_POSSIBLE,
  SOLCO_ERROR_SOURCE,
  SOLCO_ERROR_DESTINATION,
  SOLCO_ERROR_NOT_FOUND,
  SOLCO_ERROR_PROJECT_INVALID,
  SOLCO_ERROR_PROJECT_VERSION,
  SOLCO_ERROR_ILLEGAL_EDIT,
  SOLCO_ERROR_DISC_IN_USE,
  SOLCO_ERROR_NO_PERMISSION,
  SOLCO_N_ERRORS
} SolcoError;

GQuark solco_error_quark (void);
const char *solco_error_get_name (SolcoError code);

G_END_DECLS
