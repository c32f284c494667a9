/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How each story of the demo stands on the day it is loaded (domain.md, section 6), written out here to disagree
 * with the demo or with the rules when either slips.
 */
#pragma once

#include "domain/hw-summary.h"

#define GATES 13

typedef struct
{
  const char *number;
  HwStage stage;
  const char *tracks;       /* safety, consent, … reintegration: state nick and words */
  const char *blocking;     /* exactly what blocks departure, in this order */
  const char *gates[GATES]; /* "gate record>target: open | codes"; every gate of the case, in the order of the answer */
} Told;

static const Told told[] = {
  { "0001",
    HW_STAGE_DOCUMENTS_AND_EXIT,
    "With a plan (done), Confirm again (blocked), Approved (done), In production (waiting), "
    "1 to pay (blocked), Seat held (waiting), Confirmed (done), Located (waiting), "
    "Later (later)",
    "decision-old document-unverified exit-open",
    {
      "embassy embassy_request>sent: open",
      "child embassy_request>sent: open",
      "embassy movement>held: open",
      "child movement>ticketed: open",
      "ticket movement>ticketed: document-unverified exit-open decision-old",
      "departure movement>checked_in: departure-decision-missing",
      "closure case>closed: closure-reason-missing closure-approval-missing task-open "
      "task-open review-date-missing",
    } },
  { "0002",
    HW_STAGE_DOCUMENTS_AND_EXIT,
    "Safe (done), Given (done), Approved (done), Verified (done), Pending (waiting), "
    "No journey (later), Nobody named (later), 1 known (later), Later (later)",
    "exit-open fitness-missing reception-missing itinerary-missing",
    {
      "embassy embassy_request>sent: open",
      "child embassy_request>sent: open",
      "closure case>closed: closure-reason-missing closure-approval-missing task-open "
      "review-date-missing",
    } },
  { "0003",
    HW_STAGE_SAFETY_AND_DECISION,
    "With a plan (done), In part (waiting), No request (later), None (later), "
    "Not checked (later), No journey (later), Nobody named (later), Not begun (later), "
    "Later (later)",
    "guardian-missing best-interests-missing proxy-consent-missing consent-missing "
    "document-missing fitness-missing child-escort-missing decision-missing "
    "travel-consent-missing exit-unchecked reception-missing itinerary-missing",
    {
      "closure case>closed: closure-reason-missing closure-approval-missing task-open "
      "review-date-missing",
    } },
  { "0004",
    HW_STAGE_SAFETY_AND_DECISION,
    "Not safe (blocked), Undecided (blocked), Locked (blocked), None (later), "
    "Not checked (later), No journey (later), Nobody named (later), Not begun (later), "
    "Later (later)",
    "asylum-open risk-not-safe official-involved decision-not-return consent-missing "
    "document-missing fitness-missing travel-consent-missing exit-unchecked reception-missing "
    "itinerary-missing",
    {
      "closure case>closed: closure-reason-missing closure-approval-missing task-open "
      "review-date-missing",
    } },
  { "0005",
    HW_STAGE_TRAVEL,
    "Safe (done), Given (done), Approved (done), Verified (done), Cleared (done), "
    "Ticketed (waiting), Confirmed (done), Not begun (later), Later (later)",
    "departure-decision-missing",
    {
      "embassy embassy_request>sent: open",
      "child embassy_request>sent: open",
      "embassy movement>held: open",
      "child movement>ticketed: open",
      "ticket movement>ticketed: open",
      "departure movement>checked_in: departure-decision-missing",
      "closure case>closed: closure-reason-missing closure-approval-missing review-date-missing",
    } },
  { "0006",
    HW_STAGE_BOOKING,
    "Safe (done), Given (done), Approved (done), Verified (done), Cleared (done), "
    "Seat held (waiting), Confirmed (done), Not begun (later), Later (later)",
    "fitness-old",
    {
      "embassy embassy_request>sent: open",
      "child embassy_request>sent: open",
      "embassy movement>held: open",
      "child movement>ticketed: open",
      "ticket movement>ticketed: fitness-old",
      "departure movement>checked_in: departure-decision-missing",
      "closure case>closed: closure-reason-missing closure-approval-missing task-open "
      "review-date-missing",
    } },
  { "0007",
    HW_STAGE_EMBASSY,
    "Safe (done), In part (waiting), Nationality not confirmed (blocked), "
    "Collecting evidence (blocked), Not checked (later), No journey (later), "
    "Nobody named (later), 1 known (later), Later (later)",
    "document-missing fitness-missing travel-consent-missing exit-unchecked reception-missing "
    "itinerary-missing",
    {
      "embassy embassy_request>sent: open",
      "child embassy_request>sent: open",
      "closure case>closed: closure-reason-missing closure-approval-missing task-open "
      "review-date-missing",
    } },
  { "0008",
    HW_STAGE_DOCUMENTS_AND_EXIT,
    "Safe (done), Given (done), Approved (done), Received (blocked), Cleared (done), "
    "Requested (waiting), Confirmed (done), Not begun (later), Later (later)",
    "document-unverified document-not-accepted",
    {
      "embassy embassy_request>sent: open",
      "child embassy_request>sent: open",
      "embassy movement>held: open",
      "child movement>ticketed: open",
      "ticket movement>ticketed: document-unverified document-not-accepted",
      "departure movement>checked_in: departure-decision-missing",
      "closure case>closed: closure-reason-missing closure-approval-missing task-open "
      "review-date-missing",
    } },
  { "0009",
    HW_STAGE_FAMILY,
    "With a plan (done), Given (done), No request (later), Used (done), Cleared (done), "
    "Arrived (done), Confirmed (done), Approved (waiting), Visits planned (waiting)",
    "",
    {
      "embassy movement>held: mission-missing",
      "child movement>ticketed: open",
      "ticket movement>ticketed: itinerary-missing document-missing risk-assessment-old fitness-missing "
      "decision-missing travel-consent-missing",
      "departure movement>checked_in: departure-decision-missing",
      "reunification reunification>done: open",
      "closure case>closed: closure-reason-missing closure-approval-missing task-open "
      "review-date-missing",
    } },
  { "0010",
    HW_STAGE_REINTEGRATION,
    "Safe (done), Given (done), Closed (done), Used (done), Cleared (done), Arrived (done), "
    "Confirmed (done), Done (done), Unsafe to contact (blocked)",
    "",
    {
      "embassy embassy_request>sent: open",
      "child embassy_request>sent: open",
      "embassy movement>held: open",
      "embassy movement>held: open",
      "child movement>ticketed: open",
      "child movement>ticketed: open",
      "ticket movement>ticketed: itinerary-missing document-missing risk-assessment-old "
      "fitness-missing travel-consent-missing",
      "ticket movement>ticketed: itinerary-missing document-missing fitness-missing "
      "decision-not-return",
      "departure movement>checked_in: departure-decision-missing emergency-number-missing",
      "departure movement>checked_in: open",
      "reunification reunification>done: open",
      "closure case>closed: closure-reason-missing closure-approval-missing task-open "
      "review-date-missing",
    } },
};
