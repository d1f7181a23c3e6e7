/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-medium.h"

G_DEFINE_BOXED_TYPE (SolcoMedium, solco_medium, solco_medium_ref, solco_medium_unref)

static void
clear_session (gpointer data)
{
  SolcoSession *session = data;

  g_clear_pointer (&session->volume_label, g_free);
}

/**
 * solco_medium_new:
 * @address: "/dev/sr0" or "stdio:/path"
 *
 * A snapshot without a disc, to be filled by whoever reads one: strings are given to it, and
 * sessions, tracks and speeds are appended by value. Once it is shared, nobody changes it. Any
 * thread.
 *
 * Returns: (transfer full): the medium
 */
SolcoMedium *
solco_medium_new (const char *address)
{
  g_return_val_if_fail (address != NULL, NULL);

  SolcoMedium *self = g_new0 (SolcoMedium, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->address = g_strdup (address);
  self->next_writable_block = -1;
  self->sessions = g_array_new (FALSE, TRUE, sizeof (SolcoSession));
  g_array_set_clear_func (self->sessions, clear_session);
  self->tracks = g_array_new (FALSE, TRUE, sizeof (SolcoTrack));
  self->speeds = g_array_new (FALSE, TRUE, sizeof (SolcoSpeed));
  return self;
}

/**
 * solco_medium_ref:
 * @self: a medium
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
SolcoMedium *
solco_medium_ref (SolcoMedium *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * solco_medium_unref:
 * @self: (transfer full): a medium
 *
 * Any thread.
 */
void
solco_medium_unref (SolcoMedium *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->address);
  g_free (self->profile_name);
  g_free (self->volume_label);
  g_free (self->media_id);
  g_free (self->manufacturer);
  g_array_unref (self->sessions);
  g_array_unref (self->tracks);
  g_array_unref (self->speeds);
  g_clear_pointer (&self->identity, solco_disc_identity_free);
  g_free (self);
}

/**
 * solco_medium_get_last_session:
 * @self: a medium
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): the newest session, %NULL if there is none
 */
const SolcoSession *
solco_medium_get_last_session (const SolcoMedium *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->sessions->len == 0)
    return NULL;
  return &g_array_index (self->sessions, SolcoSession, self->sessions->len - 1);
}

/**
 * solco_medium_get_shown_session:
 * @self: a medium
 *
 * A burn that failed can leave a session behind that is cut off; the disc still shows what it held
 * before. Any thread.
 *
 * Returns: (transfer none) (nullable): the newest session with a whole file system, whose tree the
 *   disc shows; %NULL if there is none
 */
const SolcoSession *
solco_medium_get_shown_session (const SolcoMedium *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = self->sessions->len; i > 0; i--)
    {
      const SolcoSession *session = &g_array_index (self->sessions, SolcoSession, i - 1);

      if (session->has_file_system)
        return session;
    }
  return NULL;
}

/**
 * solco_medium_find_session:
 * @self: a medium
 * @block: a block
 *
 * Any thread.
 *
 * Returns: number of the session whose blocks hold it; 0 where that cannot be told
 */
guint16
solco_medium_find_session (const SolcoMedium *self, gint64 block)
{
  g_return_val_if_fail (self != NULL, 0);

  for (guint i = self->sessions->len; i > 0; i--)
    {
      const SolcoSession *session = &g_array_index (self->sessions, SolcoSession, i - 1);

      if (block >= session->start_block)
        return (guint16) session->number;
    }
  return 0;
}
