/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The 2352 bytes of a data sector on CD, as ECMA-130 clause 14 and annex A describe them. */
#include "vr-sector.h"

#include "vr-drive-private.h"

#include <string.h>

#define SYNC_BYTES 12
#define EDC_POLYNOMIAL 0xd8018001u

/* The error detection code: a reflected CRC of 32 bits over x^32+x^31+x^16+x^15+x^4+x^3+x+1. */
static guint32
compute_edc (const guint8 *data, gsize size)
{
  static guint32 table[256];
  static gsize is_ready;
  guint32 edc = 0;

  if (g_once_init_enter (&is_ready))
    {
      for (guint32 i = 0; i < 256; i++)
        {
          guint32 value = i;

          for (guint bit = 0; bit < 8; bit++)
            value = (value & 1) != 0 ? value >> 1 ^ EDC_POLYNOMIAL : value >> 1;
          table[i] = value;
        }
      g_once_init_leave (&is_ready, 1);
    }
  for (gsize i = 0; i < size; i++)
    edc = edc >> 8 ^ table[(edc ^ data[i]) & 0xff];
  return edc;
}

/* Multiplication by alpha in GF(2^8) with x^8+x^4+x^3+x^2+1. */
static guint8
times_alpha (guint8 value)
{
  return (guint8) (value << 1 ^ ((value & 0x80) != 0 ? 0x1d : 0));
}

/* Division by 1 + alpha: the exponent table of alpha gives it directly. */
static guint8
divide (guint8 value)
{
  static guint8 table[256];
  static gsize is_ready;

  if (g_once_init_enter (&is_ready))
    {
      for (guint i = 0; i < 256; i++)
        table[i ^ times_alpha ((guint8) i)] = (guint8) i;
      g_once_init_leave (&is_ready, 1);
    }
  return table[value];
}

/* One of the two Reed-Solomon product codes: @columns code words of @rows bytes each. Bytes are
 * counted from the header on; words are walked byte by byte for both of their halves. */
static void
compute_parity (const guint8 *data, guint columns, guint rows, guint column_step, guint row_step,
                guint8 *parity)
{
  guint size = columns * rows;

  for (guint column = 0; column < columns; column++)
    {
      guint index = column / 2 * column_step + column % 2;
      guint8 a = 0;
      guint8 b = 0;

      for (guint row = 0; row < rows; row++)
        {
          guint8 value = data[index];

          index += row_step;
          if (index >= size)
            index -= size;
          a = times_alpha (a ^ value);
          b ^= value;
        }
      a = divide (times_alpha (a) ^ b);
      parity[column] = a;
      parity[column + columns] = a ^ b;
    }
}

static guint8
to_bcd (guint8 value)
{
  return (guint8) (value / 10 << 4 | value % 10);
}

/**
 * vr_sector_compose:
 * @sector: (out): the whole sector
 * @lba: its address
 * @data_mode: 1, or 2 for mode 2 form 1
 * @user_data: 2048 bytes
 *
 * Any thread.
 */
void
vr_sector_compose (guint8 sector[2352], gint32 lba, guint8 data_mode, const guint8 *user_data)
{
  gsize data_at = data_mode == 2 ? 24 : 16;
  gsize edc_from = data_mode == 2 ? 16 : 0;
  gsize edc_at = data_at + 2048;
  guint8 header[4];
  guint32 edc;

  memset (sector, 0, 2352);
  memset (sector + 1, 0xff, 10);
  vr_msf_from_lba (lba, sector + SYNC_BYTES);
  for (guint i = 0; i < 3; i++)
    sector[SYNC_BYTES + i] = to_bcd (sector[SYNC_BYTES + i]);
  sector[SYNC_BYTES + 3] = data_mode;
  if (data_mode == 2)
    {
      /* The sub-mode says data; both copies of the sub-header are alike. */
      sector[18] = 0x08;
      sector[22] = 0x08;
    }
  memcpy (sector + data_at, user_data, 2048);
  edc = compute_edc (sector + edc_from, edc_at - edc_from);
  for (guint i = 0; i < 4; i++)
    sector[edc_at + i] = (guint8) (edc >> 8 * i);
  /* In mode 2 the parity is computed as if the header were zero. */
  memcpy (header, sector + SYNC_BYTES, sizeof header);
  if (data_mode == 2)
    memset (sector + SYNC_BYTES, 0, sizeof header);
  compute_parity (sector + SYNC_BYTES, 86, 24, 2, 86, sector + 2076);
  compute_parity (sector + SYNC_BYTES, 52, 43, 86, 88, sector + 2248);
  memcpy (sector + SYNC_BYTES, header, sizeof header);
}
