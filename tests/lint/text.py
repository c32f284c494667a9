#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The text of the sources: nothing left for later, no white space that a reader cannot see."""

import re
import sys

import tap

SOURCES = [".c", ".h", ".py", ".sh", ".ui", ".css", ".sql", ".xml", ".md", "meson.build",
           "meson_options.txt"]
# Written in pieces, so that this file does not hold what it forbids.
WORDS = ["TO" + "DO", "FIX" + "ME", "X" * 3, "HA" + "CK"]
UNFINISHED = re.compile(r"\b(" + "|".join(WORDS) + r")\b")


def check_lines(root, suffixes, problem_in):
    problems = []
    for path in tap.files(root, suffixes):
        for number, line in enumerate(tap.lines(path), 1):
            problem = problem_in(line)
            if problem:
                problems.append(f"{path.relative_to(root)}:{number}: {problem}")
    return problems


def check_unfinished(root):
    def problem_in(line):
        match = UNFINISHED.search(line)
        return f"left unfinished: {match.group(1)}" if match else None
    return check_lines(root, SOURCES, problem_in)


def check_trailing_space(root):
    return check_lines(root, SOURCES,
                       lambda line: "white space at the end" if line != line.rstrip() else None)


def check_tabs(root):
    return check_lines(root, [".c", ".h"], lambda line: "a tab" if "\t" in line else None)


def check_last_line(root):
    return [f"{path.relative_to(root)}: the last line does not end"
            for path in tap.files(root, SOURCES)
            if path.stat().st_size > 0 and tap.lines(path)[-1] != ""]


CHECKS = {
    "nothing unfinished": check_unfinished,
    "no trailing space": check_trailing_space,
    "no tabs in C": check_tabs,
    "last line ends": check_last_line,
}

SAMPLES = [
    ("nothing unfinished", "a note for later is refused",
     {"src/a.c": f"/* {WORDS[0]}: more */\n", "tests/b.py": f"# {WORDS[1]}\n",
      "ui/c.ui": f"<!-- {WORDS[2]} -->\n", "d.sh": f"# {WORDS[3]}\n"}, 4),
    ("nothing unfinished", "a template for temporary names is accepted",
     {"src/a.c": 'g_dir_make_tmp ("homeward-XXXXXX", NULL);\n',
      "data/reference/b.tsv": f"{WORDS[0]}\n"}, 0),
    ("no trailing space", "spaces, tabs and carriage returns are refused",
     {"src/a.c": "int a; \n", "b.sh": "true\t\n", "meson.build": "x = 1 \n"}, 3),
    ("no trailing space", "clean lines are accepted", {"src/a.c": "int a;\n\nint b;\n"}, 0),
    ("no tabs in C", "a tab is refused", {"src/a.c": "\tint a;\n", "src/a.h": "int\tb;\n"}, 2),
    ("no tabs in C", "spaces are accepted", {"src/a.c": "  int a;\n", "b.py": "\tx\n"}, 0),
    ("last line ends", "a cut file is refused", {"src/a.c": "int a;"}, 1),
    ("last line ends", "a whole file is accepted", {"src/a.c": "int a;\n", "src/b.c": ""}, 0),
]

if __name__ == "__main__":
    sys.exit(tap.run(sys.argv[1], CHECKS, SAMPLES))
