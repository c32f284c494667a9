/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The worker: order, threads, the end. A gate holds the worker where a test wants it; nothing
 * sleeps.
 */
#include "base/hw-base.h"

typedef struct
{
  GMutex lock;
  GCond changed;
  gboolean entered;
  gboolean open;
} Gate;

typedef struct
{
  HwWorker *worker; /* (owned) (nullable) */
  GString *trace;   /* (owned) what ran; only the worker writes */
  Gate gate;
  guint answers; /* counted on the main thread */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->worker = hw_worker_new ("test");
  fixture->trace = g_string_new (NULL);
  g_mutex_init (&fixture->gate.lock);
  g_cond_init (&fixture->gate.changed);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->worker);
  g_string_free (fixture->trace, TRUE);
  g_cond_clear (&fixture->gate.changed);
  g_mutex_clear (&fixture->gate.lock);
}

static void
wait_at_gate (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Gate *gate = data;

  g_mutex_lock (&gate->lock);
  gate->entered = TRUE;
  g_cond_broadcast (&gate->changed);
  while (!gate->open)
    g_cond_wait (&gate->changed, &gate->lock);
  g_mutex_unlock (&gate->lock);
  g_task_return_boolean (task, TRUE);
}

/* The worker stands in a task, so that what comes now is queued. */
static void
close_gate (Fixture *fixture)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, &fixture->gate, NULL);
  hw_worker_run (fixture->worker, task, wait_at_gate);
  g_mutex_lock (&fixture->gate.lock);
  while (!fixture->gate.entered)
    g_cond_wait (&fixture->gate.changed, &fixture->gate.lock);
  g_mutex_unlock (&fixture->gate.lock);
}

static void
open_gate (Fixture *fixture)
{
  g_mutex_lock (&fixture->gate.lock);
  fixture->gate.open = TRUE;
  g_cond_broadcast (&fixture->gate.changed);
  g_mutex_unlock (&fixture->gate.lock);
}

typedef struct
{
  Fixture *fixture;
  char letter;
} Note;

static void
write_note (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Note *note = data;

  g_assert_true (hw_worker_is_current (note->fixture->worker));
  g_string_append_c (note->fixture->trace, note->letter);
  g_task_return_boolean (task, TRUE);
}

static void
post (Fixture *fixture, char letter, gint priority)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);
  Note *note = g_new (Note, 1);

  *note = (Note){ fixture, letter };
  g_task_set_task_data (task, note, g_free);
  g_task_set_priority (task, priority);
  hw_worker_run (fixture->worker, task, write_note);
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  close_gate (fixture);
  post (fixture, 'd', G_PRIORITY_DEFAULT);
  post (fixture, 'l', G_PRIORITY_LOW);
  post (fixture, 'h', G_PRIORITY_HIGH);
  post (fixture, 'e', G_PRIORITY_DEFAULT);
  post (fixture, 'm', G_PRIORITY_LOW);
  post (fixture, 'i', G_PRIORITY_HIGH);
  post (fixture, 'f', G_PRIORITY_DEFAULT);
  g_assert_cmpstr (fixture->trace->str, ==, "");
  open_gate (fixture);
  hw_worker_drain (fixture->worker);
  g_assert_cmpstr (fixture->trace->str,
                   ==,
                   "hidefl"
                   "m");
}

static void
test_drain_when_idle (Fixture *fixture, gconstpointer data)
{
  hw_worker_drain (fixture->worker);
  post (fixture, 'a', 0);
  hw_worker_drain (fixture->worker);
  hw_worker_drain (fixture->worker);
  g_assert_cmpstr (fixture->trace->str, ==, "a");
}

static void
test_current (Fixture *fixture, gconstpointer data)
{
  g_assert_false (hw_worker_is_current (fixture->worker));
  post (fixture, 'a', 0); /* asserts the contrary over there */
  hw_worker_stop (fixture->worker);
  g_assert_false (hw_worker_is_current (fixture->worker));
  g_assert_cmpstr (fixture->trace->str, ==, "a");
}

static void
count_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_main_context_is_owner (g_main_context_default ()));
  g_task_propagate_boolean (G_TASK (result), &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  fixture->answers++;
}

static void
check_cancelled (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  g_assert_true (cancellable == g_task_get_cancellable (task));
  g_assert_true (source == g_task_get_source_object (task));
  g_assert_true (g_cancellable_set_error_if_cancelled (cancellable, &error));
  g_task_return_error (task, error);
}

static void
test_answer_and_cancellable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GObject) source = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (source, cancellable, count_cb, fixture);

  g_cancellable_cancel (cancellable);
  hw_worker_run (fixture->worker, task, check_cancelled);
  while (fixture->answers == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->answers, ==, 1);
}

static void
test_stop_finishes_the_queue (Fixture *fixture, gconstpointer data)
{
  for (char letter = 'a'; letter <= 'z'; letter++)
    post (fixture, letter, 0);
  hw_worker_stop (fixture->worker);
  g_assert_cmpstr (fixture->trace->str, ==, "abcdefghijklmnopqrstuvwxyz");
  hw_worker_stop (fixture->worker);
  hw_worker_drain (fixture->worker);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (GError) error = NULL;

  g_assert_false (g_task_propagate_boolean (G_TASK (result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  fixture->answers++;
}

static void
test_closed_after_stop (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, closed_cb, fixture);

  hw_worker_stop (fixture->worker);
  hw_worker_run (fixture->worker, task, write_note);
  g_assert_cmpuint (fixture->answers, ==, 0); /* never from within the call */
  while (fixture->answers == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->answers, ==, 1);
}

static void
finalized_cb (gpointer data, GObject *gone)
{
  GThread **thread = data;

  g_atomic_pointer_set (thread, g_thread_self ());
}

static void
return_true (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_boolean (task, TRUE);
}

static void
test_source_ends_at_home (Fixture *fixture, gconstpointer data)
{
  for (guint round = 0; round < 200; round++)
    {
      GThread *thread = NULL;
      GObject *source = g_object_new (G_TYPE_OBJECT, NULL);
      GTask *task = g_task_new (source, NULL, NULL, NULL);

      g_object_weak_ref (source, finalized_cb, &thread);
      hw_worker_run (fixture->worker, task, return_true);
      g_object_unref (task);
      g_object_unref (source);
      while (!g_atomic_pointer_get (&thread))
        g_main_context_iteration (NULL, FALSE);
      g_assert_true (thread == g_thread_self ());
    }
}

static gpointer
post_many (gpointer data)
{
  Fixture *fixture = data;

  for (guint i = 0; i < 500; i++)
    post (fixture, 'x', (gint)(i % 3));
  return NULL;
}

static void
test_many_threads (Fixture *fixture, gconstpointer data)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("post", post_many, fixture);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  hw_worker_drain (fixture->worker);
  g_assert_cmpuint (fixture->trace->len, ==, 2000);
}

static void
drop_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Fixture *fixture = data;

  g_clear_object (&fixture->worker);
  g_task_return_boolean (task, TRUE);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;

  g_assert_true (g_task_propagate_boolean (G_TASK (result), NULL));
  fixture->answers++;
}

/* A worker whose last owner lets go on the worker itself cannot join itself; what is queued still
 * runs. */
static void
test_dropped_by_itself (Fixture *fixture, gconstpointer data)
{
  HwWorker *worker = fixture->worker;
  g_autoptr (GTask) first = g_task_new (NULL, NULL, answered_cb, fixture);
  g_autoptr (GTask) second = g_task_new (NULL, NULL, answered_cb, fixture);

  close_gate (fixture);
  g_task_set_task_data (first, fixture, NULL);
  hw_worker_run (worker, first, drop_worker);
  hw_worker_run (worker, second, return_true);
  open_gate (fixture);
  while (fixture->answers < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (fixture->worker);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/worker/order/priority-then-arrival", test_order);
  ADD ("/worker/drain/returns-when-idle", test_drain_when_idle);
  ADD ("/worker/thread/knows-itself", test_current);
  ADD ("/worker/task/answer-and-cancellable-arrive", test_answer_and_cancellable);
  ADD ("/worker/task/source-ends-in-its-own-context", test_source_ends_at_home);
  ADD ("/worker/task/from-many-threads", test_many_threads);
  ADD ("/worker/stop/finishes-the-queue", test_stop_finishes_the_queue);
  ADD ("/worker/stop/answers-closed-afterwards", test_closed_after_stop);
  ADD ("/worker/stop/may-be-dropped-by-itself", test_dropped_by_itself);
  return g_test_run ();
}
