#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A power cut in the middle of a call: the desktop is killed while the caseworker types. Started again, it offers the
call, and everything that stood on screen a second before is there."""
import itertools
import os
import sys
import time

sys.dont_write_bytecode = True

import screen  # noqa: E402
from screen import Failure, press, type_text, wait_for  # noqa: E402

STORY = ('Called from a neighbour. Locked in on Fridays, unpaid for seven months. She will call again at night. '
         'The house is near the co-operative, the gate is green. Her daughter is with her mother in Ngozi.').split()
SAFE_SECONDS = 1.0
TYPED_SECONDS = 3.0


def type_call(desktop):
    """Types a call, and keeps what stood in the long field when: (moment, text)."""
    desktop.key('ctrl+n')
    wait_for(lambda: len(desktop.windows()) > 1, 'the window of the call')
    desktop.set('safe_contact.value', '+965 5000 0001')
    desktop.set('case.location_place', 'Hawalli')
    desktop.set('person.given_names', 'Aline')
    field = desktop.find('text', desktop.words.field('contact_log.summary').label)
    desktop.click_until(field, lambda: desktop.tree.has(field, 'focused'), 'the cursor in the story')
    seen = []
    text = ''
    for word in itertools.cycle(STORY):
        if seen and seen[-1][0] - seen[0][0] > TYPED_SECONDS:
            return seen
        type_text(word + ' ')
        text += word + ' '
        wait_for(lambda: desktop.text_of(field) == text, f'“{word}” on screen')
        seen.append((time.monotonic(), text))


def survives(options, folder, running):
    from casework import Caseworker
    from office import PASSWORD, Account, Clock, Server
    clock = Clock(os.path.join(folder, 'clock'))
    clock.set('2026-11-01 23:12', 'Asia/Kuwait')
    server = Server(options.build, folder, clock)
    running.append(server)
    server.admin('demo', 'load', '--accounts-only')
    server.start()
    desktop = Caseworker(options.build, folder, 'caseworker', server, clock)
    running.append(desktop)
    desktop.start()
    desktop.maximise()
    desktop.sign_in(PASSWORD)
    seen = type_call(desktop)
    press('x', 'y')
    killed = time.monotonic()
    desktop.kill()
    safe = [text for moment, text in seen if killed - moment >= SAFE_SECONDS][-1]

    desktop = Caseworker(options.build, folder, 'caseworker', server, clock)
    running.append(desktop)
    desktop.start()
    desktop.maximise()
    desktop.click(desktop.find('text', 'Passphrase'))
    type_text(PASSWORD)
    press('Return')
    desktop.press_button('Continue', seconds=40)
    field = desktop.find('text', desktop.words.field('contact_log.summary').label)
    kept = wait_for(lambda: desktop.text_of(field), 'what was typed before')
    if not (kept + ' ').startswith(safe) and not kept.startswith(safe.rstrip()):
        raise Failure(f'a second before it stood there: “{safe}”; now there is: “{kept}”')

    desktop.press_button('Save Case')
    wait_for(lambda: len(desktop.windows()) == 1, 'the case to be saved', 30)
    office = Account(server, 'caseworker')
    wait_for(lambda: office.one('case', location_place='Hawalli'), 'the place she said', 30)
    office.one('safe_contact', value='+96550000001')
    office.one('person', given_names='Aline')
    if not office.one('contact_log')['fields']['summary'].startswith(safe.rstrip()):
        raise Failure('the case holds another story than the draft')


if __name__ == '__main__':
    from testing import options_of, run_test
    given = options_of(__doc__)
    screen.enter()
    run_test('a call survives the death of the program, but for its last second', given, survives)
