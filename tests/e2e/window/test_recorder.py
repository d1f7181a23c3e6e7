# SPDX-License-Identifier: GPL-3.0-or-later
"""A recorder, which is the virtual one: a CD-R grows, a CD-RW is erased, another disc is refused."""
import os
import subprocess
import time

from harness import Failure, main, notifications, wait_for
from steps import (Drive, burn_session, go_on, press_burn, see_burned, stage, start_blank,
                   start_second)


def grow(session):
    """A CD-R: 681.8 MiB at first, a session, and after a second start the next one"""
    drive = Drive(session, "cd-r-80")
    drive.start()
    session.says(r"681\.8 MiB for your files\. Closing the first session takes 21\.0 MiB")
    stage(session, "Photos", one_dot_jpg=3_000_000)
    session.says("left after this session")
    press_burn(session)
    see_burned(session, 1)
    session.says("read back and identical")
    go_on(session, 1)
    session.quit()

    drive.start()
    session.says("Adding session 2")
    session.find("label", "^Photos$")
    session.find("label", "^Session 1$")
    session.says("Closing the session takes 11.0 MiB")
    stage(session, "Summer", two_dot_jpg=2_000_000)
    burn_session(session, 2)
    session.quit()


def erase(session):
    """A closed CD-RW is named, erased, and blank afterwards"""
    start_blank(session, "cd-rw-80")
    stage(session, "Letters", a_dot_odt=50_000)
    session.key("ctrl+Return")
    session.wait_for_window("Burn")
    session.click_switch("Keep the disc open")
    session.says("No further session can be added then")
    session.click("push button", "^Burn Burn$")
    see_burned(session, 1)
    session.key("Return")
    session.says("Closed: no further session can be added")
    session.menu("Disc", "Erase Disc")
    session.wait_for_window("Erase Disc")
    session.says("1 session with 2 files .* will be lost")
    # Enter is Cancel.
    session.key("Return")
    session.says("Closed: no further session can be added")
    session.menu("Disc", "Erase Disc")
    session.wait_for_window("Erase Disc")
    session.click("push button", "^Erase Erase$")
    session.says("The disc is blank", 90)
    session.key("Return")
    session.says("681.8 MiB for your files")
    session.quit()


def wrong_disc(session):
    """Another disc in the drive: both are named, and the changes can be planned for it"""
    drive = start_second(session)
    stage(session, "Second", b_dot_bin=20_000)
    other = Drive(session, "cd-r-80", "other")
    subprocess.run([os.environ["SOLCO_VIRTUAL_RECORDER"], *other.options, "--",
                    os.environ["SOLCO_CLI"], "burn", "--recorder", "/dev/sr0", "--label", "Letters",
                    session.make_files("Third", c_dot_bin=30_000)],
                   check=True, capture_output=True)
    drive.send("swap", "cd-r-80", os.path.join(session.folder, "other"))
    session.says("which is not in the drive", 60)
    session.click("push button", "Plan for This Disc")
    session.wait_for_window("This is another disc")
    session.says("^Letters$")
    session.says("Nothing has been written")
    session.click("push button", "Plan the Same Changes")
    session.says("Adding session 2 to “Letters”", 60)
    session.find("label", "^Second$")
    session.find("label", "^Third$")
    burn_session(session, 2)
    session.quit()


def eject_and_wait(session):
    """Another disc is put in when Burn was pressed: it goes on when the right one is back"""
    drive = start_second(session)
    stage(session, "Second", b_dot_bin=20_000)
    session.says("left after this session")
    drive.send("fault", f"swap=cd-r-80:{os.path.join(session.folder, 'other')},op=0x1e")
    press_burn(session)
    session.wait_for_window("This is another disc")
    session.says("Nothing has been written")
    # Enter is Eject and Wait.
    session.key("Return")
    session.says("to go on")
    wait_for("the tray to open", lambda: "tray: open" in drive.send("state"))
    drive.send("clear-faults")
    drive.send("swap", "cd-r-80", os.path.join(session.folder, "disc"))
    see_burned(session, 2)
    go_on(session, 2)
    session.quit()


def finish(session):
    """A burn is cut off: the disc is mended in one action, and what was not saved can be burned"""
    drive = start_second(session)
    stage(session, "Second", b_dot_bin=5_000_000)
    session.says("left after this session")
    drive.send("fault", "power-loss,after=20")
    press_burn(session)
    session.says("^The recorder is gone$", 60)
    session.key("Return")
    drive.send("clear-faults")
    drive.send("plug")
    session.says("was never finished.*still staged", 60)
    session.find("label", "^Second$")
    session.click("push button", "Finish What Failed")
    session.says("^The disc is mended$", 60)
    session.key("Return")
    session.says("Adding session 3")
    session.find("label", "^Second$")
    burn_session(session, 3)
    session.quit()


def write_error(session):
    """A write error: what happened, the state of the disc, what to do; and the stage is kept"""
    start_blank(session, faults=["sense=3/0c/00,op=write,after=8,times=always"])
    stage(session, "Files", a_dot_bin=9_000_000)
    press_burn(session)
    session.says("^What to do$", 90)
    session.says("^The disc now$")
    session.says("3 0C 00")
    session.key("Return")
    session.find("label", "^Files$")
    session.quit_without_saving()


def background(session):
    """A burn that ends while another window is looked at is told by a notification"""
    start_blank(session)
    stage(session, "Files", a_dot_bin=30_000_000)
    press_burn(session)
    window = subprocess.run(["xdotool", "getactivewindow"], check=True, capture_output=True,
                            text=True).stdout.strip()
    subprocess.run(["xdotool", "windowminimize", window], check=True)
    wait_for("a notification", lambda: "Solco has finished" in notifications(), 90)
    subprocess.run(["xdotool", "windowactivate", "--sync", window], check=True)
    see_burned(session, 1)
    session.key("Return")
    session.quit()


def stop(session):
    """Closing the window over a burn asks; Keep Going keeps it; Stop… says what it costs, and stops"""
    drive = start_blank(session)
    stage(session, "Large", big_dot_bin=150_000_000)
    session.says("left after this session")
    drive.send("time-scale", "1")
    press_burn(session)
    session.says("Stopping now loses session 1 and about", 60)
    # Escape does nothing here: stopping is never one key.
    session.key("Escape")
    session.key("ctrl+w")
    session.click("push button", "Keep Going")
    session.says("seconds left", 60)
    session.click("push button", "^Stop…")
    session.says("^Stop burning")
    drive.send("time-scale", "1000")
    session.click("push button", "^Stop Stop$")
    session.says("^It was stopped$", 60)
    session.says("^The disc now$")
    session.key("Return")
    session.quit_without_saving()


def idle(session):
    """A recorder that nobody uses is left alone, and an open tray stays open"""
    trace = os.path.join(session.folder, "trace")
    drive = start_blank(session, options=["--trace", trace])
    assert_quiet(trace)
    drive.send("open")
    session.find("label", "^No Disc$")
    assert_quiet(trace)
    if "tray: open" not in drive.send("state"):
        raise Failure("the tray was moved")
    drive.send("close")
    session.says("for your files")
    session.quit()


def plugging(session):
    """A recorder that is pulled out goes from the window at once, and comes back with its disc"""
    drive = start_blank(session)
    stage(session, "Files", a_dot_bin=10_000)
    drive.send("unplug")
    session.gone("label", "^Blank Disc$")
    session.find("label", "^Files$")
    drive.send("plug")
    session.find("label", "^Blank Disc$")
    burn_session(session, 1)
    session.quit()


def assert_quiet(trace):
    """Nothing is sent to the drive for longer than programs that poll wait."""
    # Measuring and reading end some time after the first words.
    size = wait_for("the drive to be left alone", lambda: settled_size(trace))
    time.sleep(4)
    if os.path.getsize(trace) != size:
        raise Failure("something was sent to the drive")


def settled_size(path):
    before = os.path.getsize(path)
    time.sleep(1)
    return before if os.path.getsize(path) == before else None


def silent_drive(session):
    """A drive that does not answer: the window says for how long, and can be closed after a minute"""
    start_blank(session, faults=["hang=300,op=write,after=5"])
    stage(session, "Files", a_dot_bin=9_000_000)
    press_burn(session)
    session.says("The drive has not answered for", 60)
    session.key("ctrl+w")
    session.click("push button", "^Stop Stop$")
    session.says("You can quit without it|save|Save", 90)
    if session.process.poll() is None:
        for button in session.all("push button", "(?i)without saving|discard|don.t save"):
            session.act(button)
    session.wait_for_end()


def empty_tray(session):
    """Burn without a disc waits for one, and asks again when it is there"""
    drive = Drive(session, "none")
    drive.start()
    session.find("label", "^No Disc$")
    stage(session, "Files", a_dot_bin=10_000)
    session.key("ctrl+Return")
    session.says("Put in a blank disc")
    drive.send("insert", "cd-r-80")
    session.wait_for_window("Burn")
    session.key("Return")
    see_burned(session, 1)
    session.key("Return")
    session.quit()


if "SOLCO_VIRTUAL_RECORDER" in os.environ:
    main(grow, erase, wrong_disc, eject_and_wait, finish, write_error, background, stop, idle, plugging,
         silent_drive, empty_tray)
else:
    print("1..0 # SKIP the virtual recorder is not built")
