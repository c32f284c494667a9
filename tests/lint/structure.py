#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shape of the tree: who includes whom, licence lines, lengths of files and functions.

Each library is given only its own dependencies, but headers leak through those they include; so the
include lines themselves are read here.
"""

import re
import sys

import tap

LONGEST_FILE = 700
LONGEST_FUNCTION = 100
LICENCE = "SPDX-License-Identifier: GPL-3.0-or-later"
LICENSED_SUFFIXES = [".c", ".h", ".py", ".sh", ".ui", ".css", ".sql", ".entity.xml"]

BELOW_STORE = {"base", "schema", "domain"}
UP_TO_STORE = BELOW_STORE | {"vault", "store"}
MAY_INCLUDE = {
    "base": {"base"},
    "schema": {"base", "schema"},
    "domain": BELOW_STORE,
    "vault": {"base", "vault"},
    "store": UP_TO_STORE,
    "sync": UP_TO_STORE | {"sync"},
    "reports": UP_TO_STORE | {"reports"},
    "server": UP_TO_STORE | {"sync", "reports", "server"},
    "app": UP_TO_STORE | {"sync", "reports", "app"},
    "tools": UP_TO_STORE | {"reports", "server", "tools"},
}
# The start of an outside header, and the folders that may include it.
OUTSIDE = {
    "gtk/": {"app"},
    "gdk/": {"app"},
    "gsk/": {"app"},
    "adwaita": {"app"},
    "sqlite3.h": {"vault", "store"},
    "libpq": {"store"},
    "microhttpd.h": {"server"},
    "libsoup/": {"sync"},
    "json-glib/": set(MAY_INCLUDE) - {"base", "vault"},
}
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')


def include_problem(folder, header):
    for start, allowed in OUTSIDE.items():
        if header.startswith(start):
            if folder not in allowed:
                return f"only {', '.join(sorted(allowed))} may include <{header}>"
            return None
    if header.startswith("."):
        return f'"{header}" is not written from src/'
    target = header.split("/")[0]
    if "/" in header and target in MAY_INCLUDE and target not in MAY_INCLUDE[folder]:
        return f'{folder} must not know {target} ("{header}")'
    return None


def check_includes(root):
    problems = []
    for path in tap.files(root / "src", [".c", ".h"]):
        folder = path.relative_to(root / "src").parts[0]
        if folder not in MAY_INCLUDE:
            problems.append(f"{path.relative_to(root)}: no folder that the architecture knows")
            continue
        for number, line in enumerate(tap.lines(path), 1):
            match = INCLUDE.match(line)
            problem = include_problem(folder, match.group(1)) if match else None
            if problem:
                problems.append(f"{path.relative_to(root)}:{number}: {problem}")
    return problems


def check_licence(root):
    return [
        f"{path.relative_to(root)}: no line {LICENCE}"
        for path in tap.files(root, LICENSED_SUFFIXES)
        if not any(LICENCE in line for line in tap.lines(path)[:3])
    ]


def check_file_length(root):
    problems = []
    for path in tap.files(root / "src", [".c", ".h"]):
        length = len(tap.lines(path)) - 1
        if length > LONGEST_FILE:
            problems.append(f"{path.relative_to(root)}: {length} lines, at most {LONGEST_FILE}")
    return problems


def functions(lines):
    """(line number, lines of the body) of each function: in GNU style a body starts and ends with a
    brace in the first column, behind a line that closes the parameters."""
    start = None
    before = ""
    for number, line in enumerate(lines, 1):
        if line.rstrip() == "{" and before.endswith(")"):
            start = number
        elif line.startswith("}") and start is not None:
            yield start, number - start - 1
            start = None
        before = line.rstrip() or before


def check_function_length(root):
    problems = []
    for path in tap.files(root / "src", [".c", ".h"]):
        for number, length in functions(tap.lines(path)):
            if length > LONGEST_FUNCTION:
                problems.append(f"{path.relative_to(root)}:{number}: a function of {length} lines, "
                                f"at most {LONGEST_FUNCTION}")
    return problems


CHECKS = {
    "include direction": check_includes,
    "licence line": check_licence,
    "file length": check_file_length,
    "function length": check_function_length,
}


def function_of(length):
    return "static void\ngrow (void)\n{\n" + "  g_print (\"\");\n" * length + "}\n"


SAMPLES = [
    ("include direction", "upwards is refused",
     {"src/domain/a.c": '#include "store/hw-store.h"\n',
      "src/base/b.h": '#include "schema/s.h"\n'}, 2),
    ("include direction", "app and server never see each other",
     {"src/app/cases/a.c": '#include "server/hw-router.h"\n',
      "src/server/s.c": '#include "app/hw-window.h"\n'}, 2),
    ("include direction", "outside libraries have one home",
     {"src/store/a.c": "#include <gtk/gtk.h>\n#include <libsoup/soup.h>\n",
      "src/server/b.c": "#  include <sqlite3.h>\n", "src/app/c.c": "#include <microhttpd.h>\n",
      "src/base/d.c": "#include <json-glib/json-glib.h>\n"}, 5),
    ("include direction", "tools do not see the app or the sync engine",
     {"src/tools/a.c": '#include "app/hw-window.h"\n#include "sync/hw-engine.h"\n'}, 2),
    ("include direction", "relative paths and unknown folders are refused",
     {"src/app/a.c": '#include "../store/hw-store.h"\n', "src/misc/b.c": "\n"}, 2),
    ("include direction", "downwards is accepted",
     {"src/app/a.c": '#include "store/hw-store.h"\n#include <gtk/gtk.h>\n#include <adwaita.h>\n',
      "src/store/b.c": "#include <sqlite3.h>\n", "src/sync/c.c": "#include <libsoup/soup.h>\n",
      "src/server/d.c": '#include <microhttpd.h>\n#include "reports/hw-csv.h"\n',
      "src/tools/e.c": '#include "server/hw-core.h"\n#include "domain/hw-record.h"\n'}, 0),
    ("licence line", "a file without it is refused",
     {"src/a.c": "int x;\n", "tests/b.py": "print ()\n", "c.sh": "#!/bin/sh\n",
      "ui/d.ui": "<interface/>\n", "data/schema/e.entity.xml": "<entity/>\n"}, 5),
    ("licence line", "a file with it is accepted, a build folder is left alone",
     {"src/a.c": f"/* {LICENCE} */\n", "b.py": f"#!/usr/bin/env python3\n# {LICENCE}\n",
      "build/meson-private/x": "", "build/c.c": "\n"}, 0),
    ("file length", "a line too many is refused", {"src/a.c": "\n" * (LONGEST_FILE + 1)}, 1),
    ("file length", "the longest is accepted", {"src/a.c": "\n" * LONGEST_FILE}, 0),
    ("function length", "a line too many is refused",
     {"src/a.c": function_of(3) + function_of(LONGEST_FUNCTION + 1)}, 1),
    ("function length", "the longest is accepted, a table is no function",
     {"src/a.c": function_of(LONGEST_FUNCTION),
      "src/b.c": "static const int t[] =\n{\n" + "  1,\n" * 300 + "};\n"}, 0),
]

if __name__ == "__main__":
    sys.exit(tap.run(sys.argv[1], CHECKS, SAMPLES))
