/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-folder-model.h"

#include "solco-row-private.h"

struct _SolcoFolderModel
{
  GObject parent_instance;

  SolcoProject *project;
  SolcoNode *folder; /* NULL once its memory is gone */
};

static GType
solco_folder_model_get_item_type (GListModel *list)
{
  return SOLCO_TYPE_ROW;
}

static guint
solco_folder_model_get_n_items (GListModel *list)
{
  SolcoFolderModel *self = SOLCO_FOLDER_MODEL (list);

  return self->folder != NULL ? self->folder->folder->n_children : 0;
}

static gpointer
solco_folder_model_get_item (GListModel *list, guint position)
{
  SolcoFolderModel *self = SOLCO_FOLDER_MODEL (list);

  if (position >= solco_folder_model_get_n_items (list))
    return NULL;
  return solco_row_get (self->project, self->folder->folder->children[position]);
}

static void
solco_folder_model_list_init (GListModelInterface *iface)
{
  iface->get_item_type = solco_folder_model_get_item_type;
  iface->get_n_items = solco_folder_model_get_n_items;
  iface->get_item = solco_folder_model_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SolcoFolderModel, solco_folder_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      solco_folder_model_list_init))

static void
solco_folder_model_finalize (GObject *object)
{
  SolcoFolderModel *self = SOLCO_FOLDER_MODEL (object);

  if (self->folder != NULL)
    self->folder->folder->model = NULL;
  g_object_unref (self->project);
  G_OBJECT_CLASS (solco_folder_model_parent_class)->finalize (object);
}

static void
solco_folder_model_class_init (SolcoFolderModelClass *class)
{
  G_OBJECT_CLASS (class)->finalize = solco_folder_model_finalize;
}

static void
solco_folder_model_init (SolcoFolderModel *self)
{
}

SolcoFolderModel *
solco_folder_model_get (SolcoProject *project, SolcoNode *folder)
{
  if (folder->folder->model != NULL)
    return g_object_ref (folder->folder->model);

  SolcoFolderModel *self = g_object_new (SOLCO_TYPE_FOLDER_MODEL, NULL);

  self->project = g_object_ref (project);
  self->folder = folder;
  folder->folder->model = self;
  return self;
}

void
solco_folder_model_detach (SolcoFolderModel *self)
{
  guint n_items = self->folder->folder->n_children;

  self->folder->folder->model = NULL;
  self->folder = NULL;
  if (n_items > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_items, 0);
}
