/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-plan.h"

static void
test_target (void)
{
  g_autoptr (SolcoTarget) drive = solco_target_new ("/dev/sr0", SOLCO_IMAGE_KIND_FREE_SPACE, 0);
  g_autoptr (SolcoTarget) image
      = solco_target_new ("stdio:/tmp/a disc.iso", SOLCO_IMAGE_KIND_BYTES, 123456);
  g_autoptr (SolcoTarget) copy = solco_target_copy (image);

  g_assert_null (solco_target_get_image_path (drive));
  g_assert_cmpstr (solco_target_get_image_path (image), ==, "/tmp/a disc.iso");
  g_assert_true (copy != image && copy->address != image->address);
  g_assert_cmpstr (copy->address, ==, image->address);
  g_assert_cmpint (copy->image_kind, ==, SOLCO_IMAGE_KIND_BYTES);
  g_assert_cmpuint (copy->image_size_bytes, ==, 123456);
}

/* A plan is a frozen copy: it lives on when all that it was made from is gone. */
static void
test_plan (void)
{
  const SolcoTreeNode root = { .name = "", .kind = SOLCO_NODE_DIRECTORY, .mode = 0755 };
  const SolcoTreeNode file = { .name = "a", .kind = SOLCO_NODE_FILE, .mode = 0644 };
  SolcoTarget *target = solco_target_new ("/dev/sr0", SOLCO_IMAGE_KIND_FREE_SPACE, 0);
  SolcoTreeBuilder *builder = solco_tree_builder_new (&root);

  solco_tree_builder_add (builder, 0, &file);

  SolcoTree *tree = solco_tree_builder_finish (builder);
  SolcoPlan *plan = solco_plan_new (target, tree, "Photos");

  solco_target_free (target);
  plan->disc = solco_disc_identity_from_string ("disc1:9:1:0:62752:a:b:c:d");
  plan->disc_tree = solco_tree_ref (tree);
  solco_tree_unref (tree);

  SolcoPlan *held = g_boxed_copy (SOLCO_TYPE_PLAN, plan);
  solco_plan_unref (plan);

  g_assert_cmpstr (held->target->address, ==, "/dev/sr0");
  g_assert_cmpstr (held->volume_label, ==, "Photos");
  g_assert_cmpuint (solco_tree_lookup (held->tree, "/a"), ==, 1);
  g_assert_true (held->manifest && held->session_md5);
  g_assert_false (held->erase || held->mend || held->close_disc || held->simulate
                  || held->file_md5 || held->eject);
  g_assert_cmpint (held->verify, ==, SOLCO_VERIFY_NONE);
  g_assert_cmpuint (held->speed_kb_per_s, ==, 0);
  g_boxed_free (SOLCO_TYPE_PLAN, held);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/target", test_target);
  g_test_add_func ("/plan/frozen", test_plan);
  return g_test_run ();
}
