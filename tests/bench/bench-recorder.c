/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A library to preload: whatever program it is loaded into has a virtual recorder as /dev/sr0,
 * inside of its own process, so that nothing but the program and the drive costs CPU time. All of
 * it is said by the environment:
 *
 * - BENCH_MEDIUM: kind of medium, as in solco-virtual-recorder --medium
 * - BENCH_BACKING: the file that it is kept in
 * - BENCH_TIME_SCALE: how much faster than a real one the drive is
 * - BENCH_REPORT: where to write what was asked of the drive, as a JSON object */
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

#include "bench-clock.h"
#include "vr-inprocess.h"
#include "vr-mmc.h"

#define NODE "/dev/sr0"

static VrDrive *drive;
static pid_t owner;
/* The drive runs one command at a time, but its callers are many. */
static GMutex lock;
static guint64 n_commands;
static guint64 n_reads;
static guint64 n_read_blocks;
static guint64 n_writes;
static double drive_cpu_seconds;

void __real_vr_drive_execute (VrDrive *self, const guint8 *cdb, gsize cdb_length, guint8 *data,
                              gsize data_bytes, VrResult *result);
void __wrap_vr_drive_execute (VrDrive *self, const guint8 *cdb, gsize cdb_length, guint8 *data,
                              gsize data_bytes, VrResult *result);

/* Every command passes here: the linker puts it before the drive's own function. */
void
__wrap_vr_drive_execute (VrDrive *self, const guint8 *cdb, gsize cdb_length, guint8 *data,
                         gsize data_bytes, VrResult *result)
{
  double start = bench_clock_read (CLOCK_THREAD_CPUTIME_ID);

  __real_vr_drive_execute (self, cdb, cdb_length, data, data_bytes, result);
  g_mutex_lock (&lock);
  drive_cpu_seconds += bench_clock_read (CLOCK_THREAD_CPUTIME_ID) - start;
  n_commands++;
  if (cdb[0] == VR_READ_10 || cdb[0] == VR_READ_12)
    {
      n_reads++;
      n_read_blocks += result->transferred_bytes / VR_BLOCK_BYTES;
    }
  else if (cdb[0] == VR_WRITE_10 || cdb[0] == VR_WRITE_12)
    n_writes++;
  g_mutex_unlock (&lock);
}

static void
fail (const char *what, const char *why)
{
  fprintf (stderr, "bench-recorder: %s: %s\n", what, why);
  _exit (125);
}

static const char *
get_variable (const char *name)
{
  const char *value = g_getenv (name);

  if (value == NULL)
    fail (name, "not set");
  return value;
}

__attribute__ ((constructor)) static void
plug_in (void)
{
  g_autoptr (GError) error = NULL;
  VrMedium *medium;

  /* Programs that this one starts have no recorder. */
  g_unsetenv ("LD_PRELOAD");
  owner = getpid ();
  drive = vr_drive_new ("SOLCO", "Bench", "1");
  vr_drive_set_time_scale (drive, g_ascii_strtod (get_variable ("BENCH_TIME_SCALE"), NULL));
  medium = vr_medium_new_named (get_variable ("BENCH_MEDIUM"), 0, get_variable ("BENCH_BACKING"),
                                &error);
  if (medium == NULL || !vr_drive_insert (drive, medium, &error))
    fail (get_variable ("BENCH_BACKING"), error->message);
  if (!vr_inprocess_attach (drive, NODE))
    fail (NODE, "there is no place for it");
}

__attribute__ ((destructor)) static void
pull_out (void)
{
  FILE *report;

  if (getpid () != owner)
    return;
  report = fopen (get_variable ("BENCH_REPORT"), "w");
  if (report == NULL
      || fprintf (report,
                  "{\"commands\": %" G_GUINT64_FORMAT ", \"reads\": %" G_GUINT64_FORMAT
                  ", \"read_blocks\": %" G_GUINT64_FORMAT ", \"writes\": %" G_GUINT64_FORMAT
                  ", \"drive_cpu_seconds\": %.6f}\n",
                  n_commands, n_reads, n_read_blocks, n_writes, drive_cpu_seconds)
             < 0
      || fclose (report) != 0)
    fail (get_variable ("BENCH_REPORT"), "cannot be written");
  vr_inprocess_detach (drive);
  /* The medium goes into its file. */
  vr_medium_free (vr_drive_remove (drive));
  vr_drive_free (drive);
}
