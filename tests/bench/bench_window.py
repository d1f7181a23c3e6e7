# SPDX-License-Identifier: GPL-3.0-or-later
"""The window, on a display without a screen, by programs of their own."""

import json
import shutil

from bench_run import Failed, Program, Quantity, log

SCREEN = '-screen 0 1280x900x24'
MOST_GAP_MS = 50


def get_missing(bench, tool):
    """What is not there, or None."""
    if shutil.which('xvfb-run') is None:
        return 'xvfb-run is not installed'
    return None if bench.tool(tool).exists() else f'{bench.tool(tool)} is not built'


def on_display(bench, tool, *arguments, **options):
    return Program('xvfb-run', '-a', '-s', SCREEN, bench.tool(tool), *arguments,
                   env={'GSETTINGS_BACKEND': 'memory', 'GSETTINGS_SCHEMA_DIR': bench.build / 'data',
                        'NO_AT_BRIDGE': '1', 'TMPDIR': bench.data.folder}, **options)


def window(bench):
    """The longest of all gaps between two turns of the main loop, and the most work in one."""
    missing = get_missing(bench, 'bench-window')
    if missing:
        log(f'  left out: {missing}')
        return
    report = bench.path('window.json')
    n_files = bench.data.n_files
    program = on_display(bench, 'bench-window', '--runs', min(bench.pairs, 3), '--folder', n_files,
                         '--separate', n_files // 5, '--many', 10 * n_files, '--json', report)
    figures = bench.run(program)
    actions = json.loads(report.read_text())
    if not actions:
        raise Failed('bench-window measured nothing')
    worst = max(actions, key=lambda action: action['gap_ms'])
    figures |= {'gap': worst['gap_ms'], 'work': max(action['work_ms'] for action in actions)}
    result = bench.add(
        'longest gap of the main loop', f'none; at: {worst["measure"]}', [figures], [],
        [Quantity('gap', 'ms', limit=MOST_GAP_MS, of='value', alone=True),
         Quantity('work', 'ms', 'CPU in one turn', alone=True)])
    result['actions'] = actions
    bench.forget(report.name)


MEASURES = {'window': window}
