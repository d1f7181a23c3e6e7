/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "solco-medium.h"

G_BEGIN_DECLS

char *solco_text_error_dup_title (const GError *error);
/* What happened and why, the state of the disc, what to do next, and the technical detail; a line
 * each. @now: (nullable): the disc as it was read after the error. */
char *solco_text_error_dup_body (const GError *error, const SolcoMedium *now);

G_END_DECLS
