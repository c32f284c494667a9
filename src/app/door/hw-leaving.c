/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Told only when the answer was yes: who was frightened off is asked again.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/door/hw-leaving.h"

#include <glib/gi18n.h>

#include "app/hw-compat.h"

static const struct
{
  const char *setting;
  const char *body;
} ways[] = {
  [HW_LEAVING_PAPER]
  = { "paper.warned",
      N_ ("What is printed or saved leaves the protection of Homeward: whoever holds it can read it, and it cannot be "
          "called back. Give it to nobody but the person herself, and ask her first whether she can keep it safely.") },
  [HW_LEAVING_COPY]
  = { "copy.warned",
      N_ ("The copy leaves the protection of Homeward: whoever gets hold of this computer, or of the folder, can open "
          "it. Save it only where it is needed, and delete it afterwards.") },
  [HW_LEAVING_DRAG]
  = { "drag.warned",
      N_ ("What you drag into another window leaves the protection of Homeward: it stays there when Homeward locks. "
          "Drag only what is needed there.") },
};

gboolean
hw_leaving_is_told (HwDesktop *desktop, HwLeaving way)
{
  HwStore *store = hw_desktop_store (desktop);
  g_autofree char *told = store != NULL ? hw_store_get_setting (store, ways[way].setting) : NULL;

  return told != NULL;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  HwDesktop *desktop = g_task_get_source_object (task);
  HwStore *store = hw_desktop_store (desktop);
  gboolean yes = hw_compat_confirm_finish (result, NULL) && store != NULL;

  if (yes)
    hw_store_set_setting (store, ways[GPOINTER_TO_UINT (g_task_get_task_data (task))].setting, "1", NULL);
  g_task_return_boolean (task, yes);
}

void
hw_leaving_ask_async (GtkWidget *parent,
                      HwDesktop *desktop,
                      HwLeaving way,
                      const char *heading,
                      const char *go_on,
                      GAsyncReadyCallback callback,
                      gpointer data)
{
  g_autoptr (GTask) task = g_task_new (desktop, NULL, callback, data);

  g_task_set_source_tag (task, hw_leaving_ask_async);
  g_task_set_task_data (task, GUINT_TO_POINTER (way), NULL);
  if (!hw_desktop_is_unlocked (desktop))
    g_task_return_boolean (task, FALSE);
  else if (hw_leaving_is_told (desktop, way))
    g_task_return_boolean (task, TRUE);
  else
    hw_compat_confirm_async (parent, heading, _ (ways[way].body), go_on, FALSE, NULL, answered_cb,
                             g_steal_pointer (&task));
}

gboolean
hw_leaving_ask_finish (HwDesktop *desktop, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, desktop), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL) && hw_desktop_is_unlocked (desktop);
}
