#!/usr/bin/python3
"""Measures solco-cli against a reference that runs alternately with it: bench.py SOLCO-CLI [OPTION…]

Every row is a ratio: the median of at least five pairs, with its spread. The data is made anew from a
seed. Nothing here passes or fails; it tells how fast the program is on this machine, now."""
import argparse
import json
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

SMALL_FILES = 100_000
FOLDERS = 1_000
BLOB_BYTES = 1 << 20


def run(*arguments, **options):
    """Runs a program to its end and returns what it used: seconds, CPU seconds, KiB of memory."""
    start = time.monotonic()
    process = subprocess.Popen([str(a) for a in arguments], stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, **options)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f'{" ".join(map(str, arguments))}: {errors.decode(errors="replace")}')
    return {'seconds': time.monotonic() - start, 'cpu_seconds': usage.ru_utime + usage.ru_stime,
            'memory_kib': usage.ru_maxrss}


def timed(function):
    start = time.monotonic()
    function()
    return {'seconds': time.monotonic() - start, 'cpu_seconds': 0, 'memory_kib': 0}


def make_tree(folder, n_files, n_folders, name, seed):
    """Files of 1 to 16 KiB, all different."""
    generator = random.Random(seed)
    blob = generator.randbytes(BLOB_BYTES)
    per_folder = n_files // n_folders
    for d in range(n_folders):
        path = folder / f'folder {d:04d}' if n_folders > 1 else folder
        path.mkdir(parents=True)
        for f in range(per_folder):
            size = generator.randint(1024, 16384)
            start = generator.randint(0, BLOB_BYTES - size)
            with open(path / name.format(f), 'wb') as stream:
                stream.write(blob[start:start + size])


def make_large(path, size, seed):
    generator = random.Random(seed)
    with open(path, 'wb') as stream:
        while size > 0:
            part = min(size, 8 << 20)
            stream.write(generator.randbytes(part))
            size -= part


def walk(folder):
    """The floor of staging: every folder is listed, every file is looked at."""
    for _, _, files, descriptor in os.fwalk(folder):
        for name in files:
            os.stat(name, dir_fd=descriptor, follow_symlinks=False)


def read_all(folder):
    for base, _, files in os.walk(folder):
        for name in files:
            with open(os.path.join(base, name), 'rb', buffering=0) as stream:
                while stream.read(1 << 20):
                    pass


class Bench:
    def __init__(self, program, work, pairs):
        self.program = program
        self.work = work
        self.pairs = pairs
        self.rows = []

    def image(self, name='disc.iso'):
        return self.work / name

    def solco(self, verb, *arguments, image='disc.iso'):
        return run(self.program, verb, '--recorder', f'stdio:{self.image(image)}', *arguments)

    def compare(self, title, target, measure, reference, prepare=lambda: None):
        """Runs both in turns. @prepare runs before each of them and is not measured."""
        ratios, ours, theirs = [], [], []
        for _ in range(self.pairs):
            prepare()
            ours.append(measure())
            prepare()
            theirs.append(reference())
            ratios.append(ours[-1]['seconds'] / theirs[-1]['seconds'])
        self.rows.append({
            'measure': title, 'target': target, 'ratio': statistics.median(ratios),
            'ratios': ratios, 'seconds': statistics.median(r['seconds'] for r in ours),
            'reference_seconds': statistics.median(r['seconds'] for r in theirs),
            'cpu_seconds': statistics.median(r['cpu_seconds'] for r in ours),
            'memory_kib': max(r['memory_kib'] for r in ours),
            'reference_memory_kib': max(r['memory_kib'] for r in theirs)})
        row = self.rows[-1]
        print(f'{title}: {row["ratio"]:.2f} ({min(ratios):.2f}–{max(ratios):.2f})', flush=True)

    def forget(self, *names):
        for name in names:
            self.image(name).unlink(missing_ok=True)


def measure_all(bench, n_files):
    work = bench.work
    small = work / 'small'
    make_tree(small, n_files, FOLDERS if n_files >= FOLDERS * 10 else 10, 'file {:04d}.dat', 1)
    one = work / 'one folder'
    make_tree(one, n_files, 1, 'f{:06d}', 2)
    alike = work / 'alike'
    make_tree(alike, n_files, 1, 'a name that is the same for forty letters {:06d}', 3)
    large = work / 'large.bin'
    make_large(large, 1 << 30, 4)

    bench.compare('plan (stage, tree, exact size), small files', '≤ 2 of the walk',
                  lambda: bench.solco('plan', small), lambda: timed(lambda: walk(small)))
    bench.compare('plan, all files in one folder', '≤ 1.5 of many folders',
                  lambda: bench.solco('plan', one), lambda: bench.solco('plan', small))
    bench.compare('plan, names alike in 40 letters', '≤ 3 of many folders',
                  lambda: bench.solco('plan', alike), lambda: bench.solco('plan', small))

    def fresh():
        bench.forget('disc.iso', 'other.iso', 'large.copy')
        os.sync()

    bench.compare('image of small files, no manifest', '≤ 0.8 of reading them',
                  lambda: bench.solco('burn', '--no-manifest', small),
                  lambda: timed(lambda: read_all(small)), fresh)
    bench.compare('image of small files, all checksums', '≤ 0.4 of xorriso --md5',
                  lambda: bench.solco('burn', small),
                  lambda: run('xorriso', '-as', 'mkisofs', '-quiet', '-J', '-R', '--md5', '-o',
                              bench.image('other.iso'), small), fresh)
    bench.compare('1 GiB file, no manifest', '≤ 1.05 of cp + sync',
                  lambda: bench.solco('burn', '--no-manifest', large),
                  lambda: run('sh', '-c', 'cp "$1" "$2" && sync "$2"', 'sh', large,
                              work / 'large.copy'), fresh)
    bench.compare('1 GiB file, all checksums', '≤ 0.65 of xorriso --md5',
                  lambda: bench.solco('burn', large),
                  lambda: run('xorriso', '-as', 'mkisofs', '-quiet', '-J', '-R', '--md5', '-o',
                              bench.image('other.iso'), large), fresh)

    fresh()
    bench.solco('burn', small)
    bench.compare('full verification', '≤ 1.15 of md5sum', lambda: bench.solco('verify'),
                  lambda: run('md5sum', bench.image()))
    (work / 'more').write_text('one more file\n')
    shutil.copy(bench.image(), bench.image('base.iso'))

    def restore():
        shutil.copy(bench.image('base.iso'), bench.image())

    bench.compare('append one file', '≤ 0.6 of xorriso',
                  lambda: bench.solco('burn', '--on-conflict', 'replace', work / 'more'),
                  lambda: run('xorriso', '-dev', f'stdio:{bench.image()}', '-md5', 'on',
                              '-joliet', 'on', '-map', work / 'more', '/more', '-commit'), restore)


def print_table(rows):
    print('\n| measure | ratio | spread | seconds | memory | target |\n|---|---|---|---|---|---|')
    for row in rows:
        print(f'| {row["measure"]} | {row["ratio"]:.2f} | {min(row["ratios"]):.2f}–'
              f'{max(row["ratios"]):.2f} | {row["seconds"]:.2f} | '
              f'{row["memory_kib"] // 1024} MiB | {row["target"]} |')


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('program', type=pathlib.Path)
    parser.add_argument('--pairs', type=int, default=5)
    parser.add_argument('--files', type=int, default=SMALL_FILES)
    parser.add_argument('--json', type=pathlib.Path, help='write the results to this file')
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix='solco-bench.') as work:
        bench = Bench(options.program.resolve(), pathlib.Path(work), options.pairs)
        measure_all(bench, options.files)
    print_table(bench.rows)
    if options.json:
        options.json.write_text(json.dumps(bench.rows, indent=2) + '\n')


if __name__ == '__main__':
    main()
