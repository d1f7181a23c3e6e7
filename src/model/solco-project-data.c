/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of a project file. The format is documented in solco-project-file.h. */
#include "solco-project-data.h"

#include "solco-error.h"
#include "solco-name-check.h"
#include "solco-project-file.h"

#include <string.h>

#define GROUP_PROJECT "Solco Project"
#define GROUP_DISC "Disc"
#define GROUP_END "End"
/* What stands as it is in a path or name; everything else that is no UTF-8 becomes %XX. */
#define PLAIN " !\"#$&'()*+,/:;<=>?@[\\]^`{|}"

static const char *const item_groups[] = {
  [SOLCO_PROJECT_ITEM_FOLDER] = "Folder",
  [SOLCO_PROJECT_ITEM_SOURCE] = "Source",
  [SOLCO_PROJECT_ITEM_FILES] = "Files",
};

G_STATIC_ASSERT (G_N_ELEMENTS (item_groups) == SOLCO_N_PROJECT_ITEM_KINDS);

static const char *const symlink_words[] = {
  [SOLCO_SYMLINKS_KEEP] = "keep",
  [SOLCO_SYMLINKS_FOLLOW] = "follow",
  [SOLCO_SYMLINKS_SKIP] = "skip",
};

static const char *const verify_words[] = {
  [SOLCO_VERIFY_NONE] = "none",
  [SOLCO_VERIFY_QUICK] = "quick",
  [SOLCO_VERIFY_FULL] = "full",
  [SOLCO_VERIFY_ORIGINALS] = "originals",
};

SolcoProjectItem *
solco_project_item_new (SolcoProjectItemKind kind, const char *path, const char *source)
{
  SolcoProjectItem *self = g_new0 (SolcoProjectItem, 1);

  self->kind = kind;
  self->path = g_strdup (path);
  self->source = g_strdup (source);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->renamed = g_ptr_array_new_with_free_func (g_free);
  self->new_names = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static void
item_free (gpointer data)
{
  SolcoProjectItem *self = data;

  g_free (self->path);
  g_free (self->source);
  g_clear_pointer (&self->options, solco_scan_options_unref);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->renamed);
  g_ptr_array_unref (self->new_names);
  g_free (self);
}

SolcoProjectData *
solco_project_data_new (void)
{
  SolcoProjectData *self = g_new0 (SolcoProjectData, 1);

  self->edits = g_ptr_array_new_with_free_func ((GDestroyNotify) solco_disc_edit_free);
  self->items = g_ptr_array_new_with_free_func (item_free);
  return self;
}

void
solco_project_data_free (SolcoProjectData *self)
{
  g_free (self->label);
  g_clear_pointer (&self->identity, solco_disc_identity_free);
  g_free (self->disc_label);
  g_ptr_array_unref (self->edits);
  g_ptr_array_unref (self->items);
  g_free (self);
}

static char *
escape (const char *bytes)
{
  return g_uri_escape_string (bytes, PLAIN, TRUE);
}

static void
set_text (GKeyFile *file, const char *group, const char *key, const char *bytes)
{
  g_autofree char *escaped = escape (bytes);

  g_key_file_set_string (file, group, key, escaped);
}

static void
set_list (GKeyFile *file, const char *group, const char *key, const GPtrArray *strings)
{
  g_autoptr (GPtrArray) escaped = g_ptr_array_new_with_free_func (g_free);

  if (strings->len == 0)
    return;
  for (guint i = 0; i < strings->len; i++)
    g_ptr_array_add (escaped, escape (strings->pdata[i]));
  g_key_file_set_string_list (file, group, key, (const char *const *) escaped->pdata,
                              escaped->len);
}

static void
write_options (GKeyFile *file, const char *group, const SolcoScanOptions *options)
{
  g_key_file_set_boolean (file, group, "SkipHidden", options->skip_hidden);
  g_key_file_set_string (file, group, "Symlinks", symlink_words[options->symlinks]);
  g_key_file_set_boolean (file, group, "FixNames", options->fix_names);
  if (options->excludes != NULL)
    {
      g_autoptr (GPtrArray) patterns = g_ptr_array_new ();

      for (gsize i = 0; options->excludes[i] != NULL; i++)
        g_ptr_array_add (patterns, options->excludes[i]);
      set_list (file, group, "Exclude", patterns);
    }
}

static void
write_item (GKeyFile *file, const SolcoProjectItem *item, guint number)
{
  g_autofree char *group = g_strdup_printf ("%s %u", item_groups[item->kind], number);

  set_text (file, group, "Path", item->path);
  switch (item->kind)
    {
    case SOLCO_PROJECT_ITEM_FOLDER:
      g_key_file_set_uint64 (file, group, "Mode", item->mode);
      g_key_file_set_int64 (file, group, "Modified", item->mtime_s);
      break;
    case SOLCO_PROJECT_ITEM_SOURCE:
      set_text (file, group, "Source", item->source);
      g_key_file_set_boolean (file, group, "Contents", item->contents);
      write_options (file, group, item->options);
      set_list (file, group, "LeaveOut", item->names);
      set_list (file, group, "Renamed", item->renamed);
      set_list (file, group, "NewNames", item->new_names);
      break;
    case SOLCO_PROJECT_ITEM_FILES:
      set_text (file, group, "Source", item->source);
      write_options (file, group, item->options);
      set_list (file, group, "Names", item->names);
      set_list (file, group, "NewNames", item->new_names);
      break;
    case SOLCO_N_PROJECT_ITEM_KINDS:
      g_assert_not_reached ();
    }
}

static void
write_disc (GKeyFile *file, const SolcoProjectData *self)
{
  g_autofree char *identity = solco_disc_identity_to_string (self->identity);
  g_autoptr (GPtrArray) removed = g_ptr_array_new ();
  g_autoptr (GPtrArray) moved = g_ptr_array_new ();
  g_autoptr (GPtrArray) moved_to = g_ptr_array_new ();

  set_text (file, GROUP_DISC, "Identity", identity);
  if (self->disc_label != NULL)
    set_text (file, GROUP_DISC, "Label", self->disc_label);
  for (guint i = 0; i < self->edits->len; i++)
    {
      const SolcoDiscEdit *edit = g_ptr_array_index (self->edits, i);

      g_ptr_array_add (edit->to != NULL ? moved : removed, edit->from);
      if (edit->to != NULL)
        g_ptr_array_add (moved_to, edit->to);
    }
  set_list (file, GROUP_DISC, "Removed", removed);
  set_list (file, GROUP_DISC, "Moved", moved);
  set_list (file, GROUP_DISC, "MovedTo", moved_to);
}

char *
solco_project_data_to_text (const SolcoProjectData *self, gsize *length)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *body = NULL;
  g_autofree char *checksum = NULL;
  char *text;
  gsize body_length;

  g_key_file_set_integer (file, GROUP_PROJECT, "Version", SOLCO_PROJECT_FILE_VERSION);
  if (self->label != NULL)
    set_text (file, GROUP_PROJECT, "Label", self->label);
  g_key_file_set_boolean (file, GROUP_PROJECT, "CloseDisc", self->options.close_disc);
  g_key_file_set_boolean (file, GROUP_PROJECT, "Simulate", self->options.simulate);
  g_key_file_set_boolean (file, GROUP_PROJECT, "Manifest", self->options.manifest);
  g_key_file_set_boolean (file, GROUP_PROJECT, "FileMd5", self->options.file_md5);
  g_key_file_set_string (file, GROUP_PROJECT, "Verify", verify_words[self->options.verify]);
  g_key_file_set_boolean (file, GROUP_PROJECT, "Eject", self->options.eject);
  g_key_file_set_uint64 (file, GROUP_PROJECT, "SpeedKbPerSecond", self->options.speed_kb_per_s);
  g_key_file_set_uint64 (file, GROUP_PROJECT, "Items", self->items->len);
  if (self->identity != NULL)
    write_disc (file, self);
  for (guint i = 0; i < self->items->len; i++)
    write_item (file, g_ptr_array_index (self->items, i), i + 1);

  body = g_key_file_to_data (file, &body_length, NULL);
  checksum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) body, body_length);
  text = g_strdup_printf ("%s\n[" GROUP_END "]\nChecksum=%s\n", body, checksum);
  *length = strlen (text);
  return text;
}

static gboolean
set_invalid (GError **error, const char *what)
{
  g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_PROJECT_INVALID,
               "The project file is damaged, or is no project file: %s. Nothing was loaded.", what);
  return FALSE;
}

/* The end group tells a whole file from one that was cut off; its checksum covers all that stands
 * before it. Without the key, which somebody who edits the file by hand takes out, anything
 * goes. */
static gboolean
check_end (const char *text, gsize length, GKeyFile *file, GError **error)
{
  static const char start[] = "\n[" GROUP_END "]\n";
  g_autofree char *wanted = NULL;
  g_autofree char *checksum = NULL;
  const char *end = g_strrstr_len (text, (gssize) length, start);

  if (end == NULL || !g_key_file_has_group (file, GROUP_END))
    return set_invalid (error, "it has no end");
  wanted = g_key_file_get_string (file, GROUP_END, "Checksum", NULL);
  checksum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text,
                                          (gsize) (end - text));
  if (wanted != NULL && strcmp (wanted, checksum) != 0)
    return set_invalid (error, "its checksum is wrong");
  if (wanted == NULL && text[length - 1] != '\n')
    return set_invalid (error, "it has no end");
  return TRUE;
}

static char *
get_text (GKeyFile *file, const char *group, const char *key)
{
  g_autofree char *escaped = g_key_file_get_string (file, group, key, NULL);

  return escaped != NULL ? g_uri_unescape_segment (escaped, NULL, NULL) : NULL;
}

static gboolean
read_list (GKeyFile *file, const char *group, const char *key, GPtrArray *strings)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) escaped = g_key_file_get_string_list (file, group, key, NULL, &error);

  if (escaped == NULL)
    return g_error_matches (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_KEY_NOT_FOUND);
  for (gsize i = 0; escaped[i] != NULL; i++)
    {
      char *string = g_uri_unescape_segment (escaped[i], NULL, NULL);

      if (string == NULL)
        return FALSE;
      g_ptr_array_add (strings, string);
    }
  return TRUE;
}

static gboolean
read_boolean (GKeyFile *file, const char *group, const char *key, gboolean *value)
{
  g_autoptr (GError) error = NULL;

  *value = g_key_file_get_boolean (file, group, key, &error);
  return error == NULL;
}

static gboolean
read_word (GKeyFile *file, const char *group, const char *key, const char *const *words,
           guint n_words, guint *index)
{
  g_autofree char *word = g_key_file_get_string (file, group, key, NULL);

  for (*index = 0; *index < n_words; (*index)++)
    {
      if (g_strcmp0 (word, words[*index]) == 0)
        return TRUE;
    }
  return FALSE;
}

static SolcoScanOptions *
read_options (GKeyFile *file, const char *group)
{
  g_autoptr (GPtrArray) excludes = g_ptr_array_new_with_free_func (g_free);
  gboolean skip_hidden;
  gboolean fix_names;
  guint symlinks;

  if (!read_boolean (file, group, "SkipHidden", &skip_hidden)
      || !read_boolean (file, group, "FixNames", &fix_names)
      || !read_word (file, group, "Symlinks", symlink_words, G_N_ELEMENTS (symlink_words),
                     &symlinks)
      || !read_list (file, group, "Exclude", excludes))
    return NULL;
  for (guint i = 0; i < excludes->len; i++)
    {
      if (!g_utf8_validate (excludes->pdata[i], -1, NULL))
        return NULL;
    }
  g_ptr_array_add (excludes, NULL);
  return solco_scan_options_new (skip_hidden, symlinks, fix_names,
                                 (const char *const *) excludes->pdata);
}

/* An absolute path on a disc. Its parts need not be names that Solco would make: the disc that is
 * expected may hold others. */
static gboolean
is_disc_path (const char *path)
{
  g_auto (GStrv) parts = NULL;

  if (path == NULL || *path != '/' || !g_utf8_validate (path, -1, NULL))
    return FALSE;
  if (path[1] == '\0')
    return TRUE;
  parts = g_strsplit (path + 1, "/", -1);
  for (gsize i = 0; parts[i] != NULL; i++)
    {
      SolcoNameFault fault = solco_name_check (parts[i]);

      if (fault != SOLCO_NAME_OK && fault != SOLCO_NAME_CONTROL && fault != SOLCO_NAME_TOO_LONG)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_item_path (const char *path)
{
  return is_disc_path (path) && path[1] != '\0';
}

static gboolean
are_names (const GPtrArray *names, gboolean valid)
{
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      if (valid ? solco_name_check (name) != SOLCO_NAME_OK
                : *name == '\0' || strchr (name, '/') != NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_item (GKeyFile *file, const char *group, SolcoProjectItemKind kind, SolcoProjectData *self)
{
  g_autofree char *path = get_text (file, group, "Path");
  g_autofree char *source = get_text (file, group, "Source");
  SolcoProjectItem *item;
  g_autoptr (GError) error = NULL;

  if (!is_disc_path (path))
    return FALSE;
  item = solco_project_item_new (kind, path, source);
  g_ptr_array_add (self->items, item);
  if (kind == SOLCO_PROJECT_ITEM_FOLDER)
    {
      guint64 mode = g_key_file_get_uint64 (file, group, "Mode", &error);

      if (error == NULL)
        item->mtime_s = g_key_file_get_int64 (file, group, "Modified", &error);
      item->mode = (guint32) mode;
      return error == NULL && mode <= 07777 && path[1] != '\0';
    }
  item->options = read_options (file, group);
  if (source == NULL || !g_path_is_absolute (source) || item->options == NULL
      || !read_list (file, group, "NewNames", item->new_names)
      || !are_names (item->new_names, TRUE))
    return FALSE;
  if (kind == SOLCO_PROJECT_ITEM_SOURCE)
    return read_boolean (file, group, "Contents", &item->contents)
           && (item->contents || path[1] != '\0')
           && read_list (file, group, "LeaveOut", item->names)
           && read_list (file, group, "Renamed", item->renamed)
           && item->renamed->len == item->new_names->len;
  return read_list (file, group, "Names", item->names) && are_names (item->names, FALSE)
         && item->names->len == item->new_names->len;
}

static gboolean
read_disc (GKeyFile *file, SolcoProjectData *self)
{
  g_autofree char *identity = get_text (file, GROUP_DISC, "Identity");
  g_autoptr (GPtrArray) removed = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) moved = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) moved_to = g_ptr_array_new_with_free_func (g_free);

  self->identity = identity != NULL ? solco_disc_identity_from_string (identity) : NULL;
  self->disc_label = get_text (file, GROUP_DISC, "Label");
  if (self->identity == NULL || !read_list (file, GROUP_DISC, "Removed", removed)
      || !read_list (file, GROUP_DISC, "Moved", moved)
      || !read_list (file, GROUP_DISC, "MovedTo", moved_to) || moved->len != moved_to->len
      || (self->disc_label != NULL && !g_utf8_validate (self->disc_label, -1, NULL)))
    return FALSE;
  for (guint i = 0; i < removed->len + moved->len; i++)
    {
      gboolean is_move = i >= removed->len;
      const char *from = is_move ? moved->pdata[i - removed->len] : removed->pdata[i];
      const char *to = is_move ? moved_to->pdata[i - removed->len] : NULL;
      SolcoDiscEdit *edit;

      if (!is_item_path (from) || (is_move && !is_item_path (to)))
        return FALSE;
      edit = g_new0 (SolcoDiscEdit, 1);
      edit->from = g_strdup (from);
      edit->to = g_strdup (to);
      g_ptr_array_add (self->edits, edit);
    }
  return TRUE;
}

static gboolean
read_project (GKeyFile *file, SolcoProjectData *self, guint64 *n_items)
{
  SolcoProjectOptions *options = &self->options;
  g_autoptr (GError) error = NULL;
  guint verify;
  guint64 speed;

  self->label = get_text (file, GROUP_PROJECT, "Label");
  if (!read_boolean (file, GROUP_PROJECT, "CloseDisc", &options->close_disc)
      || !read_boolean (file, GROUP_PROJECT, "Simulate", &options->simulate)
      || !read_boolean (file, GROUP_PROJECT, "Manifest", &options->manifest)
      || !read_boolean (file, GROUP_PROJECT, "FileMd5", &options->file_md5)
      || !read_boolean (file, GROUP_PROJECT, "Eject", &options->eject)
      || !read_word (file, GROUP_PROJECT, "Verify", verify_words, G_N_ELEMENTS (verify_words),
                     &verify)
      || (self->label != NULL && !g_utf8_validate (self->label, -1, NULL)))
    return FALSE;
  options->verify = verify;
  speed = g_key_file_get_uint64 (file, GROUP_PROJECT, "SpeedKbPerSecond", &error);
  if (error == NULL)
    *n_items = g_key_file_get_uint64 (file, GROUP_PROJECT, "Items", &error);
  options->speed_kb_per_s = (guint) speed;
  return error == NULL && speed <= G_MAXUINT;
}

static gboolean
read_items (GKeyFile *file, SolcoProjectData *self, guint64 n_items)
{
  for (guint64 number = 1; number <= n_items; number++)
    {
      guint kind;
      g_autofree char *group = NULL;

      for (kind = 0; kind < SOLCO_N_PROJECT_ITEM_KINDS; kind++)
        {
          g_free (group);
          group = g_strdup_printf ("%s %" G_GUINT64_FORMAT, item_groups[kind], number);
          if (g_key_file_has_group (file, group))
            break;
        }
      if (kind == SOLCO_N_PROJECT_ITEM_KINDS || !read_item (file, group, kind, self))
        return FALSE;
    }
  return TRUE;
}

SolcoProjectData *
solco_project_data_from_text (const char *text, gsize length, GError **error)
{
  g_autoptr (SolcoProjectData) self = solco_project_data_new ();
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) parse_error = NULL;
  guint64 n_items = 0;
  int version;

  if (length == 0 || memchr (text, '\0', length) != NULL
      || !g_key_file_load_from_data (file, text, length, G_KEY_FILE_NONE, &parse_error))
    {
      set_invalid (error, parse_error != NULL ? parse_error->message : "it is no text");
      return NULL;
    }
  version = g_key_file_get_integer (file, GROUP_PROJECT, "Version", &parse_error);
  if (parse_error != NULL || version < 1)
    {
      set_invalid (error, "it has no version");
      return NULL;
    }
  if (version > SOLCO_PROJECT_FILE_VERSION)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_PROJECT_VERSION,
                   "The project file has version %d; this program knows versions up to %d. "
                   "Nothing was loaded.",
                   version, SOLCO_PROJECT_FILE_VERSION);
      return NULL;
    }
  if (!check_end (text, length, file, error))
    return NULL;
  if (!read_project (file, self, &n_items)
      || (g_key_file_has_group (file, GROUP_DISC) && !read_disc (file, self)))
    {
      set_invalid (error, "an option or the disc is not understood");
      return NULL;
    }
  if (!read_items (file, self, n_items))
    {
      set_invalid (error, "an item is missing or not understood");
      return NULL;
    }
  return g_steal_pointer (&self);
}
