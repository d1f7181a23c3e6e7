/* SPDX-License-Identifier: GPL-3.0-or-later */
/* recorders, info, erase, mend and eject. */
#include <glib/gi18n.h>

#include "engine/solco-recorder-list.h"
#include "solco-cli-json.h"
#include "solco-cli-show.h"
#include "solco-cli.h"

static JsonObject *
new_recorder_object (SolcoRecorder *recorder)
{
  JsonObject *object = json_object_new ();

  solco_cli_json_set_string (object, "address", solco_recorder_get_path (recorder));
  solco_cli_json_set_string (object, "vendor", solco_recorder_get_vendor (recorder));
  solco_cli_json_set_string (object, "product", solco_recorder_get_product (recorder));
  json_object_set_boolean_member (object, "can_write", solco_recorder_get_can_write (recorder));
  json_object_set_boolean_member (object, "has_medium", solco_recorder_get_has_medium (recorder));
  return object;
}

static void
print_recorder (SolcoRecorder *recorder)
{
  const char *path = solco_recorder_get_path (recorder);
  const char *vendor = solco_recorder_get_vendor (recorder);
  const char *product = solco_recorder_get_product (recorder);

  if (!solco_recorder_get_can_write (recorder))
    /* Translators: a drive that cannot burn: device, vendor, product. */
    g_print (_ ("%s  %s %s (reads only)\n"), path, vendor, product);
  else
    g_print ("%s  %s %s\n", path, vendor, product);
}

/**
 * solco_cli_start_recorders:
 * @cli: the run
 *
 * `recorders`: lists what the system knows, without opening a drive.
 */
void
solco_cli_start_recorders (SolcoCli *cli)
{
  g_autoptr (SolcoRecorderList) list = solco_recorder_list_new ();
  guint n_recorders = g_list_model_get_n_items (G_LIST_MODEL (list));
  JsonArray *array = json_array_new ();
  guint i;

  for (i = 0; i < n_recorders; i++)
    {
      g_autoptr (SolcoRecorder) recorder = g_list_model_get_item (G_LIST_MODEL (list), i);

      if (cli->json != NULL)
        json_array_add_object_element (array, new_recorder_object (recorder));
      else
        print_recorder (recorder);
    }
  if (cli->json != NULL)
    json_object_set_array_member (cli->json, "recorders", json_array_ref (array));
  else if (n_recorders == 0)
    g_print (_ ("There is no recorder on this machine. An image file is always possible:"
                " --recorder stdio:disc.iso\n"));
  json_array_unref (array);
  solco_cli_finish (cli, NULL);
}

/* The disc, and what still fits on it. */
static void
report_medium (SolcoCli *cli, const SolcoMedium *medium)
{
  SolcoCapacityInput input;
  SolcoCapacity capacity;

  solco_capacity_input_from_medium (&input, medium);
  solco_capacity_compute (&input, &capacity);
  if (cli->json != NULL)
    {
      solco_cli_json_add_medium (cli->json, medium);
      solco_cli_json_add_capacity (cli->json, &capacity);
    }
  else
    solco_cli_show_medium (medium, &capacity);
}

/* Ends with the disc as it is afterwards. */
static void
on_done (SolcoCli *cli, SolcoJob *job)
{
  const SolcoResult *result = solco_job_get_result (job);

  if (result->medium != NULL)
    report_medium (cli, result->medium);
  solco_cli_report_problems (cli, result->problems);
  solco_cli_finish (cli, result);
}

/**
 * solco_cli_start_info:
 * @cli: the run
 *
 * `info`: what disc is in, its sessions, and what fits.
 */
void
solco_cli_start_info (SolcoCli *cli)
{
  solco_cli_run_job (cli, solco_request_new_read_disc (cli->target, 0), on_done);
}

/* The verb is the user's consent; it holds for this very disc only, and what goes is said. */
static void
on_read_before_erase (SolcoCli *cli, SolcoJob *job)
{
  const SolcoResult *result = solco_job_get_result (job);

  if (cli->json == NULL)
    solco_cli_show_loss (result);
  solco_cli_run_job (cli,
                     solco_request_new_erase (cli->target, cli->options->erase_mode,
                                              result->medium->identity),
                     on_done);
}

/**
 * solco_cli_start_erase:
 * @cli: the run
 *
 * `erase`: says what will be lost, and erases.
 */
void
solco_cli_start_erase (SolcoCli *cli)
{
  solco_cli_run_job (cli, solco_request_new_read_disc (cli->target, 0), on_read_before_erase);
}

/**
 * solco_cli_start_mend:
 * @cli: the run
 *
 * `mend`: repairs the head of an image, or closes a damaged track.
 */
void
solco_cli_start_mend (SolcoCli *cli)
{
  solco_cli_run_job (cli, solco_request_new_mend (cli->target), on_done);
}

static void
on_ejected (SolcoCli *cli, SolcoJob *job)
{
  if (cli->json != NULL)
    solco_cli_json_set_string (cli->json, "address", cli->target->address);
  solco_cli_finish (cli, solco_job_get_result (job));
}

/**
 * solco_cli_start_eject:
 * @cli: the run
 *
 * `eject`: moves the tray.
 */
void
solco_cli_start_eject (SolcoCli *cli)
{
  solco_cli_run_job (cli, solco_request_new_eject (cli->target), on_ejected);
}
