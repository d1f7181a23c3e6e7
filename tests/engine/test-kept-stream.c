/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine-fixture.h"

#include <string.h>

#include "solco-kept-stream-private.h"
#include "solco-libburn-private.h"

#define BLOCK_BYTES 2048
#define START_BLOCK 8192
#define N_FEW 1000
/* Those that are more than few are in one folder. */
#define N_MANY 6000

/* Everything that libisofs treats in its own way: files that are empty, the same or long, hard and
 * symbolic links, folders in folders, a file that is compressed on the disc. */
static void
make_image (EngineFixture *fixture, guint n_files, const char *options)
{
  g_autofree char *text = g_strnfill (100000, 'z');
  g_autofree char *command
      = g_strdup_printf ("sh -c 'xorriso -md5 on -hardlinks on -outdev stdio:disc.iso -joliet on "
                         "-map tree / -set_filter --zisofs /packed -- %s -commit 2>&1'",
                         options);

  engine_fixture_write (fixture, "tree/packed", text, -1);
  engine_fixture_write (fixture, "tree/long", text, -1);
  engine_fixture_write (fixture, "tree/empty", "", 0);
  engine_fixture_write (fixture, "tree/folder/empty too", "", 0);
  engine_fixture_write (fixture, "tree/folder/inner/deep", "deep", -1);
  for (guint i = 0; i < n_files; i++)
    {
      g_autofree char *path = g_strdup_printf ("tree/folder %u/file %u",
                                               MIN (i, N_FEW) / 100, i);

      engine_fixture_write (fixture, path, path, (gssize) (i % 20));
    }
  engine_fixture_do (fixture, "ln tree/long tree/folder/linked");
  engine_fixture_do (fixture, "ln -s long tree/link");
  engine_fixture_do (fixture, command);
}

/* The image as libisofs reads it; with @kept its streams are exchanged. */
static IsoImage *
import (EngineFixture *fixture, SolcoKeptStreams **kept)
{
  static char no_name[] = "";
  IsoImage *image = NULL;
  IsoDataSource *source = NULL;
  IsoReadOpts *options = NULL;

  g_assert_cmpint (iso_image_new (no_name, &image), >=, 0);
  g_assert_cmpint (iso_read_opts_new (&options, 0), >=, 0);
  g_assert_cmpint (iso_read_opts_set_start_block (options, 0), >=, 0);
  g_assert_cmpint (iso_read_opts_set_input_charset (options, "UTF-8"), >=, 0);
  g_assert_cmpint (iso_data_source_new_from_file (fixture->image_path, &source), >=, 0);
  if (kept != NULL)
    *kept = solco_kept_streams_new (image);
  g_assert_cmpint (iso_image_import (image, source, options, NULL), >=, 0);
  if (kept != NULL)
    solco_kept_streams_end_import (*kept);
  iso_data_source_unref (source);
  iso_read_opts_free (options);
  return image;
}

/* Exchanges what the import has left, and compares both trees. Returns how many were exchanged. */
static guint
compare (IsoDir *dir, IsoDir *plain_dir, SolcoKeptStreams *kept)
{
  IsoDirIter *iter = NULL;
  IsoNode *node = NULL;
  guint n_kept = 0;

  g_assert_cmpint (iso_dir_get_children (dir, &iter), ==, 1);
  while (iso_dir_iter_next (iter, &node) == 1)
    {
      struct iso_file_section *sections = NULL;
      struct iso_file_section *plain_sections = NULL;
      int n_sections = 0;
      int n_plain_sections = 0;
      IsoNode *plain = NULL;
      unsigned int fs_id;
      /* Each import has its own. */
      dev_t device;
      ino_t inode;
      ino_t plain_inode;

      g_assert_cmpint (iso_dir_get_node (plain_dir, iso_node_get_name (node), &plain), ==, 1);
      if (iso_node_get_type (node) == LIBISO_DIR)
        n_kept += compare ((IsoDir *) node, (IsoDir *) plain, kept);
      if (iso_node_get_type (node) != LIBISO_FILE)
        continue;
      (void) solco_kept_streams_take (kept, (IsoFile *) node);
      n_kept += solco_kept_streams_has ((IsoFile *) node);
      g_assert_cmpint (iso_file_get_old_image_sections ((IsoFile *) node, &n_sections,
                                                        &sections, 0),
                       ==, 1);
      g_assert_cmpint (iso_file_get_old_image_sections ((IsoFile *) plain, &n_plain_sections,
                                                        &plain_sections, 0),
                       ==, 1);
      g_assert_cmpmem (sections, n_sections * sizeof *sections, plain_sections,
                       n_plain_sections * sizeof *sections);
      g_assert_cmpint (iso_file_get_size ((IsoFile *) node), ==,
                       iso_file_get_size ((IsoFile *) plain));
      free (sections);
      free (plain_sections);
      iso_stream_get_id (iso_file_get_stream ((IsoFile *) node), &fs_id, &device, &inode);
      iso_stream_get_id (iso_file_get_stream ((IsoFile *) plain), &fs_id, &device,
                         &plain_inode);
      /* A filter counts its own. */
      if (solco_kept_streams_has ((IsoFile *) node))
        g_assert_cmpuint (inode, ==, plain_inode);
    }
  iso_dir_iter_free (iter);
  return n_kept;
}

/* The session that is made of an image, to the last byte. */
static GByteArray *
make_session (IsoImage *image)
{
  const time_t now = 1700000000;
  static char no_uuid[] = "";
  struct burn_source *source = NULL;
  IsoWriteOpts *options = NULL;
  GByteArray *session = g_byte_array_new ();
  guint8 block[BLOCK_BYTES];
  int n;

  g_assert_cmpint (iso_write_opts_new (&options, 0), >=, 0);
  g_assert_cmpint (iso_write_opts_set_rockridge (options, 1), >=, 0);
  g_assert_cmpint (iso_write_opts_set_joliet (options, 1), >=, 0);
  g_assert_cmpint (iso_write_opts_set_hardlinks (options, 1), >=, 0);
  g_assert_cmpint (iso_write_opts_set_record_md5 (options, 1, 1), >=, 0);
  g_assert_cmpint (iso_write_opts_set_sort_files (options, 1), >=, 0);
  g_assert_cmpint (iso_write_opts_set_output_charset (options, "UTF-8"), >=, 0);
  g_assert_cmpint (iso_write_opts_set_appendable (options, 1), >=, 0);
  g_assert_cmpint (iso_write_opts_set_ms_block (options, START_BLOCK), >=, 0);
  g_assert_cmpint (iso_write_opts_set_pvd_times (options, now, now, 0, 0, no_uuid), >=, 0);
  g_assert_cmpint (iso_image_create_burn_source (image, options, &source), >=, 0);
  iso_write_opts_free (options);
  while ((n = source->read_xt (source, block, BLOCK_BYTES)) > 0)
    g_byte_array_append (session, block, (guint) n);
  g_assert_cmpint (n, ==, 0);
  burn_source_free (source);
  return session;
}

static guint
assert_same_session (EngineFixture *fixture)
{
  SolcoKeptStreams *kept = NULL;
  IsoImage *plain = import (fixture, NULL);
  IsoImage *image = import (fixture, &kept);
  guint n_kept = compare (iso_image_get_root (image), iso_image_get_root (plain), kept);
  g_autoptr (GByteArray) expected = NULL;
  g_autoptr (GByteArray) actual = NULL;
  guint64 n_told;

  /* The streams do not need it. */
  solco_kept_streams_free (kept);
  n_told = solco_kept_streams_get_n_told ();
  expected = make_session (plain);
  g_assert_cmpuint (solco_kept_streams_get_n_told (), ==, n_told);
  actual = make_session (image);
  g_assert_cmpuint (solco_kept_streams_get_n_told () - n_told, >=, n_kept);
  g_assert_cmpmem (actual->data, actual->len, expected->data, expected->len);
  iso_image_unref (image);
  iso_image_unref (plain);
  return n_kept;
}

/* Whether streams are exchanged makes no difference to what is written. */
static void
test_session (EngineFixture *fixture, gconstpointer data)
{
  make_image (fixture, N_MANY, "");
  /* All files but the one with a filter, one of them by two names. */
  g_assert_cmpuint (assert_same_session (fixture), ==, N_MANY + 5);
}

/* The same with numbers that libisofs had to give: no hard links are known of. */
static void
test_no_numbers (EngineFixture *fixture, gconstpointer data)
{
  make_image (fixture, N_FEW, "");
  engine_fixture_do (fixture, "sh -c 'rm disc.iso; genisoimage -quiet -R -J -o disc.iso tree'");
  g_assert_cmpuint (assert_same_session (fixture), ==, N_FEW + 6);
}

/* libisofs reads what it makes bootable. */
static void
test_bootable (EngineFixture *fixture, gconstpointer data)
{
  make_image (fixture, N_FEW, "-boot_image any bin_path=/long -boot_image any boot_info_table=on");
  g_assert_cmpuint (assert_same_session (fixture), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test)                                                                          \
  g_test_add (path, EngineFixture, NULL, engine_fixture_set_up, test, engine_fixture_tear_down)
  ADD ("/kept-stream/session", test_session);
  ADD ("/kept-stream/no-numbers", test_no_numbers);
  ADD ("/kept-stream/bootable", test_bootable);
  return g_test_run ();
}
