/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-scan-walk.h"

/* What may wait between the threads: enough that neither has to wait for the other, little enough
 * that it does not count in memory. */
#define MAX_WAITING_ENTRIES 8000
#define MAX_WAITING_PARCELS 512
/* One dispatch of the main loop works about so long; a frame has 16 ms. */
#define MAX_DISPATCH_US 4000

/* What both threads share; it lives as long as the scanner, which the task keeps. */
typedef struct
{
  GPtrArray *requests;
  GCancellable *cancellable;
  GMainContext *context;
  GMutex mutex;
  GCond room;
  GQueue parcels;     /* of SolcoScanParcel */
  guint n_entries;    /* in them */
  gboolean scheduled; /* a source is attached that will take them */
  gboolean is_done;
} Shared;

struct _SolcoScanner
{
  GObject parent_instance;

  GPtrArray *requests;
  Shared *shared;
  GThread *thread;
  GTask *task;
  SolcoScanFunc batch_func;
  SolcoScanProblemFunc problem_func;
  gpointer user_data;
};

G_DEFINE_FINAL_TYPE (SolcoScanner, solco_scanner, G_TYPE_OBJECT)

static void
shared_free (Shared *self)
{
  g_queue_clear_full (&self->parcels, (GDestroyNotify) solco_scan_parcel_free);
  g_ptr_array_unref (self->requests);
  g_clear_object (&self->cancellable);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->room);
  g_free (self);
}

static void
solco_scanner_finalize (GObject *object)
{
  SolcoScanner *self = SOLCO_SCANNER (object);

  g_clear_pointer (&self->shared, shared_free);
  g_ptr_array_unref (self->requests);
  G_OBJECT_CLASS (solco_scanner_parent_class)->finalize (object);
}

static void
solco_scanner_class_init (SolcoScannerClass *class)
{
  G_OBJECT_CLASS (class)->finalize = solco_scanner_finalize;
}

static void
solco_scanner_init (SolcoScanner *self)
{
  self->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) solco_scan_request_free);
}

/**
 * solco_scanner_new:
 *
 * Main thread.
 *
 * Returns: (transfer full): a scanner for one run
 */
SolcoScanner *
solco_scanner_new (void)
{
  return g_object_new (SOLCO_TYPE_SCANNER, NULL);
}

/**
 * solco_scanner_add_path:
 * @self: a scanner that does not run yet
 * @path: (type filename): a local path; a relative one is taken from the current folder
 * @name: (nullable): a valid name that it gets on the disc, %NULL for its own
 * @contents_of: the content of this folder, without the folder
 * @options: what to take
 * @skip: (nullable) (array zero-terminated=1) (element-type filename): paths relative to @path
 *   that are left out without a report
 *
 * Main thread.
 */
void
solco_scanner_add_path (SolcoScanner *self, const char *path, const char *name,
                        gboolean contents_of, SolcoScanOptions *options, const char *const *skip)
{
  SolcoScanRequest *request;

  g_return_if_fail (SOLCO_IS_SCANNER (self) && self->shared == NULL);
  g_return_if_fail (path != NULL && *path != '\0' && options != NULL);

  request = g_new0 (SolcoScanRequest, 1);
  request->path = g_canonicalize_filename (path, NULL);
  request->name = g_strdup (name);
  request->contents_of = contents_of;
  request->options = solco_scan_options_ref (options);
  request->patterns = g_ptr_array_new_with_free_func ((GDestroyNotify) g_pattern_spec_free);
  for (gsize i = 0; options->excludes != NULL && options->excludes[i] != NULL; i++)
    g_ptr_array_add (request->patterns, g_pattern_spec_new (options->excludes[i]));
  if (skip != NULL && skip[0] != NULL)
    {
      request->skip = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      for (gsize i = 0; skip[i] != NULL; i++)
        g_hash_table_add (request->skip, g_strdup (skip[i]));
    }
  g_ptr_array_add (self->requests, request);
}

/**
 * solco_scanner_except:
 * @self: a scanner that does not run yet, with at least one path
 * @skip: (element-type filename): paths relative to the one that was added last, which are left out
 *   without a report
 * @renamed: (element-type filename): paths relative to it that get another name
 * @new_names: (element-type utf8): the valid name of each in @renamed
 *
 * Main thread.
 */
void
solco_scanner_except (SolcoScanner *self, GPtrArray *skip, GPtrArray *renamed,
                      GPtrArray *new_names)
{
  SolcoScanRequest *request;

  g_return_if_fail (SOLCO_IS_SCANNER (self) && self->shared == NULL && self->requests->len > 0);
  g_return_if_fail (skip != NULL && renamed != NULL && new_names != NULL);
  g_return_if_fail (renamed->len == new_names->len);

  request = g_ptr_array_index (self->requests, self->requests->len - 1);
  if (request->skip == NULL && skip->len > 0)
    request->skip = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < skip->len; i++)
    g_hash_table_add (request->skip, g_strdup (g_ptr_array_index (skip, i)));
  if (renamed->len == 0)
    return;
  request->renamed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < renamed->len; i++)
    g_hash_table_insert (request->renamed, g_strdup (g_ptr_array_index (renamed, i)),
                         g_strdup (g_ptr_array_index (new_names, i)));
}

static void
finish (SolcoScanner *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  /* It has nothing left to do but to end. */
  g_thread_join (g_steal_pointer (&self->thread));
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
}

static gboolean
take_parcels (gpointer user_data)
{
  SolcoScanner *self = user_data;
  Shared *shared = self->shared;
  gint64 end_us = g_get_monotonic_time () + MAX_DISPATCH_US;

  do
    {
      SolcoScanParcel *parcel;
      gboolean is_done;

      g_mutex_lock (&shared->mutex);
      parcel = g_queue_pop_head (&shared->parcels);
      if (parcel != NULL)
        shared->n_entries -= parcel->batch.n_entries;
      else
        shared->scheduled = FALSE;
      is_done = parcel == NULL && shared->is_done;
      g_cond_signal (&shared->room);
      g_mutex_unlock (&shared->mutex);

      if (is_done)
        finish (self);
      if (parcel == NULL)
        return G_SOURCE_REMOVE;
      if (!g_cancellable_is_cancelled (shared->cancellable))
        {
          for (guint i = 0; i < parcel->problems->len; i++)
            self->problem_func (g_ptr_array_index (parcel->problems, i), self->user_data);
          self->batch_func (&parcel->batch, self->user_data);
        }
      solco_scan_parcel_free (parcel);
    }
  while (g_get_monotonic_time () < end_us);
  return G_SOURCE_CONTINUE;
}

/* Makes the main loop look. With the lock held. */
static void
schedule (SolcoScanner *self, Shared *shared)
{
  GSource *source;

  if (shared->scheduled)
    return;
  shared->scheduled = TRUE;
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT_IDLE);
  g_source_set_callback (source, take_parcels, g_object_ref (self), g_object_unref);
  g_source_set_static_name (source, "Solco scanner");
  g_source_attach (source, shared->context);
  g_source_unref (source);
}

static void
post (SolcoScanParcel *parcel, gpointer user_data)
{
  SolcoScanner *self = user_data;
  Shared *shared = self->shared;

  g_mutex_lock (&shared->mutex);
  /* The main loop empties the queue even when the scan is cancelled, so this always ends. */
  while (shared->n_entries >= MAX_WAITING_ENTRIES
         || g_queue_get_length (&shared->parcels) >= MAX_WAITING_PARCELS)
    g_cond_wait (&shared->room, &shared->mutex);
  shared->n_entries += parcel->batch.n_entries;
  g_queue_push_tail (&shared->parcels, parcel);
  schedule (self, shared);
  g_mutex_unlock (&shared->mutex);
}

static gpointer
run (gpointer data)
{
  SolcoScanner *self = data;
  Shared *shared = self->shared;

  solco_scan_walk (shared->requests, shared->cancellable, post, self);
  g_mutex_lock (&shared->mutex);
  shared->is_done = TRUE;
  schedule (self, shared);
  g_mutex_unlock (&shared->mutex);
  return NULL;
}

/**
 * solco_scanner_run_async:
 * @self: a scanner with its paths
 * @batch_func: gets each batch
 * @problem_func: gets each problem
 * @user_data: for both
 * @cancellable: (nullable): stops the walk; nothing arrives afterwards
 * @callback: called when all has arrived
 * @callback_data: for @callback
 *
 * Walks on a thread of its own; everything arrives in the thread-default main context of the
 * caller. Main thread.
 */
void
solco_scanner_run_async (SolcoScanner *self, SolcoScanFunc batch_func,
                         SolcoScanProblemFunc problem_func, gpointer user_data,
                         GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer callback_data)
{
  Shared *shared;

  g_return_if_fail (SOLCO_IS_SCANNER (self) && self->shared == NULL);
  g_return_if_fail (batch_func != NULL && problem_func != NULL);

  shared = g_new0 (Shared, 1);
  shared->requests = g_ptr_array_ref (self->requests);
  shared->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  shared->context = g_main_context_ref_thread_default ();
  g_mutex_init (&shared->mutex);
  g_cond_init (&shared->room);
  g_queue_init (&shared->parcels);

  self->shared = shared;
  self->batch_func = batch_func;
  self->problem_func = problem_func;
  self->user_data = user_data;
  /* The task keeps the scanner, and with it all that the thread uses, until it is done. */
  self->task = g_task_new (self, cancellable, callback, callback_data);
  g_task_set_source_tag (self->task, solco_scanner_run_async);
  self->thread = g_thread_new ("solco-scan", run, self);
}

/**
 * solco_scanner_run_finish:
 * @self: a scanner
 * @result: what the callback got
 * @error: return location: %G_IO_ERROR_CANCELLED
 *
 * Main thread.
 *
 * Returns: whether everything was walked; what could not be read has been reported as problems
 */
gboolean
solco_scanner_run_finish (SolcoScanner *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
