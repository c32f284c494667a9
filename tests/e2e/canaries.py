#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an embassy liaison must never receive. A canary is put into every text field of case 0001; the liaison works at
her desktop for a minute and asks the server for everything there is; then every byte of her profile, of what her
vault holds, of what her desktop printed and of what the server answered is searched for canaries she may not have, for
the case itself and for the words of the matter. The same search in what the caseworker receives must find them all.
And on the disk, outside her opened vault, not even what she may know is readable."""
import json
import os
import socket
import sys
import time
import uuid

sys.dont_write_bytecode = True

import screen  # noqa: E402
from screen import Failure  # noqa: E402

WORDS = (b'trafficking', b'exploitation', b'asylum', b'shelter')
TOLD = ('embassy_request', 'embassy_message', 'travel_document')
WRITTEN = ('text', 'long_text', 'text_set', 'phone')


class Canaries:
    """Puts them, and knows which is where."""

    def __init__(self, words, account, case):
        self.words = words
        self.account = account
        self.case = case
        self.forbidden = {}
        self.allowed = {}
        self.refused = []
        self.n = 0

    def make(self, entity, field):
        self.n += 1
        text = f'+9659{self.n:07d}' if field.kind == 'phone' else f'canary{self.n:04d}'
        told = entity.name in TOLD and 'custody' not in (field.category, entity.category)
        (self.allowed if told else self.forbidden)[text.encode()] = f'{entity.name}.{field.name}'
        return [text] if field.kind == 'text_set' else text

    def values(self, entity, records):
        """Every text field filled; of the others what the type cannot do without."""
        values, made = {}, []
        for field in entity.fields.values():
            if 'server_set' in field.flags:
                continue
            if field.kind in WRITTEN:
                values[field.name] = self.make(entity, field)
                made.append(field.name)
            elif field.name == entity.status and entity.first_statuses:
                values[field.name] = entity.first_statuses[0]
            elif 'required' in field.flags and field.kind == 'choice':
                values[field.name] = next(iter(field.choices))
            elif 'required' in field.flags and field.kind == 'timestamp':
                values[field.name] = '2026-11-01T21:00:00Z'
            elif field.kind == 'reference' and ('required' in field.flags or field.name == 'request'):
                known = [item['id'] for item in records.values()
                         if item['type'] == field.target and item.get('case') == self.case]
                if known:
                    values[field.name] = known[-1]
        return values

    def push(self, operation):
        status, reply = self.account.ask('POST', '/v1/operations', {'operations': [operation]})
        if status != 200:
            raise Failure(f'{operation["type"]}: {status} {reply}')
        return reply['results'][0]

    def forget(self, values):
        """What was refused is nowhere."""
        for value in values.values():
            text = (value[0] if isinstance(value, list) else value)
            for known in (self.forbidden, self.allowed):
                known.pop(str(text).encode(), None)

    def create_all(self):
        """One more record of every type a caseworker may write in this case."""
        records, _ = self.account.everything()
        # What a mission is told first: an assessment just begun closes the way to it.
        for entity in sorted(self.words.types.values(), key=lambda entity: entity.name not in TOLD):
            if entity.root not in ('case', 'request') or entity.name == 'case' or 'server_only' in entity.flags:
                continue
            values = self.values(entity, records)
            result = self.push({'id': str(uuid.uuid4()), 'type': entity.name, 'record': str(uuid.uuid4()),
                                'case': self.case, 'action': 'create', 'base': {}, 'set': values,
                                'at': '2026-11-01T21:00:00Z'})
            if result['status'] != 'applied':
                self.refused.append(f'{entity.name}: {result.get("problem", result)}')
                self.forget(values)

    def update_all(self):
        """The same into the texts of the records that are there already."""
        records, _ = self.account.everything()
        for item in records.values():
            entity = self.words.types[item['type']]
            if item.get('case') != self.case or 'append_only' in entity.flags or 'server_only' in entity.flags:
                continue
            values = {field.name: self.make(entity, field) for field in entity.fields.values()
                      if field.kind in WRITTEN and 'server_set' not in field.flags and field.name in item['fields']}
            if not values:
                continue
            base = {name: item['field_revs'].get(name, 0) for name in values}
            operation = {'id': str(uuid.uuid4()), 'type': item['type'], 'record': item['id'], 'case': self.case,
                         'action': 'update', 'base': base, 'set': values, 'at': '2026-11-01T21:00:00Z'}
            for field in [name for name in values if entity.fields[name].kind == 'text_set']:
                operation.setdefault('add', {})[field] = operation['set'].pop(field)
                base.pop(field)
            result = self.push(operation)
            if result['status'] not in ('applied', 'merged'):
                self.refused.append(f'{item["type"]} again: {result.get("problem", result)}')
                self.forget(values)


def ask_everything(account, canaries, records):
    """Every question a curious liaison could ask."""
    account.everything()
    for path in ('/v1/health', '/v1/schema', '/v1/openapi.json', '/v1/sessions/current', '/v1/users/names', '/v1/cases',
                 f'/v1/cases/{canaries.case}', f'/v1/cases/{canaries.case}/gates',
                 f'/v1/cases/{canaries.case}/disclosures', '/v1/statistics', '/v1/quarantine', '/v1/audit', '/v1/users'):
        account.ask('GET', path)
    for name in canaries.words.types:
        account.ask('GET', f'/v1/records?type={name}')
        account.ask('GET', f'/v1/records?type={name}&case={canaries.case}')
    for item in records.values():
        for path in (f'/v1/records/{item["id"]}', f'/v1/records/{item["id"]}/history'):
            account.ask('GET', path)
        account.ask('PATCH', f'/v1/records/{item["id"]}', {'updated_by': 'me'}, {'If-Match': f'"{item["rev"]}"'})
        account.ask('POST', '/v1/operations', {'operations': [
            {'id': str(uuid.uuid4()), 'type': item['type'], 'record': item['id'], 'action': 'update', 'base': {},
             'set': {}, 'at': '2026-11-01T21:00:00Z'}]})


def listen(account, server, seconds, meanwhile):
    """The event stream, as bytes, while something happens."""
    stream = socket.create_connection(('127.0.0.1', server.port), timeout=seconds)
    stream.sendall((f'GET /v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {account.token}\r\n'
                    '\r\n').encode())
    meanwhile()
    stream.settimeout(1)
    received, end = b'', time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            part = stream.recv(65536)
        except TimeoutError:
            continue
        if not part:
            break
        received += part
    stream.close()
    account.received.append(('GET /v1/events', received))


def bytes_of(profile, log):
    for folder, _, names in os.walk(profile):
        for name in names:
            yield os.path.join(folder, name), name.encode() + open(os.path.join(folder, name), 'rb').read()
    yield log, open(log, 'rb').read()


def search(places, canaries, code):
    """(what, where) for everything found that may not be there."""
    found = []
    for where, raw in places:
        small = raw.lower()
        # A question repeats what was asked: its own address is not an answer.
        found += [(name, where) for text, name in canaries.forbidden.items() if text in raw]
        found += [(word.decode(), where) for word in WORDS if word in small]
        found += [(f'the case’s {name}', where) for name, text in (('id', canaries.case), ('code', code))
                  if text.encode() in raw]
    return found


def keeps_still(options, folder, running):
    from casework import Liaison
    from office import PASSWORD, Account, Clock, Server, plain_image
    clock = Clock(os.path.join(folder, 'clock'))
    clock.set('2026-11-02 10:00', 'Africa/Bujumbura')
    server = Server(options.build, folder, clock)
    running.append(server)
    server.admin('demo', 'load')
    server.start()
    liaison = Liaison(options.build, folder, 'embassy_liaison', server, clock)
    running.append(liaison)
    office, mission = Account(server, 'caseworker'), Account(server, 'embassy_liaison')
    mission.sign_in()
    case = office.one('case', pseudonym='Aline N.')
    code = case['fields']['code']
    canaries = Canaries(liaison.words, office, case['id'])

    liaison.start()
    liaison.maximise()
    liaison.sign_in(PASSWORD)
    liaison.wait_synced()
    listen(mission, server, 4, lambda: (canaries.update_all(), canaries.create_all()))
    work_for_a_minute(liaison, mission)
    records, _ = office.everything()
    ask_everything(mission, canaries, records)
    liaison.close()

    if len(canaries.forbidden) < 60:
        raise Failure(f'only {len(canaries.forbidden)} canaries could be put: {canaries.refused}')
    heard = b''.join(raw for _, raw in office.received)
    # An attachment that hangs on nothing is shown to nobody.
    unheard = [name for text, name in canaries.forbidden.items()
               if text not in heard and not name.startswith('attachment.')]
    if unheard:
        raise Failure(f'the search is blind: the caseworker did not receive {unheard}')
    image = plain_image(liaison)
    on_disk = list(bytes_of(liaison.profile, liaison.log))
    readable = [(name, where) for where, raw in on_disk for text, name in canaries.allowed.items() if text in raw]
    if readable:
        raise Failure(f'the disk of the liaison tells {readable}')
    kept = [name for text, name in canaries.allowed.items() if text in image]
    if not {'embassy_request.given_names', 'travel_document.issuer', 'embassy_message.text'} <= set(kept):
        raise Failure(f'the search is blind: her vault holds only {kept}')
    found = search(on_disk + [('her vault', image)] + mission.received, canaries, code)
    if found:
        raise Failure('a liaison received what she must not:\n' + '\n'.join(f'  {what} in {where}'
                                                                           for what, where in found[:40]))
    print(f'# {len(canaries.forbidden)} canaries she may not have, {len(canaries.allowed)} she may; '
          f'{len(mission.received)} answers searched')
    for refusal in canaries.refused:
        print('# not put: ' + json.dumps(refusal)[:200])


def work_for_a_minute(liaison, mission):
    """Opens what is there, answers, looks for conflicts, locks and unlocks."""
    from office import PASSWORD
    reference = mission.of_type('embassy_request')[0]['fields']['reference']
    liaison.key('ctrl+r')
    liaison.wait_synced()
    liaison.open_request(reference)
    liaison.write(liaison.find('text', 'Message'), 'Received with thanks.')
    liaison.press_button('Send')
    liaison.wait_text('Received with thanks.')
    liaison.wait_synced()
    liaison.go_to_place('Conflicts')
    liaison.key('ctrl+l')
    liaison.page = None
    liaison.sign_in(PASSWORD)
    liaison.wait_synced()
    liaison.open_request(reference)


if __name__ == '__main__':
    from testing import options_of, run_test
    given = options_of(__doc__)
    screen.enter()
    run_test('an embassy liaison receives no byte of what she must not know', given, keeps_still)
