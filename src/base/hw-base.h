/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Small things everything else stands on: clock, ids, folding, dates, JSON guard. GLib and GIO only.
 */
#pragma once

#include "base/hw-clock.h"
#include "base/hw-date.h"
#include "base/hw-fold.h"
#include "base/hw-json-guard.h"
#include "base/hw-phone.h"
#include "base/hw-sound.h"
#include "base/hw-uuid.h"
#include "base/hw-worker.h"
