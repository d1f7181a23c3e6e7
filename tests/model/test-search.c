/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-fixture.h"
#include "solco-row.h"
#include "solco-search.h"

static void
wait_for (SolcoSearch *search)
{
  gint64 end_us = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (solco_search_is_searching (search))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
      g_main_context_iteration (NULL, TRUE);
    }
}

static gboolean
matches (SolcoSearch *search, SolcoProject *project, const char *path)
{
  return solco_search_matches (search, fixture_find (project, path));
}

static SolcoProject *
make_project (void)
{
  static const char *const paths[]
      = { "Docs/", "Docs/Résumé.PDF:1", "Docs/old/", "Docs/old/notes:2", "music/",
          "music/song.mp3:3", "Straße:4", NULL };

  return fixture_make_disc_project (paths);
}

static void
on_changed (SolcoSearch *search, guint *count)
{
  (*count)++;
}

static void
test_find (void)
{
  g_autoptr (SolcoProject) project = make_project ();
  g_autoptr (SolcoSearch) search = solco_search_new (project);
  guint n_changes = 0;

  g_signal_connect (search, "changed", G_CALLBACK (on_changed), &n_changes);
  g_assert_true (matches (search, project, "/music"));
  solco_search_set_text (search, "RE\xcc\x81SUM"); /* with a combining accent */
  wait_for (search);
  g_assert_cmpuint (n_changes, >, 0);
  g_assert_cmpuint (solco_search_get_n_matches (search), ==, 1);
  g_assert_true (matches (search, project, "/Docs/Résumé.PDF"));
  g_assert_true (matches (search, project, "/Docs"));
  g_assert_false (matches (search, project, "/Docs/old"));
  g_assert_false (matches (search, project, "/music/song.mp3"));

  solco_search_set_text (search, "STRASSE");
  wait_for (search);
  g_assert_true (matches (search, project, "/Straße"));

  /* A folder that matches shows what is in it. */
  solco_search_set_text (search, "docs");
  wait_for (search);
  g_assert_cmpuint (solco_search_get_n_matches (search), ==, 1);
  g_assert_true (matches (search, project, "/Docs/old/notes"));
  g_assert_false (matches (search, project, "/music"));

  solco_search_set_text (search, NULL);
  g_assert_true (matches (search, project, "/music"));
}

/* An edit is found without being asked, also one that frees what the walk stands on. */
static void
test_edits (void)
{
  g_autofree char *directory = fixture_make_directory ();
  g_autofree char *source = g_build_filename (directory, "many", NULL);
  g_autoptr (SolcoProject) project = make_project ();
  g_autoptr (SolcoSearch) search = solco_search_new (project);
  g_autoptr (GError) error = NULL;
  gint64 end_us = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  SolcoNode *node;

  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *path = g_strdup_printf ("many/%u/needle-%u", i % 50, i);

      fixture_make (directory, path, 1, 1);
    }
  solco_search_set_text (search, "needle");
  fixture_add (project, source, solco_project_get_root (project), SOLCO_CONFLICT_ASK);
  while (solco_search_get_n_matches (search) < 5000)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
      g_main_context_iteration (NULL, TRUE);
    }
  wait_for (search);
  solco_search_set_text (search, "needle-4");
  g_assert_true (solco_search_is_searching (search));
  g_assert_true (solco_project_undo (project));
  g_assert_nonnull (solco_project_new_folder (project, solco_project_get_root (project),
                                              "needle-4 box", &error));
  while (solco_search_get_n_matches (search) != 1 || solco_search_is_searching (search))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
      g_main_context_iteration (NULL, TRUE);
    }
  node = fixture_find (project, "/needle-4 box");
  g_assert_true (solco_project_remove (project, &node, 1));
  fixture_remove_tree (directory);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search/find", test_find);
  g_test_add_func ("/search/edits", test_edits);
  return g_test_run ();
}
