/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-session-tree-private.h"

#include <string.h>
#include <sys/stat.h>

#include "solco-error.h"
#include "solco-iso-import-private.h"
#include "solco-iso-source-private.h"
#include "solco-volume-private.h"

/* ECMA-119 6.2.1 and 8.1. */
#define FIRST_DESCRIPTOR 16
#define MAX_DESCRIPTORS 16
#define DESCRIPTOR_BOOT 0
#define DESCRIPTOR_PRIMARY 1
#define DESCRIPTOR_TERMINATOR 255
#define OFFSET_ROOT_RECORD 156

/* A directory record, ECMA-119 9.1. */
#define RECORD_BLOCK 2
#define RECORD_LENGTH 10
#define RECORD_FLAGS 25
#define RECORD_UNIT_SIZE 26
#define RECORD_GAP_SIZE 27
#define RECORD_NAME_LENGTH 32
#define RECORD_NAME 33
#define FLAG_DIRECTORY 0x02
#define FLAG_MORE_EXTENTS 0x80

/* Rock Ridge 1.12: flags of NM and of the components of SL. */
#define NAME_CONTINUES 0x01
#define COMPONENT_CONTINUES 0x01
#define COMPONENT_CURRENT 0x02
#define COMPONENT_PARENT 0x04
#define COMPONENT_ROOT 0x08
#define TIME_CREATION 0x01
#define TIME_MODIFY 0x02
#define TIME_LONG 0x80
#define SHORT_TIME_BYTES 7
/* A name and a long link target fit in a few; more is a loop. */
#define MAX_CONTINUATIONS 64

/* One node while its folder is being read. */
typedef struct
{
  SolcoTreeNode row;
  gint64 block;
  guint64 length_bytes;
} Entry;

/* A folder whose records are still to be read. */
typedef struct
{
  guint32 index;
  gint64 block;
  guint64 length_bytes;
} Folder;

typedef struct
{
  IsoDataSource *source;
  const SolcoMedium *medium;
  const SolcoSession *session;
  SolcoTreeBuilder *builder;
  gint64 folder_blocks;
  /* Of the folder that is being read: */
  GArray *entries; /* Entry */
  GStringChunk *strings;
  GString *name;
  GString *link_target;
  gboolean is_sorted;
} Reader;

/* What the system use area of a record says. */
typedef struct
{
  gboolean has_attributes;
  gboolean name_continues;
  gboolean link_continues;
  gboolean component_continues;
} Fields;

static guint32
read_le32 (const guint8 *data)
{
  return data[0] | data[1] << 8 | data[2] << 16 | (guint32) data[3] << 24;
}

static gboolean
read_block (Reader *self, gint64 block, guint8 *data)
{
  return block >= self->session->start_block
         && block < self->session->start_block + self->session->size_blocks
         && self->source->read_block (self->source, (uint32_t) block, data) > 0;
}

/* Days since 1970 of a date of the Gregorian calendar. Years are counted from March on, so that the
 * leap day is the last one. */
static gint64
count_days (gint64 year, guint month, guint day)
{
  gint64 y = month > 2 ? year : year - 1;
  guint m = month > 2 ? month - 3 : month + 9;

  return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719468;
}

/* ECMA-119 9.1.5. */
static gboolean
parse_time (const guint8 *data, gint64 *time_s)
{
  if (data[1] < 1 || data[1] > 12 || data[2] < 1 || data[2] > 31 || data[3] > 23 || data[4] > 59
      || data[5] > 60)
    return FALSE;
  *time_s = count_days (1900 + data[0], data[1], data[2]) * 86400 + data[3] * 3600 + data[4] * 60
            + data[5] - (gint64) (gint8) data[6] * 15 * 60;
  return TRUE;
}

static gboolean
parse_tf (const guint8 *field, guint length, SolcoTreeNode *row)
{
  guint offset = 5 + (field[4] & TIME_CREATION ? SHORT_TIME_BYTES : 0);

  return (field[4] & TIME_MODIFY) != 0 && (field[4] & TIME_LONG) == 0
         && offset + SHORT_TIME_BYTES <= length && parse_time (field + offset, &row->mtime_s);
}

static gboolean
parse_px (const guint8 *field, guint length, SolcoTreeNode *row)
{
  guint32 mode;

  if (length != 36 && length != 44)
    return FALSE;
  mode = read_le32 (field + 4);
  switch (mode & S_IFMT)
    {
    case S_IFDIR:
      row->kind = SOLCO_NODE_DIRECTORY;
      break;
    case S_IFREG:
      row->kind = SOLCO_NODE_FILE;
      break;
    case S_IFLNK:
      row->kind = SOLCO_NODE_SYMLINK;
      break;
    case S_IFSOCK:
    case S_IFBLK:
    case S_IFCHR:
    case S_IFIFO:
      row->kind = SOLCO_NODE_SPECIAL;
      break;
    default:
      return FALSE;
    }
  row->mode = mode & 07777;
  row->uid = read_le32 (field + 20);
  row->gid = read_le32 (field + 28);
  return TRUE;
}

static gboolean
parse_sl (Reader *self, const guint8 *field, guint length, Fields *fields)
{
  guint at = 5;

  while (at + 2 <= length)
    {
      guint8 flags = field[at];
      guint bytes = field[at + 1];

      if (at + 2 + bytes > length)
        return FALSE;
      if (!fields->component_continues && self->link_target->len > 0
          && self->link_target->str[self->link_target->len - 1] != '/')
        g_string_append_c (self->link_target, '/');
      switch (flags & ~COMPONENT_CONTINUES)
        {
        case 0:
          g_string_append_len (self->link_target, (const char *) field + at + 2, bytes);
          break;
        case COMPONENT_CURRENT:
          g_string_append_c (self->link_target, '.');
          break;
        case COMPONENT_PARENT:
          g_string_append (self->link_target, "..");
          break;
        case COMPONENT_ROOT:
          g_string_append_c (self->link_target, '/');
          break;
        default:
          return FALSE;
        }
      fields->component_continues = (flags & COMPONENT_CONTINUES) != 0;
      at += 2 + bytes;
    }
  fields->link_continues = (field[4] & NAME_CONTINUES) != 0;
  return at == length;
}

/* Attributes, by AAIP 2.0 pairs of name and value, which libisofs keeps its own notes in. Those change
 * nothing in a tree; an access control list, whose name is empty, stands for permissions. */
static gboolean
parse_al (const guint8 *field, guint length)
{
  gboolean is_name = TRUE;
  guint at = 5;

  if (field[4] != 0)
    return FALSE;
  while (at + 2 <= length)
    {
      if (field[at] != 0 || (is_name && field[at + 1] == 0))
        return FALSE;
      is_name = !is_name;
      at += 2 + field[at + 1];
    }
  return at == length && is_name;
}

static gboolean
is_signature (const guint8 *field, const char *signature)
{
  return field[0] == (guint8) signature[0] && field[1] == (guint8) signature[1];
}

/* One field of a system use area. FALSE: nothing that Solco writes. */
static gboolean
parse_field (Reader *self, const guint8 *field, guint length, gboolean is_root, Entry *entry,
             Fields *fields)
{
  if (is_signature (field, "PX"))
    {
      fields->has_attributes = parse_px (field, length, &entry->row);
      return fields->has_attributes;
    }
  if (is_signature (field, "TF"))
    return length >= 5 && parse_tf (field, length, &entry->row);
  if (is_signature (field, "NM"))
    {
      /* The root calls itself ".". */
      if (is_root)
        return TRUE;
      if (length < 5 || (field[4] & ~NAME_CONTINUES) != 0
          || (self->name->len > 0 && !fields->name_continues))
        return FALSE;
      g_string_append_len (self->name, (const char *) field + 5, length - 5);
      fields->name_continues = (field[4] & NAME_CONTINUES) != 0;
      return TRUE;
    }
  if (is_signature (field, "SL"))
    return length >= 5 && (self->link_target->len == 0 || fields->link_continues)
           && parse_sl (self, field, length, fields);
  /* Numbers of devices are of no use to a tree, and ES only says whose fields follow. */
  if (is_signature (field, "PN") || is_signature (field, "ES"))
    return TRUE;
  /* SP: no bytes to be left out of each area. ER says that it is Rock Ridge. */
  if (is_signature (field, "SP"))
    return is_root && length == 7 && field[6] == 0;
  if (is_signature (field, "AL"))
    return length >= 5 && parse_al (field, length);
  return is_root && is_signature (field, "ER");
}

/* The system use area of a record with its continuations. */
static gboolean
parse_fields (Reader *self, const guint8 *area, guint length, gboolean is_root, Entry *entry,
              Fields *fields)
{
  guint8 continuation[SOLCO_BLOCK_BYTES];

  for (guint n = 0; n < MAX_CONTINUATIONS; n++)
    {
      gint64 next_block = -1;
      guint32 next_offset = 0;
      guint32 next_length = 0;

      while (length >= 4 && area[2] != 0)
        {
          guint field_length = area[2];

          if (field_length < 4 || field_length > length || area[3] != 1)
            return FALSE;
          if (is_signature (area, "CE"))
            {
              if (field_length != 28)
                return FALSE;
              next_block = read_le32 (area + 4);
              next_offset = read_le32 (area + 12);
              next_length = read_le32 (area + 20);
            }
          else if (is_signature (area, "ST"))
            break;
          else if (!parse_field (self, area, field_length, is_root, entry, fields))
            return FALSE;
          area += field_length;
          length -= field_length;
        }
      if (next_block < 0)
        return fields->has_attributes && !fields->name_continues && !fields->link_continues
               && !fields->component_continues;
      if (next_offset >= SOLCO_BLOCK_BYTES || next_length > SOLCO_BLOCK_BYTES - next_offset
          || !read_block (self, next_block, continuation))
        return FALSE;
      area = continuation + next_offset;
      length = next_length;
    }
  return FALSE;
}

/* A record with a name, or the root's own. @entry holds what earlier records say of the same file,
 * which has several where it is larger than 4 GiB. */
static gboolean
parse_record (Reader *self, const guint8 *record, gboolean is_root, Entry *entry)
{
  guint name_end = RECORD_NAME + record[RECORD_NAME_LENGTH];
  guint area = name_end + (record[RECORD_NAME_LENGTH] % 2 == 0 ? 1 : 0);
  gboolean is_directory = (record[RECORD_FLAGS] & FLAG_DIRECTORY) != 0;
  Fields fields = { FALSE };

  if (name_end > record[0] || record[1] != 0 || record[RECORD_UNIT_SIZE] != 0
      || record[RECORD_GAP_SIZE] != 0)
    return FALSE;
  if (entry->length_bytes == 0)
    entry->block = read_le32 (record + RECORD_BLOCK);
  /* All extents of a file lie behind each other. */
  else if (entry->length_bytes % SOLCO_BLOCK_BYTES != 0
           || read_le32 (record + RECORD_BLOCK)
                  != entry->block + (gint64) (entry->length_bytes / SOLCO_BLOCK_BYTES))
    return FALSE;
  entry->length_bytes += read_le32 (record + RECORD_LENGTH);
  if ((record[RECORD_FLAGS] & FLAG_MORE_EXTENTS) != 0)
    return !is_directory;

  g_string_truncate (self->name, 0);
  g_string_truncate (self->link_target, 0);
  if (area > record[0]
      || !parse_fields (self, record + area, record[0] - area, is_root, entry, &fields)
      || is_directory != (entry->row.kind == SOLCO_NODE_DIRECTORY))
    return FALSE;
  if (is_root)
    return TRUE;
  if (self->name->len == 0 || memchr (self->name->str, '/', self->name->len) != NULL
      || !g_utf8_validate (self->name->str, (gssize) self->name->len, NULL))
    return FALSE;
  entry->row.name = g_string_chunk_insert_len (self->strings, self->name->str,
                                               (gssize) self->name->len);
  if (entry->row.kind == SOLCO_NODE_FILE && entry->length_bytes > 0)
    {
      entry->row.size_bytes = entry->length_bytes;
      entry->row.start_block = (guint32) entry->block;
      entry->row.session = solco_medium_find_session (self->medium, entry->block);
    }
  else if (entry->row.kind == SOLCO_NODE_SYMLINK)
    {
      if (strlen (self->link_target->str) != self->link_target->len)
        return FALSE;
      entry->row.size_bytes = self->link_target->len;
      entry->row.link_target = g_string_chunk_insert (self->strings, self->link_target->str);
    }
  return TRUE;
}

/* All records of a folder but those for itself and for the one above it. */
static gboolean
read_folder (Reader *self, const Folder *folder)
{
  guint8 block[SOLCO_BLOCK_BYTES];
  Entry entry = { { NULL } };
  gboolean is_continued = FALSE;
  guint n_records = 0;
  gint64 n_blocks = (gint64) (folder->length_bytes / SOLCO_BLOCK_BYTES);

  g_array_set_size (self->entries, 0);
  g_string_chunk_clear (self->strings);
  self->is_sorted = TRUE;
  self->folder_blocks += n_blocks;
  /* Every folder has its own blocks; more than the session has would be a folder inside itself. */
  if (n_blocks == 0 || folder->length_bytes % SOLCO_BLOCK_BYTES != 0
      || self->folder_blocks > self->session->size_blocks)
    return FALSE;
  for (gint64 i = 0; i < n_blocks; i++)
    {
      guint at = 0;

      if (!read_block (self, folder->block + i, block))
        return FALSE;
      while (at < SOLCO_BLOCK_BYTES && block[at] != 0)
        {
          const guint8 *record = block + at;

          if (record[0] <= RECORD_NAME || at + record[0] > SOLCO_BLOCK_BYTES)
            return FALSE;
          at += record[0];
          if (n_records++ < 2)
            continue;
          if (!is_continued)
            entry = (Entry){ { NULL } };
          if (!parse_record (self, record, FALSE, &entry))
            return FALSE;
          is_continued = (record[RECORD_FLAGS] & FLAG_MORE_EXTENTS) != 0;
          if (is_continued)
            continue;
          if (self->entries->len > 0
              && strcmp (g_array_index (self->entries, Entry, self->entries->len - 1).row.name,
                         entry.row.name)
                     >= 0)
            self->is_sorted = FALSE;
          g_array_append_val (self->entries, entry);
        }
    }
  return n_records >= 2 && !is_continued;
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  return strcmp (((const Entry *) a)->row.name, ((const Entry *) b)->row.name);
}

/* Adds what was read of a folder to the tree, in the order of the names, which is not always that of
 * their short forms, in which the records stand. */
static gboolean
add_entries (Reader *self, guint32 parent, GArray *folders)
{
  if (!self->is_sorted)
    g_array_sort (self->entries, compare_entries);
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = &g_array_index (self->entries, Entry, i);

      if (i > 0 && strcmp ((entry - 1)->row.name, entry->row.name) == 0)
        return FALSE;
      entry->row.disc_index = solco_tree_builder_get_n_nodes (self->builder);
      solco_tree_builder_add (self->builder, parent, &entry->row);
      if (entry->row.kind == SOLCO_NODE_DIRECTORY)
        {
          Folder folder = { .index = entry->row.disc_index,
                            .block = entry->block,
                            .length_bytes = entry->length_bytes };

          g_array_append_val (folders, folder);
        }
    }
  return TRUE;
}

/* Finds the root in the descriptors, if they are of a session of Solco. */
static gboolean
read_root (Reader *self, Folder *root)
{
  guint8 block[SOLCO_BLOCK_BYTES];
  Entry entry = { { NULL } };
  gboolean has_root = FALSE;

  for (guint i = 0; i < MAX_DESCRIPTORS; i++)
    {
      if (!read_block (self, self->session->start_block + FIRST_DESCRIPTOR + i, block)
          || memcmp (block + 1, "CD001", 5) != 0
          /* libisofs treats what a boot catalog names in its own way. */
          || block[0] == DESCRIPTOR_BOOT)
        return FALSE;
      if (block[0] == DESCRIPTOR_TERMINATOR)
        break;
      if (block[0] == DESCRIPTOR_PRIMARY)
        {
          if (has_root || !solco_volume_is_own_descriptor (block))
            return FALSE;
          has_root = TRUE;
          root->block = read_le32 (block + OFFSET_ROOT_RECORD + RECORD_BLOCK);
          root->length_bytes = read_le32 (block + OFFSET_ROOT_RECORD + RECORD_LENGTH);
        }
    }
  if (!has_root || block[0] != DESCRIPTOR_TERMINATOR || !read_block (self, root->block, block)
      || block[0] <= RECORD_NAME || !parse_record (self, block, TRUE, &entry))
    return FALSE;
  entry.row.name = "";
  entry.row.disc_index = 0;
  self->builder = solco_tree_builder_new (&entry.row);
  return TRUE;
}

static gboolean
read_all (Reader *self, SolcoTask *task, GError **error)
{
  g_autoptr (GArray) folders = g_array_new (FALSE, FALSE, sizeof (Folder));
  Folder root = { 0 };

  if (!read_root (self, &root))
    return FALSE;
  g_array_append_val (folders, root);
  for (guint i = 0; i < folders->len; i++)
    {
      Folder folder = g_array_index (folders, Folder, i);

      if (!solco_task_check_cancelled (task, error) || !read_folder (self, &folder)
          || !add_entries (self, folder.index, folders))
        return FALSE;
    }
  return TRUE;
}

SolcoTree *
solco_session_tree_read_own (SolcoDrive *drive, const SolcoMedium *medium, guint session,
                             GError **error)
{
  SolcoTask *task = solco_drive_get_task (drive);
  Reader self = {
    .source = solco_iso_source_new (drive, medium),
    .medium = medium,
    .session = &g_array_index (medium->sessions, SolcoSession, session - 1),
    .entries = g_array_new (FALSE, FALSE, sizeof (Entry)),
    .strings = g_string_chunk_new (16 * 1024),
    .name = g_string_new (NULL),
    .link_target = g_string_new (NULL),
  };
  g_autoptr (GError) read_error = NULL;
  SolcoTree *tree = NULL;

  if (read_all (&self, task, error))
    tree = solco_tree_builder_finish (g_steal_pointer (&self.builder));
  else if (error != NULL && *error == NULL)
    (void) solco_task_check_cancelled (task, error);
  read_error = solco_iso_source_take_error (self.source);
  iso_data_source_unref (self.source);
  g_clear_pointer (&self.builder, solco_tree_builder_free);
  g_array_unref (self.entries);
  g_string_chunk_free (self.strings);
  g_string_free (self.name, TRUE);
  g_string_free (self.link_target, TRUE);
  return tree;
}

SolcoTree *
solco_session_tree_read (SolcoDrive *drive, const SolcoMedium *medium, guint session,
                         GError **error)
{
  g_autoptr (SolcoIsoImport) import = NULL;
  g_autoptr (GError) cancelled = NULL;

  if (session >= 1 && session <= medium->sessions->len)
    {
      SolcoTree *tree = solco_session_tree_read_own (drive, medium, session, &cancelled);

      if (tree != NULL)
        return tree;
      if (cancelled != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&cancelled));
          return NULL;
        }
    }
  import = solco_iso_import_new (drive, medium, session, SOLCO_IMPORT_PLAIN, NULL, error);
  return import != NULL ? solco_tree_ref (import->tree) : NULL;
}
