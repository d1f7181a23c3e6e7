/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/solco-controller.h"
#include "app/solco-window.h"

G_BEGIN_DECLS

/* A window with its controller over a folder of its own, for tests in the process. */
typedef struct
{
  char *folder;
  SolcoController *controller;
  GtkWindow *window;
} UiFixture;

/* Prints a TAP line and returns FALSE where there is no display. */
gboolean ui_init (int *argc, char ***argv);
/* A file, or a folder with all in it. */
void ui_delete_all (const char *path);
void ui_fixture_set_up (UiFixture *self, gconstpointer data);
void ui_fixture_tear_down (UiFixture *self, gconstpointer data);

/* Selects an image file in the folder, which stands for a CD of 700 MB, and waits for it. */
void ui_select_image (UiFixture *self, const char *name);
/* A file of @n_bytes in the folder; g_free(). */
char *ui_make_file (UiFixture *self, const char *path, gsize n_bytes);
/* Emits "drop" as GTK does, over the middle of the pane. @paths: NULL-terminated. */
void ui_drop (UiFixture *self, const char *const *paths);
/* The same in two steps: what GDK does before the drop, and the drop itself, which takes @list. */
GdkFileList *ui_make_file_list (const char *const *paths);
void ui_drop_list (UiFixture *self, GdkFileList *list);
/* Makes a file in the folder, drops it, and waits until it is staged. */
void ui_stage (UiFixture *self, const char *name, gsize n_bytes);
/* Burns the stage: returns as soon as there is a job. */
void ui_begin_burn (UiFixture *self);
/* Waits for the end of the job, which has to be a good one, and leaves its page. */
void ui_end_job (UiFixture *self);
/* For ui_wait_until(): @data is the fixture; the job of its window has ended. */
gboolean ui_job_is_finished (gpointer data);
void ui_wait_until (gboolean (*test) (gpointer data), gpointer data);
void ui_wait_ms (guint ms);
/* Until nothing is read, added, or waits to be shown. */
void ui_settle (UiFixture *self);
void ui_set_size (UiFixture *self, int width, int height);

/* Whether a label that is not hidden, here or below, holds the text. */
gboolean ui_has_text (GtkWidget *root, const char *text);
/* The window of a type that is open; NULL: none is. */
GtkWidget *ui_find_window (GType type);
/* The first descendant of a type, or with a style class, or with an own CSS name. */
GtkWidget *ui_find_type (GtkWidget *root, GType type);
GtkWidget *ui_find_class (GtkWidget *root, const char *css_class);
GtkWidget *ui_find_name (GtkWidget *root, const char *css_name, const char *css_class);
/* The first button whose label, underscores included, holds this; NULL: there is none. */
GtkWidget *ui_find_button (GtkWidget *root, const char *label);
/* The control of the row with this title; NULL: the row is not offered. */
GtkWidget *ui_find_control (GtkWidget *root, const char *title);
/* The button has to be there, and one that can be pressed. */
void ui_click (GtkWidget *button);
/* Texts of the rows that the list shows, in order: "name|status"; g_strfreev(). */
char **ui_get_rows (UiFixture *self);
/* What the action of the window can do now. */
gboolean ui_is_enabled (UiFixture *self, const char *action);
void ui_activate (UiFixture *self, const char *action);

G_END_DECLS
