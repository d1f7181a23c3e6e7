/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "engine/solco-job.h"

G_BEGIN_DECLS

/** SolcoPhaseRowState: where a phase stands */
typedef enum
{
  SOLCO_PHASE_ROW_WAITING,
  SOLCO_PHASE_ROW_CURRENT,
  SOLCO_PHASE_ROW_DONE
} SolcoPhaseRowState;

/**
 * SolcoPhaseRow:
 *
 * One phase of a job: what it is called, where it stands, and, while it runs, how far it is: a bar
 * (which pulses where that is not known), amount, speed, buffers, time left, and how long the drive
 * has been silent. Only what is known is shown.
 */
#define SOLCO_TYPE_PHASE_ROW (solco_phase_row_get_type ())
G_DECLARE_FINAL_TYPE (SolcoPhaseRow, solco_phase_row, SOLCO, PHASE_ROW, GtkWidget)

GtkWidget *solco_phase_row_new (const char *name);
/* @detail: (nullable): what stands at the end: the time that it took. */
void solco_phase_row_set_state (SolcoPhaseRow *self, SolcoPhaseRowState state,
                                const char *detail);
/* Of the current phase. */
void solco_phase_row_set_progress (SolcoPhaseRow *self, const SolcoProgress *progress);

G_END_DECLS
