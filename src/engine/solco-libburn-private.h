/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* libburn's header leaves these to its users. */
#include <stdint.h>
#include <stdlib.h>
#include <sys/types.h>

#include <libburn/libburn.h>
