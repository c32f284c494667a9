# SPDX-License-Identifier: GPL-3.0-or-later
"""The endpoints of the protocol, once for everybody and once as a mission is told of them.

A mission's version names no endpoint, parameter or member that would tell it that anything lies
behind its requests. `mission=False` marks what it is not told.
"""

JSON = 'application/json'
PROBLEM = {'description': 'Problem document (RFC 9457); it holds no value of a record',
           'content': {'application/problem+json': {
               'schema': {'$ref': '#/components/schemas/Problem'}}}}


def ref(name):
    return {'$ref': f'#/components/schemas/{name}'}


def listing(name):
    return {'type': 'object', 'required': ['items'], 'properties': {
        'items': {'type': 'array', 'items': ref(name)},
        'cursor': {'type': ['string', 'null']}, 'more': {'type': 'boolean'}}}


def content(schema, media=JSON):
    return {media: {'schema': schema}}


def parameter(name, where='query', kind='string', required=False, text=None):
    result = {'name': name, 'in': where, 'required': required or where == 'path',
              'schema': {'type': kind}}
    if text:
        result['description'] = text
    return result


CURSOR = parameter('cursor', text='where the last page ended')
LIMIT = parameter('limit', kind='integer')
IF_MATCH = parameter('If-Match', 'header',
                     text='the revision that was read; missing 428, stale 412')
IDEMPOTENCY = parameter('Idempotency-Key', 'header',
                        text='the same key gets the first answer again')
ID = parameter('id', 'path')


def header(text, kind='integer'):
    return {'description': text, 'schema': {'type': kind}}


def operation(name, summary, answer=None, body=None, parameters=(), status='200', public=False,
              media=JSON, headers=None):
    result = {'operationId': name, 'summary': summary, 'responses': {
        status: {'description': 'Done'}, 'default': PROBLEM}}
    if headers:
        result['responses'][status]['headers'] = headers
    if answer:
        result['responses'][status]['content'] = content(answer, media)
    if body:
        result['requestBody'] = {'required': True, 'content': body}
    if parameters:
        result['parameters'] = list(parameters)
    if public:
        result['security'] = []
    return result


TUS_RESUMABLE = {'name': 'Tus-Resumable', 'in': 'header', 'required': True, 'schema': {'const': '1.0.0'},
                 'description': 'the version of tus; another one is answered 412'}
TUS_VERSION = {'Tus-Resumable': {'schema': {'const': '1.0.0'}}}
UPLOAD_OFFSET = header('how many bytes have arrived')
UPLOAD_LENGTH = header('how many bytes there are in all')


def upload_paths():
    """Resumable uploads (tus 1.0): all that is told of them stands in headers."""
    return {
        '/v1/uploads': {
            'options': operation('uploadLimits', 'What of tus is spoken here, and how large a file may be', status='204',
                                 headers={**TUS_VERSION, 'Tus-Version': header('the versions spoken', 'string'),
                                          'Tus-Extension': header('creation, checksum', 'string'),
                                          'Tus-Checksum-Algorithm': header('sha256, sha1', 'string'),
                                          'Tus-Max-Size': header('the largest file in bytes')}),
            'post': operation(
                'createUpload', 'Begin an upload (tus 1.0)', status='201', parameters=(
                    TUS_RESUMABLE,
                    parameter('Upload-Length', 'header', 'integer', True,
                              'the size of the file, as its record says'),
                    parameter('Upload-Metadata', 'header', 'string', True,
                              '“attachment” and the id of the record in Base64')),
                headers={**TUS_VERSION, 'Location': header('where the bytes go', 'string'),
                         'Upload-Offset': UPLOAD_OFFSET})},
        '/v1/uploads/{id}': {
            'parameters': [ID, TUS_RESUMABLE],
            'head': operation('uploadOffset', 'How much has arrived',
                              headers={**TUS_VERSION, 'Upload-Offset': UPLOAD_OFFSET, 'Upload-Length': UPLOAD_LENGTH}),
            'patch': operation(
                'continueUpload', 'The next bytes; with the last of them the whole is judged', status='204',
                body=content({'type': 'string', 'format': 'binary'}, 'application/offset+octet-stream'),
                parameters=(
                    parameter('Upload-Offset', 'header', 'integer', True,
                              'where these bytes begin; another place than the server’s is answered 409'),
                    parameter('Upload-Checksum', 'header',
                              text='“sha256” or “sha1” and the digest of these bytes in Base64')),
                headers={**TUS_VERSION, 'Upload-Offset': UPLOAD_OFFSET})},
    }


def session_paths(mission):
    user = 'MissionUser' if mission else 'User'
    return {
        '/v1/sessions': {'post': operation(
            'signIn', 'Sign in; a code where a second factor is enrolled',
            {'type': 'object', 'properties': {
                'token': {'type': 'string'},
                'expires_at': {'type': 'string', 'format': 'date-time'},
                'user': ref(user)}},
            content(ref('SignIn')), status='201', public=True)},
        '/v1/sessions/current': {
            'get': operation('whoAmI', 'Who am I', {'type': 'object', 'properties': {
                'user': ref(user)}}),
            'delete': operation('signOut', 'Sign out', status='204')},
        '/v1/users/names': {'get': operation(
            'userNames', 'Whom the caller may name', {'type': 'array', 'items': ref(user)})},
        '/v1/sessions/current/copy': {'post': operation(
            'tellCopy',
            'How often this copy of the data was in contact, written down there before it is told; '
            'older: it told as much before, so an older folder was put back, and the desktop begins '
            'from nothing, keeps what waits to be sent, and counts on from count',
            {'type': 'object', 'required': ['count', 'older'], 'properties': {
                'count': {'type': 'integer'}, 'older': {'type': 'boolean'}}},
            content({'type': 'object', 'required': ['id', 'count'], 'properties': {
                'id': {'type': 'string', 'format': 'uuid'},
                'count': {'type': 'integer', 'minimum': 1}}}))},
    }


def sync_paths(mission):
    return {
        '/v1/openapi.json': {'get': operation('contract', 'This document', {'type': 'object'})},
        '/v1/schema': {'get': operation(
            'schema', 'The record types, fields and moves the caller may see', {'type': 'object'})},
        '/v1/changes': {'get': operation('pull', 'What changed since the cursor', {
            'type': 'object', 'required': ['cursor', 'more', 'items'], 'properties': {
                'cursor': {'type': 'string'}, 'more': {'type': 'boolean'},
                'items': {'type': 'array', 'items': ref('Item')}}}, parameters=(CURSOR, LIMIT))},
        '/v1/operations': {'post': operation(
            'push', 'Push 1 to 500 field operations; each is answered for itself',
            {'type': 'object', 'properties': {
                'results': {'type': 'array', 'items': ref('Result')}}},
            content({'type': 'object', 'required': ['operations'], 'properties': {
                'operations': {'type': 'array', 'minItems': 1, 'maxItems': 500,
                               'items': ref('Operation')}}}))},
        '/v1/readings': {'post': operation(
            'tellReadings', 'What a person had shown that stood masked: entered in the audit chain',
            body=content({'type': 'object', 'required': ['readings'], 'properties': {
                'readings': {'type': 'array', 'minItems': 1, 'maxItems': 500, 'items': {
                    'type': 'object', 'required': ['id', 'record', 'field', 'at'], 'properties': {
                        'id': {'type': 'string', 'format': 'uuid',
                               'description': 'its own: sent twice, it is entered once'},
                        'record': {'type': 'string', 'format': 'uuid'},
                        'field': {'type': 'string', 'description': 'type and name, never a value'},
                        'at': {'type': 'string', 'format': 'date-time'}}}}}}), status='204')},
        '/v1/events': {'get': operation(
            'events', 'Server-sent events: hints that something changed, never data',
            {'type': 'string'}, media='text/event-stream')},
    }


def record_paths(mission):
    listed = [parameter('type')] + ([] if mission else [parameter('case')]) + [CURSOR, LIMIT]
    one = {
        'parameters': [ID],
        'get': operation('readRecord', 'One record', ref('Record')),
        'patch': operation(
            'changeRecord', 'Change some fields: a JSON merge patch (RFC 7396)', ref('Record'),
            content({'type': 'object'}, 'application/merge-patch+json'), (IF_MATCH,)),
    }
    many = {'get': operation('listRecords', 'Records of a type', listing('Record'),
                             parameters=listed),
            'post': operation('createRecord', 'A new record', ref('Record'),
                              content(ref('Record')), (IDEMPOTENCY,), '201')}
    if not mission:
        one['delete'] = operation('deleteRecord', 'Delete a record', parameters=(IF_MATCH,),
                                  status='204')
    return {
        '/v1/records': many,
        '/v1/records/{id}': one,
        '/v1/records/{id}/history': {'parameters': [ID], 'get': operation(
            'recordHistory', 'Former values of its fields', listing('Past'))},
        '/v1/conflicts/{id}/resolution': {'parameters': [ID], 'post': operation(
            'resolveConflict', 'Settle two edits of one field', ref('Item'),
            content(ref('Resolution')))},
        '/v1/attachments/{id}/content': {'parameters': [ID], 'get': operation(
            'download', 'The bytes; Range is honoured', {'type': 'string', 'format': 'binary'},
            media='application/octet-stream')},
    }


def office_paths():
    """What only the office has: whole cases, lookups, supervision, accounts."""
    anything = {'type': 'object'}
    return {
        '/v1/health': {'get': operation('health', 'Alive', anything, public=True)},
        '/v1/cases': {'get': operation('listCases', 'Cases the caller may see', listing('Record'),
                                       parameters=(CURSOR, LIMIT))},
        '/v1/cases/{id}': {'parameters': [ID], 'get': operation(
            'readCase', 'A case with its records', {'type': 'object', 'properties': {
                'case': ref('Record'), 'records': {'type': 'array', 'items': ref('Record')}}})},
        '/v1/cases/{id}/gates': {'parameters': [ID], 'get': operation(
            'caseGates', 'What blocks departure', listing('Verdict'))},
        '/v1/cases/{id}/disclosures': {'parameters': [ID], 'get': operation(
            'caseDisclosures', 'What was told to whom', listing('Record'))},
        '/v1/lookups': {'post': operation(
            'lookup', 'The second call of the helpline: an opaque handle for a phone number',
            {'type': 'object', 'required': ['known', 'handle', 'expires_at'], 'properties': {
                'known': {'type': 'boolean', 'description':
                          'one open case has this number; never which'},
                'handle': {'type': 'string', 'description':
                           'sealed, for this person and device; given for unknown numbers too'},
                'expires_at': {'type': 'string', 'format': 'date-time'}}},
            content({'type': 'object', 'required': ['phone'], 'properties': {
                'phone': {'type': 'string', 'description': 'with its country; E.164 or as dialled'}
            }}))},
        '/v1/lookups/append': {'post': operation(
            'lookupAppend', 'Add to the case behind a handle without seeing it; all or nothing',
            {'type': 'object', 'required': ['kept'], 'properties': {'kept': {'const': True}}},
            content({'type': 'object', 'required': ['id', 'handle'], 'properties': {
                'id': {'type': 'string', 'format': 'uuid',
                       'description': 'the addition’s own: sent twice, it is made once'},
                'handle': {'type': 'string'},
                'contact_log': {'type': 'object', 'description': 'fields of a call'},
                'safe_contact': {'type': 'object', 'description': 'fields of a way to reach her'},
                'withdraw': {'type': 'array', 'items': {'type': 'string'}, 'description':
                             'purposes of consents that she takes back; the answer is the same '
                             'whether or not she had given them'}}}))},
        '/v1/quarantine': {'get': operation(
            'listQuarantine', 'Edits kept for a supervisor; with a limit of 0 only how many wait',
            {**listing('Quarantined'), 'properties': {
                **listing('Quarantined')['properties'], 'waiting': {'type': 'integer'}}},
            parameters=(CURSOR, LIMIT))},
        '/v1/quarantine/{id}': {'parameters': [ID], 'post': operation(
            'settleQuarantine', 'Let one in as its author’s, or discard it; a refusal leaves it open',
            {'type': 'object', 'required': ['id', 'state'], 'properties': {
                'id': {'type': 'string', 'format': 'uuid'},
                'state': {'enum': ['applied', 'discarded']},
                'results': {'type': 'array', 'items': ref('Result')}}},
            content({'type': 'object', 'required': ['decision'], 'properties': {
                'decision': {'enum': ['apply', 'discard']},
                'reason': {'type': 'string', 'maxLength': 2000,
                           'description': 'needed to discard'}}}))},
        '/v1/statistics': {'get': operation('statistics', 'Counts; no cell below 11', anything)},
        '/v1/audit': {'get': operation('audit', 'The chain of who did what', listing('AuditEntry'),
                                       parameters=(parameter('case'), parameter('user'), parameter('after'),
                                                   parameter('before'), parameter('order')))},
        '/v1/audit/head': {'get': operation('auditHead', 'The last link of the chain', anything)},
    }


def build(mission):
    paths = {**session_paths(mission), **sync_paths(mission), **record_paths(mission)}
    return paths if mission else {**paths, **office_paths(), **upload_paths()}
