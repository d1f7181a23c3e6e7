/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Compares a text that the caller owns with what it has to be, and frees it. */
#define assert_text(actual, expected)                                                             \
  G_STMT_START                                                                                    \
  {                                                                                               \
    g_autofree char *text_ = (actual);                                                            \
    g_assert_cmpstr (text_, ==, expected);                                                        \
  }                                                                                               \
  G_STMT_END
