#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The searches of silence.py and canaries.py can find. A desktop whose ciphers do not encrypt and whose freed memory is
not overwritten (homeward-plain: the same sources, with tests/support/plain-ciphers.c and without
hw-clean-free.c) does what the desktop of those tests does. Each of their searches must fail there: of the disk while it
is open, after the lock and after it was closed, and of the memory after the lock."""
import os
import re
import sys

sys.dont_write_bytecode = True

import screen  # noqa: E402
from screen import Failure  # noqa: E402

LEAST = 60
LEAST_IN_MEMORY = 20


def must_find(search, words):
    """The search must give up, in these words."""
    try:
        search()
    except Failure as failure:
        if not re.search(words, str(failure)):
            raise
        return
    raise Failure(f'a search is blind: it does not find "{words}" where nothing is encrypted or overwritten')


def finds_them(options, folder, running):
    from canaries import bytes_of
    from silence import (files_below, forgotten, found_in, lock, make_scene, memory_of, open_and_work, places_of, readable)
    plain = os.path.join(options.build, 'tests/e2e/homeward-plain')
    desktop, _, secrets, case = make_scene(options, folder, running, plain)
    outside = places_of(desktop)
    open_and_work(desktop, case)
    must_find(lambda: readable(outside, secrets, 'while it was open'), 'the disk tells while it was open')
    lock(desktop)
    must_find(lambda: readable(outside, secrets, 'after the lock'), 'the disk tells after the lock')
    if os.geteuid() == 0:
        must_find(lambda: forgotten(desktop, secrets), 'the memory still holds')
        left = found_in(memory_of(desktop.process), secrets)
        print(f'# {len(left)} of {len(secrets)} canaries in the memory after the lock')
        if len(left) < LEAST_IN_MEMORY:
            raise Failure(f'only {len(left)} canaries are left in memory that nobody overwrote')
    desktop.close()
    must_find(lambda: readable(outside, secrets, 'after it was closed'), 'the disk tells after it was closed')
    for name, pieces in (('silence', (raw for _, raw in files_below(outside))),
                         ('canaries', (raw for _, raw in bytes_of(desktop.profile, desktop.log)))):
        found = found_in(pieces, secrets)
        print(f'# {len(found)} of {len(secrets)} canaries on the disk, by the search of {name}.py')
        if len(found) < LEAST:
            raise Failure(f'the search of {name}.py finds only {len(found)} canaries')


if __name__ == '__main__':
    from testing import options_of, run_test
    given = options_of(__doc__)
    screen.enter()
    run_test('the searches find what a desktop without encryption leaves behind', given, finds_them)
