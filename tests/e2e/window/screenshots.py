# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of the window's main states, for the people who look after how it looks."""
import os
import subprocess
import time

from harness import Failure, main
from steps import control_path, send

FOLDER = os.environ["SOLCO_SHOTS"]
# The pale frame that GTK draws where no compositor draws shadows.
FRAME_PX = 5
DAY_S = 86400


def shot(session, name, title="Solco"):
    """The main window with what is in front of it, without the frame around it."""
    time.sleep(0.7)
    x, y, width, height = session.window_geometry(title)
    subprocess.run(["import", "-window", "root", "-crop",
                    f"{width - 2 * FRAME_PX}x{height - 2 * FRAME_PX}+{x + FRAME_PX}+{y + FRAME_PX}",
                    "+repage", os.path.join(FOLDER, name + ".png")], check=True)


def fill(folder, files, when=0):
    """Sparse files of the given sizes in MiB, with a date."""
    for name, size in files.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.truncate(int(size * 1024 * 1024))
        date = 1776189720 - when * DAY_S
        os.utime(path, (date, date))
    return folder


WINTER = {f"Winter/IMG_{700 + i:04}.jpg": 9.8 + i % 7 for i in range(12)}
SPRING = {f"Spring/IMG_{833 + i:04}.jpg": 11.7 + i % 3 for i in range(6)}
SUMMER = {f"Summer/IMG_{1207 + i:04}.jpg": 11.8 + i % 2 for i in range(5)}


class Disc:
    """A CD-R with two sessions, burned by the terminal program beside the virtual recorder."""

    def __init__(self, session, kind="cd-r-80", name="photos"):
        self.session = session
        self.kind = kind
        self.backing = os.path.join(session.folder, name + ".disc")
        self.cli = os.environ["SOLCO_CLI"]

    def recorder(self, scale=100, *faults):
        options = ["--medium", self.kind, "--backing", self.backing, "--time-scale", str(scale),
                   "--recorder-name", "ASUS DRW-24D5MT",
                   "--control", control_path(self.session)]
        for fault in faults:
            options += ["--fault", fault]
        return options

    def burn(self, label, folder, *options):
        paths = [os.path.join(folder, each) for each in sorted(os.listdir(folder))]
        subprocess.run([os.environ["SOLCO_VIRTUAL_RECORDER"], *self.recorder(1000),
                        "--sleep-divisor", "20", "--", self.cli, "burn", "--recorder", "/dev/sr0",
                        "--label", label, *options, *paths], check=True, capture_output=True)

    def control(self, *command):
        send(self.session, *command)


def photo_disc(session, label="Photos 2026"):
    disc = Disc(session)
    disc.burn(label, fill(os.path.join(session.folder, "one"),
                          {**WINTER, "Read Me.txt": 0.002, "Old List.txt": 0.006}, 96))
    disc.burn(label, fill(os.path.join(session.folder, "two"),
                          {**SPRING, "Index.ods": 0.08}, 11))
    return disc


def new_files(session, name="three", more=None):
    folder = fill(os.path.join(session.folder, name),
                  {**SUMMER, "Spring/Orchard.webm": 11.8, "Index.ods": 0.084, **(more or {})})
    return [os.path.join(folder, each) for each in sorted(os.listdir(folder))]


def settings(key, value):
    subprocess.run(["gsettings", "set", "io.github.solco.Solco", key, value], check=True)


def start(session, disc, *arguments, scale=100, faults=(), **keywords):
    settings("conflict-policy", "replace")
    session.start("--device=/dev/sr0", *arguments, recorder=disc.recorder(scale, *faults),
                  **keywords)
    return session


def appending(session, disc, **keywords):
    """The stage with a third session on it, and something removed."""
    start(session, disc, **keywords)
    session.says("Adding session 3|sessione 3|3")
    session.drop(*new_files(session))
    session.find(None, "Index.ods")
    session.find(None, "^Summer")
    time.sleep(1)


def empty(session):
    """empty"""
    start(session, Disc(session))
    session.says("for your files")
    shot(session, "01-empty")
    session.key("F9")
    shot(session, "14-picker")
    session.key("Escape")
    session.quit()


def staged(session):
    """staged, multi-session"""
    disc = photo_disc(session)
    appending(session, disc)
    session.key("Home", "Right")
    shot(session, "02-appending")
    session.click("push button", "Burn")
    session.find("dialog|frame", "Burn") if False else time.sleep(1)
    shot(session, "13-burn-dialog")
    session.key("Escape")
    session.key("alt+Return")
    time.sleep(0.5)
    shot(session, "08-disc-information")
    session.key("Escape")
    session.key("F10")
    shot(session, "18-menu")
    session.key("Escape")
    session.resize(400, 760)
    shot(session, "09-narrow")
    session.key("ctrl+question")
    session.key("Escape")
    session.quit_without_saving()


def over_full(session):
    """over-full"""
    disc = photo_disc(session)
    start(session, disc)
    session.says("Adding session 3")
    session.drop(*new_files(session, more={f"Concert/Take {i}.wav": 41.4 for i in range(1, 11)}))
    session.says("Too much")
    shot(session, "03-over-full")
    session.quit_without_saving()


def burning(session):
    """burning, stopping, result"""
    disc = photo_disc(session)
    appending(session, disc, scale=1)
    session.key("ctrl+Return")
    time.sleep(1)
    session.key("Return")
    session.says("seconds left", 90)
    shot(session, "04-burning")
    session.click("push button", "Stop")
    time.sleep(1)
    shot(session, "19-stop")
    session.key("Escape")
    session.resize(400, 760)
    shot(session, "09-narrow-burning")
    session.resize(890, 690)
    disc.control("time-scale", "1000")
    session.says("is on the disc", 120)
    shot(session, "05-result")
    session.resize(400, 760)
    shot(session, "09-narrow-result")
    session.resize(890, 690)
    session.key("Return")
    session.says("Adding session 4")
    shot(session, "20-after")
    session.quit()


def error(session):
    """a write error"""
    disc = photo_disc(session)
    appending(session, disc, faults=["sense=3/0c/00,op=write,after=20"])
    session.key("ctrl+Return")
    time.sleep(1)
    session.key("Return")
    session.says("failed", 90)
    shot(session, "21-error")
    session.quit_without_saving()


def interrupted(session):
    """after a burn that was cut off with the program"""
    disc = photo_disc(session)
    appending(session, disc)
    time.sleep(2)  # until the stage is saved
    disc.control("time-scale", "1")
    session.key("ctrl+Return")
    time.sleep(1)
    session.key("Return")
    session.says("Stopping now loses", 60)
    time.sleep(4)
    session.kill()
    start(session, disc)
    session.says("The newest session was never finished", 60)
    shot(session, "27-interrupted")
    session.quit_without_saving()


def erase(session):
    """erase"""
    disc = Disc(session, "cd-rw-80", "backup")
    disc.burn("Backup May", fill(os.path.join(session.folder, "one"),
                                 {f"Letters/{i:03}.odt": 0.5 for i in range(120)}))
    disc.burn("Backup May", fill(os.path.join(session.folder, "two"),
                                 {f"Scans/{i:03}.png": 2 for i in range(40)}), "--close")
    start(session, disc)
    session.says("Closed", 60)
    shot(session, "22-closed")
    session.menu("Disc", "Erase Disc")
    time.sleep(1)
    shot(session, "06-erase")
    session.key("Escape")
    session.quit()


def wrong_disc(session):
    """another disc"""
    other = photo_disc(session, "Letters 2025")
    os.rename(other.backing, os.path.join(session.folder, "letters.disc"))
    for folder in ("one", "two"):
        subprocess.run(["rm", "-rf", os.path.join(session.folder, folder)], check=True)
    disc = photo_disc(session)
    appending(session, disc)
    disc.control("swap", "cd-r-80", os.path.join(session.folder, "letters.disc"))
    session.says("which is not in the drive", 60)
    session.click("push button", "Plan for This Disc")
    time.sleep(1)
    shot(session, "07-wrong-disc")
    session.key("Escape")
    session.quit_without_saving()


def windows(session):
    """copy, preferences, problems, shortcuts, about"""
    disc = photo_disc(session)
    start(session, disc)
    session.says("Adding session 3")
    session.menu("Disc", "Copy To")
    time.sleep(1)
    shot(session, "23-copy")
    session.key("Escape")
    session.key("ctrl+comma")
    time.sleep(1)
    shot(session, "24-preferences", "Preferences")
    session.key("Escape")
    session.key("ctrl+question")
    time.sleep(1)
    shot(session, "25-shortcuts")
    session.key("Escape")
    session.menu("About Solco")
    time.sleep(1)
    shot(session, "26-about", "About")
    session.key("Escape")
    session.quit()


def dark(session):
    """dark"""
    disc = photo_disc(session)
    appending(session, disc, environment={"GTK_THEME": "Adwaita:dark"})
    session.key("Home", "Right")
    shot(session, "10-dark")
    session.key("ctrl+Return")
    time.sleep(1)
    shot(session, "10-dark-burn-dialog")
    session.key("Return")
    session.says("is on the disc", 90)
    shot(session, "10-dark-result")
    session.quit()


def high_contrast(session):
    """high contrast"""
    disc = photo_disc(session)
    for theme, name in (("HighContrast", "15-high-contrast"),
                        ("HighContrast:dark", "15-high-contrast-dark")):
        appending(session, disc, environment={"GTK_THEME": theme})
        session.key("Home", "Right")
        shot(session, name)
        session.quit_without_saving()


def drop_target(session):
    """a drag over the window"""
    disc = photo_disc(session)
    start(session, disc)
    session.says("Adding session 3")
    drag = session.drag(*new_files(session), hover_ms=3000)
    time.sleep(1.5)
    shot(session, "16-drop-target")
    drag.wait()
    session.quit_without_saving()


def in_language(language, name, session):
    disc = photo_disc(session, {"it": "Foto 2026", "he": "תמונות 2026"}[language])
    appending(session, disc, language=language, scale=5)
    session.key("Home", "Right")
    shot(session, name)
    session.key("ctrl+Return")
    time.sleep(1)
    shot(session, name + "-burn-dialog")
    session.key("Return")
    time.sleep(9)
    shot(session, name + "-burning")
    disc.control("time-scale", "1000")
    time.sleep(12)
    shot(session, name + "-result")
    session.key("Return")
    session.key("alt+Return")
    shot(session, name + "-disc-information")
    session.kill()


def italian(session):
    """italian"""
    in_language("it", "11-italian", session)


def right_to_left(session):
    """right to left"""
    in_language("he", "12-right-to-left", session)


def large_text(session):
    """text of 150 % in the smallest window, in Italian"""
    disc = photo_disc(session, "Foto 2026")
    # What a desktop's settings daemon does.
    resources = ["xprop", "-root", "-f", "RESOURCE_MANAGER", "8s"]
    subprocess.run([*resources, "-set", "RESOURCE_MANAGER", "Xft.dpi: 144\n"], check=True)
    start(session, Disc(session, "cd-r-80", "blank"), language="it")
    session.resize(360, 540)
    shot(session, "28-large-text-empty")
    session.resize(890, 690)
    session.quit()
    appending(session, disc, scale=5, language="it")
    session.resize(360, 540)
    shot(session, "28-large-text")
    session.key("ctrl+f")
    shot(session, "28-large-text-search")
    session.key("Escape")
    session.key("ctrl+Return")
    time.sleep(1)
    shot(session, "28-large-text-burn-dialog")
    session.key("Return")
    time.sleep(9)
    shot(session, "28-large-text-burning")
    disc.control("time-scale", "1000")
    time.sleep(12)
    shot(session, "28-large-text-result")
    session.key("Return")
    session.key("alt+Return")
    shot(session, "28-large-text-disc-information")
    session.kill()
    subprocess.run([*resources, "-remove", "RESOURCE_MANAGER"], check=True)


if __name__ == "__main__":
    main(empty, staged, over_full, burning, error, interrupted, erase, wrong_disc, windows, dark,
         high_contrast, drop_target, italian, right_to_left, large_text)
