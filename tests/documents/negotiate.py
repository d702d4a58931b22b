"""Edit a Word file as the other side's lawyer would, with tracking on, and save it; run by LibreOffice's own Python.

    python3 negotiate.py PIPE IN.docx OUT.docx OUT.odt AGAIN.docx ORDERS.json

The orders are a list: {"do": "replace", "find": …, "with": …}, {"do": "delete", "find": …}, {"do": "paragraph", "after": …,
"text": …, "style": …}, {"do": "move", "find": …, "after": …}, {"do": "row", "cell": …, "cells": […]}, {"do": "comment", "find": …, "text": …}, {"do": "accept"} or
{"do": "track", "on": false}. Prints how many tracked changes there are in the end. The second file goes through ODT.
"""

import json
import sys
from pathlib import Path

from office import OPEN_DOCUMENT, changes, connected, desktop_of, dispatch, ended, opened, saved

BREAK = 0  # com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK


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
        if "style" in order:
            cursor.ParaStyleName = order["style"]
    elif do == "move":
        move(context, document, order)
    elif do == "row":
        add_row(context, document, order)
    elif do == "comment":
        note = document.createInstance("com.sun.star.text.textfield.Annotation")
        note.Author, note.Content = order.get("by", "Counsel"), order["text"]
        at = found(document, order["find"])
        at.Text.insertTextContent(at, note, True)
    elif do == "accept":
        dispatch(context, document, ".uno:AcceptAllTrackedChanges")


def move(context, document, order) -> None:
    """Cut the paragraph with these words, and paste it after the one with others, as a person does."""
    at = found(document, order["find"])
    cursor = at.Text.createTextCursorByRange(at)
    cursor.gotoStartOfParagraph(False)
    cursor.gotoEndOfParagraph(True)
    cursor.goRight(1, True)
    document.CurrentController.select(cursor)
    dispatch(context, document, ".uno:Cut")
    to = found(document, order["after"])
    place = to.Text.createTextCursorByRange(to)
    place.gotoEndOfParagraph(False)
    place.goRight(1, False)
    document.CurrentController.select(place)
    dispatch(context, document, ".uno:Paste")


def add_row(context, document, order) -> None:
    at = found(document, order["cell"])
    table = at.TextTable
    name = at.Cell.CellName
    row = int("".join(each for each in name if each.isdigit()))
    document.CurrentController.select(at)
    dispatch(context, document, ".uno:InsertRowsAfter")
    for n, text in enumerate(order["cells"]):
        table.getCellByPosition(n, row).String = text


def main(pipe: str, source: str, word: str, odt: str, again: str, orders: str) -> None:
    context = connected(pipe)
    desktop = desktop_of(context)
    document = opened(desktop, source)
    document.RecordChanges = True
    for order in json.loads(Path(orders).read_text("utf-8")):
        carry_out(context, document, order)
    sys.stdout.write(f"{changes(document)}\n")
    saved(document, word)
    saved(document, odt, OPEN_DOCUMENT)
    document.close(True)
    document = opened(desktop, odt)
    saved(document, again)
    document.close(True)
    ended(desktop)


main(*sys.argv[1:])
