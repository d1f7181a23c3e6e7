/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-request.h"
#include "solco-result.h"

G_BEGIN_DECLS

/* Sentences on what a job will do and on what it did. */

/**
 * SolcoTextChanges: what a session changes
 * @n_new: files that are new and replace nothing
 * @n_replaced: files that take the place of one on the disc
 * @n_removed: files that the session does not show any more
 * @n_bytes: bytes of the new and the replacing files
 */
typedef struct
{
  guint64 n_new;
  guint64 n_replaced;
  guint64 n_removed;
  guint64 n_bytes;
} SolcoTextChanges;

/* "Session 3 of “Photos 2026”" */
char *solco_text_job_dup_session_of (guint session, const char *label);
/* "7 new files, 1 replaced, 2 removed: 74.2 MiB" */
char *solco_text_job_dup_changes (const SolcoTextChanges *changes);
/* "2 sessions with 418 files (231.4 MiB) will be lost."; NULL where nothing is on the disc.
 * @tree: (nullable): its newest tree, where it could be read. */
char *solco_text_job_dup_loss (const SolcoMedium *medium, const SolcoTree *tree);
/* "8 files, 74.2 MiB" */
char *solco_text_job_dup_amount (guint64 n_files, guint64 n_bytes);
/* "3 sessions, 91 files"; @tree: (nullable): its newest tree. */
char *solco_text_job_dup_content (const SolcoMedium *medium, const SolcoTree *tree);

/* "Burning session 3 to “Photos 2026”"; @session: 0 where it has none. */
char *solco_text_job_dup_running_title (const SolcoRequest *request, guint session,
                                        const char *label);
/* "Session 3 is on the disc" */
char *solco_text_job_dup_done_title (const SolcoRequest *request, const SolcoResult *result);
/* "8 files, 74.2 MiB, read back and identical"; NULL where the title says it all. */
char *solco_text_job_dup_done_line (const SolcoRequest *request, const SolcoResult *result);

/* "Fast", "Full, about 8 minutes at 10×", … and what it means, in a sentence. */
char *solco_text_erase_dup_name (const SolcoMedium *medium, SolcoEraseMode mode);
const char *solco_text_erase_get_meaning (const SolcoMedium *medium, SolcoEraseMode mode);

G_END_DECLS
