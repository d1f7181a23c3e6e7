/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The size of the next session's image, while the user is still adding.
 *
 * The lengths of all records follow from ECMA-119 (sections 6.8, 9.1, 9.4), the Joliet
 * specification, SUSP 1.12 and RRIP 1.12, with the choices that libisofs 1.5.4 makes. What is not
 * modelled, because it would need every folder sorted by mangled names, is the exact packing of
 * records into blocks and the digits that make clashing names unique; a margin covers both. */
#include "solco-name-check.h"
#include "solco-project-private.h"

#include <string.h>

#define BLOCK 2048
/* System area, primary and Joliet descriptor, terminator, the block that all empty files share,
 * and the checksum tags of superblock, tree and session. */
#define FIXED_BLOCKS (16 + 2 + 1 + 1 + 3)
#define MD5_PER_BLOCK 128
/* Two digests more than there are files. */
#define MD5_EXTRA 2
#define MAX_SECTION_BYTES G_GUINT64_CONSTANT (0xffffffff)
#define NEXT_SECTION_BYTES G_GUINT64_CONSTANT (0xfffff800)
/* A record of ISO 9660: the fixed part, and the longest that it may be. */
#define ISO_RECORD 33
#define ISO_RECORD_MAX 254
#define ISO_NAME_MAX 31
#define JOLIET_RECORD 34
#define VERSION_UNITS 2
/* Rock Ridge: ES 5, PX 44, TF 26; the head of NM; CE. */
#define RR_FIXED (5 + 44 + 26)
#define RR_NM 5
#define RR_SL 5
#define RR_CE 28
/* AAIP field with the number of a file's MD5. */
#define AAIP_MD5 24
/* "." and ".." of a folder in ISO 9660, without the root's own extensions. */
#define ISO_DOTS (2 * (34 + RR_FIXED + RR_NM))
/* SP and CE in the root's ".", and what the latter points to: the ER fields of Rock Ridge and
 * AAIP and the attribute that describes the MD5 array. */
#define ROOT_DOT_EXTRA 36
#define ROOT_CE_BLOCKS 1
#define JOLIET_DOTS (2 * 34)
/* Digest in hexadecimal, two spaces, line feed. */
#define MANIFEST_LINE (64 + 2 + 1)

/* Where the next record goes, in bytes from the start of a folder. */
typedef struct
{
  guint64 records;
  guint64 continuation;
} Fill;

static void
add_record (guint64 *fill, guint bytes)
{
  guint remaining = BLOCK - (guint) (*fill % BLOCK);

  *fill += bytes > remaining ? remaining + bytes : bytes;
}

static gint64
to_blocks (guint64 bytes)
{
  return (gint64) ((bytes + BLOCK - 1) / BLOCK);
}

/* SL fields for a link's target: a component record each, "." and ".." and the root without a
 * name, in fields of at most 255 bytes. */
static guint
get_link_bytes (const char *target)
{
  guint bytes = RR_SL;
  guint field = RR_SL;

  for (const char *component = target;;)
    {
      const char *end = strchr (component, '/');
      guint length = end != NULL ? (guint) (end - component) : (guint) strlen (component);

      if ((length == 1 && component[0] == '.')
          || (length == 2 && component[0] == '.' && component[1] == '.'))
        length = 0;
      length += 2;
      if (field + length > 255)
        {
          /* A long component is cut; each part has a head. */
          bytes += RR_SL + 2;
          field = RR_SL;
        }
      bytes += length;
      field += length;
      if (end == NULL || end[1] == '\0')
        return bytes;
      component = end + 1;
    }
}

/* One record of ISO 9660 with its Rock Ridge fields; what does not fit goes to the folder's
 * continuation area, and there never across a block boundary. */
static void
add_iso_record (Fill *fill, const SolcoNode *node, guint iso_name, guint name_bytes,
                gboolean file_md5)
{
  guint record = ISO_RECORD + iso_name + (node->kind != SOLCO_NODE_DIRECTORY ? VERSION_UNITS : 0);
  guint su = RR_FIXED;
  guint space;
  guint rest = 0;

  record += record % 2;
  space = ISO_RECORD_MAX - record;
  if (node->kind == SOLCO_NODE_SYMLINK)
    rest += get_link_bytes (node->link_target);
  if (node->kind == SOLCO_NODE_FILE && file_md5)
    rest += AAIP_MD5;
  if (su + RR_NM + name_bytes + rest <= space)
    {
      su += RR_NM + name_bytes + rest;
    }
  else
    {
      guint room = space - su - RR_CE;
      guint64 *continuation = &fill->continuation;

      if (RR_NM + name_bytes > room)
        {
          /* The name is cut: the second part has a head of its own. */
          rest += RR_NM + (RR_NM + name_bytes - room);
          su = space;
        }
      else
        {
          su += RR_CE + RR_NM + name_bytes;
        }
      if (*continuation / BLOCK != (*continuation + rest + RR_CE - 1) / BLOCK)
        *continuation = (guint64) to_blocks (*continuation) * BLOCK;
      *continuation += rest;
    }
  su += su % 2;

  guint n_sections = 1;

  if (node->kind == SOLCO_NODE_FILE && node->size_bytes > MAX_SECTION_BYTES)
    n_sections += (guint) ((node->size_bytes - MAX_SECTION_BYTES + NEXT_SECTION_BYTES - 1)
                           / NEXT_SECTION_BYTES);
  for (guint i = 0; i < n_sections; i++)
    add_record (&fill->records, record + su);
}

/* What the lengths of all records of a name follow from. */
typedef struct
{
  guint bytes;
  guint characters;
  gboolean has_dot;
} NameMeasure;

static NameMeasure
measure_name (const char *name)
{
  NameMeasure measure = { 0 };
  const guchar *c = (const guchar *) name;

  for (; *c != '\0'; c++)
    {
      measure.characters += (*c & 0xc0) != 0x80;
      measure.has_dot |= *c == '.';
    }
  measure.bytes = (guint) (c - (const guchar *) name);
  return measure;
}

/* UTF-16 units of a name in Joliet; a file's name always has a dot. */
static guint
get_joliet_units (const NameMeasure *name, gboolean is_folder)
{
  if (is_folder)
    return MIN (name->characters, SOLCO_JOLIET_NAME_MAX);
  return MIN (name->characters + (name->has_dot ? 0 : 1), SOLCO_JOLIET_NAME_MAX + 1);
}

/* Length of a name in plain ISO 9660, as solco_name_get_iso() makes it. */
static guint
get_iso_length (const NameMeasure *name, gboolean is_folder)
{
  return MIN (name->characters + (is_folder || name->has_dot ? 0 : 1), ISO_NAME_MAX);
}

/* Names of which plain ISO 9660 keeps underscores only are often the same there; each of those gets
 * a number. Returns how many items have each such name, NULL if there are none: only names that
 * are no ASCII are looked at, since others hardly ever meet. */
static GHashTable *
count_iso_names (const SolcoFolder *folder)
{
  GHashTable *counts = NULL;

  for (guint i = 0; i < folder->n_children; i++)
    {
      const SolcoNode *child = folder->children[i];
      NameMeasure measure = measure_name (child->name);
      char *name;

      if ((child->flags & SOLCO_NODE_REMOVED) || measure.characters == measure.bytes)
        continue;
      if (counts == NULL)
        counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      name = solco_name_get_iso (child->name, child->kind == SOLCO_NODE_DIRECTORY);
      g_hash_table_insert (counts, name,
                           GUINT_TO_POINTER (
                               GPOINTER_TO_UINT (g_hash_table_lookup (counts, name)) + 1));
    }
  return counts;
}

/* Digits that libisofs puts behind a name that @node shares with others. */
static guint
get_iso_digits (GHashTable *counts, const SolcoNode *node, const NameMeasure *measure)
{
  g_autofree char *name = NULL;
  guint count;
  guint digits = 0;

  if (counts == NULL || measure->characters == measure->bytes)
    return 0;
  name = solco_name_get_iso (node->name, node->kind == SOLCO_NODE_DIRECTORY);
  count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, name));
  for (guint room = 1; room < count; room *= 10)
    digits++;
  return digits;
}

static void compute (SolcoNode *folder, guint joliet_path, gboolean in_joliet, gboolean file_md5);

static gboolean
is_usable (const SolcoFolderEstimate *estimate, guint joliet_path)
{
  if (!estimate->is_valid)
    return FALSE;
  if (estimate->joliet_path == joliet_path)
    return TRUE;
  return !estimate->joliet_cut
         && joliet_path + estimate->joliet_deepest <= SOLCO_JOLIET_PATH_MAX;
}

static void
add_folder (SolcoFolderEstimate *sum, SolcoNode *child, guint joliet_path, gboolean in_joliet,
            guint name_bytes, gboolean file_md5)
{
  SolcoFolderEstimate *below = &child->folder->estimate;

  if (!is_usable (below, joliet_path))
    compute (child, joliet_path, in_joliet, file_md5);
  sum->directory_blocks += below->directory_blocks;
  sum->iso_path_table_bytes += below->iso_path_table_bytes;
  sum->joliet_path_table_bytes += below->joliet_path_table_bytes;
  sum->manifest_bytes += below->manifest_bytes + below->n_files * (name_bytes + 1);
  sum->n_files += below->n_files;
  sum->joliet_cut |= below->joliet_cut;
}

static void
compute (SolcoNode *node, guint joliet_path, gboolean in_joliet, gboolean file_md5)
{
  SolcoFolderEstimate sum = { .joliet_path = joliet_path };
  Fill iso = { .records = ISO_DOTS };
  guint64 joliet = JOLIET_DOTS;
  GHashTable *iso_names = count_iso_names (node->folder);

  if (node->parent == NULL)
    iso.records += ROOT_DOT_EXTRA;
  for (guint i = 0; i < node->folder->n_children; i++)
    {
      SolcoNode *child = node->folder->children[i];
      gboolean is_folder = child->kind == SOLCO_NODE_DIRECTORY;

      if (child->flags & SOLCO_NODE_REMOVED)
        continue;

      NameMeasure measure = measure_name (child->name);
      guint name_bytes = measure.bytes;
      guint iso_length = MIN (get_iso_length (&measure, is_folder)
                                  + get_iso_digits (iso_names, child, &measure),
                              ISO_NAME_MAX);
      guint units = get_joliet_units (&measure, is_folder);
      /* libisofs counts a path in bytes: a separator of one and two for each unit. */
      guint path = joliet_path + 1 + 2 * units;
      gboolean is_seen = in_joliet && path <= SOLCO_JOLIET_PATH_MAX
                         && (is_folder || child->kind == SOLCO_NODE_FILE);

      add_iso_record (&iso, child, iso_length, name_bytes, file_md5);
      if (is_seen)
        add_record (&joliet, JOLIET_RECORD + 2 * units + (is_folder ? 0 : 2 * VERSION_UNITS));
      else if (is_folder || child->kind == SOLCO_NODE_FILE)
        sum.joliet_cut = TRUE;
      sum.joliet_deepest = MAX (sum.joliet_deepest, path - joliet_path);
      if (is_folder)
        {
          add_folder (&sum, child, path, is_seen, name_bytes, file_md5);
          sum.iso_path_table_bytes += 8 + iso_length + iso_length % 2;
          if (is_seen)
            sum.joliet_path_table_bytes += 8 + 2 * units;
          sum.joliet_deepest = MAX (sum.joliet_deepest, path - joliet_path
                                                            + child->folder->estimate.joliet_deepest);
        }
      else if (child->kind == SOLCO_NODE_FILE)
        {
          sum.manifest_bytes += MANIFEST_LINE + name_bytes;
          sum.n_files++;
        }
    }
  sum.directory_blocks += to_blocks (iso.records) + to_blocks (iso.continuation);
  if (in_joliet)
    sum.directory_blocks += to_blocks (joliet);
  g_clear_pointer (&iso_names, g_hash_table_unref);
  sum.is_valid = TRUE;
  node->folder->estimate = sum;
}

void
solco_project_estimate_invalidate (SolcoNode *folder)
{
  for (SolcoNode *node = folder; node != NULL; node = node->parent)
    node->folder->estimate.is_valid = FALSE;
}

/* The records of all files are others than before. */
static void
forget_all (SolcoNode *folder)
{
  folder->folder->estimate.is_valid = FALSE;
  for (guint i = 0; i < folder->folder->n_children; i++)
    {
      if (folder->folder->children[i]->kind == SOLCO_NODE_DIRECTORY)
        forget_all (folder->folder->children[i]);
    }
}

/**
 * solco_project_get_estimated_blocks:
 * @self: a project
 *
 * The size of the file system that the next session would write, from above: all folders (of the
 * disc too: a session rewrites the whole tree), the new contents (each local file once), and the
 * manifest. Main thread. Only folders that changed since the last call are computed.
 *
 * Returns: blocks of 2048 bytes, not below the exact size and at most 0.5 % + 64 above it; 0 with
 *   nothing staged and nothing on the disc
 */
gint64
solco_project_get_estimated_blocks (SolcoProject *self)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self), 0);

  SolcoFolderEstimate *root = &self->root->folder->estimate;
  gint64 directories;
  gint64 rest = FIXED_BLOCKS;
  guint64 n_digests = MD5_EXTRA;

  if (self->root->folder->n_children == 0)
    return 0;
  if (self->estimated_file_md5 != self->options.file_md5)
    {
      self->estimated_file_md5 = self->options.file_md5;
      forget_all (self->root);
    }
  /* The path of the root is its one slash. */
  if (!root->is_valid)
    compute (self->root, 1, TRUE, self->options.file_md5);

  directories = root->directory_blocks + ROOT_CE_BLOCKS
                + 2 * to_blocks ((guint64) root->iso_path_table_bytes + 10)
                + 2 * to_blocks ((guint64) root->joliet_path_table_bytes + 10);
  if (self->options.manifest)
    rest += to_blocks ((guint64) root->manifest_bytes);
  if (self->options.file_md5)
    n_digests += (guint64) root->n_files + 1 - solco_extents_get_n_repeated (self->extents);
  rest += (gint64) ((n_digests + MD5_PER_BLOCK - 1) / MD5_PER_BLOCK);
  return rest + solco_extents_get_blocks (self->extents) + directories + directories / 256 + 8;
}
