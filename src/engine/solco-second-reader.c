/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-second-reader-private.h"

#include <cdio/cdio.h>
#include <cdio/iso9660.h>
#include <cdio/logging.h>
#include <string.h>

#include "solco-error.h"
#include "solco-medium-reader-private.h"
#include "solco-plan.h"

#define FIRST_DESCRIPTOR 16
#define OFFSET_ROOT_RECORD 156
#define OFFSET_CREATED 813
#define LENGTH_CREATED 17
/* More than that of a root directory is not looked at. */
#define MAXIMUM_ROOT_BYTES (16 * 1024 * 1024)
/* Bits of the file flags, ECMA-119 9.1.6. */
#define FLAG_DIRECTORY 0x02
#define FLAG_MULTI_EXTENT 0x80

/* Either an image file or a drive. */
typedef struct
{
  iso9660_t *iso;
  CdIo_t *cdio;
} Reader;

static void
reader_clear (Reader *reader)
{
  if (reader->iso != NULL)
    (void) iso9660_close (reader->iso);
  if (reader->cdio != NULL)
    cdio_destroy (reader->cdio);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

static void
ignore_log (cdio_log_level_t level, const char *message)
{
  /* What libcdio cannot read becomes an error of ours; its guesses about files are of no use. */
}

void
solco_second_reader_start (void)
{
  (void) cdio_log_set_handler (ignore_log);
}

static gboolean
set_mismatch (GError **error, const SolcoMedium *medium, const char *what)
{
  g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_VERIFY_FAILED,
               "%s: libcdio, reading independently, finds another state: %s", medium->address,
               what);
  return FALSE;
}

static gboolean
open_reader (Reader *reader, const SolcoMedium *medium, GError **error)
{
  if (medium->is_image_file)
    {
      g_autoptr (SolcoTarget) target
          = solco_target_new (medium->address, SOLCO_IMAGE_KIND_FREE_SPACE, 0);

      reader->iso = iso9660_open_ext (solco_target_get_image_path (target),
                                      ISO_EXTENSION_ROCK_RIDGE);
    }
  else
    reader->cdio = cdio_open (medium->address, DRIVER_DEVICE);
  return reader->iso != NULL || reader->cdio != NULL
         || set_mismatch (error, medium, "it cannot be opened");
}

static gboolean
read_sectors (Reader *reader, gint64 block, guint n_blocks, guint8 *buffer)
{
  if (reader->iso != NULL)
    return iso9660_iso_seek_read (reader->iso, buffer, (lsn_t) block, n_blocks)
           == (long) n_blocks * ISO_BLOCKSIZE;
  return cdio_read_data_sectors (reader->cdio, buffer, (lsn_t) block, ISO_BLOCKSIZE, n_blocks)
         == DRIVER_OP_SUCCESS;
}

/* The track that the session consists of, by the drive's table of contents as libcdio reads it. */
static gboolean
check_toc (Reader *reader, const SolcoMedium *medium, const SolcoSession *session, GError **error)
{
  track_t first;
  track_t n_tracks;

  if (reader->cdio == NULL || solco_profile_get_family (medium->profile) != SOLCO_FAMILY_CD)
    return TRUE;
  first = cdio_get_first_track_num (reader->cdio);
  n_tracks = cdio_get_num_tracks (reader->cdio);
  if (first == CDIO_INVALID_TRACK || n_tracks == CDIO_INVALID_TRACK)
    return set_mismatch (error, medium, "there is no table of contents");
  for (guint i = 0; i < n_tracks; i++)
    if (cdio_get_track_lsn (reader->cdio, (track_t) (first + i)) == session->start_block)
      return TRUE;
  return set_mismatch (error, medium, "no track starts with the newest session");
}

/* A number that stands least and then most significant byte first. libcdio's own from_733() shifts
 * into the sign bit. */
static guint32
read_both_endian (iso733_t number)
{
  guint32 low;

  memcpy (&low, &number, sizeof low);
  return GUINT32_FROM_LE (low);
}

/* One record of the root directory: is it a child with just these blocks? */
static guint32
find_child (const SolcoTree *tree, guint32 block, guint32 size_bytes)
{
  const SolcoTreeNode *nodes = solco_tree_get_nodes (tree, NULL);

  for (guint32 i = 0; i < nodes[0].n_children; i++)
    {
      const SolcoTreeNode *node = &nodes[nodes[0].first_child + i];

      if (node->kind == SOLCO_NODE_FILE && node->start_block == block
          && node->size_bytes == size_bytes)
        return nodes[0].first_child + i;
    }
  return SOLCO_TREE_NONE;
}

/* Every record of the root must be a child of the tree, and every child must have a record. */
static gboolean
check_root (const guint8 *data, gsize size, const SolcoMedium *medium, SolcoTree *tree,
            GError **error)
{
  const SolcoTreeNode *nodes = solco_tree_get_nodes (tree, NULL);
  guint32 n_records = 0;
  gboolean in_extents = FALSE;

  for (gsize at = 0; at + sizeof (iso9660_dir_t) <= size;)
    {
      const iso9660_dir_t *record = (const void *) (data + at);
      guint8 flags = record->file_flags;
      guint32 size_bytes;

      if (record->length == 0)
        {
          /* Records do not cross blocks. */
          at = (at / ISO_BLOCKSIZE + 1) * ISO_BLOCKSIZE;
          continue;
        }
      /* "." and ".." have the names 0 and 1. */
      if (!(record->filename.len == 1 && (guint8) record->filename.str[1] <= 1))
        {
          size_bytes = read_both_endian (record->size);
          if (!in_extents)
            n_records++;
          if (!(flags & FLAG_DIRECTORY) && !(flags & FLAG_MULTI_EXTENT) && !in_extents
              && size_bytes > 0
              && find_child (tree, read_both_endian (record->extent), size_bytes) == SOLCO_TREE_NONE)
            return set_mismatch (error, medium, "the root directory shows other files");
          in_extents = (flags & FLAG_MULTI_EXTENT) != 0;
        }
      at += record->length;
    }
  if (n_records != nodes[0].n_children)
    return set_mismatch (error, medium, "the root directory has another number of files");
  return TRUE;
}

static gboolean
check (SolcoTask *task, const SolcoMedium *medium, SolcoTree *tree, GError **error)
{
  const SolcoSession *session = solco_medium_get_last_session (medium);
  g_auto (Reader) reader = { NULL };
  guint8 descriptor[ISO_BLOCKSIZE];
  g_autofree guint8 *root = NULL;
  const iso9660_dir_t *record = (const void *) (descriptor + OFFSET_ROOT_RECORD);
  gint64 root_block;
  gsize root_bytes;
  g_autoptr (GString) created = g_string_new (NULL);

  if (!open_reader (&reader, medium, error) || !check_toc (&reader, medium, session, error))
    return FALSE;
  if (!read_sectors (&reader, session->start_block + FIRST_DESCRIPTOR, 1, descriptor)
      || memcmp (descriptor + 1, "CD001", 5) != 0)
    return set_mismatch (error, medium, "there is no volume descriptor");
  for (guint i = 0; i < LENGTH_CREATED; i++)
    g_string_append_printf (created, "%02x", descriptor[OFFSET_CREATED + i]);
  if (*medium->identity->created != '\0'
      && strcmp (created->str, medium->identity->created) != 0)
    return set_mismatch (error, medium, "the volume descriptor has another time");

  root_block = read_both_endian (record->extent);
  root_bytes = read_both_endian (record->size);
  if (root_bytes == 0 || root_bytes > MAXIMUM_ROOT_BYTES)
    {
      solco_task_log (task, "libcdio: a root directory of %" G_GSIZE_FORMAT " bytes is not checked",
                      root_bytes);
      return TRUE;
    }
  root = g_malloc (root_bytes + ISO_BLOCKSIZE);
  if (!read_sectors (&reader, root_block, (guint) ((root_bytes + ISO_BLOCKSIZE - 1) / ISO_BLOCKSIZE),
                     root))
    return set_mismatch (error, medium, "the root directory cannot be read");
  if (!check_root (root, root_bytes, medium, tree, error))
    return FALSE;
  solco_task_log (task, "libcdio agrees about the newest session");
  return TRUE;
}

/* What libcdio cannot read may have gone away, which it does not tell. */
static gboolean
check_present (SolcoDrive *drive, GError **error)
{
  g_autoptr (SolcoMedium) medium = NULL;

  if (solco_drive_get_burn_drive (drive, error) == NULL)
    {
      /* It was there a moment ago. */
      if (error != NULL && g_error_matches (*error, SOLCO_ERROR, SOLCO_ERROR_NO_RECORDER))
        (*error)->code = SOLCO_ERROR_DEVICE_GONE;
      return FALSE;
    }
  if (!solco_drive_reassess (drive, error))
    return FALSE;
  medium = solco_medium_read (drive, error);
  if (medium == NULL)
    return FALSE;
  if (medium->state != SOLCO_MEDIUM_NONE)
    return TRUE;
  g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NO_MEDIUM, "%s: the disc was taken out",
               medium->address);
  return FALSE;
}

gboolean
solco_second_reader_check (SolcoDrive *drive, const SolcoMedium *medium, SolcoTree *tree,
                           GError **error)
{
  g_autoptr (GError) mismatch = NULL;

  /* It opens the drive for itself. */
  solco_drive_release_burn_drive (drive);
  if (check (solco_drive_get_task (drive), medium, tree, &mismatch))
    return TRUE;
  if (solco_drive_is_image (drive) || check_present (drive, error))
    g_propagate_error (error, g_steal_pointer (&mismatch));
  return FALSE;
}
