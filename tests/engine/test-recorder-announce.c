/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever may have changed the disc makes the system look at it again, and nothing else does. There is
 * no UDisks behind the bus of this program, so that each attempt to reach it is in the log. */
#include "recorder-fixture.h"

#define BLOCKS 70000

typedef SolcoRequest *(*MakeFunc) (RecorderFixture *fixture);

typedef struct
{
  const char *name;
  const char *kind;
  MakeFunc make;
  const char *fault; /* or NULL */
  gboolean is_cancelled; /* when it writes */
  gboolean is_told;
} Case;

static SolcoRequest *
make_burn_with (RecorderFixture *fixture, gboolean simulate, gboolean eject)
{
  g_autoptr (SolcoPlan) plan = engine_fixture_plan (&fixture->engine, "two", "Photos");

  plan->simulate = simulate;
  plan->eject = eject;
  return solco_request_new_burn (plan);
}

static SolcoRequest *
make_burn (RecorderFixture *fixture)
{
  return make_burn_with (fixture, FALSE, FALSE);
}

static SolcoRequest *
make_ejecting_burn (RecorderFixture *fixture)
{
  return make_burn_with (fixture, FALSE, TRUE);
}

static SolcoRequest *
make_simulation (RecorderFixture *fixture)
{
  return make_burn_with (fixture, TRUE, FALSE);
}

static SolcoRequest *
make_erase (RecorderFixture *fixture)
{
  return solco_request_new_erase (fixture->engine.target, SOLCO_ERASE_FULL, NULL);
}

static SolcoRequest *
make_verify (RecorderFixture *fixture)
{
  return solco_request_new_verify (fixture->engine.target, 0, SOLCO_VERIFY_FULL, NULL);
}

/* Of a disc whose last burn was cut off. */
static SolcoRequest *
make_mend (RecorderFixture *fixture)
{
  recorder_fixture_break (fixture, "power-loss,after=20");
  engine_fixture_run_badly (&fixture->engine, make_burn (fixture), SOLCO_ERROR_DEVICE_GONE);
  recorder_fixture_repair (fixture);
  recorder_fixture_insert_file (fixture, "cd-r-80", BLOCKS, "disc.vr");
  return solco_request_new_mend (fixture->engine.target);
}

static void
on_phase (SolcoJob *job, int phase, const Case *data)
{
  if (data->is_cancelled && phase == SOLCO_PHASE_WRITE)
    solco_job_cancel (job);
}

static void
test_case (RecorderFixture *fixture, gconstpointer user_data)
{
  const Case *data = user_data;
  g_autoptr (SolcoRequest) request = NULL;
  g_autoptr (SolcoJob) job = NULL;

  recorder_fixture_make_disc (fixture, data->kind, BLOCKS);
  request = data->make (fixture);
  if (data->fault != NULL)
    recorder_fixture_break (fixture, data->fault);
  /* So slow that a cancel comes in time. */
  vr_drive_set_time_scale (fixture->drive, data->is_cancelled ? 5 : 1000);
  job = solco_engine_submit (fixture->engine.engine, request);
  g_signal_connect (job, "phase", G_CALLBACK (on_phase), (gpointer) data);
  while (!solco_job_is_finished (job))
    g_main_context_iteration (NULL, TRUE);
  g_test_message ("%s", solco_job_get_log (job));
  g_assert_cmpint (solco_job_get_state (job), ==,
                   data->is_cancelled    ? SOLCO_JOB_CANCELLED
                   : data->fault != NULL ? SOLCO_JOB_FAILED
                                         : SOLCO_JOB_SUCCEEDED);
  if (data->is_told)
    g_assert_nonnull (strstr (solco_job_get_log (job), "The desktop was not told"));
  else
    g_assert_null (strstr (solco_job_get_log (job), "The desktop was not told"));
}

static const Case cases[] = {
  { "burn", "cd-r-80", make_burn, NULL, FALSE, TRUE },
  { "burn/write-error", "cd-r-80", make_burn, "sense=3/0c/00,op=write,after=20", FALSE, TRUE },
  { "burn/close-error", "dvd+r", make_burn, "sense=3/73/03,op=close,times=always", FALSE, TRUE },
  { "burn/cancelled", "cd-r-80", make_burn, NULL, TRUE, TRUE },
  { "burn/not-begun", "cd-r-80", make_burn, "no-access", FALSE, FALSE },
  { "burn/simulated", "cd-r-80", make_simulation, NULL, FALSE, FALSE },
  /* Whoever looked would close the tray. */
  { "burn/ejected", "cd-r-80", make_ejecting_burn, NULL, FALSE, FALSE },
  { "erase", "cd-rw-80", make_erase, NULL, FALSE, TRUE },
  { "erase/failed", "cd-rw-80", make_erase, "sense=3/0c/00,op=blank", FALSE, TRUE },
  { "mend", "cd-r-80", make_mend, NULL, FALSE, TRUE },
  { "mend/failed", "cd-r-80", make_mend, "sense=3/73/03,op=close,times=always", FALSE, TRUE },
  { "verify", "cd-r-80", make_verify, NULL, FALSE, FALSE },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/recorder/announce/", cases[i].name, NULL);

      g_test_add (path, RecorderFixture, &cases[i], recorder_fixture_set_up_empty, test_case,
                  recorder_fixture_tear_down);
    }
  return g_test_run ();
}
