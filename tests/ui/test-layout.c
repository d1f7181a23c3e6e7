/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/solco-layout.h"

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

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    return 0;
  g_test_add ("/layout/modes", UiFixture, NULL, ui_fixture_set_up, test_modes,
              ui_fixture_tear_down);
  g_test_add ("/layout/compact", UiFixture, NULL, ui_fixture_set_up, test_compact,
              ui_fixture_tear_down);
  return g_test_run ();
}
