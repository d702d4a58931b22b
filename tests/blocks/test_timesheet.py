"""Time entries from other programs."""

from collections.abc import Mapping
from datetime import date

import pytest

from contract_assembly.blocks.timesheet import fresh, works
from contract_assembly.core.problems import RefusedError
from tests.helpers.books import FIRST, book, with_work, without

HEAD = "date,time,person,task,worked,reference\n"
ONE = "2026-10-05,09:00,tom-ekberg,Printer,35m,R-1\n"
TWO = "2026-10-05,10:00,tom-ekberg,Printer,0:20,R-1\n"


def read(text, mapping: Mapping[str, str] | None = None):
    return works(text if isinstance(text, bytes) else text.encode(), "november.csv", mapping or {})


def refused(text, mapping=None):
    with pytest.raises(RefusedError) as told:
        read(text, mapping)
    return [(each.what, each.origin and each.origin.line) for each in told.value.problems]


def test_entries_are_read_with_their_lines():
    first, second = read(HEAD + ONE + "\n" + TWO)
    assert (first.date, first.time, first.person, first.worked, first.channel) == (
        FIRST,
        "09:00",
        "tom-ekberg",
        35,
        "remote",
    )
    assert (second.worked, second.origin.line) == (20, 4)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace(",", ";").encode(),
        lambda text: text.replace("Printer", '"Printer"').encode(),
        lambda text: text.replace("date,", "Customer,date,", 1).replace("\n2026", "\nHudson,2026").encode(),
    ],
)
def test_what_spreadsheets_write_is_read_alike(change):
    found = read(change(HEAD + ONE + TWO))
    assert [each.worked for each in found] == [35, 20]
    assert {each.task for each in found} == {"Printer"}


def test_other_columns_are_mapped():
    found = read(
        "Day,Who,What,Minutes\n2026-10-05,tom-ekberg,Printer,35\n",
        {"date": "Day", "person": "Who", "task": "What", "worked": "Minutes"},
    )
    assert [each.worked for each in found] == [35]


@pytest.mark.parametrize(
    ("text", "mapping", "words", "line"),
    [
        ("", {}, "the file is empty", 1),
        ("date,person,task\n", {}, "there is no column worked", 1),
        (HEAD, {"worked": "Minutes"}, "there is no column Minutes", 1),
        (HEAD, {"minutes": "worked"}, "minutes is no field", None),
        (HEAD.replace("reference", "task"), {}, "two columns are called task", 1),
        (HEAD + ONE.replace("Printer", "Printer,big"), {}, "7 cells", 2),
        (HEAD + ONE.replace("2026-10-05", "05.10.2026"), {}, "is not a date", 2),
        (HEAD + ONE.replace("35m", "some"), {}, "is no time worked", 2),
        (HEAD + ONE.replace("Printer", "=cmd()"), {}, "begins like a formula", 2),
        (HEAD + ONE + TWO.replace("Printer", '"Printer'), {}, "this is not CSV", 3),
        ((HEAD + ONE).encode() + b"\xff\n", {}, "not UTF-8", 3),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(text, mapping, words, line):
    assert any(words in what and at == line for what, at in refused(text, mapping))


def test_every_bad_line_is_named():
    bad = ONE.replace("35m", "x") + TWO + ONE.replace("Printer", "+1")
    assert [line for _, line in refused(HEAD + bad)] == [2, 4]


def imported(found, text):
    new, known = fresh(read(text), found.ledger.rows)
    return (with_work(found, *new, booked=date(2026, 10, 31)) if new else found), known


def test_importing_twice_changes_nothing():
    once, known = imported(book(), HEAD + TWO + ONE)
    assert (known, [row.time for row in once.ledger.rows]) == (0, ["09:00", "10:00"])
    twice, known = imported(once, HEAD + ONE + TWO)
    assert (twice, known) == (once, 2)


def test_two_alike_in_a_file_are_two():
    alike = ONE.replace("09:00", "")
    once, _ = imported(book(), HEAD + alike + alike)
    assert len(once.ledger.rows) == 2
    assert imported(once, HEAD + alike * 3)[1] == 2


def test_what_was_taken_back_does_not_come_back():
    once, _ = imported(book(), HEAD + ONE)
    gone = without(once, 1, date(2026, 10, 31))
    assert imported(gone, HEAD + ONE) == (gone, 1)
