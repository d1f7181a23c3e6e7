/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/solco-wrap.h"

#include "ui/ui-fixture.h"

#define SPACING 10

/* Boxes of these widths, 20 high, in a wrap with 10 between them. */
static GtkWidget *
make_wrap (const int *widths, gboolean is_homogeneous)
{
  GtkWidget *wrap = g_object_ref_sink (g_object_new (
      SOLCO_TYPE_WRAP, "column-spacing", SPACING, "row-spacing", SPACING, "homogeneous",
      is_homogeneous, NULL));

  for (gsize i = 0; widths[i] > 0; i++)
    {
      GtkWidget *child = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

      gtk_widget_set_size_request (child, widths[i], 20);
      solco_wrap_append (SOLCO_WRAP (wrap), child);
    }
  return wrap;
}

static int
get_height (GtkWidget *wrap, int width)
{
  int minimum;
  int natural;

  gtk_widget_measure (wrap, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, natural);
  return natural;
}

static void
assert_widths (GtkWidget *wrap, int minimum, int natural)
{
  int found_minimum;
  int found_natural;

  gtk_widget_measure (wrap, GTK_ORIENTATION_HORIZONTAL, -1, &found_minimum, &found_natural, NULL,
                      NULL);
  g_assert_cmpint (found_minimum, ==, minimum);
  g_assert_cmpint (found_natural, ==, natural);
}

/* Where the children are, as "x,y" with spaces between. */
static void
assert_places (GtkWidget *wrap, int width, const char *expected)
{
  g_autoptr (GString) places = g_string_new (NULL);

  gtk_widget_allocate (wrap, width, get_height (wrap, width), -1, NULL);
  for (GtkWidget *child = gtk_widget_get_first_child (wrap); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      graphene_rect_t bounds;

      if (!gtk_widget_get_visible (child))
        continue;
      g_assert_true (gtk_widget_compute_bounds (child, wrap, &bounds));
      g_string_append_printf (places, "%s%g,%g", places->len > 0 ? " " : "", bounds.origin.x,
                              bounds.origin.y);
    }
  g_assert_cmpstr (places->str, ==, expected);
}

static void
test_columns (void)
{
  const int widths[] = { 50, 30, 40, 60, 0 };
  GtkWidget *wrap = make_wrap (widths, FALSE);
  GtkWidget *second = gtk_widget_get_next_sibling (gtk_widget_get_first_child (wrap));

  assert_widths (wrap, 60, 210);
  assert_places (wrap, 210, "0,0 60,0 100,0 150,0");
  /* One less: in three columns, which are as wide as the widest in them. */
  assert_places (wrap, 209, "0,0 70,0 110,0 0,30");
  assert_places (wrap, 120, "0,0 60,0 0,30 60,30");
  assert_places (wrap, 119, "0,0 0,30 0,60 0,90");
  g_assert_cmpint (get_height (wrap, -1), ==, 20);

  solco_wrap_set_max_columns (SOLCO_WRAP (wrap), 2);
  assert_widths (wrap, 60, 120);
  assert_places (wrap, 500, "0,0 60,0 0,30 60,30");
  gtk_widget_set_direction (wrap, GTK_TEXT_DIR_RTL);
  assert_places (wrap, 200, "150,0 80,0 150,30 80,30");
  gtk_widget_set_direction (wrap, GTK_TEXT_DIR_LTR);

  /* What is hidden takes no place. */
  gtk_widget_set_visible (second, FALSE);
  assert_places (wrap, 500, "0,0 70,0 0,30");
  g_object_unref (wrap);
}

static void
test_homogeneous (void)
{
  const int widths[] = { 50, 80, 0 };
  GtkWidget *wrap = make_wrap (widths, TRUE);
  GtkWidget *first = gtk_widget_get_first_child (wrap);

  assert_widths (wrap, 80, 170);
  assert_places (wrap, 210, "0,0 110,0");
  g_assert_cmpint (gtk_widget_get_width (first), ==, 100);
  assert_places (wrap, 169, "0,0 0,30");
  g_assert_cmpint (gtk_widget_get_width (first), ==, 169);
  g_object_unref (wrap);
}

static void
test_empty (void)
{
  const int widths[] = { 0 };
  GtkWidget *wrap = make_wrap (widths, FALSE);

  assert_widths (wrap, 0, 0);
  g_assert_cmpint (get_height (wrap, 100), ==, 0);
  g_object_unref (wrap);
}

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    return 0;
  g_test_add_func ("/wrap/columns", test_columns);
  g_test_add_func ("/wrap/homogeneous", test_homogeneous);
  g_test_add_func ("/wrap/empty", test_empty);
  return g_test_run ();
}
