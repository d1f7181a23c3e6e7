/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done with which disc: every cell of the table is run, and printed at the end. */
#include <string.h>

#include "recorder-fixture.h"

/* Room for four small sessions with CD's or DVD-R's gaps, and no more, so that overwriting a whole
 * disc stays quick. */
#define CD_BLOCKS 60000
#define DVD_BLOCKS 70000
#define BACKING "medium.vr"
#define TEMPLATE "template.vr"

typedef enum
{
  CELL_BLANK,
  CELL_APPEND,
  CELL_CLOSE,
  CELL_ERASE,
  CELL_SIMULATE,
  CELL_VERIFY,
  N_CELLS
} Cell;

static const char *const cell_names[N_CELLS]
    = { "blank", "append", "close", "erase", "simulate", "verify" };

#define WORKS "works"

typedef struct
{
  const char *name;
  const char *kind;
  guint32 capacity_blocks;
  /* Makes the disc what it is to be; NULL: as it comes out of its wrapping. */
  void (*prepare) (RecorderFixture *fixture);
  SolcoMediumState state;
  SolcoContent content;
  /* What the disc says before the first burn about a second one. */
  gboolean can_append_after_burn;
  const char *expected[N_CELLS];
} Row;

/* For what is printed at the end. */
static char *table[32][N_CELLS];
static GString *reasons;

static void
burn_first (RecorderFixture *fixture, gboolean close_disc)
{
  g_autoptr (SolcoPlan) plan = engine_fixture_plan (&fixture->engine, "one", "Photos");
  g_autoptr (SolcoJob) job = NULL;

  plan->close_disc = close_disc;
  job = engine_fixture_run_well (&fixture->engine, solco_request_new_burn (plan));
}

static void
prepare_closed (RecorderFixture *fixture)
{
  burn_first (fixture, TRUE);
}

/* The power goes in the middle of the second session. */
static void
prepare_damaged (RecorderFixture *fixture)
{
  g_autoptr (SolcoPlan) plan = NULL;

  burn_first (fixture, FALSE);
  plan = engine_fixture_plan (&fixture->engine, "two", "Photos");
  recorder_fixture_break (fixture, "power-loss,after=10");
  engine_fixture_run_badly (&fixture->engine, solco_request_new_burn (plan),
                            SOLCO_ERROR_DEVICE_GONE);
  recorder_fixture_repair (fixture);
}

static void
prepare_fast_blank (RecorderFixture *fixture)
{
  g_autoptr (SolcoJob) job = NULL;

  burn_first (fixture, FALSE);
  job = engine_fixture_run_well (
      &fixture->engine,
      solco_request_new_erase (fixture->engine.target, SOLCO_ERASE_FAST, NULL));
}

/* Tracks that somebody else wrote: @is_audio tells what, by session. */
static void
put_track (VrMedium *medium, guint32 start, gboolean is_audio, const guint8 *data, gsize size)
{
  const gsize sector_bytes = is_audio ? VR_CD_SECTOR_BYTES : VR_BLOCK_BYTES;
  VrTrack *track = vr_medium_add_track (medium, start);
  guint32 n_blocks = (guint32) (size / sector_bytes);

  track->control = is_audio ? 0 : 4;
  track->data_mode = is_audio ? 0 : vr_medium_get_info (medium)->is_cd ? 1 : 15;
  track->sector_bytes = (guint32) sector_bytes;
  g_assert_true (vr_medium_write (medium, start, n_blocks, data, sector_bytes));
  track->recorded_blocks = n_blocks;
  vr_medium_close_track (medium, track);
}

static void
put_back (RecorderFixture *fixture, VrMedium *medium)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (vr_medium_save (medium, TRUE, &error));
  g_assert_no_error (error);
  g_assert_true (vr_drive_insert (fixture->drive, medium, &error));
}

/* An audio session that can still be added to. */
static void
prepare_audio (RecorderFixture *fixture)
{
  VrMedium *medium = vr_drive_remove (fixture->drive);
  g_autofree guint8 *sound = g_malloc0 (1500 * VR_CD_SECTOR_BYTES);

  put_track (medium, 0, TRUE, sound, 1500 * VR_CD_SECTOR_BYTES);
  vr_medium_close_session (medium, FALSE);
  put_back (fixture, medium);
}

static guint8 *
make_iso (RecorderFixture *fixture, gsize *size)
{
  g_autofree char *path = engine_fixture_path (&fixture->engine, "foreign.iso");
  g_autoptr (GError) error = NULL;
  char *data;

  engine_fixture_do (&fixture->engine, "genisoimage -quiet -r -J -o foreign.iso one");
  g_file_get_contents (path, &data, size, &error);
  g_assert_no_error (error);
  return (guint8 *) data;
}

/* Data in track 1 and audio in track 2 of one session, finished. */
static void
prepare_mixed (RecorderFixture *fixture)
{
  VrMedium *medium = vr_drive_remove (fixture->drive);
  gsize size;
  g_autofree guint8 *iso = make_iso (fixture, &size);
  g_autofree guint8 *sound = g_malloc0 (1500 * VR_CD_SECTOR_BYTES);

  put_track (medium, 0, FALSE, iso, size);
  put_track (medium, vr_medium_get_next_start (medium), TRUE, sound, 1500 * VR_CD_SECTOR_BYTES);
  vr_medium_close_session (medium, TRUE);
  put_back (fixture, medium);
}

/* The recognition sequence of UDF without ISO 9660, as UDF-only programs write it. */
static void
prepare_udf (RecorderFixture *fixture)
{
  static const char *const ids[] = { "BEA01", "NSR02", "TEA01" };
  VrMedium *medium = vr_drive_remove (fixture->drive);
  const gsize size = 512 * VR_BLOCK_BYTES;
  g_autofree guint8 *data = g_malloc0 (size);

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      memcpy (data + (16 + i) * VR_BLOCK_BYTES + 1, ids[i], 5);
      data[(16 + i) * VR_BLOCK_BYTES + 6] = 1;
    }
  put_track (medium, 0, FALSE, data, size);
  vr_medium_close_session (medium, FALSE);
  put_back (fixture, medium);
}

static void
prepare_pressed (RecorderFixture *fixture)
{
  gsize size;

  /* The file that it leaves is what counts. */
  g_free (make_iso (fixture, &size));
  recorder_fixture_insert_file (fixture, "cd-rom", 0, "foreign.iso");
}

/* Pseudo-overwrite: a format that excludes sessions. */
static void
prepare_pow (RecorderFixture *fixture)
{
  VrMedium *medium = vr_drive_remove (fixture->drive);

  medium->is_pseudo_overwrite = TRUE;
  put_back (fixture, medium);
}

#define ALL_WORK { WORKS, WORKS, WORKS, WORKS, WORKS, WORKS }
#define WRITE_ONCE { WORKS, WORKS, WORKS, "WRONG_MEDIUM_TYPE", WORKS, WORKS }
#define WRITE_ONCE_LASER_ON                                                                       \
  { WORKS, WORKS, WORKS, "WRONG_MEDIUM_TYPE", "NOT_POSSIBLE", WORKS }
#define OVERWRITABLE { WORKS, WORKS, WORKS, WORKS, "NOT_POSSIBLE", WORKS }
#define NEVER(verify)                                                                             \
  { "WRONG_MEDIUM_TYPE", "WRONG_MEDIUM_TYPE", "WRONG_MEDIUM_TYPE", "WRONG_MEDIUM_TYPE",            \
    "WRONG_MEDIUM_TYPE", verify }

static const Row rows[] = {
  { "CD-R", "cd-r-80", CD_BLOCKS, NULL, SOLCO_MEDIUM_BLANK, SOLCO_CONTENT_NONE, TRUE,
    WRITE_ONCE },
  { "CD-RW", "cd-rw-80", CD_BLOCKS, NULL, SOLCO_MEDIUM_BLANK, SOLCO_CONTENT_NONE, TRUE, ALL_WORK },
  { "DVD-R", "dvd-r", DVD_BLOCKS, NULL, SOLCO_MEDIUM_BLANK, SOLCO_CONTENT_NONE, TRUE,
    WRITE_ONCE },
  { "DVD-R DL", "dvd-r-dl", DVD_BLOCKS, NULL, SOLCO_MEDIUM_BLANK, SOLCO_CONTENT_NONE, FALSE,
    { WORKS, "DISC_CLOSED", WORKS, "WRONG_MEDIUM_TYPE", WORKS, WORKS } },
  { "DVD-RW sequential", "dvd-rw-seq", DVD_BLOCKS, NULL, SOLCO_MEDIUM_BLANK, SOLCO_CONTENT_NONE,
    TRUE, ALL_WORK },
  { "DVD-RW fast blanked", "dvd-rw-seq", DVD_BLOCKS, prepare_fast_blank, SOLCO_MEDIUM_BLANK,
    SOLCO_CONTENT_NONE, FALSE, { WORKS, "DISC_CLOSED", WORKS, WORKS, WORKS, WORKS } },
  { "DVD-RW overwrite", "dvd-rw-ro", DVD_BLOCKS, NULL, SOLCO_MEDIUM_BLANK, SOLCO_CONTENT_NONE,
    TRUE, OVERWRITABLE },
  { "DVD+R", "dvd+r", DVD_BLOCKS, NULL, SOLCO_MEDIUM_BLANK, SOLCO_CONTENT_NONE, TRUE,
    WRITE_ONCE_LASER_ON },
  { "DVD+R DL", "dvd+r-dl", DVD_BLOCKS, NULL, SOLCO_MEDIUM_BLANK, SOLCO_CONTENT_NONE, TRUE,
    WRITE_ONCE_LASER_ON },
  { "DVD+RW", "dvd+rw", DVD_BLOCKS, NULL, SOLCO_MEDIUM_BLANK, SOLCO_CONTENT_NONE, TRUE,
    OVERWRITABLE },
  { "DVD-RAM", "dvd-ram", DVD_BLOCKS, NULL, SOLCO_MEDIUM_BLANK, SOLCO_CONTENT_NONE, TRUE,
    OVERWRITABLE },
  { "BD-R", "bd-r-25", DVD_BLOCKS, NULL, SOLCO_MEDIUM_BLANK, SOLCO_CONTENT_NONE, TRUE,
    WRITE_ONCE_LASER_ON },
  { "BD-R DL", "bd-r-50", DVD_BLOCKS, NULL, SOLCO_MEDIUM_BLANK, SOLCO_CONTENT_NONE, TRUE,
    WRITE_ONCE_LASER_ON },
  { "BD-R formatted POW", "bd-r-25", DVD_BLOCKS, prepare_pow, SOLCO_MEDIUM_UNSUITABLE,
    SOLCO_CONTENT_UNREADABLE, FALSE, NEVER ("DISC_UNREADABLE") },
  { "BD-RE", "bd-re-25", DVD_BLOCKS, NULL, SOLCO_MEDIUM_BLANK, SOLCO_CONTENT_NONE, TRUE,
    OVERWRITABLE },
  { "CD-ROM", "cd-rom", 0, prepare_pressed, SOLCO_MEDIUM_CLOSED, SOLCO_CONTENT_ISO, FALSE,
    NEVER (WORKS) },
  { "audio CD", "audio-cd", 0, NULL, SOLCO_MEDIUM_CLOSED, SOLCO_CONTENT_AUDIO, FALSE,
    NEVER ("DISC_UNREADABLE") },
  { "audio on CD-R", "cd-r-80", CD_BLOCKS, prepare_audio, SOLCO_MEDIUM_APPENDABLE,
    SOLCO_CONTENT_AUDIO, TRUE,
    { "BLANK_REQUIRED", "WRONG_MEDIUM_TYPE", "WRONG_MEDIUM_TYPE", "WRONG_MEDIUM_TYPE",
      "WRONG_MEDIUM_TYPE", "DISC_UNREADABLE" } },
  { "mixed mode CD-R", "cd-r-80", CD_BLOCKS, prepare_mixed, SOLCO_MEDIUM_CLOSED, SOLCO_CONTENT_ISO,
    FALSE,
    { "BLANK_REQUIRED", "DISC_CLOSED", "DISC_CLOSED", "WRONG_MEDIUM_TYPE", "DISC_CLOSED",
      WORKS } },
  { "UDF on DVD+R", "dvd+r", DVD_BLOCKS, prepare_udf, SOLCO_MEDIUM_APPENDABLE, SOLCO_CONTENT_UDF,
    TRUE,
    { "BLANK_REQUIRED", "WRONG_MEDIUM_TYPE", "WRONG_MEDIUM_TYPE", "WRONG_MEDIUM_TYPE",
      "WRONG_MEDIUM_TYPE", "DISC_UNREADABLE" } },
  { "CD-R closed", "cd-r-80", CD_BLOCKS, prepare_closed, SOLCO_MEDIUM_CLOSED, SOLCO_CONTENT_ISO,
    FALSE,
    { "BLANK_REQUIRED", "DISC_CLOSED", "DISC_CLOSED", "WRONG_MEDIUM_TYPE", "DISC_CLOSED",
      WORKS } },
  { "CD-R damaged", "cd-r-80", CD_BLOCKS, prepare_damaged, SOLCO_MEDIUM_APPENDABLE,
    SOLCO_CONTENT_ISO, TRUE,
    { "BLANK_REQUIRED", "DISC_DAMAGED", "DISC_DAMAGED", "WRONG_MEDIUM_TYPE", "DISC_DAMAGED",
      WORKS } },
  { "no disc", "none", 0, NULL, SOLCO_MEDIUM_NONE, SOLCO_CONTENT_NONE, FALSE,
    { "NO_MEDIUM", "NO_MEDIUM", "NO_MEDIUM", "NO_MEDIUM", "NO_MEDIUM", "NO_MEDIUM" } },
};

G_STATIC_ASSERT (G_N_ELEMENTS (rows) <= G_N_ELEMENTS (table));

/* A fresh copy of the prepared disc. */
static void
insert_copy (RecorderFixture *fixture, const Row *row)
{
  if (g_str_equal (row->kind, "none"))
    return;
  recorder_fixture_take_out (fixture);
  if (g_str_equal (row->kind, "cd-rom"))
    {
      recorder_fixture_insert_file (fixture, row->kind, 0, "foreign.iso");
      return;
    }
  if (g_str_equal (row->kind, "audio-cd"))
    {
      recorder_fixture_insert (fixture, row->kind, 0);
      return;
    }
  engine_fixture_do (&fixture->engine, "cp --sparse=always " TEMPLATE " " BACKING);
  recorder_fixture_insert_file (fixture, row->kind, row->capacity_blocks, BACKING);
}

/* A plan over the disc as it is. Unlike the fixture's it is made for discs, too, that have no
 * tree. */
static SolcoPlan *
plan_over_disc (RecorderFixture *fixture)
{
  g_autoptr (SolcoMedium) medium = recorder_fixture_read (fixture);
  SolcoPlan *plan = engine_fixture_plan (&fixture->engine, "two", "Photos");

  if (plan->disc == NULL && medium->identity != NULL)
    {
      const SolcoTreeNode root = { .mode = 0755, .disc_index = SOLCO_TREE_NONE };

      plan->disc = solco_disc_identity_copy (medium->identity);
      plan->disc_tree = solco_tree_builder_finish (solco_tree_builder_new (&root));
    }
  return plan;
}

static SolcoJob *
run_cell (RecorderFixture *fixture, const Row *row, Cell cell)
{
  EngineFixture *engine = &fixture->engine;
  const gboolean starts_blank = row->state == SOLCO_MEDIUM_BLANK;
  g_autoptr (SolcoPlan) made = NULL;

  if (starts_blank && (cell == CELL_APPEND || cell == CELL_ERASE || cell == CELL_VERIFY))
    burn_first (fixture, FALSE);
  switch (cell)
    {
    case CELL_ERASE:
      return engine_fixture_run (
          engine, solco_request_new_erase (engine->target, SOLCO_ERASE_FAST, NULL));
    case CELL_VERIFY:
      return engine_fixture_run (engine, solco_request_new_verify (engine->target, 0,
                                                                   SOLCO_VERIFY_FULL, NULL));
    case CELL_BLANK:
      made = engine_fixture_plan_new (engine, "two", "Photos");
      break;
    default:
      made = plan_over_disc (fixture);
      made->close_disc = cell == CELL_CLOSE;
      made->simulate = cell == CELL_SIMULATE;
    }
  return engine_fixture_run (engine, solco_request_new_burn (made));
}

/* What the disc must be after a cell that worked. */
static void
check_after (RecorderFixture *fixture, const Row *row, Cell cell, const SolcoResult *result)
{
  g_autoptr (SolcoMedium) medium = recorder_fixture_read (fixture);

  switch (cell)
    {
    case CELL_BLANK:
      g_assert_true (result->is_verified);
      g_assert_cmpuint (medium->sessions->len, ==, 1);
      g_assert_cmpint (medium->state, ==,
                       row->can_append_after_burn ? SOLCO_MEDIUM_APPENDABLE
                                                  : SOLCO_MEDIUM_CLOSED);
      recorder_fixture_assert_same (fixture, "two");
      break;
    case CELL_APPEND:
      g_assert_true (result->is_verified);
      g_assert_cmpuint (medium->sessions->len, ==, 2);
      recorder_fixture_assert_same (fixture, "both");
      recorder_fixture_assert_session (fixture, 1, "one");
      break;
    case CELL_CLOSE:
      g_assert_true (result->is_verified);
      g_assert_cmpint (medium->state, ==, SOLCO_MEDIUM_CLOSED);
      g_assert_cmpint (result->capacity.remaining_after_overhead_blocks, ==, 0);
      recorder_fixture_assert_same (fixture, "two");
      break;
    case CELL_ERASE:
      g_assert_cmpint (medium->state, ==, SOLCO_MEDIUM_BLANK);
      g_assert_cmpuint (medium->sessions->len, ==, 0);
      break;
    case CELL_SIMULATE:
      g_assert_true (result->is_simulated);
      g_assert_cmpint (medium->state, ==, SOLCO_MEDIUM_BLANK);
      g_assert_cmpuint (medium->sessions->len, ==, 0);
      break;
    case CELL_VERIFY:
    default:
      /* Discs of other programs have no checksums; their trees are read all the same. */
      g_assert_nonnull (result->tree);
    }
}

static void
make_template (RecorderFixture *fixture, const Row *row)
{
  recorder_fixture_add_files (fixture, "one", 3, 100000);
  recorder_fixture_add_files (fixture, "two", 3, 150000);
  engine_fixture_do (&fixture->engine, "sh -c 'cp -a one both && cp -a two/. both'");
  if (!g_str_equal (row->kind, "cd-rom") && !g_str_equal (row->kind, "audio-cd"))
    recorder_fixture_insert_file (fixture, row->kind, row->capacity_blocks, TEMPLATE);
  if (row->prepare != NULL)
    row->prepare (fixture);
}

static void
test_row (RecorderFixture *fixture, gconstpointer data)
{
  const Row *row = data;
  const gsize index = (gsize) (row - rows);
  g_autoptr (SolcoMedium) medium = NULL;

  make_template (fixture, row);
  insert_copy (fixture, row);
  medium = recorder_fixture_read (fixture);
  g_assert_cmpint (medium->state, ==, row->state);
  g_assert_cmpint (medium->content, ==, row->content);
  /* Told before the burn, not after. */
  g_assert_cmpint (medium->can_append_after_burn, ==, row->can_append_after_burn);
  g_assert_cmpint (medium->is_pseudo_overwrite, ==, row->prepare == prepare_pow);
  g_assert_cmpint (medium->damage, ==,
                   row->prepare == prepare_damaged ? SOLCO_DAMAGE_LAST_TRACK : SOLCO_DAMAGE_NONE);

  for (guint cell = 0; cell < N_CELLS; cell++)
    {
      g_autoptr (SolcoJob) job = NULL;
      const GError *error;

      insert_copy (fixture, row);
      job = run_cell (fixture, row, cell);
      error = solco_job_get_error (job);
      if (error != NULL)
        g_assert_cmpint (error->domain, ==, SOLCO_ERROR);
      table[index][cell] = g_strdup (error != NULL ? solco_error_get_name (error->code) : WORKS);
      if (error != NULL)
        g_string_append_printf (reasons, "%s, %s: %s\n", row->name, cell_names[cell],
                                error->message);
      if (g_strcmp0 (table[index][cell], row->expected[cell]) != 0)
        g_test_message ("%s, %s: %s\n%s", row->name, cell_names[cell],
                        error != NULL ? error->message : "", solco_job_get_log (job));
      g_assert_cmpstr (table[index][cell], ==, row->expected[cell]);
      if (error == NULL)
        check_after (fixture, row, cell, solco_job_get_result (job));
    }
}

static void
test_table (void)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_auto (GStrv) why = NULL;

  g_string_printf (line, "%-20s", "");
  for (guint cell = 0; cell < N_CELLS; cell++)
    g_string_append_printf (line, " %-17s", cell_names[cell]);
  g_test_message ("%s", line->str);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_string_printf (line, "%-20s", rows[i].name);
      for (guint cell = 0; cell < N_CELLS; cell++)
        {
          g_assert_nonnull (table[i][cell]);
          g_string_append_printf (line, " %-17s", table[i][cell]);
        }
      g_test_message ("%s", line->str);
    }
  why = g_strsplit (reasons->str, "\n", -1);
  for (gsize i = 0; why[i] != NULL && *why[i] != '\0'; i++)
    g_test_message ("%s", why[i]);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  reasons = g_string_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = g_strdelimit (g_strdup (rows[i].name), " ", '-');
      g_autofree char *path = g_strconcat ("/engine/recorder/matrix/", name, NULL);

      g_test_add (path, RecorderFixture, &rows[i], recorder_fixture_set_up_empty, test_row,
                  recorder_fixture_tear_down);
    }
  g_test_add_func ("/engine/recorder/table/whole", test_table);
  status = g_test_run ();
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint cell = 0; cell < N_CELLS; cell++)
      g_free (table[i][cell]);
  g_string_free (reasons, TRUE);
  return status;
}
