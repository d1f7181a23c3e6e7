/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-text-job.h"

#include <glib/gi18n-lib.h>

#include "solco-text-medium.h"
#include "solco-text-size.h"

static guint64
count_files (const SolcoTree *tree, guint64 *n_bytes)
{
  guint32 n_nodes;
  const SolcoTreeNode *nodes = solco_tree_get_nodes (tree, &n_nodes);
  guint64 n_files = 0;

  *n_bytes = 0;
  for (guint32 i = 0; i < n_nodes; i++)
    if (nodes[i].kind != SOLCO_NODE_DIRECTORY)
      {
        n_files++;
        *n_bytes += nodes[i].size_bytes;
      }
  return n_files;
}

static char *
dup_files (guint64 n_files)
{
  const gulong n = (gulong) MIN (n_files, G_MAXULONG);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%lu file", "%lu files", n), n);
}

/**
 * solco_text_job_dup_session_of:
 * @session: number of a session
 * @label: label of its disc
 *
 * Any thread.
 *
 * Returns: (transfer full): which session it is
 */
char *
solco_text_job_dup_session_of (guint session, const char *label)
{
  /* Translators: number of a session, and the label of a disc */
  return g_strdup_printf (_ ("Session %u of “%s”"), session, label != NULL ? label : "");
}

/**
 * solco_text_job_dup_changes:
 * @changes: what a session changes
 *
 * Any thread.
 *
 * Returns: (transfer full): the changes, in one line
 */
char *
solco_text_job_dup_changes (const SolcoTextChanges *changes)
{
  g_return_val_if_fail (changes != NULL, NULL);

  const gulong n_new = (gulong) MIN (changes->n_new, G_MAXULONG);
  const gulong n_replaced = (gulong) MIN (changes->n_replaced, G_MAXULONG);
  const gulong n_removed = (gulong) MIN (changes->n_removed, G_MAXULONG);
  g_autoptr (GString) list = g_string_new (NULL);
  g_autofree char *size = solco_text_size_dup (changes->n_bytes);
  const char *comma = C_ ("between the parts of a list", ", ");

  if (n_new > 0)
    g_string_append_printf (
        list, g_dngettext (GETTEXT_PACKAGE, "%lu new file", "%lu new files", n_new), n_new);
  if (n_replaced > 0)
    {
      if (list->len > 0)
        g_string_append (list, comma);
      /* Translators: files; the end of a list */
      g_string_append_printf (
          list, g_dngettext (GETTEXT_PACKAGE, "%lu replaced", "%lu replaced", n_replaced),
          n_replaced);
    }
  if (n_removed > 0)
    {
      if (list->len > 0)
        g_string_append (list, comma);
      /* Translators: files; the end of a list */
      g_string_append_printf (
          list, g_dngettext (GETTEXT_PACKAGE, "%lu removed", "%lu removed", n_removed), n_removed);
    }
  if (list->len == 0)
    return g_strdup (_ ("Only names, folders or the label change"));
  if (n_new + n_replaced == 0)
    return g_strdup (list->str);
  /* Translators: a list such as "7 new files, 2 removed", and a size */
  return g_strdup_printf (_ ("%s: %s"), list->str, size);
}

/**
 * solco_text_job_dup_loss:
 * @medium: a disc that is to be erased
 * @tree: (nullable): its newest tree
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): what will be lost; %NULL if nothing is on it
 */
char *
solco_text_job_dup_loss (const SolcoMedium *medium, const SolcoTree *tree)
{
  g_return_val_if_fail (medium != NULL, NULL);

  const gulong n_sessions = medium->sessions->len;
  guint64 n_bytes;

  if (n_sessions == 0)
    return medium->state == SOLCO_MEDIUM_BLANK
               ? NULL
               : g_strdup (_ ("Whatever is on the disc will be lost."));
  if (tree == NULL)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%lu session will be lost.",
                                         "%lu sessions will be lost.", n_sessions),
                            n_sessions);

  g_autofree char *files = dup_files (count_files (tree, &n_bytes));
  g_autofree char *size = solco_text_size_dup (n_bytes);

  /* Translators: sessions, "418 files", and a size */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%lu session with %s (%s) will be lost.",
                                       "%lu sessions with %s (%s) will be lost.", n_sessions),
                          n_sessions, files, size);
}

/**
 * solco_text_job_dup_amount:
 * @n_files: how many files
 * @n_bytes: their bytes
 *
 * Any thread.
 *
 * Returns: (transfer full): both
 */
char *
solco_text_job_dup_amount (guint64 n_files, guint64 n_bytes)
{
  g_autofree char *files = dup_files (n_files);
  g_autofree char *size = solco_text_size_dup (n_bytes);

  /* Translators: "8 files", and a size */
  return g_strdup_printf (C_ ("list", "%s, %s"), files, size);
}

/**
 * solco_text_job_dup_content:
 * @medium: a disc
 * @tree: (nullable): its newest tree
 *
 * Any thread.
 *
 * Returns: (transfer full): how much is on it
 */
char *
solco_text_job_dup_content (const SolcoMedium *medium, const SolcoTree *tree)
{
  g_return_val_if_fail (medium != NULL, NULL);

  const gulong n_sessions = medium->sessions->len;
  g_autofree char *sessions = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%lu session", "%lu sessions", n_sessions), n_sessions);
  guint64 n_bytes;

  if (n_sessions == 0)
    return g_strdup (solco_text_medium_get_state (medium));
  if (tree == NULL)
    return g_steal_pointer (&sessions);

  g_autofree char *files = dup_files (count_files (tree, &n_bytes));

  return g_strdup_printf (C_ ("list", "%s, %s"), sessions, files);
}

/**
 * solco_text_job_dup_running_title:
 * @request: what runs
 * @session: number of the session that it writes or reads; 0 where it has none
 * @label: (nullable): label of the disc
 *
 * Any thread.
 *
 * Returns: (transfer full): what runs
 */
char *
solco_text_job_dup_running_title (const SolcoRequest *request, guint session, const char *label)
{
  g_return_val_if_fail (request != NULL, NULL);

  const gboolean has_label = label != NULL && *label != '\0';

  switch (solco_request_get_kind (request))
    {
    case SOLCO_REQUEST_BURN:
      if (solco_request_is_simulation (request))
        return g_strdup_printf (_ ("Simulating session %u of “%s”"), session, has_label ? label : "");
      /* Translators: number of a session, and the label of a disc */
      return g_strdup_printf (_ ("Burning session %u to “%s”"), session, has_label ? label : "");
    case SOLCO_REQUEST_BURN_IMAGE:
      return g_strdup (solco_request_is_simulation (request) ? _ ("Simulating the image")
                                                             : _ ("Burning the image"));
    case SOLCO_REQUEST_ERASE:
      return has_label ? g_strdup_printf (_ ("Erasing “%s”"), label)
                       : g_strdup (_ ("Erasing the disc"));
    case SOLCO_REQUEST_MEND:
      return has_label ? g_strdup_printf (_ ("Mending “%s”"), label)
                       : g_strdup (_ ("Mending the disc"));
    case SOLCO_REQUEST_EXTRACT:
      return has_label ? g_strdup_printf (_ ("Copying files from “%s”"), label)
                       : g_strdup (_ ("Copying files from the disc"));
    case SOLCO_REQUEST_VERIFY:
      return has_label ? g_strdup_printf (_ ("Verifying “%s”"), label)
                       : g_strdup (_ ("Verifying the disc"));
    case SOLCO_REQUEST_EJECT:
      return g_strdup (_ ("Ejecting the disc"));
    case SOLCO_REQUEST_READ_DISC:
    case SOLCO_REQUEST_MEASURE:
    default:
      return g_strdup (_ ("Reading the disc"));
    }
}

/**
 * solco_text_job_dup_done_title:
 * @request: what was to be done
 * @result: what came of it; the job succeeded
 *
 * Any thread.
 *
 * Returns: (transfer full): what is so now
 */
char *
solco_text_job_dup_done_title (const SolcoRequest *request, const SolcoResult *result)
{
  g_return_val_if_fail (request != NULL && result != NULL, NULL);

  switch (solco_request_get_kind (request))
    {
    case SOLCO_REQUEST_BURN:
      if (result->is_simulated)
        return g_strdup (_ ("The simulation succeeded"));
      if (result->medium != NULL && result->medium->is_image_file)
        return g_strdup_printf (_ ("Session %u is in the disc image"), result->session);
      return g_strdup_printf (_ ("Session %u is on the disc"), result->session);
    case SOLCO_REQUEST_BURN_IMAGE:
      return g_strdup (result->is_simulated ? _ ("The simulation succeeded")
                                            : _ ("The image is on the disc"));
    case SOLCO_REQUEST_ERASE:
      return g_strdup (_ ("The disc is blank"));
    case SOLCO_REQUEST_MEND:
      return g_strdup (_ ("The disc is mended"));
    case SOLCO_REQUEST_EXTRACT:
      return g_strdup (solco_result_has_serious_problems (result)
                           ? _ ("The files are copied, with problems")
                           : _ ("The files are copied"));
    case SOLCO_REQUEST_VERIFY:
      return g_strdup (result->is_verified ? _ ("The disc is intact") : _ ("The disc was read"));
    case SOLCO_REQUEST_EJECT:
    case SOLCO_REQUEST_READ_DISC:
    case SOLCO_REQUEST_MEASURE:
    default:
      return g_strdup (_ ("Done"));
    }
}

/**
 * solco_text_job_dup_done_line:
 * @request: what was to be done
 * @result: what came of it; the job succeeded
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): how much it was, and whether it was read back
 */
char *
solco_text_job_dup_done_line (const SolcoRequest *request, const SolcoResult *result)
{
  g_return_val_if_fail (request != NULL && result != NULL, NULL);

  g_autofree char *amount = solco_text_job_dup_amount (result->n_files, result->n_bytes);

  switch (solco_request_get_kind (request))
    {
    case SOLCO_REQUEST_BURN:
    case SOLCO_REQUEST_BURN_IMAGE:
      if (result->is_simulated)
        return g_strdup (_ ("The disc has not been changed."));
      if (result->n_files == 0)
        return result->is_verified ? g_strdup (_ ("Read back and identical")) : NULL;
      if (result->is_verified)
        /* Translators: "8 files, 74.2 MiB" */
        return g_strdup_printf (_ ("%s, read back and identical"), amount);
      return g_steal_pointer (&amount);
    case SOLCO_REQUEST_EXTRACT:
      return g_steal_pointer (&amount);
    case SOLCO_REQUEST_VERIFY:
      /* Translators: "8 files, 74.2 MiB" */
      return g_strdup_printf (_ ("%s, read and compared with their checksums"), amount);
    case SOLCO_REQUEST_ERASE:
    case SOLCO_REQUEST_MEND:
    case SOLCO_REQUEST_EJECT:
    case SOLCO_REQUEST_READ_DISC:
    case SOLCO_REQUEST_MEASURE:
    default:
      return NULL;
    }
}

/**
 * solco_text_erase_dup_name:
 * @medium: a disc that is to be erased
 * @mode: a way to erase it
 *
 * Any thread.
 *
 * Returns: (transfer full): the name of the way, and how long it takes where that follows from the
 *   size and the speed of the disc
 */
char *
solco_text_erase_dup_name (const SolcoMedium *medium, SolcoEraseMode mode)
{
  g_return_val_if_fail (medium != NULL, NULL);

  if (mode == SOLCO_ERASE_FORMAT)
    return g_strdup (_ ("Format"));
  if (mode == SOLCO_ERASE_FAST)
    return g_strdup (_ ("Fast"));
  if (medium->speeds->len == 0 || medium->capacity_blocks <= 0)
    return g_strdup (_ ("Full"));

  const SolcoSpeed *fastest = &g_array_index (medium->speeds, SolcoSpeed, 0);

  if (fastest->kb_per_s == 0)
    return g_strdup (_ ("Full"));

  const double seconds
      = (double) medium->capacity_blocks * SOLCO_BLOCK_BYTES / (fastest->kb_per_s * 1000.0);
  g_autofree char *time = solco_text_duration_dup_about (seconds);
  g_autofree char *factor = solco_text_speed_dup_factor (fastest->factor);

  /* Translators: "about 8 minutes", and a speed such as "10×" */
  return g_strdup_printf (_ ("Full, %s at %s"), time, factor);
}

/**
 * solco_text_erase_get_meaning:
 * @medium: a disc that is to be erased
 * @mode: a way to erase it
 *
 * Any thread.
 *
 * Returns: (transfer none): what the way does, in a sentence
 */
const char *
solco_text_erase_get_meaning (const SolcoMedium *medium, SolcoEraseMode mode)
{
  g_return_val_if_fail (medium != NULL, NULL);

  switch (mode)
    {
    case SOLCO_ERASE_FULL:
      return _ ("Overwrites everything. Choose this before giving the disc away.");
    case SOLCO_ERASE_FORMAT:
      return medium->profile == SOLCO_PROFILE_DVD_RW_SEQUENTIAL
                 ? _ ("Makes the disc take many sessions, like a DVD+RW.")
                 : _ ("Prepares the whole disc anew. It can take long.");
    case SOLCO_ERASE_FAST:
    default:
      return medium->is_image_file ? _ ("The file becomes empty.")
                                   : _ ("The old files could still be recovered.");
    }
}
