/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Search and the live lists: what is found, and exactly which changes are told.
 */
#include "desktop-fixture.h"

#include <string.h>

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, GString *log)
{
  if (log->len > 0)
    g_string_append (log, ", ");
  g_string_append_printf (log, "%u-%u+%u", position, removed, added);
}

/* "0-0+2": at 0 nothing removed, two added. */
static char *
changes_of (Desktop *desktop, GString *log)
{
  char *text;

  desktop_spin (desktop);
  text = g_strdup (log->str);
  g_string_truncate (log, 0);
  return text;
}

#define assert_changes(desktop, log, expected)                                                     \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *assert_changes_found = changes_of (desktop, log);                             \
    g_assert_cmpstr (assert_changes_found, ==, expected);                                          \
  }                                                                                                \
  G_STMT_END

static char *
shown (Desktop *desktop, HwCaseList *list)
{
  GListModel *model = G_LIST_MODEL (list);
  GString *text = g_string_new (NULL);

  for (guint round = 0; round < 2; round++)
    {
      g_string_truncate (text, 0);
      for (guint i = 0; i < g_list_model_get_n_items (model); i++)
        {
          g_autoptr (HwCaseRow) row = g_list_model_get_item (model, i);

          g_string_append_printf (text, "%s%s", i > 0 ? " " : "", hw_case_row_pseudonym (row));
        }
      desktop_spin (desktop);
    }
  return g_string_free (text, FALSE);
}

#define assert_shown(desktop, list, expected)                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *assert_shown_found = shown (desktop, list);                                   \
    g_assert_cmpstr (assert_shown_found, ==, expected);                                            \
  }                                                                                                \
  G_STMT_END

static void
test_list_follows_exactly (Desktop *desktop, gconstpointer data)
{
  const char *b = desktop_server_case (desktop, "HW-BI-26-0002", "Bea");
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (HwCaseList) list = NULL;

  desktop_server_case (desktop, "HW-BI-26-0003", "Carine");
  desktop_spin (desktop);
  list = hw_case_list_new (desktop->store);
  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), log);
  assert_changes (desktop, log, "0-0+2");
  assert_shown (desktop, list, "Bea Carine");
  desktop_server_case (desktop, "HW-BI-26-0001", "Aline");
  assert_changes (desktop, log, "0-0+1");
  assert_shown (desktop, list, "Aline Bea Carine");
  desktop_set (desktop, HW_TYPE_ID_CASE, b, b, HW_FIELD_CASE_PSEUDONYM, "Beatrice");
  assert_changes (desktop, log, "1-1+1");
  assert_shown (desktop, list, "Aline Beatrice Carine");
  desktop_page (desktop, TRUE, desktop_purge (b), NULL);
  assert_changes (desktop, log, "1-1+0");
  assert_shown (desktop, list, "Aline Carine");
  g_assert_cmpuint (hw_case_list_total (list), ==, 2);
}

static void
loaded_cb (HwCaseRow *row, guint *count)
{
  (*count)++;
}

static void
test_rows_say_when_they_are_there (Desktop *desktop, gconstpointer data)
{
  g_autoptr (HwCaseList) list = NULL;
  g_autoptr (HwCaseRow) row = NULL;
  g_autoptr (HwCaseRow) same = NULL;
  guint count = 0;

  desktop_server_case (desktop, "HW-BI-26-0001", "Aline");
  list = hw_case_list_new (desktop->store);
  desktop_spin (desktop);
  row = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_false (hw_case_row_is_loaded (row));
  g_assert_null (hw_case_row_code (row));
  g_signal_connect (row, "loaded", G_CALLBACK (loaded_cb), &count);
  desktop_spin (desktop);
  g_assert_cmpuint (count, ==, 1);
  g_assert_cmpstr (hw_case_row_code (row), ==, "HW-BI-26-0001");
  same = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_true (same == row);
}

/* As a list view does: the moment it is told of rows it takes them, and shows them as they are filled. */
static void
take_rows_cb (GListModel *model, guint position, guint removed, guint added, GPtrArray *held)
{
  for (guint i = 0; i < removed; i++)
    g_ptr_array_remove_index (held, position);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (held, (int) (position + i), g_list_model_get_item (model, position + i));
}

static void
test_rows_that_a_view_holds_are_filled (Desktop *desktop, gconstpointer data)
{
  g_autoptr (HwCaseList) list = hw_case_list_new (desktop->store);
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_object_unref);

  desktop_spin (desktop);
  g_signal_connect (list, "items-changed", G_CALLBACK (take_rows_cb), held);
  desktop_server_case (desktop, "HW-BI-26-0001", "Aline");
  desktop_spin (desktop);
  desktop_server_case (desktop, "HW-BI-26-0003", "Carine");
  desktop_server_case (desktop, "HW-BI-26-0002", "Bea");
  desktop_spin (desktop);
  desktop_spin (desktop);
  g_assert_cmpuint (held->len, ==, 3);
  for (guint i = 0; i < held->len; i++)
    {
      HwCaseRow *row = g_ptr_array_index (held, i);
      g_autoptr (HwCaseRow) listed = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_assert_true (listed == row);
      g_assert_true (hw_case_row_is_loaded (row));
    }
}

static void
filter_to (Desktop *desktop, HwCaseList *list, HwCaseFilter filter)
{
  hw_case_list_set_filter (list, &filter);
  desktop_spin (desktop);
}

static void
test_filters_and_orders (Desktop *desktop, gconstpointer data)
{
  g_autoptr (HwCaseList) list = NULL;
  const char *closed = desktop_id ();

  desktop_server_case (desktop, "HW-BI-26-0001", "Zoe");
  desktop_server_case (desktop, "HW-BI-26-0002", "Aline");
  desktop_page (desktop,
                TRUE,
                desktop_put (HW_TYPE_ID_CASE,
                             closed,
                             closed,
                             1,
                             HW_FIELD_CASE_CODE,
                             "HW-BI-26-0003",
                             HW_FIELD_CASE_PSEUDONYM,
                             "Over",
                             HW_FIELD_CASE_STATUS,
                             "closed",
                             HW_FIELD_CASE_URGENCY,
                             "high",
                             HW_FIELD_NONE),
                NULL);
  list = hw_case_list_new (desktop->store);
  desktop_spin (desktop);
  assert_shown (desktop, list, "Zoe Aline");
  filter_to (desktop, list, (HwCaseFilter){ .sort = HW_CASE_SORT_PSEUDONYM });
  assert_shown (desktop, list, "Aline Zoe");
  filter_to (desktop,
             list,
             (HwCaseFilter){ .sort = HW_CASE_SORT_PSEUDONYM, .descending = TRUE, .closed = TRUE });
  assert_shown (desktop, list, "Zoe Over Aline");
  filter_to (desktop, list, (HwCaseFilter){ .urgency = (char *)"high", .closed = TRUE });
  assert_shown (desktop, list, "Over");
  filter_to (desktop, list, (HwCaseFilter){ .owner = (char *)"nobody" });
  assert_shown (desktop, list, "");
  g_assert_cmpuint (hw_case_list_total (list), ==, 2);
}

static void
test_last_filter_wins (Desktop *desktop, gconstpointer data)
{
  g_autoptr (HwCaseList) list = NULL;

  desktop_server_case (desktop, "HW-BI-26-0001", "Aline");
  desktop_server_case (desktop, "HW-BI-26-0002", "Bea");
  list = hw_case_list_new (desktop->store);
  hw_case_list_set_filter (list, &(HwCaseFilter){ .search = (char *)"aline" });
  hw_case_list_set_filter (list, &(HwCaseFilter){ .search = (char *)"nobody" });
  hw_case_list_set_filter (list, &(HwCaseFilter){ .search = (char *)"bea" });
  g_assert_true (hw_case_list_busy (list));
  desktop_spin (desktop);
  g_assert_false (hw_case_list_busy (list));
  assert_shown (desktop, list, "Bea");
}

static void
assert_found (Desktop *desktop, HwCaseList *list, const char *typed, gboolean expected)
{
  g_test_message ("looking for “%s”", typed);
  filter_to (desktop, list, (HwCaseFilter){ .search = (char *)typed });
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, expected ? 1 : 0);
}

static void
test_search_finds_as_it_is_spoken (Desktop *desktop, gconstpointer data)
{
  static const char *const found[] = {
    "esperance", "ESPÉRANCE", "esp",    "hako",          "ngozi", "Ngôzi",          "فاطمة",
    "فاطمه",     "أحمد",      "احمد",   "HW-BI-26-0004", "0004",  "+965 5000 1234", "0096550001234",
    "50001234",  "5000 1234", "001234", "esp hako",      "kuw"
  };
  static const char *const not_found[] = { "esperanta", "wrong", "999999", "esp wrong", "!!!" };
  const char *id = desktop_server_case (desktop, "HW-BI-26-0004", "Espérance");
  g_autoptr (HwCaseList) list = hw_case_list_new (desktop->store);

  desktop_server_case (desktop, "HW-BI-26-0005", "Somebody else");
  desktop_page (desktop,
                TRUE,
                desktop_put (HW_TYPE_ID_PERSON,
                             desktop_id (),
                             id,
                             1,
                             HW_FIELD_PERSON_ROLE,
                             "survivor",
                             HW_FIELD_PERSON_GIVEN_NAMES,
                             "فاطمة",
                             HW_FIELD_PERSON_FAMILY_NAME,
                             "Hakizimana أحمد",
                             HW_FIELD_PERSON_ORIGIN_PROVINCE,
                             "Ngozi",
                             HW_FIELD_NONE),
                desktop_put (HW_TYPE_ID_SAFE_CONTACT,
                             desktop_id (),
                             id,
                             1,
                             HW_FIELD_SAFE_CONTACT_VALUE,
                             "+96550001234",
                             HW_FIELD_NONE),
                desktop_put (HW_TYPE_ID_NOTE,
                             desktop_id (),
                             id,
                             1,
                             HW_FIELD_NOTE_TEXT,
                             "She waits in Kuwait with Hakorimana.",
                             HW_FIELD_NONE),
                NULL);
  desktop_spin (desktop);
  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    assert_found (desktop, list, found[i], TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (not_found); i++)
    assert_found (desktop, list, not_found[i], FALSE);
}

/* One is filed under the province of before 2025, another under the one since, a third by her commune. */
static void
test_search_finds_either_province (Desktop *desktop, gconstpointer data)
{
  static const struct
  {
    HwFieldId field;
    const char *name;
  } homes[] = { { HW_FIELD_PERSON_ORIGIN_PROVINCE, "Ngozi" },
                { HW_FIELD_PERSON_ORIGIN_NEW_PROVINCE, "Butanyerera" },
                { HW_FIELD_PERSON_ORIGIN_COMMUNE, "Kiremba" } };
  static const char *const typed[] = { "ngozi", "butanyerera", "Ngozi", "butany" };
  g_autoptr (HwCaseList) list = hw_case_list_new (desktop->store);

  for (guint i = 0; i < G_N_ELEMENTS (homes); i++)
    {
      g_autofree char *code = g_strdup_printf ("HW-BI-26-000%u", i + 1);
      const char *id = desktop_server_case (desktop, code, "Somebody");

      desktop_page (
        desktop,
        TRUE,
        desktop_put (
          HW_TYPE_ID_PERSON, desktop_id (), id, 1, homes[i].field, homes[i].name, HW_FIELD_NONE),
        NULL);
    }
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      filter_to (desktop, list, (HwCaseFilter){ .search = (char *)typed[i] });
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, G_N_ELEMENTS (homes));
    }
  assert_found (desktop, list, "makamba", FALSE);
}

static void
test_queue_is_what_nobody_carries (Desktop *desktop, gconstpointer data)
{
  g_autoptr (HwCaseList) list = hw_case_list_new (desktop->store);
  const char *id = desktop_id ();

  desktop_server_case (desktop, "HW-BI-26-0001", "Carried");
  desktop_page (desktop,
                TRUE,
                desktop_put (HW_TYPE_ID_CASE,
                             id,
                             id,
                             1,
                             HW_FIELD_CASE_PSEUDONYM,
                             "Waits",
                             HW_FIELD_CASE_STATUS,
                             "active",
                             HW_FIELD_CASE_OFFICE,
                             DESKTOP_OFFICE,
                             HW_FIELD_NONE),
                NULL);
  filter_to (desktop, list, (HwCaseFilter){ .owner = (char *)"" });
  assert_shown (desktop, list, "Waits");
  desktop_set (desktop, HW_TYPE_ID_CASE, id, id, HW_FIELD_CASE_OWNER, DESKTOP_USER);
  desktop_spin (desktop);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
}

static void
test_search_forgets_what_was_changed (Desktop *desktop, gconstpointer data)
{
  const char *id = desktop_server_case (desktop, "HW-BI-26-0004", "Oldname");
  g_autoptr (HwCaseList) list = hw_case_list_new (desktop->store);
  char provisional[] = "new-XXXX";

  desktop_set (desktop, HW_TYPE_ID_CASE, id, id, HW_FIELD_CASE_PSEUDONYM, "Newname");
  assert_found (desktop, list, "oldname", FALSE);
  assert_found (desktop, list, "newname", TRUE);
  memcpy (provisional + 4, id + strlen (id) - 4, 4);
  assert_found (desktop, list, provisional, TRUE);
  desktop_page (desktop, TRUE, desktop_purge (id), NULL);
  assert_found (desktop, list, "newname", FALSE);
}

/* ---- The row of a case made from the page in hand ---- */

static char *
row_of (Desktop *desktop, const char *case_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HwDb) db = hw_db_open (desktop->path, HW_DB_READ_WRITE, &error);
  HwStatement *statement = hw_db_prepare (
    db,
    "SELECT json_array (closed, s.code, pseudonym, stage, country, s.place, next_due, blocked_by, owner,"
    " t.name, t.code, t.phone, t.place, t.note) FROM case_summary s JOIN search_text t ON t.n = s.n"
    " WHERE case_id = $1");
  char *row;

  hw_statement_bind_text (statement, 1, case_id);
  g_assert_true (hw_statement_step (statement, &error));
  row = g_strdup (hw_statement_text (statement, 0));
  hw_statement_reset (statement);
  return row;
}

static HwItem *
asylum_question (const char *case_id, const char *assessment)
{
  HwItem *item = g_new0 (HwItem, 1);

  item->op = HW_ITEM_CONFLICT;
  item->type = HW_TYPE_ID_RISK_ASSESSMENT;
  item->id = g_strdup (desktop_id ());
  item->case_id = g_strdup (case_id);
  item->rev = 1;
  item->conflict_record = g_strdup (assessment);
  item->field = HW_FIELD_RISK_ASSESSMENT_ASYLUM;
  item->current = hw_value_new_text ("none");
  item->offered = hw_value_new_text ("pending");
  item->by = g_strdup (DESKTOP_USER);
  item->at = g_strdup ("2026-11-24T09:00:00Z");
  item->state = g_strdup ("open");
  return item;
}

/* A whole case in one page; question: one about its asylum comes first (1) or last (2). Then it is read
 * back, by another start of the program, because a contact was added. */
static void
assert_row_as_read_back (Desktop *desktop, guint question)
{
  const char *id = desktop_id (), *assessment = desktop_id ();
  HwItem *header = desktop_put (HW_TYPE_ID_CASE, id, id, 1, HW_FIELD_CASE_CODE, "HW-BI-26-0009",
                                HW_FIELD_CASE_PSEUDONYM, "Rose", HW_FIELD_CASE_STATUS, "active",
                                HW_FIELD_CASE_OWNER, DESKTOP_USER, HW_FIELD_NONE);
  HwItem *risk = desktop_put (HW_TYPE_ID_RISK_ASSESSMENT, assessment, id, 1,
                              HW_FIELD_RISK_ASSESSMENT_ASYLUM, "none", HW_FIELD_NONE);
  HwItem *person = desktop_put (HW_TYPE_ID_PERSON, desktop_id (), id, 1, HW_FIELD_PERSON_ROLE,
                                "survivor", HW_FIELD_PERSON_GIVEN_NAMES, "Aline", HW_FIELD_NONE);
  g_autofree char *fresh = NULL;
  g_autofree char *read_back = NULL;

  if (question == 1)
    desktop_page (desktop, TRUE, asylum_question (id, assessment), header, risk, person, NULL);
  else if (question == 2)
    desktop_page (desktop, TRUE, header, risk, person, asylum_question (id, assessment), NULL);
  else
    desktop_page (desktop, TRUE, header, risk, person, NULL);
  fresh = row_of (desktop, id);
  desktop_reopen (desktop);
  desktop_page (desktop, TRUE,
                desktop_put (HW_TYPE_ID_CONTACT_LOG, desktop_id (), id, 1, HW_FIELD_NONE),
                NULL);
  read_back = row_of (desktop, id);
  g_assert_cmpstr (fresh, ==, read_back);
}

static void
test_row_of_a_page (Desktop *desktop, gconstpointer data)
{
  for (guint question = 0; question < 3; question++)
    assert_row_as_read_back (desktop, question);
}

/* What was in the page before, and what this computer held before, count alike. */
static void
test_row_over_two_pages (Desktop *desktop, gconstpointer data)
{
  const char *id = desktop_server_case (desktop, "HW-BI-26-0004", "Rose");
  g_autofree char *row = NULL;

  desktop_page (desktop, FALSE,
                desktop_put (HW_TYPE_ID_PERSON, desktop_id (), id, 1, HW_FIELD_PERSON_ROLE, "survivor",
                             HW_FIELD_PERSON_GIVEN_NAMES, "Aline", HW_FIELD_NONE),
                NULL);
  desktop_page (desktop, TRUE,
                desktop_put (HW_TYPE_ID_PERSON, desktop_id (), id, 1, HW_FIELD_PERSON_ROLE, "dependant",
                             HW_FIELD_PERSON_GIVEN_NAMES, "Keza", HW_FIELD_NONE),
                NULL);
  row = row_of (desktop, id);
  g_assert_nonnull (strstr (row, "aline"));
  g_assert_nonnull (strstr (row, "keza"));
  g_assert_nonnull (strstr (row, "rose"));
}


static void
test_record_list_follows_exactly (Desktop *desktop, gconstpointer data)
{
  const char *case_id = desktop_server_case (desktop, "HW-BI-26-0001", "Aline");
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (HwRecordList) list
    = hw_record_list_new (desktop->store, HW_TYPE_ID_TASK, HW_FIELD_NONE, NULL);
  const char *first;

  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), log);
  assert_changes (desktop, log, "");
  first = desktop_id ();
  desktop_set (desktop, HW_TYPE_ID_TASK, first, case_id, HW_FIELD_TASK_TITLE, "One");
  assert_changes (desktop, log, "0-0+1");
  hw_clock_advance (desktop->clock, G_TIME_SPAN_MINUTE);
  desktop_set (desktop, HW_TYPE_ID_TASK, desktop_id (), case_id, HW_FIELD_TASK_TITLE, "Two");
  assert_changes (desktop, log, "0-0+1");
  desktop_set (desktop, HW_TYPE_ID_TASK, first, case_id, HW_FIELD_TASK_TITLE, "One, later");
  assert_changes (desktop, log, "1-1+1");
}

#define TEST(path, function)                                                                       \
  g_test_add (path, Desktop, NULL, desktop_set_up, function, desktop_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/lists/cases/follow-exactly", test_list_follows_exactly);
  TEST ("/lists/cases/rows-say-when-they-are-there", test_rows_say_when_they_are_there);
  TEST ("/lists/cases/rows-that-a-view-holds-are-filled", test_rows_that_a_view_holds_are_filled);
  TEST ("/lists/cases/filters-and-orders", test_filters_and_orders);
  TEST ("/lists/cases/last-filter-wins", test_last_filter_wins);
  TEST ("/lists/search/finds-as-it-is-spoken", test_search_finds_as_it_is_spoken);
  TEST ("/lists/search/finds-the-province-of-before-and-since", test_search_finds_either_province);
  TEST ("/lists/queue/is-what-nobody-carries", test_queue_is_what_nobody_carries);
  TEST ("/lists/search/forgets-what-was-changed", test_search_forgets_what_was_changed);
  TEST ("/lists/row/of-a-page-is-as-read-back", test_row_of_a_page);
  TEST ("/lists/row/over-two-pages-holds-both", test_row_over_two_pages);
  TEST ("/lists/records/follow-exactly", test_record_list_follows_exactly);
  return g_test_run ();
}
