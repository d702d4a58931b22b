"""invoiced.csv: rows that are only added, and what is found if somebody edits one."""

from datetime import date

import pytest

from contract_assembly.billing.charges import charges
from contract_assembly.billing.issued import HEADER, Issued, appended, numbers, read
from contract_assembly.core.problems import RefusedError
from tests.helpers.running import running

PATH = "agreements/acme/invoiced.csv"
ON = date(2026, 10, 2)


def data(until=date(2026, 11, 1)):
    some = charges(running(), until)
    return appended(Issued(PATH), [("NL-2026-0042-001", each) for each in some], ON)


def refused(text):
    with pytest.raises(RefusedError) as error:
        read(text, PATH, "acme")
    return [(each.rule, each.origin.line) for each in error.value.problems]


def test_rows_read_back_as_they_were_written():
    found = read(data(), PATH, "acme")
    assert [(each.key.line, str(each.key.first), each.amount.amount) for each in found.rows] == [
        (each.key.line, str(each.key.first), each.amount.amount) for each in charges(running(), date(2026, 11, 1))
    ]
    assert {each.issued for each in found.rows} == {ON}


def test_rows_are_added_after_those_that_are_there():
    before = read(data(), PATH, "acme")
    more = appended(before, [("NL-2026-0042-002", each) for each in charges(running(), date(2026, 10, 1))], ON)
    assert read(before.data + more, PATH, "acme").rows[: len(before.rows)] == before.rows
    assert next(numbers(read(before.data + more, PATH, "acme").rows, "NL-2026-0042")) == "NL-2026-0042-003"


@pytest.mark.parametrize(
    ("old", "new", "problems"),
    [
        (b",330.00,", b",33.00,", [("invoiced-chain", 3), ("invoiced-chain", 5)]),
        (HEADER.encode(), b"row,number", [("invoiced-row", 1)]),
        (b"servers", b"serv\xff", [("invoiced-row", 3)]),
    ],
)
def test_an_edited_row_is_found_at_its_line(old, new, problems):
    assert refused(data().replace(old, new)) == problems


def test_a_row_taken_out_is_found():
    lines = data().splitlines(keepends=True)
    assert refused(b"".join(lines[:2] + lines[3:])) == [("invoiced-chain", 3)]


def test_a_half_written_last_line_is_found():
    assert refused(data()[:-20]) == [("invoiced-row", 5)]


def test_an_amount_that_was_chained_again_by_hand_must_still_be_a_number():
    from contract_assembly.blocks.ledger import chained

    text = data().decode().splitlines()[1].rpartition(",")[0].replace("2108.00", "lots")
    assert refused(f"{HEADER}\n{text},{chained('', text)}\n".encode()) == [("invoiced-cell", 2)]


def test_what_was_handed_over_by_a_day_is_the_beginning_of_the_file():
    before = read(data(), PATH, "acme")
    charged = [("NL-2026-0042-002", each) for each in charges(running(), date(2026, 12, 1))]
    later = read(before.data + appended(before, charged, date(2026, 11, 5)), PATH, "acme")
    assert later.by(date(2026, 11, 4)) == before
    assert later.by(date(2026, 11, 5)) == later
    assert later.by(date(2026, 10, 1)) == Issued(PATH)


def chained_by_hand(*rows):
    """A file of these rows, with digests that fit."""
    from contract_assembly.blocks.ledger import chained

    digest, lines = "", [HEADER]
    for row in rows:
        digest = chained(digest, row)
        lines.append(f"{row},{digest}")
    return "".join(f"{each}\n" for each in lines).encode()


ROWS = [line.rpartition(",")[0] for line in data().decode().splitlines()[1:]]


def test_a_row_with_the_number_of_another_is_found_at_its_line():
    assert refused(chained_by_hand(ROWS[0], "7" + ROWS[1].removeprefix("2"))) == [("invoiced-cell", 3)]


def test_a_row_with_a_cell_less_is_told_how_many_there_are_with_the_digest():
    with pytest.raises(RefusedError) as error:
        read(chained_by_hand(ROWS[0].rpartition(",")[0]), PATH, "acme")
    assert [each.what for each in error.value.problems] == ["a row has 15 cells; this one has 14"]
