/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-scan-walk.h"

#include "solco-name-check.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Laying a thousand entries into the project takes about a millisecond. */
#define MAX_ENTRIES 1000
#define MAX_PROBLEMS 500

/* A folder that waits for its walk. It keeps those above it, so that a link that leads back into
 * one of them is found. */
typedef struct _Directory Directory;
struct _Directory
{
  guint ref_count;
  Directory *above;
  char *path;
  char *relative; /* to the path that was asked for; "" for that itself */
  guint32 number;
  guint32 request;
  guint64 device;
  guint64 inode;
};

typedef struct
{
  GPtrArray *requests;
  GCancellable *cancellable;
  SolcoScanPost post;
  gpointer user_data;
  GPtrArray *stack; /* of Directory */
  guint32 last_number;
  SolcoScanParcel *parcel; /* being filled */
  uid_t user;
} Walk;

void
solco_scan_request_free (SolcoScanRequest *self)
{
  g_free (self->path);
  g_free (self->name);
  solco_scan_options_unref (self->options);
  g_ptr_array_unref (self->patterns);
  g_clear_pointer (&self->skip, g_hash_table_unref);
  g_clear_pointer (&self->renamed, g_hash_table_unref);
  g_free (self);
}

void
solco_scan_parcel_free (SolcoScanParcel *self)
{
  g_array_unref (self->entries);
  g_string_chunk_free (self->strings);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

static void
directory_unref (Directory *self)
{
  while (self != NULL && --self->ref_count == 0)
    {
      Directory *above = self->above;

      g_free (self->path);
      g_free (self->relative);
      g_free (self);
      self = above;
    }
}

static void
begin_parcel (Walk *walk, guint32 directory, const char *source_directory)
{
  SolcoScanParcel *parcel = g_new0 (SolcoScanParcel, 1);

  parcel->entries = g_array_new (FALSE, FALSE, sizeof (SolcoScanEntry));
  parcel->strings = g_string_chunk_new (512);
  parcel->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) solco_problem_free);
  parcel->batch.directory = directory;
  parcel->batch.source_directory = g_string_chunk_insert (parcel->strings, source_directory);
  walk->parcel = parcel;
}

static void
post_parcel (Walk *walk, gboolean is_last)
{
  SolcoScanParcel *parcel = g_steal_pointer (&walk->parcel);

  parcel->batch.is_last = is_last;
  parcel->batch.entries = (const SolcoScanEntry *) (gpointer) parcel->entries->data;
  parcel->batch.n_entries = parcel->entries->len;
  walk->post (parcel, walk->user_data);
}

static void
post_if_full (Walk *walk)
{
  SolcoScanParcel *parcel = walk->parcel;

  if (parcel->entries->len < MAX_ENTRIES && parcel->problems->len < MAX_PROBLEMS)
    return;

  guint32 directory = parcel->batch.directory;
  g_autofree char *source_directory = g_strdup (parcel->batch.source_directory);

  post_parcel (walk, FALSE);
  begin_parcel (walk, directory, source_directory);
}

static void
report (Walk *walk, SolcoProblemKind kind, const char *directory, const char *name,
        const char *detail, guint64 bytes)
{
  g_autofree char *path = name != NULL ? g_build_filename (directory, name, NULL)
                                       : g_strdup (directory);
  g_autofree char *shown = solco_name_display (path);
  g_autofree char *shown_detail = detail != NULL ? solco_name_display (detail) : NULL;

  g_ptr_array_add (walk->parcel->problems,
                   solco_problem_new (kind, shown, shown_detail, bytes));
  post_if_full (walk);
}

static gboolean
matches (const GPtrArray *patterns, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  for (guint i = 0; i < patterns->len; i++)
    {
      if (g_pattern_spec_match_string (patterns->pdata[i], valid))
        return TRUE;
    }
  return FALSE;
}

/* Whether the user wants @name; what is left out is reported. */
static gboolean
is_wanted (Walk *walk, const SolcoScanRequest *request, const char *directory, const char *name,
           const char *relative)
{
  if (request->skip != NULL && g_hash_table_contains (request->skip, relative))
    return FALSE;
  if (request->options->skip_hidden && *name == '.')
    {
      report (walk, SOLCO_PROBLEM_HIDDEN_SKIPPED, directory, name, NULL, 0);
      return FALSE;
    }
  if (request->patterns->len > 0
      && (matches (request->patterns, name) || matches (request->patterns, relative)))
    {
      report (walk, SOLCO_PROBLEM_EXCLUDED, directory, name, NULL, 0);
      return FALSE;
    }
  return TRUE;
}

static gboolean
leads_back (const Directory *above, const struct stat *status)
{
  for (; above != NULL; above = above->above)
    {
      if (above->device == status->st_dev && above->inode == status->st_ino)
        return TRUE;
    }
  return FALSE;
}

/* The target of a link, NULL with errno set. */
static char *
read_link (int fd, const char *name, goffset size)
{
  gsize room = (gsize) size + 1;

  while (TRUE)
    {
      g_autofree char *target = g_malloc (room + 1);
      gssize length = readlinkat (fd, name, target, room);

      if (length < 0)
        return NULL;
      if ((gsize) length < room)
        {
          target[length] = '\0';
          return g_steal_pointer (&target);
        }
      /* It grew meanwhile, or its file system tells no size. */
      room *= 2;
    }
}

/* Looks at a link and at what it leads to. FALSE: it is not taken, and that was reported. */
static gboolean
look_at_link (Walk *walk, const SolcoScanRequest *request, int fd, const char *lookup,
              const char *directory, const char *name, const Directory *above,
              struct stat *status, char **target)
{
  g_autofree char *link = NULL;

  if (request->options->symlinks == SOLCO_SYMLINKS_SKIP)
    {
      report (walk, SOLCO_PROBLEM_SYMLINK_SKIPPED, directory, name, NULL, 0);
      return FALSE;
    }
  link = read_link (fd, lookup, status->st_size);
  if (link == NULL)
    {
      report (walk, SOLCO_PROBLEM_SOURCE_REFUSED, directory, name, g_strerror (errno), 0);
      return FALSE;
    }
  if (request->options->symlinks == SOLCO_SYMLINKS_KEEP)
    {
      if (solco_name_is_link_target (link))
        {
          *target = g_steal_pointer (&link);
          return TRUE;
        }
      report (walk, SOLCO_PROBLEM_SYMLINK_INVALID, directory, name, link, 0);
      return FALSE;
    }
  if (fstatat (fd, lookup, status, 0) != 0)
    {
      if (errno == ELOOP)
        report (walk, SOLCO_PROBLEM_SYMLINK_LOOP, directory, name, link, 0);
      else
        report (walk, SOLCO_PROBLEM_SOURCE_MISSING, directory, name, link, 0);
      return FALSE;
    }
  if (S_ISDIR (status->st_mode) && leads_back (above, status))
    {
      report (walk, SOLCO_PROBLEM_SYMLINK_LOOP, directory, name, link, 0);
      return FALSE;
    }
  return TRUE;
}

static void
push_directory (Walk *walk, const char *directory, const char *name, const char *relative,
                guint32 request, Directory *above, const struct stat *status, guint32 number)
{
  Directory *next = g_new0 (Directory, 1);

  next->ref_count = 1;
  next->above = above;
  if (above != NULL)
    above->ref_count++;
  next->path = name != NULL ? g_build_filename (directory, name, NULL) : g_strdup (directory);
  next->relative = g_strdup (relative);
  next->number = number;
  next->request = request;
  next->device = status->st_dev;
  next->inode = status->st_ino;
  g_ptr_array_add (walk->stack, next);
}

/* Of one's own files the mode alone says it, access control lists included (acl(5)): that spares most of
 * the questions to the system. */
static gboolean
is_readable (const Walk *walk, int fd, const char *lookup, const struct stat *status)
{
  if (status->st_uid == walk->user && (status->st_mode & S_IRUSR) != 0)
    return TRUE;
  return faccessat (fd, lookup, R_OK, AT_EACCESS) == 0;
}

/* Looks at one name and takes it, or reports why not. @fd: that of its folder, or none for an
 * absolute @lookup. @disc_name: the valid name it gets. */
static void
take (Walk *walk, guint32 request_number, int fd, const char *lookup, const char *directory,
      const char *name, const char *disc_name, const char *relative, Directory *above)
{
  const SolcoScanRequest *request = g_ptr_array_index (walk->requests, request_number);
  g_autofree char *target = NULL;
  SolcoScanEntry entry = { .request = request_number };
  struct stat status;
  GStringChunk *strings;

  if (fstatat (fd, lookup, &status, AT_SYMLINK_NOFOLLOW) != 0)
    {
      report (walk,
              errno == ENOENT ? SOLCO_PROBLEM_SOURCE_MISSING : SOLCO_PROBLEM_SOURCE_REFUSED,
              directory, name, g_strerror (errno), 0);
      return;
    }
  if (S_ISLNK (status.st_mode)
      && !look_at_link (walk, request, fd, lookup, directory, name, above, &status, &target))
    return;
  if (target == NULL && !S_ISREG (status.st_mode) && !S_ISDIR (status.st_mode))
    {
      report (walk, SOLCO_PROBLEM_SPECIAL_SKIPPED, directory, name, NULL, 0);
      return;
    }
  if (S_ISREG (status.st_mode) && !is_readable (walk, fd, lookup, &status))
    {
      report (walk, SOLCO_PROBLEM_SOURCE_REFUSED, directory, name, g_strerror (errno),
              (guint64) status.st_size);
      return;
    }

  strings = walk->parcel->strings;
  entry.name = g_string_chunk_insert (strings, disc_name);
  if (strcmp (name, disc_name) != 0)
    entry.source_name = g_string_chunk_insert (strings, name);
  entry.kind = SOLCO_NODE_FILE;
  entry.size_bytes = (guint64) status.st_size;
  if (target != NULL)
    {
      entry.kind = SOLCO_NODE_SYMLINK;
      entry.link_target = g_string_chunk_insert (strings, target);
      entry.size_bytes = strlen (target);
    }
  else if (S_ISDIR (status.st_mode))
    {
      entry.kind = SOLCO_NODE_DIRECTORY;
      entry.size_bytes = 0;
      entry.directory = ++walk->last_number;
      push_directory (walk, directory, name, relative, request_number, above, &status,
                      entry.directory);
    }
  entry.mtime_s = status.st_mtime;
  entry.device = status.st_dev;
  entry.inode = status.st_ino;
  entry.mode = status.st_mode & 07777;
  entry.uid = status.st_uid;
  entry.gid = status.st_gid;
  g_array_append_val (walk->parcel->entries, entry);
  post_if_full (walk);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
has_name (const GPtrArray *sorted, const char *name)
{
  guint low = 0;
  guint high = sorted->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      int order = strcmp (name, sorted->pdata[middle]);

      if (order == 0)
        return TRUE;
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return FALSE;
}

/* A valid name for @name that no other item of its folder has; NULL if it is not taken. */
static char *
choose_name (Walk *walk, const SolcoScanRequest *request, const char *directory, const char *name,
             const GPtrArray *siblings, GHashTable *given)
{
  g_autofree char *proposal = NULL;
  g_autofree char *chosen = NULL;

  if (solco_name_check (name) == SOLCO_NAME_OK)
    return g_strdup (name);
  proposal = solco_name_propose (name);
  chosen = g_strdup (proposal);
  for (guint number = 2;
       (siblings != NULL && has_name (siblings, chosen)) || g_hash_table_contains (given, chosen);
       number++)
    {
      g_free (chosen);
      chosen = solco_name_with_number (proposal, FALSE, number);
    }
  report (walk, SOLCO_PROBLEM_NAME_INVALID, directory, name, chosen, 0);
  if (!request->options->fix_names)
    return NULL;
  g_hash_table_add (given, g_strdup (chosen));
  return g_steal_pointer (&chosen);
}

/* All names in a folder, sorted. */
static GPtrArray *
read_names (Walk *walk, DIR *stream, const char *path)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  while (!g_cancellable_is_cancelled (walk->cancellable))
    {
      struct dirent *dirent;

      errno = 0;
      dirent = readdir (stream);
      if (dirent == NULL)
        {
          if (errno != 0)
            report (walk, SOLCO_PROBLEM_FOLDER_UNREADABLE, path, NULL, g_strerror (errno), 0);
          break;
        }
      if (strcmp (dirent->d_name, ".") != 0 && strcmp (dirent->d_name, "..") != 0)
        g_ptr_array_add (names, g_strdup (dirent->d_name));
    }
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void
reverse_from (GPtrArray *array, guint start)
{
  for (guint i = start, j = array->len; j > 0 && i < j - 1; i++, j--)
    {
      gpointer swap = array->pdata[i];

      array->pdata[i] = array->pdata[j - 1];
      array->pdata[j - 1] = swap;
    }
}

/* Lists one folder. Its subfolders go on the stack, the first one on top. */
static void
walk_directory (Walk *walk, Directory *self)
{
  const SolcoScanRequest *request = g_ptr_array_index (walk->requests, self->request);
  guint n_waiting = walk->stack->len;
  int fd;
  DIR *stream;

  begin_parcel (walk, self->number, self->path);
  fd = open (self->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  stream = fd >= 0 ? fdopendir (fd) : NULL;
  if (stream == NULL)
    {
      report (walk, SOLCO_PROBLEM_FOLDER_UNREADABLE, self->path, NULL, g_strerror (errno), 0);
      if (fd >= 0)
        close (fd);
      post_parcel (walk, TRUE);
      return;
    }

  g_autoptr (GPtrArray) names = read_names (walk, stream, self->path);
  g_autoptr (GHashTable) given = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < names->len && !g_cancellable_is_cancelled (walk->cancellable); i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *relative
          = *self->relative == '\0' ? g_strdup (name) : g_build_filename (self->relative, name, NULL);
      g_autofree char *disc_name = NULL;

      if (!is_wanted (walk, request, self->path, name, relative))
        continue;
      if (request->renamed != NULL)
        disc_name = g_strdup (g_hash_table_lookup (request->renamed, relative));
      if (disc_name == NULL)
        disc_name = choose_name (walk, request, self->path, name, names, given);
      if (disc_name != NULL)
        take (walk, self->request, fd, name, self->path, name, disc_name, relative, self);
    }
  closedir (stream);
  post_parcel (walk, TRUE);
  reverse_from (walk->stack, n_waiting);
}

/* The content of a folder is asked for, without the folder. */
static void
open_contents (Walk *walk, const SolcoScanRequest *request, guint32 number)
{
  struct stat status;

  if (stat (request->path, &status) != 0)
    report (walk, SOLCO_PROBLEM_SOURCE_MISSING, request->path, NULL, g_strerror (errno), 0);
  else if (!S_ISDIR (status.st_mode))
    report (walk, SOLCO_PROBLEM_FOLDER_UNREADABLE, request->path, NULL, g_strerror (ENOTDIR), 0);
  else
    push_directory (walk, request->path, NULL, "", number, NULL, &status, 0);
}

/* The paths that were asked for; those that are in one folder share parcels. */
static void
walk_requests (Walk *walk)
{
  g_autoptr (GHashTable) given = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < walk->requests->len && !g_cancellable_is_cancelled (walk->cancellable); i++)
    {
      const SolcoScanRequest *request = g_ptr_array_index (walk->requests, i);
      g_autofree char *directory = g_path_get_dirname (request->path);
      g_autofree char *disc_name = NULL;

      if (walk->parcel != NULL && strcmp (walk->parcel->batch.source_directory, directory) != 0)
        post_parcel (walk, FALSE);
      if (walk->parcel == NULL)
        begin_parcel (walk, 0, directory);
      if (request->contents_of)
        {
          open_contents (walk, request, i);
          continue;
        }

      g_autofree char *name = g_path_get_basename (request->path);

      disc_name = request->name != NULL
                      ? g_strdup (request->name)
                      : choose_name (walk, request, directory, name, NULL, given);
      if (disc_name != NULL)
        take (walk, i, AT_FDCWD, request->path, directory, name, disc_name, "", NULL);
    }
  if (walk->parcel != NULL)
    post_parcel (walk, TRUE);
  reverse_from (walk->stack, 0);
}

void
solco_scan_walk (GPtrArray *requests, GCancellable *cancellable, SolcoScanPost post,
                 gpointer user_data)
{
  g_autoptr (GPtrArray) stack = g_ptr_array_new ();
  Walk walk = { .requests = requests,
                .user = geteuid (),
                .cancellable = cancellable,
                .post = post,
                .user_data = user_data,
                .stack = stack };

  walk_requests (&walk);
  while (stack->len > 0)
    {
      Directory *next = g_ptr_array_steal_index (stack, stack->len - 1);

      if (!g_cancellable_is_cancelled (cancellable))
        walk_directory (&walk, next);
      directory_unref (next);
    }
}
