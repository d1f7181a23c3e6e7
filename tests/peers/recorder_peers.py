# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of foreign programs on the virtual recorder share."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import traceback

RECORDER = os.path.abspath(sys.argv[1])

# Recorders that a test kills leave their files here.
tempfile.tempdir = tempfile.mkdtemp(prefix="recorder-peers-")
os.environ["TMPDIR"] = tempfile.tempdir
atexit.register(shutil.rmtree, tempfile.tempdir, ignore_errors=True)


class Failed(Exception):
    """A program or the disc did not do what it should."""


def need(*programs):
    """Skips everything when a program is not installed."""
    for program in programs:
        if shutil.which(program) is None:
            print(f"1..0 # SKIP {program} is not installed")
            sys.exit(0)


def private_mounts():
    """How to start a program in a mount namespace of its own, or None."""
    for command in (["unshare", "-m"], ["unshare", "-rm"]):
        try:
            if subprocess.run(command + ["true"], stderr=subprocess.DEVNULL,
                              check=False).returncode == 0:
                return command
        except FileNotFoundError:
            return None
    return None


class Bench:
    """A folder with a medium in it, and the recorder to put it into."""

    def __init__(self, kind, *options):
        self.folder = tempfile.mkdtemp(prefix="recorder-peer-")
        self.kind = kind
        self.options = list(options)
        self.medium = self.path("medium")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder)

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def command(self, *arguments, options=()):
        return [RECORDER, "--medium", self.kind, "--backing", self.medium, "--sleep-divisor", "50",
                *self.options, *options, "--", *arguments]

    def run(self, *arguments, options=(), status=0, timeout=60):
        """Runs a program beside the recorder; returns all that it printed."""
        environment = dict(os.environ, LC_ALL="C")
        environment.pop("G_DEBUG", None)
        done = subprocess.run(self.command(*arguments, options=options), env=environment,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=timeout, check=False)
        text = done.stdout.decode(errors="replace")
        is_good = done.returncode == status if status is not None else done.returncode != 0
        if not is_good:
            raise Failed(f"{' '.join(arguments)} ended with {done.returncode}:\n{text}")
        return text

    def tree(self, name, *sizes):
        """A folder with files of random content."""
        folder = self.path(name)
        os.mkdir(folder)
        for number, size in enumerate(sizes):
            with open(os.path.join(folder, f"{name}-{number}.bin"), "wb") as file:
                file.write(os.urandom(size))
        return folder


def same_tree(first, second):
    """Whether two folders hold the same files."""
    names = sorted(os.listdir(first))
    if names != sorted(os.listdir(second)):
        return False
    for name in names:
        with open(os.path.join(first, name), "rb") as a, open(os.path.join(second, name),
                                                              "rb") as b:
            if a.read() != b.read():
                return False
    return True


def expect(condition, what):
    if not condition:
        raise Failed(what)


def run_tests(tests):
    """Runs (name, function) pairs and speaks TAP."""
    print(f"1..{len(tests)}", flush=True)
    n_failed = 0
    for number, (name, function) in enumerate(tests, 1):
        try:
            function()
            print(f"ok {number} {name}", flush=True)
        except Exception:  # a test must not stop the others
            n_failed += 1
            print(f"not ok {number} {name}", flush=True)
            for line in traceback.format_exc().splitlines():
                print(f"# {line}", flush=True)
    sys.exit(1 if n_failed else 0)
