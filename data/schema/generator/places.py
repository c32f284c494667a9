# SPDX-License-Identifier: GPL-3.0-or-later
"""Countries, languages, zones, airports and provinces as constant C tables."""
import json
import os

from .ctext import string
from .ids import HEAD
from .source import parse

# zone.tab lists a country's zones without saying which most people live in; where its first
# line is not that one, it is named here.
MAIN_ZONES = {
    'AR': 'America/Argentina/Buenos_Aires', 'AU': 'Australia/Sydney', 'BR': 'America/Sao_Paulo',
    'CA': 'America/Toronto', 'CL': 'America/Santiago', 'CN': 'Asia/Shanghai',
    'EC': 'America/Guayaquil', 'ES': 'Europe/Madrid', 'KZ': 'Asia/Almaty',
    'MN': 'Asia/Ulaanbaatar', 'MX': 'America/Mexico_City', 'NZ': 'Pacific/Auckland',
    'PF': 'Pacific/Tahiti', 'PT': 'Europe/Lisbon', 'RU': 'Europe/Moscow', 'US': 'America/New_York',
}


def read_iso(folder, name):
    with open(os.path.join(folder, f'iso_{name}.json'), encoding='utf-8') as file:
        return json.load(file)[name]


def read_zones(path):
    zones = {}
    with open(path, encoding='utf-8') as file:
        for line in file:
            columns = line.rstrip('\n').split('\t')
            if not line.startswith('#') and len(columns) >= 3:
                zones.setdefault(columns[0], columns[2])
    zones.update(MAIN_ZONES)
    return zones


def iso_table(name, rows):
    lines = ['  { ' + ', '.join(string(value) for value in row) + ' },' for row in sorted(rows)]
    return '\n'.join([f'const HwIsoName {name}[] = {{'] + lines +
                     ['};', f'const guint {name}_count = {len(lines)};', ''])


def countries(iso_folder, zone_table):
    zones = read_zones(zone_table)
    return iso_table('hw_iso_countries', [
        (entry['alpha_2'], entry.get('common_name', entry['name']),
         zones.get(entry['alpha_2']), entry['alpha_3'])
        for entry in read_iso(iso_folder, '3166-1')])


def languages(iso_folder):
    return iso_table('hw_iso_languages', [
        (entry['alpha_3'], entry['name'], None, None) for entry in read_iso(iso_folder, '639-3')])


def airports(path):
    rows = {}
    for element in parse(path).children:
        element.check_attributes(('code', 'city', 'name', 'country', 'zone'))
        code = element.need('code')
        if code in rows:
            element.fail(f'duplicate name "{code}"')
        rows[code] = [code] + [element.need(name)
                               for name in ('city', 'name', 'country', 'zone')]
    lines = ['  { ' + ', '.join(string(value) for value in rows[code]) + ' },'
             for code in sorted(rows)]
    return '\n'.join(['const HwAirport hw_airport_table[] = {'] + lines +
                     ['};', f'const guint hw_airport_table_count = {len(lines)};', ''])


def name_list(name, words, keyword='static const char *const'):
    return f'{keyword} {name}[] = {{ ' + ', '.join(string(word) for word in words) + \
        (', ' if words else '') + 'NULL };\n'


def moved_communes(element, new_names):
    moved = []
    for child in element.children:
        child.check_attributes(('name', 'now_in'))
        if child.get('now_in') and child.get('now_in') not in new_names:
            child.fail(f'unknown province "{child.get("now_in")}"')
        if child.get('now_in'):
            moved.append((child.get('name'), child.get('now_in')))
    return moved


def provinces(path):
    root = parse(path)
    root.check_children(('new', 'old'))
    new_names = [element.need('name') for element in root.children if element.tag == 'new']
    parts, rows, moved = [], [], []
    parents = {name: [] for name in new_names}
    for element in root.children:
        if element.tag != 'old':
            continue
        if element.get('now_in') not in parents:
            element.fail(f'unknown province "{element.get("now_in")}"')
        parents[element.get('now_in')].append(element.need('name'))
        moved += moved_communes(element, new_names)
        communes = 'communes_' + element.need('iso').replace('-', '_').lower()
        parts.append(name_list(communes, [child.need('name') for child in element.children]))
        rows.append('  { ' + ', '.join(string(element.get(name)) for name in
                                       ('name', 'iso', 'now_in')) + f', {communes} }},')
    parts += ['const HwProvince hw_province_table[] = {'] + rows + \
        ['};', f'const guint hw_province_table_count = {len(rows)};', '']
    return '\n'.join(parts) + new_provinces(parents) + moved_table(moved)


def new_provinces(parents):
    parts = [name_list('hw_new_provinces', list(parents), 'const char *const')]
    for name, old in parents.items():
        parts.append(name_list(f'old_of_{name.lower()}', old))
    parts.append('const char *const *const hw_old_provinces_of[] = { ' +
                 ', '.join(f'old_of_{name.lower()}' for name in parents) + ' };\n')
    parts.append(f'const guint hw_new_provinces_count = {len(parents)};\n')
    return '\n'.join(parts)


def moved_table(moved):
    rows = [f'  {{ {string(commune)}, {string(province)} }},' for commune, province in moved]
    return '\n'.join(['const HwMovedCommune hw_moved_communes[] = {'] + rows +
                     ['  { NULL, NULL },', '};', ''])


def emit(iso_folder, zone_table, reference):
    return '\n'.join([
        HEAD + '#include "schema/hw-reference-private.h"\n',
        countries(iso_folder, zone_table), languages(iso_folder),
        airports(os.path.join(reference, 'airports.xml')),
        provinces(os.path.join(reference, 'provinces.xml'))])
