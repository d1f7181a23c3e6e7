/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-image-guard-private.h"

#include <errno.h>
#include <unistd.h>

gboolean
solco_image_guard_arm (SolcoImageGuard *self, SolcoDrive *drive, GError **error)
{
  if (!solco_drive_is_image (drive))
    return TRUE;
  self->old_size_bytes = solco_drive_get_file_size_bytes (drive);
  if (!solco_drive_create_file (drive, &self->was_created, error))
    return FALSE;
  self->drive = drive;
  self->is_armed = TRUE;
  return TRUE;
}

void
solco_image_guard_commit (SolcoImageGuard *self)
{
  self->is_armed = FALSE;
}

void
solco_image_guard_clear (SolcoImageGuard *self)
{
  const char *path;

  if (!self->is_armed)
    return;
  self->is_armed = FALSE;
  path = solco_target_get_image_path (solco_drive_get_target (self->drive));
  solco_drive_release_burn_drive (self->drive);
  if (self->was_created)
    {
      if (unlink (path) != 0)
        solco_task_log (solco_drive_get_task (self->drive), "%s cannot be removed: %s", path,
                        g_strerror (errno));
    }
  else if (solco_drive_get_file_size_bytes (self->drive) > self->old_size_bytes
           && ftruncate (solco_drive_get_fd (self->drive), self->old_size_bytes) != 0)
    solco_task_log (solco_drive_get_task (self->drive), "%s cannot be shortened again: %s", path,
                    g_strerror (errno));
}
