/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-holders-private.h"

#include <string.h>

/* As many names as a person reads. */
#define MAXIMUM_HOLDERS 8

typedef struct
{
  const char *device;
  const char *folder;
} Wanted;

static gboolean
is_wanted (const Wanted *wanted, const char *path)
{
  gsize length;

  if (strcmp (path, wanted->device) == 0)
    return TRUE;
  if (wanted->folder == NULL)
    return FALSE;
  length = strlen (wanted->folder);
  return strncmp (path, wanted->folder, length) == 0
         && (path[length] == '\0' || path[length] == '/');
}

static gboolean
links_to (const Wanted *wanted, const char *process, const char *name)
{
  g_autofree char *link = g_build_filename (process, name, NULL);
  g_autofree char *path = g_file_read_link (link, NULL);

  return path != NULL && is_wanted (wanted, path);
}

static gboolean
has_open (const Wanted *wanted, const char *process)
{
  g_autofree char *folder = g_build_filename (process, "fd", NULL);
  g_autoptr (GDir) descriptors = g_dir_open (folder, 0, NULL);
  const char *name;
  gboolean is_found = FALSE;

  while (descriptors != NULL && !is_found && (name = g_dir_read_name (descriptors)) != NULL)
    is_found = links_to (wanted, folder, name);
  return is_found;
}

/* proc(5): the path is what follows the fifth blank of a line, and the only thing with a slash. */
static gboolean
has_mapped (const Wanted *wanted, const char *process)
{
  g_autofree char *path = g_build_filename (process, "maps", NULL);
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;

  if (wanted->folder == NULL || !g_file_get_contents (path, &maps, NULL, NULL))
    return FALSE;
  lines = g_strsplit (maps, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *mapped = strchr (lines[i], '/');

      if (mapped != NULL && is_wanted (wanted, mapped))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_holder (const Wanted *wanted, const char *process)
{
  return has_open (wanted, process) || links_to (wanted, process, "cwd")
         || links_to (wanted, process, "root") || links_to (wanted, process, "exe")
         || has_mapped (wanted, process);
}

static char *
dup_name (const char *process, const char *pid)
{
  g_autofree char *path = g_build_filename (process, "comm", NULL);
  g_autofree char *raw = NULL;
  g_autofree char *name = NULL;

  if (!g_file_get_contents (path, &raw, NULL, NULL))
    return g_strdup (pid);
  name = g_utf8_make_valid (g_strchomp (raw), -1);
  return g_strdup_printf ("%s (%s)", name, pid);
}

char *
solco_holders_dup (const char *device, const char *folder)
{
  const Wanted wanted = { device, folder };
  g_autoptr (GDir) processes = g_dir_open ("/proc", 0, NULL);
  g_autoptr (GString) list = g_string_new (NULL);
  const char *pid;
  guint n_holders = 0;

  while (processes != NULL && (pid = g_dir_read_name (processes)) != NULL)
    {
      g_autofree char *process = g_build_filename ("/proc", pid, NULL);
      g_autofree char *name = NULL;

      if (!g_ascii_isdigit (*pid) || !is_holder (&wanted, process))
        continue;
      if (n_holders++ == MAXIMUM_HOLDERS)
        {
          g_string_append (list, ", …");
          break;
        }
      name = dup_name (process, pid);
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", name);
    }
  return list->len > 0 ? g_string_free (g_steal_pointer (&list), FALSE) : NULL;
}
