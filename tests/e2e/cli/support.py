# SPDX-License-Identifier: GPL-3.0-or-later
"""What the end-to-end tests of solco-cli share: a TAP runner, the program, folders to burn, and
the other programs that have to read what Solco wrote."""
import hashlib
import json
import os
import pathlib
import shutil
import stat
import subprocess
import sys
import tempfile
import traceback

PROGRAM = os.environ['SOLCO_CLI']
BLOCK_BYTES = 2048
EXIT_CODES = {
    'USAGE': 1, 'PROBLEMS': 2, 'CANCELLED': 3, 'OUTPUT': 4, 'INTERNAL': 10, 'NO_RECORDER': 11,
    'NO_MEDIUM': 12, 'WRONG_MEDIUM_TYPE': 13, 'BLANK_REQUIRED': 14, 'NOT_ACCESSIBLE': 15,
    'DEVICE_GONE': 16, 'DISC_UNREADABLE': 17, 'DISC_FULL': 18, 'BAD_NAME': 19, 'NAME_EXISTS': 20,
    'NOTHING_STAGED': 21, 'WRONG_DISC': 22, 'CANNOT_WRITE': 23, 'STREAMING_LOST': 24,
    'CLOSING_FAILED': 25, 'DISC_CLOSED': 26, 'DISC_DAMAGED': 27, 'NOT_AN_IMAGE': 28,
    'NO_SPACE': 29, 'READ_FAILED': 30, 'VERIFY_FAILED': 31, 'NOT_POSSIBLE': 32, 'SOURCE': 33,
    'DESTINATION': 34, 'NOT_FOUND': 35, 'PROJECT_INVALID': 36, 'PROJECT_VERSION': 37,
    'ILLEGAL_EDIT': 38, 'DISC_IN_USE': 39, 'NO_PERMISSION': 40}
# A hanging program fails its test instead of the whole run.
TIMEOUT_S = 240

_tests = []


class Skip(Exception):
    """Raised by a test that cannot run here."""


def test(function):
    """Registers a test; it gets an empty folder of its own."""
    _tests.append(function)
    return function


def main():
    """Runs the registered tests, or those that are named as arguments, and reports as TAP."""
    chosen = [t for t in _tests if not sys.argv[1:] or t.__name__ in sys.argv[1:]]
    print(f'1..{len(chosen)}', flush=True)
    failed = 0
    for number, function in enumerate(chosen, 1):
        with tempfile.TemporaryDirectory(prefix='solco-e2e.') as folder:
            os.chmod(folder, 0o755)
            try:
                function(pathlib.Path(folder))
                print(f'ok {number} {function.__name__}', flush=True)
            except Skip as reason:
                print(f'ok {number} {function.__name__} # SKIP {reason}', flush=True)
            except Exception:  # pylint: disable=broad-except
                failed += 1
                for line in traceback.format_exc().splitlines():
                    print(f'# {line}')
                print(f'not ok {number} {function.__name__}', flush=True)
            make_removable(folder)
    sys.exit(1 if failed else 0)


def make_removable(folder):
    """Read-only folders of a test would be in the way of cleaning up."""
    for path, _, _ in os.walk(folder):
        os.chmod(path, 0o755)


class Run:
    """What came of one run of a program."""

    def __init__(self, arguments, finished):
        self.arguments = [os.fsdecode(a) for a in arguments]
        self.code = finished.returncode
        self.stdout = finished.stdout
        self.stderr = finished.stderr

    @property
    def text(self):
        return self.stdout.decode()

    @property
    def json(self):
        """The one JSON object of the output, which has to be all of it."""
        value = json.loads(self.stdout)
        assert isinstance(value, dict), value
        return value

    def __str__(self):
        return (f'{" ".join(self.arguments)}\n-> {self.code}\n'
                f'{self.stdout[-3000:].decode(errors="replace")}\n'
                f'{self.stderr[-3000:].decode(errors="replace")}')


def run(*arguments, check=True, **options):
    """Runs any program; its failure fails the test unless check is False."""
    arguments = [os.fsencode(a) for a in arguments]
    options = {'stdout': subprocess.PIPE, 'stderr': subprocess.PIPE,
               'stdin': subprocess.DEVNULL, 'timeout': TIMEOUT_S, **options}
    finished = Run(arguments, subprocess.run(arguments, check=False, **options))
    if check:
        assert finished.code == 0, str(finished)
    return finished


def cli(verb, *arguments, code=0, **options):
    """Runs solco-cli, which has to end with this exit code."""
    finished = run(PROGRAM, verb, *arguments, check=False, **options)
    assert finished.code == code, f'expected exit code {code}: {finished}'
    return finished


def cli_json(verb, *arguments, **options):
    """Runs solco-cli for a program; gives the JSON object."""
    return cli(verb, '--json', *arguments, **options).json


def expect_error(name, verb, *arguments, **options):
    """Runs solco-cli, which has to fail with this error, in words and for programs."""
    finished = cli(verb, '--json', *arguments, code=EXIT_CODES[name], **options)
    error = finished.json['error']
    assert error['code'] == name, finished
    assert error['exit_code'] == EXIT_CODES[name], finished
    assert error['message'] and error['text'], finished
    return finished.json


def address(image):
    return f'stdio:{image}'


def on(image):
    """Options that name an image file."""
    return ['--recorder', address(image)]


# Folders to burn.

def write(path, content=b'', mtime=None, mode=None):
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    if mode is not None:
        path.chmod(mode)
    if mtime is not None:
        os.utime(path, (mtime, mtime))
    return path


def noise(n_bytes, seed):
    """The same bytes for the same seed, and no two blocks alike."""
    return hashlib.shake_128(str(seed).encode()).digest(n_bytes)


def make_folder(path, n_files=12, seed='a'):
    """A small tree with files of many sizes around the block size."""
    sizes = [0, 1, 2047, 2048, 2049, 4096, 65535, 65536, 65537, 100000, 300000, 700001]
    for number in range(n_files):
        write(path / f'folder {number % 3}' / f'file {number}.bin',
              noise(sizes[number % len(sizes)], f'{seed}{number}'), mtime=1500000000 + number)
    (path / 'empty folder').mkdir()
    write(path / 'Über uns – 日本語.txt', 'Grüße\n', mtime=1234567890)
    return path


def snapshot(root, without=('SHA256SUMS',)):
    """Path → what a tree holds, for comparing two of them."""
    root = os.fsencode(root)
    found = {}
    for folder, folders, files in os.walk(root):
        for name in folders + files:
            path = os.path.join(folder, name)
            key = os.path.relpath(path, root).decode()
            status = os.lstat(path)
            if key in without:
                continue
            if stat.S_ISLNK(status.st_mode):
                found[key] = ('link', os.readlink(path).decode())
            elif stat.S_ISDIR(status.st_mode):
                found[key] = ('folder',)
            elif stat.S_ISREG(status.st_mode):
                found[key] = ('file', status.st_size, hash_file(path))
            else:
                found[key] = ('special', stat.S_IFMT(status.st_mode))
    return found


def hash_file(path):
    digest = hashlib.sha256()
    with open(path, 'rb') as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def assert_same(found, expected, what):
    missing = sorted(set(expected) - set(found))
    extra = sorted(set(found) - set(expected))
    different = sorted(k for k in set(found) & set(expected) if found[k] != expected[k])
    assert not (missing or extra or different), (
        f'{what}: missing {missing[:5]}, extra {extra[:5]}, '
        f'different {[(k, found[k], expected[k]) for k in different[:5]]}')


# What other programs read.

def need(*programs):
    for program in programs:
        if shutil.which(program) is None:
            raise Skip(f'{program} is not installed')


def session_start(image, session):
    """First block of a session, as xorriso sees it."""
    listing = run('xorriso', '-indev', address(image), '-toc', check=False)
    for line in listing.text.splitlines():
        fields = [f.strip() for f in line.replace(':', ',').split(',')]
        if fields[0] == 'ISO session' and int(fields[1].split()[0]) == session:
            return int(fields[2])
    raise AssertionError(f'xorriso sees no session {session}: {listing}')


def xorriso_sessions(image):
    listing = run('xorriso', '-indev', address(image), '-toc', check=False)
    return sum(line.startswith('ISO session') for line in listing.text.splitlines())


def extract_with_xorriso(image, folder, session=None):
    load = [] if session is None else ['-load', 'session', str(session)]
    folder.mkdir()
    run('xorriso', *load, '-osirrox', 'on', '-indev', address(image),
        '-extract', '/', str(folder))
    make_removable(folder)
    return folder


def extract_with_bsdtar(image, folder):
    """bsdtar knows the newest session only."""
    folder.mkdir()
    run('bsdtar', '-C', str(folder), '-xf', str(image))
    make_removable(folder)
    return folder


def extract_with_solco(image, folder, *options):
    cli('extract', *on(image), '--to', folder, *options)
    make_removable(folder)
    return folder


def check_media(image):
    """xorriso's word on the checksums of head and sessions: first block → whether they match."""
    checked = run('xorriso', '-md5', 'on', '-indev', address(image),
                  '-check_media', 'use=indev', 'what=disc', '--')
    found = {}
    for line in (checked.stdout + checked.stderr).decode(errors='replace').splitlines():
        if line.startswith('MD5 tag range:'):
            start, _, result = line.partition(':')[2].split(',')
            found[int(start)] = result.strip() == '+ md5_match'
        elif line.startswith('Media region') and int(line.split(':')[1].split(',')[0]) == 0:
            assert '+ good' in line, checked
    return found


def assert_media_is_good(image, n_sessions):
    found = check_media(image)
    sessions = [start for start in found if start != 0]
    assert len(sessions) == n_sessions, f'{n_sessions} checked sessions expected: {found}'
    assert all(found.values()), f'checksums do not match: {found}'


def check_manifest(folder):
    """sha256sum's word on an extracted session."""
    assert (folder / 'SHA256SUMS').is_file(), 'no manifest'
    run('sha256sum', '--strict', '--quiet', '-c', 'SHA256SUMS', cwd=folder)


def isoinfo_read(image, path, start_block, tree):
    return run('isoinfo', '-i', image, '-T', str(start_block), tree, '-x', path).stdout


def paths(listing):
    """Path → entry of `list --json`."""
    return {entry['path']: entry for entry in listing['entries']}
