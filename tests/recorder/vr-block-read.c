/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A block device is read with read(2), too, and mounted. This makes READ (10) commands of the one, as
 * the kernel does, and looks for the other. It is used inside of foreign programs, and therefore needs
 * nothing but the C library. */
#undef _FILE_OFFSET_BITS
#include "vr-block-read.h"

#include <errno.h>
#include <linux/fs.h>
#include <mntent.h>
#include <scsi/sg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define BLOCK_BYTES 2048
#define MOST_BLOCKS 32
#define READ_10 0x28

/* Unit attentions are swallowed, as the kernel does. */
static int
read_blocks (VrIoctlFunc send, int fd, uint32_t lba, unsigned n_blocks, unsigned char *buffer)
{
  for (int i = 0; i < 4; i++)
    {
      unsigned char sense[32] = { 0 };
      unsigned char cdb[10]
          = { READ_10,
              0,
              (unsigned char) (lba >> 24),
              (unsigned char) (lba >> 16),
              (unsigned char) (lba >> 8),
              (unsigned char) lba,
              0,
              0,
              (unsigned char) n_blocks };
      sg_io_hdr_t header = { .interface_id = 'S',
                             .dxfer_direction = SG_DXFER_FROM_DEV,
                             .cmd_len = sizeof cdb,
                             .mx_sb_len = sizeof sense,
                             .dxfer_len = n_blocks * BLOCK_BYTES,
                             .dxferp = buffer,
                             .cmdp = cdb,
                             .sbp = sense,
                             .timeout = 60000 };

      if (send (fd, SG_IO, &header) != 0)
        return -1;
      if (header.status == 0 && header.resid == 0)
        return 0;
      if (header.status == 0 || (sense[2] & 0x0f) != 6)
        break;
    }
  errno = EIO;
  return -1;
}

/**
 * vr_block_get_size:
 * @send: how the drive is reached
 * @fd: the open drive
 *
 * Returns: the size of its block device in bytes, or -1 with errno
 */
off_t
vr_block_get_size (VrIoctlFunc send, int fd)
{
  uint64_t bytes = 0;

  if (send (fd, BLKGETSIZE64, &bytes) != 0)
    return -1;
  return (off_t) bytes;
}

/**
 * vr_block_read:
 * @send: how the drive is reached
 * @fd: the open drive
 * @buffer: (out): room for @size bytes
 * @size: how many bytes are wanted
 * @offset: where they begin
 *
 * Returns: how many bytes were read, 0 at the end, or -1 with errno
 */
ssize_t
vr_block_read (VrIoctlFunc send, int fd, void *buffer, size_t size, off_t offset)
{
  static _Thread_local unsigned char blocks[MOST_BLOCKS * BLOCK_BYTES];
  off_t end = vr_block_get_size (send, fd);
  size_t done = 0;

  if (end < 0)
    return -1;
  while (done < size && offset + (off_t) done < end)
    {
      off_t at = offset + (off_t) done;
      uint32_t lba = (uint32_t) (at / BLOCK_BYTES);
      size_t skip = (size_t) (at % BLOCK_BYTES);
      size_t wanted = size - done + skip;
      off_t left = end / BLOCK_BYTES - lba;
      unsigned n_blocks = MOST_BLOCKS;
      size_t n;

      if ((wanted + BLOCK_BYTES - 1) / BLOCK_BYTES < n_blocks)
        n_blocks = (unsigned) ((wanted + BLOCK_BYTES - 1) / BLOCK_BYTES);
      if (left < (off_t) n_blocks)
        n_blocks = (unsigned) left;
      if (read_blocks (send, fd, lba, n_blocks, blocks) != 0)
        return done > 0 ? (ssize_t) done : -1;
      n = (size_t) n_blocks * BLOCK_BYTES - skip;
      if (n > size - done)
        n = size - done;
      memcpy ((char *) buffer + done, blocks + skip, n);
      done += n;
    }
  return (ssize_t) done;
}

/**
 * vr_block_is_mounted:
 * @node: path of a device
 *
 * Returns: whether a file system comes from it, in the mount table of this process
 */
int
vr_block_is_mounted (const char *node)
{
  FILE *table = setmntent ("/proc/self/mounts", "r");
  struct mntent entry;
  char line[4096];
  int found = 0;

  while (table != NULL && !found && getmntent_r (table, &entry, line, sizeof line) != NULL)
    found = strcmp (entry.mnt_fsname, node) == 0;
  if (table != NULL)
    endmntent (table);
  return found;
}
