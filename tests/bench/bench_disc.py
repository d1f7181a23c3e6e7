# SPDX-License-Identifier: GPL-3.0-or-later
"""The recorder: both programs run with the virtual recorder preloaded, inside of their own process.
Every command goes through SG_IO as with a real drive, but costs no other process anything."""

from bench_run import Program, Quantity
from bench_table import show_count, show_size

MEDIUM = 'bd-r-25'
# The drive is so much faster than a real one that only the program's time is left.
TIME_SCALE = 1000


def on_recorder(bench, medium, *argv):
    """A program beside a recorder with that medium in it. own_cpu_seconds are those of the program
    without what the drive spends inside of it."""
    report = bench.path('drive.json')
    return Program(*argv, report=report,
                   env={'LD_PRELOAD': bench.tool('libbench-recorder.so'),
                        'BENCH_MEDIUM': MEDIUM, 'BENCH_BACKING': medium,
                        'BENCH_TIME_SCALE': TIME_SCALE, 'BENCH_REPORT': report},
                   derive=lambda figures: {
                       'own_cpu_seconds': figures['cpu_seconds'] - figures['drive_cpu_seconds']})


def read(bench):
    """Both read the tree of the newest session, and no more."""
    medium = bench.path('medium')
    cli = bench.build / 'src' / 'cli' / 'solco-cli'
    bench.run(on_recorder(bench, medium, cli, 'burn', '--recorder', '/dev/sr0', bench.data.small))
    bench.compare(f'read a tree of {show_count(bench.data.n_files)} files from a recorder',
                  'xorriso -indev',
                  on_recorder(bench, medium, cli, 'info', '--recorder', '/dev/sr0'),
                  on_recorder(bench, medium, 'xorriso', '-indev', '/dev/sr0'),
                  [Quantity('seconds', 's', limit=1), Quantity('reads', '', 'READ commands', 1),
                   Quantity('read_blocks', '', 'blocks read'),
                   Quantity('memory_kib', 'KiB', 'memory')])
    bench.forget(medium.name, 'drive.json')


def burn(bench):
    source = bench.data.one_burn
    medium = bench.path('medium')
    cli = bench.build / 'src' / 'cli' / 'solco-cli'

    def forget():
        bench.forget(medium.name, 'drive.json')

    bench.compare(f'burn {show_size(bench.data.burn_bytes)} through SG_IO', 'xorriso -md5 on',
                  on_recorder(bench, medium, cli, 'burn', '--recorder', '/dev/sr0', source),
                  on_recorder(bench, medium, 'xorriso', '-outdev', '/dev/sr0', '-md5', 'on',
                              '-joliet', 'on', '-map', source, f'/{source.name}', '-commit'),
                  [Quantity('own_cpu_seconds', 's', 'CPU', 0.7),
                   Quantity('cpu_seconds', 's', "CPU with the drive's own"),
                   Quantity('seconds', 's', 'on the clock')],
                  prepare=forget, clean=forget)
    bench.data.drop('one_burn')


MEASURES = {'read': read, 'burn': burn}
