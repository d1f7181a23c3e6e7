#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program on a recorder: the virtual one, which libburn drives like a real drive."""
import json
import os
import signal
import subprocess
import time

from support import (EXIT_CODES, PROGRAM, Skip, assert_same, main, make_folder, noise, paths, run,
                     snapshot, test, write)

RECORDER = os.environ.get('SOLCO_VIRTUAL_RECORDER')


class Drive:
    """A medium that is put into the recorder for each run of the program."""

    def __init__(self, work, kind):
        if not RECORDER:
            raise Skip('there is no umockdev here')
        self.kind = kind
        self.backing = ['--backing', work / 'medium'] if kind != 'none' else []

    def cli(self, *arguments, code=0, fault=None):
        faults = ['--fault', fault] if fault else []
        finished = run(RECORDER, '--medium', self.kind, *self.backing, '--sleep-divisor', '50',
                       *faults, '--', PROGRAM, *arguments, check=False)
        assert finished.code == code, f'expected exit code {code}: {finished}'
        return finished

    def json(self, verb, *arguments, **options):
        finished = self.cli(verb, '--json', *arguments, **options)
        return json.loads(finished.stdout)

    def fail(self, name, verb, *arguments, **options):
        told = self.json(verb, *arguments, code=EXIT_CODES[name], **options)
        assert told['error']['code'] == name, told
        return told


@test
def a_cd_r_grows_session_by_session(work):
    drive = Drive(work, 'cd-r-80')
    listed = drive.json('recorders')['recorders']
    assert [r['address'] for r in listed] == ['/dev/sr0'], listed
    assert listed[0]['can_write'] is True and listed[0]['has_medium'] is True, listed

    # The only recorder of the machine needs no name.
    blank = drive.json('info')
    assert blank['state'] == 'blank' and blank['free_blocks'] == 359849, blank
    assert blank['lead_out_limit_address'] == 359849, blank
    assert blank['remaining_after_overhead_blocks'] == 359849 - 10752, blank
    assert any(s['kb_per_s'] > 0 for s in blank['speeds']), blank

    first = make_folder(work / 'first')
    plan = drive.json('plan', '--map', f'/={first}')
    # Track padding, read-ahead and run-out come on top, and a track has 300 blocks at least.
    assert plan['need_blocks'] == max(300, plan['image_blocks'] + 150) + 2, plan
    burned = drive.json('burn', '--map', f'/={first}', '--verify', 'full', '--speed', '8x',
                        '--label', 'Growing')
    assert burned['session'] == 1 and burned['verified'] is True, burned
    assert burned['planned']['need_blocks'] == plan['need_blocks'], burned
    # Lead-out, lead-in and pre-gap stand between the sessions.
    assert burned['next_writable_address'] == plan['need_blocks'] + 11400, burned

    write(work / 'more', noise(99999, 'more'))
    plan = drive.json('plan', work / 'more', '--remove', '/folder 0')
    burned = drive.json('burn', work / 'more', '--remove', '/folder 0', '--verify', 'quick')
    assert plan['image_blocks'] == burned['image_blocks'], (plan, burned)
    assert [s['number'] for s in burned['sessions']] == [1, 2], burned
    assert burned['label'] == 'Growing' and burned['state'] == 'appendable', burned
    names = paths(drive.json('list'))
    assert '/more' in names and '/folder 1' in names and '/folder 0' not in names, names.keys()
    assert names['/more']['session'] == 2, names['/more']

    drive.cli('extract', '--session', '1', '--to', work / 'out')
    assert_same(snapshot(work / 'out'), snapshot(first), 'session 1')
    drive.cli('verify', '--session', '1')
    drive.cli('verify', '--session', '2')

    drive.fail('BLANK_REQUIRED', 'burn', '--new', work / 'more')
    drive.fail('WRONG_MEDIUM_TYPE', 'erase')
    burned = drive.json('burn', '--close', '--map', f"/last={work / 'more'}")
    assert burned['state'] == 'closed' and burned['session'] == 3, burned
    drive.fail('DISC_CLOSED', 'burn', '--map', f"/too late={work / 'more'}")
    assert '/last' in paths(drive.json('list'))
    drive.cli('eject')


@test
def a_cd_rw_is_erased_and_used_again(work):
    drive = Drive(work, 'cd-rw-80')
    file = write(work / 'file', noise(300000, 'file'))
    drive.cli('burn', '--close', file)
    drive.fail('DISC_CLOSED', 'burn', '--map', f'/other={file}')
    said = drive.cli('erase').text
    assert '1 session' in said, said
    assert drive.json('info')['state'] == 'blank'
    drive.cli('burn', file)
    burned = drive.json('burn', '--erase', '--map', f'/anew={file}', '--verify', 'full')
    assert len(burned['sessions']) == 1 and burned['verified'] is True, burned
    assert sorted(paths(drive.json('list'))) == ['/SHA256SUMS', '/anew']


@test
def a_dvd_plus_rw_keeps_emulated_sessions(work):
    drive = Drive(work, 'dvd+rw')
    for number in (1, 2, 3):
        file = write(work / f'file {number}', noise(50000 * number, number))
        burned = drive.json('burn', file, '--verify', 'full')
        assert len(burned['sessions']) == number and burned['overwritable'] is True, burned
        assert burned['sessions'][-1]['start_block'] % 32 == 0, burned
    drive.cli('verify', '--session', '2')
    drive.fail('BLANK_REQUIRED', 'burn', '--new', work / 'file 1')
    names = paths(drive.json('list', '--session', '2'))
    assert sorted(names) == ['/SHA256SUMS', '/file 1', '/file 2'], names


@test
def a_rehearsal_leaves_the_disc_blank(work):
    drive = Drive(work, 'cd-r-80')
    file = write(work / 'file', noise(300000, 'file'))
    assert drive.json('burn', '--simulate', file)['simulated'] is True
    assert drive.json('info')['state'] == 'blank'


@test
def nothing_and_the_wrong_thing_in_the_tray(work):
    file = write(work / 'file', 'x')
    drive = Drive(work, 'none')
    drive.fail('NO_MEDIUM', 'burn', file)
    drive.fail('NO_MEDIUM', 'list')
    assert drive.json('info')['state'] == 'none'
    drive = Drive(work, 'audio-cd')
    information = drive.json('info')
    assert information['content'] == 'audio', information
    assert all(track['audio'] for track in information['tracks']), information
    drive.fail('WRONG_MEDIUM_TYPE', 'burn', file)
    drive.fail('DISC_UNREADABLE', 'list')


@test
def what_a_disc_can_do_is_told_before(work):
    for kind, wanted in (('cd-r-80', 'further sessions, simulation'),
                         ('cd-rw-80', 'further sessions, simulation, erasing'),
                         ('dvd-r-dl', 'one session only'),
                         ('dvd-rw-seq/quick-blanked', 'one session only'),
                         ('dvd+r', 'further sessions'),
                         ('bd-re-25', 'formatting'),
                         ('bd-r-25/pow', 'formatted for pseudo-overwrite')):
        drive = Drive(work, kind)
        drive.backing = []
        said = drive.cli('info').text
        assert wanted in said, said
        told = drive.json('info')
        assert told['can_append_after_burn'] == ('further sessions' in said), told
        assert told['pseudo_overwrite'] == kind.endswith('/pow'), told
        if told['speeds']:
            assert f"{told['speeds'][0]['factor']:.0f}" in said.split('Speeds')[1], said


@test
def the_session_that_was_cut_off_is_named(work):
    drive = Drive(work, 'cd-r-80')
    write(work / 'one', noise(99999, 'one'))
    write(work / 'two', noise(999999, 'two'))
    drive.cli('burn', work / 'one')
    told = drive.fail('CANNOT_WRITE', 'burn', work / 'two', fault='sense=3/0c/00,op=write,after=20')
    assert [s['cut_off'] for s in told['sessions']] == [False, True], told
    sentence = 'Session 2 was cut off, and nothing of it can be used.'
    assert sentence in told['error']['text'], told
    failed = drive.cli('burn', work / 'two', code=EXIT_CODES['CANNOT_WRITE'],
                       fault='sense=3/0c/00,op=write,after=20')
    assert b'Session 3 was cut off' in failed.stderr, failed
    assert drive.cli('info').stdout.count(b'cut off, of no use') == 2


@test
def what_failed_is_finished(work):
    for kind in ('cd-r-80', 'dvd+r'):
        drive = Drive(work / kind, kind)
        os.makedirs(work / kind, exist_ok=True)
        files = work / kind / 'files'
        write(files / 'old', noise(200000, 'old'))
        drive.cli('burn', '--label', 'Photos', files)
        drive.cli('burn', '--map', f"/second={files / 'old'}")
        write(files / 'new', noise(3000000, 'new'))
        drive.fail('NO_MEDIUM', 'burn', files, fault='remove,op=write,after=20')

        damaged = drive.json('info')
        assert damaged['damage'] == 'last-track' and len(damaged['sessions']) == 2, damaged
        assert '/files/new' not in paths(drive.json('list'))
        drive.fail('DISC_DAMAGED', 'burn', files)
        # Before it is closed, nobody knows what is free; what would come next is said.
        planned = drive.fail('DISC_DAMAGED', 'plan', '--finish', files)
        assert planned['damage'] == 'last-track' and 'image_blocks' not in planned, planned
        assert '“burn” closes it first' in planned['error']['text'], planned
        assert drive.json('info') == damaged

        burned = drive.json('burn', '--finish', '--verify', 'full', files)
        # The one that was not saved, and the list of checksums.
        assert burned['verified'] is True and burned['damage'] == 'none', burned
        assert len(burned['sessions']) == 4, burned
        names = paths(drive.json('list'))
        assert names['/files/old']['session'] == 1, names
        assert names['/second']['session'] == 2, names
        assert names['/files/new']['session'] == 4, names
        for session in ('1', '2', '4'):
            drive.cli('verify', '--session', session)
        drive.cli('extract', '--to', work / kind / 'out')
        assert_same(snapshot(work / kind / 'out' / 'files'), snapshot(files), 'what was finished')
        # Once more: all of it is there.
        drive.fail('NOTHING_STAGED', 'burn', '--finish', files)


@test
def only_the_end_of_a_session_was_missing(work):
    drive = Drive(work, 'cd-r-80')
    file = write(work / 'file', noise(300000, 'file'))
    drive.fail('CLOSING_FAILED', 'burn', file, fault='sense=3/73/03,op=close')
    assert drive.json('info')['damage'] == 'last-track'
    mended = drive.json('burn', '--finish', file)
    assert mended['damage'] == 'none' and len(mended['sessions']) == 1, mended
    assert '/file' in paths(drive.json('list'))
    drive.cli('verify')


@test
def a_drive_that_never_answers_holds_nobody(work):
    if not os.environ.get('SOLCO_TEST_THOROUGH'):
        raise Skip('it takes a minute; SOLCO_TEST_THOROUGH is not set')
    drive = Drive(work, 'cd-r-80')
    file = write(work / 'file', noise(3000000, 'file'))
    command = [RECORDER, '--medium', 'cd-r-80', *drive.backing, '--sleep-divisor', '50', '--fault',
               'hang=300,op=write,after=5', '--', PROGRAM, 'burn', '--json', file]
    begin = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as burn:
        time.sleep(3)
        burn.send_signal(signal.SIGINT)
        told = json.loads(burn.communicate(timeout=120)[0])
    assert burn.returncode == EXIT_CODES['CANCELLED'], burn.returncode
    assert told['error']['code'] == 'CANCELLED', told
    assert 55 < time.monotonic() - begin < 75, time.monotonic() - begin


if __name__ == '__main__':
    main()
