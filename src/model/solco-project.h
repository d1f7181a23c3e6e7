/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "solco-disc-identity.h"
#include "solco-node.h"
#include "solco-plan.h"
#include "solco-problem.h"

G_BEGIN_DECLS

/**
 * SolcoConflictPolicy: what happens to an item whose name is taken. A folder that meets a folder is
 * no conflict: they are merged.
 * @SOLCO_CONFLICT_ASK: it waits for a decision
 * @SOLCO_CONFLICT_REPLACE: it takes the place of the other one
 * @SOLCO_CONFLICT_KEEP: the other one stays, it is left out
 * @SOLCO_CONFLICT_RENAME: it gets a number: "name (2).ext"
 */
typedef enum
{
  SOLCO_CONFLICT_ASK,
  SOLCO_CONFLICT_REPLACE,
  SOLCO_CONFLICT_KEEP,
  SOLCO_CONFLICT_RENAME
} SolcoConflictPolicy;

/**
 * SolcoEditKind: what an undoable step did, for the labels of Undo and Redo
 */
typedef enum
{
  SOLCO_EDIT_NONE,
  SOLCO_EDIT_ADD,
  SOLCO_EDIT_NEW_FOLDER,
  SOLCO_EDIT_RENAME,
  SOLCO_EDIT_MOVE,
  SOLCO_EDIT_REMOVE,
  SOLCO_EDIT_RESTORE,
  SOLCO_EDIT_CLEAR,
  SOLCO_EDIT_LABEL,
  SOLCO_EDIT_IMPORT_DISC,
  SOLCO_EDIT_REPLAN,
  SOLCO_N_EDIT_KINDS
} SolcoEditKind;

/**
 * SolcoProjectOptions: what is burned beside the tree, as in #SolcoPlan; saved with the project
 */
typedef struct
{
  gboolean close_disc;
  gboolean simulate;
  gboolean manifest;
  gboolean file_md5;
  SolcoVerifyMode verify;
  gboolean eject;
  guint speed_kb_per_s;
} SolcoProjectOptions;

/**
 * SolcoProject:
 *
 * What the user has staged: one tree with the items of the disc and the new ones, its undo
 * history, label and options. Main thread only. No function does I/O or blocks.
 *
 * Properties (all with "notify"): "n-changes" (guint64), "dirty" (gboolean), "can-undo",
 * "can-redo" (gboolean), "label" (string), "is-multi-session" (gboolean).
 *
 * Signals:
 * - "changed" (): tree, totals or options are others than before; once per edit and per batch.
 * - "reset" (): the root's content was exchanged as a whole (import, clear, load, undo of these):
 *   the models have emitted their items-changed already.
 */
#define SOLCO_TYPE_PROJECT (solco_project_get_type ())
G_DECLARE_FINAL_TYPE (SolcoProject, solco_project, SOLCO, PROJECT, GObject)

SolcoProject *solco_project_new (void);

/* The tree. */
SolcoNode *solco_project_get_root (SolcoProject *self);
/* NULL where nothing has that path; removed items are found too. */
SolcoNode *solco_project_lookup (SolcoProject *self, const char *path);
const SolcoTotals *solco_project_get_totals (SolcoProject *self);
/* New, replaced, removed, renamed and moved items: what the next session would change. 0: nothing
 * to burn, unless the label was edited. */
guint64 solco_project_get_n_changes (SolcoProject *self);
/* Items whose names exist in the folder only for Rock Ridge readers. */
guint64 solco_project_get_n_symlinks (SolcoProject *self);
/* The local source of a new item, g_free(); NULL for items of the disc and made folders. */
char *solco_project_dup_source_path (SolcoProject *self, const SolcoNode *node);
/* Where the disc has the item, or the one that it replaces: its path there, which may be another
 * one than here, g_free(); NULL where there is none. */
char *solco_project_dup_disc_path (SolcoProject *self, const SolcoNode *node);
/* For sorting by name, as g_utf8_collate_key_for_filename(); computed once per node. */
const char *solco_project_get_collation_key (SolcoProject *self, const SolcoNode *node);
/* Children of a folder as a list of SolcoRow, in no particular order (sort above it); the same
 * object as long as somebody holds it. */
GListModel *solco_project_get_children (SolcoProject *self, SolcoNode *folder);

/* Edits. Each is one undoable step. FALSE: nothing was changed, @error says why. */

/* Made with mode 0755 and the present time. Errors: BAD_NAME, NAME_EXISTS. NULL on error. */
SolcoNode *solco_project_new_folder (SolcoProject *self, SolcoNode *parent, const char *name,
                                     GError **error);
/* "New Folder", "New Folder (2)", …: @base with the first number that is free; g_free(). */
char *solco_project_get_free_name (SolcoProject *self, SolcoNode *parent, const char *base,
                                   gboolean is_folder);
/* The folder at @path, made with all above it where it is missing. Errors: BAD_NAME, NAME_EXISTS
 * (a file is in the way). */
SolcoNode *solco_project_ensure_folder (SolcoProject *self, const char *path, GError **error);
/* Errors: BAD_NAME, NAME_EXISTS, ILLEGAL_EDIT (root, removed item). */
gboolean solco_project_rename (SolcoProject *self, SolcoNode *node, const char *name,
                               GError **error);
/* @policy ASK: if any name is taken, nothing moves: NAME_EXISTS. A folder that meets a folder is
 * merged. Errors too: ILLEGAL_EDIT (root, removed items, a folder into itself). */
gboolean solco_project_move (SolcoProject *self, SolcoNode *const *nodes, gsize n_nodes,
                             SolcoNode *folder, SolcoConflictPolicy policy, GError **error);
/* Renames and moves at once: to an exact new path whose folder exists. */
gboolean solco_project_move_to (SolcoProject *self, SolcoNode *node, SolcoNode *folder,
                                const char *name, GError **error);
/* New items leave; items of the disc are marked as removed. A new item that replaced one of the
 * disc leaves that one marked as removed. The root and items that are removed already do not
 * count. FALSE if nothing was there to remove (no error is set then). */
gboolean solco_project_remove (SolcoProject *self, SolcoNode *const *nodes, gsize n_nodes);
/* Removed items come back (with the folders above them, whose other items stay removed); a
 * replaced item takes its place again. FALSE if there was nothing to restore. */
gboolean solco_project_restore (SolcoProject *self, SolcoNode *const *nodes, gsize n_nodes);
/* Empties the stage, the imported tree included: leaves multi-session mode. Undoable. */
void solco_project_clear_content (SolcoProject *self);
/* NULL or "": by itself: the disc's label in multi-session mode, today's date otherwise. */
void solco_project_set_label (SolcoProject *self, const char *label);
/* The label that will be burned; never empty. */
const char *solco_project_get_label (SolcoProject *self);
gboolean solco_project_is_label_edited (SolcoProject *self);

/* Several edits as one step, which is called @kind. May be nested; the outermost counts. */
void solco_project_begin_group (SolcoProject *self, SolcoEditKind kind);
void solco_project_end_group (SolcoProject *self);

/* Undo. A running SolcoAddition is cancelled by it. */
gboolean solco_project_undo (SolcoProject *self);
gboolean solco_project_redo (SolcoProject *self);
/* What would be undone or redone; SOLCO_EDIT_NONE for nothing. */
SolcoEditKind solco_project_get_undo_kind (SolcoProject *self);
SolcoEditKind solco_project_get_redo_kind (SolcoProject *self);
/* How many items that step is about; a folder with all in it is one. */
guint solco_project_get_undo_n_items (SolcoProject *self);
guint solco_project_get_redo_n_items (SolcoProject *self);
/* Whether there is anything that is not saved (see solco_project_file_save_async()). */
gboolean solco_project_is_dirty (SolcoProject *self);
void solco_project_mark_saved (SolcoProject *self);

/* Options: not undoable, but they make the project dirty. */
const SolcoProjectOptions *solco_project_get_options (SolcoProject *self);
void solco_project_set_options (SolcoProject *self, const SolcoProjectOptions *options);

/* The disc. */

/**
 * SolcoDiscImport: which tree and disc
 * @tree: as read from the disc
 * @identity: what the disc is known by
 * @label: (nullable): its volume label
 */
typedef struct
{
  SolcoTree *tree;
  const SolcoDiscIdentity *identity;
  const char *label;
} SolcoDiscImport;

/* A disc was selected or inserted: its tree becomes the ground on which the new items lie. A new
 * item that meets another one on the disc: @policy (ASK counts as REPLACE: nothing is lost by
 * it). Items of a disc that was imported before, and the edits on them, leave. If the project was
 * loaded from a file that expects this very disc, its edits are applied now, too. One undoable
 * step. Returns what could not be kept or applied: (element-type SolcoProblem), possibly empty;
 * g_ptr_array_unref(). */
GPtrArray *solco_project_import_disc (SolcoProject *self, const SolcoDiscImport *disc,
                                      SolcoConflictPolicy policy);
/* The disc of the stage was burned, or read again: what is on it now is on it, and whatever is
 * still to be done stays staged. It clears the undo history, since what was burned can not be
 * undone. Returns as above. */
GPtrArray *solco_project_update_disc (SolcoProject *self, const SolcoDiscImport *disc);
/* "Use this disc instead": all changes (new, replaced, removed, renamed, moved, by path) are
 * carried over to another disc. One undoable step. Returns what could not be applied, as
 * above. */
GPtrArray *solco_project_replan (SolcoProject *self, const SolcoDiscImport *disc);
/* The stage is for no disc in particular any more: what is of the disc leaves, with the edits on
 * it; new items stay. One undoable step. */
void solco_project_drop_disc (SolcoProject *self);
/* NULL where no disc is expected: single-session mode. */
const SolcoDiscIdentity *solco_project_get_disc (SolcoProject *self);
/* Tree of that disc; NULL without one, and while a loaded project waits for its disc. */
SolcoTree *solco_project_get_disc_tree (SolcoProject *self);
/* A loaded project waits for the disc of solco_project_get_disc() to be imported. */
gboolean solco_project_is_waiting_for_disc (SolcoProject *self);
/* New items are being added at the moment (see SolcoAddition). */
gboolean solco_project_is_adding (SolcoProject *self);

/* Sizes, names, and the plan. */

/* Blocks of the next session's image; at most 0.5 % + 64 blocks above the exact size, never below
 * it. Only folders that changed since the last call are computed. 0 with nothing staged and
 * nothing on the disc. */
gint64 solco_project_get_estimated_blocks (SolcoProject *self);
/* All names of new or renamed items that other readers will see cut or not at all: NAME_SHORTENED
 * with what Joliet keeps, SYMLINKS_NOT_IN_JOLIET, LABEL_SHORTENED. At most @max of them (0: all).
 * (element-type SolcoProblem), g_ptr_array_unref(). */
GPtrArray *solco_project_check_names (SolcoProject *self, guint max);
/* The whole tree of the next session; solco_tree_unref(). */
SolcoTree *solco_project_freeze_tree (SolcoProject *self);
/* The plan of the next session, with the options of the project; solco_plan_unref(). */
SolcoPlan *solco_project_freeze (SolcoProject *self, const SolcoTarget *target);
/* The same beside other work. An edit ends it: G_IO_ERROR_CANCELLED. @options: (nullable): other ones
 * than the project has. */
void solco_project_freeze_async (SolcoProject *self, const SolcoTarget *target,
                                 const SolcoProjectOptions *options, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
SolcoPlan *solco_project_freeze_finish (SolcoProject *self, GAsyncResult *result, GError **error);

G_END_DECLS
