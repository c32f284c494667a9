# SPDX-License-Identifier: GPL-3.0-or-later
"""The schema in memory. Plain data; loader.py fills and checks it."""

# kind -> longest text in bytes; None: counted otherwise
KINDS = {
    'text': 200, 'long_text': 16000, 'integer': 0, 'boolean': 0, 'choice': 64, 'choice_set': 4000,
    'text_set': 4000, 'reference': 36, 'reference_set': 4000, 'date': 10, 'history_date': 10,
    'timestamp': 40, 'local_time': 16, 'time_of_day': 5, 'money': 0, 'country': 2,
    'country_set': 1000, 'language': 3, 'language_set': 1000, 'currency': 3, 'phone': 16,
    'zone': 64, 'user': 64,
}
MERGES = ('ask', 'set', 'append', 'last', 'move')
SEARCHES = ('none', 'name', 'code', 'phone', 'place', 'note')
ROOTS = ('case', 'request', 'none')
FIELD_FLAGS = ('required', 'server_set', 'history', 'sensitive', 'indexed',
               'personal')
TYPE_FLAGS = ('never_deleted', 'append_only', 'server_only')
RELATIONS = ('owner', 'queue', 'access', 'office', 'mission', 'movement', 'travel_day', 'arrival',
             'arrived', 'referral', 'task', 'medical', 'intake', 'author', 'any',
             'referred')
RIGHTS = ('none', 'minimal', 'read', 'write')


class Choice:
    def __init__(self, nick, label, htcds):
        self.nick, self.label, self.htcds = nick, label, htcds


class Field:
    """One field; attributes as in HwFieldDef."""

    @property
    def constant(self):
        return f'HW_FIELD_{self.type.name}_{self.name}'.upper()


class Move:
    def __init__(self, from_, to, roles, gates, observation, told):
        self.from_, self.to, self.roles, self.gates, self.observation, self.told = \
            from_, to, roles, gates, observation, told


class Type:
    def __init__(self):
        self.sections = []
        self.fields = []
        self.moves = []
        self.status = None
        self.title = None

    @property
    def constant(self):
        return f'HW_TYPE_ID_{self.name}'.upper()

    def field(self, name):
        for field in self.fields:
            if field.name == name:
                return field
        return None


class Nick:
    def __init__(self, nick, label):
        self.nick, self.label = nick, label


class Gate(Nick):
    def __init__(self, nick, label, about, override):
        super().__init__(nick, label)
        self.about, self.override = about, override
        self.conditions = []


class Condition:
    """code as in hw-condition.h; fields are those that would meet it; opens says what must be true."""

    def __init__(self, code, fields, opens):
        self.code, self.fields, self.opens = code, fields, opens


class Cell:
    def __init__(self, role, right, relations):
        self.role, self.right, self.relations = role, right, relations
        self.fields = []
        self.writable = None


class Schema:
    def __init__(self):
        self.types = []
        self.roles = []
        self.categories = []
        self.gates = []
        self.cells = {}  # category nick -> [Cell]
        self.mission_roles = set()
        self.version = 1

    def type(self, name):
        for entity in self.types:
            if entity.name == name:
                return entity
        return None

    def fields(self):
        for entity in self.types:
            yield from entity.fields
