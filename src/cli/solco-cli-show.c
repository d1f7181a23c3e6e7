/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-cli-show.h"

#include <glib/gi18n.h>

#include "solco-cli-output.h"
#include "text/solco-text-capacity.h"
#include "text/solco-text-medium.h"
#include "text/solco-text-size.h"

/* Labels and values, one below the other. */
typedef struct
{
  GPtrArray *labels;
  GPtrArray *values;
} Table;

static void
table_init (Table *table)
{
  table->labels = g_ptr_array_new_with_free_func (g_free);
  table->values = g_ptr_array_new_with_free_func (g_free);
}

/* Takes @value; leaves the row out if there is none. */
static void
table_add (Table *table, const char *label, char *value)
{
  if (value == NULL)
    return;
  g_ptr_array_add (table->labels, g_strdup (label));
  g_ptr_array_add (table->values, value);
}

static void
table_print (Table *table)
{
  glong width = 0;
  guint i;

  for (i = 0; i < table->labels->len; i++)
    width = MAX (width, g_utf8_strlen (g_ptr_array_index (table->labels, i), -1));
  for (i = 0; i < table->labels->len; i++)
    {
      const char *label = g_ptr_array_index (table->labels, i);
      g_autofree char *value = solco_cli_output_escape (g_ptr_array_index (table->values, i));
      int padding = (int) (width - g_utf8_strlen (label, -1));

      g_print ("%s%*s  %s\n", label, padding, "", value);
    }
  g_ptr_array_unref (table->labels);
  g_ptr_array_unref (table->values);
}

/* What lies in the recorder, and what is wrong with it, where something is. */
static void
add_disc (Table *table, const SolcoMedium *medium)
{
  if (medium->state != SOLCO_MEDIUM_NONE)
    table_add (table, _ ("Medium"), solco_text_medium_dup_kind (medium));
  table_add (table, _ ("State"), g_strdup (solco_text_medium_get_state (medium)));
  table_add (table, _ ("Content"), g_strdup (solco_text_medium_get_content (medium)));
  table_add (table, _ ("Damage"), solco_text_medium_dup_damage (medium));
}

static void
show_sessions (const SolcoMedium *medium)
{
  guint i;

  if (medium->sessions->len == 0)
    return;
  g_print ("\n%s\n", _ ("Sessions"));
  for (i = 0; i < medium->sessions->len; i++)
    {
      const SolcoSession *session = &g_array_index (medium->sessions, SolcoSession, i);
      g_autofree char *title = solco_text_session_dup_title (session);
      g_autofree char *shown = solco_cli_output_escape (title);
      g_autofree char *line = solco_text_session_dup_line (session);

      /* Translators: a session: its name, its time and size, and its first block. */
      g_print (_ ("  %s · %s · from block %ld\n"), shown, line,
               (glong) session->start_block);
    }
}

/**
 * solco_cli_show_medium:
 * @medium: a disc
 * @capacity: what a further session would find
 */
void
solco_cli_show_medium (const SolcoMedium *medium, const SolcoCapacity *capacity)
{
  Table table;

  table_init (&table);
  table_add (&table, _ ("Recorder"), g_strdup (medium->address));
  add_disc (&table, medium);
  table_add (&table, _ ("Label"), g_strdup (medium->volume_label));
  table_add (&table, _ ("Manufacturer"), g_strdup (medium->manufacturer));
  /* Translators: what can be done with a disc: a list of abilities */
  table_add (&table, _ ("Possible"), solco_text_medium_dup_abilities (medium));
  table_add (&table, _ ("Speeds"), solco_text_medium_dup_speeds (medium));
  if (medium->capacity_blocks > 0)
    {
      table_add (&table, _ ("Capacity"), solco_text_size_dup_with_blocks (medium->capacity_blocks));
      table_add (&table, _ ("Used"), solco_text_size_dup_with_blocks (medium->used_blocks));
    }
  if (medium->next_writable_block >= 0)
    {
      table_add (&table, _ ("Free now"), solco_text_size_dup_with_blocks (capacity->free_blocks));
      table_add (&table, _ ("Next session starts at"),
                 g_strdup_printf (_ ("block %ld"), (glong) medium->next_writable_block));
      table_add (&table, _ ("Closing it takes"),
                 solco_text_size_dup_with_blocks (capacity->overhead_blocks));
      table_add (&table, _ ("Left for files"),
                 solco_text_size_dup_with_blocks (capacity->remaining_after_overhead_blocks));
    }
  table_print (&table);
  show_sessions (medium);
}

/**
 * solco_cli_show_loss:
 * @disc: result of reading the disc that is about to be erased
 */
void
solco_cli_show_loss (const SolcoResult *disc)
{
  guint n_sessions = disc->medium->sessions->len;
  g_autofree char *label = NULL;
  gulong n_files = 0;
  guint32 n_nodes = 0;
  const SolcoTreeNode *nodes;
  guint32 i;

  if (n_sessions == 0)
    return;
  label = solco_cli_output_escape (disc->medium->volume_label != NULL ? disc->medium->volume_label
                                                                      : disc->medium->address);
  nodes = disc->tree != NULL ? solco_tree_get_nodes (disc->tree, &n_nodes) : NULL;
  for (i = 0; i < n_nodes; i++)
    n_files += nodes[i].kind != SOLCO_NODE_DIRECTORY;
  g_print (ngettext ("Erasing “%s”: %u session is lost.\n", "Erasing “%s”: %u sessions are lost.\n",
                     n_sessions),
           label, n_sessions);
  if (n_files > 0)
    g_print (ngettext ("The newest one shows %lu file.\n",
                       "The newest one shows %lu files.\n", n_files),
             n_files);
}

/* "8 files, 74.2 MiB" */
static char *
dup_amount (guint64 n_files, guint64 n_bytes)
{
  g_autofree char *size = solco_text_size_dup (n_bytes);

  /* Translators: how many files, and their size. */
  return g_strdup_printf (ngettext ("%lu file, %s", "%lu files, %s", (gulong) n_files),
                          (gulong) n_files, size);
}

/**
 * solco_cli_show_staged:
 * @medium: the disc that it is staged for
 * @totals: how much is staged
 */
void
solco_cli_show_staged (const SolcoMedium *medium, const SolcoTotals *totals)
{
  Table table;

  table_init (&table);
  table_add (&table, _ ("Recorder"), g_strdup (medium->address));
  add_disc (&table, medium);
  table_add (&table, _ ("New"),
             dup_amount (totals->n_new_files, totals->n_new_bytes));
  if (totals->n_replaced > 0)
    table_add (&table, _ ("Replaced"), g_strdup_printf ("%" G_GUINT64_FORMAT, totals->n_replaced));
  if (totals->n_removed_files + totals->n_removed_folders > 0)
    table_add (&table, _ ("Removed"),
               g_strdup_printf ("%" G_GUINT64_FORMAT,
                                totals->n_removed_files + totals->n_removed_folders));
  table_print (&table);
}

/**
 * solco_cli_show_capacity:
 * @input: what was computed with
 * @capacity: what came of it
 */
void
solco_cli_show_capacity (const SolcoCapacityInput *input, const SolcoCapacity *capacity)
{
  g_autofree char *sentence = solco_text_capacity_dup_sentence (input, capacity, SOLCO_TEXT_PLAIN);
  Table table;

  table_init (&table);
  table_add (&table, _ ("Size of the session"),
             solco_text_size_dup_with_blocks (input->image_blocks));
  table_add (&table, _ ("Needed on the disc"),
             solco_text_size_dup_with_blocks (capacity->need_blocks));
  table_add (&table, _ ("Free now"), solco_text_size_dup_with_blocks (capacity->free_blocks));
  if (capacity->fits)
    {
      table_add (&table, _ ("Closing takes"),
                 solco_text_size_dup_with_blocks (capacity->overhead_blocks));
      table_add (&table, _ ("Left afterwards"),
                 solco_text_size_dup_with_blocks (capacity->remaining_after_overhead_blocks));
    }
  else
    table_add (&table, _ ("Too much by"),
               solco_text_size_dup_with_blocks (-capacity->remaining_now_blocks));
  table_print (&table);
  g_print ("%s\n", sentence);
}

/**
 * solco_cli_show_burned:
 * @result: of a burn
 */
void
solco_cli_show_burned (const SolcoResult *result)
{
  g_autofree char *amount = dup_amount (result->n_files, result->n_bytes);

  if (result->is_simulated)
    {
      g_print (_ ("The rehearsal went well; nothing was written.\n"));
      return;
    }
  /* Translators: number of the session. */
  g_print (_ ("Session %u is on the disc.\n"), result->session);
  if (result->is_verified)
    /* Translators: %s is a number of files and a size. */
    g_print (_ ("%s: read back and identical.\n"), amount);
  else
    /* Translators: %s is a number of files and a size. */
    g_print (_ ("%s: written, not read back.\n"), amount);
  if (result->medium != NULL && result->medium->next_writable_block >= 0)
    {
      g_autofree char *rest = solco_text_capacity_dup_result (
        result->medium->free_blocks, result->capacity.further_sessions, SOLCO_TEXT_PLAIN);

      g_print ("%s\n", rest);
    }
}

/**
 * solco_cli_show_extracted:
 * @result: of an extraction
 */
void
solco_cli_show_extracted (const SolcoResult *result)
{
  g_autofree char *amount = dup_amount (result->n_files, result->n_bytes);

  /* Translators: number of the session, and a number of files with their size. */
  g_print (_ ("Copied from session %u: %s.\n"), result->session, amount);
}

/**
 * solco_cli_show_verified:
 * @result: of a verification
 * @mode: how it was done
 */
void
solco_cli_show_verified (const SolcoResult *result, SolcoVerifyMode mode)
{
  g_autofree char *amount = dup_amount (result->n_files, result->n_bytes);

  if (!result->is_verified)
    g_print (_ ("Session %u is not what it should be.\n"), result->session);
  else if (mode == SOLCO_VERIFY_ORIGINALS)
    g_print (_ ("Session %u and the originals are identical: %s.\n"), result->session, amount);
  else if (mode == SOLCO_VERIFY_QUICK)
    g_print (_ ("The file system of session %u and a sample of its files are well: %s.\n"),
             result->session, amount);
  else
    g_print (_ ("Session %u was read and matches its checksums: %s.\n"), result->session, amount);
}

static void
fill_mode (const SolcoTreeNode *node, char mode[11])
{
  static const char letters[] = "rwxrwxrwx";
  int i;

  mode[0] = node->kind == SOLCO_NODE_DIRECTORY ? 'd'
            : node->kind == SOLCO_NODE_SYMLINK ? 'l'
            : node->kind == SOLCO_NODE_SPECIAL ? '?'
                                               : '-';
  for (i = 0; i < 9; i++)
    mode[i + 1] = node->mode & (0400u >> i) ? letters[i] : '-';
  mode[10] = '\0';
}

/**
 * solco_cli_show_entry:
 * @tree: a tree of a disc
 * @index: index of a node
 *
 * One row of `list`: permissions, size, time, session and path.
 */
void
solco_cli_show_entry (const SolcoTree *tree, guint32 index)
{
  const SolcoTreeNode *node = &solco_tree_get_nodes (tree, NULL)[index];
  g_autofree char *path = solco_tree_dup_path (tree, index);
  g_autofree char *shown = solco_cli_output_escape (path);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (node->mtime_s);
  g_autofree char *date = time != NULL ? g_date_time_format (time, "%F %H:%M") : g_strdup ("-");
  g_autofree char *session
    = node->session > 0 ? g_strdup_printf ("%u", node->session) : g_strdup ("-");
  char mode[11];

  fill_mode (node, mode);
  g_print ("%s  %12" G_GUINT64_FORMAT "  %16s  %3s  %s", mode, node->size_bytes, date, session,
           shown);
  if (node->kind == SOLCO_NODE_SYMLINK && node->link_target != NULL)
    {
      g_autofree char *target = solco_cli_output_escape (node->link_target);

      g_print (" -> %s", target);
    }
  g_print ("\n");
}
