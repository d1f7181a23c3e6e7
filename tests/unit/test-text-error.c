/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-text-error.h"

#include <string.h>

#include "disc-samples.h"
#include "solco-error.h"

/* Every code has sentences of its own, and both front ends can rely on their form. */
static void
test_every_code (void)
{
  g_autoptr (GHashTable) titles
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (SolcoMedium) photos = sample_appendable_cd (SOLCO_PROFILE_CD_R, 2, "Photos");

  for (int code = 0; code < SOLCO_N_ERRORS; code++)
    {
      g_autoptr (GError) error = g_error_new (SOLCO_ERROR, code, "sense key 03");
      g_autofree char *title = solco_text_error_dup_title (error);
      g_autofree char *body = solco_text_error_dup_body (error, photos);
      g_auto (GStrv) lines = g_strsplit (body, "\n", -1);

      g_test_message ("%s: %s", solco_error_get_name ((SolcoError) code), body);
      g_assert_cmpuint (strlen (title), >, 5);
      g_assert_false (g_str_has_suffix (title, "."));
      g_assert_true (g_hash_table_add (titles, g_steal_pointer (&title)));
      /* What happened, and what to do at least. */
      g_assert_cmpuint (g_strv_length (lines), >=, 2);
      for (guint i = 0; lines[i] != NULL; i++)
        g_assert_true (g_str_has_suffix (lines[i], ".")
                       || g_str_equal (lines[i], "Details: sense key 03"));
    }
}

static void
test_detail (void)
{
  g_autoptr (GError) error
      = g_error_new (SOLCO_ERROR, SOLCO_ERROR_CANNOT_WRITE, "SCSI error on write(0,16): 3 73 03");
  g_autoptr (GError) bare = g_error_new_literal (SOLCO_ERROR, SOLCO_ERROR_CANNOT_WRITE, "");
  g_autofree char *body = solco_text_error_dup_body (error, NULL);
  g_autofree char *bare_body = solco_text_error_dup_body (bare, NULL);

  g_assert_true (g_str_has_suffix (body, "\nDetails: SCSI error on write(0,16): 3 73 03"));
  g_assert_null (strstr (bare_body, "Details"));
  g_assert_nonnull (strstr (body, "What is on the disc now is not known."));
}

/* The state is that of the disc as it was read afterwards. */
static void
test_state (void)
{
  g_autoptr (GError) error = g_error_new (SOLCO_ERROR, SOLCO_ERROR_CANNOT_WRITE, "x");
  g_autoptr (SolcoMedium) blank = sample_blank (SOLCO_PROFILE_CD_R);
  g_autoptr (SolcoMedium) one = sample_appendable_cd (SOLCO_PROFILE_CD_R, 1, "Photos");
  g_autoptr (SolcoMedium) two = sample_appendable_cd (SOLCO_PROFILE_CD_R, 2, "Photos");
  g_autoptr (SolcoMedium) closed = sample_closed_cd (SOLCO_PROFILE_CD_R, 2, "Photos");
  g_autoptr (SolcoMedium) broken = sample_appendable_cd (SOLCO_PROFILE_CD_R, 2, "Photos");
  g_autoptr (SolcoMedium) head = sample_image ("Image");
  g_autoptr (SolcoMedium) unusable = sample_empty ();
  g_autoptr (SolcoMedium) empty = sample_empty ();
  g_autoptr (SolcoMedium) cut_off = sample_appendable_cd (SOLCO_PROFILE_CD_R, 3, "Photos");

  g_array_index (cut_off->sessions, SolcoSession, 2).is_cut_off = TRUE;
  broken->damage = SOLCO_DAMAGE_LAST_TRACK;
  head->damage = SOLCO_DAMAGE_HEAD;
  unusable->state = SOLCO_MEDIUM_UNSUITABLE;

  const struct
  {
    const SolcoMedium *now;
    const char *text;
  } cases[] = {
    { NULL, "is not known" },
    { empty, "is not known" },
    { blank, "The disc is blank." },
    { one, "The disc holds 1 session, and it is still open." },
    { two, "The disc holds 2 sessions, and it is still open." },
    { closed, "The disc holds 2 sessions, and it is closed." },
    { cut_off, "The disc holds 3 sessions, and it is still open. Session 3 was cut off, and nothing "
               "of it can be used." },
    { broken, "The newest session was never finished." },
    { head, "The first blocks are damaged" },
    { unusable, "The disc cannot be used as it is." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = solco_text_error_dup_body (error, cases[i].now);

      g_assert_nonnull (strstr (body, cases[i].text));
    }

  /* What was refused before anything was written says so, whatever is in. */
  g_autoptr (GError) refused = g_error_new (SOLCO_ERROR, SOLCO_ERROR_WRONG_DISC, "x");
  g_autofree char *body = solco_text_error_dup_body (refused, two);
  g_assert_nonnull (strstr (body, "The disc has not been changed."));

  /* A drive that is busy before the burn, or after it: only what is known is said. */
  g_autoptr (GError) busy = g_error_new (SOLCO_ERROR, SOLCO_ERROR_NOT_ACCESSIBLE, "x");
  g_autofree char *before = solco_text_error_dup_body (busy, NULL);
  g_autofree char *after = solco_text_error_dup_body (busy, two);
  g_assert_null (strstr (before, "not known"));
  g_assert_null (strstr (after, "not been changed"));
  g_assert_nonnull (strstr (after, "The disc holds 2 sessions"));
}

/* Who is in the way stands in the details; what to do about it, in the advice. */
static void
test_access (void)
{
  g_autoptr (GError) in_use = g_error_new (SOLCO_ERROR, SOLCO_ERROR_DISC_IN_USE,
                                           "in use by nautilus (4711)");
  g_autoptr (GError) refused = g_error_new (SOLCO_ERROR, SOLCO_ERROR_NO_PERMISSION, "x");
  g_autofree char *in_use_body = solco_text_error_dup_body (in_use, NULL);
  g_autofree char *refused_body = solco_text_error_dup_body (refused, NULL);

  g_assert_nonnull (strstr (in_use_body, "Details: in use by nautilus (4711)"));
  g_assert_nonnull (strstr (in_use_body, "Close the programs"));
  g_assert_nonnull (strstr (in_use_body, "has not been changed"));
  g_assert_nonnull (strstr (refused_body, "group “cdrom”"));
  g_assert_nonnull (strstr (refused_body, "usermod -aG cdrom"));
}

/* The parts are what the text is made of, in this order. */
static void
test_parts (void)
{
  g_autoptr (SolcoMedium) two = sample_appendable_cd (SOLCO_PROFILE_CD_R, 2, "Photos");

  for (int code = 0; code < SOLCO_N_ERRORS; code++)
    {
      g_autoptr (GError) error = g_error_new (SOLCO_ERROR, code, "sense 3/0C/00");
      g_autofree char *body = solco_text_error_dup_body (error, two);
      g_autofree char *reason = solco_text_error_dup_reason (error);
      g_autofree char *state = solco_text_error_dup_state (error, two);
      g_autofree char *advice = solco_text_error_dup_advice (error);
      g_autofree char *detail = solco_text_error_dup_detail (error);
      g_autofree char *expected
          = g_strconcat (reason, state != NULL ? "\n" : "", state != NULL ? state : "", "\n",
                         advice, detail != NULL ? "\nDetails: " : "",
                         detail != NULL ? detail : "", NULL);

      g_assert_cmpstr (body, ==, expected);
    }
}

static void
test_other_domains (void)
{
  g_autoptr (SolcoMedium) two = sample_appendable_cd (SOLCO_PROFILE_CD_R, 2, "Photos");
  g_autoptr (GError) cancelled
      = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Operation was cancelled");
  g_autoptr (GError) other = g_error_new (G_FILE_ERROR, G_FILE_ERROR_NOSPC, "No space left");
  g_autoptr (GError) strange = g_error_new (SOLCO_ERROR, 4711, "from the future");
  g_autoptr (GError) negative = g_error_new (SOLCO_ERROR, -1, "from the past");
  g_autofree char *title = solco_text_error_dup_title (cancelled);
  g_autofree char *body = solco_text_error_dup_body (cancelled, two);
  g_autofree char *other_title = solco_text_error_dup_title (other);
  g_autofree char *other_body = solco_text_error_dup_body (other, NULL);
  g_autofree char *strange_body = solco_text_error_dup_body (strange, NULL);
  g_autofree char *negative_title = solco_text_error_dup_title (negative);

  g_assert_cmpstr (title, ==, "It was stopped");
  g_assert_nonnull (strstr (body, "The disc holds 2 sessions"));
  g_assert_null (strstr (body, "Operation was cancelled"));
  g_assert_cmpstr (other_title, ==, "It did not work");
  g_assert_nonnull (strstr (other_body, "No space left"));
  g_assert_nonnull (strstr (strange_body, "from the future"));
  g_assert_cmpstr (negative_title, ==, "It did not work");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-error/every-code", test_every_code);
  g_test_add_func ("/text-error/detail", test_detail);
  g_test_add_func ("/text-error/state", test_state);
  g_test_add_func ("/text-error/access", test_access);
  g_test_add_func ("/text-error/parts", test_parts);
  g_test_add_func ("/text-error/other-domains", test_other_domains);
  return g_test_run ();
}
