/* SPDX-License-Identifier: GPL-3.0-or-later */
/* list, extract and verify. */
#include "engine/solco-error.h"
#include "solco-cli-json.h"
#include "solco-cli-show.h"
#include "solco-cli-stage.h"
#include "solco-cli.h"

/* Depth first, as the paths are read; one row at a time, since a disc can hold a million. */
static void
list_below (SolcoCli *cli, const SolcoTree *tree, guint32 index, gboolean *is_first)
{
  const SolcoTreeNode *node = &solco_tree_get_nodes (tree, NULL)[index];
  guint32 i;

  /* The root is no row: every disc has it. */
  if (index != 0)
    {
      if (cli->json == NULL)
        solco_cli_show_entry (tree, index);
      else
        {
          g_autoptr (JsonObject) entry = solco_cli_json_new_entry (tree, index);
          g_autofree char *text = solco_cli_json_to_text (entry);

          g_print ("%s%s", *is_first ? "" : ",", text);
          *is_first = FALSE;
        }
    }
  for (i = 0; i < node->n_children; i++)
    list_below (cli, tree, node->first_child + i, is_first);
}

/* Indices of what the user asked for, the root if nothing; NULL and an error if one is missing. */
static GArray *
find_roots (const SolcoTree *tree, char **paths, GError **error)
{
  g_autoptr (GArray) roots = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint i;

  if (paths == NULL)
    {
      guint32 root = 0;

      g_array_append_val (roots, root);
    }
  for (i = 0; paths != NULL && paths[i] != NULL; i++)
    {
      guint32 index = solco_tree_lookup (tree, paths[i]);

      if (index == SOLCO_TREE_NONE)
        {
          g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_FOUND, "%s is not in this session",
                       paths[i]);
          return NULL;
        }
      g_array_append_val (roots, index);
    }
  return g_steal_pointer (&roots);
}

/* What it means that a disc or file shows no files. */
static SolcoError
get_no_tree_code (const SolcoMedium *medium)
{
  if (medium->state == SOLCO_MEDIUM_NONE)
    return SOLCO_ERROR_NO_MEDIUM;
  if (medium->state == SOLCO_MEDIUM_BLANK)
    return SOLCO_ERROR_NOT_FOUND;
  return medium->is_image_file ? SOLCO_ERROR_NOT_AN_IMAGE : SOLCO_ERROR_DISC_UNREADABLE;
}

static void
on_read (SolcoCli *cli, SolcoJob *job)
{
  const SolcoResult *result = solco_job_get_result (job);
  gboolean is_first = TRUE;
  g_autoptr (GArray) roots = NULL;
  g_autoptr (GError) error = NULL;
  guint i;

  if (result->tree == NULL)
    g_set_error (&error, SOLCO_ERROR, get_no_tree_code (result->medium),
                 "there is no ISO 9660 file system to list");
  else
    roots = find_roots (result->tree, cli->options->paths, &error);
  if (roots == NULL)
    {
      solco_cli_fail (cli, error);
      return;
    }
  if (cli->json != NULL)
    solco_cli_json_begin_list (result);
  for (i = 0; i < roots->len; i++)
    list_below (cli, result->tree, g_array_index (roots, guint32, i), &is_first);
  if (cli->json != NULL)
    {
      solco_cli_json_end_list ();
      /* It has been printed. */
      g_clear_pointer (&cli->json, json_object_unref);
    }
  solco_cli_finish (cli, result);
}

/**
 * solco_cli_start_list:
 * @cli: the run
 *
 * `list`: the files of a session.
 */
void
solco_cli_start_list (SolcoCli *cli)
{
  solco_cli_run_job (cli, solco_request_new_read_disc (cli->target, cli->options->session),
                     on_read);
}

static void
report_files (SolcoCli *cli, const SolcoResult *result)
{
  if (cli->json != NULL)
    {
      solco_cli_json_set_string (cli->json, "address", cli->target->address);
      json_object_set_int_member (cli->json, "session", result->session);
      json_object_set_int_member (cli->json, "files", (gint64) result->n_files);
      json_object_set_int_member (cli->json, "bytes", (gint64) result->n_bytes);
    }
}

static void
on_extracted (SolcoCli *cli, SolcoJob *job)
{
  const SolcoResult *result = solco_job_get_result (job);

  report_files (cli, result);
  if (cli->json == NULL)
    solco_cli_show_extracted (result);
  solco_cli_report_problems (cli, result->problems);
  solco_cli_finish (cli, result);
}

/**
 * solco_cli_start_extract:
 * @cli: the run
 *
 * `extract`: copies files of a session out of the disc.
 */
void
solco_cli_start_extract (SolcoCli *cli)
{
  const SolcoCliOptions *options = cli->options;
  g_autofree char *directory = g_canonicalize_filename (options->directory, NULL);

  solco_cli_run_job (cli,
                     solco_request_new_extract (cli->target, options->session,
                                                (const char *const *) options->paths, directory,
                                                options->overwrite),
                     on_extracted);
}

static void
on_verified (SolcoCli *cli, SolcoJob *job)
{
  const SolcoResult *result = solco_job_get_result (job);

  report_files (cli, result);
  if (cli->json != NULL)
    json_object_set_boolean_member (cli->json, "verified", result->is_verified);
  else
    solco_cli_show_verified (result, cli->options->verify);
  solco_cli_report_problems (cli, result->problems);
  solco_cli_finish (cli, result);
}

static void
verify (SolcoCli *cli, SolcoTree *originals)
{
  solco_cli_run_job (cli,
                     solco_request_new_verify (cli->target, cli->options->session,
                                               cli->options->verify, originals),
                     on_verified);
}

static void
on_originals_staged (SolcoCli *cli)
{
  g_autoptr (SolcoTree) originals = solco_cli_stage_freeze_tree (cli->stage);

  solco_cli_report_problems (cli, solco_cli_stage_get_problems (cli->stage));
  verify (cli, originals);
}

/**
 * solco_cli_start_verify:
 * @cli: the run
 *
 * `verify`: reads a session back and compares it with its checksums, or with the originals.
 */
void
solco_cli_start_verify (SolcoCli *cli)
{
  if (cli->options->verify == SOLCO_VERIFY_ORIGINALS)
    solco_cli_stage_begin (cli, NULL, on_originals_staged);
  else
    verify (cli, NULL);
}
