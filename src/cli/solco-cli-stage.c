/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-cli-stage.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "engine/solco-error.h"
#include "model/solco-addition.h"
#include "model/solco-name-check.h"
#include "model/solco-project-file.h"

struct _SolcoCliStage
{
  SolcoProject *project;
  SolcoDiscMaster *master;
  SolcoMedium *medium;
  SolcoTree *disc_tree;
  SolcoAddition *addition;
  GPtrArray *problems;
  /* Edits whose path was not there before the local files came: they mean one of those. */
  GPtrArray *late_removes;
  GPtrArray *late_renames;
  SolcoCliStageFunc done;
};

static void
take_problems (SolcoCliStage *self, GPtrArray *problems)
{
  guint i;

  for (i = 0; problems != NULL && i < problems->len; i++)
    g_ptr_array_add (self->problems, solco_problem_copy (g_ptr_array_index (problems, i)));
}

static SolcoNode *
lookup (SolcoCliStage *self, const char *path)
{
  SolcoNode *node = solco_project_lookup (self->project, path);

  if (node != NULL && solco_node_get_origin (node) == SOLCO_ORIGIN_REMOVED)
    return NULL;
  return node;
}

static gboolean
remove_path (SolcoCliStage *self, const char *path, GError **error)
{
  SolcoNode *node = lookup (self, path);

  if (solco_project_remove (self->project, &node, 1))
    return TRUE;
  g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_ILLEGAL_EDIT, "%s cannot be removed", path);
  return FALSE;
}

/* Edits of what is staged already; the rest is put off until the local files are there. */
static gboolean
edit_early (SolcoCliStage *self, const SolcoCliOptions *options, GError **error)
{
  guint i;

  for (i = 0; options->removes != NULL && options->removes[i] != NULL; i++)
    if (lookup (self, options->removes[i]) == NULL)
      g_ptr_array_add (self->late_removes, options->removes[i]);
    else if (!remove_path (self, options->removes[i], error))
      return FALSE;
  for (i = 0; i < options->renames->len; i++)
    {
      SolcoCliPair *pair = g_ptr_array_index (options->renames, i);
      SolcoNode *node = lookup (self, pair->disc_path);

      if (node == NULL)
        g_ptr_array_add (self->late_renames, pair);
      else if (!solco_project_rename (self->project, node, pair->value, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
edit_late (SolcoCliStage *self, GError **error)
{
  const char *missing = NULL;
  guint i;

  for (i = 0; i < self->late_removes->len && missing == NULL; i++)
    {
      const char *path = g_ptr_array_index (self->late_removes, i);

      if (lookup (self, path) == NULL)
        missing = path;
      else if (!remove_path (self, path, error))
        return FALSE;
    }
  for (i = 0; i < self->late_renames->len && missing == NULL; i++)
    {
      SolcoCliPair *pair = g_ptr_array_index (self->late_renames, i);
      SolcoNode *node = lookup (self, pair->disc_path);

      if (node == NULL)
        missing = pair->disc_path;
      else if (!solco_project_rename (self->project, node, pair->value, error))
        return FALSE;
    }
  if (missing != NULL)
    g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_FOUND,
                 "%s is neither on the disc nor among what is added", missing);
  return missing == NULL;
}

/* What the disc that is in shows; %FALSE where it is no part of the stage. */
static gboolean
get_disc (SolcoCliStage *self, SolcoDiscImport *disc)
{
  if (self->medium == NULL || self->disc_tree == NULL
      || !solco_disc_master_wants_import (self->master))
    return FALSE;
  *disc = (SolcoDiscImport){ self->disc_tree, self->medium->identity, self->medium->volume_label };
  return TRUE;
}

static void
complete (SolcoCli *cli)
{
  SolcoCliStage *self = cli->stage;
  SolcoDiscImport disc;
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GError) error = NULL;

  if (cli->options->finish && get_disc (self, &disc))
    {
      /* What was saved before the burn failed is there already. */
      g_autoptr (GPtrArray) problems = solco_project_update_disc (self->project, &disc);

      take_problems (self, problems);
    }
  if (!edit_late (self, &error))
    {
      solco_cli_fail (cli, error);
      return;
    }
  if (cli->options->label != NULL)
    solco_project_set_label (self->project, cli->options->label);
  names = solco_project_check_names (self->project, 0);
  take_problems (self, names);
  self->done (cli);
}

/* A conflict with what is on the disc replaces it, as its old version stays in its own session;
 * two new items of one name would lose one of them for good, so that the user has to decide. */
static gboolean
resolve_conflicts (SolcoCliStage *self, SolcoCliConflict conflict, GError **error)
{
  while (solco_addition_get_n_conflicts (self->addition) > 0)
    {
      const SolcoConflict *found = solco_addition_get_conflict (self->addition, 0);

      if (conflict == SOLCO_CLI_CONFLICT_FAIL
          || solco_node_get_origin (found->existing) != SOLCO_ORIGIN_ON_DISC)
        {
          g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NAME_EXISTS,
                       "%s: the name is taken, and %s cannot have it too (see --on-conflict)",
                       found->path, found->source_path);
          return FALSE;
        }
      solco_addition_resolve (self->addition, 0, SOLCO_CONFLICT_REPLACE, FALSE);
    }
  return TRUE;
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SolcoCli *cli = user_data;
  SolcoCliStage *self = cli->stage;
  g_autoptr (GError) error = NULL;

  if (!solco_addition_run_finish (self->addition, result, &error)
      || !resolve_conflicts (self, cli->options->conflict, &error))
    {
      solco_cli_fail (cli, error);
      return;
    }
  take_problems (self, solco_addition_get_problems (self->addition));
  complete (cli);
}

/* What the user names has to be there, unlike what is found in folders. */
static gboolean
check_source (const char *path, GStatBuf *status, GError **error)
{
  if (g_lstat (path, status) == 0)
    return TRUE;
  g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_SOURCE, "%s: %s", path, g_strerror (errno));
  return FALSE;
}

static gboolean
add_map (SolcoCliStage *self, const SolcoCliPair *pair, GError **error)
{
  g_autofree char *folder_path = NULL;
  g_autofree char *name = NULL;
  SolcoNode *folder;
  GStatBuf status;

  if (!check_source (pair->value, &status, error))
    return FALSE;
  if (g_str_equal (pair->disc_path, "/"))
    {
      solco_addition_add_contents (self->addition, pair->value,
                                   solco_project_get_root (self->project));
      return TRUE;
    }
  folder_path = g_path_get_dirname (pair->disc_path);
  name = g_path_get_basename (pair->disc_path);
  if (solco_name_check (name) != SOLCO_NAME_OK)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_BAD_NAME, "“%s” cannot be a name", name);
      return FALSE;
    }
  folder = solco_project_ensure_folder (self->project, folder_path, error);
  if (folder == NULL)
    return FALSE;
  solco_addition_add_path (self->addition, pair->value, folder, name);
  return TRUE;
}

static void
on_found (SolcoAddition *addition, GParamSpec *property, SolcoCli *cli)
{
  gulong n_files = (gulong) solco_addition_get_n_files (addition);
  g_autofree char *text
    = g_strdup_printf (ngettext ("Looking through folders: %lu file",
                                 "Looking through folders: %lu files", n_files),
                       n_files);

  solco_cli_progress_set_text (cli->progress, text);
}

static gboolean
add_sources (SolcoCliStage *self, const SolcoCliOptions *options, GError **error)
{
  guint i;

  for (i = 0; options->paths != NULL && options->paths[i] != NULL; i++)
    {
      g_autofree char *path = g_canonicalize_filename (options->paths[i], NULL);
      GStatBuf status;

      if (!check_source (path, &status, error))
        return FALSE;
      if (g_str_equal (path, "/"))
        {
          g_set_error_literal (error, SOLCO_ERROR, SOLCO_ERROR_BAD_NAME,
                               "/ has no name that it could get on the disc; --map gives it one");
          return FALSE;
        }
      solco_addition_add_path (self->addition, path, solco_project_get_root (self->project), NULL);
    }
  for (i = 0; i < options->maps->len; i++)
    if (!add_map (self, g_ptr_array_index (options->maps, i), error))
      return FALSE;
  return TRUE;
}

static void
add (SolcoCli *cli)
{
  static const SolcoConflictPolicy policies[] = {
    [SOLCO_CLI_CONFLICT_DEFAULT] = SOLCO_CONFLICT_ASK,
    [SOLCO_CLI_CONFLICT_FAIL] = SOLCO_CONFLICT_ASK,
    [SOLCO_CLI_CONFLICT_REPLACE] = SOLCO_CONFLICT_REPLACE,
    [SOLCO_CLI_CONFLICT_KEEP] = SOLCO_CONFLICT_KEEP,
    [SOLCO_CLI_CONFLICT_RENAME] = SOLCO_CONFLICT_RENAME,
  };
  static const SolcoSymlinkPolicy symlinks[] = {
    [SOLCO_CLI_SYMLINKS_KEEP] = SOLCO_SYMLINKS_KEEP,
    [SOLCO_CLI_SYMLINKS_FOLLOW] = SOLCO_SYMLINKS_FOLLOW,
    [SOLCO_CLI_SYMLINKS_SKIP] = SOLCO_SYMLINKS_SKIP,
  };
  SolcoCliStage *self = cli->stage;
  const SolcoCliOptions *options = cli->options;
  g_autoptr (SolcoScanOptions) scan_options = NULL;
  g_autoptr (GError) error = NULL;

  if (options->paths == NULL && options->maps->len == 0)
    {
      complete (cli);
      return;
    }
  scan_options = solco_scan_options_new (options->hidden == SOLCO_CLI_HIDDEN_SKIP,
                                         symlinks[options->symlinks], TRUE,
                                         (const char *const *) options->excludes);
  self->addition
    = solco_addition_new (self->project, scan_options, policies[options->conflict]);
  if (!add_sources (self, options, &error))
    {
      solco_cli_fail (cli, error);
      return;
    }
  g_signal_connect (self->addition, "notify::n-files", G_CALLBACK (on_found), cli);
  solco_addition_run_async (self->addition, cli->cancellable, on_added, cli);
}

/* Returns whether the disc is what became of the one that the project was made for. */
static gboolean
set_medium (SolcoCli *cli)
{
  SolcoCliStage *self = cli->stage;
  const SolcoDiscIdentity *expected = solco_project_get_disc (self->project);
  gboolean is_continued = FALSE;

  solco_disc_master_select_recorder (self->master, TRUE);
  if (expected != NULL)
    solco_disc_master_expect_disc (self->master, expected);
  if (cli->unmended != NULL)
    {
      solco_disc_master_set_medium (self->master, cli->unmended);
      is_continued = solco_disc_master_is_continued (self->master);
      solco_disc_master_follow_mending (self->master, cli->unmended->identity, self->medium);
    }
  solco_disc_master_set_medium (self->master, self->medium);
  return is_continued || solco_disc_master_is_continued (self->master);
}

/* The disc becomes the ground of the stage, if the rules of multi-session recording say so. */
static void
lay_on_disc (SolcoCli *cli)
{
  SolcoCliStage *self = cli->stage;
  SolcoDiscImport disc;
  g_autoptr (GError) error = NULL;

  if (self->medium != NULL)
    {
      gboolean is_continued = set_medium (cli);

      if (cli->options->clear)
        solco_disc_master_clear_content (self->master);
      if (get_disc (self, &disc))
        {
          g_autoptr (GPtrArray) problems
            = is_continued
                ? solco_project_update_disc (self->project, &disc)
                : solco_project_import_disc (self->project, &disc, SOLCO_CONFLICT_REPLACE);

          take_problems (self, problems);
        }
    }
  if (!edit_early (self, cli->options, &error))
    {
      solco_cli_fail (cli, error);
      return;
    }
  add (cli);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SolcoCli *cli = user_data;
  SolcoCliStage *self = cli->stage;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;

  self->project = solco_project_file_load_finish (result, &problems, &error);
  if (self->project == NULL)
    {
      solco_cli_fail (cli, error);
      return;
    }
  take_problems (self, problems);
  lay_on_disc (cli);
}

/**
 * solco_cli_stage_begin:
 * @cli: the run
 * @disc: (nullable): result of reading the disc that it is staged for
 * @done: called when everything is staged; an error ends the run
 */
void
solco_cli_stage_begin (SolcoCli *cli, const SolcoResult *disc, SolcoCliStageFunc done)
{
  SolcoCliStage *self = g_new0 (SolcoCliStage, 1);

  g_return_if_fail (cli->stage == NULL);

  self->master = solco_disc_master_new ();
  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) solco_problem_free);
  self->late_removes = g_ptr_array_new ();
  self->late_renames = g_ptr_array_new ();
  self->done = done;
  if (disc != NULL)
    {
      self->medium = solco_medium_ref (disc->medium);
      self->disc_tree = disc->tree != NULL ? solco_tree_ref (disc->tree) : NULL;
    }
  cli->stage = self;
  if (cli->options->project != NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (cli->options->project);

      solco_project_file_load_async (file, cli->cancellable, on_loaded, cli);
      return;
    }
  self->project = solco_project_new ();
  lay_on_disc (cli);
}

/**
 * solco_cli_stage_free:
 * @self: (transfer full): a stage
 */
void
solco_cli_stage_free (SolcoCliStage *self)
{
  g_clear_object (&self->addition);
  g_clear_object (&self->project);
  g_clear_pointer (&self->master, solco_disc_master_free);
  g_clear_pointer (&self->medium, solco_medium_unref);
  g_clear_pointer (&self->disc_tree, solco_tree_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_pointer (&self->late_removes, g_ptr_array_unref);
  g_clear_pointer (&self->late_renames, g_ptr_array_unref);
  g_free (self);
}

/**
 * solco_cli_stage_freeze_tree:
 * @self: a stage that was not frozen yet
 *
 * Returns: (transfer full): everything that is staged
 */
SolcoTree *
solco_cli_stage_freeze_tree (SolcoCliStage *self)
{
  return solco_project_freeze_tree (self->project);
}

/* What the command line says goes before what the project file says. */
static void
merge_options (SolcoCliStage *self, const SolcoCliOptions *options)
{
  SolcoProjectOptions merged = *solco_project_get_options (self->project);

  merged.close_disc |= options->close;
  merged.simulate |= options->simulate;
  merged.eject |= options->eject;
  merged.file_md5 |= options->file_md5;
  if (options->no_manifest)
    merged.manifest = FALSE;
  if (options->verify_word != NULL)
    merged.verify = options->verify;
  if (options->speed_word != NULL)
    merged.speed_kb_per_s = solco_cli_options_get_speed (options, self->medium);
  solco_project_set_options (self->project, &merged);
}

/* The plan has it all, and a burn takes enough memory itself. */
static void
forget_project (SolcoCliStage *self)
{
  g_clear_object (&self->addition);
  g_clear_object (&self->project);
  g_clear_pointer (&self->disc_tree, solco_tree_unref);
}

/**
 * solco_cli_stage_freeze:
 * @self: a stage that lies on a disc
 * @cli: the run
 * @error: return location for an error
 *
 * Checks the rules of multi-session recording, and makes the plan. What is staged is in that alone
 * afterwards; medium and problems can still be asked for. Errors: those of
 * solco_disc_master_check_burn() and solco_disc_master_check_target().
 *
 * Returns: (transfer full): the plan, or %NULL
 */
SolcoPlan *
solco_cli_stage_freeze (SolcoCliStage *self, SolcoCli *cli, GError **error)
{
  const SolcoCliOptions *options = cli->options;
  SolcoPlan *plan;
  gboolean may_burn;
  g_autoptr (GError) reason = NULL;

  solco_disc_master_set_n_changes (self->master, solco_project_get_n_changes (self->project));
  may_burn = solco_disc_master_check_burn (self->master, &reason);
  /* The user has answered these already. */
  if (!may_burn
      && ((options->erase && g_error_matches (reason, SOLCO_ERROR, SOLCO_ERROR_BLANK_REQUIRED))
          || (options->mend && g_error_matches (reason, SOLCO_ERROR, SOLCO_ERROR_DISC_DAMAGED))))
    may_burn = TRUE;
  if (!may_burn)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  merge_options (self, options);
  plan = solco_project_freeze (self->project, cli->target);
  /* Nobody else has seen the plan yet. */
  plan->erase = options->erase;
  if (options->erase && self->medium != NULL && self->medium->identity != NULL)
    plan->erase_disc = solco_disc_identity_copy (self->medium->identity);
  plan->mend = options->mend;
  plan->session_md5 = !options->no_md5;
  forget_project (self);
  return plan;
}

/**
 * solco_cli_stage_get_medium:
 * @self: a stage
 *
 * Returns: (transfer none) (nullable): the disc that it lies on
 */
SolcoMedium *
solco_cli_stage_get_medium (SolcoCliStage *self)
{
  return self->medium;
}

/**
 * solco_cli_stage_get_totals:
 * @self: a stage that was not frozen yet
 *
 * Returns: (transfer none): how much is staged
 */
const SolcoTotals *
solco_cli_stage_get_totals (SolcoCliStage *self)
{
  return solco_project_get_totals (self->project);
}

/**
 * solco_cli_stage_get_problems:
 * @self: a stage
 *
 * Returns: (transfer none) (element-type SolcoProblem): what was left out, and what names will be cut
 */
const GPtrArray *
solco_cli_stage_get_problems (SolcoCliStage *self)
{
  return self->problems;
}

/**
 * solco_cli_stage_has_serious_problems:
 * @self: a stage
 *
 * Returns: whether something that the user asked for is not staged
 */
gboolean
solco_cli_stage_has_serious_problems (SolcoCliStage *self)
{
  guint i;

  for (i = 0; i < self->problems->len; i++)
    {
      const SolcoProblem *problem = g_ptr_array_index (self->problems, i);

      if (solco_problem_kind_is_serious (problem->kind))
        return TRUE;
    }
  return FALSE;
}
