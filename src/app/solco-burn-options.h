/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "engine/solco-medium.h"
#include "model/solco-project.h"
#include "solco-option-row.h"

G_BEGIN_DECLS

/**
 * SolcoBurnOptions: the rows that the burn dialogs share; none may be %NULL
 * @open_row: keep the disc open, with @open_switch
 * @eject_row: eject when finished, with @eject_switch
 * @simulate_row: simulate only, with @simulate_switch
 * @speed_row: speed, with @speed_drop_down
 * @verify_switch: verify or compare afterwards
 */
typedef struct
{
  SolcoOptionRow *open_row;
  GtkSwitch *open_switch;
  SolcoOptionRow *eject_row;
  GtkSwitch *eject_switch;
  SolcoOptionRow *simulate_row;
  GtkSwitch *simulate_switch;
  SolcoOptionRow *speed_row;
  GtkDropDown *speed_drop_down;
  GtkSwitch *verify_switch;
} SolcoBurnOptions;

/* Shows what @medium and its drive can do, set as @options say. */
void solco_burn_options_fill (const SolcoBurnOptions *self, const SolcoMedium *medium,
                              const SolcoProjectOptions *options);
/* Changes in @options what the user has set. */
void solco_burn_options_read (const SolcoBurnOptions *self, const SolcoMedium *medium,
                              SolcoProjectOptions *options);

G_END_DECLS
