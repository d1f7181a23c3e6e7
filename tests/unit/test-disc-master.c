/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-disc-master.h"

#include "disc-samples.h"
#include "solco-error.h"

/* Short names for the table. */
enum
{
  NONE_ = SOLCO_DISC_MASTER_NO_RECORDER,
  EMPTY = SOLCO_DISC_MASTER_NO_MEDIUM,
  FIRST = SOLCO_DISC_MASTER_SINGLE_SESSION,
  MULTI = SOLCO_DISC_MASTER_MULTI_SESSION,
  AWAY_ = SOLCO_DISC_MASTER_DISC_AWAY,
  WRONG = SOLCO_DISC_MASTER_WRONG_DISC,
  BLANK = SOLCO_DISC_MASTER_BLANK_REQUIRED,
  NEVER = SOLCO_DISC_MASTER_NOT_WRITABLE,
  BURNS = SOLCO_DISC_MASTER_RECORDING,
  N_STATES
};

typedef enum
{
  DESELECT,
  SELECT,
  MEDIUM_NONE,
  MEDIUM_BLANK,
  MEDIUM_PHOTOS,
  MEDIUM_BACKUP,
  MEDIUM_CLOSED,
  MEDIUM_PRESSED,
  CLEAR,
  RESTORE,
  EXPECT_PHOTOS,
  ADOPT,
  AGREE,
  BEGIN,
  END,
  N_EVENTS
} Event;

static SolcoMedium *
make_photos (void)
{
  return sample_appendable_cd (SOLCO_PROFILE_CD_R, 2, "Photos");
}

/* Backup is a CD-RW: it can be erased. */
static SolcoMedium *
make_backup (void)
{
  return sample_appendable_cd (SOLCO_PROFILE_CD_RW, 1, "Backup");
}

static void
set_and_free (SolcoDiscMaster *master, SolcoMedium *medium)
{
  solco_disc_master_set_medium (master, medium);
  solco_medium_unref (medium);
}

static void
send (SolcoDiscMaster *master, Event event)
{
  g_autoptr (SolcoMedium) photos = make_photos ();

  switch (event)
    {
    case DESELECT:
      solco_disc_master_select_recorder (master, FALSE);
      break;
    case SELECT:
      solco_disc_master_select_recorder (master, TRUE);
      break;
    case MEDIUM_NONE:
      solco_disc_master_set_medium (master, NULL);
      break;
    case MEDIUM_BLANK:
      set_and_free (master, sample_blank (SOLCO_PROFILE_CD_R));
      break;
    case MEDIUM_PHOTOS:
      solco_disc_master_set_medium (master, photos);
      break;
    case MEDIUM_BACKUP:
      set_and_free (master, make_backup ());
      break;
    case MEDIUM_CLOSED:
      set_and_free (master, sample_closed_cd (SOLCO_PROFILE_CD_R, 1, "Closed"));
      break;
    case MEDIUM_PRESSED:
      set_and_free (master, sample_closed_cd (SOLCO_PROFILE_CD_ROM, 1, "Pressed"));
      break;
    case CLEAR:
      solco_disc_master_clear_content (master);
      break;
    case RESTORE:
      solco_disc_master_restore_content (master);
      break;
    case EXPECT_PHOTOS:
      solco_disc_master_expect_disc (master, photos->identity);
      break;
    case ADOPT:
      solco_disc_master_adopt_medium (master);
      break;
    case AGREE:
      solco_disc_master_set_erase_agreed (master, TRUE);
      break;
    case BEGIN:
      {
        g_autoptr (GError) check = NULL;
        g_autoptr (GError) error = NULL;
        const gboolean can_burn = solco_disc_master_check_burn (master, &check);

        g_assert_cmpint (solco_disc_master_begin_recording (master, &error), ==, can_burn);
        g_assert_cmpint (error == NULL, ==, can_burn);
        g_assert_cmpint (check == NULL, ==, can_burn);
        break;
      }
    case END:
      solco_disc_master_end_recording (master);
      break;
    case N_EVENTS:
    default:
      g_assert_not_reached ();
    }
}

/* How each state is reached with changes staged; Photos was appendable in MULTI and RECORDING,
 * Backup is in BLANK_REQUIRED and WRONG_DISC. */
static const Event ways[N_STATES][6] = {
  [NONE_] = { END, N_EVENTS },
  [EMPTY] = { SELECT, N_EVENTS },
  [FIRST] = { SELECT, MEDIUM_BLANK, N_EVENTS },
  [MULTI] = { SELECT, MEDIUM_PHOTOS, N_EVENTS },
  [AWAY_] = { SELECT, MEDIUM_PHOTOS, MEDIUM_NONE, N_EVENTS },
  [WRONG] = { SELECT, MEDIUM_PHOTOS, MEDIUM_BACKUP, N_EVENTS },
  [BLANK] = { SELECT, MEDIUM_BACKUP, CLEAR, N_EVENTS },
  [NEVER] = { SELECT, MEDIUM_CLOSED, N_EVENTS },
  [BURNS] = { SELECT, MEDIUM_PHOTOS, BEGIN, N_EVENTS },
};

static const int table[N_STATES][N_EVENTS] = {
  /*          DESEL  SELECT NONE   BLANK  PHOTOS BACKUP CLOSED PRESSD CLEAR  RESTOR EXPECT ADOPT
   *          AGREE  BEGIN  END */
  [NONE_] = { NONE_, EMPTY, NONE_, NONE_, NONE_, NONE_, NONE_, NONE_, NONE_, NONE_, NONE_, NONE_,
              NONE_, NONE_, NONE_ },
  [EMPTY] = { NONE_, EMPTY, EMPTY, FIRST, MULTI, MULTI, NEVER, NEVER, EMPTY, EMPTY, AWAY_, EMPTY,
              EMPTY, EMPTY, EMPTY },
  [FIRST] = { NONE_, EMPTY, EMPTY, FIRST, MULTI, MULTI, NEVER, NEVER, FIRST, FIRST, WRONG, FIRST,
              FIRST, BURNS, FIRST },
  [MULTI] = { NONE_, AWAY_, AWAY_, WRONG, MULTI, WRONG, WRONG, WRONG, BLANK, MULTI, MULTI, MULTI,
              MULTI, BURNS, MULTI },
  [AWAY_] = { NONE_, AWAY_, AWAY_, WRONG, MULTI, WRONG, WRONG, WRONG, EMPTY, AWAY_, AWAY_, AWAY_,
              AWAY_, AWAY_, AWAY_ },
  [WRONG] = { NONE_, AWAY_, AWAY_, WRONG, MULTI, WRONG, WRONG, WRONG, BLANK, WRONG, WRONG, MULTI,
              WRONG, WRONG, WRONG },
  [BLANK] = { NONE_, EMPTY, EMPTY, FIRST, BLANK, BLANK, BLANK, NEVER, BLANK, MULTI, WRONG, MULTI,
              FIRST, BLANK, BLANK },
  [NEVER] = { NONE_, EMPTY, EMPTY, FIRST, MULTI, MULTI, NEVER, NEVER, BLANK, NEVER, WRONG, NEVER,
              NEVER, NEVER, NEVER },
  [BURNS] = { BURNS, BURNS, BURNS, BURNS, BURNS, BURNS, BURNS, BURNS, BURNS, BURNS, BURNS, BURNS,
              BURNS, BURNS, MULTI },
};

static SolcoDiscMaster *
make_master (int state)
{
  SolcoDiscMaster *master = solco_disc_master_new ();

  solco_disc_master_set_n_changes (master, 3);
  for (const Event *event = ways[state]; *event != N_EVENTS; event++)
    send (master, *event);
  g_assert_cmpint (solco_disc_master_get_state (master), ==, state);
  return master;
}

static void
test_table (void)
{
  for (int state = 0; state < N_STATES; state++)
    for (int event = 0; event < N_EVENTS; event++)
      {
        g_autoptr (SolcoDiscMaster) master = make_master (state);

        g_test_message ("state %d, event %d", state, event);
        send (master, (Event) event);
        g_assert_cmpint (solco_disc_master_get_state (master), ==, table[state][event]);

        /* What follows from a state, whichever way it was reached. */
        const int next = solco_disc_master_get_state (master);
        g_autoptr (GError) error = NULL;
        const gboolean can_burn = solco_disc_master_check_burn (master, &error);

        g_assert_cmpint (can_burn, ==, next == FIRST || next == MULTI);
        g_assert_cmpint (solco_disc_master_is_multi_session (master), ==,
                         solco_disc_master_get_expected_disc (master) != NULL);
        if (next == MULTI || next == AWAY_ || next == WRONG)
          g_assert_true (solco_disc_master_is_multi_session (master));
        if (next == FIRST || next == BLANK || next == EMPTY)
          g_assert_false (solco_disc_master_is_multi_session (master));
        if (next == MULTI)
          g_assert_true (solco_disc_master_wants_import (master));
        if (next == FIRST || next == BLANK || next == EMPTY || next == AWAY_ || next == WRONG)
          g_assert_false (solco_disc_master_wants_import (master));
        if (next == NONE_)
          g_assert_error (error, SOLCO_ERROR, SOLCO_ERROR_NO_RECORDER);
        if (next == EMPTY || next == AWAY_)
          g_assert_error (error, SOLCO_ERROR, SOLCO_ERROR_NO_MEDIUM);
        if (next == WRONG)
          g_assert_error (error, SOLCO_ERROR, SOLCO_ERROR_WRONG_DISC);
        if (next == BLANK)
          g_assert_error (error, SOLCO_ERROR, SOLCO_ERROR_BLANK_REQUIRED);
        if (next == BURNS)
          g_assert_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_ACCESSIBLE);
      }
}

static void
test_session_number (void)
{
  g_autoptr (SolcoDiscMaster) master = make_master (MULTI);
  g_autoptr (SolcoMedium) photos = make_photos ();

  g_assert_cmpuint (solco_disc_master_get_next_session_number (master), ==, 3);
  g_assert_true (solco_disc_identity_equal (solco_disc_master_get_expected_disc (master),
                                            photos->identity));
  send (master, CLEAR);
  g_assert_cmpuint (solco_disc_master_get_next_session_number (master), ==, 1);
  send (master, RESTORE);
  g_assert_cmpuint (solco_disc_master_get_next_session_number (master), ==, 3);
}

/* Nothing staged: the disc may change freely, and nothing can be burned. */
static void
test_without_changes (void)
{
  g_autoptr (SolcoDiscMaster) master = make_master (MULTI);
  g_autoptr (GError) error = NULL;

  solco_disc_master_set_n_changes (master, 0);
  g_assert_false (solco_disc_master_check_burn (master, &error));
  g_assert_error (error, SOLCO_ERROR, SOLCO_ERROR_NOTHING_STAGED);
  send (master, MEDIUM_NONE);
  g_assert_cmpint (solco_disc_master_get_state (master), ==, AWAY_);
  send (master, MEDIUM_BACKUP);
  g_assert_cmpint (solco_disc_master_get_state (master), ==, MULTI);
  g_assert_cmpstr (solco_disc_master_get_expected_disc (master)->volume_label, ==, "Backup");
  send (master, MEDIUM_BLANK);
  g_assert_cmpint (solco_disc_master_get_state (master), ==, FIRST);

  /* The disc of a project is waited for all the same. */
  send (master, EXPECT_PHOTOS);
  send (master, MEDIUM_BACKUP);
  g_assert_cmpint (solco_disc_master_get_state (master), ==, WRONG);
  send (master, MEDIUM_PHOTOS);
  g_assert_cmpint (solco_disc_master_get_state (master), ==, MULTI);

  /* After a rehearsal too. */
  solco_disc_master_set_n_changes (master, 1);
  send (master, BEGIN);
  send (master, END);
  send (master, MEDIUM_PHOTOS);
  solco_disc_master_set_n_changes (master, 0);
  send (master, MEDIUM_BACKUP);
  g_assert_cmpint (solco_disc_master_get_state (master), ==, WRONG);
}

/* Cleared twice, undone twice. */
static void
test_clear_twice (void)
{
  g_autoptr (SolcoDiscMaster) master = make_master (MULTI);

  send (master, CLEAR);
  send (master, CLEAR);
  send (master, RESTORE);
  g_assert_cmpint (solco_disc_master_get_state (master), ==, BLANK);
  send (master, MEDIUM_BACKUP);
  send (master, RESTORE);
  g_assert_cmpint (solco_disc_master_get_state (master), ==, WRONG);
  send (master, RESTORE);
  send (master, MEDIUM_PHOTOS);
  g_assert_cmpint (solco_disc_master_get_state (master), ==, MULTI);
}

static void
test_erase_agreed (void)
{
  g_autoptr (SolcoDiscMaster) master = make_master (BLANK);

  send (master, AGREE);
  g_assert_cmpint (solco_disc_master_get_state (master), ==, FIRST);
  /* The same disc, read once more. */
  send (master, MEDIUM_BACKUP);
  g_assert_cmpint (solco_disc_master_get_state (master), ==, FIRST);
  /* Agreed to for one disc, not for the next one, nor for the first one ever after. */
  send (master, MEDIUM_PHOTOS);
  g_assert_cmpint (solco_disc_master_get_state (master), ==, BLANK);
  send (master, MEDIUM_BACKUP);
  g_assert_cmpint (solco_disc_master_get_state (master), ==, BLANK);
  /* A CD-R can not be erased, whoever agrees. */
  send (master, MEDIUM_PHOTOS);
  send (master, AGREE);
  g_assert_cmpint (solco_disc_master_get_state (master), ==, BLANK);
  /* Undo, and clear again: asked again. */
  send (master, MEDIUM_BACKUP);
  send (master, AGREE);
  send (master, RESTORE);
  send (master, CLEAR);
  g_assert_cmpint (solco_disc_master_get_state (master), ==, BLANK);

  /* An image that holds sessions is no blank one either. */
  set_and_free (master, sample_image ("Image"));
  g_assert_cmpint (solco_disc_master_get_state (master), ==, BLANK);
  send (master, AGREE);
  g_assert_cmpint (solco_disc_master_get_state (master), ==, FIRST);
}

/* What the disc has become after a burn, and whether the result is set before the end or after. */
static void
test_results (void)
{
  for (guint order = 0; order < 2; order++)
    {
      g_autoptr (SolcoDiscMaster) appended = make_master (BURNS);
      g_autoptr (SolcoDiscMaster) simulated = make_master (BURNS);
      g_autoptr (SolcoDiscMaster) swapped = make_master (BURNS);
      g_autoptr (SolcoDiscMaster) swapped_kind = make_master (BURNS);
      g_autoptr (SolcoDiscMaster) closed = make_master (BURNS);
      g_autoptr (SolcoDiscMaster) first = make_master (FIRST);
      g_autoptr (SolcoDiscMaster) cleared = make_master (FIRST);
      g_autoptr (SolcoDiscMaster) rehearsed = make_master (FIRST);
      g_autoptr (SolcoDiscMaster) erased = make_master (BLANK);
      g_autoptr (SolcoDiscMaster) refused = make_master (BLANK);
      g_autoptr (SolcoMedium) three = sample_appendable_cd (SOLCO_PROFILE_CD_R, 3, "Photos");
      g_autoptr (SolcoMedium) three_closed = sample_closed_cd (SOLCO_PROFILE_CD_R, 3, "Photos");
      g_autoptr (SolcoMedium) one = sample_appendable_cd (SOLCO_PROFILE_CD_R, 1, "New");
      g_autoptr (SolcoMedium) one_rw = sample_appendable_cd (SOLCO_PROFILE_CD_RW, 1, "New");
      g_autoptr (SolcoMedium) three_rw = sample_appendable_cd (SOLCO_PROFILE_CD_RW, 3, "Photos");
      g_autoptr (SolcoMedium) photos = make_photos ();
      g_autoptr (SolcoMedium) backup = make_backup ();
      g_autoptr (SolcoMedium) blank = sample_blank (SOLCO_PROFILE_CD_R);

      send (first, BEGIN);
      send (cleared, CLEAR);
      send (cleared, BEGIN);
      send (rehearsed, CLEAR);
      send (rehearsed, BEGIN);
      send (erased, AGREE);
      send (erased, BEGIN);
      send (refused, AGREE);
      send (refused, BEGIN);

      const struct
      {
        SolcoDiscMaster *master;
        SolcoMedium *result;
        int state;
        guint number;
      } rows[] = {
        { appended, three, MULTI, 4 },
        { simulated, photos, MULTI, 3 },
        { swapped, backup, WRONG, 3 },
        /* Its third session starts where that of Photos would. */
        { swapped_kind, three_rw, WRONG, 3 },
        { closed, three_closed, NEVER, 1 },
        { first, one, MULTI, 2 },
        { cleared, one, MULTI, 2 },
        { rehearsed, blank, FIRST, 1 },
        { erased, one_rw, MULTI, 2 },
        /* Nothing was written: the content is still cleared. */
        { refused, backup, FIRST, 1 },
      };

      for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
        {
          g_test_message ("order %u, row %" G_GSIZE_FORMAT, order, i);
          if (order == 0)
            solco_disc_master_set_medium (rows[i].master, rows[i].result);
          solco_disc_master_end_recording (rows[i].master);
          if (order == 1)
            {
              /* Ejected and put back: the result is still awaited. */
              solco_disc_master_set_medium (rows[i].master, NULL);
              solco_disc_master_set_medium (rows[i].master, rows[i].result);
            }
          /* A disc that went out and came back is asked about again. */
          if (rows[i].master == refused && order == 1)
            {
              g_assert_cmpint (solco_disc_master_get_state (refused), ==, BLANK);
              continue;
            }
          g_assert_cmpint (solco_disc_master_get_state (rows[i].master), ==, rows[i].state);
          g_assert_cmpuint (solco_disc_master_get_next_session_number (rows[i].master), ==,
                            rows[i].number);
        }

      /* After a rehearsal a disc that holds a session is no blank one. */
      solco_disc_master_set_medium (rehearsed, one);
      g_assert_cmpint (solco_disc_master_get_state (rehearsed), ==, BLANK);
      /* And after a burn that is over, a later state of a disc is another disc. */
      g_autoptr (SolcoMedium) four = sample_appendable_cd (SOLCO_PROFILE_CD_R, 4, "Photos");
      solco_disc_master_set_medium (appended, four);
      g_assert_cmpint (solco_disc_master_get_state (appended), ==, WRONG);
    }
}

/* An image file is known as a file, while it stands for another medium. */
static void
test_image_that_stands_for_a_cd (void)
{
  g_autoptr (SolcoDiscMaster) master = solco_disc_master_new ();
  g_autoptr (SolcoMedium) one = sample_appendable_cd (SOLCO_PROFILE_CD_R, 1, "Photos");
  g_autoptr (SolcoMedium) two = sample_appendable_cd (SOLCO_PROFILE_CD_R, 2, "Photos");

  one->is_image_file = TRUE;
  one->identity->profile = SOLCO_PROFILE_FILE;
  two->is_image_file = TRUE;
  two->identity->profile = SOLCO_PROFILE_FILE;
  solco_disc_master_select_recorder (master, TRUE);
  solco_disc_master_set_medium (master, one);
  solco_disc_master_set_n_changes (master, 1);
  g_assert_true (solco_disc_master_begin_recording (master, NULL));
  solco_disc_master_end_recording (master);
  solco_disc_master_set_medium (master, two);
  g_assert_cmpint (solco_disc_master_get_state (master), ==, MULTI);
  g_assert_cmpuint (solco_disc_master_get_next_session_number (master), ==, 3);
}

/* A burn that broke off: the plan stays, and the disc has to be mended first. */
static void
test_damage (void)
{
  g_autoptr (SolcoDiscMaster) master = make_master (BURNS);
  g_autoptr (SolcoMedium) damaged = make_photos ();
  g_autoptr (GError) error = NULL;

  damaged->damage = SOLCO_DAMAGE_LAST_TRACK;
  damaged->next_writable_block = -1;
  damaged->free_blocks = 0;
  sample_identify (damaged);
  solco_disc_master_set_medium (master, damaged);
  send (master, END);
  g_assert_cmpint (solco_disc_master_get_state (master), ==, MULTI);
  g_assert_true (solco_disc_master_wants_import (master));
  g_assert_false (solco_disc_master_check_burn (master, &error));
  g_assert_error (error, SOLCO_ERROR, SOLCO_ERROR_DISC_DAMAGED);
}

/* Cleared while the burn ran: what was cleared does not come back with the result. */
static void
test_clear_while_recording (void)
{
  g_autoptr (SolcoDiscMaster) master = make_master (BURNS);

  send (master, CLEAR);
  send (master, END);
  set_and_free (master, sample_appendable_cd (SOLCO_PROFILE_CD_R, 3, "Photos"));
  g_assert_cmpint (solco_disc_master_get_state (master), ==, BLANK);
}

/* A first session was burned on a blank disc after a clear. It is the new stage: undo does not lead
 * back to the disc before. */
static void
test_clear_is_over_after_burn (void)
{
  g_autoptr (SolcoDiscMaster) master = make_master (MULTI);

  send (master, CLEAR);
  send (master, MEDIUM_BLANK);
  send (master, BEGIN);
  send (master, END);
  set_and_free (master, sample_appendable_cd (SOLCO_PROFILE_CD_R, 1, "New"));
  g_assert_cmpint (solco_disc_master_get_state (master), ==, MULTI);
  send (master, RESTORE);
  g_assert_cmpint (solco_disc_master_get_state (master), ==, MULTI);
  g_assert_cmpstr (solco_disc_master_get_expected_disc (master)->volume_label, ==, "New");
}

/* Another recorder was selected before the result was read: its disc is not the result. */
static void
test_other_recorder_after_burn (void)
{
  g_autoptr (SolcoDiscMaster) master = make_master (FIRST);

  send (master, CLEAR);
  send (master, BEGIN);
  send (master, END);
  send (master, SELECT);
  send (master, MEDIUM_BACKUP);
  g_assert_cmpint (solco_disc_master_get_state (master), ==, BLANK);
}

/* A clear that is undone while the erased disc is being burned. */
static void
test_restore_while_recording (void)
{
  g_autoptr (SolcoDiscMaster) master = make_master (EMPTY);

  send (master, CLEAR);
  send (master, MEDIUM_BACKUP);
  send (master, AGREE);
  send (master, BEGIN);
  send (master, RESTORE);
  send (master, END);
  set_and_free (master, sample_appendable_cd (SOLCO_PROFILE_CD_RW, 1, "New"));
  g_assert_cmpint (solco_disc_master_get_state (master), ==, MULTI);
  g_assert_cmpstr (solco_disc_master_get_expected_disc (master)->volume_label, ==, "New");
}

/* A disc that takes no session is shown with its tree, where it has one that can be read. */
static void
test_not_writable_is_shown (void)
{
  g_autoptr (SolcoDiscMaster) master = make_master (NEVER);
  g_autoptr (SolcoMedium) udf = sample_appendable_cd (SOLCO_PROFILE_CD_R, 1, "UDF");

  g_assert_true (solco_disc_master_wants_import (master));
  udf->content = SOLCO_CONTENT_UDF;
  g_clear_pointer (&udf->identity, solco_disc_identity_free);
  solco_disc_master_set_medium (master, udf);
  g_assert_cmpint (solco_disc_master_get_state (master), ==, NEVER);
  g_assert_false (solco_disc_master_wants_import (master));
}

/* The disc of a project has become too full: it is the right one, but takes nothing more. */
static void
test_expected_but_full (void)
{
  g_autoptr (SolcoDiscMaster) master = make_master (EMPTY);
  g_autoptr (SolcoMedium) full = make_photos ();
  g_autoptr (GError) error = NULL;

  full->free_blocks = 1023;
  solco_disc_master_expect_disc (master, full->identity);
  solco_disc_master_set_medium (master, full);
  g_assert_cmpint (solco_disc_master_get_state (master), ==, NEVER);
  g_assert_true (solco_disc_master_wants_import (master));
  g_assert_false (solco_disc_master_check_burn (master, &error));
  g_assert_error (error, SOLCO_ERROR, SOLCO_ERROR_DISC_FULL);
}

/* Photos after a burn on it that failed: an open track, or, once that is closed, a session without a
 * file system. */
static SolcoMedium *
make_unfinished (gboolean is_closed)
{
  SolcoMedium *medium = make_photos ();

  if (is_closed)
    {
      sample_add_session (medium, medium->next_writable_block, 4000, NULL);
      medium->next_writable_block += 4000 + 6900;
    }
  else
    {
      medium->damage = SOLCO_DAMAGE_LAST_TRACK;
      medium->next_writable_block += 4000;
    }
  sample_identify (medium);
  g_free (medium->identity->volume_label);
  medium->identity->volume_label = g_strdup ("Photos");
  return medium;
}

/* @pin: the disc is expected by a project that was opened after a crash. */
static SolcoDiscMaster *
make_expecting_photos (gboolean pin)
{
  SolcoDiscMaster *master = solco_disc_master_new ();

  solco_disc_master_set_n_changes (master, 3);
  send (master, SELECT);
  send (master, pin ? EXPECT_PHOTOS : MEDIUM_PHOTOS);
  return master;
}

static void
test_unfinished (gconstpointer data)
{
  g_autoptr (SolcoDiscMaster) master = make_expecting_photos (GPOINTER_TO_INT (data));
  g_autoptr (SolcoMedium) open = make_unfinished (FALSE);
  g_autoptr (SolcoMedium) closed = make_unfinished (TRUE);
  g_autoptr (GError) error = NULL;

  /* It stays the disc of the stage, and has to be mended. */
  solco_disc_master_set_medium (master, open);
  g_assert_cmpint (solco_disc_master_get_state (master), ==, SOLCO_DISC_MASTER_MULTI_SESSION);
  g_assert_true (solco_disc_master_is_continued (master));
  g_assert_true (solco_disc_identity_equal (solco_disc_master_get_expected_disc (master),
                                            open->identity));
  g_assert_false (solco_disc_master_check_burn (master, &error));
  g_assert_error (error, SOLCO_ERROR, SOLCO_ERROR_DISC_DAMAGED);
  /* Nothing new the second time. */
  solco_disc_master_set_medium (master, open);
  g_assert_false (solco_disc_master_is_continued (master));

  solco_disc_master_set_medium (master, closed);
  g_assert_cmpint (solco_disc_master_get_state (master), ==, SOLCO_DISC_MASTER_MULTI_SESSION);
  g_assert_true (solco_disc_master_is_continued (master));
  g_assert_true (solco_disc_master_check_burn (master, NULL));
  g_assert_cmpuint (solco_disc_master_get_next_session_number (master), ==, 4);
}

/* Whatever could be another disc, or has something new on it, is none of that. */
static void
test_not_unfinished (void)
{
  enum
  {
    OTHER_LABEL,
    OTHER_BIRTH,
    OTHER_BEGIN,
    OTHER_PROFILE,
    OTHER_CONTENT,
    NEW_SESSION,
    NO_DAMAGE,
    N_CASES
  };

  for (int i = 0; i < N_CASES; i++)
    {
      g_autoptr (SolcoDiscMaster) master = make_expecting_photos (i % 2 == 0);
      g_autoptr (SolcoMedium) medium = make_unfinished (i == NEW_SESSION);

      if (i == OTHER_LABEL)
        medium->identity->volume_label[0] = 'X';
      else if (i == OTHER_BIRTH)
        medium->identity->created[0] = '9';
      else if (i == OTHER_BEGIN)
        g_array_index (medium->sessions, SolcoSession, 1).start_block += 1;
      else if (i == OTHER_PROFILE)
        medium->identity->profile = SOLCO_PROFILE_CD_RW;
      else if (i == OTHER_CONTENT)
        medium->identity->fingerprint[0] = 'X';
      else if (i == NEW_SESSION)
        g_array_index (medium->sessions, SolcoSession, 2).has_file_system = TRUE;
      else
        medium->damage = SOLCO_DAMAGE_NONE;
      g_test_message ("case %d", i);
      solco_disc_master_set_medium (master, medium);
      g_assert_cmpint (solco_disc_master_get_state (master), ==, SOLCO_DISC_MASTER_WRONG_DISC);
      g_assert_false (solco_disc_master_is_continued (master));
    }
}

/* Only closing had failed: once mended, the session is there. */
static void
test_mended (void)
{
  g_autoptr (SolcoDiscMaster) master = make_expecting_photos (TRUE);
  g_autoptr (SolcoMedium) open = make_unfinished (FALSE);
  g_autoptr (SolcoMedium) mended = sample_appendable_cd (SOLCO_PROFILE_CD_R, 3, "Photos");
  g_autoptr (SolcoMedium) backup = make_backup ();

  solco_disc_master_set_medium (master, open);
  /* Another disc was mended: the stage is none of its business. */
  solco_disc_master_follow_mending (master, backup->identity, mended);
  g_assert_true (solco_disc_identity_equal (solco_disc_master_get_expected_disc (master),
                                            open->identity));
  solco_disc_master_follow_mending (master, open->identity, mended);
  solco_disc_master_set_medium (master, mended);
  g_assert_cmpint (solco_disc_master_get_state (master), ==, SOLCO_DISC_MASTER_MULTI_SESSION);
  g_assert_true (solco_disc_master_check_burn (master, NULL));
}

/* All that a disc had was cut off: it shows nothing, and takes a session that adds to that. */
static void
test_empty_tree (void)
{
  g_autoptr (SolcoDiscMaster) master = solco_disc_master_new ();
  g_autoptr (SolcoMedium) medium = sample_appendable_cd (SOLCO_PROFILE_CD_R, 1, NULL);

  medium->content = SOLCO_CONTENT_NONE;
  send (master, SELECT);
  solco_disc_master_set_medium (master, medium);
  g_assert_cmpint (solco_disc_master_get_state (master), ==, SOLCO_DISC_MASTER_MULTI_SESSION);
  g_assert_true (solco_disc_master_wants_import (master));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disc-master/table", test_table);
  g_test_add_func ("/disc-master/session-number", test_session_number);
  g_test_add_func ("/disc-master/without-changes", test_without_changes);
  g_test_add_func ("/disc-master/clear-twice", test_clear_twice);
  g_test_add_func ("/disc-master/erase-agreed", test_erase_agreed);
  g_test_add_func ("/disc-master/results", test_results);
  g_test_add_func ("/disc-master/image-that-stands-for-a-cd", test_image_that_stands_for_a_cd);
  g_test_add_func ("/disc-master/damage", test_damage);
  g_test_add_func ("/disc-master/clear-while-recording", test_clear_while_recording);
  g_test_add_func ("/disc-master/clear-is-over-after-burn", test_clear_is_over_after_burn);
  g_test_add_func ("/disc-master/other-recorder-after-burn", test_other_recorder_after_burn);
  g_test_add_func ("/disc-master/restore-while-recording", test_restore_while_recording);
  g_test_add_func ("/disc-master/not-writable-is-shown", test_not_writable_is_shown);
  g_test_add_func ("/disc-master/expected-but-full", test_expected_but_full);
  g_test_add_data_func ("/disc-master/unfinished/this-run", GINT_TO_POINTER (FALSE),
                        test_unfinished);
  g_test_add_data_func ("/disc-master/unfinished/after-crash", GINT_TO_POINTER (TRUE),
                        test_unfinished);
  g_test_add_func ("/disc-master/unfinished/others", test_not_unfinished);
  g_test_add_func ("/disc-master/unfinished/mended", test_mended);
  g_test_add_func ("/disc-master/unfinished/first-session", test_empty_tree);
  return g_test_run ();
}
