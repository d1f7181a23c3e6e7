/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-recorder-list.h"

#include <string.h>

#include "solco-recorder-private.h"

struct _SolcoRecorderList
{
  GObject parent_instance;

  GUdevClient *client;
  GPtrArray *recorders; /* SolcoRecorder, by path */
};

static GType
get_item_type (GListModel *model)
{
  return SOLCO_TYPE_RECORDER;
}

static guint
get_n_items (GListModel *model)
{
  return SOLCO_RECORDER_LIST (model)->recorders->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  SolcoRecorderList *self = SOLCO_RECORDER_LIST (model);

  if (position >= self->recorders->len)
    return NULL;
  return g_object_ref (g_ptr_array_index (self->recorders, position));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SolcoRecorderList, solco_recorder_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static gboolean
is_recorder (GUdevDevice *device)
{
  return g_udev_device_get_device_file (device) != NULL
         && g_udev_device_get_property_as_boolean (device, "ID_CDROM");
}

/* Where a recorder with this path stands, or has to be put. */
static gboolean
find (SolcoRecorderList *self, const char *path, guint *position)
{
  for (*position = 0; *position < self->recorders->len; (*position)++)
    {
      SolcoRecorder *recorder = g_ptr_array_index (self->recorders, *position);
      int order = strcmp (solco_recorder_get_path (recorder), path);

      if (order >= 0)
        return order == 0;
    }
  return FALSE;
}

static void
add_or_update (SolcoRecorderList *self, GUdevDevice *device)
{
  guint position;

  if (!is_recorder (device))
    return;
  if (find (self, g_udev_device_get_device_file (device), &position))
    {
      solco_recorder_update (g_ptr_array_index (self->recorders, position), device);
      return;
    }
  g_ptr_array_insert (self->recorders, (int) position, solco_recorder_new (device));
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

static void
remove_device (SolcoRecorderList *self, GUdevDevice *device)
{
  const char *path = g_udev_device_get_device_file (device);
  guint position;

  if (path == NULL || !find (self, path, &position))
    return;

  g_autoptr (SolcoRecorder) recorder
      = g_object_ref (g_ptr_array_index (self->recorders, position));
  g_ptr_array_remove_index (self->recorders, position);
  solco_recorder_set_gone (recorder);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

static void
on_uevent (SolcoRecorderList *self, const char *action, GUdevDevice *device)
{
  if (strcmp (action, "remove") == 0)
    remove_device (self, device);
  else
    add_or_update (self, device);
}

static void
solco_recorder_list_dispose (GObject *object)
{
  SolcoRecorderList *self = SOLCO_RECORDER_LIST (object);

  g_clear_object (&self->client);
  G_OBJECT_CLASS (solco_recorder_list_parent_class)->dispose (object);
}

static void
solco_recorder_list_finalize (GObject *object)
{
  SolcoRecorderList *self = SOLCO_RECORDER_LIST (object);

  g_ptr_array_unref (self->recorders);
  G_OBJECT_CLASS (solco_recorder_list_parent_class)->finalize (object);
}

static void
solco_recorder_list_class_init (SolcoRecorderListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = solco_recorder_list_dispose;
  object_class->finalize = solco_recorder_list_finalize;
}

static void
solco_recorder_list_init (SolcoRecorderList *self)
{
  static const char *const subsystems[] = { "block", NULL };
  GList *devices;

  self->recorders = g_ptr_array_new_with_free_func (g_object_unref);
  self->client = g_udev_client_new (subsystems);
  g_signal_connect_object (self->client, "uevent", G_CALLBACK (on_uevent), self,
                           G_CONNECT_SWAPPED);
  devices = g_udev_client_query_by_subsystem (self->client, "block");
  for (GList *l = devices; l != NULL; l = l->next)
    add_or_update (self, l->data);
  g_list_free_full (devices, g_object_unref);
}

/**
 * solco_recorder_list_new:
 *
 * Lists the recorders of this machine, and follows them from then on. Main thread.
 *
 * Returns: (transfer full): the list
 */
SolcoRecorderList *
solco_recorder_list_new (void)
{
  return g_object_new (SOLCO_TYPE_RECORDER_LIST, NULL);
}
