/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-iconv-private.h"

#include <errno.h>
#include <glib.h>
#include <iconv.h>
#include <string.h>

#define N_THREADS 4
#define N_ROUNDS 5000

static void
assert_converts (iconv_t descriptor, const char *text, const char *expected, gsize expected_bytes)
{
  char buffer[64];
  char *in = (char *) text;
  char *out = buffer;
  size_t in_left = strlen (text);
  size_t out_left = sizeof buffer;

  g_assert_cmpint ((gssize) iconv (descriptor, &in, &in_left, &out, &out_left), ==, 0);
  g_assert_cmpmem (buffer, sizeof buffer - out_left, expected, expected_bytes);
}

/* One that was closed in the middle of a character begins anew, and two that are open at the same
 * time are two. */
static void
test_state (void)
{
  iconv_t first = iconv_open ("UTF-16", "UTF-8");
  iconv_t second = iconv_open ("UTF-16", "UTF-8");
  guint n_reused = solco_iconv_get_n_reused ();

  g_assert_true (first != (iconv_t) -1 && second != (iconv_t) -1 && first != second);
  assert_converts (first, "a", "\xff\xfe" "a\0", 4);
  assert_converts (first, "b", "b\0", 2);
  g_assert_cmpint (iconv_close (first), ==, 0);
  first = iconv_open ("UTF-16", "UTF-8");
  g_assert_cmpuint (solco_iconv_get_n_reused (), ==, n_reused + 1);
  /* The mark of the byte order comes again. */
  assert_converts (first, "c", "\xff\xfe" "c\0", 4);
  g_assert_cmpint (iconv_close (first), ==, 0);
  g_assert_cmpint (iconv_close (second), ==, 0);
}

static void
test_unknown (void)
{
  g_assert_true (iconv_open ("NO-SUCH-CODE", "UTF-8") == (iconv_t) -1);
  g_assert_cmpint (errno, ==, EINVAL);
}

static gpointer
convert_much (gpointer data)
{
  static const char *const codes[] = { "UCS-2BE", "ISO-8859-1", "UTF-16LE", "ASCII", "UTF-32BE",
                                       "ISO-8859-15", "CP437", "CP1252", "KOI8-R", "UCS-2LE" };

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      iconv_t descriptor = iconv_open (codes[i % G_N_ELEMENTS (codes)], "UTF-8");

      g_assert_true (descriptor != (iconv_t) -1);
      if (i % G_N_ELEMENTS (codes) == 0)
        assert_converts (descriptor, "x\xc3\xa9", "\0x\0\xe9", 4);
      g_assert_cmpint (iconv_close (descriptor), ==, 0);
    }
  return NULL;
}

/* More character sets than are kept, in several threads. */
static void
test_threads (void)
{
  GThread *threads[N_THREADS];

  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("convert", convert_much, NULL);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
}

static const char *
shorten (const char *name, gpointer data)
{
  (*(guint *) data)++;
  return g_str_equal (name, "a long name") ? "SHORT" : NULL;
}

/* From UTF-8 to wide characters, and then to another character set, as libisofs does it. */
static void
assert_becomes (const char *name, const char *code, const char *expected, gsize expected_bytes)
{
  iconv_t to_wide = iconv_open ("WCHAR_T", "UTF-8");
  iconv_t to_code = iconv_open (code, "WCHAR_T");
  char wide[sizeof (wchar_t) * 64];
  char buffer[64];
  char *in = (char *) name;
  char *out = wide;
  size_t in_bytes = strlen (name);
  size_t out_bytes = sizeof wide;

  g_assert_true (to_wide != (iconv_t) -1 && to_code != (iconv_t) -1);
  g_assert_cmpint ((gssize) iconv (to_wide, &in, &in_bytes, &out, &out_bytes), ==, 0);
  in = wide;
  in_bytes = sizeof wide - out_bytes;
  out = buffer;
  out_bytes = sizeof buffer;
  g_assert_cmpint ((gssize) iconv (to_code, &in, &in_bytes, &out, &out_bytes), ==, 0);
  g_assert_cmpuint (in_bytes, ==, 0);
  g_assert_cmpmem (buffer, sizeof buffer - out_bytes, expected, expected_bytes);
  g_assert_cmpint (iconv_close (to_wide), ==, 0);
  g_assert_cmpint (iconv_close (to_code), ==, 0);
}

/* Names become short on the way to ASCII, where that is asked for, and nowhere else. */
static void
test_short_names (void)
{
  guint n_asked = 0;

  assert_becomes ("a long name", "ASCII", "a long name", 11);
  solco_iconv_shorten_names (shorten, &n_asked);
  assert_becomes ("a long name", "ASCII", "SHORT", 5);
  assert_becomes ("another name", "ASCII", "another name", 12);
  g_assert_cmpuint (n_asked, ==, 2);
  assert_becomes ("ab", "UCS-2BE", "\0a\0b", 4);
  g_assert_cmpuint (n_asked, ==, 2);
  solco_iconv_shorten_names (NULL, NULL);
  assert_becomes ("a long name", "ASCII", "a long name", 11);
  g_assert_cmpuint (n_asked, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/iconv/state", test_state);
  g_test_add_func ("/iconv/unknown", test_unknown);
  g_test_add_func ("/iconv/threads", test_threads);
  g_test_add_func ("/iconv/short-names", test_short_names);
  return g_test_run ();
}
