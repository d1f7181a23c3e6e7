# SPDX-License-Identifier: GPL-3.0-or-later
"""xorriso burns two sessions to every medium of the virtual recorder, lists and extracts them,
blanks and formats what can be erased, and meets full and closed discs."""

import re

from recorder_peers import Bench, expect, need, run_tests, same_tree

# How far the second session is from the end of what was written, on media where the drive decides.
SEQUENTIAL = {
    "cd-r-74": 11400, "cd-r-80": 11400, "cd-rw-80": 11400, "dvd-r": 16384,
    "dvd+r": 2048, "dvd+r-dl": 2048, "bd-r-25": 0, "bd-r-50": 0,
}
OVERWRITABLE = ["dvd-rw-ro", "dvd+rw", "dvd-ram", "bd-re-25"]


def xorriso(bench, *arguments, **keywords):
    return bench.run("xorriso", "-report_about", "WARNING", *arguments, **keywords)


def sessions(bench):
    """Start addresses of the sessions that -toc lists."""
    text = xorriso(bench, "-indev", "/dev/sr0", "-toc")
    return [int(number) for number in re.findall(r"^ISO session  : +\d+ , +(\d+) ,", text, re.M)]


def check_extract(bench, *folders):
    for name in folders:
        xorriso(bench, "-osirrox", "on", "-indev", "/dev/sr0", "-extract", f"/{name}",
                bench.path(f"out-{name}"))
        expect(same_tree(bench.path(name), bench.path(f"out-{name}")), f"/{name} differs")


def two_sessions(kind):
    with Bench(kind) as bench:
        one = bench.tree("one", 1000000, 17)
        two = bench.tree("two", 500000)
        xorriso(bench, "-outdev", "/dev/sr0", "-format", "as_needed", "-map", one, "/one",
                "-commit")
        starts = sessions(bench)
        expect(len(starts) == 1, f"after the first session: {starts}")
        text = xorriso(bench, "-indev", "/dev/sr0", "-toc")
        end = int(re.search(r"^Media blocks : (\d+) readable", text, re.M).group(1))
        xorriso(bench, "-dev", "/dev/sr0", "-map", two, "/two", "-commit")
        starts = sessions(bench)
        expect(len(starts) == 2, f"after the second session: {starts}")
        if kind in SEQUENTIAL:
            expect(starts == [0, end + SEQUENTIAL[kind]], f"{end} blocks, sessions at {starts}")
        check_extract(bench, "one", "two")
        # The first session alone does not know of the second.
        text = xorriso(bench, "-load", "session", "1", "-indev", "/dev/sr0", "-find", "/",
                       "-maxdepth", "1")
        expect("'/one'" in text and "'/two'" not in text, text)
        if kind not in OVERWRITABLE:
            xorriso(bench, "-dev", "/dev/sr0", "-close", "on", "-map", two, "/three", "-commit")
            text = xorriso(bench, "-outdev", "/dev/sr0", "-toc")
            expect("is closed" in text, text)
            xorriso(bench, "-dev", "/dev/sr0", "-map", two, "/four", "-commit", status=None)
            expect(len(sessions(bench)) == 3, "the closed disc was changed")


def incremental_dvd_rw():
    """A DVD-RW that stays sequential: two sessions, and what a minimal blank leaves."""
    with Bench("dvd-rw-seq") as bench:
        one = bench.tree("one", 300000)
        two = bench.tree("two", 300000)
        xorriso(bench, "-outdev", "/dev/sr0", "-map", one, "/one", "-commit")
        xorriso(bench, "-dev", "/dev/sr0", "-map", two, "/two", "-commit")
        expect(len(sessions(bench)) == 2, "two sessions")
        check_extract(bench, "one", "two")
        xorriso(bench, "-outdev", "/dev/sr0", "-blank", "deformat_quickest")
        text = xorriso(bench, "-outdev", "/dev/sr0", "-toc")
        expect("is blank" in text, text)
        # Only one session, written at once, is possible now.
        xorriso(bench, "-outdev", "/dev/sr0", "-close", "on", "-map", one, "/one", "-commit")
        text = xorriso(bench, "-outdev", "/dev/sr0", "-toc")
        expect("is closed" in text, text)
        expect(len(sessions(bench)) == 1, "one session")
        xorriso(bench, "-outdev", "/dev/sr0", "-blank", "deformat")
        xorriso(bench, "-outdev", "/dev/sr0", "-map", two, "/two", "-commit")
        text = xorriso(bench, "-outdev", "/dev/sr0", "-toc")
        expect("is appendable" in text, text)


def dvd_rw_formats():
    """From sequential to restricted overwrite and back."""
    with Bench("dvd-rw-seq", "--capacity-blocks", "65536") as bench:
        one = bench.tree("one", 300000)
        for way in ("fast", "full"):
            xorriso(bench, "-outdev", "/dev/sr0", "-format", way)
            text = xorriso(bench, "-outdev", "/dev/sr0", "-toc")
            expect("DVD-RW restricted overwrite" in text, text)
            xorriso(bench, "-outdev", "/dev/sr0", "-map", one, "/one", "-commit")
            xorriso(bench, "-dev", "/dev/sr0", "-map", one, "/again", "-commit")
            expect(len(sessions(bench)) == 2, "two sessions")
            xorriso(bench, "-outdev", "/dev/sr0", "-blank", "deformat")
            text = xorriso(bench, "-outdev", "/dev/sr0", "-toc")
            expect("DVD-RW sequential" in text and "is blank" in text, text)


def blank_cd_rw():
    with Bench("cd-rw-80") as bench:
        one = bench.tree("one", 300000)
        for way in ("fast", "all"):
            xorriso(bench, "-outdev", "/dev/sr0", "-map", one, "/one", "-commit")
            expect(sessions(bench) == [0], "one session at 0")
            xorriso(bench, "-outdev", "/dev/sr0", "-blank", way)
            text = xorriso(bench, "-outdev", "/dev/sr0", "-toc")
            expect("is blank" in text and "359849 writable" in text, text)


def format_again():
    for kind in ("bd-re-25", "dvd-ram", "dvd+rw"):
        with Bench(kind, "--capacity-blocks", "131072") as bench:
            one = bench.tree("one", 300000)
            for way in ("as_needed", "full"):
                xorriso(bench, "-outdev", "/dev/sr0", "-format", way)
                xorriso(bench, "-outdev", "/dev/sr0", "-blank", "as_needed", "-map", one, "/one",
                        "-commit")
                check_extract(bench, "one")
                bench.run("rm", "-r", bench.path("out-one"))


def list_formats():
    with Bench("bd-re-25") as bench:
        text = xorriso(bench, "-outdev", "/dev/sr0", "-list_formats")
        expect("unformatted" in text and "31h" in text and "12219392" in text, text)


def dvd_r_dl():
    with Bench("dvd-r-dl") as bench:
        one = bench.tree("one", 300000)
        xorriso(bench, "-outdev", "/dev/sr0", "-map", one, "/one", "-commit", status=None)
        xorriso(bench, "-outdev", "/dev/sr0", "-close", "on", "-map", one, "/one", "-commit")
        text = xorriso(bench, "-outdev", "/dev/sr0", "-toc")
        expect("is closed" in text, text)
        check_extract(bench, "one")


def dvd_r_at_once():
    with Bench("dvd-r") as bench:
        one = bench.tree("one", 300000)
        xorriso(bench, "-outdev", "/dev/sr0", "-close", "on", "-map", one, "/one", "-commit")
        text = xorriso(bench, "-outdev", "/dev/sr0", "-toc")
        expect("is closed" in text, text)
        check_extract(bench, "one")


def too_small():
    """What does not fit is refused, and the session before is untouched."""
    for kind in ("cd-r-80", "dvd+r"):
        with Bench(kind, "--capacity-blocks", "20000") as bench:
            one = bench.tree("one", 300000)
            big = bench.tree("big", 45000000)
            xorriso(bench, "-outdev", "/dev/sr0", "-map", one, "/one", "-commit")
            xorriso(bench, "-dev", "/dev/sr0", "-map", big, "/big", "-commit", status=None)
            expect(len(sessions(bench)) == 1, "one session")
            check_extract(bench, "one")


def simulate():
    for kind in ("cd-r-80", "dvd-r", "dvd-rw-seq"):
        with Bench(kind) as bench:
            one = bench.tree("one", 300000)
            xorriso(bench, "-outdev", "/dev/sr0", "-dummy", "on", "-map", one, "/one", "-commit")
            text = xorriso(bench, "-outdev", "/dev/sr0", "-toc")
            expect("is blank" in text, text)


def write_error():
    """A block that cannot be written ends the burn, and the disc can be appended to afterwards."""
    with Bench("cd-r-80") as bench:
        one = bench.tree("one", 300000)
        two = bench.tree("two", 3000000)
        xorriso(bench, "-outdev", "/dev/sr0", "-map", one, "/one", "-commit")
        xorriso(bench, "-dev", "/dev/sr0", "-map", two, "/two", "-commit", status=None,
                options=["--fault", "sense=3/0c/00,op=write,lba=12500"])
        check_extract(bench, "one")


def power_loss():
    """The power goes in the middle of the second session: the track is damaged and can be closed,
    the first session is what it was, and a third one can be written."""
    for kind in ("cd-r-80", "dvd-r", "dvd+r", "bd-r-25"):
        with Bench(kind) as bench:
            one = bench.tree("one", 300000)
            two = bench.tree("two", 3000000)
            xorriso(bench, "-outdev", "/dev/sr0", "-map", one, "/one", "-commit")
            xorriso(bench, "-dev", "/dev/sr0", "-map", two, "/two", "-commit", status=None,
                    options=["--fault", "power-loss,after=20"])
            text = bench.run("xorriso", "-outdev", "/dev/sr0", "-toc")
            expect("damaged" in text.lower(), text)
            xorriso(bench, "-outdev", "/dev/sr0", "-close_damaged", "as_needed")
            check_extract(bench, "one")
            xorriso(bench, "-dev", "/dev/sr0", "-map", two, "/two", "-commit")
            check_extract(bench, "two")


def pressed():
    """A pressed disc is made of an image file."""
    with Bench("dvd-rom") as bench:
        one = bench.tree("one", 300000)
        bench.run("xorriso", "-outdev", bench.medium, "-map", one, "/one", "-commit",
                  options=["--backing", bench.path("other"), "--medium", "cd-r-80"])
        for kind in ("cd-rom", "dvd-rom", "bd-rom"):
            bench.kind = kind
            text = xorriso(bench, "-indev", "/dev/sr0", "-toc")
            expect("is closed" in text, text)
            check_extract(bench, "one")
            bench.run("rm", "-r", bench.path("out-one"))


need("xorriso")
run_tests([(f"two sessions on {kind}", lambda kind=kind: two_sessions(kind))
           for kind in [*SEQUENTIAL, *OVERWRITABLE]] + [
    ("incremental DVD-RW", incremental_dvd_rw),
    ("DVD-RW formats", dvd_rw_formats),
    ("blank CD-RW", blank_cd_rw),
    ("format again", format_again),
    ("list formats", list_formats),
    ("DVD-R DL", dvd_r_dl),
    ("DVD-R at once", dvd_r_at_once),
    ("too small", too_small),
    ("simulate", simulate),
    ("write error", write_error),
    ("power loss", power_loss),
    ("pressed", pressed),
])
