/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A hand at the drive while a program runs: one command a connection, one line each way and then
 * whatever text belongs to the answer. */
#include "vr-control.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>

typedef gboolean (*Action) (VrDrive *drive, char **words, GString *answer, GError **error);

typedef struct
{
  const char *name;
  guint fewest_words;
  guint most_words;
  Action action;
} Command;

static gboolean
insert (VrDrive *drive, char **words, GString *answer, GError **error)
{
  guint64 capacity = 0;
  const char *path = NULL;
  VrMedium *medium;

  for (guint i = 2; words[i] != NULL; i++)
    {
      if (!g_str_has_prefix (words[i], "capacity="))
        path = words[i];
      else if (!g_ascii_string_to_unsigned (words[i] + 9, 10, 1, G_MAXUINT32, &capacity, error))
        return FALSE;
    }
  medium = vr_medium_new_named (words[1], (guint32) capacity, path, error);
  return medium != NULL && vr_drive_insert (drive, medium, error);
}

static gboolean
take_out (VrDrive *drive, char **words, GString *answer, GError **error)
{
  vr_medium_free (vr_drive_remove (drive));
  return TRUE;
}

static gboolean
swap (VrDrive *drive, char **words, GString *answer, GError **error)
{
  return take_out (drive, words, answer, error) && insert (drive, words, answer, error);
}

static gboolean
open_tray (VrDrive *drive, char **words, GString *answer, GError **error)
{
  return vr_drive_set_tray (drive, TRUE, error);
}

static gboolean
close_tray (VrDrive *drive, char **words, GString *answer, GError **error)
{
  return vr_drive_set_tray (drive, FALSE, error);
}

static gboolean
unplug (VrDrive *drive, char **words, GString *answer, GError **error)
{
  vr_drive_set_gone (drive, TRUE);
  return TRUE;
}

static gboolean
plug (VrDrive *drive, char **words, GString *answer, GError **error)
{
  vr_drive_set_gone (drive, FALSE);
  return TRUE;
}

static gboolean
set_fault (VrDrive *drive, char **words, GString *answer, GError **error)
{
  return vr_drive_add_fault (drive, words[1], error);
}

static gboolean
clear_faults (VrDrive *drive, char **words, GString *answer, GError **error)
{
  vr_drive_clear_faults (drive);
  return TRUE;
}

static gboolean
set_time_scale (VrDrive *drive, char **words, GString *answer, GError **error)
{
  char *end = NULL;
  double scale = g_ascii_strtod (words[1], &end);

  if (*end != '\0' || !(scale > 0 && scale <= 1e6))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           "The time scale is a number above 0");
      return FALSE;
    }
  vr_drive_set_time_scale (drive, scale);
  return TRUE;
}

static gboolean
describe (VrDrive *drive, char **words, GString *answer, GError **error)
{
  g_autofree char *text = vr_drive_describe (drive);

  g_string_append (answer, text);
  return TRUE;
}

static const Command COMMANDS[] = {
  { "insert", 2, 4, insert },
  { "remove", 1, 1, take_out },
  { "swap", 2, 4, swap },
  { "open", 1, 1, open_tray },
  { "close", 1, 1, close_tray },
  { "unplug", 1, 1, unplug },
  { "plug", 1, 1, plug },
  { "fault", 2, 2, set_fault },
  { "clear-faults", 1, 1, clear_faults },
  { "time-scale", 2, 2, set_time_scale },
  { "state", 1, 1, describe },
};

static gboolean
run_words (VrDrive *drive, char **words, GString *answer, GError **error)
{
  guint n_words = g_strv_length (words);

  for (guint i = 0; n_words > 0 && i < G_N_ELEMENTS (COMMANDS); i++)
    if (strcmp (words[0], COMMANDS[i].name) == 0 && n_words >= COMMANDS[i].fewest_words
        && n_words <= COMMANDS[i].most_words)
      return COMMANDS[i].action (drive, words, answer, error);
  g_set_error_literal (
      error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
      "Commands are: insert KIND[/STATE] [FILE] [capacity=BLOCKS], remove, "
      "swap KIND[/STATE] [FILE] [capacity=BLOCKS], open, close, unplug, plug, "
      "fault SPEC, clear-faults, time-scale FACTOR, state");
  return FALSE;
}

/**
 * vr_control_run:
 * @drive: the drive
 * @line: a command, quoted as in a shell
 *
 * Main thread.
 *
 * Returns: (transfer full): "ok\n" and a text, or "error: …\n"
 */
char *
vr_control_run (VrDrive *drive, const char *line)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (GString) answer = g_string_new ("ok\n");

  if (!g_shell_parse_argv (line, NULL, &words, &error)
      || !run_words (drive, words, answer, &error))
    return g_strdup_printf ("error: %s\n", error->message);
  return g_strdup (answer->str);
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GSocketConnection) connection = data;
  VrDrive *drive = g_object_get_data (G_OBJECT (connection), "drive");
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autoptr (GError) error = NULL;
  g_autofree char *line
      = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, &error);
  g_autofree char *answer = NULL;

  if (line == NULL)
    return;
  answer = vr_control_run (drive, line);
  if (!g_output_stream_write_all (output, answer, strlen (answer), NULL, NULL, &error)
      || !g_io_stream_close (G_IO_STREAM (connection), NULL, &error))
    g_message ("The control connection broke: %s", error->message);
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *connection, GObject *source,
             gpointer data)
{
  g_autoptr (GDataInputStream) input
      = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));

  g_object_set_data (G_OBJECT (connection), "drive", data);
  g_data_input_stream_read_line_async (input, G_PRIORITY_DEFAULT, NULL, on_line,
                                       g_object_ref (connection));
  return TRUE;
}

/**
 * vr_control_listen:
 * @drive: a drive that outlives the service
 * @path: of the socket; a stale one is replaced
 * @error: return location
 *
 * Main thread, which has to run its main loop afterwards.
 *
 * Returns: (transfer full): the service, or %NULL
 */
GSocketService *
vr_control_listen (VrDrive *drive, const char *path, GError **error)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    g_unlink (path);
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (service), address, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, error))
    return NULL;
  g_signal_connect (service, "incoming", G_CALLBACK (on_incoming), drive);
  g_socket_service_start (service);
  return g_steal_pointer (&service);
}

static char *
join_words (const char *const *words)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *quoted = g_shell_quote (words[i]);

      g_string_append_printf (line, "%s%s", i > 0 ? " " : "", quoted);
    }
  g_string_append_c (line, '\n');
  return g_strdup (line->str);
}

/**
 * vr_control_send:
 * @path: of the socket of a running recorder
 * @words: the command
 *
 * Prints the answer.
 *
 * Returns: an exit status
 */
int
vr_control_send (const char *path, const char *const *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocketConnection) connection = g_socket_client_connect (
      client, G_SOCKET_CONNECTABLE (address), NULL, &error);
  g_autoptr (GOutputStream) text = g_memory_output_stream_new_resizable ();
  g_autofree char *line = join_words (words);
  g_autofree char *answer = NULL;
  GOutputStream *output;

  if (connection == NULL)
    {
      g_printerr ("%s: %s\n", path, error->message);
      return 1;
    }
  output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  if (!g_output_stream_write_all (output, line, strlen (line), NULL, NULL, &error)
      || g_output_stream_splice (text, g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                                 G_OUTPUT_STREAM_SPLICE_NONE, NULL, &error)
             < 0
      || !g_output_stream_write_all (text, "", 1, NULL, NULL, &error)
      || !g_output_stream_close (text, NULL, &error))
    {
      g_printerr ("%s: %s\n", path, error->message);
      return 1;
    }
  answer = g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (text));
  if (!g_str_has_prefix (answer, "ok\n"))
    {
      g_printerr ("%s", answer);
      return 1;
    }
  g_print ("%s", answer + 3);
  return 0;
}
