/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The transport without a transport: open, ioctl and their kin are defined in the executable, and
 * therefore found before those of the C library by libburn and libcdio, too. A drive that was
 * attached to a node is reached through them; everything else goes on to the C library. */
#undef _FILE_OFFSET_BITS
#undef _FORTIFY_SOURCE
#include "vr-inprocess.h"

#include "vr-block-read.h"
#include "vr-ioctl.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>

#define MOST_FDS 4096
#define MOST_NODES 8
#define SCSI_CDROM_MAJOR 11

int __open_2 (const char *path, int flags);
int __open64_2 (const char *path, int flags);
ssize_t __read_chk (int fd, void *buffer, size_t size, size_t room);
int __xstat (int version, const char *path, struct stat *info);
int __lxstat (int version, const char *path, struct stat *info);
int __fxstat (int version, int fd, struct stat *info);
int __xstat64 (int version, const char *path, struct stat64 *info);
int __lxstat64 (int version, const char *path, struct stat64 *info);
int __fxstat64 (int version, int fd, struct stat64 *info);

typedef struct
{
  char path[64];
  VrDrive *drive;
  /* The descriptor that holds it exclusively, or -1. */
  int holder;
  guint n_plugs; /* of the drive when the holder opened it */
} Node;

static Node nodes[MOST_NODES];
static GMutex lock;
/* Which node a descriptor is, counted from 1. */
static atomic_uchar node_of_fd[MOST_FDS];
static atomic_uint sleep_divisor = 1;

#define NEXT(name, type, ...)                                                                      \
  static type (*next_##name) (__VA_ARGS__);                                                        \
  if (next_##name == NULL)                                                                         \
    {                                                                                              \
      next_##name = (type (*) (__VA_ARGS__)) dlsym (RTLD_NEXT, #name);                             \
    }

/**
 * vr_inprocess_attach:
 * @drive: a drive that stays alive until it is detached
 * @node: the path that it is opened by, such as "/dev/sr0"
 *
 * Any thread.
 *
 * Returns: whether there was a place for it
 */
gboolean
vr_inprocess_attach (VrDrive *drive, const char *node)
{
  gboolean is_attached = FALSE;

  g_return_val_if_fail (strlen (node) < sizeof nodes[0].path, FALSE);
  g_mutex_lock (&lock);
  for (guint i = 0; i < MOST_NODES && !is_attached; i++)
    if (nodes[i].drive == NULL)
      {
        g_strlcpy (nodes[i].path, node, sizeof nodes[i].path);
        nodes[i].holder = -1;
        nodes[i].drive = drive;
        is_attached = TRUE;
      }
  g_mutex_unlock (&lock);
  return is_attached;
}

/**
 * vr_inprocess_detach:
 * @drive: a drive that nobody has open any more
 *
 * Any thread.
 */
void
vr_inprocess_detach (VrDrive *drive)
{
  g_mutex_lock (&lock);
  for (guint i = 0; i < MOST_NODES; i++)
    if (nodes[i].drive == drive)
      nodes[i] = (Node){ .holder = -1 };
  g_mutex_unlock (&lock);
}

/**
 * vr_inprocess_set_sleep_divisor:
 * @divisor: how much shorter sleep(), usleep() and nanosleep() are to be; 1 for not at all
 */
void
vr_inprocess_set_sleep_divisor (guint divisor)
{
  sleep_divisor = MAX (divisor, 1);
}

static Node *
find_node (const char *path)
{
  if (path == NULL || strncmp (path, "/dev/", 5) != 0)
    return NULL;
  for (guint i = 0; i < MOST_NODES; i++)
    if (nodes[i].drive != NULL && strcmp (nodes[i].path, path) == 0
        && !vr_drive_is_gone (nodes[i].drive))
      return &nodes[i];
  return NULL;
}

/* Real drives are not for tests. */
static gboolean
is_foreign_drive (const char *path)
{
  return path != NULL
         && (strncmp (path, "/dev/sr", 7) == 0 || strncmp (path, "/dev/sg", 7) == 0
             || strncmp (path, "/dev/scd", 8) == 0);
}

static Node *
get_node (int fd)
{
  guint number = fd >= 0 && fd < MOST_FDS ? node_of_fd[fd] : 0;

  return number > 0 ? &nodes[number - 1] : NULL;
}

static int
open_node (Node *node, int flags)
{
  int fd = -1;

  if (!vr_drive_may_open (node->drive, (flags & O_ACCMODE) != O_RDONLY))
    {
      errno = EACCES;
      return -1;
    }
  g_mutex_lock (&lock);
  if (node->n_plugs != vr_drive_get_n_plugs (node->drive))
    {
      node->n_plugs = vr_drive_get_n_plugs (node->drive);
      node->holder = -1;
    }
  if ((flags & O_EXCL) != 0 && (node->holder >= 0 || vr_block_is_mounted (node->path)))
    errno = EBUSY;
  else
    fd = memfd_create ("virtual-recorder", MFD_CLOEXEC);
  if (fd >= MOST_FDS)
    {
      close (fd);
      errno = EMFILE;
      fd = -1;
    }
  if (fd >= 0)
    {
      node_of_fd[fd] = (guchar) (node - nodes + 1);
      if ((flags & O_EXCL) != 0)
        node->holder = fd;
    }
  g_mutex_unlock (&lock);
  return fd;
}

#define WRAP_OPEN(name)                                                                            \
  int name (const char *path, int flags, ...)                                                      \
  {                                                                                                \
    NEXT (name, int, const char *, int, ...)                                                       \
    Node *node = find_node (path);                                                                 \
    mode_t mode = 0;                                                                               \
                                                                                                   \
    if (node != NULL)                                                                              \
      return open_node (node, flags);                                                              \
    if (is_foreign_drive (path))                                                                   \
      {                                                                                            \
        errno = ENOENT;                                                                            \
        return -1;                                                                                 \
      }                                                                                            \
    if ((flags & (O_CREAT | __O_TMPFILE)) != 0)                                                    \
      {                                                                                            \
        va_list arguments;                                                                         \
                                                                                                   \
        va_start (arguments, flags);                                                               \
        mode = va_arg (arguments, mode_t);                                                         \
        va_end (arguments);                                                                        \
      }                                                                                            \
    return next_##name (path, flags, mode);                                                        \
  }

WRAP_OPEN (open)
WRAP_OPEN (open64)

int
__open_2 (const char *path, int flags)
{
  return open (path, flags);
}

int
__open64_2 (const char *path, int flags)
{
  return open64 (path, flags);
}

int
close (int fd)
{
  NEXT (close, int, int)
  Node *node = get_node (fd);

  if (node != NULL)
    {
      g_mutex_lock (&lock);
      node_of_fd[fd] = 0;
      if (node->holder == fd)
        node->holder = -1;
      g_mutex_unlock (&lock);
    }
  return next_close (fd);
}

static gpointer
map_argument (gpointer user, gsize size)
{
  return user;
}

static gpointer
map_pointer (gpointer user, gsize offset, gsize size)
{
  gpointer pointer;

  memcpy (&pointer, (char *) user + offset, sizeof pointer);
  return pointer;
}

static int
send_ioctl (int fd, gulong request, void *argument)
{
  const VrIoctlMemory memory
      = { .user = argument, .map = map_argument, .map_nested = map_pointer };
  Node *node = get_node (fd);
  VrIoctlResult result;

  vr_ioctl (node->drive, request, (gulong) argument, &memory, &result);
  if (result.delay_us > 0)
    {
      NEXT (nanosleep, int, const struct timespec *, struct timespec *)
      struct timespec time = { .tv_sec = (time_t) (result.delay_us / 1000000),
                               .tv_nsec = (long) (result.delay_us % 1000000 * 1000) };

      while (next_nanosleep (&time, &time) != 0 && errno == EINTR)
        ;
    }
  if (result.value == -1)
    errno = result.error_number;
  return result.value;
}

int
ioctl (int fd, unsigned long request, ...)
{
  NEXT (ioctl, int, int, unsigned long, ...)
  va_list arguments;
  void *argument;

  va_start (arguments, request);
  argument = va_arg (arguments, void *);
  va_end (arguments);
  /* Requests are 32 bits; some callers sign-extend theirs. */
  return get_node (fd) != NULL ? send_ioctl (fd, request & 0xffffffff, argument)
                               : next_ioctl (fd, request, argument);
}

off_t
lseek (int fd, off_t offset, int whence)
{
  NEXT (lseek, off_t, int, off_t, int)

  if (get_node (fd) != NULL && whence == SEEK_END)
    {
      off_t end = vr_block_get_size (send_ioctl, fd);

      return end < 0 ? -1 : next_lseek (fd, end + offset, SEEK_SET);
    }
  return next_lseek (fd, offset, whence);
}

off64_t
lseek64 (int fd, off64_t offset, int whence)
{
  return lseek (fd, offset, whence);
}

ssize_t
read (int fd, void *buffer, size_t size)
{
  NEXT (read, ssize_t, int, void *, size_t)
  off_t offset;
  ssize_t n;

  if (get_node (fd) == NULL)
    return next_read (fd, buffer, size);
  offset = lseek (fd, 0, SEEK_CUR);
  n = vr_block_read (send_ioctl, fd, buffer, size, offset);
  if (n > 0 && lseek (fd, offset + n, SEEK_SET) < 0)
    return -1;
  return n;
}

ssize_t
__read_chk (int fd, void *buffer, size_t size, size_t room)
{
  if (size > room)
    abort ();
  return read (fd, buffer, size);
}

#define WRAP_PREAD(name, offset_type)                                                              \
  ssize_t name (int fd, void *buffer, size_t size, offset_type offset)                             \
  {                                                                                                \
    NEXT (name, ssize_t, int, void *, size_t, offset_type)                                         \
                                                                                                   \
    return get_node (fd) != NULL ? vr_block_read (send_ioctl, fd, buffer, size, offset)            \
                                 : next_##name (fd, buffer, size, offset);                         \
  }

WRAP_PREAD (pread, off_t)
WRAP_PREAD (pread64, off64_t)

static void
fill_stat (const Node *node, mode_t *mode, dev_t *device)
{
  mode_t rights = vr_drive_may_open (node->drive, TRUE)    ? 0660
                  : vr_drive_may_open (node->drive, FALSE) ? 0440
                                                           : 0;

  *mode = S_IFBLK | rights;
  *device = makedev (SCSI_CDROM_MAJOR, (guint) (node - nodes));
}

/* struct stat and struct stat64 are the same where long has 64 bits. */
G_STATIC_ASSERT (sizeof (struct stat) == sizeof (struct stat64));

#define FILL_STAT(node, info)                                                                      \
  memset (info, 0, sizeof *(info));                                                                \
  fill_stat (node, &(info)->st_mode, &(info)->st_rdev);                                            \
  return 0;

#define WRAP_STAT(name, find, key_type, info_type)                                                 \
  int name (key_type key, info_type *info)                                                         \
  {                                                                                                \
    NEXT (name, int, key_type, info_type *)                                                        \
    Node *node = find (key);                                                                       \
                                                                                                   \
    if (node == NULL)                                                                              \
      return next_##name (key, info);                                                              \
    FILL_STAT (node, info)                                                                         \
  }

#define WRAP_XSTAT(name, find, key_type, info_type)                                                \
  int name (int version, key_type key, info_type *info)                                            \
  {                                                                                                \
    NEXT (name, int, int, key_type, info_type *)                                                   \
    Node *node = find (key);                                                                       \
                                                                                                   \
    if (node == NULL)                                                                              \
      return next_##name (version, key, info);                                                     \
    FILL_STAT (node, info)                                                                         \
  }

WRAP_STAT (stat, find_node, const char *, struct stat)
WRAP_STAT (lstat, find_node, const char *, struct stat)
WRAP_STAT (fstat, get_node, int, struct stat)
WRAP_STAT (stat64, find_node, const char *, struct stat64)
WRAP_STAT (lstat64, find_node, const char *, struct stat64)
WRAP_STAT (fstat64, get_node, int, struct stat64)
WRAP_XSTAT (__xstat, find_node, const char *, struct stat)
WRAP_XSTAT (__lxstat, find_node, const char *, struct stat)
WRAP_XSTAT (__fxstat, get_node, int, struct stat)
WRAP_XSTAT (__xstat64, find_node, const char *, struct stat64)
WRAP_XSTAT (__lxstat64, find_node, const char *, struct stat64)
WRAP_XSTAT (__fxstat64, get_node, int, struct stat64)

int
access (const char *path, int mode)
{
  NEXT (access, int, const char *, int)
  Node *node = find_node (path);

  if (node == NULL)
    return next_access (path, mode);
  if ((mode & (R_OK | W_OK)) == 0 || vr_drive_may_open (node->drive, (mode & W_OK) != 0))
    return 0;
  errno = EACCES;
  return -1;
}

int
nanosleep (const struct timespec *wanted, struct timespec *left)
{
  NEXT (nanosleep, int, const struct timespec *, struct timespec *)
  guint divisor = sleep_divisor;
  struct timespec time;
  gint64 ns;

  if (wanted == NULL || divisor == 1)
    return next_nanosleep (wanted, left);
  ns = ((gint64) wanted->tv_sec * 1000000000 + wanted->tv_nsec) / divisor;
  time = (struct timespec){ .tv_sec = (time_t) (ns / 1000000000), .tv_nsec = ns % 1000000000 };
  return next_nanosleep (&time, left);
}

int
usleep (useconds_t us)
{
  struct timespec time = { .tv_sec = us / 1000000, .tv_nsec = (long) (us % 1000000) * 1000 };

  return nanosleep (&time, NULL);
}

unsigned int
sleep (unsigned int seconds)
{
  struct timespec time = { .tv_sec = seconds };

  return nanosleep (&time, NULL) == 0 ? 0 : seconds;
}
