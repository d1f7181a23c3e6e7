/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-volume-private.h"

#include <string.h>

#include "solco-end-mark-private.h"
#include "solco-libisofs-private.h"

/* ECMA-119 6.2.1 and 8.1: the set of volume descriptors starts at block 16 and ends with a
 * terminator; 16 blocks hold more descriptors than anyone writes. */
#define FIRST_DESCRIPTOR 16
#define MAX_DESCRIPTORS 16

#define DESCRIPTOR_PRIMARY 1
#define DESCRIPTOR_SUPPLEMENTARY 2
#define DESCRIPTOR_TERMINATOR 255

/* Offsets in a primary or supplementary volume descriptor, ECMA-119 8.4. */
#define OFFSET_VOLUME_ID 40
#define LENGTH_VOLUME_ID 32
#define OFFSET_SPACE_SIZE 80
#define OFFSET_ESCAPE_SEQUENCES 88
#define OFFSET_BLOCK_SIZE 128
#define OFFSET_CREATED 813
#define LENGTH_CREATED 17
#define OFFSET_APPLICATION_USE 883
#define LENGTH_APPLICATION_USE 512

/* libisofs.h, iso_util_decode_md5_tag(). */
#define TAG_SESSION 1
/* The tag, or the mark of a session without tags, is the last block but for some padding. */
#define END_SEARCH_BLOCKS 32

/* The field has no format of its own; ours is lines of KEY=VALUE behind a magic line. */
#define APPLICATION_USE_MAGIC "Solco 1\n"

void
solco_volume_free (SolcoVolume *self)
{
  if (self == NULL)
    return;
  g_free (self->label);
  g_free (self->created);
  g_free (self->session_id);
  g_free (self);
}

static char *
dup_trimmed (const guint8 *data, gsize length)
{
  while (length > 0 && (data[length - 1] == ' ' || data[length - 1] == '\0'))
    length--;
  return g_utf8_make_valid ((const char *) data, length);
}

/* Joliet's volume id: 16 characters of UCS-2, most significant byte first. */
static char *
dup_joliet_label (const guint8 *descriptor)
{
  g_autofree char *label
      = g_convert ((const char *) descriptor + OFFSET_VOLUME_ID, LENGTH_VOLUME_ID, "UTF-8",
                   "UTF-16BE", NULL, NULL, NULL);

  if (label == NULL)
    return g_strdup ("");
  return g_strdup (g_strchomp (label));
}

static gboolean
is_joliet (const guint8 *descriptor)
{
  const guint8 *escape = descriptor + OFFSET_ESCAPE_SEQUENCES;

  /* Joliet specification: UCS-2 level 1, 2 or 3. */
  return escape[0] == '%' && escape[1] == '/'
         && (escape[2] == '@' || escape[2] == 'C' || escape[2] == 'E');
}

/* ECMA-119 8.4.26.1: digits for year to hundredths, then the zone in quarters of an hour. */
static gint64
parse_created (const guint8 *data)
{
  int numbers[6];
  static const int widths[6] = { 4, 2, 2, 2, 2, 2 };
  gsize at = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      numbers[i] = 0;
      for (int digit = 0; digit < widths[i]; digit++, at++)
        {
          if (!g_ascii_isdigit (data[at]))
            return 0;
          numbers[i] = numbers[i] * 10 + data[at] - '0';
        }
    }

  g_autoptr (GDateTime) time = g_date_time_new_utc (numbers[0], numbers[1], numbers[2],
                                                    numbers[3], numbers[4], numbers[5]);
  if (time == NULL)
    return 0;
  return g_date_time_to_unix (time) - (gint64) (gint8) data[16] * 15 * 60;
}

static char *
dup_hex (const guint8 *data, gsize length)
{
  GString *hex = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (hex, "%02x", data[i]);
  return g_string_free (hex, FALSE);
}

static guint32
read_le32 (const guint8 *data)
{
  return data[0] | data[1] << 8 | data[2] << 16 | (guint32) data[3] << 24;
}

static gboolean
is_primary (const guint8 *descriptor)
{
  return descriptor[0] == DESCRIPTOR_PRIMARY && memcmp (descriptor + 1, "CD001\x01", 6) == 0
         && descriptor[OFFSET_BLOCK_SIZE] == 0x00
         && descriptor[OFFSET_BLOCK_SIZE + 1] == (SOLCO_BLOCK_BYTES >> 8);
}

static SolcoVolume *
volume_from_primary (gint64 start_block, const guint8 *descriptor)
{
  SolcoVolume *self = g_new0 (SolcoVolume, 1);
  static const guint8 no_time[LENGTH_CREATED] = { 0 };
  const guint8 *created = descriptor + OFFSET_CREATED;

  self->start_block = start_block;
  self->size_blocks = read_le32 (descriptor + OFFSET_SPACE_SIZE);
  self->label = dup_trimmed (descriptor + OFFSET_VOLUME_ID, LENGTH_VOLUME_ID);
  self->created = memcmp (created, no_time, LENGTH_CREATED) == 0
                      ? g_strdup ("")
                      : dup_hex (created, LENGTH_CREATED);
  self->created_s = parse_created (created);
  return self;
}

/* The label in full, if the field is ours and still speaks of this label: a program that appends
 * with another label may have carried the field over. */
static void
read_application_use (SolcoVolume *self, const guint8 *field, const char *joliet_label)
{
  const gsize magic_length = strlen (APPLICATION_USE_MAGIC);
  char text[LENGTH_APPLICATION_USE + 1];

  if (memcmp (field, APPLICATION_USE_MAGIC, magic_length) != 0)
    return;
  self->is_own = TRUE;
  memcpy (text, field, LENGTH_APPLICATION_USE);
  text[LENGTH_APPLICATION_USE] = '\0';

  g_auto (GStrv) lines = g_strsplit (text + magic_length, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      if (g_str_has_prefix (lines[i], "medium="))
        {
          SolcoImageKind kind;
          guint64 size_bytes;

          if (solco_image_kind_parse (lines[i] + strlen ("medium="), &kind, &size_bytes))
            {
              self->image_kind = kind;
              self->image_size_bytes = size_bytes;
            }
        }
      else if (strcmp (lines[i], "closed=1") == 0)
        self->is_closed = TRUE;
      else if (g_str_has_prefix (lines[i], "session=") && self->session_id == NULL)
        self->session_id = g_strdup (lines[i] + strlen ("session="));
      else if (g_str_has_prefix (lines[i], "label=") && joliet_label != NULL
               && *joliet_label != '\0'
               && g_str_has_prefix (lines[i] + strlen ("label="), joliet_label)
               && g_utf8_validate (lines[i], -1, NULL))
        {
          g_free (self->label);
          self->label = g_strdup (lines[i] + strlen ("label="));
        }
    }
}

/* Reads the first blocks of a session, in which the descriptors stand: all with one command, or where
 * that fails, because the medium ends before them perhaps, as many descriptors as can be read. */
static gboolean
read_start (SolcoDrive *drive, gint64 start_block, guint8 *blocks, guint *n_descriptors,
            GError **error)
{
  *n_descriptors = MAX_DESCRIPTORS;
  if (solco_drive_read (drive, start_block, FIRST_DESCRIPTOR + MAX_DESCRIPTORS, blocks, NULL))
    return TRUE;
  for (*n_descriptors = 0; *n_descriptors < MAX_DESCRIPTORS; (*n_descriptors)++)
    {
      g_autoptr (GError) read_error = NULL;
      gint64 i = FIRST_DESCRIPTOR + *n_descriptors;

      if (solco_drive_read (drive, start_block + i, 1, blocks + i * SOLCO_BLOCK_BYTES,
                            &read_error))
        continue;
      /* A descriptor set that ends with the medium is cut off, but what was found counts. */
      if (*n_descriptors > 0)
        break;
      g_propagate_error (error, g_steal_pointer (&read_error));
      return FALSE;
    }
  return TRUE;
}

gboolean
solco_volume_read (SolcoDrive *drive, gint64 start_block, SolcoVolumeKind *kind,
                   SolcoVolume **volume, GError **error)
{
  g_autofree guint8 *blocks
      = g_malloc ((FIRST_DESCRIPTOR + MAX_DESCRIPTORS) * SOLCO_BLOCK_BYTES);
  guint n_descriptors;
  guint8 application_use[LENGTH_APPLICATION_USE];
  g_autoptr (SolcoVolume) found = NULL;
  g_autofree char *joliet_label = NULL;
  gboolean has_udf = FALSE;

  *kind = SOLCO_VOLUME_NOTHING;
  *volume = NULL;
  if (!read_start (drive, start_block, blocks, &n_descriptors, error))
    return FALSE;
  for (guint i = 0; i < n_descriptors; i++)
    {
      const guint8 *block = blocks + (gsize) (FIRST_DESCRIPTOR + i) * SOLCO_BLOCK_BYTES;

      if (memcmp (block + 1, "NSR0", 4) == 0)
        has_udf = TRUE;
      else if (memcmp (block + 1, "CD001", 5) != 0)
        {
          if (memcmp (block + 1, "BEA01", 5) != 0 && memcmp (block + 1, "TEA01", 5) != 0)
            break;
        }
      else if (i == 0 && is_primary (block))
        {
          found = volume_from_primary (start_block, block);
          memcpy (application_use, block + OFFSET_APPLICATION_USE, LENGTH_APPLICATION_USE);
        }
      else if (found != NULL && block[0] == DESCRIPTOR_SUPPLEMENTARY && is_joliet (block))
        {
          found->has_joliet = TRUE;
          joliet_label = dup_joliet_label (block);
        }
    }

  if (found == NULL)
    {
      *kind = has_udf ? SOLCO_VOLUME_UDF : SOLCO_VOLUME_NOTHING;
      return TRUE;
    }
  /* ISO 9660 has capitals only, so Joliet's label is nearer to what the user wrote, as long as
   * its 16 characters did not cut it off. */
  if (joliet_label != NULL && *joliet_label != '\0'
      && (g_utf8_strlen (joliet_label, -1) < LENGTH_VOLUME_ID / 2
          || strlen (found->label) <= LENGTH_VOLUME_ID / 2))
    {
      g_free (found->label);
      found->label = g_strdup (joliet_label);
    }
  read_application_use (found, application_use, joliet_label);
  *kind = SOLCO_VOLUME_ISO;
  *volume = g_steal_pointer (&found);
  return TRUE;
}

gboolean
solco_volume_is_own_descriptor (const guint8 *descriptor)
{
  return is_primary (descriptor)
         && memcmp (descriptor + OFFSET_APPLICATION_USE, APPLICATION_USE_MAGIC,
                    strlen (APPLICATION_USE_MAGIC))
                == 0;
}

gboolean
solco_volume_is_complete (const SolcoVolume *self, SolcoDrive *drive)
{
  guint8 block[SOLCO_BLOCK_BYTES];
  const gint64 end_block = self->start_block + self->size_blocks;

  if (!self->is_own)
    return TRUE;
  /* The tag of a grown image speaks of its newest session, which starts later. */
  for (gint64 i = end_block - 1; i >= MAX (self->start_block, end_block - END_SEARCH_BLOCKS); i--)
    {
      int tag_type = 0;
      uint32_t position;
      uint32_t range_start;
      uint32_t range_size;
      uint32_t next_tag;
      char md5[16];

      if (!solco_drive_read (drive, i, 1, block, NULL)
          || solco_end_mark_matches (block, self->session_id)
          || (iso_util_decode_md5_tag ((char *) block, &tag_type, &position, &range_start,
                                       &range_size, &next_tag, md5, 0)
                  > 0
              && tag_type == TAG_SESSION && position == i && range_start >= self->start_block))
        return TRUE;
    }
  return FALSE;
}

void
solco_volume_fill_application_use (guint8 *data, const char *label, const SolcoTarget *target,
                                   gboolean close_disc, const char *session_id)
{
  g_autoptr (GString) text = g_string_new (APPLICATION_USE_MAGIC);

  if (solco_target_get_image_path (target) != NULL)
    {
      const char *word = solco_image_kind_get_word (target->image_kind);

      if (word != NULL)
        g_string_append_printf (text, "medium=%s\n", word);
      else if (target->image_kind == SOLCO_IMAGE_KIND_BYTES)
        g_string_append_printf (text, "medium=%" G_GUINT64_FORMAT "\n",
                                target->image_size_bytes);
    }
  if (close_disc)
    g_string_append (text, "closed=1\n");
  /* Two discs with the same content, made in the same second, are still two discs. */
  g_string_append_printf (text, "session=%s\n", session_id);
  g_string_append_printf (text, "label=%s\n", label);
  memset (data, 0, LENGTH_APPLICATION_USE);
  /* A label that does not fit is left to the volume descriptors' own fields. */
  if (text->len <= LENGTH_APPLICATION_USE)
    memcpy (data, text->str, text->len);
}
