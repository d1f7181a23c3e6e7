#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures Solco against references that run alternately with it, and prints a table of ratios.

Usage: bench.py BUILD [OPTION…], where BUILD is a build directory. The data is made from a seed, in
a folder that is removed afterwards. Inputs are in the page cache, since they were just made and are
read again and again; outputs are removed and everything is synced before each run. Nothing here
passes or fails: it tells how fast the program is on this machine, now."""

import argparse
import datetime
import json
import os
import pathlib
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import bench_disc
import bench_image
import bench_stage
import bench_window
from bench_data import Data
from bench_run import Bench, Failed, log
from bench_table import make_markdown, make_text

# In this order, since what many removed files leave behind makes ext4 slow for a while.
MEASURES = (bench_stage.MEASURES | bench_disc.MEASURES | bench_image.MEASURES
            | bench_window.MEASURES)

MIB = 1 << 20
# What --quick leaves of the data: for trying the bench itself.
FULL = {'pairs': 5, 'files': 100_000, 'large': 4096, 'burn': 1024}
QUICK = {'pairs': 2, 'files': 2_000, 'large': 64, 'burn': 32}


def parse_options():
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0], formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog='Measures: ' + ' '.join(MEASURES))
    parser.add_argument('build', type=pathlib.Path, help='build directory')
    parser.add_argument('--only', action='append', choices=MEASURES, metavar='NAME',
                        help='run this measure only; may be given more than once')
    parser.add_argument('--pairs', type=int, metavar='N', help='runs of each program (5)')
    parser.add_argument('--files', type=int, metavar='N',
                        help='small files (100000); one measure takes ten times as many')
    parser.add_argument('--large', type=int, metavar='MIB', help='size of the large file (4096)')
    parser.add_argument('--burn', type=int, metavar='MIB', help='size of what is burned (1024)')
    parser.add_argument('--quick', action='store_true', help='little data, to try the bench itself')
    parser.add_argument('--folder', type=pathlib.Path,
                        help='where the data is made; it should be on a disk (the folder for '
                             'temporary files)')
    parser.add_argument('--profile', action='store_true',
                        help='show where the time goes where a target is missed (needs perf and '
                             'openssl)')
    parser.add_argument('--json', type=pathlib.Path, metavar='FILE', help='write all figures there')
    parser.add_argument('--markdown', action='store_true', help='print the table for README.md')
    options = parser.parse_args()
    for name, value in (QUICK if options.quick else FULL).items():
        if getattr(options, name) is None:
            setattr(options, name, value)
        elif getattr(options, name) < 1:
            parser.error(f'--{name} has to be at least 1')
    return options


def read_first(path, key):
    with open(path, encoding='utf-8') as stream:
        for line in stream:
            if line.startswith(key):
                return line.partition(':')[2].strip()
    return 'unknown'


def describe_machine(folder):
    file_system = subprocess.run(['stat', '-f', '-c', '%T', folder], check=True,
                                 stdout=subprocess.PIPE).stdout.decode().strip()
    return {'cpu': read_first('/proc/cpuinfo', 'model name'),
            'cpus': len(os.sched_getaffinity(0)),
            'memory_bytes': os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE'),
            'file_system': 'ext4' if file_system == 'ext2/ext3' else file_system,
            'kernel': platform.release()}


def check_build(build):
    """A build with sanitizers says nothing about speed. Returns its type."""
    found = subprocess.run(['meson', 'introspect', '--buildoptions', build],
                           stdout=subprocess.PIPE, check=False)
    if found.returncode != 0:
        sys.exit(f'{build} is no build directory')
    values = {option['name']: option['value'] for option in json.loads(found.stdout)}
    if values['b_sanitize'] != 'none' or values['optimization'] in ('0', 'g'):
        sys.exit(f'{build} is not built for speed: it has sanitizers, or is not optimized')
    return values['buildtype']


def check_room(options, folder):
    """The small files, and beside them an image and copies of them, or the large file and an
    image."""
    needed = 12_000 * options.files + max(2 * options.large * MIB, 2 * options.burn * MIB,
                                          30_000 * options.files)
    free = shutil.disk_usage(folder).free
    if free < needed:
        sys.exit(f'{folder} has {free / MIB:.0f} MiB left, {needed / MIB:.0f} are needed; --folder '
                 'names another place, --large and --files take less')
    if needed > os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE'):
        log('This machine has too little memory to keep all data in the page cache: the large file '
            'measures the disk')


def run_measures(bench, names):
    """Returns the names of those that did not come to their end."""
    failed = []
    for name in names:
        log(name)
        start = time.monotonic()
        bench.name = name
        try:
            MEASURES[name](bench)
        except (Failed, OSError) as error:
            log(f'  FAILED: {error}')
            failed.append(name)
        log(f'  {time.monotonic() - start:.0f} s')
    return failed


def main():
    options = parse_options()
    build = options.build.resolve()
    parent = pathlib.Path(options.folder or tempfile.gettempdir()).resolve()
    # The data goes, however the bench ends.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    run = {'date': datetime.date.today().isoformat(), 'build_type': check_build(build),
           'pairs': options.pairs, 'files': options.files, 'large_bytes': options.large * MIB,
           'burn_bytes': options.burn * MIB, 'machine': describe_machine(parent)}
    check_room(options, parent)
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix='solco-bench.', dir=parent) as folder:
        data = Data(pathlib.Path(folder), options.files, run['large_bytes'], run['burn_bytes'])
        bench = Bench(build, data, options.pairs, options.profile)
        try:
            run['failed'] = run_measures(bench, options.only or MEASURES)
        finally:
            data.drop_all()
        run['results'] = bench.results
    run['elapsed_seconds'] = time.monotonic() - start
    print((make_markdown if options.markdown else make_text)(run), end='')
    if options.json:
        options.json.write_text(json.dumps(run, indent=2, ensure_ascii=False) + '\n',
                                encoding='utf-8')
    sys.exit(1 if run['failed'] else 0)


if __name__ == '__main__':
    main()
