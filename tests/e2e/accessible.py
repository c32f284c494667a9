# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads what a program shows, over the accessibility bus, in as few calls as can be.

GTK answers one node at a time, a millisecond each, and a window has a thousand. So everything comes in one call from
the cache, which knows those nodes that somebody has asked for; only where it does not fit are the children of a node
asked for, with all questions of a level under way together. Nothing here acts on the program.
"""
import ast
import re

from gi.repository import Gio, GLib

ACCESSIBLE = 'org.a11y.atspi.Accessible'
ROOT = '/org/a11y/atspi/accessible/root'
WINDOW_COORDINATES = 1
STACK_PAGE = 'GtkStackPage'
TIMEOUT_MS = 15000

# Role numbers of AT-SPI; their names changed between releases, the numbers did not.
ROLES = {
    'check box': (7, 130), 'column header': (10,), 'combo box': (11,), 'dialog': (16,), 'frame': (23, 69, 16, 2),
    'image': (27,), 'label': (29,), 'list': (31,), 'list item': (32, 90, 91, 56), 'menu item': (35, 8, 45),
    'button': (43, 62), 'text': (61, 79, 40, 60), 'switch': (7, 62, 130), 'scroll pane': (49,), 'application': (75,),
}
STATES = {'active': 1, 'checked': 4, 'expanded': 10, 'focused': 12, 'pressed': 20, 'selected': 23, 'sensitive': 24,
          'visible': 30}


QUOTED = r"""('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
# One item of the cache as GLib prints it: taking it apart as text is ten times as fast as value by value.
ITEM = re.compile(r"\(\('[^']*', '([^']*)'\), \('[^']*', '[^']*'\), \('[^']*', '([^']*)'\), (-?\d+), (-?\d+), "
                  r"\[([^\]]*)\], " + QUOTED + r", (\d+), " + QUOTED + r", \[(\d+), (\d+)\]\)")


def unquoted(text):
    return ast.literal_eval(text) if '\\' in text else text[1:-1]


def plain_name(name):
    """GTK 4.8 tells a mnemonic label twice, "_Add Add", and every toggle's label as "Stage Stage"."""
    words = name.replace('_', '', 1) if '_' in name else name
    half = len(words) // 2
    if len(words) % 2 and words[half] == ' ' and words[:half] == words[half + 1:]:
        return words[:half]
    return words


class Node:
    """One widget as it was when the tree was read."""

    def __init__(self, item):
        self.path, self.above, index, count, interfaces, name, role, description, low, high = item
        self.index = int(index)
        self.count = int(count)
        self.interfaces = interfaces
        self.name = plain_name(unquoted(name))
        self.role = int(role)
        self.description = unquoted(description)
        self.states = int(low) | int(high) << 32
        self.parent = None
        self.children = []
        self.find_again = None

    def has(self, state):
        return bool(self.states >> STATES[state] & 1)

    def is_a(self, role):
        return self.role in ROLES[role]

    def presented(self):
        return self.has('visible') or self.is_a('application')

    def all(self):
        """This node and all below it, hidden or not."""
        yield self
        for child in self.children:
            yield from child.all()

    def walk(self):
        """This node and all below it, in reading order; what is hidden is left out with all it holds."""
        if not self.presented():
            return
        yield self
        for child in self.children:
            yield from child.walk()

    def ancestors(self):
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def __repr__(self):
        return f'<{self.role} {self.name!r}>'


class Row:
    """A row of an open list: what has to be known of it to go there by the arrow keys."""

    def __init__(self, path):
        self.path = path
        self.name = ''


class Bus:
    """The accessibility bus of this session."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None, None,
                                    Gio.DBusCallFlags.NONE, TIMEOUT_MS, None).unpack()[0]
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.connection = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)

    def call(self, name, path, interface, method, arguments=None):
        return self.connection.call_sync(name, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE,
                                         TIMEOUT_MS, None).unpack()

    def children_of(self, name, paths):
        """Asks for the children of many nodes at once. A node that has gone meanwhile has none."""
        answers = {}
        paths = set(paths)
        context = GLib.MainContext.default()

        def answered(connection, result, path):
            try:
                answers[path] = [child for _, child in connection.call_finish(result).unpack()[0]]
            except GLib.Error:
                answers[path] = []
        for path in paths:
            self.connection.call(name, path, ACCESSIBLE, 'GetChildren', None, None, Gio.DBusCallFlags.NONE,
                                 TIMEOUT_MS, None, answered, path)
        while len(answers) < len(paths):
            context.iteration(True)
        return answers

    def application(self, pid):
        """The bus name of a program by its process, or None while it is not there yet."""
        applications = self.call('org.a11y.atspi.Registry', ROOT, ACCESSIBLE, 'GetChildren')[0]
        for name, _ in applications:
            try:
                owner = self.call('org.freedesktop.DBus', '/', 'org.freedesktop.DBus', 'GetConnectionUnixProcessID',
                                  GLib.Variant('(s)', (name,)))[0]
            except GLib.Error:
                continue
            if owner == pid:
                return name
        return None


class Tree:
    """What one program shows, read anew with read()."""

    def __init__(self, bus, name):
        self.bus = bus
        self.name = name

    def nodes(self):
        """What the cache knows, by path, each below its parent."""
        answer = self.bus.connection.call_sync(self.name, '/org/a11y/atspi/cache', 'org.a11y.atspi.Cache', 'GetItems',
                                               None, None, Gio.DBusCallFlags.NONE, TIMEOUT_MS, None)
        nodes = {item[0]: Node(item) for item in ITEM.findall(answer.print_(False))}
        for node in sorted(nodes.values(), key=lambda node: node.index):
            if node.above in nodes:
                nodes[node.above].children.append(node)
        return nodes

    def correct(self, nodes, thorough):
        """The cache is right but for what is hidden, which it may keep below its parent as if it were shown, and for
        what nobody has asked for yet. Where it holds something hidden, a page of a stack, or other places among their
        brothers than 0, 1, 2 …, the program is asked; a thorough reader asks about all. Gives back the paths of those
        the cache does not know."""
        unknown, asked = [], set()

        def odd(node):
            if node.path in asked:
                return False
            return (thorough or node.path == ROOT or [child.index for child in node.children] != list(range(node.count))
                    or any(child.name == STACK_PAGE or not child.presented() for child in node.children))
        while paths := [node.path for node in nodes[ROOT].walk() if odd(node)]:
            asked.update(paths)
            for path, children in self.bus.children_of(self.name, paths).items():
                nodes[path].children = [nodes[child] for child in children if child in nodes]
                unknown += [child for child in children if child not in nodes]
        for node in nodes[ROOT].walk():
            for child in node.children:
                child.parent = node
        return unknown

    def read(self, thorough=False):
        """The application node with everything below it that is presented: one call to the cache. What it does not
        know it learns by being asked for the children of each, a level at a time."""
        for _ in range(8):
            nodes = self.nodes()
            unknown = self.correct(nodes, thorough) if ROOT in nodes else [ROOT]
            if not unknown:
                break
            while unknown:
                answers = self.bus.children_of(self.name, unknown)
                unknown = [child for children in answers.values() for child in children if child not in nodes]
        return nodes[ROOT]

    def has(self, node, state):
        """A state of one node as it is now, without reading everything."""
        try:
            words = self.bus.call(self.name, node.path, ACCESSIBLE, 'GetState')[0]
        except GLib.Error:
            return False
        return bool(words[0] >> STATES[state] & 1)

    def name_of(self, node):
        """The name of one node as it is now."""
        try:
            return plain_name(self.bus.call(self.name, node.path, 'org.freedesktop.DBus.Properties', 'Get',
                                            GLib.Variant('(ss)', (ACCESSIBLE, 'Name')))[0])
        except GLib.Error:
            return ''

    def below(self, node, role):
        """The first node of a role below another one, looked for now: what opened after the tree was read."""
        level = [node.path]
        while level:
            for path in level:
                try:
                    number = self.bus.call(self.name, path, ACCESSIBLE, 'GetRole')[0]
                except GLib.Error:
                    continue
                if number in ROLES[role]:
                    return Row(path)
            level = [child for children in self.bus.children_of(self.name, level).values() for child in children]
        return None

    def rows(self, node):
        """The rows of a list as they are now."""
        paths = self.bus.children_of(self.name, [node.path])[node.path]
        rows = [Row(path) for path in paths]
        for row in rows:
            row.name = self.name_of(row)
        return [row for row in rows if row.name]

    def extents(self, node):
        """x, y, width, height inside the window; all 0 for what is not on screen."""
        try:
            return self.bus.call(self.name, node.path, 'org.a11y.atspi.Component', 'GetExtents',
                                 GLib.Variant('(u)', (WINDOW_COORDINATES,)))[0]
        except GLib.Error:
            return (0, 0, 0, 0)

    def text(self, node):
        """What stands in a node: the text of an entry, the words of a label."""
        if 'org.a11y.atspi.Text' not in node.interfaces:
            return node.name
        try:
            length = self.bus.call(self.name, node.path, 'org.freedesktop.DBus.Properties', 'Get',
                                   GLib.Variant('(ss)', ('org.a11y.atspi.Text', 'CharacterCount')))[0]
            return self.bus.call(self.name, node.path, 'org.a11y.atspi.Text', 'GetText',
                                 GLib.Variant('(ii)', (0, length)))[0]
        except GLib.Error:
            return ''
