/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of a medium in its backing file: two slots that are written in turn, each with a
 * generation and a checksum, so that a torn write leaves the state before it. */
#include "vr-medium.h"

#include <errno.h>
#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#define SLOT_BYTES (512 * 1024)
#define MAGIC "VIRTMED1"

typedef struct
{
  char magic[8];
  guint64 generation;
  guint64 length_bytes;
  guint8 digest[32];
} SlotHeader;

static void
compute_digest (const char *text, gsize length, guint8 digest[32])
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size = 32;

  g_checksum_update (sum, (const guchar *) text, (gssize) length);
  g_checksum_get_digest (sum, digest, &size);
}

static char *
read_slot (int fd, guint slot, guint64 *generation)
{
  SlotHeader header;
  g_autofree char *text = NULL;
  guint8 digest[32];
  gint64 offset = (gint64) slot * SLOT_BYTES;

  if (pread (fd, &header, sizeof header, offset) != (gssize) sizeof header)
    return NULL;
  if (memcmp (header.magic, MAGIC, sizeof header.magic) != 0
      || header.length_bytes > SLOT_BYTES - sizeof header)
    return NULL;
  text = g_malloc0 (header.length_bytes + 1);
  if (pread (fd, text, header.length_bytes, offset + (gint64) sizeof header)
      != (gssize) header.length_bytes)
    return NULL;
  compute_digest (text, header.length_bytes, digest);
  if (memcmp (digest, header.digest, sizeof digest) != 0)
    return NULL;
  *generation = header.generation;
  return g_steal_pointer (&text);
}

static guint32
get_number (GKeyFile *file, const char *group, const char *key)
{
  return (guint32) g_key_file_get_uint64 (file, group, key, NULL);
}

static gboolean
get_flag (GKeyFile *file, const char *group, const char *key)
{
  return g_key_file_get_boolean (file, group, key, NULL);
}

static void
load_track (GKeyFile *file, const char *group, VrTrack *track)
{
  track->session = get_number (file, group, "session");
  track->is_closed = get_flag (file, group, "closed");
  track->is_damaged = get_flag (file, group, "damaged");
  track->is_written_to = get_flag (file, group, "written-to");
  track->control = (guint8) get_number (file, group, "control");
  track->data_mode = (guint8) get_number (file, group, "data-mode");
  track->is_packet = get_flag (file, group, "packet");
  track->sector_bytes = get_number (file, group, "sector-bytes");
  track->start = get_number (file, group, "start");
  track->recorded_blocks = get_number (file, group, "recorded-blocks");
  track->run_out_blocks = get_number (file, group, "run-out-blocks");
  track->reserved_blocks = get_number (file, group, "reserved-blocks");
}

static void
save_track (GKeyFile *file, const char *group, const VrTrack *track)
{
  g_key_file_set_uint64 (file, group, "session", track->session);
  g_key_file_set_boolean (file, group, "closed", track->is_closed);
  g_key_file_set_boolean (file, group, "damaged", track->is_damaged);
  g_key_file_set_boolean (file, group, "written-to", track->is_written_to);
  g_key_file_set_uint64 (file, group, "control", track->control);
  g_key_file_set_uint64 (file, group, "data-mode", track->data_mode);
  g_key_file_set_boolean (file, group, "packet", track->is_packet);
  g_key_file_set_uint64 (file, group, "sector-bytes", track->sector_bytes);
  g_key_file_set_uint64 (file, group, "start", track->start);
  g_key_file_set_uint64 (file, group, "recorded-blocks", track->recorded_blocks);
  g_key_file_set_uint64 (file, group, "run-out-blocks", track->run_out_blocks);
  g_key_file_set_uint64 (file, group, "reserved-blocks", track->reserved_blocks);
}

/**
 * vr_medium_load:
 * @self: a medium with its backing file open
 * @is_found: (out): whether the file held one
 * @error: return location, for a file that holds something else
 *
 * Reads the newest state that was written completely. A track that data was on its way to when
 * the recorder stopped is damaged. Any thread.
 *
 * Returns: %FALSE when the file is neither empty nor a medium
 */
gboolean
vr_medium_load (VrMedium *self, gboolean *is_found, GError **error)
{
  guint64 generations[2] = { 0 };
  g_autofree char *first = read_slot (self->fd, 0, &generations[0]);
  g_autofree char *second = read_slot (self->fd, 1, &generations[1]);
  const char *text = first;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *kind = NULL;
  guint n_tracks;

  *is_found = FALSE;
  self->generation = generations[0];
  if (second != NULL && (first == NULL || generations[1] > generations[0]))
    {
      text = second;
      self->generation = generations[1];
    }
  if (text == NULL)
    {
      if (lseek (self->fd, 0, SEEK_END) == 0)
        return TRUE;
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   "%s is not the backing file of a virtual medium", self->path);
      return FALSE;
    }
  if (!g_key_file_load_from_data (file, text, (gsize) -1, G_KEY_FILE_NONE, error))
    return FALSE;
  kind = g_key_file_get_string (file, "medium", "kind", error);
  if (kind == NULL || !vr_kind_from_name (kind, &self->kind, error))
    return FALSE;
  self->capacity_blocks = get_number (file, "medium", "capacity-blocks");
  self->disc_id = get_number (file, "medium", "disc-id");
  self->closed_sessions = get_number (file, "medium", "closed-sessions");
  self->is_finalized = get_flag (file, "medium", "finalized");
  self->is_quick_blanked = get_flag (file, "medium", "quick-blanked");
  self->is_write_protected = get_flag (file, "medium", "write-protected");
  self->format_state = get_number (file, "medium", "format-state");
  self->format_type = (guint8) get_number (file, "medium", "format-type");
  self->is_pseudo_overwrite = get_flag (file, "medium", "pseudo-overwrite");
  self->is_intermediate = get_flag (file, "medium", "intermediate");
  self->formatted_blocks = get_number (file, "medium", "formatted-blocks");
  /* A background format does not run on while the medium lies on a shelf. */
  if (self->format_state == VR_FORMAT_RUNNING)
    self->format_state = VR_FORMAT_STARTED;
  n_tracks = get_number (file, "medium", "tracks");
  for (guint i = 0; i < n_tracks; i++)
    {
      g_autofree char *group = g_strdup_printf ("track %u", i + 1);
      VrTrack track = { 0 };

      load_track (file, group, &track);
      g_array_append_val (self->tracks, track);
    }
  vr_medium_cut_off (self, 0);
  *is_found = TRUE;
  return TRUE;
}

/**
 * vr_medium_save:
 * @self: a medium
 * @sync: whether to wait until it is on the disk under the backing file
 * @error: return location
 *
 * Any thread.
 *
 * Returns: whether the state is in the backing file
 */
gboolean
vr_medium_save (VrMedium *self, gboolean sync, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *text = NULL;
  g_autofree char *slot = NULL;
  SlotHeader header = { .magic = { 0 } };
  gsize length = 0;
  gsize size;

  self->unsaved_blocks = 0;
  /* A medium without a name is gone when its recorder is. */
  if (self->path == NULL)
    return TRUE;
  g_key_file_set_string (file, "medium", "kind", vr_medium_get_info (self)->name);
  g_key_file_set_uint64 (file, "medium", "capacity-blocks", self->capacity_blocks);
  g_key_file_set_uint64 (file, "medium", "disc-id", self->disc_id);
  g_key_file_set_uint64 (file, "medium", "closed-sessions", self->closed_sessions);
  g_key_file_set_boolean (file, "medium", "finalized", self->is_finalized);
  g_key_file_set_boolean (file, "medium", "quick-blanked", self->is_quick_blanked);
  g_key_file_set_boolean (file, "medium", "write-protected", self->is_write_protected);
  g_key_file_set_uint64 (file, "medium", "format-state", self->format_state);
  g_key_file_set_uint64 (file, "medium", "format-type", self->format_type);
  g_key_file_set_boolean (file, "medium", "pseudo-overwrite", self->is_pseudo_overwrite);
  g_key_file_set_boolean (file, "medium", "intermediate", self->is_intermediate);
  g_key_file_set_uint64 (file, "medium", "formatted-blocks", self->formatted_blocks);
  g_key_file_set_uint64 (file, "medium", "tracks", self->tracks->len);
  for (guint i = 0; i < self->tracks->len; i++)
    {
      g_autofree char *group = g_strdup_printf ("track %u", i + 1);

      save_track (file, group, &g_array_index (self->tracks, VrTrack, i));
    }
  text = g_key_file_to_data (file, &length, NULL);
  size = sizeof header + length;
  if (size > SLOT_BYTES)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "%s: too many tracks for the journal",
                   self->path);
      return FALSE;
    }
  memcpy (header.magic, MAGIC, sizeof header.magic);
  header.generation = self->generation + 1;
  header.length_bytes = length;
  compute_digest (text, length, header.digest);
  slot = g_malloc (size);
  memcpy (slot, &header, sizeof header);
  memcpy (slot + sizeof header, text, length);
  /* Data before state, so that no state speaks of data that is not there. */
  if ((sync && fdatasync (self->fd) != 0)
      || pwrite (self->fd, slot, size, (gint64) (header.generation % 2) * SLOT_BYTES)
             != (gssize) size
      || (sync && fdatasync (self->fd) != 0))
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                   "Cannot save the medium in %s: %s", self->path, g_strerror (errno));
      return FALSE;
    }
  self->generation = header.generation;
  return TRUE;
}
