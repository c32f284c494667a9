/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A test that failed half-way leaves what it did not come to remove; the next run makes a new folder.
 */
#include "support/hw-test-folder.h"

#include <glib/gstdio.h>

void
hw_test_folder_remove (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      hw_test_folder_remove (child);
    }
  g_remove (path);
}
