/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The media that one can buy, and the states in which they come. */
#include "vr-medium.h"

#include <gio/gio.h>
#include <string.h>

/* Blocks in the unit that BD counts its spare areas in. */
#define BD_CLUSTER_BLOCKS 32u

/* Capacities are those that such media report: CD-R by their ATIP, DVD and BD by their standards
 * (ECMA-359, ECMA-349, ECMA-337, the BD white papers). Gaps: CD lead-out 6 750 (later 2 250),
 * lead-in 4 500 and pre-gap 150 blocks; DVD-R borders 32 MiB at first and 18 MiB later; DVD+R
 * closure and intro 4 MiB; BD-R none. */
static const VrKindInfo KINDS[VR_N_KINDS] = {
  [VR_KIND_NONE] = { "none", 0, VR_MODEL_PRESSED, FALSE, FALSE, 0, 0, 0, 1, 0, { 0 } },
  [VR_KIND_CD_ROM] = { "cd-rom", 0x08, VR_MODEL_PRESSED, TRUE, FALSE, 359849, 0, 0, 1, 176.4,
                       { 48, 24, 0 } },
  [VR_KIND_AUDIO_CD] = { "audio-cd", 0x08, VR_MODEL_PRESSED, TRUE, FALSE, 359849, 0, 0, 1, 176.4,
                         { 48, 24, 0 } },
  [VR_KIND_CD_R_74] = { "cd-r-74", 0x09, VR_MODEL_CD, TRUE, FALSE, 332849, 11400, 6900, 1, 176.4,
                        { 48, 32, 24, 16, 8, 4, 0 } },
  [VR_KIND_CD_R_80] = { "cd-r-80", 0x09, VR_MODEL_CD, TRUE, FALSE, 359849, 11400, 6900, 1, 176.4,
                        { 48, 32, 24, 16, 8, 4, 0 } },
  [VR_KIND_CD_RW_80] = { "cd-rw-80", 0x0a, VR_MODEL_CD, TRUE, TRUE, 359849, 11400, 6900, 1, 176.4,
                         { 24, 16, 10, 4, 0 } },
  [VR_KIND_DVD_ROM] = { "dvd-rom", 0x10, VR_MODEL_PRESSED, FALSE, FALSE, 2298496, 0, 0, 16, 1385,
                        { 16, 8, 0 } },
  [VR_KIND_DVD_R] = { "dvd-r", 0x11, VR_MODEL_MINUS, FALSE, FALSE, 2298496, 16384, 9216, 16, 1385,
                      { 16, 12, 8, 4, 0 } },
  [VR_KIND_DVD_R_DL] = { "dvd-r-dl", 0x15, VR_MODEL_MINUS, FALSE, FALSE, 4171712, 16384, 9216, 16,
                         1385, { 8, 6, 4, 0 } },
  [VR_KIND_DVD_RW_SEQ] = { "dvd-rw-seq", 0x14, VR_MODEL_MINUS, FALSE, TRUE, 2298496, 16384, 9216,
                           16, 1385, { 6, 4, 2, 0 } },
  [VR_KIND_DVD_RW_RO] = { "dvd-rw-ro", 0x13, VR_MODEL_OVERWRITE, FALSE, TRUE, 2298496, 0, 0, 16,
                          1385, { 6, 4, 2, 0 } },
  [VR_KIND_DVD_PLUS_R] = { "dvd+r", 0x1b, VR_MODEL_PLUS, FALSE, FALSE, 2295104, 2048, 2048, 16,
                           1385, { 16, 12, 8, 4, 0 } },
  [VR_KIND_DVD_PLUS_R_DL] = { "dvd+r-dl", 0x2b, VR_MODEL_PLUS, FALSE, FALSE, 4173824, 2048, 2048,
                              16, 1385, { 8, 6, 4, 0 } },
  [VR_KIND_DVD_PLUS_RW] = { "dvd+rw", 0x1a, VR_MODEL_OVERWRITE, FALSE, TRUE, 2295104, 0, 0, 16,
                            1385, { 8, 6, 4, 0 } },
  [VR_KIND_DVD_RAM] = { "dvd-ram", 0x12, VR_MODEL_OVERWRITE, FALSE, TRUE, 2295072, 0, 0, 16, 1385,
                        { 5, 3, 2, 0 } },
  [VR_KIND_BD_ROM] = { "bd-rom", 0x40, VR_MODEL_PRESSED, FALSE, FALSE, 12219392, 0, 0, 32, 4495.5,
                       { 8, 4, 0 } },
  [VR_KIND_BD_R_25] = { "bd-r-25", 0x41, VR_MODEL_PLUS, FALSE, FALSE, 12219392, 0, 0, 32, 4495.5,
                        { 12, 8, 6, 4, 2, 0 } },
  [VR_KIND_BD_R_50] = { "bd-r-50", 0x41, VR_MODEL_PLUS, FALSE, FALSE, 24438784, 0, 0, 32, 4495.5,
                        { 8, 6, 4, 2, 0 } },
  [VR_KIND_BD_RE_25] = { "bd-re-25", 0x43, VR_MODEL_OVERWRITE, FALSE, TRUE, 12219392, 0, 0, 32,
                         4495.5, { 2, 0 } },
};

/**
 * vr_kind_get_info:
 * @kind: a kind
 *
 * Any thread.
 *
 * Returns: (transfer none): what is fixed about it
 */
const VrKindInfo *
vr_kind_get_info (VrKind kind)
{
  g_return_val_if_fail (kind < VR_N_KINDS, NULL);

  return &KINDS[kind];
}

/**
 * vr_kind_from_name:
 * @name: a name as it stands on a command line, such as "cd-r-80"
 * @kind: (out): the kind
 * @error: return location, %G_IO_ERROR_INVALID_ARGUMENT with the known names
 *
 * Any thread.
 *
 * Returns: whether it is known
 */
gboolean
vr_kind_from_name (const char *name, VrKind *kind, GError **error)
{
  g_return_val_if_fail (name != NULL && kind != NULL, FALSE);

  g_autoptr (GString) known = g_string_new (NULL);

  for (guint i = 0; i < VR_N_KINDS; i++)
    {
      if (strcmp (name, KINDS[i].name) == 0)
        {
          *kind = i;
          return TRUE;
        }
      g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", KINDS[i].name);
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               "There is no medium called “%s”; known are %s", name, known->str);
  return FALSE;
}

/**
 * vr_medium_get_user_blocks:
 * @self: a BD
 * @clusters: how many clusters of spares are set aside
 *
 * A small medium gives a thirty-second part of itself for spares at the most.
 *
 * Returns: how many blocks are left for data
 */
guint32
vr_medium_get_user_blocks (const VrMedium *self, guint32 clusters)
{
  guint32 most = self->capacity_blocks / 32 / BD_CLUSTER_BLOCKS * BD_CLUSTER_BLOCKS;
  guint32 spares = clusters * BD_CLUSTER_BLOCKS;

  if (spares > self->capacity_blocks / 4)
    spares = MIN (spares, most);
  return self->capacity_blocks - spares;
}

static gboolean
set_state (VrMedium *self, const char *state, GError **error)
{
  VrModel model = vr_medium_get_info (self)->model;

  if (strcmp (state, "formatted") == 0 && model == VR_MODEL_OVERWRITE)
    vr_medium_set_formatted (self, 0,
                             self->kind == VR_KIND_BD_RE_25
                                 ? vr_medium_get_user_blocks (self, VR_BD_DEFAULT_SPARES)
                                 : self->capacity_blocks);
  else if (strcmp (state, "pow") == 0
           && (self->kind == VR_KIND_BD_R_25 || self->kind == VR_KIND_BD_R_50))
    self->is_pseudo_overwrite = TRUE;
  else if (strcmp (state, "quick-blanked") == 0 && self->kind == VR_KIND_DVD_RW_SEQ)
    self->is_quick_blanked = TRUE;
  else if (strcmp (state, "protected") == 0 && model != VR_MODEL_PRESSED)
    self->is_write_protected = TRUE;
  else
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "No %s is ever “%s”",
                   vr_medium_get_info (self)->name, state);
      return FALSE;
    }
  return vr_medium_save (self, TRUE, error);
}

/**
 * vr_medium_new_named:
 * @name: "KIND" or "KIND/STATE", where a new medium comes in a state: formatted, pow,
 *   quick-blanked or protected
 * @capacity_blocks: as for vr_medium_new()
 * @path: (nullable): as for vr_medium_new()
 * @error: return location
 *
 * Any thread.
 *
 * Returns: (transfer full): the medium, or %NULL
 */
VrMedium *
vr_medium_new_named (const char *name, guint32 capacity_blocks, const char *path, GError **error)
{
  const char *slash = strchr (name, '/');
  g_autofree char *kind_name
      = slash != NULL ? g_strndup (name, (gsize) (slash - name)) : g_strdup (name);
  g_autoptr (VrMedium) self = NULL;
  VrKind kind;

  if (!vr_kind_from_name (kind_name, &kind, error))
    return NULL;
  if (kind == VR_KIND_NONE && path == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           "Of no medium there is nothing to put in");
      return NULL;
    }
  self = vr_medium_new (kind, capacity_blocks, path, error);
  if (self == NULL || (slash != NULL && self->is_new && !set_state (self, slash + 1, error)))
    return NULL;
  return g_steal_pointer (&self);
}
