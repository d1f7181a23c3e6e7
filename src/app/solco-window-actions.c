/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every verb of the window, in one table: its action, its key, and when it is possible. */
#include <glib/gi18n.h>

#include "engine/solco-error.h"
#include "solco-dialogs.h"
#include "solco-message.h"
#include "solco-undo-text.h"
#include "solco-window-private.h"
#include "text/solco-text-error.h"

/* What has to be the case; all of them. */
typedef enum
{
  NEEDS_NOTHING = 0,
  NEEDS_STAGE = 1 << 0,     /* the stage is shown, and not about to be burned */
  NEEDS_CONTENT = 1 << 1,   /* and something is on it */
  NEEDS_DISC = 1 << 2,      /* a disc is in */
  NEEDS_RECORDER = 1 << 3,  /* a recorder, not an image file */
  NEEDS_TARGET = 1 << 4,    /* a recorder or an image file */
  NEEDS_REMOVABLE = 1 << 5, /* what is selected can be removed, … */
  NEEDS_RESTORABLE = 1 << 6,
  NEEDS_ONE = 1 << 7,
  NEEDS_UNDO = 1 << 8,
  NEEDS_REDO = 1 << 9,
  NEEDS_SESSIONS = 1 << 10, /* the disc holds something that can be read */
  NEEDS_ERASABLE = 1 << 11,
  NEEDS_PROBLEMS = 1 << 12,
  NEEDS_ADDING = 1 << 13,
  NEEDS_WAITING = 1 << 14,
  NEEDS_OTHER_DISC = 1 << 15,
  NEEDS_DAMAGE = 1 << 16,
  NEEDS_BURNABLE = 1 << 17,
  NEEDS_COPYING = 1 << 18
} Needs;

typedef void (*ActionFunc) (SolcoWindow *self);

typedef struct
{
  const char *name;
  ActionFunc activate;
  const char *key;
  /* A key that an entry has a use of its own for: it is asked only after the focused widget. */
  gboolean is_editing_key;
  Needs needs;
} Action;

static void
add_files (SolcoWindow *self)
{
  solco_window_add_files (self, FALSE);
}

static void
add_folder (SolcoWindow *self)
{
  solco_window_add_files (self, TRUE);
}

static void
paste (SolcoWindow *self)
{
  solco_pane_paste (self->pane);
}

static void
new_folder (SolcoWindow *self)
{
  solco_pane_new_folder (self->pane);
}

static void
rename_selected (SolcoWindow *self)
{
  solco_pane_rename (self->pane);
}

static gboolean
is_on_disc (SolcoWindow *self)
{
  g_autoptr (GPtrArray) nodes = solco_pane_get_selected (self->pane);

  for (guint i = 0; i < nodes->len; i++)
    if (solco_node_get_origin (g_ptr_array_index (nodes, i)) == SOLCO_ORIGIN_ON_DISC)
      return TRUE;
  return FALSE;
}

static void
remove_selected (SolcoWindow *self)
{
  const gboolean explains = is_on_disc (self);

  solco_pane_remove (self->pane);
  if (explains)
    solco_window_explain_removal (self);
}

static void
restore_selected (SolcoWindow *self)
{
  solco_pane_restore (self->pane);
}

static void
select_all (SolcoWindow *self)
{
  solco_pane_select_all (self->pane);
}

static void
find (SolcoWindow *self)
{
  solco_pane_find (self->pane);
}

static void
clear_content (SolcoWindow *self)
{
  solco_controller_clear_content (self->controller);
  solco_pane_focus (self->pane);
}

static void
undo (SolcoWindow *self)
{
  self->is_removal_explained = FALSE;
  solco_controller_undo (self->controller);
}

static void
redo (SolcoWindow *self)
{
  solco_controller_redo (self->controller);
}

static void
copy_to (SolcoWindow *self)
{
  g_autoptr (GPtrArray) nodes = solco_pane_get_selected (self->pane);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  SolcoProject *project = solco_controller_get_project (self->controller);
  const SolcoTree *tree = solco_controller_get_disc_tree (self->controller);

  /* Only what is on the disc can be copied out of it, by the name that it has there. */
  for (guint i = 0; i < nodes->len; i++)
    {
      g_autofree char *path
          = solco_project_dup_disc_path (project, g_ptr_array_index (nodes, i));

      if (path != NULL && tree != NULL && solco_tree_lookup (tree, path) != SOLCO_TREE_NONE)
        g_ptr_array_add (paths, g_steal_pointer (&path));
    }
  g_ptr_array_add (paths, NULL);
  solco_copy_dialog_present (GTK_WINDOW (self), self->controller,
                             paths->len > 1 ? (const char *const *) paths->pdata : NULL);
}

static void
burn_image (SolcoWindow *self)
{
  solco_burn_image_dialog_present (GTK_WINDOW (self), self->controller);
}

static void
erase (SolcoWindow *self)
{
  solco_erase_dialog_present (GTK_WINDOW (self), self->controller);
}

static void
eject (SolcoWindow *self)
{
  solco_controller_eject (self->controller);
}

static void
read_disc (SolcoWindow *self)
{
  solco_controller_read_disc (self->controller);
}

static void
disc_information (SolcoWindow *self)
{
  solco_disc_window_present (GTK_WINDOW (self), self->controller);
}

static void
verify (SolcoWindow *self)
{
  g_autoptr (GError) error = NULL;

  if (!solco_controller_verify (self->controller, 0, &error))
    solco_controller_report_error (self->controller, error);
}

static void
mend (SolcoWindow *self)
{
  g_autoptr (GError) error = NULL;

  if (!solco_controller_mend (self->controller, &error))
    solco_controller_report_error (self->controller, error);
}

static void
wrong_disc (SolcoWindow *self)
{
  solco_wrong_disc_dialog_present (GTK_WINDOW (self), self->controller);
}

static void
stop_waiting (SolcoWindow *self)
{
  solco_controller_stop_waiting (self->controller);
}

static void
stop_adding (SolcoWindow *self)
{
  solco_controller_stop_adding (self->controller);
}

static void
stop_copying (SolcoWindow *self)
{
  solco_controller_stop_copying (self->controller);
}

static void
problems (SolcoWindow *self)
{
  solco_problem_window_present (GTK_WINDOW (self), self->controller);
}

static void
picker (SolcoWindow *self)
{
  solco_picker_popup (self->picker);
}

static void
open_project (SolcoWindow *self)
{
  solco_window_open_project (self, NULL);
}

static void
save_project (SolcoWindow *self)
{
  solco_window_save_project (self, FALSE);
}

static void
save_project_as (SolcoWindow *self)
{
  solco_window_save_project (self, TRUE);
}

static void
preferences (SolcoWindow *self)
{
  solco_preferences_present (GTK_WINDOW (self), self->controller);
}

static void
shortcuts (SolcoWindow *self)
{
  solco_shortcuts_window_present (GTK_WINDOW (self));
}

static void
close_window (SolcoWindow *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

/* F6: from one area of the window to the next. */
static void
next_area (SolcoWindow *self)
{
  GtkWidget *areas[]
      = { GTK_WIDGET (self->header), GTK_WIDGET (self->banner), GTK_WIDGET (self->pane),
          GTK_WIDGET (self->foot) };
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  guint current = G_N_ELEMENTS (areas) - 1;

  for (guint i = 0; focus != NULL && i < G_N_ELEMENTS (areas); i++)
    if (gtk_widget_is_ancestor (focus, areas[i]))
      current = i;
  for (guint i = 1; i <= G_N_ELEMENTS (areas); i++)
    {
      GtkWidget *area = areas[(current + i) % G_N_ELEMENTS (areas)];

      if (area == GTK_WIDGET (self->pane))
        {
          solco_pane_focus (self->pane);
          return;
        }
      if (gtk_widget_get_mapped (area) && gtk_widget_child_focus (area, GTK_DIR_TAB_FORWARD))
        return;
    }
}

static const Action actions[] = {
  { "add-files", add_files, "<Control>i", FALSE, NEEDS_STAGE },
  { "add-folder", add_folder, "<Control><Shift>i", FALSE, NEEDS_STAGE },
  { "paste", paste, "<Control>v", TRUE, NEEDS_STAGE },
  { "new-folder", new_folder, "<Control><Shift>n", FALSE, NEEDS_STAGE },
  { "rename", rename_selected, "F2", TRUE, NEEDS_STAGE | NEEDS_ONE },
  { "remove", remove_selected, "Delete", TRUE, NEEDS_STAGE | NEEDS_REMOVABLE },
  { "restore", restore_selected, "<Control>r", TRUE, NEEDS_STAGE | NEEDS_RESTORABLE },
  { "select-all", select_all, "<Control>a", TRUE, NEEDS_STAGE | NEEDS_CONTENT },
  { "find", find, "<Control>f", FALSE, NEEDS_STAGE | NEEDS_CONTENT },
  { "clear-content", clear_content, "<Control><Shift>Delete", TRUE, NEEDS_STAGE | NEEDS_CONTENT },
  { "undo", undo, "<Control>z", TRUE, NEEDS_STAGE | NEEDS_UNDO },
  { "redo", redo, "<Control><Shift>z", TRUE, NEEDS_STAGE | NEEDS_REDO },
  { "burn", solco_window_burn, "<Control>Return", FALSE, NEEDS_STAGE | NEEDS_BURNABLE },
  { "burn-to-image", solco_window_burn_to_image, "<Control><Shift>b", FALSE,
    NEEDS_STAGE | NEEDS_CONTENT },
  { "burn-image", burn_image, NULL, FALSE, NEEDS_STAGE | NEEDS_TARGET },
  { "copy-to", copy_to, NULL, FALSE, NEEDS_STAGE | NEEDS_SESSIONS },
  { "erase", erase, NULL, FALSE, NEEDS_STAGE | NEEDS_ERASABLE },
  { "eject", eject, "<Control>e", FALSE, NEEDS_STAGE | NEEDS_RECORDER },
  { "read-disc", read_disc, "F5", FALSE, NEEDS_STAGE | NEEDS_TARGET },
  { "disc-information", disc_information, "<Alt>Return", FALSE, NEEDS_DISC },
  { "verify", verify, NULL, FALSE, NEEDS_STAGE | NEEDS_SESSIONS },
  { "mend", mend, NULL, FALSE, NEEDS_STAGE | NEEDS_DAMAGE },
  { "wrong-disc", wrong_disc, NULL, FALSE, NEEDS_STAGE | NEEDS_OTHER_DISC },
  { "stop-waiting", stop_waiting, NULL, FALSE, NEEDS_WAITING },
  { "stop-adding", stop_adding, NULL, FALSE, NEEDS_ADDING },
  { "stop-copying", stop_copying, NULL, FALSE, NEEDS_COPYING },
  { "problems", problems, NULL, FALSE, NEEDS_PROBLEMS },
  { "dismiss-notice", solco_window_dismiss_notice, NULL, FALSE, NEEDS_NOTHING },
  { "picker", picker, "F9", FALSE, NEEDS_NOTHING },
  { "choose-image", solco_window_choose_image, NULL, FALSE, NEEDS_STAGE },
  { "new-project", solco_window_new_project, "<Control>n", FALSE, NEEDS_STAGE },
  { "open-project", open_project, "<Control>o", FALSE, NEEDS_STAGE },
  { "save-project", save_project, "<Control>s", FALSE, NEEDS_STAGE | NEEDS_CONTENT },
  { "save-project-as", save_project_as, "<Control><Shift>s", FALSE, NEEDS_STAGE | NEEDS_CONTENT },
  { "preferences", preferences, "<Control>comma", FALSE, NEEDS_NOTHING },
  { "shortcuts", shortcuts, "<Control>question", FALSE, NEEDS_NOTHING },
  { "next-area", next_area, "F6", FALSE, NEEDS_STAGE },
  { "close", close_window, "<Control>w", FALSE, NEEDS_NOTHING },
};

/* What stops a burn, but can be helped in one step, has its own dialog. */
static gboolean
is_helped (SolcoWindow *self, const GError *reason)
{
  return g_error_matches (reason, SOLCO_ERROR, SOLCO_ERROR_NO_MEDIUM)
         || g_error_matches (reason, SOLCO_ERROR, SOLCO_ERROR_NO_RECORDER)
         || (g_error_matches (reason, SOLCO_ERROR, SOLCO_ERROR_BLANK_REQUIRED)
             && solco_controller_get_target (self->controller) != NULL);
}

void
solco_window_burn (SolcoWindow *self)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;

  if (solco_controller_check_burn (self->controller, &reason)
      || (g_error_matches (reason, SOLCO_ERROR, SOLCO_ERROR_BLANK_REQUIRED)
          && solco_controller_needs_erase (self->controller)))
    {
      solco_burn_dialog_present (GTK_WINDOW (self), self->controller);
      return;
    }
  if (g_error_matches (reason, SOLCO_ERROR, SOLCO_ERROR_NO_MEDIUM)
      || g_error_matches (reason, SOLCO_ERROR, SOLCO_ERROR_BLANK_REQUIRED))
    {
      solco_controller_wait_for_disc (self->controller, FALSE);
      return;
    }
  if (g_error_matches (reason, SOLCO_ERROR, SOLCO_ERROR_NO_RECORDER))
    {
      solco_picker_popup (self->picker);
      return;
    }
  title = solco_text_error_dup_title (reason);
  body = solco_text_error_dup_body (reason, solco_controller_get_medium (self->controller));
  solco_message_present (GTK_WINDOW (self), title, body);
}

/* Whether Burn… does anything useful, and why not. */
static gboolean
can_press_burn (SolcoWindow *self, char **tooltip)
{
  SolcoProject *project = solco_controller_get_project (self->controller);
  g_autoptr (GError) reason = NULL;

  *tooltip = NULL;
  if (solco_project_get_n_changes (project) == 0)
    {
      *tooltip = g_strdup (_ ("Add files first"));
      return FALSE;
    }
  if (solco_controller_check_burn (self->controller, &reason) || is_helped (self, reason))
    return TRUE;
  *tooltip = solco_text_error_dup_title (reason);
  return FALSE;
}

static Needs
get_medium_facts (SolcoWindow *self)
{
  const SolcoMedium *medium = solco_controller_get_medium (self->controller);
  Needs facts = NEEDS_NOTHING;

  if (medium == NULL || medium->state == SOLCO_MEDIUM_NONE)
    return facts;
  facts |= NEEDS_DISC;
  if (medium->content == SOLCO_CONTENT_ISO && medium->sessions->len > 0)
    facts |= NEEDS_SESSIONS;
  if (medium->is_erasable || medium->can_format || medium->is_overwritable
      || (medium->is_image_file && medium->file_exists))
    facts |= NEEDS_ERASABLE;
  if (medium->damage != SOLCO_DAMAGE_NONE)
    facts |= NEEDS_DAMAGE;
  if (solco_controller_get_state (self->controller) == SOLCO_DISC_MASTER_WRONG_DISC)
    facts |= NEEDS_OTHER_DISC;
  return facts;
}

static Needs
get_facts (SolcoWindow *self)
{
  SolcoProject *project = solco_controller_get_project (self->controller);
  const SolcoTarget *target = solco_controller_get_target (self->controller);
  GListModel *problem_list = G_LIST_MODEL (solco_controller_get_problems (self->controller));
  Needs facts = get_medium_facts (self);

  if (solco_controller_get_job (self->controller) == NULL
      && !solco_controller_is_starting (self->controller))
    facts |= NEEDS_STAGE;
  if (!solco_pane_is_empty (self->pane))
    facts |= NEEDS_CONTENT;
  if (target != NULL)
    facts |= NEEDS_TARGET;
  if (target != NULL && solco_target_get_image_path (target) == NULL)
    facts |= NEEDS_RECORDER;
  if (solco_pane_can_remove (self->pane))
    facts |= NEEDS_REMOVABLE;
  if (solco_pane_can_restore (self->pane))
    facts |= NEEDS_RESTORABLE;
  if (solco_pane_can_rename (self->pane))
    facts |= NEEDS_ONE;
  if (solco_project_get_undo_kind (project) != SOLCO_EDIT_NONE)
    facts |= NEEDS_UNDO;
  if (solco_project_get_redo_kind (project) != SOLCO_EDIT_NONE)
    facts |= NEEDS_REDO;
  if (g_list_model_get_n_items (problem_list) > 0)
    facts |= NEEDS_PROBLEMS;
  if (solco_controller_is_adding (self->controller))
    facts |= NEEDS_ADDING;
  if (solco_controller_is_copying (self->controller))
    facts |= NEEDS_COPYING;
  if (solco_controller_is_waiting (self->controller))
    facts |= NEEDS_WAITING;
  return facts;
}

static void
append_item (GMenu *menu, const char *label, const char *action, const char *key)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, action);

  g_menu_item_set_attribute (item, "accel", "s", key);
  g_menu_append_item (menu, item);
}

/* Undo and Redo say what they would do. */
static void
update_undo (SolcoWindow *self)
{
  SolcoProject *project = solco_controller_get_project (self->controller);
  GMenuModel *section = G_MENU_MODEL (self->undo_section);
  g_autofree char *undo_label
      = solco_undo_text_dup_undo (solco_project_get_undo_kind (project),
                                  solco_project_get_undo_n_items (project));
  g_autofree char *redo_label
      = solco_undo_text_dup_redo (solco_project_get_redo_kind (project),
                                  solco_project_get_redo_n_items (project));
  g_autofree char *shown_undo = NULL;
  g_autofree char *shown_redo = NULL;

  if (g_menu_model_get_n_items (section) == 2
      && g_menu_model_get_item_attribute (section, 0, G_MENU_ATTRIBUTE_LABEL, "s", &shown_undo)
      && g_menu_model_get_item_attribute (section, 1, G_MENU_ATTRIBUTE_LABEL, "s", &shown_redo)
      && g_str_equal (shown_undo, undo_label) && g_str_equal (shown_redo, redo_label))
    return;
  g_menu_remove_all (self->undo_section);
  append_item (self->undo_section, undo_label, "win.undo", "<Control>z");
  append_item (self->undo_section, redo_label, "win.redo", "<Control><Shift>z");
}

void
solco_window_update_actions (SolcoWindow *self)
{
  Needs facts = get_facts (self);
  g_autofree char *tooltip = NULL;
  const gboolean can_burn = can_press_burn (self, &tooltip);

  if (can_burn)
    facts |= NEEDS_BURNABLE;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), actions[i].name);

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action),
                                   (actions[i].needs & facts) == actions[i].needs);
    }
  update_undo (self);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->burn), tooltip);
  if (can_burn)
    gtk_widget_add_css_class (GTK_WIDGET (self->burn), "suggested-action");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->burn), "suggested-action");
}

static void
on_activate (GSimpleAction *simple, GVariant *parameter, gpointer data)
{
  const char *name = g_action_get_name (G_ACTION (simple));

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].name, name))
      actions[i].activate (data);
}

static void
on_open_recent (GSimpleAction *simple, GVariant *parameter, gpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  solco_window_open_project (data, file);
}

void
solco_window_add_actions (SolcoWindow *self)
{
  const GActionEntry recent = { "open-recent", on_open_recent, "s" };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      const GActionEntry entry = { actions[i].name, on_activate };

      g_action_map_add_action_entries (G_ACTION_MAP (self), &entry, 1, self);
    }
  g_action_map_add_action_entries (G_ACTION_MAP (self), &recent, 1, self);
}

/* Keys that an entry needs go to the focused widget first; all others are the application's. */
void
solco_window_add_shortcuts (SolcoWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  GtkEventController *keys = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *name = g_strconcat ("win.", actions[i].name, NULL);
      const char *accels[] = { actions[i].key, NULL };

      if (actions[i].key == NULL)
        continue;
      if (actions[i].is_editing_key)
        gtk_shortcut_controller_add_shortcut (
            GTK_SHORTCUT_CONTROLLER (keys),
            gtk_shortcut_new (gtk_shortcut_trigger_parse_string (actions[i].key),
                              gtk_named_action_new (name)));
      else if (application != NULL)
        gtk_application_set_accels_for_action (application, name, accels);
    }
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_BUBBLE);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
