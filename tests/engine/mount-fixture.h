/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* Gives this process a mount table of its own; before any thread is made. NULL, or why it cannot be. */
const char *mount_fixture_enter (void);
/* A program with its working directory in @folder, which uses it until it is let go. */
GSubprocess *mount_fixture_hold (const char *folder, const char *command);
void mount_fixture_let_go (GSubprocess *holder);
/* Whether @path is where something is mounted. */
gboolean mount_fixture_is_mounted (const char *path);
