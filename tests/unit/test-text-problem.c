/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-text-problem.h"

#include <string.h>

/* Every kind has a sentence of its own that names the path, where it is about one. */
static void
test_every_kind (void)
{
  g_autoptr (GHashTable) sentences
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int kind = 0; kind < SOLCO_N_PROBLEM_KINDS; kind++)
    {
      g_autoptr (SolcoProblem) problem
          = solco_problem_new ((SolcoProblemKind) kind, "Summer/Notes.odt", NULL, 0);
      g_autofree char *sentence = solco_text_problem_dup_sentence (problem);
      const gboolean is_about_path = kind != SOLCO_PROBLEM_SYMLINKS_NOT_IN_JOLIET
                                     && kind != SOLCO_PROBLEM_LABEL_SHORTENED
                                     && kind != SOLCO_PROBLEM_FIRST_STATE_LOST;

      g_test_message ("%s", sentence);
      g_assert_cmpuint (strlen (sentence), >, 20);
      g_assert_cmpint (strstr (sentence, "Summer/Notes.odt") != NULL, ==, is_about_path);
      g_assert_null (strchr (sentence, '{'));
      g_assert_false (g_str_has_suffix (sentence, "."));
      g_assert_true (g_hash_table_add (sentences, g_steal_pointer (&sentence)));
    }
}

static void
check (SolcoProblemKind kind, const char *path, const char *detail, guint64 bytes,
       const char *expected)
{
  g_autoptr (SolcoProblem) problem = solco_problem_new (kind, path, detail, bytes);
  g_autofree char *sentence = solco_text_problem_dup_sentence (problem);

  g_assert_cmpstr (sentence, ==, expected);
}

static void
test_tails (void)
{
  check (SOLCO_PROBLEM_SOURCE_UNREADABLE, "a", "Input/output error", 0,
         "a could not be read; the disc holds zeros from there on (Input/output error)");
  check (SOLCO_PROBLEM_SOURCE_SHRANK, "a", NULL, 2048,
         "a became shorter while it was being read; the disc holds zeros in place of the rest "
         "(2.0 KiB)");
  check (SOLCO_PROBLEM_SOURCE_CHANGED, "Summer/Notes.odt", NULL, 0,
         "Summer/Notes.odt changed while it was being read");
  check (SOLCO_PROBLEM_NAME_SHORTENED, "a", "A_B.TXT", 0,
         "The name of a is too long for some computers; they see “A_B.TXT”");
  check (SOLCO_PROBLEM_LABEL_SHORTENED, NULL, "PHOTOS", 0,
         "The disc label is too long for some computers; they see “PHOTOS”");
  /* A path is data, whatever it looks like. */
  check (SOLCO_PROBLEM_SOURCE_CHANGED, "100%s {path} %n", NULL, 0,
         "100%s {path} %n changed while it was being read");
}

static void
test_summary (void)
{
  static const struct
  {
    guint n_serious;
    guint n_remarks;
    const char *text;
  } cases[] = {
    { 0, 0, NULL },
    { 1, 0, "1 problem" },
    { 0, 2, "2 remarks" },
    { 3, 1, "3 problems, 1 remark" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) problems
          = g_ptr_array_new_with_free_func ((GDestroyNotify) solco_problem_free);
      g_autofree char *text = NULL;

      for (guint j = 0; j < cases[i].n_serious; j++)
        g_ptr_array_add (problems, solco_problem_new (SOLCO_PROBLEM_MISMATCH, "a", NULL, 0));
      for (guint j = 0; j < cases[i].n_remarks; j++)
        g_ptr_array_add (problems, solco_problem_new (SOLCO_PROBLEM_EXCLUDED, "a", NULL, 0));
      text = solco_text_problem_dup_summary (problems);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-problem/every-kind", test_every_kind);
  g_test_add_func ("/text-problem/tails", test_tails);
  g_test_add_func ("/text-problem/summary", test_summary);
  return g_test_run ();
}
