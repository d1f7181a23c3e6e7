/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-tree-keys.h"

static GtkTreeExpander *
find_expander (GtkWidget *widget)
{
  if (GTK_IS_TREE_EXPANDER (widget))
    return GTK_TREE_EXPANDER (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkTreeExpander *expander = find_expander (child);

      if (expander != NULL)
        return expander;
    }
  return NULL;
}

/* Whether the key is one of ours, and what it asks for. */
static gboolean
read_key (GtkWidget *view, guint keyval, gboolean *opens)
{
  const gboolean is_rtl = gtk_widget_get_direction (view) == GTK_TEXT_DIR_RTL;

  switch (keyval)
    {
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      *opens = !is_rtl;
      return TRUE;
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      *opens = is_rtl;
      return TRUE;
    case GDK_KEY_plus:
    case GDK_KEY_KP_Add:
      *opens = TRUE;
      return TRUE;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      *opens = FALSE;
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint keyval, guint keycode,
                GdkModifierType state, gpointer user_data)
{
  GtkWidget *view = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (view));
  GtkTreeExpander *expander;
  GtkTreeListRow *row;
  gboolean opens;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || !read_key (view, keyval, &opens))
    return GDK_EVENT_PROPAGATE;
  /* While a name is edited, the keys are the entry's. */
  if (focus == NULL || GTK_IS_EDITABLE (focus) || !gtk_widget_is_ancestor (focus, view))
    return GDK_EVENT_PROPAGATE;
  expander = find_expander (focus);
  row = expander != NULL ? gtk_tree_expander_get_list_row (expander) : NULL;
  if (row == NULL || !gtk_tree_list_row_is_expandable (row)
      || gtk_tree_list_row_get_expanded (row) == opens)
    return GDK_EVENT_PROPAGATE;
  gtk_tree_list_row_set_expanded (row, opens);
  return GDK_EVENT_STOP;
}

/**
 * solco_tree_keys_add:
 * @view: a list view or column view whose cells have tree expanders
 *
 * Main thread.
 */
void
solco_tree_keys_add (GtkWidget *view)
{
  g_return_if_fail (GTK_IS_WIDGET (view));

  GtkEventController *keys = gtk_event_controller_key_new ();

  /* Before the list, which moves its cursor with them. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), NULL);
  gtk_widget_add_controller (view, keys);
}
