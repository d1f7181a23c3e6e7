/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-option-row.h"

struct _SolcoOptionRow
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *title_label;
  GtkWidget *subtitle_label;
  GtkWidget *control;
  gboolean control_first;
};

enum
{
  PROP_TITLE = 1,
  PROP_SUBTITLE,
  PROP_CONTROL,
  PROP_CONTROL_FIRST,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (SolcoOptionRow, solco_option_row, GTK_TYPE_WIDGET)

/* The control speaks with the words of the row. */
static void
describe_control (SolcoOptionRow *self)
{
  const gboolean has_subtitle = gtk_widget_get_visible (self->subtitle_label);

  if (self->control == NULL)
    return;
  /* The focus is not on the drop-down, but on the button in it. */
  if (GTK_IS_DROP_DOWN (self->control))
    gtk_accessible_update_property (
        GTK_ACCESSIBLE (gtk_widget_get_first_child (self->control)),
        GTK_ACCESSIBLE_PROPERTY_LABEL, gtk_label_get_text (GTK_LABEL (self->title_label)), -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->control),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->title_label, NULL,
                                  -1);
  /* The text itself besides the relation: not every reader follows relations. */
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_PROPERTY_LABEL,
      gtk_label_get_text (GTK_LABEL (self->title_label)), -1);
  if (has_subtitle)
    gtk_accessible_update_property (
        GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
        gtk_label_get_text (GTK_LABEL (self->subtitle_label)), -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self->control),
                                   GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static void
on_released (SolcoOptionRow *self, int n_press, double x, double y, GtkGestureClick *gesture)
{
  if (self->control == NULL || !gtk_widget_is_sensitive (self->control))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_activate (self->control);
}

static void
place_control (SolcoOptionRow *self)
{
  if (self->control == NULL)
    return;
  if (gtk_widget_get_parent (self->control) == NULL)
    gtk_box_append (GTK_BOX (self->box), self->control);
  gtk_box_reorder_child_after (GTK_BOX (self->box), self->control,
                               self->control_first ? NULL
                                                   : gtk_widget_get_last_child (self->box));
  gtk_widget_set_valign (self->control, GTK_ALIGN_CENTER);
}

static void
set_control (SolcoOptionRow *self, GtkWidget *control)
{
  if (self->control != NULL)
    gtk_box_remove (GTK_BOX (self->box), self->control);
  self->control = control;
  place_control (self);
  describe_control (self);
}

/**
 * solco_option_row_set_title:
 * @self: a row
 * @title: its title, without mnemonic
 *
 * Main thread.
 */
void
solco_option_row_set_title (SolcoOptionRow *self, const char *title)
{
  g_return_if_fail (SOLCO_IS_OPTION_ROW (self));

  gtk_label_set_text (GTK_LABEL (self->title_label), title != NULL ? title : "");
  describe_control (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TITLE]);
}

/**
 * solco_option_row_set_subtitle:
 * @self: a row
 * @subtitle: (nullable): the line under the title; %NULL for none
 *
 * Main thread.
 */
void
solco_option_row_set_subtitle (SolcoOptionRow *self, const char *subtitle)
{
  g_return_if_fail (SOLCO_IS_OPTION_ROW (self));

  gtk_label_set_text (GTK_LABEL (self->subtitle_label), subtitle != NULL ? subtitle : "");
  gtk_widget_set_visible (self->subtitle_label, subtitle != NULL && *subtitle != '\0');
  describe_control (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SUBTITLE]);
}

/**
 * solco_option_row_set_icon:
 * @self: a row
 * @image: (transfer floating): a picture of what the row is about; it says nothing that the words
 *   do not say
 *
 * Main thread.
 */
void
solco_option_row_set_icon (SolcoOptionRow *self, GtkWidget *image)
{
  g_return_if_fail (SOLCO_IS_OPTION_ROW (self) && GTK_IS_WIDGET (image));

  gtk_box_prepend (GTK_BOX (self->box), image);
}

static void
solco_option_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SolcoOptionRow *self = SOLCO_OPTION_ROW (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, gtk_label_get_text (GTK_LABEL (self->title_label)));
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, gtk_label_get_text (GTK_LABEL (self->subtitle_label)));
      break;
    case PROP_CONTROL:
      g_value_set_object (value, self->control);
      break;
    case PROP_CONTROL_FIRST:
      g_value_set_boolean (value, self->control_first);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
solco_option_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SolcoOptionRow *self = SOLCO_OPTION_ROW (object);

  switch (id)
    {
    case PROP_TITLE:
      solco_option_row_set_title (self, g_value_get_string (value));
      break;
    case PROP_SUBTITLE:
      solco_option_row_set_subtitle (self, g_value_get_string (value));
      break;
    case PROP_CONTROL:
      set_control (self, g_value_get_object (value));
      break;
    case PROP_CONTROL_FIRST:
      self->control_first = g_value_get_boolean (value);
      place_control (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
solco_option_row_dispose (GObject *object)
{
  SolcoOptionRow *self = SOLCO_OPTION_ROW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  self->control = NULL;
  G_OBJECT_CLASS (solco_option_row_parent_class)->dispose (object);
}

static void
solco_option_row_class_init (SolcoOptionRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = solco_option_row_dispose;
  object_class->get_property = solco_option_row_get_property;
  object_class->set_property = solco_option_row_set_property;

  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  props[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, flags);
  props[PROP_CONTROL] = g_param_spec_object ("control", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_CONTROL_FIRST] = g_param_spec_boolean ("control-first", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "optionrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/solco/Solco/option-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SolcoOptionRow, box);
  gtk_widget_class_bind_template_child (widget_class, SolcoOptionRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, SolcoOptionRow, subtitle_label);
  gtk_widget_class_bind_template_callback (widget_class, on_released);
}

static void
solco_option_row_init (SolcoOptionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * solco_option_row_new:
 * @title: its title
 * @subtitle: (nullable): the line under it
 * @control: (nullable): the control at its end
 *
 * Main thread.
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
solco_option_row_new (const char *title, const char *subtitle, GtkWidget *control)
{
  return g_object_new (SOLCO_TYPE_OPTION_ROW, "title", title, "subtitle", subtitle, "control",
                       control, NULL);
}
