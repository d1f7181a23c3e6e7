/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long the main loop is away while very many files are on the stage. It is no test: it prints
 * figures, the worst of all runs, as a table, and with --json as JSON.
 *
 * A heartbeat source of the highest priority wants to run every millisecond; the gaps between its
 * beats are what a user feels. "work" is the processor time of this thread in the worst of them:
 * what a machine takes that has nothing else to do. */
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <time.h>

#include "app/solco-pane-private.h"
#include "app/solco-window-private.h"
#include "ui/ui-fixture.h"

#define LATE_US 50000
/* So long nothing may happen before a measure counts as ended. */
#define QUIET_MS 400

typedef struct
{
  const char *name;
  gint64 gap_us;
  gint64 work_us;
  gint64 first_row_us; /* -1: not measured */
  gint64 total_us;
  guint n_late;
} Measure;

typedef struct
{
  UiFixture fixture;
  char *folder;
  GStrv separate; /* paths of single files */
  GPtrArray *measures;

  /* Of the running one. */
  Measure now;
  guint id;
  gint64 start_us;
  gint64 last_us;
  gint64 last_cpu_us;
} Bench;

static int n_runs = 3;
static int n_in_folder = 100000;
static int n_separate = 20000;
static int n_many = 1000000;
static char *json_path;

static const GOptionEntry entries[] = {
  { "runs", 0, 0, G_OPTION_ARG_INT, &n_runs, "how often all is measured", "N" },
  { "folder", 0, 0, G_OPTION_ARG_INT, &n_in_folder, "files in one folder", "N" },
  { "separate", 0, 0, G_OPTION_ARG_INT, &n_separate, "separate files in one drop", "N" },
  { "many", 0, 0, G_OPTION_ARG_INT, &n_many, "files in folders of a hundred", "N" },
  { "json", 0, 0, G_OPTION_ARG_FILENAME, &json_path, "write the figures to this file", "FILE" },
  G_OPTION_ENTRY_NULL,
};

static gint64
get_cpu_us (void)
{
  struct timespec now;

  g_assert_cmpint (clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now), ==, 0);
  return (gint64) now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static SolcoPane *
get_pane (Bench *self)
{
  return SOLCO_WINDOW (self->fixture.window)->pane;
}

static GListModel *
get_rows (Bench *self)
{
  return G_LIST_MODEL (get_pane (self)->list);
}

static gboolean
on_beat (gpointer data)
{
  Bench *self = data;
  const gint64 now_us = g_get_monotonic_time ();
  const gint64 cpu_us = get_cpu_us ();
  const gint64 gap_us = now_us - self->last_us;

  self->now.work_us = MAX (self->now.work_us, cpu_us - self->last_cpu_us);
  self->now.gap_us = MAX (self->now.gap_us, gap_us);
  if (gap_us > LATE_US)
    self->now.n_late++;
  if (self->now.first_row_us < 0 && g_list_model_get_n_items (get_rows (self)) > 0)
    self->now.first_row_us = now_us - self->start_us;
  self->last_us = now_us;
  self->last_cpu_us = cpu_us;
  return G_SOURCE_CONTINUE;
}

static void
begin (Bench *self, const char *name)
{
  self->now = (Measure){ .name = name, .first_row_us = -1 };
  self->start_us = g_get_monotonic_time ();
  self->last_us = self->start_us;
  self->last_cpu_us = get_cpu_us ();
  self->id = g_timeout_add_full (G_PRIORITY_HIGH, 1, on_beat, self, NULL);
}

static gboolean
is_busy (Bench *self)
{
  SolcoPane *pane = get_pane (self);

  return solco_controller_is_adding (self->fixture.controller)
         || solco_controller_is_reading (self->fixture.controller)
         || solco_stage_list_is_sorting (pane->list)
         || solco_search_is_searching (pane->search);
}

static void
end (Bench *self, gboolean is_empty_before)
{
  gint64 quiet_since_us = g_get_monotonic_time ();
  Measure *known = NULL;

  while (g_get_monotonic_time () - quiet_since_us < QUIET_MS * 1000)
    {
      g_main_context_iteration (NULL, TRUE);
      if (is_busy (self))
        quiet_since_us = g_get_monotonic_time ();
    }
  g_source_remove (self->id);
  self->now.total_us = quiet_since_us - self->start_us;
  if (!is_empty_before)
    self->now.first_row_us = -1;
  for (guint i = 0; i < self->measures->len && known == NULL; i++)
    if (g_str_equal (((Measure *) g_ptr_array_index (self->measures, i))->name, self->now.name))
      known = g_ptr_array_index (self->measures, i);
  if (known == NULL)
    {
      g_ptr_array_add (self->measures, g_memdup2 (&self->now, sizeof self->now));
      return;
    }
  known->gap_us = MAX (known->gap_us, self->now.gap_us);
  known->work_us = MAX (known->work_us, self->now.work_us);
  known->first_row_us = MAX (known->first_row_us, self->now.first_row_us);
  known->total_us = MAX (known->total_us, self->now.total_us);
  known->n_late += self->now.n_late;
}

static void
make_file (const char *path)
{
  FILE *file = g_fopen (path, "w");

  g_assert_nonnull (file);
  g_assert_cmpint (fclose (file), ==, 0);
}

/* Returns the paths in an order that no list is in; g_strfreev(). */
static GStrv
make_files (const char *folder, guint n_files)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  for (guint i = 0; i < n_files; i++)
    {
      g_autofree char *path
          = g_strdup_printf ("%s/Photograph %06u.jpg", folder, (i * 7919U) % n_files);

      make_file (path);
      g_strv_builder_add (builder, path);
    }
  return g_strv_builder_end (builder);
}

static void
make_data (Bench *self)
{
  g_autofree char *archive = g_build_filename (self->folder, "Archive", NULL);
  g_autofree char *separate = g_build_filename (self->folder, "Separate", NULL);
  g_autofree char *many = g_build_filename (self->folder, "Many", NULL);

  g_strfreev (make_files (archive, (guint) n_in_folder));
  self->separate = make_files (separate, (guint) n_separate);
  for (int i = 0; i < n_many / 100; i++)
    {
      g_autofree char *folder = g_strdup_printf ("%s/Folder %05d", many, i);

      g_strfreev (make_files (folder, 100));
    }
}

static void
drop (Bench *self, const char *name, const char *measure)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  const char *paths[] = { path, NULL };
  GdkFileList *list = ui_make_file_list (paths);

  begin (self, measure);
  ui_drop_list (&self->fixture, list);
  end (self, TRUE);
}

static void
expand_first (Bench *self)
{
  g_assert_true (solco_stage_list_set_expanded (get_pane (self)->list, 0, TRUE));
}

static void
sort (Bench *self, guint column_number, GtkSortType order, const char *measure)
{
  GtkColumnView *view = get_pane (self)->view;
  g_autoptr (GtkColumnViewColumn) column
      = g_list_model_get_item (gtk_column_view_get_columns (view), column_number);

  begin (self, measure);
  gtk_column_view_sort_by_column (view, column, order);
  end (self, FALSE);
}

static void
activate (Bench *self, const char *action, const char *measure)
{
  begin (self, measure);
  g_action_group_activate_action (G_ACTION_GROUP (self->fixture.window), action, NULL);
  end (self, FALSE);
}

static void
select_first (Bench *self)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (get_pane (self)->list), 0, TRUE);
}

static void
search (Bench *self, const char *text, const char *measure)
{
  begin (self, measure);
  gtk_editable_set_text (GTK_EDITABLE (get_pane (self)->search_entry), text);
  /* The entry waits for the end of typing. */
  ui_wait_ms (300);
  end (self, FALSE);
}

static void
measure_folder (Bench *self)
{
  drop (self, "Archive", "one folder dropped");
  begin (self, "folder opened");
  expand_first (self);
  end (self, FALSE);
  sort (self, SOLCO_CELL_SIZE, GTK_SORT_ASCENDING, "sorted by size");
  sort (self, SOLCO_CELL_MTIME, GTK_SORT_DESCENDING, "sorted by date, newest first");
  sort (self, SOLCO_CELL_STATUS, GTK_SORT_ASCENDING, "sorted by status");
  sort (self, SOLCO_CELL_NAME, GTK_SORT_DESCENDING, "sorted by name, backwards");
  sort (self, SOLCO_CELL_NAME, GTK_SORT_ASCENDING, "sorted by name");
  activate (self, "select-all", "all rows selected");
  activate (self, "remove", "all of them removed");
  activate (self, "undo", "removal undone");
  activate (self, "redo", "removal done again");
  activate (self, "undo", "removal undone");
  activate (self, "undo", "drop undone");
}

/* The children themselves, not the folder with all in it. */
static void
measure_single_rows (Bench *self)
{
  begin (self, "separate files dropped");
  ui_drop_list (&self->fixture, ui_make_file_list ((const char *const *) self->separate));
  end (self, TRUE);
  activate (self, "select-all", "separate files selected");
  activate (self, "remove", "separate files removed");
  activate (self, "undo", "their removal undone");
  activate (self, "redo", "their removal done again");
  activate (self, "undo", "their removal undone");
  activate (self, "undo", "separate drop undone");
}

static void
measure_many (Bench *self)
{
  drop (self, "Many", "many folders dropped");
  begin (self, "their exact size found");
  while (!solco_controller_is_capacity_exact (self->fixture.controller))
    g_main_context_iteration (NULL, TRUE);
  end (self, FALSE);
  begin (self, "many folders shown");
  expand_first (self);
  end (self, FALSE);
  g_action_group_activate_action (G_ACTION_GROUP (self->fixture.window), "find", NULL);
  search (self, "000042", "many searched, some found");
  search (self, "graph", "many searched, all found");
  search (self, "", "search ended");
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (get_pane (self)->list));
  select_first (self);
  activate (self, "remove", "many removed");
  activate (self, "undo", "many restored");
  activate (self, "clear-content", "many cleared");
  activate (self, "undo", "clearing undone");
}

static void
run (Bench *self)
{
  ui_fixture_set_up (&self->fixture, NULL);
  ui_select_image (&self->fixture, "disc.iso");
  measure_folder (self);
  measure_single_rows (self);
  measure_many (self);
  ui_fixture_tear_down (&self->fixture, NULL);
}

static void
print_table (Bench *self)
{
  g_print ("%-32s %9s %9s %9s %9s %6s\n", "", "gap ms", "work ms", "first s", "all s", "late");
  for (guint i = 0; i < self->measures->len; i++)
    {
      const Measure *measure = g_ptr_array_index (self->measures, i);
      g_autofree char *first
          = measure->first_row_us < 0
                ? g_strdup ("")
                : g_strdup_printf ("%.3f", (double) measure->first_row_us / 1e6);

      g_print ("%-32s %9.1f %9.1f %9s %9.2f %6u\n", measure->name,
               (double) measure->gap_us / 1e3, (double) measure->work_us / 1e3, first,
               (double) measure->total_us / 1e6, measure->n_late);
    }
}

static void
add_number (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, value);
}

static void
write_json (Bench *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < self->measures->len; i++)
    {
      const Measure *measure = g_ptr_array_index (self->measures, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "measure");
      json_builder_add_string_value (builder, measure->name);
      add_number (builder, "gap_ms", (double) measure->gap_us / 1e3);
      add_number (builder, "work_ms", (double) measure->work_us / 1e3);
      if (measure->first_row_us >= 0)
        add_number (builder, "first_row_s", (double) measure->first_row_us / 1e6);
      add_number (builder, "total_s", (double) measure->total_us / 1e6);
      json_builder_set_member_name (builder, "gaps_over_50_ms");
      json_builder_add_int_value (builder, measure->n_late);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  json_generator_to_file (generator, json_path, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  Bench bench = { .folder = NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GOptionContext) options = g_option_context_new (NULL);

  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  if (!ui_init (&argc, &argv))
    return 77;
  bench.folder = g_dir_make_tmp ("solco-bench-XXXXXX", &error);
  g_assert_no_error (error);
  bench.measures = g_ptr_array_new_with_free_func (g_free);
  make_data (&bench);
  for (int i = 0; i < n_runs; i++)
    run (&bench);
  print_table (&bench);
  if (json_path != NULL)
    write_json (&bench);
  ui_delete_all (bench.folder);
  g_strfreev (bench.separate);
  g_ptr_array_unref (bench.measures);
  g_free (bench.folder);
  return 0;
}
