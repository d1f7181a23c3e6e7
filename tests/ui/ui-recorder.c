/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-recorder.h"

#include "vr-inprocess.h"

#define NODE "/dev/sr0"
#define BLOCKS 140000
#define SLEEP_DIVISOR 100
#define TIME_SCALE 1000

static void
on_wrong_disc (UiRecorder *fixture)
{
  fixture->is_asked = TRUE;
}

static void
on_disc_ready (UiRecorder *fixture)
{
  fixture->is_ready = TRUE;
}

void
ui_recorder_set_up (UiRecorder *fixture, gconstpointer data)
{
  ui_fixture_set_up (&fixture->ui, NULL);
  fixture->drive = vr_drive_new ("SOLCO", "VIRTUAL", "0001");
  vr_drive_set_time_scale (fixture->drive, TIME_SCALE);
  vr_inprocess_set_sleep_divisor (SLEEP_DIVISOR);
  g_assert_true (vr_inprocess_attach (fixture->drive, NODE));
  g_signal_connect_swapped (fixture->ui.controller, "wrong-disc", G_CALLBACK (on_wrong_disc),
                            fixture);
  g_signal_connect_swapped (fixture->ui.controller, "disc-ready", G_CALLBACK (on_disc_ready),
                            fixture);
}

void
ui_recorder_tear_down (UiRecorder *fixture, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (fixture->ui.controller, fixture);
  ui_fixture_tear_down (&fixture->ui, NULL);
  vr_inprocess_detach (fixture->drive);
  vr_drive_free (fixture->drive);
}

void
ui_recorder_break (UiRecorder *fixture, const char *fault)
{
  g_autoptr (GError) error = NULL;

  vr_drive_add_fault (fixture->drive, fault, &error);
  g_assert_no_error (error);
}

/* What udev would tell is told here. */
void
ui_recorder_insert (UiRecorder *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->ui.folder, name, NULL);
  g_autoptr (GError) error = NULL;
  VrMedium *medium;

  vr_drive_clear_faults (fixture->drive);
  vr_drive_set_gone (fixture->drive, FALSE);
  vr_medium_free (vr_drive_remove (fixture->drive));
  medium = vr_medium_new (VR_KIND_CD_R_80, BLOCKS, path, &error);
  g_assert_no_error (error);
  g_assert_true (vr_drive_insert (fixture->drive, medium, &error));
  g_assert_no_error (error);
  if (solco_controller_get_target (fixture->ui.controller) == NULL)
    solco_controller_select_address (fixture->ui.controller, NODE);
  else
    solco_controller_read_disc (fixture->ui.controller);
  ui_settle (&fixture->ui);
}
