/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-text-job.h"

#include "assert-text.h"
#include "disc-samples.h"

static SolcoTree *
make_tree (guint n_files, guint64 bytes_each)
{
  const SolcoTreeNode root = { .name = "", .kind = SOLCO_NODE_DIRECTORY, .parent = SOLCO_TREE_NONE,
                               .disc_index = SOLCO_TREE_NONE };
  SolcoTreeBuilder *builder = solco_tree_builder_new (&root);

  for (guint i = 0; i < n_files; i++)
    {
      g_autofree char *name = g_strdup_printf ("%04u", i);
      const SolcoTreeNode file = { .name = name, .kind = SOLCO_NODE_FILE,
                                   .size_bytes = bytes_each, .disc_index = SOLCO_TREE_NONE };

      solco_tree_builder_add (builder, 0, &file);
    }
  return solco_tree_builder_finish (builder);
}

static void
check_changes (guint64 n_new, guint64 n_replaced, guint64 n_removed, const char *expected)
{
  const SolcoTextChanges changes = {
    .n_new = n_new, .n_replaced = n_replaced, .n_removed = n_removed, .n_bytes = 77 << 20
  };

  assert_text (solco_text_job_dup_changes (&changes), expected);
}

static void
test_changes (void)
{
  check_changes (7, 1, 2, "7 new files, 1 replaced, 2 removed: 77.0 MiB");
  check_changes (1, 0, 0, "1 new file: 77.0 MiB");
  check_changes (0, 3, 0, "3 replaced: 77.0 MiB");
  /* What only leaves has no size. */
  check_changes (0, 0, 5, "5 removed");
  check_changes (0, 0, 0, "Only names, folders or the label change");
  assert_text (solco_text_job_dup_session_of (3, "Photos 2026"), "Session 3 of “Photos 2026”");
}

static void
test_loss (void)
{
  g_autoptr (SolcoMedium) two = sample_closed_cd (SOLCO_PROFILE_CD_RW, 2, "Backup");
  g_autoptr (SolcoMedium) one = sample_closed_cd (SOLCO_PROFILE_CD_RW, 1, "Backup");
  g_autoptr (SolcoMedium) blank = sample_blank (SOLCO_PROFILE_CD_RW);
  g_autoptr (SolcoMedium) foreign = sample_blank (SOLCO_PROFILE_CD_RW);
  g_autoptr (SolcoTree) tree = make_tree (418, 1 << 20);

  foreign->state = SOLCO_MEDIUM_UNSUITABLE;
  assert_text (solco_text_job_dup_loss (two, tree),
               "2 sessions with 418 files (418.0 MiB) will be lost.");
  assert_text (solco_text_job_dup_loss (one, NULL), "1 session will be lost.");
  assert_text (solco_text_job_dup_loss (blank, NULL), NULL);
  assert_text (solco_text_job_dup_loss (foreign, NULL), "Whatever is on the disc will be lost.");
  assert_text (solco_text_job_dup_content (two, tree), "2 sessions, 418 files");
  assert_text (solco_text_job_dup_content (two, NULL), "2 sessions");
  assert_text (solco_text_job_dup_content (blank, NULL), "Blank");
}

static void
test_done (void)
{
  g_autoptr (SolcoTarget) target = solco_target_new ("/dev/sr0", SOLCO_IMAGE_KIND_FREE_SPACE, 0);
  g_autoptr (SolcoTree) tree = make_tree (1, 10);
  g_autoptr (SolcoPlan) plan = solco_plan_new (target, tree, "Photos");
  g_autoptr (SolcoRequest) burn = solco_request_new_burn (plan);
  g_autoptr (SolcoRequest) erase = solco_request_new_erase (target, SOLCO_ERASE_FAST, NULL);
  g_autoptr (SolcoRequest) verify
      = solco_request_new_verify (target, 0, SOLCO_VERIFY_FULL, NULL);
  g_autoptr (SolcoRequest) extract = solco_request_new_extract (target, 0, NULL, "/tmp", FALSE);
  g_autoptr (SolcoResult) result = solco_result_new ();

  result->medium = sample_appendable_cd (SOLCO_PROFILE_CD_R, 3, "Photos");
  result->session = 3;
  result->n_files = 8;
  result->n_bytes = 77 << 20;
  assert_text (solco_text_job_dup_running_title (burn, 3, "Photos"),
               "Burning session 3 to “Photos”");
  assert_text (solco_text_job_dup_done_title (burn, result), "Session 3 is on the disc");
  /* What was not read back is not called identical. */
  assert_text (solco_text_job_dup_done_line (burn, result), "8 files, 77.0 MiB");
  result->is_verified = TRUE;
  assert_text (solco_text_job_dup_done_line (burn, result),
               "8 files, 77.0 MiB, read back and identical");
  assert_text (solco_text_job_dup_done_title (verify, result), "The disc is intact");
  assert_text (solco_text_job_dup_done_title (extract, result), "The files are copied");
  assert_text (solco_text_job_dup_done_line (extract, result), "8 files, 77.0 MiB");
  assert_text (solco_text_job_dup_done_title (erase, result), "The disc is blank");
  assert_text (solco_text_job_dup_done_line (erase, result), NULL);
  result->is_simulated = TRUE;
  assert_text (solco_text_job_dup_done_title (burn, result), "The simulation succeeded");
  assert_text (solco_text_job_dup_done_line (burn, result), "The disc has not been changed.");

  /* And what the requests say of themselves. */
  g_assert_true (solco_request_get_plan (burn) == plan);
  g_assert_null (solco_request_get_plan (erase));
  g_assert_cmpint (solco_request_get_verify (verify), ==, SOLCO_VERIFY_FULL);
  g_assert_cmpstr (solco_request_get_directory (extract), ==, "/tmp");
  g_assert_false (solco_request_is_simulation (burn));
  plan->simulate = TRUE;
  plan->eject = TRUE;
  g_assert_true (solco_request_is_simulation (burn));
  g_assert_true (solco_request_get_eject (burn));
}

static void
test_erase (void)
{
  g_autoptr (SolcoMedium) cd = sample_closed_cd (SOLCO_PROFILE_CD_RW, 2, "Backup");
  g_autoptr (SolcoMedium) image = sample_image ("Image");
  const SolcoSpeed speed = { .kb_per_s = 1764, .factor = 10 };

  /* Without a speed there is no figure. */
  assert_text (solco_text_erase_dup_name (cd, SOLCO_ERASE_FULL), "Full");
  g_array_append_val (cd->speeds, speed);
  assert_text (solco_text_erase_dup_name (cd, SOLCO_ERASE_FULL), "Full, about 7 minutes at 10×");
  assert_text (solco_text_erase_dup_name (cd, SOLCO_ERASE_FAST), "Fast");
  assert_text (solco_text_erase_dup_name (cd, SOLCO_ERASE_FORMAT), "Format");
  g_assert_cmpstr (solco_text_erase_get_meaning (image, SOLCO_ERASE_FAST), !=,
                   solco_text_erase_get_meaning (cd, SOLCO_ERASE_FAST));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-job/changes", test_changes);
  g_test_add_func ("/text-job/loss", test_loss);
  g_test_add_func ("/text-job/done", test_done);
  g_test_add_func ("/text-job/erase", test_erase);
  return g_test_run ();
}
