/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-appearance.h"

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define PORTAL_SETTINGS "org.freedesktop.portal.Settings"
#define APPEARANCE "org.freedesktop.appearance"
#define COLOR_SCHEME "color-scheme"
#define PREFER_DARK 1

struct _SolcoAppearance
{
  GObject parent_instance;

  GtkSettings *settings;
  GDBusProxy *portal;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SolcoAppearance, solco_appearance, G_TYPE_OBJECT)

static void
apply_scheme (SolcoAppearance *self, guint32 scheme)
{
  g_object_set (self->settings, "gtk-application-prefer-dark-theme", scheme == PREFER_DARK, NULL);
}

static void
on_portal_signal (SolcoAppearance *self, const char *sender, const char *signal,
                  GVariant *parameters)
{
  const char *group;
  const char *key;
  g_autoptr (GVariant) value = NULL;

  if (g_strcmp0 (signal, "SettingChanged") != 0
      || !g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ssv)")))
    return;
  g_variant_get (parameters, "(&s&sv)", &group, &key, &value);
  if (g_str_equal (group, APPEARANCE) && g_str_equal (key, COLOR_SCHEME)
      && g_variant_is_of_type (value, G_VARIANT_TYPE_UINT32))
    apply_scheme (self, g_variant_get_uint32 (value));
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SolcoAppearance *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);
  g_autoptr (GVariant) value = NULL;

  /* A desktop without the setting, or the program has ended: nothing to follow. */
  if (reply == NULL)
    return;
  g_variant_get (reply, "(v)", &value);
  while (g_variant_is_of_type (value, G_VARIANT_TYPE_VARIANT))
    {
      GVariant *inner = g_variant_get_variant (value);

      g_variant_unref (value);
      value = inner;
    }
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_UINT32))
    apply_scheme (self, g_variant_get_uint32 (value));
}

static void
on_portal (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SolcoAppearance *self;
  g_autoptr (GError) error = NULL;
  GDBusProxy *portal = g_dbus_proxy_new_for_bus_finish (result, &error);

  /* No session bus, or the program has ended. */
  if (portal == NULL)
    return;
  self = user_data;
  self->portal = portal;
  g_signal_connect_object (portal, "g-signal", G_CALLBACK (on_portal_signal), self,
                           G_CONNECT_SWAPPED);
  g_dbus_proxy_call (portal, "Read", g_variant_new ("(ss)", APPEARANCE, COLOR_SCHEME),
                     G_DBUS_CALL_FLAGS_NONE, -1, self->cancellable, on_read, self);
}

static void
solco_appearance_dispose (GObject *object)
{
  SolcoAppearance *self = SOLCO_APPEARANCE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->portal);
  G_OBJECT_CLASS (solco_appearance_parent_class)->dispose (object);
}

static void
solco_appearance_class_init (SolcoAppearanceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = solco_appearance_dispose;
}

static void
solco_appearance_init (SolcoAppearance *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * solco_appearance_new:
 * @display: whose settings are followed
 *
 * Returns: (transfer full): what follows the desktop as long as it lives
 */
SolcoAppearance *
solco_appearance_new (GdkDisplay *display)
{
  SolcoAppearance *self = g_object_new (SOLCO_TYPE_APPEARANCE, NULL);

  self->settings = gtk_settings_get_for_display (display);
  g_dbus_proxy_new_for_bus (G_BUS_TYPE_SESSION,
                            G_DBUS_PROXY_FLAGS_DO_NOT_LOAD_PROPERTIES
                                | G_DBUS_PROXY_FLAGS_DO_NOT_AUTO_START_AT_CONSTRUCTION,
                            NULL, PORTAL_NAME, PORTAL_PATH, PORTAL_SETTINGS, self->cancellable,
                            on_portal, self);
  return self;
}

static void
set_class (GtkWidget *widget, const char *css_class, gboolean is_set)
{
  if (is_set)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

/* GTK takes the theme of the environment before that of the settings. */
static char *
dup_theme (GtkWidget *window)
{
  char *theme = g_strdup (g_getenv ("GTK_THEME"));

  if (theme == NULL)
    g_object_get (gtk_widget_get_settings (window), "gtk-theme-name", &theme, NULL);
  return theme;
}

/* A theme is dark if its text is bright. */
static void
update_classes (GtkWidget *window)
{
  g_autofree char *theme = dup_theme (window);
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (window), &color);
  set_class (window, "dark", .2126f * color.red + .7152f * color.green + .0722f * color.blue > .5f);
  set_class (window, "hc",
             theme != NULL
                 && (g_str_has_prefix (theme, "HighContrast") || strstr (theme, "-hc") != NULL));
}

static gboolean
on_idle (gpointer window)
{
  update_classes (window);
  return G_SOURCE_REMOVE;
}

/* The new colours are known when the style has been computed anew. */
static void
on_theme (GtkWidget *window)
{
  update_classes (window);
  g_idle_add_full (G_PRIORITY_LOW, on_idle, g_object_ref (window), g_object_unref);
}

/**
 * solco_appearance_watch:
 * @self: an appearance
 * @window: a window of the program
 */
void
solco_appearance_watch (SolcoAppearance *self, GtkWidget *window)
{
  g_return_if_fail (SOLCO_IS_APPEARANCE (self) && GTK_IS_WIDGET (window));

  g_signal_connect_object (self->settings, "notify::gtk-theme-name", G_CALLBACK (on_theme), window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "notify::gtk-application-prefer-dark-theme",
                           G_CALLBACK (on_theme), window, G_CONNECT_SWAPPED);
  g_signal_connect (window, "realize", G_CALLBACK (on_theme), NULL);
}
