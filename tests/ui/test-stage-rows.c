/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a view gets to know of large changes: with the view of GTK, and with a list of what was told
 * to anybody who listens. */
#include "app/solco-pane-private.h"
#include "app/solco-window-private.h"
#include "ui/ui-fixture.h"

#define N_MANY 20000
/* So many new rows may come in one turn of the main loop. */
#define MAX_NEW 40
/* GTK 4.8 makes widgets for at least so many. */
#define MIN_WIDGETS 200
#define N_EDITS 400

static SolcoPane *
get_pane (UiFixture *fixture)
{
  return SOLCO_WINDOW (fixture->window)->pane;
}

static guint
count_rows (SolcoStageList *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (list));
}

static void
make_children (SolcoProject *project, SolcoNode *folder, const char *prefix, guint n_children)
{
  g_autoptr (GError) error = NULL;

  solco_project_begin_group (project, SOLCO_EDIT_ADD);
  for (guint i = 0; i < n_children; i++)
    {
      g_autofree char *base = g_strdup_printf ("%s%u", prefix, (i * 7919) % n_children);
      g_autofree char *name = solco_project_get_free_name (project, folder, base, TRUE);

      g_assert_nonnull (solco_project_new_folder (project, folder, name, &error));
    }
  solco_project_end_group (project);
}

/* An open folder with many rows. */
static SolcoNode *
make_many (UiFixture *fixture)
{
  SolcoProject *project = solco_controller_get_project (fixture->controller);
  g_autoptr (GError) error = NULL;
  SolcoNode *folder = solco_project_ensure_folder (project, "many", &error);

  g_assert_no_error (error);
  make_children (project, folder, "n", N_MANY);
  ui_settle (fixture);
  return folder;
}

static void
expand (SolcoStageList *list, const SolcoNode *node, gboolean is_expanded)
{
  guint position;

  g_assert_true (solco_stage_list_find (list, node, &position));
  g_assert_true (solco_stage_list_set_expanded (list, position, is_expanded));
}

static void
sort (UiFixture *fixture, GtkSortType order)
{
  GtkColumnView *view = get_pane (fixture)->view;
  g_autoptr (GtkColumnViewColumn) column
      = g_list_model_get_item (gtk_column_view_get_columns (view), SOLCO_CELL_NAME);

  gtk_column_view_sort_by_column (view, column, order);
  ui_settle (fixture);
}

static GtkWidget *
get_row_widget (SolcoCell *cell)
{
  return gtk_widget_get_parent (gtk_widget_get_parent (GTK_WIDGET (cell)));
}

/* With references, so that no other widget can be taken for one of them. */
static GHashTable *
get_row_widgets (UiFixture *fixture)
{
  GPtrArray *cells = get_pane (fixture)->cells;
  GHashTable *widgets = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);

  for (guint i = 0; i < cells->len; i++)
    g_hash_table_add (widgets, g_object_ref (get_row_widget (g_ptr_array_index (cells, i))));
  return widgets;
}

static guint
count_kept (UiFixture *fixture, GHashTable *widgets)
{
  g_autoptr (GHashTable) now = get_row_widgets (fixture);
  GHashTableIter iter;
  gpointer widget;
  guint n_kept = 0;

  g_hash_table_iter_init (&iter, now);
  while (g_hash_table_iter_next (&iter, &widget, NULL))
    n_kept += g_hash_table_contains (widgets, widget);
  return n_kept;
}

static SolcoCell *
find_cell (UiFixture *fixture, const SolcoNode *node)
{
  GPtrArray *cells = get_pane (fixture)->cells;

  for (guint i = 0; i < cells->len; i++)
    if (solco_row_get_node (solco_cell_get_row (g_ptr_array_index (cells, i))) == node)
      return g_ptr_array_index (cells, i);
  return NULL;
}

static float
get_y (UiFixture *fixture, const SolcoNode *node)
{
  SolcoCell *cell = find_cell (fixture, node);
  graphene_rect_t bounds;

  g_assert_nonnull (cell);
  g_assert_true (gtk_widget_compute_bounds (get_row_widget (cell),
                                            GTK_WIDGET (get_pane (fixture)->view), &bounds));
  return bounds.origin.y;
}

static const SolcoNode *
get_focused (UiFixture *fixture)
{
  GtkWidget *focus = gtk_window_get_focus (fixture->window);
  SolcoCell *cell = solco_pane_get_cell (get_pane (fixture), focus);

  g_assert_nonnull (cell);
  return solco_row_get_node (solco_cell_get_row (cell));
}

static void
scroll (UiFixture *fixture, double part)
{
  GtkWidget *list = gtk_widget_get_last_child (GTK_WIDGET (get_pane (fixture)->view));
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));

  gtk_adjustment_set_value (adjustment, part * gtk_adjustment_get_upper (adjustment));
  ui_settle (fixture);
}

/* As the keyboard does it. */
static void
scroll_to (UiFixture *fixture, guint position)
{
  gtk_widget_activate_action (gtk_widget_get_last_child (GTK_WIDGET (get_pane (fixture)->view)),
                              "list.scroll-to-item", "u", position);
  ui_settle (fixture);
}

/* A list view makes few rows in one turn of the main loop, and all of them in the end. */
static void
test_grow (UiFixture *fixture, gconstpointer data)
{
  SolcoPane *pane = get_pane (fixture);
  SolcoNode *folder = make_many (fixture);
  guint n_turns = 0;

  g_assert_cmpuint (count_rows (pane->list), ==, 1);
  expand (pane->list, folder, TRUE);
  while (solco_stage_list_is_sorting (pane->list))
    {
      const guint n_before = pane->cells->len;

      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpuint (pane->cells->len, <=, n_before + MAX_NEW);
      n_turns += pane->cells->len > n_before;
    }
  g_assert_cmpuint (n_turns, >=, MIN_WIDGETS / MAX_NEW);
  g_assert_cmpuint (pane->cells->len, >=, MIN_WIDGETS);
  g_assert_cmpuint (count_rows (pane->list), ==, N_MANY + 1);
}

/* Sorting makes no new rows, wherever the view stands, and leaves the one with the focus. */
static void
test_sort (UiFixture *fixture, gconstpointer data)
{
  SolcoStageList *list = get_pane (fixture)->list;
  SolcoNode *folder = make_many (fixture);
  g_autoptr (GHashTable) widgets = NULL;
  SolcoNode *node;
  float y;

  expand (list, folder, TRUE);
  ui_settle (fixture);
  widgets = get_row_widgets (fixture);
  sort (fixture, GTK_SORT_DESCENDING);
  g_assert_cmpuint (count_kept (fixture, widgets), >=, MIN_WIDGETS);

  /* Among those that are sorted. */
  scroll (fixture, 0.5);
  node = solco_stage_list_get_node (list, N_MANY / 3);
  scroll_to (fixture, N_MANY / 3);
  g_assert_true (gtk_widget_grab_focus (get_row_widget (find_cell (fixture, node))));
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (list), N_MANY / 3, TRUE);
  ui_settle (fixture);
  y = get_y (fixture, node);
  g_clear_pointer (&widgets, g_hash_table_unref);
  widgets = get_row_widgets (fixture);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GPtrArray) selected = NULL;

      sort (fixture, i == 0 ? GTK_SORT_ASCENDING : GTK_SORT_DESCENDING);
      g_assert_cmpuint (count_kept (fixture, widgets), >=, MIN_WIDGETS);
      g_assert_true (get_focused (fixture) == node);
      g_assert_cmpfloat (get_y (fixture, node), ==, y);
      selected = solco_stage_list_get_selected (list);
      g_assert_cmpuint (selected->len, ==, 1);
      g_assert_true (g_ptr_array_index (selected, 0) == node);
    }
}

/* The rows in view, and where they stand, below the titles of the columns. */
static GHashTable *
get_places (UiFixture *fixture)
{
  GPtrArray *cells = get_pane (fixture)->cells;
  GHashTable *places = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < cells->len; i++)
    {
      SolcoCell *cell = g_ptr_array_index (cells, i);
      SolcoNode *node = solco_row_get_node (solco_cell_get_row (cell));

      /* GTK has no place for those that are out of sight. */
      if (gtk_widget_get_child_visible (get_row_widget (cell)))
        g_hash_table_insert (places, node, GINT_TO_POINTER ((int) get_y (fixture, node)));
    }
  return places;
}

/* Sorts, and looks whether a row of those in view is where it was. */
static void
sort_and_assert_place (UiFixture *fixture, GtkSortType order)
{
  g_autoptr (GHashTable) before = get_places (fixture);
  g_autoptr (GHashTable) after = NULL;
  GHashTableIter iter;
  gpointer node;
  gpointer place;
  guint n_same = 0;

  sort (fixture, order);
  after = get_places (fixture);
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &node, &place))
    n_same += g_hash_table_lookup (after, node) == place;
  g_assert_cmpuint (n_same, >=, 1);
}

/* The row with the focus is out of sight, or there is none. */
static void
test_sort_unseen (UiFixture *fixture, gconstpointer data)
{
  SolcoStageList *list = get_pane (fixture)->list;
  SolcoNode *folder = make_many (fixture);
  g_autoptr (GHashTable) widgets = NULL;
  SolcoNode *node;

  expand (list, folder, TRUE);
  ui_settle (fixture);
  node = solco_stage_list_get_node (list, 7);
  g_assert_true (gtk_widget_grab_focus (get_row_widget (find_cell (fixture, node))));
  scroll (fixture, 0.3);
  sort_and_assert_place (fixture, GTK_SORT_DESCENDING);
  g_assert_true (get_focused (fixture) == node);

  gtk_window_set_focus (fixture->window, NULL);
  scroll (fixture, 0.6);
  sort_and_assert_place (fixture, GTK_SORT_ASCENDING);
  /* GTK scrolls by another row than after the scroll bar was moved. */
  scroll_to (fixture, N_MANY / 3);
  widgets = get_row_widgets (fixture);
  sort_and_assert_place (fixture, GTK_SORT_DESCENDING);
  g_assert_cmpuint (count_kept (fixture, widgets), >=, MIN_WIDGETS);
}

/* The rows of a folder that is closed show what stands below it. */
static void
test_close (UiFixture *fixture, gconstpointer data)
{
  SolcoProject *project = solco_controller_get_project (fixture->controller);
  SolcoStageList *list = get_pane (fixture)->list;
  SolcoNode *folder = make_many (fixture);
  g_autoptr (GHashTable) widgets = NULL;

  make_children (project, solco_project_get_root (project), "z", 1000);
  expand (list, folder, TRUE);
  ui_settle (fixture);
  widgets = get_row_widgets (fixture);
  expand (list, folder, FALSE);
  ui_settle (fixture);
  g_assert_cmpuint (count_rows (list), ==, 1001);
  g_assert_cmpuint (count_kept (fixture, widgets), >=, MIN_WIDGETS);
}

/* A list that is not long yet: what is shown and has the focus stays, whatever comes. */
static void
test_few (UiFixture *fixture, gconstpointer data)
{
  SolcoProject *project = solco_controller_get_project (fixture->controller);
  SolcoStageList *list = get_pane (fixture)->list;
  g_autoptr (GHashTable) widgets = NULL;
  SolcoNode *node;

  make_children (project, solco_project_get_root (project), "n", 150);
  ui_settle (fixture);
  node = solco_stage_list_get_node (list, 120);
  g_assert_true (gtk_widget_grab_focus (get_row_widget (find_cell (fixture, node))));
  widgets = get_row_widgets (fixture);
  sort (fixture, GTK_SORT_DESCENDING);
  g_assert_cmpuint (count_kept (fixture, widgets), ==, 150);
  g_assert_true (get_focused (fixture) == node);
  make_children (project, solco_project_get_root (project), "m", 1000);
  ui_settle (fixture);
  g_assert_cmpuint (count_rows (list), ==, 1150);
  g_assert_true (get_focused (fixture) == node);
}

/* What was told, against what should be shown. */
typedef struct
{
  SolcoProject *project;
  SolcoSearch *search;
  SolcoStageList *list;
  SolcoOrder order;
  gboolean is_filtered;
  GRand *rand;
  GPtrArray *told; /* nodes; not owned */
} Told;

static void
on_told (GListModel *model, guint position, guint n_removed, guint n_added, Told *self)
{
  if (n_removed > 0)
    g_ptr_array_remove_range (self->told, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    g_ptr_array_insert (self->told, (int) (position + i),
                        solco_stage_list_get_node (self->list, position + i));
  g_assert_cmpuint (self->told->len, ==, count_rows (self->list));
}

static guint
pick (Told *self, guint n)
{
  return (guint) g_rand_int_range (self->rand, 0, (int) n);
}

/* Any row, and sometimes none. */
static const SolcoNode *
on_hold (gpointer data)
{
  Told *self = data;

  if (count_rows (self->list) == 0 || pick (self, 4) == 0)
    return NULL;
  return solco_stage_list_get_node (self->list, pick (self, count_rows (self->list)));
}

static SolcoNode *
pick_node (Told *self)
{
  return count_rows (self->list) > 0
             ? solco_stage_list_get_node (self->list, pick (self, count_rows (self->list)))
             : NULL;
}

static SolcoNode *
pick_folder (Told *self)
{
  SolcoNode *node = pick_node (self);

  return node != NULL && solco_node_get_origin (node) == SOLCO_ORIGIN_NEW
             ? node : solco_project_get_root (self->project);
}

static void
select_some (Told *self)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->list);
  const guint position = pick (self, count_rows (self->list));

  switch (pick (self, 4))
    {
    case 0:
      gtk_selection_model_select_all (model);
      break;
    case 1:
      gtk_selection_model_unselect_all (model);
      break;
    case 2:
      gtk_selection_model_select_item (model, position, TRUE);
      break;
    default:
      gtk_selection_model_select_range (model, position, 1 + pick (self, 100), FALSE);
    }
}

static void
remove_some (Told *self)
{
  const guint first = pick (self, count_rows (self->list));
  const guint n_most = 1 + pick (self, 150);
  const guint end = MIN (first + n_most, count_rows (self->list));
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();

  for (guint i = first; i < end; i++)
    g_ptr_array_add (nodes, solco_stage_list_get_node (self->list, i));
  solco_project_remove (self->project, (SolcoNode *const *) nodes->pdata, nodes->len);
}

static void
filter (Told *self)
{
  self->is_filtered = !self->is_filtered;
  solco_search_set_text (self->search, self->is_filtered ? "1" : "");
  while (solco_search_is_searching (self->search))
    g_main_context_iteration (NULL, TRUE);
  solco_stage_list_set_filtered (self->list, self->is_filtered);
}

/* As a pane does it. */
static void
on_found (Told *self)
{
  solco_stage_list_set_filtered (self->list, self->is_filtered);
}

static void
edit (Told *self)
{
  SolcoNode *node = pick_node (self);
  g_autofree char *name = g_strdup_printf ("%c%u", 'a' + (int) pick (self, 26), pick (self, 99999));
  guint position;

  switch (node != NULL ? pick (self, 12) : 0)
    {
    case 0:
    case 1:
      make_children (self->project, pick_folder (self), name, 1 + pick (self, 700));
      break;
    case 2:
    case 3:
    case 4:
      if (solco_stage_list_find (self->list, node, &position))
        solco_stage_list_set_expanded (self->list, position,
                                       !solco_stage_list_is_expanded (self->list, node));
      break;
    case 5:
    case 6:
      self->order.is_descending = !self->order.is_descending;
      solco_stage_list_set_order (self->list, &self->order);
      break;
    case 7:
      /* It may not be possible. */
      solco_project_rename (self->project, node, name, NULL);
      break;
    case 8:
      remove_some (self);
      break;
    case 9:
      solco_project_undo (self->project);
      if (pick (self, 2) == 0)
        solco_project_redo (self->project);
      break;
    case 10:
      filter (self);
      break;
    default:
      if (pick (self, 20) == 0)
        solco_project_clear_content (self->project);
      else
        select_some (self);
    }
}

static void
add_expected (Told *self, SolcoNode *folder, GPtrArray *expected)
{
  g_autoptr (GPtrArray) children
      = solco_order_sort (self->project, &self->order, folder,
                          self->is_filtered ? self->search : NULL);

  for (guint i = 0; i < children->len; i++)
    {
      SolcoNode *node = g_ptr_array_index (children, i);

      g_ptr_array_add (expected, node);
      if (solco_stage_list_is_expanded (self->list, node))
        add_expected (self, node, expected);
    }
}

static void
assert_told (Told *self)
{
  g_autoptr (GPtrArray) expected = g_ptr_array_new ();
  g_autoptr (GPtrArray) selected = NULL;
  guint n_selected = 0;

  while (solco_stage_list_is_sorting (self->list) || solco_search_is_searching (self->search)
         || g_main_context_pending (NULL))
    g_main_context_iteration (NULL, TRUE);
  add_expected (self, solco_project_get_root (self->project), expected);
  g_assert_cmpuint (self->told->len, ==, expected->len);
  selected = solco_stage_list_get_selected (self->list);
  g_assert_cmpuint (solco_stage_list_get_n_selected (self->list), ==, selected->len);
  for (guint i = 0; i < expected->len; i++)
    {
      SolcoNode *node = g_ptr_array_index (expected, i);

      g_assert_true (g_ptr_array_index (self->told, i) == node);
      g_assert_true (solco_stage_list_get_node (self->list, i) == node);
      if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->list), i))
        continue;
      g_assert_true (g_ptr_array_index (selected, n_selected) == node);
      n_selected++;
    }
  g_assert_cmpuint (n_selected, ==, selected->len);
}

/* Selects some rows, sorts, and looks whether they are still selected. */
static void
assert_selection_is_kept (Told *self)
{
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GHashTable) nodes = g_hash_table_new (NULL, NULL);

  if (count_rows (self->list) == 0)
    return;
  select_some (self);
  before = solco_stage_list_get_selected (self->list);
  self->order.is_descending = !self->order.is_descending;
  solco_stage_list_set_order (self->list, &self->order);
  assert_told (self);
  after = solco_stage_list_get_selected (self->list);
  g_assert_cmpuint (after->len, ==, before->len);
  for (guint i = 0; i < before->len; i++)
    g_hash_table_add (nodes, before->pdata[i]);
  for (guint i = 0; i < after->len; i++)
    g_assert_true (g_hash_table_contains (nodes, after->pdata[i]));
}

/* Any edits, also before the list shows all of the last one. */
static void
test_told (void)
{
  Told self = { .order = { SOLCO_ORDER_NAME, FALSE } };

  self.rand = g_rand_new_with_seed (1969);
  self.project = solco_project_new ();
  self.search = solco_search_new (self.project);
  self.list = solco_stage_list_new (self.project, self.search, &self.order);
  self.told = g_ptr_array_new ();
  g_signal_connect (self.list, "items-changed", G_CALLBACK (on_told), &self);
  g_signal_connect_swapped (self.search, "changed", G_CALLBACK (on_found), &self);
  solco_stage_list_set_hold (self.list, on_hold, &self);
  for (guint i = 0; i < N_EDITS; i++)
    {
      edit (&self);
      for (guint turn = pick (&self, 4); turn > 0; turn--)
        g_main_context_iteration (NULL, solco_stage_list_is_sorting (self.list));
      if (pick (&self, 3) != 0)
        continue;
      assert_told (&self);
      assert_selection_is_kept (&self);
    }
  assert_told (&self);
  g_object_unref (self.list);
  g_object_unref (self.search);
  g_object_unref (self.project);
  g_ptr_array_unref (self.told);
  g_rand_free (self.rand);
}

/* All are all, and one is one, also while only some are shown. */
static void
test_select_while_growing (void)
{
  const SolcoOrder order = { SOLCO_ORDER_NAME, FALSE };
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autoptr (SolcoSearch) search = solco_search_new (project);
  g_autoptr (SolcoStageList) list = NULL;
  GtkSelectionModel *model;

  make_children (project, solco_project_get_root (project), "n", 300);
  list = solco_stage_list_new (project, search, &order);
  model = GTK_SELECTION_MODEL (list);
  g_assert_true (solco_stage_list_is_sorting (list));
  g_assert_cmpuint (count_rows (list), <=, MAX_NEW);
  g_assert_true (gtk_selection_model_select_all (model));
  g_assert_cmpuint (solco_stage_list_get_n_selected (list), ==, 300);
  g_assert_true (gtk_selection_model_select_item (model, 3, TRUE));
  g_assert_cmpuint (solco_stage_list_get_n_selected (list), ==, 1);
  while (solco_stage_list_is_sorting (list))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count_rows (list), ==, 300);
  g_assert_true (gtk_selection_model_is_selected (model, 3));
}

static void
add (const char *name, void (*test) (UiFixture *fixture, gconstpointer data))
{
  g_test_add (name, UiFixture, NULL, ui_fixture_set_up, test, ui_fixture_tear_down);
}

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    return 77;
  g_test_add_func ("/stage-rows/told", test_told);
  g_test_add_func ("/stage-rows/select-while-growing", test_select_while_growing);
  add ("/stage-rows/grow", test_grow);
  add ("/stage-rows/sort", test_sort);
  add ("/stage-rows/sort-unseen", test_sort_unseen);
  add ("/stage-rows/close", test_close);
  add ("/stage-rows/few", test_few);
  return g_test_run ();
}
