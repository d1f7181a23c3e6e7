/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-undo-text.h"

#include <glib/gi18n.h>

/**
 * solco_undo_text_dup_undo:
 * @kind: what the step did
 * @n_items: how many items it is about
 *
 * Returns: (transfer full): the label of a menu item that takes it back
 */
char *
solco_undo_text_dup_undo (SolcoEditKind kind, guint n_items)
{
  switch (kind)
    {
    case SOLCO_EDIT_ADD:
      return g_strdup_printf (ngettext ("_Undo Add %u Item", "_Undo Add %u Items", n_items),
                              n_items);
    case SOLCO_EDIT_REMOVE:
      return g_strdup_printf (ngettext ("_Undo Remove %u Item", "_Undo Remove %u Items", n_items),
                              n_items);
    case SOLCO_EDIT_MOVE:
      return g_strdup_printf (ngettext ("_Undo Move %u Item", "_Undo Move %u Items", n_items),
                              n_items);
    case SOLCO_EDIT_RESTORE:
      return g_strdup_printf (ngettext ("_Undo Restore %u Item", "_Undo Restore %u Items", n_items),
                              n_items);
    case SOLCO_EDIT_NEW_FOLDER:
      return g_strdup (_ ("_Undo New Folder"));
    case SOLCO_EDIT_RENAME:
      return g_strdup (_ ("_Undo Rename"));
    case SOLCO_EDIT_CLEAR:
      return g_strdup (_ ("_Undo Clear Content"));
    case SOLCO_EDIT_LABEL:
      return g_strdup (_ ("_Undo Disc Label"));
    case SOLCO_EDIT_IMPORT_DISC:
      return g_strdup (_ ("_Undo Read Disc"));
    case SOLCO_EDIT_REPLAN:
      return g_strdup (_ ("_Undo Plan for Another Disc"));
    case SOLCO_EDIT_NONE:
    case SOLCO_N_EDIT_KINDS:
    default:
      return g_strdup (_ ("_Undo"));
    }
}

/**
 * solco_undo_text_dup_redo:
 * @kind: what the step did
 * @n_items: how many items it is about
 *
 * Returns: (transfer full): the label of a menu item that does it again
 */
char *
solco_undo_text_dup_redo (SolcoEditKind kind, guint n_items)
{
  switch (kind)
    {
    case SOLCO_EDIT_ADD:
      return g_strdup_printf (ngettext ("_Redo Add %u Item", "_Redo Add %u Items", n_items),
                              n_items);
    case SOLCO_EDIT_REMOVE:
      return g_strdup_printf (ngettext ("_Redo Remove %u Item", "_Redo Remove %u Items", n_items),
                              n_items);
    case SOLCO_EDIT_MOVE:
      return g_strdup_printf (ngettext ("_Redo Move %u Item", "_Redo Move %u Items", n_items),
                              n_items);
    case SOLCO_EDIT_RESTORE:
      return g_strdup_printf (ngettext ("_Redo Restore %u Item", "_Redo Restore %u Items", n_items),
                              n_items);
    case SOLCO_EDIT_NEW_FOLDER:
      return g_strdup (_ ("_Redo New Folder"));
    case SOLCO_EDIT_RENAME:
      return g_strdup (_ ("_Redo Rename"));
    case SOLCO_EDIT_CLEAR:
      return g_strdup (_ ("_Redo Clear Content"));
    case SOLCO_EDIT_LABEL:
      return g_strdup (_ ("_Redo Disc Label"));
    case SOLCO_EDIT_IMPORT_DISC:
      return g_strdup (_ ("_Redo Read Disc"));
    case SOLCO_EDIT_REPLAN:
      return g_strdup (_ ("_Redo Plan for Another Disc"));
    case SOLCO_EDIT_NONE:
    case SOLCO_N_EDIT_KINDS:
    default:
      return g_strdup (_ ("_Redo"));
    }
}
