/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-capacity.h"

#define MIB 512 /* blocks */

/* One row: a medium with something staged, and the figures that have to come out. */
typedef struct
{
  const char *title;
  SolcoCapacityInput input;
  SolcoCapacity expected;
} CapacityCase;

#define CD80(sessions, nwa, staged)                                                               \
  {                                                                                               \
    .profile = SOLCO_PROFILE_CD_R, .n_sessions = sessions, .capacity_blocks = 359849,             \
    .next_writable_block = nwa, .free_blocks = 359849 - (nwa), .lead_out_limit_block = 359849,    \
    .image_blocks = staged                                                                        \
  }

#define MEDIUM(kind, sessions, size, nwa, staged)                                                 \
  {                                                                                               \
    .profile = kind, .n_sessions = sessions, .capacity_blocks = size, .next_writable_block = nwa, \
    .free_blocks = (size) - (nwa), .image_blocks = staged                                         \
  }

/* limit, free, need, overhead, about, now, after, fits, gap, physical, last, further */
#define FIGURES(limit, free, need, overhead, about, now, after, ok, gap, physical, last, further) \
  {                                                                                               \
    limit, free, need, overhead, about, now, after, ok, gap, physical, last, further              \
  }

static const CapacityCase cases[] = {
  { "CD-R 80, blank, nothing staged", CD80 (0, 0, 0),
    FIGURES (359849, 359849, 0, 10752, FALSE, 359849, 349097, TRUE, 11400, 348449, FALSE, 0) },
  { "CD-R 80, blank, the largest TAO image", CD80 (0, 0, 359697),
    FIGURES (359849, 359849, 359849, 10752, FALSE, 0, 0, TRUE, 11400, 0, TRUE, 0) },
  { "CD-R 80, blank, one block more", CD80 (0, 0, 359698),
    FIGURES (359849, 359849, 359850, 10752, FALSE, -1, 0, FALSE, 11400, 0, TRUE, 0) },
  /* Afterwards 297 097 blocks, and each further session takes 51 352 + 6 900. */
  { "CD-R 80, blank, 100 MiB", CD80 (0, 0, 51200),
    FIGURES (359849, 359849, 51352, 10752, FALSE, 308497, 297745, TRUE, 11400, 297097, FALSE, 5) },
  { "CD-R 80, one small file", CD80 (0, 0, 33),
    FIGURES (359849, 359849, 302, 10752, FALSE, 359547, 348795, TRUE, 11400, 348147, FALSE, 49) },
  { "CD-R 80, the smallest image that is past the minimum track", CD80 (0, 0, 151),
    FIGURES (359849, 359849, 303, 10752, FALSE, 359546, 348794, TRUE, 11400, 348146, FALSE, 49) },
  { "CD-R 80, append 50 MiB", CD80 (1, 62752, 25600),
    FIGURES (359849, 297097, 25752, 5632, FALSE, 271345, 265713, TRUE, 6900, 264445, FALSE, 8) },
  { "CD-RW 74, blank, 100 MiB",
    { .profile = SOLCO_PROFILE_CD_RW, .capacity_blocks = 332849, .free_blocks = 332849,
      .lead_out_limit_block = 332849, .image_blocks = 51200 },
    FIGURES (332849, 332849, 51352, 10752, FALSE, 281497, 270745, TRUE, 11400, 270097, FALSE, 4) },
  /* Fits by the drive's figure, though its overhead would not: the lead-out of the last session
   * lies past the limit. */
  { "CD-R 80, more than free − overhead", CD80 (1, 62752, 295000),
    FIGURES (359849, 297097, 295152, 5632, FALSE, 1945, 0, TRUE, 6900, 0, TRUE, 0) },
  /* 11 MB would leave 1 024 blocks, the physical gap leaves none: the latter decides. */
  { "CD-R 80, last session by the physical gap", CD80 (1, 62752, 290289),
    FIGURES (359849, 297097, 290441, 5632, FALSE, 6656, 1024, TRUE, 6900, 0, TRUE, 0) },
  { "CD-R 80, just room for another session", CD80 (1, 62752, 289021),
    FIGURES (359849, 297097, 289173, 5632, FALSE, 7924, 2292, TRUE, 6900, 1024, FALSE, 0) },
  { "CD-R 80, just none", CD80 (1, 62752, 289022),
    FIGURES (359849, 297097, 289174, 5632, FALSE, 7923, 2291, TRUE, 6900, 1023, TRUE, 0) },
  /* A drive that reports the capacity of a blank disc as free on an appendable one. */
  { "CD-R 80, the drive's free blocks are wrong, ATIP is right",
    { .profile = SOLCO_PROFILE_CD_R, .n_sessions = 1, .next_writable_block = 62752,
      .free_blocks = 359849, .lead_out_limit_block = 359849, .image_blocks = 25600 },
    FIGURES (359849, 297097, 25752, 5632, FALSE, 271345, 265713, TRUE, 6900, 264445, FALSE, 8) },
  { "CD-R 80, no ATIP, the drive's free blocks are right",
    { .profile = SOLCO_PROFILE_CD_R, .n_sessions = 1, .next_writable_block = 62752,
      .free_blocks = 297095, .image_blocks = 25600 },
    FIGURES (359847, 297095, 25752, 5632, FALSE, 271343, 265711, TRUE, 6900, 264443, FALSE, 8) },
  { "DVD+R, free blocks of a blank disc on an appendable one",
    { .profile = SOLCO_PROFILE_DVD_PLUS_R, .n_sessions = 1, .capacity_blocks = 2295104,
      .next_writable_block = 102400, .free_blocks = 2295104 },
    FIGURES (2295104, 2192704, 0, 2048, TRUE, 2192704, 2190656, TRUE, 2048, 2190656, FALSE, 0) },
  { "CD-R 80, closing", { .profile = SOLCO_PROFILE_CD_R, .n_sessions = 1,
      .capacity_blocks = 359849, .next_writable_block = 62752, .free_blocks = 297097,
      .lead_out_limit_block = 359849, .image_blocks = 25600, .close_disc = TRUE },
    FIGURES (359849, 297097, 25752, 0, FALSE, 271345, 0, TRUE, 0, 0, TRUE, 0) },
  { "CD-R 80, closing, nothing staged yet", { .profile = SOLCO_PROFILE_CD_R, .n_sessions = 1,
      .capacity_blocks = 359849, .next_writable_block = 62752, .free_blocks = 297097,
      .lead_out_limit_block = 359849, .close_disc = TRUE },
    FIGURES (359849, 297097, 0, 0, FALSE, 297097, 297097, TRUE, 0, 0, TRUE, 0) },
  { "closed disc, something staged", { .profile = SOLCO_PROFILE_CD_R, .n_sessions = 2,
      .capacity_blocks = 359849, .next_writable_block = -1, .free_blocks = 1000,
      .image_blocks = 100 },
    FIGURES (0, 0, 302, 5632, FALSE, -302, 0, FALSE, 6900, 0, TRUE, 0) },
  { "DVD-R, first session, 1 000 blocks + 1",
    MEDIUM (SOLCO_PROFILE_DVD_R, 0, 2298496, 0, 1001),
    FIGURES (2298496, 2298496, 1008, 16384, TRUE, 2297488, 2281104, TRUE, 16384, 2281104, FALSE,
             /* each further one takes 1 008 + 9 216, and needs 1 024 to be free */
             224) },
  { "DVD-RW sequential, later session",
    MEDIUM (SOLCO_PROFILE_DVD_RW_SEQUENTIAL, 1, 2298496, 102400, 16),
    FIGURES (2298496, 2196096, 16, 9216, TRUE, 2196080, 2186864, TRUE, 9216, 2186864, FALSE,
             237) },
  { "DVD-R DL takes one session only", MEDIUM (SOLCO_PROFILE_DVD_R_DL, 0, 4171712, 0, 1000000),
    FIGURES (4171712, 4171712, 1000000, 0, FALSE, 3171712, 0, TRUE, 0, 0, TRUE, 0) },
  { "DVD-R DL, nothing staged", MEDIUM (SOLCO_PROFILE_DVD_R_DL, 0, 4171712, 0, 0),
    FIGURES (4171712, 4171712, 0, 0, FALSE, 4171712, 4171712, TRUE, 0, 0, TRUE, 0) },
  { "DVD+R, 1 GiB", MEDIUM (SOLCO_PROFILE_DVD_PLUS_R, 0, 2295104, 0, 524288),
    FIGURES (2295104, 2295104, 524288, 2048, TRUE, 1770816, 1768768, TRUE, 2048, 1768768, FALSE,
             3) },
  { "DVD+R DL, 1 GiB", MEDIUM (SOLCO_PROFILE_DVD_PLUS_R_DL, 0, 4173824, 0, 524288),
    FIGURES (4173824, 4173824, 524288, 2048, TRUE, 3649536, 3647488, TRUE, 2048, 3647488, FALSE,
             6) },
  { "BD-R, 10 GiB and a block", MEDIUM (SOLCO_PROFILE_BD_R, 0, 12219392, 0, 5242881),
    FIGURES (12219392, 12219392, 5242912, 0, FALSE, 6976480, 6976480, TRUE, 0, 6976480, FALSE,
             1) },
  { "BD-R DL, start not aligned", MEDIUM (SOLCO_PROFILE_BD_R, 1, 24438784, 100, 1000),
    FIGURES (24438784, 24438684, 1024, 0, FALSE, 24437660, 24437660, TRUE, 0, 24437632, FALSE,
             23864) },
  { "DVD+RW, file system ends at 3 062", MEDIUM (SOLCO_PROFILE_DVD_PLUS_RW, 1, 2295104, 3072, 0),
    FIGURES (2295104, 2292032, 0, 0, FALSE, 2292032, 2292032, TRUE, 0, 2292032, FALSE, 0) },
  { "DVD+RW, 1 001 blocks more", MEDIUM (SOLCO_PROFILE_DVD_PLUS_RW, 1, 2295104, 3072, 1001),
    FIGURES (2295104, 2292032, 1008, 0, FALSE, 2291024, 2291024, TRUE, 0, 2291008, FALSE, 2237) },
  { "BD-RE", MEDIUM (SOLCO_PROFILE_BD_RE, 1, 11826176, 64, 33),
    FIGURES (11826176, 11826112, 64, 0, FALSE, 11826048, 11826048, TRUE, 0, 11826048, FALSE,
             184767) },
  /* An image planned as a CD shows what the CD will cost, and fits as a file does. */
  { "image cd700, first session",
    { .profile = SOLCO_PROFILE_CD_R, .is_image_file = TRUE, .capacity_blocks = 359849,
      .next_writable_block = 32, .free_blocks = 359817, .image_blocks = 51201 },
    FIGURES (359849, 359817, 51201, 10752, FALSE, 308616, 297864, TRUE, 0, 308585, FALSE, 6) },
  { "image cd700, later session, fills it to the last block",
    { .profile = SOLCO_PROFILE_CD_R, .is_image_file = TRUE, .n_sessions = 1,
      .capacity_blocks = 359849, .next_writable_block = 51264, .free_blocks = 308585,
      .image_blocks = 308585 },
    FIGURES (359849, 308585, 308585, 5632, FALSE, 0, 0, TRUE, 0, 0, TRUE, 0) },
  { "image dvd", { .profile = SOLCO_PROFILE_DVD_PLUS_R, .is_image_file = TRUE,
      .capacity_blocks = 2295104, .next_writable_block = 32, .free_blocks = 2295072,
      .image_blocks = 524289 },
    FIGURES (2295104, 2295072, 524289, 2048, TRUE, 1770783, 1768735, TRUE, 0, 1770752, FALSE, 3) },
  { "image bd25", { .profile = SOLCO_PROFILE_BD_R, .is_image_file = TRUE,
      .capacity_blocks = 12219392, .next_writable_block = 32, .free_blocks = 12219360,
      .image_blocks = 1 },
    FIGURES (12219392, 12219360, 1, 0, FALSE, 12219359, 12219359, TRUE, 0, 12219328, FALSE,
             381823) },
  { "image, free space", { .profile = SOLCO_PROFILE_FILE, .is_image_file = TRUE,
      .capacity_blocks = 1000000, .next_writable_block = 32, .free_blocks = 999968,
      .image_blocks = 1000 },
    FIGURES (1000000, 999968, 1000, 0, FALSE, 998968, 998968, TRUE, 0, 998944, FALSE, 975) },
};

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const SolcoCapacity *expected = &cases[i].expected;
      SolcoCapacity actual;

      g_test_message ("%s", cases[i].title);
      solco_capacity_compute (&cases[i].input, &actual);
      g_assert_cmpint (actual.limit_block, ==, expected->limit_block);
      g_assert_cmpint (actual.free_blocks, ==, expected->free_blocks);
      g_assert_cmpint (actual.need_blocks, ==, expected->need_blocks);
      g_assert_cmpint (actual.overhead_blocks, ==, expected->overhead_blocks);
      g_assert_cmpint (actual.overhead_is_estimate, ==, expected->overhead_is_estimate);
      g_assert_cmpint (actual.remaining_now_blocks, ==, expected->remaining_now_blocks);
      g_assert_cmpint (actual.remaining_after_overhead_blocks, ==,
                       expected->remaining_after_overhead_blocks);
      g_assert_cmpint (actual.fits, ==, expected->fits);
      g_assert_cmpint (actual.physical_gap_blocks, ==, expected->physical_gap_blocks);
      g_assert_cmpint (actual.remaining_physical_blocks, ==, expected->remaining_physical_blocks);
      g_assert_cmpint (actual.is_last_session, ==, expected->is_last_session);
      g_assert_cmpint (actual.further_sessions, ==, expected->further_sessions);
    }
}

/* The documented megabytes in blocks, and how far they are from the distance on the disc. */
static void
test_two_kinds_of_number (void)
{
  gboolean is_estimate = TRUE;

  g_assert_cmpint (solco_capacity_get_overhead_blocks (SOLCO_PROFILE_CD_R, 0, &is_estimate), ==,
                   21 * 1048576 / SOLCO_BLOCK_BYTES);
  g_assert_false (is_estimate);
  g_assert_cmpint (solco_capacity_get_overhead_blocks (SOLCO_PROFILE_CD_RW, 7, NULL), ==,
                   11 * 1048576 / SOLCO_BLOCK_BYTES);
  g_assert_cmpint (solco_capacity_get_gap_blocks (SOLCO_PROFILE_CD_R, FALSE, 0), ==, 10752 + 648);
  g_assert_cmpint (solco_capacity_get_gap_blocks (SOLCO_PROFILE_CD_RW, FALSE, 3), ==, 5632 + 1268);
  g_assert_cmpint (solco_capacity_get_gap_blocks (SOLCO_PROFILE_CD_R, TRUE, 0), ==, 0);
  g_assert_cmpint (solco_capacity_get_overhead_blocks (SOLCO_PROFILE_DVD_R, 0, &is_estimate), ==,
                   32 * MIB);
  g_assert_true (is_estimate);
}

/* The forecast is what the drive will say: what it leaves after a burn is what comes in as free
 * before the next one, until nothing fits any more. */
static void
test_forecast_holds (void)
{
  SolcoCapacityInput input = CD80 (0, 0, 38144);
  SolcoCapacity capacity;
  gint64 forecast = 0;
  gint64 n_burned = 0;

  solco_capacity_compute (&input, &capacity);
  forecast = capacity.further_sessions;
  g_assert_cmpint (forecast, >, 0);
  while (capacity.fits && capacity.free_blocks >= SOLCO_MINIMUM_SESSION_BLOCKS)
    {
      const gint64 free_blocks = capacity.remaining_physical_blocks;

      n_burned++;
      input.n_sessions++;
      input.next_writable_block += capacity.need_blocks + capacity.physical_gap_blocks;
      input.free_blocks = MAX (0, 359849 - input.next_writable_block);
      solco_capacity_compute (&input, &capacity);
      g_assert_cmpint (capacity.free_blocks, ==, free_blocks);
      g_assert_cmpint (capacity.further_sessions, ==, MAX (0, forecast - n_burned));
    }
  g_assert_cmpint (n_burned, ==, forecast + 1);
}

static gint64
random_blocks (void)
{
  switch (g_test_rand_int_range (0, 8))
    {
    case 0:
      return 0;
    case 1:
      return g_test_rand_int_range (-5, 5);
    case 2:
      return G_MAXINT64 - g_test_rand_int_range (0, 5);
    case 3:
      return G_MININT64 + g_test_rand_int_range (0, 5);
    case 4:
      return (gint64) (((guint64) (guint32) g_test_rand_int () << 32)
                       | (guint32) g_test_rand_int ());
    default:
      return g_test_rand_int_range (0, 400000);
    }
}

static SolcoProfile
random_profile (void)
{
  static const SolcoProfile profiles[] = {
    SOLCO_PROFILE_NONE,          SOLCO_PROFILE_CD_ROM,        SOLCO_PROFILE_CD_R,
    SOLCO_PROFILE_CD_RW,         SOLCO_PROFILE_DVD_R,         SOLCO_PROFILE_DVD_RAM,
    SOLCO_PROFILE_DVD_PLUS_RW,   SOLCO_PROFILE_DVD_R_DL,      SOLCO_PROFILE_DVD_PLUS_R,
    SOLCO_PROFILE_DVD_PLUS_R_DL, SOLCO_PROFILE_BD_R,          SOLCO_PROFILE_BD_RE,
    SOLCO_PROFILE_FILE,          SOLCO_PROFILE_DVD_RW_SEQUENTIAL,
    (SolcoProfile) 0x1234,
  };

  return profiles[g_test_rand_int_range (0, G_N_ELEMENTS (profiles))];
}

/* Whatever a drive says and whatever is staged, the figures make sense. */
static void
test_properties (void)
{
  for (guint i = 0; i < 200000; i++)
    {
      const SolcoCapacityInput input = {
        .profile = random_profile (),
        .is_image_file = g_test_rand_bit (),
        .n_sessions = (guint) g_test_rand_int_range (0, 4),
        .capacity_blocks = random_blocks (),
        .next_writable_block = random_blocks (),
        .free_blocks = random_blocks (),
        .lead_out_limit_block = random_blocks (),
        .image_blocks = random_blocks (),
        .close_disc = g_test_rand_int_range (0, 4) == 0,
        .takes_one_session = g_test_rand_int_range (0, 8) == 0,
      };
      SolcoCapacityInput more = input;
      SolcoCapacityInput none = input;
      SolcoCapacity a;
      SolcoCapacity b;
      SolcoCapacity empty;

      if (input.image_blocks < G_MAXINT64 - 100)
        more.image_blocks += g_test_rand_int_range (0, 100);
      none.image_blocks = 0;
      solco_capacity_compute (&input, &a);
      solco_capacity_compute (&more, &b);
      solco_capacity_compute (&none, &empty);

      g_assert_cmpint (a.free_blocks, >=, 0);
      g_assert_cmpint (a.free_blocks, <=, MAX (0, input.free_blocks));
      g_assert_cmpint (a.need_blocks, >=, 0);
      g_assert_cmpint (a.overhead_blocks, >=, 0);
      g_assert_cmpint (a.remaining_now_blocks, <=, a.free_blocks);
      g_assert_cmpint (a.remaining_now_blocks, ==, a.free_blocks - a.need_blocks);
      g_assert_cmpint (a.remaining_after_overhead_blocks, >=, 0);
      g_assert_cmpint (a.remaining_after_overhead_blocks, <=, MAX (0, a.remaining_now_blocks));
      g_assert_cmpint (a.remaining_physical_blocks, >=, 0);
      g_assert_cmpint (a.remaining_physical_blocks, <=, MAX (0, a.remaining_now_blocks));
      g_assert_cmpint (a.fits, ==, a.remaining_now_blocks >= 0);
      g_assert_cmpint (a.is_last_session, ==,
                       a.remaining_physical_blocks < SOLCO_MINIMUM_SESSION_BLOCKS);
      g_assert_cmpint (a.further_sessions, >=, 0);
      if (a.is_last_session)
        g_assert_cmpint (a.further_sessions, ==, 0);
      if (a.further_sessions > 0)
        g_assert_cmpint (a.need_blocks, <=, a.remaining_physical_blocks / a.further_sessions);

      g_assert_cmpint (b.need_blocks, >=, a.need_blocks);
      g_assert_cmpint (b.remaining_now_blocks, <=, a.remaining_now_blocks);
      g_assert_cmpint (b.remaining_after_overhead_blocks, <=, a.remaining_after_overhead_blocks);
      g_assert_cmpint (b.remaining_physical_blocks, <=, a.remaining_physical_blocks);
      g_assert_true (a.fits || !b.fits);

      g_assert_cmpint (empty.need_blocks, ==, 0);
      g_assert_true (empty.fits);
      g_assert_cmpint (empty.remaining_after_overhead_blocks, ==,
                       MAX (0, empty.free_blocks - empty.overhead_blocks));
    }
}

static SolcoMedium *
make_cd (gint64 start, gint64 size, gint64 nwa)
{
  SolcoMedium *medium = solco_medium_new ("/dev/sr0");
  const SolcoSession session = { .number = 1, .start_block = start, .size_blocks = size };

  medium->profile = SOLCO_PROFILE_CD_R;
  medium->state = SOLCO_MEDIUM_APPENDABLE;
  medium->capacity_blocks = 359849;
  medium->next_writable_block = nwa;
  medium->free_blocks = 359849 - nwa;
  medium->lead_out_limit_block = 359849;
  medium->can_append_after_burn = TRUE;
  g_array_append_val (medium->sessions, session);
  return medium;
}

static void
test_from_medium (void)
{
  g_autoptr (SolcoMedium) good = make_cd (0, 51352, 62752);
  g_autoptr (SolcoMedium) touching = make_cd (0, 51352, 51352);
  g_autoptr (SolcoMedium) inside = make_cd (0, 51352, 51351);
  g_autoptr (SolcoMedium) nonsense = make_cd (G_MAXINT64, G_MAXINT64, 62752);
  g_autoptr (SolcoMedium) closed = make_cd (0, 51352, 62752);
  g_autoptr (SolcoMedium) single = make_cd (0, 51352, 62752);
  g_autoptr (SolcoMedium) image = make_cd (32, 100, 160);
  SolcoCapacityInput input;
  SolcoCapacity capacity;

  solco_capacity_input_from_medium (&input, good);
  g_assert_cmpint (input.profile, ==, SOLCO_PROFILE_CD_R);
  g_assert_cmpuint (input.n_sessions, ==, 1);
  g_assert_cmpint (input.image_blocks, ==, 0);
  g_assert_false (solco_capacity_input_closes (&input));
  solco_capacity_compute (&input, &capacity);
  g_assert_cmpint (capacity.free_blocks, ==, 297097);

  solco_capacity_input_from_medium (&input, touching);
  g_assert_cmpint (input.next_writable_block, ==, 51352);

  /* An address inside the last session would destroy it. */
  solco_capacity_input_from_medium (&input, inside);
  g_assert_cmpint (input.next_writable_block, ==, -1);
  solco_capacity_compute (&input, &capacity);
  g_assert_cmpint (capacity.free_blocks, ==, 0);
  solco_capacity_input_from_medium (&input, nonsense);
  g_assert_cmpint (input.next_writable_block, ==, -1);

  closed->state = SOLCO_MEDIUM_CLOSED;
  solco_capacity_input_from_medium (&input, closed);
  g_assert_cmpint (input.next_writable_block, ==, -1);

  /* A disc that the drive can only close, such as DVD-RW after a fast erase. */
  single->can_append_after_burn = FALSE;
  solco_capacity_input_from_medium (&input, single);
  g_assert_true (input.takes_one_session);
  input.image_blocks = 100;
  solco_capacity_compute (&input, &capacity);
  g_assert_true (capacity.is_last_session);
  g_assert_cmpint (capacity.overhead_blocks, ==, 0);
  g_assert_cmpint (capacity.remaining_after_overhead_blocks, ==, 0);

  image->is_image_file = TRUE;
  image->can_append_after_burn = FALSE;
  solco_capacity_input_from_medium (&input, image);
  g_assert_true (input.is_image_file);
  g_assert_false (input.takes_one_session);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/capacity/table", test_table);
  g_test_add_func ("/capacity/two-kinds-of-number", test_two_kinds_of_number);
  g_test_add_func ("/capacity/forecast-holds", test_forecast_holds);
  g_test_add_func ("/capacity/properties", test_properties);
  g_test_add_func ("/capacity/from-medium", test_from_medium);
  return g_test_run ();
}
