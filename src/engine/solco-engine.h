/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "solco-job.h"
#include "solco-request.h"

G_BEGIN_DECLS

/**
 * SolcoEngine:
 *
 * Owns the one thread on which every call of libburn and libisofs is made, and its queue of
 * requests. There is at most one engine in a process at a time, since the libraries are global.
 * Main thread only.
 */
#define SOLCO_TYPE_ENGINE (solco_engine_get_type ())
G_DECLARE_FINAL_TYPE (SolcoEngine, solco_engine, SOLCO, ENGINE, GObject)

SolcoEngine *solco_engine_new (GError **error);
/* Queues a request. The job reports in the thread-default main context of the caller of
 * solco_engine_new(). The engine holds a reference until the job has finished. */
SolcoJob *solco_engine_submit (SolcoEngine *self, SolcoRequest *request);
gboolean solco_engine_is_busy (SolcoEngine *self);
/* Cancels what runs and what is queued, and joins the thread; with a drive that hangs it blocks, but no
 * longer than that may be silent. FALSE: the process has to end by _exit(). Called by dispose too, which
 * waits for ever. */
gboolean solco_engine_stop (SolcoEngine *self, double give_up_after_s);

G_END_DECLS
