/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long it takes from exec to the window on the screen, and what it takes of memory, against the
 * smallest window of GTK. The two run in turns. Wants an X display without a window manager:
 *   xvfb-run -a bench-start [--pairs N] [--json FILE] SOLCO HELLO
 * "pss" is the memory with what is shared counted in parts, a second after the window is there. */
#include <X11/Xlib.h>
#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>

/* Smaller windows are helpers of the toolkit. */
#define MIN_SIZE_PX 100
#define LIMIT_MS 20000
#define REST_US 1000000

typedef struct
{
  GArray *seconds; /* of double */
  GArray *pss_kib;
  GArray *rss_kib;
} Figures;

static int n_pairs = 5;
static char *json_path;

static const GOptionEntry entries[] = {
  { "pairs", 0, 0, G_OPTION_ARG_INT, &n_pairs, "how often each is started", "N" },
  { "json", 0, 0, G_OPTION_ARG_FILENAME, &json_path, "write the figures to this file", "FILE" },
  G_OPTION_ENTRY_NULL,
};

static double
get_memory_kib (const char *rollup, const char *key)
{
  const char *line = strstr (rollup, key);

  if (line == NULL)
    g_error ("smaps_rollup does not have %s", key);
  return g_ascii_strtod (line + strlen (key), NULL);
}

/* Until a window is mapped that is as large as one of a program. */
static void
wait_for_window (Display *display)
{
  const gint64 end_us = g_get_monotonic_time () + LIMIT_MS * 1000;

  for (;;)
    {
      XWindowAttributes attributes;
      XEvent event;

      while (XPending (display) == 0)
        {
          struct pollfd descriptor = { ConnectionNumber (display), POLLIN, 0 };

          if (g_get_monotonic_time () > end_us || poll (&descriptor, 1, LIMIT_MS) < 0)
            g_error ("No window came");
        }
      XNextEvent (display, &event);
      if (event.type == MapNotify && !event.xmap.override_redirect
          && XGetWindowAttributes (display, event.xmap.window, &attributes) != 0
          && attributes.width >= MIN_SIZE_PX && attributes.height >= MIN_SIZE_PX)
        return;
    }
}

static void
measure (Display *display, const char *program, Figures *figures)
{
  const char *argv[] = { program, NULL };
  g_autofree char *rollup_path = NULL;
  g_autofree char *rollup = NULL;
  g_autoptr (GError) error = NULL;
  const gint64 start_us = g_get_monotonic_time ();
  double value;
  GPid pid;

  if (!g_spawn_async (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid,
                      &error))
    g_error ("%s", error->message);
  wait_for_window (display);
  value = (double) (g_get_monotonic_time () - start_us) / 1e6;
  g_array_append_val (figures->seconds, value);
  g_usleep (REST_US);
  rollup_path = g_strdup_printf ("/proc/%d/smaps_rollup", (int) pid);
  if (!g_file_get_contents (rollup_path, &rollup, NULL, &error))
    g_error ("%s", error->message);
  value = get_memory_kib (rollup, "\nPss:");
  g_array_append_val (figures->pss_kib, value);
  value = get_memory_kib (rollup, "\nRss:");
  g_array_append_val (figures->rss_kib, value);
  if (kill (pid, SIGTERM) != 0 || waitpid (pid, NULL, 0) != pid)
    g_error ("%s cannot be ended", program);
  g_spawn_close_pid (pid);
  XSync (display, True);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return (*(const double *) a > *(const double *) b) - (*(const double *) a < *(const double *) b);
}

static double
get_median (const GArray *values)
{
  g_autoptr (GArray) sorted = g_array_copy ((GArray *) values);

  g_array_sort (sorted, compare);
  return g_array_index (sorted, double, sorted->len / 2);
}

static void
init_figures (Figures *self)
{
  self->seconds = g_array_new (FALSE, FALSE, sizeof (double));
  self->pss_kib = g_array_new (FALSE, FALSE, sizeof (double));
  self->rss_kib = g_array_new (FALSE, FALSE, sizeof (double));
}

static void
clear_figures (Figures *self)
{
  g_array_unref (self->seconds);
  g_array_unref (self->pss_kib);
  g_array_unref (self->rss_kib);
}

static void
add_number (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, value);
}

static void
write_json (const Figures *ours, const Figures *theirs, const GArray *ratios)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;

  json_builder_begin_object (builder);
  add_number (builder, "ratio", get_median (ratios));
  json_builder_set_member_name (builder, "ratios");
  json_builder_begin_array (builder);
  for (guint i = 0; i < ratios->len; i++)
    json_builder_add_double_value (builder, g_array_index (ratios, double, i));
  json_builder_end_array (builder);
  add_number (builder, "seconds", get_median (ours->seconds));
  add_number (builder, "reference_seconds", get_median (theirs->seconds));
  add_number (builder, "pss_kib", get_median (ours->pss_kib));
  add_number (builder, "reference_pss_kib", get_median (theirs->pss_kib));
  add_number (builder, "rss_kib", get_median (ours->rss_kib));
  add_number (builder, "reference_rss_kib", get_median (theirs->rss_kib));
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  if (!json_generator_to_file (generator, json_path, &error))
    g_error ("%s", error->message);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) options = g_option_context_new ("SOLCO HELLO");
  g_autoptr (GArray) ratios = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GError) error = NULL;
  Figures ours;
  Figures theirs;
  Display *display;

  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, &error) || argc != 3)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "Two programs are to be named");
      return 2;
    }
  display = XOpenDisplay (NULL);
  if (display == NULL)
    {
      g_printerr ("There is no display\n");
      return 77;
    }
  XSelectInput (display, DefaultRootWindow (display), SubstructureNotifyMask);
  init_figures (&ours);
  init_figures (&theirs);
  /* The first pair only fills the caches. */
  for (int i = 0; i <= n_pairs; i++)
    {
      double ratio;

      measure (display, argv[1], &ours);
      measure (display, argv[2], &theirs);
      if (i == 0)
        {
          clear_figures (&ours);
          clear_figures (&theirs);
          init_figures (&ours);
          init_figures (&theirs);
          continue;
        }
      ratio = g_array_index (ours.seconds, double, i - 1)
              / g_array_index (theirs.seconds, double, i - 1);
      g_array_append_val (ratios, ratio);
    }
  g_print ("window mapped after start: %.2f of the smallest window (%.0f ms, %.0f ms); memory "
           "%+.1f MiB (%.1f, %.1f)\n",
           get_median (ratios), get_median (ours.seconds) * 1e3,
           get_median (theirs.seconds) * 1e3,
           (get_median (ours.pss_kib) - get_median (theirs.pss_kib)) / 1024.,
           get_median (ours.pss_kib) / 1024., get_median (theirs.pss_kib) / 1024.);
  if (json_path != NULL)
    write_json (&ours, &theirs, ratios);
  clear_figures (&ours);
  clear_figures (&theirs);
  XCloseDisplay (display);
  return 0;
}
