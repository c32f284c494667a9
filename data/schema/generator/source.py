# SPDX-License-Identifier: GPL-3.0-or-later
"""XML elements that know the file and line they stand on, so that every refusal can say where."""
import os
import xml.parsers.expat


class SchemaError(Exception):
    pass


class Element:
    def __init__(self, tag, attributes, path, line):
        self.tag = tag
        self.attributes = attributes
        self.path = path
        self.line = line
        self.children = []

    def fail(self, message):
        raise SchemaError(f'{self.path}:{self.line}: {message}')

    def get(self, name, default=None):
        return self.attributes.get(name, default)

    def need(self, name):
        value = self.attributes.get(name, '')
        if not value:
            self.fail(f'<{self.tag}> lacks {name}')
        return value

    def words(self, name):
        return self.attributes.get(name, '').split()

    def flag(self, name):
        value = self.attributes.get(name, 'false')
        if value not in ('true', 'false'):
            self.fail(f'{name} must be true or false, not "{value}"')
        return value == 'true'

    def check_attributes(self, allowed):
        for name in self.attributes:
            if name not in allowed:
                self.fail(f'<{self.tag}> has no attribute "{name}"')

    def check_children(self, allowed):
        for child in self.children:
            if child.tag not in allowed:
                child.fail(f'<{child.tag}> cannot stand in <{self.tag}>')


def parse(path):
    """The root element of one file; its path in messages is the file's name."""
    name = os.path.basename(path)
    parser = xml.parsers.expat.ParserCreate()
    stack = []
    root = []

    def start(tag, attributes):
        element = Element(tag, attributes, name, parser.CurrentLineNumber)
        if stack:
            stack[-1].children.append(element)
        else:
            root.append(element)
        stack.append(element)

    def end(_tag):
        stack.pop()

    def text(data):
        if data.strip():
            raise SchemaError(f'{name}:{parser.CurrentLineNumber}: stray text "{data.strip()}"')

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    with open(path, 'rb') as file:
        try:
            parser.ParseFile(file)
        except xml.parsers.expat.ExpatError as error:
            reason = xml.parsers.expat.errors.messages[error.code]
            raise SchemaError(f'{name}:{error.lineno}: {reason}') from error
    return root[0]
