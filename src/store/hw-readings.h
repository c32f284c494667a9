/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who lifted the mask from what. A desktop works without a network, so it keeps each reading and sends it when it next
 * can; the server enters it in the audit chain. A reading names a record and a field, never a value.
 */
#pragma once

#include "store/hw-store.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;     /* its own: sent twice, it is entered once */
  char *record;
  char *field;  /* "person.given_names" */
  char *at;
} HwReading;

void       hw_reading_free (HwReading *reading);
/* record, field (nullable): the list of a caller who fills it. */
GPtrArray *hw_readings_new (void); /* (element-type HwReading) */
void       hw_readings_add (GPtrArray *readings, const char *record, HwFieldId field);

/* A desktop's. What is noted is durable when the callback runs: only then may anything be shown. Takes its id and its
 * moment here. readings: (transfer full) */
void       hw_store_note_readings_async (HwStore *store, GPtrArray *readings, GAsyncReadyCallback callback, gpointer data);
gboolean   hw_store_note_readings_finish (HwStore *store, GAsyncResult *result, GError **error);
/* Blocking. Oldest first; NULL on failure. */
GPtrArray *hw_store_readings_to_send (HwStore *store, guint max, GError **error);
gboolean   hw_store_readings_sent (HwStore *store, GPtrArray *readings, GError **error);

/* The server's: into the chain, in one transaction, under the case the record belongs to. Blocking. */
gboolean   hw_store_enter_readings (HwStore *store, const HwActor *actor, GPtrArray *readings, GError **error);

G_END_DECLS
