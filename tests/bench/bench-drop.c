/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long the main loop is away while very many files are dropped. Prints figures; it is no test.
 * Usage: bench-drop [FILES-IN-A-FOLDER [SEPARATE-FILES]] */
#include <glib/gstdio.h>
#include <stdlib.h>
#include <time.h>

#include "app/solco-pane-private.h"
#include "app/solco-window-private.h"
#include "ui/ui-fixture.h"

typedef struct
{
  gint64 last_us;
  gint64 last_cpu_us;
  gint64 worst_us;
  gint64 worst_at_us;
  gint64 worst_cpu_us; /* of this thread's own work: what a machine with nothing else to do takes */
  gint64 start_us;
  gint64 first_row_us;
  guint n_late; /* gaps of more than 50 ms */
  UiFixture *fixture;
} Heartbeat;

static gint64
get_cpu_us (void)
{
  struct timespec now;

  g_assert_cmpint (clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now), ==, 0);
  return (gint64) now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static gboolean
on_beat (gpointer data)
{
  Heartbeat *self = data;
  const gint64 now_us = g_get_monotonic_time ();
  const gint64 gap_us = now_us - self->last_us;
  const gint64 cpu_us = get_cpu_us ();

  self->worst_cpu_us = MAX (self->worst_cpu_us, cpu_us - self->last_cpu_us);
  self->last_cpu_us = cpu_us;
  if (gap_us > self->worst_us)
    {
      self->worst_us = gap_us;
      self->worst_at_us = now_us - self->start_us;
    }
  if (gap_us > 50000)
    self->n_late++;
  self->last_us = now_us;
  if (self->first_row_us == 0
      && g_list_model_get_n_items (
             G_LIST_MODEL (SOLCO_WINDOW (self->fixture->window)->pane->sorted))
             > 0)
    self->first_row_us = now_us - self->start_us;
  return G_SOURCE_CONTINUE;
}

static guint
begin (Heartbeat *beat, UiFixture *fixture)
{
  *beat = (Heartbeat){ .fixture = fixture };
  beat->start_us = g_get_monotonic_time ();
  beat->last_us = beat->start_us;
  beat->last_cpu_us = get_cpu_us ();
  return g_timeout_add_full (G_PRIORITY_HIGH, 1, on_beat, beat, NULL);
}

static void
end (Heartbeat *beat, guint id, const char *name)
{
  g_source_remove (id);
  g_print ("%-40s worst gap %6.1f ms at %6.2f s (work %6.1f ms), %u over 50 ms; first row after "
           "%.3f s; all in %.2f s\n",
           name, (double) beat->worst_us / 1000., (double) beat->worst_at_us / 1e6,
           (double) beat->worst_cpu_us / 1000., beat->n_late,
           (double) beat->first_row_us / 1e6,
           (double) (g_get_monotonic_time () - beat->start_us) / 1e6);
}

static GPtrArray *
make_files (const char *folder, guint n_files)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  for (guint i = 0; i < n_files; i++)
    {
      char *path = g_strdup_printf ("%s/Photograph %06u.jpg", folder, (i * 7919U) % n_files);
      FILE *file = g_fopen (path, "w");

      g_assert_nonnull (file);
      g_assert_cmpint (fclose (file), ==, 0);
      g_ptr_array_add (paths, path);
    }
  g_ptr_array_add (paths, NULL);
  return paths;
}

static void
drop_folder (UiFixture *fixture, guint n_files)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "Archive", NULL);
  const char *dropped[] = { folder, NULL };
  GListModel *rows;
  g_autoptr (GtkTreeListRow) row = NULL;
  Heartbeat beat;
  guint id;

  g_ptr_array_unref (make_files (folder, n_files));
  id = begin (&beat, fixture);
  ui_drop (fixture, dropped);
  ui_settle (fixture);
  ui_wait_ms (3000);
  end (&beat, id, "one folder, dropped");

  id = begin (&beat, fixture);
  rows = G_LIST_MODEL (SOLCO_WINDOW (fixture->window)->pane->sorted);
  row = g_list_model_get_item (rows, 0);
  gtk_tree_list_row_set_expanded (row, TRUE);
  ui_settle (fixture);
  ui_wait_ms (2000);
  end (&beat, id, "the same folder, opened");

  id = begin (&beat, fixture);
  solco_controller_undo (fixture->controller);
  ui_settle (fixture);
  end (&beat, id, "and undone");
}

static void
drop_separate (UiFixture *fixture, guint n_files)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "Separate", NULL);
  g_autoptr (GPtrArray) paths = make_files (folder, n_files);
  GdkFileList *list = ui_make_file_list ((const char *const *) paths->pdata);
  Heartbeat beat;
  guint id = begin (&beat, fixture);

  ui_drop_list (fixture, list);
  ui_settle (fixture);
  ui_wait_ms (3000);
  end (&beat, id, "separate files, dropped");
}

int
main (int argc, char **argv)
{
  const guint n_in_folder = argc > 1 ? (guint) atoi (argv[1]) : 100000;
  const guint n_separate = argc > 2 ? (guint) atoi (argv[2]) : 20000;
  UiFixture fixture = { NULL };

  if (!ui_init (&argc, &argv))
    return 77;
  ui_fixture_set_up (&fixture, NULL);
  ui_select_image (&fixture, "disc.iso");
  drop_folder (&fixture, n_in_folder);
  drop_separate (&fixture, n_separate);
  ui_fixture_tear_down (&fixture, NULL);
  return 0;
}
