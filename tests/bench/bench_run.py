# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs programs and their references in turns, and makes rows of figures out of them."""

import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys

from bench_table import describe

# Above this share of one CPU that went to others, a measure is called disturbed.
DISTURBED = 0.3
PROFILE_HERTZ = 499
# Parts of a profile that are smaller are not listed.
PROFILE_LEAST_PERCENT = 2.0
# So many functions are listed.
PROFILE_FUNCTIONS = 12


class Failed(Exception):
    """A program ended with an error, or what it wrote is not right."""


def log(text):
    print(text, file=sys.stderr, flush=True)


class Program:
    """A command, and where its figures come from: what the system counts for it (seconds,
    cpu_seconds, memory_kib), over which a JSON object lies that it prints (@prints) or writes to a
    file (@report). @derive makes more of them. @env is for the program alone, not for what starts
    it."""

    def __init__(self, *argv, env=None, prints=False, report=None, derive=None):
        self.argv = [str(a) for a in argv]
        if env:
            self.argv = ['env'] + [f'{name}={value}' for name, value in env.items()] + self.argv
        self.prints = prints
        self.report = report
        self.derive = derive


def shell(script, *arguments):
    """A program for the shell, in which the arguments are $1, $2…"""
    return Program('sh', '-ec', script, 'sh', *arguments)


class Quantity:
    """One figure of a program, and what it may be. @unit: see bench_table; @label: what stands
    beside the title. @limit: the most that the ratio may be, or the figure itself (@of='value');
    None where there is no target. @theirs: the name that the reference's figure has, if it is
    another one; @alone: the reference has none."""

    def __init__(self, key, unit, label=None, limit=None, of='ratio', theirs=None, alone=False):
        self.key = key
        self.unit = unit
        self.label = label
        self.limit = limit
        self.of = of
        self.theirs = theirs or key
        self.alone = alone


def get_environment():
    environment = dict(os.environ, LC_ALL='C.UTF-8')
    environment.pop('G_DEBUG', None)
    return environment


def spread(values):
    return {'median': statistics.median(values), 'least': min(values), 'most': max(values),
            'all': values}


def make_row(quantity, ours, theirs):
    row = {'quantity': quantity.label or quantity.key, 'label': quantity.label,
           'unit': quantity.unit, 'limit': quantity.limit, 'of': quantity.of,
           'ours': spread([run[quantity.key] for run in ours])}
    if not quantity.alone:
        row['reference'] = spread([run[quantity.theirs] for run in theirs])
        row['ratio'] = spread([o[quantity.key] / t[quantity.theirs]
                               for o, t in zip(ours, theirs)])
    if quantity.key == 'seconds' and not quantity.alone:
        row['cpu_ratio'] = spread([o['cpu_seconds'] / max(t['cpu_seconds'], 1e-6)
                                   for o, t in zip(ours, theirs)])
    if quantity.limit is None:
        row['verdict'] = None
    else:
        figure = row['ratio' if quantity.of == 'ratio' else 'ours']['median']
        row['verdict'] = 'met' if figure <= quantity.limit else 'missed'
    return row


def read_cpu_seconds():
    """What all CPUs have worked since the machine was started, time that a host took included."""
    with open('/proc/stat', encoding='ascii') as stream:
        user, nice, system, _, _, irq, softirq, steal = map(int, stream.readline().split()[1:9])
    return (user + nice + system + irq + softirq + steal) / os.sysconf('SC_CLK_TCK')


def get_others_share(runs):
    """How much of a CPU others had while the programs ran; None where it was too short to tell."""
    passed = sum(run['all_seconds'] for run in runs)
    return max(0, sum(run['others_seconds'] for run in runs)) / passed if passed > 0.5 else None


def read_profile(path, sort):
    """The parts of a profile that count, the largest first: percent, names."""
    listing = subprocess.run(
        ['perf', 'report', '-i', path, '--sort', sort, '--stdio', '-g', 'none', '-t', '|',
         '--fields', f'overhead,{sort}'], check=True, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL).stdout.decode(errors='replace')
    parts = []
    for line in listing.splitlines():
        percent, *names = [field.strip() for field in line.split('|')]
        # Functions without a name are part of their library only.
        if not line.startswith('#') and percent.endswith('%') and ' 0x' not in line:
            parts.append((float(percent.rstrip('%')), names))
    return sorted(part for part in parts if part[0] >= PROFILE_LEAST_PERCENT)[::-1]


def read_json(program, text):
    try:
        return json.loads(text)
    except ValueError as error:
        raise Failed(f'{" ".join(program.argv)} gave no figures: {error}') from error


class Bench:
    """All that the measures have in common: programs, data, and the rows that come out."""

    def __init__(self, build, data, pairs, profile):
        self.build = build
        self.data = data
        self.pairs = pairs
        self.profile = profile
        # The measure that runs.
        self.name = None
        self.results = []

    def path(self, name):
        return self.data.folder / name

    def tool(self, name):
        return self.build / 'tests' / 'bench' / name

    def solco(self, verb, *arguments, recorder, **options):
        return Program(self.build / 'src' / 'cli' / 'solco-cli', verb, '--recorder', recorder,
                       *arguments, **options)

    def run(self, program):
        """Runs a program to its end and returns its figures."""
        usage = self.path('usage.json')
        # What an earlier run left must not be taken for the figures of this one.
        for report in (usage, program.report):
            if report:
                report.unlink(missing_ok=True)
        busy = read_cpu_seconds()
        done = subprocess.run([self.tool('bench-run'), usage, *program.argv], check=False,
                              env=get_environment(), stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE if program.prints else subprocess.DEVNULL,
                              stderr=subprocess.PIPE)
        if done.returncode != 0:
            raise Failed(f'{" ".join(program.argv)} ended with {done.returncode}:\n'
                         f'{done.stderr.decode(errors="replace")}')
        figures = read_json(program, usage.read_text())
        figures['all_seconds'] = figures['seconds']
        figures['others_seconds'] = read_cpu_seconds() - busy - figures['cpu_seconds']
        if program.prints:
            figures |= read_json(program, done.stdout)
        if program.report:
            figures |= read_json(program, program.report.read_text())
        if program.derive:
            figures |= program.derive(figures)
        return figures

    def compare(self, title, reference, ours, theirs, quantities, *, prepare=lambda: None,
                clean=lambda: None, check=None, floors=None):
        """Runs both in turns, each of them first every other time. @prepare runs before each run
        and @clean after it, @check once after the first of ours; none of them is measured. With
        --profile, @floors are run once where a target is missed: parts of what has to be done."""
        log(f'  {title} / {reference}')
        runs = {'ours': [], 'theirs': []}
        for pair in range(self.pairs):
            order = [('ours', ours), ('theirs', theirs)]
            for side, program in order if pair % 2 == 0 else reversed(order):
                prepare()
                os.sync()
                try:
                    runs[side].append(self.run(program))
                    if check and side == 'ours' and pair == 0:
                        check()
                finally:
                    clean()
        result = self.add(title, reference, runs['ours'], runs['theirs'], quantities)
        if self.profile and any(row['verdict'] == 'missed' for row in result['rows']):
            prepare()
            result['profile'] = self.make_profile(ours)
            clean()
            result['floors'] = {}
            for name, program in (floors or {}).items():
                result['floors'][name] = self.run(program)['seconds']
                clean()

    def add(self, title, reference, ours, theirs, quantities):
        """Makes rows of what was measured, and tells of them."""
        rows = [make_row(quantity, ours, theirs) for quantity in quantities]
        share = get_others_share(ours + theirs)
        result = {'name': self.name, 'measure': title, 'reference': reference,
                  'others_share': share, 'disturbed': share is not None and share > DISTURBED,
                  'rows': rows}
        self.results.append(result)
        for row in rows:
            log(f'    {describe(row)}')
        if result['disturbed']:
            log(f'    disturbed: others had {share:.0%} of a CPU')
        return result

    def make_profile(self, program):
        """Where the CPU time of a program goes: shares of the libraries, and of the functions
        that have names."""
        if shutil.which('perf') is None:
            return {'error': 'perf is not installed'}
        path = self.path('perf.data')
        recorded = subprocess.run(
            ['perf', 'record', '-q', '-F', str(PROFILE_HERTZ), '-o', path, '--', *program.argv],
            env=get_environment(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, check=False)
        if recorded.returncode != 0:
            return {'error': recorded.stderr.decode(errors='replace').strip()}
        profile = {
            'libraries': [(percent, library) for percent, (library, *_)
                          in read_profile(path, 'dso')],
            'functions': [(percent, f'{symbol.split()[-1]} ({library})')
                          for percent, (library, symbol, *_)
                          in read_profile(path, 'dso,symbol')[:PROFILE_FUNCTIONS]]}
        path.unlink()
        return profile

    def warm(self, *folders):
        """What was just made stays in the page cache; this takes care of the folders, too."""
        for folder in folders:
            self.run(Program(self.tool('bench-walk'), folder))

    def forget(self, *names):
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                self.path(name).unlink()
