# SPDX-License-Identifier: GPL-3.0-or-later
"""Without a pointer: every verb of the menus is reached, and a disc is burned."""
import re

from harness import Failure, main, plain, wait_for

# Each submenu of the primary menu with its verbs, in order.
MENU = {
    "Disc": ["Burn", "Burn to Image File", "Burn Image", "Copy To", "Verify Disc",
             "Disc Information", "Read Disc Again", "Erase Disc", "Eject"],
    "Content": ["Add Files", "Add Folder", "Paste Files", "New Folder", "Rename", "Remove",
                "Restore", "Select All", "Find", "Problems", "Clear Content"],
    "Project": ["New", "Open", "Open Recent", "Save", "Save As"],
}
TOP = ["Undo", "Redo", "Disc", "Content", "Project", "Preferences", "Keyboard Shortcuts",
       "About Solco", "Quit"]


def walk_down(session):
    """The names of what the arrow keys reach, until they come round."""
    names = []
    for _ in range(40):
        focused = session.focused()
        name = plain(focused.name) if focused is not None else ""
        if name and name in names:
            return names
        if name:
            names.append(name)
        session.key("Down")
    raise Failure(f"the arrow keys do not come round: {names}")


def expect(found, wanted, where):
    missing = [name for name in wanted
               if not any(re.match(re.escape(name), each) for each in found)]
    if missing:
        raise Failure(f"{where}: the keyboard does not reach {missing}, but {found}")


def menus(session):
    """Every verb of the primary menu and its submenus that is possible is reached by arrow keys"""
    session.start(session.device())
    session.says("for your files")
    session.drop(session.make_files("Photos", one_dot_jpg=30_000))
    session.find("label", "^Photos$")
    # Both Undo and Redo are possible now.
    session.drop(session.make_files("More", two_dot_jpg=30_000))
    session.find("label", "^More$")
    session.key("ctrl+z")
    session.key("F10")
    expect(walk_down(session), TOP, "the menu")
    session.key("Escape")
    # GTK passes over what is not possible at the moment: nothing can be ejected or erased here.
    impossible = {"Disc": ["Copy To", "Verify Disc", "Erase Disc", "Eject"],
                  "Content": ["Rename", "Remove", "Restore", "Problems", "Paste Files"],
                  "Project": ["Open Recent"]}
    for submenu, verbs in MENU.items():
        session.key("F10")
        session.walk_menu(submenu)
        session.key("Return")
        expect(walk_down(session), [verb for verb in verbs if verb not in impossible[submenu]],
               submenu)
        session.key("Escape", "Escape")
    session.quit_without_saving()


def whole_job(session):
    """Select, rename, remove, undo, burn, and leave, by keys alone"""
    session.start(session.device(), session.make_files("Photos", one_dot_jpg=30_000))
    session.find("label", "^Photos$")
    for _ in range(6):
        session.key("F6")
        focused = session.focused()
        if focused is not None and focused.getRoleName() in ("table row", "list item"):
            break
    session.key("Home")
    session.key("F2")
    session.key("ctrl+a")
    session.type("Pictures")
    session.key("Return")
    session.find("label", "^Pictures$")
    # A folder is opened and closed by the arrows.
    session.key("Home", "Right")
    session.find("label", "^one.jpg$")
    session.key("Left")
    wait_for("the folder to be closed", lambda: len(session.rows()) == 1)
    session.key("Home", "Delete")
    session.says("Drop files and folders here")
    session.key("ctrl+z")
    session.find("label", "^Pictures$")
    session.key("ctrl+Return")
    session.wait_for_window("Burn")
    session.key("Return")
    session.says("Session 1 is in the disc image", 60)
    session.key("Return")
    session.says("Adding session 2")
    session.quit()


main(menus, whole_job)
