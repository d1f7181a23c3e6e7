/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vr-fault.h"

#include "vr-mmc.h"

#include <gio/gio.h>
#include <string.h>

typedef struct
{
  const char *name;
  VrFaultAction action;
  /* Whether a value stands behind the name. */
  gboolean has_value;
  const guint8 *opcodes;
} Action;

typedef struct
{
  const char *name;
  const guint8 *opcodes;
} Operation;

static const guint8 READS[] = { VR_READ_10, VR_READ_12, VR_READ_CD, 0 };
static const guint8 WRITES[] = { VR_WRITE_10, VR_WRITE_12, 0 };
static const guint8 TRANSFERS[]
    = { VR_READ_10, VR_READ_12, VR_READ_CD, VR_WRITE_10, VR_WRITE_12, 0 };
static const guint8 CLOSES[] = { VR_CLOSE_TRACK_SESSION, 0 };
static const guint8 SYNCS[] = { VR_SYNCHRONIZE_CACHE, 0 };
static const guint8 BLANKS[] = { VR_BLANK, 0 };
static const guint8 FORMATS[] = { VR_FORMAT_UNIT, 0 };

static const Operation OPERATIONS[] = {
  { "any", NULL },      { "read", READS },      { "write", WRITES },   { "close", CLOSES },
  { "sync", SYNCS },    { "blank", BLANKS },    { "format", FORMATS },
};

static const Action ACTIONS[] = {
  { "sense", VR_FAULT_SENSE, TRUE, NULL },
  { "remove", VR_FAULT_REMOVE, FALSE, NULL },
  { "swap", VR_FAULT_SWAP, TRUE, NULL },
  { "gone", VR_FAULT_GONE, FALSE, NULL },
  { "hang", VR_FAULT_HANG, TRUE, NULL },
  { "slow", VR_FAULT_SLOW, TRUE, TRANSFERS },
  { "short-read", VR_FAULT_SHORT_READ, TRUE, READS },
  { "power-loss", VR_FAULT_POWER_LOSS, FALSE, WRITES },
  { "busy", VR_FAULT_BUSY, TRUE, NULL },
  { "read-only", VR_FAULT_READ_ONLY, FALSE, NULL },
  { "no-access", VR_FAULT_NO_ACCESS, FALSE, NULL },
};

static gboolean
complain (const char *spec, const char *why, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "Fault “%s”: %s", spec, why);
  return FALSE;
}

static gboolean
parse_number (const char *text, gint64 most, gint64 *number)
{
  return g_ascii_string_to_signed (text, 10, 0, most, number, NULL);
}

static gboolean
parse_sense (const char *text, VrFault *self)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", -1);
  guint8 *fields[3] = { &self->key, &self->asc, &self->ascq };

  if (g_strv_length (parts) != 3)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    {
      guint64 number;

      if (!g_ascii_string_to_unsigned (parts[i], 16, 0, i == 0 ? 15 : 255, &number, NULL))
        return FALSE;
      *fields[i] = (guint8) number;
    }
  return TRUE;
}

static gboolean
parse_value (const char *spec, const char *text, VrFault *self, GError **error)
{
  if (self->action == VR_FAULT_SENSE)
    return parse_sense (text, self) || complain (spec, "sense is KEY/ASC/ASCQ in hex", error);
  if (self->action == VR_FAULT_SWAP)
    {
      const char *colon = strchr (text, ':');
      gsize length = colon != NULL ? (gsize) (colon - text) : strlen (text);
      g_autofree char *kind_name = g_strndup (text, strcspn (text, "/:"));
      VrKind kind;

      self->swap_name = g_strndup (text, length);
      self->swap_path = colon != NULL ? g_strdup (colon + 1) : NULL;
      return vr_kind_from_name (kind_name, &kind, error);
    }
  char *end = NULL;

  self->value = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0' || !(self->value >= 0 && self->value <= 1e9))
    return complain (spec, "the value must be a number", error);
  return TRUE;
}

static gboolean
parse_operation (const char *text, VrFault *self)
{
  guint64 number;

  g_byte_array_set_size (self->opcodes, 0);
  for (guint i = 0; i < G_N_ELEMENTS (OPERATIONS); i++)
    if (strcmp (text, OPERATIONS[i].name) == 0)
      {
        if (OPERATIONS[i].opcodes != NULL)
          g_byte_array_append (self->opcodes, OPERATIONS[i].opcodes,
                               (guint) strlen ((const char *) OPERATIONS[i].opcodes));
        return TRUE;
      }
  if (!g_str_has_prefix (text, "0x")
      || !g_ascii_string_to_unsigned (text + 2, 16, 0, 255, &number, NULL))
    return FALSE;
  g_byte_array_append (self->opcodes, (const guint8[]){ (guint8) number }, 1);
  return TRUE;
}

static gboolean
parse_condition (const char *spec, const char *text, VrFault *self, GError **error)
{
  const char *equals = strchr (text, '=');
  gsize length = equals != NULL ? (gsize) (equals - text) : 0;
  gint64 number = 0;

  if (equals == NULL)
    return complain (spec, "a condition is KEY=VALUE", error);
  if (strncmp (text, "op", length) == 0 && length == 2)
    return parse_operation (equals + 1, self)
           || complain (spec, "op is any, read, write, close, sync, blank, format or 0xNN", error);
  if (strcmp (text, "times=always") == 0)
    {
      self->times = 0;
      return TRUE;
    }
  if (!parse_number (equals + 1, G_MAXINT32, &number))
    return complain (spec, "the value must be a whole number", error);
  if (strncmp (text, "lba", length) == 0 && length == 3)
    self->lba = number;
  else if (strncmp (text, "after", length) == 0 && length == 5)
    self->after = (guint) number;
  else if (strncmp (text, "times", length) == 0 && length == 5)
    self->times = (guint) number;
  else
    return complain (spec, "the conditions are op, lba, after and times", error);
  return TRUE;
}

/**
 * vr_fault_parse:
 * @spec: "ACTION[=VALUE][,op=…][,lba=N][,after=N][,times=N|always]", see README.md
 * @error: return location, %G_IO_ERROR_INVALID_ARGUMENT
 *
 * Any thread.
 *
 * Returns: (transfer full): the fault, or %NULL
 */
VrFault *
vr_fault_parse (const char *spec, GError **error)
{
  g_return_val_if_fail (spec != NULL, NULL);

  g_auto (GStrv) parts = g_strsplit (spec, ",", -1);
  g_autoptr (VrFault) self = g_new0 (VrFault, 1);
  const Action *action = NULL;
  g_autofree char *name = parts[0] != NULL ? g_strdup (parts[0]) : g_strdup ("");
  char *value = strchr (name, '=');

  self->opcodes = g_byte_array_new ();
  self->lba = -1;
  self->times = 1;
  if (value != NULL)
    *value++ = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (ACTIONS); i++)
    if (strcmp (name, ACTIONS[i].name) == 0)
      action = &ACTIONS[i];
  if (action == NULL || action->has_value != (value != NULL))
    {
      complain (spec,
                "it begins with sense=K/ASC/ASCQ, remove, swap=KIND[/STATE][:FILE], gone, "
                "hang=SECONDS, slow=KBS, short-read=BLOCKS, power-loss, busy=SECONDS, read-only or "
                "no-access",
                error);
      return NULL;
    }
  self->action = action->action;
  if (self->action == VR_FAULT_SLOW || self->action == VR_FAULT_READ_ONLY
      || self->action == VR_FAULT_NO_ACCESS)
    self->times = 0;
  if (action->opcodes != NULL)
    g_byte_array_append (self->opcodes, action->opcodes,
                         (guint) strlen ((const char *) action->opcodes));
  if (value != NULL && !parse_value (spec, value, self, error))
    return NULL;
  for (guint i = 1; parts[i] != NULL; i++)
    if (!parse_condition (spec, parts[i], self, error))
      return NULL;
  return g_steal_pointer (&self);
}

/**
 * vr_fault_free:
 * @self: (transfer full) (nullable): a fault
 */
void
vr_fault_free (VrFault *self)
{
  if (self == NULL)
    return;
  g_byte_array_unref (self->opcodes);
  g_free (self->swap_name);
  g_free (self->swap_path);
  g_free (self);
}

/**
 * vr_fault_strikes:
 * @self: a fault
 * @opcode: of the command that is about to run
 * @lba: the first block that it transfers, or -1
 * @n_blocks: how many
 *
 * Counts the command when it matches.
 *
 * Returns: whether the fault happens to this command
 */
gboolean
vr_fault_strikes (VrFault *self, guint8 opcode, gint64 lba, guint32 n_blocks)
{
  if (self->action == VR_FAULT_READ_ONLY || self->action == VR_FAULT_NO_ACCESS)
    return FALSE;
  if (self->opcodes->len > 0 && memchr (self->opcodes->data, opcode, self->opcodes->len) == NULL)
    return FALSE;
  if (self->lba >= 0 && (lba < 0 || self->lba < lba || self->lba >= lba + n_blocks))
    return FALSE;
  if (vr_fault_is_spent (self))
    return FALSE;
  return self->seen++ >= self->after;
}

/**
 * vr_fault_is_spent:
 * @self: a fault
 *
 * Returns: whether it happened as often as it was to
 */
gboolean
vr_fault_is_spent (const VrFault *self)
{
  return self->times > 0 && self->seen >= self->after + self->times;
}
