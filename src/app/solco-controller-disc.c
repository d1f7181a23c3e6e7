/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The selected recorder, the disc in it, and how the stage follows them. */
#include "solco-controller-private.h"

#include "engine/solco-error.h"

static gboolean
equals (const SolcoDiscIdentity *a, const SolcoDiscIdentity *b)
{
  return a != NULL && b != NULL && solco_disc_identity_equal (a, b);
}

/* Lays the stage on the disc that is in, where the rules want that. */
static void
lay_on_disc (SolcoController *self, gboolean is_result)
{
  const SolcoDiscIdentity *planned = solco_project_get_disc (self->project);
  const SolcoDiscIdentity *found = self->medium != NULL ? self->medium->identity : NULL;
  g_autoptr (GPtrArray) problems = NULL;

  if (solco_disc_master_wants_import (self->master) && self->disc_tree != NULL && found != NULL)
    {
      const SolcoDiscImport disc = { self->disc_tree, found, self->medium->volume_label };

      if (equals (planned, found) && !solco_project_is_waiting_for_disc (self->project))
        return;
      if (is_result || solco_disc_master_is_continued (self->master))
        problems = solco_project_update_disc (self->project, &disc);
      else
        problems = solco_project_import_disc (self->project, &disc, SOLCO_CONFLICT_REPLACE);
      solco_controller_add_problems (self, problems, 0);
    }
  else if (planned != NULL && self->medium != NULL && self->medium->state != SOLCO_MEDIUM_NONE
           && !solco_disc_master_is_multi_session (self->master))
    {
      /* A disc without a tree took the place of one whose tree was only shown. */
      solco_project_drop_disc (self->project);
    }
}

/* With the figures of the disc that is in: before they are known, nothing fits. */
void
solco_controller_check_waiting (SolcoController *self)
{
  const gboolean is_agreed = self->is_burn_agreed;
  const SolcoProjectOptions options = self->burn_options;
  g_autoptr (GError) error = NULL;

  if (!self->is_waiting || !solco_controller_check_burn (self, NULL))
    return;
  solco_controller_stop_waiting (self);
  if (!is_agreed)
    g_signal_emit_by_name (self, "disc-ready");
  else if (!solco_controller_burn (self, &options, FALSE, &error))
    solco_controller_report_error (self, error);
}

void
solco_controller_take_disc (SolcoController *self, SolcoMedium *medium, SolcoTree *tree,
                            gboolean is_result)
{
  const SolcoDiscIdentity *expected;

  if (medium != NULL)
    solco_medium_ref (medium);
  g_clear_pointer (&self->medium, solco_medium_unref);
  self->medium = medium;
  if (tree != NULL)
    solco_tree_ref (tree);
  g_clear_pointer (&self->disc_tree, solco_tree_unref);
  self->disc_tree = tree;

  solco_disc_master_set_n_changes (self->master, solco_project_get_n_changes (self->project));
  solco_disc_master_set_medium (self->master, medium);
  lay_on_disc (self, is_result);

  expected = solco_disc_master_get_expected_disc (self->master);
  if (medium != NULL && equals (medium->identity, expected))
    {
      g_clear_pointer (&self->expected_medium, solco_medium_unref);
      self->expected_medium = solco_medium_ref (medium);
    }
  else if (expected == NULL
           || (self->expected_medium != NULL
               && !equals (self->expected_medium->identity, expected)))
    g_clear_pointer (&self->expected_medium, solco_medium_unref);

  solco_controller_renew_figures (self);
  solco_controller_touch (self);
  g_object_notify (G_OBJECT (self), "medium");
}

void
solco_controller_cancel_reading (SolcoController *self)
{
  if (self->read_job == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->read_job, self);
  solco_job_cancel (self->read_job);
  g_clear_object (&self->read_job);
  g_object_notify (G_OBJECT (self), "is-reading");
}

static void
on_read (SolcoController *self, SolcoJob *job)
{
  const SolcoResult *result = solco_job_get_result (job);
  g_autoptr (SolcoJob) finished = g_steal_pointer (&self->read_job);
  const gboolean is_result = self->is_result_awaited;

  if (solco_job_get_state (finished) == SOLCO_JOB_SUCCEEDED)
    {
      self->is_result_awaited = FALSE;
      solco_controller_take_disc (self, result->medium, result->tree, is_result);
    }
  else
    {
      self->read_error = g_error_copy (solco_job_get_error (finished));
      solco_controller_take_disc (self, NULL, NULL, FALSE);
      solco_controller_report_error (self, self->read_error);
    }
  g_object_notify (G_OBJECT (self), "is-reading");
}

/**
 * solco_controller_read_disc:
 * @self: a controller
 *
 * Looks at what is in the selected recorder; while a job runs, as soon as it has ended. Main
 * thread.
 */
void
solco_controller_read_disc (SolcoController *self)
{
  g_autoptr (SolcoRequest) request = NULL;

  g_return_if_fail (SOLCO_IS_CONTROLLER (self));

  if (self->target == NULL)
    return;
  if (solco_controller_is_busy (self))
    {
      self->is_read_again = TRUE;
      return;
    }
  solco_controller_cancel_measure (self);
  solco_controller_cancel_reading (self);
  g_clear_error (&self->read_error);
  request = solco_request_new_read_disc (self->target, 0);
  self->read_job = solco_engine_submit (self->engine, request);
  g_signal_connect_swapped (self->read_job, "finished", G_CALLBACK (on_read), self);
  g_object_notify (G_OBJECT (self), "is-reading");
  solco_controller_queue_status (self);
}

static SolcoRecorder *
find_recorder (SolcoController *self, const char *address)
{
  GListModel *list = G_LIST_MODEL (self->recorders);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (SolcoRecorder) recorder = g_list_model_get_item (list, i);

      if (g_strcmp0 (solco_recorder_get_path (recorder), address) == 0)
        return g_steal_pointer (&recorder);
    }
  return NULL;
}

static char *
dup_target_name (SolcoController *self)
{
  const char *path = solco_target_get_image_path (self->target);

  if (path != NULL)
    return g_filename_display_basename (path);
  if (self->recorder != NULL)
    return g_strdup_printf ("%s %s", solco_recorder_get_vendor (self->recorder),
                            solco_recorder_get_product (self->recorder));
  return g_filename_display_name (self->target->address);
}

static void
on_medium_changed (SolcoController *self)
{
  solco_controller_read_disc (self);
}

gboolean
solco_controller_follow_recorder (SolcoController *self)
{
  g_autoptr (SolcoRecorder) again = NULL;

  if (self->recorder == NULL || solco_recorder_get_present (self->recorder)
      || solco_controller_is_busy (self))
    return FALSE;
  again = find_recorder (self, self->target->address);
  solco_controller_select_target (self, again != NULL ? self->target : NULL);
  return TRUE;
}

static void
on_present (SolcoController *self)
{
  (void) solco_controller_follow_recorder (self);
}

/**
 * solco_controller_select_target:
 * @self: a controller
 * @target: (nullable): a recorder or image file
 *
 * Selects it and reads its disc. What is staged is kept. Not while a job runs. Main thread.
 */
void
solco_controller_select_target (SolcoController *self, const SolcoTarget *target)
{
  g_return_if_fail (SOLCO_IS_CONTROLLER (self));

  if (solco_controller_is_busy (self))
    return;
  solco_controller_cancel_reading (self);
  solco_controller_cancel_measure (self);
  if (self->recorder != NULL)
    g_signal_handlers_disconnect_by_data (self->recorder, self);
  g_clear_object (&self->recorder);
  g_clear_pointer (&self->target_name, g_free);
  g_clear_error (&self->read_error);
  self->is_burn_agreed = FALSE;
  if (target != self->target)
    {
      g_clear_pointer (&self->target, solco_target_free);
      self->target = target != NULL ? solco_target_copy (target) : NULL;
    }
  solco_disc_master_select_recorder (self->master, target != NULL);
  solco_controller_take_disc (self, NULL, NULL, FALSE);
  if (self->target != NULL)
    {
      self->recorder = find_recorder (self, self->target->address);
      self->target_name = dup_target_name (self);
      g_settings_set_string (self->settings, "last-recorder", self->target->address);
    }
  if (self->recorder != NULL)
    {
      g_signal_connect_swapped (self->recorder, "notify::medium-generation",
                                G_CALLBACK (on_medium_changed), self);
      g_signal_connect_swapped (self->recorder, "notify::present", G_CALLBACK (on_present), self);
    }
  g_object_notify (G_OBJECT (self), "target-name");
  solco_controller_read_disc (self);
}

/**
 * solco_controller_select_address:
 * @self: a controller
 * @address: "/dev/sr0", or "stdio:" and the path of an image file
 *
 * Like solco_controller_select_target(); an image file that is made anew stands for the medium in
 * the settings. Main thread.
 */
void
solco_controller_select_address (SolcoController *self, const char *address)
{
  g_autofree char *word = NULL;
  g_autoptr (SolcoTarget) target = NULL;
  SolcoImageKind kind = SOLCO_IMAGE_KIND_FREE_SPACE;
  guint64 size_bytes = 0;

  g_return_if_fail (SOLCO_IS_CONTROLLER (self) && address != NULL);

  word = g_settings_get_string (self->settings, "image-kind");
  if (!g_str_has_prefix (address, "stdio:") || !solco_image_kind_parse (word, &kind, &size_bytes))
    kind = SOLCO_IMAGE_KIND_FREE_SPACE;
  target = solco_target_new (address, kind, size_bytes);
  solco_controller_select_target (self, target);
}

/**
 * solco_controller_select_default:
 * @self: a controller
 *
 * Selects what was selected when the program ran last; if that is not there, the first recorder.
 * Main thread.
 */
void
solco_controller_select_default (SolcoController *self)
{
  g_autofree char *last = NULL;
  g_autoptr (SolcoRecorder) recorder = NULL;

  g_return_if_fail (SOLCO_IS_CONTROLLER (self));

  last = g_settings_get_string (self->settings, "last-recorder");
  if (g_str_has_prefix (last, "stdio:"))
    {
      solco_controller_select_address (self, last);
      return;
    }
  recorder = find_recorder (self, last);
  if (recorder == NULL)
    recorder = g_list_model_get_item (G_LIST_MODEL (self->recorders), 0);
  if (recorder != NULL)
    solco_controller_select_address (self, solco_recorder_get_path (recorder));
}

static void
on_recorders_changed (SolcoController *self, guint position, guint removed, guint added)
{
  if (!solco_controller_follow_recorder (self) && added > 0 && self->target == NULL)
    solco_controller_select_default (self);
  solco_controller_queue_status (self);
}

void
solco_controller_watch_recorders (SolcoController *self)
{
  g_signal_connect_swapped (self->recorders, "items-changed", G_CALLBACK (on_recorders_changed),
                            self);
}

/**
 * solco_controller_is_reading:
 * @self: a controller
 *
 * Returns: whether the disc is being read
 */
gboolean
solco_controller_is_reading (SolcoController *self)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), FALSE);

  return self->read_job != NULL;
}

static void
on_ejected (SolcoController *self, SolcoJob *job)
{
  g_autoptr (SolcoJob) finished = g_steal_pointer (&self->eject_job);

  if (solco_job_get_state (finished) == SOLCO_JOB_FAILED)
    solco_controller_report_error (self, solco_job_get_error (finished));
  solco_controller_read_disc (self);
}

/**
 * solco_controller_eject:
 * @self: a controller
 *
 * Opens the tray of the selected recorder. Not while a job runs. Main thread.
 */
void
solco_controller_eject (SolcoController *self)
{
  g_autoptr (SolcoRequest) request = NULL;

  g_return_if_fail (SOLCO_IS_CONTROLLER (self));

  if (self->target == NULL || self->eject_job != NULL || solco_controller_is_busy (self))
    return;
  solco_controller_cancel_measure (self);
  solco_controller_cancel_reading (self);
  request = solco_request_new_eject (self->target);
  self->eject_job = solco_engine_submit (self->engine, request);
  g_signal_connect_swapped (self->eject_job, "finished", G_CALLBACK (on_ejected), self);
}

/**
 * solco_controller_replan:
 * @self: a controller
 *
 * Carries all changes of the stage over to the disc that is in, whatever it was planned for. Main
 * thread.
 */
void
solco_controller_replan (SolcoController *self)
{
  const SolcoDiscIdentity *found = self->medium != NULL ? self->medium->identity : NULL;

  g_return_if_fail (SOLCO_IS_CONTROLLER (self));

  solco_disc_master_adopt_medium (self->master);
  if (solco_disc_master_wants_import (self->master) && self->disc_tree != NULL && found != NULL)
    {
      const SolcoDiscImport disc = { self->disc_tree, found, self->medium->volume_label };
      g_autoptr (GPtrArray) problems = solco_project_replan (self->project, &disc);

      solco_controller_add_problems (self, problems, 0);
    }
  else if (solco_project_get_disc (self->project) != NULL)
    {
      solco_project_drop_disc (self->project);
    }
  /* The same disc again: what is known of it is known of the expected one now. */
  solco_controller_take_disc (self, self->medium, self->disc_tree, FALSE);
}

/**
 * solco_controller_wait_for_disc:
 * @self: a controller
 * @eject_first: whether the tray is to be opened
 *
 * From now on, a disc that the stage can be burned to is answered with "disc-ready"; where the burn of
 * just this stage was refused for another disc, it goes on by itself. Main thread.
 */
void
solco_controller_wait_for_disc (SolcoController *self, gboolean eject_first)
{
  g_return_if_fail (SOLCO_IS_CONTROLLER (self));

  self->is_waiting = TRUE;
  g_object_notify (G_OBJECT (self), "is-waiting");
  solco_controller_queue_status (self);
  if (eject_first)
    solco_controller_eject (self);
}

/**
 * solco_controller_stop_waiting:
 * @self: a controller
 *
 * Main thread.
 */
void
solco_controller_stop_waiting (SolcoController *self)
{
  g_return_if_fail (SOLCO_IS_CONTROLLER (self));

  if (!self->is_waiting)
    return;
  self->is_waiting = FALSE;
  self->is_burn_agreed = FALSE;
  g_object_notify (G_OBJECT (self), "is-waiting");
  solco_controller_queue_status (self);
}

/**
 * solco_controller_is_waiting:
 * @self: a controller
 *
 * Returns: whether Burn waits for a disc
 */
gboolean
solco_controller_is_waiting (SolcoController *self)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), FALSE);

  return self->is_waiting;
}

/**
 * solco_controller_clear_content:
 * @self: a controller
 *
 * Empties the stage, the disc's tree included: leaves multi-session mode. Can be undone. Main
 * thread.
 */
void
solco_controller_clear_content (SolcoController *self)
{
  g_return_if_fail (SOLCO_IS_CONTROLLER (self));

  solco_project_clear_content (self->project);
  solco_disc_master_clear_content (self->master);
  solco_controller_touch (self);
}

void
solco_controller_follow_project (SolcoController *self, SolcoEditKind kind, gboolean undone)
{
  const SolcoDiscIdentity *planned = solco_project_get_disc (self->project);
  const SolcoDiscIdentity *expected;

  if (kind == SOLCO_EDIT_CLEAR && undone)
    solco_disc_master_restore_content (self->master);
  else if (kind == SOLCO_EDIT_CLEAR)
    solco_disc_master_clear_content (self->master);
  expected = solco_disc_master_get_expected_disc (self->master);
  if (planned != NULL && !equals (planned, expected))
    solco_disc_master_expect_disc (self->master, planned);
  else if (planned == NULL && expected != NULL)
    solco_disc_master_clear_content (self->master);
  solco_controller_take_disc (self, self->medium, self->disc_tree, FALSE);
}

void
solco_controller_clear_disc (SolcoController *self)
{
  if (self->recorder != NULL)
    g_signal_handlers_disconnect_by_data (self->recorder, self);
  if (self->recorders != NULL)
    g_signal_handlers_disconnect_by_data (self->recorders, self);
  if (self->read_job != NULL)
    g_signal_handlers_disconnect_by_data (self->read_job, self);
  if (self->eject_job != NULL)
    g_signal_handlers_disconnect_by_data (self->eject_job, self);
  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_clear_object (&self->recorder);
  g_clear_object (&self->read_job);
  g_clear_object (&self->eject_job);
  g_clear_object (&self->job);
  g_clear_pointer (&self->burn_erase_disc, solco_disc_identity_free);
  g_clear_pointer (&self->job_plan, solco_plan_unref);
  g_clear_pointer (&self->job_medium, solco_medium_unref);
  g_clear_pointer (&self->target, solco_target_free);
  g_clear_pointer (&self->target_name, g_free);
  g_clear_pointer (&self->medium, solco_medium_unref);
  g_clear_pointer (&self->expected_medium, solco_medium_unref);
  g_clear_pointer (&self->disc_tree, solco_tree_unref);
  g_clear_error (&self->read_error);
}
