# SPDX-License-Identifier: GPL-3.0-or-later
"""data-dictionary.md: every type, field and value for people to read."""


def cell(text):
    return (text or '').replace('|', '\\|')


def kind(field):
    if field.target:
        return f'{field.kind} → {field.target}'
    return field.kind


def field_rows(entity):
    rows = ['| field | label | kind | category | merge | HTCDS | since | help |',
            '|---|---|---|---|---|---|---|---|']
    for field in entity.fields:
        rows.append('| ' + ' | '.join([
            f'`{field.name}`', cell(field.label), kind(field), field.category, field.merge,
            cell(field.htcds), str(field.since), cell(field.help)]) + ' |')
    return rows


def choice_rows(entity):
    rows = []
    for field in entity.fields:
        if field.choices:
            values = ', '.join(f'`{c.nick}` {c.label}' + (f' ({c.htcds})' if c.htcds else '')
                               for c in field.choices)
            rows.append(f'- `{field.name}`: {values}')
    return rows


def move_rows(entity):
    if not entity.moves:
        return []
    rows = ['| from | to | who | gates |', '|---|---|---|---|']
    for move in entity.moves:
        gates = ', '.join(move.gates) + (' (observation)' if move.observation else '')
        told = f' (told by phone: {", ".join(sorted(move.told))})' if move.told else ''
        rows.append(f'| {move.from_ or "(new)"} | {move.to} '
                    f'| {", ".join(sorted(move.roles))}{told} '
                    f'| {gates.strip()} |')
    return rows


def access_rows(schema):
    rows = ['| category | ' + ' | '.join(role.nick for role in schema.roles) + ' |',
            '|---|' + '---|' * len(schema.roles)]
    for category in schema.categories:
        line = []
        for role in schema.roles:
            cells = [c for c in schema.cells[category.nick] if c.role == role.nick]
            line.append('; '.join(f'{c.right} ({", ".join(c.relations)})' for c in cells) or '–')
        rows.append(f'| {category.nick} | ' + ' | '.join(line) + ' |')
    return rows


def guarded(schema, gate):
    """The moves that ask the gate; from where, if not from everywhere."""
    moves = []
    for entity in schema.types:
        plain = [move for move in entity.moves if not move.observation]
        for to in sorted({move.to for move in plain if gate.nick in move.gates}):
            asked = [m.from_ or "new" for m in plain if m.to == to and gate.nick in m.gates]
            free = [m for m in plain if m.to == to and gate.nick not in m.gates]
            moves.append(f'{entity.label} to {to}' + (f' (from {", ".join(asked)})' if free else ''))
    return '; '.join(moves)


def gate_rows(schema):
    rows = []
    for number, gate in enumerate(schema.gates, 1):
        override = ('A supervisor may override it once, to save life.' if gate.override
                    else 'Nobody can override it.')
        rows += [f'### G{number} {gate.label}', '', gate.about, '',
                 f'Guards: {guarded(schema, gate)}. {override}', '',
                 '| it opens when | field that would meet it | code |', '|---|---|---|']
        rows += [f'| {cell(c.opens)} | {", ".join(f"`{f}`" for f in c.fields)} | `{c.code}` |'
                 for c in gate.conditions] + ['']
    return rows


def emit(schema):
    lines = ['# Data dictionary', '', f'Schema version {schema.version}. Generated from '
             'data/schema. HTCDS: Human Trafficking Case Data Standard 2.0, IOM, CC BY 4.0; '
             'its use here implies no endorsement.', '', '## Who may know what', '']
    lines += access_rows(schema) + ['', '## Gates', ''] + gate_rows(schema)
    for entity in schema.types:
        lines += [f'## {entity.label} (`{entity.name}`)', '',
                  f'Root: {entity.root}. {" ".join(entity.flags)}'.rstrip(), '']
        for block in (field_rows(entity), choice_rows(entity), move_rows(entity)):
            if block:
                lines += block + ['']
    return '\n'.join(lines)
