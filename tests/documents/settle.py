"""Accept or reject every tracked change in Word files and save them; run by LibreOffice's own Python.

    python3 settle.py PIPE (accept|reject IN.docx OUT.docx)...

For each file, prints a line with the number of changes found and the number left. LibreOffice listens on the pipe and exits
afterwards.
"""

import sys
import time
from contextlib import suppress
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException

COMMANDS = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges"}


def connected(pipe: str):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(720):
        with suppress(NoConnectException):
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        time.sleep(0.25)
    raise SystemExit("LibreOffice does not answer")


def named(name: str, value: object) -> PropertyValue:
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


def changes(document) -> int:
    found = document.Redlines.createEnumeration()
    count = 0
    while found.hasMoreElements():
        found.nextElement()
        count += 1
    return count


def main(pipe: str, *orders: str) -> None:
    context = connected(pipe)
    make = context.ServiceManager.createInstanceWithContext
    desktop = make("com.sun.star.frame.Desktop", context)
    dispatcher = make("com.sun.star.frame.DispatchHelper", context)
    for how, source, target in zip(orders[::3], orders[1::3], orders[2::3], strict=True):
        document = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, (named("Hidden", True),))
        before = changes(document)
        dispatcher.executeDispatch(document.CurrentController.Frame, COMMANDS[how], "", 0, ())
        document.storeToURL(Path(target).as_uri(), (named("FilterName", "MS Word 2007 XML"),))
        sys.stdout.write(f"{before} {changes(document)}\n")
        document.close(True)
    with suppress(DisposedException):
        desktop.terminate()


main(*sys.argv[1:])
