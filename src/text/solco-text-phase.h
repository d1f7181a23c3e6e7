/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-job.h"
#include "solco-medium.h"

G_BEGIN_DECLS

/* "Write", "Close the session", … */
const char *solco_text_phase_get_name (SolcoJobPhase phase);

/**
 * SolcoTextStop: what stopping depends on
 * @medium: the disc as it was before
 * @phase: what runs now
 * @session: number of the session that is being written; 0 where none is
 * @lost_blocks: what the disc would lose, 0 where it is not known
 * @is_simulation: the laser is off
 * @erases: the sessions in @medium are given up
 */
typedef struct
{
  const SolcoMedium *medium;
  SolcoJobPhase phase;
  guint session;
  gint64 lost_blocks;
  gboolean is_simulation;
  gboolean erases;
} SolcoTextStop;

/* What Stop does to this medium: "Stopping now loses session 3 and about 57 MiB of the disc." */
char *solco_text_stop_dup_loss (const SolcoTextStop *stop);
/* And what it leaves: "Sessions 1 and 2 stay readable."; NULL where there is nothing to say. */
char *solco_text_stop_dup_rest (const SolcoTextStop *stop);
/* "The drive has not answered for 40 seconds…", NULL for less than a few. */
char *solco_text_phase_dup_silence (double silent_s);

G_END_DECLS
