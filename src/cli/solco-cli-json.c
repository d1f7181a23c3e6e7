/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-cli-json.h"

#include <string.h>

#include "engine/solco-problem.h"
#include "solco-cli-exit.h"

static const char *const state_words[] = {
  [SOLCO_MEDIUM_NONE] = "none",
  [SOLCO_MEDIUM_BLANK] = "blank",
  [SOLCO_MEDIUM_APPENDABLE] = "appendable",
  [SOLCO_MEDIUM_CLOSED] = "closed",
  [SOLCO_MEDIUM_UNSUITABLE] = "unsuitable",
};

static const char *const content_words[] = {
  [SOLCO_CONTENT_NONE] = "none",
  [SOLCO_CONTENT_ISO] = "iso9660",
  [SOLCO_CONTENT_UDF] = "udf",
  [SOLCO_CONTENT_AUDIO] = "audio",
  [SOLCO_CONTENT_UNKNOWN] = "unknown",
  [SOLCO_CONTENT_UNREADABLE] = "unreadable",
};

static const char *const damage_words[] = {
  [SOLCO_DAMAGE_NONE] = "none",
  [SOLCO_DAMAGE_HEAD] = "head",
  [SOLCO_DAMAGE_LAST_TRACK] = "last-track",
  [SOLCO_DAMAGE_TRUNCATED] = "truncated",
};

static const char *const kind_words[] = {
  [SOLCO_NODE_DIRECTORY] = "directory",
  [SOLCO_NODE_FILE] = "file",
  [SOLCO_NODE_SYMLINK] = "symlink",
  [SOLCO_NODE_SPECIAL] = "special",
};

/**
 * solco_cli_json_set_string:
 * @object: where to
 * @member: name
 * @text: (nullable): text in whatever encoding a disc or a file system has; null if %NULL
 *
 * What is no UTF-8 is replaced, since JSON cannot hold it. Any thread.
 */
void
solco_cli_json_set_string (JsonObject *object, const char *member, const char *text)
{
  g_autofree char *valid = NULL;

  if (text == NULL)
    {
      json_object_set_null_member (object, member);
      return;
    }
  valid = g_utf8_make_valid (text, -1);
  json_object_set_string_member (object, member, valid);
}

static void
add_sessions (JsonObject *object, const SolcoMedium *medium)
{
  JsonArray *sessions = json_array_new ();
  guint i;

  for (i = 0; i < medium->sessions->len; i++)
    {
      const SolcoSession *session = &g_array_index (medium->sessions, SolcoSession, i);
      JsonObject *item = json_object_new ();

      json_object_set_int_member (item, "number", session->number);
      json_object_set_int_member (item, "start_block", session->start_block);
      json_object_set_int_member (item, "size_blocks", session->size_blocks);
      json_object_set_int_member (item, "written", session->written_s);
      solco_cli_json_set_string (item, "label", session->volume_label);
      json_object_set_boolean_member (item, "has_file_system", session->has_file_system);
      json_object_set_boolean_member (item, "cut_off", session->is_cut_off);
      json_array_add_object_element (sessions, item);
    }
  json_object_set_array_member (object, "sessions", sessions);
}

static void
add_tracks (JsonObject *object, const SolcoMedium *medium)
{
  JsonArray *tracks = json_array_new ();
  guint i;

  for (i = 0; i < medium->tracks->len; i++)
    {
      const SolcoTrack *track = &g_array_index (medium->tracks, SolcoTrack, i);
      JsonObject *item = json_object_new ();

      json_object_set_int_member (item, "number", track->number);
      json_object_set_int_member (item, "session", track->session);
      json_object_set_int_member (item, "start_block", track->start_block);
      json_object_set_int_member (item, "size_blocks", track->size_blocks);
      json_object_set_boolean_member (item, "audio", track->is_audio);
      json_array_add_object_element (tracks, item);
    }
  json_object_set_array_member (object, "tracks", tracks);
}

static void
add_speeds (JsonObject *object, const SolcoMedium *medium)
{
  JsonArray *speeds = json_array_new ();
  guint i;

  for (i = 0; i < medium->speeds->len; i++)
    {
      const SolcoSpeed *speed = &g_array_index (medium->speeds, SolcoSpeed, i);
      JsonObject *item = json_object_new ();

      json_object_set_int_member (item, "kb_per_s", speed->kb_per_s);
      json_object_set_double_member (item, "factor", speed->factor);
      json_array_add_object_element (speeds, item);
    }
  json_object_set_array_member (object, "speeds", speeds);
}

static void
add_identity (JsonObject *object, const SolcoDiscIdentity *identity)
{
  g_autofree char *text = identity != NULL ? solco_disc_identity_to_string (identity) : NULL;

  solco_cli_json_set_string (object, "identity", text);
}

/**
 * solco_cli_json_add_medium:
 * @object: where to
 * @medium: a disc
 *
 * Adds what the disc is and holds. Any thread.
 */
void
solco_cli_json_add_medium (JsonObject *object, const SolcoMedium *medium)
{
  solco_cli_json_set_string (object, "address", medium->address);
  json_object_set_boolean_member (object, "image_file", medium->is_image_file);
  json_object_set_boolean_member (object, "exists", medium->file_exists);
  json_object_set_int_member (object, "profile", medium->profile);
  solco_cli_json_set_string (object, "profile_name",
                             medium->profile_name != NULL
                               ? medium->profile_name
                               : solco_profile_get_name (medium->profile));
  json_object_set_string_member (object, "state", state_words[medium->state]);
  json_object_set_string_member (object, "content", content_words[medium->content]);
  json_object_set_string_member (object, "damage", damage_words[medium->damage]);
  json_object_set_boolean_member (object, "overwritable", medium->is_overwritable);
  json_object_set_boolean_member (object, "erasable", medium->is_erasable);
  json_object_set_boolean_member (object, "plain_image", medium->is_plain_image);
  json_object_set_boolean_member (object, "pseudo_overwrite", medium->is_pseudo_overwrite);
  json_object_set_boolean_member (object, "can_simulate", medium->can_simulate);
  json_object_set_boolean_member (object, "can_format", medium->can_format);
  json_object_set_boolean_member (object, "can_append_after_burn", medium->can_append_after_burn);
  solco_cli_json_set_string (object, "label", medium->volume_label);
  solco_cli_json_set_string (object, "media_id", medium->media_id);
  solco_cli_json_set_string (object, "manufacturer", medium->manufacturer);
  add_identity (object, medium->identity);
  json_object_set_int_member (object, "capacity_blocks", medium->capacity_blocks);
  json_object_set_int_member (object, "used_blocks", medium->used_blocks);
  json_object_set_int_member (object, "free_blocks", medium->free_blocks);
  json_object_set_int_member (object, "next_writable_address", medium->next_writable_block);
  json_object_set_int_member (object, "lead_out_limit_address", medium->lead_out_limit_block);
  add_sessions (object, medium);
  add_tracks (object, medium);
  add_speeds (object, medium);
}

/**
 * solco_cli_json_add_capacity:
 * @object: where to
 * @capacity: what a session needs and leaves
 *
 * Adds the figures in blocks. Any thread.
 */
void
solco_cli_json_add_capacity (JsonObject *object, const SolcoCapacity *capacity)
{
  json_object_set_int_member (object, "free_blocks", capacity->free_blocks);
  json_object_set_int_member (object, "need_blocks", capacity->need_blocks);
  json_object_set_int_member (object, "overhead_blocks", capacity->overhead_blocks);
  json_object_set_boolean_member (object, "overhead_is_estimate", capacity->overhead_is_estimate);
  json_object_set_int_member (object, "remaining_now_blocks", capacity->remaining_now_blocks);
  json_object_set_int_member (object, "remaining_after_overhead_blocks",
                              capacity->remaining_after_overhead_blocks);
  json_object_set_int_member (object, "remaining_physical_blocks",
                              capacity->remaining_physical_blocks);
  json_object_set_int_member (object, "physical_gap_blocks", capacity->physical_gap_blocks);
  json_object_set_int_member (object, "further_sessions", capacity->further_sessions);
  json_object_set_boolean_member (object, "last_session", capacity->is_last_session);
  json_object_set_boolean_member (object, "fits", capacity->fits);
}

/**
 * solco_cli_json_add_problems:
 * @object: where to
 * @problems: (element-type SolcoProblem): what was found
 *
 * Adds them to the member "problems", after those that are there. Any thread.
 */
void
solco_cli_json_add_problems (JsonObject *object, const GPtrArray *problems)
{
  JsonArray *array;
  guint i;

  if (!json_object_has_member (object, "problems"))
    json_object_set_array_member (object, "problems", json_array_new ());
  array = json_object_get_array_member (object, "problems");
  for (i = 0; problems != NULL && i < problems->len; i++)
    {
      const SolcoProblem *problem = g_ptr_array_index (problems, i);
      JsonObject *item = json_object_new ();

      json_object_set_string_member (item, "kind", solco_problem_kind_get_name (problem->kind));
      solco_cli_json_set_string (item, "path", problem->path);
      solco_cli_json_set_string (item, "detail", problem->detail);
      json_object_set_int_member (item, "bytes", (gint64) problem->bytes);
      json_object_set_boolean_member (item, "serious",
                                      solco_problem_kind_is_serious (problem->kind));
      json_array_add_object_element (array, item);
    }
}

/**
 * solco_cli_json_add_error:
 * @object: where to
 * @error: what went wrong
 * @text: the sentences for a person
 *
 * Any thread.
 */
void
solco_cli_json_add_error (JsonObject *object, const GError *error, const char *text)
{
  JsonObject *item = json_object_new ();

  json_object_set_string_member (item, "code", solco_cli_exit_get_error_name (error));
  json_object_set_int_member (item, "exit_code", solco_cli_exit_for_error (error));
  solco_cli_json_set_string (item, "message", error->message);
  solco_cli_json_set_string (item, "text", text);
  json_object_set_object_member (object, "error", item);
}

/**
 * solco_cli_json_begin_list:
 * @result: what was read
 *
 * Prints the object's beginning, up to the array of rows, without its end.
 */
void
solco_cli_json_begin_list (const SolcoResult *result)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *text = NULL;

  solco_cli_json_set_string (object, "address", result->medium->address);
  solco_cli_json_set_string (object, "label", result->medium->volume_label);
  json_object_set_int_member (object, "session", result->session);
  solco_cli_json_add_problems (object, result->problems);
  text = solco_cli_json_to_text (object);
  /* All but the brace that closes the object. */
  g_print ("%.*s,\"entries\":[", (int) strlen (text) - 1, text);
}

/**
 * solco_cli_json_end_list:
 *
 * Prints what closes the array and the object.
 */
void
solco_cli_json_end_list (void)
{
  g_print ("]}\n");
}

/**
 * solco_cli_json_new_entry:
 * @tree: a tree that was read from a disc
 * @index: index of a node
 *
 * One row of `list`. Any thread.
 *
 * Returns: (transfer full): the row
 */
JsonObject *
solco_cli_json_new_entry (const SolcoTree *tree, guint32 index)
{
  const SolcoTreeNode *node = &solco_tree_get_nodes (tree, NULL)[index];
  g_autofree char *path = solco_tree_dup_path (tree, index);
  JsonObject *item = json_object_new ();

  solco_cli_json_set_string (item, "path", path);
  json_object_set_string_member (item, "kind", kind_words[node->kind]);
  json_object_set_int_member (item, "size_bytes", (gint64) node->size_bytes);
  json_object_set_int_member (item, "mtime", node->mtime_s);
  json_object_set_int_member (item, "mode", node->mode);
  json_object_set_int_member (item, "uid", node->uid);
  json_object_set_int_member (item, "gid", node->gid);
  json_object_set_int_member (item, "session", node->session);
  json_object_set_int_member (item, "start_block", node->start_block);
  if (node->kind == SOLCO_NODE_SYMLINK)
    solco_cli_json_set_string (item, "link_target", node->link_target);
  return item;
}

/**
 * solco_cli_json_to_text:
 * @object: what to write
 *
 * Any thread.
 *
 * Returns: (transfer full): one line of JSON, without a line end
 */
char *
solco_cli_json_to_text (JsonObject *object)
{
  g_autoptr (JsonNode) root = json_node_alloc ();

  json_node_init_object (root, object);
  return json_to_string (root, FALSE);
}
