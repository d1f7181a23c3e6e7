/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-text-phase.h"

#include "disc-samples.h"

static void
check (SolcoMedium *medium, const SolcoTextStop *stop, const char *loss, const char *rest)
{
  SolcoTextStop copy = *stop;
  g_autofree char *loss_text = NULL;
  g_autofree char *rest_text = NULL;

  copy.medium = medium;
  loss_text = solco_text_stop_dup_loss (&copy);
  rest_text = solco_text_stop_dup_rest (&copy);
  g_assert_cmpstr (loss_text, ==, loss);
  g_assert_cmpstr (rest_text, ==, rest);
  solco_medium_unref (medium);
}

static void
test_write (void)
{
  const SolcoTextStop third = {
    .phase = SOLCO_PHASE_WRITE,
    .session = 3,
    .lost_blocks = 57 * 512,
  };
  const SolcoTextStop first = {
    .phase = SOLCO_PHASE_WRITE,
    .session = 1,
    .lost_blocks = 57 * 512,
  };
  const SolcoTextStop simulation = {
    .phase = SOLCO_PHASE_WRITE,
    .session = 3,
    .is_simulation = TRUE,
  };
  const SolcoTextStop erasing = {
    .phase = SOLCO_PHASE_WRITE,
    .session = 1,
    .erases = TRUE,
  };
  SolcoMedium *empty_image = sample_blank (SOLCO_PROFILE_DVD_PLUS_RW);

  check (sample_appendable_cd (SOLCO_PROFILE_CD_R, 2, "Photos"), &third,
         "Stopping now loses session 3 and about 57.0 MiB of the disc.",
         "Sessions 1 and 2 stay readable.");
  check (sample_blank (SOLCO_PROFILE_CD_R), &first,
         "Stopping now loses session 1 and about 57.0 MiB of the disc.", NULL);
  check (sample_blank (SOLCO_PROFILE_CD_RW), &first,
         "Stopping now loses session 1 and about 57.0 MiB of the disc.",
         "The disc can be erased and used again.");
  check (sample_image ("Image"), &third, "Stopping now loses session 3.",
         "Session 1 stays readable.");
  check (empty_image, &first, "Stopping now loses session 1.", "The disc stays empty.");
  check (sample_image ("Image"), &erasing, "Stopping now loses session 1.",
         "What was on the disc before is lost too.");
  check (sample_appendable_cd (SOLCO_PROFILE_CD_R, 2, "Photos"), &simulation,
         "The laser is off: stopping leaves the disc as it is.", NULL);
}

static void
test_other_phases (void)
{
  static const struct
  {
    SolcoJobPhase phase;
    const char *loss;
    const char *rest;
  } cases[] = {
    { SOLCO_PHASE_OPEN, "Nothing has been written yet: stopping leaves the disc as it is.", NULL },
    { SOLCO_PHASE_PREPARE, "Nothing has been written yet: stopping leaves the disc as it is.",
      NULL },
    { SOLCO_PHASE_CLOSE, "The drive cannot be stopped while it closes the session.",
      "Stopped there, the disc could be lost." },
    { SOLCO_PHASE_ERASE, "The drive cannot be stopped while it erases.",
      "Stopped there, the disc could be lost." },
    { SOLCO_PHASE_VERIFY,
      "The session is on the disc already: stopping only leaves out what follows.", NULL },
    { SOLCO_PHASE_EXTRACT, "Stopping keeps the files that are already copied.", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const SolcoTextStop stop = { .phase = cases[i].phase, .session = 3 };

      check (sample_appendable_cd (SOLCO_PROFILE_CD_R, 2, "Photos"), &stop, cases[i].loss,
             cases[i].rest);
    }
}

/* Nothing is being written: a verification, or the look at an erased disc. */
static void
test_without_session (void)
{
  const SolcoTextStop stop = { .phase = SOLCO_PHASE_VERIFY };

  check (sample_appendable_cd (SOLCO_PROFILE_CD_R, 2, "Photos"), &stop,
         "Stopping changes nothing on the disc.", NULL);
}

/* Every phase has a name, and something to say when the user wants to stop. */
static void
test_every_phase (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (int phase = 0; phase < SOLCO_N_PHASES; phase++)
    {
      g_autoptr (SolcoMedium) medium = sample_blank (SOLCO_PROFILE_CD_R);
      const SolcoTextStop stop = {
        .medium = medium, .phase = (SolcoJobPhase) phase, .session = 1
      };
      g_autofree char *loss = solco_text_stop_dup_loss (&stop);
      const char *name = solco_text_phase_get_name ((SolcoJobPhase) phase);

      g_assert_nonnull (name);
      g_assert_true (g_hash_table_add (names, (gpointer) name));
      g_assert_true (g_str_has_suffix (loss, "."));
    }
}

static void
test_silence (void)
{
  g_autofree char *none = solco_text_phase_dup_silence (4.9);
  g_autofree char *some = solco_text_phase_dup_silence (40.2);
  g_autofree char *long_enough = solco_text_phase_dup_silence (60);

  g_assert_null (none);
  g_assert_cmpstr (some, ==, "The drive has not answered for 40 seconds.");
  g_assert_cmpstr (long_enough, ==,
                   "The drive has not answered for 60 seconds. You can quit without it.");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-phase/write", test_write);
  g_test_add_func ("/text-phase/other-phases", test_other_phases);
  g_test_add_func ("/text-phase/without-session", test_without_session);
  g_test_add_func ("/text-phase/every-phase", test_every_phase);
  g_test_add_func ("/text-phase/silence", test_silence);
  return g_test_run ();
}
