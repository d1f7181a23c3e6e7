/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "engine/solco-capacity.h"
#include "engine/solco-result.h"

G_BEGIN_DECLS

/* All members that --json prints are made here. Their names are documented in solco-cli(1) and
 * never change. */
void solco_cli_json_set_string (JsonObject *object, const char *member, const char *text);
void solco_cli_json_add_medium (JsonObject *object, const SolcoMedium *medium);
void solco_cli_json_add_capacity (JsonObject *object, const SolcoCapacity *capacity);
void solco_cli_json_add_problems (JsonObject *object, const GPtrArray *problems);
void solco_cli_json_add_error (JsonObject *object, const GError *error, const char *text);

/* `list` prints its rows one by one, between these two. */
void solco_cli_json_begin_list (const SolcoResult *result);
void solco_cli_json_end_list (void);
JsonObject *solco_cli_json_new_entry (const SolcoTree *tree, guint32 index);
char *solco_cli_json_to_text (JsonObject *object);

G_END_DECLS
