/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "config.h"
#include "solco-cli-exit.h"
#include "solco-cli-json.h"
#include "solco-cli-output.h"
#include "solco-cli.h"

/* The options could not be read, so that --json is looked for by hand. */
static gboolean
wants_json (int argc, char **argv)
{
  int i;

  for (i = 1; i < argc && strcmp (argv[i], "--") != 0; i++)
    if (strcmp (argv[i], "--json") == 0 || strcmp (argv[i], "-j") == 0)
      return TRUE;
  return FALSE;
}

static int
fail_usage (int argc, char **argv, const GError *error)
{
  if (wants_json (argc, argv))
    {
      g_autoptr (JsonObject) object = json_object_new ();
      g_autofree char *text = NULL;

      solco_cli_json_add_error (object, error, error->message);
      text = solco_cli_json_to_text (object);
      g_print ("%s\n", text);
    }
  else
    g_printerr ("solco-cli: %s\n", error->message);
  return solco_cli_exit_for_error (error);
}

/* With a standard stream closed, the next file that is opened gets its number: the disc image
 * would take the place of standard output. What is written to such a stream fails instead. */
static gboolean
occupy_standard_streams (void)
{
  int fd;

  do
    {
      fd = open ("/dev/null", O_RDONLY);
      if (fd < 0)
        return FALSE;
    }
  while (fd <= STDERR_FILENO);
  return close (fd) == 0;
}

static int
run (int argc, char **argv)
{
  g_autoptr (SolcoCliOptions) options = NULL;
  g_autoptr (GError) error = NULL;

  if (argc == 2 && (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h")))
    {
      g_autofree char *overview = solco_cli_options_dup_overview ();

      g_print ("%s", overview);
      return SOLCO_CLI_EXIT_SUCCESS;
    }
  if (argc == 2 && g_str_equal (argv[1], "--version"))
    {
      g_print ("solco-cli %s\n", SOLCO_VERSION);
      return SOLCO_CLI_EXIT_SUCCESS;
    }
  options = solco_cli_options_parse (argc, argv, &error);
  if (options == NULL)
    return fail_usage (argc, argv, error);
  return solco_cli_run (options);
}

int
main (int argc, char **argv)
{
  int exit_code;

  if (!occupy_standard_streams ())
    return SOLCO_CLI_EXIT_OUTPUT;
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, SOLCO_LOCALE_DIR);
  /* All output is UTF-8, see solco-cli-output.h. */
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  solco_cli_output_init ();
  /* A closed pipe is an error of writing, not the end of a burn. */
  signal (SIGPIPE, SIG_IGN);

  exit_code = run (argc, argv);
  if (!solco_cli_output_flush () && exit_code == SOLCO_CLI_EXIT_SUCCESS)
    exit_code = SOLCO_CLI_EXIT_OUTPUT;
  return exit_code;
}
