/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-cell.h"

#include <glib/gi18n.h>

#include "solco-icon.h"
#include "solco-line.h"
#include "solco-row-text.h"

struct _SolcoCell
{
  GtkWidget parent_instance;

  SolcoCellKind kind;
  gboolean is_narrow;
  SolcoRow *row;
  const char *row_class;

  /* Name. */
  GtkWidget *expander; /* arrow and box */
  GtkWidget *arrow;
  GtkWidget *box;
  GtkWidget *icon;
  GtkWidget *lines;
  GtkWidget *name;
  GtkWidget *caption;
  GtkWidget *editor;
  /* Size and date. */
  GtkWidget *text;
  /* Status; in the name cell only while it is narrow. */
  GtkWidget *badges;
  GtkWidget *badge;
  const char *badge_class;
  GtkWidget *news;
  GtkWidget *restore;
};

G_DEFINE_FINAL_TYPE (SolcoCell, solco_cell, GTK_TYPE_WIDGET)

/* Deeper rows stand no farther in, or nothing would be left of their names. */
#define MAX_SHOWN_DEPTH 16
#define INDENT_PX 16

static guint rename_signal;
static guint toggle_signal;
static guint restore_signal;

static GtkWidget *
new_badge (void)
{
  GtkWidget *badge = solco_line_new_whole ();

  gtk_widget_add_css_class (badge, "badge");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  return badge;
}

static void
on_restore (SolcoCell *self)
{
  g_signal_emit (self, restore_signal, 0);
}

static void
make_badges (SolcoCell *self, GtkWidget *parent_box)
{
  self->badges = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->badge = new_badge ();
  gtk_box_append (GTK_BOX (self->badges), self->badge);
  if (parent_box != NULL)
    gtk_box_append (GTK_BOX (parent_box), self->badges);
  else
    gtk_widget_set_parent (self->badges, GTK_WIDGET (self));
}

/* Few rows have them, so most cells never make them. */
static void
show_news (SolcoCell *self, const char *news)
{
  if (news != NULL && self->news == NULL)
    {
      self->news = new_badge ();
      gtk_widget_add_css_class (self->news, "new");
      gtk_box_insert_child_after (GTK_BOX (self->badges), self->news, self->badge);
    }
  if (self->news == NULL)
    return;
  gtk_widget_set_visible (self->news, news != NULL);
  if (news != NULL)
    solco_line_set_text (SOLCO_LINE (self->news), news);
}

static void
show_restore (SolcoCell *self, gboolean is_shown)
{
  if (is_shown && self->restore == NULL)
    {
      self->restore = gtk_button_new_from_icon_name ("edit-undo-symbolic");
      gtk_widget_add_css_class (self->restore, "flat");
      gtk_widget_add_css_class (self->restore, "restore");
      gtk_widget_set_valign (self->restore, GTK_ALIGN_CENTER);
      /* Ctrl+R does the same: a row is one stop of the Tab key. */
      gtk_widget_set_focusable (self->restore, FALSE);
      gtk_widget_set_tooltip_text (self->restore, C_ ("row", "Restore"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->restore),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, C_ ("row", "Restore"), -1);
      g_signal_connect_swapped (self->restore, "clicked", G_CALLBACK (on_restore), self);
      gtk_box_append (GTK_BOX (self->badges), self->restore);
    }
  if (self->restore != NULL)
    gtk_widget_set_visible (self->restore, is_shown);
}

static void
on_arrow (GtkGesture *gesture, int n_press, double x, double y, SolcoCell *self)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (self, toggle_signal, 0);
}

static void
make_name (SolcoCell *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->expander = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  self->arrow = solco_icon_new ();
  g_signal_connect (click, "pressed", G_CALLBACK (on_arrow), self);
  gtk_widget_add_controller (self->arrow, GTK_EVENT_CONTROLLER (click));
  gtk_box_append (GTK_BOX (self->expander), self->arrow);
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  self->icon = solco_icon_new ();
  self->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_hexpand (self->lines, TRUE);
  gtk_widget_set_valign (self->lines, GTK_ALIGN_CENTER);
  self->name = solco_line_new (0.f, FALSE);
  gtk_widget_add_css_class (self->name, "row-name");
  gtk_box_append (GTK_BOX (self->lines), self->name);
  gtk_box_append (GTK_BOX (self->box), self->icon);
  gtk_box_append (GTK_BOX (self->box), self->lines);
  gtk_widget_set_hexpand (self->box, TRUE);
  gtk_box_append (GTK_BOX (self->expander), self->box);
  gtk_widget_set_parent (self->expander, GTK_WIDGET (self));
}

static void
show_badges (SolcoCell *self)
{
  const char *badge_class = NULL;
  g_autofree char *status = solco_row_dup_status (self->row, &badge_class);
  g_autofree char *news = solco_row_dup_news (self->row);
  const SolcoNode *node = solco_row_get_node (self->row);

  solco_line_set_text (SOLCO_LINE (self->badge), status);
  if (self->badge_class != badge_class)
    {
      if (self->badge_class != NULL)
        gtk_widget_remove_css_class (self->badge, self->badge_class);
      gtk_widget_add_css_class (self->badge, badge_class);
      self->badge_class = badge_class;
    }
  show_news (self, news);
  show_restore (self, solco_node_get_origin (node) == SOLCO_ORIGIN_REMOVED
                          && solco_node_is_restorable (node));
}

/* The widget of the list that can be focused is made by GTK, and knows nothing of what is in it. */
static GtkWidget *
get_list_row (SolcoCell *self)
{
  GtkWidget *cell = gtk_widget_get_parent (GTK_WIDGET (self));

  return cell != NULL ? gtk_widget_get_parent (cell) : NULL;
}

static void
describe_row (SolcoCell *self)
{
  GtkWidget *row = get_list_row (self);
  g_autofree char *description = NULL;

  if (row == NULL)
    return;
  description = solco_row_dup_description (self->row);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, description,
                                  -1);
}

static void
show_name (SolcoCell *self)
{
  const char *name = solco_node_get_name (solco_row_get_node (self->row));
  g_autofree char *size = NULL;

  solco_icon_set_name (SOLCO_ICON (self->icon), solco_row_get_icon_name (self->row));
  solco_line_set_text (SOLCO_LINE (self->name), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->expander), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  solco_line_set_struck (SOLCO_LINE (self->name),
                         solco_node_get_origin (solco_row_get_node (self->row))
                             == SOLCO_ORIGIN_REMOVED);
  if (self->is_narrow)
    {
      size = solco_row_dup_size (self->row);
      solco_line_set_text (SOLCO_LINE (self->caption), size);
      show_badges (self);
    }
  describe_row (self);
}

static void
show_row_class (SolcoCell *self)
{
  const char *row_class = solco_row_get_css_class (self->row);

  if (row_class == self->row_class)
    return;
  if (self->row_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->row_class);
  if (row_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), row_class);
  self->row_class = row_class;
}

static void
show (SolcoCell *self)
{
  g_autofree char *text = NULL;

  if (self->row == NULL || solco_row_get_node (self->row) == NULL)
    return;
  switch (self->kind)
    {
    case SOLCO_CELL_NAME:
      show_name (self);
      break;
    case SOLCO_CELL_SIZE:
      text = solco_row_dup_size (self->row);
      solco_line_set_text (SOLCO_LINE (self->text), text);
      break;
    case SOLCO_CELL_MTIME:
      text = solco_row_dup_mtime (self->row);
      solco_line_set_text (SOLCO_LINE (self->text), text);
      break;
    case SOLCO_CELL_STATUS:
    default:
      show_badges (self);
      return;
    }
  show_row_class (self);
}

static void
end_rename (SolcoCell *self)
{
  GtkWidget *editor = self->editor;

  if (editor == NULL)
    return;
  self->editor = NULL;
  gtk_widget_set_visible (self->name, TRUE);
  gtk_box_remove (GTK_BOX (self->lines), editor);
}

/* The keyboard goes on with the row. */
static void
leave_editor (SolcoCell *self)
{
  GtkWidget *row = get_list_row (self);
  GtkWidget *editor = self->editor;
  const gboolean had_focus
      = editor != NULL && gtk_widget_get_focus_child (self->lines) == editor;

  end_rename (self);
  if (had_focus && row != NULL)
    gtk_widget_grab_focus (row);
}

static void
on_editor_done (SolcoCell *self)
{
  gboolean is_taken = FALSE;

  if (self->editor == NULL)
    return;
  g_signal_emit (self, rename_signal, 0, gtk_editable_get_text (GTK_EDITABLE (self->editor)),
                 &is_taken);
  if (is_taken)
    leave_editor (self);
}

/* The focus went elsewhere: what was typed counts, unless it is refused. */
static void
on_editor_left (SolcoCell *self)
{
  on_editor_done (self);
  end_rename (self);
}

static gboolean
on_editor_key (SolcoCell *self, guint keyval)
{
  if (keyval != GDK_KEY_Escape || self->editor == NULL)
    return FALSE;
  leave_editor (self);
  return TRUE;
}

/**
 * solco_cell_start_rename:
 * @self: a name cell with a row
 *
 * Puts an editor in the place of the name; the name is selected up to its extension.
 */
void
solco_cell_start_rename (SolcoCell *self)
{
  const char *name;
  const char *dot;
  GtkEventController *keys;
  GtkEventController *focus;

  g_return_if_fail (SOLCO_IS_CELL (self) && self->kind == SOLCO_CELL_NAME);

  if (self->row == NULL || self->editor != NULL)
    return;
  name = solco_node_get_name (solco_row_get_node (self->row));
  self->editor = gtk_entry_new ();
  gtk_widget_add_css_class (self->editor, "rename");
  gtk_widget_set_hexpand (self->editor, TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->editor), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->editor), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  C_ ("row", "New name"), -1);
  g_signal_connect_swapped (self->editor, "activate", G_CALLBACK (on_editor_done), self);
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_editor_key), self);
  gtk_widget_add_controller (self->editor, keys);
  gtk_widget_set_visible (self->name, FALSE);
  gtk_box_prepend (GTK_BOX (self->lines), self->editor);
  gtk_widget_grab_focus (self->editor);
  focus = gtk_event_controller_focus_new ();
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_editor_left), self);
  gtk_widget_add_controller (self->editor, focus);

  dot = solco_node_is_folder (solco_row_get_node (self->row)) ? NULL : strrchr (name, '.');
  gtk_editable_select_region (GTK_EDITABLE (self->editor), 0,
                              dot != NULL && dot != name ? (int) g_utf8_strlen (name, dot - name)
                                                         : -1);
}

/**
 * solco_cell_show_error:
 * @self: a name cell whose editor is open
 * @text: why the name is refused
 */
void
solco_cell_show_error (SolcoCell *self, const char *text)
{
  g_return_if_fail (SOLCO_IS_CELL (self));

  if (self->editor == NULL)
    return;
  gtk_widget_add_css_class (self->editor, "error");
  gtk_entry_set_icon_from_icon_name (GTK_ENTRY (self->editor), GTK_ENTRY_ICON_SECONDARY,
                                     "dialog-warning-symbolic");
  gtk_entry_set_icon_tooltip_text (GTK_ENTRY (self->editor), GTK_ENTRY_ICON_SECONDARY, text);
  gtk_widget_set_tooltip_text (self->editor, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->editor),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  gtk_widget_error_bell (self->editor);
}

/**
 * solco_cell_is_renaming:
 * @self: a cell
 *
 * Returns: whether its editor is open
 */
gboolean
solco_cell_is_renaming (SolcoCell *self)
{
  g_return_val_if_fail (SOLCO_IS_CELL (self), FALSE);

  return self->editor != NULL;
}

static void
solco_cell_dispose (GObject *object)
{
  SolcoCell *self = SOLCO_CELL (object);

  solco_cell_bind (self, NULL);
  if (self->kind == SOLCO_CELL_STATUS)
    g_clear_pointer (&self->badges, gtk_widget_unparent);
  g_clear_pointer (&self->expander, gtk_widget_unparent);
  g_clear_pointer (&self->text, gtk_widget_unparent);
  G_OBJECT_CLASS (solco_cell_parent_class)->dispose (object);
}

static void
solco_cell_class_init (SolcoCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = solco_cell_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  rename_signal = g_signal_new ("rename", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                g_signal_accumulator_first_wins, NULL, NULL, G_TYPE_BOOLEAN, 1,
                                G_TYPE_STRING);
  toggle_signal = g_signal_new ("toggle", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);
  restore_signal = g_signal_new ("restore", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
solco_cell_init (SolcoCell *self)
{
}

/**
 * solco_cell_new:
 * @kind: of which column
 *
 * Returns: (transfer floating): an empty cell
 */
GtkWidget *
solco_cell_new (SolcoCellKind kind)
{
  SolcoCell *self = g_object_new (SOLCO_TYPE_CELL, NULL);

  self->kind = kind;
  switch (kind)
    {
    case SOLCO_CELL_NAME:
      make_name (self);
      break;
    case SOLCO_CELL_STATUS:
      make_badges (self, NULL);
      break;
    case SOLCO_CELL_SIZE:
    case SOLCO_CELL_MTIME:
    default:
      /* Sizes keep their right edge in both directions. */
      self->text = solco_line_new (
          kind == SOLCO_CELL_SIZE
                  && gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_LTR
              ? 1.f
              : 0.f,
          TRUE);
      gtk_widget_set_parent (self->text, GTK_WIDGET (self));
      break;
    }
  return GTK_WIDGET (self);
}

/**
 * solco_cell_bind:
 * @self: a cell
 * @row: (nullable): what it shows from now on
 */
void
solco_cell_bind (SolcoCell *self, SolcoRow *row)
{
  g_return_if_fail (SOLCO_IS_CELL (self));

  end_rename (self);
  if (self->row != NULL)
    g_signal_handlers_disconnect_by_data (self->row, self);
  g_set_object (&self->row, row);
  if (row == NULL)
    return;
  g_signal_connect_swapped (row, "notify", G_CALLBACK (show), self);
  show (self);
}

/**
 * solco_cell_set_expander:
 * @self: a name cell
 * @depth: how many folders stand above its row
 * @is_folder: whether it has an arrow
 * @is_expanded: whether that points at what is in the folder
 */
void
solco_cell_set_expander (SolcoCell *self, guint depth, gboolean is_folder, gboolean is_expanded)
{
  GtkWidget *row;

  g_return_if_fail (SOLCO_IS_CELL (self) && self->kind == SOLCO_CELL_NAME);

  gtk_widget_set_margin_start (self->expander, (int) MIN (depth, MAX_SHOWN_DEPTH) * INDENT_PX);
  solco_icon_set_name (SOLCO_ICON (self->arrow),
                       !is_folder    ? NULL
                       : is_expanded ? "pan-down-symbolic"
                                     : "pan-end-symbolic");
  gtk_widget_set_can_target (self->arrow, is_folder);
  row = get_list_row (self);
  if (row == NULL)
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LEVEL,
                                  (int) depth + 1, -1);
  if (is_folder)
    gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_EXPANDED, is_expanded,
                                 -1);
  else
    gtk_accessible_reset_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_EXPANDED);
}

/**
 * solco_cell_set_narrow:
 * @self: a name cell
 * @is_narrow: whether it is the only one of its row
 */
void
solco_cell_set_narrow (SolcoCell *self, gboolean is_narrow)
{
  g_return_if_fail (SOLCO_IS_CELL (self));

  if (self->kind != SOLCO_CELL_NAME || is_narrow == self->is_narrow)
    return;
  self->is_narrow = is_narrow;
  if (is_narrow && self->caption == NULL)
    {
      self->caption = solco_line_new (0.f, TRUE);
      gtk_widget_add_css_class (self->caption, "caption");
      gtk_widget_add_css_class (self->caption, "secondary");
      gtk_box_append (GTK_BOX (self->lines), self->caption);
      make_badges (self, self->box);
    }
  gtk_widget_set_visible (self->caption, is_narrow);
  gtk_widget_set_visible (self->badges, is_narrow);
  show (self);
}

/**
 * solco_cell_get_row:
 * @self: a cell
 *
 * Returns: (transfer none) (nullable): what it shows
 */
SolcoRow *
solco_cell_get_row (SolcoCell *self)
{
  g_return_val_if_fail (SOLCO_IS_CELL (self), NULL);

  return self->row;
}
