/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread and a queue ordered by priority, then by arrival. Every task handed over runs exactly
 * once, or, after the worker has been stopped, is answered with G_IO_ERROR_CLOSED. A task is let go
 * of in its own main context, so an object that began on the main thread never ends on the worker.
 */
#include "base/hw-worker.h"

typedef struct
{
  GTask *task; /* (owned) */
  GTaskThreadFunc func;
  gint priority;
} Job;

/* Shared by the object and its thread, and outlives whichever ends first. */
typedef struct
{
  GMutex lock; /* guards all below */
  GCond changed;
  GQueue jobs;
  GThread *runner; /* (unowned) (nullable) from the thread's first line to its last */
  gboolean busy;
  gboolean stopping;
} Shared;

struct _HwWorker
{
  GObject parent_instance;

  Shared *shared;  /* (owned) */
  GThread *thread; /* (owned) (nullable) once stopped; guarded by shared->lock */
};

G_DEFINE_FINAL_TYPE (HwWorker, hw_worker, G_TYPE_OBJECT)

static void
clear_shared (gpointer data)
{
  Shared *shared = data;

  g_assert (g_queue_is_empty (&shared->jobs));
  g_cond_clear (&shared->changed);
  g_mutex_clear (&shared->lock);
}

static gboolean
drop_nothing_cb (gpointer data)
{
  return G_SOURCE_REMOVE;
}

/* The task may hold the last reference on its source object, perhaps a widget: drop it at home. */
static void
release_task (GTask *task)
{
  g_autoptr (GSource) source = NULL;

  if (!g_task_get_source_object (task))
    {
      g_object_unref (task);
      return;
    }
  source = g_idle_source_new ();
  g_source_set_priority (source, g_task_get_priority (task));
  g_source_set_static_name (source, "[homeward] worker task done");
  g_source_set_callback (source, drop_nothing_cb, task, g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

static void
run_job (Job *job)
{
  GTask *task = job->task;

  job->func (task,
             g_task_get_source_object (task),
             g_task_get_task_data (task),
             g_task_get_cancellable (task));
  release_task (task);
  g_free (job);
}

static gpointer
worker_main (gpointer data)
{
  Shared *shared = data;

  g_mutex_lock (&shared->lock);
  shared->runner = g_thread_self ();
  for (;;)
    {
      Job *job = g_queue_pop_head (&shared->jobs);

      if (!job && shared->stopping)
        break;
      if (!job)
        {
          g_cond_wait (&shared->changed, &shared->lock);
          continue;
        }
      shared->busy = TRUE;
      g_mutex_unlock (&shared->lock);
      run_job (job);
      g_mutex_lock (&shared->lock);
      shared->busy = FALSE;
      g_cond_broadcast (&shared->changed);
    }
  shared->runner = NULL;
  g_mutex_unlock (&shared->lock);
  g_atomic_rc_box_release_full (shared, clear_shared);
  return NULL;
}

/* From the tail, since most tasks come with the priority of those before them. */
static void
insert_in_order (GQueue *jobs, Job *job)
{
  GList *after = jobs->tail;

  while (after && ((Job *)after->data)->priority > job->priority)
    after = after->prev;
  if (after)
    g_queue_insert_after (jobs, after, job);
  else
    g_queue_push_head (jobs, job);
}

static void
hw_worker_finalize (GObject *object)
{
  HwWorker *self = HW_WORKER (object);

  hw_worker_stop (self);
  g_atomic_rc_box_release_full (self->shared, clear_shared);
  G_OBJECT_CLASS (hw_worker_parent_class)->finalize (object);
}

static void
hw_worker_class_init (HwWorkerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hw_worker_finalize;
}

static void
hw_worker_init (HwWorker *self)
{
  self->shared = g_atomic_rc_box_new0 (Shared);
  g_mutex_init (&self->shared->lock);
  g_cond_init (&self->shared->changed);
  g_queue_init (&self->shared->jobs);
}

HwWorker *
hw_worker_new (const char *name)
{
  HwWorker *self = g_object_new (HW_TYPE_WORKER, NULL);

  self->thread = g_thread_new (name, worker_main, g_atomic_rc_box_acquire (self->shared));
  return self;
}

void
hw_worker_run (HwWorker *worker, GTask *task, GTaskThreadFunc func)
{
  Shared *shared;
  Job *job;
  gboolean closed;

  g_return_if_fail (HW_IS_WORKER (worker));
  g_return_if_fail (G_IS_TASK (task));
  g_return_if_fail (func != NULL);

  shared = worker->shared;
  job = g_new (Job, 1);
  *job = (Job){ g_object_ref (task), func, g_task_get_priority (task) };
  g_mutex_lock (&shared->lock);
  closed = shared->stopping;
  if (!closed)
    {
      insert_in_order (&shared->jobs, job);
      g_cond_broadcast (&shared->changed);
    }
  g_mutex_unlock (&shared->lock);
  if (closed)
    {
      g_task_return_new_error (
        task, G_IO_ERROR, G_IO_ERROR_CLOSED, "The program is closing; this was not done");
      release_task (job->task);
      g_free (job);
    }
}

gboolean
hw_worker_is_current (HwWorker *worker)
{
  gboolean current;

  g_return_val_if_fail (HW_IS_WORKER (worker), FALSE);

  g_mutex_lock (&worker->shared->lock);
  current = worker->shared->runner == g_thread_self ();
  g_mutex_unlock (&worker->shared->lock);
  return current;
}

void
hw_worker_drain (HwWorker *worker)
{
  Shared *shared;

  g_return_if_fail (HW_IS_WORKER (worker));
  g_return_if_fail (!hw_worker_is_current (worker));

  shared = worker->shared;
  g_mutex_lock (&shared->lock);
  while (shared->busy || !g_queue_is_empty (&shared->jobs))
    g_cond_wait (&shared->changed, &shared->lock);
  g_mutex_unlock (&shared->lock);
}

/* If the worker itself drops the last reference it cannot wait for itself: the thread then finishes
 * what is queued and ends alone. */
void
hw_worker_stop (HwWorker *worker)
{
  GThread *thread;

  g_return_if_fail (HW_IS_WORKER (worker));

  g_mutex_lock (&worker->shared->lock);
  worker->shared->stopping = TRUE;
  thread = g_steal_pointer (&worker->thread);
  g_cond_broadcast (&worker->shared->changed);
  g_mutex_unlock (&worker->shared->lock);
  if (!thread)
    return;
  if (thread == g_thread_self ())
    g_thread_unref (thread);
  else
    g_thread_join (thread);
}
