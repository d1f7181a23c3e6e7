/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-row-text.h"

#include <glib/gi18n.h>

#include "text/solco-text-size.h"

/* Those that every icon theme of the desktop has as symbolic ones. */
static const char *const generic_icons[] = {
  "audio-x-generic",      "image-x-generic",   "package-x-generic",
  "text-x-generic",       "video-x-generic",   "x-office-document",
  "x-office-spreadsheet", "x-office-drawing",  "x-office-presentation",
};

static const char *const symbolic_icons[] = {
  "audio-x-generic-symbolic",      "image-x-generic-symbolic",  "package-x-generic-symbolic",
  "text-x-generic-symbolic",       "video-x-generic-symbolic",  "x-office-document-symbolic",
  "x-office-spreadsheet-symbolic", "x-office-drawing-symbolic", "x-office-presentation-symbolic",
};

G_STATIC_ASSERT (G_N_ELEMENTS (generic_icons) == G_N_ELEMENTS (symbolic_icons));

/**
 * solco_row_get_icon_name:
 * @row: a row
 *
 * Guessed from the name alone, since nothing is read while a list is shown.
 *
 * Returns: (transfer none): name of a symbolic icon
 */
const char *
solco_row_get_icon_name (SolcoRow *row)
{
  const SolcoNode *node = solco_row_get_node (row);
  g_autofree char *type = NULL;
  g_autofree char *name = NULL;

  if (solco_node_is_folder (node))
    return "folder-symbolic";
  if (solco_node_get_kind (node) == SOLCO_NODE_SYMLINK)
    return "emblem-symbolic-link-symbolic";
  type = g_content_type_guess (solco_node_get_name (node), NULL, 0, NULL);
  name = g_content_type_get_generic_icon_name (type);
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (generic_icons); i++)
    if (g_str_equal (name, generic_icons[i]))
      return symbolic_icons[i];
  return "text-x-generic-symbolic";
}

/**
 * solco_row_get_css_class:
 * @row: a row
 *
 * Returns: (transfer none) (nullable): the class of its cells
 */
const char *
solco_row_get_css_class (SolcoRow *row)
{
  switch (solco_node_get_origin (solco_row_get_node (row)))
    {
    case SOLCO_ORIGIN_ON_DISC:
      return "row-disc";
    case SOLCO_ORIGIN_REMOVED:
      return "row-removed";
    case SOLCO_ORIGIN_NEW:
    case SOLCO_ORIGIN_REPLACES:
    default:
      return NULL;
    }
}

/**
 * solco_row_dup_status:
 * @row: a row
 * @badge_class: (out): the style class of its badge
 *
 * Returns: (transfer full): where it stands, in words
 */
char *
solco_row_dup_status (SolcoRow *row, const char **badge_class)
{
  const SolcoNode *node = solco_row_get_node (row);
  const guint session = solco_node_get_session (node);

  switch (solco_node_get_origin (node))
    {
    case SOLCO_ORIGIN_NEW:
      *badge_class = "new";
      /* Translators: a file that the next session will write */
      return g_strdup (C_ ("status", "New"));
    case SOLCO_ORIGIN_REPLACES:
      *badge_class = "replaces";
      if (session == 0)
        return g_strdup (C_ ("status", "Replaces an older one"));
      /* Translators: a new file that takes the place of one of an older session */
      return g_strdup_printf (C_ ("status", "Replaces session %u"), session);
    case SOLCO_ORIGIN_REMOVED:
      *badge_class = "removed";
      /* Translators: a file on the disc that the next session will not show any more */
      return g_strdup (C_ ("status", "Removed"));
    case SOLCO_ORIGIN_ON_DISC:
    default:
      *badge_class = "session";
      if (solco_node_is_renamed (node))
        /* Translators: a file on the disc that gets another name or folder */
        return g_strdup_printf (C_ ("status", "Session %u, moved"), session);
      if (session == 0)
        return g_strdup (C_ ("status", "On the disc"));
      /* Translators: the session of the disc that holds the file */
      return g_strdup_printf (C_ ("status", "Session %u"), session);
    }
}

/**
 * solco_row_dup_news:
 * @row: a row
 *
 * Returns: (transfer full) (nullable): how many new files are in a folder of the disc
 */
char *
solco_row_dup_news (SolcoRow *row)
{
  const SolcoNode *node = solco_row_get_node (row);
  gulong n_new;

  if (!solco_node_is_folder (node) || solco_node_get_origin (node) != SOLCO_ORIGIN_ON_DISC)
    return NULL;
  n_new = (gulong) solco_node_get_totals (node)->n_new_files;
  if (n_new == 0)
    return NULL;
  /* Translators: new files in a folder that is on the disc */
  return g_strdup_printf (ngettext ("%lu new", "%lu new", n_new), n_new);
}

/**
 * solco_row_dup_size:
 * @row: a row
 *
 * Returns: (transfer full): its size; of a folder, of everything that will be in it
 */
char *
solco_row_dup_size (SolcoRow *row)
{
  return solco_text_size_dup (solco_node_get_size_bytes (solco_row_get_node (row)));
}

/**
 * solco_row_dup_mtime:
 * @row: a row
 *
 * Returns: (transfer full): the day on which it was modified
 */
char *
solco_row_dup_mtime (SolcoRow *row)
{
  return solco_text_date_dup (solco_node_get_mtime_s (solco_row_get_node (row)));
}

/**
 * solco_row_dup_description:
 * @row: a row
 *
 * Returns: (transfer full): the whole row in words
 */
char *
solco_row_dup_description (SolcoRow *row)
{
  const SolcoNode *node = solco_row_get_node (row);
  const char *badge_class;
  g_autofree char *status = solco_row_dup_status (row, &badge_class);
  g_autofree char *news = solco_row_dup_news (row);
  g_autofree char *size = solco_row_dup_size (row);
  g_autofree char *mtime = solco_row_dup_mtime (row);
  GString *text = g_string_new (solco_node_get_name (node));

  /* Translators: between the cells of a row, where a screen reader pauses */
  const char *separator = C_ ("row", ", ");

  if (solco_node_is_folder (node))
    {
      g_string_append (text, separator);
      g_string_append (text, C_ ("row", "folder"));
    }
  g_string_append_printf (text, "%s%s%s%s%s%s", separator, size, separator, mtime, separator,
                          status);
  if (news != NULL)
    g_string_append_printf (text, "%s%s", separator, news);
  return g_string_free (text, FALSE);
}
