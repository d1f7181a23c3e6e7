/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are copied out of the disc for another program, beside the job of the window. */
#include "solco-controller-private.h"

static void
on_copied (SolcoController *self, SolcoJob *job)
{
  g_ptr_array_remove (self->copies, job);
  solco_controller_queue_status (self);
}

void
solco_controller_add_copying (SolcoController *self, SolcoJob *job)
{
  g_ptr_array_add (self->copies, g_object_ref (job));
  g_signal_connect_object (job, "finished", G_CALLBACK (on_copied), self, G_CONNECT_SWAPPED);
  solco_controller_queue_status (self);
}

/**
 * solco_controller_is_copying:
 * @self: a controller
 *
 * Returns: whether files are being copied for another program
 */
gboolean
solco_controller_is_copying (SolcoController *self)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (self), FALSE);

  return self->copies->len > 0;
}

/**
 * solco_controller_get_copying_totals:
 * @self: a controller
 * @done_bytes: (out): what is copied
 * @total_bytes: (out): of how much; 0 while that is not known
 *
 * What is being copied for other programs at the moment. Main thread.
 */
void
solco_controller_get_copying_totals (SolcoController *self, guint64 *done_bytes,
                                     guint64 *total_bytes)
{
  g_return_if_fail (SOLCO_IS_CONTROLLER (self));

  *done_bytes = 0;
  *total_bytes = 0;
  for (guint i = 0; i < self->copies->len; i++)
    {
      const SolcoProgress *progress
          = solco_job_get_progress (g_ptr_array_index (self->copies, i));

      if (progress->phase != SOLCO_PHASE_EXTRACT)
        continue;
      *done_bytes += progress->done_bytes;
      *total_bytes += progress->total_bytes;
    }
}

/**
 * solco_controller_stop_copying:
 * @self: a controller
 *
 * The other programs get nothing then. Main thread.
 */
void
solco_controller_stop_copying (SolcoController *self)
{
  g_return_if_fail (SOLCO_IS_CONTROLLER (self));

  for (guint i = 0; i < self->copies->len; i++)
    solco_job_cancel (g_ptr_array_index (self->copies, i));
}
