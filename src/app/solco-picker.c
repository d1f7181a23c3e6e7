/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-picker.h"

#include <glib/gi18n.h>

#include "text/solco-text-medium.h"
#include "text/solco-text-phase.h"

#define POPOVER_WIDTH_PX 360

struct _SolcoPicker
{
  GtkWidget parent_instance;

  SolcoController *controller;
  gboolean is_narrow;

  GtkWidget *button;
  GtkWidget *icon;
  GtkWidget *name;
  GtkWidget *line;
  GtkWidget *arrow;
  GtkWidget *popover;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (SolcoPicker, solco_picker, GTK_TYPE_WIDGET)

static const char *
get_icon_name (const SolcoMedium *medium)
{
  if (medium == NULL)
    return "drive-optical-symbolic";
  if (medium->is_image_file)
    return "drive-harddisk-symbolic";
  switch (solco_profile_get_family (medium->profile))
    {
    case SOLCO_FAMILY_CD:
      return "media-optical-cd-symbolic";
    case SOLCO_FAMILY_DVD:
      return "media-optical-dvd-symbolic";
    case SOLCO_FAMILY_BD:
      return "media-optical-bd-symbolic";
    case SOLCO_FAMILY_NONE:
    case SOLCO_FAMILY_FILE:
    default:
      return "media-optical-symbolic";
    }
}

static GtkWidget *
new_line (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.f);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static gboolean
is_busy (SolcoPicker *self)
{
  SolcoJob *job = solco_controller_get_job (self->controller);

  return job != NULL && !solco_job_is_finished (job);
}

/* What the window's job does to the disc, in the place of what is free on it. */
static char *
dup_busy_line (SolcoPicker *self, const SolcoMedium *medium)
{
  SolcoJob *job = solco_controller_get_job (self->controller);

  if (solco_request_get_kind (solco_job_get_request (job)) == SOLCO_REQUEST_BURN)
    return solco_text_medium_dup_recording_line (medium,
                                                 solco_controller_get_job_session (self->controller));
  return solco_text_medium_dup_kind (medium);
}

static char *
dup_line (SolcoPicker *self, const SolcoMedium *medium)
{
  const SolcoDiscMasterState state = solco_controller_get_state (self->controller);
  const guint next = state == SOLCO_DISC_MASTER_MULTI_SESSION
                         ? solco_controller_get_next_session (self->controller)
                         : 0;

  if (is_busy (self))
    return dup_busy_line (self, medium);
  if (self->is_narrow)
    return solco_text_medium_dup_short_line (medium);
  return solco_text_medium_dup_line (medium, next);
}

static void
update_title (SolcoPicker *self)
{
  SolcoMedium *medium = is_busy (self) ? solco_controller_get_job_medium (self->controller)
                                       : solco_controller_get_medium (self->controller);
  const char *target = solco_controller_get_target_name (self->controller);
  g_autofree char *title = NULL;
  g_autofree char *line = NULL;
  g_autofree char *accessible = NULL;

  if (medium != NULL)
    {
      title = solco_text_medium_dup_title (medium);
      line = medium->state == SOLCO_MEDIUM_NONE ? g_strdup (target) : dup_line (self, medium);
    }
  else if (target != NULL)
    {
      title = g_strdup (target);
      line = g_strdup (solco_controller_is_reading (self->controller)
                           ? _ ("Reading the disc…")
                           : _ ("The disc cannot be read"));
    }
  else
    {
      title = g_strdup (_ ("No Recorder"));
      line = g_strdup (_ ("Choose a recorder or an image file"));
    }
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), get_icon_name (medium));
  gtk_label_set_text (GTK_LABEL (self->name), title);
  gtk_label_set_text (GTK_LABEL (self->line), line);
  /* The title keeps its place while a job runs, but there is nothing to choose. */
  gtk_widget_set_opacity (self->arrow, is_busy (self) ? 0. : 1.);
  gtk_widget_set_can_target (self->button, !is_busy (self));
  gtk_widget_set_focusable (self->button, !is_busy (self));
  /* Translators: a screen reader says this of the disc in the title: its name, and what it is */
  accessible = g_strdup_printf (_ ("Disc: %s, %s"), title, line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  accessible, -1);
}

/* A row of the popover. */
static GtkWidget *
make_row (SolcoPicker *self, const char *icon_name, const char *name, const char *line,
          gboolean is_selected, gboolean can_eject)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line_label = new_line (line, "caption");
  g_autofree char *accessible = g_strdup_printf ("%s, %s", name, line);

  gtk_widget_add_css_class (line_label, "secondary");
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon_name));
  gtk_box_append (GTK_BOX (lines), new_line (name, "picker-name"));
  gtk_box_append (GTK_BOX (lines), line_label);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), lines);
  if (can_eject)
    {
      GtkWidget *eject = gtk_button_new_from_icon_name ("media-eject-symbolic");

      gtk_widget_add_css_class (eject, "flat");
      gtk_widget_set_valign (eject, GTK_ALIGN_CENTER);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (eject), "win.eject");
      gtk_widget_set_tooltip_text (eject, _ ("Eject"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (eject), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("Eject"), -1);
      gtk_box_append (GTK_BOX (box), eject);
    }
  if (is_selected)
    gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("object-select-symbolic"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_add_css_class (row, "picker-row");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, accessible,
                                  -1);
  return row;
}

static char *
dup_medium_summary (SolcoPicker *self)
{
  const SolcoMedium *medium = solco_controller_get_medium (self->controller);
  g_autofree char *line = NULL;

  if (medium == NULL)
    return g_strdup (solco_controller_is_reading (self->controller) ? _ ("Reading the disc…")
                                                                    : _ ("Cannot be read"));
  if (medium->state == SOLCO_MEDIUM_NONE)
    return solco_text_medium_dup_title (medium);
  line = solco_text_medium_dup_short_line (medium);
  if (medium->volume_label == NULL || *medium->volume_label == '\0')
    return g_steal_pointer (&line);
  /* Translators: the label of a disc, and what it is: “Photos”, CD-R · 387.4 MiB free */
  return g_strdup_printf (_ ("“%s”, %s"), medium->volume_label, line);
}

static void
append_recorder (SolcoPicker *self, SolcoRecorder *recorder)
{
  const SolcoTarget *target = solco_controller_get_target (self->controller);
  const char *path = solco_recorder_get_path (recorder);
  const gboolean is_selected = target != NULL && g_str_equal (target->address, path);
  g_autofree char *name = g_strdup_printf ("%s %s", solco_recorder_get_vendor (recorder),
                                           solco_recorder_get_product (recorder));
  g_autofree char *line = NULL;
  GtkWidget *row;

  if (is_selected)
    line = dup_medium_summary (self);
  else if (!solco_recorder_get_can_write (recorder))
    line = g_strdup (_ ("Reads discs only"));
  else
    line = g_strdup (solco_recorder_get_has_medium (recorder) ? _ ("Holds a disc")
                                                              : _ ("No disc"));
  row = make_row (self, "drive-optical-symbolic", name, line, is_selected,
                  is_selected || solco_recorder_get_has_medium (recorder));
  g_object_set_data_full (G_OBJECT (row), "path", g_strdup (path), g_free);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
append_image (SolcoPicker *self)
{
  const SolcoTarget *target = solco_controller_get_target (self->controller);
  const char *path = target != NULL ? solco_target_get_image_path (target) : NULL;
  g_autofree char *line = NULL;
  g_autofree char *summary = NULL;

  if (path != NULL)
    {
      summary = dup_medium_summary (self);
      line = g_strdup_printf ("%s, %s", solco_controller_get_target_name (self->controller),
                              summary);
    }
  else
    {
      line = g_strdup (_ ("Grows session by session, on any computer"));
    }
  gtk_list_box_append (GTK_LIST_BOX (self->list),
                       make_row (self, "drive-harddisk-symbolic", _ ("Disc image file…"), line,
                                 path != NULL, FALSE));
}

static void
update_list (SolcoPicker *self)
{
  GListModel *recorders;
  GtkWidget *row;

  if (!gtk_widget_get_visible (self->popover))
    return;
  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  recorders = G_LIST_MODEL (solco_controller_get_recorders (self->controller));
  for (guint i = 0; i < g_list_model_get_n_items (recorders); i++)
    {
      g_autoptr (SolcoRecorder) recorder = g_list_model_get_item (recorders, i);

      append_recorder (self, recorder);
    }
  append_image (self);
}

static void
update (SolcoPicker *self)
{
  update_title (self);
  update_list (self);
}

static void
on_row_activated (SolcoPicker *self, GtkListBoxRow *row)
{
  const char *path = g_object_get_data (G_OBJECT (row), "path");
  g_autofree char *chosen = g_strdup (path);

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (chosen == NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.choose-image", NULL);
      return;
    }
  solco_controller_select_address (self->controller, chosen);
}

static void
solco_picker_dispose (GObject *object)
{
  SolcoPicker *self = SOLCO_PICKER (object);

  if (self->controller != NULL)
    g_signal_handlers_disconnect_by_data (self->controller, self);
  g_clear_object (&self->controller);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (solco_picker_parent_class)->dispose (object);
}

static void
solco_picker_class_init (SolcoPickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = solco_picker_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "picker");
}

static void
make_popover (SolcoPicker *self)
{
  self->popover = gtk_popover_new ();
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_set_size_request (self->list, POPOVER_WIDTH_PX, -1);
  gtk_widget_add_css_class (self->list, "picker-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Recorders"), -1);
  gtk_popover_set_child (GTK_POPOVER (self->popover), self->list);
  gtk_widget_add_css_class (self->popover, "picker-popover");
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  g_signal_connect_object (self->popover, "show", G_CALLBACK (update_list), self,
                           G_CONNECT_SWAPPED);
}

static void
solco_picker_init (SolcoPicker *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (self->button), FALSE);
  gtk_widget_add_css_class (self->button, "picker");
  self->icon = gtk_image_new ();
  self->name = new_line (NULL, "title-name");
  self->line = new_line (NULL, "caption");
  gtk_widget_add_css_class (self->line, "title-line");
  gtk_widget_add_css_class (self->line, "secondary");
  gtk_widget_add_css_class (self->line, "tabular");
  self->arrow = gtk_image_new_from_icon_name ("pan-down-symbolic");
  gtk_box_append (GTK_BOX (lines), self->name);
  gtk_box_append (GTK_BOX (lines), self->line);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), self->icon);
  gtk_box_append (GTK_BOX (box), lines);
  gtk_box_append (GTK_BOX (box), self->arrow);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), box);
  make_popover (self);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), self->popover);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

/**
 * solco_picker_set_controller:
 * @self: a picker
 * @controller: whose recorders it shows; set once
 */
void
solco_picker_set_controller (SolcoPicker *self, SolcoController *controller)
{
  g_return_if_fail (SOLCO_IS_PICKER (self) && self->controller == NULL);

  self->controller = g_object_ref (controller);
  g_signal_connect_swapped (controller, "status-changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (controller, "notify::medium", G_CALLBACK (update), self);
  g_signal_connect_swapped (controller, "notify::is-reading", G_CALLBACK (update), self);
  g_signal_connect_swapped (controller, "notify::target-name", G_CALLBACK (update), self);
  g_signal_connect_swapped (controller, "notify::job", G_CALLBACK (update), self);
  update (self);
}

/**
 * solco_picker_set_narrow:
 * @self: a picker
 * @is_narrow: whether the line under the title has to be short
 */
void
solco_picker_set_narrow (SolcoPicker *self, gboolean is_narrow)
{
  g_return_if_fail (SOLCO_IS_PICKER (self));

  self->is_narrow = is_narrow;
  if (self->controller != NULL)
    update_title (self);
}

/**
 * solco_picker_popup:
 * @self: a picker
 *
 * Opens the list.
 */
void
solco_picker_popup (SolcoPicker *self)
{
  g_return_if_fail (SOLCO_IS_PICKER (self));

  if (!is_busy (self))
    gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
}
