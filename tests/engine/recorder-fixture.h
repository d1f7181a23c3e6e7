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
/* Without a medium. */
void recorder_fixture_set_up_empty (RecorderFixture *fixture, gconstpointer data);
void recorder_fixture_tear_down (RecorderFixture *fixture, gconstpointer data);

/* Takes out what is in and puts a new blank medium in. 0 blocks: its real capacity. */
void recorder_fixture_insert (RecorderFixture *fixture, const char *kind,
                              guint32 capacity_blocks);
/* The same with a medium that is kept in a file of the fixture's folder, and comes out of it where
 * it is there already. A pressed disc is made of an image file. */
void recorder_fixture_insert_file (RecorderFixture *fixture, const char *kind,
                                   guint32 capacity_blocks, const char *name);
/* A disc that is kept in "disc.vr", with the files of the folder "one" in one session called "Photos";
 * "two" is for the next one, and "both" is what the disc shows then. */
void recorder_fixture_make_disc (RecorderFixture *fixture, const char *kind,
                                 guint32 capacity_blocks);
/* Takes the medium out; a file then holds it as it is. */
void recorder_fixture_take_out (RecorderFixture *fixture);
/* Something that will go wrong, as in solco-virtual-recorder --fault. */
void recorder_fixture_break (RecorderFixture *fixture, const char *spec);
/* Ends all faults; a drive that was unplugged is plugged in again. */
void recorder_fixture_repair (RecorderFixture *fixture);
guint recorder_fixture_count_threads (void);
/* The drive can be opened exclusively, and there are not more threads than before. */
void recorder_fixture_assert_released (RecorderFixture *fixture, guint n_threads);
/* All that is on the medium that is in, and is kept in the file @name: its tracks, and a checksum of
 * its data. */
char *recorder_fixture_describe (RecorderFixture *fixture, const char *name);

/* Random files: @n_files of @file_bytes in the folder @name. */
void recorder_fixture_add_files (RecorderFixture *fixture, const char *name, guint n_files,
                                 gsize file_bytes);
/* What is in, read anew; the caller unrefs. */
SolcoMedium *recorder_fixture_read (RecorderFixture *fixture);
/* Extracts the newest session and compares it with a local folder. */
void recorder_fixture_assert_same (RecorderFixture *fixture, const char *folder);
/* The same with any session. */
void recorder_fixture_assert_session (RecorderFixture *fixture, guint session,
                                      const char *folder);
