/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine-fixture.h"
#include "vr-drive.h"

/* The engine on the virtual recorder, inside of this process. */
typedef struct
{
  EngineFixture engine;
  VrDrive *drive;
} RecorderFixture;

/* @data: name of the medium, as in solco-virtual-recorder --medium. */
void recorder_fixture_set_up (RecorderFixture *fixture, gconstpointer data);
void recorder_fixture_tear_down (RecorderFixture *fixture, gconstpointer data);

/* Takes out what is in and puts a new blank medium in. 0 blocks: its real capacity. */
void recorder_fixture_insert (RecorderFixture *fixture, const char *kind,
                              guint32 capacity_blocks);
/* Random files: @n_files of @file_bytes in the folder @name. */
void recorder_fixture_add_files (RecorderFixture *fixture, const char *name, guint n_files,
                                 gsize file_bytes);
/* What is in, read anew; the caller unrefs. */
SolcoMedium *recorder_fixture_read (RecorderFixture *fixture);
/* Extracts the newest session and compares it with a local folder. */
void recorder_fixture_assert_same (RecorderFixture *fixture, const char *folder);
