/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-medium.h"

G_BEGIN_DECLS

/* "CD-R 80 min (700 MB)", "Disc image, DVD+R 4.7 GB" */
char *solco_text_medium_dup_kind (const SolcoMedium *medium);
/* The volume label, "Blank Disc", "No Disc", … */
char *solco_text_medium_dup_title (const SolcoMedium *medium);
/* The line under the title: "Session 3 of an appendable CD-R · 387.4 MiB free" while a session is
 * planned, "2 sessions on an appendable CD-R · …" with @next_session 0. */
char *solco_text_medium_dup_line (const SolcoMedium *medium, guint next_session);
/* "CD-R · 387.4 MiB free" */
char *solco_text_medium_dup_short_line (const SolcoMedium *medium);
/* "CD-R · writing session 3" */
char *solco_text_medium_dup_recording_line (const SolcoMedium *medium, guint session);

/* "Blank", "Appendable", "Closed", … */
const char *solco_text_medium_get_state (const SolcoMedium *medium);
/* A sentence on what the newest session holds, where that is not ISO 9660; NULL otherwise. */
const char *solco_text_medium_get_content (const SolcoMedium *medium);
/* What can be done with it, and how fast; NULL for nothing. */
char *solco_text_medium_dup_abilities (const SolcoMedium *medium);
char *solco_text_medium_dup_speeds (const SolcoMedium *medium);
/* A sentence on the damage, NULL without any. */
char *solco_text_medium_dup_damage (const SolcoMedium *medium);
/* "Sessions 1 and 2 stay readable.", NULL without sessions. */
char *solco_text_medium_dup_readable (const SolcoMedium *medium);

/* "Session 2", or with its label "Session 2: Photos 2026" */
char *solco_text_session_dup_title (const SolcoSession *session);
/* "14 Apr 2026, 18:02 · 92.7 MiB" */
char *solco_text_session_dup_line (const SolcoSession *session);

G_END_DECLS
