/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-plan.h"

/* How libburn tells a file from a drive. */
#define FILE_PREFIX "stdio:"

G_DEFINE_BOXED_TYPE (SolcoPlan, solco_plan, solco_plan_ref, solco_plan_unref)

/**
 * solco_target_new:
 * @address: "/dev/sr0", or "stdio:/path/disc.iso" for an image file
 * @image_kind: medium that a new image file stands for
 * @image_size_bytes: for %SOLCO_IMAGE_KIND_BYTES
 *
 * Any thread.
 *
 * Returns: (transfer full): the target
 */
SolcoTarget *
solco_target_new (const char *address, SolcoImageKind image_kind, guint64 image_size_bytes)
{
  g_return_val_if_fail (address != NULL, NULL);

  SolcoTarget *self = g_new (SolcoTarget, 1);

  self->address = g_strdup (address);
  self->image_kind = image_kind;
  self->image_size_bytes = image_size_bytes;
  return self;
}

/**
 * solco_target_copy:
 * @self: a target
 *
 * Any thread.
 *
 * Returns: (transfer full): a copy of it
 */
SolcoTarget *
solco_target_copy (const SolcoTarget *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return solco_target_new (self->address, self->image_kind, self->image_size_bytes);
}

/**
 * solco_target_free:
 * @self: (transfer full): a target
 *
 * Any thread.
 */
void
solco_target_free (SolcoTarget *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->address);
  g_free (self);
}

/**
 * solco_target_get_image_path:
 * @self: a target
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable) (type filename): the path of an image file, %NULL for a
 *   drive
 */
const char *
solco_target_get_image_path (const SolcoTarget *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (!g_str_has_prefix (self->address, FILE_PREFIX))
    return NULL;
  return self->address + sizeof FILE_PREFIX - 1;
}

/**
 * solco_plan_new:
 * @target: where to; copied
 * @tree: the whole tree that the session will show; a reference is taken
 * @volume_label: UTF-8, not empty
 *
 * A plan for a blank disc that stays open, with the manifest and MD5 tags, without verification; its
 * maker sets the rest before it becomes part of a request. Any thread.
 *
 * Returns: (transfer full): the plan
 */
SolcoPlan *
solco_plan_new (const SolcoTarget *target, SolcoTree *tree, const char *volume_label)
{
  g_return_val_if_fail (target != NULL && tree != NULL, NULL);
  g_return_val_if_fail (volume_label != NULL && *volume_label != '\0', NULL);

  SolcoPlan *self = g_new0 (SolcoPlan, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->target = solco_target_copy (target);
  self->tree = solco_tree_ref (tree);
  self->volume_label = g_strdup (volume_label);
  self->manifest = TRUE;
  self->session_md5 = TRUE;
  return self;
}

/**
 * solco_plan_ref:
 * @self: a plan
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
SolcoPlan *
solco_plan_ref (SolcoPlan *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * solco_plan_unref:
 * @self: (transfer full): a plan
 *
 * Any thread.
 */
void
solco_plan_unref (SolcoPlan *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  solco_target_free (self->target);
  solco_tree_unref (self->tree);
  g_clear_pointer (&self->disc, solco_disc_identity_free);
  g_clear_pointer (&self->erase_disc, solco_disc_identity_free);
  g_clear_pointer (&self->disc_tree, solco_tree_unref);
  g_free (self->volume_label);
  g_free (self);
}
