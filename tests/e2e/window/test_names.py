# SPDX-License-Identifier: GPL-3.0-or-later
"""Whoever cannot see the window: everything that can have the focus has a name, and every cell."""
import pyatspi

from harness import Failure, main, plain, walk

# What GTK 4.8 calls a thing that has no name of its own.
UNNAMED = ("", "GtkButton", "GtkLabel", "GtkSwitch", "GtkDropDown", "GtkEntry", "GtkText",
           "GtkCheckButton", "GtkToggleButton", "GtkMenuButton", "GtkImage", "GtkInscription",
           "GtkEditableLabel", "GtkTreeExpander", "GtkListView", "GtkColumnView")
# Containers that GTK itself makes focusable, and that no program can name in 4.8: their content is
# what has names.
OF_GTK = ("GtkListItemWidget", "GtkColumnListView", "GtkColumnViewTitle", "GtkPopoverMenu",
          "GtkPopoverContent", "GtkStackSwitcher")
CONTAINERS = ("scroll pane", "panel", "filler", "frame", "window", "dialog", "table row", "list",
              "list item", "viewport")


def check(session, where):
    faults = []
    for item in walk(session.app):
        try:
            extents = item.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
            if extents.width <= 0 or extents.height <= 0:
                continue
            role = item.getRoleName()
            states = item.getState()
            name = plain(item.name).strip()
        except Exception:
            continue
        if name in OF_GTK:
            continue
        if states.contains(pyatspi.STATE_FOCUSABLE) and role not in CONTAINERS \
                and name in UNNAMED:
            faults.append(f"{role} at {extents.x},{extents.y} can have the focus")
        if role == "table cell" and name in UNNAMED and item.childCount == 0:
            faults.append(f"a cell at {extents.x},{extents.y}")
    if faults:
        raise Failure(f"without a name, {where}: {'; '.join(faults)}")


def rows_say_all(session, name, *words):
    """The row with this name says where it stands, in words."""
    for item in walk(session.app):
        text = plain(item.name)
        if name in text and all(word in text for word in words):
            return
    raise Failure(f"nothing says {name} with {words}")


def everything(session):
    """The stage, every dialog and every page"""
    session.start(session.device())
    session.says("for your files")
    check(session, "empty")
    session.drop(session.make_files("Photos", one_dot_jpg=30_000, two_dot_jpg=20_000))
    session.find("label", "^Photos$")
    check(session, "with a folder on the stage")
    rows_say_all(session, "Photos", "New")
    session.key("F9")
    check(session, "with the picker open")
    session.key("Escape")
    session.key("ctrl+Return")
    session.wait_for_window("Burn")
    check(session, "in the burn dialog")
    session.key("Return")
    session.says("Session 1 is in the disc image", 60)
    check(session, "on the result page")
    session.key("Return")
    session.says("Adding session 2")
    check(session, "with a session on the disc")
    rows_say_all(session, "Photos", "Session 1")
    session.key("alt+Return")
    session.wait_for_window("Disc Information")
    check(session, "in Disc Information")
    session.key("Escape")
    session.key("ctrl+comma")
    session.wait_for_window("Preferences")
    check(session, "in the preferences")
    session.key("Escape")
    session.menu("Disc", "Copy To")
    session.wait_for_window("Copy From Disc")
    check(session, "in the copy dialog")
    session.key("Escape")
    session.menu("Disc", "Erase Disc")
    session.wait_for_window("Erase Disc")
    check(session, "in the erase dialog")
    session.key("Escape")
    session.quit()


main(everything)
