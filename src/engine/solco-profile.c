/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-profile.h"

typedef struct
{
  SolcoProfile profile;
  SolcoMediaFamily family;
  const char *name;
  gboolean is_rewritable;
  gboolean is_overwritable;
  gint64 nominal_blocks;
} ProfileInfo;

/* Profile numbers and names: MMC-5, table "Profile List". Sizes:
 * - CD, 80 minutes: the last possible lead-out start of most discs is 79:59.74, so that
 *   (79·60 + 59)·75 + 74 − 150 = 359 849 blocks lie before it. Real discs differ by a few blocks
 *   and say so in ATIP.
 * - DVD-R and DVD-RW, 4.7 GB (ECMA-359, ECMA-338): 2 298 496 blocks as READ FORMAT CAPACITIES and
 *   READ TRACK INFORMATION report them; DVD-R DL (ECMA-382): 4 171 712.
 * - DVD+R and DVD+RW (ECMA-349, ECMA-337): 2 295 104; DVD+R DL (ECMA-364): 4 173 824.
 * - BD-R, one layer of 25 GB without spare areas: 12 219 392.
 * DVD-RAM, DVD-RW restricted overwrite and BD-RE have the size that they were formatted to. */
static const ProfileInfo profiles[] = {
  { SOLCO_PROFILE_CD_ROM, SOLCO_FAMILY_CD, "CD-ROM", FALSE, FALSE, 0 },
  { SOLCO_PROFILE_CD_R, SOLCO_FAMILY_CD, "CD-R", FALSE, FALSE, 359849 },
  { SOLCO_PROFILE_CD_RW, SOLCO_FAMILY_CD, "CD-RW", TRUE, FALSE, 359849 },
  { SOLCO_PROFILE_DVD_ROM, SOLCO_FAMILY_DVD, "DVD-ROM", FALSE, FALSE, 0 },
  { SOLCO_PROFILE_DVD_R, SOLCO_FAMILY_DVD, "DVD-R", FALSE, FALSE, 2298496 },
  { SOLCO_PROFILE_DVD_RAM, SOLCO_FAMILY_DVD, "DVD-RAM", TRUE, TRUE, 0 },
  { SOLCO_PROFILE_DVD_RW_OVERWRITE, SOLCO_FAMILY_DVD, "DVD-RW", TRUE, TRUE, 0 },
  { SOLCO_PROFILE_DVD_RW_SEQUENTIAL, SOLCO_FAMILY_DVD, "DVD-RW", TRUE, FALSE, 2298496 },
  { SOLCO_PROFILE_DVD_R_DL, SOLCO_FAMILY_DVD, "DVD-R DL", FALSE, FALSE, 4171712 },
  { SOLCO_PROFILE_DVD_PLUS_RW, SOLCO_FAMILY_DVD, "DVD+RW", TRUE, TRUE, 2295104 },
  { SOLCO_PROFILE_DVD_PLUS_R, SOLCO_FAMILY_DVD, "DVD+R", FALSE, FALSE, 2295104 },
  { SOLCO_PROFILE_DVD_PLUS_R_DL, SOLCO_FAMILY_DVD, "DVD+R DL", FALSE, FALSE, 4173824 },
  { SOLCO_PROFILE_BD_ROM, SOLCO_FAMILY_BD, "BD-ROM", FALSE, FALSE, 0 },
  { SOLCO_PROFILE_BD_R, SOLCO_FAMILY_BD, "BD-R", FALSE, FALSE, 12219392 },
  { SOLCO_PROFILE_BD_RE, SOLCO_FAMILY_BD, "BD-RE", TRUE, TRUE, 0 },
  { SOLCO_PROFILE_FILE, SOLCO_FAMILY_FILE, NULL, TRUE, TRUE, 0 },
};

/* What is in no row: no disc, and kinds of media that nobody records on any more. */
static const ProfileInfo no_profile
    = { SOLCO_PROFILE_NONE, SOLCO_FAMILY_NONE, NULL, FALSE, FALSE, 0 };

typedef struct
{
  const char *word;
  SolcoProfile profile;
  gint64 blocks;
} ImageKindInfo;

/* A DVD image stands for DVD+R, whose blocks any DVD-R has room for too. CD 74 minutes:
 * (73·60 + 59)·75 + 74 − 150 = 332 849. BD of two layers: 24 438 784; BD-R XL of three layers:
 * 100 103 356 416 bytes = 48 878 592 blocks. */
static const ImageKindInfo image_kinds[] = {
  [SOLCO_IMAGE_KIND_FREE_SPACE] = { NULL, SOLCO_PROFILE_FILE, 0 },
  [SOLCO_IMAGE_KIND_BYTES] = { NULL, SOLCO_PROFILE_FILE, 0 },
  [SOLCO_IMAGE_KIND_CD_650] = { "cd650", SOLCO_PROFILE_CD_R, 332849 },
  [SOLCO_IMAGE_KIND_CD_700] = { "cd700", SOLCO_PROFILE_CD_R, 359849 },
  [SOLCO_IMAGE_KIND_DVD] = { "dvd", SOLCO_PROFILE_DVD_PLUS_R, 2295104 },
  [SOLCO_IMAGE_KIND_DVD_DL] = { "dvd-dl", SOLCO_PROFILE_DVD_PLUS_R_DL, 4173824 },
  [SOLCO_IMAGE_KIND_BD_25] = { "bd25", SOLCO_PROFILE_BD_R, 12219392 },
  [SOLCO_IMAGE_KIND_BD_50] = { "bd50", SOLCO_PROFILE_BD_R, 24438784 },
  [SOLCO_IMAGE_KIND_BD_100] = { "bd100", SOLCO_PROFILE_BD_R, 48878592 },
};

G_STATIC_ASSERT (G_N_ELEMENTS (image_kinds) == SOLCO_N_IMAGE_KINDS);

static const ProfileInfo *
lookup_profile (SolcoProfile profile)
{
  for (gsize i = 0; i < G_N_ELEMENTS (profiles); i++)
    if (profiles[i].profile == profile)
      return &profiles[i];
  return &no_profile;
}

/**
 * solco_profile_get_family:
 * @profile: a profile; numbers that Solco does not know are no error
 *
 * Any thread.
 *
 * Returns: its family, %SOLCO_FAMILY_NONE for unknown ones
 */
SolcoMediaFamily
solco_profile_get_family (SolcoProfile profile)
{
  return lookup_profile (profile)->family;
}

/**
 * solco_profile_get_name:
 * @profile: a profile
 *
 * The trade name, which is the same in all languages. Any thread.
 *
 * Returns: (transfer none) (nullable): "CD-R", "DVD+R DL", …; %NULL for image files and for
 *   unknown profiles
 */
const char *
solco_profile_get_name (SolcoProfile profile)
{
  return lookup_profile (profile)->name;
}

/**
 * solco_profile_is_rewritable:
 * @profile: a profile
 *
 * Any thread.
 *
 * Returns: whether what was written can be written over, by erasing first or at once
 */
gboolean
solco_profile_is_rewritable (SolcoProfile profile)
{
  return lookup_profile (profile)->is_rewritable;
}

/**
 * solco_profile_is_overwritable:
 * @profile: a profile
 *
 * Any thread.
 *
 * Returns: whether every block can be written at any time, so that sessions are emulated
 */
gboolean
solco_profile_is_overwritable (SolcoProfile profile)
{
  return lookup_profile (profile)->is_overwritable;
}

/**
 * solco_profile_get_nominal_blocks:
 * @profile: a profile
 *
 * For a preview without a disc; with a disc, the drive's figure counts. Any thread.
 *
 * Returns: 2048-byte blocks of the usual blank disc, 0 where only the drive can tell
 */
gint64
solco_profile_get_nominal_blocks (SolcoProfile profile)
{
  return lookup_profile (profile)->nominal_blocks;
}

/**
 * solco_image_kind_get_profile:
 * @kind: what an image file stands for
 *
 * Any thread.
 *
 * Returns: the profile whose overhead is shown, %SOLCO_PROFILE_FILE for none
 */
SolcoProfile
solco_image_kind_get_profile (SolcoImageKind kind)
{
  g_return_val_if_fail ((guint) kind < SOLCO_N_IMAGE_KINDS, SOLCO_PROFILE_FILE);

  return image_kinds[kind].profile;
}

/**
 * solco_image_kind_get_blocks:
 * @kind: what an image file stands for
 *
 * Any thread.
 *
 * Returns: its limit in 2048-byte blocks, 0 where the kind has none of its own
 */
gint64
solco_image_kind_get_blocks (SolcoImageKind kind)
{
  g_return_val_if_fail ((guint) kind < SOLCO_N_IMAGE_KINDS, 0);

  return image_kinds[kind].blocks;
}

/**
 * solco_image_kind_get_word:
 * @kind: what an image file stands for
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): the word for it in commands and files, such as "cd700"
 */
const char *
solco_image_kind_get_word (SolcoImageKind kind)
{
  g_return_val_if_fail ((guint) kind < SOLCO_N_IMAGE_KINDS, NULL);

  return image_kinds[kind].word;
}

/**
 * solco_image_kind_parse:
 * @word: what a user typed: one of the words ("cd700"), or a number of bytes, where k, m, g and t
 *   at the end stand for powers of 1024; upper case is as good
 * @kind: (out): the kind
 * @size_bytes: (out) (optional): its size in bytes
 *
 * Any thread.
 *
 * Returns: whether it was understood; otherwise nothing is set
 */
gboolean
solco_image_kind_parse (const char *word, SolcoImageKind *kind, guint64 *size_bytes)
{
  g_return_val_if_fail (word != NULL && kind != NULL, FALSE);

  static const char units[] = "kmgt";
  char *end = NULL;
  guint64 number = 0;
  guint64 bytes = 0;

  for (guint i = 0; i < SOLCO_N_IMAGE_KINDS; i++)
    if (image_kinds[i].word != NULL && g_ascii_strcasecmp (word, image_kinds[i].word) == 0)
      {
        *kind = (SolcoImageKind) i;
        if (size_bytes != NULL)
          *size_bytes = (guint64) image_kinds[i].blocks * SOLCO_BLOCK_BYTES;
        return TRUE;
      }

  /* g_ascii_strtoull() takes blanks and a sign too, and turns "-1" into a huge number; what it
   * makes of a number that is too large is refused below as well. */
  if (!g_ascii_isdigit (*word))
    return FALSE;
  number = g_ascii_strtoull (word, &end, 10);
  bytes = number;
  if (*end != '\0')
    {
      const char unit = g_ascii_tolower (*end);
      gboolean is_unit = FALSE;

      for (gsize i = 0; units[i] != '\0' && !is_unit; i++)
        {
          if (!g_uint64_checked_mul (&bytes, bytes, 1024))
            return FALSE;
          is_unit = units[i] == unit;
        }
      if (!is_unit || end[1] != '\0')
        return FALSE;
    }
  if (bytes == 0 || bytes > G_MAXINT64)
    return FALSE;

  *kind = SOLCO_IMAGE_KIND_BYTES;
  if (size_bytes != NULL)
    *size_bytes = bytes;
  return TRUE;
}
