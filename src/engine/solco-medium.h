/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "solco-disc-identity.h"
#include "solco-profile.h"

G_BEGIN_DECLS

/**
 * SolcoMediumState:
 * @SOLCO_MEDIUM_NONE: no disc
 * @SOLCO_MEDIUM_BLANK: nothing on it
 * @SOLCO_MEDIUM_APPENDABLE: sessions on it, and another one can follow
 * @SOLCO_MEDIUM_CLOSED: sessions on it, and no further one can follow
 * @SOLCO_MEDIUM_UNSUITABLE: a disc or file with which nothing can be done
 */
typedef enum
{
  SOLCO_MEDIUM_NONE,
  SOLCO_MEDIUM_BLANK,
  SOLCO_MEDIUM_APPENDABLE,
  SOLCO_MEDIUM_CLOSED,
  SOLCO_MEDIUM_UNSUITABLE
} SolcoMediumState;

/**
 * SolcoContent: what the newest session holds that was not cut off
 * @SOLCO_CONTENT_NONE: nothing (a blank disc, or one on which no session was ever finished)
 * @SOLCO_CONTENT_ISO: an ISO 9660 file system that can be read
 * @SOLCO_CONTENT_UDF: UDF and no ISO 9660
 * @SOLCO_CONTENT_AUDIO: audio tracks only
 * @SOLCO_CONTENT_UNKNOWN: data that is none of these
 * @SOLCO_CONTENT_UNREADABLE: could not be read
 */
typedef enum
{
  SOLCO_CONTENT_NONE,
  SOLCO_CONTENT_ISO,
  SOLCO_CONTENT_UDF,
  SOLCO_CONTENT_AUDIO,
  SOLCO_CONTENT_UNKNOWN,
  SOLCO_CONTENT_UNREADABLE
} SolcoContent;

/**
 * SolcoDamage:
 * @SOLCO_DAMAGE_NONE: none that shows
 * @SOLCO_DAMAGE_HEAD: an image or overwritable disc whose first blocks hold no volume
 *   descriptor while its chain of sessions is intact; can be mended
 * @SOLCO_DAMAGE_LAST_TRACK: the newest track was never finished; it can be closed
 * @SOLCO_DAMAGE_TRUNCATED: an image file that ends before its newest file system does
 */
typedef enum
{
  SOLCO_DAMAGE_NONE,
  SOLCO_DAMAGE_HEAD,
  SOLCO_DAMAGE_LAST_TRACK,
  SOLCO_DAMAGE_TRUNCATED
} SolcoDamage;

/**
 * SolcoSession:
 * @number: 1-based
 * @start_block: first block
 * @size_blocks: blocks of its tracks (emulated sessions: of its file system)
 * @written_s: when its file system was made, seconds since 1970, 0 where unknown
 * @volume_label: (nullable): its volume id, UTF-8; %NULL without an ISO 9660 file system
 * @has_file_system: whether an ISO 9660 file system starts there, and all of it is there: a session
 *   that was cut off has none
 * @is_cut_off: the burn of it failed or was stopped, so that what it holds is of no use
 */
typedef struct
{
  guint number;
  gint64 start_block;
  gint64 size_blocks;
  gint64 written_s;
  char *volume_label;
  gboolean has_file_system;
  gboolean is_cut_off;
} SolcoSession;

/**
 * SolcoTrack:
 * @number: 1-based, over the whole disc
 * @session: number of its session
 * @start_block: first block
 * @size_blocks: its blocks
 * @is_audio: audio, not data
 */
typedef struct
{
  guint number;
  guint session;
  gint64 start_block;
  gint64 size_blocks;
  gboolean is_audio;
} SolcoTrack;

/**
 * SolcoSpeed:
 * @kb_per_s: 1 000 bytes a second
 * @factor: the same in × of the medium's kind (CD 176.4, DVD 1385, BD 4495.625 kB/s)
 */
typedef struct
{
  guint kb_per_s;
  double factor;
} SolcoSpeed;

/**
 * SolcoMedium:
 * @address: (not nullable): as in libburn: "/dev/sr0" or "stdio:/path"
 * @is_image_file: a file, not a drive
 * @file_exists: for an image file, that it is there already
 * @image_kind: for an image file: the medium that it stands for
 * @image_size_bytes: for %SOLCO_IMAGE_KIND_BYTES
 * @profile: MMC profile
 * @profile_name: (nullable): what the drive calls it
 * @state: see #SolcoMediumState
 * @content: see #SolcoContent
 * @damage: see #SolcoDamage
 * @is_overwritable: sessions are emulated, libburn always calls it blank
 * @is_erasable: can be made blank again
 * @is_pseudo_overwrite: a BD-R that was formatted for pseudo-overwrite, which excludes sessions
 * @is_plain_image: an image whose file system starts at block 0 and not at 32, as mkisofs makes;
 *   when it grows, its first state can not be opened as a session any more
 * @can_append_after_burn: the disc stays open for a further session if the user wants it
 * @can_simulate: a burn can be rehearsed
 * @can_format: the disc can be formatted (DVD-RW, DVD+RW, DVD-RAM, BD-RE)
 * @capacity_blocks: size of the whole medium
 * @next_writable_block: NWA, -1 if nothing more can be written
 * @free_blocks: what can still be written from the NWA on
 * @lead_out_limit_block: last possible start of the lead-out from ATIP (CD), 0 elsewhere
 * @used_blocks: what is not free any more, gaps included
 * @volume_label: (nullable): of the newest session
 * @media_id: (nullable): manufacturer's id
 * @manufacturer: (nullable): who made it, as far as libburn knows
 * @sessions: (element-type SolcoSession): oldest first
 * @tracks: (element-type SolcoTrack): in order
 * @speeds: (element-type SolcoSpeed): write speeds, fastest first; empty for image files
 * @identity: (nullable): what it is known by; %NULL when blank or without a disc
 *
 * An immutable snapshot of what is in a recorder, read by the engine. Any thread.
 */
typedef struct
{
  gatomicrefcount ref_count;
  char *address;
  gboolean is_image_file;
  gboolean file_exists;
  SolcoImageKind image_kind;
  guint64 image_size_bytes;
  SolcoProfile profile;
  char *profile_name;
  SolcoMediumState state;
  SolcoContent content;
  SolcoDamage damage;
  gboolean is_overwritable;
  gboolean is_erasable;
  gboolean is_pseudo_overwrite;
  gboolean is_plain_image;
  gboolean can_append_after_burn;
  gboolean can_simulate;
  gboolean can_format;
  gint64 capacity_blocks;
  gint64 next_writable_block;
  gint64 free_blocks;
  gint64 lead_out_limit_block;
  gint64 used_blocks;
  char *volume_label;
  char *media_id;
  char *manufacturer;
  GArray *sessions;
  GArray *tracks;
  GArray *speeds;
  SolcoDiscIdentity *identity;
} SolcoMedium;

#define SOLCO_TYPE_MEDIUM (solco_medium_get_type ())
GType solco_medium_get_type (void);

SolcoMedium *solco_medium_new (const char *address);
SolcoMedium *solco_medium_ref (SolcoMedium *self);
void solco_medium_unref (SolcoMedium *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SolcoMedium, solco_medium_unref)

const SolcoSession *solco_medium_get_last_session (const SolcoMedium *self);
const SolcoSession *solco_medium_get_shown_session (const SolcoMedium *self);
guint16 solco_medium_find_session (const SolcoMedium *self, gint64 block);

G_END_DECLS
