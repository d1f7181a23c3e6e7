/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the lines above the stage say: the disc that it is planned for, and what needs attention. */
#include <glib/gi18n.h>

#include "solco-window-private.h"
#include "text/solco-text-medium.h"
#include "text/solco-text-size.h"

/* The name of the disc that the stage is planned for. */
static char *
dup_planned_name (SolcoWindow *self)
{
  const SolcoDiscIdentity *expected = solco_controller_get_expected_disc (self->controller);

  if (expected == NULL || expected->volume_label == NULL || *expected->volume_label == '\0')
    return g_strdup (_ ("an unnamed disc"));
  /* Translators: the label of a disc in quotation marks */
  return g_strdup_printf (_ ("“%s”"), expected->volume_label);
}

static char *
dup_adding (SolcoWindow *self)
{
  guint64 n_files = 0;
  guint64 n_bytes = 0;
  g_autofree char *size = NULL;

  solco_controller_get_adding_totals (self->controller, &n_files, &n_bytes);
  size = solco_text_size_dup (n_bytes);
  /* Translators: while folders are looked through: the number of files so far, and their size */
  return g_strdup_printf (ngettext ("Listing files: %lu so far, %s", "Listing files: %lu so far, %s",
                                    (gulong) n_files),
                          (gulong) n_files, size);
}

static char *
dup_copying (SolcoWindow *self)
{
  guint64 done_bytes = 0;
  guint64 total_bytes = 0;
  g_autofree char *done = NULL;
  g_autofree char *total = NULL;

  solco_controller_get_copying_totals (self->controller, &done_bytes, &total_bytes);
  if (total_bytes == 0)
    return g_strdup (_ ("Copying files for the other program"));
  done = solco_text_size_dup (done_bytes);
  total = solco_text_size_dup (total_bytes);
  /* Translators: files were dragged to another program: two sizes */
  return g_strdup_printf (_ ("Copying files for the other program: %s of %s"), done, total);
}

static char *
dup_waiting (SolcoWindow *self)
{
  g_autofree char *name = NULL;

  if (solco_controller_get_expected_disc (self->controller) == NULL)
    return g_strdup (_ ("Put in a blank disc with enough room to go on"));
  name = dup_planned_name (self);
  /* Translators: the label of a disc in quotation marks */
  return g_strdup_printf (_ ("Put in %s to go on"), name);
}

/* A session that was never finished, or a head that is damaged: what can be done about it, and what has
 * become of the work. */
static char *
dup_damage (SolcoWindow *self, const SolcoMedium *medium, SolcoBannerContent *content)
{
  const gboolean is_staged
      = solco_project_get_n_changes (solco_controller_get_project (self->controller)) > 0;

  content->is_notice = TRUE;
  content->icon_name = "dialog-warning-symbolic";
  content->action = "win.mend";
  if (medium->damage == SOLCO_DAMAGE_LAST_TRACK && is_staged)
    {
      content->button = _ ("_Finish What Failed");
      return g_strdup (_ ("The newest session was never finished. Solco can close it, and what was not "
                          "saved is still staged for the next one."));
    }
  content->button = _ ("_Repair…");
  return solco_text_medium_dup_damage (medium);
}

/* Nobody knows yet which disc is in, even where it is read once more: only what the stage is for is
 * certain, and nothing can be done about the disc. */
static char *
dup_while_reading (SolcoWindow *self)
{
  g_autofree char *name = NULL;

  switch (solco_controller_get_state (self->controller))
    {
    case SOLCO_DISC_MASTER_MULTI_SESSION:
    case SOLCO_DISC_MASTER_WRONG_DISC:
    case SOLCO_DISC_MASTER_DISC_AWAY:
      name = dup_planned_name (self);
      /* Translators: number of a session, and the label of a disc in quotation marks */
      return g_strdup_printf (_ ("Session %u is planned for %s"),
                              solco_controller_get_next_session (self->controller), name);
    case SOLCO_DISC_MASTER_BLANK_REQUIRED:
      return g_strdup (_ ("The stage was cleared: burning needs a blank disc"));
    case SOLCO_DISC_MASTER_NO_RECORDER:
    case SOLCO_DISC_MASTER_NO_MEDIUM:
    case SOLCO_DISC_MASTER_SINGLE_SESSION:
    case SOLCO_DISC_MASTER_NOT_WRITABLE:
    case SOLCO_DISC_MASTER_RECORDING:
    default:
      return NULL;
    }
}

static char *
dup_by_state (SolcoWindow *self, SolcoBannerContent *content)
{
  const guint session = solco_controller_get_next_session (self->controller);
  const SolcoMedium *medium = solco_controller_get_medium (self->controller);
  g_autofree char *name = NULL;

  switch (solco_controller_get_state (self->controller))
    {
    case SOLCO_DISC_MASTER_MULTI_SESSION:
      if (medium != NULL && medium->damage != SOLCO_DAMAGE_NONE)
        return dup_damage (self, medium, content);
      name = dup_planned_name (self);
      content->button = _ ("Disc _Information");
      content->action = "win.disc-information";
      /* Translators: number of a session, and the label of a disc in quotation marks */
      return g_strdup_printf (_ ("Adding session %u to %s"), session, name);
    case SOLCO_DISC_MASTER_WRONG_DISC:
      content->button = _ ("_Plan for This Disc…");
      content->action = "win.wrong-disc";
      name = dup_planned_name (self);
      return g_strdup_printf (
          /* Translators: number of a session, and the label of a disc in quotation marks */
          _ ("Session %u is planned for %s, which is not in the drive"), session, name);
    case SOLCO_DISC_MASTER_DISC_AWAY:
      name = dup_planned_name (self);
      if (solco_project_get_n_changes (solco_controller_get_project (self->controller)) == 0)
        /* Translators: the label of a disc in quotation marks */
        return g_strdup_printf (_ ("%s is not in the drive"), name);
      return g_strdup_printf (_ ("Session %u is planned for %s, which is not in the drive"),
                              session, name);
    case SOLCO_DISC_MASTER_BLANK_REQUIRED:
      if (solco_controller_needs_erase (self->controller))
        {
          content->button = _ ("_Erase Disc…");
          content->action = "win.erase";
          return g_strdup (_ ("The stage was cleared: burning needs this disc to be erased"));
        }
      return g_strdup (_ ("The stage was cleared: burning needs a blank disc"));
    case SOLCO_DISC_MASTER_NOT_WRITABLE:
      if (medium != NULL && medium->damage != SOLCO_DAMAGE_NONE)
        return dup_damage (self, medium, content);
      content->button = _ ("Disc _Information");
      content->action = "win.disc-information";
      return medium != NULL ? g_strdup (solco_text_medium_get_content (medium)) : NULL;
    case SOLCO_DISC_MASTER_NO_RECORDER:
    case SOLCO_DISC_MASTER_NO_MEDIUM:
    case SOLCO_DISC_MASTER_SINGLE_SESSION:
    case SOLCO_DISC_MASTER_RECORDING:
    default:
      return NULL;
    }
}

static void
update_main (SolcoWindow *self)
{
  SolcoBannerContent content = { .icon_name = "media-optical-symbolic" };
  g_autofree char *text = NULL;

  if (self->is_slow_shown && solco_controller_is_adding (self->controller))
    {
      text = dup_adding (self);
      content.icon_name = "list-add-symbolic";
      content.button = _ ("_Stop");
      content.action = "win.stop-adding";
    }
  else if (self->is_slow_shown)
    {
      text = dup_copying (self);
      content.icon_name = "edit-copy-symbolic";
      content.button = _ ("_Stop");
      content.action = "win.stop-copying";
    }
  else if (solco_controller_is_waiting (self->controller))
    {
      text = dup_waiting (self);
      content.button = _ ("_Cancel");
      content.action = "win.stop-waiting";
    }
  else if (solco_controller_is_reading (self->controller))
    {
      text = dup_while_reading (self);
    }
  else
    {
      text = dup_by_state (self, &content);
    }
  content.text = text;
  solco_banner_set (self->banner, &content);
}

static void
update_notice (SolcoWindow *self)
{
  GListModel *problems = G_LIST_MODEL (solco_controller_get_problems (self->controller));
  const guint n_problems = g_list_model_get_n_items (problems);
  SolcoBannerContent content
      = { .icon_name = "dialog-warning-symbolic", .dismiss_action = "win.dismiss-notice" };
  g_autofree char *text = NULL;

  if (n_problems > 0)
    {
      const gboolean is_serious
          = solco_problem_list_has_serious (solco_controller_get_problems (self->controller));

      content.is_notice = is_serious;
      content.icon_name = is_serious ? "dialog-warning-symbolic" : "help-about-symbolic";
      text = g_strdup_printf (is_serious
                                  ? ngettext ("%u item was left out or changed",
                                              "%u items were left out or changed", n_problems)
                                  : ngettext ("There is %u remark on what was added",
                                              "There are %u remarks on what was added", n_problems),
                              n_problems);
      content.button = _ ("_Show…");
      content.action = "win.problems";
    }
  else if (self->is_removal_explained)
    {
      content.icon_name = "help-about-symbolic";
      text = g_strdup (_ ("Removed files are hidden from the next session on. They stay in the "
                          "older ones, and free no room."));
      content.button = _ ("_Undo");
      content.action = "win.undo";
    }
  else if (self->is_restored_shown)
    {
      content.icon_name = "help-about-symbolic";
      text = g_strdup (_ ("What was staged when Solco ended unexpectedly is back"));
    }
  content.text = text;
  solco_banner_set (self->notice, &content);
}

static gboolean
on_slow (gpointer data)
{
  SolcoWindow *self = data;

  self->is_slow_shown = TRUE;
  update_main (self);
  return G_SOURCE_CONTINUE;
}

/* What takes a moment only would make the banner flicker. */
static void
follow_slow (SolcoWindow *self)
{
  const gboolean is_at_it = solco_controller_is_adding (self->controller)
                            || solco_controller_is_copying (self->controller);

  if (is_at_it && self->slow_id == 0)
    self->slow_id = g_timeout_add (500, on_slow, self);
  else if (!is_at_it)
    {
      g_clear_handle_id (&self->slow_id, g_source_remove);
      self->is_slow_shown = FALSE;
    }
}

void
solco_window_update_banner (SolcoWindow *self)
{
  follow_slow (self);
  update_main (self);
  update_notice (self);
}

/* Said once, where it happens. */
void
solco_window_explain_removal (SolcoWindow *self)
{
  if (self->has_explained_removal)
    return;
  self->has_explained_removal = TRUE;
  self->is_removal_explained = TRUE;
  update_notice (self);
}

void
solco_window_dismiss_notice (SolcoWindow *self)
{
  self->is_removal_explained = FALSE;
  self->is_restored_shown = FALSE;
  solco_problem_list_clear (solco_controller_get_problems (self->controller));
  update_notice (self);
}
