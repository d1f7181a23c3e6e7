/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "solco-dialogs.h"
#include "solco-option-row.h"

#define SOLCO_TYPE_PREFERENCES (solco_preferences_get_type ())
G_DECLARE_FINAL_TYPE (SolcoPreferences, solco_preferences, SOLCO, PREFERENCES, GtkWindow)

struct _SolcoPreferences
{
  GtkWindow parent_instance;

  GtkSwitch *verify_switch;
  GtkSwitch *eject_switch;
  GtkSwitch *manifest_switch;
  GtkSwitch *hidden_switch;
  GtkDropDown *symlinks_drop_down;
  GtkDropDown *conflict_drop_down;
};

G_DEFINE_FINAL_TYPE (SolcoPreferences, solco_preferences, GTK_TYPE_WINDOW)

/* In the order of the values of SolcoSymlinkPolicy and SolcoConflictPolicy, which the schema
 * repeats. */
static const char *const symlink_names[] = {
  NC_ ("symbolic links", "Keep as links"),
  NC_ ("symbolic links", "Take what they point to"),
  NC_ ("symbolic links", "Leave out"),
  NULL,
};
static const char *const conflict_names[] = {
  NC_ ("name is taken", "Ask"),
  NC_ ("name is taken", "Replace"),
  NC_ ("name is taken", "Keep the old one"),
  NC_ ("name is taken", "Add a number"),
  NULL,
};

static gboolean
get_enum (GValue *value, GVariant *variant, gpointer user_data)
{
  GSettingsSchemaKey *key = user_data;
  g_autoptr (GVariant) range = g_settings_schema_key_get_range (key);
  g_autoptr (GVariant) inner = NULL;
  g_autofree const char **nicks = NULL;
  gsize n_nicks;

  g_variant_get (range, "(sv)", NULL, &inner);
  nicks = g_variant_get_strv (inner, &n_nicks);
  for (gsize i = 0; i < n_nicks; i++)
    if (g_str_equal (nicks[i], g_variant_get_string (variant, NULL)))
      g_value_set_uint (value, (guint) i);
  return TRUE;
}

static GVariant *
set_enum (const GValue *value, const GVariantType *type, gpointer user_data)
{
  GSettingsSchemaKey *key = user_data;
  g_autoptr (GVariant) range = g_settings_schema_key_get_range (key);
  g_autoptr (GVariant) inner = NULL;
  g_autofree const char **nicks = NULL;
  gsize n_nicks;
  const guint index = g_value_get_uint (value);

  g_variant_get (range, "(sv)", NULL, &inner);
  nicks = g_variant_get_strv (inner, &n_nicks);
  return index < n_nicks ? g_variant_new_string (nicks[index]) : NULL;
}

static void
bind_enum (GSettings *settings, const char *name, GtkDropDown *drop_down, const char *context,
           const char *const *names)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (const char *const *each = names; *each != NULL; each++)
    gtk_string_list_append (list, g_dpgettext2 (GETTEXT_PACKAGE, context, *each));
  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (list));
  g_object_get (settings, "settings-schema", &schema, NULL);
  g_settings_bind_with_mapping (settings, name, drop_down, "selected", G_SETTINGS_BIND_DEFAULT,
                                get_enum, set_enum, g_settings_schema_get_key (schema, name),
                                (GDestroyNotify) g_settings_schema_key_unref);
}

static void
solco_preferences_class_init (SolcoPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SOLCO_TYPE_OPTION_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/solco/Solco/preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, SolcoPreferences, verify_switch);
  gtk_widget_class_bind_template_child (widget_class, SolcoPreferences, eject_switch);
  gtk_widget_class_bind_template_child (widget_class, SolcoPreferences, manifest_switch);
  gtk_widget_class_bind_template_child (widget_class, SolcoPreferences, hidden_switch);
  gtk_widget_class_bind_template_child (widget_class, SolcoPreferences, symlinks_drop_down);
  gtk_widget_class_bind_template_child (widget_class, SolcoPreferences, conflict_drop_down);
}

static void
solco_preferences_init (SolcoPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * solco_preferences_present:
 * @parent: (nullable): window over which it opens
 * @controller: whose settings are shown
 *
 * What is changed holds at once, and for what is added or burned from then on. Main thread.
 */
void
solco_preferences_present (GtkWindow *parent, SolcoController *controller)
{
  g_return_if_fail (SOLCO_IS_CONTROLLER (controller));

  SolcoPreferences *self = g_object_new (SOLCO_TYPE_PREFERENCES, "transient-for", parent, NULL);
  GSettings *settings = solco_controller_get_settings (controller);

  g_settings_bind (settings, "verify", self->verify_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "eject", self->eject_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "manifest", self->manifest_switch, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "skip-hidden", self->hidden_switch, "active",
                   G_SETTINGS_BIND_DEFAULT);
  bind_enum (settings, "symlinks", self->symlinks_drop_down, "symbolic links", symlink_names);
  bind_enum (settings, "conflict-policy", self->conflict_drop_down, "name is taken",
             conflict_names);
  solco_dialog_present (GTK_WIDGET (self));
}
