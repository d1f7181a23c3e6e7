/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the model estimates while the user is still dropping files, against the exact size that the
 * engine gives to the same plan. */
#include <string.h>

#include "engine-fixture.h"
#include "solco-addition.h"
#include "solco-project.h"

#define N_TINY_FILES 50000

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *is_ended = user_data;
  g_autoptr (GError) error = NULL;

  g_assert_true (solco_addition_run_finish (SOLCO_ADDITION (source), result, &error));
  g_assert_no_error (error);
  *is_ended = TRUE;
}

static void
stage (SolcoProject *project, const char *path)
{
  g_autoptr (SolcoScanOptions) options
      = solco_scan_options_new (FALSE, SOLCO_SYMLINKS_KEEP, FALSE, NULL);
  g_autoptr (SolcoAddition) addition
      = solco_addition_new (project, options, SOLCO_CONFLICT_REPLACE);
  gboolean is_ended = FALSE;

  solco_addition_add_path (addition, path, solco_project_get_root (project), NULL);
  solco_addition_run_async (addition, NULL, on_ended, &is_ended);
  while (!is_ended)
    g_main_context_iteration (NULL, TRUE);
}

static void
check (EngineFixture *fixture, SolcoProject *project, const char *what)
{
  g_autoptr (SolcoPlan) plan = solco_project_freeze (project, fixture->target);
  g_autoptr (SolcoJob) job = engine_fixture_run_well (fixture, solco_request_new_measure (plan));
  gint64 exact = solco_job_get_result (job)->image_blocks;
  gint64 estimate = solco_project_get_estimated_blocks (project);

  g_test_message ("%s: %" G_GUINT64_FORMAT " files, exact %" G_GINT64_FORMAT
                  " blocks, estimate %+" G_GINT64_FORMAT " (%.3f %%)",
                  what, solco_project_get_totals (project)->n_files, exact, estimate - exact,
                  100.0 * (double) (estimate - exact) / (double) exact);
  g_assert_cmpint (estimate, >=, exact);
  g_assert_cmpint (estimate, <=, exact + exact / 200 + 64);
}

static void
test_system_folders (EngineFixture *fixture, gconstpointer data)
{
  static const char *const paths[] = { "/usr/include", "/usr/share" };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (SolcoProject) project = solco_project_new ();

      stage (project, paths[i]);
      check (fixture, project, paths[i]);
    }
}

static void
test_tiny_files (EngineFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autofree char *path = engine_fixture_path (fixture, "tiny");

  for (guint i = 0; i < N_TINY_FILES; i++)
    {
      g_autofree char *name = g_strdup_printf ("tiny/%u/file number %u.text", i % 97, i);

      engine_fixture_write (fixture, name, "tiny", -1);
    }
  stage (project, path);
  check (fixture, project, "50 000 tiny files");
}

/* An append writes all directories anew, and that belongs to its size. */
static void
test_append (EngineFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autoptr (SolcoPlan) plan = NULL;
  g_autoptr (SolcoJob) job = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *path = engine_fixture_path (fixture, "new");
  const SolcoResult *result;

  stage (project, "/usr/include");
  plan = solco_project_freeze (project, fixture->target);
  job = engine_fixture_run_well (fixture, solco_request_new_burn (plan));
  result = solco_job_get_result (job);

  const SolcoDiscImport disc
      = { result->tree, result->medium->identity, result->medium->volume_label };
  problems = solco_project_update_disc (project, &disc);
  g_assert_cmpuint (problems->len, ==, 0);
  engine_fixture_write (fixture, "new/one", "one more file", -1);
  stage (project, path);
  check (fixture, project, "one file appended to /usr/include");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test)                                                                            \
  g_test_add (path, EngineFixture, NULL, engine_fixture_set_up, test, engine_fixture_tear_down)
  ADD ("/engine/estimate/system-folders", test_system_folders);
  ADD ("/engine/estimate/tiny-files", test_tiny_files);
  ADD ("/engine/estimate/append", test_append);
#undef ADD
  return g_test_run ();
}
