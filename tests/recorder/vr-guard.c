/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stands between a program and libumockdev-preload, and gives the drive's node those properties of
 * a block device that umockdev does not model:
 *  - an open that fails leaves no entry in umockdev's small table of descriptors;
 *  - real drives of this machine do not exist, and nodes that do not exist fail with ENOENT;
 *  - O_EXCL on a node that somebody holds with O_EXCL, or has mounted, fails with EBUSY;
 *  - the access rights on the node are kept, for root, too;
 *  - read(2), lseek(2) and fstat(2) see a block device with the medium in it;
 *  - sleeping is shortened by the factor in VR_SLEEP_DIVISOR.
 * It is loaded into foreign programs, and therefore needs nothing but the C library. */
#undef _FILE_OFFSET_BITS
#undef _FORTIFY_SOURCE
#include "vr-block-read.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>

#define MOST_FDS 4096
#define SCSI_CDROM_MAJOR 11

int __open_2 (const char *path, int flags);
int __open64_2 (const char *path, int flags);
ssize_t __read_chk (int fd, void *buffer, size_t size, size_t room);
int __fxstat (int version, int fd, struct stat *info);
int __fxstat64 (int version, int fd, struct stat64 *info);

/* Which descriptors are the drive. */
static atomic_uchar is_node[MOST_FDS];

/* The function behind us in the chain of libraries. */
#define NEXT(name, type, ...)                                                                      \
  static type (*next_##name) (__VA_ARGS__);                                                        \
  if (next_##name == NULL)                                                                         \
    {                                                                                              \
      next_##name = (type (*) (__VA_ARGS__)) find_next (#name);                                    \
    }

static void *
find_next (const char *name)
{
  void *function = dlsym (RTLD_NEXT, name);

  if (function == NULL)
    {
      fprintf (stderr, "vr-guard: there is no %s\n", name);
      abort ();
    }
  return function;
}

static int
send_ioctl (int fd, unsigned long request, void *argument)
{
  return ioctl (fd, request, argument);
}

static int
is_node_fd (int fd)
{
  return fd >= 0 && fd < MOST_FDS && is_node[fd];
}

/* 1 for a node of the test bed, 0 for any other path, -1 for a device that is not there. */
static int
classify (const char *path, struct stat *info)
{
  static const char *const drives[] = { "sr", "sg", "scd", "hd", "pg", "cdrom", "dvd" };
  const char *root = getenv ("UMOCKDEV_DIR");
  char copy[PATH_MAX];

  if (root == NULL || path == NULL || strncmp (path, "/dev/", 5) != 0)
    return 0;
  if (snprintf (copy, sizeof copy, "%s%s", root, path) >= (int) sizeof copy)
    return 0;
  if (stat (copy, info) == 0)
    return S_ISREG (info->st_mode) ? 1 : 0;
  for (size_t i = 0; i < sizeof drives / sizeof drives[0]; i++)
    if (strncmp (path + 5, drives[i], strlen (drives[i])) == 0)
      return -1;
  return stat (path, info) == 0 ? 0 : -1;
}

/* Whether @path may be opened so; the kind of path that it is in @kind. */
static int
check_open (const char *path, int flags, int *kind)
{
  struct stat info;
  int wants_write = (flags & O_ACCMODE) != O_RDONLY;

  *kind = classify (path, &info);
  if (*kind < 0 && (flags & O_CREAT) == 0)
    {
      errno = ENOENT;
      return 0;
    }
  if (*kind == 1
      && ((info.st_mode & S_IRUSR) == 0 || (wants_write && (info.st_mode & S_IWUSR) == 0)))
    {
      errno = EACCES;
      return 0;
    }
  return 1;
}

static int
finish_open (const char *path, int fd, int flags, int kind)
{
  NEXT (close, int, int)

  if (fd < 0)
    {
      int error_number = errno;

      /* umockdev keeps an entry for every open that failed; closing nothing removes it. */
      next_close (-1);
      errno = error_number;
      return -1;
    }
  if (kind != 1)
    return fd;
  if ((flags & O_EXCL) != 0
      && (vr_block_is_mounted (path) || flock (fd, LOCK_EX | LOCK_NB) != 0))
    {
      close (fd);
      errno = EBUSY;
      return -1;
    }
  if (fd < MOST_FDS)
    is_node[fd] = 1;
  return fd;
}

#define WRAP_OPEN(name)                                                                            \
  int name (const char *path, int flags, ...)                                                      \
  {                                                                                                \
    NEXT (name, int, const char *, int, ...)                                                       \
    int kind;                                                                                      \
    mode_t mode = 0;                                                                               \
                                                                                                   \
    if (!check_open (path, flags, &kind))                                                          \
      return -1;                                                                                   \
    if ((flags & (O_CREAT | __O_TMPFILE)) != 0)                                                    \
      {                                                                                            \
        va_list arguments;                                                                         \
                                                                                                   \
        va_start (arguments, flags);                                                               \
        mode = va_arg (arguments, mode_t);                                                         \
        va_end (arguments);                                                                        \
      }                                                                                            \
    return finish_open (path, next_##name (path, flags, mode), flags, kind);                             \
  }

#define WRAP_OPEN_2(name)                                                                          \
  int name (const char *path, int flags)                                                           \
  {                                                                                                \
    NEXT (name, int, const char *, int)                                                            \
    int kind;                                                                                      \
                                                                                                   \
    if (!check_open (path, flags, &kind))                                                          \
      return -1;                                                                                   \
    return finish_open (path, next_##name (path, flags), flags, kind);                                   \
  }

WRAP_OPEN (open)
WRAP_OPEN (open64)
WRAP_OPEN_2 (__open_2)
WRAP_OPEN_2 (__open64_2)

#define WRAP_FOPEN(name)                                                                           \
  FILE *name (const char *path, const char *mode)                                                  \
  {                                                                                                \
    NEXT (name, FILE *, const char *, const char *)                                                \
    struct stat info;                                                                              \
                                                                                                   \
    if (classify (path, &info) < 0)                                                                \
      {                                                                                            \
        errno = ENOENT;                                                                            \
        return NULL;                                                                               \
      }                                                                                            \
    return next_##name (path, mode);                                                               \
  }

WRAP_FOPEN (fopen)
WRAP_FOPEN (fopen64)

int
access (const char *path, int mode)
{
  NEXT (access, int, const char *, int)
  struct stat info;
  int kind = classify (path, &info);

  if (kind < 0)
    {
      errno = ENOENT;
      return -1;
    }
  if (kind == 1
      && (((mode & R_OK) != 0 && (info.st_mode & S_IRUSR) == 0)
          || ((mode & W_OK) != 0 && (info.st_mode & S_IWUSR) == 0)))
    {
      errno = EACCES;
      return -1;
    }
  return next_access (path, mode);
}

/* umockdev gives paths the look of a device, but not what is open. */
#define FINISH_STAT(fd, info)                                                                      \
  if (is_node_fd (fd))                                                                             \
    {                                                                                              \
      (info)->st_mode = S_IFBLK | ((info)->st_mode & 0777);                                        \
      (info)->st_rdev = makedev (SCSI_CDROM_MAJOR, 0);                                             \
    }

#define WRAP_FSTAT(name, info_type)                                                                \
  int name (int fd, info_type *info)                                                               \
  {                                                                                                \
    NEXT (name, int, int, info_type *)                                                             \
                                                                                                   \
    if (next_##name (fd, info) != 0)                                                               \
      return -1;                                                                                   \
    FINISH_STAT (fd, info)                                                                         \
    return 0;                                                                                      \
  }

#define WRAP_FXSTAT(name, info_type)                                                               \
  int name (int version, int fd, info_type *info)                                                  \
  {                                                                                                \
    NEXT (name, int, int, int, info_type *)                                                        \
                                                                                                   \
    if (next_##name (version, fd, info) != 0)                                                      \
      return -1;                                                                                   \
    FINISH_STAT (fd, info)                                                                         \
    return 0;                                                                                      \
  }

WRAP_FSTAT (fstat, struct stat)
WRAP_FSTAT (fstat64, struct stat64)
WRAP_FXSTAT (__fxstat, struct stat)
WRAP_FXSTAT (__fxstat64, struct stat64)

int
close (int fd)
{
  NEXT (close, int, int)

  if (fd >= 0 && fd < MOST_FDS)
    is_node[fd] = 0;
  return next_close (fd);
}

static off_t
seek_node (int fd, off_t offset, int whence)
{
  NEXT (lseek, off_t, int, off_t, int)

  if (whence == SEEK_END)
    {
      off_t end = vr_block_get_size (send_ioctl, fd);

      if (end < 0)
        return -1;
      return next_lseek (fd, end + offset, SEEK_SET);
    }
  return next_lseek (fd, offset, whence);
}

off_t
lseek (int fd, off_t offset, int whence)
{
  NEXT (lseek, off_t, int, off_t, int)

  return is_node_fd (fd) ? seek_node (fd, offset, whence) : next_lseek (fd, offset, whence);
}

off64_t
lseek64 (int fd, off64_t offset, int whence)
{
  return lseek (fd, offset, whence);
}

static ssize_t
read_node (int fd, void *buffer, size_t size)
{
  off_t offset = lseek (fd, 0, SEEK_CUR);
  ssize_t n = vr_block_read (send_ioctl, fd, buffer, size, offset);

  if (n > 0 && lseek (fd, offset + n, SEEK_SET) < 0)
    return -1;
  return n;
}

ssize_t
read (int fd, void *buffer, size_t size)
{
  NEXT (read, ssize_t, int, void *, size_t)

  return is_node_fd (fd) ? read_node (fd, buffer, size) : next_read (fd, buffer, size);
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
    return is_node_fd (fd) ? vr_block_read (send_ioctl, fd, buffer, size, offset)                  \
                           : next_##name (fd, buffer, size, offset);                               \
  }

WRAP_PREAD (pread, off_t)
WRAP_PREAD (pread64, off64_t)

/* The kernel's block layer does not write to optical media here; discs are burned by commands. */
ssize_t
write (int fd, const void *buffer, size_t size)
{
  NEXT (write, ssize_t, int, const void *, size_t)

  if (is_node_fd (fd))
    {
      errno = EROFS;
      return -1;
    }
  return next_write (fd, buffer, size);
}

static long
get_divisor (void)
{
  static long divisor;

  if (divisor == 0)
    {
      const char *text = getenv ("VR_SLEEP_DIVISOR");
      long value = text != NULL ? strtol (text, NULL, 10) : 1;

      divisor = value > 0 ? value : 1;
    }
  return divisor;
}

static struct timespec
divide (const struct timespec *time)
{
  long long ns = ((long long) time->tv_sec * 1000000000 + time->tv_nsec) / get_divisor ();

  return (struct timespec){ .tv_sec = (time_t) (ns / 1000000000), .tv_nsec = ns % 1000000000 };
}

int
nanosleep (const struct timespec *wanted, struct timespec *left)
{
  NEXT (nanosleep, int, const struct timespec *, struct timespec *)
  struct timespec time;

  if (wanted == NULL)
    return next_nanosleep (wanted, left);
  time = divide (wanted);
  return next_nanosleep (&time, left);
}

int
clock_nanosleep (clockid_t clock, int flags, const struct timespec *wanted, struct timespec *left)
{
  NEXT (clock_nanosleep, int, clockid_t, int, const struct timespec *, struct timespec *)
  struct timespec time;

  if (wanted == NULL || (flags & TIMER_ABSTIME) != 0)
    return next_clock_nanosleep (clock, flags, wanted, left);
  time = divide (wanted);
  return next_clock_nanosleep (clock, flags, &time, left);
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
