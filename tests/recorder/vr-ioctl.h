/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vr-drive.h"

G_BEGIN_DECLS

/**
 * VrIoctlMemory:
 * @user: for the functions
 * @map: gives what the argument points to, or %NULL
 * @map_nested: gives what the pointer at an offset inside of that points to, or %NULL
 *
 * How an ioctl's memory is reached: directly in the same process, or through a socket.
 */
typedef struct
{
  gpointer user;
  gpointer (*map) (gpointer user, gsize size);
  gpointer (*map_nested) (gpointer user, gsize offset, gsize size);
} VrIoctlMemory;

/**
 * VrIoctlResult:
 * @value: what ioctl() returns
 * @error_number: errno when that is -1
 * @delay_us: how long to wait before it returns
 */
typedef struct
{
  int value;
  int error_number;
  guint64 delay_us;
} VrIoctlResult;

void vr_ioctl (VrDrive *drive, gulong request, gulong argument, const VrIoctlMemory *memory,
               VrIoctlResult *result);

G_END_DECLS
