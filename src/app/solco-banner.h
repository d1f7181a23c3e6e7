/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SolcoBannerContent:
 * @text: (nullable): what it says; %NULL hides the banner
 * @icon_name: beside it
 * @button: (nullable): the button's label, with a mnemonic
 * @action: (nullable): its action
 * @dismiss_action: (nullable): action of a button that closes the banner
 * @is_notice: something needs attention
 */
typedef struct
{
  const char *text;
  const char *icon_name;
  const char *button;
  const char *action;
  const char *dismiss_action;
  gboolean is_notice;
} SolcoBannerContent;

/**
 * SolcoBanner:
 *
 * A line above the stage, which slides in and out.
 */
#define SOLCO_TYPE_BANNER (solco_banner_get_type ())
G_DECLARE_FINAL_TYPE (SolcoBanner, solco_banner, SOLCO, BANNER, GtkWidget)

void solco_banner_set (SolcoBanner *self, const SolcoBannerContent *content);
/* In the compact layout the button is an icon. */
void solco_banner_set_compact (SolcoBanner *self, gboolean is_compact);
/* NULL while it is hidden. */
const char *solco_banner_get_text (SolcoBanner *self);

G_END_DECLS
