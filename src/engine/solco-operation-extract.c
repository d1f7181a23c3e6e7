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
  guint32 manifest;

  if (!solco_operation_open_session (task, SOLCO_IMPORT_PLAIN, &drive, &import, error))
    return FALSE;
  /* Without a manifest, or with one that cannot be read, the files are copied unchecked. */
  if (!solco_manifest_find (
          import, drive,
          g_array_index (result->medium->sessions, SolcoSession, result->session - 1).start_block,
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
