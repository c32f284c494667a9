# SPDX-License-Identifier: GPL-3.0-or-later
"""The other end of the wire: a real server on a real file, the clock that all programs follow, and what an account
is told over REST. Used to set the scene and to check it, never in place of what a person does on a desktop.
"""
import datetime
import json
import os
import signal
import sqlite3
import subprocess
import tempfile
import urllib.error
import urllib.request
import uuid
import zoneinfo

from screen import Failure, die_with_parent, wait_for

PASSWORD = 'homeward-demo-2026'
BUJUMBURA = 'Africa/Bujumbura'
KUWAIT = 'Asia/Kuwait'


class Clock:
    """The file that desktops and server take the time from. Time goes on from there by itself."""

    def __init__(self, path):
        self.path = path

    def set(self, wall_clock, zone):
        """A time as it stands on a wall in that zone, "2026-11-05 23:12"."""
        local = datetime.datetime.fromisoformat(wall_clock).replace(tzinfo=zoneinfo.ZoneInfo(zone))
        text = local.astimezone(datetime.timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ')
        with open(self.path + '.new', 'w', encoding='utf-8') as file:
            file.write(text)
        os.replace(self.path + '.new', self.path)


class Server:
    """homeward-server with the demo's accounts and directory. Stopping it cuts the network."""

    def __init__(self, build, folder, clock):
        self.program = os.path.join(build, 'src/server/homeward-server')
        self.admin_program = os.path.join(build, 'src/tools/homeward-admin')
        self.folder = folder
        self.clock = clock
        self.database = os.path.join(folder, 'server.db')
        self.log = os.path.join(folder, 'server.log')
        self.port = 0
        self.process = None
        self.environment = {**os.environ, 'G_DEBUG': 'fatal-warnings'}

    @property
    def url(self):
        return f'http://127.0.0.1:{self.port}'

    def admin(self, *words):
        done = subprocess.run([self.admin_program, '--database', f'sqlite:{self.database}', '--clock-file',
                               self.clock.path, *words], capture_output=True, text=True, env=self.environment)
        if done.returncode != 0:
            raise Failure(f'homeward-admin {" ".join(words)}: {done.stderr.strip()}')
        return done.stdout

    def start(self):
        with open(self.log, 'ab') as log:
            self.process = subprocess.Popen(
                [self.program, '--database', f'sqlite:{self.database}', '--listen', f'127.0.0.1:{self.port}',
                 '--clock-file', self.clock.path], stdout=subprocess.PIPE, stderr=log, text=True,
                env=self.environment, preexec_fn=die_with_parent)
        line = self.process.stdout.readline()
        if not line.startswith('Listening on http://'):
            with open(self.log, encoding='utf-8', errors='replace') as log:
                raise Failure('the server did not start: ' + (line or log.read()).strip())
        self.port = int(line.rsplit(':', 1)[1])

    def stop(self):
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise Failure('the server did not end on SIGTERM') from None
        finally:
            self.process.stdout.close()
            self.process = None
        if status != 0:
            raise Failure(f'the server ended with status {status}; see {self.log}')


class Account:
    """One account over REST. Keeps every byte it was sent, for those who must look for what may not be there."""

    def __init__(self, server, username):
        self.server = server
        self.username = username
        self.token = None
        self.device = str(uuid.uuid4())
        self.received = []

    def ask(self, method, path, body=None, headers=None):
        """(status, decoded reply). Refusals are answers too."""
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.server.url + path, data=data, method=method, headers={
            **({'Content-Type': 'application/json'} if data else {}),
            **({'Authorization': 'Bearer ' + self.token} if self.token else {}), **(headers or {})})
        try:
            with urllib.request.urlopen(request, timeout=20) as reply:
                status, raw, head = reply.status, reply.read(), str(reply.headers)
        except urllib.error.HTTPError as error:
            status, raw, head = error.code, error.read(), str(error.headers)
        self.received.append((f'{method} {path}', head.encode() + raw))
        try:
            return status, json.loads(raw) if raw else None
        except ValueError:
            return status, None

    def sign_in(self):
        self.token = None
        status, reply = self.ask('POST', '/v1/sessions', {
            'username': self.username, 'password': PASSWORD, 'device': {'id': self.device, 'name': 'test'}})
        if status != 201:
            raise Failure(f'{self.username} could not sign in: {status} {reply}')
        self.token = reply['token']
        return reply

    def get(self, path):
        if self.token is None:
            self.sign_in()
        status, reply = self.ask('GET', path)
        if status == 401:
            self.sign_in()
            status, reply = self.ask('GET', path)
        if status != 200:
            raise Failure(f'GET {path} as {self.username}: {status} {reply}')
        return reply

    def everything(self):
        """All this account may see now, pulled from nothing: records by id, and conflicts by id."""
        records, conflicts, cursor = {}, {}, ''
        while True:
            page = self.get('/v1/changes?limit=500' + (f'&cursor={cursor}' if cursor else ''))
            for item in page['items']:
                if item['op'] == 'put':
                    records[item['id']] = item
                elif item['op'] == 'conflict':
                    conflicts[item['id']] = item
                else:
                    records.pop(item.get('id'), None)
            cursor = page['cursor']
            if not page['more']:
                return records, conflicts

    def of_type(self, type_name):
        records, _ = self.everything()
        return [item for item in records.values() if item['type'] == type_name]

    def one(self, type_name, **wanted):
        """The newest record of a type whose fields are as wanted; Failure while there is none."""
        found = [item for item in self.of_type(type_name)
                 if all(item['fields'].get(name) == value for name, value in wanted.items())]
        if not found:
            raise Failure(f'{self.username} sees no {type_name} with {wanted}')
        return max(found, key=lambda item: item['rev'])


def plain_image(desktop, password=PASSWORD):
    """What a desktop's vault holds, as the bytes of a plain database."""
    reader = os.path.join(os.path.dirname(desktop.program), '..', '..', 'tests', 'e2e', 'vault-reader')
    done = subprocess.run([reader, desktop.profile], input=password.encode() + b'\n', capture_output=True)
    if done.returncode != 0:
        raise Failure(f'the vault of {desktop.name} cannot be read: {done.stderr.decode()}')
    return done.stdout


def open_read_only(desktop):
    """Its plain image, in a file outside its profile that goes with the connection."""
    with tempfile.NamedTemporaryFile(suffix='.db') as file:
        image = bytearray(plain_image(desktop))
        # Not a log's any more: there is none beside it.
        image[18:20] = b'\x01\x01'
        file.write(image)
        file.flush()
        database = sqlite3.connect(f'file:{file.name}?mode=ro&immutable=1', uri=True)
        database.execute('SELECT count(*) FROM sqlite_master').fetchone()
    return database


def held_records(desktop):
    """What a closed desktop holds: records by id as {type, case, rev, fields}, storage text as it stands."""
    database = open_read_only(desktop)
    records = {}
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'r\\_%' ESCAPE '\\'")]
    for table in tables:
        rows = database.execute(f'SELECT * FROM {table} WHERE deleted = 0')
        names = [column[0] for column in rows.description]
        for row in rows:
            values = dict(zip(names, row))
            records[values['id']] = {
                'type': table[2:], 'case': values['case_id'], 'rev': values['rev'],
                'fields': {name[2:]: value for name, value in values.items()
                           if name.startswith('f_') and value is not None}}
    database.close()
    return records


def waiting_operations(desktop):
    """What a desktop has not sent or the office has not taken. What it has taken is kept for a restored server."""
    database = open_read_only(desktop)
    rows = database.execute("SELECT state, type, record, problem FROM outbox WHERE state <> 'acknowledged'").fetchall()
    database.close()
    return rows


def same_value(sent, held):
    """A value of the wire against the text or number a database keeps of it."""
    if isinstance(sent, bool):
        return held == int(sent)
    if isinstance(sent, (int, str)):
        return held == sent
    try:
        return json.loads(held) == sent
    except (TypeError, ValueError):
        return False


def differences(account, desktop):
    """Everything in which a closed desktop and the server's view for its account differ, in words."""
    told, _ = account.everything()
    held = held_records(desktop)
    found = [f'{told[id]["type"]} {id} is missing on the desktop' for id in told.keys() - held.keys()]
    found += [f'{held[id]["type"]} {id} is on the desktop only' for id in held.keys() - told.keys()]
    for id in told.keys() & held.keys():
        sent, kept = told[id]['fields'], held[id]['fields']
        for name in sorted(sent.keys() | kept.keys()):
            if sent.get(name) is None and kept.get(name) is None:
                continue
            if not same_value(sent.get(name), kept.get(name)):
                found.append(f'{told[id]["type"]} {id}: {name} is {sent.get(name)!r} at the office, '
                             f'{kept.get(name)!r} on the desktop')
    return found
