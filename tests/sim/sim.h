/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The simulator: one server core and a few desktops in this process, with everything that may go wrong
 * between them drawn from one seed. First anything goes, then everything heals and must be equal.
 */
#pragma once

#include "server/hw-server-core.h"
#include "sync/hw-sync-engine.h"

G_BEGIN_DECLS

typedef enum
{
  SIM_DELIVER,
  SIM_DROP,     /* never arrives */
  SIM_CUT,      /* arrives and is committed; the reply is lost */
  SIM_TWICE,    /* arrives twice; the second reply is given */
  SIM_TRUNCATE, /* the reply ends early and looks whole */
  SIM_BUSY,     /* 503 */
  SIM_N_FAULTS,
} SimFault;

#define SIM_TYPE_TRANSPORT (sim_transport_get_type ())
G_DECLARE_FINAL_TYPE (SimTransport, sim_transport, SIM, TRANSPORT, GObject)
/* page_limit: items in a page; 0: as the server likes. */
SimTransport *sim_transport_new (HwServerCore *core, guint page_limit);
/* Called at each request, once it waits. */
typedef void (*SimAsked) (gpointer data);
void          sim_transport_on_asked (SimTransport *self, SimAsked asked, gpointer data);
guint         sim_transport_waiting (SimTransport *self);
gboolean      sim_transport_waits (SimTransport *self);
gboolean      sim_transport_listens (SimTransport *self);
void          sim_transport_deliver (SimTransport *self, SimFault fault, GRand *random);
/* One request straight to the server; (transfer full). */
HwServerResponse *sim_ask (HwServerCore *core, const char *method, const char *path, const char *token,
                           const char *etag, GBytes *body, guint limit);

typedef struct _SimWorld SimWorld;

typedef struct
{
  SimWorld     *world; /* (unowned) */
  guint         number;
  HwActor      *actor;
  char         *token;
  HwClock      *clock; /* wrong by years on some */
  char         *path; /* of its database */
  guint         starts;
  HwStore      *store;
  SimTransport *transport;
  HwSyncEngine *engine;
} SimDesk;

/* One field somebody typed, or with HW_FIELD_NONE a deletion, which must never be lost. */
typedef struct
{
  SimDesk  *desk; /* (unowned) */
  char     *operation;
  char     *record;
  HwTypeId  type;
  HwFieldId field;
  HwValue  *value;
} SimEdit;

struct _SimWorld
{
  guint32       seed;
  GRand        *random;
  HwClock      *clock;
  HwStore      *server;
  HwServerCore *core;
  GPtrArray    *desks; /* (element-type SimDesk) */
  GPtrArray    *edits; /* (element-type SimEdit) */
  char         *folder;     /* where desktops keep their databases; NULL: in memory */
  guint         page_limit; /* most worlds have small pages */
  gboolean      quiet;      /* nobody types any more */
  guint         ahead;      /* pages fetched while another was kept, so far */
  guint         restarts, crashes, deletions, settled;
  guint         overtaken;  /* requests made while such a page was still on its way */
  GString      *trace; /* what happened, step by step, for who replays it */
};

SimWorld *sim_world_new (guint32 seed);
void      sim_world_free (SimWorld *world);
char     *sim_uuid (SimWorld *world); /* from the seed */
gint      sim_below (SimWorld *world, gint n);
void      sim_note (SimWorld *world, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Until nobody has anything to do but wait. */
void      sim_settle (SimWorld *world);
void      sim_advance (SimWorld *world, gint seconds);

/* Something is typed at a desktop, by the rules or against them. */
void      sim_edit (SimWorld *world, SimDesk *desk);
/* Somebody settles one of the conflicts that they are asked about, if there is any. */
void      sim_decide (SimWorld *world, SimDesk *desk);
/* A desktop ends and is started anew with what it kept: in order, or as a power cut leaves it. */
void      sim_restart (SimWorld *world, SimDesk *desk);
/* The server's own change: a case gets another caseworker. */
void      sim_reassign (SimWorld *world);

/* NULL when all is as promised, otherwise what is not. (transfer full) */
char     *sim_check (SimWorld *world);

G_END_DECLS
