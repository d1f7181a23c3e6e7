/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-read-ahead-private.h"

#include <glib/gstdio.h>

#include "engine-fixture.h"
#include "solco-write-order-private.h"

#define N_FOLDERS 7
#define N_FILES 60

typedef struct
{
  EngineFixture engine;
  SolcoPlan *plan;
  SolcoTree *tree; /* the plan's */
} Fixture;

/* Sizes from nothing to more than is read whole, in names that sort differently in capitals. */
static gsize
get_size (guint folder, guint file)
{
  if (file % 20 == 3)
    return 0;
  if (file % 20 == 7)
    return 100 * 1024;
  return 1 + (folder * 7919 + file * 104729) % 20000;
}

static char *
get_name (guint file)
{
  static const char *const words[] = { "photo ", "Photo ", "NOTES-", "é" };

  return g_strdup_printf ("%s%02u.jpg", words[file % G_N_ELEMENTS (words)], file);
}

static guint8
get_byte (gsize size_bytes, gsize position)
{
  return (guint8) (size_bytes * 31 + position % 253);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  engine_fixture_set_up (&fixture->engine, NULL);
  for (guint i = 0; i < N_FOLDERS; i++)
    for (guint j = 0; j < N_FILES; j++)
      {
        g_autofree char *name = get_name (j);
        g_autofree char *path
            = g_strdup_printf ("source/%s%c%u/%s", i > 4 ? "B1/" : "", i % 2 == 0 ? 'a' : 'B', i, name);
        gsize size_bytes = get_size (i, j);
        g_autofree char *content = g_malloc (size_bytes + 1);

        for (gsize b = 0; b < size_bytes; b++)
          content[b] = (char) get_byte (size_bytes, b);
        engine_fixture_write (&fixture->engine, path, content, (gssize) size_bytes);
      }
  fixture->plan = engine_fixture_plan_new (&fixture->engine, "source", "Many");
  fixture->tree = fixture->plan->tree;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  solco_plan_unref (fixture->plan);
  engine_fixture_tear_down (&fixture->engine, NULL);
}

/* In libisofs's order, as the class that is tested guesses it. */
static GArray *
get_order (Fixture *fixture)
{
  SolcoWriteOrder *order = solco_write_order_new (fixture->tree);
  GArray *files = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 index;

  while ((index = solco_write_order_next (order)) != SOLCO_TREE_NONE)
    g_array_append_val (files, index);
  solco_write_order_free (order);
  g_assert_cmpuint (files->len, ==, N_FOLDERS * N_FILES);
  return files;
}

/* Takes the files at @order, and looks at every byte. */
static void
take_all (Fixture *fixture, const GArray *order, gboolean with_digests)
{
  const SolcoTreeNode *nodes = solco_tree_get_nodes (fixture->tree, NULL);
  SolcoReadAhead *ahead = solco_read_ahead_new (fixture->tree, with_digests);

  for (guint i = 0; i < order->len; i++)
    {
      guint32 index = g_array_index (order, guint32, i);
      const SolcoSmallFile *file;

      if (!solco_read_ahead_is_small (ahead, index))
        {
          g_assert_cmpuint (nodes[index].size_bytes, ==, 100 * 1024);
          continue;
        }
      file = solco_read_ahead_take (ahead, index);
      g_assert_cmpuint (file->source.index, ==, index);
      g_assert_cmpuint (file->n_bytes, ==, nodes[index].size_bytes);
      g_assert_false (file->source.is_broken || file->source.has_changed);
      for (gsize b = 0; b < file->n_bytes; b++)
        g_assert_cmpuint (file->data[b], ==, get_byte (file->n_bytes, b));
      g_assert_true (file->has_digest == with_digests);
      if (with_digests)
        {
          g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
          guint8 digest[SOLCO_SHA256_BYTES];
          gsize length = sizeof digest;

          g_checksum_update (checksum, file->data, (gssize) file->n_bytes);
          g_checksum_get_digest (checksum, digest, &length);
          g_assert_cmpmem (digest, length, file->digest, SOLCO_SHA256_BYTES);
        }
    }
  solco_read_ahead_free (ahead);
}

static void
test_in_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) order = get_order (fixture);

  take_all (fixture, order, FALSE);
  take_all (fixture, order, TRUE);
}

/* Files that nobody takes, and files out of their order. */
static void
test_out_of_order (Fixture *fixture, gconstpointer data)
{
  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (GArray) order = get_order (fixture);
      guint n_changes = round < 10 ? 10 : order->len;

      for (guint i = 0; i < n_changes; i++)
        {
          guint a = (guint) g_test_rand_int_range (0, (gint32) order->len);
          guint b = (guint) g_test_rand_int_range (0, (gint32) order->len);
          guint32 index = g_array_index (order, guint32, a);

          if (i % 2 == 0)
            g_array_remove_index (order, a);
          else if (b < order->len && a < order->len)
            {
              g_array_index (order, guint32, a) = g_array_index (order, guint32, b);
              g_array_index (order, guint32, b) = index;
            }
        }
      take_all (fixture, order, round % 2 == 0);
    }
}

/* What becomes of a source before it is read belongs to that file alone. */
static void
test_broken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) order = get_order (fixture);
  const SolcoTreeNode *nodes = solco_tree_get_nodes (fixture->tree, NULL);
  SolcoReadAhead *ahead;

  for (guint i = 0; i < order->len; i++)
    {
      guint32 index = g_array_index (order, guint32, i);
      g_autofree char *path = solco_tree_dup_source_path (fixture->tree, index);

      if (i % 5 == 0)
        g_assert_cmpint (g_unlink (path), ==, 0);
      else if (i % 5 == 1 && nodes[index].size_bytes > 0)
        g_assert_true (g_file_set_contents (path, "", 0, NULL));
    }
  ahead = solco_read_ahead_new (fixture->tree, TRUE);
  for (guint i = 0; i < order->len; i++)
    {
      guint32 index = g_array_index (order, guint32, i);
      const SolcoSmallFile *file;

      if (!solco_read_ahead_is_small (ahead, index) || nodes[index].size_bytes == 0)
        continue;
      file = solco_read_ahead_take (ahead, index);
      g_assert_cmpint (file->source.is_broken, ==, i % 5 <= 1);
      if (i % 5 <= 1)
        {
          g_assert_cmpint (file->source.broken_kind, ==,
                           i % 5 == 0 ? SOLCO_PROBLEM_SOURCE_VANISHED
                                      : SOLCO_PROBLEM_SOURCE_SHRANK);
          g_assert_cmpuint (file->source.filled_bytes, ==, file->n_bytes);
          for (gsize b = 0; b < file->n_bytes; b++)
            g_assert_cmpuint (file->data[b], ==, 0);
        }
    }
  solco_read_ahead_free (ahead);
}

/* One that ends while the thread reads. */
static void
test_early_end (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) order = get_order (fixture);

  for (guint n = 0; n < 40; n++)
    {
      SolcoReadAhead *ahead = solco_read_ahead_new (fixture->tree, FALSE);

      for (guint i = 0; i < n; i++)
        if (solco_read_ahead_is_small (ahead, g_array_index (order, guint32, i)))
          (void) solco_read_ahead_take (ahead, g_array_index (order, guint32, i));
      solco_read_ahead_free (ahead);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/engine/read-ahead/in-order", test_in_order);
  ADD ("/engine/read-ahead/out-of-order", test_out_of_order);
  ADD ("/engine/read-ahead/broken", test_broken);
  ADD ("/engine/read-ahead/early-end", test_early_end);
#undef ADD
  return g_test_run ();
}
