#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The file system that holds the image is full, or takes no larger file, in the middle of a burn."""
import os
import resource
import shutil
import signal
import subprocess
import sys

from support import (EXIT_CODES, PROGRAM, Skip, assert_same, cli, cli_json, expect_error,
                     extract_with_solco, extract_with_xorriso, hash_file, main, make_folder, need,
                     noise, on, run, snapshot, test, write)

# The program starts itself once more in a mount namespace of its own, where it can make small
# file systems that vanish with it.
INSIDE = 'SOLCO_TEST_NAMESPACE'


def enter_namespace():
    if os.environ.get(INSIDE):
        return
    for command in (['unshare', '-m'], ['unshare', '-rm']):
        if shutil.which(command[0]) is None:
            break
        probe = subprocess.run([*command, 'mount', '-t', 'tmpfs', 'none', '/mnt'], check=False,
                               capture_output=True)
        if probe.returncode == 0:
            os.environ[INSIDE] = '1'
            os.execvp(command[0], [*command, sys.executable, *sys.argv])


def small_file_system(work, size):
    if not os.environ.get(INSIDE):
        raise Skip('no file system can be mounted here')
    folder = work / 'small'
    folder.mkdir()
    run('mount', '-t', 'tmpfs', '-o', f'size={size},mode=755', 'none', folder)
    return folder


@test
def a_full_disk_leaves_the_old_session(work):
    need('xorriso')
    small = small_file_system(work, '8m')
    try:
        image = small / 'disc.iso'
        old = make_folder(work / 'old')
        # A size in bytes promises more room than the disk has.
        cli('burn', '--size', '100000000', *on(image), '--map', f'/={old}')
        write(small / 'filler', noise(3 << 20, 'filler'))
        big = write(work / 'big', noise(6 << 20, 'big'))
        expect_error('NO_SPACE', 'burn', *on(image), big)
        assert_same(snapshot(extract_with_xorriso(image, work / 'out')), snapshot(old), 'xorriso')
        assert_same(snapshot(extract_with_solco(image, work / 'out2')), snapshot(old), 'solco-cli')
        assert len(cli_json('info', *on(image))['sessions']) == 1
        # With room again, the append works.
        (small / 'filler').unlink()
        medium = write(work / 'medium', noise(1 << 20, 'medium'))
        cli('burn', *on(image), medium, '--verify', 'full')
    finally:
        run('umount', small)


@test
def a_new_image_on_a_full_disk_is_taken_away_again(work):
    small = small_file_system(work, '2m')
    try:
        big = write(work / 'big', noise(6 << 20, 'big'))
        expect_error('NO_SPACE', 'burn', '--size', '100000000', *on(small / 'disc.iso'), big)
        assert not (small / 'disc.iso').exists(), os.listdir(small)
        # Without a size the free space is the limit, and it is refused before anything is written.
        expect_error('DISC_FULL', 'burn', *on(small / 'disc.iso'), big)
        assert not (small / 'disc.iso').exists(), os.listdir(small)
    finally:
        run('umount', small)


@test
def a_file_size_limit_leaves_the_old_session(work):
    need('xorriso')
    image = work / 'disc.iso'
    old = make_folder(work / 'old')
    cli('burn', *on(image), '--map', f'/={old}')
    before = image.read_bytes()

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + (2 << 20),) * 2)

    big = write(work / 'big', noise(8 << 20, 'big'))
    finished = run(PROGRAM, 'burn', '--json', *on(image), big, check=False, preexec_fn=limit)
    assert finished.json['error']['code'] in ('NO_SPACE', 'CANNOT_WRITE'), finished
    assert finished.code == EXIT_CODES[finished.json['error']['code']], finished
    with open(image, 'rb') as stream:
        assert stream.read(len(before)) == before, 'the old session was touched'
    assert_same(snapshot(extract_with_xorriso(image, work / 'out')), snapshot(old), 'xorriso')


@test
def extracting_to_a_full_disk(work):
    small = small_file_system(work, '1m')
    try:
        image = work / 'disc.iso'
        cli('burn', *on(image), write(work / 'big', noise(4 << 20, 'big')))
        digest = hash_file(image)
        finished = run(PROGRAM, 'extract', '--json', *on(image), '--to', small / 'out',
                       check=False)
        assert finished.json['error']['code'] in ('NO_SPACE', 'DESTINATION'), finished
        assert hash_file(image) == digest
    finally:
        run('umount', small)


if __name__ == '__main__':
    enter_namespace()
    main()
