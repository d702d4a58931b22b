"""What the scripts share that LibreOffice's own Python runs: the connection to a LibreOffice that listens on a pipe, and files."""

import time
from contextlib import suppress
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException

WORD, OPEN_DOCUMENT = "MS Word 2007 XML", "writer8"


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


def dispatch(context, document, command: str) -> None:
    dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, ())


def changes(document) -> int:
    each = document.Redlines.createEnumeration()
    count = 0
    while each.hasMoreElements():
        each.nextElement()
        count += 1
    return count


def opened(desktop, path: str):
    return desktop.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, (named("Hidden", True),))


def saved(document, path: str, form: str = WORD) -> None:
    document.storeToURL(Path(path).as_uri(), (named("FilterName", form),))


def desktop_of(context):
    return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)


def ended(desktop) -> None:
    with suppress(DisposedException):
        desktop.terminate()
