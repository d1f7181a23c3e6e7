/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A stream class for old files, and libisofs's function that tells where old files lie. libisofs
 * calls it through the dynamic linker, so that the one of an executable that exports it takes its
 * place; it knows the streams of this class, and leaves all others to libisofs. Where it does not
 * take the place, no stream is exchanged, and everything works as before, with more memory.
 */
#include "solco-kept-stream-private.h"

#include <dlfcn.h>
#include <string.h>

/* One allocation of 16 KiB. */
#define RECORDS_IN_A_SLAB 1022
/* A folder with more files has not all of them wait for its end. With a smaller number the memory of
 * one folder would not serve for the next as a whole, and neighbours would be scattered. */
#define FILES_AT_A_TIME 4096

typedef struct
{
  guint32 block;
  guint32 size_bytes;
  guint32 inode;
  /* In its slab, which is found by it. */
  guint32 index;
} Record;

/* Lives as long as the last stream that points into it. */
typedef struct
{
  gatomicrefcount ref_count;
  guint32 n_records;
  /* libisofs's number of the file system that the files come from. */
  guint fs_id;
  dev_t device;
  Record records[RECORDS_IN_A_SLAB];
} Slab;

struct _SolcoKeptStreams
{
  IsoImage *image; /* borrowed */
  gboolean is_importing;
  /* The folder that libisofs began to read last, from malloc(); NULL before the first. */
  char *folder_path;
  guint n_files;
  /* The one that is being filled; NULL before the first. */
  Slab *slab;
};

typedef int (*SectionsFunc) (IsoFile *file, int *section_count, struct iso_file_section **sections,
                             int flag);

static guint64 n_told;

guint64
solco_kept_streams_get_n_told (void)
{
  return __atomic_load_n (&n_told, __ATOMIC_RELAXED);
}

static Slab *
get_slab (const Record *record)
{
  const Record *first = record - record->index;

  return (Slab *) (void *) ((char *) first - G_STRUCT_OFFSET (Slab, records));
}

static void
slab_unref (Slab *slab)
{
  if (g_atomic_ref_count_dec (&slab->ref_count))
    g_free (slab);
}

/* What is on the disc is not copied. libisofs reads old files only to make them bootable, and those
 * keep their own stream. */
static int
kept_open (IsoStream *stream)
{
  return (int) ISO_FILE_READ_ERROR;
}

static int
kept_close (IsoStream *stream)
{
  return (int) ISO_FILE_NOT_OPENED;
}

static off_t
kept_get_size (IsoStream *stream)
{
  return ((const Record *) stream->data)->size_bytes;
}

static int
kept_read (IsoStream *stream, void *buffer, size_t count)
{
  return (int) ISO_FILE_NOT_OPENED;
}

static int
kept_is_repeatable (IsoStream *stream)
{
  return 0;
}

static void
kept_get_id (IsoStream *stream, unsigned int *fs_id, dev_t *device, ino_t *inode)
{
  const Record *record = stream->data;
  const Slab *slab = get_slab (record);

  *fs_id = slab->fs_id;
  *device = slab->device;
  *inode = record->inode;
}

static void
kept_free (IsoStream *stream)
{
  slab_unref (get_slab (stream->data));
}

static int
kept_update_size (IsoStream *stream)
{
  return ISO_SUCCESS;
}

static IsoStream *
kept_get_input_stream (IsoStream *stream, int flag)
{
  return NULL;
}

/* As libisofs compares old files: those that lie at the same place are the same, and so are all
 * that are empty. */
static int
kept_compare (IsoStream *a, IsoStream *b)
{
  const Record *x = a->data;
  const Record *y = b->data;

  if (x->size_bytes == 0 || y->size_bytes == 0)
    return (x->size_bytes > 0) - (y->size_bytes > 0);
  if (x->block != y->block)
    return x->block < y->block ? -1 : 1;
  return (x->size_bytes > y->size_bytes) - (x->size_bytes < y->size_bytes);
}

static int
kept_clone (IsoStream *stream, IsoStream **clone, int flag)
{
  return (int) ISO_STREAM_NO_CLONE;
}

static IsoStreamIface kept_class = {
  .version = 4,
  .type = { 'u', 's', 'e', 'r' },
  .open = kept_open,
  .close = kept_close,
  .get_size = kept_get_size,
  .read = kept_read,
  .is_repeatable = kept_is_repeatable,
  .get_id = kept_get_id,
  .free = kept_free,
  .update_size = kept_update_size,
  .get_input_stream = kept_get_input_stream,
  .cmp_ino = kept_compare,
  .clone_stream = kept_clone,
};

gboolean
solco_kept_streams_has (IsoFile *file)
{
  return iso_file_get_stream (file)->class == &kept_class;
}

static SectionsFunc
get_real_sections_func (void)
{
  static SectionsFunc real;
  static gsize is_done;

  if (g_once_init_enter (&is_done))
    {
      *(void **) &real = dlsym (RTLD_NEXT, "iso_file_get_old_image_sections");
      g_once_init_leave (&is_done, 1);
    }
  return real;
}

/**
 * iso_file_get_old_image_sections:
 * @file: a file
 * @section_count: (out): how many extents it has
 * @sections: (out) (array length=section_count): the extents, to be given to free()
 * @flag: 0
 *
 * As in libisofs.h. Any thread.
 *
 * Returns: 1; 0 where the file is not of an old session; or an error of libisofs
 */
int
iso_file_get_old_image_sections (IsoFile *file, int *section_count,
                                 struct iso_file_section **sections, int flag)
{
  const Record *record;

  if (file == NULL || section_count == NULL || sections == NULL || flag != 0
      || !solco_kept_streams_has (file))
    return get_real_sections_func () (file, section_count, sections, flag);
  __atomic_fetch_add (&n_told, 1, __ATOMIC_RELAXED);
  record = iso_file_get_stream (file)->data;
  *section_count = 0;
  *sections = malloc (sizeof **sections);
  if (*sections == NULL)
    return (int) ISO_OUT_OF_MEM;
  **sections = (struct iso_file_section){ .block = record->block, .size = record->size_bytes };
  *section_count = 1;
  return 1;
}

static Record *
add_record (SolcoKeptStreams *self, guint fs_id, dev_t device)
{
  Slab *slab = self->slab;
  Record *record;

  if (slab == NULL || slab->n_records == RECORDS_IN_A_SLAB || slab->fs_id != fs_id
      || slab->device != device)
    {
      g_clear_pointer (&self->slab, slab_unref);
      slab = self->slab = g_new (Slab, 1);
      g_atomic_ref_count_init (&slab->ref_count);
      slab->n_records = 0;
      slab->fs_id = fs_id;
      slab->device = device;
    }
  record = &slab->records[slab->n_records];
  record->index = slab->n_records++;
  g_atomic_ref_count_inc (&slab->ref_count);
  return record;
}

/* Whether libisofs says of a file what Solco says of it. */
static gboolean
is_told (IsoFile *file, const Record *record)
{
  uint32_t block = 0;

  return iso_file_get_old_image_lba (file, &block, 0) == 1 && block == record->block;
}

gboolean
solco_kept_streams_take (SolcoKeptStreams *self, IsoFile *file)
{
  IsoStream *stream = iso_file_get_stream (file);
  struct iso_file_section *sections = NULL;
  int n_sections = 0;
  IsoStream *old;
  Record *record;
  unsigned int fs_id;
  dev_t device;
  ino_t inode;

  if (memcmp (stream->class->type, "fsrc", sizeof stream->class->type) != 0
      /* libisofs reads what it makes bootable. */
      || iso_image_get_boot_image (self->image, NULL, NULL, NULL) != 0)
    return FALSE;
  iso_stream_get_id (stream, &fs_id, &device, &inode);
  /* After the import libisofs gives a number to each file that has none. */
  if ((self->is_importing && inode == 0) || inode > G_MAXUINT32
      || iso_file_get_old_image_sections (file, &n_sections, &sections, 0) != 1)
    return FALSE;
  /* libisofs disposes of streams with free(). */
  old = n_sections == 1 && (off_t) sections[0].size == iso_file_get_size (file)
            ? malloc (sizeof *old)
            : NULL;
  if (old == NULL)
    {
      free (sections);
      return FALSE;
    }
  record = add_record (self, fs_id, device);
  record->block = sections[0].block;
  record->size_bytes = sections[0].size;
  record->inode = (guint32) inode;
  free (sections);
  *old = *stream;
  stream->class = &kept_class;
  stream->data = record;
  if (!is_told (file, record))
    {
      stream->class = old->class;
      stream->data = old->data;
      free (old);
      slab_unref (get_slab (record));
      return FALSE;
    }
  /* With the data that were the other's, and goes with them. */
  old->refcount = 1;
  iso_stream_unref (old);
  return TRUE;
}

/* Exchanges the streams of files that were added to a folder. libisofs adds them backwards, so that
 * new ones stand before those that have been looked at. Where they do not, or where one cannot be
 * taken, the others wait for the end of the import: no folder is gone through again and again. */
static void
take_folder (SolcoKeptStreams *self, const char *path)
{
  IsoNode *folder = NULL;
  IsoNode *node = NULL;
  IsoDirIter *iter = NULL;

  /* It is not found where libisofs gave it another name. */
  if (iso_tree_path_to_node (self->image, path, &folder) != 1
      || iso_node_get_type (folder) != LIBISO_DIR
      || iso_dir_get_children ((IsoDir *) folder, &iter) < 0)
    return;
  while (iso_dir_iter_next (iter, &node) == 1)
    if (iso_node_get_type (node) == LIBISO_FILE
        && (solco_kept_streams_has ((IsoFile *) node)
            || !solco_kept_streams_take (self, (IsoFile *) node)))
      break;
  iso_dir_iter_free (iter);
}

static void
take_folder_of (SolcoKeptStreams *self, IsoFileSource *source)
{
  char *path = iso_file_source_get_path (source);
  char *slash = path != NULL ? strrchr (path, '/') : NULL;

  if (slash != NULL)
    {
      *slash = '\0';
      take_folder (self, *path != '\0' ? path : "/");
    }
  free (path);
}

/* libisofs is about to add @source to the tree. */
static int
on_import (IsoImage *image, IsoFileSource *source)
{
  SolcoKeptStreams *self = iso_image_get_attached_data (image);
  struct stat status;

  if (iso_file_source_lstat (source, &status) >= 0 && S_ISDIR (status.st_mode))
    {
      if (self->folder_path != NULL)
        take_folder (self, self->folder_path);
      free (self->folder_path);
      self->folder_path = iso_file_source_get_path (source);
      self->n_files = 0;
    }
  else if (++self->n_files % FILES_AT_A_TIME == 0)
    take_folder_of (self, source);
  return 1;
}

SolcoKeptStreams *
solco_kept_streams_new (IsoImage *image)
{
  SolcoKeptStreams *self = g_new0 (SolcoKeptStreams, 1);

  self->image = image;
  if (iso_image_attach_data (image, self, NULL) == 1)
    {
      self->is_importing = TRUE;
      iso_tree_set_report_callback (image, on_import);
    }
  return self;
}

void
solco_kept_streams_end_import (SolcoKeptStreams *self)
{
  if (!self->is_importing)
    return;
  self->is_importing = FALSE;
  iso_tree_set_report_callback (self->image, NULL);
  (void) iso_image_attach_data (self->image, NULL, NULL);
}

void
solco_kept_streams_free (SolcoKeptStreams *self)
{
  solco_kept_streams_end_import (self);
  g_clear_pointer (&self->slab, slab_unref);
  free (self->folder_path);
  g_free (self);
}
