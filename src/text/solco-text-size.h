/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "solco-profile.h"

G_BEGIN_DECLS

char *solco_text_size_dup (guint64 bytes);
char *solco_text_size_dup_blocks (gint64 blocks);
/* "387.4 MiB (198347 blocks)" */
char *solco_text_size_dup_with_blocks (gint64 blocks);
/* "43.2 of 74.5 MiB" */
char *solco_text_size_dup_progress (guint64 done_bytes, guint64 total_bytes);

/* "7.9×", "1.2 MB/s", and both: "7.9× · 1.2 MB/s" */
char *solco_text_speed_dup_factor (double factor);
char *solco_text_speed_dup_rate (double bytes_per_s);
char *solco_text_speed_dup (double bytes_per_s, double factor);

/* "27 seconds left" */
char *solco_text_duration_dup_left (double seconds);
/* "about 8 minutes" */
char *solco_text_duration_dup_about (double seconds);
/* "0:03" */
char *solco_text_duration_dup_clock (double seconds);

/* "14 Apr 2026", "14 Apr 2026, 18:02", in local time */
char *solco_text_date_dup (gint64 time_s);
char *solco_text_date_dup_with_time (gint64 time_s);

/* "CD-R 80 min (700 MB)", "DVD+R 4.7 GB", "BD-R 25 GB" */
char *solco_text_media_dup_name (SolcoProfile profile, gint64 capacity_blocks);

G_END_DECLS
