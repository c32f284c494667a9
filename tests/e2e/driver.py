# SPDX-License-Identifier: GPL-3.0-or-later
"""One person at one desktop: looks over the accessibility bus, acts with real keys and clicks.

Every step waits for what a person would wait for and names it when it does not come. Several desktops share one
display and one session bus; each is told apart by its process.
"""
import itertools
import os
import re
import signal
import subprocess
import time

from gi.repository import GLib

from accessible import Bus, Tree
from screen import Failure, click_at, die_with_parent, press, run, take_picture, type_text, wait_for, xdo
from words import Words, heading

ONE_LINE = ('text', 'integer', 'phone', 'time_of_day', 'date', 'history_date', 'timestamp', 'long_text')
CHOSEN = ('choice', 'country', 'language', 'zone', 'reference', 'user', 'currency')
MARKED = ('choice_set', 'country_set', 'language_set', 'reference_set')
SEARCHED_ABOVE = 12
MAIN_TITLE = 'Homeward'


class Moved(Exception):
    """What was found is not there any more."""


class Desktop:
    def __init__(self, program, name, profile, server=None, user=None, clock=None, extra=()):
        self.name = name
        self.program = program
        self.profile = profile
        self.server = server
        self.user = user
        self.clock = clock
        self.extra = list(extra)
        self.words = Words()
        self.log = profile + '.log'
        self.process = None
        self.tree = None
        self.owners = {}
        self.page = None
        self.places = {}

    # ---- The program ----

    def start(self):
        # Time does not pass for somebody who waits: a slow machine locks no desktop.
        command = [self.program, '--profile', self.profile, '--idle-stands'] + self.extra
        for option, value in (('--server', self.server), ('--user', self.user), ('--clock-file', self.clock)):
            if value is not None:
                command += [option, value]
        with open(self.log, 'ab') as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, preexec_fn=die_with_parent)
        self.bus = Bus()
        name = wait_for(self.registered, f'{self.name} to be on the accessibility bus', 40)
        self.tree = Tree(self.bus, name)
        # An X window of the program that ended may have had the same number.
        self.owners = {}
        wait_for(self.windows, f'a window of {self.name}', 20)
        self.places = {}
        self.raise_window()

    def registered(self):
        self.check_alive()
        return self.bus.application(self.process.pid)

    def check_alive(self):
        status = self.process.poll() if self.process else None
        if status is not None:
            with open(self.log, encoding='utf-8', errors='replace') as log:
                raise SystemExit(f'{self.name} ended by itself with status {status}:\n{log.read()[-3000:]}')

    def close(self):
        """As a person closes it: Ctrl+Q. Fails where it does not end, or ends badly."""
        self.raise_window()
        press('ctrl+q')
        try:
            status = self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            raise Failure(f'{self.name} did not close on Ctrl+Q') from None
        self.process = None
        if status != 0:
            raise Failure(f'{self.name} ended with status {status}; see {self.log}')

    def kill(self):
        """Power cut."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process = None

    def stop(self):
        """Whatever happened, leave nothing running."""
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.process = None

    # ---- Windows ----

    def read(self, thorough=False):
        self.check_alive()
        try:
            return self.tree.read(thorough)
        except GLib.Error as error:
            self.check_alive()
            raise Failure(f'{self.name} does not answer: {error.message}') from None

    def windows(self):
        """X windows of this process as {id: title}, in the order they were opened."""
        listed = re.findall(r'0x[0-9a-f]+', run('xprop', '-root', '_NET_CLIENT_LIST'))
        mine = [int(window, 16) for window in listed if self.owns(int(window, 16))]
        return {window: run('xdotool', 'getwindowname', window) for window in mine}

    def owns(self, window):
        if window not in self.owners:
            self.owners[window] = run('xdotool', 'getwindowpid', window)
        return self.owners[window] == str(self.process.pid)

    def frames(self, root):
        return [node for node in root.children if node.has('visible')]

    def top_frame(self, root):
        """The window a person works in now: the dialog where there is one."""
        frames = self.frames(root)
        if not frames:
            raise Failure(f'{self.name} shows no window')
        active = [frame for frame in frames if frame.has('active')]
        return active[-1] if active else frames[-1]

    def window_of(self, frame):
        """Its X window: by the title, and where several have it, or it has none, by the size."""
        windows = self.windows()
        matching = [window for window, title in windows.items() if title == frame.name] or list(windows)
        if len(matching) > 1:
            _, _, width, height = self.tree.extents(frame)
            sizes = {window: abs(place[2] - width) + abs(place[3] - height)
                     for window, place in ((window, self.place_of(window)) for window in matching)}
            matching = sorted(matching, key=sizes.get)
        if not matching:
            raise Failure(f'{self.name} has no window on screen')
        return matching[0]

    def place_of(self, window):
        """x, y, width, height on screen, without the shadow that belongs to the X window. Windows do not move here:
        they fill the screen or stand in its middle."""
        if window not in self.places:
            self.places[window] = self.read_place(window)
        return self.places[window]

    def read_place(self, window):
        geometry = dict(line.split('=') for line in run('xdotool', 'getwindowgeometry', '--shell', window).split('\n'))
        shadow = re.findall(r'\d+', run('xprop', '-id', window, '_GTK_FRAME_EXTENTS').split('=')[-1])
        left, right, top, bottom = [int(edge) for edge in shadow] if len(shadow) == 4 else (0, 0, 0, 0)
        return (int(geometry['X']) + left, int(geometry['Y']) + top,
                int(geometry['WIDTH']) - left - right, int(geometry['HEIGHT']) - top - bottom)

    def raise_window(self):
        """Brings this desktop to the front, with its dialog if one is open."""
        def raised():
            self.check_alive()
            windows = self.windows()
            if not windows:
                return False
            active = run('xdotool', 'getactivewindow')
            if active.isdigit() and int(active) in windows:
                return True
            run('timeout', '3', 'xdotool', 'windowactivate', list(windows)[-1])
            return False
        wait_for(raised, f'{self.name} to come to the front', 15, 0.1)

    def maximise(self):
        self.raise_window()
        if 'MAXIMIZED' not in run('xprop', '-id', run('xdotool', 'getactivewindow'), '_NET_WM_STATE'):
            press('alt+F10')
            self.places = {}
            wait_for(lambda: 'MAXIMIZED' in run('xprop', '-id', run('xdotool', 'getactivewindow'), '_NET_WM_STATE'),
                     f'{self.name} to fill the screen')

    def scroll_to_top(self):
        """The wheel, until what is first on the page stands at its top."""
        panes = [node for node in self.search('scroll pane')]
        for pane in panes[:1]:
            x, y, width, height = self.tree.extents(pane)
            left, top = self.origin(self.frame_of(pane))
            xdo('mousemove', left + x + width - 14, top + y + height // 2)
            xdo('click', '--repeat', 40, '--delay', '8', 4)

    def picture(self, path):
        self.raise_window()
        self.settle()
        take_picture(path)

    def settle(self, seconds=4.0):
        """Until what is shown has stopped changing: a picture of a transition explains nothing."""
        last, end = None, time.monotonic() + seconds
        while time.monotonic() < end:
            now = [(node.role, node.name) for node in self.read().walk()]
            if now == last:
                break
            last = now
            time.sleep(0.12)
        time.sleep(0.25)

    def sign_in(self, password, seconds=40.0):
        """At the door: the server and the name stand there already, the password is typed. On the first run it also
        becomes the passphrase, and the recovery code is left for later."""
        button = self.find('button', re.compile('^(Sign In|Unlock)$'))
        first = button.name == 'Sign In'
        self.click(self.find('text', re.compile('^(Password|Passphrase)$')))
        press('ctrl+a')
        type_text(password)
        wait_for(lambda: self.tree.has(button, 'sensitive'), f'{self.name}: a password to be typed')
        press('Return')
        if first:
            self.set_up(password, seconds)
        self.find('list item', re.compile('^(Cases|Requests)'), seconds=seconds)

    def set_up(self, passphrase, seconds):
        self.click(self.find('text', 'New passphrase', seconds=seconds))
        type_text(passphrase)
        press('Return')
        type_text(passphrase)
        press('Return')
        self.press_button('Do It Later', seconds=seconds)

    # ---- Looking ----

    def matches(self, node, role, name):
        if role is not None and not node.is_a(role):
            return False
        if name is None:
            return True
        if isinstance(name, re.Pattern):
            return bool(name.search(node.name))
        return node.name == name

    def search(self, role=None, name=None, within=None, thorough=False):
        """All nodes on screen that match, in reading order."""
        root = self.read(thorough)
        start = self.looked_at(self.top_frame(root))
        if within is not None:
            start = next((node for node in root.walk() if node.path == within.path), None)
            if start is None:
                return []
        return [node for node in start.walk() if self.matches(node, role, name) and self.on_screen(node)]

    def on_screen(self, node):
        _, _, width, height = self.tree.extents(node)
        return width > 0 and height > 0

    def looked_at(self, frame):
        """The part of the window a person looks at: self.page is the name of its class. A dialog has no parts."""
        if frame.name != MAIN_TITLE or self.page is None:
            return frame
        page = next((node for node in frame.walk() if node.name == self.page), None)
        if page is None:
            raise Failure(f'{self.name} has no {self.page}')
        return page

    def find(self, role=None, name=None, within=None, nth=0, seconds=12.0):
        looks = itertools.count(1)

        def found():
            nodes = self.search(role, name, within, thorough=next(looks) % 3 == 0)
            if len(nodes) > (nth if nth >= 0 else -nth - 1):
                nodes[nth].find_again = lambda: self.find(role, name, within, nth, seconds)
                return nodes[nth]
            return None
        wanted = name.pattern if isinstance(name, re.Pattern) else name
        try:
            return wait_for(found, f'{self.name}: {role or "anything"} “{wanted}”', seconds, 0.1)
        except Failure as failure:
            raise type(failure)(f'{failure}\nshown: {self.shown_words()[:1500]}') from None

    def shown_words(self):
        root = self.read()
        names = [node.name for node in self.looked_at(self.top_frame(root)).walk()
                 if node.name and node.role in (29, 43, 62, 61) and self.on_screen(node)]
        return ' | '.join(name for name in names)

    def sees(self, text):
        wanted = text if isinstance(text, re.Pattern) else re.compile(re.escape(text))
        return bool(self.search(None, wanted))

    def wait_text(self, text, seconds=15.0):
        return self.find(None, text if isinstance(text, re.Pattern) else re.compile(re.escape(text)), seconds=seconds)

    def wait_gone(self, text, seconds=15.0):
        wait_for(lambda: not self.sees(text), f'{self.name}: “{text}” to go away', seconds)

    def text_of(self, node):
        return self.tree.text(node)

    # ---- Acting ----

    def origin(self, frame):
        """Where the frame's own corner is on screen."""
        return self.place_of(self.window_of(frame))[:2]

    def frame_of(self, node):
        return next(above for above in node.ancestors() if above.parent is not None and above.parent.role == 75)

    def again(self, node):
        """The same node as it is now."""
        for other in self.read().walk():
            if other.path == node.path:
                return other
        raise Failure(f'{node} is gone')

    def pane_of(self, node):
        return next((above for above in node.ancestors() if above.is_a('scroll pane')), None)

    def reveal(self, node):
        """Turns the wheel until the node can be clicked."""
        for _ in range(40):
            pane = self.pane_of(node)
            x, y, width, height = self.tree.extents(node)
            if width <= 0 or height <= 0:
                raise Moved
            if pane is None:
                return x, y, width, height
            px, py, pwidth, pheight = self.tree.extents(pane)
            middle = y + height / 2
            if py + 8 <= middle <= py + pheight - 8:
                return x, y, width, height
            left, top = self.origin(self.frame_of(node))
            xdo('mousemove', left + px + pwidth - 26, top + py + pheight // 2)
            distance = middle - (py + pheight / 2)
            turns = max(1, min(12, int(abs(distance) / 90)))
            xdo('click', '--repeat', turns, '--delay', '12', 5 if distance > 0 else 4)
            time.sleep(0.06)
        raise Failure(f'{self.name}: “{node.name}” could not be scrolled into view')

    def click(self, node, times=1):
        self.raise_window()
        for _ in range(5):
            try:
                x, y, width, height = self.steady(node)
                break
            except Moved:
                # The page was made anew in the meantime, because something came from the office.
                node = node.find_again() if node.find_again else node
        else:
            raise Failure(f'{self.name}: “{node.name}” is not on screen')
        left, top = self.origin(self.frame_of(node))
        click_at(left + x + width // 2, top + y + height // 2, times)

    def click_until(self, node, condition, what, patience=1.5):
        """A list that is just fading away swallows a click meant for what is behind it; a person clicks again."""
        for attempt in range(3):
            self.click(node)
            try:
                return wait_for(condition, f'{self.name}: {what}', patience if attempt < 2 else 10)
            except Failure:
                if attempt == 2:
                    raise
        return None

    def steady(self, node):
        """Its place once it no longer moves: rows slide while a page opens."""
        last = self.reveal(node)
        for _ in range(20):
            time.sleep(0.03)
            now = self.tree.extents(node)
            if now == last:
                return now
            last = now
        return last

    def press_button(self, name, within=None, nth=0, seconds=12.0):
        node = self.find('button', name, within, nth, seconds)
        wait_for(lambda: self.tree.has(node, 'sensitive'), f'{self.name}: “{name}” to be usable', seconds)
        self.click(node)

    def click_text(self, text, nth=0, times=1, within=None):
        pattern = text if isinstance(text, re.Pattern) else re.compile(re.escape(text))
        self.click(self.find('label', pattern, within, nth), times)

    def key(self, *keys):
        self.raise_window()
        press(*keys)

    def type(self, text):
        self.raise_window()
        type_text(text)

    def focused(self):
        return next((node for node in self.search() if node.has('focused')), None)

    def choose_menu(self, name):
        """Moves through an open menu by arrow keys until the item has the focus, and takes it."""
        self.find('menu item', name)
        for _ in range(40):
            item = self.find('menu item', name)
            if item.has('focused') or item.has('selected'):
                press('Return')
                return
            press('Down')
            time.sleep(0.03)
        raise Failure(f'{self.name}: the menu item “{name}” could not be reached by the arrow keys')

    # ---- Fields ----

    def set(self, name, value):
        """Fills a field of a form, by what stands beside it: set('consent.purpose', 'embassy_contact')."""
        field = self.words.field(name)
        node = self.locate(field)
        if field.kind == 'boolean':
            self.switch(node, value)
        elif field.kind == 'choice':
            self.choose(node, field.choices[value], len(field.choices) > SEARCHED_ABOVE)
        elif field.kind in CHOSEN:
            self.choose(node, value, True)
        elif field.kind == 'choice_set':
            self.mark(node, [field.choices[nick] for nick in value], len(field.choices) > SEARCHED_ABOVE)
        elif field.kind in MARKED:
            self.mark(node, value, True)
        elif field.kind == 'money':
            self.choose(self.beside(node, f'{field.label}: currency'), value[1], True)
            self.write(node, value[0])
        elif field.kind == 'local_time':
            self.choose(self.beside(node, f'{field.label}: time zone'), value[1], True)
            self.write(node, value[0])
        else:
            self.write(node, value)

    def locate(self, field):
        """The control of a field. A section in which nothing is set yet is folded: a click on its title opens it."""
        pattern = re.compile(f'^{re.escape(field.label)}(: |$)')
        roles = {'boolean': ('switch',)}.get(field.kind, ('button',) if field.kind in CHOSEN + MARKED else ('text',))

        def there():
            return next((node for node in self.search(None, pattern) if any(node.is_a(role) for role in roles)), None)
        node = there()
        if node is None and not self.search('label', heading(field.section)):
            node = wait_for(there, f'{self.name}: the field “{field.label}”')
        if node is None:
            try:
                node = wait_for(there, '', 1)
            except Failure:
                self.click(self.find('label', heading(field.section)))
                node = wait_for(there, f'{self.name}: “{field.label}” in the section “{field.section}”')
        return node

    def beside(self, node, label):
        """Another control in the same row: the currency of an amount, the zone of a time."""
        pattern = re.compile(f'^{re.escape(label)}(: |$)')
        row = next(above for above in node.ancestors() if above.is_a('list item'))
        return next(other for other in row.walk() if other.is_a('button') and pattern.search(other.name))

    def write(self, node, text):
        """One line or a story. Tab leaves the field, and what is left is saved."""
        self.click_until(node, lambda: self.tree.has(node, 'focused'), f'the cursor in “{node.name}”')
        press('ctrl+a')
        type_text(text)
        if 'org.a11y.atspi.Text' in node.interfaces:
            wait_for(lambda: self.text_of(node) == text,
                     f'{self.name}: “{text}” in “{node.name}”, which says “{self.text_of(node)}”')
        press('Tab')
        wait_for(lambda: not self.tree.has(node, 'focused'), f'{self.name}: the cursor to leave “{node.name}”')

    def open_list(self, button):
        """Opens the list of a choice; gives back what reads its rows."""
        self.click_until(button, lambda: self.tree.has(button, 'expanded'), f'the list of “{button.name}” to open')
        box = wait_for(lambda: self.tree.below(button.parent, 'list'), f'{self.name}: the list of “{button.name}”')

        def rows():
            return self.tree.rows(box)
        wait_for(rows, f'{self.name}: rows in the list of “{button.name}”')
        return rows

    def wait_closed(self, button):
        wait_for(lambda: not self.tree.has(button, 'expanded'), f'{self.name}: the list of “{button.name}” to close')

    def go_to_row(self, rows, label):
        """Walks an open list by arrow keys to a row."""
        shown = rows()
        names = [row.name for row in shown]
        if label not in names:
            raise Failure(f'{self.name}: “{label}” is not among {names}')
        wanted = names.index(label)
        for _ in range(60):
            here = next((place for place, row in enumerate(shown) if self.tree.has(row, 'focused')), None)
            if here == wanted:
                return
            steps = 1 if here is None else abs(wanted - here)
            press(*(['Up' if here is not None and wanted < here else 'Down'] * steps))
            time.sleep(0.03)
        raise Failure(f'{self.name}: the row “{label}” could not be reached by the arrow keys')

    def find_row(self, rows, label):
        """Types into the search line of an open list until the wanted row stands first."""
        type_text(max(re.split('[^ -~]', label), key=len).strip())
        wait_for(lambda: [row.name for row in rows()][:1] == [label],
                 f'{self.name}: “{label}” as the first found; there are {[row.name for row in rows()][:5]}')

    def choose(self, button, choice, searched):
        rows = self.open_list(button)
        if searched:
            self.find_row(rows, choice)
        else:
            self.go_to_row(rows, choice)
        press('Return')
        self.wait_closed(button)
        wait_for(lambda: choice in self.tree.name_of(button), f'{self.name}: “{choice}” in “{button.name}”')

    def mark(self, button, choices, searched):
        rows = self.open_list(button)
        for choice in choices:
            if searched:
                self.find_row(rows, choice)
            else:
                self.go_to_row(rows, choice)
            press('Return')
            if searched:
                press('ctrl+a', 'BackSpace')
        press('Escape')
        self.wait_closed(button)

    def switch(self, node, on):
        if self.tree.has(node, 'checked') != on:
            self.click_until(node, lambda: self.tree.has(node, 'checked') == on, f'the switch “{node.name}”', 5)

    def check(self, label, on=True):
        self.switch(self.find('check box', label), on)
