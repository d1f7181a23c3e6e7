# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real window: AT-SPI to look and to act, xdotool for keys, XDND for drops.

A scenario is a function that gets a Session; main() runs the scenarios of a file and prints TAP.
"""
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import traceback

import pyatspi
from gi.repository import Atspi

HOME = os.environ["SOLCO_E2E_HOME"]
# Everything is waited for, nothing is slept for; this is when waiting becomes a failure.
WAIT_S = 20


class Failure(AssertionError):
    """What was expected did not happen."""


class Ended(BaseException):
    """The program is not there any more: nothing that is waited for can come."""


def wait_for(what, condition, seconds=WAIT_S):
    """Waits until condition() is true, and returns its value. what: words, or a function that makes
    them."""
    end = time.monotonic() + seconds
    while True:
        try:
            value = condition()
        except Exception:  # an object that went away while it was looked at
            value = None
        if value:
            return value
        if time.monotonic() > end:
            words = what() if callable(what) else what
            raise Failure(f"waited {seconds} s for {words}")
        time.sleep(0.05)


def plain(name):
    """A name without its mnemonic; GTK 4.8 tells "_Burn Burn" for some buttons."""
    return (name or "").replace("_", "").replace("\u2066", "").replace("\u2069", "")


def walk(root, depth=0):
    """The object and everything below it."""
    yield root
    if depth > 40:
        return
    try:
        n_children = root.childCount
    except Exception:  # it went away meanwhile
        return
    for i in range(n_children):
        try:
            child = root.getChildAtIndex(i)
        except Exception:
            continue
        if child is not None:
            yield from walk(child, depth + 1)


def is_showing(item):
    """GTK 4.8 tells SHOWING of windows only. What never was on the screen has no size; a page that
    was there before keeps its size, so scenarios wait for what is only on the new page."""
    if item.getRoleName() in ("frame", "dialog", "window"):
        return item.getState().contains(pyatspi.STATE_SHOWING)
    extents = item.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
    return extents.width > 0 and extents.height > 0


class Session:
    """One program on the screen."""

    def __init__(self, name):
        self.name = name
        self.folder = os.path.join(HOME, name)
        os.makedirs(self.folder, exist_ok=True)
        self.process = None
        self.app = None
        self.log_path = os.path.join(self.folder, "log")

    # Starting and ending.

    def start(self, *arguments, recorder=None, environment=None, language=None,
              warnings_fatal=True):
        env = dict(os.environ)
        if warnings_fatal:
            env["G_DEBUG"] = "fatal-warnings"
        # What one scenario leaves behind is nothing to another.
        env["XDG_DATA_HOME"] = os.path.join(self.folder, "data")
        env["XDG_STATE_HOME"] = os.path.join(self.folder, "state")
        env.update(environment or {})
        if language is not None:
            env.update(LANGUAGE=language, SOLCO_E2E_LOCALES=make_catalogues(),
                       LD_PRELOAD=os.environ["SOLCO_E2E_LOCALE_REDIRECT"])
        command = [os.environ["SOLCO_E2E_SOLCO"], *arguments]
        if recorder is not None:
            command = [os.environ["SOLCO_VIRTUAL_RECORDER"], *recorder, "--", *command]
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, env=env)
        self.app = wait_for("the program on the accessibility bus", self._find_app)
        wait_for("the window", lambda: self.app.childCount > 0)
        self.focus()
        return self

    def _find_app(self):
        if self.process.poll() is not None:
            raise Ended(f"the program ended with {self.process.returncode}: {self.log()}")
        desktop = pyatspi.Registry.getDesktop(0)
        for i in range(desktop.childCount):
            app = desktop.getChildAtIndex(i)
            if app is not None and app.name in ("solco", "Solco", "io.github.solco.Solco"):
                # What is asked for is asked of the program, each time: no events are followed.
                app.set_cache_mask(Atspi.Cache.NONE)
                return app
        return None

    def log(self):
        with open(self.log_path, encoding="utf-8", errors="replace") as log:
            return log.read()

    def quit(self):
        """Ends the program as a person does; what it prints and how it ends has to be clean."""
        self.key("ctrl+q")
        return self.wait_for_end()

    def wait_for_end(self):
        try:
            self.process.wait(WAIT_S)
        except subprocess.TimeoutExpired:
            raise Failure("the program does not end") from None
        if self.process.returncode != 0:
            raise Failure(f"the program ended with {self.process.returncode}: {self.log()}")
        self.process = None
        wait_for("the program to leave the bus", lambda: self._is_gone())

    def _is_gone(self):
        desktop = pyatspi.Registry.getDesktop(0)
        return all(desktop.getChildAtIndex(i) is None
                   or desktop.getChildAtIndex(i).name not in ("solco", "Solco",
                                                              "io.github.solco.Solco")
                   for i in range(desktop.childCount))

    def kill(self):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
        self.process = None

    # Looking.

    def all(self, role=None, name=None, root=None, showing=True):
        found = []
        for item in walk(root or self.app):
            try:
                if role is not None and item.getRoleName() != role:
                    continue
                if name is not None and not re.search(name, plain(item.name)):
                    continue
                if showing and not is_showing(item):
                    continue
            except Exception:
                continue
            found.append(item)
        return found

    def find(self, role=None, name=None, root=None, seconds=WAIT_S, showing=True):
        return wait_for(lambda: f"a {role or 'thing'} “{name}” ({self.texts()})",
                        lambda: (self.all(role, name, root, showing) or [None])[0], seconds)

    def has(self, role=None, name=None, root=None):
        return bool(self.all(role, name, root))

    def gone(self, role=None, name=None):
        wait_for(f"no {role or 'thing'} “{name}”", lambda: not self.has(role, name))

    def texts(self):
        """All that can be read on the screen."""
        texts = []
        for role in ("label", "status bar"):
            for item in self.all(role):
                try:
                    texts.append(plain(item.name))
                except Exception:
                    continue
        return [text for text in texts if text not in ("", "GtkLabel")]

    def rows(self):
        """The rows of the list that is shown; the one of the column titles is none of them."""
        return [row for row in self.all("table row") if "," in plain(row.name)]

    def says(self, pattern, seconds=WAIT_S):
        return wait_for(lambda: f"the text “{pattern}” ({self.texts()})", lambda: next(
            (text for text in self.texts() if re.search(pattern, text)), None), seconds)

    def wait_for_window(self, title):
        """Until a window with this title is there and has the keyboard."""
        wait_for(f"the window “{title}”", lambda: re.search(title, subprocess.run(
            ["xdotool", "getactivewindow", "getwindowname"], capture_output=True, text=True,
            check=False).stdout))

    def window_names(self):
        return [self.app.getChildAtIndex(i).name for i in range(self.app.childCount)]

    # Acting.

    def focus(self):
        """Gives the newest window the keyboard."""
        subprocess.run(["xdotool", "search", "--onlyvisible", "--class", "solco",
                        "windowactivate", "--sync"], check=False, capture_output=True,
                       timeout=WAIT_S)

    def key(self, *keys):
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True,
                       timeout=WAIT_S)
        time.sleep(0.15)

    def type(self, text):
        subprocess.run(["xdotool", "type", "--delay", "12", text], check=True, timeout=WAIT_S)
        time.sleep(0.15)

    def click(self, role, name, root=None):
        item = self.find(role, name, root)
        wait_for(f"“{name}” to be sensitive",
                 lambda: item.getState().contains(pyatspi.STATE_SENSITIVE))
        self.act(item)
        return item

    def act(self, item):
        action = item.queryAction()
        if not action.doAction(0):
            raise Failure(f"“{item.name}” does nothing")
        time.sleep(0.15)

    def click_switch(self, name):
        """Turns the switch of this name, whatever its role is in this version of GTK."""
        for item in self.all(None, f"^{name}"):
            if item.getState().contains(pyatspi.STATE_FOCUSABLE):
                self.act(item)
                return
        raise Failure(f"no switch “{name}”")

    def window_geometry(self, title="Solco"):
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", title],
                               check=True, capture_output=True, text=True).stdout.split()
        shell = subprocess.run(["xdotool", "getwindowgeometry", "--shell", found[-1]],
                               check=True, capture_output=True, text=True).stdout
        values = dict(line.split("=") for line in shell.split() if "=" in line)
        return tuple(int(values[key]) for key in ("X", "Y", "WIDTH", "HEIGHT"))

    def drop(self, *paths, hover_ms=0, at=None):
        """A real drop on the middle of the window, as a file manager does it."""
        x, y, width, height = self.window_geometry()
        point = at or (x + width // 2, y + height // 2)
        command = [os.environ["SOLCO_E2E_XDND"]]
        if hover_ms:
            command += ["--hover", str(hover_ms)]
        process = subprocess.run([*command, str(point[0]), str(point[1]), *paths], check=False,
                                 capture_output=True, text=True, timeout=90)
        if process.returncode != 0:
            raise Failure(f"the drop was not taken: {process.stderr}")

    def drag(self, *paths, hover_ms):
        """Starts a drop that stays over the window for a while."""
        x, y, width, height = self.window_geometry()
        return subprocess.Popen([os.environ["SOLCO_E2E_XDND"], "--hover", str(hover_ms),
                                 str(x + width // 2), str(y + height // 2), *paths])

    def move_window(self, title, x, y):
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", title],
                               check=True, capture_output=True, text=True).stdout.split()
        subprocess.run(["xdotool", "windowmove", "--sync", found[-1], str(x), str(y)], check=True)

    def _point_of(self, item):
        place = item.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        x, y, _, _ = self.window_geometry()
        return x + place.x + 12, y + place.y + place.height // 2

    def drag_out(self, item, title):
        """Drags a row by the pointer to the middle of another program's window."""
        x, y, width, height = self.window_geometry(title)
        self._drag(item, x + width // 2, y + height // 2)

    def drag_to(self, item, other):
        """Drags a row to another one."""
        self._drag(item, *self._point_of(other))

    def _drag(self, item, to_x, to_y):
        x, y = self._point_of(item)
        steps = [["mousemove", x, y], ["mousedown", 1], ["mousemove", x + 12, y + 4],
                 ["mousemove", x + 40, y + 12], ["mousemove", to_x - 20, to_y],
                 ["mousemove", to_x, to_y], ["mousemove", to_x + 4, to_y + 4], ["mouseup", 1]]
        for step in steps:
            subprocess.run(["xdotool", *map(str, step)], check=True)
            time.sleep(0.2)

    def menu(self, *names):
        """Takes an item of the primary menu, with the keyboard alone: opens it, and walks down to
        each name with the arrow keys."""
        self.key("F10")
        for name in names:
            self.walk_menu(name)
            self.key("Return")

    def walk_menu(self, name):
        for _ in range(30):
            focused = self.focused()
            if focused is not None and re.search(name, plain(focused.name)):
                return
            self.key("Down")
        raise Failure(f"the keyboard does not reach “{name}”")

    def focused(self):
        for item in walk(self.app):
            try:
                if item.getState().contains(pyatspi.STATE_FOCUSED):
                    return item
            except Exception:
                continue
        return None

    def quit_without_saving(self):
        """As quit(), and answers the question about unsaved work."""
        self.key("ctrl+q")
        time.sleep(0.5)
        if self.process.poll() is None:
            for button in self.all("push button", "(?i)without saving|discard|don.t save"):
                self.act(button)
        self.wait_for_end()

    def resize(self, width, height, title="Solco"):
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", title],
                               check=True, capture_output=True, text=True).stdout.split()
        subprocess.run(["xdotool", "windowsize", "--sync", found[-1], str(width), str(height)],
                       check=True, timeout=WAIT_S)
        time.sleep(0.5)

    def shot(self, path):
        time.sleep(0.6)
        subprocess.run(["import", "-window", "root", path], check=True, timeout=WAIT_S)

    # Files to burn.

    def make_files(self, folder, **files):
        """Files of the given sizes; returns the folder's path."""
        path = os.path.join(self.folder, folder)
        os.makedirs(path, exist_ok=True)
        for name, size in files.items():
            with open(os.path.join(path, name.replace("_dot_", ".")), "wb") as file:
                file.write(os.urandom(min(size, 1 << 16)))
                file.truncate(size)
        return path

    def image(self, name="disc.iso"):
        return os.path.join(self.folder, name)

    def device(self, name="disc.iso"):
        return f"--device=stdio:{self.image(name)}"


# There is no Hebrew catalogue; this one only says that the language is there, and how it runs. GLib
# translates no library's sentences, GTK's direction among them, for a program without one.
HEBREW = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: he\\n"
msgctxt "direction of the language"
msgid "ltr"
msgstr "rtl"
"""


def make_catalogues():
    """A folder with the program's catalogues, as they are laid out for gettext."""
    folder = os.path.join(HOME, "locale")
    for language in ("it", "he"):
        os.makedirs(os.path.join(folder, language, "LC_MESSAGES"), exist_ok=True)
    shutil.copy(os.path.join(os.environ["SOLCO_E2E_CATALOGUES"], "it", "LC_MESSAGES", "solco.mo"),
                os.path.join(folder, "it", "LC_MESSAGES", "solco.mo"))
    subprocess.run(["msgfmt", "-o", os.path.join(folder, "he", "LC_MESSAGES", "solco.mo"), "-"],
                   input=HEBREW, text=True, check=True)
    return folder


def start_window_manager():
    """Modal windows need somebody who gives them the keyboard."""
    manager = subprocess.Popen(["openbox", "--sm-disable"], stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    wait_for("the window manager", lambda: subprocess.run(
        ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"], capture_output=True, text=True,
        check=False).stdout.find("window id") >= 0)
    return manager


def start_notifications():
    """What GNotification talks to on most desktops."""
    path = os.path.join(HOME, "notifications")
    service = subprocess.Popen([sys.executable, os.path.join(os.path.dirname(__file__),
                                                             "notifications.py"), path])
    wait_for("the notification service", lambda: os.path.exists(path))
    return service


def notifications():
    """The titles of all notifications so far."""
    with open(os.path.join(HOME, "notifications"), encoding="utf-8") as file:
        return file.read().splitlines()


def main(*scenarios):
    """Runs the scenarios, each in a session of its own; prints TAP."""
    # A busy machine answers late; that is no failure.
    Atspi.set_timeout(WAIT_S * 1000, WAIT_S * 1000)
    helpers = [start_window_manager(), start_notifications()]
    wanted = os.environ.get("SOLCO_E2E_ONLY")
    if wanted:
        scenarios = [each for each in scenarios if each.__name__ == wanted]
    failures = 0
    print(f"1..{len(scenarios)}", flush=True)
    for number, scenario in enumerate(scenarios, 1):
        title = (scenario.__doc__ or scenario.__name__).split("\n")[0]
        session = Session(scenario.__name__)
        try:
            scenario(session)
            print(f"ok {number} - {title}", flush=True)
        except (Exception, Ended):
            failures += 1
            print(f"not ok {number} - {title}", flush=True)
            for line in traceback.format_exc().splitlines():
                print(f"# {line}", flush=True)
            print("# the program said:", flush=True)
            for line in session.log().splitlines()[-30:]:
                print(f"#   {line}", flush=True)
            folder = os.environ.get("SOLCO_E2E_SHOTS")
            if folder:
                session.shot(os.path.join(folder, scenario.__name__ + ".png"))
        finally:
            session.kill()
    for helper in helpers:
        helper.terminate()
        helper.wait()
    sys.exit(1 if failures else 0)
