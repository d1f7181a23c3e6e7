/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <time.h>

/* Seconds of the clock on the wall, and CPU seconds of all threads of this process. */
typedef struct
{
  double seconds;
  double cpu_seconds;
} BenchClock;

static inline double
bench_clock_read (clockid_t id)
{
  struct timespec now = { 0 };

  clock_gettime (id, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static inline void
bench_clock_start (BenchClock *clock)
{
  clock->seconds = bench_clock_read (CLOCK_MONOTONIC);
  clock->cpu_seconds = bench_clock_read (CLOCK_PROCESS_CPUTIME_ID);
}

/* Turns the times of the start into what has passed since. */
static inline void
bench_clock_stop (BenchClock *clock)
{
  clock->seconds = bench_clock_read (CLOCK_MONOTONIC) - clock->seconds;
  clock->cpu_seconds = bench_clock_read (CLOCK_PROCESS_CPUTIME_ID) - clock->cpu_seconds;
}
