/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-capacity.h"

/* MMC addresses have 32 bits. Figures are cut to a range in which no sum of a few of them can
 * overflow, so that even nonsense from a drive stays harmless. */
#define MAXIMUM_BLOCKS (G_GINT64_CONSTANT (1) << 60)

#define BLOCKS_PER_MIB (1024 * 1024 / SOLCO_BLOCK_BYTES)

/* Overwritable media and image files: each session starts at a multiple of 32 blocks, as with
 * growisofs and libisoburn. */
#define OVERWRITABLE_ALIGNMENT 32

/* CD, always TAO: a track has at least 300 blocks (ECMA-130); 150 blocks of padding follow the
 * image, since readers read ahead past the end of a TAO track; the drive adds 2 run-out blocks. */
#define CD_MINIMUM_TRACK_BLOCKS 300
#define CD_PADDING_BLOCKS 150
#define CD_RUN_OUT_BLOCKS 2

/* What closing a session costs. "shown" is what the user is told, "gap" the distance from the
 * session's end to the next writable address, by which the forecasts go. */
typedef struct
{
  gint64 shown_first_blocks;
  gint64 shown_later_blocks;
  gboolean is_estimate;
  gint64 gap_first_blocks;
  gint64 gap_later_blocks;
} ClosingCost;

/* CD: shown: Microsoft, "Creating Discs with Multiple Sessions" (IMAPI): 21 MB for the first
 * session, 11 MB for each additional one. Gap: lead-out 6 750 (first) or 2 250 blocks, lead-in of
 * the next session 4 500, pre-gap 150 (Orange Book; libburn reports the same addresses). */
static const ClosingCost cost_cd = {
  21 * BLOCKS_PER_MIB, 11 * BLOCKS_PER_MIB, FALSE, 6750 + 4500 + 150, 2250 + 4500 + 150,
};
/* DVD-R, DVD-RW: estimates of border-out and border-in, which depend on the drive. */
static const ClosingCost cost_dvd_minus = {
  32 * BLOCKS_PER_MIB, 18 * BLOCKS_PER_MIB, TRUE, 32 * BLOCKS_PER_MIB, 18 * BLOCKS_PER_MIB,
};
/* DVD+R: an estimate of closure and intro zones. */
static const ClosingCost cost_dvd_plus = {
  4 * BLOCKS_PER_MIB, 4 * BLOCKS_PER_MIB, TRUE, 4 * BLOCKS_PER_MIB, 4 * BLOCKS_PER_MIB,
};
static const ClosingCost cost_none = { 0, 0, FALSE, 0, 0 };

static const ClosingCost *
get_closing_cost (SolcoProfile profile)
{
  switch (profile)
    {
    case SOLCO_PROFILE_CD_R:
    case SOLCO_PROFILE_CD_RW:
      return &cost_cd;
    case SOLCO_PROFILE_DVD_R:
    case SOLCO_PROFILE_DVD_RW_SEQUENTIAL:
      return &cost_dvd_minus;
    case SOLCO_PROFILE_DVD_PLUS_R:
    case SOLCO_PROFILE_DVD_PLUS_R_DL:
      return &cost_dvd_plus;
    case SOLCO_PROFILE_NONE:
    case SOLCO_PROFILE_CD_ROM:
    case SOLCO_PROFILE_DVD_ROM:
    case SOLCO_PROFILE_DVD_RAM:
    case SOLCO_PROFILE_DVD_RW_OVERWRITE:
    case SOLCO_PROFILE_DVD_R_DL:
    case SOLCO_PROFILE_DVD_PLUS_RW:
    case SOLCO_PROFILE_BD_ROM:
    case SOLCO_PROFILE_BD_R:
    case SOLCO_PROFILE_BD_RE:
    case SOLCO_PROFILE_FILE:
    default:
      return &cost_none;
    }
}

static gint64
round_up (gint64 blocks, gint64 multiple)
{
  return (blocks + multiple - 1) / multiple * multiple;
}

/* What a next session's start is a multiple of. CD addresses are what the gap makes them. */
static gint64
get_alignment (SolcoProfile profile, gboolean is_image_file)
{
  if (is_image_file || solco_profile_is_overwritable (profile))
    return OVERWRITABLE_ALIGNMENT;
  switch (solco_profile_get_family (profile))
    {
    case SOLCO_FAMILY_DVD:
      return 16;
    case SOLCO_FAMILY_BD:
      return 32;
    case SOLCO_FAMILY_NONE:
    case SOLCO_FAMILY_CD:
    case SOLCO_FAMILY_FILE:
    default:
      return 1;
    }
}

/**
 * solco_capacity_get_overhead_blocks:
 * @profile: kind of medium; for an image file that of the medium it stands for
 * @n_sessions: sessions that are on the disc before the one that is closed
 * @is_estimate: (out) (optional): whether the figure is an unsourced estimate ("about")
 *
 * What closing the next session costs, as it is shown to the user: on CD the documented 21 MB and
 * 11 MB of IMAPI. Any thread.
 *
 * Returns: 2048-byte blocks
 */
gint64
solco_capacity_get_overhead_blocks (SolcoProfile profile, guint n_sessions, gboolean *is_estimate)
{
  const ClosingCost *cost = get_closing_cost (profile);

  if (is_estimate != NULL)
    *is_estimate = cost->is_estimate;
  return n_sessions == 0 ? cost->shown_first_blocks : cost->shown_later_blocks;
}

/**
 * solco_capacity_get_gap_blocks:
 * @profile: kind of medium
 * @is_image_file: an image file, which has no gaps
 * @n_sessions: sessions that are on the disc before the one that is closed
 *
 * The physical distance from the end of the next session to the next writable address after it,
 * before the rounding that DVD and BD add: exact on CD, an estimate on DVD. Any thread.
 *
 * Returns: 2048-byte blocks, 0 where it is only rounding
 */
gint64
solco_capacity_get_gap_blocks (SolcoProfile profile, gboolean is_image_file, guint n_sessions)
{
  const ClosingCost *cost = get_closing_cost (profile);

  if (is_image_file)
    return 0;
  return n_sessions == 0 ? cost->gap_first_blocks : cost->gap_later_blocks;
}

/**
 * solco_capacity_get_need_blocks:
 * @profile: kind of medium
 * @is_image_file: an image file, which takes the image as it is
 * @image_blocks: size of the file system; 0 or less for none
 *
 * What a session with such a file system occupies, its closing not counted: on CD at least 300
 * blocks, with 150 of padding and 2 of run-out; DVD is written in units of 32 KiB, BD of 64 KiB
 * (the ECC blocks of MMC). Any thread.
 *
 * Returns: 2048-byte blocks
 */
gint64
solco_capacity_get_need_blocks (SolcoProfile profile, gboolean is_image_file, gint64 image_blocks)
{
  const gint64 blocks = MIN (image_blocks, MAXIMUM_BLOCKS);

  if (blocks <= 0)
    return 0;
  if (is_image_file)
    return blocks;
  switch (solco_profile_get_family (profile))
    {
    case SOLCO_FAMILY_CD:
      return MAX (CD_MINIMUM_TRACK_BLOCKS, blocks + CD_PADDING_BLOCKS) + CD_RUN_OUT_BLOCKS;
    case SOLCO_FAMILY_DVD:
      return round_up (blocks, 16);
    case SOLCO_FAMILY_BD:
      return round_up (blocks, 32);
    case SOLCO_FAMILY_NONE:
    case SOLCO_FAMILY_FILE:
    default:
      return blocks;
    }
}

/* First block that can not be written. The drive's free blocks alone are not trusted: some
 * report the capacity of a blank disc for an appendable one. */
static gint64
get_limit_block (const SolcoCapacityInput *input, gint64 start)
{
  gint64 limit = start + CLAMP (input->free_blocks, 0, MAXIMUM_BLOCKS);

  if (input->capacity_blocks > 0)
    limit = MIN (limit, input->capacity_blocks);
  if (input->lead_out_limit_block > 0)
    limit = MIN (limit, input->lead_out_limit_block);
  return limit;
}

/* How many sessions of @need blocks fit from a next writable address on that leaves @free. */
static gint64
count_sessions (const SolcoCapacityInput *input, gint64 free, gint64 need)
{
  const gint64 least = MAX (need, SOLCO_MINIMUM_SESSION_BLOCKS);
  /* Whatever is on the disc now, it then has a session, so that the later gap counts. */
  const gint64 gap = solco_capacity_get_gap_blocks (input->profile, input->is_image_file, 1);
  const gint64 step
      = round_up (need + gap, get_alignment (input->profile, input->is_image_file));

  if (need == 0 || free < least)
    return 0;
  return 1 + (free - least) / step;
}

/**
 * solco_capacity_compute:
 * @input: the medium's figures and what is staged
 * @capacity: (out caller-allocates): what follows from them
 *
 * The arithmetic of what fits. With nothing staged the figures are those of an empty session:
 * need 0, and what is shown as remaining is free − overhead. A disc that is finished with this
 * session (because the user wants it, or since its kind takes one only) has no overhead, and
 * nothing remains on it once something is staged. Any input is good; pure; any thread.
 */
void
solco_capacity_compute (const SolcoCapacityInput *input, SolcoCapacity *capacity)
{
  g_return_if_fail (input != NULL && capacity != NULL);

  const gboolean is_writable = input->next_writable_block >= 0;
  const gint64 start = is_writable ? MIN (input->next_writable_block, MAXIMUM_BLOCKS) : 0;
  const gint64 limit = is_writable ? get_limit_block (input, start) : 0;
  const gint64 free = MAX (0, limit - start);
  const gint64 need = solco_capacity_get_need_blocks (input->profile, input->is_image_file,
                                                      input->image_blocks);
  const gint64 remaining_now = free - need;

  *capacity = (SolcoCapacity){
    .limit_block = limit,
    .free_blocks = free,
    .need_blocks = need,
    .remaining_now_blocks = remaining_now,
    .fits = need <= free,
  };

  if (solco_capacity_input_closes (input))
    {
      capacity->remaining_after_overhead_blocks = need == 0 ? free : 0;
      capacity->is_last_session = TRUE;
      return;
    }

  capacity->overhead_blocks = solco_capacity_get_overhead_blocks (
      input->profile, input->n_sessions, &capacity->overhead_is_estimate);
  capacity->remaining_after_overhead_blocks = MAX (0, remaining_now - capacity->overhead_blocks);
  capacity->physical_gap_blocks = solco_capacity_get_gap_blocks (
      input->profile, input->is_image_file, input->n_sessions);

  const gint64 next = round_up (start + need + capacity->physical_gap_blocks,
                                get_alignment (input->profile, input->is_image_file));

  capacity->remaining_physical_blocks = MAX (0, limit - next);
  capacity->is_last_session = capacity->remaining_physical_blocks < SOLCO_MINIMUM_SESSION_BLOCKS;
  capacity->further_sessions = count_sessions (input, capacity->remaining_physical_blocks, need);
}

/**
 * solco_capacity_input_from_medium:
 * @input: (out caller-allocates): the figures of @medium, with nothing staged
 * @medium: a disc or image file
 *
 * Takes over what the drive said. A next writable address that does not lie past the end of the
 * last session is refused: nothing can be written then. Any thread.
 */
void
solco_capacity_input_from_medium (SolcoCapacityInput *input, const SolcoMedium *medium)
{
  g_return_if_fail (input != NULL && medium != NULL);

  const SolcoSession *last = solco_medium_get_last_session (medium);
  const gboolean takes_session
      = medium->state == SOLCO_MEDIUM_BLANK || medium->state == SOLCO_MEDIUM_APPENDABLE;
  const gboolean is_emulated = medium->is_image_file || medium->is_overwritable;

  *input = (SolcoCapacityInput){
    .profile = medium->profile,
    .is_image_file = medium->is_image_file,
    .n_sessions = medium->sessions->len,
    .capacity_blocks = medium->capacity_blocks,
    .next_writable_block = -1,
    .lead_out_limit_block = medium->lead_out_limit_block,
    .has_to_be_mended = medium->damage == SOLCO_DAMAGE_LAST_TRACK,
  };
  if (!takes_session || medium->next_writable_block < 0)
    return;
  if (last != NULL
      && MIN (medium->next_writable_block, MAXIMUM_BLOCKS)
             < CLAMP (last->start_block, 0, MAXIMUM_BLOCKS)
                   + CLAMP (last->size_blocks, 0, MAXIMUM_BLOCKS))
    return;

  input->next_writable_block = medium->next_writable_block;
  input->free_blocks = medium->free_blocks;
  input->takes_one_session = !is_emulated && !medium->can_append_after_burn;
}

/**
 * solco_capacity_get_free_blocks:
 * @medium: a disc or image file
 *
 * Any thread.
 *
 * Returns: 2048-byte blocks that can still be written to it, as solco_capacity_compute() finds
 */
gint64
solco_capacity_get_free_blocks (const SolcoMedium *medium)
{
  SolcoCapacityInput input;
  SolcoCapacity capacity;

  g_return_val_if_fail (medium != NULL, 0);

  solco_capacity_input_from_medium (&input, medium);
  solco_capacity_compute (&input, &capacity);
  return capacity.free_blocks;
}

/**
 * solco_capacity_input_closes:
 * @input: the medium's figures and what is wanted
 *
 * Besides what the drive says of the disc that is in, libburn refuses further sessions on any
 * DVD-R DL; an image never stands for one. Any thread.
 *
 * Returns: whether the next session is the last one, because the disc is closed with it
 */
gboolean
solco_capacity_input_closes (const SolcoCapacityInput *input)
{
  g_return_val_if_fail (input != NULL, FALSE);

  return input->close_disc || input->takes_one_session
         || (input->profile == SOLCO_PROFILE_DVD_R_DL && !input->is_image_file);
}
