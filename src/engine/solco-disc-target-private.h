/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-medium.h"

G_BEGIN_DECLS

/**
 * SolcoDiscUse: what a disc is good for, whatever is staged
 * @SOLCO_DISC_USE_ABSENT: there is none
 * @SOLCO_DISC_USE_FIRST: blank: takes a first session
 * @SOLCO_DISC_USE_APPEND: its tree can be read and another session can follow it, or could once
 *   its damage is mended
 * @SOLCO_DISC_USE_FULL: holds something, and takes no session
 * @SOLCO_DISC_USE_NEVER: can not be recorded on at all
 */
typedef enum
{
  SOLCO_DISC_USE_ABSENT,
  SOLCO_DISC_USE_FIRST,
  SOLCO_DISC_USE_APPEND,
  SOLCO_DISC_USE_FULL,
  SOLCO_DISC_USE_NEVER
} SolcoDiscUse;

/* Whether what the disc shows can be taken over into a further session. */
gboolean solco_disc_can_import (const SolcoMedium *medium);
SolcoDiscUse solco_disc_use_of_medium (const SolcoMedium *medium);
/* Whether a session can be written to the disc as it is, first or further; the error says why
 * not. */
gboolean solco_disc_use_check (const SolcoMedium *medium, GError **error);

G_END_DECLS
