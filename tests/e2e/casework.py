# SPDX-License-Identifier: GPL-3.0-or-later
"""What the two people of the story do, in their own words: a caseworker and an embassy liaison at their desktops."""
import os
import re

from driver import Desktop
from screen import Failure, wait_for
from words import heading

GROUPS = {
    'case': 'Case and person', 'person': 'Case and person', 'placement': 'Case and person',
    'safe_contact': 'Contact', 'contact_log': 'Contact', 'screening': 'What happened',
    'exploitation': 'What happened', 'risk_assessment': 'Safety and decision', 'decision': 'Safety and decision',
    'consent': 'Consents and disclosures', 'disclosure': 'Consents and disclosures', 'embassy_request': 'Embassy',
    'travel_document': 'Travel documents', 'exit_clearance': 'Exit clearance', 'movement': 'Travel and fitness',
    'segment': 'Travel and fitness', 'fitness': 'Travel and fitness', 'reception': 'Reception',
    'family_member': 'Family', 'reunification': 'Family', 'follow_up': 'Support and follow-up',
}


class Person(Desktop):
    """Somebody at a desktop."""

    def __init__(self, build, folder, name, server, clock):
        super().__init__(os.path.join(build, 'src/app/homeward'), name, os.path.join(folder, name), server.url, name,
                         clock.path)

    def go_to_place(self, name):
        """A click in the sidebar."""
        self.page = None
        self.click(self.find('list item', re.compile(f'^{name}')))
        self.page = f'Hw{name}Place'

    def in_dialog(self):
        return len(self.windows()) > 1

    def wait_dialog(self):
        wait_for(self.in_dialog, f'{self.name}: a dialog to open')

    def wait_dialog_gone(self):
        try:
            wait_for(lambda: not self.in_dialog(), f'{self.name}: the dialog to close', 20)
        except Failure as failure:
            raise type(failure)(f'{failure}; it says: {self.shown_words()[:1500]}') from None

    def waiting_words(self):
        """The foot of the sidebar: who, synced when, what waits."""
        kept, self.page = self.page, 'HwSyncIndicator'
        try:
            return [node.name for node in self.search() if 'org.a11y.atspi.Text' in node.interfaces]
        finally:
            self.page = kept

    def wait_synced(self, seconds=60):
        def synced():
            words = self.waiting_words()
            return any(word.startswith('Synced') for word in words) and not any('waiting' in word for word in words)
        wait_for(synced, f'{self.name} to have sent and received everything', seconds, 0.15)

    def wait_offline(self, seconds=60):
        wait_for(lambda: any(word.startswith('Offline') for word in self.waiting_words()),
                 f'{self.name} to say that it is offline', seconds, 0.15)

    def move(self, label):
        """Moves the status of the record on screen, by the button that stands there or out of the menu."""
        direct = self.search('button', label)
        if direct:
            self.click(direct[0])
            return
        self.press_button('Move to…')
        self.choose_menu(label)


class Caseworker(Person):
    """Works in one case: overview, section, record."""

    def case_page(self):
        """The page of the case that is shown."""
        names = {node.name for node in self.read().walk()}
        return next((page for page in ('HwRecordPage', 'HwGroupPage', 'HwCaseOverview') if page in names), None)

    def overview(self):
        """Back to the case at a glance, from wherever in the case."""
        for _ in range(4):
            here = wait_for(self.case_page, f'{self.name}: a page of the case')
            self.page = here
            if here == 'HwCaseOverview':
                return
            self.key('alt+Left')
            wait_for(lambda: self.case_page() != here, f'{self.name}: Alt+Left to leave {here}')
        raise Failure(f'{self.name}: the overview could not be reached')

    def open_group(self, name):
        """A click on a section of the case file. Its rows may still be sliding into their places; a person who hits
        the neighbour goes back and clicks again."""
        for _ in range(4):
            self.overview()
            self.click(self.find('label', name, self.find('list', 'Case File')))
            self.page = 'HwGroupPage'
            try:
                self.find('label', heading(name), seconds=4)
                return
            except Failure:
                continue
        raise Failure(f'{self.name}: the section “{name}” does not open')

    def begin(self, type_name):
        """Opens the dialog for a new record."""
        self.open_group(GROUPS[type_name])
        self.press_button(heading(f'Add {self.words.types[type_name].label}'))
        self.wait_dialog()

    def add(self, type_name, **values):
        """A new record, filled and added; the section shows it afterwards."""
        self.begin(type_name)
        self.fill(type_name, **values)
        self.finish()

    def fill(self, type_name, **values):
        for name, value in values.items():
            self.set(f'{type_name}.{name}', value)

    def finish(self):
        self.press_button('Add')
        self.wait_dialog_gone()

    def open_record(self, type_name, title):
        """A click on a record's row in its section."""
        self.open_group(GROUPS[type_name])
        self.click(self.find('label', title if isinstance(title, re.Pattern) else re.compile('^' + re.escape(title))))
        self.page = 'HwRecordPage'
        self.find('label', heading(self.words.types[type_name].label))

    def move_to(self, label, shown):
        self.move(label)
        self.wait_text(re.compile(f'^{re.escape(shown)}$'))

    def wait_refused(self, condition):
        """The refusal names its condition."""
        self.find('label', re.compile('^This cannot be'))
        return self.wait_text(condition)


class Liaison(Person):
    """Answers requests."""

    def open_request(self, reference):
        self.go_to_place('Requests')
        self.click(self.find('label', re.compile(re.escape(reference)), seconds=40))
        self.page = 'HwRequestPage'
        self.find('label', re.compile(re.escape(reference)))

    def fill_document(self, number, valid_until, machine_readable):
        self.set('travel_document.number', number)
        self.set('travel_document.expires_on', valid_until)
        self.set('travel_document.mrz', machine_readable)
