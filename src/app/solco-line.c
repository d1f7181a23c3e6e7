/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-line.h"

struct _SolcoLine
{
  GtkWidget parent_instance;

  char *text;
  float xalign;
  gboolean is_tabular;
  gboolean is_struck;
  gboolean is_whole;
  int width_px;        /* of a whole line; -1 until it is asked for */
  PangoLayout *layout; /* NULL until it is needed */
};

G_DEFINE_FINAL_TYPE (SolcoLine, solco_line, GTK_TYPE_WIDGET)

static PangoLayout *
ensure_layout (SolcoLine *self)
{
  g_autoptr (PangoAttrList) attributes = NULL;

  if (self->layout != NULL)
    return self->layout;
  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->text);
  attributes = pango_attr_list_new ();
  if (self->is_tabular)
    pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  if (self->is_struck)
    pango_attr_list_insert (attributes, pango_attr_strikethrough_new (TRUE));
  pango_layout_set_attributes (self->layout, attributes);
  pango_layout_set_single_paragraph_mode (self->layout, TRUE);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
  return self->layout;
}

static void
solco_line_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                    int *natural, int *minimum_baseline, int *natural_baseline)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  g_autoptr (PangoFont) font = NULL;
  PangoFontMetrics *metrics;

  SolcoLine *self = SOLCO_LINE (widget);

  *minimum = 0;
  *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      if (self->is_whole && self->width_px < 0)
        pango_layout_get_pixel_size (ensure_layout (self), &self->width_px, NULL);
      *minimum = self->is_whole ? self->width_px : 0;
      *natural = *minimum;
      return;
    }
  /* Of the font itself, which keeps them: those of the context are measured with a sample text. */
  font = pango_context_load_font (context, pango_context_get_font_description (context));
  metrics = pango_font_get_metrics (font, pango_context_get_language (context));
  *minimum = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));
  *natural = *minimum;
  pango_font_metrics_unref (metrics);
}

static void
solco_line_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SolcoLine *self = SOLCO_LINE (widget);
  PangoLayout *layout = ensure_layout (self);
  const int width = gtk_widget_get_width (widget);
  const gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  const float xalign = is_rtl ? 1.f - self->xalign : self->xalign;
  PangoRectangle bounds;

  /* The line is placed by its own extents, whatever direction its text has. */
  if (!self->is_whole)
    pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_get_pixel_extents (layout, NULL, &bounds);
  gtk_snapshot_push_clip (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) gtk_widget_get_height (widget)));
  gtk_snapshot_render_layout (
      snapshot, gtk_widget_get_style_context (widget),
      (int) (xalign * (float) (width - bounds.width)) - bounds.x,
      (gtk_widget_get_height (widget) - bounds.height) / 2., layout);
  gtk_snapshot_pop (snapshot);
}

static void
forget_layout (SolcoLine *self)
{
  g_clear_object (&self->layout);
  if (self->is_whole && self->width_px >= 0)
    {
      self->width_px = -1;
      gtk_widget_queue_resize (GTK_WIDGET (self));
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
solco_line_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (solco_line_parent_class)->css_changed (widget, change);
  forget_layout (SOLCO_LINE (widget));
}

static void
solco_line_system_setting_changed (GtkWidget *widget, GtkSystemSetting settings)
{
  GTK_WIDGET_CLASS (solco_line_parent_class)->system_setting_changed (widget, settings);
  forget_layout (SOLCO_LINE (widget));
}

static void
solco_line_finalize (GObject *object)
{
  SolcoLine *self = SOLCO_LINE (object);

  g_clear_object (&self->layout);
  g_free (self->text);
  G_OBJECT_CLASS (solco_line_parent_class)->finalize (object);
}

static void
solco_line_class_init (SolcoLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = solco_line_finalize;
  widget_class->measure = solco_line_measure;
  widget_class->snapshot = solco_line_snapshot;
  widget_class->css_changed = solco_line_css_changed;
  widget_class->system_setting_changed = solco_line_system_setting_changed;
  gtk_widget_class_set_css_name (widget_class, "label");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
solco_line_init (SolcoLine *self)
{
  self->text = g_strdup ("");
  self->width_px = -1;
}

/**
 * solco_line_new:
 * @xalign: where a short text stands
 * @is_tabular: whether figures have equal widths
 *
 * Returns: (transfer floating): an empty line
 */
GtkWidget *
solco_line_new (float xalign, gboolean is_tabular)
{
  SolcoLine *self = g_object_new (SOLCO_TYPE_LINE, NULL);

  self->xalign = xalign;
  self->is_tabular = is_tabular;
  return GTK_WIDGET (self);
}

/**
 * solco_line_new_whole:
 *
 * Returns: (transfer floating): an empty line that asks for the width of its text
 */
GtkWidget *
solco_line_new_whole (void)
{
  SolcoLine *self = g_object_new (SOLCO_TYPE_LINE, NULL);

  self->is_whole = TRUE;
  return GTK_WIDGET (self);
}

/**
 * solco_line_set_text:
 * @self: a line
 * @text: what it shows
 */
void
solco_line_set_text (SolcoLine *self, const char *text)
{
  g_return_if_fail (SOLCO_IS_LINE (self) && text != NULL);

  if (g_str_equal (text, self->text))
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  forget_layout (self);
}

/**
 * solco_line_get_text:
 * @self: a line
 *
 * Returns: (transfer none): what it shows
 */
const char *
solco_line_get_text (SolcoLine *self)
{
  g_return_val_if_fail (SOLCO_IS_LINE (self), NULL);

  return self->text;
}

/**
 * solco_line_set_struck:
 * @self: a line
 * @is_struck: whether it is struck through
 */
void
solco_line_set_struck (SolcoLine *self, gboolean is_struck)
{
  g_return_if_fail (SOLCO_IS_LINE (self));

  if (is_struck == self->is_struck)
    return;
  self->is_struck = is_struck;
  forget_layout (self);
}
