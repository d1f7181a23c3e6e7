/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-profile.h"

typedef struct
{
  SolcoProfile profile;
  SolcoMediaFamily family;
  const char *name;
  gboolean is_rewritable;
  gboolean is_overwritable;
  gint64 blocks;
} ProfileCase;

static const ProfileCase profile_cases[] = {
  { SOLCO_PROFILE_NONE, SOLCO_FAMILY_NONE, NULL, FALSE, FALSE, 0 },
  { SOLCO_PROFILE_CD_ROM, SOLCO_FAMILY_CD, "CD-ROM", FALSE, FALSE, 0 },
  { SOLCO_PROFILE_CD_R, SOLCO_FAMILY_CD, "CD-R", FALSE, FALSE, 359849 },
  { SOLCO_PROFILE_CD_RW, SOLCO_FAMILY_CD, "CD-RW", TRUE, FALSE, 359849 },
  { SOLCO_PROFILE_DVD_ROM, SOLCO_FAMILY_DVD, "DVD-ROM", FALSE, FALSE, 0 },
  { SOLCO_PROFILE_DVD_R, SOLCO_FAMILY_DVD, "DVD-R", FALSE, FALSE, 2298496 },
  { SOLCO_PROFILE_DVD_RAM, SOLCO_FAMILY_DVD, "DVD-RAM", TRUE, TRUE, 0 },
  { SOLCO_PROFILE_DVD_RW_OVERWRITE, SOLCO_FAMILY_DVD, "DVD-RW", TRUE, TRUE, 0 },
  { SOLCO_PROFILE_DVD_RW_SEQUENTIAL, SOLCO_FAMILY_DVD, "DVD-RW", TRUE, FALSE, 2298496 },
  { SOLCO_PROFILE_DVD_R_DL, SOLCO_FAMILY_DVD, "DVD-R DL", FALSE, FALSE, 4171712 },
  { SOLCO_PROFILE_DVD_PLUS_RW, SOLCO_FAMILY_DVD, "DVD+RW", TRUE, TRUE, 2295104 },
  { SOLCO_PROFILE_DVD_PLUS_R, SOLCO_FAMILY_DVD, "DVD+R", FALSE, FALSE, 2295104 },
  { SOLCO_PROFILE_DVD_PLUS_R_DL, SOLCO_FAMILY_DVD, "DVD+R DL", FALSE, FALSE, 4173824 },
  { SOLCO_PROFILE_BD_ROM, SOLCO_FAMILY_BD, "BD-ROM", FALSE, FALSE, 0 },
  { SOLCO_PROFILE_BD_R, SOLCO_FAMILY_BD, "BD-R", FALSE, FALSE, 12219392 },
  { SOLCO_PROFILE_BD_RE, SOLCO_FAMILY_BD, "BD-RE", TRUE, TRUE, 0 },
  { SOLCO_PROFILE_FILE, SOLCO_FAMILY_FILE, NULL, TRUE, TRUE, 0 },
  /* HD DVD-ROM: a number that a drive may report and that Solco has no use for. */
  { (SolcoProfile) 0x0050, SOLCO_FAMILY_NONE, NULL, FALSE, FALSE, 0 },
};

static void
test_profiles (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (profile_cases); i++)
    {
      const ProfileCase *expected = &profile_cases[i];

      g_test_message ("profile %04x", (guint) expected->profile);
      g_assert_cmpint (solco_profile_get_family (expected->profile), ==, expected->family);
      g_assert_cmpstr (solco_profile_get_name (expected->profile), ==, expected->name);
      g_assert_cmpint (solco_profile_is_rewritable (expected->profile), ==,
                       expected->is_rewritable);
      g_assert_cmpint (solco_profile_is_overwritable (expected->profile), ==,
                       expected->is_overwritable);
      g_assert_cmpint (solco_profile_get_nominal_blocks (expected->profile), ==,
                       expected->blocks);
    }
}

static void
test_image_kinds (void)
{
  static const struct
  {
    const char *word;
    SolcoImageKind kind;
    SolcoProfile profile;
    gint64 blocks;
  } cases[] = {
    { "cd650", SOLCO_IMAGE_KIND_CD_650, SOLCO_PROFILE_CD_R, 332849 },
    { "cd700", SOLCO_IMAGE_KIND_CD_700, SOLCO_PROFILE_CD_R, 359849 },
    { "dvd", SOLCO_IMAGE_KIND_DVD, SOLCO_PROFILE_DVD_PLUS_R, 2295104 },
    { "dvd-dl", SOLCO_IMAGE_KIND_DVD_DL, SOLCO_PROFILE_DVD_PLUS_R_DL, 4173824 },
    { "bd25", SOLCO_IMAGE_KIND_BD_25, SOLCO_PROFILE_BD_R, 12219392 },
    { "bd50", SOLCO_IMAGE_KIND_BD_50, SOLCO_PROFILE_BD_R, 24438784 },
    { "bd100", SOLCO_IMAGE_KIND_BD_100, SOLCO_PROFILE_BD_R, 48878592 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SolcoImageKind kind = SOLCO_N_IMAGE_KINDS;
      guint64 bytes = 0;
      g_autofree char *upper = g_ascii_strup (cases[i].word, -1);

      g_assert_cmpstr (solco_image_kind_get_word (cases[i].kind), ==, cases[i].word);
      g_assert_cmpint (solco_image_kind_get_profile (cases[i].kind), ==, cases[i].profile);
      g_assert_cmpint (solco_image_kind_get_blocks (cases[i].kind), ==, cases[i].blocks);
      g_assert_true (solco_image_kind_parse (upper, &kind, &bytes));
      g_assert_cmpint (kind, ==, cases[i].kind);
      g_assert_cmpuint (bytes, ==, (guint64) cases[i].blocks * SOLCO_BLOCK_BYTES);
    }
  g_assert_null (solco_image_kind_get_word (SOLCO_IMAGE_KIND_FREE_SPACE));
  g_assert_null (solco_image_kind_get_word (SOLCO_IMAGE_KIND_BYTES));
  g_assert_cmpint (solco_image_kind_get_profile (SOLCO_IMAGE_KIND_BYTES), ==,
                   SOLCO_PROFILE_FILE);
  g_assert_cmpint (solco_image_kind_get_blocks (SOLCO_IMAGE_KIND_FREE_SPACE), ==, 0);
}

static void
test_sizes (void)
{
  static const struct
  {
    const char *word;
    guint64 bytes;
  } cases[] = {
    { "1", 1 },
    { "2048", 2048 },
    { "64k", 64 * 1024 },
    { "700M", G_GUINT64_CONSTANT (734003200) },
    { "25g", G_GUINT64_CONSTANT (26843545600) },
    { "1T", G_GUINT64_CONSTANT (1099511627776) },
    { "9223372036854775807", G_MAXINT64 },
    /* And what is none. */
    { "", 0 },
    { "0", 0 },
    { "0k", 0 },
    { "-1", 0 },
    { "+1", 0 },
    { " 1", 0 },
    { "1 ", 0 },
    { "1.5g", 0 },
    { "1kb", 0 },
    { "1p", 0 },
    { "k", 0 },
    { "cd", 0 },
    { "cd7000", 0 },
    { "0x10", 0 },
    { "9223372036854775808", 0 },
    { "99999999999999999999999", 0 },
    { "9007199254740992k", 0 },
    { "18014398509481984k", 0 },
    { "17000000t", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SolcoImageKind kind = SOLCO_N_IMAGE_KINDS;
      guint64 bytes = 4711;

      g_test_message ("“%s”", cases[i].word);
      if (cases[i].bytes == 0)
        {
          g_assert_false (solco_image_kind_parse (cases[i].word, &kind, &bytes));
          g_assert_cmpint (kind, ==, SOLCO_N_IMAGE_KINDS);
          g_assert_cmpuint (bytes, ==, 4711);
          continue;
        }
      g_assert_true (solco_image_kind_parse (cases[i].word, &kind, &bytes));
      g_assert_cmpint (kind, ==, SOLCO_IMAGE_KIND_BYTES);
      g_assert_cmpuint (bytes, ==, cases[i].bytes);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/profile/table", test_profiles);
  g_test_add_func ("/profile/image-kinds", test_image_kinds);
  g_test_add_func ("/profile/sizes", test_sizes);
  return g_test_run ();
}
