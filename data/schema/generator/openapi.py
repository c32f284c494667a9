# SPDX-License-Identifier: GPL-3.0-or-later
"""The OpenAPI 3.1 document: whole as a file, and in pieces for the programs to cut per role.

Both are put together from the same pieces in the same way (src/schema/hw-contract.c), so what
the server serves is what the file says, less what a role may not see.
"""
import json

from . import components, paths
from .ctext import string
from .ids import HEAD

SIMPLE = {
    'text': {'type': 'string'}, 'long_text': {'type': 'string'}, 'integer': {'type': 'integer'},
    'boolean': {'type': 'boolean'}, 'choice': {'type': 'string'},
    'reference': {'type': 'string', 'format': 'uuid'}, 'date': {'type': 'string', 'format': 'date'},
    'timestamp': {'type': 'string', 'format': 'date-time'},
    'time_of_day': {'type': 'string', 'pattern': '^[0-2][0-9]:[0-5][0-9]$'},
    'country': {'type': 'string', 'pattern': '^[A-Z]{2}$'},
    'language': {'type': 'string', 'pattern': '^[a-z]{3}$'},
    'currency': {'type': 'string', 'pattern': '^[A-Z]{3}$'},
    'phone': {'type': 'string', 'pattern': '^\\+[0-9]{8,15}$'},
    'zone': {'type': 'string'}, 'user': {'type': 'string'},
    'history_date': {'type': 'object', 'required': ['date', 'precision'], 'properties': {
        'date': {'type': 'string', 'format': 'date'},
        'precision': {'enum': ['day', 'month', 'year', 'estimated']}}},
    'local_time': {'type': 'object', 'required': ['at', 'zone'], 'properties': {
        'at': {'type': 'string'}, 'zone': {'type': 'string'}}},
    'money': {'type': 'object', 'required': ['minor', 'currency'], 'properties': {
        'minor': {'type': 'integer', 'minimum': 0},
        'currency': {'type': 'string', 'pattern': '^[A-Z]{3}$'}}},
}


def dump(value):
    return json.dumps(value, ensure_ascii=False, separators=(',', ':'))


def member(field):
    base = dict(SIMPLE[field.kind.removesuffix('_set')])
    if field.choices:
        base['enum'] = [choice.nick for choice in field.choices]
    if field.kind == 'integer':
        base.update(minimum=field.minimum, maximum=field.maximum)
    elif field.kind in ('text', 'long_text'):
        base['maxLength'] = field.max_length
    if field.kind.endswith('_set'):
        base = {'type': 'array', 'uniqueItems': True, 'items': base}
    base['title'] = field.label
    if field.help:
        base['description'] = field.help
    if 'server_set' in field.flags:
        base['readOnly'] = True
    return base


def component_name(entity):
    return ''.join(word.capitalize() for word in entity.name.split('_'))


def type_head(entity, mission):
    """Everything of the type's schema up to the members of `fields`."""
    properties = {'id': components.ID, 'type': {'const': entity.name}, 'rev': components.NUMBER,
                  'created_at': components.WHEN, 'created_by': components.TEXT,
                  'updated_at': components.WHEN, 'updated_by': components.TEXT}
    if not mission and entity.root != 'none':
        properties['case'] = components.ID
    schema = {'type': 'object', 'title': entity.label, 'required': ['type', 'fields'],
              'properties': properties}
    return f'"{component_name(entity)}":' + dump(schema)[:-2] + \
        ',"fields":{"type":"object","additionalProperties":false,"properties":{'


TYPE_TAIL = '}}}}'
DOCUMENT_HEAD = '{"openapi":"3.1.0","info":{"title":"Homeward","version":"%d",' \
                '"license":{"name":"GPL-3.0-or-later","identifier":"GPL-3.0-or-later"}},' \
                '"servers":[{"url":"/"}],"security":[{"bearer":[]}],"paths":{'
COMPONENTS_HEAD = '},"components":{"securitySchemes":{"bearer":{"type":"http",' \
                  '"scheme":"bearer"}},"schemas":{'


def member_text(field):
    return f'"{field.name}":{dump(member(field))}'


def emit_json(schema):
    types = [type_head(entity, False) + ','.join(member_text(f) for f in entity.fields) + TYPE_TAIL
             for entity in schema.types]
    refs = [dump(paths.ref(component_name(entity))) for entity in schema.types]
    types.append('"Record":{"oneOf":[' + ','.join(refs) + ']}')
    parts = [f'"{name}":{dump(value)}' for name, value in components.build(False).items()]
    items = [f'"{name}":{dump(value)}' for name, value in paths.build(False).items()]
    text = DOCUMENT_HEAD % schema.version + ','.join(items) + COMPONENTS_HEAD + \
        ','.join(parts + types) + '}}}'
    return json.dumps(json.loads(text), ensure_ascii=False, indent=1) + '\n'


def component_list(name, mission):
    rows = [f'  {string(dump(key) + ":" + dump(value))},'
            for key, value in components.build(mission).items()]
    return '\n'.join([f'const char *const {name}[] = {{'] + rows + ['  NULL,', '};', ''])


def path_list():
    mission = paths.build(True)
    rows = []
    for path, item in paths.build(False).items():
        told = dump(mission[path]) if path in mission else None
        rows.append(f'  {{ {string(path)}, {string(dump(item))}, {string(told)} }},')
    return '\n'.join(['const HwContractPath hw_contract_paths[] = {'] + rows +
                     ['  { NULL, NULL, NULL },', '};', ''])


def type_list(schema):
    rows = [f'  [{entity.constant}] = {{ {string(component_name(entity))}, '
            f'{string(type_head(entity, False))}, {string(type_head(entity, True))} }},'
            for entity in schema.types]
    return '\n'.join(['const HwContractType hw_contract_types[HW_N_TYPE_IDS] = {'] + rows +
                     ['};', ''])


def emit_c(schema):
    members = [f'  [{field.constant}] = {string(member_text(field))},' for field in schema.fields()]
    return '\n'.join([
        HEAD + '#include "schema/hw-schema-private.h"\n',
        f'const char hw_contract_head[] = {string(DOCUMENT_HEAD % schema.version)};',
        f'const char hw_contract_components_head[] = {string(COMPONENTS_HEAD)};',
        f'const char hw_contract_type_tail[] = {string(TYPE_TAIL)};\n',
        path_list(), component_list('hw_contract_components', False),
        component_list('hw_contract_mission_components', True), type_list(schema),
        '\n'.join(['const char *const hw_contract_fields[HW_N_FIELDS] = {'] + members +
                  ['};', ''])])
