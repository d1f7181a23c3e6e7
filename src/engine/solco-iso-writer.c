/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-iso-writer-private.h"

#include "solco-libburn-private.h"
#include <string.h>

#include "solco-end-mark-private.h"
#include "solco-error.h"
#include "solco-file-stream-private.h"
#include "solco-iconv-private.h"
#include "solco-kept-stream-private.h"
#include "solco-libraries-private.h"
#include "solco-manifest-private.h"
#include "solco-md5-private.h"
#include "solco-session-chain-private.h"
#include "solco-short-names-private.h"
#include "solco-volume-private.h"

/* 32 MiB: more than half a second of a BD at 16×, for folders of small files. */
#define FIFO_BLOCKS 16384
/* Nothing is lost when an image file has to wait for data. */
#define IMAGE_FIFO_BLOCKS 2048
/* Below every other file, which have 0. INT_MIN would overflow in libisofs's comparison. */
#define MANIFEST_SORT_WEIGHT (-1)
#define MANIFEST_MODE 0444
/* Rock Ridge NM: libisofs cuts longer names without a word. */
#define MAXIMUM_NAME_BYTES 255
#define APPLICATION_USE_BYTES 512
/* libisofs.h, iso_ring_buffer_get_status(): neither the writing nor the reading has ended. */
#define RING_ACTIVE 1

struct _SolcoIsoWriter
{
  const SolcoPlan *plan;
  SolcoTask *task;
  SolcoIsoImport *import; /* borrowed */
  IsoImage *image;
  SolcoFileStreams *streams;
  SolcoDigests *digests;
  /* Old files whose place libisofs has to ask Solco for. */
  guint64 n_kept;
  guint8 *is_listed;
  char *manifest_name;
  char *session_id;
  guint8 *head;
  guint8 *last_block;
  struct burn_source *source;
  gint64 image_blocks;
};

void
solco_iso_writer_free (SolcoIsoWriter *self)
{
  if (self == NULL)
    return;
  if (self->source != NULL)
    {
      /* Ends the writer thread, if libburn has not taken everything. */
      self->source->cancel (self->source);
      burn_source_free (self->source);
    }
  if (self->image != NULL)
    iso_image_unref (self->image);
  g_clear_pointer (&self->streams, solco_file_streams_free);
  g_clear_pointer (&self->digests, solco_digests_unref);
  g_free (self->is_listed);
  g_free (self->manifest_name);
  g_free (self->session_id);
  g_free (self->head);
  g_free (self->last_block);
  solco_task_unref (self->task);
  g_free (self);
}

static gboolean
fail (SolcoIsoWriter *self, GError **error, int ret, const char *what)
{
  g_auto (SolcoMessages) messages = { NULL };

  solco_libraries_take_messages (self->task, &messages);
  g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_INTERNAL, "%s: %s%s%s", what,
               iso_error_to_msg (ret), messages.text != NULL ? ": " : "",
               messages.text != NULL ? messages.text : "");
  return FALSE;
}

/* The last line of defence; the model proposes better names long before. */
static gboolean
check_name (SolcoIsoWriter *self, guint32 index, const SolcoTreeNode *node, GError **error)
{
  const char *reason = NULL;

  if (*node->name == '\0' || strcmp (node->name, ".") == 0 || strcmp (node->name, "..") == 0
      || strchr (node->name, '/') != NULL)
    reason = "it is no file name";
  else if (strlen (node->name) > MAXIMUM_NAME_BYTES)
    reason = "it is longer than 255 bytes";
  else if (!g_utf8_validate (node->name, -1, NULL))
    reason = "it is not valid UTF-8";
  if (reason == NULL)
    return TRUE;

  g_autofree char *path = solco_tree_dup_path (self->plan->tree, index);
  g_autofree char *shown = g_utf8_make_valid (path, -1);
  g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_BAD_NAME, "“%s” cannot stand on a disc: %s", shown,
               reason);
  return FALSE;
}

static void
set_attributes (IsoNode *node, const SolcoTreeNode *row)
{
  iso_node_set_permissions (node, row->mode & 07777);
  iso_node_set_uid (node, row->uid);
  iso_node_set_gid (node, row->gid);
  iso_node_set_mtime (node, row->mtime_s);
  iso_node_set_atime (node, row->mtime_s);
  iso_node_set_ctime (node, row->mtime_s);
}

/* Takes every node out of the tree that was read. Each folder's children come in libisofs's own
 * order, so that each is found at the head of its list. */
static gboolean
detach_all (SolcoIsoWriter *self, GError **error)
{
  for (guint32 i = 1; i < self->import->n_nodes; i++)
    {
      int ret = iso_node_take (self->import->nodes[i]);

      if (ret < 0)
        return fail (self, error, ret, "A node of the old tree cannot be taken out");
    }
  return TRUE;
}

/* Puts a node that the disc has already into its place of the new tree. */
static gboolean
add_old_node (SolcoIsoWriter *self, IsoDir *folder, const SolcoTreeNode *row, guint8 *is_used,
              IsoNode **added, GError **error)
{
  IsoNode *node = self->import->nodes[row->disc_index];
  const char *old_name = solco_tree_get_nodes (self->import->tree, NULL)[row->disc_index].name;
  int ret;

  if (is_used[row->disc_index])
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_INTERNAL,
                   "“%s” of the disc stands twice in the plan", row->name);
      return FALSE;
    }
  is_used[row->disc_index] = TRUE;
  /* A foreign name that is no valid UTF-8 stays as it is unless the user gave another. */
  if (strcmp (row->name, old_name) != 0)
    {
      ret = iso_node_set_name (node, row->name);
      if (ret < 0)
        return fail (self, error, ret, "A node of the disc cannot be renamed");
    }
  ret = iso_dir_add_node (folder, node, ISO_REPLACE_NEVER);
  if (ret < 0)
    return fail (self, error, ret, "A node of the disc cannot be kept");
  if (iso_node_get_type (node) == LIBISO_FILE && solco_kept_streams_has ((IsoFile *) node))
    self->n_kept++;
  *added = node;
  return TRUE;
}

static gboolean
add_new_node (SolcoIsoWriter *self, IsoDir *folder, guint32 index, const SolcoTreeNode *row,
              IsoNode **added, GError **error)
{
  IsoStream *stream;
  int ret;

  switch (row->kind)
    {
    case SOLCO_NODE_DIRECTORY:
      ret = iso_image_add_new_dir (self->image, folder, row->name, (IsoDir **) added);
      break;
    case SOLCO_NODE_SYMLINK:
      ret = iso_image_add_new_symlink (self->image, folder, row->name, row->link_target,
                                       (IsoSymlink **) added);
      break;
    case SOLCO_NODE_FILE:
      stream = solco_file_streams_make (self->streams, index);
      if (stream == NULL)
        return fail (self, error, (int) ISO_OUT_OF_MEM, "A file cannot be added");
      ret = iso_image_add_new_file (self->image, folder, row->name, stream, (IsoFile **) added);
      if (ret < 0)
        iso_stream_unref (stream);
      break;
    case SOLCO_NODE_SPECIAL:
    default:
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_INTERNAL, "“%s” is no file that can be added",
                   row->name);
      return FALSE;
    }
  if (ret < 0)
    {
      g_autofree char *what = g_strdup_printf ("“%s” cannot be added", row->name);

      return fail (self, error, ret, what);
    }
  set_attributes (*added, row);
  return TRUE;
}

/* Children are added in descending order, so that libisofs, which keeps them in a sorted list,
 * finds each one's place at the head. */
static gboolean
build_tree (SolcoIsoWriter *self, guint32 old_manifest, GError **error)
{
  guint32 n_nodes;
  const SolcoTreeNode *rows = solco_tree_get_nodes (self->plan->tree, &n_nodes);
  g_autofree IsoNode **nodes = g_new0 (IsoNode *, n_nodes);
  g_autofree guint8 *is_used
      = g_new0 (guint8, self->import != NULL ? self->import->n_nodes : 1);
  gboolean result = TRUE;

  nodes[0] = (IsoNode *) iso_image_get_root (self->image);
  is_used[0] = TRUE;
  if (self->import == NULL)
    set_attributes (nodes[0], &rows[0]);
  for (guint32 f = 0; f < n_nodes && result; f++)
    {
      if (rows[f].kind != SOLCO_NODE_DIRECTORY)
        continue;
      if ((f & 255) == 0 && !solco_task_check_cancelled (self->task, error))
        result = FALSE;
      for (guint32 c = rows[f].n_children; c > 0 && result; c--)
        {
          guint32 i = rows[f].first_child + c - 1;

          if (rows[i].disc_index == SOLCO_TREE_NONE)
            result = check_name (self, i, &rows[i], error)
                     && add_new_node (self, (IsoDir *) nodes[f], i, &rows[i], &nodes[i], error);
          else if (self->import == NULL || rows[i].disc_index >= self->import->n_nodes)
            {
              g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_INTERNAL,
                           "“%s” is planned as part of a disc that was not read", rows[i].name);
              result = FALSE;
            }
          else if (rows[i].disc_index != old_manifest)
            result = add_old_node (self, (IsoDir *) nodes[f], &rows[i], is_used, &nodes[i],
                                   error);
        }
    }

  /* The old tree's own reference of each node that is not wanted any more. */
  for (guint32 i = 1; self->import != NULL && i < self->import->n_nodes; i++)
    if (!is_used[i])
      {
        if (iso_node_get_type (self->import->nodes[i]) == LIBISO_BOOT)
          iso_image_remove_boot_image (self->image);
        iso_node_unref (self->import->nodes[i]);
      }
  return result;
}

/* Decides which files have a line, and adds the manifest to the root. */
static gboolean
add_manifest (SolcoIsoWriter *self, SolcoDigests *old_digests, guint32 old_manifest,
              GError **error)
{
  guint32 n_nodes;
  const SolcoTreeNode *rows = solco_tree_get_nodes (self->plan->tree, &n_nodes);
  guint32 own_index = SOLCO_TREE_NONE;
  gboolean is_empty = TRUE;

  self->is_listed = g_new0 (guint8, n_nodes);
  for (guint32 i = 1; i < n_nodes; i++)
    {
      if (rows[i].kind != SOLCO_NODE_FILE)
        continue;
      if (old_manifest != SOLCO_TREE_NONE && rows[i].disc_index == old_manifest)
        {
          if (rows[i].parent == 0)
            own_index = i;
          continue;
        }
      if (rows[i].disc_index != SOLCO_TREE_NONE)
        {
          const guint8 *digest = old_digests != NULL
                                     ? solco_digests_get (old_digests, rows[i].disc_index)
                                     : NULL;

          if (digest == NULL)
            continue;
          solco_digests_set (self->digests, i, digest);
        }
      self->is_listed[i] = TRUE;
      is_empty = FALSE;
    }
  if (is_empty)
    return TRUE;

  IsoStream *stream = solco_file_streams_make_manifest (self->streams, self->is_listed);
  IsoFile *file = NULL;
  SolcoTreeNode row = { .mode = MANIFEST_MODE,
                        .uid = rows[0].uid,
                        .gid = rows[0].gid,
                        .mtime_s = g_get_real_time () / G_USEC_PER_SEC };
  int ret;

  self->manifest_name = solco_manifest_choose_name (self->plan->tree, own_index);
  ret = stream == NULL
            ? (int) ISO_OUT_OF_MEM
            : iso_image_add_new_file (self->image, iso_image_get_root (self->image),
                                      self->manifest_name, stream, &file);
  if (ret < 0)
    {
      if (stream != NULL)
        iso_stream_unref (stream);
      return fail (self, error, ret, "The manifest cannot be added");
    }
  set_attributes ((IsoNode *) file, &row);
  iso_node_set_sort_weight ((IsoNode *) file, MANIFEST_SORT_WEIGHT);
  return TRUE;
}

static IsoWriteOpts *
make_options (SolcoIsoWriter *self, const SolcoIsoLayout *layout)
{
  IsoWriteOpts *options = NULL;
  gboolean is_image = solco_target_get_image_path (self->plan->target) != NULL;

  if (iso_write_opts_new (&options, 0) < 0)
    return NULL;
  if (iso_write_opts_set_iso_level (options, 3) < 0
      || iso_write_opts_set_rockridge (options, 1) < 0
      || iso_write_opts_set_joliet (options, 1) < 0
      || iso_write_opts_set_joliet_long_names (options, 1) < 0
      /* Joliet names as they are: without a dot and a version number at the end. */
      || iso_write_opts_set_no_force_dots (options, 2) < 0
      || iso_write_opts_set_omit_version_numbers (options, 2) < 0
      || iso_write_opts_set_aaip (options, 1) < 0
      || iso_write_opts_set_hardlinks (options, 1) < 0
      /* Without these libisofs would move deep folders to a folder RR_MOVED in the root. */
      || iso_write_opts_set_allow_deep_paths (options, 1) < 0
      || iso_write_opts_set_allow_longer_paths (options, 1) < 0
      || iso_write_opts_set_always_gmt (options, 1) < 0
      /* 7: the file's own time in ISO 9660, Joliet and ISO 9660:1999, which is what Windows shows;
       * by default it would be the time of burning. */
      || iso_write_opts_set_dir_rec_mtime (options, 7) < 0
      || iso_write_opts_set_record_md5 (options, self->plan->session_md5 ? 1 : 0,
                                        self->plan->file_md5 ? 1 : 0)
             < 0
      || iso_write_opts_set_tail_blocks (options, self->last_block != NULL ? 1 : 0) < 0
      || iso_write_opts_set_sort_files (options, 1) < 0
      || iso_write_opts_set_output_charset (options, "UTF-8") < 0
      || iso_write_opts_set_fifo_size (options, is_image ? IMAGE_FIFO_BLOCKS : FIFO_BLOCKS) < 0
      || iso_write_opts_set_appendable (options, self->import != NULL) < 0
      || iso_write_opts_set_ms_block (options, (uint32_t) layout->start_block) < 0
      || (self->head != NULL && iso_write_opts_set_overwrite_buf (options, self->head) < 0))
    {
      iso_write_opts_free (options);
      return NULL;
    }
  return options;
}

static void
set_volume_attributes (SolcoIsoWriter *self, const SolcoIsoLayout *layout)
{
  const SolcoTarget target
      = { self->plan->target->address, layout->image_kind, layout->image_size_bytes };
  guint8 application_use[APPLICATION_USE_BYTES];

  iso_image_set_volume_id (self->image, self->plan->volume_label);
  iso_image_set_volset_id (self->image, self->plan->volume_label);
  iso_image_set_application_id (self->image, "SOLCO");
  iso_image_set_system_id (self->image, "LINUX");
  solco_volume_fill_application_use (application_use, self->plan->volume_label, &target,
                                     self->plan->close_disc, self->session_id);
  iso_image_set_app_use (self->image, (const char *) application_use, APPLICATION_USE_BYTES);
}

static gboolean
start (SolcoIsoWriter *self, const SolcoIsoLayout *layout, GError **error)
{
  g_autoptr (SolcoShortNames) short_names = solco_short_names_new (self->plan->tree);
  guint64 n_told = solco_kept_streams_get_n_told ();
  IsoWriteOpts *options;
  int ret;

  if (layout->with_head)
    {
      self->head = g_malloc0 (SOLCO_HEAD_BYTES);
      if (layout->old_head != NULL)
        memcpy (self->head, layout->old_head, SOLCO_HEAD_BYTES);
    }
  if (!self->plan->session_md5)
    {
      self->last_block = g_malloc (SOLCO_BLOCK_BYTES);
      solco_end_mark_fill (self->last_block, self->session_id);
    }
  options = make_options (self, layout);
  if (options == NULL)
    return fail (self, error, (int) ISO_OUT_OF_MEM, "The file system cannot be set up");
  if (short_names != NULL)
    solco_iconv_shorten_names (solco_short_names_find, short_names);
  ret = iso_image_create_burn_source (self->image, options, &self->source);
  solco_iconv_shorten_names (NULL, NULL);
  iso_write_opts_free (options);
  if (ret < 0)
    {
      self->source = NULL;
      return fail (self, error, ret, "The file system cannot be made");
    }
  if (solco_kept_streams_get_n_told () - n_told < self->n_kept)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_INTERNAL,
                   "libisofs did not ask where each of %" G_GUINT64_FORMAT " older files lies",
                   self->n_kept);
      return FALSE;
    }
  solco_task_log (self->task, "The session's MD5 is computed by %s, character sets are %s",
                  !self->plan->session_md5              ? "nobody"
                  : solco_md5_get_n_contexts () > 0 ? "OpenSSL"
                                                        : "libisofs",
                  solco_iconv_get_n_reused () > 0 ? "kept open" : "opened for each name");
  self->image_blocks = self->source->get_size (self->source) / SOLCO_BLOCK_BYTES;
  return TRUE;
}

SolcoIsoWriter *
solco_iso_writer_new (const SolcoPlan *plan, SolcoIsoImport *import, SolcoDigests *old_digests,
                      guint32 old_manifest, const SolcoIsoLayout *layout, SolcoTask *task,
                      GError **error)
{
  g_autoptr (SolcoIsoWriter) self = g_new0 (SolcoIsoWriter, 1);
  g_autoptr (SolcoDigests) old = old_digests;
  static char no_name[] = "";
  int ret = ISO_SUCCESS;

  self->plan = plan;
  self->session_id = g_uuid_string_random ();
  self->task = solco_task_ref (task);
  self->import = import;
  if (plan->manifest)
    self->digests = solco_digests_new (plan->tree);
  self->streams = solco_file_streams_new (plan->tree, self->digests, task);
  if (import != NULL)
    {
      self->image = import->image;
      iso_image_ref (self->image);
      if (!detach_all (self, error))
        return NULL;
    }
  else
    ret = iso_image_new (no_name, &self->image);
  if (ret < 0)
    {
      self->image = NULL;
      (void) fail (self, error, ret, "No image can be made");
      return NULL;
    }
  if (!build_tree (self, old_manifest, error)
      || (plan->manifest && !add_manifest (self, old, old_manifest, error)))
    return NULL;
  /* libisofs takes most of its memory now. */
  g_clear_pointer (&old, solco_digests_unref);
  set_volume_attributes (self, layout);
  if (!start (self, layout, error))
    return NULL;
  return g_steal_pointer (&self);
}

gint64
solco_iso_writer_get_image_blocks (SolcoIsoWriter *self)
{
  return self->image_blocks;
}

struct burn_source *
solco_iso_writer_get_source (SolcoIsoWriter *self)
{
  return self->source;
}

const guint8 *
solco_iso_writer_get_head (SolcoIsoWriter *self)
{
  return self->head;
}

const guint8 *
solco_iso_writer_get_last_block (SolcoIsoWriter *self)
{
  return self->last_block;
}

SolcoDigests *
solco_iso_writer_get_digests (SolcoIsoWriter *self)
{
  return self->digests;
}

gboolean
solco_iso_writer_get_ring (SolcoIsoWriter *self, gsize *waiting_bytes, gsize *size_bytes)
{
  size_t size = 0;
  size_t free_bytes = 0;
  int status = iso_ring_buffer_get_status (self->source, &size, &free_bytes);

  *size_bytes = size;
  *waiting_bytes = size - free_bytes;
  return status == RING_ACTIVE;
}

guint64
solco_iso_writer_get_n_files (SolcoIsoWriter *self)
{
  return solco_file_streams_get_n_files (self->streams);
}

guint64
solco_iso_writer_get_n_bytes (SolcoIsoWriter *self)
{
  return solco_file_streams_get_n_bytes (self->streams);
}

const char *
solco_iso_writer_get_manifest_name (SolcoIsoWriter *self)
{
  return self->manifest_name;
}
