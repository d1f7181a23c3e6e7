/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-row.h"

G_BEGIN_DECLS

/* Something about the node is not as before. */
void solco_row_notify (SolcoRow *self);
/* The node's memory goes. */
void solco_row_detach (SolcoRow *self);

G_END_DECLS
