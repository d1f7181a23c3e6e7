/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-shrink.h"

struct _SolcoShrink
{
  GtkWidget parent_instance;

  GtkWidget *scrolled_window;
  GtkWidget *child;
};

enum
{
  PROP_CHILD = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (SolcoShrink, solco_shrink, GTK_TYPE_WIDGET)

static void
solco_shrink_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                      int *natural, int *minimum_baseline, int *natural_baseline)
{
  SolcoShrink *self = SOLCO_SHRINK (widget);
  int scrolled_minimum;
  int child_minimum;

  gtk_widget_measure (self->scrolled_window, orientation, for_size, &scrolled_minimum, natural,
                      NULL, NULL);
  *minimum = scrolled_minimum;
  if (self->child == NULL || orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  gtk_widget_measure (self->child, orientation, for_size, &child_minimum, natural, NULL, NULL);
  *minimum = MIN (scrolled_minimum, child_minimum);
}

static void
solco_shrink_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (SOLCO_SHRINK (widget)->scrolled_window,
                            &(GtkAllocation){ 0, 0, width, height }, -1);
}

static GtkSizeRequestMode
solco_shrink_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
solco_shrink_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHILD)
    g_value_set_object (value, SOLCO_SHRINK (object)->child);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
solco_shrink_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SolcoShrink *self = SOLCO_SHRINK (object);

  if (id != PROP_CHILD)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  self->child = g_value_get_object (value);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled_window), self->child);
}

static void
solco_shrink_dispose (GObject *object)
{
  SolcoShrink *self = SOLCO_SHRINK (object);

  self->child = NULL;
  g_clear_pointer (&self->scrolled_window, gtk_widget_unparent);
  G_OBJECT_CLASS (solco_shrink_parent_class)->dispose (object);
}

static void
solco_shrink_class_init (SolcoShrinkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = solco_shrink_get_property;
  object_class->set_property = solco_shrink_set_property;
  object_class->dispose = solco_shrink_dispose;
  widget_class->measure = solco_shrink_measure;
  widget_class->size_allocate = solco_shrink_size_allocate;
  widget_class->get_request_mode = solco_shrink_get_request_mode;

  properties[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
solco_shrink_init (SolcoShrink *self)
{
  self->scrolled_window = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy",
                                        GTK_POLICY_NEVER, NULL);
  gtk_widget_set_parent (self->scrolled_window, GTK_WIDGET (self));
}
