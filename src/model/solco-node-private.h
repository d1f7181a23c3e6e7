/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-node.h"
#include "solco-scanner.h"

G_BEGIN_DECLS

/* A folder with fewer children is searched one by one; more get a table by name. */
#define SOLCO_FOLDER_TABLE_THRESHOLD 24

typedef enum
{
  /* An item of the disc that the next session will not show. */
  SOLCO_NODE_REMOVED = 1 << 0,
  /* The name of the source stands behind the NUL of the name. */
  SOLCO_NODE_HAS_SOURCE_NAME = 1 << 1,
  /* An item of the disc whose name or folder is not the one on the disc. */
  SOLCO_NODE_RENAMED = 1 << 2,
  /* Scratch for passes over a folder or the tree; always cleared behind. */
  SOLCO_NODE_MARKED = 1 << 3,
  /* Stays when the other items of its folder are removed; set while a restore runs. */
  SOLCO_NODE_KEPT = 1 << 5,
  /* Waits for the decision in a conflict; in no folder, and in no history. */
  SOLCO_NODE_ASIDE = 1 << 6,
  /* Given back to the store; scratch memory now. */
  SOLCO_NODE_FREE = 1 << 4,
} SolcoNodeFlags;

/* What thousands of files have in common is stored once. */
typedef struct
{
  guint64 device;
  guint32 mode;
  guint32 uid;
  guint32 gid;
} SolcoAttributes;

typedef struct _SolcoFolder SolcoFolder;

struct _SolcoNode
{
  SolcoNode *parent;
  const char *name;
  union
  {
    SolcoFolder *folder;
    const char *link_target;
  };
  /* The item of the disc whose place this one takes; it is in no folder meanwhile. */
  SolcoNode *replaced;
  const char *collation_key;
  const SolcoAttributes *attributes;
  /* Interned, so that pointers can be compared. */
  const char *source_directory;
  guint64 size_bytes;
  guint64 inode;
  gint64 mtime_s;
  guint32 disc_index;
  guint16 session;
  guint8 kind;
  guint8 flags;
};

/* Sums over what is below a folder. All members are counters, so that sums can be added and
 * subtracted as arrays. */
typedef struct
{
  SolcoTotals totals;
  guint64 n_disc_files;     /* live items of the disc */
  guint64 n_disc_folders;
  guint64 n_covered_files;  /* items of the disc in whose place others stand */
  guint64 n_covered_folders;
  guint64 n_renamed;
  guint64 n_symlinks;
} SolcoSums;

/* A local folder whose content was staged as a whole into a folder of the project. */
typedef struct _SolcoHome SolcoHome;
struct _SolcoHome
{
  SolcoHome *next;
  const char *directory; /* interned */
  SolcoScanOptions *options;
  /* Names in @directory that were found there and are not here any more: left out when the
   * project is loaded again. NULL for none. */
  GHashTable *holes;
};

/* What a folder with all below it costs in the file system, as solco-estimate.c computed it. */
typedef struct
{
  gint64 directory_blocks;
  gint64 iso_path_table_bytes;
  gint64 joliet_path_table_bytes;
  gint64 manifest_bytes; /* lines, with paths relative to the folder */
  gint64 n_files;        /* regular ones, each of which has such a line */
  guint joliet_path;     /* length of the folder's path that it was computed for */
  guint joliet_deepest;  /* what the longest path below adds to that */
  gboolean joliet_cut;   /* some paths were too long for Joliet */
  gboolean is_valid;
} SolcoFolderEstimate;

struct _SolcoFolder
{
  SolcoNode **children;
  guint n_children;
  guint n_allocated;
  GHashTable *by_name;
  SolcoSums sums;
  SolcoHome *homes;
  gpointer model; /* SolcoFolderModel, not owned */
  guint64 born;   /* serial of the step that made it */
  SolcoFolderEstimate estimate;
};

/* Memory of a project: nodes, strings and shared values. Nodes can be given back, strings go with
 * the store. */
typedef struct _SolcoNodeStore SolcoNodeStore;

SolcoNodeStore *solco_node_store_new (void);
void solco_node_store_free (SolcoNodeStore *self);
SolcoNode *solco_node_store_new_node (SolcoNodeStore *self, SolcoNodeKind kind);
/* Frees the one node with its folder's tables; not what is below. */
void solco_node_store_free_node (SolcoNodeStore *self, SolcoNode *node);
const char *solco_node_store_add_string (SolcoNodeStore *self, const char *string);
/* "name\0source_name": see SOLCO_NODE_HAS_SOURCE_NAME. */
const char *solco_node_store_add_names (SolcoNodeStore *self, const char *name,
                                        const char *source_name);
const char *solco_node_store_intern (SolcoNodeStore *self, const char *string);
const SolcoAttributes *solco_node_store_intern_attributes (SolcoNodeStore *self,
                                                           const SolcoAttributes *attributes);
/* Keeps the strings that stand in @chunk, which it takes over, as long as itself. */
void solco_node_store_take_strings (SolcoNodeStore *self, GStringChunk *chunk);
gsize solco_node_store_get_bytes (const SolcoNodeStore *self);
/* Calls @func for every node that exists. */
void solco_node_store_foreach (SolcoNodeStore *self, GFunc func, gpointer user_data);

/* Which contents are staged, and how often: the same local file is one extent on the disc, however
 * often it is staged. */
typedef struct _SolcoExtents SolcoExtents;

SolcoExtents *solco_extents_new (void);
void solco_extents_free (SolcoExtents *self);
void solco_extents_add (SolcoExtents *self, const SolcoNode *file);
void solco_extents_remove (SolcoExtents *self, const SolcoNode *file);
gint64 solco_extents_get_blocks (const SolcoExtents *self);
/* Files whose content is counted with another one. */
guint64 solco_extents_get_n_repeated (const SolcoExtents *self);

static inline gboolean
solco_node_is_on_disc (const SolcoNode *self)
{
  return self->disc_index != SOLCO_TREE_NONE;
}

static inline const char *
solco_node_get_source_name (const SolcoNode *self)
{
  if (self->flags & SOLCO_NODE_HAS_SOURCE_NAME)
    {
      const char *end = self->name;

      while (*end != '\0')
        end++;
      return end + 1;
    }
  return self->name;
}

/* Below the root of the project, and neither it nor a folder above it is removed. */
gboolean solco_node_is_live (const SolcoNode *self, const SolcoNode *root);
/* What the node adds to the sums of its folder, itself included. */
void solco_node_get_contribution (const SolcoNode *self, SolcoSums *sums);
/* What a change of the sums of a folder that is removed means for the folder above it. */
void solco_sums_make_removed (SolcoSums *sums);
void solco_sums_add (SolcoSums *to, const SolcoSums *sums);
void solco_sums_subtract (SolcoSums *from, const SolcoSums *sums);

/* Arrays and tables alone; sums, models and journal are the project's work. */
void solco_folder_append (SolcoNode *folder, SolcoNode *const *nodes, guint n_nodes);
/* Removes the children [position, position + n). */
void solco_folder_splice_out (SolcoNode *folder, guint position, guint n_children);
void solco_folder_forget_name (SolcoNode *folder, SolcoNode *child);
void solco_folder_learn_name (SolcoNode *folder, SolcoNode *child);
SolcoHome *solco_folder_find_home (const SolcoNode *folder, const char *directory);
SolcoHome *solco_folder_add_home (SolcoNode *folder, const char *directory,
                                  SolcoScanOptions *options);
void solco_folder_remove_home (SolcoNode *folder, SolcoHome *home);
/* What arrives in a folder is no hole any more. */
void solco_folder_close_hole (SolcoNode *folder, const SolcoNode *node);
/* Nodes that have left a folder, or were never let in: what nothing else in it comes from is left
 * out when the project is loaded. Undone by itself, with the nodes. */
void solco_folder_open_holes (SolcoNode *folder, SolcoNode *const *nodes, guint n_nodes);
void solco_folder_copy_holes (SolcoNode *folder, SolcoHome *home, const SolcoHome *from);

G_END_DECLS
