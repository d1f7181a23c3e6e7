/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "solco-disc-identity.h"
#include "solco-profile.h"
#include "solco-tree.h"

G_BEGIN_DECLS

/** SOLCO_MANIFEST_NAME: the manifest of a session, in its root, in the format of sha256sum */
#define SOLCO_MANIFEST_NAME "SHA256SUMS"

/**
 * SolcoTarget:
 * @address: "/dev/sr0", or "stdio:/path/disc.iso" for an image file
 * @image_kind: medium that a new image file stands for; an existing one keeps its own limit
 * @image_size_bytes: for %SOLCO_IMAGE_KIND_BYTES
 *
 * Where to write or read. Immutable once it is part of a request or plan.
 */
typedef struct
{
  char *address;
  SolcoImageKind image_kind;
  guint64 image_size_bytes;
} SolcoTarget;

SolcoTarget *solco_target_new (const char *address, SolcoImageKind image_kind,
                               guint64 image_size_bytes);
SolcoTarget *solco_target_copy (const SolcoTarget *self);
void solco_target_free (SolcoTarget *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SolcoTarget, solco_target_free)
/* The path of an image file, NULL for a drive. */
const char *solco_target_get_image_path (const SolcoTarget *self);

/** SolcoVerifyMode: how what was written is checked */
typedef enum
{
  SOLCO_VERIFY_NONE,
  SOLCO_VERIFY_QUICK,
  SOLCO_VERIFY_FULL,
  SOLCO_VERIFY_ORIGINALS
} SolcoVerifyMode;

/**
 * SolcoPlan:
 * @target: where to
 * @tree: the whole tree that the new session will show: new nodes with a source, nodes of the
 *   disc with a disc_index
 * @disc: (nullable): the disc that the plan was made for (multi-session mode); %NULL: a blank disc
 * @disc_tree: (nullable): the tree that was read from @disc, which the disc_index values refer to
 * @erase: without @disc: sessions that are on the disc may be erased
 * @erase_disc: (nullable): with @erase: the disc whose loss was agreed to; another one is not erased
 * @mend: a damaged head of an image may be mended first
 * @volume_label: UTF-8, not empty
 * @close_disc: no further session afterwards
 * @simulate: write with the laser off
 * @manifest: write the SHA-256 manifest
 * @session_md5: close the session's parts with libisofs's MD5 tags; without them and a manifest
 *   nothing can be verified
 * @file_md5: record an MD5 of every file in the file system as well
 * @verify: what to do afterwards
 * @eject: eject afterwards
 * @speed_kb_per_s: 0 for the drive's maximum
 *
 * The frozen copy of all that a burn needs: the only input of a burn. Nobody changes it once
 * it is part of a request. Any thread.
 */
typedef struct
{
  gatomicrefcount ref_count;
  SolcoTarget *target;
  SolcoTree *tree;
  SolcoDiscIdentity *disc;
  SolcoTree *disc_tree;
  gboolean erase;
  SolcoDiscIdentity *erase_disc;
  gboolean mend;
  char *volume_label;
  gboolean close_disc;
  gboolean simulate;
  gboolean manifest;
  gboolean session_md5;
  gboolean file_md5;
  SolcoVerifyMode verify;
  gboolean eject;
  guint speed_kb_per_s;
} SolcoPlan;

#define SOLCO_TYPE_PLAN (solco_plan_get_type ())
GType solco_plan_get_type (void);

/* Takes a reference to @tree, copies @target; manifest and MD5 tags on, the rest zero (no verification). */
SolcoPlan *solco_plan_new (const SolcoTarget *target, SolcoTree *tree, const char *volume_label);
SolcoPlan *solco_plan_ref (SolcoPlan *self);
void solco_plan_unref (SolcoPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SolcoPlan, solco_plan_unref)

G_END_DECLS
