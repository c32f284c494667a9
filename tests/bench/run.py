#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The figures of Homeward, each beside a floor measured in the same run.

    run.py BUILD-FOLDER [--quick] [--keep FOLDER] [--only windows|store|vault|sync]

BUILD-FOLDER is Meson's (use -Dbuildtype=release for figures that are to be quoted). Nothing here passes
or fails by time: it prints a table. All data is invented from one seed; nothing is fetched.

  windows  exec to the first frame that shows the case list, beside an empty libadwaita window, under a
           virtual display with the cairo renderer; the passphrase's derivation is left out
  store    search per key beside the bare FTS5 query; saving a field beside one bare durable UPDATE;
           reading a case of 200 records beside the same rows
  vault    bulk insert with full text, point read, full scan and search in a vault beside the same in a plain file;
           unlocking the largest profile beside the derivation of its key
  sync     a real server as a process over loopback, and real desktops: first pull beside parse + SQLite,
           one change, live push, 1,000 offline edits, 50 pollers beside a literal of libmicrohttpd, memory

--quick leaves out 100,000 cases. --keep keeps the filled profiles in FOLDER, and a second run
with the same folder starts from them. Times on a shared machine are noisy: quote medians and ratios.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
UNDER_DISPLAY = HERE.parent / "app" / "run-under-display.sh"
WINDOW_RUNS = 7
HEADINGS = ("work", "goal", "floor, same run", "figure", "remark")


def start_window(program, *what):
    """One run: ms from exec to the painted frame, MB then; on the way ms to activated, unlocked, first frame."""
    environment = dict(os.environ, HW_BENCH_STARTED=str(time.monotonic() * 1000))
    out = subprocess.run([program, *what], env=environment, check=True, capture_output=True, text=True)
    return [float(figure) for figure in out.stdout.split()]


def measure_windows(program, profiles):
    """Runs of all windows taken in turn, so that what else the machine does falls on all of them."""
    kinds = [("empty",)] + [("cases", str(folder)) for _, folder in profiles]
    runs = {kind: [] for kind in kinds}
    for kind in kinds:
        start_window(program, *kind)
    for _ in range(WINDOW_RUNS):
        for kind in kinds:
            runs[kind].append(start_window(program, *kind))
    times, memory, *way = ({kind: statistics.median(run[i] for run in runs[kind]) for kind in kinds} for i in range(5))
    empty = kinds[0]
    for (n, _), kind in zip(profiles, kinds[1:]):
        ratio = times[kind] / times[empty]
        remark = f"{ratio:.2f} ×; up {way[0][kind]:.0f}, unlocked {way[1][kind]:.0f}, first frame {way[2][kind]:.0f}"
        print("\t".join((f"exec to filled case list, {n:,} cases, ms", "≤ 1.5 × floor",
                         f"{times[empty]:.0f} (empty window)", f"{times[kind]:.0f}", remark)))
        print("\t".join((f"memory with {n:,} cases, MB", "≤ 150", f"{memory[empty]:.0f} (empty window)",
                         f"{memory[kind]:.0f}", "")), flush=True)


def rows_of(*command):
    """The figures a program prints; what it complains of goes to our standard error."""
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return [line.split("\t") for line in out.stdout.splitlines() if line.count("\t") == len(HEADINGS) - 1]


def show(rows):
    print("| " + " | ".join(HEADINGS) + " |")
    print("|" + "---|" * len(HEADINGS))
    for row in rows:
        print("| " + " | ".join(row) + " |", flush=True)


def run_all(options, bench, folder):
    sizes = [1000, 10000] if options.quick else [1000, 10000, 100000]
    rows = []
    if options.only not in ("sync", "vault"):
        for n in sizes:
            found = rows_of(bench / "bench-store", str(folder / str(n)), str(n))
            rows += found if options.only != "windows" else []
    if options.only in (None, "vault"):
        n = sizes[-1]
        rows += rows_of(bench / "bench-vault", str(folder / "vault"), "20000" if options.quick else "200000",
                        str(folder / str(n)), str(n))
    if options.only in (None, "windows"):
        profiles = [f"{n}:{folder / str(n)}" for n in sizes]
        rows += rows_of(UNDER_DISPLAY, sys.executable, __file__, "--windows", bench / "bench-window", *profiles)
    if options.only in (None, "sync"):
        rows += rows_of(bench / "bench-sync", bench.parents[1] / "src" / "server" / "homeward-server",
                        bench / "bench-literal", "1000" if options.quick else "10000")
    show(rows)


def main():
    if len(sys.argv) > 3 and sys.argv[1] == "--windows":
        pairs = [argument.split(":", 1) for argument in sys.argv[3:]]
        measure_windows(sys.argv[2], [(int(n), folder) for n, folder in pairs])
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--keep")
    parser.add_argument("--only", choices=("windows", "store", "vault", "sync"))
    options = parser.parse_args()
    os.environ["LC_ALL"] = "C.UTF-8"
    folder = Path(options.keep or tempfile.mkdtemp(prefix="homeward-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        run_all(options, Path(options.build).resolve() / "tests" / "bench", folder)
    finally:
        if not options.keep:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
