/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-short-names-private.h"

#include <string.h>

/* ECMA-119 7.5.1 and 7.6.3, interchange level 2: name and extension of a file have 30 characters
 * together, the name of a folder 31. */
#define MAX_FILE_CHARACTERS 30
#define MAX_FOLDER_CHARACTERS 31
/* What remains of an extension that is longer, as in libisofs. */
#define MIN_EXTENSION_CHARACTERS 3

/* So many libisofs compares with each other in less than a millisecond. */
#define MAX_ALIKE 256

/* Names that are one and the same when they are cut to what ISO 9660 takes. */
typedef struct
{
  char *stem;
  char *extension; /* NULL: folders, and files that have none */
  guint max_stem_characters;
  GPtrArray *names; /* not owned */
} Group;

struct _SolcoShortNames
{
  SolcoTree *tree; /* which the names belong to */
  GHashTable *short_names; /* name → short name */
};

static void
group_free (Group *group)
{
  g_free (group->stem);
  g_free (group->extension);
  g_ptr_array_unref (group->names);
  g_free (group);
}

/* The characters that ISO 9660 has (d-characters), one for each of the name. */
static char *
to_d_characters (const char *name)
{
  GString *text = g_string_sized_new (strlen (name));

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      const char c = g_ascii_toupper (*p);

      g_string_append_c (text, g_ascii_isalnum (c) || c == '.' ? c : '_');
    }
  return g_string_free (text, FALSE);
}

/* Cuts a name as libisofs does; NULL where it is short enough. */
static Group *
cut_name (const SolcoTreeNode *node)
{
  const gboolean is_folder = node->kind == SOLCO_NODE_DIRECTORY;
  g_autofree char *text = NULL;
  char *dot;
  gsize n_extension = 0;
  gsize n_stem;
  Group *group;

  if (strlen (node->name) <= MAX_FOLDER_CHARACTERS || !g_utf8_validate (node->name, -1, NULL))
    return NULL;
  text = to_d_characters (node->name);
  n_stem = strlen (text);
  if (n_stem <= MAX_FOLDER_CHARACTERS)
    return NULL;
  dot = is_folder ? NULL : strrchr (text, '.');
  if (dot != NULL && dot[1] != '\0')
    {
      n_extension = strlen (dot + 1);
      n_stem = (gsize) (dot - text);
      if (n_extension > MIN_EXTENSION_CHARACTERS)
        n_extension = n_stem < MAX_FILE_CHARACTERS - MIN_EXTENSION_CHARACTERS
                        ? MAX_FILE_CHARACTERS - n_stem
                        : MIN_EXTENSION_CHARACTERS;
    }

  group = g_new0 (Group, 1);
  group->max_stem_characters
    = is_folder ? MAX_FOLDER_CHARACTERS : MAX_FILE_CHARACTERS - (guint) n_extension;
  if (n_extension > 0)
    group->extension = g_strndup (dot + 1, n_extension);
  group->stem = g_strndup (text, MIN (n_stem, group->max_stem_characters));
  g_strdelimit (group->stem, ".", '_');
  group->names = g_ptr_array_new ();
  return group;
}

static char *
make_key (const Group *group)
{
  return g_strconcat (group->stem, group->extension != NULL ? "." : NULL, group->extension, NULL);
}

/* The names of one folder, by what they are when they are cut. */
static GHashTable *
group_names (const SolcoTreeNode *nodes, const SolcoTreeNode *folder)
{
  GHashTable *groups
    = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) group_free);

  for (guint32 i = folder->first_child; i < folder->first_child + folder->n_children; i++)
    {
      Group *group = cut_name (&nodes[i]);
      g_autofree char *key = group != NULL ? make_key (group) : NULL;
      Group *known;

      if (group == NULL)
        continue;
      known = g_hash_table_lookup (groups, key);
      if (known != NULL)
        group_free (group);
      else
        {
          known = group;
          g_hash_table_insert (groups, g_steal_pointer (&key), group);
        }
      g_ptr_array_add (known->names, (gpointer) nodes[i].name);
    }
  return groups;
}

/* Adds the large groups of a folder to those of all folders: a name has one short name, wherever it
 * stands. Returns: whether there are any. */
static gboolean
add_large_groups (GHashTable *all, GHashTable *groups)
{
  gboolean has_any = FALSE;
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      Group *group = value;
      Group *known;

      if (group->names->len <= MAX_ALIKE)
        continue;
      has_any = TRUE;
      known = g_hash_table_lookup (all, key);
      g_hash_table_iter_steal (&iter);
      if (known != NULL)
        {
          g_ptr_array_extend (known->names, group->names, NULL, NULL);
          group_free (group);
          g_free (key);
        }
      else
        g_hash_table_insert (all, key, group);
    }
  return has_any;
}

/* Names that are short enough keep what they are, so no other may become that. */
static void
add_taken (GHashTable *taken, const SolcoTreeNode *nodes, const SolcoTreeNode *folder)
{
  for (guint32 i = folder->first_child; i < folder->first_child + folder->n_children; i++)
    if (strlen (nodes[i].name) <= MAX_FOLDER_CHARACTERS
        && g_utf8_validate (nodes[i].name, -1, NULL))
      g_hash_table_add (taken, to_d_characters (nodes[i].name));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Numbers the names of a group in their order, with as many digits as all of them need. */
static void
number_names (SolcoShortNames *self, Group *group, GHashTable *taken)
{
  int n_digits = 1;
  guint number = 0;
  int n_stem;

  for (guint n = group->names->len - 1; n >= 10; n /= 10)
    n_digits++;
  n_stem = MIN ((int) strlen (group->stem), (int) group->max_stem_characters - n_digits);
  g_ptr_array_sort (group->names, compare_names);
  for (guint i = 0; i < group->names->len; i++)
    {
      char *name = g_ptr_array_index (group->names, i);
      g_autofree char *short_name = NULL;

      if (g_hash_table_contains (self->short_names, name))
        continue;
      do
        {
          g_free (short_name);
          short_name = g_strdup_printf ("%.*s%0*u%s%s", n_stem, group->stem, n_digits, number++,
                                        group->extension != NULL ? "." : "",
                                        group->extension != NULL ? group->extension : "");
        }
      while (g_hash_table_contains (taken, short_name));
      g_hash_table_insert (self->short_names, name, g_steal_pointer (&short_name));
    }
}

SolcoShortNames *
solco_short_names_new (SolcoTree *tree)
{
  guint32 n_nodes;
  const SolcoTreeNode *nodes = solco_tree_get_nodes (tree, &n_nodes);
  g_autoptr (GHashTable) all
    = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) group_free);
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  SolcoShortNames *self;
  GHashTableIter iter;
  gpointer group;

  for (guint32 i = 0; i < n_nodes; i++)
    {
      g_autoptr (GHashTable) groups = NULL;

      if (nodes[i].kind != SOLCO_NODE_DIRECTORY || nodes[i].n_children <= MAX_ALIKE)
        continue;
      groups = group_names (nodes, &nodes[i]);
      if (add_large_groups (all, groups))
        add_taken (taken, nodes, &nodes[i]);
    }
  if (g_hash_table_size (all) == 0)
    return NULL;

  self = g_new0 (SolcoShortNames, 1);
  self->tree = solco_tree_ref (tree);
  self->short_names = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_hash_table_iter_init (&iter, all);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    number_names (self, group, taken);
  return self;
}

void
solco_short_names_free (SolcoShortNames *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->short_names);
  solco_tree_unref (self->tree);
  g_free (self);
}

const char *
solco_short_names_find (const char *name, gpointer self)
{
  return g_hash_table_lookup (((SolcoShortNames *) self)->short_names, name);
}
