/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The floor of staging: each folder is opened relative to the one above it, each item is looked at
 * once. Prints one JSON object. Usage: bench-walk FOLDER */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench-clock.h"

typedef struct
{
  unsigned long n_files;
  unsigned long n_folders;
  unsigned long long n_bytes;
} Walk;

static int walk_folder (Walk *walk, int parent, const char *name);

static int
walk_item (Walk *walk, int folder, const char *name)
{
  struct stat status;

  if (strcmp (name, ".") == 0 || strcmp (name, "..") == 0)
    return 0;
  if (fstatat (folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
    {
      fprintf (stderr, "%s: %s\n", name, strerror (errno));
      return -1;
    }
  if (S_ISDIR (status.st_mode))
    return walk_folder (walk, folder, name);
  walk->n_files++;
  walk->n_bytes += (unsigned long long) status.st_size;
  return 0;
}

static int
walk_folder (Walk *walk, int parent, const char *name)
{
  int fd = openat (parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  DIR *folder = fd >= 0 ? fdopendir (fd) : NULL;
  const struct dirent *entry;
  int result = 0;

  if (folder == NULL)
    {
      fprintf (stderr, "%s: %s\n", name, strerror (errno));
      if (fd >= 0)
        close (fd);
      return -1;
    }
  walk->n_folders++;
  errno = 0;
  while (result == 0 && (entry = readdir (folder)) != NULL)
    result = walk_item (walk, dirfd (folder), entry->d_name);
  if (result == 0 && errno != 0)
    {
      fprintf (stderr, "%s: %s\n", name, strerror (errno));
      result = -1;
    }
  closedir (folder);
  return result;
}

int
main (int argc, char **argv)
{
  Walk walk = { 0 };
  BenchClock clock;

  if (argc != 2)
    {
      fprintf (stderr, "Usage: %s FOLDER\n", argv[0]);
      return 2;
    }
  bench_clock_start (&clock);
  if (walk_folder (&walk, AT_FDCWD, argv[1]) != 0)
    return 1;
  bench_clock_stop (&clock);
  printf ("{\"seconds\": %.6f, \"cpu_seconds\": %.6f, \"files\": %lu, \"folders\": %lu, "
          "\"bytes\": %llu}\n",
          clock.seconds, clock.cpu_seconds, walk.n_files, walk.n_folders, walk.n_bytes);
  return 0;
}
