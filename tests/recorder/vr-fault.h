/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vr-medium.h"

G_BEGIN_DECLS

/**
 * VrFaultAction:
 *
 * What goes wrong. %VR_FAULT_READ_ONLY and %VR_FAULT_NO_ACCESS are of the device node, all others
 * happen to a command.
 */
typedef enum
{
  VR_FAULT_SENSE,
  VR_FAULT_REMOVE,
  VR_FAULT_SWAP,
  VR_FAULT_GONE,
  VR_FAULT_HANG,
  VR_FAULT_SLOW,
  VR_FAULT_SHORT_READ,
  VR_FAULT_POWER_LOSS,
  VR_FAULT_BUSY,
  VR_FAULT_READ_ONLY,
  VR_FAULT_NO_ACCESS
} VrFaultAction;

/**
 * VrFault:
 * @action: what happens
 * @key: of %VR_FAULT_SENSE, with @asc and @ascq
 * @value: seconds of a hang or of being busy, kB/s of a slow drive, blocks of a short read
 * @swap_name: the medium that is put in, as vr_medium_new_named() takes it
 * @swap_path: (nullable): its backing file
 * @opcodes: which commands it hits; empty for all that need a medium
 * @lba: the block that must be among those of the command, or -1
 * @after: how many commands that match are let through
 * @times: how often it happens; 0 for always
 * @seen: how many commands matched
 * @busy_until_us: monotonic time at which a drive that hangs or is busy has finished, or 0
 */
typedef struct
{
  VrFaultAction action;
  guint8 key;
  guint8 asc;
  guint8 ascq;
  double value;
  char *swap_name;
  char *swap_path;
  GByteArray *opcodes;
  gint64 lba;
  guint after;
  guint times;
  guint seen;
  gint64 busy_until_us;
} VrFault;

VrFault *vr_fault_parse (const char *spec, GError **error);
void vr_fault_free (VrFault *self);
gboolean vr_fault_strikes (VrFault *self, guint8 opcode, gint64 lba, guint32 n_blocks);
gboolean vr_fault_is_spent (const VrFault *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrFault, vr_fault_free)

G_END_DECLS
