/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "solco-plan.h"

G_BEGIN_DECLS

/** SolcoRequestKind: what the engine is asked to do */
typedef enum
{
  SOLCO_REQUEST_READ_DISC,
  SOLCO_REQUEST_MEASURE,
  SOLCO_REQUEST_BURN,
  SOLCO_REQUEST_BURN_IMAGE,
  SOLCO_REQUEST_ERASE,
  SOLCO_REQUEST_MEND,
  SOLCO_REQUEST_EJECT,
  SOLCO_REQUEST_EXTRACT,
  SOLCO_REQUEST_VERIFY
} SolcoRequestKind;

/**
 * SolcoEraseMode:
 * @SOLCO_ERASE_FAST: only the table of contents; an image file becomes empty
 * @SOLCO_ERASE_FULL: everything is overwritten
 * @SOLCO_ERASE_FORMAT: DVD-RW to restricted overwrite, DVD+RW, DVD-RAM, BD-RE: format
 */
typedef enum
{
  SOLCO_ERASE_FAST,
  SOLCO_ERASE_FULL,
  SOLCO_ERASE_FORMAT
} SolcoEraseMode;

/**
 * SolcoRequest:
 *
 * A command to the engine, with all data that it needs: immutable, owned by reference, with no
 * node and no widget in it. Any thread.
 */
typedef struct _SolcoRequest SolcoRequest;

#define SOLCO_TYPE_REQUEST (solco_request_get_type ())
GType solco_request_get_type (void);

SolcoRequest *solco_request_ref (SolcoRequest *self);
void solco_request_unref (SolcoRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SolcoRequest, solco_request_unref)

SolcoRequestKind solco_request_get_kind (const SolcoRequest *self);
const SolcoTarget *solco_request_get_target (const SolcoRequest *self);
/* Of a burn or measurement, else NULL. */
SolcoPlan *solco_request_get_plan (const SolcoRequest *self);
/* What is done after writing, or the way of a verification; NONE for all other kinds. */
SolcoVerifyMode solco_request_get_verify (const SolcoRequest *self);
gboolean solco_request_is_simulation (const SolcoRequest *self);
gboolean solco_request_get_eject (const SolcoRequest *self);
/* Of an extraction, else NULL. */
const char *solco_request_get_directory (const SolcoRequest *self);

/* Reads medium, sessions and the tree of a session (0: the newest). The result has the medium,
 * and the tree where there is one; a disc without one is no error. */
SolcoRequest *solco_request_new_read_disc (const SolcoTarget *target, guint session);
/* Computes the exact size of the session that @plan would make, against the disc that is in. */
SolcoRequest *solco_request_new_measure (SolcoPlan *plan);
SolcoRequest *solco_request_new_burn (SolcoPlan *plan);
/* Writes an existing image as it is, and compares it afterwards unless verify is NONE.
 * @erase: sessions on the disc may be overwritten; @expected: (nullable): only those of this disc. */
SolcoRequest *solco_request_new_burn_image (const SolcoTarget *target, const char *image_path,
                                            gboolean erase, const SolcoDiscIdentity *expected,
                                            gboolean simulate, gboolean close_disc,
                                            SolcoVerifyMode verify, guint speed_kb_per_s,
                                            gboolean eject);
/* @expected: (nullable): the disc whose loss was agreed to; another one is WRONG_DISC. */
SolcoRequest *solco_request_new_erase (const SolcoTarget *target, SolcoEraseMode mode,
                                       const SolcoDiscIdentity *expected);
/* Writes a damaged head of an image anew from its chain of sessions, or closes a damaged track. */
SolcoRequest *solco_request_new_mend (const SolcoTarget *target);
SolcoRequest *solco_request_new_eject (const SolcoTarget *target);
/* @paths: (nullable): paths on the disc, NULL for all; @directory: a local folder, made if it is
 * missing. Files that exist there are never overwritten unless @overwrite. */
SolcoRequest *solco_request_new_extract (const SolcoTarget *target, guint session,
                                         const char *const *paths, const char *directory,
                                         gboolean overwrite);
/* @originals: (nullable): for %SOLCO_VERIFY_ORIGINALS: tree whose sources are compared with the
 * files of the same path on the disc. */
SolcoRequest *solco_request_new_verify (const SolcoTarget *target, guint session,
                                        SolcoVerifyMode mode, SolcoTree *originals);

G_END_DECLS
