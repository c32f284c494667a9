# SPDX-License-Identifier: GPL-3.0-or-later
"""What the lint scripts share: the files of the tree, and results as TAP lines."""

import os
import pathlib
import tempfile

SKIPPED_FOLDERS = {".git", "__pycache__", "node_modules"}


def files(root, suffixes):
    """Every file below root with one of the suffixes, without build folders; sorted."""
    found = []
    for folder, subfolders, names in os.walk(root):
        subfolders[:] = [
            name for name in subfolders
            if name not in SKIPPED_FOLDERS
            and not os.path.exists(os.path.join(folder, name, "meson-private"))
        ]
        found += [pathlib.Path(folder, name) for name in names if name.endswith(tuple(suffixes))]
    return sorted(found)


def lines(path):
    return path.read_text(encoding="utf-8", errors="replace").split("\n")


def make_tree(root, tree):
    """Writes {relative path: text}."""
    for name, text in tree.items():
        path = pathlib.Path(root, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def problems_in(check, tree):
    with tempfile.TemporaryDirectory(prefix="homeward-lint-") as root:
        make_tree(root, tree)
        return check(pathlib.Path(root))


def run(root, checks, samples):
    """Prints one result per check over root, and one per sample.

    checks is {name: function (root) → list of problems}; samples is a list of
    (name of a check, what the sample shows, tree, number of problems it must find).
    Every check has at least one sample that it must refuse: one that cannot fail is a defect.
    """
    results = []
    for name, check in checks.items():
        results.append((name, check(pathlib.Path(root))))
    for name, shows, tree, wanted in samples:
        found = problems_in(checks[name], tree)
        wrong = [] if len(found) == wanted else [f"wanted {wanted} problems, found {found}"]
        results.append((f"{name}: {shows}", wrong))
    for name in checks:
        refused = any(sample[0] == name and sample[3] > 0 for sample in samples)
        results.append((f"{name}: is shown to refuse", [] if refused else ["no bad sample"]))

    print(f"1..{len(results)}")
    for number, (name, problems) in enumerate(results, 1):
        print(f"{'not ok' if problems else 'ok'} {number} - {name}")
        for problem in problems:
            print(f"# {problem}")
    return 1 if any(problems for _, problems in results) else 0
