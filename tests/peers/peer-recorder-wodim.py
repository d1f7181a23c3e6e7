# SPDX-License-Identifier: GPL-3.0-or-later
"""wodim, which shares no code with libburn, burns to the virtual recorder; cd-info and
dvd+rw-mediainfo read what is on its media."""

import os
import re

from recorder_peers import Bench, expect, need, private_mounts, run_tests

need("wodim", "genisoimage", "cd-info", "cd-read", "dvd+rw-mediainfo", "unshare")
MOUNTS = private_mounts()


def wodim(bench, *arguments, **keywords):
    return bench.run(*MOUNTS, "wodim", "dev=/dev/sr0", "gracetime=0", *arguments, **keywords)


def image(bench, name, *options):
    """An ISO image made by genisoimage; returns its path and its size in blocks."""
    folder = bench.tree(name, 700000)
    path = bench.path(name + ".iso")
    bench.run("genisoimage", "-quiet", "-R", "-J", "-V", name.upper(), *options, "-o", path,
              folder)
    return path, os.path.getsize(path) // 2048


def toc(bench):
    """(track, address, control) of each line that wodim -toc prints."""
    return [(number, int(lba), int(control)) for number, lba, control in re.findall(
        r"^track: *(\w+) lba: *(-?\d+) .* control: (\d)", wodim(bench, "-toc"), re.M)]


def read_blocks(bench, first, n_blocks):
    """Reads through the block device."""
    path = bench.path("blocks")
    bench.run("python3", "-c", f"""
with open("/dev/sr0", "rb", buffering=0) as drive, open({path!r}, "wb") as out:
    drive.seek({first * 2048})
    left = {n_blocks * 2048}
    while left > 0:
        data = drive.read(min(left, 65536))
        assert data
        out.write(data)
        left -= len(data)
""")
    with open(path, "rb") as file:
        return file.read()


def multi_session(kind):
    with Bench(kind) as bench:
        first, n_first = image(bench, "first")
        wodim(bench, "-tao", "-multi", "-data", first)
        start = n_first + 2 + 11400
        text = wodim(bench, "-msinfo")
        expect(f"0,{start}" in text.split(), text)
        second, n_second = image(bench, "second", "-C", f"0,{start}", "-M", first)
        wodim(bench, "-tao", "-multi", "-data", second)
        expect(toc(bench) == [("1", 0, 4), ("2", start, 4), ("lout", start + n_second + 2, 4)],
               f"{toc(bench)}")
        with open(first, "rb") as file:
            expect(read_blocks(bench, 0, n_first) == file.read(), "the first session differs")
        with open(second, "rb") as file:
            expect(read_blocks(bench, start, n_second) == file.read(), "the second differs")
        text = bench.run("cd-info", "--no-device-info", "/dev/sr0")
        expect(f"Last CD Session LSN: {start}" in text, text)
        expect("session #2 starts at track  2" in text, text)
        expect("label `FIRST" in text and "label `SECOND" in text, text)


def tracks_of_one_session():
    """Two data tracks and one of audio, and the gaps between them."""
    with Bench("cd-r-80") as bench:
        first, n_first = image(bench, "first")
        second, n_second = image(bench, "second")
        audio = bench.path("audio.cdr")
        with open(audio, "wb") as file:
            file.write(os.urandom(2352 * 400))
        wodim(bench, "-tao", "-data", first, second, "-audio", audio)
        second_at = n_first + 2 + 150
        audio_at = second_at + n_second + 2 + 150
        expect(toc(bench) == [("1", 0, 4), ("2", second_at, 4), ("3", audio_at, 0),
                              ("lout", audio_at + 400 + 2, 0)], f"{toc(bench)}")
        text = bench.run("cd-info", "--no-device-info", "/dev/sr0")
        expect("mixed mode CD" in text, text)
        # Without -multi the disc is closed.
        wodim(bench, "-tao", "-data", first, status=None)
        expect(len(toc(bench)) == 4, "the closed disc was changed")


def session_at_once():
    with Bench("cd-rw-80") as bench:
        first, n_first = image(bench, "first")
        wodim(bench, "-sao", "-data", first)
        expect(toc(bench) == [("1", 0, 4), ("lout", n_first, 4)], f"{toc(bench)}")
        with open(first, "rb") as file:
            expect(read_blocks(bench, 0, n_first) == file.read(), "the session differs")
        for way in ("fast", "all"):
            wodim(bench, f"blank={way}")
            expect("Cannot read TOC" in wodim(bench, "-toc"), "the disc is not blank")
        names = []
        for number in (1, 2):
            names.append(bench.path(f"audio-{number}.cdr"))
            with open(names[-1], "wb") as file:
                file.write(os.urandom(2352 * 500))
        wodim(bench, "-sao", "-audio", *names)
        expect(toc(bench)[0] == ("1", 0, 0) and toc(bench)[-1][2] == 0, f"{toc(bench)}")
        text = bench.run("cd-info", "--no-device-info", "/dev/sr0")
        expect("CD-DA" in text and "2: " in text, text)


def atip():
    with Bench("cd-r-80") as bench:
        text = wodim(bench, "-atip")
        expect("359849 (79:59/74)" in text, text)
        first, _ = image(bench, "first")
        wodim(bench, "-dummy", "-tao", "-data", first)
        expect("Cannot read TOC" in wodim(bench, "-toc"), "a test write left a trace")


def dvd(kind):
    with Bench(kind) as bench:
        first, n_first = image(bench, "first")
        wodim(bench, "-sao", "-data", first)
        with open(first, "rb") as file:
            expect(read_blocks(bench, 0, n_first) == file.read(), "the session differs")
        text = bench.run(*MOUNTS, "dvd+rw-mediainfo", "/dev/sr0")
        expect(re.search(r"Disc status: +complete", text), text)


def media_info():
    """What dvd+rw-mediainfo makes of blank media."""
    for kind, words in {
            "dvd-r": ["11h, DVD-R Sequential", "Free Blocks:           2298496"],
            "dvd-rw-seq": ["14h, DVD-RW Sequential", "15h"],
            "dvd-rw-ro": ["13h, DVD-RW Restricted", "formatted"],
            "dvd+r": ["1Bh, DVD+R", "2295104"],
            "dvd+r-dl": ["2Bh, DVD+R", "4173824"],
            "dvd+rw": ["1Ah, DVD+RW", "26h(0)"],
            "dvd-ram": ["12h, DVD-RAM", "formatted"],
            "bd-r-25": ["41h, BD-R SRM", "12219392"],
            "bd-re-25": ["43h, BD-RE", "31h(800):		12219392"],
    }.items():
        with Bench(kind) as bench:
            text = bench.run(*MOUNTS, "dvd+rw-mediainfo", "/dev/sr0")
            for word in words:
                expect(word in text, f"no “{word}” in:\n{text}")


def cd_info_kinds():
    """cd-info names the disc, whatever it is."""
    for kind, words in {"audio-cd": "CD-DA", "cd-rom": "CD-DATA (Mode 1)", "dvd-r": "DVD-R",
                        "dvd+r": "DVD+R", "dvd+rw": "DVD+RW", "dvd-ram": "DVD-RAM",
                        "dvd-rom": "DVD-ROM"}.items():
        with Bench(kind) as bench:
            text = bench.run("cd-info", "--no-device-info", "/dev/sr0")
            expect(f"Disc mode is listed as: {words}" in text, text)


def read_audio():
    """libcdio reads samples with READ CD."""
    with Bench("audio-cd") as bench:
        out = bench.path("samples")
        bench.run("cd-read", "-m", "audio", "-s", "10", "-n", "5", "--no-header", "-o", out,
                  "/dev/sr0")
        with open(out, "rb") as file:
            samples = file.read()
        expect(samples == bytes((2352 * 10 + k) // 4 % 256 for k in range(2352 * 5)),
               "the samples differ")


if MOUNTS is None:
    print("1..0 # SKIP no private mount namespace")
else:
    run_tests([
        ("multi-session on CD-R", lambda: multi_session("cd-r-80")),
        ("multi-session on CD-RW", lambda: multi_session("cd-rw-80")),
        ("tracks of one session", tracks_of_one_session),
        ("session at once, blank", session_at_once),
        ("ATIP and simulation", atip),
        ("DVD-R", lambda: dvd("dvd-r")),
        ("DVD-RW", lambda: dvd("dvd-rw-seq")),
        ("dvd+rw-mediainfo", media_info),
        ("cd-info", cd_info_kinds),
        ("cd-read", read_audio),
    ])
