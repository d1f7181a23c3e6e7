/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-recorder-private.h"

struct _SolcoRecorder
{
  GObject parent_instance;

  char *vendor;
  char *product;
  char *path;
  gboolean present;
  gboolean can_write;
  gboolean has_medium;
  guint medium_generation;
};

enum
{
  PROP_VENDOR = 1,
  PROP_PRODUCT,
  PROP_PATH,
  PROP_PRESENT,
  PROP_CAN_WRITE,
  PROP_HAS_MEDIUM,
  PROP_MEDIUM_GENERATION,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (SolcoRecorder, solco_recorder, G_TYPE_OBJECT)

/* udev's cdrom_id sets these for what the drive can write. */
static const char *const write_properties[] = {
  "ID_CDROM_CD_R",      "ID_CDROM_CD_RW",      "ID_CDROM_DVD_R",      "ID_CDROM_DVD_RW",
  "ID_CDROM_DVD_RAM",   "ID_CDROM_DVD_PLUS_R", "ID_CDROM_DVD_PLUS_RW", "ID_CDROM_DVD_PLUS_R_DL",
  "ID_CDROM_BD_R",      "ID_CDROM_BD_RE",
};

static void
solco_recorder_finalize (GObject *object)
{
  SolcoRecorder *self = SOLCO_RECORDER (object);

  g_free (self->vendor);
  g_free (self->product);
  g_free (self->path);
  G_OBJECT_CLASS (solco_recorder_parent_class)->finalize (object);
}

static void
solco_recorder_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SolcoRecorder *self = SOLCO_RECORDER (object);

  switch (id)
    {
    case PROP_VENDOR:
      g_value_set_string (value, self->vendor);
      break;
    case PROP_PRODUCT:
      g_value_set_string (value, self->product);
      break;
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case PROP_PRESENT:
      g_value_set_boolean (value, self->present);
      break;
    case PROP_CAN_WRITE:
      g_value_set_boolean (value, self->can_write);
      break;
    case PROP_HAS_MEDIUM:
      g_value_set_boolean (value, self->has_medium);
      break;
    case PROP_MEDIUM_GENERATION:
      g_value_set_uint (value, self->medium_generation);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
solco_recorder_class_init (SolcoRecorderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = solco_recorder_finalize;
  object_class->get_property = solco_recorder_get_property;

  props[PROP_VENDOR] = g_param_spec_string ("vendor", NULL, NULL, NULL, flags);
  props[PROP_PRODUCT] = g_param_spec_string ("product", NULL, NULL, NULL, flags);
  props[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, flags);
  props[PROP_PRESENT] = g_param_spec_boolean ("present", NULL, NULL, FALSE, flags);
  props[PROP_CAN_WRITE] = g_param_spec_boolean ("can-write", NULL, NULL, FALSE, flags);
  props[PROP_HAS_MEDIUM] = g_param_spec_boolean ("has-medium", NULL, NULL, FALSE, flags);
  props[PROP_MEDIUM_GENERATION]
      = g_param_spec_uint ("medium-generation", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
solco_recorder_init (SolcoRecorder *self)
{
  self->present = TRUE;
}

/* The name as the drive itself gives it; ID_VENDOR has underscores in place of spaces. */
static char *
dup_name (GUdevDevice *device, const char *attribute, const char *property)
{
  g_autoptr (GUdevDevice) parent = g_udev_device_get_parent (device);
  const char *name = parent != NULL ? g_udev_device_get_sysfs_attr (parent, attribute) : NULL;
  char *copy;

  if (name == NULL)
    name = g_udev_device_get_property (device, property);
  copy = g_utf8_make_valid (name != NULL ? name : "", -1);
  return g_strstrip (copy);
}

static gboolean
read_can_write (GUdevDevice *device)
{
  for (gsize i = 0; i < G_N_ELEMENTS (write_properties); i++)
    if (g_udev_device_get_property_as_boolean (device, write_properties[i]))
      return TRUE;
  return FALSE;
}

SolcoRecorder *
solco_recorder_new (GUdevDevice *device)
{
  SolcoRecorder *self = g_object_new (SOLCO_TYPE_RECORDER, NULL);

  self->vendor = dup_name (device, "vendor", "ID_VENDOR");
  self->product = dup_name (device, "model", "ID_MODEL");
  self->path = g_strdup (g_udev_device_get_device_file (device));
  self->can_write = read_can_write (device);
  self->has_medium = g_udev_device_get_property_as_boolean (device, "ID_CDROM_MEDIA");
  return self;
}

void
solco_recorder_update (SolcoRecorder *self, GUdevDevice *device)
{
  gboolean has_medium = g_udev_device_get_property_as_boolean (device, "ID_CDROM_MEDIA");

  g_object_freeze_notify (G_OBJECT (self));
  if (has_medium != self->has_medium)
    {
      self->has_medium = has_medium;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HAS_MEDIUM]);
    }
  self->medium_generation++;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MEDIUM_GENERATION]);
  g_object_thaw_notify (G_OBJECT (self));
}

void
solco_recorder_set_gone (SolcoRecorder *self)
{
  if (!self->present)
    return;
  self->present = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PRESENT]);
}

/**
 * solco_recorder_get_vendor:
 * @self: a recorder
 *
 * Returns: (transfer none): who made it, "" where the drive does not say
 */
const char *
solco_recorder_get_vendor (SolcoRecorder *self)
{
  g_return_val_if_fail (SOLCO_IS_RECORDER (self), NULL);

  return self->vendor;
}

/**
 * solco_recorder_get_product:
 * @self: a recorder
 *
 * Returns: (transfer none): its model
 */
const char *
solco_recorder_get_product (SolcoRecorder *self)
{
  g_return_val_if_fail (SOLCO_IS_RECORDER (self), NULL);

  return self->product;
}

/**
 * solco_recorder_get_path:
 * @self: a recorder
 *
 * Returns: (transfer none) (type filename): its device file, which is its address too
 */
const char *
solco_recorder_get_path (SolcoRecorder *self)
{
  g_return_val_if_fail (SOLCO_IS_RECORDER (self), NULL);

  return self->path;
}

/**
 * solco_recorder_get_present:
 * @self: a recorder
 *
 * Returns: %FALSE once it was unplugged
 */
gboolean
solco_recorder_get_present (SolcoRecorder *self)
{
  g_return_val_if_fail (SOLCO_IS_RECORDER (self), FALSE);

  return self->present;
}

/**
 * solco_recorder_get_can_write:
 * @self: a recorder
 *
 * Returns: whether udev knows of any kind of disc that it writes
 */
gboolean
solco_recorder_get_can_write (SolcoRecorder *self)
{
  g_return_val_if_fail (SOLCO_IS_RECORDER (self), FALSE);

  return self->can_write;
}

/**
 * solco_recorder_get_has_medium:
 * @self: a recorder
 *
 * Returns: whether udev knows of a disc in it
 */
gboolean
solco_recorder_get_has_medium (SolcoRecorder *self)
{
  g_return_val_if_fail (SOLCO_IS_RECORDER (self), FALSE);

  return self->has_medium;
}

/**
 * solco_recorder_get_medium_generation:
 * @self: a recorder
 *
 * Returns: a number that grows with every media change that the system reports
 */
guint
solco_recorder_get_medium_generation (SolcoRecorder *self)
{
  g_return_val_if_fail (SOLCO_IS_RECORDER (self), 0);

  return self->medium_generation;
}
