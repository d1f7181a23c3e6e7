/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A preload library for the screen tests: the program's own catalogues are those of the folder
 * SOLCO_E2E_LOCALES instead of the installed ones. */

#include <dlfcn.h>
#include <libintl.h>
#include <stdlib.h>
#include <string.h>

char *
bindtextdomain (const char *domain, const char *directory)
{
  char *(*real) (const char *, const char *)
      = (char *(*) (const char *, const char *)) dlsym (RTLD_NEXT, "bindtextdomain");
  const char *own = getenv ("SOLCO_E2E_LOCALES");

  if (own != NULL && domain != NULL && strcmp (domain, "solco") == 0)
    directory = own;
  return real (domain, directory);
}
