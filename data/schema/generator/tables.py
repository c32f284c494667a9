# SPDX-License-Identifier: GPL-3.0-or-later
"""hw-schema-tables.c: the schema as constant data; src/schema/hw-schema.c reads it."""
from .ctext import bits, flags, string
from .ids import HEAD


def emit(schema):
    parts = [HEAD + '#include "schema/hw-schema-private.h"\n',
             f'const guint hw_schema_version = {schema.version};\n']
    parts += [choices(field) for field in schema.fields() if owns_choices(field)]
    parts.append(fields(schema))
    parts.append(field_order(schema))
    for entity in schema.types:
        parts.append(sections(entity))
        parts.append(moves(schema, entity))
    parts.append(types(schema))
    parts += access(schema)
    parts += [nicks('hw_schema_role_nicks', 'HW_N_ROLES', schema.roles),
              nicks('hw_schema_category_nicks', 'HW_N_CATEGORIES', schema.categories),
              nicks('hw_schema_gate_nicks', 'HW_N_GATES', [None] + schema.gates),
              mission_roles(schema)]
    return '\n'.join(part for part in parts if part)


def owns_choices(field):
    return field.choices and not hasattr(field, 'shared_choices')


def choices_name(field):
    source = getattr(field, 'shared_choices', field)
    return f'choices_{source.type.name}_{source.name}'


def choices(field):
    rows = [f'  {{ {string(c.nick)}, {string(c.label)}, {string(c.htcds)} }},'
            for c in field.choices]
    return '\n'.join([f'static const HwChoice {choices_name(field)}[] = {{'] + rows + ['};', ''])


def field_row(field):
    target = f'HW_TYPE_ID_{field.target}'.upper() if field.target else 'HW_TYPE_ID_NONE'
    members = [
        f'.id = {field.constant}', f'.type = {field.type.constant}', f'.index = {field.index}',
        f'.name = {string(field.name)}', f'.kind = HW_KIND_{field.kind.upper()}',
        f'.target = {target}', f'.label = {string(field.label)}', f'.help = {string(field.help)}',
        f'.section = {string(field.section)}', f'.category = HW_CATEGORY_{field.category.upper()}',
        f'.merge = HW_MERGE_{field.merge.upper()}', f'.search = HW_SEARCH_{field.search.upper()}',
        f'.htcds = {string(field.htcds)}', f'.since = {field.since}',
        f'.max_length = {field.max_length}', f'.flags = {flags("HW_FIELD", field.flags)}',
        f'.minimum = G_GINT64_CONSTANT ({field.minimum})',
        f'.maximum = G_GINT64_CONSTANT ({field.maximum})',
    ]
    if field.holders:
        members += [f'.holders = {bits("HW_ROLE", field.holders)}']
    if field.choices:
        members += [f'.choices = {choices_name(field)}', f'.n_choices = {len(field.choices)}']
    return f'  [{field.constant}] = {{\n    ' + ',\n    '.join(members) + ',\n  },'


def fields(schema):
    rows = [field_row(field) for field in schema.fields()]
    return '\n'.join(['const HwFieldDef hw_schema_fields[HW_N_FIELDS] = {'] + rows + ['};', ''])


def field_order(schema):
    """Beside each type's fields stand the same ids sorted by name, for a binary search."""
    rows = ['  HW_FIELD_NONE,']
    for entity in schema.types:
        rows += [f'  {field.constant},' for field in sorted(entity.fields, key=lambda f: f.name)]
    return '\n'.join(['const guint16 hw_schema_field_order[HW_N_FIELDS] = {'] + rows + ['};', ''])


def sections(entity):
    rows = [f'  {{ {string(s.nick)}, {string(s.label)} }},' for s in entity.sections]
    head = f'static const HwSectionDef sections_{entity.name}[] = {{'
    return '\n'.join([head] + rows + ['};', ''])


def moves(schema, entity):
    if not entity.moves:
        return ''
    order = [role.nick for role in schema.roles]
    rows = []
    for move in entity.moves:
        roles = bits('HW_ROLE', sorted(move.roles, key=order.index))
        told = bits('HW_ROLE', sorted(move.told, key=order.index))
        rows.append(f'  {{ {string(move.from_)}, {string(move.to)}, {roles}, '
                    f'{bits("HW_GATE", move.gates)}, {"TRUE" if move.observation else "FALSE"}, {told} }},')
    return '\n'.join([f'static const HwMoveDef moves_{entity.name}[] = {{'] + rows + ['};', ''])


def type_row(entity):
    type_flags = entity.flags + (['random_ids'] if entity.random_ids else [])
    members = [
        f'.id = {entity.constant}', f'.name = {string(entity.name)}',
        f'.label = {string(entity.label)}', f'.plural = {string(entity.plural)}',
        f'.root = HW_ROOT_{entity.root.upper()}', f'.flags = {flags("HW_TYPE", type_flags)}',
        f'.since = {entity.since}', f'.fields = &hw_schema_fields[{entity.fields[0].constant}]',
        f'.n_fields = {len(entity.fields)}', f'.sections = sections_{entity.name}',
        f'.n_sections = {len(entity.sections)}', f'.title_field = {entity.title.constant}',
    ]
    if entity.status:
        members += [f'.status_field = {entity.status.constant}', f'.moves = moves_{entity.name}',
                    f'.n_moves = {len(entity.moves)}']
    return f'  [{entity.constant}] = {{\n    ' + ',\n    '.join(members) + ',\n  },'


def types(schema):
    rows = [type_row(entity) for entity in schema.types]
    return '\n'.join(['const HwTypeDef hw_schema_types[HW_N_TYPE_IDS] = {'] + rows + ['};', ''])


def field_list(name, items):
    rows = [f'  {field.constant},' for field in items] + ['  HW_FIELD_NONE,']
    return '\n'.join([f'static const HwFieldId {name}[] = {{'] + rows + ['};', ''])


def access(schema):
    """One array per (category, role) that has a cell, and the table of arrays."""
    parts, rows = [], []
    for category in schema.categories:
        for role in schema.roles:
            name = f'{category.nick}_{role.nick}'
            cells = [cell for cell in schema.cells[category.nick] if cell.role == role.nick]
            if not cells:
                continue
            parts.append(cell_array(name, cells))
            rows.append(f'  [HW_CATEGORY_{category.nick.upper()}][HW_ROLE_{role.nick.upper()}] = '
                        f'cells_{name},')
    head = 'const HwAccessCell *const hw_schema_cells[HW_N_CATEGORIES][HW_N_ROLES] = {'
    return parts + ['\n'.join([head] + rows + ['};', ''])]


def cell_array(name, cells):
    lists, rows = [], []
    for number, cell in enumerate(cells):
        minimal = writable = 'NULL'
        if cell.fields:
            minimal = f'minimal_{name}_{number}'
            lists.append(field_list(minimal, cell.fields))
        if cell.writable is not None:
            writable = f'writable_{name}_{number}'
            lists.append(field_list(writable, cell.writable))
        rows.append(f'  {{ HW_RIGHT_{cell.right.upper()}, '
                    f'{flags("HW_RELATION", cell.relations)}, {minimal}, {writable} }},')
    head = f'static const HwAccessCell cells_{name}[] = {{'
    return '\n'.join(lists + [head] + rows + ['  { HW_RIGHT_NONE, 0, NULL, NULL },', '};', ''])


def nicks(name, size, items):
    rows = [f'  {{ {string(i.nick)}, {string(i.label)} }},' if i else '  { "none", "" },'
            for i in items]
    return '\n'.join([f'const HwNick {name}[{size}] = {{'] + rows + ['};', ''])


def mission_roles(schema):
    rows = [f'  [HW_ROLE_{nick.upper()}] = TRUE,' for nick in sorted(schema.mission_roles)]
    return '\n'.join(['const gboolean hw_schema_mission_roles[HW_N_ROLES] = {'] + rows + ['};', ''])
