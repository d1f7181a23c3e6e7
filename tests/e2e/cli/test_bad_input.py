#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input gets an error of its own, and the sessions that are there stay unharmed."""
import json
import os
import pathlib
import shutil
import subprocess
import time

from support import (BLOCK_BYTES, EXIT_CODES, PROGRAM, assert_same, cli, cli_json,
                     expect_error, extract_with_solco, extract_with_xorriso, hash_file, main,
                     make_folder, need, noise, on, paths, run, snapshot, test, write)


def make_image(work, name='disc.iso', **options):
    folder = make_folder(work / f'folder of {name}', **options)
    image = work / name
    cli('burn', *on(image), '--size', 'cd650', '--map', f'/={folder}', '--label', 'GOOD')
    return image, folder


def assert_unharmed(image, digest):
    assert hash_file(image) == digest, 'the image was changed'


@test
def nothing_staged(work):
    image, _ = make_image(work)
    digest = hash_file(image)
    expect_error('NOTHING_STAGED', 'burn', *on(image))
    expect_error('NOTHING_STAGED', 'plan', *on(image))
    expect_error('NOTHING_STAGED', 'burn', *on(work / 'new.iso'))
    assert not (work / 'new.iso').exists()
    assert_unharmed(image, digest)


@test
def a_source_that_is_not_there(work):
    image, _ = make_image(work)
    digest = hash_file(image)
    expect_error('SOURCE', 'burn', *on(image), work / 'absent')
    expect_error('SOURCE', 'burn', *on(image), '--map', f"/x={work / 'absent'}")
    expect_error('SOURCE', 'plan', *on(image), work / 'absent')
    assert_unharmed(image, digest)


@test
def a_new_disc_is_never_begun_over_sessions(work):
    image, _ = make_image(work)
    digest = hash_file(image)
    file = write(work / 'file', 'x')
    expect_error('BLANK_REQUIRED', 'burn', *on(image), '--new', file)
    expect_error('BLANK_REQUIRED', 'plan', *on(image), '--new', file)
    assert_unharmed(image, digest)
    result = cli_json('burn', *on(image), '--new', '--erase', file)
    assert result['session'] == 1 and len(result['sessions']) == 1, result
    assert sorted(paths(cli_json('list', *on(image)))) == ['/SHA256SUMS', '/file']


@test
def names_that_are_taken(work):
    image, _ = make_image(work)
    digest = hash_file(image)
    one, two = write(work / 'one' / 'same', '1'), write(work / 'two' / 'same', '2')
    expect_error('NAME_EXISTS', 'burn', *on(image), one, two)
    expect_error('NAME_EXISTS', 'plan', *on(image), one, two)
    expect_error('NAME_EXISTS', 'burn', *on(image), '--on-conflict', 'fail',
                 '--map', f'/folder 0/file 0.bin={one}')
    expect_error('NAME_EXISTS', 'burn', *on(image),
                 '--rename', '/folder 0/file 0.bin=file 3.bin')
    expect_error('NAME_EXISTS', 'burn', *on(image), '--map', f'/folder 0/file 3.bin/x={one}')
    assert_unharmed(image, digest)
    cli('burn', *on(image), '--on-conflict', 'rename', one, two)
    names = paths(cli_json('list', *on(image)))
    assert '/same' in names and '/same (2)' in names, names.keys()


@test
def names_that_no_disc_can_hold(work):
    image, _ = make_image(work)
    digest = hash_file(image)
    file = write(work / 'file', 'x')
    for name in ('a/b', '..', 'line\nbreak', 'x' * 256, b'\xff\xfe'):
        option = b'/folder 0/file 0.bin=' + os.fsencode(name)
        expect_error('BAD_NAME', 'burn', *on(image), '--rename', option)
    expect_error('BAD_NAME', 'burn', *on(image), '--map', f'/tab\there={file}')
    expect_error('BAD_NAME', 'burn', *on(image), '/')
    assert_unharmed(image, digest)
    # Found in a folder, such names are told, and their content is not lost without a word.
    bad = os.fsencode(work / 'in') + b'/not \xff valid'
    (work / 'in').mkdir()
    with open(bad, 'wb') as stream:
        stream.write(b'content')
    result = cli_json('burn', *on(image), work / 'in', code=EXIT_CODES['PROBLEMS'])
    assert 'NAME_INVALID' in [p['kind'] for p in result['problems']], result


@test
def what_is_not_on_the_disc(work):
    image, _ = make_image(work)
    digest = hash_file(image)
    expect_error('NOT_FOUND', 'burn', *on(image), '--remove', '/absent')
    expect_error('NOT_FOUND', 'burn', *on(image), '--rename', '/absent=other')
    expect_error('NOT_FOUND', 'list', *on(image), '/absent')
    expect_error('NOT_FOUND', 'list', *on(image), '--session', '2')
    expect_error('NOT_FOUND', 'verify', *on(image), '--session', '7')
    expect_error('NOT_FOUND', 'extract', *on(image), '--to', work / 'out', '/absent')
    assert_unharmed(image, digest)


@test
def too_much_is_refused_with_the_amount(work):
    image, _ = make_image(work)
    digest = hash_file(image)
    big = work / 'big.bin'
    with open(big, 'wb') as stream:
        stream.truncate(700 << 20)
    for verb in ('plan', 'burn'):
        told = expect_error('DISC_FULL', verb, *on(image), big)
        assert told['fits'] is False, told
        assert told['remaining_now_blocks'] < 0, told
        assert told['need_blocks'] - told['free_blocks'] == -told['remaining_now_blocks'], told
    assert_unharmed(image, digest)
    expect_error('DISC_FULL', 'burn', '--size', '1048576', *on(work / 'new.iso'), big)
    assert not (work / 'new.iso').exists()
    finished = cli('burn', *on(image), big, code=EXIT_CODES['DISC_FULL'])
    assert b'MiB' in finished.stdout + finished.stderr, finished


@test
def a_label_that_is_cut_is_told(work):
    file = write(work / 'file', 'x')
    result = cli_json('plan', *on(work / 'disc.iso'), '--label',
                      'A label that no disc can hold in full', file)
    assert 'LABEL_SHORTENED' in [p['kind'] for p in result['problems']], result
    result = cli_json('plan', *on(work / 'disc.iso'), '--label', 'SHORT', file)
    assert 'LABEL_SHORTENED' not in [p['kind'] for p in result['problems']], result


@test
def targets_that_are_no_image_files(work):
    file = write(work / 'file', 'x')
    (work / 'folder').mkdir()
    os.mkfifo(work / 'pipe')
    expect_error('NOT_AN_IMAGE', 'burn', *on(work / 'folder'), file)
    expect_error('NOT_AN_IMAGE', 'burn', *on(work / 'pipe'), file)
    expect_error('NOT_AN_IMAGE', 'list', *on(work / 'pipe'))
    expect_error('NOT_ACCESSIBLE', 'burn', *on(work / 'absent' / 'disc.iso'), file)
    expect_error('NO_RECORDER', 'info', '--recorder', '/dev/there-is-none')
    text = write(work / 'text', 'This is no image.\n' * 5000)
    digest = hash_file(text)
    expect_error('NOT_AN_IMAGE', 'burn', *on(text), file)
    expect_error('NOT_AN_IMAGE', 'list', *on(text))
    assert hash_file(text) == digest
    expect_error('NOT_AN_IMAGE', 'burn-image', *on(work / 'target.iso'), text)
    assert not (work / 'target.iso').exists()


@test
def an_image_that_may_not_be_written(work):
    image, _ = make_image(work)
    digest = hash_file(image)
    work.chmod(0o755)
    file = write(work / 'file', 'x')
    image.chmod(0o444)
    user = {}
    if os.getuid() == 0:
        user = {'user': 65534, 'group': 65534, 'extra_groups': []}
    expect_error('NOT_ACCESSIBLE', 'burn', *on(image), file, **user)
    # In a folder where nothing may be made.
    (work / 'closed').mkdir(mode=0o555)
    expect_error('NOT_ACCESSIBLE', 'burn', *on(work / 'closed' / 'disc.iso'), file, **user)
    assert_unharmed(image, digest)


@test
def truncated_and_damaged_images(work):
    image, folder = make_image(work)
    file = write(work / 'file', 'x')
    whole = image.read_bytes()
    short = write(work / 'short.iso', whole[:len(whole) * 2 // 3])
    digest = hash_file(short)
    expect_error('DISC_DAMAGED', 'burn', *on(short), file)
    assert cli_json('info', *on(short))['damage'] == 'truncated'
    assert hash_file(short) == digest
    expect_error('DISC_DAMAGED', 'burn', *on(write(work / 'tiny.iso', whole[:40 * BLOCK_BYTES])),
                 file)
    # The tree's blocks are gone, while the descriptors look well.
    broken = bytearray(whole)
    for descriptor in (16, 17):
        start = descriptor * BLOCK_BYTES + 158
        root = int.from_bytes(whole[start:start + 4], 'little')
        broken[root * BLOCK_BYTES:(root + 6) * BLOCK_BYTES] = b'\xee' * (6 * BLOCK_BYTES)
    damaged = write(work / 'damaged.iso', bytes(broken))
    digest = hash_file(damaged)
    told = run(PROGRAM, 'burn', '--json', *on(damaged), file, check=False)
    assert told.json['error']['code'] in ('DISC_UNREADABLE', 'NOT_AN_IMAGE', 'DISC_DAMAGED'), told
    assert hash_file(damaged) == digest
    # Garbage in every size is refused, never a crash.
    for n_bytes in (0, 1, 2047, 2048, 32768, 34816, 65536, 70000):
        garbage = write(work / 'garbage', noise(n_bytes, n_bytes))
        finished = run(PROGRAM, 'list', *on(garbage), check=False)
        assert finished.code in range(10, 39), (n_bytes, finished)
    assert_same(snapshot(extract_with_solco(image, work / 'out')), snapshot(folder), 'the good one')


@test
def a_udf_image_is_told_for_what_it_is(work):
    """Hand made: the volume recognition sequence of ECMA-167 and no ISO 9660 descriptor."""
    image = work / 'udf.iso'
    data = bytearray(512 * BLOCK_BYTES)
    for number, name in enumerate((b'BEA01', b'NSR02', b'TEA01')):
        start = (16 + number) * BLOCK_BYTES
        data[start + 1:start + 6] = name
        data[start + 6] = 1
    write(image, bytes(data))
    assert cli_json('info', *on(image))['content'] == 'udf'
    file = write(work / 'file', 'x')
    digest = hash_file(image)
    told = run(PROGRAM, 'burn', '--json', *on(image), file, check=False)
    assert told.json['error']['code'] in ('NOT_AN_IMAGE', 'WRONG_MEDIUM_TYPE'), told
    assert hash_file(image) == digest


@test
def an_image_that_is_larger_than_the_chosen_size(work):
    need('genisoimage')
    write(work / 'in' / 'file', noise(3 << 20, 'large'))
    run('genisoimage', '-quiet', '-R', '-o', work / 'source.iso', work / 'in')
    told = expect_error('DISC_FULL', 'burn-image', *on(work / 'target.iso'), '--size', '2097152',
                        work / 'source.iso')
    assert told['need_blocks'] > told['free_blocks'], told
    assert not (work / 'target.iso').exists()
    image, _ = make_image(work)
    digest = hash_file(image)
    expect_error('BLANK_REQUIRED', 'burn-image', *on(image), work / 'source.iso')
    assert_unharmed(image, digest)
    expect_error('SOURCE', 'burn-image', *on(work / 'target.iso'), work / 'absent.iso')


def burn_while(work, size, change):
    """Burns a large file and a late one, to which @change is done as soon as bytes arrive."""
    user = {}
    if os.getuid() == 0:
        # root may read everything, so that another user burns.
        user = {'user': 65534, 'group': 65534, 'extra_groups': []}
        work.chmod(0o777)
    image = work / 'disc.iso'
    cli('burn', *on(image), write(work / 'old', 'old'), **user)
    before = image.stat().st_size
    tree = work / 'in'
    write(tree / 'a large one', b'')
    with open(tree / 'a large one', 'r+b') as stream:
        stream.truncate(size)
    late = write(tree / 'z late', noise(200000, 'late'))
    with subprocess.Popen([PROGRAM, 'burn', '--json', *on(image), '--map', f'/in={tree}'],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, **user) as burn:
        deadline = time.monotonic() + 60
        while (image.stat().st_size < before + (1 << 20) and burn.poll() is None
               and time.monotonic() < deadline):
            time.sleep(0.001)
        assert burn.poll() is None, 'it was over before the source could be changed'
        change(late)
        output, errors = burn.communicate(timeout=120)
    return image, burn.returncode, output, errors


def expect_problem(work, kind, change):
    image, code, output, errors = burn_while(work, 300 << 20, change)
    assert code == EXIT_CODES['PROBLEMS'], (code, output[-2000:], errors)
    result = json.loads(output)
    serious = [(p['kind'], p['path']) for p in result['problems'] if p['serious']]
    assert len(serious) == 1 and serious[0][0] == kind, serious
    assert serious[0][1].endswith('z late'), serious
    assert result['session'] == 2, result
    out = extract_with_xorriso(image, work / 'out')
    run('sha256sum', '--strict', '--quiet', '-c', 'SHA256SUMS', cwd=out)
    assert (out / 'old').read_bytes() == b'old'
    assert (out / 'in' / 'z late').stat().st_size == 200000


@test
def a_source_that_vanishes_while_burning(work):
    need('xorriso')
    expect_problem(work, 'SOURCE_VANISHED', pathlib.Path.unlink)


@test
def a_source_that_shrinks_while_burning(work):
    need('xorriso')
    expect_problem(work, 'SOURCE_SHRANK', lambda path: os.truncate(path, 1000))


@test
def a_source_that_grows_while_burning(work):
    need('xorriso')

    def grow(path):
        with open(path, 'ab') as stream:
            stream.write(b'more')

    expect_problem(work, 'SOURCE_GREW', grow)


@test
def a_source_that_turns_unreadable_while_burning(work):
    need('xorriso')
    expect_problem(work, 'SOURCE_UNREADABLE', lambda path: path.chmod(0))


@test
def a_head_that_is_zeroed_is_recognised_and_mended(work):
    need('xorriso')
    image, folder = make_image(work)
    cli('burn', *on(image), write(work / 'second', '2'))
    shutil.copy(work / 'second', folder / 'second')
    with open(image, 'r+b') as stream:
        stream.seek(16 * BLOCK_BYTES)
        stream.write(bytes(16 * BLOCK_BYTES))
    digest = hash_file(image)
    information = cli_json('info', *on(image))
    assert information['damage'] == 'head', information
    assert [s['number'] for s in information['sessions']] == [1, 2], information
    assert_same(snapshot(extract_with_solco(image, work / 'out')), snapshot(folder), 'unmended')
    file = write(work / 'third', '3')
    refused = expect_error('DISC_DAMAGED', 'burn', *on(image), file)
    assert 'The first blocks are damaged' in refused['error']['text'], refused
    planned = cli_json('plan', '--finish', *on(image), file)
    assert_unharmed(image, digest)
    shutil.copy(image, work / 'other.iso')

    cli('mend', *on(image))
    assert cli_json('info', *on(image))['damage'] == 'none'
    assert_same(snapshot(extract_with_xorriso(image, work / 'out2')), snapshot(folder), 'mended')

    burned = cli_json('burn', '--mend', *on(work / 'other.iso'), file)
    assert burned['image_blocks'] == planned['image_blocks'], (burned, planned)
    shutil.copy(file, folder / 'third')
    assert_same(snapshot(extract_with_xorriso(work / 'other.iso', work / 'out3')),
                snapshot(folder), 'mended by burn')


@test
def verification_names_the_files_that_differ(work):
    image, _ = make_image(work)
    entries = paths(cli_json('list', *on(image)))
    victim = entries['/folder 2/file 11.bin']
    with open(image, 'r+b') as stream:
        stream.seek((victim['start_block'] + 1) * BLOCK_BYTES)
        stream.write(b'damage')
    told = expect_error('VERIFY_FAILED', 'verify', *on(image), '--mode', 'full')
    named = [p['path'] for p in told['problems'] if p['kind'] == 'MISMATCH']
    # The session's own checksum covers the file, too.
    assert sorted(named) == ['/', '/folder 2/file 11.bin'], told['problems']


@test
def originals_are_compared(work):
    image, folder = make_image(work)
    options = [*on(image), '--mode', 'originals', '--map', f'/={folder}']
    assert cli_json('verify', *options)['verified'] is True
    write(folder / 'folder 0' / 'file 3.bin', b'edited')
    (folder / 'folder 1' / 'file 4.bin').write_bytes(noise(2049, 'other'))
    write(folder / 'extra', 'not burned')
    told = expect_error('VERIFY_FAILED', 'verify', *options)
    found = sorted((p['kind'], p['path']) for p in told['problems'] if p['serious'])
    assert found == [('NOT_ON_DISC', '/extra'), ('ORIGINAL_DIFFERS', '/folder 0/file 3.bin'),
                     ('ORIGINAL_DIFFERS', '/folder 1/file 4.bin')], found


@test
def extraction_never_replaces_what_is_there(work):
    image, folder = make_image(work)
    write(work / 'out' / 'folder 0' / 'file 3.bin', 'mine')
    told = cli_json('extract', *on(image), '--to', work / 'out', code=EXIT_CODES['PROBLEMS'])
    clashes = [p['path'] for p in told['problems'] if p['kind'] == 'NAME_CLASH']
    assert clashes == ['/folder 0/file 3.bin'], told['problems']
    assert (work / 'out' / 'folder 0' / 'file 3.bin').read_bytes() == b'mine'
    cli('extract', *on(image), '--to', work / 'out', '--overwrite')
    assert_same(snapshot(work / 'out'), snapshot(folder), 'overwritten')
    expect_error('DESTINATION', 'extract', *on(image), '--to', write(work / 'file', 'x'))


@test
def project_files_that_cannot_be_read(work):
    image, _ = make_image(work)
    digest = hash_file(image)
    expect_error('SOURCE', 'burn', *on(image), '--project', work / 'absent.solco')
    expect_error('PROJECT_INVALID', 'burn', *on(image), '--project',
                 write(work / 'bad.solco', 'no project'))
    expect_error('PROJECT_INVALID', 'burn', *on(image), '--project',
                 write(work / 'noise.solco', noise(5000, 'project')))
    assert_unharmed(image, digest)


if __name__ == '__main__':
    main()
