/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-search-private.h"

#include "solco-name-check.h"
#include "solco-project-private.h"

#include <string.h>

/* One slice of the search; a frame has 16 ms. */
#define SLICE_US 4000
/* The clock is looked at once for so many names. */
#define NAMES_PER_LOOK 256
/* While the project changes all the time, it is looked through again at such intervals. */
#define RESTART_MS 150

enum
{
  PROP_TEXT = 1,
  PROP_N_MATCHES,
  PROP_IS_SEARCHING,
  N_PROPERTIES
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

/* Where the walk is. */
typedef struct
{
  const SolcoNode *folder;
  guint next;
} Position;

struct _SolcoSearch
{
  GObject parent_instance;

  SolcoProject *project;
  gulong changed_handler;
  char *text;
  char *needle;      /* folded; NULL: everything matches */
  GHashTable *above; /* folders that hold a match somewhere below: as of the last whole walk */
  guint64 n_matches;

  GHashTable *next_above; /* of the walk that runs; the same as @above in the first one */
  guint64 next_n_matches;
  GArray *stack; /* of Position */
  guint64 generation;
  guint64 n_discards;
  guint source;
  gboolean is_first;
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SolcoSearch, solco_search, G_TYPE_OBJECT)

static void
stop (SolcoSearch *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->next_above, g_hash_table_unref);
  g_array_set_size (self->stack, 0);
}

static void
solco_search_finalize (GObject *object)
{
  SolcoSearch *self = SOLCO_SEARCH (object);

  stop (self);
  g_signal_handler_disconnect (self->project, self->changed_handler);
  g_object_unref (self->project);
  g_free (self->text);
  g_free (self->needle);
  g_hash_table_unref (self->above);
  g_array_unref (self->stack);
  G_OBJECT_CLASS (solco_search_parent_class)->finalize (object);
}

static void
solco_search_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SolcoSearch *self = SOLCO_SEARCH (object);

  switch (id)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_N_MATCHES:
      g_value_set_uint64 (value, self->n_matches);
      break;
    case PROP_IS_SEARCHING:
      g_value_set_boolean (value, solco_search_is_searching (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
solco_search_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SolcoSearch *self = SOLCO_SEARCH (object);

  switch (id)
    {
    case PROP_TEXT:
      solco_search_set_text (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
solco_search_class_init (SolcoSearchClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = solco_search_finalize;
  object_class->get_property = solco_search_get_property;
  object_class->set_property = solco_search_set_property;

  properties[PROP_TEXT]
      = g_param_spec_string ("text", NULL, NULL, "", flags | G_PARAM_READWRITE);
  properties[PROP_N_MATCHES] = g_param_spec_uint64 ("n-matches", NULL, NULL, 0, G_MAXUINT64, 0,
                                                    flags | G_PARAM_READABLE);
  properties[PROP_IS_SEARCHING]
      = g_param_spec_boolean ("is-searching", NULL, NULL, FALSE, flags | G_PARAM_READABLE);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SOLCO_TYPE_SEARCH, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
solco_search_init (SolcoSearch *self)
{
  self->text = g_strdup ("");
  self->above = g_hash_table_new (NULL, NULL);
  self->stack = g_array_new (FALSE, FALSE, sizeof (Position));
}

static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  g_autofree char *folded = g_utf8_casefold (normal != NULL ? normal : text, -1);

  /* Folding can take letters apart again. */
  return g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
}

gboolean
solco_search_needle_matches (const char *needle, const char *name)
{
  char lower[SOLCO_NAME_MAX_BYTES + 1];
  g_autofree char *folded = NULL;
  gsize i;

  /* Most names are plain ASCII, which folds without memory. */
  for (i = 0; name[i] != '\0' && (guchar) name[i] < 0x80 && i + 1 < sizeof lower; i++)
    lower[i] = g_ascii_tolower (name[i]);
  if (name[i] == '\0')
    {
      lower[i] = '\0';
      return strstr (lower, needle) != NULL;
    }
  folded = fold (name);
  return folded != NULL && strstr (folded, needle) != NULL;
}

static void
tell (SolcoSearch *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_MATCHES]);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean on_slice (gpointer user_data);
static gboolean on_restart (gpointer user_data);

static void
push (SolcoSearch *self, const SolcoNode *folder)
{
  Position position = { .folder = folder };

  g_array_append_val (self->stack, position);
}

/* Looks through the tree from its root. */
static void
begin (SolcoSearch *self)
{
  stop (self);
  self->generation = self->project->generation;
  self->n_discards = self->project->n_discards;
  self->next_above = self->is_first ? g_hash_table_ref (self->above) : g_hash_table_new (NULL, NULL);
  self->next_n_matches = 0;
  push (self, self->project->root);
  self->source = g_idle_add (on_slice, self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_SEARCHING]);
}

static void
note_match (SolcoSearch *self, const SolcoNode *node)
{
  self->next_n_matches++;
  for (const SolcoNode *above = node->parent; above != NULL; above = above->parent)
    {
      if (!g_hash_table_add (self->next_above, (gpointer) above))
        break;
    }
}

/* Looks at up to NAMES_PER_LOOK names. FALSE: all is done. */
static gboolean
walk (SolcoSearch *self)
{
  for (guint i = 0; i < NAMES_PER_LOOK; i++)
    {
      Position *position;
      const SolcoNode *child;

      if (self->stack->len == 0)
        return FALSE;
      position = &g_array_index (self->stack, Position, self->stack->len - 1);
      if (position->next >= position->folder->folder->n_children)
        {
          g_array_set_size (self->stack, self->stack->len - 1);
          continue;
        }
      child = position->folder->folder->children[position->next++];
      if (solco_search_needle_matches (self->needle, child->name))
        note_match (self, child);
      if (child->kind == SOLCO_NODE_DIRECTORY)
        push (self, child);
    }
  return TRUE;
}

static gboolean
on_slice (gpointer user_data)
{
  SolcoSearch *self = user_data;
  gint64 end_us = g_get_monotonic_time () + SLICE_US;
  guint64 n_before = self->next_n_matches;
  gboolean goes_on = TRUE;

  /* Nodes that the walk stands on may be gone. */
  if (self->n_discards != self->project->n_discards)
    {
      self->source = 0;
      begin (self);
      return G_SOURCE_REMOVE;
    }
  while (goes_on && g_get_monotonic_time () < end_us)
    goes_on = walk (self);
  if (goes_on)
    {
      if (self->is_first && self->next_n_matches != n_before)
        {
          self->n_matches = self->next_n_matches;
          tell (self);
        }
      return G_SOURCE_CONTINUE;
    }

  self->source = 0;
  self->is_first = FALSE;
  g_hash_table_unref (self->above);
  self->above = g_steal_pointer (&self->next_above);
  self->n_matches = self->next_n_matches;
  if (self->generation != self->project->generation)
    self->source = g_timeout_add (RESTART_MS, on_restart, self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_SEARCHING]);
  tell (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_restart (gpointer user_data)
{
  SolcoSearch *self = user_data;

  self->source = 0;
  begin (self);
  return G_SOURCE_REMOVE;
}

static void
on_changed (SolcoProject *project, SolcoSearch *self)
{
  /* A walk that runs looks for that when it is through. */
  if (self->needle == NULL || self->source != 0 || self->generation == project->generation)
    return;
  self->source = g_timeout_add (RESTART_MS, on_restart, self);
}

/**
 * solco_search_new:
 * @project: a project
 *
 * Main thread.
 *
 * Returns: (transfer full): a search without text, which matches everything
 */
SolcoSearch *
solco_search_new (SolcoProject *project)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (project), NULL);

  SolcoSearch *self = g_object_new (SOLCO_TYPE_SEARCH, NULL);

  self->project = g_object_ref (project);
  self->changed_handler
      = g_signal_connect (project, "changed", G_CALLBACK (on_changed), self);
  return self;
}

/**
 * solco_search_set_text:
 * @self: a search
 * @text: (nullable): a part of a name, UTF-8; %NULL or "" for everything
 *
 * Main thread.
 */
void
solco_search_set_text (SolcoSearch *self, const char *text)
{
  g_return_if_fail (SOLCO_IS_SEARCH (self));
  g_return_if_fail (text == NULL || g_utf8_validate (text, -1, NULL));

  if (g_strcmp0 (self->text, text != NULL ? text : "") == 0)
    return;
  stop (self);
  g_free (self->text);
  self->text = g_strdup (text != NULL ? text : "");
  g_clear_pointer (&self->needle, g_free);
  g_hash_table_remove_all (self->above);
  self->n_matches = 0;
  if (*self->text != '\0')
    {
      self->needle = fold (self->text);
      self->is_first = TRUE;
      begin (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
  tell (self);
}

/**
 * solco_search_get_text:
 * @self: a search
 *
 * Main thread.
 *
 * Returns: (transfer none): what is searched for, "" for everything
 */
const char *
solco_search_get_text (SolcoSearch *self)
{
  g_return_val_if_fail (SOLCO_IS_SEARCH (self), NULL);

  return self->text;
}

/**
 * solco_search_name_matches:
 * @self: a search
 * @node: a node of its project
 *
 * Main thread.
 *
 * Returns: whether the item's own name holds the text
 */
gboolean
solco_search_name_matches (SolcoSearch *self, const SolcoNode *node)
{
  g_return_val_if_fail (SOLCO_IS_SEARCH (self) && node != NULL, FALSE);

  return self->needle == NULL || solco_search_needle_matches (self->needle, node->name);
}

const char *
solco_search_get_needle (SolcoSearch *self)
{
  return self->needle;
}

gboolean
solco_search_is_above (SolcoSearch *self, const SolcoNode *node)
{
  return g_hash_table_contains (self->above, node);
}

gboolean
solco_search_path_matches (SolcoSearch *self, const SolcoNode *node)
{
  if (self->needle == NULL)
    return TRUE;
  for (; node->parent != NULL; node = node->parent)
    {
      if (solco_search_needle_matches (self->needle, node->name))
        return TRUE;
    }
  return FALSE;
}

/**
 * solco_search_matches:
 * @self: a search
 * @node: a node of its project
 *
 * Main thread.
 *
 * Returns: whether the item is to be shown: its name holds the text, or that of something below
 *   it, or that of a folder above it
 */
gboolean
solco_search_matches (SolcoSearch *self, const SolcoNode *node)
{
  g_return_val_if_fail (SOLCO_IS_SEARCH (self) && node != NULL, FALSE);

  return solco_search_path_matches (self, node) || solco_search_is_above (self, node);
}

/**
 * solco_search_get_n_matches:
 * @self: a search
 *
 * Main thread.
 *
 * Returns: items whose own name holds the text, as far as the tree has been looked through
 */
guint64
solco_search_get_n_matches (SolcoSearch *self)
{
  g_return_val_if_fail (SOLCO_IS_SEARCH (self), 0);

  return self->n_matches;
}

/**
 * solco_search_is_searching:
 * @self: a search
 *
 * Main thread.
 *
 * Returns: whether the tree is being looked through
 */
gboolean
solco_search_is_searching (SolcoSearch *self)
{
  g_return_val_if_fail (SOLCO_IS_SEARCH (self), FALSE);

  return self->next_above != NULL;
}
