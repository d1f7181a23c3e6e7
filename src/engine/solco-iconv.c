/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * iconv_open() and iconv_close() with a few descriptors that are kept, and iconv() with names that are
 * shortened on the way.
 *
 * libisofs opens and closes three or four conversions for each name that it writes, always the same
 * ones, and finding them costs more than all the rest of a name: a fifth of the time that laying out
 * the file system takes. Shared libraries call these functions through the dynamic linker, so that
 * those of an executable that exports them take the place of the C library's, which do the work.
 *
 * libisofs has no way of saying which ISO 9660 name a file is to have. But it turns each name into
 * wide characters, and these into ASCII: whoever gives another answer there names the file.
 */
#include "solco-iconv-private.h"

#include <dlfcn.h>
#include <iconv.h>
#include <string.h>

#define MAXIMUM_NAME_BYTES 24
/* libisofs uses three at the same time at the most. */
#define N_KEPT 8

typedef iconv_t (*OpenFunc) (const char *to_code, const char *from_code);
typedef int (*CloseFunc) (iconv_t descriptor);
typedef size_t (*ConvertFunc) (iconv_t descriptor, char **in, size_t *in_bytes, char **out,
                               size_t *out_bytes);

typedef struct
{
  char to_code[MAXIMUM_NAME_BYTES];
  char from_code[MAXIMUM_NAME_BYTES];
  iconv_t descriptor;
  gboolean is_known;
  gboolean is_lent;
} Kept;

static GMutex lock;
static Kept kept[N_KEPT];
static guint n_reused;
static OpenFunc real_open;
static CloseFunc real_close;
static ConvertFunc real_convert;

/* Of the thread: */
static _Thread_local SolcoShortenFunc shorten_func;
static _Thread_local gpointer shorten_data;
static _Thread_local const char *last_name; /* that became wide characters */

guint
solco_iconv_get_n_reused (void)
{
  guint result;

  g_mutex_lock (&lock);
  result = n_reused;
  g_mutex_unlock (&lock);
  return result;
}

void
solco_iconv_shorten_names (SolcoShortenFunc shorten, gpointer user_data)
{
  shorten_func = shorten;
  shorten_data = user_data;
  last_name = NULL;
}

static void
find_real_functions (void)
{
  static gsize is_done;

  if (!g_once_init_enter (&is_done))
    return;
  /* The C library defines what it declares, so that none is NULL. */
  *(void **) &real_open = dlsym (RTLD_NEXT, "iconv_open");
  *(void **) &real_close = dlsym (RTLD_NEXT, "iconv_close");
  *(void **) &real_convert = dlsym (RTLD_NEXT, "iconv");
  g_once_init_leave (&is_done, 1);
}

/* Names that are empty mean the locale, which may change; a slash asks for a special treatment. */
static gboolean
can_be_kept (const char *code)
{
  return *code != '\0' && strlen (code) < MAXIMUM_NAME_BYTES && strchr (code, '/') == NULL
         && strcmp (code, "char") != 0;
}

/**
 * iconv_open:
 * @to_code: name of a character set
 * @from_code: name of a character set
 *
 * As in POSIX. Any thread.
 *
 * Returns: a descriptor in its initial state, or −1 with errno
 */
iconv_t
iconv_open (const char *to_code, const char *from_code)
{
  Kept *place = NULL;
  iconv_t descriptor;

  find_real_functions ();
  if (!can_be_kept (to_code) || !can_be_kept (from_code))
    return real_open (to_code, from_code);
  g_mutex_lock (&lock);
  for (guint i = 0; i < N_KEPT; i++)
    {
      if (kept[i].is_known && !kept[i].is_lent && strcmp (kept[i].to_code, to_code) == 0
          && strcmp (kept[i].from_code, from_code) == 0)
        {
          kept[i].is_lent = TRUE;
          descriptor = kept[i].descriptor;
          n_reused++;
          g_mutex_unlock (&lock);
          return descriptor;
        }
      if (!kept[i].is_lent && (place == NULL || !kept[i].is_known))
        place = &kept[i];
    }
  descriptor = real_open (to_code, from_code);
  if (descriptor != (iconv_t) -1 && place != NULL)
    {
      if (place->is_known)
        (void) real_close (place->descriptor);
      g_strlcpy (place->to_code, to_code, sizeof place->to_code);
      g_strlcpy (place->from_code, from_code, sizeof place->from_code);
      place->descriptor = descriptor;
      place->is_known = TRUE;
      place->is_lent = TRUE;
    }
  g_mutex_unlock (&lock);
  return descriptor;
}

/**
 * iconv_close:
 * @descriptor: a descriptor
 *
 * As in POSIX. Any thread.
 *
 * Returns: 0, or −1 with errno
 */
int
iconv_close (iconv_t descriptor)
{
  find_real_functions ();
  g_mutex_lock (&lock);
  for (guint i = 0; i < N_KEPT; i++)
    if (kept[i].is_lent && kept[i].descriptor == descriptor)
      {
        /* Back to the initial state, for the next one. */
        (void) real_convert (descriptor, NULL, NULL, NULL, NULL);
        kept[i].is_lent = FALSE;
        g_mutex_unlock (&lock);
        return 0;
      }
  g_mutex_unlock (&lock);
  return real_close (descriptor);
}

static gboolean
is_conversion (iconv_t descriptor, const char *to_code, const char *from_code)
{
  gboolean result = FALSE;

  g_mutex_lock (&lock);
  for (guint i = 0; i < N_KEPT && !result; i++)
    result = kept[i].is_lent && kept[i].descriptor == descriptor
             && strcmp (kept[i].to_code, to_code) == 0
             && strcmp (kept[i].from_code, from_code) == 0;
  g_mutex_unlock (&lock);
  return result;
}

/* Whether the short name was given in the place of what is asked for. */
static gboolean
give_short_name (iconv_t descriptor, char **in, size_t *in_bytes, char **out, size_t *out_bytes)
{
  const char *short_name = NULL;
  gsize n_bytes;

  if (in == NULL || *in == NULL || out == NULL || *out == NULL)
    return FALSE;
  if (is_conversion (descriptor, "WCHAR_T", "UTF-8"))
    {
      last_name = *in;
      return FALSE;
    }
  if (last_name == NULL || !is_conversion (descriptor, "ASCII", "WCHAR_T"))
    return FALSE;
  short_name = shorten_func (last_name, shorten_data);
  last_name = NULL;
  n_bytes = short_name != NULL ? strlen (short_name) : 0;
  if (n_bytes == 0 || n_bytes > *out_bytes)
    return FALSE;
  memcpy (*out, short_name, n_bytes);
  *out += n_bytes;
  *out_bytes -= n_bytes;
  *in += *in_bytes;
  *in_bytes = 0;
  return TRUE;
}

/**
 * iconv:
 * @descriptor: a descriptor
 * @in: (inout) (nullable): what is to be converted
 * @in_bytes: (inout): how much of it is left
 * @out: (inout) (nullable): where to
 * @out_bytes: (inout): how much room is left
 *
 * As in POSIX. Any thread, one at a time for a descriptor.
 *
 * Returns: how many characters were replaced, or −1 with errno
 */
size_t
iconv (iconv_t descriptor, char **in, size_t *in_bytes, char **out, size_t *out_bytes)
{
  find_real_functions ();
  if (shorten_func != NULL && give_short_name (descriptor, in, in_bytes, out, out_bytes))
    return 0;
  return real_convert (descriptor, in, in_bytes, out, out_bytes);
}
