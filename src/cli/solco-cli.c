/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-cli.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <unistd.h>

#include "engine/solco-recorder-list.h"
#include "solco-cli-exit.h"
#include "solco-cli-json.h"
#include "solco-cli-output.h"
#include "solco-cli-show.h"
#include "solco-cli-stage.h"
#include "text/solco-text-error.h"
#include "text/solco-text-problem.h"

/* Of each kind of problem so many are shown to a person; --json has them all. */
#define MAX_SHOWN_PROBLEMS 20

static void
end (SolcoCli *cli, int exit_code)
{
  if (cli->is_finished)
    return;
  cli->is_finished = TRUE;
  cli->exit_code = exit_code;
  solco_cli_progress_hide (cli->progress);
  if (cli->json != NULL)
    {
      g_autofree char *text = solco_cli_json_to_text (cli->json);

      g_print ("%s\n", text);
    }
  g_main_loop_quit (cli->loop);
}

/**
 * solco_cli_finish:
 * @cli: the run
 * @result: (nullable): what came of the last job
 *
 * Ends the run: with success, or as completed with problems if there are any that matter.
 */
void
solco_cli_finish (SolcoCli *cli, const SolcoResult *result)
{
  gboolean has_problems = result != NULL && solco_result_has_serious_problems (result);

  if (cli->stage != NULL && solco_cli_stage_has_serious_problems (cli->stage))
    has_problems = TRUE;
  end (cli, has_problems ? SOLCO_CLI_EXIT_PROBLEMS : SOLCO_CLI_EXIT_SUCCESS);
}

/**
 * solco_cli_fail_with:
 * @cli: the run
 * @error: why
 * @now: (nullable): the disc as it is after the error
 * @more: (nullable): one more line of text
 *
 * Says what happened and ends the run with the exit code of @error.
 */
void
solco_cli_fail_with (SolcoCli *cli, const GError *error, const SolcoMedium *now, const char *more)
{
  g_autofree char *title = solco_text_error_dup_title (error);
  g_autofree char *sentences = solco_text_error_dup_body (error, now);
  g_autofree char *body = more != NULL ? g_strconcat (sentences, "\n", more, NULL)
                                       : g_steal_pointer (&sentences);

  if (cli->is_finished)
    return;
  if (cli->json != NULL)
    {
      g_autofree char *text = g_strconcat (title, "\n", body, NULL);

      solco_cli_json_add_error (cli->json, error, text);
    }
  else
    {
      g_auto (GStrv) lines = g_strsplit (body, "\n", -1);
      guint i;

      g_printerr ("solco-cli: %s\n", title);
      for (i = 0; lines[i] != NULL; i++)
        {
          g_autofree char *shown = solco_cli_output_escape (lines[i]);

          g_printerr ("  %s\n", shown);
        }
    }
  end (cli, solco_cli_exit_for_error (error));
}

/**
 * solco_cli_fail:
 * @cli: the run
 * @error: why
 *
 * Says what happened and ends the run with the exit code of @error.
 */
void
solco_cli_fail (SolcoCli *cli, const GError *error)
{
  solco_cli_fail_with (cli, error, NULL, NULL);
}

static void
print_problem (const SolcoProblem *problem)
{
  g_autofree char *text = solco_text_problem_dup_sentence (problem);
  g_autofree char *shown = solco_cli_output_escape (text);

  if (solco_problem_kind_is_serious (problem->kind))
    /* Translators: a problem that matters; %s is a sentence without its full stop. */
    g_print (_ ("Problem: %s\n"), shown);
  else
    /* Translators: something that the user may want to know; %s is a sentence without
       * its full stop. */
    g_print (_ ("Note: %s\n"), shown);
}

/**
 * solco_cli_report_problems:
 * @cli: the run
 * @problems: (nullable) (element-type SolcoProblem): what was found
 *
 * Prints them, or adds them to what --json prints.
 */
void
solco_cli_report_problems (SolcoCli *cli, const GPtrArray *problems)
{
  guint counts[SOLCO_N_PROBLEM_KINDS] = { 0 };
  guint n_hidden = 0;
  guint i;

  if (cli->json != NULL)
    {
      solco_cli_json_add_problems (cli->json, problems);
      return;
    }
  for (i = 0; problems != NULL && i < problems->len; i++)
    {
      const SolcoProblem *problem = g_ptr_array_index (problems, i);

      if (counts[problem->kind]++ < MAX_SHOWN_PROBLEMS)
        print_problem (problem);
      else
        n_hidden++;
    }
  if (n_hidden > 0)
    g_print (ngettext ("And %u more like these; --json lists it.\n",
                       "And %u more like these; --json lists them all.\n", n_hidden),
             n_hidden);
}

/**
 * solco_cli_report_capacity:
 * @cli: the run
 * @input: what was computed with
 * @capacity: what the session needs and leaves
 *
 * Prints the figures, or adds them to what --json prints.
 */
void
solco_cli_report_capacity (SolcoCli *cli, const SolcoCapacityInput *input,
                           const SolcoCapacity *capacity)
{
  if (cli->json == NULL)
    {
      solco_cli_show_capacity (input, capacity);
      return;
    }
  json_object_set_int_member (cli->json, "image_blocks", input->image_blocks);
  solco_cli_json_add_capacity (cli->json, capacity);
}

static void
on_progress (SolcoJob *job, SolcoCli *cli)
{
  const SolcoProgress *progress = solco_job_get_progress (job);

  solco_cli_progress_update (cli->progress, progress,
                             solco_job_get_state (job) == SOLCO_JOB_CANCELLING);
  if (cli->is_cancelled && progress->silent_s >= SOLCO_GIVE_UP_AFTER_S)
    {
      g_autoptr (GError) error = NULL;

      /* The user wants to go, and the drive may never answer. */
      g_signal_handlers_disconnect_by_data (job, cli);
      g_clear_object (&cli->job);
      solco_cli_progress_hide (cli->progress);
      g_cancellable_set_error_if_cancelled (cli->cancellable, &error);
      solco_cli_fail (cli, error);
    }
}

static void
on_log (SolcoJob *job, const char *message, SolcoCli *cli)
{
  g_autofree char *shown = solco_cli_output_escape (message);

  g_printerr ("%s\n", shown);
}

/* The figures that the engine has found for a session. */
static void
report_result_capacity (SolcoCli *cli, const SolcoResult *result)
{
  SolcoCapacityInput input;

  solco_capacity_input_from_medium (&input, result->medium);
  input.image_blocks = result->image_blocks;
  input.close_disc = cli->options->close;
  solco_cli_report_capacity (cli, &input, &result->capacity);
}

/* A job that failed can still tell how the disc is now and what it has found. */
static void
report_failed_job (SolcoCli *cli, SolcoJob *job)
{
  const SolcoResult *result = solco_job_get_result (job);

  if (result != NULL)
    {
      if (cli->json != NULL && result->medium != NULL)
        solco_cli_json_add_medium (cli->json, result->medium);
      if (g_error_matches (solco_job_get_error (job), SOLCO_ERROR, SOLCO_ERROR_DISC_FULL)
          && !cli->has_measured && result->medium != NULL
          && result->capacity.need_blocks > 0)
        report_result_capacity (cli, result);
      solco_cli_report_problems (cli, result->problems);
    }
  solco_cli_fail_with (cli, solco_job_get_error (job), result != NULL ? result->medium : NULL,
                       NULL);
}

static void
on_finished (SolcoJob *job, SolcoCli *cli)
{
  /* The emission of the signal holds the job until this returns. */
  SolcoCliJobFunc done = cli->job_done;

  g_clear_object (&cli->job);
  solco_cli_progress_hide (cli->progress);
  if (solco_job_get_state (job) == SOLCO_JOB_SUCCEEDED)
    done (cli, job);
  else
    report_failed_job (cli, job);
}

/**
 * solco_cli_run_job:
 * @cli: the run
 * @request: (transfer full): what to do
 * @done: called when it has succeeded; any other end ends the run
 *
 * Hands a request to the engine. There is never more than one job.
 */
void
solco_cli_run_job (SolcoCli *cli, SolcoRequest *request, SolcoCliJobFunc done)
{
  g_autoptr (SolcoRequest) owned = request;

  g_return_if_fail (cli->job == NULL);

  if (cli->is_cancelled)
    {
      g_autoptr (GError) error = NULL;

      g_cancellable_set_error_if_cancelled (cli->cancellable, &error);
      solco_cli_fail (cli, error);
      return;
    }
  cli->job_done = done;
  cli->job = solco_engine_submit (cli->engine, owned);
  g_signal_connect (cli->job, "progress", G_CALLBACK (on_progress), cli);
  g_signal_connect (cli->job, "finished", G_CALLBACK (on_finished), cli);
  if (cli->options->verbose)
    g_signal_connect (cli->job, "log", G_CALLBACK (on_log), cli);
}

static gboolean
on_signal (gpointer data)
{
  SolcoCli *cli = data;

  /* Whether a job can stop now or not: no further step begins. */
  cli->is_cancelled = TRUE;
  g_cancellable_cancel (cli->cancellable);
  if (cli->job != NULL)
    {
      if (!solco_job_can_cancel (cli->job))
        g_printerr ("%s\n", _ ("The disc cannot be left like this: the program stops as soon as"
                               " this step is finished."));
      solco_job_cancel (cli->job);
    }
  return G_SOURCE_CONTINUE;
}

/* Without --recorder: the machine's only recorder. */
static char *
find_address (const SolcoCliOptions *options, GError **error)
{
  g_autoptr (SolcoRecorderList) list = NULL;
  g_autoptr (SolcoRecorder) recorder = NULL;

  if (options->recorder != NULL)
    return g_strdup (options->recorder);
  list = solco_recorder_list_new ();
  if (g_list_model_get_n_items (G_LIST_MODEL (list)) != 1)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NO_RECORDER,
                   "%u recorders on this machine: --recorder has to name one",
                   g_list_model_get_n_items (G_LIST_MODEL (list)));
      return NULL;
    }
  recorder = g_list_model_get_item (G_LIST_MODEL (list), 0);
  return g_strdup (solco_recorder_get_path (recorder));
}

static void
start (SolcoCli *cli)
{
  static const struct
  {
    SolcoCliVerb verb;
    void (*start) (SolcoCli *cli);
  } starts[] = {
    { SOLCO_CLI_RECORDERS, solco_cli_start_recorders },
    { SOLCO_CLI_INFO, solco_cli_start_info },
    { SOLCO_CLI_LIST, solco_cli_start_list },
    { SOLCO_CLI_PLAN, solco_cli_start_burn },
    { SOLCO_CLI_BURN, solco_cli_start_burn },
    { SOLCO_CLI_BURN_IMAGE, solco_cli_start_burn_image },
    { SOLCO_CLI_ERASE, solco_cli_start_erase },
    { SOLCO_CLI_MEND, solco_cli_start_mend },
    { SOLCO_CLI_EJECT, solco_cli_start_eject },
    { SOLCO_CLI_EXTRACT, solco_cli_start_extract },
    { SOLCO_CLI_VERIFY, solco_cli_start_verify },
  };
  const SolcoCliOptions *options = cli->options;
  guint i;

  if (options->verb != SOLCO_CLI_RECORDERS)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *address = find_address (options, &error);

      if (address == NULL || (cli->engine = solco_engine_new (&error)) == NULL)
        {
          solco_cli_fail (cli, error);
          return;
        }
      cli->target = solco_target_new (address, options->image_kind, options->image_size_bytes);
    }
  for (i = 0; i < G_N_ELEMENTS (starts); i++)
    if (starts[i].verb == options->verb)
      starts[i].start (cli);
}

static gboolean
on_start (gpointer data)
{
  start (data);
  return G_SOURCE_REMOVE;
}

/**
 * solco_cli_run:
 * @options: the command line
 *
 * Does what the command line says, under a main loop of its own. Main thread.
 *
 * Returns: the exit code
 */
int
solco_cli_run (const SolcoCliOptions *options)
{
  static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
  SolcoCli cli = { .options = options };
  guint i;

  cli.loop = g_main_loop_new (NULL, FALSE);
  cli.cancellable = g_cancellable_new ();
  cli.progress = solco_cli_progress_new (!options->json);
  cli.json = options->json ? json_object_new () : NULL;
  if (cli.json != NULL)
    solco_cli_json_add_problems (cli.json, NULL);
  solco_cli_output_set_progress (cli.progress);
  for (i = 0; i < G_N_ELEMENTS (signals); i++)
    g_unix_signal_add (signals[i], on_signal, &cli);
  g_idle_add (on_start, &cli);

  g_main_loop_run (cli.loop);

  /* The signal sources stay, so that a signal cannot end the process any more before the engine
   * is shut down and the result is printed; without a loop nothing comes of it. */
  solco_cli_output_set_progress (NULL);
  if (cli.engine != NULL && !solco_engine_stop (cli.engine, SOLCO_GIVE_UP_AFTER_S))
    {
      /* The drive does not answer: the thread that waits for it goes with the process. */
      (void) solco_cli_output_flush ();
      _exit (cli.exit_code);
    }
  g_clear_object (&cli.engine);
  g_clear_pointer (&cli.stage, solco_cli_stage_free);
  g_clear_pointer (&cli.plan, solco_plan_unref);
  g_clear_pointer (&cli.unmended, solco_medium_unref);
  g_clear_pointer (&cli.target, solco_target_free);
  g_clear_pointer (&cli.json, json_object_unref);
  g_clear_pointer (&cli.progress, solco_cli_progress_free);
  g_clear_object (&cli.cancellable);
  g_clear_pointer (&cli.loop, g_main_loop_unref);
  return cli.exit_code;
}
