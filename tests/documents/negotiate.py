"""Edit a Word file as the other side's lawyer would, with tracking on, and save it; run by LibreOffice's own Python.

    python3 negotiate.py PIPE IN.docx OUT.docx OUT.odt AGAIN.docx ORDERS.json

The orders are a list: {"do": "replace", "find": …, "with": …}, {"do": "delete", "find": …}, {"do": "paragraph", "after": …,
"text": …}, {"do": "row", "cell": …, "cells": […]}, {"do": "comment", "find": …, "text": …}, {"do": "accept"} or
{"do": "track", "on": false}. Prints how many tracked changes there are in the end. The second file goes through ODT.
"""

import json
import sys
import time
from contextlib import suppress
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException

BREAK = 0  # com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK


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


def found(document, text: str):
    search = document.createSearchDescriptor()
    search.SearchString, search.SearchCaseSensitive = text, True
    at = document.findFirst(search)
    if at is None:
        raise SystemExit(f"not there: {text}")
    return at


def carry_out(context, document, order) -> None:
    do = order["do"]
    if do == "track":
        document.RecordChanges = order["on"]
    elif do == "replace":
        found(document, order["find"]).String = order["with"]
    elif do == "delete":
        found(document, order["find"]).String = ""
    elif do == "paragraph":
        at = found(document, order["after"])
        cursor = at.Text.createTextCursorByRange(at.End)
        cursor.gotoEndOfParagraph(False)
        cursor.Text.insertControlCharacter(cursor, BREAK, False)
        cursor.Text.insertString(cursor, order["text"], False)
    elif do == "row":
        add_row(context, document, order)
    elif do == "comment":
        note = document.createInstance("com.sun.star.text.textfield.Annotation")
        note.Author, note.Content = order.get("by", "Counsel"), order["text"]
        at = found(document, order["find"])
        at.Text.insertTextContent(at, note, True)
    elif do == "accept":
        dispatch(context, document, ".uno:AcceptAllTrackedChanges")


def add_row(context, document, order) -> None:
    at = found(document, order["cell"])
    table = at.TextTable
    name = at.Cell.CellName
    row = int("".join(each for each in name if each.isdigit()))
    document.CurrentController.select(at)
    dispatch(context, document, ".uno:InsertRowsAfter")
    for n, text in enumerate(order["cells"]):
        table.getCellByPosition(n, row).String = text


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


def main(pipe: str, source: str, word: str, odt: str, again: str, orders: str) -> None:
    context = connected(pipe)
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    opened = desktop.loadComponentFromURL
    document = opened(Path(source).as_uri(), "_blank", 0, (named("Hidden", True),))
    document.RecordChanges = True
    for order in json.loads(Path(orders).read_text("utf-8")):
        carry_out(context, document, order)
    sys.stdout.write(f"{changes(document)}\n")
    document.storeToURL(Path(word).as_uri(), (named("FilterName", "MS Word 2007 XML"),))
    document.storeToURL(Path(odt).as_uri(), (named("FilterName", "writer8"),))
    document.close(True)
    document = opened(Path(odt).as_uri(), "_blank", 0, (named("Hidden", True),))
    document.storeToURL(Path(again).as_uri(), (named("FilterName", "MS Word 2007 XML"),))
    document.close(True)
    with suppress(DisposedException):
        desktop.terminate()


main(*sys.argv[1:])
