/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A small source of drags for the screen tests: it speaks the XDND protocol, version 5, as a file
 * manager does, and drops files on whatever window is at a point of the screen.
 *
 *   xdnd-source X Y PATH…      the paths are arguments
 *   xdnd-source X Y -          they are lines of the standard input
 *   xdnd-source --hover MS …   stays over the target for a while before the drop, for pictures
 *
 * It ends with 0 when the target said that it took the drop, with 1 when it refused, and with 2
 * when it did not answer in time. */

#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>

#define XDND_VERSION 5
/* How often the position is told again until the target accepts. */
#define POSITION_EVERY_MS 50
#define ACCEPT_WITHIN_MS 10000
/* A list of 20 000 files takes its time. */
#define FINISH_WITHIN_MS 60000

enum
{
  EXIT_TAKEN = 0,
  EXIT_REFUSED = 1,
  EXIT_SILENT = 2,
  EXIT_USAGE = 3
};

typedef struct
{
  Display *display;
  Window root;
  Window source;
  Window target;
  int x;
  int y;
  GString *uris;
  Atom aware;
  Atom selection;
  Atom enter;
  Atom position;
  Atom status;
  Atom drop;
  Atom leave;
  Atom finished;
  Atom action_copy;
  Atom uri_list;
  Atom targets;
} Source;

static Atom
intern (Source *self, const char *name)
{
  return XInternAtom (self->display, name, False);
}

static gboolean
is_aware (Source *self, Window window)
{
  Atom type;
  int format;
  unsigned long n_items;
  unsigned long n_left;
  unsigned char *data = NULL;
  gboolean aware;

  if (XGetWindowProperty (self->display, window, self->aware, 0, 1, False, AnyPropertyType, &type,
                          &format, &n_items, &n_left, &data)
      != Success)
    return FALSE;
  aware = type == XA_ATOM && format == 32 && n_items > 0;
  if (data != NULL)
    XFree (data);
  return aware;
}

/* The window that takes part in the protocol, below whatever frames a window manager adds. */
static Window
find_target (Source *self)
{
  Window window = self->root;

  for (;;)
    {
      int x;
      int y;
      Window child;

      if (window != self->root && is_aware (self, window))
        return window;
      if (!XTranslateCoordinates (self->display, self->root, window, self->x, self->y, &x, &y,
                                  &child)
          || child == None)
        return None;
      window = child;
    }
}

static void
send_message (Source *self, Atom type, long l1, long l2, long l3, long l4)
{
  XEvent event = { 0 };

  event.xclient.type = ClientMessage;
  event.xclient.display = self->display;
  event.xclient.window = self->target;
  event.xclient.message_type = type;
  event.xclient.format = 32;
  event.xclient.data.l[0] = (long) self->source;
  event.xclient.data.l[1] = l1;
  event.xclient.data.l[2] = l2;
  event.xclient.data.l[3] = l3;
  event.xclient.data.l[4] = l4;
  XSendEvent (self->display, self->target, False, NoEventMask, &event);
  XFlush (self->display);
}

static void
send_position (Source *self)
{
  send_message (self, self->position, 0, (self->x << 16) | self->y, CurrentTime,
                (long) self->action_copy);
}

/* The target wants to know what there is, or to have it. */
static void
serve (Source *self, const XSelectionRequestEvent *request)
{
  XEvent reply = { 0 };

  reply.xselection.type = SelectionNotify;
  reply.xselection.display = self->display;
  reply.xselection.requestor = request->requestor;
  reply.xselection.selection = request->selection;
  reply.xselection.target = request->target;
  reply.xselection.time = request->time;
  reply.xselection.property = request->property;
  if (request->target == self->uri_list)
    XChangeProperty (self->display, request->requestor, request->property, self->uri_list, 8,
                     PropModeReplace, (const unsigned char *) self->uris->str,
                     (int) self->uris->len);
  else if (request->target == self->targets)
    XChangeProperty (self->display, request->requestor, request->property, XA_ATOM, 32,
                     PropModeReplace, (const unsigned char *) &self->uri_list, 1);
  else
    reply.xselection.property = None;
  XSendEvent (self->display, request->requestor, False, NoEventMask, &reply);
  XFlush (self->display);
}

/* Waits for a message of the target, serves the data meanwhile, and repeats the position. */
static gboolean
wait_for (Source *self, Atom type, gboolean repeat_position, int within_ms, XEvent *event)
{
  const gint64 end_us = g_get_monotonic_time () + within_ms * (gint64) 1000;

  while (g_get_monotonic_time () < end_us)
    {
      while (XPending (self->display) > 0)
        {
          XNextEvent (self->display, event);
          if (event->type == SelectionRequest)
            serve (self, &event->xselectionrequest);
          else if (event->type == ClientMessage && event->xclient.message_type == type)
            return TRUE;
        }
      g_usleep (POSITION_EVERY_MS * 1000);
      if (repeat_position)
        send_position (self);
    }
  return FALSE;
}

static int
run (Source *self, int hover_ms)
{
  const gint64 end_us = g_get_monotonic_time () + ACCEPT_WITHIN_MS * (gint64) 1000;
  XEvent event;
  gboolean accepted = FALSE;

  XWarpPointer (self->display, None, self->root, 0, 0, 0, 0, self->x, self->y);
  XSync (self->display, False);
  self->target = find_target (self);
  if (self->target == None)
    {
      g_printerr ("No window at %d,%d takes part in drags\n", self->x, self->y);
      return EXIT_REFUSED;
    }
  XSetSelectionOwner (self->display, self->selection, self->source, CurrentTime);
  send_message (self, self->enter, (long) XDND_VERSION << 24, (long) self->uri_list, None, None);
  send_position (self);
  while (!accepted)
    {
      if (g_get_monotonic_time () > end_us)
        {
          g_printerr ("The target did not accept the drag\n");
          send_message (self, self->leave, 0, 0, 0, 0);
          return EXIT_REFUSED;
        }
      if (!wait_for (self, self->status, TRUE, 1000, &event))
        continue;
      accepted = (event.xclient.data.l[1] & 1) != 0;
    }
  if (hover_ms > 0)
    wait_for (self, None, TRUE, hover_ms, &event);
  send_message (self, self->drop, 0, CurrentTime, 0, 0);
  if (!wait_for (self, self->finished, FALSE, FINISH_WITHIN_MS, &event))
    {
      g_printerr ("The target did not finish the drop\n");
      return EXIT_SILENT;
    }
  return (event.xclient.data.l[1] & 1) != 0 ? EXIT_TAKEN : EXIT_REFUSED;
}

static gboolean
add_path (Source *self, const char *path)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = g_filename_to_uri (absolute, NULL, &error);

  if (uri == NULL)
    {
      g_printerr ("%s\n", error->message);
      return FALSE;
    }
  g_string_append_printf (self->uris, "%s\r\n", uri);
  return TRUE;
}

static gboolean
add_lines (Source *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GIOChannel) channel = g_io_channel_unix_new (0);
  g_autofree char *text = NULL;

  if (g_io_channel_set_encoding (channel, NULL, &error) != G_IO_STATUS_NORMAL
      || g_io_channel_read_to_end (channel, &text, NULL, &error) != G_IO_STATUS_NORMAL)
    {
      g_printerr ("%s\n", error->message);
      return FALSE;
    }

  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    if (**line != '\0' && !add_path (self, *line))
      return FALSE;
  return TRUE;
}

int
main (int argc, char **argv)
{
  Source self = { 0 };
  int hover_ms = 0;
  int first = 1;
  int status;

  if (argc > 2 && strcmp (argv[1], "--hover") == 0)
    {
      hover_ms = atoi (argv[2]);
      first = 3;
    }
  if (argc < first + 3)
    {
      g_printerr ("Usage: xdnd-source [--hover MS] X Y PATH…\n");
      return EXIT_USAGE;
    }
  self.x = atoi (argv[first]);
  self.y = atoi (argv[first + 1]);
  self.uris = g_string_new (NULL);
  if (strcmp (argv[first + 2], "-") == 0)
    {
      if (!add_lines (&self))
        return EXIT_USAGE;
    }
  else
    for (int i = first + 2; i < argc; i++)
      if (!add_path (&self, argv[i]))
        return EXIT_USAGE;

  self.display = XOpenDisplay (NULL);
  if (self.display == NULL)
    {
      g_printerr ("There is no display\n");
      return EXIT_USAGE;
    }
  self.root = DefaultRootWindow (self.display);
  self.aware = intern (&self, "XdndAware");
  self.selection = intern (&self, "XdndSelection");
  self.enter = intern (&self, "XdndEnter");
  self.position = intern (&self, "XdndPosition");
  self.status = intern (&self, "XdndStatus");
  self.drop = intern (&self, "XdndDrop");
  self.leave = intern (&self, "XdndLeave");
  self.finished = intern (&self, "XdndFinished");
  self.action_copy = intern (&self, "XdndActionCopy");
  self.uri_list = intern (&self, "text/uri-list");
  self.targets = intern (&self, "TARGETS");
  self.source = XCreateSimpleWindow (self.display, self.root, -10, -10, 1, 1, 0, 0, 0);
  status = run (&self, hover_ms);
  XDestroyWindow (self.display, self.source);
  XCloseDisplay (self.display);
  g_string_free (self.uris, TRUE);
  return status;
}
