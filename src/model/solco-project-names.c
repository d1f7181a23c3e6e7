/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What other readers will see of the names in a project. */
#include "solco-name-check.h"
#include "solco-project-private.h"

typedef struct
{
  GPtrArray *problems;
  guint max;
} Check;

static gboolean
is_full (const Check *self)
{
  return self->max > 0 && self->problems->len >= self->max;
}

static void
report (Check *self, const SolcoNode *node, const char *kept)
{
  g_autofree char *path = solco_node_dup_path (node);

  g_ptr_array_add (self->problems,
                   solco_problem_new (SOLCO_PROBLEM_NAME_SHORTENED, path, kept, 0));
}

/* @joliet_path: length of the folder's path as libisofs counts it. @edited: a folder above has
 * another name or place than on the disc. */
static void
check_folder (Check *self, const SolcoNode *folder, guint joliet_path, gboolean edited)
{
  for (guint i = 0; i < folder->folder->n_children && !is_full (self); i++)
    {
      const SolcoNode *child = folder->folder->children[i];
      gboolean is_folder = child->kind == SOLCO_NODE_DIRECTORY;
      gboolean is_edited = edited || !solco_node_is_on_disc (child)
                           || (child->flags & SOLCO_NODE_RENAMED) != 0;
      g_autofree char *kept = NULL;
      guint path;

      if ((child->flags & SOLCO_NODE_REMOVED) || child->kind == SOLCO_NODE_SYMLINK
          || child->kind == SOLCO_NODE_SPECIAL)
        continue;
      kept = solco_name_get_joliet (child->name, is_folder);
      path = joliet_path + 1
             + 2 * solco_name_get_utf16_length (kept != NULL ? kept : child->name);
      if (is_edited && path > SOLCO_JOLIET_PATH_MAX)
        {
          /* With a folder goes all that is in it: one report is enough. */
          report (self, child, NULL);
          continue;
        }
      if (is_edited && kept != NULL)
        report (self, child, kept);
      if (is_folder)
        check_folder (self, child, path, is_edited);
    }
}

/**
 * solco_project_check_names:
 * @self: a project
 * @max: how many reports are wanted at most, 0 for all
 *
 * Main thread.
 *
 * Returns: (transfer full) (element-type SolcoProblem): new or renamed items of whose names Joliet
 *   keeps a part only (NAME_SHORTENED, with that part), or which it can not hold at all because
 *   their path is too long (NAME_SHORTENED without one); SYMLINKS_NOT_IN_JOLIET with their number
 *   as bytes; LABEL_SHORTENED with what Joliet, or then ISO 9660, keeps
 */
GPtrArray *
solco_project_check_names (SolcoProject *self, guint max)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self), NULL);

  Check check = { .max = max };
  const char *label = solco_project_get_label (self);

  check.problems = g_ptr_array_new_with_free_func ((GDestroyNotify) solco_problem_free);
  if (solco_name_get_utf16_length (label) > SOLCO_JOLIET_LABEL_MAX)
    {
      g_autofree char *kept = solco_label_get_joliet (label);

      g_ptr_array_add (check.problems,
                       solco_problem_new (SOLCO_PROBLEM_LABEL_SHORTENED, label, kept, 0));
    }
  if (g_utf8_strlen (label, -1) > SOLCO_ISO_LABEL_MAX && !is_full (&check))
    {
      g_autofree char *kept = solco_label_get_iso (label);

      g_ptr_array_add (check.problems,
                       solco_problem_new (SOLCO_PROBLEM_LABEL_SHORTENED, label, kept, 0));
    }
  if (solco_project_get_n_symlinks (self) > 0 && !is_full (&check))
    g_ptr_array_add (check.problems,
                     solco_problem_new (SOLCO_PROBLEM_SYMLINKS_NOT_IN_JOLIET, NULL, NULL,
                                        solco_project_get_n_symlinks (self)));
  /* The path of the root is its one slash. */
  check_folder (&check, self->root, 1, FALSE);
  return check.problems;
}
