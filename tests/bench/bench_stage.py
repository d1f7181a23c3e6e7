# SPDX-License-Identifier: GPL-3.0-or-later
"""Staging, and the way from the plan to libisofs's tree. Nothing is written here."""

from bench_run import Program, Quantity
from bench_table import show_count

MOST_BYTES_PER_FILE = 300


def compare_staging(bench, folder, n_files, limit):
    bench.warm(folder)
    bench.compare(
        f'stage {show_count(n_files)} files', 'openat and fstatat of each',
        Program(bench.tool('bench-stage'), folder, prints=True),
        Program(bench.tool('bench-walk'), folder, prints=True),
        [Quantity('seconds', 's', limit=limit),
         Quantity('bytes_per_file', 'bytes', 'memory a file', MOST_BYTES_PER_FILE, of='value',
                  alone=True)])


def stage(bench):
    compare_staging(bench, bench.data.small, bench.data.n_files, 1.5)


def stage_many(bench):
    compare_staging(bench, bench.data.many, 10 * bench.data.n_files, 1.6)


def tree(bench):
    """The plan is frozen, its tree is made, and libisofs lays it out."""
    folder = bench.data.small
    bench.warm(folder)

    def derive(figures):
        return {'seconds': figures['tree_seconds'], 'cpu_seconds': figures['tree_cpu_seconds'],
                'all_of_it': sum(figures[f'{part}_seconds']
                                 for part in ('freeze', 'tree', 'layout'))}

    bench.compare(
        'plan to libisofs tree', 'the same walk',
        Program(bench.tool('bench-stage'), '--plan', folder, prints=True, derive=derive),
        Program(bench.tool('bench-walk'), folder, prints=True),
        [Quantity('seconds', 's', limit=2),
         Quantity('all_of_it', 's', 'from the stage to the exact size', theirs='seconds')])


def compare_folders(bench, title, one, many, limit):
    bench.warm(one, many)
    recorder = f'stdio:{bench.path("none.iso")}'
    bench.compare(
        title, f'the same in {show_count(len(list(many.iterdir())))} folders',
        bench.solco('plan', one, recorder=recorder), bench.solco('plan', many, recorder=recorder),
        [Quantity('seconds', 's', limit=limit)])


def folder(bench):
    compare_folders(bench, 'plan with all files in one folder', bench.data.short_in_one,
                    bench.data.short, 1.5)


def folder_alike(bench):
    compare_folders(bench, 'the same with names alike in 40 letters', bench.data.alike_in_one,
                    bench.data.alike, 3)


MEASURES = {'stage': stage, 'stage-many': stage_many, 'folder': folder,
            'folder-alike': folder_alike, 'tree': tree}
