# SPDX-License-Identifier: GPL-3.0-or-later
"""Component schemas of the protocol itself; those of the record types are in openapi.py."""

TEXT = {'type': 'string'}
ID = {'type': 'string', 'format': 'uuid'}
WHEN = {'type': 'string', 'format': 'date-time'}
NUMBER = {'type': 'integer'}
ANYTHING = {}


def record_object(properties, required=()):
    return {'type': 'object', 'required': list(required), 'properties': properties}


def user(mission):
    properties = {'id': ID, 'name': TEXT, 'role': TEXT, 'mission': ID}
    if not mission:
        properties['office'] = ID
    return record_object(properties)


def operation(mission):
    properties = {
        'id': ID, 'type': TEXT, 'record': ID, 'group': ID, 'at': WHEN,
        'action': {'enum': ['create', 'update', 'delete', 'resolve']},
        'base': {'type': 'object', 'additionalProperties': NUMBER},
        'set': {'type': 'object'}, 'add': {'type': 'object'}, 'remove': {'type': 'object'},
        'choice': {'enum': ['current', 'offered', 'value']}, 'value': ANYTHING,
        'seen': {'type': 'array', 'items': NUMBER},
    }
    if not mission:
        properties['case'] = ID
    return record_object(properties, ('id', 'type', 'record', 'action'))


def item(mission):
    properties = {
        'op': {'enum': ['put', 'delete', 'purge', 'conflict']}, 'type': TEXT, 'id': ID,
        'rev': NUMBER, 'fields': {'type': 'object'},
        'field_revs': {'type': 'object', 'additionalProperties': NUMBER},
        'record': ID, 'field': TEXT, 'base': ANYTHING, 'current': ANYTHING, 'offered': ANYTHING,
        'by': TEXT, 'at': WHEN, 'state': {'enum': ['open', 'settled']},
    }
    if not mission:
        properties['case'] = ID
    return record_object(properties, ('op', 'rev'))


def result():
    return record_object({
        'id': ID, 'rev': NUMBER, 'item': {'$ref': '#/components/schemas/Item'},
        'status': {'enum': ['applied', 'merged', 'conflict', 'refused', 'quarantined',
                            'duplicate']},
        'problem': {'$ref': '#/components/schemas/Problem'}}, ('id', 'status'))


def problem():
    return record_object({
        'type': TEXT, 'title': TEXT, 'status': NUMBER, 'detail': TEXT,
        'errors': {'type': 'array', 'items': record_object({
            'pointer': TEXT, 'code': TEXT, 'record': ID})}}, ('type', 'title', 'status'))


def build(mission):
    schemas = {
        'Problem': problem(), 'Operation': operation(mission), 'Item': item(mission),
        'Result': result(),
        'SignIn': record_object({
            'username': TEXT, 'password': TEXT, 'code': TEXT,
            'device': record_object({'id': ID, 'name': TEXT})}, ('username', 'password')),
        'Past': record_object({'field': TEXT, 'value': ANYTHING, 'by': TEXT, 'at': WHEN,
                               'rev': NUMBER, **({} if mission else {'let_in_by': ID})}),
        'Resolution': record_object({
            'choice': {'enum': ['current', 'offered', 'value']}, 'value': ANYTHING,
            'seen': {'type': 'array', 'items': NUMBER}}, ('choice',)),
        'MissionUser' if mission else 'User': user(mission),
    }
    if not mission:
        schemas.update({
            'Verdict': record_object({
                'gate': TEXT, 'open': {'type': 'boolean'}, 'as_of': WHEN,
                'conditions': {'type': 'array', 'items': record_object({
                    'code': TEXT, 'title': TEXT, 'detail': TEXT, 'record': ID})}}),
            'Quarantined': record_object({
                'id': ID, 'case': ID, 'by': ID, 'at': WHEN,
                'why': {'enum': ['reassigned', 'access-ended', 'role-changed', 'account-ended']},
                'operations': {'type': 'array', 'items': {'$ref': '#/components/schemas/Operation'}},
                'withheld': {'type': 'boolean', 'description':
                             'there is more, which a supervisor does not read'}},
                ('id', 'by', 'at', 'why', 'operations', 'withheld')),
            'AuditEntry': record_object({'seq': NUMBER, 'at': WHEN, 'by': TEXT, 'action': TEXT,
                                         'case': ID, 'record': ID, 'hash': TEXT}),
        })
    return schemas
