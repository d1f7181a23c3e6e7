/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/solco-layout.h"

#include "app/solco-burn-dialog.h"
#include "app/solco-copy-dialog.h"
#include "app/solco-disc-window.h"
#include "app/solco-erase-dialog.h"
#include "app/solco-message.h"
#include "app/solco-phase-row.h"
#include "app/solco-window-private.h"
#include "ui/ui-fixture.h"

static void
test_modes (UiFixture *fixture, gconstpointer data)
{
  SolcoWindow *window = SOLCO_WINDOW (fixture->window);

  ui_set_size (fixture, 900, 700);
  g_assert_cmpint (solco_layout_get_mode (window->layout), ==, SOLCO_LAYOUT_WIDE);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (window->burn)));
  ui_set_size (fixture, 600, 700);
  g_assert_cmpint (solco_layout_get_mode (window->layout), ==, SOLCO_LAYOUT_NARROW);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (window), "narrow"));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (window), "compact"));
  ui_set_size (fixture, 360, 640);
  g_assert_cmpint (solco_layout_get_mode (window->layout), ==, SOLCO_LAYOUT_COMPACT);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (window), "compact"));
  ui_set_size (fixture, 900, 700);
  g_assert_cmpint (solco_layout_get_mode (window->layout), ==, SOLCO_LAYOUT_WIDE);
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (window), "narrow"));
}

/* Larger text needs more room: the layouts change earlier, so that nothing is cut off. */
static void
test_large_text (UiFixture *fixture, gconstpointer data)
{
  SolcoLayout *layout = SOLCO_WINDOW (fixture->window)->layout;
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (layout));
  int width = 0;

  ui_select_image (fixture, "disc.iso");
  ui_stage (fixture, "A rather long name of a file.txt", 3000);
  g_object_set (settings, "gtk-xft-dpi", 144 * 1024, NULL);
  ui_set_size (fixture, 900, 700);
  g_assert_cmpint (solco_layout_get_mode (layout), ==, SOLCO_LAYOUT_NARROW);
  gtk_widget_measure (gtk_widget_get_first_child (GTK_WIDGET (layout)),
                      GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  g_assert_cmpint (width, <=, 900);
  ui_set_size (fixture, 1200, 800);
  g_assert_cmpint (solco_layout_get_mode (layout), ==, SOLCO_LAYOUT_WIDE);
  gtk_widget_measure (gtk_widget_get_first_child (GTK_WIDGET (layout)),
                      GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  g_assert_cmpint (width, <=, 1200);
  gtk_settings_reset_property (settings, "gtk-xft-dpi");
}

/* The minimum of the content in the compact layout fits into 360 × 540. */
static void
assert_fits (UiFixture *fixture)
{
  GtkWidget *content = gtk_widget_get_first_child (GTK_WIDGET (SOLCO_WINDOW (fixture->window)->layout));
  int width = 0;
  int height = 0;

  gtk_widget_measure (content, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  g_assert_cmpint (width, <=, 360);
  gtk_widget_measure (content, GTK_ORIENTATION_VERTICAL, 360, &height, NULL, NULL, NULL);
  g_assert_cmpint (height, <=, 540);
}

static void
test_compact (UiFixture *fixture, gconstpointer data)
{
  SolcoWindow *window = SOLCO_WINDOW (fixture->window);
  g_autofree char *file = ui_make_file (fixture, "A rather long name of a file.txt", 2000000);
  const char *paths[] = { file, NULL };
  GtkWidget *burn;
  graphene_rect_t bounds;

  ui_select_image (fixture, "disc.iso");
  ui_set_size (fixture, 360, 640);
  assert_fits (fixture);
  ui_drop (fixture, paths);
  ui_settle (fixture);
  assert_fits (fixture);
  /* Burn… moves from the header to the foot; it is the same action. */
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (window->burn)));
  burn = ui_find_class (GTK_WIDGET (window->foot), "burn");
  g_assert_true (gtk_widget_get_mapped (burn));
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (burn)), ==, "win.burn");
  g_assert_true (gtk_widget_compute_bounds (burn, GTK_WIDGET (window->layout), &bounds));
  g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=,
                     (float) gtk_widget_get_width (GTK_WIDGET (window->layout)));
  g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=,
                     (float) gtk_widget_get_height (GTK_WIDGET (window->layout)));
  /* The badge of a row is in the one column that is left. */
  g_assert_nonnull (ui_find_class (GTK_WIDGET (window->pane), "badge"));
}

/* The page of a burn, with a row that tells all that one can tell. */
static void
assert_progress_fits (UiFixture *fixture)
{
  const SolcoProgress progress = {
    .phase = SOLCO_PHASE_WRITE,
    .fraction = 0.5,
    .done_bytes = 4321 * G_GUINT64_CONSTANT (1048576),
    .total_bytes = 8642 * G_GUINT64_CONSTANT (1048576),
    .bytes_per_s = 5678900,
    .speed_factor = 4.1,
    .time_left_s = 754,
    .elapsed_s = 900,
    .drive_buffer_fill = 1,
    .program_buffer_fill = 1,
  };
  GtkWidget *page = ui_find_name (GTK_WIDGET (fixture->window), "progresspage", NULL);
  GtkWidget *row = ui_find_type (page, SOLCO_TYPE_PHASE_ROW);
  int width = 0;

  solco_phase_row_set_state (SOLCO_PHASE_ROW (row), SOLCO_PHASE_ROW_CURRENT, NULL);
  solco_phase_row_set_progress (SOLCO_PHASE_ROW (row), &progress);
  gtk_widget_measure (page, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  g_assert_cmpint (width, <=, 360);
}

/* Text of 150 % in the smallest window: it wraps, shrinks or scrolls, and nothing is cut off. */
static void
test_large_compact (UiFixture *fixture, gconstpointer data)
{
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (fixture->window));

  g_object_set (settings, "gtk-xft-dpi", 144 * 1024, NULL);
  ui_set_size (fixture, 360, 540);
  assert_fits (fixture);
  ui_select_image (fixture, "disc.iso");
  assert_fits (fixture);
  ui_stage (fixture, "A rather long name of a file.txt", 200000000);
  assert_fits (fixture);
  ui_begin_burn (fixture);
  assert_progress_fits (fixture);
  ui_wait_until (ui_job_is_finished, fixture);
  ui_settle (fixture);
  assert_fits (fixture);
  solco_controller_dismiss_job (fixture->controller);
  ui_settle (fixture);
  /* With a banner, four items in the legend, and the search. */
  ui_stage (fixture, "two.txt", 200000000);
  assert_fits (fixture);
  ui_activate (fixture, "find");
  assert_fits (fixture);
  gtk_settings_reset_property (settings, "gtk-xft-dpi");
}

static void
assert_dialog_fits (UiFixture *fixture, GtkWidget *dialog)
{
  solco_dialog_present (dialog);
  ui_settle (fixture);
  g_assert_true (gtk_widget_get_mapped (dialog));
  g_assert_cmpint (gtk_widget_get_width (dialog), <=, 360);
  g_assert_cmpint (gtk_widget_get_height (dialog), <=, 640);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* On a screen that is no larger than the compact window, no dialog is cut off; nor with text of 150 %. */
static void
test_compact_dialogs (UiFixture *fixture, gconstpointer data)
{
  SolcoController *controller = fixture->controller;
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (fixture->window));

  ui_select_image (fixture, "disc.iso");
  ui_stage (fixture, "one.txt", 3000);
  ui_begin_burn (fixture);
  ui_end_job (fixture);
  ui_stage (fixture, "two.txt", 3000);
  g_object_set (settings, "gtk-xft-dpi", GPOINTER_TO_INT (data) * 1024, NULL);
  ui_set_size (fixture, 360, 640);
  assert_dialog_fits (fixture, solco_burn_dialog_new (fixture->window, controller));
  assert_dialog_fits (fixture, solco_erase_dialog_new (fixture->window, controller));
  assert_dialog_fits (fixture, solco_copy_dialog_new (fixture->window, controller, 0));
  assert_dialog_fits (fixture, solco_disc_window_new (fixture->window, controller));
  gtk_settings_reset_property (settings, "gtk-xft-dpi");
}

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    return 0;
  g_test_add ("/layout/modes", UiFixture, NULL, ui_fixture_set_up, test_modes,
              ui_fixture_tear_down);
  g_test_add ("/layout/compact", UiFixture, NULL, ui_fixture_set_up, test_compact,
              ui_fixture_tear_down);
  g_test_add ("/layout/large-text", UiFixture, NULL, ui_fixture_set_up, test_large_text,
              ui_fixture_tear_down);
  g_test_add ("/layout/compact-dialogs", UiFixture, GINT_TO_POINTER (96), ui_fixture_set_up,
              test_compact_dialogs, ui_fixture_tear_down);
  g_test_add ("/layout/large-compact-dialogs", UiFixture, GINT_TO_POINTER (144), ui_fixture_set_up,
              test_compact_dialogs, ui_fixture_tear_down);
  g_test_add ("/layout/large-compact", UiFixture, NULL, ui_fixture_set_up, test_large_compact,
              ui_fixture_tear_down);
  return g_test_run ();
}
