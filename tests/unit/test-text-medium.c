/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-text-medium.h"

#include "assert-text.h"
#include "disc-samples.h"

/* Title, line without and with a planned session, and the short line. */
static void
check (SolcoMedium *medium, guint next_session, const char *title, const char *line,
       const char *planned, const char *short_line)
{
  assert_text (solco_text_medium_dup_title (medium), title);
  assert_text (solco_text_medium_dup_line (medium, 0), line);
  assert_text (solco_text_medium_dup_line (medium, next_session), planned);
  assert_text (solco_text_medium_dup_short_line (medium), short_line);
  solco_medium_unref (medium);
}

static void
test_discs (void)
{
  SolcoMedium *full = sample_appendable_cd (SOLCO_PROFILE_CD_R, 2, "Photos");
  SolcoMedium *broken = sample_appendable_cd (SOLCO_PROFILE_CD_R, 2, "Photos");
  SolcoMedium *audio = sample_closed_cd (SOLCO_PROFILE_CD_R, 1, NULL);
  SolcoMedium *untitled = sample_closed_cd (SOLCO_PROFILE_CD_R, 1, "");
  SolcoMedium *unusable = sample_empty ();
  SolcoMedium *foreign = sample_blank (SOLCO_PROFILE_DVD_PLUS_RW);

  foreign->state = SOLCO_MEDIUM_UNSUITABLE;
  foreign->content = SOLCO_CONTENT_UDF;
  full->free_blocks = 1000;
  broken->damage = SOLCO_DAMAGE_LAST_TRACK;
  audio->content = SOLCO_CONTENT_AUDIO;
  unusable->state = SOLCO_MEDIUM_UNSUITABLE;

  check (sample_empty (), 1, "No Disc", "Insert a disc", "Insert a disc", "Insert a disc");
  check (unusable, 1, "Unusable Disc", "Solco cannot use it", "Solco cannot use it",
         "Solco cannot use it");
  check (foreign, 1, "Foreign Disc", "DVD+RW 4.7 GB · can be erased and used",
         "DVD+RW 4.7 GB · can be erased and used", "DVD+RW 4.7 GB · can be erased and used");
  check (sample_blank (SOLCO_PROFILE_CD_R), 1, "Blank Disc",
         "CD-R 80 min (700 MB) · 702.8 MiB free", "CD-R 80 min (700 MB) · 702.8 MiB free",
         "CD-R · 702.8 MiB free");
  check (sample_appendable_cd (SOLCO_PROFILE_CD_R, 2, "Photos 2026"), 3, "Photos 2026",
         "2 sessions on an appendable CD-R · 466.5 MiB free",
         "Session 3 of an appendable CD-R · 466.5 MiB free", "CD-R · 466.5 MiB free");
  check (sample_appendable_cd (SOLCO_PROFILE_CD_RW, 1, "Backup"), 2, "Backup",
         "1 session on an appendable CD-RW · 580.3 MiB free",
         "Session 2 of an appendable CD-RW · 580.3 MiB free", "CD-RW · 580.3 MiB free");
  check (sample_closed_cd (SOLCO_PROFILE_CD_RW, 2, "Backup May"), 3, "Backup May",
         "Closed CD-RW · 2 sessions", "Closed CD-RW · 2 sessions", "Closed CD-RW · 2 sessions");
  check (full, 3, "Photos", "Full CD-R · 2 sessions", "Full CD-R · 2 sessions",
         "Full CD-R · 2 sessions");
  check (broken, 3, "Photos", "CD-R 80 min (700 MB) · has to be mended",
         "CD-R 80 min (700 MB) · has to be mended", "CD-R 80 min (700 MB) · has to be mended");
  check (audio, 2, "Audio Disc", "Closed CD-R · 1 session", "Closed CD-R · 1 session",
         "Closed CD-R · 1 session");
  check (untitled, 2, "Untitled Disc", "Closed CD-R · 1 session", "Closed CD-R · 1 session",
         "Closed CD-R · 1 session");
}

static void
test_images (void)
{
  SolcoMedium *new_image = sample_blank (SOLCO_PROFILE_CD_R);
  SolcoMedium *empty_image = sample_blank (SOLCO_PROFILE_CD_R);
  SolcoMedium *full = sample_image ("Image");
  SolcoMedium *closed = sample_image ("Image");
  SolcoMedium *udf = sample_blank (SOLCO_PROFILE_FILE);
  SolcoMedium *document = sample_blank (SOLCO_PROFILE_FILE);
  SolcoMedium *plain = sample_image ("");

  new_image->is_image_file = TRUE;
  empty_image->is_image_file = TRUE;
  empty_image->file_exists = TRUE;
  full->free_blocks = 0;
  closed->state = SOLCO_MEDIUM_CLOSED;
  closed->next_writable_block = -1;
  udf->is_image_file = TRUE;
  udf->state = SOLCO_MEDIUM_UNSUITABLE;
  document->is_image_file = TRUE;
  document->state = SOLCO_MEDIUM_UNSUITABLE;
  document->is_erasable = FALSE;
  plain->profile = SOLCO_PROFILE_FILE;

  check (new_image, 1, "New Disc Image", "Disc image, CD-R 80 min (700 MB) · 702.8 MiB free",
         "Disc image, CD-R 80 min (700 MB) · 702.8 MiB free", "Disc image · 702.8 MiB free");
  check (empty_image, 1, "Empty Disc Image", "Disc image, CD-R 80 min (700 MB) · 702.8 MiB free",
         "Disc image, CD-R 80 min (700 MB) · 702.8 MiB free", "Disc image · 702.8 MiB free");
  check (sample_image ("Image"), 2, "Image", "1 session in a disc image · 700.7 MiB free",
         "Session 2 of a disc image · 700.7 MiB free", "Disc image · 700.7 MiB free");
  check (full, 2, "Image", "Full disc image · 1 session", "Full disc image · 1 session",
         "Full disc image · 1 session");
  check (closed, 2, "Image", "Closed disc image · 1 session", "Closed disc image · 1 session",
         "Closed disc image · 1 session");
  check (udf, 1, "Foreign Disc Image", "Disc image · can be erased and used",
         "Disc image · can be erased and used", "Disc image · can be erased and used");
  check (document, 1, "Unusable File", "Solco cannot use it", "Solco cannot use it",
         "Solco cannot use it");
  assert_text (solco_text_medium_dup_kind (plain), "Disc image");
  check (plain, 2, "Untitled Disc Image", "1 session in a disc image · 700.7 MiB free",
         "Session 2 of a disc image · 700.7 MiB free", "Disc image · 700.7 MiB free");
}

static void
test_words (void)
{
  g_autoptr (SolcoMedium) medium = sample_appendable_cd (SOLCO_PROFILE_CD_R, 2, "Photos");
  static const char *const states[] = { "No disc", "Blank", "Appendable", "Closed", "Not usable" };

  assert_text (solco_text_medium_dup_recording_line (medium, 3), "CD-R · writing session 3");
  for (int state = SOLCO_MEDIUM_NONE; state <= SOLCO_MEDIUM_UNSUITABLE; state++)
    {
      medium->state = (SolcoMediumState) state;
      g_assert_cmpstr (solco_text_medium_get_state (medium), ==, states[state]);
    }
  for (int content = SOLCO_CONTENT_NONE; content <= SOLCO_CONTENT_UNREADABLE; content++)
    {
      medium->content = (SolcoContent) content;
      g_assert_cmpint (solco_text_medium_get_content (medium) == NULL, ==,
                       content == SOLCO_CONTENT_NONE || content == SOLCO_CONTENT_ISO);
    }
  g_assert_null (solco_text_medium_dup_damage (medium));
  for (int damage = SOLCO_DAMAGE_HEAD; damage <= SOLCO_DAMAGE_LAST_TRACK; damage++)
    {
      g_autofree char *text = NULL;

      medium->damage = (SolcoDamage) damage;
      text = solco_text_medium_dup_damage (medium);
      g_assert_true (g_str_has_suffix (text, "."));
    }
}

static void
test_sessions (void)
{
  g_autoptr (SolcoMedium) blank = sample_blank (SOLCO_PROFILE_CD_R);
  g_autoptr (SolcoMedium) one = sample_appendable_cd (SOLCO_PROFILE_CD_R, 1, "Photos");
  g_autoptr (SolcoMedium) two = sample_appendable_cd (SOLCO_PROFILE_CD_R, 2, "Photos");
  g_autoptr (SolcoMedium) four = sample_appendable_cd (SOLCO_PROFILE_CD_R, 4, "Photos");
  const SolcoSession *session = solco_medium_get_last_session (two);
  SolcoSession other = *session;

  g_assert_null (solco_text_medium_dup_readable (blank));
  assert_text (solco_text_medium_dup_readable (one), "Session 1 stays readable.");
  assert_text (solco_text_medium_dup_readable (two), "Sessions 1 and 2 stay readable.");
  assert_text (solco_text_medium_dup_readable (four), "Sessions 1–4 stay readable.");

  assert_text (solco_text_session_dup_title (session), "Session 2: Photos");
  assert_text (solco_text_session_dup_line (session), "14 Apr 2026, 18:02 · 100.3 MiB");
  other.written_s = 0;
  assert_text (solco_text_session_dup_line (&other), "100.3 MiB");
  other.volume_label = NULL;
  other.has_file_system = FALSE;
  assert_text (solco_text_session_dup_title (&other), "Session 2");
  assert_text (solco_text_session_dup_line (&other), "no ISO 9660 file system · 100.3 MiB");
  other.is_cut_off = TRUE;
  assert_text (solco_text_session_dup_line (&other), "cut off, of no use · 100.3 MiB");
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-medium/discs", test_discs);
  g_test_add_func ("/text-medium/images", test_images);
  g_test_add_func ("/text-medium/words", test_words);
  g_test_add_func ("/text-medium/sessions", test_sessions);
  return g_test_run ();
}
