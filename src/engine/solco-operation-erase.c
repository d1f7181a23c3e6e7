/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-disc-identity.h"
#include "solco-erase-private.h"
#include "solco-error.h"
#include "solco-operation-private.h"

/* Opens the drive, reads its medium into the result. */
static SolcoDrive *
open_for_change (SolcoTask *task, GError **error)
{
  SolcoResult *result = solco_task_get_result (task);
  g_autoptr (SolcoDrive) drive = NULL;

  solco_task_begin_phase (task, SOLCO_PHASE_OPEN, 0);
  drive = solco_drive_open (task, solco_task_get_request (task)->target, SOLCO_DRIVE_WRITE, error);
  if (drive == NULL)
    return NULL;
  solco_task_begin_phase (task, SOLCO_PHASE_READ_DISC, 0);
  result->medium = solco_medium_read (drive, error);
  return result->medium != NULL ? g_steal_pointer (&drive) : NULL;
}

/* The result tells the disc as it is afterwards, whether it went well or not. */
static gboolean
reread (SolcoTask *task, SolcoDrive *drive, GError **error)
{
  SolcoResult *result = solco_task_get_result (task);
  SolcoMedium *medium;

  solco_task_begin_phase (task, SOLCO_PHASE_REREAD, 0);
  medium = solco_medium_read (drive, error);
  if (medium == NULL)
    return FALSE;
  solco_medium_unref (result->medium);
  result->medium = medium;
  return TRUE;
}

gboolean
solco_operation_erase (SolcoTask *task, GError **error)
{
  const SolcoRequest *request = solco_task_get_request (task);
  SolcoResult *result = solco_task_get_result (task);
  g_autoptr (SolcoDrive) drive = open_for_change (task, error);

  if (drive == NULL)
    return FALSE;
  if (!solco_erase_check_agreed (result->medium, request->expected, error))
    return FALSE;
  if (!solco_erase (drive, result->medium, request->erase_mode, error))
    {
      (void) reread (task, drive, NULL);
      return FALSE;
    }
  if (!reread (task, drive, error))
    return FALSE;
  if (result->medium->state == SOLCO_MEDIUM_BLANK)
    return TRUE;
  if (result->medium->state == SOLCO_MEDIUM_NONE)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NO_MEDIUM, "%s: the disc was taken out",
                   result->medium->address);
      return FALSE;
    }
  g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_CANNOT_WRITE,
               "The drive does not call the disc blank after erasing");
  return FALSE;
}

gboolean
solco_operation_mend (SolcoTask *task, GError **error)
{
  SolcoResult *result = solco_task_get_result (task);
  g_autoptr (SolcoDrive) drive = open_for_change (task, error);

  if (drive == NULL)
    return FALSE;
  if (!solco_mend (drive, result->medium, error))
    {
      (void) reread (task, drive, NULL);
      return FALSE;
    }
  if (!reread (task, drive, error))
    return FALSE;
  if (result->medium->damage == SOLCO_DAMAGE_NONE)
    return solco_operation_import_newest (task, drive, result->medium, error);
  g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_CANNOT_WRITE,
               "The disc is still damaged after mending");
  return FALSE;
}

gboolean
solco_operation_eject (SolcoTask *task, GError **error)
{
  const SolcoTarget *target = solco_task_get_request (task)->target;
  g_autoptr (SolcoDrive) drive = NULL;

  if (solco_target_get_image_path (target) != NULL)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_POSSIBLE, "An image file has no tray");
      return FALSE;
    }
  solco_task_begin_phase (task, SOLCO_PHASE_OPEN, 0);
  drive = solco_drive_open (task, target, SOLCO_DRIVE_WRITE, error);
  if (drive == NULL)
    return FALSE;
  solco_task_begin_phase (task, SOLCO_PHASE_EJECT, 0);
  return solco_drive_eject (drive, error);
}
