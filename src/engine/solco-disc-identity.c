/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-disc-identity.h"

#include <string.h>

/* First field of the text form: tells other text apart, and later forms. */
#define FORM "disc1"
#define N_FIELDS 9

G_DEFINE_BOXED_TYPE (SolcoDiscIdentity, solco_disc_identity, solco_disc_identity_copy,
                     solco_disc_identity_free)

/* Whoever fills an identity may leave a string out: it counts as "". */
static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/**
 * solco_disc_identity_copy:
 * @self: an identity
 *
 * Any thread.
 *
 * Returns: (transfer full): a copy of it
 */
SolcoDiscIdentity *
solco_disc_identity_copy (const SolcoDiscIdentity *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  SolcoDiscIdentity *copy = g_new (SolcoDiscIdentity, 1);

  *copy = *self;
  copy->media_id = g_strdup (or_empty (self->media_id));
  copy->volume_label = g_strdup (or_empty (self->volume_label));
  copy->created = g_strdup (or_empty (self->created));
  copy->fingerprint = g_strdup (or_empty (self->fingerprint));
  return copy;
}

/**
 * solco_disc_identity_free:
 * @self: (transfer full): an identity
 *
 * Any thread.
 */
void
solco_disc_identity_free (SolcoDiscIdentity *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->media_id);
  g_free (self->volume_label);
  g_free (self->created);
  g_free (self->fingerprint);
  g_free (self);
}

/**
 * solco_disc_identity_equal:
 * @a: an identity
 * @b: another one
 *
 * Whether both are the same disc in the same state. Everything has to be equal; only the
 * manufacturer's id does not count where one of them has none, since some drives do not tell it
 * and a disc may move from one recorder to another. Any thread.
 *
 * Returns: %TRUE if they are
 */
gboolean
solco_disc_identity_equal (const SolcoDiscIdentity *a, const SolcoDiscIdentity *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  const char *a_media = or_empty (a->media_id);
  const char *b_media = or_empty (b->media_id);

  return a->profile == b->profile && a->n_sessions == b->n_sessions
         && a->last_session_start_block == b->last_session_start_block
         && a->next_writable_block == b->next_writable_block
         && (*a_media == '\0' || *b_media == '\0' || strcmp (a_media, b_media) == 0)
         && strcmp (or_empty (a->volume_label), or_empty (b->volume_label)) == 0
         && strcmp (or_empty (a->created), or_empty (b->created)) == 0
         && strcmp (or_empty (a->fingerprint), or_empty (b->fingerprint)) == 0;
}

/**
 * solco_disc_identity_to_string:
 * @self: an identity
 *
 * One line of printable ASCII for project files: fields with a colon between them, strings
 * percent-encoded as in a URI. Any thread.
 *
 * Returns: (transfer full): the text
 */
char *
solco_disc_identity_to_string (const SolcoDiscIdentity *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autofree char *media = g_uri_escape_string (or_empty (self->media_id), NULL, FALSE);
  g_autofree char *label = g_uri_escape_string (or_empty (self->volume_label), NULL, FALSE);
  g_autofree char *created = g_uri_escape_string (or_empty (self->created), NULL, FALSE);
  g_autofree char *fingerprint = g_uri_escape_string (or_empty (self->fingerprint), NULL, FALSE);

  return g_strdup_printf (FORM ":%u:%u:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ":%s:%s:%s:%s",
                          (guint) self->profile, self->n_sessions, self->last_session_start_block,
                          self->next_writable_block, media, label, created, fingerprint);
}

/* Percent-decodes a field into UTF-8; NULL if it is none. */
static char *
unescape (const char *field)
{
  g_autofree char *text = g_uri_unescape_string (field, NULL);

  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return NULL;
  return g_steal_pointer (&text);
}

/**
 * solco_disc_identity_from_string:
 * @text: what solco_disc_identity_to_string() made, or something else
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the identity, %NULL if the text is none
 */
SolcoDiscIdentity *
solco_disc_identity_from_string (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_auto (GStrv) fields = g_strsplit (text, ":", N_FIELDS + 1);
  g_autoptr (SolcoDiscIdentity) self = g_new0 (SolcoDiscIdentity, 1);
  guint64 profile = 0;
  guint64 n_sessions = 0;

  if (g_strv_length (fields) != N_FIELDS || strcmp (fields[0], FORM) != 0)
    return NULL;
  if (!g_ascii_string_to_unsigned (fields[1], 10, 0, G_MAXUINT16, &profile, NULL)
      || !g_ascii_string_to_unsigned (fields[2], 10, 0, G_MAXUINT, &n_sessions, NULL)
      || !g_ascii_string_to_signed (fields[3], 10, G_MININT64, G_MAXINT64,
                                    &self->last_session_start_block, NULL)
      || !g_ascii_string_to_signed (fields[4], 10, G_MININT64, G_MAXINT64,
                                    &self->next_writable_block, NULL))
    return NULL;
  self->profile = (SolcoProfile) profile;
  self->n_sessions = (guint) n_sessions;
  self->media_id = unescape (fields[5]);
  self->volume_label = unescape (fields[6]);
  self->created = unescape (fields[7]);
  self->fingerprint = unescape (fields[8]);
  if (self->media_id == NULL || self->volume_label == NULL || self->created == NULL
      || self->fingerprint == NULL)
    return NULL;
  return g_steal_pointer (&self);
}
