/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-name-check.h"

#include <string.h>

/* Longest extension, in bytes, that survives when a name is cut: longer ones are no extensions. */
#define MAX_EXTENSION_BYTES 16
/* ISO 9660 level 3: characters of a folder's name, and of a file's name and extension together. */
#define ISO_FOLDER_NAME_MAX 31
#define ISO_FILE_NAME_MAX 30
#define MIN_EXTENSION 3
/* libisofs: LIBISOFS_NODE_PATH_MAX. */
#define LINK_TARGET_MAX_BYTES 1024

/**
 * solco_name_check:
 * @name: any bytes
 *
 * Whether a name can stand on a disc in its full form, in Rock Ridge. Any thread.
 *
 * Returns: why not, or %SOLCO_NAME_OK
 */
SolcoNameFault
solco_name_check (const char *name)
{
  gsize bytes;

  g_return_val_if_fail (name != NULL, SOLCO_NAME_EMPTY);

  bytes = strlen (name);
  if (bytes == 0)
    return SOLCO_NAME_EMPTY;
  if (strcmp (name, ".") == 0 || strcmp (name, "..") == 0)
    return SOLCO_NAME_DOTS;
  if (strchr (name, '/') != NULL)
    return SOLCO_NAME_SLASH;
  if (!g_utf8_validate_len (name, bytes, NULL))
    return SOLCO_NAME_NOT_UTF8;
  for (const char *c = name; *c != '\0'; c = g_utf8_next_char (c))
    {
      if (g_unichar_iscntrl (g_utf8_get_char (c)))
        return SOLCO_NAME_CONTROL;
    }
  return bytes > SOLCO_NAME_MAX_BYTES ? SOLCO_NAME_TOO_LONG : SOLCO_NAME_OK;
}

/* Start of the extension, dot included; the end of the name where there is none. A leading dot
 * begins no extension. */
static const char *
find_extension (const char *name)
{
  const char *dot = strrchr (name, '.');

  if (dot == NULL || dot == name || dot[1] == '\0' || strlen (dot) > MAX_EXTENSION_BYTES)
    return name + strlen (name);
  return dot;
}

/* @stem of @stem_bytes, cut at a character so that all has at most 255 bytes. */
static char *
join_names (const char *stem, gsize stem_bytes, const char *tail)
{
  gsize room = SOLCO_NAME_MAX_BYTES - strlen (tail);

  if (stem_bytes > room)
    {
      stem_bytes = room;
      while (stem_bytes > 0 && ((guchar) stem[stem_bytes] & 0xc0) == 0x80)
        stem_bytes--;
    }
  return g_strdup_printf ("%.*s%s", (int) stem_bytes, stem, tail);
}

/* Old names that are no UTF-8 are mostly Western European. */
static char *
make_utf8 (const char *name)
{
  char *valid;

  if (g_utf8_validate (name, -1, NULL))
    return g_strdup (name);
  valid = g_convert (name, -1, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);
  return valid != NULL ? valid : g_utf8_make_valid (name, -1);
}

/**
 * solco_name_propose:
 * @name: any bytes
 *
 * A valid name that is as close to @name as possible. Any thread.
 *
 * Returns: (transfer full): a name for which solco_name_check() finds no fault
 */
char *
solco_name_propose (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  if (solco_name_check (name) == SOLCO_NAME_OK)
    return g_strdup (name);

  g_autofree char *valid = make_utf8 (name);
  g_autoptr (GString) proposal = g_string_new (NULL);

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (character == '/' || character == 0xfffd || g_unichar_iscntrl (character))
        g_string_append_c (proposal, '_');
      else
        g_string_append_unichar (proposal, character);
    }
  if (proposal->len == 0)
    return g_strdup ("_");
  if (strcmp (proposal->str, ".") == 0 || strcmp (proposal->str, "..") == 0)
    return g_strnfill (proposal->len, '_');

  const char *extension = find_extension (proposal->str);

  return join_names (proposal->str, (gsize) (extension - proposal->str), extension);
}

/**
 * solco_name_with_number:
 * @name: a valid name
 * @is_folder: whether it is a folder's, in which a dot begins no extension
 * @number: a number
 *
 * Any thread.
 *
 * Returns: (transfer full): "name (number).extension", at most 255 bytes
 */
char *
solco_name_with_number (const char *name, gboolean is_folder, guint number)
{
  g_return_val_if_fail (name != NULL, NULL);

  const char *extension = is_folder ? name + strlen (name) : find_extension (name);
  g_autofree char *tail = g_strdup_printf (" (%u)%s", number, extension);

  return join_names (name, (gsize) (extension - name), tail);
}

/**
 * solco_name_display:
 * @name: any bytes
 *
 * Any thread.
 *
 * Returns: (transfer full): valid UTF-8 that can be shown
 */
char *
solco_name_display (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  return g_utf8_make_valid (name, -1);
}

/**
 * solco_name_is_link_target:
 * @target: any bytes
 *
 * Whether Rock Ridge, as libisofs writes it, can hold this as what a symbolic link leads to: a link may
 * lead to what is not there, and so to names that no file system has. Any thread.
 *
 * Returns: whether it can
 */
gboolean
solco_name_is_link_target (const char *target)
{
  const gsize n_bytes = strlen (target);
  g_auto (GStrv) names = NULL;

  if (n_bytes == 0 || n_bytes > LINK_TARGET_MAX_BYTES || !g_utf8_validate_len (target, n_bytes, NULL))
    return FALSE;
  names = g_strsplit (target, "/", -1);
  for (gsize i = 0; names[i] != NULL; i++)
    if (strlen (names[i]) > SOLCO_NAME_MAX_BYTES)
      return FALSE;
  return TRUE;
}

/**
 * solco_name_get_utf16_length:
 * @name: valid UTF-8
 *
 * Any thread.
 *
 * Returns: its length in UTF-16 units
 */
guint
solco_name_get_utf16_length (const char *name)
{
  guint length = 0;

  g_return_val_if_fail (name != NULL, 0);

  for (const char *c = name; *c != '\0'; c = g_utf8_next_char (c))
    length += g_utf8_get_char (c) > 0xffff ? 2 : 1;
  return length;
}

/* How many characters of name and extension remain where both together may have @max. An
 * extension of more than three is cut first, as libisofs does it. */
static void
share_out (glong *n_name, glong *n_extension, glong max)
{
  if (*n_name + *n_extension <= max)
    return;
  if (*n_extension > MIN_EXTENSION)
    *n_extension = *n_name < max - MIN_EXTENSION ? max - *n_name : MIN_EXTENSION;
  *n_name = MIN (*n_name, max - *n_extension);
}

/* Characters before the last dot and behind it. With no dot, or nothing behind it, all is name. */
static const char *
split (const char *name, gboolean is_folder, glong *n_name, glong *n_extension)
{
  const char *dot = is_folder ? NULL : strrchr (name, '.');

  if (dot == NULL || dot[1] == '\0')
    {
      *n_name = g_utf8_strlen (name, -1);
      *n_extension = 0;
      return NULL;
    }
  *n_name = g_utf8_strlen (name, dot - name);
  *n_extension = g_utf8_strlen (dot + 1, -1);
  return dot + 1;
}

static void
append_joliet (GString *string, const char *text, glong n_characters)
{
  for (; n_characters > 0; n_characters--, text = g_utf8_next_char (text))
    {
      gunichar character = g_utf8_get_char (text);

      /* Joliet's character set is UCS-2; these are the ones that its standard excludes. */
      if (character > 0xffff || character < ' ' || strchr ("*/:;?\\", (int) character) != NULL)
        character = '_';
      g_string_append_unichar (string, character);
    }
}

/**
 * solco_name_get_joliet:
 * @name: a valid name
 * @is_folder: whether it is a folder's
 *
 * What Joliet ("long names", 103 characters without the dot) keeps of a name, before clashes are
 * resolved by numbers. The rules are those of libisofs. Any thread.
 *
 * Returns: (transfer full) (nullable): the name that Joliet readers see, %NULL if it is @name
 */
char *
solco_name_get_joliet (const char *name, gboolean is_folder)
{
  g_return_val_if_fail (name != NULL, NULL);

  g_autoptr (GString) kept = g_string_new (NULL);
  glong n_name;
  glong n_extension;
  const char *extension = split (name, is_folder, &n_name, &n_extension);

  share_out (&n_name, &n_extension, SOLCO_JOLIET_NAME_MAX);
  append_joliet (kept, name, n_name);
  if (n_extension > 0)
    {
      g_string_append_c (kept, '.');
      append_joliet (kept, extension, n_extension);
    }
  if (strcmp (kept->str, name) == 0)
    return NULL;
  return g_string_free (g_steal_pointer (&kept), FALSE);
}

static void
append_d_characters (GString *string, const char *text, glong n_characters)
{
  for (; n_characters > 0 && *text != '\0'; n_characters--, text = g_utf8_next_char (text))
    g_string_append_c (string, g_ascii_isalnum (*text) ? g_ascii_toupper (*text) : '_');
}

/**
 * solco_name_get_iso:
 * @name: a valid name
 * @is_folder: whether it is a folder's
 *
 * What plain ISO 9660 level 3 makes of a name: capitals, digits and underscores, 31 of them, or 30
 * and a dot; without the version number, and before clashes are resolved by numbers. The rules are
 * those of libisofs. Any thread.
 *
 * Returns: (transfer full): the name that readers without Rock Ridge and Joliet see
 */
char *
solco_name_get_iso (const char *name, gboolean is_folder)
{
  g_return_val_if_fail (name != NULL, NULL);

  GString *iso = g_string_new (NULL);
  glong n_name;
  glong n_extension;
  const char *extension = split (name, is_folder, &n_name, &n_extension);

  if (is_folder)
    {
      append_d_characters (iso, name, ISO_FOLDER_NAME_MAX);
      return g_string_free (iso, FALSE);
    }
  share_out (&n_name, &n_extension, ISO_FILE_NAME_MAX);
  append_d_characters (iso, name, n_name);
  g_string_append_c (iso, '.');
  if (n_extension > 0)
    append_d_characters (iso, extension, n_extension);
  return g_string_free (iso, FALSE);
}

/* @name with @digits digits at its end, before the extension, and no longer than ISO 9660 allows. */
static char *
append_iso_number (const char *name, gboolean is_folder, guint number, guint digits)
{
  const char *dot = is_folder ? NULL : strrchr (name, '.');
  gsize stem = dot != NULL ? (gsize) (dot - name) : strlen (name);
  gsize tail = MIN (dot != NULL ? strlen (dot) : 0, ISO_FOLDER_NAME_MAX - digits);

  return g_strdup_printf ("%.*s%0*u%.*s", (int) MIN (stem, ISO_FOLDER_NAME_MAX - digits - tail),
                          name, (int) digits, number, (int) tail, dot != NULL ? dot : "");
}

/* Gives the names at @members, which are all the same, numbers of @digits digits that no other name
 * has. FALSE: there are not enough. */
static gboolean
number_iso_names (char **iso, const gboolean *are_folders, const GArray *members, guint digits,
                  GHashTable *taken)
{
  guint number = 0;
  guint limit = 1;
  g_autoptr (GPtrArray) numbered = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < digits; i++)
    limit *= 10;
  for (guint i = 0; i < members->len; i++)
    {
      guint index = g_array_index (members, guint, i);
      g_autofree char *name = NULL;

      do
        {
          if (number == limit)
            return FALSE;
          g_free (name);
          name = append_iso_number (iso[index], are_folders[index], number++, digits);
        }
      while (g_hash_table_contains (taken, name));
      g_ptr_array_add (numbered, g_steal_pointer (&name));
    }
  for (guint i = 0; i < members->len; i++)
    {
      guint index = g_array_index (members, guint, i);

      g_free (iso[index]);
      iso[index] = g_strdup (g_ptr_array_index (numbered, i));
      g_hash_table_add (taken, g_strdup (iso[index]));
    }
  return TRUE;
}

/**
 * solco_name_get_iso_names:
 * @names: (array length=n_names): valid names of the items of one folder, no two the same
 * @are_folders: (array length=n_names): which of them are folders
 * @n_names: how many
 *
 * What plain ISO 9660 level 3 makes of all names of a folder: like solco_name_get_iso(), and where
 * several would be the same, each gets a number in place of its last characters, of as few digits
 * as are enough. These are the rules of libisofs; which of the names gets which number is not
 * defined there. Any thread.
 *
 * Returns: (transfer full) (array zero-terminated=1): the names, in the order of @names
 */
char **
solco_name_get_iso_names (const char *const *names, const gboolean *are_folders, guint n_names)
{
  g_return_val_if_fail ((names != NULL && are_folders != NULL) || n_names == 0, NULL);

  char **iso = g_new0 (char *, n_names + 1);
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                         (GDestroyNotify) g_array_unref);
  GHashTableIter iter;
  gpointer members;

  for (guint i = 0; i < n_names; i++)
    {
      GArray *group;

      iso[i] = solco_name_get_iso (names[i], are_folders[i]);
      group = g_hash_table_lookup (groups, iso[i]);
      if (group == NULL)
        {
          group = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (groups, g_strdup (iso[i]), group);
          g_hash_table_add (taken, g_strdup (iso[i]));
        }
      g_array_append_val (group, i);
    }
  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, NULL, &members))
    {
      guint digits = 1;

      if (((GArray *) members)->len == 1)
        continue;
      while (!number_iso_names (iso, are_folders, members, digits, taken))
        digits++;
    }
  return iso;
}

/**
 * solco_label_get_default:
 *
 * Any thread.
 *
 * Returns: (transfer full): today's date in local time, "2026-11-24"
 */
char *
solco_label_get_default (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_format (now, "%Y-%m-%d");
}

/**
 * solco_label_get_iso:
 * @label: a volume label, UTF-8
 *
 * Any thread.
 *
 * Returns: (transfer full): the 32 d-characters that the ISO 9660 volume descriptor keeps
 */
char *
solco_label_get_iso (const char *label)
{
  g_return_val_if_fail (label != NULL, NULL);

  GString *iso = g_string_new (NULL);

  append_d_characters (iso, label, SOLCO_ISO_LABEL_MAX);
  return g_string_free (iso, FALSE);
}

/**
 * solco_label_get_joliet:
 * @label: a volume label, UTF-8
 *
 * Any thread.
 *
 * Returns: (transfer full): the 16 characters that the Joliet volume descriptor keeps
 */
char *
solco_label_get_joliet (const char *label)
{
  g_return_val_if_fail (label != NULL, NULL);

  GString *joliet = g_string_new (NULL);
  const char *c = label;

  for (guint i = 0; i < SOLCO_JOLIET_LABEL_MAX && *c != '\0'; i++, c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      g_string_append_unichar (joliet, character > 0xffff ? '_' : character);
    }
  return g_string_free (joliet, FALSE);
}
