#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns data/schema into what the programs compile: ids, tables, the contract, the dictionary.

Promises: the same XML gives the same bytes; a mistake is refused as FILE:LINE: message and
nothing is written; only Python's standard library is needed.
"""
import argparse
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True

from generator import dictionary, ids, loader, openapi, tables  # noqa: E402
from generator.source import SchemaError  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--schema', required=True, help='folder of the XML files')
    parser.add_argument('--output', required=True, help='folder to write into')
    options = parser.parse_args()
    try:
        schema = loader.load(options.schema)
    except SchemaError as error:
        print(error, file=sys.stderr)
        return 1
    files = {
        'hw-schema-ids.h': ids.emit(schema),
        'hw-schema-tables.c': tables.emit(schema),
        'hw-schema-contract.c': openapi.emit_c(schema),
        'openapi.json': openapi.emit_json(schema),
        'data-dictionary.md': dictionary.emit(schema),
    }
    for name, text in files.items():
        write_if_changed(os.path.join(options.output, name), text)
    return 0


def write_if_changed(path, text):
    """A new label must not make every file that includes the ids compile again."""
    if os.path.exists(path):
        with open(path, encoding='utf-8') as old:
            if old.read() == text:
                return
    with open(path, 'w', encoding='utf-8') as out:
        out.write(text)


if __name__ == '__main__':
    sys.exit(main())
