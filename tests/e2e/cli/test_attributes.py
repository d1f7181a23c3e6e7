#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a file is beside its bytes: times, names, links, permissions, holes; and its size."""
import calendar
import hashlib
import os
import socket
import stat
import subprocess
import time

from support import (Skip, address, assert_media_is_good, assert_same, check_manifest,
                     cli, cli_json, extract_with_bsdtar, extract_with_solco, extract_with_xorriso,
                     hash_file, main, need, noise, on, paths, run, snapshot, test, write)

SECTOR = 2048


def descriptors(image):
    """First block of the root folder by descriptor type (1 plain ISO 9660, 2 Joliet)."""
    found = {}
    with open(image, 'rb') as stream:
        for block in range(16, 32):
            stream.seek(block * SECTOR)
            data = stream.read(SECTOR)
            if data[1:6] != b'CD001' or data[0] == 255:
                break
            found[data[0]] = (int.from_bytes(data[158:162], 'little'),
                              int.from_bytes(data[166:170], 'little'))
    return found


def directory_times(image, kind):
    """Raw names of the root folder's files → seconds since 1970, from the directory records."""
    block, size = descriptors(image)[kind]
    times = {}
    with open(image, 'rb') as stream:
        stream.seek(block * SECTOR)
        data = stream.read(size)
    for start in range(0, size, SECTOR):
        position = start
        while position < start + SECTOR and data[position] > 0:
            record = data[position:position + data[position]]
            year, month, day, hour, minute, second, zone = record[18:25]
            zone = zone - 256 if zone > 127 else zone
            name = record[33:33 + record[32]]
            moment = time.struct_time((1900 + year, month, day, hour, minute, second, 0, 0, 0))
            times[name] = calendar.timegm(moment) - zone * 15 * 60
            position += data[position]
    return times


@test
def modification_times_survive_to_the_second(work):
    need('xorriso')
    times = {'a.txt': 1000000007, 'b.txt': 1234567891, 'c.txt': 1700000001}
    for name, moment in times.items():
        write(work / 'in' / name, name, mtime=moment)
    os.utime(work / 'in', (1111111111, 1111111111))
    image = work / 'disc.iso'
    cli('burn', *on(image), '--map', f"/={work / 'in'}", env={**os.environ, 'TZ': 'Asia/Kolkata'})
    write(work / 'late.txt', 'late', mtime=1600000003)
    cli('burn', *on(image), work / 'late.txt', env={**os.environ, 'TZ': 'America/New_York'})
    times['late.txt'] = 1600000003

    out = extract_with_xorriso(image, work / 'out')
    plain = directory_times(image, 1)
    joliet = directory_times(image, 2)
    listing = paths(cli_json('list', *on(image)))
    ours = extract_with_solco(image, work / 'ours')
    for name, moment in times.items():
        assert int((out / name).stat().st_mtime) == moment, ('Rock Ridge', name)
        assert int((ours / name).stat().st_mtime) == moment, ('extracted', name)
        assert listing[f'/{name}']['mtime'] == moment, ('listed', name)
        iso_name = (name.upper() + ';1').encode()
        found = plain.get(iso_name, plain.get(iso_name[:-2]))
        assert found == moment, ('ISO 9660', name, plain)
        joliet_name = name.encode('utf-16-be')
        found = joliet.get(joliet_name, joliet.get(joliet_name + ';1'.encode('utf-16-be')))
        assert found == moment, ('Joliet', name, joliet)


@test
def links_permissions_and_empty_things_survive(work):
    need('xorriso', 'bsdtar')
    tree = work / 'in'
    write(tree / 'original.bin', noise(50000, 'original'), mode=0o640)
    os.link(tree / 'original.bin', tree / 'hard link.bin')
    write(tree / 'program', '#!/bin/sh\n', mode=0o755)
    write(tree / 'secret', 'x', mode=0o400)
    write(tree / 'empty file')
    (tree / 'empty folder').mkdir(mode=0o700)
    (tree / 'link').symlink_to('original.bin')
    (tree / 'link to nowhere').symlink_to('../nowhere/at all')
    (tree / 'link to folder').symlink_to('empty folder')
    image = work / 'disc.iso'
    result = cli_json('burn', *on(image), '--map', f'/={tree}', '--verify', 'full')
    assert result['verified'] is True, result
    assert 'SYMLINKS_NOT_IN_JOLIET' in [p['kind'] for p in result['problems']], result['problems']
    # Both names share one extent: the content is stored once.
    entries = paths(cli_json('list', *on(image)))
    assert (entries['/original.bin']['start_block']
            == entries['/hard link.bin']['start_block']), entries
    for folder in (extract_with_xorriso(image, work / 'xorriso'),
                   extract_with_solco(image, work / 'solco'),
                   extract_with_bsdtar(image, work / 'bsdtar')):
        assert_same(snapshot(folder), snapshot(tree), folder.name)
        check_manifest(folder)
        for name in ('original.bin', 'program', 'secret'):
            mode = stat.S_IMODE((folder / name).stat().st_mode)
            assert mode == stat.S_IMODE((tree / name).stat().st_mode), (folder, name, oct(mode))


@test
def links_that_no_disc_can_hold_are_left_out(work):
    write(work / 'in' / 'file', 'x')
    longest = '/'.join(['n' * 255] * 4)
    (work / 'in' / 'longest').symlink_to(longest)
    (work / 'in' / 'too long').symlink_to('n' * 256)
    image = work / 'disc.iso'
    result = cli_json('burn', *on(image), '--map', f"/={work / 'in'}", code=2)
    assert 'SYMLINK_INVALID' in [p['kind'] for p in result['problems']], result
    entries = paths(cli_json('list', *on(image)))
    assert sorted(entries) == ['/SHA256SUMS', '/file', '/longest'], entries
    assert entries['/longest']['link_target'] == longest, entries
    # And it can be appended to.
    cli_json('burn', *on(image), '--map', f"/more={work / 'in' / 'file'}")


@test
def symlinks_can_be_followed_or_left_out(work):
    write(work / 'elsewhere' / 'file.txt', 'content')
    (work / 'in').mkdir()
    (work / 'in' / 'link').symlink_to(work / 'elsewhere' / 'file.txt')
    (work / 'in' / 'up').symlink_to('.')
    write(work / 'in' / 'file', 'x')
    followed = work / 'followed.iso'
    result = cli_json('burn', *on(followed), '--symlinks', 'follow', '--map', f"/={work / 'in'}")
    assert [p['kind'] for p in result['problems']] == ['SYMLINK_LOOP'], result
    entries = paths(cli_json('list', *on(followed)))
    assert entries['/link']['kind'] == 'file' and entries['/link']['size_bytes'] == 7, entries
    skipped = work / 'skipped.iso'
    result = cli_json('burn', *on(skipped), '--symlinks', 'skip', '--map', f"/={work / 'in'}")
    assert sorted(p['kind'] for p in result['problems']) == ['SYMLINK_SKIPPED'] * 2, result
    assert sorted(paths(cli_json('list', *on(skipped)))) == ['/SHA256SUMS', '/file']


@test
def names_of_255_bytes_survive(work):
    need('xorriso', 'bsdtar')
    names = ['a' * 251 + '.txt', 'é' * 125 + '.text', '日' * 83 + '.bin',
             '日' * 83 + '.txt', '📀' * 62 + '.iso', ' leading and trailing ', 'semi;colon',
             'back\\slash', "quote'\"", '-dash', 'per%cent', 'CON', 'a' * 200 + '1', 'a' * 200 + '2']
    for name in names:
        write(work / 'in' / name, name)
    for number, environment in enumerate(({}, {'LC_ALL': 'C', 'LANG': 'C'})):
        image = work / f'disc{number}.iso'
        cli_json('burn', *on(image), '--map', f"/={work / 'in'}",
                 env={**os.environ, **environment})
        for folder in (extract_with_xorriso(image, work / f'xorriso{number}'),
                       extract_with_solco(image, work / f'solco{number}')):
            assert_same(snapshot(folder), snapshot(work / 'in'), f'{folder.name} {environment}')
            check_manifest(folder)
        # bsdtar needs a UTF-8 locale to write such names.
        out = work / f'bsdtar{number}'
        out.mkdir()
        run('bsdtar', '-C', out, '-xf', image, env={**os.environ, 'LC_ALL': 'C.UTF-8'})
        assert_same(snapshot(out), snapshot(work / 'in'), f'bsdtar {environment}')


@test
def joliet_names_are_whole_under_the_c_locale(work):
    need('bsdtar')
    write(work / 'in' / 'Grüße 日本語.txt', 'x')
    image = work / 'disc.iso'
    cli('burn', *on(image), '--map', f"/={work / 'in'}", '--label', 'Füße',
        env={**os.environ, 'LC_ALL': 'C'})
    # Without Rock Ridge, bsdtar reads the Joliet tree.
    names = run('bsdtar', '--options', 'iso9660:!rockridge', '-tf', image,
                env={**os.environ, 'LC_ALL': 'C.UTF-8'}).text
    assert 'Grüße 日本語.txt' in names.splitlines(), names
    listing = cli('list', *on(image), env={**os.environ, 'LC_ALL': 'C'}).text
    assert 'Grüße 日本語.txt' in listing, listing


@test
def sparse_files_keep_their_content_and_count_in_full(work):
    need('xorriso')
    path = work / 'in' / 'sparse.bin'
    write(path, b'')
    with open(path, 'r+b') as stream:
        stream.truncate(20 << 20)
        for position in (5, 7 << 20, (20 << 20) - 1):
            stream.seek(position)
            stream.write(b'!')
    plan = cli_json('plan', '--size', 'cd700', *on(work / 'disc.iso'), '--map', f"/={work / 'in'}")
    assert plan['image_blocks'] >= 10240, plan
    cli('burn', *on(work / 'disc.iso'), '--map', f"/={work / 'in'}")
    out = extract_with_xorriso(work / 'disc.iso', work / 'out')
    assert hash_file(out / 'sparse.bin') == hash_file(path)


@test
def special_files_are_skipped_and_reported(work):
    tree = work / 'in'
    write(tree / 'file', 'x')
    os.mkfifo(tree / 'pipe')
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tree / 'socket'))
        result = cli_json('burn', *on(work / 'disc.iso'), '--map', f'/={tree}')
    skipped = sorted(p['path'] for p in result['problems'] if p['kind'] == 'SPECIAL_SKIPPED')
    assert [p.rsplit('/', 1)[1] for p in skipped] == ['pipe', 'socket'], result['problems']
    assert sorted(paths(cli_json('list', *on(work / 'disc.iso')))) == ['/SHA256SUMS', '/file']


@test
def hidden_and_excluded_files_are_left_out_and_told(work):
    tree = work / 'in'
    for name in ('seen.txt', '.hidden', 'junk.o', 'sub/more.o', 'sub/keep.c', '.dir/inside'):
        write(tree / name, name)
    image = work / 'disc.iso'
    result = cli_json('burn', *on(image), '--hidden', 'skip', '--exclude', '*.o',
                      '--map', f'/={tree}')
    kinds = sorted(p['kind'] for p in result['problems'])
    assert kinds == ['EXCLUDED', 'EXCLUDED', 'HIDDEN_SKIPPED', 'HIDDEN_SKIPPED'], result
    assert sorted(paths(cli_json('list', *on(image)))) == [
        '/SHA256SUMS', '/seen.txt', '/sub', '/sub/keep.c'], result


@test
def a_file_of_more_than_4_gib_is_read_back(work):
    need('xorriso', 'bsdtar')
    if os.environ.get('SOLCO_TEST_QUICK'):
        raise Skip('large files take too long here')
    status = os.statvfs(work)
    if status.f_bavail * status.f_frsize < 15 << 30:
        raise Skip('not enough disk space')
    size = (4 << 30) + 12345
    path = work / 'in' / 'large.bin'
    write(path, b'')
    with open(path, 'r+b') as stream:
        stream.truncate(size)
        for position in (0, 1 << 31, (4 << 30) - 3, size - 9):
            stream.seek(position)
            stream.write(b'solco')
    write(work / 'in' / 'small.bin', 'after it')
    image = work / 'disc.iso'
    result = cli_json('burn', *on(image), '--map', f"/={work / 'in'}", '--verify', 'quick')
    assert result['image_blocks'] > size // SECTOR, result
    entries = paths(cli_json('list', *on(image)))
    assert entries['/large.bin']['size_bytes'] == size, entries
    expected = hash_file(path)

    # bsdtar into a pipe, so that the disk is not filled twice.
    with subprocess.Popen(['bsdtar', '-xOf', image, 'large.bin'],
                          stdout=subprocess.PIPE) as reader:
        digest = hashlib.sha256()
        while chunk := reader.stdout.read(1 << 20):
            digest.update(chunk)
    assert reader.returncode == 0 and digest.hexdigest() == expected, 'bsdtar'
    run('xorriso', '-osirrox', 'on', '-indev', address(image), '-extract', '/large.bin',
        work / 'large.out')
    assert hash_file(work / 'large.out') == expected, 'xorriso'
    (work / 'large.out').unlink()
    assert_media_is_good(image, 1)


if __name__ == '__main__':
    main()
