/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** SOLCO_BLOCK_BYTES: bytes of a logical block, the unit of all disc arithmetic */
#define SOLCO_BLOCK_BYTES 2048

/**
 * SolcoProfile:
 *
 * What kind of disc it is: the profile numbers of MMC-5 (GET CONFIGURATION), which libburn reports
 * as they are. An image file has the profile of the medium that it is planned as, or
 * %SOLCO_PROFILE_FILE where its only limit is the free disk space.
 */
typedef enum
{
  SOLCO_PROFILE_NONE = 0x0000,
  SOLCO_PROFILE_CD_ROM = 0x0008,
  SOLCO_PROFILE_CD_R = 0x0009,
  SOLCO_PROFILE_CD_RW = 0x000A,
  SOLCO_PROFILE_DVD_ROM = 0x0010,
  SOLCO_PROFILE_DVD_R = 0x0011,
  SOLCO_PROFILE_DVD_RAM = 0x0012,
  SOLCO_PROFILE_DVD_RW_OVERWRITE = 0x0013,
  SOLCO_PROFILE_DVD_RW_SEQUENTIAL = 0x0014,
  SOLCO_PROFILE_DVD_R_DL = 0x0015,
  SOLCO_PROFILE_DVD_PLUS_RW = 0x001A,
  SOLCO_PROFILE_DVD_PLUS_R = 0x001B,
  SOLCO_PROFILE_DVD_PLUS_R_DL = 0x002B,
  SOLCO_PROFILE_BD_ROM = 0x0040,
  SOLCO_PROFILE_BD_R = 0x0041,
  SOLCO_PROFILE_BD_RE = 0x0043,
  SOLCO_PROFILE_FILE = 0xFFFF
} SolcoProfile;

/** SolcoMediaFamily: what the arithmetic and the icons depend on */
typedef enum
{
  SOLCO_FAMILY_NONE,
  SOLCO_FAMILY_CD,
  SOLCO_FAMILY_DVD,
  SOLCO_FAMILY_BD,
  SOLCO_FAMILY_FILE
} SolcoMediaFamily;

/**
 * SolcoImageKind: the medium that an image file stands for, as in `--size`
 * @SOLCO_IMAGE_KIND_FREE_SPACE: none: the free space of its file system is the limit
 * @SOLCO_IMAGE_KIND_BYTES: none: a number of bytes is the limit
 */
typedef enum
{
  SOLCO_IMAGE_KIND_FREE_SPACE,
  SOLCO_IMAGE_KIND_BYTES,
  SOLCO_IMAGE_KIND_CD_650,
  SOLCO_IMAGE_KIND_CD_700,
  SOLCO_IMAGE_KIND_DVD,
  SOLCO_IMAGE_KIND_DVD_DL,
  SOLCO_IMAGE_KIND_BD_25,
  SOLCO_IMAGE_KIND_BD_50,
  SOLCO_IMAGE_KIND_BD_100,
  SOLCO_N_IMAGE_KINDS
} SolcoImageKind;

SolcoMediaFamily solco_profile_get_family (SolcoProfile profile);
/* The trade name, not translated ("CD-R", "DVD+R DL", "BD-RE"), NULL for NONE and FILE. */
const char *solco_profile_get_name (SolcoProfile profile);
/* CD-RW, DVD-RW, DVD+RW, DVD-RAM, BD-RE: can be written again. */
gboolean solco_profile_is_rewritable (SolcoProfile profile);
/* Random writing at any time: libburn always calls these blank, sessions are emulated. */
gboolean solco_profile_is_overwritable (SolcoProfile profile);
/* Nominal blocks of a blank disc of this profile, 0 where only the drive can tell. */
gint64 solco_profile_get_nominal_blocks (SolcoProfile profile);

SolcoProfile solco_image_kind_get_profile (SolcoImageKind kind);
gint64 solco_image_kind_get_blocks (SolcoImageKind kind);
/* The word of --size ("cd700"), NULL for FREE_SPACE and BYTES. */
const char *solco_image_kind_get_word (SolcoImageKind kind);
/* Understands the words, a number of bytes and numbers with k, m, g (1024s). */
gboolean solco_image_kind_parse (const char *word, SolcoImageKind *kind, guint64 *size_bytes);

G_END_DECLS
