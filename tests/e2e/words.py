# SPDX-License-Identifier: GPL-3.0-or-later
"""The words of the screen, read from where the screen has them: labels of fields and choices of data/schema."""
import glob
import os
import re
import xml.etree.ElementTree as ElementTree

SCHEMA = os.path.join(os.path.dirname(os.path.abspath(__file__)), '../../data/schema')


def heading(words):
    """What stands in capitals where it is a heading, and as it is written in a list."""
    return re.compile(f'^{re.escape(words)}$', re.IGNORECASE)


class Field:
    def __init__(self, element, section):
        self.section = section
        self.name = element.get('name')
        self.kind = element.get('kind')
        self.label = element.get('label')
        self.shared = element.get('choices')
        self.target = element.get('target')
        self.flags = (element.get('flags') or '').split()
        self.category = element.get('category')
        self.choices = {choice.get('nick'): choice.get('label') for choice in element.findall('choice')}


class Type:
    def __init__(self, element):
        self.name = element.get('name')
        self.label = element.get('label')
        self.plural = element.get('plural')
        self.root = element.get('root')
        self.flags = (element.get('flags') or '').split()
        self.category = element.get('category')
        self.status = element.get('status')
        self.first_statuses = [move.get('to').split()[0] for move in element.iter('move')
                               if move.get('from') == '' and not move.get('gate') and not move.get('observation')]
        self.fields = {field.get('name'): Field(field, section.get('label'))
                       for section in element.findall('section') for field in section.findall('field')}


class Words:
    def __init__(self, schema=SCHEMA):
        self.types = {}
        for path in sorted(glob.glob(os.path.join(schema, '*.entity.xml'))):
            entity = Type(ElementTree.parse(path).getroot())
            self.types[entity.name] = entity
        for entity in self.types.values():
            for field in entity.fields.values():
                if field.shared:
                    other, name = field.shared.split('.')
                    field.choices = self.types[other].fields[name].choices

    def field(self, name):
        """'consent.purpose' → its Field."""
        entity, field = name.split('.')
        return self.types[entity].fields[field]

    def choice(self, name, nick):
        return self.field(name).choices[nick]
