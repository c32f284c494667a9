#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""po/POTFILES names every file that holds words for a person, and no other: a file left out stays English."""

import pathlib
import re
import sys

import tap

MARKED = re.compile(r'\b(?:N?_|ngettext|g_dngettext) ?\("|\b(?:ngettext|g_dngettext) ?\(|translatable="yes"')
ALWAYS = (".entity.xml", "access.xml", "gates.xml", ".desktop.in", ".metainfo.xml.in")


def holds_words(path):
    if path.name.endswith(ALWAYS):
        return True
    return bool(MARKED.search(path.read_text(encoding="utf-8")))


def check_listed(root):
    listed = set((root / "po/POTFILES").read_text(encoding="utf-8").split())
    found = {
        str(path.relative_to(root))
        for folder, suffixes in (("src", [".c"]), ("ui", [".ui"]), ("data", list(ALWAYS)))
        for path in tap.files(root / folder, suffixes)
        if holds_words(path)
    }
    return ([f"{name}: not in po/POTFILES" for name in sorted(found - listed)]
            + [f"{name}: in po/POTFILES, but it holds no words" for name in sorted(listed - found)])


CHECKS = {"words are listed": check_listed}

SAMPLES = [
    ("words are listed", "a file left out and one without words are refused",
     {"po/POTFILES": "src/b.c\n", "src/a.c": 'puts (_ ("Home"));\n', "src/b.c": "int b;\n"}, 2),
    ("words are listed", "a whole list is accepted",
     {"po/POTFILES": "src/a.c\nui/c.ui\n", "src/a.c": 'puts (_ ("Home"));\n', "src/b.c": "int b;\n",
      "ui/c.ui": '<property translatable="yes">Home</property>\n'}, 0),
]

if __name__ == "__main__":
    sys.exit(tap.run(sys.argv[1], CHECKS, SAMPLES))
