/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwWorker: one thread, a queue with priorities. GTask functions run on it in order within a priority.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HW_TYPE_WORKER (hw_worker_get_type ())
G_DECLARE_FINAL_TYPE (HwWorker, hw_worker, HW, WORKER, GObject)

HwWorker *hw_worker_new (const char *name);
/* Runs func on the worker with the task's priority (lower number first). Takes its own reference on task. */
void      hw_worker_run (HwWorker *worker, GTask *task, GTaskThreadFunc func);
gboolean  hw_worker_is_current (HwWorker *worker);
void      hw_worker_drain (HwWorker *worker); /* returns when all queued work is done; not from the worker */
void      hw_worker_stop (HwWorker *worker);  /* drains, then joins; idempotent */

G_END_DECLS
