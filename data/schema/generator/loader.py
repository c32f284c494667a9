# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads data/schema into the model and refuses whatever a compiler could not catch later."""
import glob
import os
import re

from . import access
from .model import (FIELD_FLAGS, KINDS, MERGES, ROOTS, SEARCHES, TYPE_FLAGS, Choice, Condition,
                    Field, Gate, Move, Nick, Schema, Type)
from .source import SchemaError, parse

NAME = re.compile(r'[a-z][a-z0-9]*(_[a-z0-9]+)*\Z')
COMMON = ('id', 'type', 'case', 'rev', 'created_at', 'created_by', 'updated_at', 'updated_by',
          'deleted')
ENTITY_ATTRIBUTES = ('name', 'label', 'plural', 'root', 'ids', 'category', 'title', 'status',
                     'flags', 'since')
FIELD_ATTRIBUTES = ('name', 'kind', 'label', 'help', 'category', 'merge', 'search', 'htcds',
                    'since', 'max', 'minimum', 'maximum', 'target', 'choices', 'flags',
                    'holders')
CHOICE_KINDS = ('choice', 'choice_set')
REFERENCE_KINDS = ('reference', 'reference_set')


def load(folder):
    schema = Schema()
    conditions = []
    load_gates(schema, os.path.join(folder, 'gates.xml'), conditions)
    root = parse(os.path.join(folder, 'access.xml'))
    access.load_nicks(schema, root)
    elements = {}
    paths = sorted(glob.glob(os.path.join(folder, '*.entity.xml')))
    if not paths:
        raise SchemaError(f'{folder}:1: no *.entity.xml here')
    for path in paths:
        load_entity(schema, parse(path), elements)
    schema.types.sort(key=lambda entity: entity.name)
    for element, field in elements['fields']:
        resolve_field(schema, element, field)
    for element, entity in elements['types']:
        resolve_type(schema, element, entity)
    check_conditions(schema, conditions)
    check_versions(schema, elements['fields'] + elements['types'])
    access.load_cells(schema, root)
    return schema


def load_gates(schema, path, elements):
    root = parse(path)
    root.check_children(('gate',))
    for element in root.children:
        element.check_attributes(('nick', 'label', 'about', 'override'))
        element.check_children(('condition',))
        if not element.children:
            element.fail('a gate without conditions is always open')
        gate = Gate(element.need('nick'), element.need('label'), element.need('about'),
                    element.flag('override'))
        for child in element.children:
            child.check_attributes(('code', 'field', 'opens'))
            if child.need('code') in [condition.code for condition in gate.conditions]:
                child.fail(f'{gate.nick} has {child.need("code")} twice')
            child.need('field')
            gate.conditions.append(Condition(child.need('code'), child.words('field'),
                                             child.need('opens')))
            elements.append((child, gate.conditions[-1]))
        schema.gates.append(gate)


def check_conditions(schema, elements):
    known = {f'{field.type.name}.{field.name}' for field in schema.fields()}
    for element, condition in elements:
        for field in condition.fields:
            if field not in known:
                element.fail(f'no field is called {field}')


def load_name(element, attribute='name'):
    name = element.need(attribute)
    if not NAME.match(name):
        element.fail(f'"{name}" is not a name: use small letters, digits and _')
    return name


def load_since(element, default):
    text = element.get('since', str(default))
    if not text.isdigit() or int(text) < 1:
        element.fail(f'bad since "{text}": it is the schema version, from 1')
    if int(text) < default:
        element.fail(f'bad since "{text}": the type itself came with {default}')
    return int(text)


def load_flags(element, known):
    flags = element.words('flags')
    for flag in flags:
        if flag not in known:
            element.fail(f'unknown flag "{flag}"')
    return flags


def one_of(element, attribute, known, default):
    value = element.get(attribute, default)
    if value not in known:
        element.fail(f'unknown {attribute} "{value}"')
    return value


def load_entity(schema, root, elements):
    root.check_attributes(ENTITY_ATTRIBUTES)
    root.check_children(('section', 'moves'))
    entity = Type()
    entity.name = load_name(root)
    if schema.type(entity.name):
        root.fail(f'duplicate name "{entity.name}"')
    entity.label, entity.plural = root.need('label'), root.need('plural')
    entity.root = one_of(root, 'root', ROOTS, None)
    entity.random_ids = one_of(root, 'ids', ('ordered', 'random'), 'ordered') == 'random'
    entity.flags = load_flags(root, TYPE_FLAGS)
    entity.since = load_since(root, 1)
    entity.category = root.get('category')
    schema.types.append(entity)
    elements.setdefault('types', []).append((root, entity))
    for section in root.children:
        if section.tag == 'section':
            load_section(entity, section, elements)


def load_section(entity, element, elements):
    element.check_attributes(('nick', 'label'))
    element.check_children(('field',))
    nick = load_name(element, 'nick')
    if nick in [section.nick for section in entity.sections]:
        element.fail(f'duplicate name "{nick}"')
    entity.sections.append(Nick(nick, element.need('label')))
    for child in element.children:
        field = load_field(entity, nick, child)
        elements.setdefault('fields', []).append((child, field))


def load_field(entity, section, element):
    element.check_attributes(FIELD_ATTRIBUTES)
    element.check_children(('choice',))
    field = Field()
    field.type, field.section = entity, section
    field.name = load_name(element)
    if entity.field(field.name) or field.name in COMMON:
        element.fail(f'duplicate name "{field.name}"')
    field.kind = one_of(element, 'kind', KINDS, None)
    field.label, field.help = element.need('label'), element.get('help')
    field.category = element.get('category', entity.category)
    if not field.category:
        element.fail(f'missing category: who may know "{field.name}"?')
    default = 'set' if field.kind.endswith('_set') else 'ask'
    field.merge = one_of(element, 'merge', MERGES, default)
    if field.merge == 'set' and not field.kind.endswith('_set'):
        element.fail('merge "set" is for sets')
    field.search = one_of(element, 'search', SEARCHES, 'none')
    field.htcds = element.get('htcds')
    field.since = load_since(element, entity.since)
    field.flags = load_flags(element, FIELD_FLAGS)
    field.max_length = load_number(element, 'max', KINDS[field.kind])
    field.minimum = load_number(element, 'minimum', -(2 ** 53) + 1)
    field.maximum = load_number(element, 'maximum', 2 ** 53 - 1)
    field.index = len(entity.fields)
    entity.fields.append(field)
    return field


def load_number(element, attribute, default):
    text = element.get(attribute)
    if text is None:
        return default
    if not re.match(r'-?\d+\Z', text):
        element.fail(f'{attribute} must be a number, not "{text}"')
    return int(text)


def tells_of_her(field):
    """Who somebody is, or how to reach them. What stands for a case in its place is not that."""
    if field.type.root == 'none':
        return False
    words = field.kind in ('text', 'text_set', 'long_text', 'date', 'history_date')
    return field.kind == 'phone' or field.search == 'phone' or \
        (field.search == 'name' and field.category != 'case_header') or \
        (field.category == 'identity' and words)


def resolve_field(schema, element, field):
    if tells_of_her(field) and not {'personal', 'sensitive'} & set(field.flags):
        element.fail(f'"{field.name}" tells who or where somebody is: its flags must say personal or sensitive')
    if field.category not in [category.nick for category in schema.categories]:
        element.fail(f'unknown category "{field.category}"')
    target = element.get('target')
    if target and field.kind not in REFERENCE_KINDS:
        element.fail('target is for references')
    if target and not schema.type(target):
        element.fail(f'unknown reference target "{target}"')
    field.target = target
    field.holders = check_words(element, 'holders', [role.nick for role in schema.roles], 'role')
    if bool(field.holders) != (field.kind == 'user'):
        element.fail('a user field, and no other, names in holders which roles it can hold')
    field.choices = load_choices(schema, element, field)


def load_choices(schema, element, field):
    shared = element.get('choices')
    if field.kind not in CHOICE_KINDS:
        if shared or element.children:
            element.fail('choices are for kind choice and choice_set')
        return []
    if shared:
        type_name, _, field_name = shared.partition('.')
        entity = schema.type(type_name)
        source = entity.field(field_name) if entity else None
        if not source or element.children:
            element.fail(f'unknown choices "{shared}"')
        field.shared_choices = source
        return None
    choices = []
    for child in element.children:
        child.check_attributes(('nick', 'label', 'htcds'))
        nick = load_name(child, 'nick')
        if nick in [choice.nick for choice in choices]:
            child.fail(f'duplicate name "{nick}"')
        choices.append(Choice(nick, child.need('label'), child.get('htcds')))
    if not choices:
        element.fail(f'"{field.name}" has no choices')
    return choices


def resolve_type(schema, element, entity):
    for field in entity.fields:
        if field.choices is None:
            field.choices = field.shared_choices.choices
            if not field.choices:
                element.fail(f'choices of "{field.name}" are themselves borrowed')
    for attribute in ('title', 'status'):
        name = element.get(attribute)
        if name and not entity.field(name):
            element.fail(f'{attribute} names no field: "{name}"')
        setattr(entity, attribute, entity.field(name) if name else None)
    if not entity.title:
        element.fail('<entity> lacks title')
    moves = [child for child in element.children if child.tag == 'moves']
    if entity.status is None:
        if moves:
            moves[0].fail('moves without a status')
        return
    if entity.status.kind != 'choice' or entity.status.merge != 'move':
        element.fail(f'status "{entity.status.name}" must be a choice with merge "move"')
    for parent in moves:
        parent.check_children(('move',))
        for child in parent.children:
            load_move(schema, child, entity)
    reached = {move.to for move in entity.moves}
    for choice in entity.status.choices:
        if choice.nick not in reached:
            element.fail(f'status "{choice.nick}" of {entity.name} is reached by no move')


def load_move(schema, element, entity):
    """One row is the product of its from and to values; a pair named twice must agree."""
    element.check_attributes(('from', 'to', 'roles', 'gate', 'observation', 'told'))
    nicks = [choice.nick for choice in entity.status.choices]
    for nick in element.words('from') + element.words('to'):
        if nick not in nicks:
            element.fail(f'unknown choice "{nick}" in a move of {entity.name}')
    if not element.words('to'):
        element.fail('<move> lacks to')
    roles = check_words(element, 'roles', [role.nick for role in schema.roles], 'role')
    told = check_words(element, 'told', [role.nick for role in schema.roles], 'role')
    gates = check_words(element, 'gate', [gate.nick for gate in schema.gates], 'gate')
    for origin in element.words('from') or [None]:
        for to in element.words('to'):
            if origin != to:
                add_move(element, entity, Move(origin, to, set(roles), gates,
                                               element.flag('observation'), set(told)))


def check_words(element, attribute, known, what):
    words = element.words(attribute)
    for word in words:
        if word not in known:
            element.fail(f'unknown {what} "{word}"')
    return words


def add_move(element, entity, move):
    for other in entity.moves:
        if (other.from_, other.to) == (move.from_, move.to):
            if other.gates != move.gates or other.observation != move.observation:
                element.fail(f'{move.from_ or "creation"} to {move.to} stands twice '
                             'with different gates')
            other.roles |= move.roles
            other.told |= move.told
            return
    entity.moves.append(move)


def check_versions(schema, elements):
    """The schema's version is the newest since; a version nobody uses is a slip of the pen."""
    versions = {item.since for _, item in elements}
    schema.version = max(versions)
    for element, item in elements:
        if item.since > 1 and item.since - 1 not in versions:
            element.fail(f'bad since "{item.since}": nothing came with {item.since - 1}')
