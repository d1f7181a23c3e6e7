/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/solco-capacity-bar.h"

#include "text/solco-text-capacity.h"
#include "ui/ui-fixture.h"

#define MIB (1024 * 1024 / 2048)

/* The appended CD-R of 80 minutes: 315.4 + 74.5 + 11.0 + 301.9 MiB. */
static void
make_figures (SolcoCapacityInput *input, SolcoCapacity *capacity, gint64 image_blocks)
{
  *input = (SolcoCapacityInput){
    .profile = SOLCO_PROFILE_CD_R,
    .n_sessions = 2,
    .capacity_blocks = 359849,
    .next_writable_block = 161502,
    .free_blocks = 198347,
    .image_blocks = image_blocks,
  };
  solco_capacity_compute (input, capacity);
}

static GtkWidget *
show_bar (GtkWidget **window, GtkTextDirection direction)
{
  GtkWidget *bar = solco_capacity_bar_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  *window = gtk_window_new ();
  gtk_widget_set_direction (*window, direction);
  gtk_widget_set_direction (box, direction);
  gtk_widget_set_direction (bar, direction);
  gtk_widget_set_hexpand (bar, TRUE);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_window_set_child (GTK_WINDOW (*window), box);
  gtk_window_set_default_size (GTK_WINDOW (*window), 800, 60);
  gtk_window_present (GTK_WINDOW (*window));
  return bar;
}

static int
get_x (GtkWidget *bar, GtkWidget *part)
{
  double x = 0.;
  double y = 0.;

  g_assert_true (gtk_widget_translate_coordinates (part, bar, 0., 0., &x, &y));
  return (int) x;
}

static void
set_figures (GtkWidget *bar, gint64 image_blocks, SolcoCapacityShares *shares)
{
  SolcoCapacityInput input;
  SolcoCapacity capacity;

  make_figures (&input, &capacity, image_blocks);
  solco_capacity_shares_compute (shares, NULL, &input, &capacity);
  solco_capacity_bar_set (SOLCO_CAPACITY_BAR (bar), NULL, &input, &capacity, TRUE);
  ui_wait_ms (150);
}

static void
test_widths (void)
{
  GtkWidget *window;
  GtkWidget *bar = show_bar (&window, GTK_TEXT_DIR_LTR);
  SolcoCapacityShares shares;
  GtkWidget *older;
  GtkWidget *staged;
  GtkWidget *overhead;
  double scale;

  set_figures (bar, 74 * MIB, &shares);
  g_assert_cmpint (shares.older_blocks + shares.staged_blocks + shares.overhead_blocks
                       + shares.free_blocks,
                   ==, 359849);
  older = ui_find_name (bar, "segment", "older");
  staged = ui_find_name (bar, "segment", "staged");
  overhead = ui_find_name (bar, "segment", "overhead");
  scale = (double) gtk_widget_get_width (bar) / 359849.;
  /* Two pixels of ground end each segment. */
  g_assert_cmpint (ABS (gtk_widget_get_width (older) + 2 - (int) (161502. * scale)), <=, 1);
  g_assert_cmpint (
      ABS (gtk_widget_get_width (staged) + 2 - (int) ((double) shares.staged_blocks * scale)), <=,
      1);
  g_assert_cmpint (get_x (bar, older), ==, 0);
  g_assert_cmpint (get_x (bar, staged), ==, gtk_widget_get_width (older) + 2);
  g_assert_cmpint (get_x (bar, overhead), >, get_x (bar, staged));
  g_assert_false (gtk_widget_get_child_visible (ui_find_name (bar, "segment", "over")));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_small_segment (void)
{
  GtkWidget *window;
  GtkWidget *bar = show_bar (&window, GTK_TEXT_DIR_LTR);
  SolcoCapacityShares shares;

  set_figures (bar, 40, &shares);
  g_assert_cmpint (gtk_widget_get_width (ui_find_name (bar, "segment", "staged")), >=, 6);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_over_full (void)
{
  GtkWidget *window;
  GtkWidget *bar = show_bar (&window, GTK_TEXT_DIR_LTR);
  SolcoCapacityShares shares;
  GtkWidget *disc;
  GtkWidget *over;

  set_figures (bar, 198347 + 4000, &shares);
  g_assert_cmpint (shares.over_blocks, >=, 4000);
  g_assert_cmpint (shares.free_blocks, ==, 0);
  disc = ui_find_name (bar, "disc", NULL);
  over = ui_find_name (bar, "segment", "over");
  g_assert_true (gtk_widget_get_child_visible (over));
  g_assert_cmpint (gtk_widget_get_width (over), >=, 24);
  g_assert_cmpint (get_x (bar, over), ==, gtk_widget_get_width (disc) + 4);
  g_assert_null (ui_find_name (bar, "segment", "overhead"));
  /* What fits fills the disc to its end. */
  g_assert_cmpint (get_x (bar, ui_find_name (bar, "segment", "staged"))
                       + gtk_widget_get_width (ui_find_name (bar, "segment", "staged")),
                   ==, gtk_widget_get_width (disc));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_right_to_left (void)
{
  GtkWidget *window;
  GtkWidget *bar = show_bar (&window, GTK_TEXT_DIR_RTL);
  SolcoCapacityShares shares;
  GtkWidget *older;
  GtkWidget *staged;

  gtk_widget_set_direction (ui_find_name (bar, "disc", NULL), GTK_TEXT_DIR_RTL);
  set_figures (bar, 74 * MIB, &shares);
  older = ui_find_name (bar, "segment", "older");
  staged = ui_find_name (bar, "segment", "staged");
  g_assert_cmpint (get_x (bar, older) + gtk_widget_get_width (older), ==,
                   gtk_widget_get_width (bar));
  g_assert_cmpint (get_x (bar, staged) + gtk_widget_get_width (staged) + 2, ==,
                   get_x (bar, older));
  set_figures (bar, 198347 + 40000, &shares);
  g_assert_cmpint (get_x (bar, ui_find_name (bar, "segment", "over")), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_closed (void)
{
  GtkWidget *window;
  GtkWidget *bar = show_bar (&window, GTK_TEXT_DIR_LTR);
  g_autoptr (SolcoMedium) medium = solco_medium_new ("/dev/sr0");
  SolcoCapacityInput input;
  SolcoCapacity capacity;
  SolcoCapacityShares shares;

  medium->profile = SOLCO_PROFILE_CD_RW;
  medium->state = SOLCO_MEDIUM_CLOSED;
  medium->capacity_blocks = 359849;
  medium->used_blocks = 130000;
  solco_capacity_input_from_medium (&input, medium);
  solco_capacity_compute (&input, &capacity);
  solco_capacity_shares_compute (&shares, medium, &input, &capacity);
  g_assert_true (shares.is_closed);
  g_assert_cmpint (shares.older_blocks, ==, 130000);
  g_assert_cmpint (shares.free_blocks, ==, 359849 - 130000);
  solco_capacity_bar_set (SOLCO_CAPACITY_BAR (bar), medium, &input, &capacity, TRUE);
  ui_wait_ms (50);
  /* A closed disc must not promise room. */
  g_assert_true (gtk_widget_has_css_class (ui_find_name (bar, "disc", NULL), "closed"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_description (void)
{
  GtkWidget *window;
  GtkWidget *bar = show_bar (&window, GTK_TEXT_DIR_LTR);
  SolcoCapacityShares shares;
  SolcoCapacityInput input;
  SolcoCapacity capacity;
  g_autofree char *sentence = NULL;

  set_figures (bar, 74 * MIB, &shares);
  make_figures (&input, &capacity, 74 * MIB);
  sentence = solco_text_capacity_dup_sentence (&input, &capacity, SOLCO_TEXT_PLAIN);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (bar),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_ROLE_METER);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    return 0;
  g_test_add_func ("/capacity-bar/widths", test_widths);
  g_test_add_func ("/capacity-bar/small-segment", test_small_segment);
  g_test_add_func ("/capacity-bar/over-full", test_over_full);
  g_test_add_func ("/capacity-bar/right-to-left", test_right_to_left);
  g_test_add_func ("/capacity-bar/closed", test_closed);
  g_test_add_func ("/capacity-bar/description", test_description);
  return g_test_run ();
}
