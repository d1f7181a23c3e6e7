/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-request.h"

G_BEGIN_DECLS

/* All that any kind of request can carry; which fields count depends on the kind. */
struct _SolcoRequest
{
  gatomicrefcount ref_count;
  SolcoRequestKind kind;
  SolcoTarget *target;
  SolcoPlan *plan;               /* measure, burn */
  guint session;                 /* read disc, extract, verify: 0 is the newest */
  char *image_path;              /* burn image */
  gboolean erase;                /* burn image */
  gboolean simulate;             /* burn image */
  gboolean close_disc;           /* burn image */
  gboolean eject;                /* burn image */
  guint speed_kb_per_s;          /* burn image */
  SolcoVerifyMode verify;        /* burn image, verify */
  SolcoEraseMode erase_mode;     /* erase */
  SolcoDiscIdentity *expected;   /* erase, burn image */
  GStrv paths;                   /* extract */
  char *directory;               /* extract */
  gboolean overwrite;            /* extract */
  SolcoTree *originals;          /* verify */
};

G_END_DECLS
