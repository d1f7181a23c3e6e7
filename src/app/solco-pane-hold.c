/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which row stays where it is in the view while many others are replaced. */
#include "solco-pane-private.h"

static GtkWidget *
get_row (SolcoCell *cell)
{
  return gtk_widget_get_parent (gtk_widget_get_parent (GTK_WIDGET (cell)));
}

static SolcoCell *
pick (SolcoPane *self, GtkWidget *list, float y)
{
  GtkWidget *widget = gtk_widget_pick (list, gtk_widget_get_width (list) / 2., (double) y,
                                       GTK_PICK_INSENSITIVE);

  return solco_pane_get_cell (self, widget);
}

/* The row that stands as far down the view as the view stands in the list: it is the one that GTK
 * 4.8 scrolls by, too. */
static SolcoCell *
find_in_view (SolcoPane *self, GtkWidget *list)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
  const float height = (float) gtk_widget_get_height (list);
  const double range
      = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
  const float part = range > 0 ? (float) (gtk_adjustment_get_value (adjustment) / range) : 0.f;
  SolcoCell *cell = pick (self, list, MIN (part * height, height - 1));
  graphene_rect_t bounds;

  if (cell == NULL || !gtk_widget_compute_bounds (get_row (cell), list, &bounds))
    return NULL;
  if (bounds.origin.y < 0)
    return pick (self, list, bounds.origin.y + bounds.size.height + 1);
  if (bounds.origin.y + bounds.size.height > height)
    return pick (self, list, bounds.origin.y - 1);
  return cell;
}

static const SolcoNode *
find_held (SolcoPane *self)
{
  GtkWidget *list = gtk_widget_get_last_child (GTK_WIDGET (self->view));
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (list));
  SolcoCell *cell;
  const SolcoNode *node;
  guint position;

  if (focus != NULL && gtk_widget_is_ancestor (focus, list))
    {
      cell = solco_pane_get_cell (self, focus);
      /* Out of sight it can be kept by GTK alone, which does not even draw it then. */
      if (cell == NULL || !gtk_widget_get_child_visible (get_row (cell)))
        return NULL;
    }
  else
    {
      cell = find_in_view (self, list);
    }
  node = cell != NULL ? solco_row_get_node (solco_cell_get_row (cell)) : NULL;
  if (node == NULL || !solco_stage_list_find (self->list, node, &position))
    return NULL;
  /* Where it is already; but now GTK scrolls by no other row. */
  gtk_widget_activate_action (list, "list.scroll-to-item", "u", position);
  return node;
}

/* Until the next frame, rows do not have their places. Returns whether they have. */
static gboolean
is_next_frame (SolcoPane *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->view));
  const gint64 frame = clock != NULL ? gdk_frame_clock_get_frame_counter (clock) : -1;

  if (frame == self->held_frame)
    return FALSE;
  self->held_frame = frame;
  return frame >= 0;
}

static const SolcoNode *
on_hold (gpointer data)
{
  SolcoPane *self = data;

  if (is_next_frame (self))
    self->held = gtk_widget_get_mapped (GTK_WIDGET (self->view)) ? find_held (self) : NULL;
  return self->held;
}

void
solco_pane_note_change (SolcoPane *self)
{
  if (is_next_frame (self))
    self->held = NULL;
}

void
solco_pane_hold_rows (SolcoPane *self)
{
  self->held = NULL;
  self->held_frame = -1;
  solco_stage_list_set_hold (self->list, on_hold, self);
}
