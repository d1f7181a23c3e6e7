/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-text-size.h"

#include "assert-text.h"

static void
test_sizes (void)
{
  static const struct
  {
    guint64 bytes;
    const char *text;
  } cases[] = {
    { 0, "0 bytes" },
    { 1, "1 byte" },
    { 1023, "1023 bytes" },
    { 1024, "1.0 KiB" },
    { 1536, "1.5 KiB" },
    { 1048524, "1023.9 KiB" },
    { 1048525, "1.0 MiB" },
    { 714932224, "681.8 MiB" },
    { G_GUINT64_CONSTANT (1073741824), "1.0 GiB" },
    { G_GUINT64_CONSTANT (1099511627776), "1.0 TiB" },
    { G_MAXUINT64, "16777216.0 TiB" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_text (solco_text_size_dup (cases[i].bytes), cases[i].text);
  assert_text (solco_text_size_dup_blocks (359849), "702.8 MiB");
  assert_text (solco_text_size_dup_blocks (297745), "581.5 MiB");
  assert_text (solco_text_size_dup_blocks (0), "0 bytes");
  assert_text (solco_text_size_dup_blocks (-7), "0 bytes");
  assert_text (solco_text_size_dup_blocks (G_MAXINT64), "8388608.0 TiB");
  assert_text (solco_text_size_dup_with_blocks (1), "2.0 KiB (1 block)");
  assert_text (solco_text_size_dup_with_blocks (198347), "387.4 MiB (198347 blocks)");
}

static void
test_progress (void)
{
  assert_text (solco_text_size_dup_progress (45298484, 78118912), "43.2 of 74.5 MiB");
  assert_text (solco_text_size_dup_progress (512, 78118912), "0.0 of 74.5 MiB");
  assert_text (solco_text_size_dup_progress (512, 1024), "0.5 of 1.0 KiB");
  assert_text (solco_text_size_dup_progress (3, 7), "3 of 7 bytes");
  assert_text (solco_text_size_dup_progress (0, G_GUINT64_CONSTANT (5368709120)),
               "0.0 of 5.0 GiB");
  assert_text (solco_text_size_dup_progress (2048, 0), "2.0 KiB");
}

static void
test_speeds (void)
{
  assert_text (solco_text_speed_dup_factor (8), "8×");
  assert_text (solco_text_speed_dup_factor (7.94), "7.9×");
  assert_text (solco_text_speed_dup_factor (7.98), "8×");
  assert_text (solco_text_speed_dup_factor (0.5), "0.5×");
  assert_text (solco_text_speed_dup_rate (1393560), "1.4 MB/s");
  assert_text (solco_text_speed_dup_rate (176400), "176 kB/s");
  assert_text (solco_text_speed_dup_rate (999949), "1000 kB/s");
  assert_text (solco_text_speed_dup_rate (999951), "1.0 MB/s");
  assert_text (solco_text_speed_dup (1200000, 7.9), "7.9× · 1.2 MB/s");
  assert_text (solco_text_speed_dup (1200000, 0), "1.2 MB/s");
  g_assert_null (solco_text_speed_dup (0, 0));
}

static void
test_durations (void)
{
  assert_text (solco_text_duration_dup_left (0), "1 second left");
  assert_text (solco_text_duration_dup_left (0.2), "1 second left");
  assert_text (solco_text_duration_dup_left (26.2), "27 seconds left");
  assert_text (solco_text_duration_dup_left (59.5), "1 minute left");
  assert_text (solco_text_duration_dup_left (61), "2 minutes left");
  assert_text (solco_text_duration_dup_left (3540), "59 minutes left");
  assert_text (solco_text_duration_dup_left (3541), "1:00 hour left");
  assert_text (solco_text_duration_dup_left (7501), "2:06 hours left");
  assert_text (solco_text_duration_dup_left (1e30), "100:00 hours left");
  g_assert_null (solco_text_duration_dup_left (-1));
  g_assert_null (solco_text_duration_dup_left (0.0 / 0.0));

  assert_text (solco_text_duration_dup_about (1), "about 1 second");
  assert_text (solco_text_duration_dup_about (60), "about 1 minute");
  assert_text (solco_text_duration_dup_about (481), "about 8 minutes");
  assert_text (solco_text_duration_dup_about (7200), "about 2 hours");

  assert_text (solco_text_duration_dup_clock (3.9), "0:03");
  assert_text (solco_text_duration_dup_clock (725), "12:05");
  assert_text (solco_text_duration_dup_clock (3723), "1:02:03");
  assert_text (solco_text_duration_dup_clock (-1), "0:00");
}

static void
test_dates (void)
{
  assert_text (solco_text_date_dup (1776189720), "14 Apr 2026");
  assert_text (solco_text_date_dup_with_time (1776189720), "14 Apr 2026, 18:02");
  assert_text (solco_text_date_dup_with_time (0), "1 Jan 1970, 00:00");
  assert_text (solco_text_date_dup (G_MAXINT64), "Unknown date");
}

static void
test_media (void)
{
  static const struct
  {
    SolcoProfile profile;
    gint64 blocks;
    const char *text;
  } cases[] = {
    { SOLCO_PROFILE_CD_R, 359849, "CD-R 80 min (700 MB)" },
    { SOLCO_PROFILE_CD_R, 359845, "CD-R 80 min (700 MB)" },
    { SOLCO_PROFILE_CD_RW, 332849, "CD-RW 74 min (650 MB)" },
    { SOLCO_PROFILE_CD_R, 404849, "CD-R 90 min (800 MB)" },
    { SOLCO_PROFILE_CD_R, 445349, "CD-R 99 min (870 MB)" },
    { SOLCO_PROFILE_CD_RW, 94349, "CD-RW 21 min (185 MB)" },
    { SOLCO_PROFILE_CD_R, 0, "CD-R" },
    { SOLCO_PROFILE_CD_ROM, 250000, "CD-ROM" },
    { SOLCO_PROFILE_DVD_R, 2298496, "DVD-R 4.7 GB" },
    { SOLCO_PROFILE_DVD_RW_SEQUENTIAL, 2298496, "DVD-RW 4.7 GB" },
    { SOLCO_PROFILE_DVD_RW_OVERWRITE, 2297888, "DVD-RW 4.7 GB" },
    { SOLCO_PROFILE_DVD_PLUS_R, 2295104, "DVD+R 4.7 GB" },
    { SOLCO_PROFILE_DVD_PLUS_RW, 2295104, "DVD+RW 4.7 GB" },
    { SOLCO_PROFILE_DVD_RAM, 2236704, "DVD-RAM 4.7 GB" },
    { SOLCO_PROFILE_DVD_R, 714544, "DVD-R 1.4 GB" },
    { SOLCO_PROFILE_DVD_R_DL, 4171712, "DVD-R DL 8.5 GB" },
    { SOLCO_PROFILE_DVD_PLUS_R_DL, 4173824, "DVD+R DL 8.5 GB" },
    { SOLCO_PROFILE_DVD_PLUS_R, 1000000, "DVD+R" },
    { SOLCO_PROFILE_BD_R, 12219392, "BD-R 25 GB" },
    { SOLCO_PROFILE_BD_R, 11826176, "BD-R 25 GB" },
    { SOLCO_PROFILE_BD_RE, 11826176, "BD-RE 25 GB" },
    { SOLCO_PROFILE_BD_R, 24438784, "BD-R 50 GB" },
    { SOLCO_PROFILE_BD_R, 48878592, "BD-R 100 GB" },
    { SOLCO_PROFILE_BD_R, 62500864, "BD-R 128 GB" },
    { SOLCO_PROFILE_FILE, 12345, "Disc image" },
    { SOLCO_PROFILE_NONE, 0, "Unknown medium" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_text (solco_text_media_dup_name (cases[i].profile, cases[i].blocks), cases[i].text);

  /* Every image that can be chosen has a name with its size. */
  for (int kind = SOLCO_IMAGE_KIND_CD_650; kind < SOLCO_N_IMAGE_KINDS; kind++)
    {
      const SolcoProfile profile = solco_image_kind_get_profile ((SolcoImageKind) kind);
      g_autofree char *name = solco_text_media_dup_name (
          profile, solco_image_kind_get_blocks ((SolcoImageKind) kind));

      g_assert_cmpstr (name, !=, solco_profile_get_name (profile));
    }
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-size/sizes", test_sizes);
  g_test_add_func ("/text-size/progress", test_progress);
  g_test_add_func ("/text-size/speeds", test_speeds);
  g_test_add_func ("/text-size/durations", test_durations);
  g_test_add_func ("/text-size/dates", test_dates);
  g_test_add_func ("/text-size/media", test_media);
  return g_test_run ();
}
