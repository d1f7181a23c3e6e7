/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * iconv_open() and iconv_close() with a few descriptors that are kept.
 *
 * libisofs opens and closes three or four conversions for each name that it writes, always the same
 * ones, and finding them costs more than all the rest of a name: a fifth of the time that laying out
 * the file system takes. Shared libraries call these functions through the dynamic linker, so that
 * those of an executable that exports them take the place of the C library's, which do the work.
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

guint
solco_iconv_get_n_reused (void)
{
  guint result;

  g_mutex_lock (&lock);
  result = n_reused;
  g_mutex_unlock (&lock);
  return result;
}

static void
find_real_functions (void)
{
  static gsize is_done;

  if (!g_once_init_enter (&is_done))
    return;
  /* The C library defines what it declares, so that neither is NULL. */
  *(void **) &real_open = dlsym (RTLD_NEXT, "iconv_open");
  *(void **) &real_close = dlsym (RTLD_NEXT, "iconv_close");
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
      if (!kept[i].is_known && place == NULL)
        place = &kept[i];
    }
  descriptor = real_open (to_code, from_code);
  if (descriptor != (iconv_t) -1 && place != NULL)
    {
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
        (void) iconv (descriptor, NULL, NULL, NULL, NULL);
        kept[i].is_lent = FALSE;
        g_mutex_unlock (&lock);
        return 0;
      }
  g_mutex_unlock (&lock);
  return real_close (descriptor);
}
