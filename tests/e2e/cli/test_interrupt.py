#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whenever an append is cancelled or killed, the old sessions stay readable: for Solco, and for a
program that shares no code with it. SOLCO_TEST_POINTS sets at how many moments (50)."""
import json
import os
import shutil
import signal
import subprocess
import time

from support import (EXIT_CODES, PROGRAM, address, assert_media_is_good, assert_same, cli,
                     cli_json, extract_with_xorriso, hash_file, main, make_folder, need, noise, on,
                     paths, run, snapshot, test, write)

POINTS = int(os.environ.get('SOLCO_TEST_POINTS', '50'))


class Bench:
    """An image with one session, and what an append would make of it."""

    def __init__(self, work):
        need('xorriso')
        self.work = work
        self.base = work / 'base.iso'
        self.old = make_folder(work / 'old')
        cli('burn', *on(self.base), '--map', f'/={self.old}')
        self.base_bytes = self.base.read_bytes()
        self.new = work / 'new'
        shutil.copytree(self.old, self.new, symlinks=True)
        for number in range(8):
            write(self.new / 'added' / f'{number}.bin', noise(1 << 20, f'added{number}'))
        write(self.new / 'folder 1' / 'file 4.bin', b'replaced')
        self.expected = {1: snapshot(self.old), 2: snapshot(self.new)}
        self.image = work / 'disc.iso'
        self.duration_s = min(self.append() for _ in range(3))

    def command(self, image=None):
        return [PROGRAM, 'burn', '--json', *on(image or self.image), '--map',
                f"/added={self.new / 'added'}", '--map',
                f"/folder 1/file 4.bin={self.new / 'folder 1' / 'file 4.bin'}"]

    def append(self):
        shutil.copy(self.base, self.image)
        begin = time.monotonic()
        run(*self.command())
        return time.monotonic() - begin

    def moments(self):
        """Half of them over the whole run, half over its end, where the head is written."""
        first = (POINTS + 1) // 2
        for number in range(first):
            yield self.duration_s * (number + 0.5) / first
        for number in range(POINTS - first):
            yield self.duration_s * (0.6 + 0.5 * (number + 0.5) / (POINTS - first))

    def interrupt(self, moment, number):
        shutil.copy(self.base, self.image)
        with subprocess.Popen(self.command(), stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as burn:
            try:
                output, errors = burn.communicate(timeout=moment)
            except subprocess.TimeoutExpired:
                burn.send_signal(number)
                output, errors = burn.communicate(timeout=60)
        return burn.returncode, output, errors

    def check(self, moment, told):
        """Session 1 is there; if the second one is not whole, the disc does not show it. @told:
        how many sessions the program has said there are, None if it could say nothing."""
        where = f'at {moment:.3f} of {self.duration_s:.3f} s'
        toc = run('xorriso', '-indev', address(self.image), '-toc', check=False)
        sessions = sum(line.startswith('ISO session') for line in toc.text.splitlines())
        assert sessions in (1, 2), (where, str(toc))
        if told is not None:
            assert sessions == told, (where, told, str(toc))
        seen = [s['number'] for s in cli_json('info', *on(self.image))['sessions']]
        assert seen == list(range(1, sessions + 1)), (where, seen, sessions)
        listing = paths(cli_json('list', *on(self.image), '--session', '1'))
        assert set(listing) - {'/SHA256SUMS'} == {f'/{p}' for p in self.expected[1]}, where
        # Nothing of the first session's blocks has been touched.
        with open(self.image, 'rb') as stream:
            data = stream.read(len(self.base_bytes))
        assert data[65536:] == self.base_bytes[65536:], f'{where}: old blocks were changed'
        return sessions

    def check_content(self, sessions):
        for session in range(1, sessions + 1):
            out = self.work / 'out'
            extract_with_xorriso(self.image, out, session)
            assert_same(snapshot(out), self.expected[session], f'session {session}')
            shutil.rmtree(out)


def interrupt_everywhere(work, number):
    bench = Bench(work)
    outcomes = {1: 0, 2: 0}
    cancelled = 0
    for point, moment in enumerate(bench.moments()):
        code, output, errors = bench.interrupt(moment, number)
        told = None
        if number == signal.SIGINT:
            assert code in (0, EXIT_CODES['CANCELLED'], -signal.SIGINT), (
                code, output[-500:], errors)
            # Before the program has set up anything, the signal just ends it.
            told = 1
            if code >= 0:
                # Cancelled after the commit, it says that the new session is there.
                told = len(json.loads(output).get('sessions', [None]))
                assert code == EXIT_CODES['CANCELLED'] or told == 2, output
            else:
                assert output == b'', output
        sessions = bench.check(moment, told)
        outcomes[sessions] += 1
        cancelled += code == EXIT_CODES['CANCELLED']
        if point % 5 == 0 or sessions == 2:
            bench.check_content(sessions)
        if point % 10 == 0:
            # What was left behind can be appended to as if nothing had happened.
            if sessions == 1:
                run(*bench.command())
            bench.check_content(2)
            assert_media_is_good(bench.image, 2)
    print(f'# {outcomes[1]} times only the old session, {outcomes[2]} times both, '
          f'{cancelled} times reported as cancelled', flush=True)
    assert outcomes[1] > 0, 'no append was interrupted in time'
    return cancelled


@test
def cancelling_an_append_keeps_the_old_sessions(work):
    cancelled = interrupt_everywhere(work, signal.SIGINT)
    assert cancelled > 0, 'the program never said that it was cancelled'


@test
def killing_an_append_keeps_the_old_sessions(work):
    interrupt_everywhere(work, signal.SIGKILL)


@test
def every_polite_signal_cancels(work):
    tree = work / 'in'
    write(tree / 'file', b'')
    os.truncate(tree / 'file', 1 << 30)
    image = work / 'disc.iso'
    cli('burn', *on(image), write(work / 'old', 'old'))
    digest = hash_file(image)
    size = image.stat().st_size
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        with subprocess.Popen([PROGRAM, 'burn', '--json', *on(image), tree],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE) as burn:
            deadline = time.monotonic() + 60
            while image.stat().st_size < size + (1 << 20) and time.monotonic() < deadline:
                assert burn.poll() is None, burn.communicate()
                time.sleep(0.002)
            begin = time.monotonic()
            burn.send_signal(number)
            output, errors = burn.communicate(timeout=60)
        assert burn.returncode == EXIT_CODES['CANCELLED'], (number, output, errors)
        assert b'"CANCELLED"' in output, output
        assert time.monotonic() - begin < 10, 'cancelling took too long'
        with open(image, 'rb') as stream:
            data = stream.read(size)
        os.truncate(image, size)
        assert hash_file(image) == digest and len(data) == size, 'the old session was touched'


if __name__ == '__main__':
    main()
