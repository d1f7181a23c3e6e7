/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-result-page.h"

#include <glib/gi18n.h>

#include "solco-capacity-bar.h"
#include "solco-column.h"
#include "solco-layout.h"
#include "solco-open.h"
#include "solco-option-row.h"
#include "solco-message.h"
#include "solco-save-log.h"
#include "text/solco-text-capacity.h"
#include "text/solco-text-error.h"
#include "text/solco-text-job.h"
#include "text/solco-text-problem.h"

/* More rows than this are nothing that is read on a page: the log has them all. */
#define MAX_PROBLEM_ROWS 8

struct _SolcoResultPage
{
  GtkWidget parent_instance;

  SolcoController *controller;
  SolcoJob *job;
  SolcoLayout *layout;

  GtkWidget *scrolled_window;
  GtkImage *image;
  GtkWidget *tint;
  GtkLabel *title_label;
  GtkLabel *line_label;
  GtkWidget *disc_box;
  GtkLabel *content_label;
  SolcoCapacityBar *capacity_bar;
  GtkLabel *capacity_label;
  GtkWidget *open_button;
  GtkBox *details_box;
  GtkBox *buttons_box;
  GtkWidget *log_button;
  GtkWidget *again_button;
  GtkWidget *done_button;
};

G_DEFINE_FINAL_TYPE (SolcoResultPage, solco_result_page, GTK_TYPE_WIDGET)

static GtkWindow *
get_window (SolcoResultPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

/* How it looks. */

static void
set_look (SolcoResultPage *self)
{
  static const struct
  {
    const char *icon;
    const char *css_class;
  } looks[] = {
    { "emblem-ok-symbolic", "ok" },
    { "dialog-warning-symbolic", "warn" },
    { "dialog-error-symbolic", "error" },
    { "process-stop-symbolic", "stopped" },
  };
  const SolcoResult *result = solco_job_get_result (self->job);
  const SolcoJobState state = solco_job_get_state (self->job);
  guint look;

  if (state == SOLCO_JOB_CANCELLED)
    look = 3;
  else if (state == SOLCO_JOB_FAILED)
    look = 2;
  else
    look = result != NULL && solco_result_has_serious_problems (result) ? 1 : 0;
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (self->tint, looks[i].css_class);
  gtk_widget_add_css_class (self->tint, looks[look].css_class);
  gtk_image_set_from_icon_name (self->image, looks[look].icon);
}

static void
set_titles (SolcoResultPage *self)
{
  const SolcoRequest *request = solco_job_get_request (self->job);
  const SolcoResult *result = solco_job_get_result (self->job);
  const GError *error = solco_job_get_error (self->job);
  g_autofree char *title = error != NULL ? solco_text_error_dup_title (error)
                                         : solco_text_job_dup_done_title (request, result);
  g_autofree char *line = error != NULL ? solco_text_error_dup_reason (error)
                                        : solco_text_job_dup_done_line (request, result);

  gtk_label_set_text (self->title_label, title);
  gtk_label_set_text (self->line_label, line != NULL ? line : "");
  gtk_widget_set_visible (GTK_WIDGET (self->line_label), line != NULL);
}

/* The disc as it is now. */

static void
show_capacity (SolcoResultPage *self, const SolcoResult *result)
{
  SolcoMedium *medium = result->medium;
  SolcoCapacityInput input;
  SolcoCapacity capacity;
  g_autofree char *sentence = NULL;

  solco_capacity_input_from_medium (&input, medium);
  input.image_blocks = result->image_blocks;
  solco_capacity_compute (&input, &capacity);
  if (medium->state == SOLCO_MEDIUM_CLOSED || capacity.free_blocks < SOLCO_MINIMUM_SESSION_BLOCKS)
    sentence = solco_text_capacity_dup_sentence (&input, &capacity,
                                                 SOLCO_TEXT_MARKUP | SOLCO_TEXT_ISOLATE);
  else
    /* The session that was just written is the measure for further ones. */
    sentence = solco_text_capacity_dup_result (
        capacity.free_blocks,
        input.image_blocks > 0 && capacity.fits ? capacity.further_sessions + 1 : 0,
        SOLCO_TEXT_MARKUP | SOLCO_TEXT_ISOLATE);
  gtk_label_set_markup (self->capacity_label, sentence);
}

static void
show_disc (SolcoResultPage *self)
{
  const SolcoRequest *request = solco_job_get_request (self->job);
  const SolcoRequestKind kind = solco_request_get_kind (request);
  const SolcoResult *result = solco_job_get_result (self->job);
  const gboolean has_disc = result != NULL && result->medium != NULL
                            && result->medium->state != SOLCO_MEDIUM_NONE
                            && result->medium->state != SOLCO_MEDIUM_UNSUITABLE;
  const gboolean has_written = has_disc && solco_job_get_state (self->job) == SOLCO_JOB_SUCCEEDED
                               && kind == SOLCO_REQUEST_BURN && !result->is_simulated;
  g_autofree char *content = NULL;

  gtk_widget_set_visible (self->disc_box, has_disc && kind != SOLCO_REQUEST_EXTRACT);
  if (!has_disc)
    return;
  content = solco_text_job_dup_content (
      result->medium, kind == SOLCO_REQUEST_BURN && !has_written ? NULL : result->tree);
  gtk_label_set_text (self->content_label, content);
  solco_capacity_bar_set_result (self->capacity_bar, result->medium, has_written ? 1 : 0);
  show_capacity (self, result);
  gtk_widget_set_visible (self->open_button, result->medium->sessions->len > 0
                                                 && !solco_request_get_eject (request));
  gtk_button_set_label (GTK_BUTTON (self->open_button),
                        result->medium->is_image_file ? _ ("_Show File") : _ ("_Open Disc"));
}

/* What was met along the way, or went wrong. */

static void
add_detail (SolcoResultPage *self, const char *title, char *text)
{
  GtkWidget *row;

  if (text == NULL)
    return;
  row = solco_option_row_new (title, text, NULL);
  gtk_widget_add_css_class (row, "detail");
  gtk_box_append (self->details_box, row);
  g_free (text);
}

static void
on_stage_again_clicked (GtkWidget *button, SolcoResultPage *self)
{
  const char *path = g_object_get_data (G_OBJECT (button), "path");
  const char *const paths[] = { path, NULL };

  solco_controller_stage_again (self->controller, paths);
  gtk_widget_set_sensitive (button, FALSE);
  gtk_button_set_label (GTK_BUTTON (button), _ ("Staged"));
}

/* Whether the file can be read anew from where it was taken. */
static gboolean
can_stage_again (SolcoResultPage *self, const SolcoProblem *problem)
{
  if (solco_request_get_plan (solco_job_get_request (self->job)) == NULL || problem->path == NULL)
    return FALSE;
  switch (problem->kind)
    {
    case SOLCO_PROBLEM_SOURCE_VANISHED:
    case SOLCO_PROBLEM_SOURCE_UNREADABLE:
    case SOLCO_PROBLEM_SOURCE_SHRANK:
    case SOLCO_PROBLEM_SOURCE_GREW:
    case SOLCO_PROBLEM_SOURCE_CHANGED:
      return TRUE;
    default:
      return FALSE;
    }
}

static GtkWidget *
make_problem_row (SolcoResultPage *self, const SolcoProblem *problem)
{
  g_autofree char *sentence = solco_text_problem_dup_sentence (problem);
  const gboolean serious = solco_problem_kind_is_serious (problem->kind);
  GtkWidget *row;
  GtkWidget *image;

  if (can_stage_again (self, problem))
    {
      GtkWidget *button = gtk_button_new_with_label (_ ("Stage Again"));

      row = solco_option_row_new (sentence, NULL, button);
      g_object_set_data_full (G_OBJECT (button), "path", g_strdup (problem->path), g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_stage_again_clicked), self, 0);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("Stage Again"), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      sentence, -1);
    }
  else
    row = solco_option_row_new (sentence, NULL, NULL);
  image = gtk_image_new_from_icon_name (serious ? "dialog-warning-symbolic"
                                                : "help-about-symbolic");
  gtk_widget_add_css_class (image, serious ? "warn" : "secondary");
  solco_option_row_set_icon (SOLCO_OPTION_ROW (row), image);
  return row;
}

static void
show_details (SolcoResultPage *self)
{
  const SolcoResult *result = solco_job_get_result (self->job);
  const GError *error = solco_job_get_error (self->job);
  const GPtrArray *problems = result != NULL ? result->problems : NULL;
  const guint n_problems = problems != NULL ? problems->len : 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->details_box))) != NULL)
    gtk_box_remove (self->details_box, child);
  if (error != NULL)
    {
      add_detail (self, _ ("The disc now"),
                  solco_text_error_dup_state (error, result != NULL ? result->medium : NULL));
      add_detail (self, _ ("What to do"), solco_text_error_dup_advice (error));
      add_detail (self, _ ("Details"), solco_text_error_dup_detail (error));
    }
  for (guint i = 0; i < MIN (n_problems, MAX_PROBLEM_ROWS); i++)
    gtk_box_append (self->details_box,
                    make_problem_row (self, g_ptr_array_index (problems, i)));
  if (n_problems > MAX_PROBLEM_ROWS)
    {
      const gulong n_more = n_problems - MAX_PROBLEM_ROWS;
      g_autofree char *text = g_strdup_printf (
          ngettext ("%lu more is in the log", "%lu more are in the log", n_more), n_more);

      gtk_box_append (self->details_box, solco_option_row_new (text, NULL, NULL));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->details_box),
                          gtk_widget_get_first_child (GTK_WIDGET (self->details_box)) != NULL);
}

/* The buttons. */

/* The same files on another disc: only what came from local files as a whole can go there. */
static gboolean
can_burn_another (SolcoResultPage *self)
{
  const SolcoRequest *request = solco_job_get_request (self->job);
  SolcoPlan *plan = solco_request_get_plan (request);

  return plan != NULL && plan->disc == NULL
         && solco_job_get_state (self->job) == SOLCO_JOB_SUCCEEDED && !plan->simulate
         && solco_target_get_image_path (plan->target) == NULL;
}

/* A burn that failed or was only rehearsed: the stage is still there. */
static gboolean
can_try_again (SolcoResultPage *self)
{
  const SolcoRequest *request = solco_job_get_request (self->job);

  return solco_request_get_kind (request) == SOLCO_REQUEST_BURN
         && (solco_job_get_state (self->job) != SOLCO_JOB_SUCCEEDED
             || solco_request_is_simulation (request));
}

static void
show_buttons (SolcoResultPage *self)
{
  const SolcoRequest *request = solco_job_get_request (self->job);
  const gboolean copied = solco_request_get_directory (request) != NULL
                          && solco_job_get_state (self->job) == SOLCO_JOB_SUCCEEDED;
  const char *label = NULL;

  if (can_burn_another (self))
    label = _ ("_Burn Another…");
  else if (can_try_again (self))
    label = solco_request_is_simulation (request) ? _ ("_Burn…") : _ ("_Try Again…");
  else if (copied)
    label = _ ("_Open Folder");
  gtk_widget_set_visible (self->again_button, label != NULL);
  if (label != NULL)
    gtk_button_set_label (GTK_BUTTON (self->again_button), label);
}

static void
on_log_clicked (SolcoResultPage *self)
{
  solco_save_log (get_window (self), solco_job_get_log (self->job));
}

static void
on_open_clicked (SolcoResultPage *self)
{
  solco_open_target (get_window (self),
                     solco_request_get_target (solco_job_get_request (self->job)));
}

static void
on_another_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SolcoController) controller = user_data;
  g_autoptr (GError) error = NULL;

  if (solco_question_ask_finish (GTK_WINDOW (source), result) == SOLCO_ANSWER_ACCEPT
      && !solco_controller_burn_again (controller, &error))
    solco_controller_report_error (controller, error);
}

static void
ask_for_another_disc (SolcoResultPage *self)
{
  const SolcoResult *result = solco_job_get_result (self->job);
  g_autofree char *amount = solco_text_job_dup_amount (result->n_files, result->n_bytes);
  /* Translators: "8 files, 74.2 MiB" */
  g_autofree char *body = g_strdup_printf (
      _ ("The same is burned once more: %s. Take the disc out, and put a blank one in."), amount);
  const SolcoQuestion question = {
    .title = _ ("Insert another disc"),
    .body = body,
    .cancel = _ ("_Cancel"),
    .accept = _ ("_Burn"),
  };

  solco_question_ask_async (get_window (self), &question, on_another_answer,
                            g_object_ref (self->controller));
}

static void
on_again_clicked (SolcoResultPage *self)
{
  const char *directory = solco_request_get_directory (solco_job_get_request (self->job));

  /* Dismissing the job takes the page away. */
  g_object_ref (self);
  if (can_burn_another (self))
    ask_for_another_disc (self);
  else if (can_try_again (self))
    {
      solco_controller_dismiss_job (self->controller);
      gtk_widget_activate_action (GTK_WIDGET (self), "win.burn", NULL);
    }
  else if (directory != NULL)
    solco_open_folder (get_window (self), directory);
  g_object_unref (self);
}

static void
on_done_clicked (SolcoResultPage *self)
{
  solco_controller_dismiss_job (self->controller);
}

/* Following the job. */

static void
on_job_finished (SolcoResultPage *self)
{
  set_look (self);
  set_titles (self);
  show_disc (self);
  show_details (self);
  show_buttons (self);
}

static void
on_job_changed (SolcoResultPage *self)
{
  SolcoJob *job = solco_controller_get_job (self->controller);

  if (job == self->job)
    return;
  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_set_object (&self->job, job);
  if (job == NULL)
    return;
  g_signal_connect_swapped (job, "finished", G_CALLBACK (on_job_finished), self);
  if (solco_job_is_finished (job))
    on_job_finished (self);
}

/* Enter leaves the page: whoever has read it is done. */
static void
solco_result_page_map (GtkWidget *widget)
{
  SolcoResultPage *self = SOLCO_RESULT_PAGE (widget);

  GTK_WIDGET_CLASS (solco_result_page_parent_class)->map (widget);
  gtk_widget_grab_focus (self->done_button);
}

/* Where there is no room for buttons in a row, they stand in a column, the suggested one first. */
static void
on_mode_changed (SolcoResultPage *self)
{
  const gboolean compact = solco_layout_get_mode (self->layout) == SOLCO_LAYOUT_COMPACT;
  GtkWidget *buttons = GTK_WIDGET (self->buttons_box);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (buttons), compact ? GTK_ORIENTATION_VERTICAL
                                                                    : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_halign (buttons, compact ? GTK_ALIGN_FILL : GTK_ALIGN_CENTER);
  gtk_box_set_spacing (self->buttons_box, compact ? 6 : 12);
  gtk_box_reorder_child_after (self->buttons_box, self->log_button,
                               compact ? self->again_button : NULL);
  gtk_box_reorder_child_after (self->buttons_box, self->done_button,
                               compact ? NULL : self->again_button);
}

static void
solco_result_page_root (GtkWidget *widget)
{
  SolcoResultPage *self = SOLCO_RESULT_PAGE (widget);
  GtkWidget *layout = gtk_widget_get_ancestor (widget, SOLCO_TYPE_LAYOUT);

  GTK_WIDGET_CLASS (solco_result_page_parent_class)->root (widget);
  if (layout == NULL)
    return;
  self->layout = SOLCO_LAYOUT (layout);
  g_signal_connect_swapped (layout, "notify::mode", G_CALLBACK (on_mode_changed), self);
  on_mode_changed (self);
}

static void
solco_result_page_unroot (GtkWidget *widget)
{
  SolcoResultPage *self = SOLCO_RESULT_PAGE (widget);

  if (self->layout != NULL)
    g_signal_handlers_disconnect_by_data (self->layout, self);
  self->layout = NULL;
  GTK_WIDGET_CLASS (solco_result_page_parent_class)->unroot (widget);
}

static void
solco_result_page_dispose (GObject *object)
{
  SolcoResultPage *self = SOLCO_RESULT_PAGE (object);

  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_clear_object (&self->job);
  g_clear_object (&self->controller);
  g_clear_pointer (&self->scrolled_window, gtk_widget_unparent);
  G_OBJECT_CLASS (solco_result_page_parent_class)->dispose (object);
}

static void
solco_result_page_class_init (SolcoResultPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = solco_result_page_dispose;
  widget_class->map = solco_result_page_map;
  widget_class->root = solco_result_page_root;
  widget_class->unroot = solco_result_page_unroot;
  g_type_ensure (SOLCO_TYPE_CAPACITY_BAR);
  g_type_ensure (SOLCO_TYPE_COLUMN);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "resultpage");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/solco/Solco/result-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SolcoResultPage, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, SolcoResultPage, image);
  gtk_widget_class_bind_template_child (widget_class, SolcoResultPage, tint);
  gtk_widget_class_bind_template_child (widget_class, SolcoResultPage, title_label);
  gtk_widget_class_bind_template_child (widget_class, SolcoResultPage, line_label);
  gtk_widget_class_bind_template_child (widget_class, SolcoResultPage, disc_box);
  gtk_widget_class_bind_template_child (widget_class, SolcoResultPage, content_label);
  gtk_widget_class_bind_template_child (widget_class, SolcoResultPage, capacity_bar);
  gtk_widget_class_bind_template_child (widget_class, SolcoResultPage, capacity_label);
  gtk_widget_class_bind_template_child (widget_class, SolcoResultPage, open_button);
  gtk_widget_class_bind_template_child (widget_class, SolcoResultPage, details_box);
  gtk_widget_class_bind_template_child (widget_class, SolcoResultPage, buttons_box);
  gtk_widget_class_bind_template_child (widget_class, SolcoResultPage, log_button);
  gtk_widget_class_bind_template_child (widget_class, SolcoResultPage, again_button);
  gtk_widget_class_bind_template_child (widget_class, SolcoResultPage, done_button);
  gtk_widget_class_bind_template_callback (widget_class, on_log_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_again_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_done_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_open_clicked);
}

static void
solco_result_page_init (SolcoResultPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * solco_result_page_new:
 * @controller: whose job it shows
 *
 * Main thread.
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
solco_result_page_new (SolcoController *controller)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (controller), NULL);

  SolcoResultPage *self = g_object_new (SOLCO_TYPE_RESULT_PAGE, NULL);

  self->controller = g_object_ref (controller);
  g_signal_connect_object (controller, "notify::job", G_CALLBACK (on_job_changed), self,
                           G_CONNECT_SWAPPED);
  on_job_changed (self);
  return GTK_WIDGET (self);
}
