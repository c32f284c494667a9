# SPDX-License-Identifier: GPL-3.0-or-later
"""hw-schema-ids.h: names that a compiler checks."""

HEAD = '/* SPDX-License-Identifier: GPL-3.0-or-later\n *\n' \
       ' * Generated from data/schema; edit the XML there.\n */\n'


def enum(name, values, last):
    lines = ['typedef enum', '{']
    lines += [f'  {value},' for value in values]
    return '\n'.join(lines + [f'  {last},', f'}} {name};', ''])


def nicks(prefix, items):
    return [f'{prefix}_{item.nick}'.upper() for item in items]


def choice_macros(schema):
    seen = {}
    for field in schema.fields():
        for choice in field.choices:
            name = f'HW_{field.type.name}_{field.name}_{choice.nick}'.upper()
            if seen.setdefault(name, choice.nick) != choice.nick:
                raise ValueError(f'two choices are both called {name}')
    return ''.join(f'#define {name} "{nick}"\n' for name, nick in seen.items())


def emit(schema):
    fields = [field.constant for field in schema.fields()]
    types = [entity.constant for entity in schema.types]
    return '\n'.join([
        HEAD + '#pragma once\n',
        enum('HwTypeId', ['HW_TYPE_ID_NONE = 0'] + types, 'HW_N_TYPE_IDS'),
        enum('HwFieldId', ['HW_FIELD_NONE = 0'] + fields, 'HW_N_FIELDS'),
        enum('HwCategory', nicks('HW_CATEGORY', schema.categories), 'HW_N_CATEGORIES'),
        enum('HwRole', nicks('HW_ROLE', schema.roles), 'HW_N_ROLES'),
        enum('HwGateId', ['HW_GATE_NONE = 0'] + nicks('HW_GATE', schema.gates), 'HW_N_GATES'),
        choice_macros(schema)])
