/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-node-private.h"
#include "solco-project.h"

G_BEGIN_DECLS

typedef struct _SolcoStep SolcoStep;

/* An edit of an item of the disc, by path: what a project file holds, and what is carried over to
 * another disc. */
typedef struct
{
  char *from;
  char *to; /* NULL: removed */
} SolcoDiscEdit;

void solco_disc_edit_free (SolcoDiscEdit *self);

/* The disc that the tree stands on; immutable. */
typedef struct
{
  gatomicrefcount ref_count;
  SolcoTree *tree;             /* NULL: none, or a project that waits for its disc */
  SolcoDiscIdentity *identity; /* NULL: none is expected */
  char *label;
  GPtrArray *waiting; /* of SolcoDiscEdit: for the disc that a loaded project waits for; or NULL */
  /* The root's own attributes go with the disc. */
  const SolcoAttributes *root_attributes;
  gint64 root_mtime_s;
} SolcoDiscState;

SolcoDiscState *solco_disc_state_new (void);
SolcoDiscState *solco_disc_state_ref (SolcoDiscState *self);
void solco_disc_state_unref (SolcoDiscState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SolcoDiscState, solco_disc_state_unref)

struct _SolcoProject
{
  GObject parent_instance;

  SolcoNodeStore *store;
  SolcoExtents *extents;
  SolcoNode *root;
  SolcoDiscState *disc;
  char *label; /* NULL: by itself */
  char *shown_label;   /* as it was announced last */
  char *default_label; /* what get_label() returned last without one */
  SolcoProjectOptions options;
  gboolean estimated_file_md5; /* what the estimates of the folders were made for */

  /* History. */
  GPtrArray *undo;
  GPtrArray *redo;
  SolcoStep *step; /* of the edit that runs */
  guint edit_depth;
  guint64 last_serial;
  guint64 last_state;
  guint64 base_state; /* state with an empty undo stack */
  guint64 saved_state;
  gboolean options_changed;
  gboolean saved_with_changes;

  /* Faces. */
  GHashTable *rows;    /* SolcoNode → SolcoRow, not owned */
  GHashTable *touched; /* of SolcoRow, owned: to be notified when the edit ends */
  gboolean is_reset;
  gboolean is_changed;
  guint64 shown_n_changes;
  gboolean shown_dirty;
  gboolean shown_can_undo;
  gboolean shown_can_redo;
  gboolean shown_multi_session;
  /* For who looks through the tree in slices: edits of it, and nodes that were freed. */
  guint64 generation;
  guint64 n_discards;

  /* Of SolcoAddition, not owned: those that run or wait ([0] runs), and all that exist. */
  GPtrArray *additions;
  GPtrArray *holders;
};

/* An edit: everything between belongs to one step. May be nested: the outermost counts. @owner:
 * (nullable): who may go on with the same step later. */
void solco_project_begin_edit (SolcoProject *self, SolcoEditKind kind, gpointer owner);
void solco_project_end_edit (SolcoProject *self);
/* So many more items are what the step is about; only between begin and end. */
void solco_project_note_items (SolcoProject *self, guint n_items);
/* Nobody goes on with the steps of @owner any more. */
void solco_project_forget_owner (SolcoProject *self, gpointer owner);

/* The elementary edits, each with its reverse; only between begin and end. Those with arrays take
 * nodes of one folder. */
void solco_project_link (SolcoProject *self, SolcoNode *folder, SolcoNode *const *nodes,
                         guint n_nodes, gboolean created);
/* Into a folder that the running step has made: leaves with it, so nothing is written down. */
void solco_project_link_unrecorded (SolcoProject *self, SolcoNode *folder,
                                    SolcoNode *const *nodes, guint n_nodes);
void solco_project_unlink (SolcoProject *self, SolcoNode *const *nodes, guint n_nodes);
void solco_project_set_removed (SolcoProject *self, SolcoNode *const *nodes, guint n_nodes,
                                gboolean removed);
void solco_project_set_name (SolcoProject *self, SolcoNode *node, const char *name);
/* @node is in no folder at the moment. */
void solco_project_set_replaced (SolcoProject *self, SolcoNode *node, SolcoNode *replaced);
SolcoHome *solco_project_link_home (SolcoProject *self, SolcoNode *folder, const char *directory,
                                    SolcoScanOptions *options);
void solco_project_set_disc (SolcoProject *self, SolcoDiscState *state);
void solco_project_put_label (SolcoProject *self, const char *label);

/* Notifies what is different since the last time, and emits "changed" and "reset". */
void solco_project_announce (SolcoProject *self);
/* Identifies what is in the tree: the same after undo and redo. */
guint64 solco_project_get_state (SolcoProject *self);
/* Stops all additions; what has arrived stays. */
void solco_project_cancel_additions (SolcoProject *self);
guint64 solco_project_get_step_serial (SolcoProject *self);
gboolean solco_project_is_attached (SolcoProject *self, const SolcoNode *node);
/* Frees nodes that are in no tree and in no history, with all below. */
void solco_project_discard (SolcoProject *self, SolcoNode *node);
/* Forgets undo and redo, and frees what only they held. */
void solco_project_forget_history (SolcoProject *self);
void solco_project_touch (SolcoProject *self, const SolcoNode *node);
/* The row of a node if somebody holds it. */
gpointer solco_project_peek_row (SolcoProject *self, const SolcoNode *node);

/* Edits with policy, used by additions, moves and imports; between begin and end. */

/* Lays @node, which is in no folder, into @folder. A removed item of that name is covered; folders
 * that meet are merged. FALSE: it was kept out (policy KEEP), and is still in no folder. ASK is
 * not allowed. */
gboolean solco_project_place (SolcoProject *self, SolcoNode *folder, SolcoNode *node,
                              gboolean created, SolcoConflictPolicy policy,
                              GPtrArray *problems);
/* Whether @node can not be laid beside @existing: both live, and not both folders. */
gboolean solco_node_conflicts (const SolcoNode *node, const SolcoNode *existing);
/* Takes items out of their folders, without marking anything as removed; what they covered comes
 * back. */
void solco_project_take_out (SolcoProject *self, SolcoNode *const *nodes, guint n_nodes);
/* A folder that is removed (or below one that is) becomes live; all other items in it, and in
 * those above, are removed, but not those with SOLCO_NODE_KEPT. */
void solco_project_revive (SolcoProject *self, SolcoNode *folder);
/* Removes nodes of one folder, none of which is removed already. */
void solco_project_remove_run (SolcoProject *self, SolcoNode *folder, SolcoNode *const *nodes,
                               guint n_nodes);
/* Those of @nodes that are below the root, each once, without those inside others of them; sorted
 * so that those of one folder stand together. */
GPtrArray *solco_project_get_outermost (SolcoProject *self, SolcoNode *const *nodes,
                                        gsize n_nodes);
/* A folder that is in no folder yet: mode 0755, present time. */
SolcoNode *solco_project_make_folder (SolcoProject *self, const char *name);
/* The folder at @path, live, made where it is missing. A file in the way is covered. */
SolcoNode *solco_project_require_folder (SolcoProject *self, const char *path);
const SolcoAttributes *solco_project_get_folder_attributes (SolcoProject *self);

/* Edits of items of the disc as they stand: (element-type SolcoDiscEdit). */
GPtrArray *solco_project_collect_disc_edits (SolcoProject *self);

/* Called by the model and the rows. */
void solco_project_forget_row (SolcoProject *self, const SolcoNode *node);
/* What is in @folder is not as it was computed. */
void solco_project_estimate_invalidate (SolcoNode *folder);

G_END_DECLS
