/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwLockWatch: locks the desktop when nobody is at it: after the office's minutes without a key or a click, when the
 * session locks or its screen saver begins, and before the computer sleeps. Main thread.
 */
#pragma once

#include "app/hw-desktop.h"

G_BEGIN_DECLS

#define HW_TYPE_LOCK_WATCH (hw_lock_watch_get_type ())
G_DECLARE_FINAL_TYPE (HwLockWatch, hw_lock_watch, HW, LOCK_WATCH, GObject)

/* clock: (nullable) what idle time is counted by; NULL: the computer's, sleep included. Begins at once. */
HwLockWatch *hw_lock_watch_new (HwDesktop *desktop, HwClock *clock);
/* Somebody is there; locks first if the time was over before. */
void         hw_lock_watch_touch (HwLockWatch *self);
/* Locks if the time is over; done by itself every few seconds. */
void         hw_lock_watch_check (HwLockWatch *self);

G_END_DECLS
