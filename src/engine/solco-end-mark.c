/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-end-mark-private.h"

#include <string.h>

#include "solco-profile.h"

#define TEXT "Solco: this session ends here\nsession=%s\n"

void
solco_end_mark_fill (guint8 *block, const char *session_id)
{
  g_autofree char *text = g_strdup_printf (TEXT, session_id);

  memset (block, 0, SOLCO_BLOCK_BYTES);
  memcpy (block, text, MIN (strlen (text), SOLCO_BLOCK_BYTES));
}

gboolean
solco_end_mark_matches (const guint8 *block, const char *session_id)
{
  guint8 expected[SOLCO_BLOCK_BYTES];

  if (session_id == NULL)
    return FALSE;
  solco_end_mark_fill (expected, session_id);
  return memcmp (block, expected, SOLCO_BLOCK_BYTES) == 0;
}
