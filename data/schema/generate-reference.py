#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns iso-codes, tzdata and data/reference into one C file of constant tables."""
import argparse
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True

from generator import places  # noqa: E402
from generator.source import SchemaError  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--iso-codes', required=True, help='folder of iso_3166-1.json')
    parser.add_argument('--zone-table', required=True, help='zone.tab of tzdata')
    parser.add_argument('--reference', required=True, help='folder of airports.xml')
    parser.add_argument('--output', required=True, help='C file to write')
    options = parser.parse_args()
    try:
        text = places.emit(options.iso_codes, options.zone_table, options.reference)
    except SchemaError as error:
        print(error, file=sys.stderr)
        return 1
    with open(options.output, 'w', encoding='utf-8') as out:
        out.write(text)
    return 0


if __name__ == '__main__':
    sys.exit(main())
