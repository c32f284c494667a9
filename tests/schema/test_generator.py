#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The generator refuses every mistake it promises to refuse, naming file and line; and one line of
XML is all that a new field takes."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

SCHEMA = os.path.abspath(sys.argv.pop(1))


class GeneratorTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.schema = os.path.join(self.folder.name, 'schema')
        self.output = os.path.join(self.folder.name, 'out')
        shutil.copytree(SCHEMA, self.schema)
        os.mkdir(self.output)

    def tearDown(self):
        self.folder.cleanup()

    def edit(self, name, pattern, replacement):
        """Replaces the first match; returns the line number on which it stood."""
        path = os.path.join(self.schema, name)
        with open(path, encoding='utf-8') as file:
            text = file.read()
        match = re.search(pattern, text)
        self.assertIsNotNone(match, pattern)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text[:match.start()] + replacement + text[match.end():])
        return text.count('\n', 0, match.start()) + 1

    def run_generator(self):
        return subprocess.run(
            [sys.executable, os.path.join(self.schema, 'generate.py'), '--schema', self.schema,
             '--output', self.output], capture_output=True, text=True, check=False)

    def read(self, name):
        with open(os.path.join(self.output, name), encoding='utf-8') as file:
            return file.read()

    def assert_refused(self, name, pattern, replacement, message, lines_on=0):
        line = self.edit(name, pattern, replacement) + lines_on
        result = self.run_generator()
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertRegex(result.stderr, f'^{re.escape(name)}:{line}: .*{message}')
        self.assertEqual(os.listdir(self.output), [])

    def test_the_schema_itself_is_accepted(self):
        result = self.run_generator()
        self.assertEqual((result.returncode, result.stderr), (0, ''))

    def test_same_input_same_bytes(self):
        self.run_generator()
        first = self.read('hw-schema-tables.c')
        self.run_generator()
        self.assertEqual(first, self.read('hw-schema-tables.c'))

    def test_unknown_kind(self):
        self.assert_refused('ticket.entity.xml', '<field name="number" kind="text"',
                            '<field name="number" kind="string"', 'unknown kind "string"')

    def test_unknown_category(self):
        self.assert_refused('person.entity.xml', '<field name="role" kind="choice" label="Role in '
                            'this case" category="identity"', '<field name="role" kind="choice" '
                            'label="Role" category="public"', 'unknown category "public"')

    def test_missing_category(self):
        self.assert_refused('person.entity.xml', '<field name="birth_place" kind="text" '
                            'label="Place of birth" category="identity"',
                            '<field name="birth_place" kind="text" label="Place of birth"',
                            'missing category')

    def test_unknown_role_in_a_move(self):
        self.assert_refused('ticket.entity.xml', r'<move from="" to="issued" roles="caseworker',
                            '<move from="" to="issued" roles="pilot', 'unknown role "pilot"')

    def test_unknown_field_of_a_condition(self):
        self.assert_refused('gates.xml', '<condition code="task-open" field="task.done_at"',
                            '<condition code="task-open" field="task.finished"',
                            'no field is called task.finished')

    def test_condition_twice(self):
        self.assert_refused('gates.xml', '<condition code="task-open"',
                            '<condition code="closure-reason-missing"',
                            'closure has closure-reason-missing twice')

    def test_gate_that_is_always_open(self):
        self.assert_refused('gates.xml', '<gates>',
                            '<gates><gate nick="east" label="East" about="Nothing"/>',
                            'a gate without conditions')

    def test_the_dictionary_tells_what_opens_a_gate(self):
        self.run_generator()
        text = self.read('data-dictionary.md')
        self.assertIn('### G6 Closure gate', text)
        self.assertIn('| No task is open. | `task.done_at` | `task-open` |', text)
        self.assertEqual(text.count('Nobody can override it.'), 3)

    def test_unknown_gate(self):
        self.assert_refused('case.entity.xml', r'<move [^>]*gate="closure"/>',
                            '<move from="active" to="closed" roles="caseworker" gate="north"/>',
                            'unknown gate "north"')

    def test_unknown_choice_in_a_move(self):
        self.assert_refused('ticket.entity.xml', r'<move from="" to="issued"',
                            '<move from="" to="printed"', 'unknown choice "printed"')

    def test_status_that_no_move_reaches(self):
        line = self.edit('ticket.entity.xml', r'<choice nick="void"',
                         '<choice nick="stolen" label="Stolen"/>\n      <choice nick="void"')
        self.assertGreater(line, 0)
        result = self.run_generator()
        self.assertRegex(result.stderr, r'^ticket\.entity\.xml:3: status "stolen" of ticket is '
                                        'reached by no move')

    def test_duplicate_field(self):
        self.assert_refused('ticket.entity.xml', '<field name="number"', '<field name="person"',
                            'duplicate name "person"')

    def test_field_named_like_a_common_column(self):
        self.assert_refused('ticket.entity.xml', '<field name="number"', '<field name="rev"',
                            'duplicate name "rev"')

    def test_duplicate_choice(self):
        self.assert_refused('ticket.entity.xml', '<choice nick="refunded"', '<choice nick="issued"',
                            'duplicate name "issued"')

    def test_duplicate_type(self):
        self.assert_refused('ticket.entity.xml', '<entity name="ticket"', '<entity name="segment"',
                            'duplicate name "segment"')

    def test_bad_since(self):
        for since in ('0', 'x', '-1', '3'):
            with self.subTest(since):
                self.assert_refused('ticket.entity.xml', '<field name="number"( since="[^"]*")?',
                                    f'<field name="number" since="{since}"', 'bad since')

    def test_unknown_reference_target(self):
        self.assert_refused('note.entity.xml', r'<field name="text"',
                            '<field name="on" kind="reference" label="On" target="planet"/>\n'
                            '    <field name="text"', 'unknown reference target "planet"')

    def test_what_tells_of_her_is_masked(self):
        for name, pattern, field in (
                ('person.entity.xml', r'<field name="given_names"', 'given_names'),
                ('family-member.entity.xml', r'<field name="phone"', 'phone')):
            with self.subTest(field):
                self.setUp()
                path = os.path.join(self.schema, name)
                with open(path, encoding='utf-8') as file:
                    text = file.read()
                element = re.search(pattern + r'[^>]*>', text).group(0)
                with open(path, 'w', encoding='utf-8') as file:
                    file.write(text.replace(element, re.sub(r'personal|sensitive', '', element)))
                self.assertRegex(self.run_generator().stderr,
                                 rf'^{re.escape(name)}:\d+: "{field}" tells who or where somebody is')

    def test_title_and_status_name_fields(self):
        for attribute in ('title', 'status'):
            with self.subTest(attribute):
                self.setUp()
                path = 'ticket.entity.xml'
                self.edit(path, f'{attribute}="[a-z]+"', f'{attribute}="colour"')
                result = self.run_generator()
                self.assertRegex(result.stderr,
                                 rf'^ticket\.entity\.xml:3: {attribute} names no field: "colour"')

    def test_unknown_attribute(self):
        self.assert_refused('note.entity.xml', '<field name="text"',
                            '<field colour="red" name="text"', 'has no attribute "colour"')

    def test_unknown_field_in_access(self):
        self.edit('access.xml', 'case.code case.pseudonym case.location_country', 'case.moon')
        result = self.run_generator()
        self.assertRegex(result.stderr, r'^access\.xml:\d+: unknown field "case\.moon"')

    def test_field_of_another_category_in_access(self):
        self.edit('access.xml', 'fields="embassy_request.status"', 'fields="person.given_names"')
        result = self.run_generator()
        self.assertRegex(result.stderr, r'^access\.xml:\d+: "person\.given_names" is of category')

    def test_unknown_relation(self):
        self.edit('access.xml', 'relations="travel_day"', 'relations="friend"')
        self.assertRegex(self.run_generator().stderr,
                         r'^access\.xml:\d+: unknown relation "friend"')

    def test_contradicting_moves(self):
        self.edit('ticket.entity.xml', '<move from="issued"',
                  '<move from="issued" to="void" roles="caseworker" gate="ticket"/>\n'
                  '    <move from="issued"')
        self.assertRegex(self.run_generator().stderr,
                         r'^ticket\.entity\.xml:\d+: issued to void stands twice')

    def test_broken_xml(self):
        self.edit('note.entity.xml', '</section>', '</part>')
        self.assertRegex(self.run_generator().stderr, r'^note\.entity\.xml:\d+: mismatched tag')

    def test_one_line_adds_a_field(self):
        self.edit('travel-document.entity.xml', r'<field name="issuer"',
                  '<field name="shelf_mark" kind="text" label="Shelf mark" since="2"/>\n'
                  '    <field name="issuer"')
        result = self.run_generator()
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn('HW_FIELD_TRAVEL_DOCUMENT_SHELF_MARK,', self.read('hw-schema-ids.h'))
        tables = self.read('hw-schema-tables.c')
        self.assertIn('[HW_FIELD_TRAVEL_DOCUMENT_SHELF_MARK] = {', tables)
        self.assertIn('hw_schema_version = 2', tables)
        schemas = json.loads(self.read('openapi.json'))['components']['schemas']
        fields = schemas['TravelDocument']['properties']['fields']['properties']
        self.assertEqual(fields['shelf_mark']['title'], 'Shelf mark')
        self.assertIn('"shelf_mark', self.read('hw-schema-contract.c').replace('\\', ''))
        self.assertIn('| `shelf_mark` | Shelf mark | text | document |',
                      self.read('data-dictionary.md'))

    def test_the_contract_names_what_is_served(self):
        """Each route of the server and no other; SCHEMA lies two folders below the root."""
        self.run_generator()
        paths = json.loads(self.read('openapi.json'))['paths']
        told = {(method.upper(), path) for path, item in paths.items() for method in item if method != 'parameters'}
        router = os.path.join(SCHEMA, '..', '..', 'src', 'server', 'hw-router.c')
        with open(router, encoding='utf-8') as file:
            served = set(re.findall(r'\{ "([A-Z]+)", "(/v1/[^"]*)"', file.read()))
        self.assertGreater(len(served), 20)
        self.assertEqual(told, served)

    def test_uploads_name_their_headers(self):
        self.run_generator()
        paths = json.loads(self.read('openapi.json'))['paths']
        expected = {
            ('/v1/uploads', 'post'): ({'Tus-Resumable', 'Upload-Length', 'Upload-Metadata'},
                                      {'Tus-Resumable', 'Location', 'Upload-Offset'}),
            ('/v1/uploads/{id}', 'head'): ({'Tus-Resumable'}, {'Tus-Resumable', 'Upload-Offset', 'Upload-Length'}),
            ('/v1/uploads/{id}', 'patch'): ({'Tus-Resumable', 'Upload-Offset', 'Upload-Checksum'},
                                            {'Tus-Resumable', 'Upload-Offset'}),
            ('/v1/uploads', 'options'): (set(), {'Tus-Resumable', 'Tus-Version', 'Tus-Extension',
                                                 'Tus-Checksum-Algorithm', 'Tus-Max-Size'}),
        }
        for (path, method), (asked, answered) in expected.items():
            item = paths[path]
            parameters = item.get('parameters', []) + item[method].get('parameters', [])
            headers = {p['name'] for p in parameters if p['in'] == 'header'}
            self.assertEqual(headers, asked, (path, method))
            good = [answer for status, answer in item[method]['responses'].items() if status != 'default']
            self.assertEqual(set(good[0]['headers']), answered, (path, method))

    def test_the_contract_is_sound(self):
        self.run_generator()
        document = json.loads(self.read('openapi.json'))
        names = set()
        for path, item in document['paths'].items():
            common = item.get('parameters', [])
            for method, operation in item.items():
                if method == 'parameters':
                    continue
                self.assertNotIn(operation['operationId'], names)
                names.add(operation['operationId'])
                self.assertTrue(operation['responses'])
                declared = {parameter['name'] for parameter in
                            common + operation.get('parameters', []) if parameter['in'] == 'path'}
                self.assertEqual(declared, set(re.findall(r'{(\w+)}', path)))
        schemas = document['components']['schemas']
        for reference in re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)):
            self.assertIn(reference, schemas)

    @unittest.skipUnless(shutil.which('xgettext'), 'xgettext is not installed')
    def test_labels_reach_translators(self):
        environment = dict(os.environ, GETTEXTDATADIRS=os.path.dirname(SCHEMA))
        result = subprocess.run(
            ['xgettext', '-o', '-', os.path.join(self.schema, 'travel-document.entity.xml'),
             os.path.join(self.schema, 'access.xml')],
            capture_output=True, text=True, check=True, env=environment)
        for text in ('Travel document', 'Laissez-passer', 'Must reach the day she arrives',
                     'Embassy liaison'):
            self.assertIn(f'msgid "{text}"', result.stdout)
        self.assertNotIn('single_journey', result.stdout)


if __name__ == '__main__':
    unittest.main()
