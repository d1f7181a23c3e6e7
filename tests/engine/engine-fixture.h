/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "solco-engine.h"
#include "solco-error.h"

/* A folder of its own for each test, an engine, and an image file in that folder. */
typedef struct
{
  SolcoEngine *engine;
  char *folder;
  char *image_path;
  SolcoTarget *target;
} EngineFixture;

void engine_fixture_set_up (EngineFixture *fixture, gconstpointer data);
void engine_fixture_tear_down (EngineFixture *fixture, gconstpointer data);

/* Runs a request to its end, takes the request. */
SolcoJob *engine_fixture_run (EngineFixture *fixture, SolcoRequest *request);
/* The same, and it must succeed; the message of the error is printed where it does not. */
SolcoJob *engine_fixture_run_well (EngineFixture *fixture, SolcoRequest *request);
/* The same, and it must fail with that code of SOLCO_ERROR. */
void engine_fixture_run_badly (EngineFixture *fixture, SolcoRequest *request, SolcoError code);

/* A file below the fixture's folder, folders above it made. */
void engine_fixture_write (EngineFixture *fixture, const char *path, const char *content,
                           gssize length);
char *engine_fixture_path (EngineFixture *fixture, const char *path);

/* A plan that puts the content of a local folder over the tree of the disc that is in. */
SolcoPlan *engine_fixture_plan (EngineFixture *fixture, const char *source_folder,
                                const char *label);
/* A plan for a blank disc. */
SolcoPlan *engine_fixture_plan_new (EngineFixture *fixture, const char *source_folder,
                                    const char *label);
/* Burns it; @verify full. */
SolcoJob *engine_fixture_burn (EngineFixture *fixture, const char *source_folder,
                               const char *label);

/* Runs a program of the system with the fixture's folder as the working directory; it must exit
 * with 0. Returns its standard output. */
char *engine_fixture_spawn (EngineFixture *fixture, const char *command_line);
/* The same, where the output does not matter. */
void engine_fixture_do (EngineFixture *fixture, const char *command_line);
char *engine_fixture_checksum_image (EngineFixture *fixture);
