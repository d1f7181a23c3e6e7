/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* libisofs's header leaves these to its users. */
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <libisofs/libisofs.h>
