/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One case with a record of every type and a value in every field, each of them found nowhere else.
 */
#pragma once

#include "tests/server/hw-test-server.h"

G_BEGIN_DECLS

#define HW_TEST_CASE "018f1111-2222-7333-8444-555566667777"
#define HW_TEST_REQUEST "3b1f8a52-1111-4aaa-8bbb-000000000001"       /* of the mission, sent */
#define HW_TEST_DRAFT_REQUEST "3b1f8a52-1111-4aaa-8bbb-000000000002" /* of the mission, not sent   \
                                                                      */
#define HW_TEST_OTHER_REQUEST "3b1f8a52-1111-4aaa-8bbb-000000000003" /* of another mission, sent   \
                                                                      */
#define HW_TEST_DOCUMENT "3b1f8a52-1111-4aaa-8bbb-000000000004"      /* on the first, lost */

typedef struct
{
  HwFieldId field;
  char *text;     /* what to search for */
  char *record;   /* whose value it is */
  gboolean shared; /* the record lies on a request that the mission was sent */
  gboolean shown; /* domain.md section 5: the mission of the first request may see it */
} HwTestCanary;

typedef struct
{
  GPtrArray *canaries; /* (element-type HwTestCanary) */
  GPtrArray *offered;  /* (element-type HwTestCanary) in open conflicts */
  GPtrArray *records;  /* (element-type utf8) ids of all records of the case */
} HwTestCase;

HwTestCase *hw_test_case_fill (HwStore *store);
/* An open question about every field of every record: what is offered there is met nowhere else. */
void hw_test_case_open_conflicts (HwTestCase *test_case, HwStore *store);
void hw_test_case_free (HwTestCase *test_case);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwTestCase, hw_test_case_free)

G_END_DECLS
