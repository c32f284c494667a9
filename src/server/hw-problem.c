/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Problem documents. The table is the whole vocabulary; a verdict of the rules adds its gate's name
 * and its open conditions. Whatever comes in here has been projected already.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "server/hw-problem.h"

typedef struct
{
  guint status;
  const char *nick;
  const char *title;
} ProblemText;

static const ProblemText problems[] = {
  [HW_PROBLEM_MALFORMED] = { 400, "malformed", "This is not a request that can be read" },
  [HW_PROBLEM_DECIDED] = { 409, "decided", "Somebody decided otherwise about this first" },
  [HW_PROBLEM_NO_SESSION] = { 401, "no-session", "Sign in first" },
  [HW_PROBLEM_CREDENTIALS] = { 401, "credentials", "The name or the password is not right" },
  [HW_PROBLEM_REVOKED] = { 401, "revoked", "This laptop may no longer keep anything of this account" },
  [HW_PROBLEM_FORBIDDEN] = { 403, "role", "This role may not do this" },
  [HW_PROBLEM_NOT_FOUND] = { 404, "not-found", "There is nothing here" },
  [HW_PROBLEM_METHOD] = { 405, "method", "This cannot be done here" },
  [HW_PROBLEM_SCHEMA]
  = { 409, "schema-unsupported", "This version of Homeward is too old or too new to send changes" },
  [HW_PROBLEM_CURSOR_GONE]
  = { 410, "cursor-gone", "Start again from nothing and keep what waits to be sent" },
  [HW_PROBLEM_EPOCH_CHANGED]
  = { 410,
      "epoch-changed",
      "The server was restored: start again from nothing and keep what waits to be sent" },
  [HW_PROBLEM_STALE] = { 412, "stale", "The record has changed since it was read" },
  [HW_PROBLEM_PRECONDITION_REQUIRED]
  = { 428, "precondition-required", "Say in If-Match which revision was read" },
  [HW_PROBLEM_TOO_LARGE] = { 413, "too-large", "This is more than one request may carry" },
  [HW_PROBLEM_MEDIA_TYPE] = { 415, "media-type", "Only JSON is taken here" },
  [HW_PROBLEM_INVALID] = { 422, "invalid", "Something in this cannot be taken" },
  [HW_PROBLEM_THROTTLED] = { 429, "throttled", "Too many attempts: wait a little" },
  [HW_PROBLEM_HEADERS_TOO_LARGE] = { 431, "headers-too-large", "The headers are too long" },
  [HW_PROBLEM_TIMEOUT] = { 408, "timeout", "The request took too long to arrive" },
  [HW_PROBLEM_VERSION] = { 505, "http-version", "Only HTTP/1.1 is spoken here" },
  [HW_PROBLEM_UNAVAILABLE]
  = { 503, "unavailable", "The server cannot do this now; nothing was changed" },
  [HW_PROBLEM_GROUP_REFUSED]
  = { 409, "group-refused", "Another change of the same group was refused" },
  [HW_PROBLEM_CONTENT_THERE] = { 409, "content-there", "This file is here already" },
  [HW_PROBLEM_CONTENT_MISSING] = { 404, "content-missing", "This file has not arrived yet" },
  [HW_PROBLEM_CONTENT_REFUSED] = { 422, "content-refused", "This file cannot be taken" },
  [HW_PROBLEM_CONTENT_HIDDEN]
  = { 403, "content-hidden", "This kind of file is not shown outside the office" },
  [HW_PROBLEM_OFFSET] = { 409, "offset", "These bytes belong to another place" },
  [HW_PROBLEM_CHECKSUM] = { 460, "checksum", "These bytes were changed on the way" },
  [HW_PROBLEM_TUS] = { 412, "tus-version", "Uploads speak tus 1.0.0" },
  [HW_PROBLEM_RANGE] = { 416, "range", "There is no such part" },
};

static const struct
{
  HwReason reason;
  guint status;
  const char *nick;
  const char *title;
} reasons[] = {
  { HW_REASON_MOVE_NOT_ALLOWED, 409, "move-not-allowed", "This step is not possible from here" },
  { HW_REASON_ROLE, 403, "role", "This role may not do this" },
  { HW_REASON_NOT_FOUND, 404, "not-found", "There is nothing here" },
  { HW_REASON_INVALID, 422, "invalid", "Something in this cannot be taken" },
  { HW_REASON_IMMUTABLE, 409, "immutable", "This is never changed once it is written" },
  { HW_REASON_PARENT_UNKNOWN, 409, "parent-unknown", "What this belongs to is not here yet" },
  { HW_REASON_REQUEST_CLOSED, 409, "request-closed", "This request is closed" },
  { HW_REASON_SELF_APPROVAL, 409, "self-approval", "Nobody approves what they asked for" },
};

void
hw_problem_append_string (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const guchar *c = (const guchar *) text; *c != '\0'; c++)
    if (*c == '"' || *c == '\\')
      {
        g_string_append_c (out, '\\');
        g_string_append_c (out, *c);
      }
    else if (*c < 0x20)
      g_string_append_printf (out, "\\u%04x", *c);
    else
      g_string_append_c (out, *c);
  g_string_append_c (out, '"');
}

void
hw_problem_append_member (GString *out, const char *name, const char *text)
{
  hw_problem_append_string (out, name);
  g_string_append_c (out, ':');
  if (text != NULL)
    hw_problem_append_string (out, text);
  else
    g_string_append (out, "null");
}

static void
append_head (GString *out, const char *nick, const char *title, guint status, const char *detail)
{
  g_string_append_printf (out, "{\"type\":\"urn:homeward:problem:%s\",", nick);
  hw_problem_append_member (out, "title", title);
  g_string_append_printf (out, ",\"status\":%u", status);
  if (detail == NULL || *detail == '\0')
    return;
  g_string_append_c (out, ',');
  hw_problem_append_member (out, "detail", detail);
}

void
hw_problem_append (GString *out, HwProblem problem, const char *detail, const char *pointer)
{
  const ProblemText *text = &problems[problem];

  append_head (out, text->nick, text->title, text->status, detail);
  if (pointer != NULL)
    {
      g_string_append (out, ",\"errors\":[{");
      hw_problem_append_member (out, "pointer", pointer);
      g_string_append (out, ",\"code\":\"invalid\"}]");
    }
  g_string_append_c (out, '}');
}

HwServerResponse *
hw_problem_new (HwProblem problem, const char *detail, const char *pointer)
{
  GString *json = g_string_sized_new (256);
  HwServerResponse *response;

  hw_problem_append (json, problem, detail, pointer);
  response = hw_server_response_new_json (problems[problem].status, json);
  response->content_type = "application/problem+json";
  if (problem == HW_PROBLEM_UNAVAILABLE)
    response->retry_after = 5;
  return response;
}

HwServerResponse *
hw_problem_new_failed (const GError *error)
{
  if (error != NULL)
    g_warning ("request failed: %s %d", g_quark_to_string (error->domain), error->code);
  return hw_problem_new (HW_PROBLEM_UNAVAILABLE, NULL, NULL);
}

static guint
reason_index (HwReason reason)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (reasons[i].reason == reason)
      return i;
  return 0;
}

guint
hw_problem_verdict_status (HwVerdict *verdict)
{
  if (hw_verdict_reason (verdict) == HW_REASON_GATE)
    return 409;
  return reasons[reason_index (hw_verdict_reason (verdict))].status;
}

static void
append_pointer (GString *out, HwFieldId field)
{
  if (field != HW_FIELD_NONE)
    g_string_append_printf (out, "\"pointer\":\"/set/%s\",", hw_schema_field (field)->name);
}

void
hw_problem_append_conditions (GString *out, HwVerdict *verdict, HwFieldId pointed)
{
  GPtrArray *conditions = hw_verdict_conditions (verdict);

  g_string_append_c (out, '[');
  for (guint i = 0; i < conditions->len; i++)
    {
      HwCondition *condition = g_ptr_array_index (conditions, i);

      g_string_append (out, i == 0 ? "{" : ",{");
      append_pointer (out, pointed);
      hw_problem_append_member (out, "code", condition->code);
      if (condition->type != HW_TYPE_ID_NONE)
        g_string_append_printf (out, ",\"type\":\"%s\"", hw_schema_type (condition->type)->name);
      if (condition->field != HW_FIELD_NONE)
        g_string_append_printf (out, ",\"field\":\"%s\"", hw_schema_field (condition->field)->name);
      if (condition->record != NULL)
        g_string_append_printf (out, ",\"record\":\"%s\"", condition->record);
      g_string_append_c (out, ',');
      hw_problem_append_member (out, "title", condition->title);
      if (condition->detail != NULL)
        {
          g_string_append_c (out, ',');
          hw_problem_append_member (out, "detail", condition->detail);
        }
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

/* The status that was to be set, when the operation sets one. */
static HwFieldId
status_field (HwOperation *operation)
{
  HwFieldId field;

  if (operation == NULL || operation->type == HW_TYPE_ID_NONE)
    return HW_FIELD_NONE;
  field = hw_schema_type (operation->type)->status_field;
  return field != HW_FIELD_NONE && hw_operation_find (operation, field) != NULL ? field
                                                                                : HW_FIELD_NONE;
}

static void
append_gate (GString *out, HwVerdict *verdict, HwOperation *operation)
{
  g_autofree char *nick
    = g_strconcat ("gate-", hw_gate_nick (hw_verdict_gate (verdict))->nick, NULL);

  append_head (out,
               nick,
               "This step waits for conditions that are not met",
               409,
               hw_verdict_message (verdict));
  g_string_append (out, ",\"errors\":");
  hw_problem_append_conditions (out, verdict, status_field (operation));
  g_string_append_c (out, '}');
}

void
hw_problem_append_verdict (GString *out, HwVerdict *verdict, HwOperation *operation)
{
  guint i = reason_index (hw_verdict_reason (verdict));
  HwFieldId field = hw_verdict_field (verdict);

  if (hw_verdict_reason (verdict) == HW_REASON_GATE)
    {
      append_gate (out, verdict, operation);
      return;
    }
  append_head (
    out, reasons[i].nick, reasons[i].title, reasons[i].status, hw_verdict_message (verdict));
  if (field != HW_FIELD_NONE)
    {
      g_string_append (out, ",\"errors\":[{");
      append_pointer (out, field);
      hw_problem_append_member (out, "code", reasons[i].nick);
      g_string_append (out, "}]");
    }
  g_string_append_c (out, '}');
}
