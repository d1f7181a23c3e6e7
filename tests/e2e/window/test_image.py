# SPDX-License-Identifier: GPL-3.0-or-later
"""A disc image file: staged by real drops, burned, and grown by a second session."""
import hashlib
import os
import subprocess

from harness import Failure, main, wait_for
from steps import go_on, stage


def read_back(session, path):
    """The bytes of a file in the image, by a program that has no part in writing."""
    return subprocess.run(["xorriso", "-osirrox", "on", "-indev", session.image(), "-concat",
                           "append", "-", path, "--"], check=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


def same(session, disc_path, local_path):
    with open(local_path, "rb") as file:
        expected = hashlib.sha256(file.read()).hexdigest()
    found = hashlib.sha256(read_back(session, disc_path)).hexdigest()
    if found != expected:
        raise Failure(f"{disc_path} is not what {local_path} is")


def burn(session):
    """Presses Burn… and Burn, and waits for the result."""
    session.click("push button", "^Burn…")
    session.wait_for_window("Burn")
    session.key("Return")
    session.says("read back and identical", 60)


def use_cd_size():
    subprocess.run(["gsettings", "set", "io.github.solco.Solco", "image-kind", "cd700"],
                   check=True)


def grow(session):
    """Drops, burns, and appends: the bar's sentence before and after, the result, the banner"""
    use_cd_size()
    folder = session.make_files("Photos", one_dot_jpg=3_000_000, two_dot_jpg=2_000_000)
    single = os.path.join(session.make_files("more", note_dot_txt=700), "note.txt")
    session.start(session.device())
    before = session.says("for your files")
    if "681.8 MiB" not in before or "21.0 MiB" not in before:
        raise Failure(f"an empty CD of 700 MB says: {before}")
    session.drop(folder, single)
    session.find("label", "^Photos$")
    session.find("label", "^note.txt$")
    after = session.says("left after this session")
    if "676" not in after:
        raise Failure(f"with 5 MB staged the bar says: {after}")
    burn(session)
    session.says("Session 1 is in the disc image")
    session.says("1 session, 4 files")
    go_on(session, 1)
    session.quit()
    same(session, "/Photos/one.jpg", os.path.join(folder, "one.jpg"))

    session.start(session.device())
    session.says("Adding session 2")
    session.find("label", "^Photos$")
    session.find("label", "^note.txt$")
    second = stage(session, "Summer", three_dot_jpg=1_000_000)
    burn(session)
    session.says("Session 2 is in the disc image")
    go_on(session, 2)
    session.quit()
    same(session, "/Photos/two.jpg", os.path.join(folder, "two.jpg"))
    same(session, "/Summer/three.jpg", os.path.join(second, "three.jpg"))


def clear_and_undo(session):
    """Clear Content leaves multi-session mode, names what would be lost, and Undo returns"""
    use_cd_size()
    session.start(session.device())
    session.says("for your files")
    stage(session, "Old", a_dot_bin=100_000)
    burn(session)
    go_on(session, 1)
    session.key("ctrl+shift+Delete")
    session.says("burning needs this disc to be erased")
    session.says("Drop files and folders here")
    session.key("ctrl+z")
    session.says("Adding session 2")
    session.find("label", "^Old$")
    session.key("ctrl+shift+Delete")
    session.says("burning needs this disc to be erased")
    stage(session, "New", b_dot_bin=100_000)
    session.click("push button", "^Burn…")
    session.wait_for_window("Burn")
    session.says("is erased first. 1 session with 2 files .* will be lost")
    session.click("push button", "Erase and Burn")
    session.says("Session 1 is in the disc image", 60)
    session.key("Return")
    session.quit()
    listing = subprocess.run(["xorriso", "-indev", session.image(), "-ls", "/"], check=True,
                             capture_output=True, text=True).stdout
    if "New" not in listing or "Old" in listing:
        raise Failure(f"the image holds {listing}")


def drag_out(session):
    """A file of the disc and one that is only staged are dragged to another program"""
    use_cd_size()
    session.start(session.device())
    session.says("for your files")
    old = os.path.join(session.make_files("Old", old_dot_txt=300_000), "old.txt")
    new = os.path.join(session.make_files("New", new_dot_txt=700), "new.txt")
    session.drop(old)
    session.find("label", "^old.txt$")
    burn(session)
    go_on(session, 1)
    session.drop(new)
    session.find("label", "^new.txt$")
    os.remove(old)
    copies = os.path.join(session.folder, "copies")
    os.makedirs(copies)
    target = subprocess.Popen([os.environ["SOLCO_E2E_DROP_TARGET"], copies])
    try:
        session.wait_for_window("Drop target")
        session.move_window("Solco", 0, 0)
        session.move_window("Drop target", 1000, 100)
        for name, size in (("old.txt", 300_000), ("new.txt", 700)):
            copy = os.path.join(copies, name)
            session.drag_out(session.find("label", f"^{name}$"), "Drop target")
            wait_for(f"a copy of {name}",
                     lambda copy=copy, size=size: os.path.exists(copy)
                     and os.path.getsize(copy) == size)
    finally:
        target.kill()
        target.wait()
    # It was copied, not taken away.
    if not os.path.exists(new):
        raise Failure("the user's own file is gone")
    # Within the list, the same drag moves.
    session.key("ctrl+shift+n")
    session.type("Folder")
    session.key("Return")
    folder = session.find("label", "^Folder$")
    session.drag_to(session.find("label", "^new.txt$"), folder)
    wait_for("the file to be in the folder", lambda: not session.has("label", "^new.txt$"))
    session.key("ctrl+z")
    session.find("label", "^new.txt$")
    session.quit_without_saving()
    # The other program may still be at it.
    cache = os.path.join(os.environ["XDG_CACHE_HOME"], "solco", "dragged")
    kept = [name for _, _, names in os.walk(cache) for name in names]
    if kept != ["old.txt"]:
        raise Failure(f"{kept} are in {cache}")


def cannot_write(session):
    """An image in a folder that is gone: what happened, why, and what to do"""
    folder = os.path.join(session.folder, "gone")
    os.makedirs(folder)
    session.start(f"--device=stdio:{folder}/disc.iso")
    session.says("for your files")
    stage(session, "Files", a_dot_bin=1000)
    session.click("push button", "^Burn…")
    session.wait_for_window("Burn")
    os.rmdir(folder)
    session.key("Return")
    session.says("^What to do$", 60)
    session.says("^Details$")
    wait_for("a way to try again", lambda: session.has("push button", "Try Again"))
    session.key("Return")
    session.quit_without_saving()


main(grow, clear_and_undo, drag_out, cannot_write)
