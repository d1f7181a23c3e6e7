#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program as a terminal user and a script meet it: options, output, exit codes, documents."""
import errno
import fcntl
import json
import os
import pathlib
import pty
import re
import select
import struct
import subprocess
import termios
import time

from support import (EXIT_CODES, PROGRAM, cli, cli_json, expect_error, main, make_folder, need,
                     noise, on, paths, run, test, write)

VERBS = ('recorders', 'info', 'list', 'plan', 'burn', 'burn-image', 'erase', 'mend', 'eject',
         'extract', 'verify')
SOURCE = pathlib.Path(__file__).resolve().parents[3]
MANUAL = SOURCE / 'data' / 'solco-cli.1'
README = SOURCE / 'README.md'
BLOCK_KEYS = ('capacity_blocks', 'used_blocks', 'free_blocks', 'need_blocks', 'overhead_blocks',
              'remaining_now_blocks', 'remaining_after_overhead_blocks',
              'remaining_physical_blocks', 'physical_gap_blocks', 'next_writable_address',
              'lead_out_limit_address', 'further_sessions')


def options_of(verb):
    return re.findall(r'--([a-z0-9-]+)', cli(verb, '--help').text)


@test
def help_and_version(work):
    overview = cli('--help').text
    for verb in VERBS:
        assert re.search(rf'^  {verb} ', overview, re.MULTILINE), verb
        helped = cli(verb, '--help')
        assert f'solco-cli {verb}' in helped.text and '--json' in helped.text, helped
        assert helped.stderr == b'', helped
    for name, code in EXIT_CODES.items():
        if code >= 10:
            assert re.search(rf'^  {code}  {name} ', overview, re.MULTILINE), (name, code)
    assert re.fullmatch(r'solco-cli \d+\.\d+\.\d+\n', cli('--version').text)


@test
def wrong_use(work):
    file = write(work / 'file', 'x')
    image = on(work / 'disc.iso')
    for arguments in (
            ['nonsense'], ['burn', '--nonsense'], ['burn', *image, '--size', 'huge', file],
            ['burn', *image, '--size', '-5', file], ['burn', *image, '--verify', 'maybe', file],
            ['burn', *image, '--speed', 'fast', file], ['burn', *image, '--speed', '0x', file],
            ['burn', *image, '--map', f'relative={file}'], ['burn', *image, '--map', '/no-value'],
            ['burn', *image, '--map', f'/up/../x={file}'], ['burn', *image, '--remove', 'x'],
            ['burn', *image, '--on-conflict', 'guess', file], ['burn', *image, '--label', '', file],
            ['burn', *image, '--mend', '--new', file], ['burn', '--recorder', 'stdio:', file],
            ['burn-image', *image], ['burn-image', *image, file, file], ['info', *image, 'x'],
            ['erase', *image, '--mode', 'originals'], ['verify', *image, '--mode', 'fast'],
            ['verify', *image, file], ['verify', *image, '--mode', 'originals'],
            ['list', *image, '--session', '-1'], ['list', *image, '--session', 'two'],
            ['extract', *image], ['list', *image, 'relative']):
        plain = run(PROGRAM, *arguments, check=False)
        assert plain.code == EXIT_CODES['USAGE'], plain
        assert plain.stdout == b'' and plain.stderr.startswith(b'solco-cli: '), plain
        expect_error('USAGE', *arguments)
    assert run(PROGRAM, check=False).code == EXIT_CODES['USAGE']
    assert not (work / 'disc.iso').exists()


@test
def json_has_the_documented_keys(work):
    folder = make_folder(work / 'folder')
    image = on(work / 'disc.iso')
    blank = cli_json('info', *image, '--size', 'cd700')
    assert blank['state'] == 'blank' and blank['sessions'] == [], blank
    assert blank['exists'] is False and blank['image_file'] is True, blank
    assert blank['capacity_blocks'] == 359849, blank
    # The first session of an image begins at block 32: before it stands the head.
    assert blank['next_writable_address'] == 32 and blank['free_blocks'] == 359849 - 32, blank

    plan = cli_json('plan', *image, '--size', 'cd700', '--map', f'/={folder}')
    for key in BLOCK_KEYS + ('image_blocks',):
        assert isinstance(plan[key], int), key
    assert plan['fits'] is True and plan['problems'] == [], plan
    assert plan['overhead_blocks'] == 10752, plan
    assert plan['remaining_now_blocks'] == plan['free_blocks'] - plan['need_blocks'], plan
    assert plan['remaining_after_overhead_blocks'] == plan['remaining_now_blocks'] - 10752, plan
    assert not (work / 'disc.iso').exists(), 'plan has written something'

    burned = cli_json('burn', *image, '--size', 'cd700', '--map', f'/={folder}',
                      '--label', 'Test disc', '--verify', 'full')
    assert burned['image_blocks'] == plan['image_blocks'], (burned, plan)
    assert burned['session'] == 1 and burned['verified'] is True, burned
    assert burned['simulated'] is False and burned['written_blocks'] >= plan['image_blocks'], burned

    information = cli_json('info', *image)
    for key in BLOCK_KEYS:
        assert isinstance(information[key], int), key
    session, = information['sessions']
    assert session['number'] == 1 and session['start_block'] == 32, session
    assert session['label'] == information['label'] == 'Test disc', information
    assert abs(session['written'] - time.time()) < 600, session
    assert session['size_blocks'] == plan['image_blocks'], (session, plan)
    assert information['state'] == 'appendable' and information['content'] == 'iso9660'
    end = session['start_block'] + session['size_blocks']
    assert information['next_writable_address'] == (end + 31) // 32 * 32, information
    assert information['overhead_blocks'] == 5632, information
    assert information['capacity_blocks'] == 359849, 'the chosen size is forgotten'

    entries = paths(cli_json('list', *image))
    file = entries['/folder 0/file 3.bin']
    assert file['kind'] == 'file' and file['size_bytes'] == 2048 and file['session'] == 1, file
    assert file['mtime'] == 1500000003, file
    assert entries['/folder 0']['kind'] == 'directory', entries
    only = paths(cli_json('list', *image, '/folder 0'))
    assert '/folder 0/file 3.bin' in only and '/folder 1' not in only, only

    verified = cli_json('verify', *image, '--mode', 'full')
    assert verified['verified'] is True and verified['files'] >= 13, verified
    extracted = cli_json('extract', *image, '--to', work / 'out', '/folder 0')
    assert extracted['files'] == 4, extracted
    assert isinstance(cli_json('recorders')['recorders'], list)


@test
def a_plan_is_exact(work):
    image = on(work / 'disc.iso')
    for number in range(3):
        tree = make_folder(work / str(number), seed=number)
        plan = cli_json('plan', *image, tree)
        burned = cli_json('burn', *image, tree)
        assert plan['image_blocks'] == burned['image_blocks'], (number, plan, burned)
        last = burned['sessions'][-1]
        assert last['size_blocks'] == plan['image_blocks'], (number, plan, burned)


@test
def simulation_writes_nothing(work):
    file = write(work / 'file', noise(100000, 1))
    image = work / 'disc.iso'
    result = cli_json('burn', *on(image), '--simulate', file)
    assert result['simulated'] is True, result
    assert not image.exists() or image.stat().st_size == 0
    cli('burn', *on(image), file)
    before = image.read_bytes()
    assert cli_json('burn', *on(image), '--simulate', write(work / 'b', 'b'))['simulated'] is True
    assert image.read_bytes() == before


@test
def erasing_an_image(work):
    image = work / 'disc.iso'
    cli('burn', *on(image), '--size', 'cd650', write(work / 'file', noise(100000, 1)))
    for mode in ('fast', 'full'):
        said = cli('erase', *on(image), '--mode', mode)
        assert said.text, said
        information = cli_json('info', *on(image))
        assert information['state'] == 'blank' and information['sessions'] == [], information
        cli('burn', *on(image), work / 'file')
    expect_error('NOT_POSSIBLE', 'erase', *on(image), '--mode', 'format')
    assert len(cli_json('info', *on(image))['sessions']) == 1


@test
def ejecting_and_closing(work):
    image = work / 'disc.iso'
    file = write(work / 'file', 'x')
    result = cli_json('burn', *on(image), '--size', 'cd700', '--close', file)
    assert result['planned']['overhead_blocks'] == 0, result
    expect_error('NOT_POSSIBLE', 'eject', *on(image))


@test
def human_output_is_for_people(work):
    folder = make_folder(work / 'folder')
    image = on(work / 'disc.iso')
    plan = cli('plan', *image, '--size', 'cd700', '--map', f'/={folder}')
    assert 'MiB' in plan.text and plan.stderr == b'', plan
    burned = cli('burn', *image, '--size', 'cd700', '--map', f'/={folder}', '--verify', 'quick')
    # No progress line on a pipe.
    assert burned.stderr == b'' and b'\r' not in burned.stdout + burned.stderr, burned
    listed = cli('list', *image).text
    assert 'Über uns – 日本語.txt' in listed and '/folder 0/file 3.bin' in listed, listed
    for verb in ('info', 'list'):
        assert cli(verb, *image).stderr == b''
    assert 'recorder' in cli('recorders').text.lower()


@test
def names_cannot_play_with_the_terminal(work):
    need('xorriso')
    write(work / 'in' / 'evil\x1b[31mred\nline', 'x')
    run('xorriso', '-outdev', f"stdio:{work / 'disc.iso'}", '-map', work / 'in', '/', '-commit')
    listed = cli('list', *on(work / 'disc.iso'))
    assert b'\x1b' not in listed.stdout and b'\\033[31mred\\012line' in listed.stdout, listed
    assert '/evil\x1b[31mred\nline' in paths(cli_json('list', *on(work / 'disc.iso')))


def run_on_a_terminal(*arguments):
    """Output of the program with standard error on a terminal of 60 columns."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack('HHHH', 24, 60, 0, 0))
    shown = b''
    with subprocess.Popen([PROGRAM, *arguments], stderr=slave, stdout=subprocess.PIPE) as program:
        os.close(slave)
        while True:
            if select.select([master], [], [], 60)[0]:
                try:
                    data = os.read(master, 65536)
                except OSError as error:
                    if error.errno != errno.EIO:
                        raise
                    break
                if not data:
                    break
                shown += data
        output = program.stdout.read()
    os.close(master)
    return program.returncode, output, shown.decode()


@test
def a_progress_line_stands_on_a_terminal(work):
    tree = work / 'in'
    write(tree / 'file', noise(60 << 20, 'progress'))
    code, _, shown = run_on_a_terminal('burn', *on(work / 'disc.iso'), '--verify', 'full', tree)
    assert code == 0, shown
    lines = [line for line in re.split(r'[\r\n]+', shown.replace('\x1b[K', '')) if line.strip()]
    fractions = [int(m.group(1)) for m in (re.search(r'(\d+)\s?%', line) for line in lines) if m]
    assert fractions and max(fractions) <= 100, lines
    assert all(len(line) < 60 for line in lines), [len(line) for line in lines]
    # The line is taken away at the end.
    assert shown.endswith('\r\x1b[K'), repr(shown[-200:])
    code, output, shown = run_on_a_terminal('verify', '--json', *on(work / 'disc.iso'))
    assert code == 0 and shown == '' and json.loads(output)['verified'] is True, shown


@test
def a_closed_pipe_does_not_stop_a_burn(work):
    image = work / 'disc.iso'
    file = write(work / 'file', noise(3 << 20, 'pipe'))
    reader, writer = os.pipe()
    os.close(reader)
    burn = run(PROGRAM, 'burn', *on(image), file, check=False, stdout=writer)
    os.close(writer)
    assert burn.code == EXIT_CODES['OUTPUT'], burn.code
    assert '/file' in paths(cli_json('list', *on(image)))
    with open('/dev/full', 'wb') as full:
        assert run(PROGRAM, 'list', *on(image), check=False,
                   stdout=full).code == EXIT_CODES['OUTPUT']


@test
def closed_standard_streams_do_no_harm(work):
    """The image must never get the number of a stream that the program prints to."""
    image = work / 'disc.iso'
    file = write(work / 'file', noise(3 << 20, 'closed'))
    for closing in ('<&-', '>&-', '2>&-', '<&- >&- 2>&-'):
        run('sh', '-c', f'exec "$@" {closing}', 'sh', PROGRAM, 'burn', *on(image), '--erase', file,
            check=False)
        cli('verify', *on(image), '--mode', 'full')
        assert '/file' in paths(cli_json('list', *on(image)))


@test
def every_locale_gives_the_same_disc(work):
    tree = work / 'in'
    write(tree / 'Grüße – 日本語' / 'naïve.txt', 'x')
    listings = []
    for number, locale in enumerate(({'LC_ALL': 'C'}, {'LC_ALL': 'C.UTF-8'},
                                     {'LC_ALL': '', 'LANG': '', 'LANGUAGE': 'tlh'})):
        image = on(work / f'{number}.iso')
        environment = {**os.environ, **locale}
        cli('burn', *image, '--map', f'/Öde={tree}', '--label', 'Ödland', env=environment)
        cli('burn', *image, '--rename', '/Öde/Grüße – 日本語=Größe', env=environment)
        cli('extract', *image, '--to', work / f'out{number}', '/Öde/Größe', env=environment)
        assert b'na\xc3\xafve.txt' in cli('list', *image, env=environment).stdout
        listings.append(sorted(paths(cli_json('list', *image, env=environment))))
        assert cli_json('info', *image)['label'] == 'Ödland'
    assert listings[0] == listings[1] == listings[2], listings
    assert '/Öde/Größe/naïve.txt' in listings[0], listings


@test
def relative_addresses_and_paths_work(work):
    write(work / 'sub' / 'file', 'x')
    cli('burn', '--recorder', 'stdio:disc.iso', '.', cwd=work / 'sub')
    listing = paths(cli_json('list', '--recorder', 'stdio:sub/disc.iso', cwd=work))
    assert '/sub/file' in listing, listing.keys()


@test
def a_path_may_hold_an_equals_sign(work):
    write(work / 'a=b', 'x')
    image = on(work / 'disc.iso')
    cli('burn', *image, '--map', rf'/x\=y/z\=={work}/a=b')
    assert '/x=y/z=' in paths(cli_json('list', *image))
    cli('burn', *image, '--rename', r'/x\=y/z\==n=m')
    assert '/x=y/n=m' in paths(cli_json('list', *image))


@test
def edits_come_in_a_useful_order(work):
    """What is on the disc is edited before files are added, so that names become free."""
    image = on(work / 'disc.iso')
    file = write(work / 'a.txt', 'first')
    cli('burn', *image, file)
    file.write_bytes(b'second')
    cli('burn', *image, '--rename', '/a.txt=a-old.txt', file)
    out = work / 'out'
    cli('extract', *image, '--to', out)
    assert (out / 'a.txt').read_bytes() == b'second'
    assert (out / 'a-old.txt').read_bytes() == b'first'
    # An edit of something that is only being added applies to that.
    write(work / 'tree' / 'keep', 'k')
    write(work / 'tree' / 'drop', 'd')
    cli('burn', *image, '--remove', '/tree/drop', work / 'tree')
    assert {'/tree/keep'} == {p for p in paths(cli_json('list', *image)) if p.startswith('/tree/')}


def write_project(path, folder, identity=None, removed=''):
    """A project file as a person could write it."""
    disc = f'[Disc]\nIdentity={identity}\nRemoved={removed}\n' if identity else ''
    return write(path, f'''[Solco Project]
Version=1
Label=From%20the%20project
CloseDisc=false
Simulate=false
Manifest=false
FileMd5=false
Verify=full
Eject=false
SpeedKbPerSecond=0
Items=1
{disc}
[Source 1]
Path=/staged
Source={folder}
Contents=false
SkipHidden=false
Symlinks=keep
FixNames=true

[End]
''')


@test
def a_project_file_is_burned(work):
    folder = make_folder(work / 'folder')
    project = write_project(work / 'plain.solco', folder)
    extra = write(work / 'extra', 'x')
    image = on(work / 'disc.iso')
    result = cli_json('burn', *image, '--project', project, '--remove', '/staged/empty folder',
                      extra)
    assert result['verified'] is True and result['label'] == 'From the project', result
    names = paths(cli_json('list', *image))
    assert '/staged/folder 0/file 0.bin' in names and '/extra' in names, names
    assert '/SHA256SUMS' not in names and '/staged/empty folder' not in names, names


@test
def a_project_knows_its_disc_again(work):
    folder = make_folder(work / 'folder')
    image, other = on(work / 'disc.iso'), on(work / 'other.iso')
    for target, label in ((image, 'Wanted'), (other, 'Another')):
        cli('burn', *target, '--map', f'/={folder}', '--label', label)
    identity = cli_json('info', *image)['identity']
    project = write_project(work / 'next.solco', folder / 'folder 1', identity, '/folder 2;')
    before = (work / 'other.iso').read_bytes()
    told = expect_error('WRONG_DISC', 'burn', *other, '--project', project)
    assert told['state'] == 'appendable', told
    expect_error('WRONG_DISC', 'burn', *on(work / 'new.iso'), '--project', project)
    assert (work / 'other.iso').read_bytes() == before
    assert not (work / 'new.iso').exists()

    result = cli_json('burn', *image, '--project', project)
    assert result['session'] == 2, result
    names = paths(cli_json('list', *image))
    assert '/folder 2' not in names and '/folder 0' in names and '/staged' in names, names
    # It has been appended to: the disc is another one now.
    expect_error('WRONG_DISC', 'burn', *image, '--project', project)


@test
def the_documents_are_complete(work):
    need('groff')
    rendered = subprocess.run(['groff', '-man', '-Tutf8', '-ww', '-K', 'utf8', MANUAL],
                              capture_output=True, check=True)
    assert rendered.stderr == b'', rendered.stderr.decode()
    manual = MANUAL.read_text(encoding='utf-8').replace('\\-', '-')
    readme = README.read_text(encoding='utf-8')
    for verb in VERBS:
        assert re.search(rf'^\.SS? .*{verb}', manual, re.MULTILINE), verb
        for option in options_of(verb):
            assert f'--{option}' in manual, (verb, option)
    for name, code in EXIT_CODES.items():
        assert re.search(rf'\b{code}\b.*\b{name}\b', readme) or code < 10, ('README', name)
        assert re.search(rf'\b{code}\b', manual), ('manual', name)
        assert code < 10 or name in manual, ('manual', name)
    folder = make_folder(work / 'folder')
    keys = set(cli_json('plan', *on(work / 'disc.iso'), folder))
    keys |= set(cli_json('burn', *on(work / 'disc.iso'), folder))
    keys |= set(cli_json('info', *on(work / 'disc.iso')))
    keys |= set(cli_json('list', *on(work / 'disc.iso')))
    keys |= set(cli_json('verify', *on(work / 'disc.iso')))
    missing = [key for key in sorted(keys) if key not in manual.replace('\\', '')]
    assert not missing, f'not in the manual page: {missing}'


if __name__ == '__main__':
    main()
