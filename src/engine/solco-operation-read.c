/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-error.h"
#include "solco-iso-import-private.h"
#include "solco-medium-reader-private.h"
#include "solco-operation-private.h"
#include "solco-session-tree-private.h"

gboolean
solco_operation_import_newest (SolcoTask *task, SolcoDrive *drive, SolcoMedium *medium,
                               GError **error)
{
  SolcoResult *result = solco_task_get_result (task);
  const SolcoSession *shown = solco_medium_get_shown_session (medium);
  g_autoptr (GError) import_error = NULL;
  g_autoptr (SolcoTree) tree = NULL;

  if (medium->state == SOLCO_MEDIUM_APPENDABLE && medium->content == SOLCO_CONTENT_NONE)
    {
      const SolcoTreeNode root = { .mode = 0755, .disc_index = 0 };

      /* All its sessions were cut off: it shows nothing, and can be added to. */
      result->tree = solco_tree_builder_finish (solco_tree_builder_new (&root));
      return TRUE;
    }
  if (medium->content != SOLCO_CONTENT_ISO || shown == NULL)
    return TRUE;
  tree = solco_session_tree_read (drive, medium, shown->number, &import_error);
  if (tree != NULL)
    {
      result->tree = g_steal_pointer (&tree);
      result->session = shown->number;
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

/* Opens the recorder and reads its medium into the result. */
static SolcoDrive *
open_medium (SolcoTask *task, GError **error)
{
  SolcoResult *result = solco_task_get_result (task);
  g_autoptr (SolcoDrive) drive = NULL;

  solco_task_begin_phase (task, SOLCO_PHASE_OPEN, 0);
  drive = solco_drive_open (task, solco_task_get_request (task)->target, SOLCO_DRIVE_READ, error);
  if (drive == NULL)
    return NULL;
  solco_task_begin_phase (task, SOLCO_PHASE_READ_DISC, 0);
  result->medium = solco_medium_read (drive, error);
  return result->medium != NULL ? g_steal_pointer (&drive) : NULL;
}

gboolean
solco_operation_open_session (SolcoTask *task, SolcoImportMode mode, SolcoDrive **drive,
                              SolcoIsoImport **import, GError **error)
{
  SolcoResult *result = solco_task_get_result (task);
  guint session = solco_task_get_request (task)->session;

  *drive = open_medium (task, error);
  if (*drive == NULL || !solco_medium_check_readable (result->medium, error))
    return FALSE;
  if (session == 0)
    session = solco_medium_get_shown_session (result->medium)->number;
  *import = solco_iso_import_new (*drive, result->medium, session, mode, NULL, error);
  if (*import == NULL)
    return FALSE;
  result->tree = solco_tree_ref ((*import)->tree);
  result->session = session;
  return TRUE;
}

gboolean
solco_operation_read_disc (SolcoTask *task, GError **error)
{
  const SolcoRequest *request = solco_task_get_request (task);
  SolcoResult *result = solco_task_get_result (task);
  g_autoptr (SolcoDrive) drive = open_medium (task, error);
  SolcoTree *tree;

  if (drive == NULL)
    return FALSE;
  if (request->session == 0)
    return solco_operation_import_newest (task, drive, result->medium, error);

  tree = solco_session_tree_read (drive, result->medium, request->session, error);
  if (tree == NULL)
    return FALSE;
  result->tree = tree;
  result->session = request->session;
  return TRUE;
}
