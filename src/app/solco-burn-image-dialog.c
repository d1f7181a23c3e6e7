/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-burn-image-dialog.h"

#include <glib/gi18n.h>

#include "engine/solco-error.h"
#include "solco-burn-options.h"
#include "solco-disc-look.h"
#include "solco-message.h"
#include "text/solco-text-error.h"
#include "text/solco-text-job.h"
#include "text/solco-text-medium.h"
#include "text/solco-text-size.h"

struct _SolcoBurnImageDialog
{
  GtkWindow parent_instance;

  SolcoController *controller;
  char *path;
  guint64 size_bytes;
  gboolean erases;

  GtkWidget *burn_button;
  GtkImage *disc_image;
  GtkLabel *heading_label;
  GtkLabel *text_label;
  GtkWidget *warning_box;
  GtkLabel *warning_label;
  SolcoOptionRow *open_row;
  GtkSwitch *open_switch;
  GtkSwitch *verify_switch;
  SolcoOptionRow *eject_row;
  GtkSwitch *eject_switch;
  SolcoOptionRow *simulate_row;
  GtkSwitch *simulate_switch;
  SolcoOptionRow *speed_row;
  GtkDropDown *speed_drop_down;
};

G_DEFINE_FINAL_TYPE (SolcoBurnImageDialog, solco_burn_image_dialog, GTK_TYPE_WINDOW)

static SolcoBurnOptions
get_options (SolcoBurnImageDialog *self)
{
  const SolcoBurnOptions options = {
    .open_row = self->open_row,
    .open_switch = self->open_switch,
    .eject_row = self->eject_row,
    .eject_switch = self->eject_switch,
    .simulate_row = self->simulate_row,
    .simulate_switch = self->simulate_switch,
    .speed_row = self->speed_row,
    .speed_drop_down = self->speed_drop_down,
    .verify_switch = self->verify_switch,
  };

  return options;
}

static gboolean
can_erase (const SolcoMedium *medium)
{
  return medium->is_erasable || medium->is_overwritable || medium->is_image_file;
}

/* The rules first, then the sizes: an image goes to a blank disc, from its first block on. */
static gboolean
check (SolcoBurnImageDialog *self, const SolcoMedium *medium, GError **error)
{
  const gint64 need_blocks
      = (gint64) ((self->size_bytes + SOLCO_BLOCK_BYTES - 1) / SOLCO_BLOCK_BYTES);
  const gint64 room_blocks = self->erases ? medium->capacity_blocks : medium->free_blocks;

  if (!solco_disc_master_check_target (medium, NULL, self->erases, error))
    return FALSE;
  if (room_blocks > 0 && need_blocks > room_blocks)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_DISC_FULL,
                   "The image has %" G_GINT64_FORMAT " blocks, the disc has room for %" G_GINT64_FORMAT,
                   need_blocks, room_blocks);
      return FALSE;
    }
  return TRUE;
}

static void
update (SolcoBurnImageDialog *self)
{
  SolcoMedium *medium = solco_controller_get_medium (self->controller);
  g_autoptr (GError) error = NULL;
  g_autofree char *warning = NULL;
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *size = solco_text_size_dup (self->size_bytes);
  g_autofree char *disc = NULL;
  g_autofree char *text = NULL;

  if (medium == NULL)
    {
      gtk_widget_set_sensitive (self->burn_button, FALSE);
      return;
    }
  self->erases = medium->sessions->len > 0 && can_erase (medium);
  disc = solco_text_medium_dup_kind (medium);
  /* Translators: a size, and a medium such as "CD-R 80 min (700 MB)" */
  text = g_strdup_printf (_ ("%s, to be written to: %s"), size, disc);
  gtk_label_set_text (self->heading_label, shown);
  gtk_label_set_text (self->text_label, text);
  gtk_image_set_from_icon_name (self->disc_image, solco_disc_look_get_icon (medium));
  if (!check (self, medium, &error))
    {
      g_autofree char *title = solco_text_error_dup_title (error);
      g_autofree char *advice = solco_text_error_dup_advice (error);

      warning = g_strdup_printf ("%s. %s", title, advice);
    }
  else if (self->erases)
    {
      g_autofree char *loss
          = solco_text_job_dup_loss (medium, solco_controller_get_disc_tree (self->controller));

      warning = g_strdup_printf ("%s %s", loss != NULL ? loss : "", _ ("This cannot be undone."));
    }
  gtk_label_set_text (self->warning_label, warning != NULL ? warning : "");
  gtk_widget_set_visible (self->warning_box, warning != NULL);
  gtk_widget_set_sensitive (self->burn_button, error == NULL);
  gtk_button_set_label (GTK_BUTTON (self->burn_button),
                        self->erases ? _ ("_Erase and Burn") : _ ("_Burn"));
  gtk_widget_remove_css_class (self->burn_button,
                               self->erases ? "suggested-action" : "destructive-action");
  gtk_widget_add_css_class (self->burn_button,
                            self->erases ? "destructive-action" : "suggested-action");
}

static void
on_burn_clicked (SolcoBurnImageDialog *self)
{
  SolcoMedium *medium = solco_controller_get_medium (self->controller);
  SolcoProjectOptions options = { 0 };
  const SolcoBurnOptions rows = get_options (self);
  g_autoptr (GError) error = NULL;

  if (medium == NULL)
    return;
  solco_burn_options_read (&rows, medium, &options);
  if (!solco_controller_burn_image (self->controller, self->path, &options, self->erases, &error))
    solco_controller_report_error (self->controller, error);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
solco_burn_image_dialog_dispose (GObject *object)
{
  SolcoBurnImageDialog *self = SOLCO_BURN_IMAGE_DIALOG (object);

  g_clear_object (&self->controller);
  g_clear_pointer (&self->path, g_free);
  G_OBJECT_CLASS (solco_burn_image_dialog_parent_class)->dispose (object);
}

static void
solco_burn_image_dialog_class_init (SolcoBurnImageDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = solco_burn_image_dialog_dispose;
  g_type_ensure (SOLCO_TYPE_OPTION_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/solco/Solco/burn-image-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnImageDialog, burn_button);
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnImageDialog, disc_image);
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnImageDialog, heading_label);
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnImageDialog, text_label);
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnImageDialog, warning_box);
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnImageDialog, warning_label);
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnImageDialog, open_row);
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnImageDialog, open_switch);
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnImageDialog, verify_switch);
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnImageDialog, eject_row);
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnImageDialog, eject_switch);
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnImageDialog, simulate_row);
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnImageDialog, simulate_switch);
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnImageDialog, speed_row);
  gtk_widget_class_bind_template_child (widget_class, SolcoBurnImageDialog, speed_drop_down);
  gtk_widget_class_bind_template_callback (widget_class, on_burn_clicked);
}

static void
solco_burn_image_dialog_init (SolcoBurnImageDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * solco_burn_image_dialog_new:
 * @parent: (nullable): window over which it opens
 * @controller: with a disc
 * @path: (type filename): the image
 * @size_bytes: its size
 *
 * Main thread.
 *
 * Returns: (transfer none): the dialog, not presented yet
 */
GtkWidget *
solco_burn_image_dialog_new (GtkWindow *parent, SolcoController *controller, const char *path,
                             guint64 size_bytes)
{
  g_return_val_if_fail (SOLCO_IS_CONTROLLER (controller) && path != NULL, NULL);
  g_return_val_if_fail (solco_controller_get_medium (controller) != NULL, NULL);

  SolcoBurnImageDialog *self
      = g_object_new (SOLCO_TYPE_BURN_IMAGE_DIALOG, "transient-for", parent, NULL);
  SolcoMedium *medium = solco_controller_get_medium (controller);
  GSettings *settings = solco_controller_get_settings (controller);
  /* An image is a whole disc: closing it is what most of them are made for. */
  const SolcoProjectOptions options = {
    .close_disc = !medium->is_image_file && !medium->is_overwritable,
    .verify = g_settings_get_boolean (settings, "verify") ? SOLCO_VERIFY_FULL : SOLCO_VERIFY_NONE,
    .eject = g_settings_get_boolean (settings, "eject"),
  };
  const SolcoBurnOptions rows = get_options (self);

  self->controller = g_object_ref (controller);
  self->path = g_strdup (path);
  self->size_bytes = size_bytes;
  solco_burn_options_fill (&rows, medium, &options);
  /* Such media are not closed in any sense. */
  gtk_widget_set_visible (GTK_WIDGET (self->open_row),
                          !medium->is_image_file && !medium->is_overwritable);
  update (self);
  g_signal_connect_object (controller, "status-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  gtk_window_set_focus (GTK_WINDOW (self), self->burn_button);
  return GTK_WIDGET (self);
}

/* Choosing the image. */

typedef struct
{
  GtkWindow *parent;
  SolcoController *controller;
} Choice;

static void
choice_free (Choice *self)
{
  g_object_unref (self->parent);
  g_object_unref (self->controller);
  g_free (self);
}

static void
on_size_known (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Choice *self = user_data;
  g_autofree char *path = g_file_get_path (G_FILE (source));
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);

  if (info == NULL)
    solco_message_present (self->parent, _ ("The image cannot be opened"), error->message);
  else if (path == NULL)
    solco_message_present (self->parent, _ ("The image cannot be opened"),
                           _ ("It is not on this computer. Copy it to a folder here first."));
  else if (solco_controller_get_medium (self->controller) != NULL)
    solco_dialog_present (solco_burn_image_dialog_new (
        self->parent, self->controller, path, (guint64) g_file_info_get_size (info)));
  choice_free (self);
}

static void
on_image_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Choice *self = user_data;
  GSList *files = solco_files_choose_finish (GTK_WINDOW (source), result);

  if (files == NULL)
    {
      choice_free (self);
      return;
    }
  g_file_query_info_async (files->data, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, NULL, on_size_known, self);
  g_slist_free_full (files, g_object_unref);
}

/**
 * solco_burn_image_dialog_present:
 * @parent: window over which it opens
 * @controller: whose disc is written
 *
 * Asks for an image, then how to burn it. Main thread.
 */
void
solco_burn_image_dialog_present (GtkWindow *parent, SolcoController *controller)
{
  g_return_if_fail (GTK_IS_WINDOW (parent) && SOLCO_IS_CONTROLLER (controller));

  SolcoMedium *medium = solco_controller_get_medium (controller);
  const SolcoFileChoice files = {
    .title = _ ("Burn Image"),
    .action = GTK_FILE_CHOOSER_ACTION_OPEN,
    .pattern = "*.[iI][sS][oO]",
    .pattern_name = _ ("Disc images"),
  };
  Choice *choice;

  if (medium == NULL || medium->state == SOLCO_MEDIUM_NONE)
    {
      g_autoptr (GError) error
          = g_error_new_literal (SOLCO_ERROR, SOLCO_ERROR_NO_MEDIUM, "No disc is in");
      g_autofree char *title = solco_text_error_dup_title (error);
      g_autofree char *body = solco_text_error_dup_body (error, NULL);

      solco_message_present (parent, title, body);
      return;
    }
  choice = g_new0 (Choice, 1);
  choice->parent = g_object_ref (parent);
  choice->controller = g_object_ref (controller);
  solco_files_choose_async (parent, &files, on_image_chosen, choice);
}
