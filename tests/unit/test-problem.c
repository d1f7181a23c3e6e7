/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-problem.h"

static void
test_copy (void)
{
  g_autoptr (SolcoProblem) problem
      = solco_problem_new (SOLCO_PROBLEM_SOURCE_SHRANK, "/a/b.txt", "Input/output error", 7);
  g_autoptr (SolcoProblem) copy = solco_problem_copy (problem);
  g_autoptr (SolcoProblem) bare
      = solco_problem_new (SOLCO_PROBLEM_SYMLINKS_NOT_IN_JOLIET, NULL, NULL, 0);

  g_assert_true (copy != problem && copy->path != problem->path);
  g_assert_cmpint (copy->kind, ==, SOLCO_PROBLEM_SOURCE_SHRANK);
  g_assert_cmpstr (copy->path, ==, "/a/b.txt");
  g_assert_cmpstr (copy->detail, ==, "Input/output error");
  g_assert_cmpuint (copy->bytes, ==, 7);
  g_assert_null (bare->path);
  g_assert_null (bare->detail);
}

/* Every kind has a name of its own, and programs can rely on these. */
static void
test_names (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < SOLCO_N_PROBLEM_KINDS; i++)
    {
      const char *name = solco_problem_kind_get_name ((SolcoProblemKind) i);

      g_assert_nonnull (name);
      g_assert_true (g_hash_table_add (names, (gpointer) name));
    }
  g_assert_cmpstr (solco_problem_kind_get_name (SOLCO_PROBLEM_SOURCE_VANISHED), ==,
                   "SOURCE_VANISHED");
  g_assert_cmpstr (solco_problem_kind_get_name (SOLCO_PROBLEM_FIRST_STATE_LOST), ==,
                   "FIRST_STATE_LOST");
}

static void
test_serious (void)
{
  static const SolcoProblemKind remarks[] = {
    SOLCO_PROBLEM_SPECIAL_SKIPPED,        SOLCO_PROBLEM_HIDDEN_SKIPPED,
    SOLCO_PROBLEM_SYMLINK_SKIPPED,        SOLCO_PROBLEM_EXCLUDED,
    SOLCO_PROBLEM_SYMLINK_LOOP,           SOLCO_PROBLEM_SYMLINKS_NOT_IN_JOLIET,
    SOLCO_PROBLEM_NAME_SHORTENED,         SOLCO_PROBLEM_LABEL_SHORTENED,
    SOLCO_PROBLEM_ATTRIBUTE_LOST,         SOLCO_PROBLEM_FIRST_STATE_LOST,
  };

  for (guint kind = 0; kind < SOLCO_N_PROBLEM_KINDS; kind++)
    {
      gboolean is_remark = FALSE;

      for (gsize i = 0; i < G_N_ELEMENTS (remarks); i++)
        is_remark |= remarks[i] == (SolcoProblemKind) kind;
      g_assert_cmpint (solco_problem_kind_is_serious ((SolcoProblemKind) kind), ==, !is_remark);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/problem/copy", test_copy);
  g_test_add_func ("/problem/names", test_names);
  g_test_add_func ("/problem/serious", test_serious);
  return g_test_run ();
}
