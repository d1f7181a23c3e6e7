/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-layout.h"

#define NARROW_PX 720
#define COMPACT_PX 480
#define MIN_WIDTH_PX 360
#define MIN_HEIGHT_PX 540
/* "gtk-xft-dpi" counts 1024ths of a dot per inch; 96 stand for text of the usual size. */
#define USUAL_DPI (96 * 1024)

enum
{
  PROP_MODE = 1,
  PROP_CHILD,
  N_PROPERTIES
};

struct _SolcoLayout
{
  GtkWidget parent_instance;

  GtkWidget *child;
  SolcoLayoutMode mode;
  SolcoLayoutMode next_mode;
  guint mode_id;
};

static GParamSpec *properties[N_PROPERTIES];

static void solco_layout_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SolcoLayout, solco_layout, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                      solco_layout_buildable_init))

static GtkBuildableIface *parent_buildable;

static void
solco_layout_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child,
                        const char *type)
{
  if (GTK_IS_WIDGET (child))
    solco_layout_set_child (SOLCO_LAYOUT (buildable), GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
solco_layout_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = solco_layout_add_child;
}

static void
solco_layout_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                      int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH_PX : MIN_HEIGHT_PX;
  *natural = *minimum;
}

static gboolean
on_mode (gpointer data)
{
  SolcoLayout *self = data;

  self->mode_id = 0;
  self->mode = self->next_mode;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODE]);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

static void
solco_layout_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SolcoLayout *self = SOLCO_LAYOUT (widget);
  const SolcoLayoutMode mode
      = width < solco_layout_scale_px (widget, COMPACT_PX)  ? SOLCO_LAYOUT_COMPACT
        : width < solco_layout_scale_px (widget, NARROW_PX) ? SOLCO_LAYOUT_NARROW
                                                            : SOLCO_LAYOUT_WIDE;
  int min_width = 0;
  int min_height = 0;
  int x = 0;

  if (self->child == NULL)
    return;
  /* What is shown cannot change within an allocation: it does so before the next frame. */
  self->next_mode = mode;
  if (mode != self->mode && self->mode_id == 0)
    self->mode_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_mode, self, NULL);
  /* With large text even the compact layout can need more: then it is cut off at the end. */
  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
  min_width = MAX (width, min_width);
  gtk_widget_measure (self->child, GTK_ORIENTATION_VERTICAL, min_width, &min_height, NULL, NULL,
                      NULL);
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    x = width - min_width;
  gtk_widget_size_allocate (self->child,
                            &(GtkAllocation){ x, 0, min_width, MAX (height, min_height) }, -1);
}

static void
solco_layout_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SolcoLayout *self = SOLCO_LAYOUT (object);

  switch (id)
    {
    case PROP_MODE:
      g_value_set_int (value, self->mode);
      break;
    case PROP_CHILD:
      g_value_set_object (value, self->child);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
solco_layout_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHILD)
    solco_layout_set_child (SOLCO_LAYOUT (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
solco_layout_dispose (GObject *object)
{
  SolcoLayout *self = SOLCO_LAYOUT (object);

  g_clear_handle_id (&self->mode_id, g_source_remove);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  G_OBJECT_CLASS (solco_layout_parent_class)->dispose (object);
}

static void
solco_layout_class_init (SolcoLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = solco_layout_get_property;
  object_class->set_property = solco_layout_set_property;
  object_class->dispose = solco_layout_dispose;
  widget_class->measure = solco_layout_measure;
  widget_class->size_allocate = solco_layout_size_allocate;
  properties[PROP_MODE]
      = g_param_spec_int ("mode", NULL, NULL, SOLCO_LAYOUT_WIDE, SOLCO_LAYOUT_COMPACT,
                          SOLCO_LAYOUT_WIDE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_CHILD]
      = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET,
                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
solco_layout_init (SolcoLayout *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * solco_layout_set_child:
 * @self: a layout
 * @child: (nullable): the window's content
 */
void
solco_layout_set_child (SolcoLayout *self, GtkWidget *child)
{
  g_return_if_fail (SOLCO_IS_LAYOUT (self));

  if (child == self->child)
    return;
  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHILD]);
}

/**
 * solco_layout_get_mode:
 * @self: a layout
 *
 * Returns: how much room there was at the last allocation
 */
SolcoLayoutMode
solco_layout_get_mode (SolcoLayout *self)
{
  g_return_val_if_fail (SOLCO_IS_LAYOUT (self), SOLCO_LAYOUT_WIDE);

  return self->mode;
}

/**
 * solco_layout_scale_px:
 * @widget: any widget
 * @px: a width that holds text of the usual size
 *
 * Returns: the width that holds the same text in the size that the user wants; never less
 */
int
solco_layout_scale_px (GtkWidget *widget, int px)
{
  int dpi = -1;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), px);

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return dpi > USUAL_DPI ? (int) ((gint64) px * dpi / USUAL_DPI) : px;
}
