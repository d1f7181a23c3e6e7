/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-icon.h"

#define SIZE_PX 16

struct _SolcoIcon
{
  GtkWidget parent_instance;

  const char *name;
};

G_DEFINE_FINAL_TYPE (SolcoIcon, solco_icon, GTK_TYPE_WIDGET)

static void
solco_icon_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                    int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = SIZE_PX;
  *natural = SIZE_PX;
}

static void
solco_icon_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SolcoIcon *self = SOLCO_ICON (widget);
  const float x = ((float) gtk_widget_get_width (widget) - SIZE_PX) / 2.f;
  const float y = ((float) gtk_widget_get_height (widget) - SIZE_PX) / 2.f;
  g_autoptr (GtkIconPaintable) icon = NULL;
  GdkRGBA color;

  if (self->name == NULL)
    return;
  /* The icon theme keeps what it has loaded. */
  icon = gtk_icon_theme_lookup_icon (
      gtk_icon_theme_get_for_display (gtk_widget_get_display (widget)), self->name, NULL, SIZE_PX,
      gtk_widget_get_scale_factor (widget), gtk_widget_get_direction (widget),
      GTK_ICON_LOOKUP_FORCE_SYMBOLIC);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, SIZE_PX,
                                            SIZE_PX, &color, 1);
  gtk_snapshot_restore (snapshot);
}

static void
solco_icon_class_init (SolcoIconClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = solco_icon_measure;
  widget_class->snapshot = solco_icon_snapshot;
  gtk_widget_class_set_css_name (widget_class, "image");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
solco_icon_init (SolcoIcon *self)
{
}

/**
 * solco_icon_new:
 *
 * Returns: (transfer floating): an empty icon
 */
GtkWidget *
solco_icon_new (void)
{
  return g_object_new (SOLCO_TYPE_ICON, NULL);
}

/**
 * solco_icon_set_name:
 * @self: an icon
 * @name: name of a symbolic icon; a static string
 */
void
solco_icon_set_name (SolcoIcon *self, const char *name)
{
  g_return_if_fail (SOLCO_IS_ICON (self));

  if (name == self->name)
    return;
  self->name = name;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
