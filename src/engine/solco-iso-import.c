/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-iso-import-private.h"

#include <string.h>
#include <sys/stat.h>

#include "solco-error.h"
#include "solco-iso-source-private.h"
#include "solco-kept-stream-private.h"
#include "solco-libraries-private.h"

/* Where a disc has no Rock Ridge: what everybody may do with a read-only medium. */
#define DEFAULT_FILE_MODE 0444
#define DEFAULT_DIRECTORY_MODE 0555

/* One child of a folder while its folder is being listed. */
typedef struct
{
  IsoNode *node;
  const char *name;  /* valid UTF-8 */
  char *made_name;   /* where the node's own is not fit; NULL otherwise */
} Child;

static void
child_clear (gpointer data)
{
  Child *child = data;

  g_free (child->made_name);
}

static int
compare_children (gconstpointer a, gconstpointer b)
{
  return strcmp (((const Child *) a)->name, ((const Child *) b)->name);
}

void
solco_iso_import_free (SolcoIsoImport *self)
{
  if (self == NULL)
    return;
  for (guint32 i = 0; i < self->n_nodes; i++)
    iso_node_unref (self->nodes[i]);
  g_free (self->nodes);
  g_clear_pointer (&self->tree, solco_tree_unref);
  if (self->image != NULL)
    iso_image_unref (self->image);
  g_free (self);
}

/* Names are valid UTF-8 and different from each other in a SolcoTree. A foreign disc may break
 * either; then the name that is shown differs from the one that stays on the disc. */
static void
make_names_unique (GArray *children)
{
  gboolean is_sorted = TRUE;

  for (guint i = 1; i < children->len && is_sorted; i++)
    is_sorted = compare_children (&g_array_index (children, Child, i - 1),
                                  &g_array_index (children, Child, i))
                < 0;
  while (!is_sorted)
    {
      g_array_sort (children, compare_children);
      is_sorted = TRUE;
      for (guint i = 1; i < children->len; i++)
        {
          Child *child = &g_array_index (children, Child, i);

          if (compare_children (&g_array_index (children, Child, i - 1), child) == 0)
            {
              char *name = g_strdup_printf ("%s~%u", child->name, i);

              g_free (child->made_name);
              child->made_name = name;
              child->name = name;
              is_sorted = FALSE;
            }
        }
    }
}

static GArray *
list_children (IsoDir *dir)
{
  GArray *children = g_array_sized_new (FALSE, FALSE, sizeof (Child),
                                        (guint) MAX (0, iso_dir_get_children_count (dir)));
  IsoDirIter *iter = NULL;
  IsoNode *node = NULL;

  g_array_set_clear_func (children, child_clear);
  if (iso_dir_get_children (dir, &iter) < 0)
    return children;
  while (iso_dir_iter_next (iter, &node) == 1)
    {
      const char *name = iso_node_get_name (node);
      Child child = { .node = node, .name = name };

      if (!g_utf8_validate (name, -1, NULL))
        {
          child.made_name = g_utf8_make_valid (name, -1);
          child.name = child.made_name;
        }

      g_array_append_val (children, child);
    }
  iso_dir_iter_free (iter);
  make_names_unique (children);
  return children;
}

/* Where the data of a file begin. Files of more than 4 GiB have several extents; where those do not
 * stand one behind the other, which no program is known to do, it has no place that could be told. */
static gboolean
get_start_block (IsoFile *file, uint32_t *block)
{
  struct iso_file_section *sections = NULL;
  int n_sections = 0;
  gboolean is_whole = TRUE;

  if (iso_file_get_old_image_lba (file, block, 0) == 1)
    return TRUE;
  if (iso_file_get_old_image_sections (file, &n_sections, &sections, 0) != 1 || n_sections < 1)
    return FALSE;
  for (int i = 1; i < n_sections; i++)
    is_whole = is_whole && sections[i - 1].size % SOLCO_BLOCK_BYTES == 0
               && sections[i].block
                      == sections[i - 1].block + sections[i - 1].size / SOLCO_BLOCK_BYTES;
  *block = sections[0].block;
  free (sections);
  return is_whole;
}

static SolcoTreeNode
describe_node (IsoNode *node, const char *name, const SolcoMedium *medium)
{
  SolcoTreeNode row = {
    .name = name,
    .mtime_s = iso_node_get_mtime (node),
    .mode = iso_node_get_permissions (node) & 07777,
    .uid = iso_node_get_uid (node),
    .gid = iso_node_get_gid (node),
  };
  uint32_t block = 0;

  switch (iso_node_get_type (node))
    {
    case LIBISO_DIR:
      row.kind = SOLCO_NODE_DIRECTORY;
      break;
    case LIBISO_FILE:
      row.kind = SOLCO_NODE_FILE;
      row.size_bytes = (guint64) iso_file_get_size ((IsoFile *) node);
      if (row.size_bytes > 0 && get_start_block ((IsoFile *) node, &block))
        {
          row.start_block = block;
          row.session = solco_medium_find_session (medium, block);
        }
      break;
    case LIBISO_SYMLINK:
      row.kind = SOLCO_NODE_SYMLINK;
      row.link_target = iso_symlink_get_dest ((IsoSymlink *) node);
      row.size_bytes = strlen (row.link_target);
      break;
    case LIBISO_SPECIAL:
    case LIBISO_BOOT:
    default:
      row.kind = SOLCO_NODE_SPECIAL;
    }
  return row;
}

/* Whether the plan's references into the tree that was read before hold for a node. */
static gboolean
is_same_row (const SolcoTreeNode *row, guint32 parent, const SolcoTreeNode *expected)
{
  return strcmp (row->name, expected->name) == 0 && parent == expected->parent
         && row->size_bytes == expected->size_bytes && row->start_block == expected->start_block;
}

/* The nodes that libisofs read, folder after folder. @builder gets a row of each; without it they
 * are compared with those of @expected: FALSE where they differ. */
static gboolean
list_nodes (SolcoIsoImport *self, const SolcoMedium *medium, SolcoTask *task,
            SolcoKeptStreams *kept, SolcoTreeBuilder *builder, SolcoTree *expected)
{
  guint32 n_expected = 0;
  const SolcoTreeNode *expected_rows
      = expected != NULL ? solco_tree_get_nodes (expected, &n_expected) : NULL;
  IsoNode *root = (IsoNode *) iso_image_get_root (self->image);
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  gboolean is_same = TRUE;

  iso_node_ref (root);
  g_ptr_array_add (nodes, root);
  for (guint32 i = 0; i < nodes->len && is_same; i++)
    {
      IsoNode *node = g_ptr_array_index (nodes, i);

      if (iso_node_get_type (node) != LIBISO_DIR)
        continue;
      if (solco_task_is_cancelled (task))
        break;

      g_autoptr (GArray) children = list_children ((IsoDir *) node);
      for (guint c = 0; c < children->len && is_same; c++)
        {
          Child *child = &g_array_index (children, Child, c);
          SolcoTreeNode row = describe_node (child->node, child->name, medium);

          row.disc_index = nodes->len;
          if (builder != NULL)
            solco_tree_builder_add (builder, i, &row);
          else
            is_same = row.disc_index < n_expected
                      && is_same_row (&row, i, &expected_rows[row.disc_index]);
          if (row.kind == SOLCO_NODE_FILE)
            (void) solco_kept_streams_take (kept, (IsoFile *) child->node);
          iso_node_ref (child->node);
          g_ptr_array_add (nodes, child->node);
        }
    }

  self->n_nodes = nodes->len;
  self->nodes = (IsoNode **) g_ptr_array_free (g_steal_pointer (&nodes), FALSE);
  return is_same && (builder != NULL || self->n_nodes == n_expected);
}

static gboolean
build_tree (SolcoIsoImport *self, const SolcoMedium *medium, SolcoTask *task,
            SolcoKeptStreams *kept, GError **error)
{
  SolcoTreeNode root_row
      = describe_node ((IsoNode *) iso_image_get_root (self->image), "", medium);
  g_autoptr (SolcoTreeBuilder) builder = NULL;

  root_row.disc_index = 0;
  builder = solco_tree_builder_new (&root_row);
  (void) list_nodes (self, medium, task, kept, builder, NULL);
  if (!solco_task_check_cancelled (task, error))
    return FALSE;
  self->tree = solco_tree_builder_finish (g_steal_pointer (&builder));
  return TRUE;
}

/* The tree that is known already is enough, if it is the one. */
static gboolean
take_tree (SolcoIsoImport *self, const SolcoMedium *medium, SolcoTask *task,
           SolcoKeptStreams *kept, SolcoTree *expected, GError **error)
{
  gboolean is_same = list_nodes (self, medium, task, kept, NULL, expected);

  if (!solco_task_check_cancelled (task, error))
    return FALSE;
  if (!is_same)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_WRONG_DISC,
                   "The disc's tree is not the one that the session was planned for");
      return FALSE;
    }
  self->tree = solco_tree_ref (expected);
  return TRUE;
}

static IsoReadOpts *
make_read_options (gint64 start_block, SolcoImportMode mode)
{
  /* libisofs: 1 does not load them, 2 loads and does not check, 0 loads and checks. */
  static const int no_md5[] = {
    [SOLCO_IMPORT_PLAIN] = 1,
    [SOLCO_IMPORT_LOAD_MD5] = 2,
    [SOLCO_IMPORT_CHECK_MD5] = 0,
  };
  IsoReadOpts *options = NULL;

  if (iso_read_opts_new (&options, 0) < 0)
    return NULL;
  if (iso_read_opts_set_start_block (options, (uint32_t) start_block) < 0
      || iso_read_opts_set_no_aaip (options, 0) < 0
      || iso_read_opts_set_no_md5 (options, no_md5[mode]) < 0
      || iso_read_opts_set_default_permissions (options, DEFAULT_FILE_MODE,
                                                DEFAULT_DIRECTORY_MODE)
             < 0
      || iso_read_opts_set_input_charset (options, "UTF-8") < 0
      || iso_read_opts_load_system_area (options, 1) < 0)
    {
      iso_read_opts_free (options);
      return NULL;
    }
  return options;
}

SolcoIsoImport *
solco_iso_import_new (SolcoDrive *drive, const SolcoMedium *medium, guint session,
                      SolcoImportMode mode, SolcoTree *expected, GError **error)
{
  g_autoptr (SolcoIsoImport) self = g_new0 (SolcoIsoImport, 1);
  SolcoTask *task = solco_drive_get_task (drive);

  if (session < 1 || session > medium->sessions->len)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_FOUND,
                   "There is no session %u; the disc has %u", session, medium->sessions->len);
      return NULL;
    }

  const SolcoSession *wanted = &g_array_index (medium->sessions, SolcoSession, session - 1);
  IsoReadOpts *options = make_read_options (wanted->start_block, mode);
  static char no_name[] = "";

  if (options == NULL || iso_image_new (no_name, &self->image) < 0)
    {
      if (options != NULL)
        iso_read_opts_free (options);
      solco_drive_set_error (drive, error, SOLCO_ERROR_INTERNAL, "No image can be made");
      return NULL;
    }

  g_autoptr (SolcoKeptStreams) kept = solco_kept_streams_new (self->image);
  IsoDataSource *source = solco_iso_source_new (drive, medium);
  int ret = iso_image_import (self->image, source, options, NULL);
  GError *read_error = solco_iso_source_take_error (source);

  solco_kept_streams_end_import (kept);
  solco_iso_source_forget_blocks (source);
  iso_read_opts_free (options);
  iso_data_source_unref (source);
  if (ret < 0)
    {
      if (read_error != NULL)
        g_propagate_error (error, read_error);
      else
        solco_drive_set_error (drive, error, SOLCO_ERROR_DISC_UNREADABLE,
                               iso_error_to_msg (ret));
      return NULL;
    }
  g_clear_error (&read_error);
  if (expected != NULL ? !take_tree (self, medium, task, kept, expected, error)
                       : !build_tree (self, medium, task, kept, error))
    return NULL;
  return g_steal_pointer (&self);
}

GArray *
solco_iso_import_dup_extents (SolcoIsoImport *self, guint32 index, GError **error)
{
  g_autoptr (GArray) extents = g_array_new (FALSE, FALSE, sizeof (SolcoExtent));
  IsoNode *node = self->nodes[index];
  struct iso_file_section *sections = NULL;
  int n_sections = 0;

  if (iso_node_get_type (node) != LIBISO_FILE || iso_file_get_size ((IsoFile *) node) == 0)
    return g_steal_pointer (&extents);

  int ret = iso_file_get_old_image_sections ((IsoFile *) node, &n_sections, &sections, 0);
  if (ret != 1)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_DISC_UNREADABLE,
                   "Where a file lies on the disc is not known: %s",
                   ret < 0 ? iso_error_to_msg (ret) : "it is not on the disc");
      return NULL;
    }
  for (int i = 0; i < n_sections; i++)
    {
      SolcoExtent extent = { .block = sections[i].block, .size_bytes = sections[i].size };

      g_array_append_val (extents, extent);
    }
  free (sections);
  return g_steal_pointer (&extents);
}

gboolean
solco_iso_import_get_md5 (SolcoIsoImport *self, guint32 index, guint8 md5[16])
{
  IsoNode *node = self->nodes[index];

  if (iso_node_get_type (node) != LIBISO_FILE)
    return FALSE;
  return iso_file_get_md5 (self->image, (IsoFile *) node, (char *) md5, 0) > 0;
}
