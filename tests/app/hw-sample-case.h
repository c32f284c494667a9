/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One invented case with a consent, a request and a journey, for looking at the desktop and for testing it.
 */
#pragma once

#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* Tuesday 24 November 2026, 20:12 UTC: 23:12 in Kuwait. */
#define HW_SAMPLE_NOW_US (G_GINT64_CONSTANT (1795551120) * G_USEC_PER_SEC)

#define HW_SAMPLE_ID(n) "0193a000-0000-7000-8000-0000000000" n
#define HW_SAMPLE_CASE_ID HW_SAMPLE_ID ("01")
#define HW_SAMPLE_OFFICE_ID HW_SAMPLE_ID ("02")
#define HW_SAMPLE_MISSION_ID HW_SAMPLE_ID ("03")
#define HW_SAMPLE_REQUEST_ID "0193a000-0000-4000-8000-000000000004"
#define HW_SAMPLE_DOCUMENT_ID "0193a000-0000-4000-8000-000000000005"
#define HW_SAMPLE_CONSENT_ID HW_SAMPLE_ID ("06")
#define HW_SAMPLE_RISK_ID HW_SAMPLE_ID ("07")
#define HW_SAMPLE_CONTACT_ID HW_SAMPLE_ID ("08")
#define HW_SAMPLE_MOVEMENT_ID HW_SAMPLE_ID ("09")
#define HW_SAMPLE_USER_ID HW_SAMPLE_ID ("0a")
#define HW_SAMPLE_LEG_ID HW_SAMPLE_ID ("12")

/* Written as the office would; the desktop is unlocked. */
void hw_sample_case_fill (HwDesktop *desktop);

G_END_DECLS
