/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-extract-private.h"
#include "solco-manifest-private.h"
#include "solco-operation-private.h"

gboolean
solco_operation_extract (SolcoTask *task, GError **error)
{
  const SolcoRequest *request = solco_task_get_request (task);
  SolcoResult *result = solco_task_get_result (task);
  g_autoptr (SolcoDrive) drive = NULL;
  g_autoptr (SolcoIsoImport) import = NULL;
  g_autoptr (SolcoDigests) digests = NULL;
  g_autoptr (GError) manifest_error = NULL;
  guint session;
  guint32 manifest;

  solco_task_begin_phase (task, SOLCO_PHASE_OPEN, 0);
  drive = solco_drive_open (task, request->target, SOLCO_DRIVE_READ, error);
  if (drive == NULL)
    return FALSE;
  solco_task_begin_phase (task, SOLCO_PHASE_READ_DISC, 0);
  result->medium = solco_medium_read (drive, error);
  if (result->medium == NULL || !solco_medium_check_readable (result->medium, error))
    return FALSE;
  session = request->session != 0 ? request->session : result->medium->sessions->len;
  import = solco_iso_import_new (drive, result->medium, session, FALSE, error);
  if (import == NULL)
    return FALSE;
  result->tree = solco_tree_ref (import->tree);
  result->session = session;
  /* Without a manifest, or with one that cannot be read, the files are copied unchecked. */
  if (!solco_manifest_find (
          import, drive,
          g_array_index (result->medium->sessions, SolcoSession, session - 1).start_block,
          &manifest, &digests, &manifest_error))
    solco_task_log (task, "The manifest cannot be read: %s", manifest_error->message);

  SolcoExtract extract = {
    .drive = drive,
    .import = import,
    .digests = digests,
    .paths = (const char *const *) request->paths,
    .directory = request->directory,
    .overwrite = request->overwrite,
  };
  return solco_extract_run (&extract, error);
}
