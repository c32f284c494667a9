#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A field is one line of XML. The line is added to a copy of the sources, the programs are built from the copy, and
people who worked with the old programs go on with the new ones: the field stands in the form, is typed there, is kept
by the desktop and the server in the files they had before, and is in the contract and the dictionary."""
import os
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True

import screen  # noqa: E402
from screen import Failure, wait_for  # noqa: E402

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '../..')
PARTS = ('data', 'po', 'src', 'ui', 'meson.build', 'meson_options.txt')
SCHEMA_FILE = 'data/schema/placement.entity.xml'
BEFORE = '    <field name="until"'
LINE = '    <field name="door_mark" kind="text" label="Mark on the door" since="2"/>\n'
TYPED = 'Blue gate, second bell'
PROGRAMS = ('src/app/homeward', 'src/server/homeward-server', 'src/tools/homeward-admin')


def build_with_the_line(folder):
    """The build folder of a copy that has one line more. Compiled as quickly as can be; its tests stay behind."""
    copy = os.path.join(folder, 'source')
    os.mkdir(copy)
    for part in PARTS:
        source = os.path.join(ROOT, part)
        if os.path.isdir(source):
            shutil.copytree(source, os.path.join(copy, part))
        elif os.path.exists(source):
            shutil.copy(source, copy)
    os.mkdir(os.path.join(copy, 'tests'))
    with open(os.path.join(copy, 'tests/meson.build'), 'w', encoding='ascii'):
        pass
    path = os.path.join(copy, SCHEMA_FILE)
    with open(path, encoding='utf-8') as file:
        text = file.read()
    if text.count(BEFORE) != 1:
        raise Failure(f'{SCHEMA_FILE} has no single place for the line')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text.replace(BEFORE, LINE + BEFORE))
    build = os.path.join(folder, 'build')
    for command in (['meson', 'setup', '--buildtype=plain', build, copy], ['ninja', '-C', build, *PROGRAMS]):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            raise Failure(f'{" ".join(command)}: {done.stdout[-3000:]} {done.stderr[-1000:]}')
    return copy, build


def at_record(desktop, case, placement):
    desktop.click(desktop.find('label', case['fields']['pseudonym']), times=2)
    desktop.open_record('placement', desktop.words.choice('placement.kind', placement['fields']['kind']))


def at_her_desktop(build, folder, server, clock, running, words=None):
    """The caseworker, signed in, with everything there."""
    from casework import Caseworker
    from office import PASSWORD
    desktop = Caseworker(build, folder, 'caseworker', server, clock)
    running.append(desktop)
    desktop.words = words or desktop.words
    desktop.start()
    desktop.maximise()
    desktop.sign_in(PASSWORD)
    if server.process:
        desktop.wait_synced()
    return desktop


def goes_everywhere(options, folder, running):
    from office import Account, Clock, Server
    from words import Words
    copy, build = build_with_the_line(folder)
    clock = Clock(os.path.join(folder, 'clock'))
    clock.set('2026-11-02 10:00', 'Africa/Bujumbura')
    old = Server(options.build, folder, clock)
    running.append(old)
    old.admin('demo', 'load')
    old.start()
    at_her_desktop(options.build, folder, old, clock, running).close()
    old.stop()

    new = Server(build, folder, clock)
    new.port = old.port
    running.append(new)
    new.start()
    office = Account(new, 'caseworker')
    case = office.one('case', pseudonym='Aline N.')
    placement = next(item for item in office.of_type('placement') if item['case'] == case['id'])
    if 'door_mark' in placement['fields']:
        raise Failure('a record from before has a value nobody gave it')
    desktop = at_her_desktop(build, folder, new, clock, running, Words(os.path.join(copy, 'data/schema')))
    at_record(desktop, case, placement)
    desktop.set('placement.door_mark', TYPED)
    wait_for(lambda: office.one('placement', door_mark=TYPED)['id'] == placement['id'], 'the office to have it', 30)
    desktop.close()
    contract = office.get('/v1/openapi.json')['components']['schemas']['Placement']['properties']['fields']
    new.stop()
    desktop = at_her_desktop(build, folder, new, clock, running, desktop.words)
    at_record(desktop, case, placement)
    door = desktop.locate(desktop.words.field('placement.door_mark'))
    if desktop.text_of(door) != TYPED:
        raise Failure(f'without the network the desktop has “{desktop.text_of(door)}”')
    if contract['properties']['door_mark']['title'] != 'Mark on the door':
        raise Failure('the contract has another title')
    with open(os.path.join(build, 'data/schema/data-dictionary.md'), encoding='utf-8') as file:
        if '| `door_mark` | Mark on the door | text |' not in file.read():
            raise Failure('the dictionary does not have it')


if __name__ == '__main__':
    from testing import options_of, run_test
    given = options_of(__doc__)
    screen.enter()
    run_test('one line of XML makes a field in form, store, server, contract and dictionary', given, goes_everywhere)
