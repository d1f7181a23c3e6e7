/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-text-size.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define KIB 1024.0

typedef enum
{
  UNIT_BYTE,
  UNIT_KIB,
  UNIT_MIB,
  UNIT_GIB,
  UNIT_TIB
} Unit;

/* The largest unit of which there is at least one, seen with one decimal, so that nothing is
 * ever called "1024.0 KiB". */
static Unit
choose_unit (guint64 bytes)
{
  double amount = (double) bytes;
  Unit unit = UNIT_BYTE;

  while (unit < UNIT_TIB && amount >= (unit == UNIT_BYTE ? KIB : KIB - 0.05))
    {
      amount /= KIB;
      unit++;
    }
  return unit;
}

static double
in_unit (guint64 bytes, Unit unit)
{
  return (double) bytes / pow (KIB, unit);
}

static guint64
blocks_to_bytes (gint64 blocks)
{
  return (guint64) CLAMP (blocks, 0, G_MAXINT64 / SOLCO_BLOCK_BYTES) * SOLCO_BLOCK_BYTES;
}

/**
 * solco_text_size_dup:
 * @bytes: a size
 *
 * In binary units with their right names, with one decimal. Any thread.
 *
 * Returns: (transfer full): "681.8 MiB", "512 bytes", …
 */
char *
solco_text_size_dup (guint64 bytes)
{
  const Unit unit = choose_unit (bytes);
  const double amount = in_unit (bytes, unit);

  switch (unit)
    {
    case UNIT_KIB:
      /* Translators: a size; KiB is 1024 bytes */
      return g_strdup_printf (_ ("%.1f KiB"), amount);
    case UNIT_MIB:
      return g_strdup_printf (_ ("%.1f MiB"), amount);
    case UNIT_GIB:
      return g_strdup_printf (_ ("%.1f GiB"), amount);
    case UNIT_TIB:
      return g_strdup_printf (_ ("%.1f TiB"), amount);
    case UNIT_BYTE:
    default:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u byte", "%u bytes", (gulong) bytes),
                              (guint) bytes);
    }
}

/**
 * solco_text_size_dup_blocks:
 * @blocks: 2048-byte blocks; less than 0 counts as 0
 *
 * Any thread.
 *
 * Returns: (transfer full): the size, as from solco_text_size_dup()
 */
char *
solco_text_size_dup_blocks (gint64 blocks)
{
  return solco_text_size_dup (blocks_to_bytes (blocks));
}

/**
 * solco_text_size_dup_with_blocks:
 * @blocks: 2048-byte blocks; less than 0 counts as 0
 *
 * Any thread.
 *
 * Returns: (transfer full): the size and the exact number of blocks
 */
char *
solco_text_size_dup_with_blocks (gint64 blocks)
{
  const gint64 amount = MAX (0, blocks);
  g_autofree char *size = solco_text_size_dup_blocks (amount);

  /* Translators: a size, and the same in blocks of the disc: "387.4 MiB (198347 blocks)" */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s (%'lu block)", "%s (%'lu blocks)",
                                       (gulong) amount),
                          size, (gulong) amount);
}

/**
 * solco_text_size_dup_progress:
 * @done_bytes: how much is done
 * @total_bytes: of how much; 0 where it is not known
 *
 * Any thread.
 *
 * Returns: (transfer full): both in the unit of the total; only what is done without a total
 */
char *
solco_text_size_dup_progress (guint64 done_bytes, guint64 total_bytes)
{
  const Unit unit = choose_unit (total_bytes);
  const double done = in_unit (done_bytes, unit);
  const double total = in_unit (total_bytes, unit);

  if (total_bytes == 0)
    return solco_text_size_dup (done_bytes);
  switch (unit)
    {
    case UNIT_KIB:
      /* Translators: progress: "43.2 of 74.5 KiB" */
      return g_strdup_printf (_ ("%.1f of %.1f KiB"), done, total);
    case UNIT_MIB:
      return g_strdup_printf (_ ("%.1f of %.1f MiB"), done, total);
    case UNIT_GIB:
      return g_strdup_printf (_ ("%.1f of %.1f GiB"), done, total);
    case UNIT_TIB:
      return g_strdup_printf (_ ("%.1f of %.1f TiB"), done, total);
    case UNIT_BYTE:
    default:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%.0f of %.0f byte",
                                           "%.0f of %.0f bytes", (gulong) total_bytes),
                              done, total);
    }
}

/**
 * solco_text_speed_dup_factor:
 * @factor: a speed in × of the medium's kind
 *
 * Any thread.
 *
 * Returns: (transfer full): "7.9×"; whole numbers without a decimal
 */
char *
solco_text_speed_dup_factor (double factor)
{
  const double rounded = round (factor * 10) / 10;

  if (rounded == floor (rounded))
    /* Translators: a speed of a recorder: "8×" */
    return g_strdup_printf (C_ ("speed", "%.0f×"), rounded);
  return g_strdup_printf (C_ ("speed", "%.1f×"), rounded);
}

/**
 * solco_text_speed_dup_rate:
 * @bytes_per_s: a rate
 *
 * In decimal units, as the speeds of recorders are (1× of CD is 176.4 kB/s). Any thread.
 *
 * Returns: (transfer full): "1.2 MB/s"
 */
char *
solco_text_speed_dup_rate (double bytes_per_s)
{
  if (bytes_per_s >= 999.95e3)
    /* Translators: a rate; MB is 1 000 000 bytes */
    return g_strdup_printf (_ ("%.1f MB/s"), bytes_per_s / 1e6);
  /* Translators: a rate; kB is 1 000 bytes */
  return g_strdup_printf (_ ("%.0f kB/s"), bytes_per_s / 1e3);
}

/**
 * solco_text_speed_dup:
 * @bytes_per_s: a rate, 0 while it is not known
 * @factor: the same in × of the medium's kind, 0 where that makes no sense
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): both or what there is of them; %NULL while nothing is known
 */
char *
solco_text_speed_dup (double bytes_per_s, double factor)
{
  if (!(bytes_per_s > 0))
    return NULL;

  g_autofree char *rate = solco_text_speed_dup_rate (bytes_per_s);
  g_autofree char *times = solco_text_speed_dup_factor (factor);

  if (!(factor > 0))
    return g_steal_pointer (&rate);
  return g_strdup_printf ("%s · %s", times, rate);
}

/* Durations that a drive or an estimate gives are cut to something a number can hold. */
static gulong
whole_seconds (double seconds)
{
  return (gulong) CLAMP (seconds, 0, 359999.0);
}

/**
 * solco_text_duration_dup_left:
 * @seconds: how long it still takes; negative while it is not known
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): "27 seconds left"; %NULL while it is not known
 */
char *
solco_text_duration_dup_left (double seconds)
{
  if (!(seconds >= 0))
    return NULL;

  const gulong total = MAX (1, whole_seconds (ceil (seconds)));
  const gulong minutes = (total + 59) / 60;

  if (total < 60)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%lu second left", "%lu seconds left", total), total);
  if (minutes < 60)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%lu minute left", "%lu minutes left", minutes), minutes);
  /* Translators: hours and minutes: "1:05 hours left" */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%lu:%02lu hour left",
                                       "%lu:%02lu hours left", minutes / 60),
                          minutes / 60, minutes % 60);
}

/**
 * solco_text_duration_dup_about:
 * @seconds: how long something takes, roughly
 *
 * Any thread.
 *
 * Returns: (transfer full): "about 8 minutes", as a part of a longer text
 */
char *
solco_text_duration_dup_about (double seconds)
{
  const gulong total = MAX (1, whole_seconds (ceil (seconds)));
  const gulong minutes = (total + 30) / 60;
  const gulong hours = (minutes + 30) / 60;

  if (total < 60)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "about %lu second", "about %lu seconds", total), total);
  if (minutes < 90)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "about %lu minute", "about %lu minutes", minutes), minutes);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "about %lu hour", "about %lu hours", hours),
                          hours);
}

/**
 * solco_text_duration_dup_clock:
 * @seconds: a duration
 *
 * Any thread.
 *
 * Returns: (transfer full): "0:03", "12:05", "1:02:03"
 */
char *
solco_text_duration_dup_clock (double seconds)
{
  const gulong total = whole_seconds (seconds);

  if (total < 3600)
    return g_strdup_printf ("%lu:%02lu", total / 60, total % 60);
  return g_strdup_printf ("%lu:%02lu:%02lu", total / 3600, total / 60 % 60, total % 60);
}

static char *
format_time (gint64 time_s, const char *format)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (time_s);

  /* Years past 9999, which only nonsense on a disc has. */
  if (time == NULL)
    return g_strdup (_ ("Unknown date"));
  return g_date_time_format (time, format);
}

/**
 * solco_text_date_dup:
 * @time_s: seconds since 1970, UTC
 *
 * Any thread.
 *
 * Returns: (transfer full): the day in local time, "14 Apr 2026"
 */
char *
solco_text_date_dup (gint64 time_s)
{
  /* Translators: a date as in g_date_time_format(): "14 Apr 2026" */
  return format_time (time_s, C_ ("date", "%-d %b %Y"));
}

/**
 * solco_text_date_dup_with_time:
 * @time_s: seconds since 1970, UTC
 *
 * Any thread.
 *
 * Returns: (transfer full): day and minute in local time, "14 Apr 2026, 18:02"
 */
char *
solco_text_date_dup_with_time (gint64 time_s)
{
  /* Translators: date and time as in g_date_time_format(): "14 Apr 2026, 18:02" */
  return format_time (time_s, C_ ("date", "%-d %b %Y, %H:%M"));
}

/* A size as it stands on the box, with the lengths of groove (in blocks) that are sold under
 * it. A disc of another length has no such name: a closed one may report only what is used. */
typedef struct
{
  SolcoMediaFamily family;
  guint minutes;
  double size;
  gint64 least_blocks;
  gint64 most_blocks;
} BoxSize;

#define MINUTES(m) ((gint64) ((m) * 60 * 75))

static const BoxSize box_sizes[] = {
  { SOLCO_FAMILY_CD, 21, 185, MINUTES (20.5), MINUTES (22) },
  { SOLCO_FAMILY_CD, 24, 210, MINUTES (23), MINUTES (25) },
  { SOLCO_FAMILY_CD, 63, 550, MINUTES (62), MINUTES (65) },
  { SOLCO_FAMILY_CD, 74, 650, MINUTES (73), MINUTES (76) },
  { SOLCO_FAMILY_CD, 80, 700, MINUTES (79), MINUTES (82) },
  { SOLCO_FAMILY_CD, 90, 800, MINUTES (88), MINUTES (92) },
  { SOLCO_FAMILY_CD, 99, 870, MINUTES (97), MINUTES (101) },
  { SOLCO_FAMILY_DVD, 0, 1.4, 690000, 730000 },
  { SOLCO_FAMILY_DVD, 0, 2.6, 1210000, 1310000 },
  { SOLCO_FAMILY_DVD, 0, 4.7, 2230000, 2310000 },
  { SOLCO_FAMILY_DVD, 0, 8.5, 4140000, 4190000 },
  /* With and without spare areas. */
  { SOLCO_FAMILY_BD, 0, 25, 11400000, 12300000 },
  { SOLCO_FAMILY_BD, 0, 50, 22900000, 24600000 },
  { SOLCO_FAMILY_BD, 0, 100, 46000000, 49000000 },
  { SOLCO_FAMILY_BD, 0, 128, 59000000, 63000000 },
};

/**
 * solco_text_media_dup_name:
 * @profile: kind of medium
 * @capacity_blocks: its size in 2048-byte blocks, 0 where it is not known
 *
 * The medium by the name on its box. Any thread.
 *
 * Returns: (transfer full): "CD-R 80 min (700 MB)", "DVD+R 4.7 GB", "BD-R 25 GB"; without the size
 *   where it is none of those that are sold
 */
char *
solco_text_media_dup_name (SolcoProfile profile, gint64 capacity_blocks)
{
  const char *name = solco_profile_get_name (profile);
  const SolcoMediaFamily family = solco_profile_get_family (profile);

  if (profile == SOLCO_PROFILE_FILE)
    return g_strdup (_ ("Disc image"));
  if (name == NULL)
    return g_strdup (_ ("Unknown medium"));
  for (gsize i = 0; i < G_N_ELEMENTS (box_sizes); i++)
    {
      const BoxSize *box = &box_sizes[i];

      if (box->family != family || capacity_blocks < box->least_blocks
          || capacity_blocks > box->most_blocks)
        continue;
      if (box->minutes > 0)
        /* Translators: what stands on the box of a CD: "CD-R 80 min (700 MB)" */
        return g_strdup_printf (C_ ("medium", "%s %u min (%.0f MB)"), name, box->minutes,
                                box->size);
      if (box->size >= 10)
        /* Translators: what stands on the box of a Blu-ray disc: "BD-R 25 GB" */
        return g_strdup_printf (C_ ("medium", "%s %.0f GB"), name, box->size);
      /* Translators: what stands on the box of a DVD: "DVD+R 4.7 GB" */
      return g_strdup_printf (C_ ("medium", "%s %.1f GB"), name, box->size);
    }
  return g_strdup (name);
}
