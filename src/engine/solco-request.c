/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-request-private.h"

G_DEFINE_BOXED_TYPE (SolcoRequest, solco_request, solco_request_ref, solco_request_unref)

static SolcoRequest *
request_new (SolcoRequestKind kind, const SolcoTarget *target)
{
  SolcoRequest *self = g_new0 (SolcoRequest, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->kind = kind;
  self->target = solco_target_copy (target);
  return self;
}

/**
 * solco_request_ref:
 * @self: a request
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
SolcoRequest *
solco_request_ref (SolcoRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * solco_request_unref:
 * @self: (transfer full): a request
 *
 * Any thread.
 */
void
solco_request_unref (SolcoRequest *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  solco_target_free (self->target);
  g_clear_pointer (&self->plan, solco_plan_unref);
  g_clear_pointer (&self->expected, solco_disc_identity_free);
  g_clear_pointer (&self->originals, solco_tree_unref);
  g_free (self->image_path);
  g_strfreev (self->paths);
  g_free (self->directory);
  g_free (self);
}

/**
 * solco_request_get_kind:
 * @self: a request
 *
 * Any thread.
 *
 * Returns: what the engine is asked to do
 */
SolcoRequestKind
solco_request_get_kind (const SolcoRequest *self)
{
  g_return_val_if_fail (self != NULL, SOLCO_REQUEST_READ_DISC);

  return self->kind;
}

/**
 * solco_request_get_target:
 * @self: a request
 *
 * Any thread.
 *
 * Returns: (transfer none): recorder or image file
 */
const SolcoTarget *
solco_request_get_target (const SolcoRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->target;
}

/**
 * solco_request_get_plan:
 * @self: a request
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): what is burned or measured; %NULL for other kinds
 */
SolcoPlan *
solco_request_get_plan (const SolcoRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->plan;
}

/**
 * solco_request_get_verify:
 * @self: a request
 *
 * Any thread.
 *
 * Returns: how the disc is read back after writing, or how a verification reads it
 */
SolcoVerifyMode
solco_request_get_verify (const SolcoRequest *self)
{
  g_return_val_if_fail (self != NULL, SOLCO_VERIFY_NONE);

  return self->plan != NULL ? self->plan->verify : self->verify;
}

/**
 * solco_request_is_simulation:
 * @self: a request
 *
 * Any thread.
 *
 * Returns: whether the laser stays off
 */
gboolean
solco_request_is_simulation (const SolcoRequest *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->plan != NULL ? self->plan->simulate : self->simulate;
}

/**
 * solco_request_get_eject:
 * @self: a request
 *
 * Any thread.
 *
 * Returns: whether the disc is ejected at the end
 */
gboolean
solco_request_get_eject (const SolcoRequest *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->plan != NULL ? self->plan->eject : self->eject;
}

/**
 * solco_request_get_directory:
 * @self: a request
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable) (type filename): where files are copied to; %NULL for other
 *   kinds
 */
const char *
solco_request_get_directory (const SolcoRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->directory;
}

/**
 * solco_request_new_read_disc:
 * @target: recorder or image file
 * @session: 1-based session whose tree is wanted, 0 for the newest
 *
 * Reads the medium, its sessions and one tree. A disc without a tree is no error; a session that
 * does not exist is %SOLCO_ERROR_NOT_FOUND.
 *
 * Returns: (transfer full): a request
 */
SolcoRequest *
solco_request_new_read_disc (const SolcoTarget *target, guint session)
{
  SolcoRequest *self = request_new (SOLCO_REQUEST_READ_DISC, target);

  self->session = session;
  return self;
}

static SolcoRequest *
request_new_for_plan (SolcoRequestKind kind, SolcoPlan *plan)
{
  SolcoRequest *self = request_new (kind, plan->target);

  self->plan = solco_plan_ref (plan);
  return self;
}

/**
 * solco_request_new_measure:
 * @plan: a plan
 *
 * Computes the exact size of the session that @plan makes, and what it leaves on the disc that is
 * in. Writes nothing. Fails as the burn would where the disc does not suit.
 *
 * Returns: (transfer full): a request
 */
SolcoRequest *
solco_request_new_measure (SolcoPlan *plan)
{
  return request_new_for_plan (SOLCO_REQUEST_MEASURE, plan);
}

/**
 * solco_request_new_burn:
 * @plan: a plan
 *
 * Burns or appends a session, reads the disc again, and verifies as the plan says.
 *
 * Returns: (transfer full): a request
 */
SolcoRequest *
solco_request_new_burn (SolcoPlan *plan)
{
  return request_new_for_plan (SOLCO_REQUEST_BURN, plan);
}

/**
 * solco_request_new_burn_image:
 * @target: recorder or image file
 * @image_path: (type filename): the existing image
 * @erase: sessions that are on the disc may be overwritten
 * @expected: (nullable): with @erase: disc whose loss was agreed to; if another one is in, and it
 *   is not blank, nothing happens and the job fails with %SOLCO_ERROR_WRONG_DISC
 * @simulate: write with the laser off
 * @close_disc: finish the disc
 * @verify: anything but %SOLCO_VERIFY_NONE compares the disc with the image
 * @speed_kb_per_s: 0 for the drive's maximum
 * @eject: eject afterwards
 *
 * Writes an existing image onto a blank disc as it is.
 *
 * Returns: (transfer full): a request
 */
SolcoRequest *
solco_request_new_burn_image (const SolcoTarget *target, const char *image_path, gboolean erase,
                              const SolcoDiscIdentity *expected, gboolean simulate,
                              gboolean close_disc, SolcoVerifyMode verify, guint speed_kb_per_s,
                              gboolean eject)
{
  SolcoRequest *self = request_new (SOLCO_REQUEST_BURN_IMAGE, target);

  self->image_path = g_strdup (image_path);
  self->erase = erase;
  self->expected = expected != NULL ? solco_disc_identity_copy (expected) : NULL;
  self->simulate = simulate;
  self->close_disc = close_disc;
  self->verify = verify;
  self->speed_kb_per_s = speed_kb_per_s;
  self->eject = eject;
  return self;
}

/**
 * solco_request_new_erase:
 * @target: recorder or image file
 * @mode: how
 * @expected: (nullable): disc whose loss was agreed to; if another one is in, nothing happens
 *   and the job fails with %SOLCO_ERROR_WRONG_DISC
 *
 * Makes a rewritable disc blank.
 *
 * Returns: (transfer full): a request
 */
SolcoRequest *
solco_request_new_erase (const SolcoTarget *target, SolcoEraseMode mode,
                         const SolcoDiscIdentity *expected)
{
  SolcoRequest *self = request_new (SOLCO_REQUEST_ERASE, target);

  self->erase_mode = mode;
  self->expected = expected != NULL ? solco_disc_identity_copy (expected) : NULL;
  return self;
}

/**
 * solco_request_new_mend:
 * @target: recorder or image file
 *
 * Writes the damaged head of an image or overwritable disc anew from its chain of sessions, or
 * closes a track that was never finished. %SOLCO_ERROR_NOT_POSSIBLE where nothing is damaged.
 *
 * Returns: (transfer full): a request
 */
SolcoRequest *
solco_request_new_mend (const SolcoTarget *target)
{
  return request_new (SOLCO_REQUEST_MEND, target);
}

/**
 * solco_request_new_eject:
 * @target: a recorder
 *
 * Opens the tray. Image files have none: %SOLCO_ERROR_NOT_POSSIBLE.
 *
 * Returns: (transfer full): a request
 */
SolcoRequest *
solco_request_new_eject (const SolcoTarget *target)
{
  return request_new (SOLCO_REQUEST_EJECT, target);
}

/**
 * solco_request_new_extract:
 * @target: recorder or image file
 * @session: 1-based session, 0 for the newest
 * @paths: (nullable) (array zero-terminated=1): paths on the disc, %NULL for all
 * @directory: (type filename): local folder, made if it is missing
 * @overwrite: replace files that are there already
 *
 * Copies files out of a session.
 *
 * Returns: (transfer full): a request
 */
SolcoRequest *
solco_request_new_extract (const SolcoTarget *target, guint session, const char *const *paths,
                           const char *directory, gboolean overwrite)
{
  SolcoRequest *self = request_new (SOLCO_REQUEST_EXTRACT, target);

  self->session = session;
  self->paths = g_strdupv ((char **) paths);
  self->directory = g_strdup (directory);
  self->overwrite = overwrite;
  return self;
}

/**
 * solco_request_new_verify:
 * @target: recorder or image file
 * @session: 1-based session, 0 for the newest
 * @mode: not %SOLCO_VERIFY_NONE
 * @originals: (nullable): for %SOLCO_VERIFY_ORIGINALS: the tree whose sources are compared with
 *   the files of the same path
 *
 * Reads the data back and checks it.
 *
 * Returns: (transfer full): a request
 */
SolcoRequest *
solco_request_new_verify (const SolcoTarget *target, guint session, SolcoVerifyMode mode,
                          SolcoTree *originals)
{
  SolcoRequest *self = request_new (SOLCO_REQUEST_VERIFY, target);

  self->session = session;
  self->verify = mode;
  self->originals = originals != NULL ? solco_tree_ref (originals) : NULL;
  return self;
}
