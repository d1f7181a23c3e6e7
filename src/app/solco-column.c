/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-column.h"

struct _SolcoColumn
{
  GtkWidget parent_instance;

  GtkWidget *child;
  int width;
};

enum
{
  PROP_CHILD = 1,
  PROP_WIDTH,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (SolcoColumn, solco_column, GTK_TYPE_WIDGET)

static int
get_child_width (SolcoColumn *self, int width)
{
  int minimum;

  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return MAX (minimum, MIN (width, self->width));
}

static void
solco_column_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                      int *natural, int *minimum_baseline, int *natural_baseline)
{
  SolcoColumn *self = SOLCO_COLUMN (widget);

  if (self->child == NULL)
    return;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (self->child, orientation, -1, minimum, NULL, NULL, NULL);
      *natural = MAX (*minimum, self->width);
    }
  else
    gtk_widget_measure (self->child, orientation,
                        get_child_width (self, for_size >= 0 ? for_size : self->width), minimum,
                        natural, NULL, NULL);
}

static void
solco_column_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SolcoColumn *self = SOLCO_COLUMN (widget);
  GtkAllocation allocation;

  if (self->child == NULL)
    return;
  allocation.width = get_child_width (self, width);
  allocation.height = height;
  allocation.x = (width - allocation.width) / 2;
  allocation.y = 0;
  gtk_widget_size_allocate (self->child, &allocation, baseline);
}

static GtkSizeRequestMode
solco_column_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
solco_column_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SolcoColumn *self = SOLCO_COLUMN (object);

  switch (id)
    {
    case PROP_CHILD:
      g_value_set_object (value, self->child);
      break;
    case PROP_WIDTH:
      g_value_set_int (value, self->width);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
solco_column_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SolcoColumn *self = SOLCO_COLUMN (object);

  switch (id)
    {
    case PROP_CHILD:
      g_clear_pointer (&self->child, gtk_widget_unparent);
      self->child = g_value_get_object (value);
      if (self->child != NULL)
        gtk_widget_set_parent (self->child, GTK_WIDGET (self));
      break;
    case PROP_WIDTH:
      self->width = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
solco_column_dispose (GObject *object)
{
  SolcoColumn *self = SOLCO_COLUMN (object);

  g_clear_pointer (&self->child, gtk_widget_unparent);
  G_OBJECT_CLASS (solco_column_parent_class)->dispose (object);
}

static void
solco_column_class_init (SolcoColumnClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = solco_column_dispose;
  object_class->get_property = solco_column_get_property;
  object_class->set_property = solco_column_set_property;
  widget_class->measure = solco_column_measure;
  widget_class->size_allocate = solco_column_size_allocate;
  widget_class->get_request_mode = solco_column_get_request_mode;

  props[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET,
                                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_WIDTH] = g_param_spec_int ("width", NULL, NULL, 1, G_MAXINT, 480,
                                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
solco_column_init (SolcoColumn *self)
{
  self->width = 480;
}
