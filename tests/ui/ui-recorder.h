/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/ui-fixture.h"
#include "vr-drive.h"

G_BEGIN_DECLS

/* A window beside a recorder, which is the virtual one inside of this process. */
typedef struct
{
  UiFixture ui;
  VrDrive *drive;
  gboolean is_asked; /* "wrong-disc" was emitted */
  gboolean is_ready; /* "disc-ready" was emitted */
} UiRecorder;

/* Without a disc, and not selected. */
void ui_recorder_set_up (UiRecorder *fixture, gconstpointer data);
void ui_recorder_tear_down (UiRecorder *fixture, gconstpointer data);

/* A hand puts the CD-R that is kept in the file @name into the drive, and closes the tray; whatever was
 * wrong with the drive is well again. Selects the drive if none is selected, and waits until the disc is
 * read. */
void ui_recorder_insert (UiRecorder *fixture, const char *name);
/* Something that will go wrong, as in solco-virtual-recorder --fault. */
void ui_recorder_break (UiRecorder *fixture, const char *fault);

G_END_DECLS
