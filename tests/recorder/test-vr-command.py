# SPDX-License-Identifier: GPL-3.0-or-later
"""The command solco-virtual-recorder: what it gives to a program and takes back, and what can be
done to the drive while the program runs."""

import os
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "peers"))
from recorder_peers import RECORDER, Bench, expect, run_tests  # noqa: E402

WATCH = sys.argv[2]

# For the programs that are run: a call that has to fail, and how.
REFUSED = """
import errno
def refused(number, function, *arguments):
    try:
        function(*arguments)
    except OSError as error:
        assert error.errno == number, error
    else:
        assert False, arguments
"""


def send(bench, *words, status=0):
    done = subprocess.run([RECORDER, "--send", bench.path("control"), "--", *words],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    text = done.stdout.decode()
    expect(done.returncode == status, f"{words} ended with {done.returncode}: {text}")
    return text


def start(bench, *arguments, options=()):
    """Starts a program beside a recorder that can be controlled."""
    process = subprocess.Popen(
        bench.command(*arguments, options=["--control", bench.path("control"), *options]),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
    for _ in range(500):
        if os.path.exists(bench.path("control")):
            return process
        time.sleep(0.01)
    raise AssertionError("no control socket")


def python(code):
    return ["python3", "-c", code]


def exit_status():
    with Bench("cd-r-80") as bench:
        bench.run("sh", "-c", "exit 7", status=7)
        bench.run("sh", "-c", "kill -KILL $$", status=128 + signal.SIGKILL)
        bench.run("/no/such/program", status=127)
        bench.run("true", options=["--medium", "floppy"], status=125)
        bench.run("true", options=["--fault", "nonsense"], status=125)
        bench.run("true", options=["--time-scale", "0"], status=125)
        done = subprocess.run(bench.command("cat"), input=b"through", stdout=subprocess.PIPE,
                              check=True)
        expect(done.stdout == b"through", "input and output are passed")


def leaves_nothing():
    """No file stays behind, however it ends."""
    with Bench("cd-r-80") as bench:
        temporary = bench.path("tmp")
        os.mkdir(temporary)
        environment = dict(os.environ, TMPDIR=temporary)
        subprocess.run(bench.command("true"), env=environment, check=True)
        process = subprocess.Popen(bench.command("sh", "-c", "echo on; exec sleep 60"),
                                   env=environment, stdout=subprocess.PIPE)
        expect(process.stdout.readline() == b"on\n", "the program runs")
        process.terminate()
        expect(process.wait(10) == 128 + signal.SIGTERM, "the signal reaches the program")
        process.stdout.close()
        expect(os.listdir(temporary) == [], f"left behind: {os.listdir(temporary)}")


def dies_with_recorder():
    with Bench("cd-r-80") as bench:
        process = subprocess.Popen(bench.command("sh", "-c", "echo $$; exec sleep 60"),
                                   stdout=subprocess.PIPE)
        child = int(process.stdout.readline())
        process.kill()
        process.wait()
        process.stdout.close()
        for _ in range(500):
            try:
                with open(f"/proc/{child}/stat", encoding="ascii") as file:
                    if file.read().split()[2] == "Z":
                        return
            except FileNotFoundError:
                return
            time.sleep(0.01)
        raise AssertionError("the program outlives its recorder")


def node():
    """The node is a block device with rights, can be held, and real drives are not there."""
    with Bench("dvd-ram") as bench:
        bench.run(*python(REFUSED + """
import os, stat
info = os.stat("/dev/sr0")
assert stat.S_ISBLK(info.st_mode) and os.major(info.st_rdev) == 11
exclusive = os.O_RDWR | os.O_EXCL | os.O_NONBLOCK
for _ in range(200):
    refused(errno.ENOENT, os.open, "/dev/sr1", os.O_RDWR)
    refused(errno.EISDIR, os.open, "/dev/shm", os.O_WRONLY)
holder = os.open("/dev/sr0", exclusive)
refused(errno.EBUSY, os.open, "/dev/sr0", exclusive)
os.close(os.open("/dev/sr0", os.O_RDONLY | os.O_NONBLOCK))
os.close(holder)
holder = os.open("/dev/sr0", exclusive)
assert os.lseek(holder, 0, os.SEEK_END) == 2295072 * 2048
assert os.pread(holder, 5000, 1000) == bytes(5000)
refused(errno.EROFS, os.write, holder, b"x")
"""))
        bench.run(*python(REFUSED + """
import os
os.close(os.open("/dev/sr0", os.O_RDONLY))
assert os.access("/dev/sr0", os.R_OK) and not os.access("/dev/sr0", os.W_OK)
refused(errno.EACCES, os.open, "/dev/sr0", os.O_RDWR)
"""), options=["--fault", "read-only"])
        bench.run(*python(REFUSED + """
import os
refused(errno.EACCES, os.open, "/dev/sr0", os.O_RDONLY)
"""), options=["--fault", "no-access"])


def trace():
    """Every command is written down; a drive that nobody asks anything is left alone."""
    with Bench("cd-r-80") as bench:
        bench.run("sleep", "2", options=["--trace", bench.path("trace")])
        with open(bench.path("trace"), encoding="ascii") as file:
            expect(file.read() == "", "the recorder sends commands of its own")
        bench.run("xorriso", "-outdev", "/dev/sr0", options=["--trace", bench.path("trace")])
        with open(bench.path("trace"), encoding="ascii") as file:
            lines = file.read().splitlines()
        expect(any(line.startswith("12 00 00 00 24 00 bytes 36") for line in lines), f"{lines}")
        expect(any(line.endswith("sense 6/28/00") for line in lines), f"{lines}")


def hot_plug():
    """What libgudev sees of media and drives that come and go, and how soon."""
    with Bench("none") as bench:
        bench.medium = bench.path("first")
        process = subprocess.Popen(
            [RECORDER, "--medium", "none", "--control", bench.path("control"),
             "--recorder-name", "ACME Writer 9", "--", WATCH],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

        def line():
            return process.stdout.readline().split()

        expect(line() == ["present", "/dev/sr0", "Writer_9", "empty"], "an empty drive")
        expect(line() == ["watching"], "watching")
        for words, event in (
                (["insert", "dvd+r", bench.path("first")], ["change", "blank"]),
                (["swap", "dvd-ram"], ["change", "empty"]),
                (None, ["change", "complete"]),
                (["open"], ["change", "empty"]),
                (["close"], ["change", "complete"]),
                (["remove"], ["change", "empty"]),
                (["unplug"], ["remove", "empty"]),
                (["plug"], ["add", "empty"]),
                (["insert", "audio-cd"], ["change", "complete"])):
            began = time.monotonic()
            if words is not None:
                send(bench, *words)
            seen = line()
            expect([seen[0], seen[-1]] == event, f"{words}: {seen}")
            expect(time.monotonic() - began < 0.5, f"{words} took {time.monotonic() - began} s")
        expect("medium: audio-cd" in send(bench, "state"), "the state is told")
        send(bench, "insert", "cd-r-80", status=1)
        send(bench, "frobnicate", status=1)
        send(bench, "fault", "nonsense", status=1)
        process.stdin.close()
        expect(process.wait(10) == 0, "the watcher ends")
        process.stdout.close()


def unplugged_while_open():
    with Bench("cd-r-80") as bench:
        process = start(bench, *python(REFUSED + """
import fcntl, os, sys
CDROM_DRIVE_STATUS = 0x5326
fd = os.open("/dev/sr0", os.O_RDONLY | os.O_NONBLOCK)
fcntl.ioctl(fd, CDROM_DRIVE_STATUS, 0)
print("open", flush=True)
sys.stdin.readline()
refused(errno.ENODEV, fcntl.ioctl, fd, CDROM_DRIVE_STATUS, 0)
refused(errno.ENOENT, os.open, "/dev/sr0", os.O_RDONLY | os.O_NONBLOCK)
"""))
        expect(process.stdout.readline() == "open\n", "the drive is open")
        send(bench, "unplug")
        process.stdin.write("go on\n")
        process.stdin.close()
        expect(process.wait(10) == 0, "the program saw the drive go")
        process.stdout.close()


def hang():
    """A command that hangs can be waited for, or its program killed; the medium outlives both."""
    with Bench("cd-r-80") as bench:
        code = python("""
import fcntl, os, time
fd = os.open("/dev/sr0", os.O_RDONLY | os.O_NONBLOCK)
print("open", flush=True)
began = time.monotonic()
fcntl.ioctl(fd, 0x5326, 0)
print(time.monotonic() - began, flush=True)
""")
        process = start(bench, *code, options=["--fault", "hang=1,op=0x00"])
        expect(process.stdout.readline() == "open\n", "the drive is open")
        expect(0.9 < float(process.stdout.readline()) < 5, "it hung for a second")
        expect(process.wait(10) == 0, "the program ends")
        process.stdin.close()
        process.stdout.close()
        process = start(bench, *code, options=["--fault", "hang=600,op=0x00"])
        expect(process.stdout.readline() == "open\n", "the drive is open")
        time.sleep(0.2)
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()
        expect("capacity-blocks" in bench_state(bench), "the medium is readable")


def bench_state(bench):
    os.unlink(bench.path("control"))
    process = start(bench, "cat")
    text = send(bench, "state")
    process.stdin.close()
    process.wait(10)
    process.stdout.close()
    return text


def side_by_side():
    """Several recorders at the same time do not meet."""
    benches = [Bench(kind) for kind in ("cd-r-80", "dvd+r", "bd-r-25", "dvd-ram")]
    code = "import os; print(os.lseek(os.open('/dev/sr0', os.O_RDWR | os.O_EXCL), 0, 2))"
    running = [subprocess.Popen(bench.command(*python(code)), stdout=subprocess.PIPE)
               for bench in benches for _ in range(1)]
    sizes = []
    for process in running:
        sizes.append(int(process.communicate(timeout=30)[0]))
        expect(process.returncode == 0, f"ended with {process.returncode}")
    expect(sizes == [0, 0, 0, 2295072 * 2048], f"{sizes}")
    for bench in benches:
        bench.__exit__()


run_tests([
    ("exit status", exit_status),
    ("leaves nothing", leaves_nothing),
    ("dies with its recorder", dies_with_recorder),
    ("node", node),
    ("trace", trace),
    ("hot plug", hot_plug),
    ("unplugged while open", unplugged_while_open),
    ("hang", hang),
    ("side by side", side_by_side),
])
