/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-cli-options.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "solco-cli-exit.h"

typedef struct
{
  SolcoCliVerb verb;
  const char *word;
  const char *parameters;
  const char *summary;
  /* How many arguments beside the options: at least, at most. */
  guint min_paths;
  guint max_paths;
} Command;

static const Command commands[] = {
  { SOLCO_CLI_RECORDERS, "recorders", NULL, N_ ("List the recorders of this machine"), 0, 0 },
  { SOLCO_CLI_INFO, "info", NULL, N_ ("Show what disc is in and what still fits on it"), 0, 0 },
  { SOLCO_CLI_LIST, "list", N_ ("[/ON/DISC…]"), N_ ("List the files of a session"), 0, G_MAXUINT },
  { SOLCO_CLI_PLAN, "plan", N_ ("[PATH…]"),
    N_ ("Show what burn would do with the same options; nothing is written"), 0, G_MAXUINT },
  { SOLCO_CLI_BURN, "burn", N_ ("[PATH…]"),
    N_ ("Burn files and folders as the next session of the disc"), 0, G_MAXUINT },
  { SOLCO_CLI_BURN_IMAGE, "burn-image", N_ ("FILE"),
    N_ ("Write an existing image file to a disc as it is"), 1, 1 },
  { SOLCO_CLI_ERASE, "erase", NULL, N_ ("Erase or format the disc; everything on it is lost"), 0, 0 },
  { SOLCO_CLI_MEND, "mend", NULL,
    N_ ("Mend the damaged head of an image, or close a damaged last track"), 0, 0 },
  { SOLCO_CLI_EJECT, "eject", NULL, N_ ("Eject the disc"), 0, 0 },
  { SOLCO_CLI_EXTRACT, "extract", N_ ("[/ON/DISC…]"),
    N_ ("Copy files of a session out of the disc"), 0, G_MAXUINT },
  { SOLCO_CLI_VERIFY, "verify", N_ ("[PATH…]"),
    N_ ("Read a session back and compare it"), 0, G_MAXUINT },
};

#define ALL_VERBS ((1 << 11) - 1)
#define STAGING (SOLCO_CLI_PLAN | SOLCO_CLI_BURN)
#define WRITING (STAGING | SOLCO_CLI_BURN_IMAGE)
#define SESSION (SOLCO_CLI_LIST | SOLCO_CLI_EXTRACT | SOLCO_CLI_VERIFY)

typedef struct
{
  guint verbs;
  const char *name;
  char letter;
  GOptionArg type;
  gsize offset;
  const char *description;
  const char *argument;
} Option;

#define FIELD(name) G_STRUCT_OFFSET (SolcoCliOptions, name)

/* Every word is taken as it is (a "filename"), never through the locale's character set: names on
 * a disc are UTF-8 whatever the locale says. */
static const Option options_table[] = {
  { ALL_VERBS & ~SOLCO_CLI_RECORDERS, "recorder", 'r', G_OPTION_ARG_FILENAME, FIELD (recorder),
    N_ ("Recorder (/dev/sr0) or image file (stdio:/path/disc.iso)"), N_ ("ADDRESS") },
  { WRITING | SOLCO_CLI_INFO, "size", 0, G_OPTION_ARG_FILENAME, FIELD (size_word),
    N_ ("Size of an image file: cd650, cd700, dvd, dvd-dl, bd25, bd50, bd100, or bytes"),
    N_ ("SIZE") },
  { STAGING | SOLCO_CLI_VERIFY, "map", 'm', G_OPTION_ARG_FILENAME_ARRAY, FIELD (map_words),
    N_ ("Stage LOCAL under this path; write = inside the path as \\="), N_ ("/ON/DISC=LOCAL") },
  { STAGING, "remove", 0, G_OPTION_ARG_FILENAME_ARRAY, FIELD (removes),
    N_ ("Leave this out of the new session"), N_ ("/ON/DISC") },
  { STAGING, "rename", 0, G_OPTION_ARG_FILENAME_ARRAY, FIELD (rename_words),
    N_ ("Give it another name"), N_ ("/ON/DISC=NAME") },
  { STAGING | SOLCO_CLI_VERIFY, "exclude", 'x', G_OPTION_ARG_FILENAME_ARRAY, FIELD (excludes),
    N_ ("Leave out local files with names like this"), N_ ("GLOB") },
  { STAGING, "project", 'p', G_OPTION_ARG_FILENAME, FIELD (project),
    N_ ("Start with what this project file stages"), N_ ("FILE") },
  { STAGING, "label", 'l', G_OPTION_ARG_FILENAME, FIELD (label),
    N_ ("Label of the disc"), N_ ("LABEL") },
  { STAGING, "new", 'n', G_OPTION_ARG_NONE, FIELD (clear),
    N_ ("Start anew: a blank disc is needed, or --erase"), NULL },
  { WRITING, "erase", 0, G_OPTION_ARG_NONE, FIELD (erase),
    N_ ("Start anew, and what is on the disc may be lost"), NULL },
  { STAGING, "mend", 0, G_OPTION_ARG_NONE, FIELD (mend),
    N_ ("Mend a damaged disc first"), NULL },
  { STAGING, "finish", 0, G_OPTION_ARG_NONE, FIELD (finish),
    N_ ("After a burn that failed: mend the disc, and burn only what is not on it yet"), NULL },
  { WRITING, "close", 0, G_OPTION_ARG_NONE, FIELD (close),
    N_ ("Finish the disc: no further session"), NULL },
  { WRITING, "simulate", 0, G_OPTION_ARG_NONE, FIELD (simulate),
    N_ ("Rehearse: nothing is written"), NULL },
  { WRITING, "speed", 's', G_OPTION_ARG_FILENAME, FIELD (speed_word),
    N_ ("Speed: 8x, 1385kB/s, or max"), N_ ("SPEED") },
  { WRITING, "verify", 0, G_OPTION_ARG_FILENAME, FIELD (verify_word),
    N_ ("Check afterwards: none, quick or full"), N_ ("MODE") },
  { WRITING, "eject", 0, G_OPTION_ARG_NONE, FIELD (eject), N_ ("Eject afterwards"), NULL },
  { STAGING, "no-manifest", 0, G_OPTION_ARG_NONE, FIELD (no_manifest),
    N_ ("Write no SHA256SUMS file"), NULL },
  { STAGING, "no-md5", 0, G_OPTION_ARG_NONE, FIELD (no_md5),
    N_ ("Record no MD5 of the session: it can be checked by SHA256SUMS only"), NULL },
  { STAGING, "file-md5", 0, G_OPTION_ARG_NONE, FIELD (file_md5),
    N_ ("Record an MD5 of every file in the file system as well"), NULL },
  { STAGING | SOLCO_CLI_VERIFY, "hidden", 0, G_OPTION_ARG_FILENAME, FIELD (hidden_word),
    N_ ("Hidden files: take (default) or skip"), N_ ("POLICY") },
  { STAGING | SOLCO_CLI_VERIFY, "symlinks", 0, G_OPTION_ARG_FILENAME, FIELD (symlinks_word),
    N_ ("Symbolic links: keep (default), follow or skip"), N_ ("POLICY") },
  { STAGING, "on-conflict", 0, G_OPTION_ARG_FILENAME, FIELD (conflict_word),
    N_ ("When a name is taken: fail, replace, keep or rename"), N_ ("POLICY") },
  { SESSION, "session", 0, G_OPTION_ARG_INT, FIELD (session),
    N_ ("Number of the session; the newest if not given"), N_ ("N") },
  { SOLCO_CLI_ERASE, "mode", 0, G_OPTION_ARG_FILENAME, FIELD (mode_word),
    N_ ("How: fast (default), full or format"), N_ ("MODE") },
  { SOLCO_CLI_VERIFY, "mode", 0, G_OPTION_ARG_FILENAME, FIELD (mode_word),
    N_ ("What: quick, full (default), or originals to compare with PATH and --map"), N_ ("MODE") },
  { SOLCO_CLI_EXTRACT, "to", 't', G_OPTION_ARG_FILENAME, FIELD (directory),
    N_ ("Folder to copy into; made if it is missing"), N_ ("FOLDER") },
  { SOLCO_CLI_EXTRACT, "overwrite", 0, G_OPTION_ARG_NONE, FIELD (overwrite),
    N_ ("Replace files that are there already"), NULL },
  { ALL_VERBS, "json", 'j', G_OPTION_ARG_NONE, FIELD (json),
    N_ ("Print one JSON object, for programs"), NULL },
  { ALL_VERBS, "verbose", 'v', G_OPTION_ARG_NONE, FIELD (verbose),
    N_ ("Print the log on standard error"), NULL },
};

static gboolean
usage_error (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
usage_error (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, format, args);
  va_end (args);
  return FALSE;
}

static void
solco_cli_pair_free (gpointer data)
{
  SolcoCliPair *pair = data;

  g_free (pair->disc_path);
  g_free (pair->value);
  g_free (pair);
}

/* One index of @words, which are in the order of the enumeration. */
static gboolean
parse_word (const char *option, const char *word, const char *const *words, int *value,
            GError **error)
{
  guint i;

  for (i = 0; words[i] != NULL; i++)
    if (g_str_equal (words[i], word))
      {
        *value = i;
        return TRUE;
      }
  {
    g_autofree char *list = g_strjoinv (", ", (char **) words);

    /* Translators: the first %s is an option, the second what the user typed, the third the
     * list of what is understood. */
    return usage_error (error, _ ("%s does not know “%s”. It takes: %s"), option, word, list);
  }
}

/* Absolute, without "." and "..", doubled and closing slashes; NULL and an error if it cannot be. */
static char *
parse_disc_path (const char *option, const char *text, GError **error)
{
  g_auto (GStrv) parts = NULL;
  g_autoptr (GString) path = g_string_new (NULL);
  guint i;

  if (!g_utf8_validate (text, -1, NULL))
    {
      g_autofree char *shown = g_utf8_make_valid (text, -1);

      usage_error (error, _ ("%s: “%s” is not valid UTF-8"), option, shown);
      return NULL;
    }
  if (text[0] != '/')
    {
      usage_error (error, _ ("%s: the path “%s” on the disc has to begin with /"), option, text);
      return NULL;
    }
  parts = g_strsplit (text, "/", -1);
  for (i = 0; parts[i] != NULL; i++)
    {
      if (parts[i][0] == '\0')
        continue;
      if (g_str_equal (parts[i], ".") || g_str_equal (parts[i], ".."))
        {
          usage_error (error, _ ("%s: the path “%s” on the disc must not hold . or .."), option,
                       text);
          return NULL;
        }
      g_string_append_printf (path, "/%s", parts[i]);
    }
  if (path->len == 0)
    g_string_append_c (path, '/');
  return g_strdup (path->str);
}

/* Splits at the first "=" that no backslash stands before; "\=" in the path means "=". */
static SolcoCliPair *
parse_pair (const char *option, const char *text, GError **error)
{
  g_autoptr (GString) left = g_string_new (NULL);
  g_autofree char *disc_path = NULL;
  const char *p;
  SolcoCliPair *pair;

  for (p = text; *p != '\0' && *p != '='; p++)
    {
      if (p[0] == '\\' && p[1] == '=')
        p++;
      g_string_append_c (left, *p);
    }
  if (*p == '\0' || p[1] == '\0')
    {
      g_autofree char *shown = g_utf8_make_valid (text, -1);

      usage_error (error, _ ("%s: “%s” should be of the form /ON/DISC=VALUE"), option, shown);
      return NULL;
    }
  disc_path = parse_disc_path (option, left->str, error);
  if (disc_path == NULL)
    return NULL;
  pair = g_new0 (SolcoCliPair, 1);
  pair->disc_path = g_steal_pointer (&disc_path);
  pair->value = g_strdup (p + 1);
  return pair;
}

static gboolean
parse_pairs (const char *option, char **words, GPtrArray *pairs, GError **error)
{
  guint i;

  for (i = 0; words != NULL && words[i] != NULL; i++)
    {
      SolcoCliPair *pair = parse_pair (option, words[i], error);

      if (pair == NULL)
        return FALSE;
      g_ptr_array_add (pairs, pair);
    }
  return TRUE;
}

static gboolean
parse_disc_paths (const char *option, char **words, GError **error)
{
  guint i;

  for (i = 0; words != NULL && words[i] != NULL; i++)
    {
      char *path = parse_disc_path (option, words[i], error);

      if (path == NULL)
        return FALSE;
      g_free (words[i]);
      words[i] = path;
    }
  return TRUE;
}

/* "8x", "8", "2.4x", "1385kB/s", "max". */
static gboolean
parse_speed (SolcoCliOptions *self, GError **error)
{
  const char *word = self->speed_word;
  char *end = NULL;
  double number;

  if (word == NULL || g_str_equal (word, "max"))
    return TRUE;
  number = g_ascii_strtod (word, &end);
  if (end != word && isfinite (number) && number > 0)
    {
      if (*end == '\0' || g_str_equal (end, "x") || g_str_equal (end, "×"))
        {
          if (number <= 1000)
            {
              self->speed_factor = number;
              return TRUE;
            }
        }
      else if (g_ascii_strcasecmp (end, "kB/s") == 0 || g_ascii_strcasecmp (end, "k") == 0)
        {
          if (number <= 10e6)
            {
              self->speed_kb_per_s = (guint) ceil (number);
              return TRUE;
            }
        }
    }
  return usage_error (error, _ ("--speed does not understand “%s”. It takes 8x, 1385kB/s or max"),
                      word);
}

static gboolean
parse_policies (SolcoCliOptions *self, GError **error)
{
  static const char *const verify_words[] = { "none", "quick", "full", NULL };
  static const char *const verify_modes[] = { "quick", "full", "originals", NULL };
  static const char *const erase_modes[] = { "fast", "full", "format", NULL };
  static const char *const hidden_words[] = { "take", "skip", NULL };
  static const char *const symlinks_words[] = { "keep", "follow", "skip", NULL };
  static const char *const conflict_words[] = { "fail", "replace", "keep", "rename", NULL };
  int value = 0;

  self->verify = self->verb == SOLCO_CLI_BURN_IMAGE || self->verb == SOLCO_CLI_VERIFY
                   ? SOLCO_VERIFY_FULL
                   : SOLCO_VERIFY_NONE;
  if (self->verify_word != NULL)
    {
      if (!parse_word ("--verify", self->verify_word, verify_words, &value, error))
        return FALSE;
      self->verify = (SolcoVerifyMode) value;
    }
  if (self->mode_word != NULL)
    {
      gboolean erases = self->verb == SOLCO_CLI_ERASE;

      if (!parse_word ("--mode", self->mode_word, erases ? erase_modes : verify_modes, &value,
                       error))
        return FALSE;
      if (erases)
        self->erase_mode = (SolcoEraseMode) value;
      else
        self->verify = (SolcoVerifyMode) (SOLCO_VERIFY_QUICK + value);
    }
  if (self->hidden_word != NULL)
    {
      if (!parse_word ("--hidden", self->hidden_word, hidden_words, &value, error))
        return FALSE;
      self->hidden = (SolcoCliHidden) value;
    }
  if (self->symlinks_word != NULL)
    {
      if (!parse_word ("--symlinks", self->symlinks_word, symlinks_words, &value, error))
        return FALSE;
      self->symlinks = (SolcoCliSymlinks) value;
    }
  if (self->conflict_word != NULL)
    {
      if (!parse_word ("--on-conflict", self->conflict_word, conflict_words, &value, error))
        return FALSE;
      self->conflict = (SolcoCliConflict) (SOLCO_CLI_CONFLICT_FAIL + value);
    }
  return TRUE;
}

static gboolean
parse_address (SolcoCliOptions *self, GError **error)
{
  const char *path;

  if (self->recorder == NULL)
    return TRUE;
  path = self->recorder;
  if (g_str_has_prefix (path, "stdio:"))
    path += strlen ("stdio:");
  if (path[0] == '\0')
    return usage_error (error, _ ("--recorder needs an address: /dev/sr0 or stdio:/path/disc.iso"));
  if (path != self->recorder)
    {
      /* libburn takes the path as it is, and the engine outlives no change of folder. */
      g_autofree char *absolute = g_canonicalize_filename (path, NULL);

      g_free (self->recorder);
      self->recorder = g_strconcat ("stdio:", absolute, NULL);
    }
  return TRUE;
}

static gboolean
check (SolcoCliOptions *self, const Command *command, GError **error)
{
  guint n_paths = self->paths != NULL ? g_strv_length (self->paths) : 0;

  if (n_paths < command->min_paths)
    return usage_error (error, _ ("%s needs the name of an image file"), command->word);
  if (n_paths > command->max_paths)
    {
      g_autofree char *shown = g_utf8_make_valid (self->paths[command->max_paths], -1);

      return usage_error (error, _ ("%s does not take the argument “%s”"), command->word, shown);
    }
  if (self->session < 0)
    return usage_error (error, _ ("--session takes a number from 1 on"));
  if (self->verb == SOLCO_CLI_EXTRACT && self->directory == NULL)
    return usage_error (error, _ ("extract needs --to FOLDER"));
  if (self->verb == SOLCO_CLI_VERIFY
      && (self->verify == SOLCO_VERIFY_ORIGINALS) != (n_paths > 0 || self->maps->len > 0))
    return usage_error (error,
                        _ ("verify takes PATH and --map with --mode originals, and only then"));
  if (self->label != NULL && !g_utf8_validate (self->label, -1, NULL))
    return usage_error (error, _ ("--label has to be valid UTF-8"));
  if (self->label != NULL && self->label[0] == '\0')
    return usage_error (error, _ ("--label must not be empty"));
  if (self->no_md5 && self->file_md5)
    return usage_error (error, _ ("--file-md5 does not go with --no-md5"));
  /* Whoever lets the sessions on the disc go starts anew. */
  if (self->erase)
    self->clear = TRUE;
  self->mend |= self->finish;
  if (self->clear && self->mend)
    return usage_error (error, _ ("--mend keeps what is on the disc; it does not go with --new or"
                                  " --erase"));
  return TRUE;
}

static gboolean
interpret (SolcoCliOptions *self, const Command *command, GError **error)
{
  if (self->size_word != NULL
      && !solco_image_kind_parse (self->size_word, &self->image_kind, &self->image_size_bytes))
    return usage_error (error,
                        _ ("--size does not understand “%s”. It takes cd650, cd700, dvd, dvd-dl,"
                           " bd25, bd50, bd100 or a number of bytes"),
                        self->size_word);
  if (self->verb & (SOLCO_CLI_LIST | SOLCO_CLI_EXTRACT)
      && !parse_disc_paths (command->word, self->paths, error))
    return FALSE;
  return parse_address (self, error) && parse_speed (self, error) && parse_policies (self, error)
         && parse_pairs ("--map", self->map_words, self->maps, error)
         && parse_pairs ("--rename", self->rename_words, self->renames, error)
         && parse_disc_paths ("--remove", self->removes, error) && check (self, command, error);
}

static GOptionContext *
create_context (SolcoCliOptions *self, const Command *command)
{
  GOptionContext *context
    = g_option_context_new (command->parameters != NULL ? _ (command->parameters) : NULL);
  g_autoptr (GArray) entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  g_autofree char *name = g_strconcat ("solco-cli ", command->word, NULL);
  guint i;

  for (i = 0; i < G_N_ELEMENTS (options_table); i++)
    {
      const Option *option = &options_table[i];

      if (option->verbs & command->verb)
        {
          GOptionEntry entry = { option->name, option->letter, G_OPTION_FLAG_NONE, option->type,
                                 (char *) self + option->offset, option->description,
                                 option->argument };

          g_array_append_val (entries, entry);
        }
    }
  if (command->max_paths > 0)
    {
      GOptionEntry rest = { G_OPTION_REMAINING, 0, G_OPTION_FLAG_NONE,
                            G_OPTION_ARG_FILENAME_ARRAY, &self->paths, NULL, NULL };

      g_array_append_val (entries, rest);
    }
  g_option_context_set_summary (context, _ (command->summary));
  g_option_context_set_description (context,
                                    _ ("The exit codes are in “solco-cli --help”, everything else"
                                       " in the manual page solco-cli(1).\n"));
  g_option_context_add_main_entries (context, (const GOptionEntry *) (const void *) entries->data,
                                     GETTEXT_PACKAGE);
  /* GOption writes the usage line with it. */
  g_set_prgname (name);
  return context;
}

/**
 * solco_cli_options_parse:
 * @argc: number of arguments
 * @argv: arguments, the first of which is the program
 * @error: return location for an error of %G_OPTION_ERROR
 *
 * Understands "solco-cli VERB …". With --help after a verb it prints the verb's help and ends the
 * process, as GOption does. Main thread, before anything else.
 *
 * Returns: (transfer full): the options, or %NULL
 */
SolcoCliOptions *
solco_cli_options_parse (int argc, char **argv, GError **error)
{
  g_autoptr (SolcoCliOptions) self = g_new0 (SolcoCliOptions, 1);
  g_autoptr (GOptionContext) context = NULL;
  const Command *command = NULL;
  guint i;

  self->maps = g_ptr_array_new_with_free_func (solco_cli_pair_free);
  self->renames = g_ptr_array_new_with_free_func (solco_cli_pair_free);
  if (argc < 2)
    {
      usage_error (error, _ ("Say what to do, such as “solco-cli burn”; “solco-cli --help” lists"
                             " it all"));
      return NULL;
    }
  for (i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].word, argv[1]))
      command = &commands[i];
  if (command == NULL)
    {
      g_autofree char *shown = g_utf8_make_valid (argv[1], -1);

      usage_error (error, _ ("“%s” is no verb; “solco-cli --help” lists them"), shown);
      return NULL;
    }
  self->verb = command->verb;
  context = create_context (self, command);
  {
    g_autofree char **rest = g_new0 (char *, argc);
    char **arguments = rest;
    int n_arguments = argc - 1;

    memcpy (rest, argv + 1, n_arguments * sizeof (char *));
    if (!g_option_context_parse (context, &n_arguments, &arguments, error))
      return NULL;
    if (n_arguments > 1)
      {
        g_autofree char *shown = g_utf8_make_valid (arguments[1], -1);

        usage_error (error, _ ("%s does not take the argument “%s”"), command->word, shown);
        return NULL;
      }
  }
  if (!interpret (self, command, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * solco_cli_options_free:
 * @self: (nullable) (transfer full): options
 *
 * Any thread.
 */
void
solco_cli_options_free (SolcoCliOptions *self)
{
  if (self == NULL)
    return;
  g_free (self->recorder);
  g_strfreev (self->paths);
  g_clear_pointer (&self->maps, g_ptr_array_unref);
  g_strfreev (self->removes);
  g_clear_pointer (&self->renames, g_ptr_array_unref);
  g_strfreev (self->excludes);
  g_free (self->project);
  g_free (self->label);
  g_free (self->directory);
  g_free (self->size_word);
  g_free (self->speed_word);
  g_free (self->verify_word);
  g_free (self->mode_word);
  g_free (self->hidden_word);
  g_free (self->symlinks_word);
  g_free (self->conflict_word);
  g_strfreev (self->map_words);
  g_strfreev (self->rename_words);
  g_free (self);
}

/**
 * solco_cli_verb_get_word:
 * @verb: a verb
 *
 * Any thread.
 *
 * Returns: (transfer none): the word that the user types
 */
const char *
solco_cli_verb_get_word (SolcoCliVerb verb)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (commands); i++)
    if (commands[i].verb == verb)
      return commands[i].word;
  g_return_val_if_reached ("");
}

/**
 * solco_cli_options_dup_overview:
 *
 * What the program can do, and its exit codes. Any thread.
 *
 * Returns: (transfer full): the text of --help
 */
char *
solco_cli_options_dup_overview (void)
{
  GString *text = g_string_new (NULL);
  g_autofree char *exit_codes = solco_cli_exit_dup_table ();
  guint i;

  g_string_append (text, _ ("Usage:\n  solco-cli VERB [OPTION…] [PATH…]\n\n"));
  g_string_append (text, _ ("Burns files to optical discs and disc images, session by session.\n\n"));
  g_string_append (text, _ ("Verbs:\n"));
  for (i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "  %-10s  %s\n", commands[i].word, _ (commands[i].summary));
  g_string_append (text, _ ("\n“solco-cli VERB --help” shows the options of a verb,\n"
                            "“solco-cli --version” the version.\n\n"));
  g_string_append (text, _ ("Exit codes, and the names of errors with --json:\n"));
  g_string_append (text, exit_codes);
  return g_string_free (text, FALSE);
}

/**
 * solco_cli_options_get_speed:
 * @self: options
 * @medium: the disc that is in
 *
 * The rates of 1× are those of the MMC and media standards: CD 176.4, DVD 1 385 and BD 4 495.625
 * thousand bytes a second. Any thread.
 *
 * Returns: the speed in 1 000 bytes a second, 0 for the maximum
 */
guint
solco_cli_options_get_speed (const SolcoCliOptions *self, const SolcoMedium *medium)
{
  double unit;

  if (self->speed_factor <= 0)
    return self->speed_kb_per_s;
  switch (solco_profile_get_family (medium->profile))
    {
    case SOLCO_FAMILY_CD:
      unit = 176.4;
      break;
    case SOLCO_FAMILY_DVD:
      unit = 1385;
      break;
    case SOLCO_FAMILY_BD:
      unit = 4495.625;
      break;
    case SOLCO_FAMILY_NONE:
    case SOLCO_FAMILY_FILE:
    default:
      return 0;
    }
  return (guint) ceil (self->speed_factor * unit);
}
