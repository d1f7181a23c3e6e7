/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How an addition lays what its scanner finds into the project. */
#include "solco-addition-private.h"
#include "solco-project-private.h"

#include <string.h>

/* What was left out stays left out when the project is saved again. */
static void
set_holes (SolcoAddition *self, const SolcoAdditionRequest *request, SolcoHome *home)
{
  GPtrArray *names
      = request->holes != NULL ? g_hash_table_lookup (request->holes, home->directory) : NULL;

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      if (home->holes == NULL)
        home->holes = g_hash_table_new (g_str_hash, g_str_equal);
      g_hash_table_add (home->holes, (gpointer) solco_node_store_intern (
                                         self->project->store, g_ptr_array_index (names, i)));
    }
}

static void
set_directory (SolcoAddition *self, guint32 number, SolcoNode *node)
{
  if (number >= self->directories->len)
    g_ptr_array_set_size (self->directories, (gint) number + 1);
  self->directories->pdata[number] = node;
}

static SolcoNode *
make_node (SolcoAddition *self, const SolcoScanBatch *batch, const SolcoScanEntry *entry,
           const char *source_directory)
{
  SolcoProject *project = self->project;
  SolcoNode *node = solco_node_store_new_node (project->store, entry->kind);
  SolcoAttributes attributes = { .device = entry->device,
                                 .mode = entry->mode,
                                 .uid = entry->uid,
                                 .gid = entry->gid };

  node->name = solco_node_store_add_names (project->store, entry->name, entry->source_name);
  if (entry->source_name != NULL)
    node->flags |= SOLCO_NODE_HAS_SOURCE_NAME;
  node->source_directory = source_directory;
  node->attributes = solco_node_store_intern_attributes (project->store, &attributes);
  node->size_bytes = entry->size_bytes;
  node->mtime_s = entry->mtime_s;
  node->inode = entry->inode;
  if (entry->kind == SOLCO_NODE_SYMLINK)
    node->link_target = solco_node_store_add_string (project->store, entry->link_target);
  if (entry->kind == SOLCO_NODE_DIRECTORY)
    {
      const SolcoAdditionRequest *request = g_ptr_array_index (self->requests, entry->request);
      g_autofree char *path = solco_project_dup_source_path (project, node);

      node->folder->born = solco_project_get_step_serial (project);
      set_holes (self, request,
                 solco_folder_add_home (node, solco_node_store_intern (project->store, path),
                                        request->options));
      set_directory (self, entry->directory, node);
      self->n_folders++;
    }
  else
    {
      self->n_files++;
      if (entry->kind == SOLCO_NODE_FILE)
        self->n_bytes += entry->size_bytes;
    }
  return node;
}

/* Nothing below @node is wanted any more. */
static void
forget_directories (SolcoAddition *self, const SolcoNode *node)
{
  if (node->kind != SOLCO_NODE_DIRECTORY)
    return;
  for (guint i = 0; i < self->directories->len; i++)
    {
      SolcoNode *folder = g_ptr_array_index (self->directories, i);

      if (folder != NULL && solco_node_is_inside (folder, node))
        self->directories->pdata[i] = NULL;
    }
}

static void
set_aside (SolcoAddition *self, SolcoNode *folder, SolcoNode *node, SolcoNode *existing)
{
  SolcoPendingConflict *conflict = g_new0 (SolcoPendingConflict, 1);

  node->flags |= SOLCO_NODE_ASIDE;
  conflict->node = node;
  conflict->folder = solco_row_get (self->project, folder);
  conflict->existing = solco_row_get (self->project, existing);
  conflict->shown.path = solco_node_dup_path (existing);
  conflict->shown.source_path = solco_project_dup_source_path (self->project, node);
  conflict->shown.kind = node->kind;
  g_ptr_array_add (self->conflicts, conflict);
}

/* @node, which is in no folder, meets @existing. */
static void
settle (SolcoAddition *self, SolcoNode *folder, SolcoNode *node, SolcoNode *existing,
        guint32 directory)
{
  SolcoProject *project = self->project;

  if (node->kind == SOLCO_NODE_DIRECTORY && existing->kind == SOLCO_NODE_DIRECTORY)
    {
      SolcoHome *home = node->folder->homes;

      solco_project_revive (project, existing);
      if (solco_folder_find_home (existing, home->directory) == NULL)
        solco_folder_copy_holes (existing,
                                 solco_project_link_home (project, existing, home->directory,
                                                          home->options),
                                 home);
      set_directory (self, directory, existing);
      /* From now on it is a part of the other one: a later load has to lay it there again. */
      solco_folder_open_holes (folder, &node, 1);
      solco_project_discard (project, node);
      return;
    }
  if (self->policy == SOLCO_CONFLICT_ASK && solco_node_conflicts (node, existing))
    {
      set_aside (self, folder, node, existing);
      return;
    }

  SolcoConflictPolicy policy
      = self->policy == SOLCO_CONFLICT_ASK ? SOLCO_CONFLICT_REPLACE : self->policy;

  if (!solco_project_place (project, folder, node, TRUE, policy, self->problems))
    {
      solco_folder_open_holes (folder, &node, 1);
      forget_directories (self, node);
      solco_project_discard (project, node);
    }
}

static gboolean
is_aside (const SolcoNode *node)
{
  while (node->parent != NULL)
    node = node->parent;
  return (node->flags & SOLCO_NODE_ASIDE) != 0;
}

static void
link_nodes (SolcoAddition *self, SolcoNode *folder, GPtrArray *nodes)
{
  SolcoProject *project = self->project;
  SolcoNode *const *array = (SolcoNode *const *) nodes->pdata;

  /* What a folder of this very step holds comes and goes with it; so does what waits. */
  if (folder->folder->born == solco_project_get_step_serial (project)
      || is_aside (folder))
    solco_project_link_unrecorded (project, folder, array, nodes->len);
  else
    solco_project_link (project, folder, array, nodes->len, TRUE);
  g_ptr_array_set_size (nodes, 0);
}

/* Entries that go into one folder. */
static void
add_entries (SolcoAddition *self, SolcoNode *folder, const SolcoScanBatch *batch, guint start,
             guint end)
{
  const char *source_directory
      = solco_node_store_intern (self->project->store, batch->source_directory);
  g_autoptr (GPtrArray) nodes = g_ptr_array_sized_new (end - start);
  /* Paths that were asked for one by one can have the same name. */
  g_autoptr (GHashTable) names
      = batch->directory == 0 ? g_hash_table_new (g_str_hash, g_str_equal) : NULL;

  for (guint i = start; i < end; i++)
    {
      const SolcoScanEntry *entry = &batch->entries[i];
      SolcoNode *node = make_node (self, batch, entry, source_directory);
      SolcoNode *existing;

      if (names != NULL && !g_hash_table_add (names, (gpointer) node->name))
        {
          link_nodes (self, folder, nodes);
          g_hash_table_remove_all (names);
        }
      existing = solco_node_lookup_child (folder, node->name);
      if (existing == NULL)
        g_ptr_array_add (nodes, node);
      else
        settle (self, folder, node, existing, entry->directory);
    }
  if (nodes->len > 0)
    link_nodes (self, folder, nodes);
}

/* The folder into which an entry of directory 0 goes, live; NULL if it is gone. */
static SolcoNode *
get_target (SolcoAddition *self, guint32 request_number)
{
  SolcoAdditionRequest *request = g_ptr_array_index (self->requests, request_number);
  SolcoNode *folder = solco_row_get_node (request->folder);

  if (folder == NULL || !solco_project_is_attached (self->project, folder))
    return NULL;
  solco_project_revive (self->project, folder);
  if (request->contents_of)
    {
      const char *directory = solco_node_store_intern (self->project->store, request->path);

      if (solco_folder_find_home (folder, directory) == NULL)
        set_holes (self, request,
                   solco_project_link_home (self->project, folder, directory, request->options));
    }
  return folder;
}

static void
add_requested (SolcoAddition *self, const SolcoScanBatch *batch)
{
  for (guint i = 0, end; i < batch->n_entries; i = end)
    {
      SolcoNode *folder = get_target (self, batch->entries[i].request);

      end = i + 1;
      while (end < batch->n_entries && get_target (self, batch->entries[end].request) == folder)
        end++;
      if (folder != NULL)
        add_entries (self, folder, batch, i, end);
    }
}

void
solco_addition_lay_batch (SolcoAddition *self, const SolcoScanBatch *batch)
{
  SolcoNode *folder = NULL;

  if (batch->directory > 0)
    {
      if (batch->directory < self->directories->len)
        folder = g_ptr_array_index (self->directories, batch->directory);
      if (folder == NULL)
        return;
    }
  if (batch->n_entries == 0)
    return;
  solco_project_begin_edit (self->project, SOLCO_EDIT_ADD, self);
  if (folder != NULL)
    add_entries (self, folder, batch, 0, batch->n_entries);
  else
    add_requested (self, batch);
  if (batch->directory == 0)
    solco_project_note_items (self->project, batch->n_entries);
  solco_project_end_edit (self->project);
}

void
solco_addition_settle_pending (SolcoAddition *self, SolcoPendingConflict *conflict, SolcoConflictPolicy policy)
{
  SolcoProject *project = self->project;
  SolcoNode *folder = solco_row_get_node (conflict->folder);
  SolcoNode *node = conflict->node;
  gboolean is_placed = FALSE;

  node->flags &= (guint8) ~SOLCO_NODE_ASIDE;
  if (folder != NULL && solco_project_is_attached (project, folder))
    {
      g_autoptr (GPtrArray) below = g_ptr_array_new_with_free_func (g_free);

      /* Folders that may be merged while their content still arrives. */
      for (guint i = 0; i < self->directories->len; i++)
        {
          const SolcoNode *directory = g_ptr_array_index (self->directories, i);
          gboolean is_below = directory != NULL && solco_node_is_inside (directory, node);

          g_ptr_array_add (below, is_below ? solco_node_dup_path (directory) : NULL);
        }
      solco_project_revive (project, folder);
      is_placed = solco_project_place (project, folder, node, TRUE, policy, self->problems);
      for (guint i = 0; is_placed && i < below->len; i++)
        {
          const char *relative = g_ptr_array_index (below, i);
          SolcoNode *directory = g_ptr_array_index (self->directories, i);

          if (relative == NULL || solco_project_is_attached (project, directory))
            continue;

          g_autofree char *full = g_build_path ("/", conflict->shown.path, relative, NULL);

          directory = solco_project_lookup (project, full);
          self->directories->pdata[i]
              = directory != NULL && solco_node_is_folder (directory) ? directory : NULL;
        }
    }
  if (is_placed)
    return;
  if (folder != NULL)
    solco_folder_open_holes (folder, &node, 1);
  forget_directories (self, node);
  solco_project_discard (project, node);
}
