/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-name-check.h"

#include <string.h>

static void
test_faults (void)
{
  g_autofree char *longest = g_strnfill (255, 'x');
  g_autofree char *too_long = g_strnfill (256, 'x');

  g_assert_cmpint (solco_name_check ("Größe 漢字.txt"), ==, SOLCO_NAME_OK);
  g_assert_cmpint (solco_name_check ("..."), ==, SOLCO_NAME_OK);
  g_assert_cmpint (solco_name_check (longest), ==, SOLCO_NAME_OK);
  g_assert_cmpint (solco_name_check (too_long), ==, SOLCO_NAME_TOO_LONG);
  g_assert_cmpint (solco_name_check (""), ==, SOLCO_NAME_EMPTY);
  g_assert_cmpint (solco_name_check ("."), ==, SOLCO_NAME_DOTS);
  g_assert_cmpint (solco_name_check (".."), ==, SOLCO_NAME_DOTS);
  g_assert_cmpint (solco_name_check ("a/b"), ==, SOLCO_NAME_SLASH);
  g_assert_cmpint (solco_name_check ("a\nb"), ==, SOLCO_NAME_CONTROL);
  g_assert_cmpint (solco_name_check ("a\x7f"), ==, SOLCO_NAME_CONTROL);
  g_assert_cmpint (solco_name_check ("a\xc2\x85"), ==, SOLCO_NAME_CONTROL);
  g_assert_cmpint (solco_name_check ("Caf\xe9"), ==, SOLCO_NAME_NOT_UTF8);
}

static void
assert_proposal (const char *name, const char *expected)
{
  g_autofree char *proposal = solco_name_propose (name);

  g_assert_cmpstr (proposal, ==, expected);
  g_assert_cmpint (solco_name_check (proposal), ==, SOLCO_NAME_OK);
}

static void
test_proposals (void)
{
  g_autofree char *too_long = g_strnfill (300, 'x');
  g_autofree char *with_extension = g_strconcat (too_long, ".jpeg", NULL);
  g_autofree char *stem = g_strnfill (250, 'x');
  g_autofree char *cut = g_strconcat (stem, ".jpeg", NULL);
  g_autoptr (GString) wide = g_string_new (NULL);
  g_autoptr (GString) wide_cut = g_string_new (NULL);

  for (guint i = 0; i < 100; i++)
    g_string_append (wide, "漢");
  for (guint i = 0; i < 85; i++)
    g_string_append (wide_cut, "漢");
  assert_proposal ("fine", "fine");
  assert_proposal ("", "_");
  assert_proposal (".", "_");
  assert_proposal ("..", "__");
  assert_proposal ("a/b\tc", "a_b_c");
  assert_proposal ("Caf\xe9", "Café");
  assert_proposal ("\xff\xfe", "ÿþ");
  /* No letter in Windows-1252 either. */
  assert_proposal ("\xff\xfe\x81", "___");
  assert_proposal (with_extension, cut);
  assert_proposal (wide->str, wide_cut->str);
}

static void
assert_number (const char *name, gboolean is_folder, guint number, const char *expected)
{
  g_autofree char *numbered = solco_name_with_number (name, is_folder, number);

  g_assert_cmpstr (numbered, ==, expected);
}

static void
test_numbers (void)
{
  g_autofree char *longest = g_strnfill (255, 'x');
  g_autofree char *numbered = solco_name_with_number (longest, FALSE, 4711);

  assert_number ("holiday.jpg", FALSE, 2, "holiday (2).jpg");
  assert_number ("v1.2", TRUE, 3, "v1.2 (3)");
  assert_number (".profile", FALSE, 2, ".profile (2)");
  assert_number ("no extension.", FALSE, 2, "no extension. (2)");
  g_assert_cmpuint (strlen (numbered), ==, 255);
  g_assert_true (g_str_has_suffix (numbered, " (4711)"));
}

static void
assert_joliet (const char *name, gboolean is_folder, const char *expected)
{
  g_autofree char *kept = solco_name_get_joliet (name, is_folder);

  g_assert_cmpstr (kept, ==, expected);
}

static void
assert_iso (const char *name, gboolean is_folder, const char *expected)
{
  g_autofree char *kept = solco_name_get_iso (name, is_folder);

  g_assert_cmpstr (kept, ==, expected);
}

static void
test_mangling (void)
{
  g_autofree char *x103 = g_strnfill (103, 'x');
  g_autofree char *x200 = g_strnfill (200, 'x');
  g_autofree char *x100 = g_strnfill (100, 'x');
  g_autofree char *long_file = g_strconcat (x200, ".html", NULL);
  g_autofree char *long_file_kept = g_strconcat (x100, ".htm", NULL);
  g_autofree char *fits = g_strconcat (x100, ".abc", NULL);

  assert_joliet ("Größe 漢字.txt", FALSE, NULL);
  assert_joliet ("what?.txt", FALSE, "what_.txt");
  assert_joliet ("smile 😀", FALSE, "smile _");
  assert_joliet (x103, TRUE, NULL);
  assert_joliet (x200, TRUE, x103);
  assert_joliet (fits, FALSE, NULL);
  assert_joliet (long_file, FALSE, long_file_kept);

  assert_iso ("readme.txt", FALSE, "README.TXT");
  assert_iso ("readme", FALSE, "README.");
  assert_iso ("größe.tar.gz", FALSE, "GR__E_TAR.GZ");
  assert_iso ("My Photos", TRUE, "MY_PHOTOS");
  assert_iso ("a.very.long.folder.name.with.dots", TRUE, "A_VERY_LONG_FOLDER_NAME_WITH_DO");
  assert_iso ("0123456789012345678901234567890123.html", FALSE, "012345678901234567890123456.HTM");
  g_assert_cmpuint (solco_name_get_utf16_length ("a漢😀"), ==, 4);
}

static void
test_clashes (void)
{
  static const char *const names[] = { "写真.jpg", "動画.jpg", "Readme",  "readme", "single.txt",
                                       "__0.jpg",  "my dir",   "my-dir",
                                       "an.extension.that.is.so.long.it.is.none-1",
                                       "an.extension.that.is.so.long.it.is.none-2",
                                       ".nothing-but-an-extension-of-30a",
                                       ".nothing_but-an-extension-of-30b",
                                       NULL };
  static const gboolean are_folders[]
      = { FALSE, FALSE, FALSE, FALSE, FALSE, FALSE, TRUE, TRUE, FALSE, FALSE, FALSE, FALSE };
  g_auto (GStrv) iso
      = solco_name_get_iso_names (names, are_folders, G_N_ELEMENTS (are_folders));
  g_autoptr (GHashTable) all = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (are_folders); i++)
    {
      g_assert_cmpuint (strlen (iso[i]), <=, 31);
      g_assert_true (g_hash_table_add (all, iso[i]));
    }
  /* __0.JPG is the name of another file already. */
  g_assert_cmpstr (iso[0], ==, "__1.JPG");
  g_assert_cmpstr (iso[1], ==, "__2.JPG");
  g_assert_cmpstr (iso[2], ==, "README0.");
  g_assert_cmpstr (iso[3], ==, "README1.");
  g_assert_cmpstr (iso[4], ==, "SINGLE.TXT");
  g_assert_cmpstr (iso[6], ==, "MY_DIR0");
  g_assert_cmpstr (iso[7], ==, "MY_DIR1");

  /* More than ten of the same need two digits. */
  {
    g_autoptr (GPtrArray) many = g_ptr_array_new_with_free_func (g_free);
    gboolean none[11] = { FALSE };
    g_auto (GStrv) numbered = NULL;

    for (guint i = 0; i < 11; i++)
      {
        char utf8[7] = { 0 };

        g_unichar_to_utf8 (0x4e00 + i, utf8);
        g_ptr_array_add (many, g_strdup (utf8));
      }
    numbered = solco_name_get_iso_names ((const char *const *) many->pdata, none, 11);
    g_assert_cmpstr (numbered[0], ==, "_00.");
    g_assert_cmpstr (numbered[10], ==, "_10.");
  }
}

static void
test_labels (void)
{
  g_autofree char *today = solco_label_get_default ();
  g_autofree char *iso = solco_label_get_iso ("Holiday in Köln, summer of 2026, part two");
  g_autofree char *joliet = solco_label_get_joliet ("Holiday in Köln, summer");
  g_autoptr (GRegex) pattern = g_regex_new ("^20\\d\\d-\\d\\d-\\d\\d$", 0, 0, NULL);

  g_assert_true (g_regex_match (pattern, today, 0, NULL));
  g_assert_cmpstr (iso, ==, "HOLIDAY_IN_K_LN__SUMMER_OF_2026_");
  g_assert_cmpstr (joliet, ==, "Holiday in Köln,");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/name-check/faults", test_faults);
  g_test_add_func ("/name-check/proposals", test_proposals);
  g_test_add_func ("/name-check/numbers", test_numbers);
  g_test_add_func ("/name-check/mangling", test_mangling);
  g_test_add_func ("/name-check/clashes", test_clashes);
  g_test_add_func ("/name-check/labels", test_labels);
  return g_test_run ();
}
