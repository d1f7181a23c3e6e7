/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/solco-medium.h"

G_BEGIN_DECLS

/* Name of the symbolic icon of a disc or image file. @medium: (nullable): no disc. */
const char *solco_disc_look_get_icon (const SolcoMedium *medium);

G_END_DECLS
