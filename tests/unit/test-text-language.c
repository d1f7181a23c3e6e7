/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <glib/gstdio.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>

#include "assert-text.h"
#include "disc-samples.h"
#include "solco-error.h"
#include "solco-text-capacity.h"
#include "solco-text-error.h"
#include "solco-text-medium.h"
#include "solco-text-phase.h"
#include "solco-text-problem.h"
#include "solco-text-size.h"

static char *folder;

/* Compiles @catalogue as if it were installed in the test's own folder. */
static void
install_language (const char *language, const char *catalogue)
{
  g_autofree char *messages = g_build_filename (folder, language, "LC_MESSAGES", NULL);
  g_autofree char *compiled = g_build_filename (messages, "solco.mo", NULL);
  const char *arguments[] = { "msgfmt", "-o", compiled, catalogue, NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_assert_cmpint (g_mkdir_with_parents (messages, 0700), ==, 0);
  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
}

/* gettext looks languages up in any locale but "C" itself, so that none has to be installed. */
static void
use_language (const char *language)
{
  g_setenv ("LANGUAGE", language, TRUE);
  g_assert_nonnull (bindtextdomain ("solco", folder));
  g_assert_nonnull (bind_textdomain_codeset ("solco", "UTF-8"));
  g_assert_nonnull (textdomain ("solco"));
}

/* The sentences as an Italian reads them: contexts, plural forms and the order of arguments work
 * in another language, not only in the one that they were written in. */
static void
test_italian (void)
{
  const SolcoCapacityInput input = {
    .profile = SOLCO_PROFILE_CD_R,
    .n_sessions = 2,
    .capacity_blocks = 359849,
    .next_writable_block = 161502,
    .free_blocks = 198347,
    .lead_out_limit_block = 359849,
    .image_blocks = 38144,
  };
  g_autoptr (SolcoMedium) photos = sample_appendable_cd (SOLCO_PROFILE_CD_R, 2, "Foto 2026");
  const SolcoTextStop stop = {
    .medium = photos,
    .phase = SOLCO_PHASE_WRITE,
    .session = 3,
    .lost_blocks = 57 * 512,
  };
  g_autoptr (SolcoProblem) problem
      = solco_problem_new (SOLCO_PROBLEM_ATTRIBUTE_LOST, "a.txt", NULL, 0);
  g_autoptr (GError) error = g_error_new (SOLCO_ERROR, SOLCO_ERROR_WRONG_DISC, "expected …");
  SolcoCapacity capacity;

  use_language ("it");
  solco_capacity_compute (&input, &capacity);
  assert_text (solco_text_capacity_dup_sentence (&input, &capacity, SOLCO_TEXT_MARKUP),
               "<b>301.6 MiB</b> liberi dopo questa sessione, poi circa altre 3 sessioni come "
               "questa");
  g_assert_cmpstr (solco_text_legend_get_overhead (), ==, "Chiusura sessione");
  g_assert_cmpstr (solco_text_legend_get_closed (FALSE), ==, "Chiuso");
  assert_text (solco_text_medium_dup_line (photos, 3),
               "Sessione 3 di un CD-R ancora aperto · 466.5 MiB liberi");
  assert_text (solco_text_stop_dup_loss (&stop),
               "Interrompendo ora si perdono la sessione 3 e circa 57.0 MiB del disco.");
  assert_text (solco_text_stop_dup_rest (&stop), "Le sessioni 1 e 2 restano leggibili.");
  assert_text (solco_text_duration_dup_left (1), "manca 1 secondo");
  assert_text (solco_text_duration_dup_left (27), "mancano 27 secondi");
  assert_text (solco_text_problem_dup_sentence (problem),
               "Non è stato possibile dare a a.txt il proprietario, i permessi o la data");
  assert_text (solco_text_error_dup_title (error), "Questo è un altro disco");
  g_assert_cmpstr (solco_text_phase_get_name (SOLCO_PHASE_VERIFY), ==, "Verifica");
  g_assert_false (solco_text_is_right_to_left ());
}

/* A language that is written from right to left: the sentence says so to Pango first, since it may
 * begin with a figure. */
static void
test_right_to_left (void)
{
  use_language ("he");
  g_assert_true (solco_text_is_right_to_left ());
  assert_text (solco_text_capacity_dup_result (153293, 0, SOLCO_TEXT_ISOLATE),
               "\u200f\u2066299.4 MiB\u2069 פנויים");
  assert_text (solco_text_capacity_dup_result (153293, 0, SOLCO_TEXT_MARKUP | SOLCO_TEXT_ISOLATE),
               "\u200f<b>\u2066299.4 MiB\u2069</b> פנויים");
  assert_text (solco_text_capacity_dup_result (153293, 0, SOLCO_TEXT_PLAIN), "299.4 MiB פנויים");
}

/* What a translator writes is text and no markup. */
static void
test_markup_is_escaped (void)
{
  use_language ("xx");
  assert_text (solco_text_capacity_dup_result (153293, 0, SOLCO_TEXT_MARKUP),
               "&lt;<b>299.4 MiB</b> &amp; &gt;");
  assert_text (solco_text_capacity_dup_result (153293, 0, SOLCO_TEXT_PLAIN), "<299.4 MiB & >");
}

static void
install_text (const char *language, const char *messages)
{
  g_autofree char *catalogue = g_strdup_printf ("%s/%s.po", folder, language);
  g_autofree char *text = g_strconcat (
      "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n", messages, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (catalogue, text, -1, &error);
  g_assert_no_error (error);
  install_language (language, catalogue);
  g_assert_cmpint (g_remove (catalogue), ==, 0);
}

static void
remove_language (const char *language)
{
  static const char *const parts[] = { "LC_MESSAGES/solco.mo", "LC_MESSAGES", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *path = g_build_filename (folder, language, parts[i], NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autofree char *italian = NULL;
  int status = 0;

  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_assert_nonnull (setlocale (LC_ALL, ""));
  folder = g_dir_make_tmp ("solco-language-XXXXXX", &error);
  g_assert_no_error (error);
  italian = g_test_build_filename (G_TEST_DIST, "..", "po", "it.po", NULL);
  install_language ("it", italian);
  install_text ("he", "msgctxt \"direction of the language\"\nmsgid \"ltr\"\nmsgstr \"rtl\"\n"
                      "msgid \"%s free\"\nmsgstr \"%s פנויים\"\n");
  install_text ("xx", "msgid \"%s free\"\nmsgstr \"<%s & >\"\n");
  g_test_add_func ("/text-language/italian", test_italian);
  g_test_add_func ("/text-language/right-to-left", test_right_to_left);
  g_test_add_func ("/text-language/markup-is-escaped", test_markup_is_escaped);
  status = g_test_run ();
  remove_language ("it");
  remove_language ("he");
  remove_language ("xx");
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
  return status;
}
