/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-disc-identity.h"

#include <string.h>

static const char fingerprint[]
    = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";

static SolcoDiscIdentity *
make_identity (void)
{
  const SolcoDiscIdentity identity = {
    .profile = SOLCO_PROFILE_CD_R,
    .n_sessions = 2,
    .last_session_start_block = 62752,
    .next_writable_block = 95404,
    .media_id = (char *) "97m15s17f",
    .volume_label = (char *) "Foto: 2026 100 % \xc3\xa8 «bello»",
    .created = (char *) "3230323630343134313830323030303004",
    .fingerprint = (char *) fingerprint,
  };

  return solco_disc_identity_copy (&identity);
}

static void
test_text (void)
{
  g_autoptr (SolcoDiscIdentity) identity = make_identity ();
  g_autofree char *text = solco_disc_identity_to_string (identity);
  g_autoptr (SolcoDiscIdentity) back = solco_disc_identity_from_string (text);

  g_assert_true (g_str_is_ascii (text));
  g_assert_null (strpbrk (text, " \t\r\n"));
  g_assert_nonnull (back);
  g_assert_true (solco_disc_identity_equal (identity, back));
  g_assert_cmpstr (back->volume_label, ==, identity->volume_label);
  g_assert_cmpstr (back->media_id, ==, identity->media_id);

  /* An empty one, with strings left out. */
  const SolcoDiscIdentity empty = { .next_writable_block = -1 };
  g_autofree char *empty_text = solco_disc_identity_to_string (&empty);
  g_autoptr (SolcoDiscIdentity) empty_back = solco_disc_identity_from_string (empty_text);

  g_assert_nonnull (empty_back);
  g_assert_true (solco_disc_identity_equal (&empty, empty_back));
  g_assert_cmpint (empty_back->next_writable_block, ==, -1);
}

static void
test_bad_text (void)
{
  static const char *const bad[] = {
    "",
    "disc1",
    "disc1:9:2:1:2:a:b:c",
    "disc1:9:2:1:2:a:b:c:d:e",
    "disc2:9:2:1:2:a:b:c:d",
    "disc1:x:2:1:2:a:b:c:d",
    "disc1:65536:2:1:2:a:b:c:d",
    "disc1:9:-2:1:2:a:b:c:d",
    "disc1:9:2:99999999999999999999:2:a:b:c:d",
    "disc1:9:2:1::a:b:c:d",
    "disc1:9:2:1:2:a:%zz:c:d",
    "disc1:9:2:1:2:a:%00:c:d",
    "disc1:9:2:1:2:a:%ff:c:d",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      g_assert_null (solco_disc_identity_from_string (bad[i]));
    }

  g_autoptr (SolcoDiscIdentity) good = solco_disc_identity_from_string ("disc1:9:2:1:2:a:b:c:d");
  g_assert_nonnull (good);
  g_assert_cmpint (good->profile, ==, SOLCO_PROFILE_CD_R);
  g_assert_cmpuint (good->n_sessions, ==, 2);
  g_assert_cmpint (good->last_session_start_block, ==, 1);
  g_assert_cmpint (good->next_writable_block, ==, 2);
  g_assert_cmpstr (good->fingerprint, ==, "d");
}

static void
replace (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

/* Whatever differs, it is another disc. */
static void
test_equal (void)
{
  for (guint field = 0; field < 9; field++)
    {
      g_autoptr (SolcoDiscIdentity) a = make_identity ();
      g_autoptr (SolcoDiscIdentity) b = solco_disc_identity_copy (a);
      gboolean is_equal = FALSE;

      g_assert_true (solco_disc_identity_equal (a, b));
      switch (field)
        {
        case 0:
          b->profile = SOLCO_PROFILE_CD_RW;
          break;
        case 1:
          b->n_sessions++;
          break;
        case 2:
          b->last_session_start_block++;
          break;
        case 3:
          b->next_writable_block++;
          break;
        case 4:
          replace (&b->media_id, "97m24s01f");
          break;
        case 5:
          replace (&b->volume_label, "");
          break;
        case 6:
          replace (&b->created, "");
          break;
        case 7:
          replace (&b->fingerprint, "00");
          break;
        default:
          /* Another recorder, which does not tell the manufacturer. */
          replace (&b->media_id, "");
          is_equal = TRUE;
          break;
        }
      g_assert_cmpint (solco_disc_identity_equal (a, b), ==, is_equal);
      g_assert_cmpint (solco_disc_identity_equal (b, a), ==, is_equal);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disc-identity/text", test_text);
  g_test_add_func ("/disc-identity/bad-text", test_bad_text);
  g_test_add_func ("/disc-identity/equal", test_equal);
  return g_test_run ();
}
