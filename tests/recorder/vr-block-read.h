/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sys/types.h>

/* Sends an ioctl to the open drive. */
typedef int (*VrIoctlFunc) (int fd, unsigned long request, void *argument);

ssize_t vr_block_read (VrIoctlFunc send, int fd, void *buffer, size_t size, off_t offset);
off_t vr_block_get_size (VrIoctlFunc send, int fd);
int vr_block_is_mounted (const char *node);
