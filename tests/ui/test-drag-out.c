/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What other programs get when files are dragged to them. */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "app/solco-drag-out.h"
#include "app/solco-window-private.h"
#include "ui/ui-recorder.h"

#define DAY_S (24 * 60 * 60)

static void
burn (UiFixture *fixture)
{
  ui_begin_burn (fixture);
  ui_end_job (fixture);
}

/* When Solco is started so long after the copies were made. */
static void
start_after (gint64 seconds)
{
  solco_drag_out_clean_up (g_get_real_time () / G_USEC_PER_SEC + seconds);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gboolean
is_there (gpointer data)
{
  return *(gpointer *) data != NULL;
}

/* The paths that a program is given; NULL with an error. g_strfreev(). */
static GStrv
get_paths (SolcoDragOut *out, GError **error)
{
  GdkContentProvider *provider = GDK_CONTENT_PROVIDER (out);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  g_autofree char *list = NULL;
  g_auto (GStrv) uris = NULL;

  gdk_content_provider_write_mime_type_async (provider, "text/uri-list", stream,
                                              G_PRIORITY_DEFAULT, NULL, on_written, &result);
  ui_wait_until (is_there, &result);
  if (!gdk_content_provider_write_mime_type_finish (provider, result, error))
    return NULL;
  list = g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)));
  uris = g_uri_list_extract_uris (list);
  for (gsize i = 0; uris[i] != NULL; i++)
    {
      g_autofree char *path = g_filename_from_uri (uris[i], NULL, NULL);

      g_strv_builder_add (paths, path);
    }
  return g_strv_builder_end (paths);
}

static void
test_files (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoDragOut) out = NULL;
  g_autofree char *local = NULL;
  g_autofree char *content = NULL;
  g_auto (GStrv) paths = NULL;
  g_auto (GStrv) again = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_bytes = 0;

  ui_select_image (fixture, "disc.iso");
  ui_stage (fixture, "on the disc.txt", 3000);
  burn (fixture);
  local = ui_make_file (fixture, "local.txt", 10);

  out = solco_drag_out_new (fixture->controller, 0);
  g_assert_true (solco_drag_out_is_empty (out));
  solco_drag_out_add_local (out, local);
  solco_drag_out_add_disc (out, "/on the disc.txt");
  g_assert_false (solco_drag_out_is_empty (out));
  paths = get_paths (out, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (paths), ==, 2);
  g_assert_cmpstr (paths[0], ==, local);
  g_assert_true (g_str_has_suffix (paths[1], "/on the disc.txt"));
  g_assert_true (g_file_get_contents (paths[1], &content, &n_bytes, &error));
  g_assert_cmpuint (n_bytes, ==, 3000);

  /* Asked again, it has the same files. The other program may take its time to copy them; the next day
   * they go, and the user's own stay. */
  again = get_paths (out, &error);
  g_assert_cmpstrv (again, paths);
  start_after (0);
  start_after (DAY_S - 60);
  g_assert_true (g_file_test (paths[1], G_FILE_TEST_EXISTS));
  start_after (DAY_S + 60);
  g_assert_false (g_file_test (paths[1], G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (local, G_FILE_TEST_EXISTS));
}

/* Of what a link on the disc leads to, nothing is deleted with it. */
static void
test_link (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoDragOut) out = NULL;
  g_autofree char *folder = g_build_filename (fixture->folder, "folder", NULL);
  g_autofree char *precious = g_build_filename (fixture->folder, "precious", NULL);
  g_autofree char *precious_file = g_build_filename (precious, "file", NULL);
  g_autofree char *link = g_build_filename (folder, "link", NULL);
  g_autofree char *link_copy = NULL;
  const char *paths[] = { folder, NULL };
  g_auto (GStrv) copies = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (precious, 0700), ==, 0);
  g_assert_true (g_file_set_contents (precious_file, "x", 1, &error));
  g_assert_cmpint (symlink (precious, link), ==, 0);
  ui_select_image (fixture, "disc.iso");
  ui_drop (fixture, paths);
  ui_settle (fixture);
  burn (fixture);

  out = solco_drag_out_new (fixture->controller, 0);
  solco_drag_out_add_disc (out, "/folder");
  copies = get_paths (out, &error);
  g_assert_no_error (error);
  link_copy = g_build_filename (copies[0], "link", NULL);
  g_assert_true (g_file_test (link_copy, G_FILE_TEST_IS_SYMLINK));
  start_after (DAY_S + 60);
  g_assert_false (g_file_test (copies[0], G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (precious_file, G_FILE_TEST_EXISTS));
}

/* An older session shows what it held. */
static void
test_session (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoDragOut) out = NULL;
  g_auto (GStrv) paths = NULL;
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  SolcoNode *node;
  gsize n_bytes = 0;

  ui_select_image (fixture, "disc.iso");
  ui_stage (fixture, "old.txt", 500);
  burn (fixture);
  node = solco_project_lookup (solco_controller_get_project (fixture->controller), "/old.txt");
  g_assert_true (
      solco_project_remove (solco_controller_get_project (fixture->controller), &node, 1));
  ui_stage (fixture, "new.txt", 20);
  burn (fixture);

  out = solco_drag_out_new (fixture->controller, 1);
  solco_drag_out_add_disc (out, "/old.txt");
  paths = get_paths (out, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (paths[0], &content, &n_bytes, &error));
  g_assert_cmpuint (n_bytes, ==, 500);
}

static void
on_message (SolcoController *controller, const char *title, const char *body, guint *count)
{
  (*count)++;
}

/* The disc is gone: the other program gets nothing, and the user is told. */
static void
test_failure (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoDragOut) out = NULL;
  g_auto (GStrv) paths = NULL;
  g_autoptr (GError) error = NULL;
  guint n_messages = 0;

  ui_select_image (fixture, "disc.iso");
  g_signal_connect (fixture->controller, "message", G_CALLBACK (on_message), &n_messages);
  out = solco_drag_out_new (fixture->controller, 0);
  solco_drag_out_add_disc (out, "/nothing");
  paths = get_paths (out, &error);
  g_assert_null (paths);
  g_assert_nonnull (error);
  g_assert_cmpuint (n_messages, ==, 1);
}

/* What was renamed on the stage is found under the name that the disc has for it. */
static void
test_disc_path (UiFixture *fixture, gconstpointer data)
{
  SolcoProject *project;
  SolcoNode *node;
  g_autofree char *path = NULL;
  g_autofree char *none = NULL;
  g_autoptr (GError) error = NULL;

  ui_select_image (fixture, "disc.iso");
  ui_stage (fixture, "old.txt", 500);
  burn (fixture);
  project = solco_controller_get_project (fixture->controller);
  node = solco_project_lookup (project, "/old.txt");
  g_assert_true (solco_project_rename (project, node, "renamed.txt", &error));
  path = solco_project_dup_disc_path (project, node);
  g_assert_cmpstr (path, ==, "/old.txt");
  ui_stage (fixture, "new.txt", 5);
  none = solco_project_dup_disc_path (project, solco_project_lookup (project, "/new.txt"));
  g_assert_null (none);
}

static char *
dup_base_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "solco", "dragged", NULL);
}

static gboolean
has_no_copy (gpointer data)
{
  g_autofree char *base = dup_base_folder ();
  g_autoptr (GDir) dir = g_dir_open (base, 0, NULL);

  return dir == NULL || g_dir_read_name (dir) == NULL;
}

static const char *
get_banner (UiRecorder *fixture)
{
  return solco_banner_get_text (SOLCO_WINDOW (fixture->ui.window)->banner);
}

static gboolean
tells_amount (gpointer data)
{
  const char *text = get_banner (data);

  return text != NULL && strstr (text, "Copying files for the other program: ") != NULL;
}

/* A disc that is slow to read: the window says how far it is, and the user can stop it. Then the other
 * program gets nothing, and nothing is left. */
static void
test_progress (UiRecorder *fixture, gconstpointer data)
{
  g_autoptr (SolcoDragOut) out = NULL;
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ui_recorder_insert (fixture, "disc.vr");
  ui_stage (&fixture->ui, "large.bin", 3000000);
  burn (&fixture->ui);
  g_assert_false (ui_is_enabled (&fixture->ui, "stop-copying"));
  start_after (DAY_S + 60);

  ui_recorder_break (fixture, "hang=3,op=read,after=20");
  out = solco_drag_out_new (fixture->ui.controller, 0);
  solco_drag_out_add_disc (out, "/large.bin");
  gdk_content_provider_write_mime_type_async (GDK_CONTENT_PROVIDER (out), "text/uri-list", stream,
                                              G_PRIORITY_DEFAULT, NULL, on_written, &result);
  ui_wait_until (tells_amount, fixture);
  g_assert_null (result);
  g_assert_nonnull (strstr (get_banner (fixture), " of 2.9 MiB"));
  g_assert_true (
      ui_has_text (GTK_WIDGET (SOLCO_WINDOW (fixture->ui.window)->banner), "Stop"));
  g_action_group_activate_action (G_ACTION_GROUP (fixture->ui.window), "stop-copying", NULL);
  ui_wait_until (is_there, &result);
  g_assert_false (gdk_content_provider_write_mime_type_finish (GDK_CONTENT_PROVIDER (out), result,
                                                               &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  ui_wait_until (has_no_copy, NULL);
  ui_settle (&fixture->ui);
  g_assert_false (solco_controller_is_copying (fixture->ui.controller));
  g_assert_nonnull (strstr (get_banner (fixture), "Adding session 2"));
}

static void
add (const char *name, void (*test) (UiFixture *fixture, gconstpointer data))
{
  g_test_add (name, UiFixture, NULL, ui_fixture_set_up, test, ui_fixture_tear_down);
}

int
main (int argc, char **argv)
{
  g_autofree char *cache = g_dir_make_tmp ("solco-ui-cache-XXXXXX", NULL);
  int status;

  g_assert_nonnull (cache);
  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  if (!ui_init (&argc, &argv))
    return 0;
  add ("/drag-out/files", test_files);
  add ("/drag-out/link", test_link);
  add ("/drag-out/session", test_session);
  add ("/drag-out/failure", test_failure);
  add ("/drag-out/disc-path", test_disc_path);
  g_test_add ("/drag-out/progress", UiRecorder, NULL, ui_recorder_set_up, test_progress,
              ui_recorder_tear_down);
  status = g_test_run ();
  ui_delete_all (cache);
  return status;
}
