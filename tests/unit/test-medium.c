/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-medium.h"

static void
test_new (void)
{
  g_autoptr (SolcoMedium) medium = solco_medium_new ("/dev/sr0");

  g_assert_cmpstr (medium->address, ==, "/dev/sr0");
  g_assert_cmpint (medium->state, ==, SOLCO_MEDIUM_NONE);
  g_assert_cmpint (medium->next_writable_block, ==, -1);
  g_assert_cmpuint (medium->sessions->len, ==, 0);
  g_assert_cmpuint (medium->tracks->len, ==, 0);
  g_assert_cmpuint (medium->speeds->len, ==, 0);
  g_assert_null (solco_medium_get_last_session (medium));
}

static void
test_sessions (void)
{
  SolcoMedium *medium = solco_medium_new ("stdio:/tmp/disc.iso");

  for (guint i = 1; i <= 3; i++)
    {
      SolcoSession session = { .number = i, .start_block = 32 * i, .size_blocks = 20 };

      session.volume_label = g_strdup_printf ("Week %u", i);
      g_array_append_val (medium->sessions, session);
    }
  medium->identity = solco_disc_identity_from_string ("disc1:9:3:96:128:a:b:c:d");
  medium->volume_label = g_strdup ("Week 3");

  SolcoMedium *held = g_boxed_copy (SOLCO_TYPE_MEDIUM, medium);

  g_assert_true (held == medium);
  solco_medium_unref (medium);
  g_assert_cmpuint (solco_medium_get_last_session (held)->number, ==, 3);
  g_assert_cmpstr (solco_medium_get_last_session (held)->volume_label, ==, "Week 3");
  g_boxed_free (SOLCO_TYPE_MEDIUM, held);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/medium/new", test_new);
  g_test_add_func ("/medium/sessions", test_sessions);
  return g_test_run ();
}
