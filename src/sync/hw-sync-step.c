/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How one request of the state machine is carried out: what touches the store runs on its worker, what
 * touches the network on the main thread, and the end of it is one event for the machine. A step whose
 * engine was stopped meanwhile ends without a word; what the server already did is told again as a
 * duplicate next time.
 */
#define G_LOG_DOMAIN "homeward-sync"

#include "sync/hw-sync-engine-private.h"

#include <string.h>

#include "sync/hw-sign-in-private.h"

static HwSyncStep *
step_new (HwSyncEngine *engine, const HwSyncOrders *orders)
{
  HwSyncStep *step = g_new0 (HwSyncStep, 1);

  step->engine = g_object_ref (engine);
  step->run = g_object_ref (engine->run);
  step->request = orders->request;
  step->release_held = orders->release_held;
  step->release_all = orders->release_all;
  step->cursor = g_strdup (orders->cursor);
  step->etag = g_strdup (orders->etag);
  step->answer.kind = HW_SYNC_EVENT_ANSWER;
  return step;
}

static void
step_free (HwSyncStep *step)
{
  g_clear_object (&step->run);
  g_free (step->cursor);
  g_free (step->etag);
  hw_sync_free_secret (step->text);
  g_free (step->copy);
  g_clear_pointer (&step->batch, hw_sync_batch_free);
  g_clear_pointer (&step->reply, hw_transport_reply_free);
  g_clear_pointer (&step->page, hw_sync_page_free);
  g_clear_error (&step->error);
  g_clear_object (&step->engine);
  g_free (step);
}

static void
finish (HwSyncStep *step, HwSyncAnswer answer)
{
  step->answer.answer = answer;
  if (step->run == step->engine->run)
    hw_sync_engine_tell (step->engine, &step->answer);
  step_free (step);
}

static HwSyncAnswer
answer_of_error (const GError *error)
{
  if (g_error_matches (error, HW_SYNC_ERROR, HW_SYNC_ERROR_INSECURE))
    return HW_SYNC_ANSWER_INSECURE;
  if (g_error_matches (error, HW_SYNC_ERROR, HW_SYNC_ERROR_PROTOCOL))
    return HW_SYNC_ANSWER_PROTOCOL;
  return error->domain == HW_SYNC_ERROR ? HW_SYNC_ANSWER_UNREACHABLE : HW_SYNC_ANSWER_STORE;
}

static void
finish_with_error (HwSyncStep *step, const GError *error)
{
  HwSyncAnswer answer = answer_of_error (error);

  if (!g_cancellable_is_cancelled (step->run) && answer != HW_SYNC_ANSWER_UNREACHABLE)
    g_message ("synchronisation failed: %s %d", g_quark_to_string (error->domain), error->code);
  finish (step, answer);
}

/* ---- The two places a step runs in ---- */

typedef gboolean (*StepWork) (HwSyncStep *step, GError **error);
typedef void (*StepNext) (HwSyncStep *step);

typedef struct
{
  HwSyncStep *step; /* (owned) until done */
  StepWork work;
  StepNext next;
} Errand;

static void
run_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Errand *errand = data;
  GError *error = NULL;

  if (errand->work (errand->step, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
worker_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Errand *errand = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    errand->next (errand->step);
  else
    finish_with_error (errand->step, error);
}

/* A page of the server's waits behind what a person is typing. */
static void
on_worker (HwSyncStep *step, StepWork work, StepNext next)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, worker_done_cb, NULL);
  Errand *errand = g_new0 (Errand, 1);

  errand->step = step;
  errand->work = work;
  errand->next = next;
  g_task_set_priority (task, G_PRIORITY_DEFAULT_IDLE);
  g_task_set_task_data (task, errand, g_free);
  hw_worker_run (hw_store_worker (step->engine->store), task, run_on_worker);
}

typedef struct
{
  HwSyncStep *step; /* (owned) until done */
  StepNext next;
} Exchange;

static void
replied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Exchange *exchange = data;
  g_autoptr (GError) error = NULL;
  HwSyncStep *step = exchange->step;

  step->reply = hw_transport_send_finish (HW_TRANSPORT (source), result, &error);
  if (step->reply != NULL)
    step->answer.retry_after = step->reply->retry_after;
  if (step->early && step->engine->ahead == step)
    step->error = g_steal_pointer (&error);
  else if (step->early)
    step_free (step);
  else if (step->reply == NULL)
    finish_with_error (step, error);
  else
    exchange->next (step);
}

static void
over_the_wire (HwSyncStep *step, HwTransportRequest *request, StepNext next)
{
  Exchange *exchange = g_new0 (Exchange, 1);

  exchange->step = step;
  exchange->next = next;
  request->token = g_strdup (step->engine->token);
  hw_transport_send_async (step->engine->transport, request, step->run, replied_cb, exchange);
}

static void
finish_well (HwSyncStep *step)
{
  finish (step, HW_SYNC_ANSWER_OK);
}

/* ---- Answers that are not what was hoped for ---- */

static gboolean
reject_batch (HwSyncStep *step, GError **error)
{
  step->answer.set_aside = hw_sync_queue_reject (step->engine->queue, step->batch);
  return TRUE;
}

static void
finish_rejected (HwSyncStep *step)
{
  finish (step, HW_SYNC_ANSWER_REJECTED);
}

static void
finish_with_reply (HwSyncStep *step)
{
  g_autofree char *type = hw_sync_problem_type (step->reply->body);
  HwSyncAnswer answer = hw_sync_answer_of_status (step->reply->status, type);

  if (step->reply->status == 401 && g_strcmp0 (type, "urn:homeward:problem:revoked") == 0)
    hw_sync_engine_tell_revoked (step->engine);
  if (answer == HW_SYNC_ANSWER_REJECTED && step->batch != NULL)
    on_worker (step, reject_batch, finish_rejected);
  else
    finish (step, answer);
}

/* ---- Push ---- */

static gboolean
settle_batch (HwSyncStep *step, GError **error)
{
  return hw_sync_queue_settle (step->engine->queue, step->batch, step->reply->body,
                               &step->answer.acknowledged, &step->answer.held, error);
}

static void
push_replied (HwSyncStep *step)
{
  if (step->reply->status == 200)
    on_worker (step, settle_batch, finish_well);
  else
    finish_with_reply (step);
}

static void
batch_taken (HwSyncStep *step)
{
  HwTransportRequest *request;

  if (step->batch == NULL || g_cancellable_is_cancelled (step->run))
    {
      finish_well (step);
      return;
    }
  step->answer.sent = step->batch->operations->len;
  request = hw_transport_request_new ("POST", "/v1/operations");
  request->body = g_bytes_ref (step->batch->body);
  over_the_wire (step, request, push_replied);
}

static gboolean
take_batch (HwSyncStep *step, GError **error)
{
  return hw_sync_queue_take (step->engine->queue, step->release_held, step->release_all,
                             &step->batch, error);
}

/* ---- Pull ---- */

static void
page_applied (HwSyncStep *step)
{
  step->answer.cursor = step->page->cursor;
  step->answer.more = step->page->more;
  step->answer.items = step->page->items->len;
  step->answer.etag = step->reply->etag;
  finish_well (step);
}

static gboolean
apply_page (HwSyncStep *step, GError **error)
{
  HwSyncPage *page = step->page;

  if (page->items->len == 0 && g_strcmp0 (page->cursor, step->cursor) == 0)
    return TRUE;
  return hw_store_apply_page (step->engine->store, page->items, page->cursor, !page->more, error);
}

/* The last page of a run is kept at once; before any other is, the machine may have the next one fetched. */
static gboolean
read_page (HwSyncStep *step, GError **error)
{
  HwSyncPage *page = hw_sync_page_decode (step->reply->body, error);

  step->page = page;
  if (page == NULL)
    return FALSE;
  /* A server that gave the same cursor for ever would be asked for ever. */
  if (page->more && g_strcmp0 (page->cursor, step->cursor) == 0)
    {
      g_set_error_literal (error, HW_SYNC_ERROR, HW_SYNC_ERROR_PROTOCOL,
                           "The server's page does not move on");
      return FALSE;
    }
  return page->more || apply_page (step, error);
}

static void
page_was_read (HwSyncStep *step)
{
  HwSyncEvent event = { .kind = HW_SYNC_EVENT_PAGE, .cursor = step->page->cursor, .more = TRUE };

  if (!step->page->more)
    {
      page_applied (step);
      return;
    }
  if (step->run == step->engine->run)
    hw_sync_engine_tell (step->engine, &event);
  on_worker (step, apply_page, page_applied);
}

static void
pull_replied (HwSyncStep *step)
{
  if (step->reply->status == 200)
    on_worker (step, read_page, page_was_read);
  else
    finish_with_reply (step);
}

static void
begin_pull (HwSyncStep *step)
{
  g_autofree char *cursor
    = step->cursor != NULL ? g_uri_escape_string (step->cursor, NULL, FALSE) : NULL;
  g_autofree char *path
    = cursor != NULL ? g_strconcat ("/v1/changes?cursor=", cursor, NULL) : g_strdup ("/v1/changes");
  HwTransportRequest *request = hw_transport_request_new ("GET", path);

  request->etag = g_strdup (step->etag);
  over_the_wire (step, request, pull_replied);
}

/* ---- A page ahead of its pull ---- */

void
hw_sync_step_fetch_ahead (HwSyncEngine *engine, const HwSyncOrders *orders)
{
  HwSyncOrders pull = { .request = HW_SYNC_REQUEST_PULL, .cursor = orders->ahead };
  HwSyncStep *step = step_new (engine, &pull);

  step->early = TRUE;
  engine->ahead = step;
  begin_pull (step);
}

/* One that is still on its way ends by itself and is not looked at. */
void
hw_sync_step_drop_ahead (HwSyncEngine *engine)
{
  HwSyncStep *step = g_steal_pointer (&engine->ahead);

  if (step != NULL && (step->reply != NULL || step->error != NULL))
    step_free (step);
}

static gboolean
look_at_ahead (HwSyncStep *step, GError **error)
{
  if (step->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&step->error));
  return FALSE;
}

/* The pull begins: its page is here, or its fetching has failed, or it is still on its way. The machine is
 * in the middle of a step and is told nothing before that one ends. */
static void
begin_by_ahead (HwSyncStep *step)
{
  step->engine->ahead = NULL;
  step->early = FALSE;
  if (step->error != NULL || step->reply != NULL)
    on_worker (step, look_at_ahead, pull_replied);
}

/* ---- The rest ---- */

static gboolean
forget (HwSyncStep *step, GError **error)
{
  if (step->count > 0)
    return hw_store_begin_anew (step->engine->store, step->count, error);
  return hw_store_forget_server_state (step->engine->store, error);
}

static void
forgotten (HwSyncStep *step)
{
  if (step->count > 0 && step->run == step->engine->run)
    {
      step->engine->count_anew = 0;
      hw_sync_engine_tell_older (step->engine);
    }
  finish_well (step);
}

/* ---- Which copy this is ---- */

static void
copy_replied (HwSyncStep *step)
{
  gboolean older;

  if (step->reply->status != 200)
    finish_with_reply (step);
  else if (!hw_sync_copy_decode (step->reply->body, &step->count, &older))
    finish (step, HW_SYNC_ANSWER_PROTOCOL);
  else if (!older)
    finish_well (step);
  else
    {
      step->engine->count_anew = step->count;
      finish (step, HW_SYNC_ANSWER_GONE);
    }
}

static void
copy_counted (HwSyncStep *step)
{
  HwTransportRequest *request;
  char *body;

  if (g_cancellable_is_cancelled (step->run))
    {
      finish_well (step);
      return;
    }
  request = hw_transport_request_new ("POST", "/v1/sessions/current/copy");
  body = g_strdup_printf ("{\"id\":\"%s\",\"count\":%" G_GUINT64_FORMAT "}", step->copy, step->count);
  request->body = g_bytes_new_take (body, strlen (body));
  over_the_wire (step, request, copy_replied);
}

static gboolean
count_copy (HwSyncStep *step, GError **error)
{
  step->copy = hw_store_count_contact (step->engine->store, &step->count, error);
  return step->copy != NULL;
}

static gboolean
keep_token (HwSyncStep *step, GError **error)
{
  return hw_store_set_setting (step->engine->store, HW_SYNC_SETTING_TOKEN, step->text, error);
}

/* Another person behind the same name and password is not who this store belongs to. */
static gboolean
is_same_person (HwSyncEngine *engine, HwSignIn *sign_in)
{
  const HwActor *actor = hw_store_actor (engine->store);

  return actor == NULL || g_strcmp0 (actor->user, sign_in->actor->user) == 0;
}

static HwSyncAnswer
answer_of_sign_in (const GError *error)
{
  if (g_error_matches (error, HW_SYNC_ERROR, HW_SYNC_ERROR_THROTTLED))
    return HW_SYNC_ANSWER_THROTTLED;
  if (g_error_matches (error, HW_SYNC_ERROR, HW_SYNC_ERROR_SERVER))
    return HW_SYNC_ANSWER_SERVER;
  if (g_error_matches (error, HW_SYNC_ERROR, HW_SYNC_ERROR_CREDENTIALS))
    return HW_SYNC_ANSWER_UNAUTHORIZED;
  return answer_of_error (error);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  HwSyncStep *step = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HwSignIn) sign_in = hw_sign_in_over_finish (result, &step->answer.retry_after, &error);

  if (sign_in == NULL)
    finish (step, answer_of_sign_in (error));
  else if (!is_same_person (step->engine, sign_in))
    finish (step, HW_SYNC_ANSWER_UNAUTHORIZED);
  else
    {
      if (step->run == step->engine->run)
        {
          hw_sync_free_secret (step->engine->token);
          step->engine->token = g_strdup (sign_in->token);
        }
      step->text = g_steal_pointer (&sign_in->token);
      on_worker (step, keep_token, finish_well);
    }
}

static void
begin_sign_in (HwSyncStep *step)
{
  HwSyncEngine *engine = step->engine;
  const HwActor *actor = hw_store_actor (engine->store);

  if (engine->username == NULL || engine->password == NULL || actor == NULL
      || actor->device == NULL)
    {
      finish (step, HW_SYNC_ANSWER_UNAUTHORIZED);
      return;
    }
  hw_sign_in_over_async (engine->transport, engine->username, engine->password, NULL, actor->device,
                         g_get_host_name (), step->run, signed_in_cb, step);
}

static gboolean
keep_names (HwSyncStep *step, GError **error)
{
  return hw_store_set_setting (step->engine->store, HW_SYNC_SETTING_NAMES, step->text, error);
}

static void
names_replied (HwSyncStep *step)
{
  gsize size;
  const char *text = g_bytes_get_data (step->reply->body, &size);

  if (step->reply->status != 200)
    finish_with_reply (step);
  else if (!hw_sync_engine_take_names (step->engine, step->reply->body))
    finish (step, HW_SYNC_ANSWER_PROTOCOL);
  else
    {
      step->text = g_strndup (text, size);
      on_worker (step, keep_names, finish_well);
    }
}

void
hw_sync_step_begin (HwSyncEngine *engine, const HwSyncOrders *orders)
{
  HwSyncStep *step;

  if (orders->use_ahead && engine->ahead != NULL)
    {
      begin_by_ahead (engine->ahead);
      return;
    }
  step = step_new (engine, orders);
  switch (orders->request)
    {
    case HW_SYNC_REQUEST_PUSH:
      on_worker (step, take_batch, batch_taken);
      break;
    case HW_SYNC_REQUEST_PULL:
      begin_pull (step);
      break;
    case HW_SYNC_REQUEST_FORGET:
      step->count = engine->count_anew;
      on_worker (step, forget, forgotten);
      break;
    case HW_SYNC_REQUEST_SIGN_IN:
      begin_sign_in (step);
      break;
    case HW_SYNC_REQUEST_NAMES:
      over_the_wire (step, hw_transport_request_new ("GET", "/v1/users/names"), names_replied);
      break;
    case HW_SYNC_REQUEST_COPY:
      on_worker (step, count_copy, copy_counted);
      break;
    case HW_SYNC_REQUEST_NONE:
    default:
      step_free (step);
      break;
    }
}
