/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What staging takes: a folder is added to a project as a drop would do it; with --plan the plan is
 * frozen then, and the engine makes libisofs's tree and the exact size of it. Prints one JSON
 * object. Usage: bench-stage [--plan] FOLDER */
#include <dlfcn.h>
#include <gio/gio.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bench-clock.h"
#include "engine/solco-engine.h"
#include "engine/solco-libisofs-private.h"
#include "model/solco-addition.h"

/* When the engine's thread passed through libisofs: from the making of the image to the call that
 * computes its layout lies the building of the tree. */
static BenchClock tree_clock;
static BenchClock layout_clock;

#define NEXT(name) ((__typeof__ (&(name))) dlsym (RTLD_NEXT, #name))

/* These two are found before libisofs's own, which they call. */
int
iso_image_new (const char *name, IsoImage **image)
{
  bench_clock_start (&tree_clock);
  return NEXT (iso_image_new) (name, image);
}

int
iso_image_create_burn_source (IsoImage *image, IsoWriteOpts *options, struct burn_source **source)
{
  int result;

  bench_clock_stop (&tree_clock);
  bench_clock_start (&layout_clock);
  result = NEXT (iso_image_create_burn_source) (image, options, source);
  bench_clock_stop (&layout_clock);
  return result;
}

/* What of this process is in memory, without what malloc() could give back. */
static gint64
get_resident_bytes (void)
{
  long pages = 0;
  FILE *file;

  malloc_trim (0);
  file = fopen ("/proc/self/statm", "r");
  if (file == NULL || fscanf (file, "%*s %ld", &pages) != 1)
    g_error ("/proc/self/statm cannot be read");
  fclose (file);
  return (gint64) pages * sysconf (_SC_PAGESIZE);
}

static void
fail (const GError *error)
{
  g_printerr ("%s\n", error->message);
  exit (1);
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!solco_addition_run_finish (SOLCO_ADDITION (source), result, &error))
    fail (error);
  g_main_loop_quit (user_data);
}

static void
add_folder (SolcoProject *project, const char *folder, GMainLoop *loop)
{
  g_autoptr (SolcoScanOptions) options
      = solco_scan_options_new (FALSE, SOLCO_SYMLINKS_KEEP, TRUE, NULL);
  g_autoptr (SolcoAddition) addition
      = solco_addition_new (project, options, SOLCO_CONFLICT_ASK);

  solco_addition_add_path (addition, folder, solco_project_get_root (project), NULL);
  solco_addition_run_async (addition, NULL, on_added, loop);
  g_main_loop_run (loop);
  if (solco_addition_get_problems (addition)->len > 0)
    {
      g_printerr ("%u items were not added\n", solco_addition_get_problems (addition)->len);
      exit (1);
    }
}

static void
on_finished (SolcoJob *job, GMainLoop *loop)
{
  if (solco_job_get_error (job) != NULL)
    fail (solco_job_get_error (job));
  g_main_loop_quit (loop);
}

static void
print_plan (SolcoProject *project, const char *folder, GMainLoop *loop)
{
  g_autofree char *address = g_strdup_printf ("stdio:%s.iso", folder);
  g_autoptr (SolcoTarget) target = solco_target_new (address, SOLCO_IMAGE_KIND_FREE_SPACE, 0);
  g_autoptr (SolcoPlan) plan = NULL;
  g_autoptr (SolcoRequest) request = NULL;
  g_autoptr (SolcoEngine) engine = NULL;
  g_autoptr (SolcoJob) job = NULL;
  g_autoptr (GError) error = NULL;
  BenchClock clock;

  bench_clock_start (&clock);
  plan = solco_project_freeze (project, target);
  bench_clock_stop (&clock);
  engine = solco_engine_new (&error);
  if (engine == NULL)
    fail (error);
  request = solco_request_new_measure (plan);
  job = solco_engine_submit (engine, request);
  g_signal_connect (job, "finished", G_CALLBACK (on_finished), loop);
  g_main_loop_run (loop);
  g_print (", \"freeze_seconds\": %.6f, \"tree_seconds\": %.6f, \"tree_cpu_seconds\": %.6f, "
           "\"layout_seconds\": %.6f",
           clock.seconds, tree_clock.seconds, tree_clock.cpu_seconds, layout_clock.seconds);
}

int
main (int argc, char **argv)
{
  const gboolean with_plan = argc == 3 && strcmp (argv[1], "--plan") == 0;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (SolcoProject) project = solco_project_new ();
  const SolcoTotals *totals;
  gint64 bytes;
  BenchClock clock;

  if (argc != (with_plan ? 3 : 2))
    {
      g_printerr ("Usage: %s [--plan] FOLDER\n", argv[0]);
      return 2;
    }
  bytes = get_resident_bytes ();
  bench_clock_start (&clock);
  add_folder (project, argv[argc - 1], loop);
  bench_clock_stop (&clock);
  bytes = get_resident_bytes () - bytes;
  totals = solco_project_get_totals (project);
  g_print ("{\"seconds\": %.6f, \"cpu_seconds\": %.6f, \"files\": %" G_GUINT64_FORMAT
           ", \"bytes_per_file\": %.1f",
           clock.seconds, clock.cpu_seconds, totals->n_files,
           totals->n_files > 0 ? (double) bytes / (double) totals->n_files : 0.);
  if (with_plan)
    print_plan (project, argv[argc - 1], loop);
  g_print ("}\n");
  return 0;
}
