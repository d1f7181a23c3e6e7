/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SolcoTextFlags: how a sentence is to be written
 * @SOLCO_TEXT_PLAIN: plain text, as for a terminal
 * @SOLCO_TEXT_MARKUP: Pango markup: what matters most is bold, the rest is escaped
 * @SOLCO_TEXT_ISOLATE: figures with their units stand between U+2066 and U+2069, and in a
 *   right-to-left language the sentence begins with U+200F, so that the bidirectional algorithm
 *   keeps them together
 * @SOLCO_TEXT_ESTIMATE: the staged size is an estimate: say "about"
 */
typedef enum
{
  SOLCO_TEXT_PLAIN = 0,
  SOLCO_TEXT_MARKUP = 1 << 0,
  SOLCO_TEXT_ISOLATE = 1 << 1,
  SOLCO_TEXT_ESTIMATE = 1 << 2
} SolcoTextFlags;

gboolean solco_text_is_right_to_left (void);

G_END_DECLS
