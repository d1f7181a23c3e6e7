/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "solco-medium.h"

G_BEGIN_DECLS

char *solco_text_error_dup_title (const GError *error);
/* The parts of the text, for where each stands in a place of its own: why it happened; the state
 * of the disc (NULL: not a word on it); what to do; the technical detail (NULL: none). */
char *solco_text_error_dup_reason (const GError *error);
char *solco_text_error_dup_state (const GError *error, const SolcoMedium *now);
char *solco_text_error_dup_advice (const GError *error);
char *solco_text_error_dup_detail (const GError *error);
/* What happened and why, the state of the disc, what to do next, and the technical detail; a line
 * each. @now: (nullable): the disc as it was read after the error. */
char *solco_text_error_dup_body (const GError *error, const SolcoMedium *now);

G_END_DECLS
