/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-row-private.h"

#include "solco-project-private.h"

enum
{
  PROP_NAME = 1,
  PROP_KIND,
  PROP_SIZE_BYTES,
  PROP_MTIME_S,
  PROP_ORIGIN,
  PROP_SESSION,
  PROP_N_NEW,
  PROP_N_REMOVED,
  PROP_RESTORABLE,
  N_PROPERTIES
};

struct _SolcoRow
{
  GObject parent_instance;

  SolcoProject *project;
  SolcoNode *node; /* NULL once its memory is gone */
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (SolcoRow, solco_row, G_TYPE_OBJECT)

static void
solco_row_finalize (GObject *object)
{
  SolcoRow *self = SOLCO_ROW (object);

  if (self->node != NULL)
    solco_project_forget_row (self->project, self->node);
  g_object_unref (self->project);
  G_OBJECT_CLASS (solco_row_parent_class)->finalize (object);
}

static void
solco_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SolcoRow *self = SOLCO_ROW (object);
  const SolcoNode *node = self->node;

  /* A row whose node is gone shows the defaults. */
  if (node == NULL)
    {
      g_param_value_set_default (pspec, value);
      return;
    }
  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, solco_node_get_name (node));
      break;
    case PROP_KIND:
      g_value_set_uint (value, solco_node_get_kind (node));
      break;
    case PROP_SIZE_BYTES:
      g_value_set_uint64 (value, solco_node_get_size_bytes (node));
      break;
    case PROP_MTIME_S:
      g_value_set_int64 (value, solco_node_get_mtime_s (node));
      break;
    case PROP_ORIGIN:
      g_value_set_uint (value, solco_node_get_origin (node));
      break;
    case PROP_SESSION:
      g_value_set_uint (value, solco_node_get_session (node));
      break;
    case PROP_N_NEW:
      g_value_set_uint64 (value, solco_node_get_totals (node)->n_new_files);
      break;
    case PROP_N_REMOVED:
      g_value_set_uint64 (value, solco_node_get_totals (node)->n_removed_files);
      break;
    case PROP_RESTORABLE:
      g_value_set_boolean (value, solco_node_is_restorable (node));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
solco_row_class_init (SolcoRowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = solco_row_finalize;
  object_class->get_property = solco_row_get_property;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  properties[PROP_KIND] = g_param_spec_uint ("kind", NULL, NULL, 0, SOLCO_NODE_SPECIAL,
                                             SOLCO_NODE_FILE, flags);
  properties[PROP_SIZE_BYTES]
      = g_param_spec_uint64 ("size-bytes", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_MTIME_S]
      = g_param_spec_int64 ("mtime-s", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_ORIGIN] = g_param_spec_uint ("origin", NULL, NULL, 0, SOLCO_ORIGIN_REMOVED,
                                               SOLCO_ORIGIN_NEW, flags);
  properties[PROP_SESSION] = g_param_spec_uint ("session", NULL, NULL, 0, G_MAXUINT16, 0, flags);
  properties[PROP_N_NEW] = g_param_spec_uint64 ("n-new", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_N_REMOVED]
      = g_param_spec_uint64 ("n-removed", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_RESTORABLE] = g_param_spec_boolean ("restorable", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
solco_row_init (SolcoRow *self)
{
}

/**
 * solco_row_get:
 * @project: a project
 * @node: a node of it
 *
 * Main thread.
 *
 * Returns: (transfer full): its row, the same for all as long as somebody holds it
 */
SolcoRow *
solco_row_get (SolcoProject *project, SolcoNode *node)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (project) && node != NULL, NULL);

  SolcoRow *self = solco_project_peek_row (project, node);

  if (self != NULL)
    return g_object_ref (self);
  self = g_object_new (SOLCO_TYPE_ROW, NULL);
  self->project = g_object_ref (project);
  self->node = node;
  g_hash_table_insert (project->rows, node, self);
  return self;
}

/**
 * solco_row_exists:
 * @project: a project
 * @node: a node of it
 *
 * Main thread.
 *
 * Returns: whether somebody holds its row
 */
gboolean
solco_row_exists (SolcoProject *project, const SolcoNode *node)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (project) && node != NULL, FALSE);

  return solco_project_peek_row (project, node) != NULL;
}

/**
 * solco_row_get_project:
 * @self: a row
 *
 * Main thread.
 *
 * Returns: (transfer none): its project
 */
SolcoProject *
solco_row_get_project (SolcoRow *self)
{
  g_return_val_if_fail (SOLCO_IS_ROW (self), NULL);

  return self->project;
}

/**
 * solco_row_get_node:
 * @self: a row
 *
 * Main thread.
 *
 * Returns: (transfer none) (nullable): its node, %NULL once that does not exist any more
 */
SolcoNode *
solco_row_get_node (SolcoRow *self)
{
  g_return_val_if_fail (SOLCO_IS_ROW (self), NULL);

  return self->node;
}

/**
 * solco_row_get_children:
 * @self: a row
 *
 * Main thread.
 *
 * Returns: (transfer full) (nullable): what is in the folder; %NULL if it is none
 */
GListModel *
solco_row_get_children (SolcoRow *self)
{
  g_return_val_if_fail (SOLCO_IS_ROW (self), NULL);

  if (self->node == NULL || !solco_node_is_folder (self->node))
    return NULL;
  return solco_project_get_children (self->project, self->node);
}

void
solco_row_notify (SolcoRow *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 1; i < N_PROPERTIES; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
}

void
solco_row_detach (SolcoRow *self)
{
  self->node = NULL;
}
