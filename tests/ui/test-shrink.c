/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/solco-shrink.h"

#include "ui/ui-fixture.h"

/* As high as the text is at the width that there is, and where there is less room, it scrolls. */
static void
test_height (void)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", "so many words that they need some lines",
                                   "wrap", TRUE, NULL);
  GtkWidget *shrink = g_object_ref_sink (g_object_new (SOLCO_TYPE_SHRINK, "child", label, NULL));
  GtkWidget *scrollbar;

  for (int width = 80; width <= 400; width += 80)
    {
      int wanted;
      int natural;
      int minimum;

      gtk_widget_measure (label, GTK_ORIENTATION_VERTICAL, width, &wanted, NULL, NULL, NULL);
      gtk_widget_measure (shrink, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural, NULL, NULL);
      g_assert_cmpint (natural, ==, wanted);
      g_assert_cmpint (minimum, <=, wanted);
    }
  g_assert_cmpint (gtk_widget_get_request_mode (shrink), ==, GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH);

  scrollbar = gtk_scrolled_window_get_vscrollbar (
      GTK_SCROLLED_WINDOW (gtk_widget_get_first_child (shrink)));
  gtk_widget_allocate (shrink, 80, 400, -1, NULL);
  g_assert_false (gtk_widget_get_visible (scrollbar) && gtk_widget_get_child_visible (scrollbar));
  gtk_widget_allocate (shrink, 80, 50, -1, NULL);
  g_assert_true (gtk_widget_get_visible (scrollbar));
  g_object_unref (shrink);
}

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    return 0;
  g_test_add_func ("/shrink/height", test_height);
  return g_test_run ();
}
