/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The door. First run: which server, who, the password; the passphrase of what the laptop keeps is chosen on the page after
 * it. Later runs: the passphrase only, and no network is needed; at the start of the program the keyring is asked first, where a
 * person wished that.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/hw-unlock-page.h"

#include <glib/gi18n.h>

#define DEMO_PASSWORD "homeward-demo-2026"

struct _HwUnlockPage
{
  AdwBin parent;

  HwDesktop    *desktop; /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) while something runs */
  GCancellable *keyring; /* (owned) (nullable) while it is asked; who types need not wait for it */
  char         *typed; /* (owned) (nullable) meanwhile */
  gboolean      known_account; /* unlock, not sign-in */
  gboolean      demo; /* choose what is needed by itself */
  gboolean      doubtful; /* somebody changed the profile's file: its address is not offered */
  GPtrArray    *accounts; /* (owned) (nullable) (element-type HwProfileAccount) in the order of the account row */

  AdwStatusPage  *status;
  AdwComboRow    *account_row;
  GtkWidget      *server_row;
  GtkWidget      *username_row;
  GtkWidget      *password_row;
  GtkLabel       *error_label;
  GtkRevealer    *error_revealer;
  GtkButton      *open_button;
  GtkSpinner     *spinner;
  GtkButton      *other_button;
  GtkWidget      *forgotten_button;
  GtkLabel       *notice_label;
};

G_DEFINE_FINAL_TYPE (HwUnlockPage, hw_unlock_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHOOSE,
  SIGNAL_FORGOTTEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
show_error (HwUnlockPage *self, const char *text)
{
  if (text != NULL)
    gtk_label_set_text (self->error_label, text);
  gtk_revealer_set_reveal_child (self->error_revealer, text != NULL);
}

static const char *
entry_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static gboolean
filled (GtkWidget *row)
{
  return *entry_text (row) != '\0';
}

static void
update_sensitivity (HwUnlockPage *self)
{
  gboolean busy = self->cancellable != NULL;
  gboolean complete
      = filled (self->password_row)
        && (self->known_account || (filled (self->server_row) && filled (self->username_row)));

  gtk_widget_set_sensitive (GTK_WIDGET (self->open_button), complete && !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->account_row), !busy);
  /* Not insensitive: the cursor would be torn out of the field that is being waited for. */
  gtk_editable_set_editable (GTK_EDITABLE (self->server_row), !busy);
  gtk_editable_set_editable (GTK_EDITABLE (self->username_row), !busy);
  gtk_editable_set_editable (GTK_EDITABLE (self->password_row), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->other_button), !busy);
  gtk_widget_set_sensitive (self->forgotten_button, !busy);
  gtk_spinner_set_spinning (self->spinner, busy || self->keyring != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy || self->keyring != NULL);
}

/* Who is not known yet to share this laptop with others is not asked who she is. */
static void
show_accounts (HwUnlockPage *self, gboolean known)
{
  gtk_widget_set_visible (GTK_WIDGET (self->account_row),
                          known && self->accounts->len > 1 && hw_desktop_signed_in_name (self->desktop) == NULL);
}

static void
show_account (HwUnlockPage *self, gboolean known)
{
  HwProfile *profile = hw_desktop_profile (self->desktop);

  self->known_account = known;
  show_accounts (self, known);
  gtk_widget_set_visible (self->server_row, !known);
  gtk_widget_set_visible (self->username_row, !known);
  gtk_widget_set_visible (GTK_WIDGET (self->other_button), known);
  gtk_widget_set_visible (self->forgotten_button, known);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->password_row), known ? _ ("Passphrase") : _ ("Password"));
  if (known)
    {
      g_autofree char *text
          = g_markup_printf_escaped (_ ("Signed in as %s. Opening needs no network."), hw_profile_username (profile));

      adw_status_page_set_description (self->status, text);
      gtk_button_set_label (self->open_button, _ ("_Unlock"));
    }
  else
    {
      adw_status_page_set_description (self->status,
                                       _ ("Connect to your office’s server. It is needed once; afterwards Homeward also works without a network."));
      gtk_button_set_label (self->open_button, _ ("_Sign In"));
    }
  update_sensitivity (self);
}

static gboolean
is_of_one_server (GPtrArray *accounts)
{
  for (guint i = 1; i < accounts->len; i++)
    if (!g_str_equal (((HwProfileAccount *) accounts->pdata[0])->server, ((HwProfileAccount *) accounts->pdata[i])->server))
      return FALSE;
  return TRUE;
}

/* Fills the row without choosing anything by it. */
static void
list_accounts (HwUnlockPage *self)
{
  HwProfile *profile = hw_desktop_profile (self->desktop);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint chosen = 0;
  gboolean one_server;

  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  adw_combo_row_set_model (self->account_row, G_LIST_MODEL (names));
  self->accounts = hw_profile_accounts (profile);
  one_server = is_of_one_server (self->accounts);
  for (guint i = 0; i < self->accounts->len; i++)
    {
      const HwProfileAccount *account = self->accounts->pdata[i];
      g_autofree char *name = one_server ? g_strdup (account->username)
                                         : g_strdup_printf (_ ("%s at %s"), account->username, account->server);

      if (g_strcmp0 (account->vault, hw_profile_vault (profile)) == 0)
        chosen = i;
      gtk_string_list_append (names, name);
    }
  adw_combo_row_set_selected (self->account_row, chosen);
}

static void
account_selected_cb (HwUnlockPage *self)
{
  guint selected = adw_combo_row_get_selected (self->account_row);
  const HwProfileAccount *account;

  if (self->accounts == NULL || selected >= self->accounts->len)
    return;
  account = self->accounts->pdata[selected];
  if (g_strcmp0 (account->vault, hw_profile_vault (hw_desktop_profile (self->desktop))) == 0)
    return;
  /* Should the keyring be asked just now: it is for the other. */
  hw_desktop_give_up_opening (self->desktop);
  hw_profile_choose (hw_desktop_profile (self->desktop), account->vault);
  hw_unlock_page_clear (self);
  show_error (self, NULL);
  show_account (self, TRUE);
}

static void
focus_first_empty (HwUnlockPage *self)
{
  GtkWidget *row = self->password_row;

  if (!self->known_account && !filled (self->server_row))
    row = self->server_row;
  else if (!self->known_account && !filled (self->username_row))
    row = self->username_row;
  gtk_widget_grab_focus (row);
}

/* What happened, and what to do about it. */
static void
explain (HwUnlockPage *self, GError *error)
{
  g_autofree char *text = NULL;

  if (g_error_matches (error, HW_SYNC_ERROR, HW_SYNC_ERROR_UNREACHABLE))
    text = g_strdup_printf (_ ("%s. Nothing was changed. Check the address and the network, and try again."), error->message);
  else if (g_error_matches (error, HW_SYNC_ERROR, HW_SYNC_ERROR_CREDENTIALS) && !self->known_account)
    text = g_strdup_printf (_ ("%s. Nothing was changed; try again."), error->message);
  show_error (self, text != NULL ? text : error->message);
}

static void
opened (HwUnlockPage *self, gboolean ok, GError *error)
{
  g_clear_object (&self->cancellable);
  update_sensitivity (self);
  if (ok)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->password_row), "");
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  explain (self, error);
  if (g_error_matches (error, HW_STORE_ERROR, HW_STORE_ERROR_ALTERED))
    {
      self->doubtful = TRUE;
      list_accounts (self);
      show_account (self, self->known_account);
    }
  gtk_editable_select_region (GTK_EDITABLE (self->password_row), 0, -1);
  gtk_widget_grab_focus (self->password_row);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwUnlockPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ok = hw_desktop_unlock_finish (HW_DESKTOP (source), result, &error);

  opened (self, ok, error);
}

/* The server let her in, and nothing of her is kept here yet. */
static void
choose (HwUnlockPage *self)
{
  if (self->demo)
    {
      hw_desktop_choose_passphrase_async (self->desktop, DEMO_PASSWORD, chosen_cb, g_object_ref (self));
      return;
    }
  opened (self, TRUE, NULL);
  g_signal_emit (self, signals[SIGNAL_CHOOSE], 0);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwUnlockPage) self = user_data;
  g_autoptr (GError) error = NULL;
  HwDoor door = hw_desktop_sign_in_finish (HW_DESKTOP (source), result, &error);

  if (door == HW_DOOR_CHOOSE)
    {
      choose (self);
      return;
    }
  opened (self, door != HW_DOOR_CLOSED, error);
  if (door != HW_DOOR_PASSPHRASE)
    return;
  show_account (self, TRUE);
  show_error (self, _ ("The server let you in. What this laptop keeps of the account has a passphrase of its own: type that."));
  gtk_widget_grab_focus (self->password_row);
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwUnlockPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ok = hw_desktop_unlock_finish (HW_DESKTOP (source), result, &error);

  opened (self, ok, error);
}

static void
open_desktop (HwUnlockPage *self, const char *password)
{
  if (self->cancellable != NULL)
    return;
  show_error (self, NULL);
  if (self->keyring != NULL)
    {
      g_clear_pointer (&self->typed, hw_vault_forget_text);
      self->typed = g_strdup (password);
      g_cancellable_cancel (self->keyring);
      return;
    }
  self->cancellable = g_cancellable_new ();
  if (self->known_account)
    hw_desktop_unlock_async (self->desktop, password, self->cancellable, unlocked_cb, g_object_ref (self));
  else
    {
      g_autofree char *server = g_strstrip (g_strdup (entry_text (self->server_row)));
      g_autofree char *username = g_strstrip (g_strdup (entry_text (self->username_row)));

      hw_desktop_sign_in_async (self->desktop, server, username, password, NULL, self->cancellable, signed_in_cb,
                                g_object_ref (self));
    }
  update_sensitivity (self);
}

static void
remembered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwUnlockPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ok = hw_desktop_unlock_finish (HW_DESKTOP (source), result, &error);
  char *typed = g_steal_pointer (&self->typed);

  g_clear_object (&self->keyring);
  update_sensitivity (self);
  if (!ok && typed != NULL && self->desktop != NULL)
    open_desktop (self, typed);
  else if (!ok && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    explain (self, error);
  hw_vault_forget_text (typed);
}

static void
ask_keyring (HwUnlockPage *self)
{
  self->keyring = g_cancellable_new ();
  hw_desktop_unlock_remembered_async (self->desktop, self->keyring, remembered_cb, g_object_ref (self));
  update_sensitivity (self);
}

static void
open_clicked_cb (HwUnlockPage *self)
{
  if (gtk_widget_get_sensitive (GTK_WIDGET (self->open_button)))
    open_desktop (self, entry_text (self->password_row));
  else
    focus_first_empty (self);
}

static void
other_clicked_cb (HwUnlockPage *self)
{
  const char *server = hw_profile_server (hw_desktop_profile (self->desktop));

  hw_desktop_give_up_opening (self->desktop);
  gtk_editable_set_text (GTK_EDITABLE (self->server_row), server != NULL && !self->doubtful ? server : "");
  gtk_editable_set_text (GTK_EDITABLE (self->username_row), "");
  show_error (self, NULL);
  show_account (self, FALSE);
  focus_first_empty (self);
}

static void
forgotten_clicked_cb (HwUnlockPage *self)
{
  g_signal_emit (self, signals[SIGNAL_FORGOTTEN], 0);
}

static void
changed_cb (HwUnlockPage *self)
{
  update_sensitivity (self);
}

static void
hw_unlock_page_dispose (GObject *object)
{
  HwUnlockPage *self = HW_UNLOCK_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_cancellable_cancel (self->keyring);
  g_clear_pointer (&self->typed, hw_vault_forget_text);
  g_clear_object (&self->desktop);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);

  G_OBJECT_CLASS (hw_unlock_page_parent_class)->dispose (object);
}

static void
hw_unlock_page_class_init (HwUnlockPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_unlock_page_dispose;

  signals[SIGNAL_CHOOSE]
    = g_signal_new ("choose", HW_TYPE_UNLOCK_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FORGOTTEN]
    = g_signal_new ("forgotten", HW_TYPE_UNLOCK_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-unlock-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HwUnlockPage, status);
  gtk_widget_class_bind_template_child (widget_class, HwUnlockPage, account_row);
  gtk_widget_class_bind_template_child (widget_class, HwUnlockPage, server_row);
  gtk_widget_class_bind_template_child (widget_class, HwUnlockPage, username_row);
  gtk_widget_class_bind_template_child (widget_class, HwUnlockPage, password_row);
  gtk_widget_class_bind_template_child (widget_class, HwUnlockPage, error_label);
  gtk_widget_class_bind_template_child (widget_class, HwUnlockPage, error_revealer);
  gtk_widget_class_bind_template_child (widget_class, HwUnlockPage, open_button);
  gtk_widget_class_bind_template_child (widget_class, HwUnlockPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, HwUnlockPage, other_button);
  gtk_widget_class_bind_template_child (widget_class, HwUnlockPage, forgotten_button);
  gtk_widget_class_bind_template_child (widget_class, HwUnlockPage, notice_label);
  gtk_widget_class_bind_template_callback (widget_class, open_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, forgotten_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, other_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, account_selected_cb);
}

static void
hw_unlock_page_init (HwUnlockPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
hw_unlock_page_set_desktop (HwUnlockPage *self, HwDesktop *desktop)
{
  g_set_object (&self->desktop, desktop);
  hw_unlock_page_reset (self);
  hw_unlock_page_tell (self, hw_profile_trouble (hw_desktop_profile (desktop)));
}

void
hw_unlock_page_suggest (HwUnlockPage *self, const char *server, const char *username, gboolean demo)
{
  if (server != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->server_row), server);
  if (username != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->username_row), username);
  /* A server named on the command line is where this desktop belongs now, whatever it remembers. */
  if (server != NULL && g_strcmp0 (server, hw_profile_server (hw_desktop_profile (self->desktop))) != 0)
    show_account (self, FALSE);
  self->demo = demo;
  if (demo)
    open_desktop (self, DEMO_PASSWORD);
  else
    focus_first_empty (self);
  if (!demo && self->known_account && hw_desktop_may_open_remembered (self->desktop))
    ask_keyring (self);
}

void
hw_unlock_page_clear (HwUnlockPage *self)
{
  g_clear_pointer (&self->typed, hw_vault_forget_text);
  gtk_editable_set_text (GTK_EDITABLE (self->password_row), "");
}

void
hw_unlock_page_reset (HwUnlockPage *self)
{
  hw_unlock_page_clear (self);
  show_error (self, NULL);
  list_accounts (self);
  show_account (self, hw_profile_has_account (hw_desktop_profile (self->desktop)));
  focus_first_empty (self);
}

void
hw_unlock_page_tell (HwUnlockPage *self, const char *notice)
{
  gtk_label_set_text (self->notice_label, notice != NULL ? notice : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notice_label), notice != NULL);
}
