/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-wrap.h"

struct _SolcoWrap
{
  GtkWidget parent_instance;

  int max_columns;
  int column_spacing_px;
  int row_spacing_px;
  gboolean is_homogeneous;
};

enum
{
  PROP_MAX_COLUMNS = 1,
  PROP_COLUMN_SPACING,
  PROP_ROW_SPACING,
  PROP_HOMOGENEOUS,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (SolcoWrap, solco_wrap, GTK_TYPE_WIDGET)

static GtkWidget *
next_visible (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

#define FOR_EACH(self, child)                                                                      \
  for (GtkWidget *child = next_visible (gtk_widget_get_first_child (GTK_WIDGET (self)));           \
       child != NULL; child = next_visible (gtk_widget_get_next_sibling (child)))

static int
get_width (GtkWidget *child)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static int
get_most_columns (SolcoWrap *self)
{
  int n = 0;

  FOR_EACH (self, child)
    n++;
  return CLAMP (n, 1, self->max_columns);
}

/* The widths of @n_columns columns; returns what they take together, with the space between. */
static int
measure_columns (SolcoWrap *self, int n_columns, int *widths)
{
  int sum = (n_columns - 1) * self->column_spacing_px;
  int widest = 0;
  int position = 0;

  memset (widths, 0, (gsize) n_columns * sizeof *widths);
  FOR_EACH (self, child)
    {
      int *width = &widths[position++ % n_columns];

      *width = MAX (*width, get_width (child));
      widest = MAX (widest, *width);
    }
  for (int i = 0; i < n_columns; i++)
    {
      if (self->is_homogeneous)
        widths[i] = widest;
      sum += widths[i];
    }
  return sum;
}

/* As many columns as fit into @width; @widths has room for the most of them. */
static int
choose_columns (SolcoWrap *self, int width, int *widths)
{
  int n_columns = get_most_columns (self);

  while (n_columns > 1 && measure_columns (self, n_columns, widths) > width)
    n_columns--;
  if (n_columns == 1)
    widths[0] = width;
  else if (self->is_homogeneous)
    for (int i = 0; i < n_columns; i++)
      widths[i] = (width - (n_columns - 1) * self->column_spacing_px) / n_columns;
  return n_columns;
}

static void
measure_widths (SolcoWrap *self, int *minimum, int *natural)
{
  const int n_columns = get_most_columns (self);
  g_autofree int *widths = g_new (int, n_columns);

  *natural = measure_columns (self, n_columns, widths);
  FOR_EACH (self, child)
    {
      int child_minimum;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, NULL, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
    }
}

/* The height of the row that begins with @first. */
static int
measure_row (GtkWidget *first, int n_columns, const int *widths)
{
  GtkWidget *child = first;
  int height = 0;

  for (int i = 0; i < n_columns && child != NULL; i++)
    {
      int natural;

      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, widths[i], NULL, &natural, NULL, NULL);
      height = MAX (height, natural);
      child = next_visible (gtk_widget_get_next_sibling (child));
    }
  return height;
}

static int
measure_height (SolcoWrap *self, int width)
{
  g_autofree int *widths = g_new (int, get_most_columns (self));
  const int n_columns = choose_columns (self, width, widths);
  int position = 0;
  int height = 0;

  FOR_EACH (self, child)
    if (position++ % n_columns == 0)
      height += (height > 0 ? self->row_spacing_px : 0) + measure_row (child, n_columns, widths);
  return height;
}

static void
solco_wrap_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                    int *natural, int *minimum_baseline, int *natural_baseline)
{
  SolcoWrap *self = SOLCO_WRAP (widget);

  *minimum = 0;
  *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_widths (self, minimum, natural);
  else
    *minimum = *natural = measure_height (self, for_size < 0 ? G_MAXINT : for_size);
}

static void
solco_wrap_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SolcoWrap *self = SOLCO_WRAP (widget);
  const gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  g_autofree int *widths = g_new (int, get_most_columns (self));
  const int n_columns = choose_columns (self, width, widths);
  int position = 0;
  int row_height = 0;
  int x = 0;
  int y = 0;

  FOR_EACH (self, child)
    {
      const int column = position++ % n_columns;

      if (column == 0)
        {
          y += position > 1 ? row_height + self->row_spacing_px : 0;
          row_height = measure_row (child, n_columns, widths);
          x = 0;
        }
      gtk_widget_size_allocate (
          child,
          &(GtkAllocation){ is_mirrored ? width - x - widths[column] : x, y, widths[column],
                            row_height },
          -1);
      x += widths[column] + self->column_spacing_px;
    }
}

static GtkSizeRequestMode
solco_wrap_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
solco_wrap_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SolcoWrap *self = SOLCO_WRAP (object);

  switch (id)
    {
    case PROP_MAX_COLUMNS:
      g_value_set_int (value, self->max_columns);
      break;
    case PROP_COLUMN_SPACING:
      g_value_set_int (value, self->column_spacing_px);
      break;
    case PROP_ROW_SPACING:
      g_value_set_int (value, self->row_spacing_px);
      break;
    case PROP_HOMOGENEOUS:
      g_value_set_boolean (value, self->is_homogeneous);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
solco_wrap_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SolcoWrap *self = SOLCO_WRAP (object);

  switch (id)
    {
    case PROP_MAX_COLUMNS:
      self->max_columns = g_value_get_int (value);
      break;
    case PROP_COLUMN_SPACING:
      self->column_spacing_px = g_value_get_int (value);
      break;
    case PROP_ROW_SPACING:
      self->row_spacing_px = g_value_get_int (value);
      break;
    case PROP_HOMOGENEOUS:
      self->is_homogeneous = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
solco_wrap_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (solco_wrap_parent_class)->dispose (object);
}

static void
solco_wrap_class_init (SolcoWrapClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = solco_wrap_get_property;
  object_class->set_property = solco_wrap_set_property;
  object_class->dispose = solco_wrap_dispose;
  widget_class->measure = solco_wrap_measure;
  widget_class->size_allocate = solco_wrap_size_allocate;
  widget_class->get_request_mode = solco_wrap_get_request_mode;

  properties[PROP_MAX_COLUMNS]
      = g_param_spec_int ("max-columns", NULL, NULL, 1, G_MAXINT, G_MAXINT, flags);
  properties[PROP_COLUMN_SPACING]
      = g_param_spec_int ("column-spacing", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_ROW_SPACING]
      = g_param_spec_int ("row-spacing", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_HOMOGENEOUS]
      = g_param_spec_boolean ("homogeneous", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
solco_wrap_init (SolcoWrap *self)
{
  self->max_columns = G_MAXINT;
}

/**
 * solco_wrap_append:
 * @self: a wrap
 * @child: (transfer floating): what comes last in it
 */
void
solco_wrap_append (SolcoWrap *self, GtkWidget *child)
{
  g_return_if_fail (SOLCO_IS_WRAP (self) && GTK_IS_WIDGET (child));

  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

/**
 * solco_wrap_set_max_columns:
 * @self: a wrap
 * @max_columns: more are not made
 */
void
solco_wrap_set_max_columns (SolcoWrap *self, int max_columns)
{
  g_return_if_fail (SOLCO_IS_WRAP (self) && max_columns > 0);

  if (max_columns == self->max_columns)
    return;
  self->max_columns = max_columns;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MAX_COLUMNS]);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
