/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-controller-private.h"

#include "text/solco-text-error.h"

enum
{
  PROP_PROJECT = 1,
  PROP_MEDIUM,
  PROP_TARGET_NAME,
  PROP_STATE,
  PROP_IS_READING,
  PROP_IS_ADDING,
  PROP_IS_WAITING,
  PROP_IS_STARTING,
  PROP_JOB,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (SolcoController, solco_controller, G_TYPE_OBJECT)

static void
solco_controller_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SolcoController *self = SOLCO_CONTROLLER (object);

  switch (id)
    {
    case PROP_PROJECT:
      g_value_set_object (value, self->project);
      break;
    case PROP_MEDIUM:
      g_value_set_boxed (value, self->medium);
      break;
    case PROP_TARGET_NAME:
      g_value_set_string (value, self->target_name);
      break;
    case PROP_STATE:
      g_value_set_int (value, solco_controller_get_state (self));
      break;
    case PROP_IS_READING:
      g_value_set_boolean (value, solco_controller_is_reading (self));
      break;
    case PROP_IS_ADDING:
      g_value_set_boolean (value, solco_controller_is_adding (self));
      break;
    case PROP_IS_WAITING:
      g_value_set_boolean (value, self->is_waiting);
      break;
    case PROP_IS_STARTING:
      g_value_set_boolean (value, self->starting != NULL);
      break;
    case PROP_JOB:
      g_value_set_object (value, self->job);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
solco_controller_dispose (GObject *object)
{
  SolcoController *self = SOLCO_CONTROLLER (object);

  g_clear_handle_id (&self->status_id, g_source_remove);
  solco_controller_clear_save (self);
  solco_controller_clear_figures (self);
  g_cancellable_cancel (self->starting);
  g_clear_object (&self->starting);
  solco_controller_clear_additions (self);
  solco_controller_clear_disc (self);
  if (self->engine != NULL)
    self->has_stopped = solco_engine_stop (self->engine, SOLCO_GIVE_UP_AFTER_S);
  g_clear_object (&self->engine);
  solco_controller_set_project (self, NULL);
  g_clear_object (&self->recorders);
  g_clear_object (&self->problems);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (solco_controller_parent_class)->dispose (object);
}

static void
solco_controller_finalize (GObject *object)
{
  SolcoController *self = SOLCO_CONTROLLER (object);

  g_ptr_array_unref (self->additions);
  g_ptr_array_unref (self->copies);
  solco_disc_master_free (self->master);
  G_OBJECT_CLASS (solco_controller_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[PROP_PROJECT]
      = g_param_spec_object ("project", NULL, NULL, SOLCO_TYPE_PROJECT, flags);
  properties[PROP_MEDIUM] = g_param_spec_boxed ("medium", NULL, NULL, SOLCO_TYPE_MEDIUM, flags);
  properties[PROP_TARGET_NAME] = g_param_spec_string ("target-name", NULL, NULL, NULL, flags);
  properties[PROP_STATE]
      = g_param_spec_int ("state", NULL, NULL, 0, SOLCO_DISC_MASTER_RECORDING, 0, flags);
  properties[PROP_IS_READING] = g_param_spec_boolean ("is-reading", NULL, NULL, FALSE, flags);
  properties[PROP_IS_ADDING] = g_param_spec_boolean ("is-adding", NULL, NULL, FALSE, flags);
  properties[PROP_IS_WAITING] = g_param_spec_boolean ("is-waiting", NULL, NULL, FALSE, flags);
  properties[PROP_IS_STARTING]
      = g_param_spec_boolean ("is-starting", NULL, NULL, FALSE, flags);
  properties[PROP_JOB] = g_param_spec_object ("job", NULL, NULL, SOLCO_TYPE_JOB, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
solco_controller_class_init (SolcoControllerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GType type = G_TYPE_FROM_CLASS (klass);

  object_class->get_property = solco_controller_get_property;
  object_class->dispose = solco_controller_dispose;
  object_class->finalize = solco_controller_finalize;
  install_properties (object_class);

  g_signal_new ("capacity-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("status-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("job-finished", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                SOLCO_TYPE_JOB);
  g_signal_new ("wrong-disc", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("disc-ready", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("restored", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("conflict", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                SOLCO_TYPE_ADDITION);
  g_signal_new ("message", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                G_TYPE_STRING, G_TYPE_STRING);
}

static void
solco_controller_init (SolcoController *self)
{
  self->master = solco_disc_master_new ();
  self->problems = solco_problem_list_new ();
  self->additions = g_ptr_array_new ();
  self->copies = g_ptr_array_new_with_free_func (g_object_unref);
}

static gboolean
on_status (gpointer data)
{
  SolcoController *self = data;

  self->status_id = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  g_signal_emit_by_name (self, "status-changed");
  return G_SOURCE_REMOVE;
}

void
solco_controller_queue_status (SolcoController *self)
{
  if (self->status_id == 0)
    self->status_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_status, self, NULL);
}

void
solco_controller_touch (SolcoController *self)
{
  solco_disc_master_set_n_changes (self->master, solco_project_get_n_changes (self->project));
  solco_controller_queue_figures (self);
  solco_controller_queue_status (self);
}

static void
on_project_changed (SolcoController *self)
{
  /* What Burn was pressed for is not what would be burned now. */
  self->is_burn_agreed = FALSE;
  solco_controller_touch (self);
  solco_controller_queue_autosave (self);
}

/* Takes @project over; NULL: lets the old one go. */
void
solco_controller_set_project (SolcoController *self, SolcoProject *project)
{
  /* It was to burn the old one. */
  solco_controller_cancel_start (self);
  if (self->project != NULL)
    g_signal_handlers_disconnect_by_data (self->project, self);
  g_clear_object (&self->project);
  self->project = project;
  if (project == NULL)
    return;
  g_signal_connect_swapped (project, "changed", G_CALLBACK (on_project_changed), self);
  g_signal_connect_swapped (project, "notify::dirty", G_CALLBACK (solco_controller_queue_autosave),
                            self);
  solco_controller_touch (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROJECT]);
}

/**
 * solco_controller_new:
 * @settings: the program's settings
 * @error: return location
 *
 * Starts the engine, with an empty stage and no recorder selected. Main thread.
 *
 * Returns: (transfer full): a controller; %NULL: the engine does not start
 */
SolcoController *
solco_controller_new (GSettings *settings, GError **error)
{
  g_autoptr (SolcoController) self = g_object_new (SOLCO_TYPE_CONTROLLER, NULL);

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self->engine = solco_engine_new (error);
  if (self->engine == NULL)
    return NULL;
  self->settings = g_object_ref (settings);
  self->recorders = solco_recorder_list_new ();
  solco_controller_watch_recorders (self);
  solco_controller_new_project (self);
  return g_steal_pointer (&self);
}

/**
 * solco_controller_shutdown:
 * @self: a controller
 *
 * Ends the engine's thread. Nothing happens with the controller afterwards. Main thread.
 *
 * Returns: whether it has ended; where a drive does not answer it has not, and the process has to end by
 *   _exit()
 */
gboolean
solco_controller_shutdown (SolcoController *self)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), TRUE);

  g_object_run_dispose (G_OBJECT (self));
  return self->has_stopped;
}

/**
 * solco_controller_report_error:
 * @self: a controller
 * @error: what went wrong
 *
 * Emits "message" with its sentences; not for what the user cancelled. Main thread.
 */
void
solco_controller_report_error (SolcoController *self, const GError *error)
{
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;

  g_return_if_fail (SOLCO_IS_CONTROLLER (self) && error != NULL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  title = solco_text_error_dup_title (error);
  body = solco_text_error_dup_body (error, self->medium);
  g_signal_emit_by_name (self, "message", title, body);
}

/**
 * solco_controller_get_project:
 * @self: a controller
 *
 * Returns: (transfer none): what is staged
 */
SolcoProject *
solco_controller_get_project (SolcoController *self)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), NULL);

  return self->project;
}

/**
 * solco_controller_get_settings:
 * @self: a controller
 *
 * Returns: (transfer none): the program's settings
 */
GSettings *
solco_controller_get_settings (SolcoController *self)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), NULL);

  return self->settings;
}

/**
 * solco_controller_get_recorders:
 * @self: a controller
 *
 * Returns: (transfer none): the recorders of this machine
 */
SolcoRecorderList *
solco_controller_get_recorders (SolcoController *self)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), NULL);

  return self->recorders;
}

/**
 * solco_controller_get_target:
 * @self: a controller
 *
 * Returns: (transfer none) (nullable): the selected recorder or image file
 */
const SolcoTarget *
solco_controller_get_target (SolcoController *self)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), NULL);

  return self->target;
}

/**
 * solco_controller_get_target_name:
 * @self: a controller
 *
 * Returns: (transfer none) (nullable): its name for people
 */
const char *
solco_controller_get_target_name (SolcoController *self)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), NULL);

  return self->target_name;
}

/**
 * solco_controller_get_medium:
 * @self: a controller
 *
 * Returns: (transfer none) (nullable): what is in the selected recorder; %NULL while unknown
 */
SolcoMedium *
solco_controller_get_medium (SolcoController *self)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), NULL);

  return self->medium;
}

/**
 * solco_controller_get_disc_tree:
 * @self: a controller
 *
 * Returns: (transfer none) (nullable): the newest tree on that disc
 */
SolcoTree *
solco_controller_get_disc_tree (SolcoController *self)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), NULL);

  return self->disc_tree;
}

/**
 * solco_controller_get_state:
 * @self: a controller
 *
 * Returns: where the session rules stand
 */
SolcoDiscMasterState
solco_controller_get_state (SolcoController *self)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), SOLCO_DISC_MASTER_NO_RECORDER);

  return solco_disc_master_get_state (self->master);
}

/**
 * solco_controller_get_expected_disc:
 * @self: a controller
 *
 * Returns: (transfer none) (nullable): the disc that the stage is planned for
 */
const SolcoDiscIdentity *
solco_controller_get_expected_disc (SolcoController *self)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), NULL);

  return solco_disc_master_get_expected_disc (self->master);
}

/**
 * solco_controller_get_expected_medium:
 * @self: a controller
 *
 * Returns: (transfer none) (nullable): that disc as it was when it was read; %NULL if it was not
 *   in any recorder since the program started
 */
SolcoMedium *
solco_controller_get_expected_medium (SolcoController *self)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), NULL);

  return self->expected_medium;
}

/**
 * solco_controller_is_multi_session:
 * @self: a controller
 *
 * Returns: whether the stage is planned for one disc, whose tree is part of it
 */
gboolean
solco_controller_is_multi_session (SolcoController *self)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), FALSE);

  return solco_disc_master_is_multi_session (self->master);
}

/**
 * solco_controller_get_next_session:
 * @self: a controller
 *
 * Returns: the number that the next session gets
 */
guint
solco_controller_get_next_session (SolcoController *self)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), 1);

  return solco_disc_master_get_next_session_number (self->master);
}
