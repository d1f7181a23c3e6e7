/* SPDX-License-Identifier: GPL-3.0-or-later */
/* burn, plan and burn-image. */
#include <glib/gi18n.h>

#include "engine/solco-error.h"
#include "solco-cli-json.h"
#include "solco-cli-show.h"
#include "solco-cli-stage.h"
#include "solco-cli.h"

/* The disc as it is after the burn, and what the session was. */
static void
report_burned (SolcoCli *cli, const SolcoResult *result)
{
  if (cli->json != NULL)
    {
      JsonObject *planned = json_object_new ();

      json_object_set_int_member (planned, "image_blocks", result->image_blocks);
      solco_cli_json_add_capacity (planned, &result->capacity);
      json_object_set_object_member (cli->json, "planned", planned);
      json_object_set_int_member (cli->json, "session", result->session);
      json_object_set_int_member (cli->json, "image_blocks", result->image_blocks);
      json_object_set_int_member (cli->json, "written_blocks", result->written_blocks);
      json_object_set_int_member (cli->json, "files", (gint64) result->n_files);
      json_object_set_int_member (cli->json, "bytes", (gint64) result->n_bytes);
      json_object_set_boolean_member (cli->json, "verified", result->is_verified);
      json_object_set_boolean_member (cli->json, "simulated", result->is_simulated);
      if (result->medium != NULL)
        {
          SolcoCapacityInput input;
          SolcoCapacity now;

          solco_capacity_input_from_medium (&input, result->medium);
          solco_capacity_compute (&input, &now);
          solco_cli_json_add_medium (cli->json, result->medium);
          solco_cli_json_add_capacity (cli->json, &now);
        }
    }
  else
    solco_cli_show_burned (result);
  solco_cli_report_problems (cli, result->problems);
}

static void
on_burned (SolcoCli *cli, SolcoJob *job)
{
  const SolcoResult *result = solco_job_get_result (job);

  report_burned (cli, result);
  solco_cli_finish (cli, result);
}

/* The medium that counts is the one that was read for the stage. An erase or a mending makes the
 * engine measure a second time; the first figures are those of the user's question. */
static void
on_measured (SolcoJob *job, SolcoCli *cli)
{
  SolcoCapacityInput input;
  const SolcoCapacity *capacity;

  if (cli->has_measured)
    return;
  cli->has_measured = TRUE;
  solco_capacity_input_from_medium (&input, solco_cli_stage_get_medium (cli->stage));
  capacity = solco_job_get_capacity (job, &input.image_blocks);
  input.close_disc = cli->plan->close_disc;
  if (cli->plan->erase)
    {
      /* It will be a blank disc. */
      input.n_sessions = 0;
      input.next_writable_block = 0;
    }
  solco_cli_report_capacity (cli, &input, capacity);
}

static void
on_planned (SolcoCli *cli, SolcoJob *job)
{
  const SolcoResult *result = solco_job_get_result (job);
  g_autoptr (GError) error = NULL;

  if (result->capacity.fits)
    {
      solco_cli_report_problems (cli, result->problems);
      solco_cli_finish (cli, result);
      return;
    }
  g_set_error (&error, SOLCO_ERROR, SOLCO_ERROR_DISC_FULL,
               "%" G_GINT64_FORMAT " blocks needed, %" G_GINT64_FORMAT " free: %" G_GINT64_FORMAT
               " too many",
               result->capacity.need_blocks, result->capacity.free_blocks,
               -result->capacity.remaining_now_blocks);
  solco_cli_fail (cli, error);
}

/* What closing the track makes of the disc is only known afterwards: how much of it is used then, and
 * whether the session turns out to be whole. Planning writes nothing, so that there is nothing to be
 * measured against. */
static void
refuse_plan (SolcoCli *cli, const SolcoMedium *medium)
{
  g_autoptr (GError) error
      = g_error_new_literal (SOLCO_ERROR, SOLCO_ERROR_DISC_DAMAGED,
                             "the room behind a track that was never finished is not known");

  solco_cli_fail_with (
      cli, error, medium,
      _ ("What is free is known only when the session is closed. With the same options, “burn” closes it "
         "first, then measures, and burns only what fits; “mend” does no more than close it."));
}

/* The engine measures before it burns, and burns only what fits. */
static gboolean
run_plan (gpointer data)
{
  SolcoCli *cli = data;

  if (cli->options->verb == SOLCO_CLI_PLAN)
    solco_cli_run_job (cli, solco_request_new_measure (cli->plan), on_planned);
  else
    solco_cli_run_job (cli, solco_request_new_burn (cli->plan), on_burned);
  if (cli->job != NULL)
    g_signal_connect (cli->job, "measured", G_CALLBACK (on_measured), cli);
  return G_SOURCE_REMOVE;
}

static void
on_staged (SolcoCli *cli)
{
  const SolcoMedium *medium = solco_cli_stage_get_medium (cli->stage);
  g_autoptr (GError) error = NULL;

  if (cli->json != NULL)
    solco_cli_json_add_medium (cli->json, medium);
  else
    solco_cli_show_staged (medium, solco_cli_stage_get_totals (cli->stage));
  solco_cli_report_problems (cli, solco_cli_stage_get_problems (cli->stage));
  cli->plan = solco_cli_stage_freeze (cli->stage, cli, &error);
  if (cli->plan == NULL && cli->unmended != NULL
      && g_error_matches (error, SOLCO_ERROR, SOLCO_ERROR_NOTHING_STAGED))
    {
      if (cli->json == NULL)
        g_print ("%s\n", _ ("The disc is mended, and nothing was left to burn."));
      solco_cli_finish (cli, NULL);
      return;
    }
  if (cli->plan == NULL)
    {
      SolcoCapacityInput input;
      SolcoCapacity capacity;

      solco_capacity_input_from_medium (&input, medium);
      solco_capacity_compute (&input, &capacity);
      solco_cli_report_capacity (cli, &input, &capacity);
      solco_cli_fail_with (cli, error, medium, NULL);
      return;
    }
  if (cli->options->verb == SOLCO_CLI_PLAN && medium->damage == SOLCO_DAMAGE_LAST_TRACK)
    {
      refuse_plan (cli, medium);
      return;
    }
  /* Who called this still holds the stage; the engine shall have its memory. */
  g_idle_add (run_plan, cli);
}

static void
on_mended (SolcoCli *cli, SolcoJob *job)
{
  solco_cli_stage_begin (cli, solco_job_get_result (job), on_staged);
}

static void
on_disc_read (SolcoCli *cli, SolcoJob *job)
{
  const SolcoResult *result = solco_job_get_result (job);

  /* A track that was never finished takes the place of the next session, so that it has to be
   * closed before anything can be planned; a head is mended by the burn itself. */
  if (cli->options->mend && cli->options->verb == SOLCO_CLI_BURN
      && result->medium->damage == SOLCO_DAMAGE_LAST_TRACK)
    {
      cli->unmended = solco_medium_ref (result->medium);
      solco_cli_run_job (cli, solco_request_new_mend (cli->target), on_mended);
      return;
    }
  solco_cli_stage_begin (cli, result, on_staged);
}

/**
 * solco_cli_start_burn:
 * @cli: the run
 *
 * `burn` and `plan`: reads the disc, stages, and lets the engine measure, and burn if it fits.
 */
void
solco_cli_start_burn (SolcoCli *cli)
{
  solco_cli_run_job (cli, solco_request_new_read_disc (cli->target, 0), on_disc_read);
}

static void
on_target_read (SolcoCli *cli, SolcoJob *job)
{
  const SolcoCliOptions *options = cli->options;
  const SolcoMedium *medium = solco_job_get_result (job)->medium;
  g_autofree char *path = g_canonicalize_filename (options->paths[0], NULL);

  solco_cli_run_job (cli,
                     solco_request_new_burn_image (cli->target, path, options->erase,
                                                   medium->identity, options->simulate,
                                                   options->close, options->verify,
                                                   solco_cli_options_get_speed (options, medium),
                                                   options->eject),
                     on_burned);
}

/**
 * solco_cli_start_burn_image:
 * @cli: the run
 *
 * `burn-image`: writes an image file to a disc as it is, and compares it afterwards.
 */
void
solco_cli_start_burn_image (SolcoCli *cli)
{
  solco_cli_run_job (cli, solco_request_new_read_disc (cli->target, 0), on_target_read);
}
