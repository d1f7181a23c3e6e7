/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-error.h"
#include "solco-manifest-private.h"
#include "solco-operation-private.h"
#include "solco-second-reader-private.h"
#include "solco-verify-private.h"

static gboolean
verify (SolcoTask *task, SolcoDrive *drive, SolcoIsoImport *import, GError **error)
{
  const SolcoRequest *request = solco_task_get_request (task);
  SolcoResult *result = solco_task_get_result (task);
  g_autoptr (SolcoDigests) digests = NULL;
  g_autoptr (GArray) sessions = g_array_new (FALSE, FALSE, sizeof (SolcoSession));
  SolcoVerify run = { .drive = drive, .import = import };

  /* The session may show files of every older one. */
  for (guint i = 0; i < result->session; i++)
    {
      const SolcoSession *older = &g_array_index (result->medium->sessions, SolcoSession, i);

      if (older->has_file_system)
        g_array_append_vals (sessions, older, 1);
    }
  run.sessions = (const SolcoSession *) (void *) sessions->data;
  run.n_sessions = sessions->len;

  if (request->verify == SOLCO_VERIFY_ORIGINALS)
    {
      if (request->originals != NULL)
        return solco_verify_originals (&run, request->originals, error);
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOTHING_STAGED,
                   "There are no originals to compare with");
      return FALSE;
    }
  if (!solco_manifest_find (
          import, drive,
          g_array_index (result->medium->sessions, SolcoSession, result->session - 1).start_block,
          &run.manifest, &digests, error))
    return FALSE;
  run.digests = digests;
  return solco_verify_run (&run, request->verify, error);
}

gboolean
solco_operation_verify (SolcoTask *task, GError **error)
{
  SolcoResult *result = solco_task_get_result (task);
  g_autoptr (SolcoDrive) drive = NULL;
  g_autoptr (SolcoIsoImport) import = NULL;

  if (!solco_operation_open_session (task, SOLCO_IMPORT_LOAD_MD5, &drive, &import, error))
    return FALSE;
  if (!verify (task, drive, import, error))
    return FALSE;
  g_clear_pointer (&import, solco_iso_import_free);
  return result->session != result->medium->sessions->len
         || solco_second_reader_check (drive, result->medium, result->tree, error);
}
