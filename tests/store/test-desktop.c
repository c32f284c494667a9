/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The desktop's side: what is typed is shown, queued and never lost, and what the server says
 * replaces it exactly when it is there.
 */
#include "desktop-fixture.h"
#include "store/hw-alike.h"

#include <string.h>

#define assert_text(desktop, type, id, field, expected)                                            \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *assert_text_found = desktop_text (desktop, type, id, field);                  \
    g_assert_cmpstr (assert_text_found, ==, expected);                                             \
  }                                                                                                \
  G_STMT_END

#define assert_pseudonym(desktop, id, expected)                                                    \
  assert_text (desktop, HW_TYPE_ID_CASE, id, HW_FIELD_CASE_PSEUDONYM, expected)

static HwItem *
case_item (const char *id, guint64 rev, const char *pseudonym, const char *urgency)
{
  return desktop_put (HW_TYPE_ID_CASE,
                      id,
                      id,
                      rev,
                      HW_FIELD_CASE_CODE,
                      "HW-BI-26-0001",
                      HW_FIELD_CASE_PSEUDONYM,
                      pseudonym,
                      HW_FIELD_CASE_OFFICE,
                      DESKTOP_OFFICE,
                      HW_FIELD_CASE_OWNER,
                      DESKTOP_USER,
                      HW_FIELD_CASE_STATUS,
                      "active",
                      HW_FIELD_CASE_URGENCY,
                      urgency,
                      HW_FIELD_NONE);
}

static void
test_edit_survives_reopening (Desktop *desktop, gconstpointer data)
{
  const char *id = desktop_new_case (desktop, "Aline N.", NULL);
  g_autoptr (GPtrArray) queued = NULL;

  desktop_reopen (desktop);
  assert_pseudonym (desktop, id, "Aline N.");
  queued = hw_outbox_next (desktop->store, 10, NULL);
  g_assert_cmpuint (queued->len, ==, 1);
  g_assert_cmpuint (hw_outbox_counts (desktop->store).waiting, ==, 1);
}

static void
test_code_is_provisional_until_answered (Desktop *desktop, gconstpointer data)
{
  const char *operation;
  const char *id = desktop_new_case (desktop, "Aline N.", &operation);
  g_autofree char *provisional = desktop_text (desktop, HW_TYPE_ID_CASE, id, HW_FIELD_CASE_CODE);

  g_assert_true (g_str_has_prefix (provisional, "new-"));
  desktop_answer (
    desktop, operation, HW_RESULT_APPLIED, case_item (id, 1, "Aline N.", "low"), NULL);
  assert_text (desktop, HW_TYPE_ID_CASE, id, HW_FIELD_CASE_CODE, "HW-BI-26-0001");
  g_assert_cmpuint (hw_outbox_counts (desktop->store).waiting, ==, 0);
}

static void
test_answer_then_page (Desktop *desktop, gconstpointer data)
{
  const char *id = desktop_server_case (desktop, "HW-BI-26-0001", "Aline");
  const char *operation
    = desktop_set (desktop, HW_TYPE_ID_CASE, id, id, HW_FIELD_CASE_PSEUDONYM, "Aline N.");

  desktop_answer (
    desktop, operation, HW_RESULT_APPLIED, case_item (id, 2, "Aline N.", "low"), NULL);
  assert_pseudonym (desktop, id, "Aline N.");
  desktop_page (desktop, TRUE, case_item (id, 3, "Aline N.", "high"), NULL);
  assert_text (desktop, HW_TYPE_ID_CASE, id, HW_FIELD_CASE_URGENCY, "high");
}

static void
test_page_before_answer_keeps_what_waits (Desktop *desktop, gconstpointer data)
{
  const char *id = desktop_server_case (desktop, "HW-BI-26-0001", "Aline");
  const char *operation
    = desktop_set (desktop, HW_TYPE_ID_CASE, id, id, HW_FIELD_CASE_PSEUDONYM, "Aline N.");

  desktop_page (desktop, TRUE, case_item (id, 2, "Somebody else's word", "high"), NULL);
  assert_pseudonym (desktop, id, "Aline N.");
  assert_text (desktop, HW_TYPE_ID_CASE, id, HW_FIELD_CASE_URGENCY, "high");
  /* The server kept its own value and opened a conflict. */
  desktop_answer (desktop,
                  operation,
                  HW_RESULT_CONFLICT,
                  case_item (id, 2, "Somebody else's word", "high"),
                  NULL);
  assert_pseudonym (desktop, id, "Somebody else's word");
}

static void
test_answer_without_state_waits_for_the_run (Desktop *desktop, gconstpointer data)
{
  const char *id = desktop_server_case (desktop, "HW-BI-26-0001", "Aline");
  const char *operation
    = desktop_set (desktop, HW_TYPE_ID_CASE, id, id, HW_FIELD_CASE_PSEUDONYM, "Aline N.");

  desktop_answer (desktop, operation, HW_RESULT_APPLIED, NULL, NULL);
  assert_pseudonym (desktop, id, "Aline N.");
  g_assert_cmpuint (hw_outbox_counts (desktop->store).waiting, ==, 0);
  desktop_page (desktop, TRUE, case_item (id, 2, "Aline N.", "high"), NULL);
  assert_pseudonym (desktop, id, "Aline N.");
  assert_text (desktop, HW_TYPE_ID_CASE, id, HW_FIELD_CASE_URGENCY, "high");
}

static void
test_older_state_is_not_news (Desktop *desktop, gconstpointer data)
{
  const char *id = desktop_server_case (desktop, "HW-BI-26-0001", "Aline");

  desktop_page (desktop, TRUE, case_item (id, 5, "Fifth", "high"), NULL);
  desktop_page (desktop, TRUE, case_item (id, 4, "Fourth", "low"), NULL);
  assert_pseudonym (desktop, id, "Fifth");
}

static void
test_two_edits_settle_one_by_one (Desktop *desktop, gconstpointer data)
{
  const char *id = desktop_server_case (desktop, "HW-BI-26-0001", "Aline");
  const char *first
    = desktop_set (desktop, HW_TYPE_ID_CASE, id, id, HW_FIELD_CASE_PSEUDONYM, "First");
  const char *second
    = desktop_set (desktop, HW_TYPE_ID_CASE, id, id, HW_FIELD_CASE_PSEUDONYM, "Second");

  desktop_answer (desktop, first, HW_RESULT_APPLIED, case_item (id, 2, "First", "low"), NULL);
  assert_pseudonym (desktop, id, "Second");
  desktop_answer (desktop, second, HW_RESULT_APPLIED, case_item (id, 3, "Second", "low"), NULL);
  assert_pseudonym (desktop, id, "Second");
  /* The same answer again changes nothing. */
  desktop_answer (desktop, first, HW_RESULT_DUPLICATE, case_item (id, 2, "First", "low"), NULL);
  assert_pseudonym (desktop, id, "Second");
}

static void
test_refused_leaves_the_view_and_stays_to_be_seen (Desktop *desktop, gconstpointer data)
{
  const char *id = desktop_server_case (desktop, "HW-BI-26-0001", "Aline");
  const char *operation
    = desktop_set (desktop, HW_TYPE_ID_CASE, id, id, HW_FIELD_CASE_PSEUDONYM, "Typed");
  g_autoptr (GPtrArray) refusals = NULL;
  HwRefusal *refusal;

  desktop_answer (desktop, operation, HW_RESULT_REFUSED, NULL, "{\"title\":\"No\"}");
  assert_pseudonym (desktop, id, "Aline");
  g_assert_cmpuint (hw_outbox_counts (desktop->store).refused, ==, 1);
  refusals = hw_outbox_refusals (desktop->store, NULL);
  g_assert_cmpuint (refusals->len, ==, 1);
  refusal = g_ptr_array_index (refusals, 0);
  g_assert_cmpstr (refusal->problem, ==, "{\"title\":\"No\"}");
  g_assert_cmpstr (
    hw_value_text (hw_operation_find (refusal->operation, HW_FIELD_CASE_PSEUDONYM)->value),
    ==,
    "Typed");
  g_assert_true (hw_outbox_dismiss (desktop->store, operation, NULL));
  g_assert_cmpuint (hw_outbox_counts (desktop->store).refused, ==, 0);
}

static void
test_locally_refused_is_not_queued (Desktop *desktop, gconstpointer data)
{
  const char *id = desktop_server_case (desktop, "HW-BI-26-0001", "Aline");
  HwOperation *operation = desktop_operation (HW_ACTION_UPDATE, HW_TYPE_ID_CASE, id, id);
  HwResult *result;

  hw_operation_set_text (operation, HW_FIELD_CASE_CODE, "HW-BI-26-9999", 1);
  result = desktop_commit (desktop, operation);
  g_assert_cmpint (result->status, ==, HW_RESULT_REFUSED);
  g_assert_cmpint (hw_verdict_reason (result->verdict), ==, HW_REASON_IMMUTABLE);
  g_assert_cmpuint (hw_outbox_counts (desktop->store).waiting, ==, 0);
  assert_text (desktop, HW_TYPE_ID_CASE, id, HW_FIELD_CASE_CODE, "HW-BI-26-0001");
  hw_result_free (result);
}

static void
test_group_stands_or_falls (Desktop *desktop, gconstpointer data)
{
  const char *id = desktop_id (), *person = desktop_id ();
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_LOCAL, desktop->actor);
  HwOperation *create = desktop_operation (HW_ACTION_CREATE, HW_TYPE_ID_CASE, id, id);
  HwOperation *bad = desktop_operation (HW_ACTION_CREATE, HW_TYPE_ID_PERSON, person, id);
  g_autoptr (GPtrArray) results = NULL;

  hw_operation_set_text (create, HW_FIELD_CASE_PSEUDONYM, "Chantal", 0);
  hw_operation_set_text (create, HW_FIELD_CASE_OFFICE, DESKTOP_OFFICE, 0);
  hw_operation_set_text (create, HW_FIELD_CASE_OWNER, DESKTOP_USER, 0);
  hw_operation_set_text (bad, HW_FIELD_PERSON_ROLE, "no such role", 0);
  create->group = g_strdup ("intake");
  bad->group = g_strdup ("intake");
  hw_change_set_add (set, create);
  hw_change_set_add (set, bad);
  results = hw_store_commit (desktop->store, set, NULL);
  g_assert_cmpint (((HwResult *)g_ptr_array_index (results, 0))->status, ==, HW_RESULT_REFUSED);
  g_assert_cmpint (((HwResult *)g_ptr_array_index (results, 1))->status, ==, HW_RESULT_REFUSED);
  assert_pseudonym (desktop, id, "(gone)");
  g_assert_cmpuint (hw_outbox_counts (desktop->store).waiting, ==, 0);
}

static void
test_groups_are_sent_whole (Desktop *desktop, gconstpointer data)
{
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_LOCAL, desktop->actor);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GPtrArray) next = NULL;

  for (guint i = 0; i < 3; i++)
    {
      const char *id = desktop_id ();
      HwOperation *create = desktop_operation (HW_ACTION_CREATE, HW_TYPE_ID_CASE, id, id);

      hw_operation_set_text (create, HW_FIELD_CASE_PSEUDONYM, "One of three", 0);
      hw_operation_set_text (create, HW_FIELD_CASE_OFFICE, DESKTOP_OFFICE, 0);
      create->group = g_strdup ("three");
      hw_change_set_add (set, create);
    }
  results = hw_store_commit (desktop->store, set, NULL);
  g_assert_cmpint (((HwResult *)g_ptr_array_index (results, 2))->status, ==, HW_RESULT_APPLIED);
  next = hw_outbox_next (desktop->store, 1, NULL);
  g_assert_cmpuint (next->len, ==, 3);
}

static guint
count_requests (Desktop *desktop, const char *status)
{
  g_autoptr (GPtrArray) requests = hw_store_list (
    desktop->store, HW_TYPE_ID_EMBASSY_REQUEST, HW_FIELD_EMBASSY_REQUEST_STATUS, status, 0, NULL);
  const char *const statuses[] = { status, NULL };

  g_assert_cmpuint (
    hw_store_count (desktop->store, HW_FIELD_EMBASSY_REQUEST_STATUS, statuses), ==, requests->len);
  return requests->len;
}

static const char *
withdraw_with_open_request (Desktop *desktop, const char **request)
{
  const char *id = desktop_server_case (desktop, "HW-BI-26-0001", "Aline");
  const char *consent = desktop_id ();

  *request = desktop_id ();
  desktop_page (desktop,
                TRUE,
                desktop_put (HW_TYPE_ID_CONSENT,
                             consent,
                             id,
                             1,
                             HW_FIELD_CONSENT_PURPOSE,
                             "embassy_contact",
                             HW_FIELD_CONSENT_RECIPIENT,
                             DESKTOP_MISSION,
                             HW_FIELD_NONE),
                desktop_put (HW_TYPE_ID_EMBASSY_REQUEST,
                             *request,
                             id,
                             1,
                             HW_FIELD_EMBASSY_REQUEST_MISSION,
                             DESKTOP_MISSION,
                             HW_FIELD_EMBASSY_REQUEST_KIND,
                             "document",
                             HW_FIELD_EMBASSY_REQUEST_STATUS,
                             "sent",
                             HW_FIELD_NONE),
                NULL);
  return desktop_set (desktop,
                      HW_TYPE_ID_CONSENT,
                      consent,
                      id,
                      HW_FIELD_CONSENT_WITHDRAWN_AT,
                      "2026-11-24T12:00:00Z");
}

static void
test_consequences_are_shown_and_never_sent (Desktop *desktop, gconstpointer data)
{
  const char *request;
  g_autoptr (GPtrArray) next = NULL;

  withdraw_with_open_request (desktop, &request);
  g_assert_cmpuint (count_requests (desktop, "withdrawn"), ==, 1);
  next = hw_outbox_next (desktop->store, 10, NULL);
  g_assert_cmpuint (next->len, ==, 1);
}

static void
test_refusal_takes_its_consequences_back (Desktop *desktop, gconstpointer data)
{
  const char *request;
  const char *operation = withdraw_with_open_request (desktop, &request);

  desktop_answer (desktop, operation, HW_RESULT_REFUSED, NULL, "{}");
  g_assert_cmpuint (count_requests (desktop, "sent"), ==, 1);
}

static void
test_consequence_stays_until_the_run_ends (Desktop *desktop, gconstpointer data)
{
  const char *request;
  const char *operation = withdraw_with_open_request (desktop, &request);

  desktop_answer (desktop, operation, HW_RESULT_APPLIED, NULL, NULL);
  g_assert_cmpuint (count_requests (desktop, "withdrawn"), ==, 1);
  /* The server did not draw it: its word counts. */
  desktop_page (desktop, TRUE, NULL);
  g_assert_cmpuint (count_requests (desktop, "sent"), ==, 1);
}

static void
test_forgetting_the_server_keeps_the_queue (Desktop *desktop, gconstpointer data)
{
  const char *id = desktop_server_case (desktop, "HW-BI-26-0001", "Aline");
  const char *operation
    = desktop_set (desktop, HW_TYPE_ID_CASE, id, id, HW_FIELD_CASE_PSEUDONYM, "Acknowledged");
  const char *made = desktop_new_case (desktop, "Made here", NULL);
  g_autoptr (GPtrArray) next = NULL;
  g_autofree char *cursor = NULL;

  desktop_answer (
    desktop, operation, HW_RESULT_APPLIED, case_item (id, 2, "Acknowledged", "low"), NULL);
  g_assert_true (hw_store_forget_server_state (desktop->store, NULL));
  cursor = hw_store_cursor (desktop->store);
  g_assert_null (cursor);
  assert_pseudonym (desktop, id, "(gone)");
  assert_pseudonym (desktop, made, "Made here");
  /* A server restored from yesterday gets today's work again. */
  next = hw_outbox_next (desktop->store, 10, NULL);
  g_assert_cmpuint (next->len, ==, 2);
  desktop_page (desktop, TRUE, case_item (id, 1, "Aline", "low"), NULL);
  assert_pseudonym (desktop, id, "Acknowledged");
}

static HwItem *
conflict_item (const char *id, const char *record, const char *state)
{
  HwItem *item = g_new0 (HwItem, 1);

  item->op = HW_ITEM_CONFLICT;
  item->type = HW_TYPE_ID_CASE;
  item->id = g_strdup (id);
  item->conflict_record = g_strdup (record);
  item->field = HW_FIELD_CASE_PSEUDONYM;
  item->rev = 1;
  item->current = hw_value_new_text ("Aline");
  item->offered = hw_value_new_text ("Aline N.");
  item->state = g_strdup (state);
  return item;
}

static void
test_conflict_is_listed_and_settled (Desktop *desktop, gconstpointer data)
{
  const char *id = desktop_server_case (desktop, "HW-BI-26-0001", "Aline");
  const char *conflict = desktop_id ();
  HwOperation *operation = desktop_operation (HW_ACTION_RESOLVE, HW_TYPE_ID_CASE, conflict, id);
  const char *name = g_intern_string (operation->id);
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) during = NULL;
  g_autoptr (GPtrArray) after = NULL;
  HwResult *result;

  desktop_page (desktop, TRUE, conflict_item (conflict, id, "open"), NULL);
  before = hw_store_conflicts (desktop->store, TRUE, NULL);
  g_assert_cmpuint (before->len, ==, 1);
  g_assert_cmpstr (((HwConflict *)g_ptr_array_index (before, 0))->case_id, ==, id);
  operation->choice = g_strdup ("offered");
  result = desktop_commit (desktop, operation);
  g_assert_cmpint (result->status, ==, HW_RESULT_APPLIED);
  hw_result_free (result);
  assert_pseudonym (desktop, id, "Aline N.");
  during = hw_store_conflicts (desktop->store, TRUE, NULL);
  g_assert_cmpuint (during->len, ==, 0);
  desktop_answer (desktop, name, HW_RESULT_REFUSED, NULL, "{}");
  assert_pseudonym (desktop, id, "Aline");
  after = hw_store_conflicts (desktop->store, TRUE, NULL);
  g_assert_cmpuint (after->len, ==, 1);
}

static HwItem *
age_question (const char *screening, const char *case_id)
{
  HwItem *item = conflict_item (desktop_id (), screening, "open");

  item->type = HW_TYPE_ID_SCREENING;
  item->case_id = g_strdup (case_id);
  item->field = HW_FIELD_SCREENING_IS_MINOR;
  hw_value_unref (item->current);
  hw_value_unref (item->offered);
  item->current = hw_value_new_text ("no");
  item->offered = hw_value_new_text ("yes");
  return item;
}

static HwItem *
screening_item (const char *id, const char *case_id)
{
  return desktop_put (
    HW_TYPE_ID_SCREENING, id, case_id, 1, HW_FIELD_SCREENING_IS_MINOR, "no", HW_FIELD_NONE);
}

/* What the list says blocks the case's departure. (transfer full) (nullable) */
static char *
listed_as_blocked (Desktop *desktop, const char *case_id)
{
  g_autoptr (HwCaseList) list = hw_case_list_new (desktop->store);

  desktop_spin (desktop);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (HwCaseRow) row = g_list_model_get_item (G_LIST_MODEL (list), i);

      desktop_spin (desktop);
      if (g_strcmp0 (hw_case_row_id (row), case_id) == 0)
        return g_strdup (hw_case_row_blocked_by (row));
    }
  g_assert_not_reached ();
}

/* In whatever order they come, an open question whether she is a child closes the same gates. */
static void
test_conflict_before_its_record (Desktop *desktop, gconstpointer data)
{
  const char *early = desktop_id (), *late = desktop_id (), *one = desktop_id (),
             *other = desktop_id ();
  g_autoptr (HwCaseFile) file = NULL;
  g_autoptr (GPtrArray) offered = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *blocked = NULL;

  desktop_page (desktop,
                TRUE,
                age_question (one, early),
                screening_item (one, early),
                case_item (early, 1, "Early", "low"),
                case_item (late, 1, "Late", "low"),
                screening_item (other, late),
                NULL);
  before = listed_as_blocked (desktop, late);
  desktop_page (desktop, TRUE, age_question (other, late), NULL);
  after = listed_as_blocked (desktop, late);
  g_assert_cmpstr (before, !=, after);
  blocked = listed_as_blocked (desktop, early);
  g_assert_cmpstr (blocked, ==, after);
  file = hw_store_load_case (desktop->store, early, NULL);
  offered = hw_case_file_offered (file, HW_FIELD_SCREENING_IS_MINOR, one);
  g_assert_cmpuint (offered->len, ==, 1);
}

static gboolean
file_holds (const char *path, const char *text)
{
  g_autofree char *bytes = NULL;
  gsize length;

  return g_file_get_contents (path, &bytes, &length, NULL)
         && memmem (bytes, length, text, strlen (text)) != NULL;
}

static void
test_purge_leaves_nothing (Desktop *desktop, gconstpointer data)
{
  const char *id = desktop_server_case (desktop, "HW-BI-26-0001", "Kanarivogel");
  const char *kept = desktop_server_case (desktop, "HW-BI-26-0002", "Stays");
  const char *note = desktop_id ();
  g_autofree char *log = g_strconcat (desktop->path, "-wal", NULL);

  desktop_page (
    desktop,
    TRUE,
    desktop_put (
      HW_TYPE_ID_NOTE, note, id, 1, HW_FIELD_NOTE_TEXT, "zwanzigkanarien", HW_FIELD_NONE),
    NULL);
  g_assert_true (hw_store_set_setting (desktop->store, "any", "thing", NULL));
  desktop_page (desktop, TRUE, desktop_purge (id), NULL);
  assert_pseudonym (desktop, id, "(gone)");
  assert_pseudonym (desktop, kept, "Stays");
  g_assert_false (file_holds (desktop->path, "Kanarivogel"));
  g_assert_false (file_holds (desktop->path, "kanarivogel"));
  g_assert_false (file_holds (desktop->path, "zwanzigkanarien"));
  g_assert_false (file_holds (desktop->path, id));
  g_assert_false (file_holds (log, "zwanzigkanarien"));
}

/* That somebody is perhaps in a case which may no longer be seen is a thing of that case. */
static void
test_purge_takes_links_along (Desktop *desktop, gconstpointer data)
{
  const char *gone = desktop_server_case (desktop, "HW-BI-26-0001", "Goes");
  const char *kept = desktop_server_case (desktop, "HW-BI-26-0002", "Stays");
  const char *link = desktop_id ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  desktop_page (desktop,
                TRUE,
                desktop_put (HW_TYPE_ID_CASE_LINK,
                             link,
                             kept,
                             1,
                             HW_FIELD_CASE_LINK_OTHER,
                             gone,
                             HW_FIELD_CASE_LINK_STATE,
                             "possible",
                             HW_FIELD_NONE),
                NULL);
  before = desktop_text (desktop, HW_TYPE_ID_CASE_LINK, link, HW_FIELD_CASE_LINK_STATE);
  g_assert_cmpstr (before, ==, "possible");
  desktop_page (desktop, TRUE, desktop_purge (gone), NULL);
  after = desktop_text (desktop, HW_TYPE_ID_CASE_LINK, link, HW_FIELD_CASE_LINK_STATE);
  g_assert_cmpstr (after, ==, "(gone)");
  assert_pseudonym (desktop, kept, "Stays");
}

static HwItem *
said (const char *id, const char *case_id, guint64 rev, const char *asylum)
{
  return desktop_put (HW_TYPE_ID_RISK_ASSESSMENT,
                      id,
                      case_id,
                      rev,
                      HW_FIELD_RISK_ASSESSMENT_CONCLUSION,
                      "safe",
                      HW_FIELD_RISK_ASSESSMENT_ASYLUM,
                      asylum,
                      HW_FIELD_RISK_ASSESSMENT_OFFICIAL_INVOLVED,
                      "no",
                      HW_FIELD_NONE);
}

static HwItem *
linked (const char *link, const char *one, const char *other, guint64 rev, const char *state)
{
  return desktop_put (HW_TYPE_ID_CASE_LINK,
                      link,
                      one,
                      rev,
                      HW_FIELD_CASE_LINK_OTHER,
                      other,
                      HW_FIELD_CASE_LINK_STATE,
                      state,
                      HW_FIELD_NONE);
}

/* What keeps a request of this case from being sent; NULL: nothing of the other case. (listed_as_blocked tells the
 * number of conditions, of which that is one.) */
static void
assert_asked (Desktop *desktop, const char *case_id, const char *code, guint others)
{
  static const char *const codes[] = { "duplicate-undecided", "asylum-review-missing" };
  g_autoptr (HwCaseFile) file = hw_store_load_case (desktop->store, case_id, NULL);
  g_autoptr (HwRecord) request
    = hw_record_new (HW_TYPE_ID_EMBASSY_REQUEST, "3b1f8a52-4444-4aaa-8bbb-000000000001");
  const HwRulesContext context = { .now_us = DESKTOP_NOW };
  g_autoptr (HwVerdict) verdict
    = hw_gate_evaluate (HW_GATE_EMBASSY, file, request, "sent", &context);
  g_autofree char *listed = listed_as_blocked (desktop, case_id);

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    g_assert_true (hw_verdict_has (verdict, codes[i]) == (g_strcmp0 (code, codes[i]) == 0));
  g_assert_cmpuint (
    (guint)g_ascii_strtoull (listed, NULL, 10), ==, others + (code != NULL ? 1 : 0));
}

static guint
count_listed (Desktop *desktop, const char *case_id)
{
  g_autofree char *listed = listed_as_blocked (desktop, case_id);

  return (guint)g_ascii_strtoull (listed, NULL, 10);
}

/* A laptop that holds both cases judges by both, also in its list, whichever of the three comes later. */
static void
test_asylum_in_another_case (Desktop *desktop, gconstpointer data)
{
  const char *first = desktop_server_case (desktop, "HW-BI-26-0001", "First");
  const char *second = desktop_server_case (desktop, "HW-BI-26-0002", "Second");
  const char *risk = desktop_id (), *other_risk = desktop_id (), *link = desktop_id ();

  guint others;

  desktop_page (desktop, TRUE, said (other_risk, second, 1, "none"), NULL);
  others = count_listed (desktop, second);
  g_assert_cmpuint (others, >, 2);
  assert_asked (desktop, second, NULL, others);
  desktop_page (desktop, TRUE, linked (link, second, first, 1, "possible"), NULL);
  assert_asked (desktop, second, NULL, others);
  desktop_page (desktop, TRUE, said (risk, first, 1, "wishes"), NULL);
  assert_asked (desktop, second, "duplicate-undecided", others);
  desktop_page (desktop, TRUE, said (risk, first, 2, "none"), NULL);
  assert_asked (desktop, second, "duplicate-undecided", others);
  desktop_page (desktop, TRUE, linked (link, second, first, 2, "merged"), NULL);
  assert_asked (desktop, second, "asylum-review-missing", others);
  desktop_page (desktop, TRUE, linked (link, second, first, 3, "dismissed"), NULL);
  assert_asked (desktop, second, NULL, others);
}

static void
alike_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GPtrArray **found = data;

  *found = hw_store_find_alike_finish (HW_STORE (source), result, NULL);
}

static void
test_alike_while_typing (Desktop *desktop, gconstpointer data)
{
  const char *id = desktop_server_case (desktop, "HW-BI-26-0001", "Aline N.");
  g_autoptr (HwRecord) typed = hw_record_new (HW_TYPE_ID_PERSON, desktop_id ());
  g_autoptr (HwValue) given = hw_value_new_text ("Alin");
  g_autoptr (HwValue) family = hw_value_new_text ("Ndaishimie");
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) gone = NULL;

  desktop_page (desktop,
                TRUE,
                desktop_put (HW_TYPE_ID_PERSON,
                             desktop_id (),
                             id,
                             1,
                             HW_FIELD_PERSON_ROLE,
                             "survivor",
                             HW_FIELD_PERSON_GIVEN_NAMES,
                             "Aline",
                             HW_FIELD_PERSON_FAMILY_NAME,
                             "Ndayishimiye",
                             HW_FIELD_NONE),
                NULL);
  hw_record_set (typed, HW_FIELD_PERSON_GIVEN_NAMES, given);
  hw_record_set (typed, HW_FIELD_PERSON_FAMILY_NAME, family);
  hw_store_find_alike_async (
    desktop->store, hw_traits_of_records (typed, NULL), NULL, NULL, alike_cb, &found);
  desktop_spin (desktop);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (((HwAlike *)g_ptr_array_index (found, 0))->case_id, ==, id);
  desktop_page (desktop, TRUE, desktop_purge (id), NULL);
  hw_store_find_alike_async (
    desktop->store, hw_traits_of_records (typed, NULL), NULL, NULL, alike_cb, &gone);
  desktop_spin (desktop);
  g_assert_cmpuint (gone->len, ==, 0);
}

static void
test_purge_sends_what_waits (Desktop *desktop, gconstpointer data)
{
  const char *id = desktop_server_case (desktop, "HW-BI-26-0001", "Aline");
  const char *operation
    = desktop_set (desktop, HW_TYPE_ID_CASE, id, id, HW_FIELD_CASE_PSEUDONYM, "Last word");
  g_autoptr (GPtrArray) next = NULL;

  desktop_page (desktop, TRUE, desktop_purge (id), NULL);
  assert_pseudonym (desktop, id, "(gone)");
  next = hw_outbox_next (desktop->store, 10, NULL);
  g_assert_cmpuint (next->len, ==, 1);
  desktop_answer (desktop, operation, HW_RESULT_QUARANTINED, NULL, NULL);
  g_assert_cmpuint (hw_outbox_counts (desktop->store).quarantined, ==, 1);
  assert_pseudonym (desktop, id, "(gone)");
}

static void
count_cb (HwStore *store, GPtrArray *changes, guint *count)
{
  *count += changes->len;
}

static void
test_run_is_shown_when_complete (Desktop *desktop, gconstpointer data)
{
  const char *a = desktop_id (), *b = desktop_id ();
  guint count = 0;

  g_signal_connect (desktop->store, "changed", G_CALLBACK (count_cb), &count);
  desktop_page (desktop, FALSE, case_item (a, 1, "A", "low"), NULL);
  desktop_spin (desktop);
  g_assert_cmpuint (count, ==, 0);
  desktop_page (desktop, TRUE, case_item (b, 1, "B", "low"), NULL);
  desktop_spin (desktop);
  g_assert_cmpuint (count, ==, 2);
}

static void
test_mission_has_tables_of_its_own_types (Desktop *desktop, gconstpointer data)
{
  g_autofree char *path = g_build_filename (desktop->folder, "mission.db", NULL);
  g_autoptr (HwActor) actor = hw_actor_new (
    DESKTOP_USER, "Liaison", HW_ROLE_EMBASSY_LIAISON, NULL, DESKTOP_MISSION, "device-2");
  g_autoptr (HwStore) store = hw_store_open (path, HW_STORE_DESKTOP, desktop->clock, NULL);
  g_autofree char *setting = NULL;
  g_autoptr (HwDb) db = NULL;
  HwStatement *statement;

  hw_store_set_actor (store, actor);
  g_assert_true (hw_store_set_setting (store, "key", "value", NULL));
  setting = hw_store_get_setting (store, "key");
  g_assert_cmpstr (setting, ==, "value");
  hw_store_close (store);
  db = hw_db_open (path, HW_DB_READ_ONLY, NULL);
  statement = hw_db_prepare (db,
                             "SELECT group_concat (name) FROM sqlite_schema WHERE type = 'table' "
                             "AND name LIKE 'r\\_%' ESCAPE '\\'");
  g_assert_true (hw_statement_step (statement, NULL));
  g_assert_nonnull (strstr (hw_statement_text (statement, 0), "r_embassy_request"));
  g_assert_null (strstr (hw_statement_text (statement, 0), "r_case"));
  g_assert_null (strstr (hw_statement_text (statement, 0), "r_screening"));
  g_assert_null (strstr (hw_statement_text (statement, 0), "r_risk"));
}

static void
test_mission_works_by_request (Desktop *desktop, gconstpointer data)
{
  g_autofree char *path = g_build_filename (desktop->folder, "mission.db", NULL);
  Desktop mission = { .path = path, .clock = desktop->clock };
  const char *request = desktop_id (), *message = desktop_id ();
  HwOperation *operation
    = desktop_operation (HW_ACTION_CREATE, HW_TYPE_ID_EMBASSY_MESSAGE, message, NULL);
  g_autoptr (HwRecord) record = NULL;
  g_autoptr (HwCaseFile) file = NULL;
  HwItem *purge = desktop_purge (request);
  HwResult *result;

  mission.actor = hw_actor_new (
    DESKTOP_USER, "Liaison", HW_ROLE_EMBASSY_LIAISON, NULL, DESKTOP_MISSION, "device-2");
  mission.store = hw_store_open (path, HW_STORE_DESKTOP, desktop->clock, NULL);
  hw_store_set_actor (mission.store, mission.actor);
  desktop_page (&mission,
                TRUE,
                desktop_put (HW_TYPE_ID_EMBASSY_REQUEST,
                             request,
                             NULL,
                             1,
                             HW_FIELD_EMBASSY_REQUEST_MISSION,
                             DESKTOP_MISSION,
                             HW_FIELD_EMBASSY_REQUEST_STATUS,
                             "sent",
                             HW_FIELD_NONE),
                NULL);
  hw_operation_set_text (operation, HW_FIELD_EMBASSY_MESSAGE_REQUEST, request, 0);
  hw_operation_set_text (operation, HW_FIELD_EMBASSY_MESSAGE_FROM, "embassy", 0);
  hw_operation_set_text (operation, HW_FIELD_EMBASSY_MESSAGE_TEXT, "Please send a photo", 0);
  result = desktop_commit (&mission, operation);
  if (result->verdict != NULL)
    g_test_message ("%s", hw_verdict_message (result->verdict));
  g_assert_cmpint (result->status, ==, HW_RESULT_APPLIED);
  hw_result_free (result);
  record = hw_store_get_record (mission.store, HW_TYPE_ID_EMBASSY_MESSAGE, message, NULL);
  g_assert_null (hw_record_case (record));
  file = hw_store_load_case (mission.store, request, NULL);
  g_assert_cmpuint (hw_case_file_records (file)->len, ==, 2);
  purge->type = HW_TYPE_ID_EMBASSY_REQUEST;
  desktop_page (&mission, TRUE, purge, NULL);
  assert_text (
    &mission, HW_TYPE_ID_EMBASSY_MESSAGE, message, HW_FIELD_EMBASSY_MESSAGE_TEXT, "(gone)");
  hw_store_close (mission.store);
  g_object_unref (mission.store);
  hw_actor_free (mission.actor);
}

static void
test_history_tells_what_was (Desktop *desktop, gconstpointer data)
{
  const char *id = desktop_new_case (desktop, "First", NULL);
  g_autoptr (GPtrArray) history = NULL;
  guint found = 0;

  desktop_set (desktop, HW_TYPE_ID_CASE, id, id, HW_FIELD_CASE_PSEUDONYM, "Second");
  history = hw_store_history (desktop->store, HW_TYPE_ID_CASE, id, NULL);
  for (guint i = 0; i < history->len; i++)
    {
      HwHistoryEntry *entry = g_ptr_array_index (history, i);

      if (entry->field != HW_FIELD_CASE_PSEUDONYM)
        continue;
      g_assert_cmpstr (hw_value_text (entry->value), ==, found == 0 ? "Second" : "First");
      found++;
    }
  g_assert_cmpuint (found, ==, 2);
}

static void
draft_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(gboolean *)data = hw_store_save_draft_finish (HW_STORE (source), result, NULL);
}

static void
test_drafts_are_kept (Desktop *desktop, gconstpointer data)
{
  gboolean saved = FALSE;
  g_autoptr (GPtrArray) drafts = NULL;

  hw_store_save_draft_async (desktop->store, "intake:1", "{}", draft_cb, &saved);
  desktop_spin (desktop);
  g_assert_true (saved);
  desktop_reopen (desktop);
  drafts = hw_store_drafts (desktop->store, "intake:", NULL);
  g_assert_cmpuint (drafts->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (drafts, 0), ==, "intake:1");
}

#define TEST(path, function)                                                                       \
  g_test_add (path, Desktop, NULL, desktop_set_up, function, desktop_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/desktop/edit-survives-reopening", test_edit_survives_reopening);
  TEST ("/desktop/code-is-provisional-until-answered", test_code_is_provisional_until_answered);
  TEST ("/desktop/overlay/answer-then-page", test_answer_then_page);
  TEST ("/desktop/overlay/page-before-answer-keeps-what-waits",
        test_page_before_answer_keeps_what_waits);
  TEST ("/desktop/overlay/answer-without-state-waits-for-the-run",
        test_answer_without_state_waits_for_the_run);
  TEST ("/desktop/overlay/older-state-is-not-news", test_older_state_is_not_news);
  TEST ("/desktop/overlay/two-edits-settle-one-by-one", test_two_edits_settle_one_by_one);
  TEST ("/desktop/refused/leaves-the-view-and-stays-to-be-seen",
        test_refused_leaves_the_view_and_stays_to_be_seen);
  TEST ("/desktop/refused/locally-is-not-queued", test_locally_refused_is_not_queued);
  TEST ("/desktop/group/stands-or-falls", test_group_stands_or_falls);
  TEST ("/desktop/group/is-sent-whole", test_groups_are_sent_whole);
  TEST ("/desktop/consequences/are-shown-and-never-sent",
        test_consequences_are_shown_and_never_sent);
  TEST ("/desktop/consequences/go-with-their-refusal", test_refusal_takes_its_consequences_back);
  TEST ("/desktop/consequences/stay-until-the-run-ends", test_consequence_stays_until_the_run_ends);
  TEST ("/desktop/forget/keeps-the-queue", test_forgetting_the_server_keeps_the_queue);
  TEST ("/desktop/conflict/is-listed-and-settled", test_conflict_is_listed_and_settled);
  TEST ("/desktop/conflict/may-come-before-its-record", test_conflict_before_its_record);
  TEST ("/desktop/purge/leaves-nothing", test_purge_leaves_nothing);
  TEST ("/desktop/purge/takes-links-along", test_purge_takes_links_along);
  TEST ("/desktop/alike/asylum-in-another-case", test_asylum_in_another_case);
  TEST ("/desktop/alike/is-found-while-typing", test_alike_while_typing);
  TEST ("/desktop/purge/sends-what-waits", test_purge_sends_what_waits);
  TEST ("/desktop/run/is-shown-when-complete", test_run_is_shown_when_complete);
  TEST ("/desktop/mission/has-tables-of-its-own-types", test_mission_has_tables_of_its_own_types);
  TEST ("/desktop/mission/works-by-request", test_mission_works_by_request);
  TEST ("/desktop/history/tells-what-was", test_history_tells_what_was);
  TEST ("/desktop/drafts/are-kept", test_drafts_are_kept);
  return g_test_run ();
}
