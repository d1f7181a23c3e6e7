/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-banner.h"
#include "solco-foot.h"
#include "solco-layout.h"
#include "solco-pane.h"
#include "solco-picker.h"
#include "solco-window.h"

G_BEGIN_DECLS

struct _SolcoWindow
{
  GtkApplicationWindow parent_instance;

  SolcoController *controller;
  GMenu *recent;
  GMenu *undo_section;
  guint slow_id; /* files have been listed or copied for so long that the banner says so */
  gboolean is_slow_shown;
  gboolean has_explained_removal;
  gboolean is_removal_explained; /* the notice shows it */
  gboolean is_restored_shown;
  gboolean burns_when_read; /* an image file was chosen to burn to */
  gboolean is_close_confirmed;
  guint inhibit_cookie;

  SolcoLayout *layout;
  GtkHeaderBar *header;
  GtkMenuButton *add;
  GtkToggleButton *search;
  SolcoPicker *picker;
  GtkButton *burn;
  GtkMenuButton *menu;
  GtkStack *pages;
  SolcoBanner *banner;
  SolcoBanner *notice;
  SolcoPane *pane;
  SolcoFoot *foot;
};

/* solco-window-actions.c */
void solco_window_add_actions (SolcoWindow *self);
void solco_window_update_actions (SolcoWindow *self);
void solco_window_add_shortcuts (SolcoWindow *self);
/* Burn…: the dialog, or what is in its way. */
void solco_window_burn (SolcoWindow *self);

/* solco-window-files.c */
void solco_window_add_files (SolcoWindow *self, gboolean folders);
void solco_window_burn_to_image (SolcoWindow *self);
void solco_window_choose_image (SolcoWindow *self);
void solco_window_new_project (SolcoWindow *self);
void solco_window_open_project (SolcoWindow *self, GFile *file);
void solco_window_save_project (SolcoWindow *self, gboolean as);
void solco_window_update_recent (SolcoWindow *self);
/* Asks about a job that runs and work that is not saved; then closes. */
gboolean solco_window_confirm_close (SolcoWindow *self);

/* solco-window-banner.c */
void solco_window_update_banner (SolcoWindow *self);
void solco_window_explain_removal (SolcoWindow *self);
void solco_window_dismiss_notice (SolcoWindow *self);

G_END_DECLS
