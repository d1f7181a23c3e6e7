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

/* The sentences as an Italian reads them: contexts, plural forms and the order of arguments work
 * in another language, not only in the one that they were written in. */
static void
test_sentences (void)
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

  solco_capacity_compute (&input, &capacity);
  assert_text (solco_text_capacity_dup_sentence (&input, &capacity, SOLCO_TEXT_MARKUP),
               "<b>301.6 MiB</b> liberi dopo questa sessione, poi circa altre 3 sessioni come "
               "questa");
  g_assert_cmpstr (solco_text_legend_get_overhead (), ==, "Chiusura sessione");
  g_assert_cmpstr (solco_text_legend_get_closed (), ==, "Chiuso");
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

/* gettext looks languages up in any locale but "C" itself, so that none has to be installed. */
static void
set_up_language (const char *folder)
{
  g_autofree char *catalogue = g_test_build_filename (G_TEST_DIST, "..", "po", "it.po", NULL);
  g_autofree char *messages = g_build_filename (folder, "it", "LC_MESSAGES", NULL);
  g_autofree char *compiled = g_build_filename (messages, "solco.mo", NULL);
  const char *arguments[] = { "msgfmt", "-o", compiled, catalogue, NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_assert_cmpint (g_mkdir_with_parents (messages, 0700), ==, 0);
  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
  g_assert_nonnull (setlocale (LC_ALL, "C.UTF-8"));
  g_assert_nonnull (bindtextdomain ("solco", folder));
  g_assert_nonnull (bind_textdomain_codeset ("solco", "UTF-8"));
  g_assert_nonnull (textdomain ("solco"));
}

static void
remove_language (const char *folder)
{
  static const char *const parts[] = { "it/LC_MESSAGES/solco.mo", "it/LC_MESSAGES", "it", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *path = g_build_filename (folder, parts[i], NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  int status = 0;

  g_setenv ("LANGUAGE", "it", TRUE);
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("solco-italian-XXXXXX", &error);
  g_assert_no_error (error);
  set_up_language (folder);
  g_test_add_func ("/text-italian/sentences", test_sentences);
  status = g_test_run ();
  remove_language (folder);
  return status;
}
