/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-cli-exit.h"

#include <glib/gi18n.h>

typedef struct
{
  int code;
  const char *meaning;
} ExitRow;

/* One code per class of error. Scripts depend on the numbers: new errors get new ones. */
static const ExitRow error_rows[] = {
  [SOLCO_ERROR_INTERNAL] = { 10, N_ ("something failed inside the program or its libraries") },
  [SOLCO_ERROR_NO_RECORDER] = { 11, N_ ("no recorder, or none at that address") },
  [SOLCO_ERROR_NO_MEDIUM] = { 12, N_ ("no disc in the recorder") },
  [SOLCO_ERROR_WRONG_MEDIUM_TYPE] = { 13, N_ ("this kind of disc cannot be used for it") },
  [SOLCO_ERROR_BLANK_REQUIRED] = { 14, N_ ("a blank disc is needed, or --erase") },
  [SOLCO_ERROR_NOT_ACCESSIBLE] = { 15, N_ ("recorder or image file is busy or not permitted") },
  [SOLCO_ERROR_DEVICE_GONE] = { 16, N_ ("the recorder went away") },
  [SOLCO_ERROR_DISC_UNREADABLE] = { 17, N_ ("the disc cannot be read or understood") },
  [SOLCO_ERROR_DISC_FULL] = { 18, N_ ("it does not fit on the disc") },
  [SOLCO_ERROR_BAD_NAME] = { 19, N_ ("a name cannot stand on a disc") },
  [SOLCO_ERROR_NAME_EXISTS] = { 20, N_ ("a name is already taken") },
  [SOLCO_ERROR_NOTHING_STAGED] = { 21, N_ ("there is nothing to burn") },
  [SOLCO_ERROR_WRONG_DISC] = { 22, N_ ("another disc is in the recorder") },
  [SOLCO_ERROR_CANNOT_WRITE] = { 23, N_ ("writing failed") },
  [SOLCO_ERROR_STREAMING_LOST] = { 24, N_ ("the data did not arrive in time") },
  [SOLCO_ERROR_CLOSING_FAILED] = { 25, N_ ("written, but not closed") },
  [SOLCO_ERROR_DISC_CLOSED] = { 26, N_ ("the disc takes no further session") },
  [SOLCO_ERROR_DISC_DAMAGED] = { 27, N_ ("the disc has to be mended first") },
  [SOLCO_ERROR_NOT_AN_IMAGE] = { 28, N_ ("the file is no usable disc image") },
  [SOLCO_ERROR_NO_SPACE] = { 29, N_ ("the file system of the image file is full") },
  [SOLCO_ERROR_READ_FAILED] = { 30, N_ ("a part of the disc could not be read") },
  [SOLCO_ERROR_VERIFY_FAILED] = { 31, N_ ("what was read back differs") },
  [SOLCO_ERROR_NOT_POSSIBLE] = { 32, N_ ("the drive or the disc cannot do this") },
  [SOLCO_ERROR_SOURCE] = { 33, N_ ("a file or folder to read cannot be used") },
  [SOLCO_ERROR_DESTINATION] = { 34, N_ ("a file or folder to make cannot be made") },
  [SOLCO_ERROR_NOT_FOUND] = { 35, N_ ("no such session, file or folder") },
  [SOLCO_ERROR_PROJECT_INVALID] = { 36, N_ ("the project file is damaged or is none") },
  [SOLCO_ERROR_PROJECT_VERSION] = { 37, N_ ("the project file is of a newer version") },
  [SOLCO_ERROR_ILLEGAL_EDIT] = { 38, N_ ("an edit makes no sense") },
  [SOLCO_ERROR_DISC_IN_USE] = { 39, N_ ("the disc is mounted and in use") },
  [SOLCO_ERROR_NO_PERMISSION] = { 40, N_ ("you may not open the recorder") },
};

G_STATIC_ASSERT (G_N_ELEMENTS (error_rows) == SOLCO_N_ERRORS);

static const ExitRow other_rows[] = {
  { SOLCO_CLI_EXIT_SUCCESS, N_ ("success") },
  { SOLCO_CLI_EXIT_USAGE, N_ ("wrong use of the command line") },
  { SOLCO_CLI_EXIT_PROBLEMS, N_ ("completed with problems, which the result lists") },
  { SOLCO_CLI_EXIT_CANCELLED, N_ ("cancelled") },
  { SOLCO_CLI_EXIT_OUTPUT, N_ ("completed, but the output could not be written") },
};

/**
 * solco_cli_exit_for_error:
 * @error: an error
 *
 * Any thread.
 *
 * Returns: the exit code of its class; errors of foreign domains count as internal
 */
int
solco_cli_exit_for_error (const GError *error)
{
  g_return_val_if_fail (error != NULL, error_rows[SOLCO_ERROR_INTERNAL].code);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return SOLCO_CLI_EXIT_CANCELLED;
  if (error->domain == G_OPTION_ERROR)
    return SOLCO_CLI_EXIT_USAGE;
  if (error->domain == SOLCO_ERROR && error->code >= 0 && error->code < SOLCO_N_ERRORS)
    return error_rows[error->code].code;
  return error_rows[SOLCO_ERROR_INTERNAL].code;
}

/**
 * solco_cli_exit_get_error_name:
 * @error: an error
 *
 * Any thread.
 *
 * Returns: (transfer none): its stable name
 */
const char *
solco_cli_exit_get_error_name (const GError *error)
{
  g_return_val_if_fail (error != NULL, "INTERNAL");

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return "CANCELLED";
  if (error->domain == G_OPTION_ERROR)
    return "USAGE";
  if (error->domain == SOLCO_ERROR && error->code >= 0 && error->code < SOLCO_N_ERRORS)
    return solco_error_get_name (error->code);
  return solco_error_get_name (SOLCO_ERROR_INTERNAL);
}

static void
append_row (GString *table, int code, const char *name, const char *meaning)
{
  g_string_append_printf (table, "  %2d  %-18s  %s\n", code, name, _ (meaning));
}

/**
 * solco_cli_exit_dup_table:
 *
 * The exit codes, one a line: number, name as in --json, meaning. Any thread.
 *
 * Returns: (transfer full): the lines
 */
char *
solco_cli_exit_dup_table (void)
{
  static const char *const other_names[] = { "", "USAGE", "", "CANCELLED", "" };
  GString *table = g_string_new (NULL);
  gsize i;

  G_STATIC_ASSERT (G_N_ELEMENTS (other_names) == G_N_ELEMENTS (other_rows));
  for (i = 0; i < G_N_ELEMENTS (other_rows); i++)
    append_row (table, other_rows[i].code, other_names[i], other_rows[i].meaning);
  for (i = 0; i < G_N_ELEMENTS (error_rows); i++)
    append_row (table, error_rows[i].code, solco_error_get_name (i), error_rows[i].meaning);
  return g_string_free (table, FALSE);
}
