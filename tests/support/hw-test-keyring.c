/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The few calls of the Secret Service that storing, looking up and removing a password take. Secrets cross the bus as
 * they are ("plain"): the bus is the test's own.
 */
#include "tests/support/hw-test-keyring.h"

#define NAME "org.freedesktop.secrets"
#define ROOT "/org/freedesktop/secrets"
#define COLLECTION ROOT "/aliases/default"
#define SESSION ROOT "/session/only"
#define ITEM "org.freedesktop.Secret.Item."

typedef struct
{
  char     *path;       /* (owned) */
  GVariant *attributes; /* (owned) a{ss} */
  GVariant *secret;     /* (owned) ay */
  guint     object;
} Item;

struct _HwTestKeyring
{
  GDBusConnection *connection; /* (owned) */
  GDBusNodeInfo   *node;       /* (owned) */
  GPtrArray       *items;      /* (owned) */
  gboolean         answers;
  guint            n_made, n_searches;
};

static const char xml[]
  = "<node>"
    "<interface name='org.freedesktop.Secret.Service'>"
    "<method name='OpenSession'><arg type='s' direction='in'/><arg type='v' direction='in'/>"
    "<arg type='v' direction='out'/><arg type='o' direction='out'/></method>"
    "<method name='SearchItems'><arg type='a{ss}' direction='in'/><arg type='ao' direction='out'/>"
    "<arg type='ao' direction='out'/></method>"
    "<method name='GetSecrets'><arg type='ao' direction='in'/><arg type='o' direction='in'/>"
    "<arg type='a{o(oayays)}' direction='out'/></method>"
    "<property name='Collections' type='ao' access='read'/>"
    "</interface>"
    "<interface name='org.freedesktop.Secret.Collection'>"
    "<method name='CreateItem'><arg type='a{sv}' direction='in'/><arg type='(oayays)' direction='in'/>"
    "<arg type='b' direction='in'/><arg type='o' direction='out'/><arg type='o' direction='out'/></method>"
    "</interface>"
    "<interface name='org.freedesktop.Secret.Item'>"
    "<method name='Delete'><arg type='o' direction='out'/></method>"
    "</interface>"
    "</node>";

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->path);
  g_variant_unref (item->attributes);
  g_variant_unref (item->secret);
  g_free (item);
}

static gboolean
has_attributes (Item *item, GVariant *wanted)
{
  GVariantIter iter;
  const char *name, *value, *own;

  g_variant_iter_init (&iter, wanted);
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &value))
    if (!g_variant_lookup (item->attributes, name, "&s", &own) || !g_str_equal (own, value))
      return FALSE;
  return TRUE;
}

static Item *
find_by_path (HwTestKeyring *self, const char *path)
{
  for (guint i = 0; i < self->items->len; i++)
    if (g_str_equal (((Item *) self->items->pdata[i])->path, path))
      return self->items->pdata[i];
  return NULL;
}

/* ---- Calls ---- */

static void
open_session (GDBusMethodInvocation *invocation, GVariant *parameters)
{
  const char *algorithm;

  g_variant_get_child (parameters, 0, "&s", &algorithm);
  if (g_str_equal (algorithm, "plain"))
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(vo)", g_variant_new_string (""), SESSION));
  else
    g_dbus_method_invocation_return_dbus_error (invocation, "org.freedesktop.DBus.Error.NotSupported", "plain only");
}

static void
search (HwTestKeyring *self, GDBusMethodInvocation *invocation, GVariant *parameters)
{
  g_autoptr (GVariant) wanted = g_variant_get_child_value (parameters, 0);
  GVariantBuilder found;

  self->n_searches++;
  g_variant_builder_init (&found, G_VARIANT_TYPE ("ao"));
  for (guint i = 0; i < self->items->len; i++)
    if (has_attributes (self->items->pdata[i], wanted))
      g_variant_builder_add (&found, "o", ((Item *) self->items->pdata[i])->path);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(ao@ao)", &found, g_variant_new ("ao", NULL)));
}

static void
give_secrets (HwTestKeyring *self, GDBusMethodInvocation *invocation, GVariant *parameters)
{
  g_autoptr (GVariantIter) paths = NULL;
  GVariantBuilder secrets;
  const char *path;

  g_variant_builder_init (&secrets, G_VARIANT_TYPE ("a{o(oayays)}"));
  g_variant_get_child (parameters, 0, "ao", &paths);
  while (g_variant_iter_next (paths, "&o", &path))
    {
      Item *item = find_by_path (self, path);

      if (item != NULL)
        g_variant_builder_add (&secrets, "{o(o@ay@ays)}", path, SESSION, g_variant_new ("ay", NULL), item->secret,
                               "text/plain");
    }
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(a{o(oayays)})", &secrets));
}

static void method_called (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
                           const char *method, GVariant *parameters, GDBusMethodInvocation *invocation, gpointer data);
static GVariant *get_property (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
                               const char *name, GError **error, gpointer data);

static guint
put_object (HwTestKeyring *self, const char *path, const char *interface)
{
  static const GDBusInterfaceVTable table = { .method_call = method_called, .get_property = get_property };
  g_autoptr (GError) error = NULL;
  guint object = g_dbus_connection_register_object (
    self->connection, path, g_dbus_node_info_lookup_interface (self->node, interface), &table, self, NULL, &error);

  g_assert_no_error (error);
  return object;
}

static void
remove_item (HwTestKeyring *self, Item *item)
{
  g_dbus_connection_unregister_object (self->connection, item->object);
  g_ptr_array_remove (self->items, item);
}

static void
create_item (HwTestKeyring *self, GDBusMethodInvocation *invocation, GVariant *parameters)
{
  g_autoptr (GVariant) properties = g_variant_get_child_value (parameters, 0);
  g_autoptr (GVariant) secret = g_variant_get_child_value (parameters, 1);
  Item *item = g_new0 (Item, 1);

  item->attributes = g_variant_lookup_value (properties, ITEM "Attributes", G_VARIANT_TYPE ("a{ss}"));
  item->secret = g_variant_get_child_value (secret, 2);
  item->path = g_strdup_printf (COLLECTION "/%u", ++self->n_made);
  for (guint i = self->items->len; i > 0; i--)
    if (has_attributes (self->items->pdata[i - 1], item->attributes))
      remove_item (self, self->items->pdata[i - 1]);
  item->object = put_object (self, item->path, "org.freedesktop.Secret.Item");
  g_ptr_array_add (self->items, item);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(oo)", item->path, "/"));
}

static void
method_called (GDBusConnection *connection, const char *sender, const char *path, const char *interface, const char *method,
               GVariant *parameters, GDBusMethodInvocation *invocation, gpointer data)
{
  HwTestKeyring *self = data;

  if (g_str_equal (method, "OpenSession"))
    open_session (invocation, parameters);
  else if (g_str_equal (method, "SearchItems"))
    search (self, invocation, parameters);
  else if (g_str_equal (method, "GetSecrets"))
    give_secrets (self, invocation, parameters);
  else if (g_str_equal (method, "CreateItem"))
    create_item (self, invocation, parameters);
  else
    {
      remove_item (self, find_by_path (self, path));
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", "/"));
    }
}

static GVariant *
get_property (GDBusConnection *connection, const char *sender, const char *path, const char *interface, const char *name,
              GError **error, gpointer data)
{
  return g_variant_new ("ao", NULL);
}

/* ---- The stand-in ---- */

HwTestKeyring *
hw_test_keyring_new (gboolean answers)
{
  HwTestKeyring *self = g_new0 (HwTestKeyring, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, &error);

  g_assert_no_error (error);
  self->items = g_ptr_array_new_with_free_func (item_free);
  self->node = g_dbus_node_info_new_for_xml (xml, &error);
  g_assert_no_error (error);
  self->connection = g_dbus_connection_new_for_address_sync (
    address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL,
    &error);
  g_assert_no_error (error);
  if (answers)
    {
      put_object (self, ROOT, "org.freedesktop.Secret.Service");
      put_object (self, COLLECTION, "org.freedesktop.Secret.Collection");
    }
  answer = g_dbus_connection_call_sync (self->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                        "org.freedesktop.DBus", "RequestName", g_variant_new ("(su)", NAME, 0), NULL,
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  return self;
}

void
hw_test_keyring_free (HwTestKeyring *self)
{
  g_dbus_connection_close_sync (self->connection, NULL, NULL);
  g_object_unref (self->connection);
  g_dbus_node_info_unref (self->node);
  g_ptr_array_unref (self->items);
  g_free (self);
}

guint
hw_test_keyring_n_items (HwTestKeyring *self)
{
  return self->items->len;
}

guint
hw_test_keyring_n_searches (HwTestKeyring *self)
{
  return self->n_searches;
}

char *
hw_test_keyring_attribute (HwTestKeyring *self, const char *name)
{
  char *value = NULL;

  g_assert_cmpuint (self->items->len, ==, 1);
  g_variant_lookup (((Item *) self->items->pdata[0])->attributes, name, "s", &value);
  return value;
}

void
hw_test_keyring_spoil (HwTestKeyring *self)
{
  Item *item = self->items->pdata[0];
  g_autoptr (GVariant) former = g_steal_pointer (&item->secret);
  g_autofree char *other = g_strnfill (g_variant_n_children (former), '5');

  item->secret = g_variant_ref_sink (
    g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, other, g_variant_n_children (former), 1));
}
