/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-text-capacity.h"

#include "assert-text.h"

#define CD80(sessions, nwa, staged, close)                                                        \
  {                                                                                               \
    .profile = SOLCO_PROFILE_CD_R, .n_sessions = sessions, .capacity_blocks = 359849,             \
    .next_writable_block = nwa, .free_blocks = 359849 - (nwa), .lead_out_limit_block = 359849,    \
    .image_blocks = staged, .close_disc = close                                                   \
  }

static const struct
{
  SolcoCapacityInput input;
  SolcoTextFlags flags;
  const char *text;
} cases[] = {
  { CD80 (0, 0, 0, FALSE), SOLCO_TEXT_PLAIN,
    "681.8 MiB for your files. Closing the first session takes 21.0 MiB." },
  { CD80 (0, 0, 0, FALSE), SOLCO_TEXT_MARKUP,
    "<b>681.8 MiB</b> for your files. Closing the first session takes 21.0 MiB." },
  { CD80 (0, 0, 0, FALSE), SOLCO_TEXT_MARKUP | SOLCO_TEXT_ISOLATE,
    "<b>\u2066681.8 MiB\u2069</b> for your files. Closing the first session takes "
    "\u206621.0 MiB\u2069." },
  { CD80 (1, 62752, 0, FALSE), SOLCO_TEXT_PLAIN,
    "569.3 MiB for your files. Closing the session takes 11.0 MiB." },
  { CD80 (1, 62752, 0, TRUE), SOLCO_TEXT_PLAIN,
    "580.3 MiB for your files. The disc will be closed." },
  { CD80 (4, 355000, 0, FALSE), SOLCO_TEXT_PLAIN,
    "9.5 MiB for your files. This will be the last session." },
  { CD80 (2, 161502, 38144, FALSE), SOLCO_TEXT_PLAIN,
    "301.6 MiB left after this session, then about 3 more sessions of this size" },
  { CD80 (2, 161502, 38144, FALSE), SOLCO_TEXT_MARKUP,
    "<b>301.6 MiB</b> left after this session, then about 3 more sessions of this size" },
  { CD80 (2, 161502, 38144, FALSE), SOLCO_TEXT_ESTIMATE,
    "About 301.6 MiB left after this session, then about 3 more sessions of this size" },
  { CD80 (2, 161502, 80000, FALSE), SOLCO_TEXT_PLAIN,
    "219.8 MiB left after this session, then about 1 more session of this size" },
  { CD80 (2, 161502, 120000, FALSE), SOLCO_TEXT_PLAIN, "141.7 MiB left after this session" },
  { CD80 (2, 161502, 120000, FALSE), SOLCO_TEXT_ESTIMATE,
    "About 141.7 MiB left after this session" },
  { CD80 (2, 161502, 195000, FALSE), SOLCO_TEXT_PLAIN,
    "This will be the last session: too little will be left for another one." },
  { CD80 (2, 161502, 38144, TRUE), SOLCO_TEXT_PLAIN,
    "The disc will be closed: nothing can be added to it afterwards." },
  { CD80 (2, 161502, 220467, FALSE), SOLCO_TEXT_PLAIN,
    "Too much for this disc by 43.5 MiB. Remove some files, or use a larger disc." },
  { CD80 (2, 161502, 220467, FALSE), SOLCO_TEXT_MARKUP | SOLCO_TEXT_ISOLATE,
    "<b>Too much for this disc by \u206643.5 MiB\u2069.</b> Remove some files, or use a larger "
    "disc." },
  { { .profile = SOLCO_PROFILE_CD_R, .n_sessions = 2, .next_writable_block = -1 },
    SOLCO_TEXT_PLAIN, "Closed: no further session can be added" },
  { { .profile = SOLCO_PROFILE_CD_R, .n_sessions = 2, .next_writable_block = -1,
      .has_to_be_mended = TRUE },
    SOLCO_TEXT_PLAIN, "Nothing can be added before the disc is mended" },
  { { .profile = SOLCO_PROFILE_DVD_R, .capacity_blocks = 2298496, .free_blocks = 2298496 },
    SOLCO_TEXT_PLAIN,
    "About 4.4 GiB for your files. Closing the first session takes about 32.0 MiB." },
  { { .profile = SOLCO_PROFILE_DVD_PLUS_R, .n_sessions = 1, .capacity_blocks = 2295104,
      .next_writable_block = 102400, .free_blocks = 2192704 },
    SOLCO_TEXT_PLAIN, "About 4.2 GiB for your files. Closing the session takes about 4.0 MiB." },
  { { .profile = SOLCO_PROFILE_BD_R, .capacity_blocks = 12219392, .free_blocks = 12219392 },
    SOLCO_TEXT_PLAIN, "23.3 GiB for your files." },
  { { .profile = SOLCO_PROFILE_DVD_R_DL, .capacity_blocks = 4171712, .free_blocks = 4171712 },
    SOLCO_TEXT_PLAIN, "8.0 GiB for your files. The disc will be closed." },
  { { .profile = SOLCO_PROFILE_DVD_R_DL, .capacity_blocks = 4171712, .free_blocks = 4171712,
      .image_blocks = 1000 },
    SOLCO_TEXT_PLAIN, "The disc will be closed: nothing can be added to it afterwards." },
};

static void
test_sentences (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SolcoCapacity capacity;
      g_autofree char *text = NULL;

      solco_capacity_compute (&cases[i].input, &capacity);
      text = solco_text_capacity_dup_sentence (&cases[i].input, &capacity, cases[i].flags);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_kept_free (void)
{
  SolcoCapacityInput input = CD80 (2, 161502, 38144, FALSE);
  SolcoCapacity capacity;

  solco_capacity_compute (&input, &capacity);
  assert_text (solco_text_capacity_dup_kept_free (&capacity, SOLCO_TEXT_PLAIN),
               "301.6 MiB stay free for later sessions");
  assert_text (solco_text_capacity_dup_kept_free (&capacity, SOLCO_TEXT_ESTIMATE),
               "About 301.6 MiB stay free for later sessions");
  input.image_blocks = 195000;
  solco_capacity_compute (&input, &capacity);
  assert_text (solco_text_capacity_dup_kept_free (&capacity, SOLCO_TEXT_PLAIN),
               "Too little stays free for a later session");
}

static void
test_result (void)
{
  assert_text (solco_text_capacity_dup_result (153293, 3, SOLCO_TEXT_MARKUP),
               "<b>299.4 MiB</b> free, about 3 more sessions of this size");
  assert_text (solco_text_capacity_dup_result (153293, 99, SOLCO_TEXT_PLAIN),
               "299.4 MiB free, about 99 more sessions of this size");
  assert_text (solco_text_capacity_dup_result (153293, 26004, SOLCO_TEXT_PLAIN),
               "299.4 MiB free, more than 99 more sessions of this size");
  assert_text (solco_text_capacity_dup_result (153293, 1, SOLCO_TEXT_PLAIN),
               "299.4 MiB free, about 1 more session of this size");
  assert_text (solco_text_capacity_dup_result (153293, 0, SOLCO_TEXT_ISOLATE),
               "\u2066299.4 MiB\u2069 free");
}

static void
test_hint (void)
{
  assert_text (solco_text_capacity_dup_overhead_hint (SOLCO_PROFILE_CD_RW),
               "Closing a session on CD takes 21 MB for the first and 11 MB for each further one");
  assert_text (solco_text_capacity_dup_overhead_hint (SOLCO_PROFILE_DVD_R),
               "Closing a session on DVD-R takes about 32.0 MiB for the first and 18.0 MiB for "
               "each further one");
  assert_text (solco_text_capacity_dup_overhead_hint (SOLCO_PROFILE_DVD_PLUS_R),
               "Closing a session on DVD+R takes about 4.0 MiB");
  assert_text (solco_text_capacity_dup_overhead_hint (SOLCO_PROFILE_BD_R),
               "Closing a session takes no room on this kind of disc");
  assert_text (solco_text_capacity_dup_overhead_hint (SOLCO_PROFILE_FILE),
               "Closing a session takes no room on this kind of disc");
}

static void
test_legend (void)
{
  assert_text (solco_text_legend_dup_older (1), "Session 1");
  assert_text (solco_text_legend_dup_older (2), "Sessions 1–2");
  assert_text (solco_text_legend_dup_session (3), "Session 3");
  g_assert_cmpstr (solco_text_legend_get_overhead (), ==, "Session overhead");
  g_assert_cmpstr (solco_text_legend_get_free (), ==, "Free");
  g_assert_cmpstr (solco_text_legend_get_over (), ==, "Does not fit");
  g_assert_cmpstr (solco_text_legend_get_closed (FALSE), ==, "Closed");
  g_assert_cmpstr (solco_text_legend_get_closed (TRUE), ==, "Not usable yet");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-capacity/sentences", test_sentences);
  g_test_add_func ("/text-capacity/kept-free", test_kept_free);
  g_test_add_func ("/text-capacity/result", test_result);
  g_test_add_func ("/text-capacity/hint", test_hint);
  g_test_add_func ("/text-capacity/legend", test_legend);
  return g_test_run ();
}
