/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/solco-pane-private.h"

#include <glib/gstdio.h>

#include "app/solco-window-private.h"
#include "ui/ui-fixture.h"

#define ASSERT_ROWS(fixture, ...)                                                                  \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_auto (GStrv) rows_ = ui_get_rows (fixture);                                                  \
    const char *expected_[] = { __VA_ARGS__, NULL };                                               \
    g_assert_cmpstrv (rows_, expected_);                                                           \
  }                                                                                                \
  G_STMT_END

static SolcoPane *
get_pane (UiFixture *fixture)
{
  return SOLCO_WINDOW (fixture->window)->pane;
}

static SolcoProject *
get_project (UiFixture *fixture)
{
  return solco_controller_get_project (fixture->controller);
}

static void
select_row (UiFixture *fixture, guint position)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (get_pane (fixture)->list), position,
                                   TRUE);
}

static void
drop_samples (UiFixture *fixture)
{
  g_autofree char *file = ui_make_file (fixture, "src/b.txt", 10);
  g_autofree char *folder = g_build_filename (fixture->folder, "src", "Summer", NULL);
  const char *paths[] = { file, folder, NULL };

  g_free (ui_make_file (fixture, "src/Summer/IMG_1.jpg", 5000));
  g_free (ui_make_file (fixture, "src/Summer/IMG_2.jpg", 100));
  ui_drop (fixture, paths);
  ui_settle (fixture);
}

static void
test_empty (UiFixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (gtk_stack_get_visible_child_name (get_pane (fixture)->content), ==, "empty");
  g_assert_false (ui_is_enabled (fixture, "burn"));
  g_assert_false (ui_is_enabled (fixture, "find"));
  g_assert_true (ui_is_enabled (fixture, "add-files"));
}

static void
test_drop (UiFixture *fixture, gconstpointer data)
{
  ui_select_image (fixture, "disc.iso");
  drop_samples (fixture);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (get_pane (fixture)->content), ==, "tree");
  /* Folders come first. */
  ASSERT_ROWS (fixture, "Summer|New", "b.txt|New");
  g_assert_cmpuint (solco_project_get_totals (get_project (fixture))->n_new_files, ==, 3);
  g_assert_true (ui_is_enabled (fixture, "burn"));
  ui_activate (fixture, "undo");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (get_pane (fixture)->content), ==, "empty");
  ui_activate (fixture, "redo");
  ASSERT_ROWS (fixture, "Summer|New", "b.txt|New");
}

/* The keyboard's focus follows what is shown, and never lands in the disc label. */
static gboolean
list_has_focus (UiFixture *fixture)
{
  GtkWidget *focus = gtk_window_get_focus (fixture->window);
  GtkWidget *view = GTK_WIDGET (get_pane (fixture)->view);

  return focus != NULL && (focus == view || gtk_widget_is_ancestor (focus, view));
}

static void
test_focus (UiFixture *fixture, gconstpointer data)
{
  GtkWidget *focus = gtk_window_get_focus (fixture->window);

  g_assert_true (GTK_IS_BUTTON (focus));
  g_assert_true (gtk_widget_is_ancestor (focus, GTK_WIDGET (get_pane (fixture))));
  drop_samples (fixture);
  g_assert_true (list_has_focus (fixture));
  /* It stays in the list when its row goes, and when another list comes. */
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (get_pane (fixture)->list), 0, TRUE);
  ui_activate (fixture, "remove");
  g_assert_true (list_has_focus (fixture));
  ui_activate (fixture, "undo");
  g_assert_true (list_has_focus (fixture));
  solco_controller_new_project (fixture->controller);
  ui_settle (fixture);
  drop_samples (fixture);
  g_assert_true (list_has_focus (fixture));
}

static void
test_expand_and_sort (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (GtkColumnViewColumn) size_column = NULL;

  drop_samples (fixture);
  g_assert_true (solco_stage_list_set_expanded (get_pane (fixture)->list, 0, TRUE));
  ui_settle (fixture);
  ASSERT_ROWS (fixture, "Summer|New", "IMG_1.jpg|New", "IMG_2.jpg|New", "b.txt|New");
  size_column = g_list_model_get_item (gtk_column_view_get_columns (get_pane (fixture)->view), 1);
  gtk_column_view_sort_by_column (get_pane (fixture)->view, size_column, GTK_SORT_ASCENDING);
  ui_settle (fixture);
  ASSERT_ROWS (fixture, "Summer|New", "IMG_2.jpg|New", "IMG_1.jpg|New", "b.txt|New");
  /* Folders come first whichever way. */
  gtk_column_view_sort_by_column (get_pane (fixture)->view, size_column, GTK_SORT_DESCENDING);
  ui_settle (fixture);
  ASSERT_ROWS (fixture, "Summer|New", "IMG_1.jpg|New", "IMG_2.jpg|New", "b.txt|New");
  g_assert_true (solco_stage_list_set_expanded (get_pane (fixture)->list, 0, FALSE));
  ASSERT_ROWS (fixture, "Summer|New", "b.txt|New");
}

static void
test_remove (UiFixture *fixture, gconstpointer data)
{
  drop_samples (fixture);
  g_assert_false (ui_is_enabled (fixture, "remove"));
  select_row (fixture, 1);
  ui_settle (fixture);
  ui_activate (fixture, "remove");
  ASSERT_ROWS (fixture, "Summer|New");
  ui_activate (fixture, "undo");
  ASSERT_ROWS (fixture, "Summer|New", "b.txt|New");
}

static void
assert_undo_labels (UiFixture *fixture, const char *undo, const char *redo)
{
  GMenuModel *section = G_MENU_MODEL (SOLCO_WINDOW (fixture->window)->undo_section);
  g_autofree char *undo_label = NULL;
  g_autofree char *redo_label = NULL;

  g_assert_cmpint (g_menu_model_get_n_items (section), ==, 2);
  g_assert_true (g_menu_model_get_item_attribute (section, 0, "label", "s", &undo_label));
  g_assert_true (g_menu_model_get_item_attribute (section, 1, "label", "s", &redo_label));
  g_assert_cmpstr (undo_label, ==, undo);
  g_assert_cmpstr (redo_label, ==, redo);
}

/* Undo and Redo say what they would do, and several rows are one step. */
static void
test_undo_labels (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  assert_undo_labels (fixture, "_Undo", "_Redo");
  drop_samples (fixture);
  assert_undo_labels (fixture, "_Undo Add 2 Items", "_Redo");
  ui_activate (fixture, "select-all");
  ui_activate (fixture, "remove");
  ASSERT_ROWS (fixture, NULL);
  assert_undo_labels (fixture, "_Undo Remove 2 Items", "_Redo");
  ui_activate (fixture, "undo");
  assert_undo_labels (fixture, "_Undo Add 2 Items", "_Redo Remove 2 Items");
  g_assert_true (solco_project_rename (get_project (fixture),
                                       solco_project_lookup (get_project (fixture), "b.txt"),
                                       "c.txt", &error));
  ui_settle (fixture);
  assert_undo_labels (fixture, "_Undo Rename", "_Redo");
  ui_activate (fixture, "undo");
  ui_activate (fixture, "undo");
  assert_undo_labels (fixture, "_Undo", "_Redo Add 2 Items");
}

static gboolean
is_editing (gpointer data)
{
  return ui_find_class (GTK_WIDGET (get_pane (data)->view), "rename") != NULL;
}

static void
test_rename (UiFixture *fixture, gconstpointer data)
{
  GtkWidget *editor;
  int start = 0;
  int end = 0;

  drop_samples (fixture);
  select_row (fixture, 1);
  ui_settle (fixture);
  ui_activate (fixture, "rename");
  ui_wait_until (is_editing, fixture);
  editor = ui_find_class (GTK_WIDGET (get_pane (fixture)->view), "rename");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (editor)), ==, "b.txt");
  /* The extension is usually kept. */
  g_assert_true (gtk_editable_get_selection_bounds (GTK_EDITABLE (editor), &start, &end));
  g_assert_cmpint (start, ==, 0);
  g_assert_cmpint (end, ==, 1);
  gtk_editable_set_text (GTK_EDITABLE (editor), "no/slash");
  g_signal_emit_by_name (editor, "activate");
  g_assert_true (is_editing (fixture));
  g_assert_true (gtk_widget_has_css_class (editor, "error"));
  gtk_editable_set_text (GTK_EDITABLE (editor), "Summer");
  g_signal_emit_by_name (editor, "activate");
  g_assert_true (is_editing (fixture));
  gtk_editable_set_text (GTK_EDITABLE (editor), "c.txt");
  g_signal_emit_by_name (editor, "activate");
  ui_settle (fixture);
  g_assert_false (is_editing (fixture));
  /* The keyboard goes on in the list. */
  g_assert_nonnull (gtk_window_get_focus (fixture->window));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (fixture->window),
                                         GTK_WIDGET (get_pane (fixture)->view)));
  ASSERT_ROWS (fixture, "Summer|New", "c.txt|New");
  ui_activate (fixture, "undo");
  ASSERT_ROWS (fixture, "Summer|New", "b.txt|New");
}

static void
test_new_folder (UiFixture *fixture, gconstpointer data)
{
  GtkWidget *editor;

  drop_samples (fixture);
  ui_activate (fixture, "new-folder");
  ui_wait_until (is_editing, fixture);
  editor = ui_find_class (GTK_WIDGET (get_pane (fixture)->view), "rename");
  gtk_editable_set_text (GTK_EDITABLE (editor), "Autumn");
  g_signal_emit_by_name (editor, "activate");
  ui_settle (fixture);
  ASSERT_ROWS (fixture, "Autumn|New", "Summer|New", "b.txt|New");
}

static gboolean
has_found (gpointer data)
{
  SolcoPane *pane = get_pane (data);

  return !solco_search_is_searching (pane->search);
}

static void
test_search (UiFixture *fixture, gconstpointer data)
{
  SolcoPane *pane = get_pane (fixture);

  drop_samples (fixture);
  ui_activate (fixture, "find");
  g_assert_true (gtk_search_bar_get_search_mode (pane->search_bar));
  gtk_editable_set_text (GTK_EDITABLE (pane->search_entry), "img_2");
  ui_wait_ms (400);
  ui_wait_until (has_found, fixture);
  ui_settle (fixture);
  /* The folder above is shown and opened, since something in it was found. */
  ASSERT_ROWS (fixture, "Summer|New", "IMG_2.jpg|New");
  gtk_editable_set_text (GTK_EDITABLE (pane->search_entry), "nowhere");
  ui_wait_ms (400);
  ui_wait_until (has_found, fixture);
  ui_settle (fixture);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (pane->content), ==, "nothing-found");
  gtk_editable_set_text (GTK_EDITABLE (pane->search_entry), "");
  ui_wait_ms (400);
  ui_settle (fixture);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (pane->content), ==, "tree");
}

static void
test_problems (UiFixture *fixture, gconstpointer data)
{
  g_autofree char *fifo = g_build_filename (fixture->folder, "pipe", NULL);
  const char *paths[] = { fifo, NULL };

  g_assert_false (ui_is_enabled (fixture, "problems"));
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  ui_drop (fixture, paths);
  ui_settle (fixture);
  /* Nothing is left out silently, and nothing opens a dialog. */
  g_assert_true (ui_is_enabled (fixture, "problems"));
  g_assert_nonnull (solco_banner_get_text (SOLCO_WINDOW (fixture->window)->notice));
  ui_activate (fixture, "dismiss-notice");
  g_assert_null (solco_banner_get_text (SOLCO_WINDOW (fixture->window)->notice));
  g_assert_false (ui_is_enabled (fixture, "problems"));
}

static void
paste (UiFixture *fixture, const char *mime_type, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GdkContentProvider) content = gdk_content_provider_new_for_bytes (mime_type, bytes);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->window));

  g_assert_true (gdk_clipboard_set_content (clipboard, content));
  ui_activate (fixture, "paste");
  ui_wait_ms (100);
  ui_settle (fixture);
}

/* What file managers put on the clipboard, in both ways. */
static void
test_paste (UiFixture *fixture, gconstpointer data)
{
  g_autofree char *one = ui_make_file (fixture, "src/o ne.txt", 10);
  g_autofree char *two = ui_make_file (fixture, "src/two.txt", 10);
  g_autofree char *one_uri = g_filename_to_uri (one, NULL, NULL);
  g_autofree char *two_uri = g_filename_to_uri (two, NULL, NULL);
  g_autofree char *list = g_strconcat (one_uri, "\r\n", NULL);
  g_autofree char *copied = g_strconcat ("cut\n", two_uri, NULL);

  paste (fixture, "text/uri-list", list);
  ASSERT_ROWS (fixture, "o ne.txt|New");
  paste (fixture, "x-special/gnome-copied-files", copied);
  ASSERT_ROWS (fixture, "o ne.txt|New", "two.txt|New");
  g_assert_true (g_file_test (two, G_FILE_TEST_EXISTS));
}

/* What does not exist, or is not on this computer, is named in its own words. */
static void
test_left_out (UiFixture *fixture, gconstpointer data)
{
  g_autofree char *gone = g_build_filename (fixture->folder, "gone", NULL);
  g_autoptr (GFile) missing = g_file_new_for_path (gone);
  g_autoptr (GFile) remote = g_file_new_for_uri ("sftp://host/file");
  g_autoptr (GSList) files = g_slist_prepend (g_slist_prepend (NULL, missing), remote);
  GListModel *problems = G_LIST_MODEL (solco_controller_get_problems (fixture->controller));
  const SolcoProblemKind expected[]
      = { SOLCO_PROBLEM_SOURCE_NOT_LOCAL, SOLCO_PROBLEM_SOURCE_MISSING };

  solco_controller_stage_files (fixture->controller, files, NULL);
  ui_settle (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (problems), ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (SolcoProblemItem) item = g_list_model_get_item (problems, i);

      g_assert_cmpint (solco_problem_item_get_problem (item)->kind, ==, expected[i]);
    }
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
    return 0;
  add ("/pane/empty", test_empty);
  add ("/pane/drop", test_drop);
  add ("/pane/focus", test_focus);
  add ("/pane/expand-and-sort", test_expand_and_sort);
  add ("/pane/remove", test_remove);
  add ("/pane/undo-labels", test_undo_labels);
  add ("/pane/rename", test_rename);
  add ("/pane/new-folder", test_new_folder);
  add ("/pane/search", test_search);
  add ("/pane/problems", test_problems);
  add ("/pane/paste", test_paste);
  add ("/pane/left-out", test_left_out);
  return g_test_run ();
}
