# SPDX-License-Identifier: GPL-3.0-or-later
"""The window, on a display without a screen, by programs of their own."""

import json
import shutil

from bench_run import Failed, Program, Quantity, log

SCREEN = '-screen 0 1280x900x24'
MOST_GAP_MS = 50
MOST_MEMORY_KIB = 15 * 1024


def is_missing(bench, *tools):
    """Tells what cannot be measured here."""
    for tool in tools:
        if not bench.tool(tool).exists():
            log(f'  left out: {bench.tool(tool)} is not built')
            return True
    for program in ('xvfb-run', 'dbus-run-session'):
        if shutil.which(program) is None:
            log(f'  left out: {program} is not installed')
            return True
    return False


def on_display(bench, tool, *arguments, more_env=None, **options):
    """A program with a display and a session bus of its own, at home in the bench's folder."""
    folder = bench.path('home')
    (folder / 'run').mkdir(mode=0o700, parents=True, exist_ok=True)
    return Program('dbus-run-session', '--', 'xvfb-run', '-a', '-s', SCREEN, bench.tool(tool),
                   *arguments,
                   env={'HOME': folder, 'XDG_CONFIG_HOME': folder / 'config',
                        'XDG_DATA_HOME': folder / 'data', 'XDG_CACHE_HOME': folder / 'cache',
                        'XDG_STATE_HOME': folder / 'state', 'XDG_RUNTIME_DIR': folder / 'run',
                        'GDK_BACKEND': 'x11', 'GSETTINGS_BACKEND': 'memory',
                        'GSETTINGS_SCHEMA_DIR': bench.build / 'data', 'NO_AT_BRIDGE': '1',
                        'TMPDIR': bench.data.folder, **(more_env or {})}, **options)


def compare_start(bench, title, make_quantities, **more_env):
    report = bench.path('start.json')

    def make(program, derive=None):
        return on_display(bench, 'bench-start', report, program, more_env=more_env, report=report,
                          derive=derive)

    # What both need comes into the page cache.
    solco = bench.build / 'src' / 'app' / 'solco'
    bench.run(make(solco))
    hello = make(bench.tool('bench-hello'))
    bench.run(hello)
    least_kib = bench.run(hello)['memory_kib']
    bench.compare(title, 'a GTK program that says hello',
                  make(solco, lambda figures: {'more_kib': figures['memory_kib'] - least_kib}),
                  hello, make_quantities('memory above that of hello'))


def start(bench):
    """From the start to the window on the screen, and the memory a second later. A display without
    a graphics card has the processor work off OpenGL: what it compiles for that counts as memory
    of the program, 14 MiB for the first button alone. So the memory is also compared without
    OpenGL."""
    if is_missing(bench, 'bench-start', 'bench-hello'):
        return
    compare_start(bench, 'window mapped after start', lambda more: [
        Quantity('seconds', 's', limit=1.3), Quantity('memory_kib', 'KiB', 'memory'),
        Quantity('more_kib', 'KiB', more, of='value', alone=True)])
    compare_start(bench, 'memory of the window without OpenGL', lambda more: [
        Quantity('memory_kib', 'KiB'),
        Quantity('more_kib', 'KiB', more, MOST_MEMORY_KIB, of='value', alone=True)],
        GSK_RENDERER='cairo')


def window(bench):
    """The longest of all gaps between two turns of the main loop, and the most work in one."""
    if is_missing(bench, 'bench-window'):
        return
    report = bench.path('window.json')
    n_files = bench.data.n_files
    program = on_display(bench, 'bench-window', '--runs', (bench.pairs + 1) // 2,
                         '--folder', n_files, '--separate', n_files // 5, '--many', 10 * n_files,
                         '--json', report)
    figures = bench.run(program)
    actions = json.loads(report.read_text())
    if not actions:
        raise Failed('bench-window measured nothing')
    worst = max(actions, key=lambda action: action['gap_ms'])
    figures |= {'gap': worst['gap_ms'], 'work': max(action['work_ms'] for action in actions)}
    result = bench.add(
        'longest gap of the main loop', f'– (worst: {worst["measure"]})', [figures], [],
        [Quantity('gap', 'ms', limit=MOST_GAP_MS, of='value', alone=True),
         Quantity('work', 'ms', 'CPU in one turn', alone=True)])
    result['actions'] = actions
    bench.forget(report.name)


MEASURES = {'start': start, 'window': window}
