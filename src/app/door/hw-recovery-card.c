/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Someone who clicks through without looking has no code on paper: two groups, drawn by chance, are asked back before it
 * counts. The paper says what it opens and not whose it is.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/door/hw-recovery-card.h"

#include <glib/gi18n.h>

#include "app/hw-compat.h"
#include "app/widgets/hw-print.h"

#define GROUPS 7
#define GROUP 4

struct _HwRecoveryCard
{
  AdwBin parent;

  HwDesktop *desktop; /* (owned) (nullable) */
  char      *code;    /* (owned) (nullable) overwritten when dropped */
  guint      first, second; /* groups asked back, from 0 */
  GtkPrintOperation *printing; /* (owned) (nullable) until it is done; it holds the code */

  GtkLabel  *code_label;
  GtkWidget *actions;
  GtkWidget *proof_row;
  GtkWidget *done_button;
  GtkLabel  *message;
};

G_DEFINE_FINAL_TYPE (HwRecoveryCard, hw_recovery_card, ADW_TYPE_BIN)

static guint done_signal;

static void
say (HwRecoveryCard *self, const char *text)
{
  gtk_label_set_text (self->message, text);
  gtk_widget_set_visible (GTK_WIDGET (self->message), *text != '\0');
}

/* ---- Paper ---- */

static char *
paper_text (HwRecoveryCard *self)
{
  g_autofree char *today = hw_desktop_today (self->desktop);

  return g_strdup_printf (_ ("Recovery code\n\n%s\n\nMade on %s. It opens what one laptop keeps when the passphrase is "
                             "forgotten. Whoever has this paper and the laptop can read it: keep them apart.\n"),
                          self->code, today);
}

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, char *text)
{
  cairo_t *cairo = gtk_print_context_get_cairo_context (context);
  g_autoptr (PangoLayout) layout = gtk_print_context_create_pango_layout (context);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Monospace 14");

  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, (int) (gtk_print_context_get_width (context) * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  pango_cairo_show_layout (cairo, layout);
}

static void
print_done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, HwRecoveryCard *self)
{
  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    say (self, _ ("It was not printed. Write the code down by hand, or save it on a stick that you keep elsewhere."));
  else if (hw_print_asked_for_preview (operation))
    say (self, _ ("There is no preview: it would leave the code in a file on this computer. Nothing was printed yet."));
  if (self->printing == operation)
    g_clear_object (&self->printing);
  gtk_widget_grab_focus (self->proof_row);
}

static void
forget_text_cb (gpointer text, GClosure *closure)
{
  hw_vault_forget_text (text);
}

static void
cancel_print (HwRecoveryCard *self)
{
  if (self->printing != NULL)
    gtk_print_operation_cancel (self->printing);
  g_clear_object (&self->printing);
}

static void
print_cb (HwRecoveryCard *self)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  cancel_print (self);
  g_set_object (&self->printing, operation);
  hw_print_refuse_preview (operation);
  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_set_job_name (operation, _ ("Page"));
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page_cb), paper_text (self), forget_text_cb, 0);
  g_signal_connect_object (operation, "done", G_CALLBACK (print_done_cb), self, 0);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                           GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwRecoveryCard) self = user_data;
  g_autoptr (GFile) file = hw_compat_file_finish (result, NULL);
  g_autoptr (GError) error = NULL;
  char *text;

  if (file == NULL || self->code == NULL)
    return;
  text = paper_text (self);
  if (!g_file_replace_contents (file, text, strlen (text), NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, NULL, &error))
    say (self, error->message);
  else
    say (self, _ ("Saved. Keep that file away from this laptop: beside it, it opens everything."));
  hw_vault_forget_text (text);
  gtk_widget_grab_focus (self->proof_row);
}

static void
save_cb (HwRecoveryCard *self)
{
  hw_compat_save_file_async (GTK_WIDGET (self), _ ("Save the Recovery Code"), _ ("recovery-code.txt"), NULL, chosen_cb,
                             g_object_ref (self));
}

/* ---- The proof ---- */

/* As copied from paper: any case, any spacing, the letters that are taken for digits. */
static char *
bare (const char *text)
{
  GString *letters = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      char letter = g_ascii_toupper (*text);

      if (letter == 'O')
        letter = '0';
      if (letter == 'I' || letter == 'L')
        letter = '1';
      if (g_ascii_isalnum (letter))
        g_string_append_c (letters, letter);
    }
  return g_string_free (letters, FALSE);
}

static gboolean
is_proved (HwRecoveryCard *self)
{
  char *typed = bare (gtk_editable_get_text (GTK_EDITABLE (self->proof_row)));
  gboolean proved = self->code != NULL && strlen (typed) == 2 * GROUP
                    && strncmp (typed, self->code + self->first * (GROUP + 1), GROUP) == 0
                    && strncmp (typed + GROUP, self->code + self->second * (GROUP + 1), GROUP) == 0;

  hw_vault_forget_text (typed);
  return proved;
}

static void
proof_changed_cb (HwRecoveryCard *self)
{
  gtk_widget_set_sensitive (self->done_button, is_proved (self));
}

static void
done_cb (HwRecoveryCard *self)
{
  g_autoptr (GError) error = NULL;

  if (!is_proved (self))
    {
      say (self, _ ("That is not what stands there. Compare it letter by letter."));
      return;
    }
  if (!hw_desktop_confirm_recovery_code (self->desktop, &error))
    {
      say (self, error->message);
      return;
    }
  g_signal_emit (self, done_signal, 0);
}

static void
hw_recovery_card_dispose (GObject *object)
{
  HwRecoveryCard *self = HW_RECOVERY_CARD (object);

  cancel_print (self);
  g_clear_pointer (&self->code, hw_vault_forget_text);
  g_clear_object (&self->desktop);

  G_OBJECT_CLASS (hw_recovery_card_parent_class)->dispose (object);
}

static void
hw_recovery_card_class_init (HwRecoveryCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_recovery_card_dispose;

  done_signal
    = g_signal_new ("done", HW_TYPE_RECOVERY_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-recovery-card.ui");
  gtk_widget_class_bind_template_child (widget_class, HwRecoveryCard, code_label);
  gtk_widget_class_bind_template_child (widget_class, HwRecoveryCard, actions);
  gtk_widget_class_bind_template_child (widget_class, HwRecoveryCard, proof_row);
  gtk_widget_class_bind_template_child (widget_class, HwRecoveryCard, done_button);
  gtk_widget_class_bind_template_child (widget_class, HwRecoveryCard, message);
  gtk_widget_class_bind_template_callback (widget_class, print_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, proof_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, done_cb);
}

static void
hw_recovery_card_init (HwRecoveryCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_code (HwRecoveryCard *self)
{
  char *shown = g_strdup (self->code);
  g_autofree char *title = NULL;

  shown[4 * (GROUP + 1) - 1] = '\n';
  gtk_label_set_text (self->code_label, shown);
  hw_vault_forget_text (shown);
  self->first = (guint) g_random_int_range (0, GROUPS - 1);
  self->second = (guint) g_random_int_range ((gint32) self->first + 1, GROUPS);
  title = g_strdup_printf (_ ("Groups %u and %u, from your paper"), self->first + 1, self->second + 1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->proof_row), title);
}

void
hw_recovery_card_begin (HwRecoveryCard *self, HwDesktop *desktop)
{
  g_autoptr (GError) error = NULL;

  hw_recovery_card_clear (self);
  g_set_object (&self->desktop, desktop);
  self->code = hw_desktop_renew_recovery_code (desktop, &error);
  if (self->code != NULL)
    show_code (self);
  else
    say (self, error->message);
  gtk_widget_set_sensitive (self->actions, self->code != NULL);
  gtk_widget_set_sensitive (self->proof_row, self->code != NULL);
}

void
hw_recovery_card_clear (HwRecoveryCard *self)
{
  cancel_print (self);
  g_clear_pointer (&self->code, hw_vault_forget_text);
  gtk_label_set_text (self->code_label, "");
  gtk_editable_set_text (GTK_EDITABLE (self->proof_row), "");
  say (self, "");
}
