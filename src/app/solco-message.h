/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Questions and file choosers as async pairs; everything of GTK that its newer versions have
 * successors for stands in solco-message.c. */

/**
 * SolcoQuestion:
 * @title: the question
 * @body: (nullable): what it means
 * @cancel: label of the button that does nothing
 * @other: (nullable): a third way
 * @accept: label of the button that goes on
 * @is_destructive: something is lost by going on
 * @cancellable: (nullable): takes the question back, as if it were closed
 */
typedef struct
{
  const char *title;
  const char *body;
  const char *cancel;
  const char *other;
  const char *accept;
  gboolean is_destructive;
  GCancellable *cancellable;
} SolcoQuestion;

/** SolcoAnswer: which button it was; closing the question is CANCEL */
typedef enum
{
  SOLCO_ANSWER_CANCEL,
  SOLCO_ANSWER_OTHER,
  SOLCO_ANSWER_ACCEPT
} SolcoAnswer;

void solco_question_ask_async (GtkWindow *parent, const SolcoQuestion *question,
                               GAsyncReadyCallback callback, gpointer user_data);
SolcoAnswer solco_question_ask_finish (GtkWindow *parent, GAsyncResult *result);

/**
 * SolcoFileChoice:
 * @title: of the chooser
 * @accept: (nullable): label of its button
 * @action: what is chosen
 * @is_multiple: several files
 * @name: (nullable): proposed when saving
 * @pattern: (nullable): shown files, such as "*.iso"
 * @pattern_name: (nullable): what they are
 */
typedef struct
{
  const char *title;
  const char *accept;
  GtkFileChooserAction action;
  gboolean is_multiple;
  const char *name;
  const char *pattern;
  const char *pattern_name;
} SolcoFileChoice;

void solco_files_choose_async (GtkWindow *parent, const SolcoFileChoice *choice,
                               GAsyncReadyCallback callback, gpointer user_data);
/* (element-type GFile) (nullable): NULL: nothing was chosen; g_slist_free_full() */
GSList *solco_files_choose_finish (GtkWindow *parent, GAsyncResult *result);

/* Tells something; one button. */
void solco_message_present (GtkWindow *parent, const char *title, const char *body);
/* Escape closes the window, as it does every dialog. */
void solco_close_on_escape (GtkWidget *window);
/* Shows a window that has a parent. */
void solco_dialog_present (GtkWidget *dialog);
/* The content of the window is its title. */
void solco_hide_titlebar (GtkWidget *window);

G_END_DECLS
