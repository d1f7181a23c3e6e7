/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-disc-master.h"

#include <string.h>

#include "disc-samples.h"
#include "solco-capacity.h"
#include "solco-error.h"

#define OK -1

typedef SolcoMedium *(*MakeFunc) (void);

static SolcoMedium *
make_blank_cd (void)
{
  return sample_blank (SOLCO_PROFILE_CD_R);
}

static SolcoMedium *
make_blank_broken (void)
{
  SolcoMedium *medium = sample_blank (SOLCO_PROFILE_CD_R);

  medium->damage = SOLCO_DAMAGE_LAST_TRACK;
  return medium;
}

static SolcoMedium *
make_photos (void)
{
  return sample_appendable_cd (SOLCO_PROFILE_CD_R, 2, "Photos");
}

static SolcoMedium *
make_photos_broken (void)
{
  SolcoMedium *medium = make_photos ();

  medium->damage = SOLCO_DAMAGE_LAST_TRACK;
  medium->free_blocks = 0;
  return medium;
}

static SolcoMedium *
make_photos_full (void)
{
  SolcoMedium *medium = make_photos ();

  medium->free_blocks = SOLCO_MINIMUM_SESSION_BLOCKS - 1;
  return medium;
}

static SolcoMedium *
make_photos_almost_full (void)
{
  SolcoMedium *medium = make_photos ();

  medium->free_blocks = SOLCO_MINIMUM_SESSION_BLOCKS;
  return medium;
}

/* The drive reports plenty, but the lead-out would lie past the end of the disc. */
static SolcoMedium *
make_photos_full_by_atip (void)
{
  SolcoMedium *medium = make_photos ();

  medium->lead_out_limit_block = medium->next_writable_block + 1000;
  return medium;
}

static SolcoMedium *
make_bad_address (void)
{
  SolcoMedium *medium = make_photos ();

  medium->next_writable_block = 70000;
  return medium;
}

static SolcoMedium *
make_backup (void)
{
  return sample_appendable_cd (SOLCO_PROFILE_CD_RW, 1, "Backup");
}

static SolcoMedium *
make_closed_cd_r (void)
{
  return sample_closed_cd (SOLCO_PROFILE_CD_R, 2, "Photos");
}

static SolcoMedium *
make_closed_cd_rw (void)
{
  return sample_closed_cd (SOLCO_PROFILE_CD_RW, 2, "Backup");
}

static SolcoMedium *
make_pressed (void)
{
  return sample_closed_cd (SOLCO_PROFILE_CD_ROM, 1, "Encyclopaedia");
}

static SolcoMedium *
make_unsuitable (void)
{
  SolcoMedium *medium = sample_empty ();

  medium->state = SOLCO_MEDIUM_UNSUITABLE;
  return medium;
}

/* A DVD+RW that another program formatted, such an image, and a file that is none. */
static SolcoMedium *
make_foreign_rewritable (void)
{
  SolcoMedium *medium = sample_blank (SOLCO_PROFILE_DVD_PLUS_RW);

  medium->state = SOLCO_MEDIUM_UNSUITABLE;
  medium->content = SOLCO_CONTENT_UDF;
  return medium;
}

static SolcoMedium *
make_udf_image (void)
{
  SolcoMedium *medium = make_foreign_rewritable ();

  medium->is_image_file = TRUE;
  return medium;
}

static SolcoMedium *
make_document (void)
{
  SolcoMedium *medium = make_udf_image ();

  medium->content = SOLCO_CONTENT_UNKNOWN;
  medium->is_erasable = FALSE;
  return medium;
}

static SolcoMedium *
make_foreign (SolcoContent content)
{
  SolcoMedium *medium = make_photos ();

  medium->content = content;
  g_clear_pointer (&medium->identity, solco_disc_identity_free);
  return medium;
}

static SolcoMedium *
make_udf (void)
{
  return make_foreign (SOLCO_CONTENT_UDF);
}

static SolcoMedium *
make_audio (void)
{
  return make_foreign (SOLCO_CONTENT_AUDIO);
}

static SolcoMedium *
make_unknown (void)
{
  return make_foreign (SOLCO_CONTENT_UNKNOWN);
}

static SolcoMedium *
make_unreadable (void)
{
  return make_foreign (SOLCO_CONTENT_UNREADABLE);
}

static SolcoMedium *
make_unidentified (void)
{
  return make_foreign (SOLCO_CONTENT_ISO);
}

static SolcoMedium *
make_image (void)
{
  return sample_image ("Image");
}

/* libburn calls overwritable media blank, whatever they hold. */
static SolcoMedium *
make_image_called_blank (void)
{
  SolcoMedium *medium = sample_image ("Image");

  medium->state = SOLCO_MEDIUM_BLANK;
  return medium;
}

static SolcoMedium *
make_image_damaged (void)
{
  SolcoMedium *medium = sample_image ("Image");

  medium->damage = SOLCO_DAMAGE_HEAD;
  return medium;
}

/* What comes of a plan for the disc as it is, for “Photos”, for a blank disc, and for one that may
 * be erased. */
static const struct
{
  const char *title;
  MakeFunc make;
  int same;
  int photos;
  int blank;
  int erase;
} cases[] = {
  { "empty", sample_empty, SOLCO_ERROR_NO_MEDIUM, SOLCO_ERROR_NO_MEDIUM, SOLCO_ERROR_NO_MEDIUM,
    SOLCO_ERROR_NO_MEDIUM },
  { "unsuitable", make_unsuitable, OK, SOLCO_ERROR_WRONG_DISC, SOLCO_ERROR_WRONG_MEDIUM_TYPE,
    SOLCO_ERROR_WRONG_MEDIUM_TYPE },
  { "pressed", make_pressed, SOLCO_ERROR_WRONG_MEDIUM_TYPE, SOLCO_ERROR_WRONG_DISC,
    SOLCO_ERROR_WRONG_MEDIUM_TYPE, SOLCO_ERROR_WRONG_MEDIUM_TYPE },
  { "blank", make_blank_cd, OK, SOLCO_ERROR_WRONG_DISC, OK, OK },
  { "blank, with an unfinished track", make_blank_broken, OK, SOLCO_ERROR_WRONG_DISC,
    SOLCO_ERROR_DISC_DAMAGED, SOLCO_ERROR_DISC_DAMAGED },
  { "Photos", make_photos, OK, OK, SOLCO_ERROR_BLANK_REQUIRED, SOLCO_ERROR_BLANK_REQUIRED },
  { "Photos, almost full", make_photos_almost_full, OK, OK, SOLCO_ERROR_BLANK_REQUIRED,
    SOLCO_ERROR_BLANK_REQUIRED },
  { "Photos, full", make_photos_full, SOLCO_ERROR_DISC_FULL, SOLCO_ERROR_DISC_FULL,
    SOLCO_ERROR_BLANK_REQUIRED, SOLCO_ERROR_BLANK_REQUIRED },
  { "Photos, full by ATIP", make_photos_full_by_atip, SOLCO_ERROR_DISC_FULL,
    SOLCO_ERROR_DISC_FULL, SOLCO_ERROR_BLANK_REQUIRED, SOLCO_ERROR_BLANK_REQUIRED },
  { "next address inside the last session", make_bad_address, SOLCO_ERROR_DISC_FULL,
    SOLCO_ERROR_DISC_FULL, SOLCO_ERROR_BLANK_REQUIRED, SOLCO_ERROR_BLANK_REQUIRED },
  { "Photos, with an unfinished track", make_photos_broken, SOLCO_ERROR_DISC_DAMAGED,
    SOLCO_ERROR_DISC_DAMAGED, SOLCO_ERROR_BLANK_REQUIRED, SOLCO_ERROR_BLANK_REQUIRED },
  { "Backup, rewritable", make_backup, OK, SOLCO_ERROR_WRONG_DISC, SOLCO_ERROR_BLANK_REQUIRED,
    OK },
  { "closed CD-R", make_closed_cd_r, SOLCO_ERROR_DISC_CLOSED, SOLCO_ERROR_WRONG_DISC,
    SOLCO_ERROR_BLANK_REQUIRED, SOLCO_ERROR_BLANK_REQUIRED },
  { "closed CD-RW", make_closed_cd_rw, SOLCO_ERROR_DISC_CLOSED, SOLCO_ERROR_WRONG_DISC,
    SOLCO_ERROR_BLANK_REQUIRED, OK },
  { "UDF", make_udf, OK, SOLCO_ERROR_WRONG_DISC, SOLCO_ERROR_BLANK_REQUIRED,
    SOLCO_ERROR_BLANK_REQUIRED },
  { "UDF, rewritable", make_foreign_rewritable, OK, SOLCO_ERROR_WRONG_DISC,
    SOLCO_ERROR_BLANK_REQUIRED, OK },
  { "UDF image", make_udf_image, OK, SOLCO_ERROR_WRONG_DISC, SOLCO_ERROR_BLANK_REQUIRED, OK },
  { "a document", make_document, OK, SOLCO_ERROR_WRONG_DISC, SOLCO_ERROR_NOT_AN_IMAGE,
    SOLCO_ERROR_NOT_AN_IMAGE },
  { "image", make_image, OK, SOLCO_ERROR_WRONG_DISC, SOLCO_ERROR_BLANK_REQUIRED, OK },
  { "image that is called blank", make_image_called_blank, OK, SOLCO_ERROR_WRONG_DISC,
    SOLCO_ERROR_BLANK_REQUIRED, OK },
  { "image with a damaged head", make_image_damaged, SOLCO_ERROR_DISC_DAMAGED,
    SOLCO_ERROR_WRONG_DISC, SOLCO_ERROR_BLANK_REQUIRED, OK },
};

static void
check (const SolcoMedium *medium, const SolcoDiscIdentity *expected, gboolean erase, int code)
{
  g_autoptr (GError) error = NULL;
  const gboolean ok = solco_disc_master_check_target (medium, expected, erase, &error);

  g_assert_cmpint (ok, ==, error == NULL);
  if (code == OK)
    g_assert_no_error (error);
  else
    g_assert_error (error, SOLCO_ERROR, code);
}

static void
test_targets (void)
{
  g_autoptr (SolcoMedium) photos = make_photos ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SolcoMedium) medium = cases[i].make ();

      g_test_message ("%s", cases[i].title);
      if (medium->identity != NULL)
        check (medium, medium->identity, FALSE, cases[i].same);
      check (medium, photos->identity, FALSE, cases[i].photos);
      /* For a disc with sessions nobody asks for an erasure. */
      check (medium, photos->identity, TRUE, cases[i].photos);
      check (medium, NULL, FALSE, cases[i].blank);
      check (medium, NULL, TRUE, cases[i].erase);
    }
  check (NULL, NULL, FALSE, SOLCO_ERROR_NO_MEDIUM);
  check (NULL, photos->identity, FALSE, SOLCO_ERROR_NO_MEDIUM);
}

/* A stage that is made for no disc in particular meets a disc that takes no session. */
static void
test_reasons (void)
{
  static const struct
  {
    MakeFunc make;
    int code;
  } reasons[] = {
    { sample_empty, SOLCO_ERROR_NO_MEDIUM },
    { make_unsuitable, SOLCO_ERROR_WRONG_MEDIUM_TYPE },
    { make_pressed, SOLCO_ERROR_WRONG_MEDIUM_TYPE },
    { make_blank_cd, OK },
    { make_blank_broken, SOLCO_ERROR_DISC_DAMAGED },
    { make_photos, OK },
    { make_photos_full, SOLCO_ERROR_DISC_FULL },
    { make_bad_address, SOLCO_ERROR_DISC_FULL },
    { make_photos_broken, SOLCO_ERROR_DISC_DAMAGED },
    { make_closed_cd_r, SOLCO_ERROR_DISC_CLOSED },
    { make_closed_cd_rw, SOLCO_ERROR_DISC_CLOSED },
    { make_foreign_rewritable, SOLCO_ERROR_WRONG_MEDIUM_TYPE },
    { make_udf_image, SOLCO_ERROR_NOT_AN_IMAGE },
    { make_document, SOLCO_ERROR_NOT_AN_IMAGE },
    { make_udf, SOLCO_ERROR_WRONG_MEDIUM_TYPE },
    { make_audio, SOLCO_ERROR_WRONG_MEDIUM_TYPE },
    { make_unknown, SOLCO_ERROR_WRONG_MEDIUM_TYPE },
    { make_unreadable, SOLCO_ERROR_DISC_UNREADABLE },
    { make_unidentified, SOLCO_ERROR_DISC_UNREADABLE },
    { make_image, OK },
    { make_image_called_blank, OK },
    { make_image_damaged, SOLCO_ERROR_DISC_DAMAGED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      g_autoptr (SolcoDiscMaster) master = solco_disc_master_new ();
      g_autoptr (SolcoMedium) medium = reasons[i].make ();
      g_autoptr (GError) error = NULL;

      g_test_message ("%" G_GSIZE_FORMAT, i);
      solco_disc_master_select_recorder (master, TRUE);
      solco_disc_master_set_medium (master, medium);
      solco_disc_master_set_n_changes (master, 1);
      g_assert_cmpint (solco_disc_master_check_burn (master, &error), ==, error == NULL);
      if (reasons[i].code == OK)
        g_assert_no_error (error);
      else
        g_assert_error (error, SOLCO_ERROR, reasons[i].code);
    }
}

/* The error names the disc that is expected and the one that is in. */
static void
test_wrong_disc_names_both (void)
{
  g_autoptr (SolcoMedium) photos = make_photos ();
  g_autoptr (SolcoMedium) backup = make_backup ();
  g_autoptr (GError) error = NULL;

  g_assert_false (solco_disc_master_check_target (backup, photos->identity, FALSE, &error));
  g_assert_nonnull (strstr (error->message, "Photos"));
  g_assert_nonnull (strstr (error->message, "Backup"));
  g_assert_nonnull (strstr (error->message, "/dev/sr0"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disc-target/table", test_targets);
  g_test_add_func ("/disc-target/reasons", test_reasons);
  g_test_add_func ("/disc-target/wrong-disc-names-both", test_wrong_disc_names_both);
  return g_test_run ();
}
