#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A laptop that is locked gives nothing away. Canaries are put into every text field of a case; a caseworker opens it,
searches, copies, begins a record and leaves it half written; then Ctrl+L in the middle of it, and another time the calendar
over it. Every file, the whole memory of the program, what it tells assistive technology, its log, the properties of its
windows and both clipboards are searched for them and for the passphrase. The same search while it is open, and in the
opened vault, must find them: it is not blind. The passphrase, which is the password too, is while it is open in no memory
that may be swapped, and after that in none. How soon the calendar is painted is printed, not judged: it depends on the
computer."""
import ctypes
import os
import re
import subprocess
import sys
import time

sys.dont_write_bytecode = True

import screen  # noqa: E402
from screen import Failure, press, run, type_text, wait_for  # noqa: E402

DULL_TITLE = 'Calendar'
PASSWORD = 'homeward-demo-2026'
HALF_WRITTEN = 'behind the green gate canaryhalf'
CHUNK = 1 << 24
OVERLAP = 64


# ---- Places to look ----

def memory_of(process):
    """Whatever can be written to in this process, as pieces of bytes."""
    with open(f'/proc/{process.pid}/maps', encoding='ascii', errors='replace') as maps:
        ranges = [line.split()[:2] for line in maps if not line.rstrip().endswith(('[vvar]', '[vsyscall]'))]
    with open(f'/proc/{process.pid}/mem', 'rb', buffering=0) as memory:
        for addresses, rights in ranges:
            if not rights.startswith('rw'):
                continue
            begin, end = (int(address, 16) for address in addresses.split('-'))
            for start in range(begin, end, CHUNK):
                try:
                    memory.seek(start)
                    yield memory.read(min(CHUNK + OVERLAP, end - start)) or b''
                except (OSError, ValueError, OverflowError):
                    continue


def swappable_memory_of(process):
    """The same without what is kept from the swap."""
    with open(f'/proc/{process.pid}/smaps', encoding='ascii', errors='replace') as maps, \
            open(f'/proc/{process.pid}/mem', 'rb', buffering=0) as memory:
        for line in maps:
            head = re.match('([0-9a-f]+)-([0-9a-f]+) (rw)?', line)
            if head:
                mapping = head
            elif line.startswith('VmFlags:') and mapping.group(3) and 'lo' not in line.split():
                begin, end = (int(address, 16) for address in mapping.groups()[:2])
                for start in range(begin, end, CHUNK):
                    try:
                        memory.seek(start)
                        yield memory.read(min(CHUNK + OVERLAP, end - start)) or b''
                    except (OSError, ValueError, OverflowError):
                        continue


def files_below(folders):
    for top in folders:
        for folder, _, names in os.walk(top):
            for name in names:
                path = os.path.join(folder, name)
                if os.path.isfile(path):
                    with open(path, 'rb') as file:
                        yield path, path.encode() + file.read()


def accessible_of(desktop):
    """All that is told, shown or hidden."""
    root = desktop.read(True)
    words = []
    for node in root.all():
        words += [node.name, node.description]
        if 'org.a11y.atspi.Text' in node.interfaces:
            try:
                words.append(desktop.text_of(node) or '')
            except Exception:  # A node that went meanwhile tells nothing.
                continue
    return '\n'.join(words).encode()


def properties_of_windows():
    """Every property of every window of the display, the hidden ones too."""
    windows = re.findall(r'0x[0-9a-f]+', run('xwininfo', '-root', '-tree'))
    return b'\n'.join(subprocess.run(['xprop', '-id', window], capture_output=True).stdout for window in set(windows))


class Image(ctypes.Structure):
    """The head of Xlib's XImage."""
    _fields_ = [(name, ctypes.c_int) for name in ('width', 'height', 'xoffset', 'format')] + \
               [('data', ctypes.c_void_p)] + \
               [(name, ctypes.c_int) for name in ('byte_order', 'unit', 'bit_order', 'pad', 'depth', 'bytes_per_line')]


class Row:
    """One row of points across the middle of the screen, as it is painted."""

    def __init__(self):
        self.x11 = ctypes.CDLL('libX11.so.6')
        pointer, long, int_ = ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int
        self.x11.XOpenDisplay.restype = pointer
        self.x11.XDefaultRootWindow.restype = long
        self.x11.XDefaultRootWindow.argtypes = [pointer]
        self.x11.XGetImage.restype = ctypes.POINTER(Image)
        self.x11.XGetImage.argtypes = [pointer, long, int_, int_, ctypes.c_uint, ctypes.c_uint, long, int_]
        self.x11.XDestroyImage.argtypes = [pointer]
        for measure in (self.x11.XDisplayWidth, self.x11.XDisplayHeight):
            measure.argtypes = [pointer, int_]
        self.display = self.x11.XOpenDisplay(None)
        self.root = self.x11.XDefaultRootWindow(self.display)
        self.width = self.x11.XDisplayWidth(self.display, 0)
        self.y = self.x11.XDisplayHeight(self.display, 0) // 2

    def read(self):
        image = self.x11.XGetImage(self.display, self.root, 0, self.y, self.width, 1, ctypes.c_ulong(-1).value, 2)
        points = ctypes.string_at(image.contents.data, image.contents.bytes_per_line)
        self.x11.XDestroyImage(image)
        return points

    def seconds_until_it_stays(self, command, seconds=3.0):
        """From before the command until the row is what it still is some seconds later."""
        before, seen = self.read(), []
        began = time.monotonic()
        with subprocess.Popen(command):
            while time.monotonic() - began < seconds:
                points = self.read()
                if not seen or points != seen[-1][1]:
                    seen.append((time.monotonic() - began, points))
        if seen[-1][1] == before:
            raise Failure('nothing changed on screen')
        return seen[-1][0]


class Selections:
    """Who owns the clipboards, asked of the display itself."""

    def __init__(self):
        self.x11 = ctypes.CDLL('libX11.so.6')
        self.x11.XOpenDisplay.restype = ctypes.c_void_p
        self.x11.XInternAtom.restype = ctypes.c_ulong
        self.x11.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
        self.x11.XGetSelectionOwner.restype = ctypes.c_ulong
        self.x11.XGetSelectionOwner.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
        self.display = self.x11.XOpenDisplay(None)

    def owned(self):
        return [name for name in ('CLIPBOARD', 'PRIMARY')
                if self.x11.XGetSelectionOwner(self.display, self.x11.XInternAtom(self.display, name.encode(), 0))]


def found_in(pieces, canaries):
    pattern = re.compile(b'|'.join(re.escape(canary) for canary in canaries))
    found = set()
    for piece in pieces:
        found.update(pattern.findall(piece))
    return found


def locked_memory(process):
    """Bytes that are kept from the swap, in KiB."""
    with open(f'/proc/{process.pid}/status', encoding='ascii', errors='replace') as status:
        return next(int(line.split()[1]) for line in status if line.startswith('VmLck:'))


def no_core_dump(process, is_root):
    with open(f'/proc/{process.pid}/limits', encoding='ascii') as limits:
        core = next(line for line in limits if line.startswith('Max core file size'))
    if core.split()[4:6] != ['0', '0']:
        raise Failure(f'a core of it could be written: {core}')
    if is_root:
        return
    try:
        with open(f'/proc/{process.pid}/mem', 'rb'):
            pass
    except PermissionError:
        return
    raise Failure('another program of the same user may read its memory')


def make_scene(options, folder, running, program=None):
    """A server with canaries in every text field of a case, and the desktop of its caseworker, not yet started:
    (desktop, server, secrets, case)."""
    from canaries import Canaries
    from casework import Caseworker
    from office import Account, Clock, Server
    # Meson has the C library overwrite what is freed: what Homeward does by itself would not be seen.
    os.environ.pop('MALLOC_PERTURB_', None)
    clock = Clock(os.path.join(folder, 'clock'))
    clock.set('2026-11-02 10:00', 'Africa/Bujumbura')
    os.makedirs(os.path.join(folder, 'office'))
    server = Server(options.build, os.path.join(folder, 'office'), clock)
    running.append(server)
    server.admin('demo', 'load')
    server.start()
    desktop = Caseworker(options.build, folder, 'caseworker', server, clock)
    desktop.program = program or desktop.program
    running.append(desktop)
    office = Account(server, 'caseworker')
    case = office.one('case', pseudonym='Aline N.')
    canaries = Canaries(desktop.words, office, case['id'])
    canaries.update_all()
    canaries.create_all()
    secrets = sorted({**canaries.forbidden, **canaries.allowed})
    case = next(item for item in office.of_type('case') if item['id'] == case['id'])
    return desktop, server, secrets, case


def open_and_work(desktop, case):
    desktop.start()
    desktop.maximise()
    desktop.sign_in(PASSWORD)
    desktop.wait_synced()
    work_in(desktop, case)


def places_of(desktop):
    """Every folder that the desktop could write to."""
    return [desktop.profile] + [os.path.join(screen.session_folder(), name)
                                for name in ('config', 'data', 'cache', 'state', 'run')]


def lock(desktop):
    began = time.monotonic()
    press('ctrl+l')
    desktop.page = None
    desktop.find('text', 'Passphrase')
    print(f'# locked {time.monotonic() - began:.2f} s after the keys')


def gives_nothing(options, folder, running):
    from office import plain_image
    desktop, server, secrets, case = make_scene(options, folder, running)
    selections = Selections()
    secrets += [HALF_WRITTEN.encode()]
    open_and_work(desktop, case)
    begin_writing(desktop)

    # It is open: the same search finds what is there.
    may_read = os.geteuid() == 0
    shown = found_in([accessible_of(desktop)], secrets)
    if HALF_WRITTEN.encode() not in shown:
        raise Failure('the search of what is told to assistive technology is blind, or the half written record is not on screen')
    if may_read and len(found_in(memory_of(desktop.process), secrets)) < 20:
        raise Failure('the search of the memory is blind')
    if may_read and found_in(swappable_memory_of(desktop.process), [PASSWORD.encode()]):
        raise Failure('the passphrase stands in memory that may be swapped')
    held = locked_memory(desktop.process)
    no_core_dump(desktop.process, may_read)
    if 'CLIPBOARD' not in selections.owned():
        raise Failure('nothing was copied')
    outside = places_of(desktop)
    readable(outside, secrets, 'while it was open')

    lock(desktop)
    silent(desktop, selections, outside, secrets, may_read)
    # What remains is the toolkit's, for the lines that passphrases are typed into.
    if locked_memory(desktop.process) >= held:
        raise Failure('no memory that is kept from the swap was given back: the keys were not in it, or are still held')

    # Typed at the door it is there, and the search sees it; taken back it is gone.
    desktop.click(desktop.find('text', 'Passphrase'))
    type_text(PASSWORD)
    if may_read and not wait_for(lambda: knows_passphrase(desktop), 'the search of the memory to see the passphrase'):
        raise Failure('the search for the passphrase is blind')
    press('ctrl+a', 'Delete')
    if may_read:
        wait_for(lambda: not knows_passphrase(desktop), 'the passphrase that was taken back to be forgotten')

    # Hidden from a shoulder, over the dialog that goes on with what was half written.
    go_on_writing(desktop)
    painted = Row().seconds_until_it_stays(['xdotool', 'key', 'ctrl+shift+h'])
    print(f'# the calendar was painted {1000 * painted:.0f} ms after the keys were sent for')
    wait_for(lambda: list(desktop.windows().values()) == [DULL_TITLE], 'nothing but the calendar', 10, 0.005)
    wait_for(lambda: not selections.owned(), 'the lock behind it', 10)
    silent(desktop, selections, outside, secrets, may_read)
    press('ctrl+shift+h')
    desktop.find('text', 'Passphrase')
    desktop.close()

    opened = found_in([plain_image(desktop)], secrets)
    if len(opened) < 60:
        raise Failure(f'the search of the files is blind: the opened vault holds only {len(opened)} canaries')
    readable(outside, secrets, 'after it was closed')
    is_erased_when_revoked(desktop, server)
    print(f'# {len(secrets)} canaries put, {len(opened)} of them in the opened vault'
          + ('' if may_read else '; the memory of a program may not be read by who is not root, and was not searched'))


def is_erased_when_revoked(desktop, server):
    """The office revokes the laptop; at the next contact it keeps nothing, and says why."""
    with open(os.path.join(desktop.profile, 'profile.ini'), encoding='utf-8') as file:
        device = re.search('^id=(.*)$', file.read(), re.MULTILINE).group(1)
    desktop.start()
    unlock(desktop)
    desktop.press_button('Discard…', seconds=40)
    desktop.press_button('Discard')
    desktop.wait_dialog_gone()
    desktop.wait_synced()
    if device not in server.admin('device', 'list'):
        raise Failure('the administrator does not find the laptop')
    server.admin('device', 'revoke', device)
    time.sleep(1.1)  # for as long as the server may still believe its memory
    desktop.key('ctrl+r')
    desktop.page = None
    desktop.wait_text('Your office revoked this account', 30)
    left = os.listdir(os.path.join(desktop.profile, 'accounts'))
    if left:
        raise Failure(f'it still keeps {left}')
    desktop.close()


def knows_passphrase(desktop):
    return bool(found_in(memory_of(desktop.process), [PASSWORD.encode()]))


def begin_writing(desktop):
    """A record, left half written."""
    desktop.begin('contact_log')
    field = desktop.locate(desktop.words.field('contact_log.summary'))
    desktop.click_until(field, lambda: desktop.tree.has(field, 'focused'), 'the cursor in what was said')
    type_text(HALF_WRITTEN)
    wait_for(lambda: desktop.text_of(field) == HALF_WRITTEN, 'what was typed')
    time.sleep(1.5)  # for as long as typing may stay unkept


def unlock(desktop):
    """What was half written is offered after it."""
    desktop.page = None
    desktop.click(desktop.find('text', 'Passphrase'))
    press('ctrl+a')
    type_text(PASSWORD)
    press('Return')


def go_on_writing(desktop):
    """Every letter of it was kept."""
    unlock(desktop)
    desktop.press_button('Continue', seconds=40)
    field = desktop.locate(desktop.words.field('contact_log.summary'))
    wait_for(lambda: desktop.text_of(field) == HALF_WRITTEN, 'the record as it was left')


def work_in(desktop, case):
    """Opens the case and copies from it."""
    desktop.page = None
    desktop.click(desktop.find('list item', re.compile('^Cases')))
    desktop.key('ctrl+f')
    press('ctrl+a')
    type_text(case['fields']['pseudonym'])
    press('ctrl+a', 'ctrl+c')
    press('Down')
    desktop.click_text(case['fields']['pseudonym'], times=2)
    wait_for(desktop.case_page, 'the page of the case')


def readable(folders, secrets, when):
    bad = [(canary, path) for path, raw in files_below(folders) for canary in found_in([raw], secrets)]
    if bad:
        raise Failure(f'the disk tells {when}: {bad[:10]}')


def silent(desktop, selections, outside, secrets, may_read):
    readable(outside, secrets, 'after the lock')
    told = found_in([accessible_of(desktop)], secrets)
    if told:
        raise Failure(f'assistive technology is still told {sorted(told)[:10]}')
    properties = found_in([properties_of_windows()], secrets)
    if properties:
        raise Failure(f'the windows’ properties tell {sorted(properties)[:10]}')
    if selections.owned():
        raise Failure(f'still copied: {selections.owned()}')
    if len(desktop.windows()) != 1:
        raise Failure(f'still on screen: {desktop.windows()}')
    if may_read:
        forgotten(desktop, secrets)


def forgotten(desktop, secrets):
    kept = found_in(memory_of(desktop.process), [*secrets, PASSWORD.encode()])
    if kept:
        raise Failure(f'the memory still holds {len(kept)} canaries: {sorted(kept)[:20]}')


if __name__ == '__main__':
    from testing import options_of, run_test
    given = options_of(__doc__)
    screen.enter()
    run_test('a locked laptop gives nothing away', given, gives_nothing)
