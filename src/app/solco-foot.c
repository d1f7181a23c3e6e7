/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-foot.h"

#include <glib/gi18n.h>

#include "model/solco-name-check.h"
#include "solco-capacity-bar.h"
#include "solco-column.h"
#include "solco-shrink.h"
#include "solco-wrap.h"
#include "text/solco-text-capacity.h"
#include "text/solco-text-size.h"

#define LEGEND_COLUMNS_NARROW 2
#define LABEL_CHARS 18
/* Where the entry takes what there is. */
#define LABEL_CHARS_MIN 6

typedef enum
{
  LEGEND_OLDER,
  LEGEND_STAGED,
  LEGEND_OVERHEAD,
  LEGEND_OVER,
  LEGEND_CLOSED,
  LEGEND_FREE,
  N_LEGEND_ITEMS
} LegendPart;

typedef struct
{
  GtkWidget *box;
  GtkWidget *name;
  GtkWidget *size;
} LegendItem;

struct _SolcoFoot
{
  GtkBox parent_instance;

  SolcoController *controller;
  SolcoProject *project;
  SolcoLayoutMode mode;
  gboolean is_setting_label;

  LegendItem items[N_LEGEND_ITEMS];

  SolcoCapacityBar *bar;
  SolcoWrap *legend;
  GtkBox *details;
  GtkImage *warning;
  GtkLabel *sentence;
  GtkLabel *label_title;
  GtkEntry *label;
  GtkButton *burn;
};

G_DEFINE_FINAL_TYPE (SolcoFoot, solco_foot, GTK_TYPE_BOX)

static GtkWidget *
make_legend_item (LegendItem *item, const char *css_class)
{
  GtkWidget *swatch = g_object_new (GTK_TYPE_BOX, "css-name", "swatch", "valign", GTK_ALIGN_CENTER,
                                    "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  item->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (swatch, css_class);
  gtk_box_append (GTK_BOX (item->box), swatch);
  item->name = gtk_label_new (NULL);
  gtk_widget_add_css_class (item->name, "caption");
  gtk_widget_add_css_class (item->name, "secondary");
  gtk_box_append (GTK_BOX (item->box), item->name);
  item->size = gtk_label_new (NULL);
  gtk_widget_add_css_class (item->size, "caption");
  gtk_widget_add_css_class (item->size, "tabular");
  gtk_box_append (GTK_BOX (item->box), item->size);
  return item->box;
}

static void
make_legend (SolcoFoot *self)
{
  static const char *const css_classes[N_LEGEND_ITEMS]
      = { "older", "staged", "overhead", "over", "closed", "free" };

  for (guint i = 0; i < N_LEGEND_ITEMS; i++)
    solco_wrap_append (self->legend, make_legend_item (&self->items[i], css_classes[i]));
}

/* Shows an item, or hides it where there is nothing of its kind. */
static void
set_legend_item (SolcoFoot *self, LegendPart part, const char *name, gint64 blocks,
                 const char *tooltip)
{
  LegendItem *item = &self->items[part];
  g_autofree char *size = NULL;

  gtk_widget_set_visible (item->box, blocks > 0);
  if (blocks <= 0)
    return;
  size = solco_text_size_dup_blocks (blocks);
  gtk_label_set_text (GTK_LABEL (item->name), name);
  gtk_label_set_text (GTK_LABEL (item->size), size);
  gtk_widget_set_tooltip_text (item->box, tooltip);
}

static void
update_legend (SolcoFoot *self, const SolcoCapacityShares *shares, guint n_sessions,
               SolcoProfile profile)
{
  g_autofree char *older = solco_text_legend_dup_older (n_sessions);
  g_autofree char *session = solco_text_legend_dup_session (n_sessions + 1);
  g_autofree char *hint = solco_text_capacity_dup_overhead_hint (profile);
  /* Translators: what closing a session costs, where there is little room */
  const char *overhead = self->mode == SOLCO_LAYOUT_WIDE ? solco_text_legend_get_overhead ()
                                                         : C_ ("legend", "Overhead");

  set_legend_item (self, LEGEND_OLDER, older, n_sessions > 0 ? shares->older_blocks : 0, NULL);
  set_legend_item (self, LEGEND_STAGED, session, shares->staged_blocks, NULL);
  set_legend_item (self, LEGEND_OVERHEAD, overhead, shares->overhead_blocks, hint);
  set_legend_item (self, LEGEND_OVER, solco_text_legend_get_over (), shares->over_blocks, NULL);
  set_legend_item (self, LEGEND_CLOSED, solco_text_legend_get_closed (shares->has_to_be_mended),
                   shares->is_closed ? shares->free_blocks : 0, NULL);
  set_legend_item (self, LEGEND_FREE, solco_text_legend_get_free (),
                   shares->is_closed ? 0 : shares->free_blocks, NULL);
}

/* Without a disc nothing can be said of room, only of what is staged. */
static char *
dup_staged_sentence (SolcoFoot *self)
{
  const SolcoTotals *totals = solco_project_get_totals (self->project);
  g_autofree char *size = solco_text_size_dup (totals->n_new_bytes);

  if (totals->n_new_files == 0)
    return g_strdup (_ ("Choose a recorder or an image file to see how much room there is."));
  /* Translators: the number of files, and their size */
  return g_strdup_printf (ngettext ("%lu file, %s, is staged.", "%lu files, %s, are staged.",
                                    (gulong) totals->n_new_files),
                          (gulong) totals->n_new_files, size);
}

static void
update_figures (SolcoFoot *self)
{
  const SolcoCapacityInput *input = solco_controller_get_capacity_input (self->controller);
  const SolcoCapacity *capacity = solco_controller_get_capacity (self->controller);
  const gboolean is_exact = solco_controller_is_capacity_exact (self->controller);
  const SolcoDiscMasterState state = solco_controller_get_state (self->controller);
  const SolcoMedium *medium
      = state == SOLCO_DISC_MASTER_DISC_AWAY || state == SOLCO_DISC_MASTER_WRONG_DISC
            ? solco_controller_get_expected_medium (self->controller)
            : solco_controller_get_medium (self->controller);
  g_autofree char *sentence = NULL;
  SolcoCapacityShares shares;
  gboolean is_over;

  solco_capacity_bar_set (self->bar, medium, input, capacity, is_exact);
  solco_capacity_shares_compute (&shares, medium, input, capacity);
  update_legend (self, &shares, input->n_sessions, input->profile);
  is_over = shares.over_blocks > 0;
  if (medium == NULL || medium->state == SOLCO_MEDIUM_NONE)
    sentence = dup_staged_sentence (self);
  else
    sentence = solco_text_capacity_dup_sentence (
        input, capacity,
        SOLCO_TEXT_MARKUP | SOLCO_TEXT_ISOLATE | (is_exact ? 0 : SOLCO_TEXT_ESTIMATE));
  gtk_label_set_markup (self->sentence, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->warning), is_over);
}

static void
update_label_hint (SolcoFoot *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->label));
  const char *label = *text != '\0' ? text : solco_project_get_label (self->project);
  g_autofree char *iso = solco_label_get_iso (label);
  g_autofree char *joliet = solco_label_get_joliet (label);
  /* Translators: two names of the same disc in two file systems */
  g_autofree char *hint = g_strdup_printf (_ ("ISO 9660 keeps “%s”, Joliet keeps “%s”."), iso,
                                           joliet);
  const gboolean is_cut
      = !g_str_equal (joliet, label) || g_utf8_strlen (label, -1) > SOLCO_ISO_LABEL_MAX;

  gtk_widget_set_tooltip_text (GTK_WIDGET (self->label), hint);
  gtk_entry_set_icon_from_icon_name (self->label, GTK_ENTRY_ICON_SECONDARY,
                                     is_cut ? "help-about-symbolic" : NULL);
  gtk_entry_set_icon_activatable (self->label, GTK_ENTRY_ICON_SECONDARY, FALSE);
  if (is_cut)
    gtk_entry_set_icon_tooltip_text (self->label, GTK_ENTRY_ICON_SECONDARY, hint);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->label),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, hint, -1);
}

static void
show_label (SolcoFoot *self)
{
  const char *label = solco_project_get_label (self->project);

  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->label)), label))
    {
      self->is_setting_label = TRUE;
      gtk_editable_set_text (GTK_EDITABLE (self->label), label);
      self->is_setting_label = FALSE;
    }
  update_label_hint (self);
}

static void
on_label_changed (SolcoFoot *self)
{
  if (!self->is_setting_label && self->project != NULL)
    update_label_hint (self);
}

/* Enter, or the focus goes elsewhere. */
static void
on_label_done (SolcoFoot *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->label));

  if (self->project == NULL)
    return;
  if (!g_str_equal (text, solco_project_get_label (self->project)))
    solco_project_set_label (self->project, text);
  show_label (self);
}

static void
on_project (SolcoFoot *self)
{
  if (self->project != NULL)
    g_signal_handlers_disconnect_by_data (self->project, self);
  g_set_object (&self->project, solco_controller_get_project (self->controller));
  g_signal_connect_swapped (self->project, "notify::label", G_CALLBACK (show_label), self);
  show_label (self);
}

static void
on_status (SolcoFoot *self)
{
  const SolcoDiscMasterState state = solco_controller_get_state (self->controller);
  const gboolean can_burn = solco_controller_check_burn (self->controller, NULL);
  const gboolean takes_label = state != SOLCO_DISC_MASTER_NOT_WRITABLE;

  gtk_widget_set_sensitive (GTK_WIDGET (self->label), takes_label);
  if (can_burn)
    gtk_widget_add_css_class (GTK_WIDGET (self->burn), "suggested-action");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->burn), "suggested-action");
}

static void
solco_foot_dispose (GObject *object)
{
  SolcoFoot *self = SOLCO_FOOT (object);

  if (self->project != NULL)
    g_signal_handlers_disconnect_by_data (self->project, self);
  if (self->controller != NULL)
    g_signal_handlers_disconnect_by_data (self->controller, self);
  g_clear_object (&self->project);
  g_clear_object (&self->controller);
  G_OBJECT_CLASS (solco_foot_parent_class)->dispose (object);
}

static void
solco_foot_class_init (SolcoFootClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = solco_foot_dispose;
  g_type_ensure (SOLCO_TYPE_CAPACITY_BAR);
  g_type_ensure (SOLCO_TYPE_COLUMN);
  g_type_ensure (SOLCO_TYPE_SHRINK);
  g_type_ensure (SOLCO_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/solco/Solco/foot.ui");
  gtk_widget_class_bind_template_child (widget_class, SolcoFoot, bar);
  gtk_widget_class_bind_template_child (widget_class, SolcoFoot, legend);
  gtk_widget_class_bind_template_child (widget_class, SolcoFoot, details);
  gtk_widget_class_bind_template_child (widget_class, SolcoFoot, warning);
  gtk_widget_class_bind_template_child (widget_class, SolcoFoot, sentence);
  gtk_widget_class_bind_template_child (widget_class, SolcoFoot, label_title);
  gtk_widget_class_bind_template_child (widget_class, SolcoFoot, label);
  gtk_widget_class_bind_template_child (widget_class, SolcoFoot, burn);
  gtk_widget_class_bind_template_callback (widget_class, on_label_done);
  gtk_widget_class_bind_template_callback (widget_class, on_label_changed);
}

static void
solco_foot_init (SolcoFoot *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  make_legend (self);
}

/**
 * solco_foot_set_controller:
 * @self: a foot
 * @controller: what it shows; set once
 */
void
solco_foot_set_controller (SolcoFoot *self, SolcoController *controller)
{
  g_return_if_fail (SOLCO_IS_FOOT (self) && self->controller == NULL);

  self->controller = g_object_ref (controller);
  g_signal_connect_swapped (controller, "notify::project", G_CALLBACK (on_project), self);
  g_signal_connect_swapped (controller, "capacity-changed", G_CALLBACK (update_figures), self);
  g_signal_connect_swapped (controller, "status-changed", G_CALLBACK (on_status), self);
  on_project (self);
  update_figures (self);
  on_status (self);
}

/**
 * solco_foot_set_mode:
 * @self: a foot
 * @mode: how much room there is
 */
void
solco_foot_set_mode (SolcoFoot *self, SolcoLayoutMode mode)
{
  const gboolean is_wide = mode == SOLCO_LAYOUT_WIDE;

  g_return_if_fail (SOLCO_IS_FOOT (self));

  self->mode = mode;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->details),
                                  is_wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (self->details, is_wide ? 24 : 12);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), !is_wide);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->label),
                                is_wide ? LABEL_CHARS : LABEL_CHARS_MIN);
  /* The foot keeps its height when the sentence takes one line less. */
  gtk_label_set_lines (self->sentence, is_wide ? -1 : 2);
  gtk_widget_set_size_request (GTK_WIDGET (self->sentence), -1, is_wide ? -1 : 36);
  solco_wrap_set_max_columns (self->legend, is_wide ? N_LEGEND_ITEMS : LEGEND_COLUMNS_NARROW);
  gtk_widget_set_visible (GTK_WIDGET (self->burn), mode == SOLCO_LAYOUT_COMPACT);
  if (self->controller != NULL)
    update_figures (self);
}
