/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-manifest-private.h"

#include <string.h>

#include "solco-error.h"
#include "solco-plan.h"

/* Two hexadecimal digits a byte, then two spaces, then the path, then a line feed. */
#define HEX_LENGTH (2 * SOLCO_SHA256_BYTES)
#define LINE_OVERHEAD (HEX_LENGTH + 2 + 1)
#define MANIFEST_MODE 0444
/* More than a disc can have files for; a larger file is no manifest. */
#define MAXIMUM_MANIFEST_BYTES (G_GUINT64_CONSTANT (1) << 30)
#define READ_BLOCKS 512

/* sha256sum escapes these, and marks the line with a backslash in front. */
static gboolean
needs_escape (char c)
{
  return c == '\\' || c == '\n' || c == '\r';
}

/* Length of the path of @index as it stands in a line, without the leading slash. */
static gsize
count_path (const SolcoTreeNode *nodes, guint32 index, gboolean *is_escaped)
{
  gsize length = 0;

  for (guint32 i = index; i != 0; i = nodes[i].parent)
    {
      for (const char *c = nodes[i].name; *c != '\0'; c++)
        {
          length++;
          if (needs_escape (*c))
            {
              length++;
              *is_escaped = TRUE;
            }
        }
      if (nodes[i].parent != 0)
        length++;
    }
  return length;
}

guint64
solco_manifest_get_size_bytes (SolcoTree *tree, const guint8 *is_listed)
{
  guint32 n_nodes;
  const SolcoTreeNode *nodes = solco_tree_get_nodes (tree, &n_nodes);
  guint64 size_bytes = 0;

  for (guint32 i = 1; i < n_nodes; i++)
    {
      gboolean is_escaped = FALSE;

      if (is_listed[i])
        size_bytes += LINE_OVERHEAD + count_path (nodes, i, &is_escaped) + (is_escaped ? 1 : 0);
    }
  return size_bytes;
}

static void
append_escaped (GString *text, const char *name)
{
  for (const char *c = name; *c != '\0'; c++)
    switch (*c)
      {
      case '\\':
        g_string_append (text, "\\\\");
        break;
      case '\n':
        g_string_append (text, "\\n");
        break;
      case '\r':
        g_string_append (text, "\\r");
        break;
      default:
        g_string_append_c (text, *c);
      }
}

static void
append_path (GString *text, const SolcoTreeNode *nodes, guint32 index)
{
  if (nodes[index].parent != 0)
    {
      append_path (text, nodes, nodes[index].parent);
      g_string_append_c (text, '/');
    }
  append_escaped (text, nodes[index].name);
}

static void
append_hex (GString *text, const guint8 *digest)
{
  static const char digits[] = "0123456789abcdef";
  char hex[HEX_LENGTH];

  for (guint i = 0; i < SOLCO_SHA256_BYTES; i++)
    {
      hex[2 * i] = digits[digest[i] >> 4];
      hex[2 * i + 1] = digits[digest[i] & 15];
    }
  g_string_append_len (text, hex, sizeof hex);
}

static void
append_line (GString *text, SolcoDigests *digests, const SolcoTreeNode *nodes, guint32 index)
{
  const guint8 *digest = solco_digests_get (digests, index);
  gboolean is_escaped = FALSE;

  (void) count_path (nodes, index, &is_escaped);
  if (is_escaped)
    g_string_append_c (text, '\\');
  if (digest != NULL)
    append_hex (text, digest);
  else
    /* Its stream was never opened, which libisofs does not do; the line fails every check rather
     * than vouch for anything. */
    for (guint k = 0; k < HEX_LENGTH; k++)
      g_string_append_c (text, '0');
  g_string_append (text, "  ");
  append_path (text, nodes, index);
  g_string_append_c (text, '\n');
}

guint32
solco_manifest_append_lines (GString *text, SolcoDigests *digests, const guint8 *is_listed,
                             guint32 index, gsize wanted_bytes)
{
  guint32 n_nodes;
  const SolcoTreeNode *nodes
      = solco_tree_get_nodes (solco_digests_get_tree (digests), &n_nodes);

  for (; index < n_nodes && text->len < wanted_bytes; index++)
    if (is_listed[index])
      append_line (text, digests, nodes, index);
  return index;
}

/* Values of hexadecimal digits, plus one: 0 is no digit. */
static const guint8 digit_values[256] = {
  ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
  ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
  ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

static gboolean
parse_hex (const char *text, guint8 *digest)
{
  for (guint i = 0; i < SOLCO_SHA256_BYTES; i++)
    {
      guint high = digit_values[(guint8) text[2 * i]];
      guint low = digit_values[(guint8) text[2 * i + 1]];

      if (high == 0 || low == 0)
        return FALSE;
      digest[i] = (guint8) ((high - 1) << 4 | (low - 1));
    }
  return TRUE;
}

/* In place; returns FALSE for an escape that sha256sum does not write. */
static gboolean
unescape (char *path)
{
  char *to = path;

  for (const char *from = path; *from != '\0'; from++)
    {
      if (*from != '\\')
        {
          *to++ = *from;
          continue;
        }
      switch (*++from)
        {
        case '\\':
          *to++ = '\\';
          break;
        case 'n':
          *to++ = '\n';
          break;
        case 'r':
          *to++ = '\r';
          break;
        default:
          return FALSE;
        }
    }
  *to = '\0';
  return TRUE;
}

/* The lines of our own manifests stand in the order of the tree, so that the node is mostly the next
 * file behind the last one. */
static guint32
find_file (SolcoTree *tree, guint32 last, const char *path)
{
  guint32 n_nodes;
  const SolcoTreeNode *nodes = solco_tree_get_nodes (tree, &n_nodes);
  guint32 next = last + 1;

  while (next < n_nodes && nodes[next].kind != SOLCO_NODE_FILE)
    next++;
  if (next < n_nodes && solco_tree_path_equals (tree, next, path))
    return next;
  return solco_tree_lookup (tree, path);
}

/* @last: index of the file of the line before, 0 at first. */
static gboolean
parse_line (const char *line, gsize length, SolcoDigests *digests, guint32 *last)
{
  SolcoTree *tree = solco_digests_get_tree (digests);
  gboolean is_escaped = length > 0 && line[0] == '\\';
  guint8 digest[SOLCO_SHA256_BYTES];
  guint32 index;

  if (is_escaped)
    {
      line++;
      length--;
    }
  if (length < HEX_LENGTH + 3 || !parse_hex (line, digest) || line[HEX_LENGTH] != ' '
      || (line[HEX_LENGTH + 1] != ' ' && line[HEX_LENGTH + 1] != '*')
      || memchr (line, '\0', length) != NULL)
    return FALSE;

  g_autofree char *path = g_strndup (line + HEX_LENGTH + 2, length - HEX_LENGTH - 2);
  if (is_escaped && !unescape (path))
    return FALSE;
  index = find_file (tree, *last, path);
  if (index != SOLCO_TREE_NONE
      && solco_tree_get_nodes (tree, NULL)[index].kind == SOLCO_NODE_FILE)
    {
      solco_digests_set (digests, index, digest);
      *last = index;
    }
  return TRUE;
}

gboolean
solco_manifest_parse (const char *text, gsize length, SolcoDigests *digests)
{
  const char *end = text + length;
  guint32 last = 0;

  while (text < end)
    {
      const char *line_end = memchr (text, '\n', end - text);

      if (line_end == NULL || !parse_line (text, line_end - text, digests, &last))
        return FALSE;
      text = line_end + 1;
    }
  return TRUE;
}

char *
solco_manifest_choose_name (SolcoTree *tree, guint32 own_index)
{
  for (guint i = 1;; i++)
    {
      char *name = i == 1 ? g_strdup (SOLCO_MANIFEST_NAME)
                          : g_strdup_printf ("%s.%u", SOLCO_MANIFEST_NAME, i);
      guint32 index = solco_tree_lookup_child (tree, 0, name);

      if (index == SOLCO_TREE_NONE || index == own_index)
        return name;
      g_free (name);
    }
}

/* Written last in its session, for reading only: what is not Solco's is never taken for it, since
 * the next session replaces it. */
static gboolean
looks_like_manifest (const SolcoTreeNode *nodes, guint32 n_nodes, guint32 index)
{
  const SolcoTreeNode *node = &nodes[index];

  if (node->kind != SOLCO_NODE_FILE || !g_str_has_prefix (node->name, SOLCO_MANIFEST_NAME)
      || (node->mode & 0777) != MANIFEST_MODE || node->size_bytes > MAXIMUM_MANIFEST_BYTES
      || node->start_block == 0)
    return FALSE;
  for (guint32 i = 1; i < n_nodes; i++)
    if (nodes[i].session == node->session && nodes[i].start_block > node->start_block)
      return FALSE;
  return TRUE;
}

/* The text of a file; the caller knows that it is small enough for memory. */
static GString *
read_file (SolcoIsoImport *import, SolcoDrive *drive, guint32 index, GError **error)
{
  g_autoptr (GArray) extents = solco_iso_import_dup_extents (import, index, error);
  g_autofree guint8 *buffer = g_malloc (READ_BLOCKS * SOLCO_BLOCK_BYTES);
  GString *text;

  if (extents == NULL)
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; i < extents->len; i++)
    {
      SolcoExtent *extent = &g_array_index (extents, SolcoExtent, i);

      while (extent->size_bytes > 0)
        {
          gsize bytes = MIN (extent->size_bytes, READ_BLOCKS * SOLCO_BLOCK_BYTES);
          guint n_blocks = (guint) ((bytes + SOLCO_BLOCK_BYTES - 1) / SOLCO_BLOCK_BYTES);

          if (!solco_drive_read (drive, extent->block, n_blocks, buffer, error))
            {
              g_string_free (text, TRUE);
              return NULL;
            }
          g_string_append_len (text, (char *) buffer, bytes);
          extent->block += n_blocks;
          extent->size_bytes -= bytes;
        }
    }
  return text;
}

gboolean
solco_manifest_find (SolcoIsoImport *import, SolcoDrive *drive, gint64 session_start_block,
                     guint32 *index, SolcoDigests **digests, GError **error)
{
  const SolcoTreeNode *nodes = solco_tree_get_nodes (import->tree, NULL);

  *index = SOLCO_TREE_NONE;
  *digests = NULL;
  for (guint32 i = 0; i < nodes[0].n_children; i++)
    {
      guint32 child = nodes[0].first_child + i;

      if (!looks_like_manifest (nodes, import->n_nodes, child))
        continue;

      GString *text = read_file (import, drive, child, error);
      if (text == NULL)
        return FALSE;

      g_autoptr (SolcoDigests) found = solco_digests_new (import->tree);
      gboolean is_manifest = solco_manifest_parse (text->str, text->len, found);

      g_string_free (text, TRUE);
      if (is_manifest)
        {
          *index = child;
          if (nodes[child].start_block >= session_start_block)
            *digests = g_steal_pointer (&found);
          return TRUE;
        }
    }
  return TRUE;
}
