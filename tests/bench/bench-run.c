/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a program and writes what it took as a JSON object: seconds, CPU seconds, KiB of memory,
 * those of its own children included. The system counts the memory of the process that starts a
 * program as the program's, too; this one has next to none.
 * Usage: bench-run REPORT PROGRAM [ARGUMENT…] */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench-clock.h"

static double
get_seconds (const struct timeval *time)
{
  return (double) time->tv_sec + (double) time->tv_usec / 1e6;
}

static int
write_report (const char *path, double seconds, const struct rusage *usage)
{
  FILE *report = fopen (path, "w");

  if (report != NULL
      && fprintf (report, "{\"seconds\": %.6f, \"cpu_seconds\": %.6f, \"memory_kib\": %ld}\n",
                  seconds, get_seconds (&usage->ru_utime) + get_seconds (&usage->ru_stime),
                  usage->ru_maxrss)
             > 0
      && fclose (report) == 0)
    return 0;
  fprintf (stderr, "%s: %s\n", path, strerror (errno));
  return -1;
}

int
main (int argc, char **argv)
{
  struct rusage usage;
  double start;
  pid_t pid;
  int status;

  if (argc < 3)
    {
      fprintf (stderr, "Usage: %s REPORT PROGRAM [ARGUMENT…]\n", argv[0]);
      return 125;
    }
  start = bench_clock_read (CLOCK_MONOTONIC);
  pid = fork ();
  if (pid == 0)
    {
      /* It ends with the bench. */
      prctl (PR_SET_PDEATHSIG, SIGKILL);
      execvp (argv[2], argv + 2);
      fprintf (stderr, "%s: %s\n", argv[2], strerror (errno));
      _exit (127);
    }
  if (pid < 0 || wait4 (pid, &status, 0, &usage) != pid)
    {
      fprintf (stderr, "%s: %s\n", argv[2], strerror (errno));
      return 125;
    }
  if (write_report (argv[1], bench_clock_read (CLOCK_MONOTONIC) - start, &usage) != 0)
    return 125;
  return WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status);
}
