#!/usr/bin/python3
"""Sums up meson test runs: summary.py BUILD-FAILURES LOG…

A LOG is the path of meson's logs without their ending (BUILD/meson-logs/testlog). Counts the single
tests of TAP programs (LOG.junit.xml), and one failure more for each program that meson calls failed
although none of its single tests says so (a crash, a timeout, a wrong plan). Prints what failed,
then "N passed, N failed"; the exit code is 1 if anything did."""
import json
import pathlib
import sys
import xml.etree.ElementTree


def count_suite(suite):
    passed = skipped = 0
    failed = []
    for case in suite.iter('testcase'):
        if case.find('failure') is not None or case.find('error') is not None:
            failed.append(case.get('name'))
        elif case.find('skipped') is not None:
            skipped += 1
        else:
            passed += 1
    return passed, skipped, failed


def count_run(log):
    directory = pathlib.Path(log).parts[0]
    try:
        root = xml.etree.ElementTree.parse(f'{log}.junit.xml').getroot()
        with open(f'{log}.json', encoding='utf-8') as stream:
            programs = [json.loads(line) for line in stream]
    except (OSError, ValueError, xml.etree.ElementTree.ParseError) as error:
        return 0, 0, [f'{directory}: no test results: {error}']

    passed = skipped = 0
    failed = []
    failing_suites = set()
    for suite in root.iter('testsuite'):
        p, s, f = count_suite(suite)
        passed += p
        skipped += s
        name = suite.get('name')
        failed += [f'{directory}: {name}: {case}' for case in f]
        if f:
            failing_suites.add(name.split(' / ')[-1].split('.')[-1])
    for program in programs:
        # "project:suite / name" here, and "project.project:suite / name" in the other file.
        name = program['name'].split(' / ')[-1]
        if program['result'] not in ('OK', 'SKIP', 'EXPECTEDFAIL') and name not in failing_suites:
            failed.append(f"{directory}: {name}: {program['result']}")
    if not programs:
        failed.append(f'{directory}: no test was run')
    return passed, skipped, failed


def main():
    passed = skipped = 0
    failed = [f'build {n + 1}' for n in range(int(sys.argv[1]))]
    for log in sys.argv[2:]:
        p, s, f = count_run(log)
        passed += p
        skipped += s
        failed += f
    for name in failed:
        print(f'FAILED {name}')
    if skipped:
        print(f'{skipped} skipped')
    print(f'{passed} passed, {len(failed)} failed')
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.exit(main())
