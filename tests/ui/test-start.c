/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens between Burn and the job: a large stage is copied beside the work of the window. */
#include "app/solco-burn-dialog.h"
#include "app/solco-window-private.h"
#include "model/solco-project-private.h"
#include "ui/ui-fixture.h"

#define N_FOLDERS 40
#define FILES_PER_FOLDER 10000
#define N_ITEMS (N_FOLDERS * (FILES_PER_FOLDER + 1))
/* A turn copies for a few milliseconds, and no computer copies this stage in so few of them. */
#define MIN_TURNS 3

static SolcoProject *
get_project (UiFixture *fixture)
{
  return solco_controller_get_project (fixture->controller);
}

/* As a scanner and an addition would do it, without that many files on the disk. */
static void
fill_folder (SolcoProject *project, SolcoNode *folder)
{
  const SolcoAttributes attributes = { .device = 1, .mode = 0644 };
  const SolcoAttributes *shared = solco_node_store_intern_attributes (project->store, &attributes);
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();

  for (guint i = 0; i < FILES_PER_FOLDER; i++)
    {
      SolcoNode *node = solco_node_store_new_node (project->store, SOLCO_NODE_FILE);
      g_autofree char *name = g_strdup_printf ("file-%05u", i);

      node->name = solco_node_store_add_names (project->store, name, NULL);
      node->attributes = shared;
      node->source_directory = solco_node_store_intern (project->store, "/nonexistent");
      node->inode = i;
      g_ptr_array_add (nodes, node);
    }
  solco_project_begin_edit (project, SOLCO_EDIT_ADD, project);
  solco_project_link (project, folder, (SolcoNode **) nodes->pdata, nodes->len, TRUE);
  solco_project_end_edit (project);
}

static void
set_up (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  ui_fixture_set_up (fixture, data);
  ui_select_image (fixture, "disc.iso");
  for (guint i = 0; i < N_FOLDERS; i++)
    {
      g_autofree char *name = g_strdup_printf ("folder-%02u", i);
      SolcoNode *folder = solco_project_new_folder (
          get_project (fixture), solco_project_get_root (get_project (fixture)), name, &error);

      g_assert_no_error (error);
      fill_folder (get_project (fixture), folder);
    }
  ui_settle (fixture);
}

static gboolean
is_over (gpointer data)
{
  UiFixture *fixture = data;

  return !solco_controller_is_starting (fixture->controller);
}

static guint32
count_burned (UiFixture *fixture)
{
  SolcoJob *job = solco_controller_get_job (fixture->controller);
  guint32 n_nodes;

  solco_tree_get_nodes (solco_request_get_plan (solco_job_get_request (job))->tree, &n_nodes);
  return n_nodes - 1;
}

static void
stop (UiFixture *fixture)
{
  solco_controller_cancel_job (fixture->controller);
  ui_wait_until (ui_job_is_finished, fixture);
  solco_controller_dismiss_job (fixture->controller);
}

static void
begin (UiFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (solco_controller_burn (fixture->controller, NULL, FALSE, &error));
  g_assert_no_error (error);
  g_assert_true (solco_controller_is_starting (fixture->controller));
}

/* Nothing has happened: as it was before Burn was pressed. */
static void
assert_given_up (UiFixture *fixture)
{
  g_assert_false (solco_controller_is_starting (fixture->controller));
  ui_wait_ms (200);
  g_assert_null (solco_controller_get_job (fixture->controller));
  g_assert_cmpuint (solco_project_get_n_changes (get_project (fixture)), ==, N_ITEMS);
  g_assert_true (ui_is_enabled (fixture, "burn"));
  g_assert_true (ui_is_enabled (fixture, "add-files"));
}

static gboolean
on_turn (gpointer data)
{
  (*(guint *) data)++;
  return G_SOURCE_CONTINUE;
}

/* Not in one turn of the main loop; and meanwhile nothing else begins. */
static void
test_turns (UiFixture *fixture, gconstpointer data)
{
  guint n_turns = 0;
  guint id;

  begin (fixture);
  g_assert_null (solco_controller_get_job (fixture->controller));
  g_assert_false (solco_controller_burn (fixture->controller, NULL, FALSE, NULL));
  g_assert_false (solco_controller_verify (fixture->controller, 0, NULL));
  /* With the priority of the copy it has its turn as often. */
  id = g_idle_add (on_turn, &n_turns);
  ui_wait_until (is_over, fixture);
  g_source_remove (id);
  g_assert_cmpuint (n_turns, >=, MIN_TURNS);
  g_assert_cmpuint (count_burned (fixture), ==, N_ITEMS);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (SOLCO_WINDOW (fixture->window)->pages), ==,
                   "progress");
  stop (fixture);
}

/* What the user still changes is burned as it is shown. */
static void
test_edit (UiFixture *fixture, gconstpointer data)
{
  SolcoNode *folder = solco_project_lookup (get_project (fixture), "/folder-01");
  SolcoTree *tree;

  begin (fixture);
  while (g_main_context_iteration (NULL, FALSE) && solco_controller_is_starting (fixture->controller))
    if (folder != NULL && solco_project_remove (get_project (fixture), &folder, 1))
      folder = NULL;
  ui_wait_until (is_over, fixture);
  g_assert_null (folder);
  tree = solco_request_get_plan (
             solco_job_get_request (solco_controller_get_job (fixture->controller)))
             ->tree;
  g_assert_cmpuint (count_burned (fixture), ==, N_ITEMS - FILES_PER_FOLDER - 1);
  g_assert_cmpuint (solco_tree_lookup (tree, "/folder-01"), ==, SOLCO_TREE_NONE);
  stop (fixture);
}

/* Nothing is left to be burned. */
static void
test_edit_away (UiFixture *fixture, gconstpointer data)
{
  begin (fixture);
  solco_controller_clear_content (fixture->controller);
  ui_wait_until (is_over, fixture);
  g_assert_null (solco_controller_get_job (fixture->controller));
}

static GtkWidget *
press_burn (UiFixture *fixture)
{
  GtkWidget *dialog = solco_burn_dialog_new (fixture->window, fixture->controller);

  gtk_window_present (GTK_WINDOW (dialog));
  ui_wait_ms (50);
  ui_click (ui_find_class (dialog, "suggested-action"));
  g_assert_true (solco_controller_is_starting (fixture->controller));
  return dialog;
}

/* The dialog stays in front of the stage, and Cancel and Escape still do what they say. */
static void
test_cancel (UiFixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = press_burn (fixture);

  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  g_main_context_iteration (NULL, FALSE);
  g_assert_nonnull (dialog);
  g_assert_true (gtk_window_get_modal (GTK_WINDOW (dialog)));
  g_assert_false (ui_is_enabled (fixture, "add-files"));
  gtk_widget_activate_action (dialog, "window.close", NULL);
  assert_given_up (fixture);
  g_assert_null (dialog);
}

static void
test_dialog_goes (UiFixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = press_burn (fixture);

  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  ui_wait_until (is_over, fixture);
  ui_wait_ms (50);
  g_assert_null (dialog);
  g_assert_cmpuint (count_burned (fixture), ==, N_ITEMS);
  stop (fixture);
}

/* The unsaved stage is asked about as always, and is there if the user stays. */
static void
test_close (UiFixture *fixture, gconstpointer data)
{
  GtkWidget *question;

  begin (fixture);
  gtk_window_close (fixture->window);
  question = ui_find_window (GTK_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (question);
  gtk_dialog_response (GTK_DIALOG (question), GTK_RESPONSE_CANCEL);
  assert_given_up (fixture);
}

/* The end of the program. */
static void
test_end (UiFixture *fixture, gconstpointer data)
{
  begin (fixture);
}

static void
test_other_project (UiFixture *fixture, gconstpointer data)
{
  begin (fixture);
  solco_controller_new_project (fixture->controller);
  g_assert_false (solco_controller_is_starting (fixture->controller));
  ui_wait_ms (200);
  g_assert_null (solco_controller_get_job (fixture->controller));
}

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    return 0;
#define ADD(name, test) \
  g_test_add ("/start/" name, UiFixture, NULL, set_up, test, ui_fixture_tear_down)
  ADD ("turns", test_turns);
  ADD ("edit", test_edit);
  ADD ("edit-away", test_edit_away);
  ADD ("cancel", test_cancel);
  ADD ("dialog-goes", test_dialog_goes);
  ADD ("close", test_close);
  ADD ("end", test_end);
  ADD ("other-project", test_other_project);
#undef ADD
  return g_test_run ();
}
