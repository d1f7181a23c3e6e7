/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/solco-stage-list.h"

/* More than are sorted at once. */
#define N_MANY 3000
/* More open folders than are sorted in one turn of the main loop. */
#define N_FOLDERS 100

typedef struct
{
  SolcoProject *project;
  SolcoSearch *search;
  SolcoStageList *list;
  GPtrArray *mirror; /* of SolcoRow: what a view knows by items-changed alone */
} Fixture;

static void
assert_mirror (Fixture *self)
{
  GListModel *model = G_LIST_MODEL (self->list);
  guint n_selected = 0;

  g_assert_cmpuint (self->mirror->len, ==, g_list_model_get_n_items (model));
  for (guint i = 0; i < self->mirror->len; i++)
    {
      g_autoptr (SolcoRow) row = g_list_model_get_item (model, i);

      g_assert_true (g_ptr_array_index (self->mirror, i) == row);
      g_assert_true (solco_row_get_node (row) == solco_stage_list_get_node (self->list, i));
      n_selected += gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->list), i);
    }
  g_assert_cmpuint (n_selected, ==, solco_stage_list_get_n_selected (self->list));
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, Fixture *self)
{
  g_ptr_array_remove_range (self->mirror, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (self->mirror, (int) (position + i),
                        g_list_model_get_item (model, position + i));
  assert_mirror (self);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  const SolcoOrder order = { SOLCO_ORDER_NAME, FALSE };

  self->project = solco_project_new ();
  self->search = solco_search_new (self->project);
  self->list = solco_stage_list_new (self->project, self->search, &order);
  self->mirror = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect (self->list, "items-changed", G_CALLBACK (on_items_changed), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (self->list, self);
  g_ptr_array_unref (self->mirror);
  g_object_unref (self->list);
  g_object_unref (self->search);
  g_object_unref (self->project);
}

static SolcoNode *
make (Fixture *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  SolcoNode *node = solco_project_ensure_folder (self->project, path, &error);

  g_assert_no_error (error);
  return node;
}

static void
wait (Fixture *self)
{
  while (solco_stage_list_is_sorting (self->list) || solco_search_is_searching (self->search))
    g_main_context_iteration (NULL, TRUE);
}

static void
expand (Fixture *self, const SolcoNode *node, gboolean is_expanded)
{
  guint position;

  g_assert_true (solco_stage_list_find (self->list, node, &position));
  g_assert_true (solco_stage_list_set_expanded (self->list, position, is_expanded));
}

static void
assert_rows (Fixture *self, const char *expected)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->list)); i++)
    g_string_append_printf (names, "%s ",
                            solco_node_get_name (solco_stage_list_get_node (self->list, i)));
  g_assert_cmpstr (names->str, ==, expected);
  assert_mirror (self);
}

static void
select_node (Fixture *self, const SolcoNode *node)
{
  guint position;

  g_assert_true (solco_stage_list_find (self->list, node, &position));
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->list), position, FALSE);
}

static void
test_tree (Fixture *self, gconstpointer data)
{
  const SolcoOrder descending = { SOLCO_ORDER_NAME, TRUE };
  SolcoNode *b = make (self, "b");
  SolcoNode *inner = make (self, "b/inner");
  SolcoNode *nodes[] = { inner };
  g_autoptr (GPtrArray) selected = NULL;
  g_autoptr (GError) error = NULL;

  make (self, "c");
  make (self, "a");
  make (self, "b/inner/deep");
  make (self, "b/other");
  assert_rows (self, "a b c ");
  expand (self, b, TRUE);
  expand (self, inner, TRUE);
  assert_rows (self, "a b inner deep other c ");
  select_node (self, inner);

  /* What is open stays open, and what is selected selected. */
  solco_stage_list_set_order (self->list, &descending);
  assert_rows (self, "c b other inner deep a ");
  g_assert_true (solco_project_rename (self->project, b, "z", &error));
  assert_rows (self, "z other inner deep c a ");
  selected = solco_stage_list_get_selected (self->list);
  g_assert_cmpuint (selected->len, ==, 1);
  g_assert_true (g_ptr_array_index (selected, 0) == inner);

  g_assert_true (solco_project_move (self->project, nodes, 1,
                                     solco_project_get_root (self->project), SOLCO_CONFLICT_ASK,
                                     &error));
  assert_rows (self, "z other inner c a ");
  expand (self, b, FALSE);
  assert_rows (self, "z inner c a ");
  g_assert_true (solco_project_undo (self->project));
  assert_rows (self, "z c a ");
  solco_project_clear_content (self->project);
  assert_rows (self, "");
  g_assert_true (solco_project_undo (self->project));
  assert_rows (self, "z c a ");
}

/* An open folder with nothing in it is forgotten like any other. */
static void
test_empty_folder (Fixture *self, gconstpointer data)
{
  SolcoNode *folder = make (self, "empty");

  expand (self, folder, TRUE);
  g_assert_true (solco_project_remove (self->project, &folder, 1));
  assert_rows (self, "");
  g_assert_false (solco_stage_list_is_expanded (self->list, folder));
  g_assert_true (solco_project_undo (self->project));
  assert_rows (self, "empty ");
  expand (self, folder, TRUE);
}

static void
test_selection (Fixture *self, gconstpointer data)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->list);
  g_autoptr (GtkBitset) range = NULL;
  SolcoNode *b;

  make (self, "a");
  b = make (self, "b");
  make (self, "c");
  make (self, "d");
  g_assert_true (gtk_selection_model_select_all (model));
  g_assert_cmpuint (solco_stage_list_get_n_selected (self->list), ==, 4);
  g_assert_true (gtk_selection_model_unselect_item (model, 1));
  range = gtk_selection_model_get_selection_in_range (model, 1, 10);
  g_assert_cmpuint (gtk_bitset_get_size (range), ==, 2);
  g_assert_cmpuint (gtk_bitset_get_nth (range, 0), ==, 2);
  g_assert_false (gtk_selection_model_is_selected (model, 4));
  /* What comes is not selected, what goes does not count any more. */
  make (self, "aa");
  g_assert_cmpuint (solco_stage_list_get_n_selected (self->list), ==, 3);
  g_assert_true (gtk_selection_model_select_item (model, 2, TRUE));
  g_assert_true (solco_project_remove (self->project, &b, 1));
  g_assert_cmpuint (solco_stage_list_get_n_selected (self->list), ==, 0);
  assert_rows (self, "a aa c d ");
}

static void
make_many (Fixture *self, SolcoNode *folder)
{
  g_autoptr (GError) error = NULL;

  solco_project_begin_group (self->project, SOLCO_EDIT_ADD);
  for (guint i = 0; i < N_MANY; i++)
    {
      g_autofree char *name = g_strdup_printf ("n%u", (i * 7919) % N_MANY);

      g_assert_nonnull (solco_project_new_folder (self->project, folder, name, &error));
    }
  solco_project_end_group (self->project);
}

static void
assert_sorted (Fixture *self, guint first, const SolcoOrder *order)
{
  for (guint i = first; i + 1 < g_list_model_get_n_items (G_LIST_MODEL (self->list)); i++)
    g_assert_cmpint (solco_order_compare (self->project, order,
                                          solco_stage_list_get_node (self->list, i),
                                          solco_stage_list_get_node (self->list, i + 1)),
                     <, 0);
}

/* A large folder is sorted on another thread, whatever happens meanwhile. */
static void
test_many (Fixture *self, gconstpointer data)
{
  const SolcoOrder ascending = { SOLCO_ORDER_NAME, FALSE };
  const SolcoOrder descending = { SOLCO_ORDER_NAME, TRUE };
  SolcoNode *folder = make (self, "folder");
  g_autoptr (GError) error = NULL;
  SolcoNode *node;

  make_many (self, folder);
  expand (self, folder, TRUE);
  g_assert_true (solco_stage_list_is_sorting (self->list));
  make (self, "folder/late");
  wait (self);
  g_assert_cmpuint (self->mirror->len, ==, N_MANY + 2);
  assert_sorted (self, 1, &ascending);

  solco_stage_list_set_order (self->list, &descending);
  g_assert_true (solco_stage_list_is_sorting (self->list));
  node = solco_project_lookup (self->project, "folder/n7");
  g_assert_true (solco_project_remove (self->project, &node, 1));
  node = solco_project_lookup (self->project, "folder/n8");
  g_assert_true (solco_project_rename (self->project, node, "renamed", &error));
  wait (self);
  g_assert_cmpuint (self->mirror->len, ==, N_MANY + 1);
  assert_sorted (self, 1, &descending);

  /* The folder goes while it is sorted. */
  solco_stage_list_set_order (self->list, &ascending);
  g_assert_true (solco_project_remove (self->project, &folder, 1));
  assert_rows (self, "");
  g_assert_true (solco_project_undo (self->project));
  assert_rows (self, "folder ");
  wait (self);
}

/* Thousands at once, by undo and redo. */
static void
test_many_removed (Fixture *self, gconstpointer data)
{
  const SolcoOrder order = { SOLCO_ORDER_NAME, FALSE };
  g_autoptr (GPtrArray) selected = NULL;

  make_many (self, solco_project_get_root (self->project));
  wait (self);
  g_assert_cmpuint (self->mirror->len, ==, N_MANY);
  for (guint i = 0; i < N_MANY; i += 2)
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->list), i, FALSE);
  selected = solco_stage_list_get_selected (self->list);
  g_assert_cmpuint (selected->len, ==, N_MANY / 2);
  g_assert_true (solco_project_remove (self->project, (SolcoNode *const *) selected->pdata,
                                       selected->len));
  g_assert_cmpuint (self->mirror->len, ==, N_MANY / 2);
  g_assert_true (solco_project_undo (self->project));
  wait (self);
  g_assert_cmpuint (self->mirror->len, ==, N_MANY);
  assert_sorted (self, 0, &order);
  g_assert_true (solco_project_redo (self->project));
  wait (self);
  assert_mirror (self);
  g_assert_cmpuint (self->mirror->len, ==, N_MANY / 2);
}

/* What all open folders show together. */
static char *
dup_rows (Fixture *self)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < self->mirror->len; i++)
    g_string_append_printf (names, "%s ",
                            solco_node_get_name (solco_stage_list_get_node (self->list, i)));
  return g_string_free (names, FALSE);
}

/* Many open folders follow a new order some at a time, whatever happens meanwhile. */
static void
test_many_open (Fixture *self, gconstpointer data)
{
  const SolcoOrder descending = { SOLCO_ORDER_NAME, TRUE };
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autofree char *found = NULL;
  SolcoNode *gone;

  for (guint i = 0; i < N_FOLDERS; i++)
    {
      g_autofree char *name = g_strdup_printf ("f%02u", i);
      g_autofree char *one = g_strconcat (name, "/one", NULL);
      g_autofree char *two = g_strconcat (name, "/two", NULL);
      SolcoNode *folder = make (self, name);

      make (self, one);
      make (self, two);
      expand (self, folder, TRUE);
    }
  solco_stage_list_set_order (self->list, &descending);
  g_assert_true (solco_stage_list_is_sorting (self->list));
  /* One goes, one gets more, and another order is chosen, before all have followed. */
  gone = solco_project_lookup (self->project, "f50");
  g_assert_true (solco_project_remove (self->project, &gone, 1));
  make (self, "f20/three");
  solco_stage_list_set_order (self->list, &(SolcoOrder){ SOLCO_ORDER_NAME, FALSE });
  g_main_context_iteration (NULL, FALSE);
  solco_stage_list_set_order (self->list, &descending);
  wait (self);
  for (guint i = N_FOLDERS; i-- > 0;)
    if (i != 50)
      g_string_append_printf (expected, "f%02u two %sone ", i, i == 20 ? "three " : "");
  found = dup_rows (self);
  g_assert_cmpstr (found, ==, expected->str);
  assert_mirror (self);
}

static void
test_search (Fixture *self, gconstpointer data)
{
  SolcoNode *b = make (self, "b");

  make (self, "a");
  make (self, "b/found");
  make (self, "b/not");
  expand (self, b, TRUE);
  solco_search_set_text (self->search, "found");
  wait (self);
  solco_stage_list_set_filtered (self->list, TRUE);
  assert_rows (self, "b found ");
  /* What comes is looked at, too. */
  make (self, "b/found too");
  make (self, "b/neither");
  assert_rows (self, "b found found too ");
  solco_search_set_text (self->search, "");
  solco_stage_list_set_filtered (self->list, FALSE);
  assert_rows (self, "a b found found too neither not ");
}

static void
add (const char *name, void (*test) (Fixture *self, gconstpointer data))
{
  g_test_add (name, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/stage-list/tree", test_tree);
  add ("/stage-list/empty-folder", test_empty_folder);
  add ("/stage-list/selection", test_selection);
  add ("/stage-list/many", test_many);
  add ("/stage-list/many-removed", test_many_removed);
  add ("/stage-list/many-open", test_many_open);
  add ("/stage-list/search", test_search);
  return g_test_run ();
}
