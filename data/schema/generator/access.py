# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads access.xml: roles, categories and the cells between them."""
from .model import RELATIONS, RIGHTS, Cell, Nick


def load_nicks(schema, root):
    root.check_children(('roles', 'category'))
    for child in root.children:
        if child.tag == 'roles':
            for role in child.children:
                role.check_attributes(('nick', 'label', 'mission'))
                add_nick(role, schema.roles)
                if role.flag('mission'):
                    schema.mission_roles.add(role.get('nick'))
        else:
            child.check_attributes(('nick', 'label'))
            child.check_children(('cell',))
            add_nick(child, schema.categories)


def add_nick(element, nicks):
    nick = element.need('nick')
    if nick in [other.nick for other in nicks]:
        element.fail(f'duplicate name "{nick}"')
    nicks.append(Nick(nick, element.need('label')))


def load_cells(schema, root):
    for category in root.children:
        if category.tag == 'category':
            cells = schema.cells[category.get('nick')] = []
            for element in category.children:
                cells.append(load_cell(schema, category.get('nick'), element))


def load_cell(schema, category, element):
    element.check_attributes(('role', 'right', 'relations', 'fields', 'writable'))
    if element.get('role') not in [role.nick for role in schema.roles]:
        element.fail(f'unknown role "{element.get("role")}"')
    right = element.need('right')
    if right not in RIGHTS or right == 'none':
        element.fail(f'unknown right "{right}"; what is not written is refused')
    relations = element.need('relations').split()
    for relation in relations:
        if relation not in RELATIONS:
            element.fail(f'unknown relation "{relation}"')
    cell = Cell(element.get('role'), right, relations)
    cell.fields = load_field_list(schema, category, element, 'fields')
    if bool(cell.fields) != (right == 'minimal'):
        element.fail('fields belong to right "minimal", and only there')
    if element.get('writable') is not None:
        if right != 'write':
            element.fail('writable belongs to right "write"')
        cell.writable = load_field_list(schema, category, element, 'writable')
    return cell


def load_field_list(schema, category, element, attribute):
    """TYPE.FIELD names, or TYPE.* for the fields that this type has in the category."""
    fields = []
    for word in element.words(attribute):
        type_name, _, name = word.partition('.')
        entity = schema.type(type_name)
        if not entity or (name != '*' and not entity.field(name)):
            element.fail(f'unknown field "{word}"')
        if name == '*':
            fields += [field for field in entity.fields if field.category == category]
            continue
        field = entity.field(name)
        if field.category != category:
            element.fail(f'"{word}" is of category {field.category}, not {category}')
        fields.append(field)
    return fields
