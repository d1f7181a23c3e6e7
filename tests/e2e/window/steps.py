# SPDX-License-Identifier: GPL-3.0-or-later
"""What several scenarios do with the window, and with the recorder beside it."""
import os
import subprocess


def send(session, *command):
    """Tells the virtual recorder of a scenario something. Returns what it says to it."""
    return subprocess.run([os.environ["SOLCO_VIRTUAL_RECORDER"], "--send", control_path(session),
                           "--", *command], check=True, capture_output=True, text=True).stdout


def control_path(session):
    return os.path.join(session.folder, "control")


class Drive:
    """The virtual recorder of one scenario, with a medium that is kept in a file."""

    def __init__(self, session, medium, backing="disc"):
        self.session = session
        self.options = ["--medium", medium, "--time-scale", "1000"]
        if medium != "none":
            self.options += ["--backing", os.path.join(session.folder, backing)]

    def start(self, *arguments, faults=()):
        options = [*self.options, "--control", control_path(self.session)]
        for fault in faults:
            options += ["--fault", fault]
        self.session.start("--device=/dev/sr0", *arguments, recorder=options)

    def send(self, *command):
        return send(self.session, *command)


def start_blank(session, medium="cd-r-80", faults=(), options=()):
    """A blank disc, until the window has read it."""
    drive = Drive(session, medium)
    drive.options += options
    drive.start(faults=faults)
    session.says("for your files")
    return drive


def start_second(session):
    """A CD-R with one session, to which another one can be added."""
    drive = start_blank(session)
    stage(session, "First", a_dot_bin=20_000)
    burn_session(session, 1)
    return drive


def stage(session, name, **files):
    """Drops a folder, and waits until it is staged. Returns its path."""
    folder = session.make_files(name, **files)
    session.drop(folder)
    session.find("label", f"^{name}$")
    return folder


def press_burn(session):
    """Opens the burn dialog, and burns."""
    session.key("ctrl+Return")
    session.wait_for_window("Burn")
    session.key("Return")


def see_burned(session, number):
    """Waits for the result of a burn."""
    session.says(f"Session {number} is (on the disc|in the disc image)", 90)


def go_on(session, number):
    """Leaves the result of a burn: that disc can grow."""
    session.key("Return")
    session.says(f"Adding session {number + 1}")


def burn_session(session, number):
    press_burn(session)
    see_burned(session, number)
    go_on(session, number)
