/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an answer means: from a status to one of the few cases the machine tells apart, and from a fault to
 * the words a person reads. Each says what happened, what was kept and what to do.
 */
#define G_LOG_DOMAIN "homeward-sync"

#include "sync/hw-sync-machine.h"

#include <glib/gi18n-lib.h>

HwSyncAnswer
hw_sync_answer_of_status (guint status, const char *problem_type)
{
  switch (status)
    {
    case 200:
    case 201:
      return HW_SYNC_ANSWER_OK;
    case 304:
      return HW_SYNC_ANSWER_NOT_MODIFIED;
    case 400:
    case 413:
    case 415:
    case 422:
      return HW_SYNC_ANSWER_REJECTED;
    case 401:
      return HW_SYNC_ANSWER_UNAUTHORIZED;
    case 403:
      return HW_SYNC_ANSWER_FORBIDDEN;
    case 409:
      return g_strcmp0 (problem_type, "urn:homeward:problem:schema-unsupported") == 0
               ? HW_SYNC_ANSWER_SCHEMA
               : HW_SYNC_ANSWER_UNKNOWN;
    case 410:
      return HW_SYNC_ANSWER_GONE;
    case 429:
      return HW_SYNC_ANSWER_THROTTLED;
    case 502:
    case 503:
    case 504:
      return HW_SYNC_ANSWER_UNAVAILABLE;
    default:
      return status >= 500 && status < 600 ? HW_SYNC_ANSWER_SERVER : HW_SYNC_ANSWER_UNKNOWN;
    }
}

const char *
hw_sync_answer_text (HwSyncAnswer answer)
{
  switch (answer)
    {
    case HW_SYNC_ANSWER_INSECURE:
      return _("The server could not prove who it is, so nothing was sent to it. Your changes are "
               "kept on this computer. Ask your administrator.");
    case HW_SYNC_ANSWER_FORBIDDEN:
      return _("The server does not let this account do this. Your changes are kept on this "
               "computer. Ask your administrator.");
    case HW_SYNC_ANSWER_SCHEMA:
      return _("The server and this program are of different versions, so changes are not sent. "
               "They are kept on this computer. Update Homeward, or ask your administrator.");
    case HW_SYNC_ANSWER_REJECTED:
      return _("The server could not read a change made here. It is kept on this computer and the "
               "others are sent. Tell your administrator.");
    case HW_SYNC_ANSWER_PROTOCOL:
      return _("The server's answer could not be understood, so nothing was taken from it. Your "
               "changes are kept on this computer. Homeward tries again by itself.");
    case HW_SYNC_ANSWER_SERVER:
      return _("The server has a fault. Your changes are kept on this computer. Homeward tries "
               "again by itself.");
    case HW_SYNC_ANSWER_STORE:
      return _("This computer could not save what the server sent. Nothing is lost. Free some disk "
               "space; Homeward tries again by itself.");
    default:
      return _("The server answered in an unexpected way. Your changes are kept on this computer. "
               "Homeward tries again by itself.");
    }
}
