# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop's notification service: writes the title of each notification to a file."""
import sys

from gi.repository import Gio, GLib

INTERFACE = """
<node>
  <interface name="org.freedesktop.Notifications">
    <method name="GetCapabilities"><arg type="as" direction="out"/></method>
    <method name="GetServerInformation">
      <arg type="s" direction="out"/><arg type="s" direction="out"/>
      <arg type="s" direction="out"/><arg type="s" direction="out"/>
    </method>
    <method name="CloseNotification"><arg type="u" direction="in"/></method>
    <method name="Notify">
      <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
      <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
      <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/>
      <arg type="u" direction="out"/>
    </method>
  </interface>
</node>
"""


def on_call(connection, sender, path, interface, method, parameters, invocation):
    answers = {
        "GetCapabilities": GLib.Variant("(as)", (["body", "actions"],)),
        "GetServerInformation": GLib.Variant("(ssss)", ("test", "test", "1", "1.2")),
        "CloseNotification": None,
        "Notify": GLib.Variant("(u)", (1,)),
    }
    if method == "Notify":
        with open(sys.argv[1], "a", encoding="utf-8") as file:
            file.write(parameters[3] + "\n")
    invocation.return_value(answers[method])


def on_bus(connection, name):
    node = Gio.DBusNodeInfo.new_for_xml(INTERFACE)
    connection.register_object("/org/freedesktop/Notifications", node.interfaces[0], on_call,
                               None, None)


def on_name(connection, name):
    open(sys.argv[1], "w", encoding="utf-8").close()


Gio.bus_own_name(Gio.BusType.SESSION, "org.freedesktop.Notifications", Gio.BusNameOwnerFlags.NONE,
                 on_bus, on_name, None)
GLib.MainLoop().run()
