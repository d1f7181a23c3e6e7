#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sessions that Solco burns are read bit for bit by programs that share no code with it, and it
takes up images that other programs made."""
import shutil

from support import (address, assert_media_is_good, assert_same, check_manifest, cli, cli_json,
                     extract_with_bsdtar, extract_with_solco, extract_with_xorriso, hash_file,
                     isoinfo_read, main, make_folder, need, noise, on, paths, run, session_start,
                     snapshot, test, write, xorriso_sessions)


def burn_two_sessions(work):
    """An image with two sessions, and what each of them should show."""
    image = work / 'disc.iso'
    first = make_folder(work / 'first')
    cli('burn', *on(image), '--size', 'cd700', '--map', f'/={first}')

    second = work / 'second'
    shutil.copytree(first, second, symlinks=True)
    write(second / 'added.bin', noise(123457, 'added'))
    write(second / 'folder 1' / 'file 4.bin', noise(5000, 'replaced'))
    (second / 'folder 2' / 'file 2.bin').rename(second / 'folder 2' / 'renamed.bin')
    (second / 'folder 0' / 'file 3.bin').unlink()
    result = cli_json(
        'burn', *on(image), '--map', f'/added.bin={second}/added.bin',
        '--map', f'/folder 1/file 4.bin={second}/folder 1/file 4.bin',
        '--rename', '/folder 2/file 2.bin=renamed.bin', '--remove', '/folder 0/file 3.bin')
    assert result['session'] == 2, result
    return image, first, second


@test
def two_sessions_are_read_by_xorriso_bsdtar_and_solco(work):
    need('xorriso', 'bsdtar')
    image, first, second = burn_two_sessions(work)
    assert xorriso_sessions(image) == 2
    for session, expected in ((1, first), (2, second)):
        folder = extract_with_xorriso(image, work / f'xorriso{session}', session)
        assert_same(snapshot(folder), snapshot(expected), f'xorriso, session {session}')
        check_manifest(folder)
        folder = extract_with_solco(image, work / f'solco{session}', '--session', str(session))
        assert_same(snapshot(folder), snapshot(expected), f'solco-cli, session {session}')
        check_manifest(folder)
        cli('verify', *on(image), '--mode', 'full', '--session', str(session))
        cli('verify', *on(image), '--mode', 'quick', '--session', str(session))
    folder = extract_with_bsdtar(image, work / 'bsdtar')
    assert_same(snapshot(folder), snapshot(second), 'bsdtar')
    check_manifest(folder)


@test
def two_sessions_are_read_by_isoinfo_and_iso_info(work):
    need('isoinfo', 'iso-info', 'xorriso')
    image, first, second = burn_two_sessions(work)
    for session, expected in ((1, first), (2, second)):
        start = session_start(image, session)
        # Rock Ridge and Joliet are two directory trees: both have to lead to the same files.
        for tree in ('-R', '-J'):
            # It knows no UTF-8.
            names = run('isoinfo', '-i', image, '-T', str(start), tree,
                        '-f').stdout.decode('latin-1').splitlines()
            for path, what in snapshot(expected).items():
                if what[0] != 'file' or not path.isascii():
                    continue
                assert f'/{path}' in names, (session, tree, path, names)
                data = isoinfo_read(image, f'/{path}', start, tree)
                assert data == (expected / path).read_bytes(), (session, tree, path)
    listing = run('iso-info', '-f', '-i', image).text
    for path, what in snapshot(second).items():
        if what[0] == 'file':
            assert f'/{path}' in listing, (path, listing)
    assert 'file 3.bin' not in listing, listing


@test
def xorriso_vouches_for_every_checksum(work):
    need('xorriso')
    image, _, _ = burn_two_sessions(work)
    assert_media_is_good(image, 2)


@test
def an_md5_of_every_file_is_recorded_when_asked_for(work):
    need('xorriso')
    folder = make_folder(work / 'folder')
    image = work / 'disc.iso'
    cli('burn', *on(image), '--file-md5', folder)
    said = run('xorriso', '-md5', 'on', '-indev', address(image),
               '-check_md5_r', 'sorry', '/', '--').text
    assert 'File contents and their MD5 checksums match.' in said, said
    assert 'have no MD5' not in said, said
    assert_media_is_good(image, 1)


@test
def a_session_appended_by_xorriso_is_taken_up(work):
    need('xorriso')
    image, _, second = burn_two_sessions(work)
    write(work / 'more.bin', noise(70000, 'more'))
    run('xorriso', '-dev', address(image), '-md5', 'on', '-joliet', 'on',
        '-map', work / 'more.bin', '/more.bin', '-commit')
    third = work / 'third'
    shutil.copytree(second, third, symlinks=True)
    shutil.copy(work / 'more.bin', third / 'more.bin')
    information = cli_json('info', *on(image))
    assert [s['number'] for s in information['sessions']] == [1, 2, 3], information
    assert_same(snapshot(extract_with_solco(image, work / 'out3')), snapshot(third), 'session 3')

    # Now a fourth session of ours on top of that of xorriso.
    write(work / 'last.txt', 'last\n')
    cli('burn', *on(image), work / 'last.txt', '--verify', 'full')
    shutil.copy(work / 'last.txt', third / 'last.txt')
    assert xorriso_sessions(image) == 4
    for session, reader in ((4, extract_with_xorriso), (None, extract_with_xorriso)):
        folder = reader(image, work / f'out-{session}', session)
        assert_same(snapshot(folder), snapshot(third), f'xorriso, session {session}')
        check_manifest(folder)
    assert_media_is_good(image, 4)


@test
def xorriso_appends_to_a_session_of_ours(work):
    need('xorriso')
    image = work / 'disc.iso'
    folder = make_folder(work / 'folder')
    cli('burn', *on(image), '--map', f'/={folder}')
    write(work / 'new.bin', noise(9999, 'new'))
    run('xorriso', '-dev', address(image), '-md5', 'on',
        '-map', work / 'new.bin', '/new.bin', '-rm', '/folder 0/file 3.bin', '--', '-commit')
    shutil.copy(work / 'new.bin', folder / 'new.bin')
    (folder / 'folder 0' / 'file 3.bin').unlink()
    out = extract_with_xorriso(image, work / 'out')
    assert_same(snapshot(out), snapshot(folder), 'xorriso after its own append')
    assert_media_is_good(image, 2)


@test
def an_image_that_xorriso_began_is_grown(work):
    need('xorriso')
    image = work / 'disc.iso'
    folder = make_folder(work / 'folder')
    run('xorriso', '-outdev', address(image), '-md5', 'on', '-joliet', 'on', '-volid', 'THEIRS',
        '-map', folder, '/', '-commit')
    listing = paths(cli_json('list', *on(image)))
    assert '/Über uns – 日本語.txt' in listing, listing.keys()
    information = cli_json('info', *on(image))
    assert information['state'] == 'appendable' and information['label'] == 'THEIRS', information
    write(work / 'ours.bin', noise(40000, 'ours'))
    cli('burn', *on(image), work / 'ours.bin')
    shutil.copy(work / 'ours.bin', folder / 'ours.bin')
    assert xorriso_sessions(image) == 2
    out = extract_with_xorriso(image, work / 'out')
    assert_same(snapshot(out), snapshot(folder), 'grown image')
    check_manifest(out)
    assert cli_json('info', *on(image))['label'] == 'THEIRS'
    assert_media_is_good(image, 2)


def grow_plain(work, *command):
    image = work / 'plain.iso'
    folder = make_folder(work / 'folder')
    run(*command, '-o', image, folder)
    before = image.read_bytes()
    information = cli_json('info', *on(image))
    assert information['plain_image'] is True, information
    assert [s['number'] for s in information['sessions']] == [1], information
    assert_same(snapshot(extract_with_solco(image, work / 'before')), snapshot(folder),
                'plain image')
    write(work / 'grown.bin', noise(33333, 'grown'))
    result = cli_json('burn', *on(image), work / 'grown.bin')
    kinds = [p['kind'] for p in result['problems']]
    assert 'FIRST_STATE_LOST' in kinds, kinds
    shutil.copy(work / 'grown.bin', folder / 'grown.bin')
    for out in (extract_with_xorriso(image, work / 'xorriso'),
                extract_with_bsdtar(image, work / 'bsdtar'),
                extract_with_solco(image, work / 'solco')):
        assert_same(snapshot(out), snapshot(folder), f'grown plain image, {out.name}')
        check_manifest(out)
    # Only the head and what follows the old end may have changed.
    after = image.read_bytes()
    assert after[65536:len(before)] == before[65536:], 'old content was written over'


@test
def a_plain_image_of_mkisofs_is_opened_and_grown(work):
    need('xorriso', 'bsdtar')
    grow_plain(work, 'xorriso', '-as', 'mkisofs', '-R', '-J', '-joliet-long', '-V', 'PLAIN')


@test
def a_plain_image_of_genisoimage_is_opened_and_grown(work):
    need('genisoimage', 'xorriso', 'bsdtar')
    grow_plain(work, 'genisoimage', '-quiet', '-R', '-J', '-joliet-long', '-input-charset',
               'utf-8', '-V', 'PLAIN')


@test
def an_image_is_written_as_it_is(work):
    need('genisoimage')
    folder = make_folder(work / 'folder')
    run('genisoimage', '-quiet', '-R', '-o', work / 'source.iso', folder)
    image = work / 'copy.iso'
    result = cli_json('burn-image', *on(image), work / 'source.iso')
    assert result['verified'] is True, result
    size = (work / 'source.iso').stat().st_size
    with open(image, 'rb') as stream:
        assert stream.read(size) == (work / 'source.iso').read_bytes()
    assert_same(snapshot(extract_with_solco(image, work / 'out')), snapshot(folder), 'the copy')


@test
def many_sessions_stay_readable_one_by_one(work):
    need('xorriso')
    image = work / 'disc.iso'
    hashes = {}
    for number in range(1, 7):
        path = write(work / f'{number}.bin', noise(number * 30000, number))
        hashes[number] = hash_file(path)
        cli('burn', *on(image), path)
    assert xorriso_sessions(image) == 6
    for session in range(1, 7):
        out = extract_with_xorriso(image, work / f'out{session}', session)
        found = snapshot(out)
        assert {k: v[2] for k, v in found.items()} == {
            f'{n}.bin': hashes[n] for n in range(1, session + 1)}, (session, found)
        check_manifest(out)
        listing = cli_json('list', *on(image), '--session', str(session))
        assert sorted(paths(listing)) == sorted(
            ['/SHA256SUMS'] + [f'/{n}.bin' for n in range(1, session + 1)]), listing
    # Each session's own files stand in it.
    entries = paths(cli_json('list', *on(image)))
    assert [entries[f'/{n}.bin']['session'] for n in range(1, 7)] == [1, 2, 3, 4, 5, 6], entries
    assert_media_is_good(image, 6)


if __name__ == '__main__':
    main()
