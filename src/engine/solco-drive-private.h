/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-libraries-private.h"
#include "solco-plan.h"
#include "solco-task-private.h"

G_BEGIN_DECLS

struct burn_drive;

/*
 * SolcoDrive: an open recorder (grabbed through libburn) or image file (an open descriptor, locked
 * against a second Solco; libburn opens it as well while it writes). Engine's thread only.
 */
typedef struct _SolcoDrive SolcoDrive;

/* READ: beside a mount of the disc, so that the desktop can mount it meanwhile. WRITE: alone; a disc that
 * is mounted is unmounted first. */
typedef enum
{
  SOLCO_DRIVE_READ,
  SOLCO_DRIVE_WRITE
} SolcoDriveAccess;

/* Opens @target. An image file that does not exist is no error: its size is 0 then. */
SolcoDrive *solco_drive_open (SolcoTask *task, const SolcoTarget *target, SolcoDriveAccess access,
                              GError **error);
/* Releases the drive; an image file's lock too. */
void solco_drive_close (SolcoDrive *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SolcoDrive, solco_drive_close)

SolcoTask *solco_drive_get_task (SolcoDrive *self);
const SolcoTarget *solco_drive_get_target (SolcoDrive *self);
gboolean solco_drive_is_image (SolcoDrive *self);
/* Image files: the descriptor, −1 where the file does not exist yet. */
int solco_drive_get_fd (SolcoDrive *self);
/* Image files: bytes of the file; 0 for drives. */
gint64 solco_drive_get_file_size_bytes (SolcoDrive *self);
/* Image files: creates the file where it does not exist. @created tells. */
gboolean solco_drive_create_file (SolcoDrive *self, gboolean *created, GError **error);
/* libburn's drive. For an image file it is opened on the first call. */
struct burn_drive *solco_drive_get_burn_drive (SolcoDrive *self, GError **error);
/* Gives libburn's side of an image file up again, so that its own descriptors are closed. */
void solco_drive_release_burn_drive (SolcoDrive *self);
/* Opens the tray of a drive that was opened for WRITE, and gives it up. Not for image files. */
gboolean solco_drive_eject (SolcoDrive *self, GError **error);
/* Lets the drive look at its medium again: cached state does not survive a write, erase or
 * format. */
gboolean solco_drive_reassess (SolcoDrive *self, GError **error);

/* From here on the last 32 blocks that were read with one call are kept, and read from memory, until
 * the second one: for whoever looks at the start of a session several times while nothing is
 * written. Image files do not need it. */
void solco_drive_keep_starts (SolcoDrive *self);
void solco_drive_stop_keeping (SolcoDrive *self);

/* Reads @n_blocks whole blocks. Beyond the end of an image file: %SOLCO_ERROR_READ_FAILED. */
gboolean solco_drive_read (SolcoDrive *self, gint64 block, guint n_blocks, guint8 *buffer,
                           GError **error);

/* Calls @func, which starts something in libburn, and again as long as libburn refuses it since the
 * thread of what was before has not ended: it says so in a message only. @messages: what it said in
 * the end. */
typedef void (*SolcoDriveStartFunc) (SolcoDrive *self, gpointer user_data);
gboolean solco_drive_start (SolcoDrive *self, SolcoDriveStartFunc func, gpointer user_data,
                            SolcoMessages *messages, GError **error);

/* After an operation that failed, and whose messages were taken: waits for the end of libburn's thread. Where the drive went away,
 * libburn calls it idle while that thread still finds out. FALSE: it did not end in time. */
gboolean solco_drive_join (SolcoDrive *self);

/* The error for a libburn call that failed: @what and the words of the queues, with @code unless
 * they know better: %SOLCO_ERROR_DEVICE_GONE, %SOLCO_ERROR_NO_MEDIUM. The drive remembers those. */
void solco_drive_set_error (SolcoDrive *self, GError **error, int code, const char *what);
/* The same with messages that were taken already. */
void solco_drive_set_error_from (SolcoDrive *self, GError **error, int code, const char *what,
                                 const SolcoMessages *messages);
/* FALSE with the error of the call that found out, where the drive or its medium went away. */
gboolean solco_drive_check_present (SolcoDrive *self, GError **error);

G_END_DECLS
