/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-project-private.h"

G_BEGIN_DECLS

/* What the user does in one go: elementary edits in their order. */
struct _SolcoStep
{
  SolcoEditKind kind;
  gpointer owner; /* who may go on with it */
  guint64 serial;
  guint64 state; /* what the project is after it */
  guint n_items; /* that the user acted on */
  GArray *ops;
};

SolcoStep *solco_step_new (void);
void solco_step_free (SolcoStep *self);
/* Does all of it again, or takes it back. */
void solco_step_apply (SolcoStep *self, SolcoProject *project, gboolean forward);
/* Frees what exists only because of a step that was undone and will not be done again. */
void solco_step_discard_created (SolcoStep *self, SolcoProject *project);

G_END_DECLS
