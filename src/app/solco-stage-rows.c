/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-stage-rows.h"

/* GTK 4.8 makes widgets for 205 rows around the one that it scrolls by, for the one with the focus
 * and for the one that was selected last. */
#define MAX_WIDGETS 208
/* So many new ones take half a frame, and fill a window. */
#define MAX_NEW 40
/* Longer than a frame, so that one is drawn meanwhile. */
#define STEP_INTERVAL_MS 20

struct _SolcoStageRows
{
  GListModel *model;     /* not owned */
  SolcoProject *project; /* not owned */
  SolcoStageRowsHold hold;
  gpointer hold_data;

  GArray *all;   /* of SolcoStageRow */
  GArray *shown; /* of guint, the indexes of those that are shown; NULL: all are */
  guint n_selected;
  guint step_id;
};

static gboolean on_step (gpointer data);

static SolcoStageRow *
get_row (SolcoStageRows *self, guint index)
{
  return &g_array_index (self->all, SolcoStageRow, index);
}

static guint
get_shown_index (SolcoStageRows *self, guint position)
{
  return self->shown != NULL ? g_array_index (self->shown, guint, position) : position;
}

/* How many of the rows before @index are shown. */
static guint
count_shown (SolcoStageRows *self, guint index)
{
  guint low = 0;
  guint high;

  if (self->shown == NULL)
    return index;
  high = self->shown->len;
  while (low < high)
    {
      const guint middle = low + (high - low) / 2;

      if (g_array_index (self->shown, guint, middle) < index)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
set_shown (SolcoStageRows *self, GArray *shown)
{
  g_clear_pointer (&self->shown, g_array_unref);
  self->shown = shown;
  if (shown == NULL)
    g_clear_handle_id (&self->step_id, g_source_remove);
  else if (self->step_id == 0)
    /* Frames are more urgent. */
    self->step_id = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, STEP_INTERVAL_MS, on_step, self,
                                        NULL);
}

/* Nobody is told. */
static void
put (SolcoStageRows *self, guint start, guint n_old, const SolcoStageRow *rows, guint n_new)
{
  for (guint i = start; i < start + n_old; i++)
    self->n_selected -= get_row (self, i)->is_selected;
  for (guint i = 0; i < n_new; i++)
    self->n_selected += rows[i].is_selected;
  if (n_old > 0)
    g_array_remove_range (self->all, start, n_old);
  if (n_new > 0)
    g_array_insert_vals (self->all, start, rows, n_new);
}

/* While all rows are shown. */
static void
replace (SolcoStageRows *self, guint start, guint n_old, const SolcoStageRow *rows, guint n_new)
{
  put (self, start, n_old, rows, n_new);
  if (n_old > 0 || n_new > 0)
    g_list_model_items_changed (self->model, start, n_old, n_new);
}

/* Shows up to @n_rows of the first rows that are not shown yet and stand together. Returns how
 * many these are. */
static guint
show_more (SolcoStageRows *self, guint n_rows)
{
  guint first = 0;
  guint high = self->shown->len;
  guint end;

  /* Up to there, positions are indexes. */
  while (first < high)
    {
      const guint middle = first + (high - first) / 2;

      if (g_array_index (self->shown, guint, middle) == middle)
        first = middle + 1;
      else
        high = middle;
    }
  end = first < self->shown->len ? g_array_index (self->shown, guint, first) : self->all->len;
  n_rows = MIN (n_rows, end - first);
  if (self->shown->len + n_rows == self->all->len)
    {
      set_shown (self, NULL);
    }
  else
    {
      g_autofree guint *indexes = g_new (guint, n_rows);

      for (guint i = 0; i < n_rows; i++)
        indexes[i] = first + i;
      g_array_insert_vals (self->shown, first, indexes, n_rows);
    }
  g_list_model_items_changed (self->model, first, 0, n_rows);
  return n_rows;
}

/* Shows some of the others, or all of them if a view makes no more widgets for that. */
static void
show_others (SolcoStageRows *self, guint n_rows)
{
  if (self->shown != NULL && self->shown->len + n_rows > MAX_WIDGETS)
    n_rows = G_MAXUINT;
  while (self->shown != NULL && n_rows > 0)
    n_rows -= show_more (self, n_rows);
}

static gboolean
on_step (gpointer data)
{
  SolcoStageRows *self = data;

  show_others (self, MAX_NEW);
  return self->shown != NULL ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* Shows those of the new rows only that were shown before, and some more. */
static void
replace_partly (SolcoStageRows *self, guint start, guint n_old, const SolcoStageRow *rows,
                guint n_new)
{
  const guint first = count_shown (self, start);
  const guint n_removed = count_shown (self, start + n_old) - first;
  const guint n_shown = solco_stage_rows_get_n_shown (self);
  GArray *shown = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n_known = 0;
  guint n_left = MAX_NEW;
  guint n_added;

  for (guint i = 0; i < first; i++)
    {
      const guint index = get_shown_index (self, i);

      g_array_append_val (shown, index);
    }
  for (guint i = 0; i < n_new && (n_left > 0 || n_known < n_removed); i++)
    {
      const guint index = start + i;

      /* Somebody shows it: it costs nothing, and may have the focus. */
      if (n_known < n_removed && solco_row_exists (self->project, rows[i].node))
        n_known++;
      else if (n_left > 0)
        n_left--;
      else
        continue;
      g_array_append_val (shown, index);
    }
  n_added = shown->len - first;
  for (guint i = first + n_removed; i < n_shown; i++)
    {
      const guint index = get_shown_index (self, i) - n_old + n_new;

      g_array_append_val (shown, index);
    }
  put (self, start, n_old, rows, n_new);
  if (shown->len == self->all->len)
    g_clear_pointer (&shown, g_array_unref);
  set_shown (self, shown);
  if (n_removed > 0 || n_added > 0)
    g_list_model_items_changed (self->model, first, n_removed, n_added);
  /* What is in view may be gone, and the rest may be for nothing. */
  if (self->shown != NULL)
    show_others (self, MAX_NEW - MIN (MAX_NEW, self->shown->len));
}

/* Rows that a view has lost sight of: the new ones are put between them and the row that it
 * holds. If these are few, others of those around are removed and inserted with them. */
static gboolean
replace_unseen (SolcoStageRows *self, guint start, guint n_old, const SolcoStageRow *rows,
                guint n_new)
{
  const SolcoNode *held = self->hold != NULL ? self->hold (self->hold_data) : NULL;
  const guint end = start + n_old;
  g_autoptr (GArray) more = NULL;
  guint index = 0;
  guint n_more;
  guint n_above;

  while (index < self->all->len && get_row (self, index)->node != held)
    index++;
  if (index == self->all->len)
    return FALSE;
  more = g_array_new (FALSE, FALSE, sizeof (SolcoStageRow));
  if (index < start)
    {
      n_more = MIN (MAX_WIDGETS, self->all->len - end);
      g_array_append_vals (more, rows, n_new);
      g_array_append_vals (more, get_row (self, end), n_more);
      replace (self, start, 0, (SolcoStageRow *) (gpointer) more->data, more->len);
      replace (self, start + more->len, n_old + n_more, NULL, 0);
      return TRUE;
    }
  if (index >= end)
    {
      n_more = MIN (MAX_WIDGETS, start);
      g_array_append_vals (more, get_row (self, start - n_more), n_more);
      g_array_append_vals (more, rows, n_new);
      replace (self, end, 0, (SolcoStageRow *) (gpointer) more->data, more->len);
      replace (self, start - n_more, n_old + n_more, NULL, 0);
      return TRUE;
    }
  for (n_above = 0; n_above < n_new && rows[n_above].node != held; n_above++)
    ;
  if (n_above == n_new)
    return FALSE;
  replace (self, index, 0, rows, n_above);
  replace (self, index + n_above + 1, 0, rows + n_above + 1, n_new - n_above - 1);
  replace (self, index + n_new, end - index - 1, NULL, 0);
  replace (self, start, index - start, NULL, 0);
  return TRUE;
}

/**
 * solco_stage_rows_new:
 * @model: the list; outlives the rows
 * @project: what the nodes are of; outlives the rows
 *
 * Returns: (transfer full): no rows; solco_stage_rows_free() takes them back
 */
SolcoStageRows *
solco_stage_rows_new (GListModel *model, SolcoProject *project)
{
  SolcoStageRows *self = g_new0 (SolcoStageRows, 1);

  self->model = model;
  self->project = project;
  self->all = g_array_new (FALSE, FALSE, sizeof (SolcoStageRow));
  return self;
}

/**
 * solco_stage_rows_free:
 * @self: (transfer full): rows
 */
void
solco_stage_rows_free (SolcoStageRows *self)
{
  set_shown (self, NULL);
  g_array_unref (self->all);
  g_free (self);
}

/**
 * solco_stage_rows_set_hold:
 * @self: rows
 * @hold: (nullable): is asked when many rows are replaced
 * @data: for @hold
 */
void
solco_stage_rows_set_hold (SolcoStageRows *self, SolcoStageRowsHold hold, gpointer data)
{
  self->hold = hold;
  self->hold_data = data;
}

/**
 * solco_stage_rows_get_all:
 * @self: rows
 *
 * Returns: (transfer none) (element-type SolcoStageRow): all rows, shown or not
 */
const GArray *
solco_stage_rows_get_all (SolcoStageRows *self)
{
  return self->all;
}

/**
 * solco_stage_rows_splice:
 * @self: rows
 * @start: index of the first row that goes
 * @end: index behind the last one
 * @rows: (element-type SolcoStageRow): what comes in their place
 *
 * Tells the model's users of what is different and shown at once.
 */
void
solco_stage_rows_splice (SolcoStageRows *self, guint start, guint end, const GArray *rows)
{
  const SolcoStageRow *new_rows = (const SolcoStageRow *) (gpointer) rows->data;
  guint n_new = rows->len;
  guint n_old;
  gboolean is_long;

  while (start < end && n_new > 0 && get_row (self, start)->node == new_rows->node)
    {
      start++;
      new_rows++;
      n_new--;
    }
  while (start < end && n_new > 0 && get_row (self, end - 1)->node == new_rows[n_new - 1].node)
    {
      end--;
      n_new--;
    }
  n_old = end - start;
  if (n_old == 0 && n_new == 0)
    return;
  is_long = self->all->len > MAX_WIDGETS && self->all->len - n_old + n_new > MAX_WIDGETS;
  if (self->shown != NULL || (!is_long && n_new > MAX_NEW))
    replace_partly (self, start, n_old, new_rows, n_new);
  else if (!is_long || n_old <= MAX_NEW || !replace_unseen (self, start, n_old, new_rows, n_new))
    replace (self, start, n_old, new_rows, n_new);
}

/**
 * solco_stage_rows_is_growing:
 * @self: rows
 *
 * Returns: whether some of them are not shown yet
 */
gboolean
solco_stage_rows_is_growing (SolcoStageRows *self)
{
  return self->shown != NULL;
}

/**
 * solco_stage_rows_get_n_shown:
 * @self: rows
 *
 * Returns: how many of them are shown
 */
guint
solco_stage_rows_get_n_shown (SolcoStageRows *self)
{
  return self->shown != NULL ? self->shown->len : self->all->len;
}

/**
 * solco_stage_rows_get_index:
 * @self: rows
 * @position: of one that is shown
 * @index: (out): where it stands among all rows
 *
 * Returns: %FALSE if there is none
 */
gboolean
solco_stage_rows_get_index (SolcoStageRows *self, guint position, guint *index)
{
  if (position >= solco_stage_rows_get_n_shown (self))
    return FALSE;
  *index = get_shown_index (self, position);
  return TRUE;
}

/**
 * solco_stage_rows_get_position:
 * @self: rows
 * @index: of a row
 * @position: (out): where it is shown
 *
 * Returns: whether it is shown
 */
gboolean
solco_stage_rows_get_position (SolcoStageRows *self, guint index, guint *position)
{
  *position = count_shown (self, index);
  return *position < solco_stage_rows_get_n_shown (self)
         && get_shown_index (self, *position) == index;
}

/**
 * solco_stage_rows_get_selection:
 * @self: rows
 * @position: of the first one
 * @n_rows: how many are asked for; there may be fewer
 *
 * Returns: (transfer full): the positions of those that are selected
 */
GtkBitset *
solco_stage_rows_get_selection (SolcoStageRows *self, guint position, guint n_rows)
{
  GtkBitset *selected = gtk_bitset_new_empty ();
  const guint n_shown = solco_stage_rows_get_n_shown (self);
  const guint end = position + MIN (n_rows, n_shown - MIN (position, n_shown));

  /* Run by run, as a bitset keeps it. */
  for (guint i = position; i < end && self->n_selected > 0; i++)
    {
      const guint first = i;

      while (i < end && get_row (self, get_shown_index (self, i))->is_selected)
        i++;
      if (i > first)
        gtk_bitset_add_range (selected, first, i - first);
    }
  return selected;
}

static gboolean
select_row (SolcoStageRows *self, guint index, gboolean is_selected)
{
  SolcoStageRow *row = get_row (self, index);

  if (row->is_selected == is_selected)
    return FALSE;
  row->is_selected = is_selected;
  self->n_selected += is_selected ? 1 : -1U;
  return TRUE;
}

/* Those that are not shown go with all the others. Returns whether any changed. */
static gboolean
select_hidden (SolcoStageRows *self, gboolean is_selected)
{
  gboolean has_changed = FALSE;
  guint position = 0;

  for (guint i = 0; i < self->all->len; i++)
    {
      if (position < self->shown->len && get_shown_index (self, position) == i)
        position++;
      else if (select_row (self, i, is_selected))
        has_changed = TRUE;
    }
  return has_changed;
}

/**
 * solco_stage_rows_set_selection:
 * @self: rows
 * @selected: positions of those that are to be selected
 * @mask: positions of those that this is about; if these are all, also of those not shown yet
 *
 * Tells the model's users of what is different.
 */
void
solco_stage_rows_set_selection (SolcoStageRows *self, GtkBitset *selected, GtkBitset *mask)
{
  const guint n_shown = solco_stage_rows_get_n_shown (self);
  GtkBitsetIter iter;
  guint position;
  guint first = G_MAXUINT;
  guint last = 0;

  for (gboolean valid = gtk_bitset_iter_init_first (&iter, mask, &position);
       valid && position < n_shown; valid = gtk_bitset_iter_next (&iter, &position))
    {
      if (!select_row (self, get_shown_index (self, position),
                       gtk_bitset_contains (selected, position)))
        continue;
      first = MIN (first, position);
      last = position;
    }
  if (self->shown != NULL && gtk_bitset_get_size_in_range (mask, 0, n_shown - 1) == n_shown
      && select_hidden (self,
                        gtk_bitset_get_size_in_range (selected, 0, n_shown - 1) == n_shown))
    {
      first = 0;
      last = n_shown - 1;
    }
  if (first != G_MAXUINT)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self->model), first,
                                           last - first + 1);
}

/**
 * solco_stage_rows_get_selected:
 * @self: rows
 *
 * Returns: (transfer container) (element-type SolcoNode): what is selected, from top to bottom
 */
GPtrArray *
solco_stage_rows_get_selected (SolcoStageRows *self)
{
  GPtrArray *nodes = g_ptr_array_new ();

  for (guint i = 0; i < self->all->len && nodes->len < self->n_selected; i++)
    if (get_row (self, i)->is_selected)
      g_ptr_array_add (nodes, get_row (self, i)->node);
  return nodes;
}

/**
 * solco_stage_rows_get_n_selected:
 * @self: rows
 *
 * Returns: how many rows are selected
 */
guint
solco_stage_rows_get_n_selected (SolcoStageRows *self)
{
  return self->n_selected;
}
