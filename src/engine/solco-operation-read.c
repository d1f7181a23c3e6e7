/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-error.h"
#include "solco-iso-import-private.h"
#include "solco-medium-reader-private.h"
#include "solco-operation-private.h"

/* Reads the newest session's tree; where that fails, the disc is shown without one. */
static gboolean
import_newest (SolcoTask *task, SolcoDrive *drive, SolcoMedium *medium, GError **error)
{
  SolcoResult *result = solco_task_get_result (task);
  g_autoptr (GError) import_error = NULL;
  g_autoptr (SolcoIsoImport) import = NULL;

  if (medium->content != SOLCO_CONTENT_ISO)
    return TRUE;
  import = solco_iso_import_new (drive, medium, medium->sessions->len, FALSE, &import_error);
  if (import != NULL)
    {
      result->tree = solco_tree_ref (import->tree);
      result->session = medium->sessions->len;
      return TRUE;
    }
  if (solco_task_is_cancelled (task))
    {
      g_propagate_error (error, g_steal_pointer (&import_error));
      return FALSE;
    }
  solco_task_log (task, "The newest tree cannot be read: %s", import_error->message);
  medium->content = SOLCO_CONTENT_UNREADABLE;
  return TRUE;
}

gboolean
solco_operation_read_disc (SolcoTask *task, GError **error)
{
  const SolcoRequest *request = solco_task_get_request (task);
  SolcoResult *result = solco_task_get_result (task);
  g_autoptr (SolcoDrive) drive = NULL;
  g_autoptr (SolcoIsoImport) import = NULL;

  solco_task_begin_phase (task, SOLCO_PHASE_OPEN, 0);
  drive = solco_drive_open (task, request->target, SOLCO_DRIVE_READ, error);
  if (drive == NULL)
    return FALSE;
  solco_task_begin_phase (task, SOLCO_PHASE_READ_DISC, 0);
  result->medium = solco_medium_read (drive, error);
  if (result->medium == NULL)
    return FALSE;
  if (request->session == 0)
    return import_newest (task, drive, result->medium, error);

  import = solco_iso_import_new (drive, result->medium, request->session, FALSE, error);
  if (import == NULL)
    return FALSE;
  result->tree = solco_tree_ref (import->tree);
  result->session = request->session;
  return TRUE;
}
