/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a program beside a virtual recorder, see README.md. */
#include "vr-control.h"
#include "vr-drive.h"
#include "vr-umockdev.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define UMOCKDEV_PRELOAD "libumockdev-preload.so.0"
#define GUARD "libvr-guard.so"

/* What the program is to see, set aside while the recorder itself runs. */
#define SAVED_DEBUG "VR_SAVED_G_DEBUG"
#define SAVED_PRELOAD "VR_SAVED_LD_PRELOAD"

typedef struct
{
  char *medium;
  char *backing;
  int capacity_blocks;
  char **faults;
  char *name;
  char *serial;
  char *control;
  char *send;
  char *trace;
  double time_scale;
  int sleep_divisor;
  char **program;
} Options;

typedef struct
{
  GMainLoop *loop;
  GSubprocess *child;
  int exit_status;
} Run;

static gboolean
parse_options (int *argc, char ***argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "medium", 'm', 0, G_OPTION_ARG_STRING, &options->medium, "What lies in the tray",
      "KIND[/STATE]" },
    { "backing", 'b', 0, G_OPTION_ARG_FILENAME, &options->backing,
      "Keep the medium in this file", "FILE" },
    { "capacity-blocks", 'c', 0, G_OPTION_ARG_INT, &options->capacity_blocks,
      "Size of a new medium, when it is to be a small one", "N" },
    { "fault", 'f', 0, G_OPTION_ARG_STRING_ARRAY, &options->faults, "Something that goes wrong",
      "SPEC" },
    { "recorder-name", 0, 0, G_OPTION_ARG_STRING, &options->name, "Vendor and model",
      "VENDOR MODEL" },
    { "serial", 0, 0, G_OPTION_ARG_STRING, &options->serial, "Serial number", "TEXT" },
    { "control", 0, 0, G_OPTION_ARG_FILENAME, &options->control,
      "Listen for commands on this socket", "SOCKET" },
    { "send", 0, 0, G_OPTION_ARG_FILENAME, &options->send,
      "Send a command to the recorder behind this socket, and exit", "SOCKET" },
    { "time-scale", 0, 0, G_OPTION_ARG_DOUBLE, &options->time_scale,
      "How much faster than a real drive (1000)", "FACTOR" },
    { "sleep-divisor", 0, 0, G_OPTION_ARG_INT, &options->sleep_divisor,
      "How much shorter the program sleeps (1)", "N" },
    { "trace", 0, 0, G_OPTION_ARG_FILENAME, &options->trace,
      "Append every command to this file", "FILE" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->program, NULL, NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("-- PROGRAM [ARGUMENT…]");

  g_option_context_set_summary (context, "Runs a program beside a virtual disc recorder, which it "
                                         "finds as /dev/sr0.");
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_strict_posix (context, TRUE);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (options->program == NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "There is nothing to run");
      return FALSE;
    }
  if (options->capacity_blocks < 0 || options->sleep_divisor < 1 || !(options->time_scale > 0))
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "A number is out of range");
      return FALSE;
    }
  return TRUE;
}

static void
clear_options (Options *options)
{
  g_free (options->medium);
  g_free (options->backing);
  g_strfreev (options->faults);
  g_free (options->name);
  g_free (options->serial);
  g_free (options->control);
  g_free (options->send);
  g_free (options->trace);
  g_strfreev (options->program);
}

static char *
prepend (const char *item, const char *list, const char *separator)
{
  return list != NULL && *list != '\0' ? g_strconcat (item, separator, list, NULL)
                                       : g_strdup (item);
}

/* The recorder's own side of umockdev needs the preload library, too. */
static int
restart_preloaded (char **argv)
{
  g_auto (GStrv) environment = g_get_environ ();
  const char *preload = g_environ_getenv (environment, "LD_PRELOAD");
  g_autofree char *wanted = prepend (UMOCKDEV_PRELOAD, preload, ":");
  const char *debug = g_environ_getenv (environment, "G_DEBUG");
  const char *asan = g_environ_getenv (environment, "ASAN_OPTIONS");
  g_autofree char *asan_wanted = prepend ("verify_asan_link_order=0", asan, ":");

  environment
      = g_environ_setenv (environment, SAVED_PRELOAD, preload != NULL ? preload : "", TRUE);
  if (debug != NULL)
    environment = g_environ_setenv (environment, SAVED_DEBUG, debug, TRUE);
  /* umockdev has criticals about programs that were killed. */
  environment = g_environ_unsetenv (environment, "G_DEBUG");
  environment = g_environ_setenv (environment, "LD_PRELOAD", wanted, TRUE);
  environment = g_environ_setenv (environment, "ASAN_OPTIONS", asan_wanted, TRUE);
  execve ("/proc/self/exe", argv, environment);
  g_printerr ("Cannot start over: %s\n", g_strerror (errno));
  return 125;
}

static char *
find_guard (GError **error)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", error);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *guard = folder != NULL ? g_build_filename (folder, GUARD, NULL) : NULL;

  if (guard != NULL && !g_file_test (guard, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no %s", guard);
      return NULL;
    }
  return g_steal_pointer (&guard);
}

static VrDrive *
make_drive (const Options *options, GError **error)
{
  const char *name = options->name != NULL ? options->name : "SOLCO Virtual Recorder";
  const char *space = strchr (name, ' ');
  g_autofree char *vendor
      = space != NULL ? g_strndup (name, (gsize) (space - name)) : g_strdup (name);
  g_autoptr (VrDrive) drive
      = vr_drive_new (vendor, space != NULL ? space + 1 : name,
                      options->serial != NULL ? options->serial : "VR0000000001");
  const char *medium_name = options->medium != NULL ? options->medium : "cd-r-80";

  vr_drive_set_time_scale (drive, options->time_scale);
  if (options->trace != NULL && !vr_drive_trace (drive, options->trace, error))
    return NULL;
  if (strcmp (medium_name, "none") != 0 || options->backing != NULL)
    {
      VrMedium *medium = vr_medium_new_named (medium_name, (guint32) options->capacity_blocks,
                                              options->backing, error);

      if (medium == NULL || !vr_drive_insert (drive, medium, error))
        return NULL;
    }
  for (guint i = 0; options->faults != NULL && options->faults[i] != NULL; i++)
    if (!vr_drive_add_fault (drive, options->faults[i], error))
      return NULL;
  return g_steal_pointer (&drive);
}

static void
restore_variable (GSubprocessLauncher *launcher, const char *name, const char *saved)
{
  const char *value = g_getenv (saved);

  if (value != NULL)
    g_subprocess_launcher_setenv (launcher, name, value, TRUE);
  g_subprocess_launcher_unsetenv (launcher, saved);
}

/* The program does not live on without its recorder. */
static void
follow_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static GSubprocess *
start_program (const Options *options, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_INHERIT);
  g_autofree char *guard = find_guard (error);
  g_autofree char *libraries = NULL;
  g_autofree char *preload = NULL;
  g_autofree char *divisor = g_strdup_printf ("%d", options->sleep_divisor);

  if (guard == NULL)
    return NULL;
  libraries = g_strconcat (guard, ":", UMOCKDEV_PRELOAD, NULL);
  preload = prepend (libraries, g_getenv (SAVED_PRELOAD), ":");
  g_subprocess_launcher_unsetenv (launcher, SAVED_PRELOAD);
  restore_variable (launcher, "G_DEBUG", SAVED_DEBUG);
  g_subprocess_launcher_setenv (launcher, "LD_PRELOAD", preload, TRUE);
  g_subprocess_launcher_setenv (launcher, "VR_SLEEP_DIVISOR", divisor, TRUE);
  if (options->control != NULL)
    g_subprocess_launcher_setenv (launcher, "VR_CONTROL", options->control, TRUE);
  g_subprocess_launcher_set_child_setup (launcher, follow_parent, NULL, NULL);
  return g_subprocess_launcher_spawnv (launcher, (const char *const *) options->program, error);
}

static void
on_child_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;
  g_autoptr (GError) error = NULL;

  if (!g_subprocess_wait_finish (run->child, result, &error))
    {
      g_printerr ("%s\n", error->message);
      run->exit_status = 125;
    }
  else if (g_subprocess_get_if_exited (run->child))
    run->exit_status = g_subprocess_get_exit_status (run->child);
  else
    run->exit_status = 128 + g_subprocess_get_term_sig (run->child);
  g_main_loop_quit (run->loop);
}

static gboolean
pass_terminate (gpointer data)
{
  g_subprocess_send_signal (((Run *) data)->child, SIGTERM);
  return G_SOURCE_CONTINUE;
}

static gboolean
pass_interrupt (gpointer data)
{
  g_subprocess_send_signal (((Run *) data)->child, SIGINT);
  return G_SOURCE_CONTINUE;
}

static gboolean
pass_hangup (gpointer data)
{
  g_subprocess_send_signal (((Run *) data)->child, SIGHUP);
  return G_SOURCE_CONTINUE;
}

/* A program that is killed in the middle of a command is nothing to complain about. */
static void
on_log (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  if (strstr (message, "Destroying IoctlClient with open stream") == NULL)
    g_log_default_handler (domain, level, message, NULL);
}

static int
serve (const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrDrive) drive = make_drive (options, &error);
  g_autoptr (VrTestbed) testbed = NULL;
  g_autoptr (GSocketService) service = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GSubprocess) child = NULL;
  Run run = { .loop = loop, .exit_status = 125 };

  /* A signal that comes before the main loop runs waits for it, and for the child. */
  g_unix_signal_add (SIGTERM, pass_terminate, &run);
  g_unix_signal_add (SIGINT, pass_interrupt, &run);
  g_unix_signal_add (SIGHUP, pass_hangup, &run);
  g_log_set_handler (NULL, G_LOG_LEVEL_CRITICAL, on_log, NULL);
  if (drive != NULL)
    testbed = vr_testbed_new (drive, &error);
  if (testbed == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 125;
    }
  if (options->control != NULL)
    {
      service = vr_control_listen (drive, options->control, &error);
      if (service == NULL)
        {
          g_printerr ("%s: %s\n", options->control, error->message);
          return 125;
        }
    }
  child = start_program (options, &error);
  if (child == NULL)
    {
      g_printerr ("%s\n", error->message);
      run.exit_status = 127;
    }
  else
    {
      run.child = child;
      g_subprocess_wait_async (child, NULL, on_child_ended, &run);
      g_main_loop_run (loop);
    }
  if (service != NULL)
    {
      g_socket_service_stop (service);
      g_socket_listener_close (G_SOCKET_LISTENER (service));
      g_unlink (options->control);
    }
  return run.exit_status;
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) all = g_strdupv (argv);
  g_autoptr (GError) error = NULL;
  Options options = { .time_scale = 1000, .sleep_divisor = 1 };
  int status;

  setlocale (LC_ALL, "");
  if (!parse_options (&argc, &argv, &options, &error))
    {
      g_printerr ("%s\n", error->message);
      status = 125;
    }
  else if (options.send != NULL)
    status = vr_control_send (options.send, (const char *const *) options.program);
  else if (g_getenv (SAVED_PRELOAD) == NULL)
    status = restart_preloaded (all);
  else
    status = serve (&options);
  clear_options (&options);
  return status;
}
