/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-scanner.h"

/**
 * solco_scan_options_new:
 * @skip_hidden: leave out names that start with a dot
 * @symlinks: what to do with symbolic links
 * @fix_names: take items with impossible names under a proposed one
 * @excludes: (nullable) (array zero-terminated=1): glob patterns of what to leave out
 *
 * Any thread.
 *
 * Returns: (transfer full): options
 */
SolcoScanOptions *
solco_scan_options_new (gboolean skip_hidden, SolcoSymlinkPolicy symlinks, gboolean fix_names,
                        const char *const *excludes)
{
  SolcoScanOptions *self = g_new0 (SolcoScanOptions, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->skip_hidden = skip_hidden;
  self->symlinks = symlinks;
  self->fix_names = fix_names;
  if (excludes != NULL && excludes[0] != NULL)
    self->excludes = g_strdupv ((char **) excludes);
  return self;
}

/**
 * solco_scan_options_ref:
 * @self: options
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
SolcoScanOptions *
solco_scan_options_ref (SolcoScanOptions *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * solco_scan_options_unref:
 * @self: (transfer full): options
 *
 * Any thread.
 */
void
solco_scan_options_unref (SolcoScanOptions *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_strfreev (self->excludes);
  g_free (self);
}
