/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-burn-options.h"

#include <glib/gi18n.h>

#include "text/solco-text-size.h"

/* The drive's own list, after the drive's own choice. */
static void
fill_speeds (const SolcoBurnOptions *self, const SolcoMedium *medium, guint speed_kb_per_s)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (list, C_ ("speed", "Fastest"));
  for (guint i = 0; i < medium->speeds->len; i++)
    {
      const SolcoSpeed *speed = &g_array_index (medium->speeds, SolcoSpeed, i);
      g_autofree char *factor = solco_text_speed_dup_factor (speed->factor);

      gtk_string_list_append (list, factor);
      if (speed->kb_per_s == speed_kb_per_s)
        selected = i + 1;
    }
  gtk_drop_down_set_model (self->speed_drop_down, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (self->speed_drop_down, selected);
  gtk_widget_set_visible (GTK_WIDGET (self->speed_row), medium->speeds->len > 0);
}

/**
 * solco_burn_options_fill:
 * @self: the rows
 * @medium: the disc that will be written
 * @options: what is set at first
 *
 * What the disc or its drive cannot do is not offered. Main thread.
 */
void
solco_burn_options_fill (const SolcoBurnOptions *self, const SolcoMedium *medium,
                         const SolcoProjectOptions *options)
{
  g_return_if_fail (self != NULL && medium != NULL && options != NULL);

  gtk_switch_set_active (self->open_switch,
                         medium->can_append_after_burn && !options->close_disc);
  gtk_widget_set_sensitive (GTK_WIDGET (self->open_switch), medium->can_append_after_burn);
  gtk_switch_set_active (self->verify_switch, options->verify != SOLCO_VERIFY_NONE);
  gtk_switch_set_active (self->eject_switch, options->eject && !medium->is_image_file);
  gtk_widget_set_visible (GTK_WIDGET (self->eject_row), !medium->is_image_file);
  gtk_switch_set_active (self->simulate_switch, options->simulate && medium->can_simulate);
  gtk_widget_set_visible (GTK_WIDGET (self->simulate_row), medium->can_simulate);
  solco_option_row_set_subtitle (self->simulate_row,
                                 medium->is_image_file
                                     ? _ ("Everything is done but the writing")
                                     : _ ("The laser stays off, the disc is not changed"));
  fill_speeds (self, medium, options->speed_kb_per_s);
}

/**
 * solco_burn_options_read:
 * @self: the rows
 * @medium: the disc that they were filled for
 * @options: is changed
 *
 * What was not offered stays as it was, but for what must not happen. Main thread.
 */
void
solco_burn_options_read (const SolcoBurnOptions *self, const SolcoMedium *medium,
                         SolcoProjectOptions *options)
{
  g_return_if_fail (self != NULL && medium != NULL && options != NULL);

  const guint speed = gtk_drop_down_get_selected (self->speed_drop_down);

  options->close_disc = !gtk_switch_get_active (self->open_switch);
  /* A check that was chosen elsewhere, such as a quick one, is kept. */
  if (!gtk_switch_get_active (self->verify_switch))
    options->verify = SOLCO_VERIFY_NONE;
  else if (options->verify == SOLCO_VERIFY_NONE)
    options->verify = SOLCO_VERIFY_FULL;
  if (!medium->is_image_file)
    options->eject = gtk_switch_get_active (self->eject_switch);
  options->simulate = medium->can_simulate && gtk_switch_get_active (self->simulate_switch);
  options->speed_kb_per_s
      = speed > 0 && speed <= medium->speeds->len
            ? g_array_index (medium->speeds, SolcoSpeed, speed - 1).kb_per_s
            : 0;
}
