/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-scanner.h"

G_BEGIN_DECLS

/* The walk itself, on the scanner's thread. */

typedef struct
{
  char *path; /* absolute, no trailing slash unless it is "/" */
  char *name; /* NULL: its own */
  gboolean contents_of;
  SolcoScanOptions *options;
  GPtrArray *patterns; /* of GPatternSpec */
  GHashTable *skip;    /* of relative paths; NULL for none */
  GHashTable *renamed; /* relative path → name; NULL for none */
} SolcoScanRequest;

void solco_scan_request_free (SolcoScanRequest *self);

/* A batch with the memory that it points to, and the problems found meanwhile. */
typedef struct
{
  SolcoScanBatch batch;
  GArray *entries;
  GStringChunk *strings;
  GPtrArray *problems;
} SolcoScanParcel;

void solco_scan_parcel_free (SolcoScanParcel *self);

/* Takes the parcel; blocks while too many wait. */
typedef void (*SolcoScanPost) (SolcoScanParcel *parcel, gpointer user_data);

void solco_scan_walk (GPtrArray *requests, GCancellable *cancellable, SolcoScanPost post,
                      gpointer user_data);

G_END_DECLS
