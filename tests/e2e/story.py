#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The story of case 0001 from its first minute, in the real programs: a caseworker in Bujumbura and an embassy
liaison in Kuwait at two desktops, one server between them. Every step of a person is real keys and clicks.

  story.py --build DIR [--pictures DIR]   plays it and leaves numbered pictures and account.txt
  story.py --build DIR --test             plays it as a test: TAP, and a picture only where it fails
  story.py --build DIR --seed-run N       plays it N times in a row
"""
import argparse
import os
import shutil
import sys
import tempfile
import time
import traceback

sys.dont_write_bytecode = True

import screen  # noqa: E402
from screen import Failure, wait_for  # noqa: E402

MISSION = 'Embassy of Burundi, Kuwait'
CODE = 'HW-BI-26-0001'
LOCATOR = 'H7QK2P'
READ_BY_PHONE = 'LP0012354'
AS_PRINTED = 'LP0012345'
MRZ = 'P<BDINIYONKURU<<ALINE<<<<<<<<<<<<<<<<<<<<<<<\nLP00123455BDI0009151F2702102<<<<<<<<<<<<<<08'


class Story:
    def __init__(self, options, folder):
        from casework import Caseworker, Liaison
        from office import Account, Clock, Server
        self.options = options
        self.folder = folder
        self.steps = 0
        self.account_lines = []
        self.clock = Clock(os.path.join(folder, 'clock'))
        self.clock.set('2026-11-01 23:11', 'Asia/Kuwait')
        self.server = Server(options.build, folder, self.clock)
        self.server.admin('demo', 'load', '--accounts-only')
        self.server.start()
        self.office = Account(self.server, 'caseworker')
        self.mission = Account(self.server, 'embassy_liaison')
        self.caseworker = Caseworker(options.build, folder, 'caseworker', self.server, self.clock)
        self.liaison = Liaison(options.build, folder, 'embassy_liaison', self.server, self.clock)

    def stop(self):
        for desktop in (self.caseworker, self.liaison):
            desktop.stop()
        if self.server.process:
            self.server.process.kill()
            self.server.process.wait()

    # ---- Telling ----

    def tell(self, text, desktop=None, from_top=False):
        """One step is done: says so, and shows it."""
        self.steps += 1
        line = f'{self.steps:02d}  {text}'
        print('# ' + line if self.options.test else line, flush=True)
        self.account_lines.append(line)
        if desktop and self.options.pictures:
            if from_top:
                desktop.scroll_to_top()
            desktop.picture(os.path.join(self.options.pictures, f'{self.steps:02d}.png'))

    def write_account(self):
        if self.options.pictures:
            with open(os.path.join(self.options.pictures, 'account.txt'), 'w', encoding='utf-8') as file:
                file.write('\n'.join(self.account_lines) + '\n')

    # ---- The story ----

    def play(self):
        for chapter in (self.sign_in, self.call, self.screening, self.refused_before_consent, self.consents,
                        self.risk, self.send_request, self.mission_answers, self.hold, self.exit_clearance,
                        self.network_cut, self.settle_conflict, self.fitness_and_decision, self.ticket_refused,
                        self.ticket, self.reception, self.departure, self.arrival, self.family, self.follow_up,
                        self.compare):
            started = time.monotonic()
            chapter()
            if os.environ.get('HOMEWARD_E2E_TIMES'):
                print(f'# {chapter.__name__}: {time.monotonic() - started:.1f} s', flush=True)

    def sign_in(self):
        from office import PASSWORD
        for desktop in (self.liaison, self.caseworker):
            desktop.start()
            desktop.maximise()
            desktop.sign_in(PASSWORD)
            desktop.wait_synced()
        self.liaison.page = 'HwRequestsPlace'
        self.caseworker.page = 'HwCasesPlace'
        self.tell('A caseworker in Bujumbura and the consular section in Kuwait have signed in. There is no case yet.',
                  self.caseworker)

    def call(self):
        """23:12 in Kuwait. The order is the one in which a frightened person tells it."""
        cw = self.caseworker
        self.clock.set('2026-11-01 23:12', 'Asia/Kuwait')
        cw.key('ctrl+n')
        cw.wait_dialog()
        for name, value in (('safe_contact.value', '+965 5000 0001'), ('safe_contact.safe', 'yes'),
                            ('safe_contact.code_word', 'isoko'), ('safe_contact.window_from', '23:00'),
                            ('safe_contact.window_to', '23:30'), ('case.location_country', 'Kuwait'),
                            ('placement.kind', 'employer'), ('case.location_place', 'Hawalli'),
                            ('contact_log.crisis', True), ('case.urgency', 'high')):
            cw.set(name, value)
        cw.scroll_to_top()
        self.tell('23:12 in Kuwait, a call: a woman locked in at her employer’s in Hawalli. First how to reach her '
                  'safely: 23:00 to 23:30, code word isoko.', cw)
        cw.set('contact_log.summary', 'Called from a neighbour’s telephone. Locked in on Fridays, unpaid for seven months, '
               'passport with the employer. Wants to go home to Ngozi.')
        self.tell('In her own words: unpaid for seven months, her passport is with the employer, she wants to go home.',
                  cw)
        for name, value in (('person.given_names', 'Aline'), ('person.family_name', 'Niyonkuru'),
                            ('person.birth_date', '15/9/2000'), ('case.nationality', 'Burundi'),
                            ('person.origin_province', 'Ngozi')):
            cw.set(name, value)
        self.tell('She is Aline Niyonkuru, 26, from Ngozi in Burundi.', cw)
        cw.press_button('Save Case')
        cw.wait_dialog_gone()
        cw.page = 'HwCaseOverview'
        cw.wait_text('What Blocks Departure')
        self.case = wait_for(lambda: self.office.one('case'), 'the case at the office', 30)['id']
        cw.wait_text(CODE)
        self.tell(f'The call has become a case, {CODE}. What blocks her departure stands at the top.', cw)

    def screening(self):
        cw = self.caseworker
        self.clock.set('2026-11-02 10:00', 'Africa/Bujumbura')
        cw.add('screening', act=['recruit', 'transport', 'receive'], means=['deception'],
               purpose=['domestic_servitude'], is_minor='no', conclusion='actual', decided_by='ngo')
        cw.add('placement', kind='shelter', organisation='Women’s shelter, Hawalli', place='Women’s shelter, Hawalli',
               since='2/11/2026')
        self.tell('The next morning she is screened, an adult and a victim, and has reached a women’s shelter in '
                  'Hawalli.', cw, True)

    def refused_before_consent(self):
        cw = self.caseworker
        cw.begin('embassy_request')
        cw.fill('embassy_request', mission=MISSION, kind='document', due_on='12/11/2026',
                planned_travel_on='14/11/2026')
        cw.click(cw.find('label', re_of('It never sees')))
        self.tell('A request for a laissez-passer is prepared. It says in words what the mission will see of her, and '
                  'what it never sees.', cw)
        cw.finish()
        cw.open_record('embassy_request', MISSION_OR_DRAFT)
        cw.move('Ready to Send')
        cw.wait_refused('She has not agreed to contact with this mission')
        self.tell('It may not be sent: she has not agreed to contact with this mission, and her risks are not '
                  'assessed.', cw)

    def consents(self):
        cw = self.caseworker
        self.clock.set('2026-11-02 23:10', 'Asia/Kuwait')
        cw.begin('consent')
        cw.fill('consent', purpose='embassy_contact', recipient=MISSION, form='explicit_oral', language='Kirundi')
        for told in ('What it is for', 'How her data may be used', 'How to take it back'):
            cw.check(told)
        self.tell('23:10, the safe hour: asked in Kirundi, she agrees to contact with this one embassy.', cw)
        cw.finish()
        for purpose in ('travel_booking', 'reception_share', 'family_contact'):
            cw.add('consent', purpose=purpose, form='explicit_oral', language='Kirundi')
        self.tell('She also agrees to the booking of her travel, to those who will receive her, and to contact with '
                  'her family.', cw)

    def risk(self):
        cw = self.caseworker
        cw.begin('risk_assessment')
        cw.fill('risk_assessment', trafficker_knows_home='yes', debt='no', stigma='suspected', retaliation='suspected',
                official_involved='no', asylum='none', conclusion='safe_with_plan',
                safety_plan='First week in the transit house in Bujumbura; not to Ngozi before her mother is visited.')
        self.tell('Her risks are assessed: no official is involved, she does not seek asylum; safe with a plan.', cw)
        cw.finish()

    def send_request(self):
        cw = self.caseworker
        cw.open_record('embassy_request', MISSION_OR_DRAFT)
        cw.move('Ready to Send')
        cw.wait_text('Ready to send')
        cw.move('Send to the Mission')
        cw.wait_text(EXACTLY_SENT)
        self.request = wait_for(lambda: self.office.one('embassy_request', status='sent'), 'the request to be sent', 30)
        self.reference = self.request['fields']['reference']
        self.tell('Now the same request is accepted and sent.', cw, True)

    def mission_answers(self):
        lia, cw = self.liaison, self.caseworker
        self.clock.set('2026-11-03 10:10', 'Asia/Kuwait')
        lia.open_request(self.reference)
        self.tell('At the embassy in Kuwait the request arrives: names, birth, parents, planned travel, and nothing '
                  'of what happened to her.', lia)
        lia.press_button('Acknowledge')
        lia.wait_text('Acknowledged')
        lia.write(lia.find('text', 'Message'), 'Received. Please send the flight reservation when you have it.')
        lia.press_button('Send')
        lia.wait_text('Received. Please send')
        self.tell('The mission acknowledges it, and asks for a flight reservation.', lia)
        wait_for(lambda: self.office.one('embassy_message'), 'the message at the office', 30)
        cw.go_to_place('Requests')
        cw.click(cw.find('label', re_of(self.reference)))
        cw.page = 'HwRequestPage'
        cw.wait_text('Received. Please send', 30)
        self.tell('The caseworker reads it.', cw)
        cw.go_to_place('Cases')
        cw.page = 'HwRecordPage'
        cw.overview()

    def hold(self):
        cw = self.caseworker
        self.clock.set('2026-11-04 16:00', 'Africa/Bujumbura')
        cw.add('movement', mode='air', escort='none', record_locator=LOCATOR, hold_expires_at='11/11/2026 18:00',
               fare='concession', cost=('412', 'USD'), baggage_pieces='2', transit_assistance=True)
        cw.open_record('movement', LOCATOR)
        for leg in (dict(carrier='Highland Airways', number='HW621', **{'from': 'KWI'}, to='ADD',
                         departs_at=('14/11/2026 01:15', 'Kuwait'), arrives_at=('14/11/2026 05:20', 'Addis Ababa')),
                    dict(carrier='Highland Airways', number='HW818', **{'from': 'ADD'}, to='BJM',
                         departs_at=('14/11/2026 08:40', 'Addis Ababa'),
                         arrives_at=('14/11/2026 10:35', 'Bujumbura'))):
            cw.press_button('Add a Leg')
            cw.wait_dialog()
            cw.fill('segment', **leg)
            cw.finish()
        cw.move('Seat Is Held')
        cw.wait_text('The seat is held until')
        self.tell('A seat is held: Kuwait to Addis Ababa to Bujumbura on 14 November. A seat needs no document; this '
                  'mission wants the reservation first.', cw, True)
        cw.open_record('embassy_request', MISSION_OR_DRAFT)
        cw.set('embassy_request.reservation_reference', LOCATOR)

    def exit_clearance(self):
        cw = self.caseworker
        self.clock.set('2026-11-05 11:00', 'Africa/Bujumbura')
        cw.add('exit_clearance', item='overstay_fine', authority='Residency department, Hawalli',
               counted_from='18/6/2026', amount=('280', 'KWD'), payer='organisation')
        cw.open_record('exit_clearance', 'Overstay fine')
        cw.move_to('Payment due', 'Payment due')
        self.tell('Leaving Kuwait costs a fine: 140 days of overstay, KD 280, payment due.', cw)

    def network_cut(self):
        """The server is stopped; both go on working, and both write the number of the same document."""
        cw, lia = self.caseworker, self.liaison
        self.clock.set('2026-11-06 09:30', 'Asia/Kuwait')
        for desktop in (cw, lia):
            desktop.wait_synced()
        self.server.stop()
        cw.open_record('travel_document', 'Laissez-passer')
        cw.set('travel_document.number', READ_BY_PHONE)
        cw.wait_offline()
        self.tell(f'The network is cut. Told by telephone, the caseworker notes the number of the laissez-passer: '
                  f'{READ_BY_PHONE}. The change waits on her computer.', cw)
        lia.press_button('Issue…')
        lia.wait_dialog()
        lia.fill_document(AS_PRINTED, '10/2/2027', MRZ)
        self.tell(f'The mission, also without a network, issues it as printed: {AS_PRINTED}, valid until 10 February '
                  '2027, with its machine-readable lines.', lia)
        lia.press_button('Issue')
        lia.wait_dialog_gone()
        lia.wait_text(AS_PRINTED)
        lia.move('Approve')
        lia.wait_text('Approved')
        lia.wait_offline()
        self.tell('The request is approved. Both desktops say that they are offline and what waits.', lia)
        self.clock.set('2026-11-06 12:00', 'Asia/Kuwait')
        self.server.start()
        for desktop in (cw, lia):
            desktop.key('ctrl+r')
            desktop.wait_synced()

    def settle_conflict(self):
        cw = self.caseworker
        wait_for(lambda: [c for c in self.office.everything()[1].values() if c['state'] == 'open'],
                 'an open conflict at the office', 30)
        cw.go_to_place('Conflicts')
        cw.wait_text(AS_PRINTED)
        cw.wait_text(READ_BY_PHONE)
        self.tell('The network is back. The two numbers have met: both are kept and shown, with who wrote them.', cw)
        printed = cw.find('label', AS_PRINTED)
        row = next(node for node in printed.ancestors() if node.is_a('list item'))
        button = next(node for node in row.walk() if node.is_a('button') and node.name in ('Keep This', 'Use This'))
        cw.click(button)
        cw.wait_gone(READ_BY_PHONE)
        cw.wait_synced()
        wait_for(lambda: self.office.one('travel_document', number=AS_PRINTED, status='issued'),
                 'the number as printed at the office', 30)
        wait_for(lambda: not [c for c in self.office.everything()[1].values() if c['state'] == 'open'],
                 'no open conflict at the office', 30)
        cw.go_to_place('Cases')
        cw.page = 'HwRecordPage'
        cw.wait_text('Issued')
        self.tell('The number as printed is chosen. The laissez-passer is issued.', cw)

    def fitness_and_decision(self):
        cw = self.caseworker
        self.clock.set('2026-11-09 15:00', 'Africa/Bujumbura')
        cw.open_record('exit_clearance', 'Overstay fine')
        cw.move_to('Paid', 'Paid')
        cw.add('fitness', person='Survivor ••••', outcome='fit', max_age_days='30', valid_until='9/12/2026')
        cw.add('decision', choice='return', moment='ticketing', options_counselled=['return', 'stay'])
        cw.overview()
        self.tell('The fine is paid, a doctor finds her fit to travel, and asked again she decides to return. What '
                  'still blocks: the document is not verified.', cw, True)

    def ticket_refused(self):
        cw = self.caseworker
        cw.open_record('movement', LOCATOR)
        cw.move_to('Confirm', 'Confirmed')
        cw.move('Issue Tickets')
        cw.wait_refused('The travel document must be verified')
        self.tell('The ticket is refused: nobody has held the laissez-passer in hand yet.', cw)

    def ticket(self):
        cw = self.caseworker
        self.clock.set('2026-11-10 11:00', 'Africa/Bujumbura')
        cw.open_record('travel_document', 'Laissez-passer')
        cw.move_to('Received', 'Received')
        cw.move_to('Verified', 'Verified')
        cw.open_record('movement', LOCATOR)
        cw.move_to('Issue Tickets', 'Ticketed')
        self.tell('The laissez-passer has arrived and is compared with her details: verified. Now the ticket is '
                  'accepted.', cw)

    def reception(self):
        cw = self.caseworker
        self.clock.set('2026-11-12 10:00', 'Africa/Bujumbura')
        cw.add('reception', office='Bujumbura', contact='Jeanine', met_by='Jeanine',
               place='Bujumbura airport, arrivals, left of the pharmacy', acknowledged_at='12/11/2026 09:00',
               confirmed_at='12/11/2026 09:30', immediate_needs=['shelter', 'phone'],
               shelter='Transit house, Bujumbura')
        cw.open_record('reception', 'Bujumbura airport')
        self.tell('At home she is expected: Jeanine will meet her at Bujumbura airport and take her to the transit '
                  'house.', cw)

    def departure(self):
        cw = self.caseworker
        self.clock.set('2026-11-13 23:05', 'Asia/Kuwait')
        cw.open_record('movement', LOCATOR)
        cw.set('movement.emergency_number_given', True)
        self.clock.set('2026-11-14 00:20', 'Asia/Kuwait')
        cw.move('Check In')
        cw.wait_refused('Ask her once more today whether she wants to travel')
        self.tell('The night of the flight. Before she boards she must be asked once more, today.', cw)
        cw.add('decision', choice='return', moment='departure')
        cw.open_record('movement', LOCATOR)
        cw.move_to('Check In', 'Checked in')
        self.clock.set('2026-11-14 01:20', 'Asia/Kuwait')
        cw.move_to('She Departed', 'Departed')
        cw.set('movement.departed_at', '14/11/2026 00:15')
        self.tell('She said yes. Checked in, and at 01:15 in Kuwait she has departed.', cw, True)

    def arrival(self):
        cw = self.caseworker
        self.clock.set('2026-11-14 10:50', 'Africa/Bujumbura')
        cw.move_to('She Arrived', 'Arrived')
        cw.set('movement.arrived_at', '14/11/2026 10:35')
        self.tell('10:35 in Bujumbura: she has arrived. Jeanine meets her.', cw)
        cw.add('placement', kind='shelter', organisation='Transit house, Bujumbura', place='Transit house, Bujumbura',
               since='14/11/2026')
        visits = wait_for(lambda: len(self.office.of_type('follow_up')) == 4 and self.office.of_type('follow_up'),
                          'four follow-up visits', 30)
        days = sorted(visit['fields']['due_on'] for visit in visits)
        if days != ['2026-12-14', '2027-02-14', '2027-05-14', '2027-11-14']:
            raise Failure(f'follow-ups are due on {days}')
        cw.open_group('Support and follow-up')
        cw.wait_text('14 Dec')
        self.tell('Follow-up visits have planned themselves: after 1, 3, 6 and 12 months.', cw)

    def family(self):
        cw = self.caseworker
        self.clock.set('2026-11-24 10:00', 'Africa/Bujumbura')
        cw.add('family_member', given_names='Espérance', family_name='Ndayishimiye', relation='mother',
               place='Gatsinda, Ngozi', phone='+25779000001', implicated='no', survivor_wants_contact='yes')
        cw.begin('reunification')
        cw.fill('reunification', member='Mother ••••', survivor_choice='Mother ••••',
                assessment='suitable_with_support', date='26/11/2026')
        cw.finish()
        cw.open_record('reunification', 'Suitable with support')
        cw.move_to('Assessed', 'Assessed')
        cw.move('Approved')
        cw.wait_refused('That they are family has not been verified')
        self.tell('Her mother Espérance in Ngozi is visited; the home is suitable with support. But that they are '
                  'family is not verified yet, so the reunion is refused.', cw)
        cw.open_record('family_member', 'Mother ••••')
        cw.set('family_member.kinship_verified', True)
        self.tell('Espérance Ndayishimiye, her mother, lives in Gatsinda, Ngozi, had no part in it; the kinship is '
                  'verified now.', cw, True)
        cw.open_record('reunification', 'Suitable with support')
        cw.move_to('Approved', 'Approved')
        self.clock.set('2026-11-26 15:00', 'Africa/Bujumbura')
        cw.move_to('Done', 'Done')
        self.tell('It is verified, Aline chose her mother, and on 26 November they are reunited. She lives with her '
                  'mother in Gatsinda, Ngozi.', cw)

    def follow_up(self):
        cw = self.caseworker
        cw.add('placement', kind='family', place='With her mother, Gatsinda, Ngozi', since='26/11/2026')
        cw.overview()
        cw.open_group('Case and person')
        cw.wait_text('With family')
        self.tell('Where she is now: with family, since 26 November.', cw, True)
        cw.overview()
        self.tell('Nothing blocks any more: every track is done, and reintegration has its visits planned.', cw, True)
        cw.key('alt+Left')
        cw.page = 'HwCasesPlace'
        cw.wait_text('14 Dec')
        self.tell('What comes next: in the list of cases, the first visit is due on 14 December.', cw)

    def compare(self):
        """At the end nothing waits anywhere, and both desktops hold what the server tells their accounts."""
        from office import differences, waiting_operations
        for desktop in (self.caseworker, self.liaison):
            desktop.raise_window()
            desktop.key('ctrl+r')
            desktop.wait_synced()
        self.liaison.open_request(self.reference)
        self.tell('The same request at the embassy: approved, with its document and messages.', self.liaison)
        for desktop, account in ((self.caseworker, self.office), (self.liaison, self.mission)):
            desktop.close()
            waiting = waiting_operations(desktop)
            if waiting:
                raise Failure(f'{desktop.name} still holds {waiting}')
            found = differences(account, desktop)
            if found:
                raise Failure(f'{desktop.name} and the office differ:\n' + '\n'.join(found[:20]))
        self.server.stop()
        self.tell('Both desktops and the server are equal, and nothing waits.')


def re_of(text):
    import re
    return re.compile(re.escape(text))


def compile_titles():
    """A request's row is titled by its reference, or by its type while it has none."""
    import re
    return re.compile('^(LP-|Request to the embassy)'), re.compile('^Sent$')


MISSION_OR_DRAFT, EXACTLY_SENT = compile_titles()


def play(options):
    """Once. What only came too late is tried once more in a test, and said; not in a row of many, which counts."""
    try:
        play_once(options)
    except screen.Late:
        if not options.test or options.seed_run > 1:
            raise
        print('# once more, from the beginning', flush=True)
        play_once(options)


def play_once(options):
    folder = tempfile.mkdtemp(dir=screen.session_folder())
    story = None
    try:
        story = Story(options, folder)
        story.play()
        story.write_account()
    except BaseException as failure:
        picture = os.path.join(options.pictures or options.build, 'failure.png')
        screen.run('import', '-window', 'root', picture)
        note = traceback.format_exc() if options.trace or not isinstance(failure, Failure) else str(failure)
        where = traceback.extract_tb(failure.__traceback__)
        chapter = next((frame for frame in where if frame.name not in ('play_once', 'play')), where[-1])
        print(f'# it stopped at {chapter.name} (story.py:{chapter.lineno})')
        print('# ' + note.replace('\n', '\n# ') + f'\n# the screen as it was: {picture}', flush=True)
        if story:
            story.write_account()
            keep_logs(options, folder)
            if options.trace:
                keep_trees(options, story)
        raise
    finally:
        if story:
            story.stop()
        shutil.rmtree(folder, ignore_errors=True)


def keep_trees(options, story):
    """What each desktop tells about itself, hidden parts and all, and what it has not sent."""
    from office import waiting_operations
    for desktop in (story.caseworker, story.liaison):
        try:
            for operation in waiting_operations(desktop):
                print(f'# not sent by {desktop.name}: {operation}', flush=True)
        except (Failure, OSError):
            continue
    for desktop in (story.caseworker, story.liaison):
        if desktop.process is None or desktop.process.poll() is not None:
            continue
        with open(os.path.join(options.pictures or options.build, f'failure-{desktop.name}.txt'), 'w',
                  encoding='utf-8') as file:
            for node in desktop.read().all():
                depth = len(list(node.ancestors()))
                file.write(f'{"  " * depth}{node} {node.states:x} {desktop.tree.extents(node)}\n')


def keep_logs(options, folder):
    for name in sorted(os.listdir(folder)):
        if name.endswith('.log'):
            with open(os.path.join(folder, name), encoding='utf-8', errors='replace') as log:
                tail = log.read()[-1500:].strip()
            if tail:
                print(f'# {name}:\n#   ' + tail.replace('\n', '\n#   '), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--build', required=True, help='the build folder')
    parser.add_argument('--pictures', help='where pictures and account.txt go (default: BUILD/story)')
    parser.add_argument('--test', action='store_true', help='TAP, no pictures')
    parser.add_argument('--seed-run', type=int, default=1, metavar='N', help='play it N times')
    parser.add_argument('--trace', action='store_true', help='print the whole trace of a failure')
    options = parser.parse_args()
    options.build = os.path.abspath(options.build)
    screen.enter()
    if options.test:
        options.pictures = None
    else:
        options.pictures = os.path.abspath(options.pictures or os.path.join(options.build, 'story'))
        os.makedirs(options.pictures, exist_ok=True)
        for name in os.listdir(options.pictures):
            if name.endswith('.png') or name == 'account.txt':
                os.unlink(os.path.join(options.pictures, name))
    manager = screen.start_window_manager()
    try:
        for number in range(options.seed_run):
            started = time.monotonic()
            play(options)
            if options.seed_run > 1:
                print(f'# run {number + 1} of {options.seed_run}: {time.monotonic() - started:.0f} s', flush=True)
        if options.test:
            print('ok 1 - the story of case 0001\n1..1')
        else:
            print(f'The pictures and the account of each step are in {options.pictures}')
    except BaseException:
        print('not ok 1 - the story of case 0001\n1..1' if options.test else 'The story did not come to its end.')
        sys.exit(1)
    finally:
        manager.kill()
        manager.wait()


if __name__ == '__main__':
    main()
