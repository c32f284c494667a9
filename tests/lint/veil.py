#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What says who or where somebody is stands masked: a file of the desktop that takes such a field's text by itself,
past hw_field_words, asks the veil in the same file."""

import pathlib
import re
import sys
import xml.etree.ElementTree as xml

import tap

# What is written there goes into a record or to the server, never on the screen.
WRITES = {"src/app/callforms/hw-request-fill.c", "src/app/intake/hw-intake-draft.c", "src/app/intake/hw-intake-window.c",
          "src/app/intake/hw-intake-blind.c"}
TAKES = re.compile(r"hw_record_get(?:_text|_set) \([^;]*?(HW_FIELD_[A-Z0-9_]+)\)")
ASKS = re.compile(r"hw_veil_covers|hw_reveal_button_|hw_field_row_is_masked|HwVeil \*veil")


def covered(root):
    for path in sorted((root / "data/schema").glob("*.entity.xml")):
        entity = xml.parse(path).getroot()
        for field in entity.iter("field"):
            if {"personal", "sensitive"} & set(field.get("flags", "").split()):
                yield f"HW_FIELD_{entity.get('name')}_{field.get('name')}".upper()


def check_asked(root):
    fields = set(covered(root))
    found = []
    for path in tap.files(root / "src/app", [".c"]):
        text = path.read_text(encoding="utf-8")
        name = str(path.relative_to(root))
        taken = sorted(set(TAKES.findall(text)) & fields)
        if taken and name not in WRITES and not ASKS.search(text):
            found.append(f"{name}: takes {', '.join(taken)} and asks no veil")
    return found if fields else ["the schema covers nothing"]


CHECKS = {"what is masked is asked for": check_asked}

SCHEMA = ('<entity name="person"><section><field name="given_names" flags="personal"/><field name="gender"/>'
          '</section></entity>')

SAMPLES = [
    ("what is masked is asked for", "a name taken past the veil is refused",
     {"data/schema/person.entity.xml": SCHEMA,
      "src/app/a.c": "x = hw_record_get_text (person, HW_FIELD_PERSON_GIVEN_NAMES);\n"}, 1),
    ("what is masked is asked for", "a name behind the veil, and what is none, are accepted",
     {"data/schema/person.entity.xml": SCHEMA,
      "src/app/a.c": "x = hw_record_get_text (person, HW_FIELD_PERSON_GIVEN_NAMES);\nhw_veil_covers (veil, field);\n",
      "src/app/b.c": "x = hw_record_get_text (person, HW_FIELD_PERSON_GENDER);\n"}, 0),
]

if __name__ == "__main__":
    sys.exit(tap.run(sys.argv[1], CHECKS, SAMPLES))
