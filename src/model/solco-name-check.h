/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** SOLCO_NAME_MAX_BYTES: longest name, by Rock Ridge and by Linux */
#define SOLCO_NAME_MAX_BYTES 255
/** SOLCO_JOLIET_NAME_MAX: UTF-16 units of a Joliet name with "long names" (the standard has 64) */
#define SOLCO_JOLIET_NAME_MAX 103
/** SOLCO_JOLIET_STANDARD_NAME_MAX: UTF-16 units of a Joliet name by the standard */
#define SOLCO_JOLIET_STANDARD_NAME_MAX 64
/** SOLCO_JOLIET_PATH_MAX: bytes of a path in Joliet, as libisofs counts: 240 UTF-16 units */
#define SOLCO_JOLIET_PATH_MAX 240
/** SOLCO_ISO_LABEL_MAX: characters of a volume id in ISO 9660 */
#define SOLCO_ISO_LABEL_MAX 32
/** SOLCO_JOLIET_LABEL_MAX: characters of a volume id in Joliet */
#define SOLCO_JOLIET_LABEL_MAX 16

/**
 * SolcoNameFault: why a name cannot stand on a disc at all
 * @SOLCO_NAME_OK: it can
 * @SOLCO_NAME_EMPTY: nothing in it
 * @SOLCO_NAME_DOTS: "." or ".."
 * @SOLCO_NAME_SLASH: holds a slash
 * @SOLCO_NAME_CONTROL: holds a control character, such as a line break
 * @SOLCO_NAME_NOT_UTF8: is no valid UTF-8
 * @SOLCO_NAME_TOO_LONG: more than 255 bytes
 */
typedef enum
{
  SOLCO_NAME_OK,
  SOLCO_NAME_EMPTY,
  SOLCO_NAME_DOTS,
  SOLCO_NAME_SLASH,
  SOLCO_NAME_CONTROL,
  SOLCO_NAME_NOT_UTF8,
  SOLCO_NAME_TOO_LONG
} SolcoNameFault;

/* Pure functions; any thread. @name: bytes, any. */
SolcoNameFault solco_name_check (const char *name);
/* A valid name close to @name; g_free(). Equal to it where it is valid already. */
char *solco_name_propose (const char *name);
/* The same name with a number, for the @number-th of its kind: "holiday (2).jpg". Never longer
 * than 255 bytes; g_free(). A folder's name has no extension. */
char *solco_name_with_number (const char *name, gboolean is_folder, guint number);
/* Display form of any bytes: valid UTF-8; g_free(). */
char *solco_name_display (const char *name);

/* Whether a symbolic link can lead to it on a disc. @target: bytes, any. */
gboolean solco_name_is_link_target (const char *target);

/* What Joliet keeps of a valid name; NULL if the whole; g_free(). */
char *solco_name_get_joliet (const char *name, gboolean is_folder);
/* What plain ISO 9660 level 3 makes of a valid name, before clashes are resolved; g_free(). */
char *solco_name_get_iso (const char *name, gboolean is_folder);
/* The same for all names of one folder, clashes resolved by numbers as libisofs does it: @names and
 * @are_folders have @n_names members, the result has too; g_strfreev(). */
char **solco_name_get_iso_names (const char *const *names, const gboolean *are_folders,
                                 guint n_names);
/* UTF-16 units of a valid name. */
guint solco_name_get_utf16_length (const char *name);

/* Today's date, local time, "2026-11-24": the default label; g_free(). */
char *solco_label_get_default (void);
/* What the ISO 9660 volume descriptor keeps: 32 d-characters, capitals; g_free(). */
char *solco_label_get_iso (const char *label);
/* What the Joliet one keeps: 16 UTF-16 units; g_free(). */
char *solco_label_get_joliet (const char *label);

G_END_DECLS
