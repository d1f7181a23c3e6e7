/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a program takes until its window is on the screen, and how much memory it has a second
 * later; then it is ended. Writes one JSON object. Needs DISPLAY, and that nobody else opens
 * windows there. Usage: bench-start REPORT PROGRAM [ARGUMENT…] */
#include <X11/Xlib.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench-clock.h"

#define LONGEST_S 60.
#define SETTLE_S 1
#define POLL_MS 100
/* Toolkits map small windows, too, which nobody sees. */
#define SMALLEST_PIXELS 100

static int
ignore_error (Display *display, XErrorEvent *error)
{
  /* A window can be gone before it is looked at. */
  return 0;
}

static int
is_shown (Display *display, const XEvent *event)
{
  XWindowAttributes attributes;

  return event->type == MapNotify
         && XGetWindowAttributes (display, event->xmap.window, &attributes) != 0
         && attributes.class == InputOutput && attributes.width >= SMALLEST_PIXELS
         && attributes.height >= SMALLEST_PIXELS;
}

/* Returns the clock at that moment, or 0 where no window came. */
static double
wait_for_window (Display *display, pid_t pid, double deadline)
{
  struct pollfd connection = { .fd = ConnectionNumber (display), .events = POLLIN };
  siginfo_t ended = { 0 };
  double now = 0;

  while (ended.si_pid == 0 && now < deadline)
    {
      while (XPending (display) > 0)
        {
          XEvent event;

          XNextEvent (display, &event);
          now = bench_clock_read (CLOCK_MONOTONIC);
          if (is_shown (display, &event))
            return now;
        }
      if (poll (&connection, 1, POLL_MS) < 0 && errno != EINTR)
        return 0;
      if (waitid (P_PID, (id_t) pid, &ended, WEXITED | WNOHANG | WNOWAIT) != 0)
        return 0;
      now = bench_clock_read (CLOCK_MONOTONIC);
    }
  return 0;
}

static long
get_resident_kib (pid_t pid)
{
  char path[64];
  char line[256];
  long kib = -1;
  FILE *file;

  snprintf (path, sizeof path, "/proc/%d/status", (int) pid);
  file = fopen (path, "r");
  while (file != NULL && kib < 0 && fgets (line, sizeof line, file) != NULL)
    if (strncmp (line, "VmRSS:", 6) == 0)
      kib = strtol (line + 6, NULL, 10);
  if (file != NULL)
    fclose (file);
  return kib;
}

static pid_t
start (char **argv)
{
  pid_t pid = fork ();

  if (pid != 0)
    return pid;
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  execvp (argv[0], argv);
  fprintf (stderr, "%s: %s\n", argv[0], strerror (errno));
  _exit (127);
}

int
main (int argc, char **argv)
{
  Display *display = XOpenDisplay (NULL);
  struct rusage usage;
  FILE *report;
  double started;
  double shown;
  long kib = -1;
  pid_t pid;

  if (argc < 3 || display == NULL)
    {
      fprintf (stderr, "%s\n",
               argc < 3 ? "Usage: bench-start REPORT PROGRAM [ARGUMENT…]" : "There is no display");
      return 2;
    }
  XSetErrorHandler (ignore_error);
  XSelectInput (display, DefaultRootWindow (display), SubstructureNotifyMask);
  XSync (display, False);
  started = bench_clock_read (CLOCK_MONOTONIC);
  pid = start (argv + 2);
  if (pid < 0)
    {
      fprintf (stderr, "%s: %s\n", argv[2], strerror (errno));
      return 1;
    }
  shown = wait_for_window (display, pid, started + LONGEST_S);
  if (shown > 0)
    {
      sleep (SETTLE_S);
      kib = get_resident_kib (pid);
    }
  kill (pid, SIGKILL);
  if (wait4 (pid, NULL, 0, &usage) != pid || kib < 0)
    {
      fprintf (stderr, "%s: there was no window\n", argv[2]);
      return 1;
    }
  XCloseDisplay (display);
  report = fopen (argv[1], "w");
  if (report == NULL
      || fprintf (report, "{\"seconds\": %.6f, \"cpu_seconds\": %.6f, \"memory_kib\": %ld}\n",
                  shown - started,
                  (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
                      + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6,
                  kib)
             < 0
      || fclose (report) != 0)
    {
      fprintf (stderr, "%s: %s\n", argv[1], strerror (errno));
      return 1;
    }
  return 0;
}
