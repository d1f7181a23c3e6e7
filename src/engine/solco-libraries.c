/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-libraries-private.h"

#include "solco-libburn-private.h"
#include "solco-libisofs-private.h"

#include <string.h>

#include "solco-error.h"
#include "solco-second-reader-private.h"

#define STOP_TIMEOUT_MS 5000
#define STOP_POLL_MS 2

/* From here on a message is a reason for a failure, and not only a remark for the log. */
#define FAILURE_SEVERITY "SORRY"

/**
 * solco_libraries_start:
 * @error: return location for %SOLCO_ERROR_INTERNAL
 *
 * Engine's thread, once.
 *
 * Returns: whether libburn and libisofs can be used
 */
gboolean
solco_libraries_start (GError **error)
{
  if (burn_initialize () == 0)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_INTERNAL, "libburn does not start");
      return FALSE;
    }

  int ret = iso_init ();
  if (ret < 0)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_INTERNAL, "libisofs does not start: %s",
                   iso_error_to_msg (ret));
      burn_finish ();
      return FALSE;
    }

  /* Names are UTF-8 in Solco whatever the locale says. Left alone, libisofs turns every letter
   * that LC_ALL=C does not know into an underscore. */
  static char charset[] = "UTF-8";
  ret = iso_set_local_charset (charset, 0);
  if (ret <= 0)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_INTERNAL, "libisofs refuses UTF-8: %s",
                   iso_error_to_msg (ret));
      iso_finish ();
      burn_finish ();
      return FALSE;
    }

  /* Everything into the queues, nothing to standard error. No signal handlers: libburn's would
   * take SIGSEGV, SIGABRT, SIGBUS and SIGTERM from GLib and from sanitizers. */
  static char queue_severity[] = "NOTE";
  static char print_severity[] = "NEVER";
  static char no_prefix[] = "";
  burn_msgs_set_severities (queue_severity, print_severity, no_prefix);
  iso_set_msgs_severities (queue_severity, print_severity, no_prefix);
  /* An image file that may only be read is still a drive to read from. */
  burn_allow_drive_role_4 (1);
  solco_second_reader_start ();
  return TRUE;
}

/* libburn's numbers of messages, with what they say. */
#define CODE_BUSY 0x00020102            /* A drive operation is still going on */
#define CODE_NOT_TRANSFERRED 0x0002010c /* Failed to transfer command to drive */
#define CODE_WRITE_ERROR 0x0002011d     /* SCSI error on write */
#define CODE_NOT_CLOSED 0x0002017e      /* Failed to close track, session, or disc */
#define CODE_NOT_SYNCED 0x0002017f      /* Failed to synchronize drive cache */
#define CODE_CONNECTION_LOST 0x000201a6 /* Lost connection to drive */
/* How libburn writes sense key 2 with additional code 3A into its messages. */
#define SENSE_NO_MEDIUM "[2 3A "

typedef struct
{
  GString *text;
  int worst;
  SolcoMessages found;
} Collector;

void
solco_messages_clear (SolcoMessages *messages)
{
  g_clear_pointer (&messages->text, g_free);
}

void
solco_messages_add (SolcoMessages *messages, const SolcoMessages *earlier)
{
  if (earlier->text != NULL)
    {
      char *text = messages->text != NULL
                       ? g_strconcat (earlier->text, "; ", messages->text, NULL)
                       : g_strdup (earlier->text);

      g_free (messages->text);
      messages->text = text;
    }
  if (messages->os_errno == 0)
    messages->os_errno = earlier->os_errno;
  messages->is_device_gone |= earlier->is_device_gone;
  messages->has_no_medium |= earlier->has_no_medium;
  messages->has_write_error |= earlier->has_write_error;
  messages->has_close_error |= earlier->has_close_error;
}

int
solco_messages_get_code (const SolcoMessages *messages, int code)
{
  return messages->is_device_gone  ? SOLCO_ERROR_DEVICE_GONE
         : messages->has_no_medium ? SOLCO_ERROR_NO_MEDIUM
                                   : code;
}

static int
severity_of (const char *name)
{
  int severity = 0;

  if (burn_text_to_sev ((char *) name, &severity, 0) <= 0)
    return 0;
  return severity;
}

static void
take_message (SolcoTask *task, Collector *collector, const char *library, const char *text,
              const char *severity_name, int os_errno)
{
  SolcoMessages *found = &collector->found;
  int severity = severity_of (severity_name);

  if (task != NULL)
    solco_task_log (task, "%s: %s: %s", library, severity_name, text);
  if (severity < severity_of (FAILURE_SEVERITY))
    return;
  if (found->os_errno == 0 && os_errno > 0)
    found->os_errno = os_errno;
  found->has_no_medium = found->has_no_medium || strstr (text, SENSE_NO_MEDIUM) != NULL;
  if (severity > collector->worst)
    {
      collector->worst = severity;
      g_string_truncate (collector->text, 0);
    }
  if (severity == collector->worst && collector->text->len < 1000)
    {
      if (collector->text->len > 0)
        g_string_append (collector->text, "; ");
      g_string_append (collector->text, text);
    }
}

static void
take_code (SolcoMessages *found, int error_code)
{
  switch (error_code)
    {
    case CODE_BUSY:
      found->is_busy = TRUE;
      break;
    case CODE_NOT_TRANSFERRED:
    case CODE_CONNECTION_LOST:
      found->is_device_gone = TRUE;
      break;
    case CODE_WRITE_ERROR:
      found->has_write_error = TRUE;
      break;
    case CODE_NOT_CLOSED:
    case CODE_NOT_SYNCED:
      found->has_close_error = TRUE;
      break;
    default:
      break;
    }
}

void
solco_libraries_take_messages (SolcoTask *task, SolcoMessages *messages)
{
  Collector collector = { .text = g_string_new (NULL) };
  /* Sizes from burn_msgs_obtain() and iso_obtain_msgs(). */
  char text[BURN_MSGS_MESSAGE_LEN];
  char severity[80];
  static char lowest[] = "ALL";
  int error_code;
  int message_errno;
  int image_id;

  while (burn_msgs_obtain (lowest, &error_code, text, &message_errno, severity) == 1)
    {
      take_code (&collector.found, error_code);
      take_message (task, &collector, "libburn", text, severity, message_errno);
    }
  while (iso_obtain_msgs (lowest, &error_code, &image_id, text, severity) == 1)
    take_message (task, &collector, "libisofs", text, severity, 0);
  *messages = collector.found;
  messages->text = g_string_free (collector.text, collector.text->len == 0);
}

void
solco_libraries_drop_messages (SolcoTask *task)
{
  g_auto (SolcoMessages) messages = { NULL };

  solco_libraries_take_messages (task, &messages);
}

/* libburn's thread of the last operation ends a moment after its drive is idle, and would find the
 * library gone. A scan, of nothing, is refused until then. */
static void
wait_for_threads (void)
{
  static char no_device[] = "/dev/solco-no-recorder";
  gint64 deadline_us = g_get_monotonic_time () + STOP_TIMEOUT_MS * G_TIME_SPAN_MILLISECOND;
  gboolean is_busy = TRUE;

  while (is_busy && g_get_monotonic_time () < deadline_us)
    {
      g_auto (SolcoMessages) messages = { NULL };
      struct burn_drive_info *info = NULL;

      if (burn_drive_scan_and_grab (&info, no_device, 0) == 1)
        {
          burn_drive_release (info[0].drive, 0);
          burn_drive_info_free (info);
        }
      solco_libraries_take_messages (NULL, &messages);
      is_busy = messages.is_busy;
      if (is_busy)
        g_usleep (STOP_POLL_MS * 1000);
    }
}

/**
 * solco_libraries_stop:
 *
 * Engine's thread, at its end.
 */
void
solco_libraries_stop (void)
{
  wait_for_threads ();
  iso_finish ();
  burn_finish ();
}
