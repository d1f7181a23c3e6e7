/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-libisofs-private.h"
#include "solco-md5-private.h"

#include <glib.h>
#include <string.h>

#define DATA_BYTES (5 * 1024 * 1024)

static char *
make_hex (const char *digest)
{
  GString *hex = g_string_new (NULL);

  for (guint i = 0; i < 16; i++)
    g_string_append_printf (hex, "%02x", (guint8) digest[i]);
  return g_string_free (hex, FALSE);
}

static void
assert_digest (void **context, const guint8 *data, gsize size)
{
  char digest[16];
  g_autofree char *expected = g_compute_checksum_for_data (G_CHECKSUM_MD5, data, size);
  g_autofree char *actual = NULL;

  g_assert_cmpint (iso_md5_end (context, digest), ==, 1);
  g_assert_null (*context);
  actual = make_hex (digest);
  g_assert_cmpstr (actual, ==, expected);
}

/* Pieces of any size, with copies taken on the way, against GLib's MD5. */
static void
test_random (void)
{
  g_autofree guint8 *data = g_malloc (DATA_BYTES);

  for (gsize i = 0; i < DATA_BYTES; i++)
    data[i] = (guint8) g_test_rand_int ();
  for (guint round = 0; round < 20; round++)
    {
      void *context = NULL;
      gsize done = 0;

      g_assert_cmpint (iso_md5_start (&context), ==, 1);
      while (done < DATA_BYTES)
        {
          gsize wish = (gsize) g_test_rand_int_range (0, round % 2 == 0 ? 5000 : 900000);
          gsize part = MIN (DATA_BYTES - done, wish);

          g_assert_cmpint (iso_md5_compute (context, (char *) data + done, (int) part), ==, 1);
          done += part;
          if (g_test_rand_int_range (0, 100) == 0)
            {
              void *copy = NULL;

              g_assert_cmpint (iso_md5_clone (context, &copy), ==, 1);
              assert_digest (&copy, data, done);
            }
        }
      assert_digest (&context, data, DATA_BYTES);
    }
}

static void
test_nothing (void)
{
  void *context = NULL;

  g_assert_cmpint (iso_md5_start (&context), ==, 1);
  assert_digest (&context, (const guint8 *) "", 0);
  g_assert_cmpint (iso_md5_compute (NULL, NULL, 0), <, 0);
  g_assert_cmpint (iso_md5_end (&context, (char[16]){ 0 }), <, 0);
}

/* libisofs itself must call them. */
static void
test_taken_by_libisofs (void)
{
  guint before = solco_md5_get_n_contexts ();
  char tag[2048] = "libisofs_checksum_tag_v1 pos=1 range_start=0 range_size=1 "
                   "md5=00000000000000000000000000000000 self=00000000000000000000000000000000\n";
  int tag_type = 0;
  uint32_t numbers[4];
  char md5[16];

  /* It has to check the tag's own MD5. */
  (void) iso_util_decode_md5_tag (tag, &tag_type, &numbers[0], &numbers[1], &numbers[2],
                                  &numbers[3], md5, 0);
  g_assert_cmpuint (solco_md5_get_n_contexts (), >, before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/md5/random", test_random);
  g_test_add_func ("/engine/md5/nothing", test_nothing);
  g_test_add_func ("/engine/md5/taken-by-libisofs", test_taken_by_libisofs);
  return g_test_run ();
}
