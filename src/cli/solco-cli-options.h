/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "engine/solco-medium.h"
#include "engine/solco-plan.h"
#include "engine/solco-request.h"

G_BEGIN_DECLS

/** SolcoCliVerb: what the program is told to do; a bit each, so that options name theirs */
typedef enum
{
  SOLCO_CLI_RECORDERS = 1 << 0,
  SOLCO_CLI_INFO = 1 << 1,
  SOLCO_CLI_LIST = 1 << 2,
  SOLCO_CLI_PLAN = 1 << 3,
  SOLCO_CLI_BURN = 1 << 4,
  SOLCO_CLI_BURN_IMAGE = 1 << 5,
  SOLCO_CLI_ERASE = 1 << 6,
  SOLCO_CLI_MEND = 1 << 7,
  SOLCO_CLI_EJECT = 1 << 8,
  SOLCO_CLI_EXTRACT = 1 << 9,
  SOLCO_CLI_VERIFY = 1 << 10
} SolcoCliVerb;

/** SolcoCliHidden: `--hidden` */
typedef enum
{
  SOLCO_CLI_HIDDEN_TAKE,
  SOLCO_CLI_HIDDEN_SKIP
} SolcoCliHidden;

/** SolcoCliSymlinks: `--symlinks` */
typedef enum
{
  SOLCO_CLI_SYMLINKS_KEEP,
  SOLCO_CLI_SYMLINKS_FOLLOW,
  SOLCO_CLI_SYMLINKS_SKIP
} SolcoCliSymlinks;

/**
 * SolcoCliConflict: `--on-conflict`
 * @SOLCO_CLI_CONFLICT_DEFAULT: not given: what is on the disc is replaced, but two new items of
 *   one name are refused
 */
typedef enum
{
  SOLCO_CLI_CONFLICT_DEFAULT,
  SOLCO_CLI_CONFLICT_FAIL,
  SOLCO_CLI_CONFLICT_REPLACE,
  SOLCO_CLI_CONFLICT_KEEP,
  SOLCO_CLI_CONFLICT_RENAME
} SolcoCliConflict;

/**
 * SolcoCliPair: one `/on/disc=VALUE`
 * @disc_path: absolute path on the disc, "/" for the root, UTF-8
 * @value: the rest: a local path, or a new name
 */
typedef struct
{
  char *disc_path;
  char *value;
} SolcoCliPair;

/**
 * SolcoCliOptions:
 * @verb: what to do
 * @json: one JSON object instead of text
 * @verbose: the log goes to standard error
 * @recorder: (nullable): address, made absolute
 * @image_kind: from `--size`
 * @image_size_bytes: from `--size` with a number
 * @paths: local paths, or paths on the disc (list, extract)
 * @maps: (element-type SolcoCliPair): `--map`
 * @removes: (array zero-terminated=1): `--remove`, paths on the disc
 * @renames: (element-type SolcoCliPair): `--rename`
 * @excludes: (array zero-terminated=1): `--exclude`
 * @project: (nullable): `--project`
 * @label: (nullable): `--label`
 * @speed_kb_per_s: `--speed` as a rate, 0 for the maximum
 * @speed_factor: `--speed` as a multiple of the medium's own, 0 for none
 * @session: `--session`, 0 for the newest
 *
 * The command line, understood and checked.
 */
typedef struct
{
  SolcoCliVerb verb;
  gboolean json;
  gboolean verbose;
  char *recorder;
  SolcoImageKind image_kind;
  guint64 image_size_bytes;
  char **paths;
  GPtrArray *maps;
  char **removes;
  GPtrArray *renames;
  char **excludes;
  char *project;
  char *label;
  gboolean clear;
  gboolean erase;
  gboolean close;
  gboolean simulate;
  gboolean eject;
  gboolean mend;
  gboolean finish;
  gboolean no_manifest;
  gboolean no_md5;
  gboolean file_md5;
  guint speed_kb_per_s;
  double speed_factor;
  SolcoVerifyMode verify;
  SolcoEraseMode erase_mode;
  SolcoCliHidden hidden;
  SolcoCliSymlinks symlinks;
  SolcoCliConflict conflict;
  int session;
  char *directory;
  gboolean overwrite;
  /* As typed; parsed into the above. */
  char *size_word;
  char *speed_word;
  char *verify_word;
  char *mode_word;
  char *hidden_word;
  char *symlinks_word;
  char *conflict_word;
  char **map_words;
  char **rename_words;
} SolcoCliOptions;

SolcoCliOptions *solco_cli_options_parse (int argc, char **argv, GError **error);
void solco_cli_options_free (SolcoCliOptions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SolcoCliOptions, solco_cli_options_free)

const char *solco_cli_verb_get_word (SolcoCliVerb verb);
/* What --help without a verb prints. */
char *solco_cli_options_dup_overview (void);
/* `--speed` in 1 000 bytes a second for this medium. */
guint solco_cli_options_get_speed (const SolcoCliOptions *self, const SolcoMedium *medium);

G_END_DECLS
