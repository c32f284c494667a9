/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/hw-reference-provider.h"

G_BEGIN_DECLS

/* Answers references from a short list of invented names. */
#define HW_TYPE_FAKE_PROVIDER (hw_fake_provider_get_type ())
G_DECLARE_FINAL_TYPE (HwFakeProvider, hw_fake_provider, HW, FAKE_PROVIDER, GObject)

HwReferenceProvider *hw_fake_provider_new (void);

#define HW_FAKE_MISSION "0193a000-0000-7000-8000-000000000001"
#define HW_FAKE_SHELTER "0193a000-0000-7000-8000-000000000002"
#define HW_FAKE_PERSON  "0193a000-0000-7000-8000-000000000003"

G_END_DECLS
