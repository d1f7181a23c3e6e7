/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-message.h"

#include <glib/gi18n.h>

/* Letters in a line that fit on a screen as narrow as the compact layout; the first line is large. */
#define COMPACT_TITLE_CHARS 22
#define COMPACT_TEXT_CHARS 32

/* Several lines stand under a centred title, and are not wider than the window under them. */
static void
lay_out_lines (GtkWidget *area, gboolean is_compact)
{
  for (GtkWidget *child = gtk_widget_get_first_child (area); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LABEL (child))
      {
        gtk_label_set_justify (GTK_LABEL (child), GTK_JUSTIFY_CENTER);
        if (is_compact)
          gtk_label_set_max_width_chars (GTK_LABEL (child),
                                         gtk_widget_get_prev_sibling (child) == NULL
                                             ? COMPACT_TITLE_CHARS : COMPACT_TEXT_CHARS);
      }
}

/**
 * solco_hide_titlebar:
 * @window: a window whose content says what it is
 *
 * Keeps the frame of the program's windows, without a bar at its top: without one of its own, a
 * window would get that of the window manager. To be called before @window is shown.
 */
void
solco_hide_titlebar (GtkWidget *window)
{
  GtkWidget *no_titlebar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_visible (no_titlebar, FALSE);
  gtk_window_set_titlebar (GTK_WINDOW (window), no_titlebar);
}

/**
 * solco_dialog_present:
 * @dialog: a window with a parent
 *
 * Shows it, over a compact window no larger than that: the screen may be as small.
 */
void
solco_dialog_present (GtkWidget *dialog)
{
  GtkWindow *window = GTK_WINDOW (dialog);
  GtkWidget *parent = GTK_WIDGET (gtk_window_get_transient_for (window));
  int width;
  int height;

  if (parent != NULL && gtk_widget_has_css_class (parent, "compact"))
    {
      gtk_window_get_default_size (window, &width, &height);
      gtk_window_set_default_size (window, MIN (width, gtk_widget_get_width (parent)),
                                   MIN (height, gtk_widget_get_height (parent)));
    }
  gtk_window_present (window);
}

static GtkWidget *
new_message (GtkWindow *parent, const char *title, const char *body)
{
  GtkWidget *dialog = g_object_new (GTK_TYPE_MESSAGE_DIALOG, "transient-for", parent, "modal",
                                    TRUE, "destroy-with-parent", TRUE, "title", title, "text",
                                    title, NULL);

  /* The question is its own title. */
  solco_hide_titlebar (dialog);
  gtk_widget_add_css_class (dialog, "solco-question");
  if (body != NULL)
    gtk_message_dialog_format_secondary_text (GTK_MESSAGE_DIALOG (dialog), "%s", body);
  lay_out_lines (gtk_message_dialog_get_message_area (GTK_MESSAGE_DIALOG (dialog)),
                 gtk_widget_has_css_class (GTK_WIDGET (parent), "compact"));
  return dialog;
}

/**
 * solco_message_present:
 * @parent: over which
 * @title: what happened
 * @body: (nullable): why, and what to do
 */
void
solco_message_present (GtkWindow *parent, const char *title, const char *body)
{
  GtkWidget *dialog = new_message (parent, title, body);

  gtk_dialog_add_button (GTK_DIALOG (dialog), _ ("_Close"), GTK_RESPONSE_CLOSE);
  g_signal_connect (dialog, "response", G_CALLBACK (gtk_window_destroy), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_taken_back (GCancellable *cancellable, GtkDialog *dialog)
{
  gtk_dialog_response (dialog, GTK_RESPONSE_CANCEL);
}

static void
on_answer (GtkDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SolcoAnswer answer = SOLCO_ANSWER_CANCEL;

  if (response == GTK_RESPONSE_ACCEPT)
    answer = SOLCO_ANSWER_ACCEPT;
  else if (response == GTK_RESPONSE_NO)
    answer = SOLCO_ANSWER_OTHER;
  /* The answer may close the parent as well: the dialog, which its own button still holds, must not
   * look for it later. */
  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_task_return_int (task, answer);
}

/**
 * solco_question_ask_async:
 * @parent: over which
 * @question: what is asked
 * @callback: called with the answer
 * @user_data: for @callback
 */
void
solco_question_ask_async (GtkWindow *parent, const SolcoQuestion *question,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  GtkWidget *dialog = new_message (parent, question->title, question->body);
  GtkWidget *button;

  gtk_dialog_add_button (GTK_DIALOG (dialog), question->cancel, GTK_RESPONSE_CANCEL);
  if (question->other != NULL)
    gtk_dialog_add_button (GTK_DIALOG (dialog), question->other, GTK_RESPONSE_NO);
  button = gtk_dialog_add_button (GTK_DIALOG (dialog), question->accept, GTK_RESPONSE_ACCEPT);
  gtk_widget_add_css_class (button, question->is_destructive ? "destructive-action"
                                                             : "suggested-action");
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), question->is_destructive
                                                            ? GTK_RESPONSE_CANCEL
                                                            : GTK_RESPONSE_ACCEPT);
  g_signal_connect (dialog, "response", G_CALLBACK (on_answer),
                    g_task_new (parent, NULL, callback, user_data));
  if (question->cancellable != NULL)
    g_signal_connect_object (question->cancellable, "cancelled", G_CALLBACK (on_taken_back),
                             dialog, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * solco_question_ask_finish:
 * @parent: as before
 * @result: of the callback
 *
 * Returns: the answer
 */
SolcoAnswer
solco_question_ask_finish (GtkWindow *parent, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, parent), SOLCO_ANSWER_CANCEL);

  return (SolcoAnswer) g_task_propagate_int (G_TASK (result), NULL);
}

static void
free_files (gpointer files)
{
  g_slist_free_full (files, g_object_unref);
}

static void
on_chosen (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GSList *files = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GListModel) list = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));

      for (guint i = g_list_model_get_n_items (list); i > 0; i--)
        files = g_slist_prepend (files, g_list_model_get_item (list, i - 1));
    }
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
  g_task_return_pointer (task, files, free_files);
}

/**
 * solco_files_choose_async:
 * @parent: over which
 * @choice: what is to be chosen
 * @callback: called with the files
 * @user_data: for @callback
 */
void
solco_files_choose_async (GtkWindow *parent, const SolcoFileChoice *choice,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  GtkFileChooserNative *native = gtk_file_chooser_native_new (choice->title, parent,
                                                              choice->action, choice->accept, NULL);
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (native);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (native), TRUE);
  gtk_file_chooser_set_select_multiple (chooser, choice->is_multiple);
  if (choice->name != NULL)
    gtk_file_chooser_set_current_name (chooser, choice->name);
  if (choice->pattern != NULL)
    {
      g_autoptr (GtkFileFilter) shown = gtk_file_filter_new ();
      g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

      gtk_file_filter_set_name (shown, choice->pattern_name);
      gtk_file_filter_add_pattern (shown, choice->pattern);
      gtk_file_chooser_add_filter (chooser, shown);
      gtk_file_filter_set_name (all, _ ("All Files"));
      gtk_file_filter_add_pattern (all, "*");
      gtk_file_chooser_add_filter (chooser, all);
    }
  g_signal_connect (native, "response", G_CALLBACK (on_chosen),
                    g_task_new (parent, NULL, callback, user_data));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (native));
}

/**
 * solco_files_choose_finish:
 * @parent: as before
 * @result: of the callback
 *
 * Returns: (transfer full) (nullable) (element-type GFile): what was chosen
 */
GSList *
solco_files_choose_finish (GtkWindow *parent, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, parent), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

/**
 * solco_close_on_escape:
 * @window: a dialog that is a plain window
 *
 * Gives it the key that every dialog has.
 */
void
solco_close_on_escape (GtkWidget *window)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_callback_action_new (on_escape, NULL, NULL)));
  gtk_widget_add_controller (window, keys);
}
