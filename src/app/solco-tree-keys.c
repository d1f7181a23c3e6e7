/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-tree-keys.h"

typedef struct
{
  SolcoTreeKeyFunc func;
  gpointer data;
} TreeKeys;

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
  const TreeKeys *keys = user_data;
  gboolean opens;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || !read_key (view, keyval, &opens))
    return GDK_EVENT_PROPAGATE;
  /* While a name is edited, the keys are the entry's. */
  if (focus == NULL || GTK_IS_EDITABLE (focus) || !gtk_widget_is_ancestor (focus, view))
    return GDK_EVENT_PROPAGATE;
  return keys->func (focus, opens, keys->data) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static void
tree_keys_free (gpointer keys, GClosure *closure)
{
  g_free (keys);
}

/**
 * solco_tree_keys_add:
 * @view: a list view or column view
 * @func: opens or closes what has the focus
 * @data: for @func
 *
 * Main thread.
 */
void
solco_tree_keys_add (GtkWidget *view, SolcoTreeKeyFunc func, gpointer data)
{
  g_return_if_fail (GTK_IS_WIDGET (view) && func != NULL);

  GtkEventController *keys = gtk_event_controller_key_new ();
  TreeKeys *tree_keys = g_new (TreeKeys, 1);

  tree_keys->func = func;
  tree_keys->data = data;

  /* Before the list, which moves its cursor with them. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_data (keys, "key-pressed", G_CALLBACK (on_key_pressed), tree_keys,
                         tree_keys_free, 0);
  gtk_widget_add_controller (view, keys);
}
