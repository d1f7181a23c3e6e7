/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-fixture.h"
#include "solco-error.h"
#include "solco-project-file.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *
read_text (const char *path, gsize *length)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, length, &error);
  g_assert_no_error (error);
  return text;
}

/* A project with a bit of everything; its sources are below @directory. */
static SolcoProject *
make_project (const char *directory)
{
  static const char *const paths[]
      = { "docs/", "docs/a:1", "docs/b:2", "photos/", "photos/1:3", "plain:4", NULL };
  g_autoptr (SolcoTree) tree = fixture_make_tree (paths);
  g_autoptr (SolcoDiscIdentity) identity = fixture_make_identity ("one", 1);
  const SolcoDiscImport disc = { tree, identity, "LABEL" };
  g_autofree char *source = g_build_filename (directory, "s", NULL);
  g_autofree char *single = g_build_filename (directory, "Caf\xe9;x", NULL);
  SolcoProject *project = solco_project_new ();
  SolcoProjectOptions options = *solco_project_get_options (project);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  SolcoNode *node;

  fixture_make (directory, "s/inner/one", 10, 100);
  fixture_make (directory, "s/inner/two", 20, 100);
  fixture_make (directory, "s/away", 30, 100);
  fixture_make (directory, "s/old name", 40, 100);
  fixture_make (directory, "Caf\xe9;x", 50, 100);
  problems = solco_project_import_disc (project, &disc, SOLCO_CONFLICT_REPLACE);
  fixture_add (project, source, fixture_find (project, "/docs"), SOLCO_CONFLICT_ASK);
  {
    g_autoptr (SolcoScanOptions) scan
        = solco_scan_options_new (FALSE, SOLCO_SYMLINKS_FOLLOW, FALSE, NULL);
    g_autoptr (SolcoAddition) addition
        = solco_addition_new (project, scan, SOLCO_CONFLICT_ASK);

    solco_addition_add_path (addition, single, solco_project_get_root (project), "coffee; \\x");
    fixture_run (addition);
  }
  node = fixture_find (project, "/docs/s/away");
  g_assert_true (solco_project_remove (project, &node, 1));
  node = fixture_find (project, "/docs/s/old name");
  g_assert_true (solco_project_rename (project, node, "new; name", &error));
  node = fixture_find (project, "/docs/a");
  g_assert_true (solco_project_remove (project, &node, 1));
  g_assert_nonnull (solco_project_new_folder (project, solco_project_get_root (project), "box",
                                              &error));
  node = fixture_find (project, "/photos/1");
  g_assert_true (solco_project_move (project, &node, 1, fixture_find (project, "/box"),
                                     SOLCO_CONFLICT_ASK, &error));
  solco_project_set_label (project, "Ürlaub");
  options.verify = SOLCO_VERIFY_FULL;
  options.eject = TRUE;
  options.speed_kb_per_s = 2822;
  options.manifest = FALSE;
  solco_project_set_options (project, &options);
  return project;
}

static void
test_round_trip (void)
{
  static const char *const paths[]
      = { "docs/", "docs/a:1", "docs/b:2", "photos/", "photos/1:3", "plain:4", NULL };
  g_autofree char *directory = fixture_make_directory ();
  g_autofree char *path = g_build_filename (directory, "p.solco", NULL);
  g_autoptr (SolcoProject) project = make_project (directory);
  g_autoptr (SolcoProject) loaded = NULL;
  g_autoptr (SolcoTree) tree = fixture_make_tree (paths);
  g_autoptr (SolcoDiscIdentity) identity = fixture_make_identity ("one", 1);
  const SolcoDiscImport disc = { tree, identity, "LABEL" };
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GPtrArray) more = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *wanted = fixture_dump_items (project);
  g_autofree char *got = NULL;
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (solco_project_is_dirty (project));
  fixture_save (project, path);
  solco_project_mark_saved (project);
  g_assert_false (solco_project_is_dirty (project));
  text = read_text (path, &length);
  g_assert_true (solco_project_file_check (text, length, &error));
  /* A folder is its source, not its files. */
  g_assert_null (strstr (text, "inner"));

  loaded = fixture_load (path, &problems, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_true (solco_project_is_waiting_for_disc (loaded));
  g_assert_true (solco_disc_identity_equal (solco_project_get_disc (loaded), identity));
  g_assert_cmpmem (solco_project_get_options (loaded), sizeof (SolcoProjectOptions),
                   solco_project_get_options (project), sizeof (SolcoProjectOptions));
  g_assert_cmpstr (solco_project_get_label (loaded), ==, "Ürlaub");
  g_assert_cmpint (solco_project_get_undo_kind (loaded), ==, SOLCO_EDIT_NONE);

  /* Saved while it waits, it still knows what it waits for. */
  fixture_save (loaded, path);
  g_clear_object (&loaded);
  g_clear_pointer (&problems, g_ptr_array_unref);
  loaded = fixture_load (path, &problems, &error);
  g_assert_no_error (error);
  more = solco_project_import_disc (loaded, &disc, SOLCO_CONFLICT_REPLACE);
  g_assert_cmpuint (more->len, ==, 0);
  got = fixture_dump_items (loaded);
  g_assert_cmpstr (got, ==, wanted);
  fixture_remove_tree (directory);
}

static void
test_vanished (void)
{
  g_autofree char *directory = fixture_make_directory ();
  g_autofree char *path = g_build_filename (directory, "p.solco", NULL);
  g_autofree char *gone = g_build_filename (directory, "Caf\xe9;x", NULL);
  g_autoptr (SolcoProject) project = make_project (directory);
  g_autoptr (SolcoProject) loaded = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;

  fixture_save (project, path);
  g_assert_cmpint (unlink (gone), ==, 0);
  fixture_make (directory, "s/arrived later", 1, 1);
  loaded = fixture_load (path, &problems, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpint (((SolcoProblem *) g_ptr_array_index (problems, 0))->kind, ==,
                   SOLCO_PROBLEM_SOURCE_MISSING);
  g_assert_nonnull (fixture_find (loaded, "/docs/s/new; name"));
  g_assert_nonnull (fixture_find (loaded, "/docs/s/arrived later"));
  g_assert_null (solco_project_lookup (loaded, "/docs/s/away"));
  fixture_remove_tree (directory);
}

static void
assert_load_error (const char *path, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (fixture_load (path, NULL, &error));
  g_assert_error (error, SOLCO_ERROR, code);
}

static void
test_errors (void)
{
  g_autofree char *directory = fixture_make_directory ();
  g_autofree char *path = g_build_filename (directory, "p.solco", NULL);
  g_autofree char *fifo = g_build_filename (directory, "fifo", NULL);

  assert_load_error (path, SOLCO_ERROR_SOURCE);
  assert_load_error (directory, SOLCO_ERROR_SOURCE);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  assert_load_error (fifo, SOLCO_ERROR_SOURCE);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  assert_load_error (path, SOLCO_ERROR_PROJECT_INVALID);
  g_assert_true (g_file_set_contents (path, "Dear diary,\n", -1, NULL));
  assert_load_error (path, SOLCO_ERROR_PROJECT_INVALID);
  g_assert_true (g_file_set_contents (path, "[Solco Project]\nVersion=2\n", -1, NULL));
  assert_load_error (path, SOLCO_ERROR_PROJECT_VERSION);
  fixture_remove_tree (directory);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (solco_project_file_save_finish (result, &error));
  g_assert_error (error, SOLCO_ERROR, *(int *) user_data);
  *(int *) user_data = -1;
}

static void
assert_save_error (SolcoProject *project, const char *path, int code)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  solco_project_file_save_async (project, file, NULL, on_saved, &code);
  while (code >= 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_save_errors (void)
{
  g_autofree char *directory = fixture_make_directory ();
  g_autofree char *nowhere = g_build_filename (directory, "no", "where", NULL);
  g_autoptr (SolcoProject) project = make_project (directory);

  assert_save_error (project, nowhere, SOLCO_ERROR_DESTINATION);
  assert_save_error (project, directory, SOLCO_ERROR_DESTINATION);
  fixture_remove_tree (directory);
}

/* Cut off after every byte, and every byte changed in some ways: an error or a project, never a
 * crash; and an error wherever anything but the checksum's own key is damaged. */
static void
test_damage (void)
{
  g_autofree char *directory = fixture_make_directory ();
  g_autofree char *path = g_build_filename (directory, "p.solco", NULL);
  g_autoptr (SolcoProject) project = make_project (directory);
  g_autofree char *text = NULL;
  const char *end;
  gsize length;

  fixture_save (project, path);
  text = read_text (path, &length);
  end = strstr (text, "\n[End]\n");
  g_assert_nonnull (end);
  for (gsize cut = 0; cut + 1 < length; cut++)
    {
      g_autoptr (GError) error = NULL;

      /* The end alone, without its checksum, is how it looks after an edit by hand. */
      if (text + cut == end + strlen ("\n[End]\n"))
        continue;
      g_assert_false (solco_project_file_check (text, cut, &error));
      g_assert_error (error, SOLCO_ERROR, SOLCO_ERROR_PROJECT_INVALID);
    }
  for (gsize i = 0; i < length; i++)
    {
      static const guchar flips[] = { 0x01, 0x10, 0x20, 0x80, 0xff };

      for (gsize f = 0; f < G_N_ELEMENTS (flips); f++)
        {
          g_autoptr (GError) error = NULL;
          char before = text[i];
          gboolean is_valid;

          text[i] = (char) ((guchar) text[i] ^ flips[f]);
          is_valid = solco_project_file_check (text, length, &error);
          if (text + i < end)
            g_assert_false (is_valid);
          if (!is_valid)
            g_assert_true (error->domain == SOLCO_ERROR);
          text[i] = before;
        }
    }
  fixture_remove_tree (directory);
}

/* Damage that comes with a checksum that fits, or without one: the values themselves are
 * checked. */
static void
test_bad_values (void)
{
  static const char *const replacements[][2] = {
    { "Verify=full", "Verify=perhaps" },
    { "Verify=full", "Verity=full" },
    { "Eject=true", "Eject=maybe" },
    { "Items=", "Items=9" },
    { "Items=", "Items=18446744073709551615;" },
    { "Identity=", "Identity=x" },
    { "Path=/docs/s", "Path=docs/s" },
    { "Path=/docs/s", "Path=/docs/../s" },
    { "Path=/docs/s", "Path=/docs//s" },
    { "Path=/docs/s", "Path=/docs/%FF" },
    { "Path=/docs/s", "Path=/docs/%00" },
    { "Path=/docs/s", "Path=/" },
    { "Symlinks=keep", "Symlinks=eat" },
    { "NewNames=", "NewNames=..;" },
    { "NewNames=", "NewNames=one more;" },
    { "Removed=/", "Removed=" },
    { "MovedTo=", "MovedTo=/x;" },
    { "Mode=", "Mode=9" },
    { "[Source", "[Sauce" },
  };
  g_autofree char *directory = fixture_make_directory ();
  g_autofree char *path = g_build_filename (directory, "p.solco", NULL);
  g_autoptr (SolcoProject) project = make_project (directory);
  g_autofree char *text = NULL;
  g_autoptr (GError) good = NULL;
  gsize length;

  fixture_save (project, path);
  text = read_text (path, &length);
  /* By hand: without the checksum. */
  strcpy (strstr (text, "Checksum="), "");
  g_assert_true (solco_project_file_check (text, strlen (text), &good));
  g_assert_no_error (good);
  for (gsize i = 0; i < G_N_ELEMENTS (replacements); i++)
    {
      g_autoptr (GString) damaged = g_string_new (text);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", replacements[i][1]);
      g_assert_cmpuint (
          g_string_replace (damaged, replacements[i][0], replacements[i][1], 1), ==, 1);
      g_assert_false (solco_project_file_check (damaged->str, damaged->len, &error));
      g_assert_error (error, SOLCO_ERROR, SOLCO_ERROR_PROJECT_INVALID);
    }
  fixture_remove_tree (directory);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/project-file/round-trip", test_round_trip);
  g_test_add_func ("/project-file/vanished", test_vanished);
  g_test_add_func ("/project-file/errors", test_errors);
  g_test_add_func ("/project-file/save-errors", test_save_errors);
  g_test_add_func ("/project-file/damage", test_damage);
  g_test_add_func ("/project-file/bad-values", test_bad_values);
  return g_test_run ();
}
