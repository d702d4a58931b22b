"""A ledger as a whole: its bytes, and the version in git."""

from decimal import Decimal

import pytest

from contract_assembly.blocks.ledger import read
from contract_assembly.blocks.ledger_integrity import differs_from_git, first_difference
from tests.helpers.ledger_rows import DATA, PATH, ROWS, lines, refused


@pytest.mark.parametrize(
    ("data", "rule", "line"),
    [
        (b"\xef\xbb\xbf" + DATA, "ledger-bytes", 1),
        (DATA.replace(b"\n", b"\r\n"), "ledger-bytes", 1),
        (DATA.replace(b",Printer", b",Printer\r", 1), "ledger-bytes", 2),
        (DATA.replace(b",", b";"), "ledger-header", 1),
        (DATA.partition(b"\n")[2], "ledger-header", 1),
        (DATA.replace(b"worked", b"minutes", 1), "ledger-header", 1),
        (DATA.replace(b"Printer", b"Printer\xff", 1), "ledger-bytes", 2),
        (DATA + b"\n" + DATA, "ledger-row", 5),
        (DATA + b"4,2026-10-05\n", "ledger-row", 5),
        (DATA.replace(b"\n2,", b"\n<<<<<<< HEAD\n2,"), "ledger-conflict", 3),
    ],
)
def test_what_is_no_ledger_is_refused_with_its_line(data, rule, line):
    assert (rule, line) in refused(data)


def test_git_is_a_second_witness_of_the_rows_that_were_committed():
    assert differs_from_git(DATA, DATA[:250], PATH) is None
    assert differs_from_git(DATA, b"", PATH) is None
    again = lines(ROWS[0], ROWS[1]._replace(deducted=Decimal(15)), ROWS[2])
    read(again, PATH)  # reckoned anew, so that no digest tells
    assert differs_from_git(again, DATA, PATH).origin.line == 3
    assert differs_from_git(DATA[: DATA.index(b"\n3,") + 1], DATA, PATH).rule == "ledger-witness"
    assert differs_from_git(b"", DATA, PATH).origin.line == 1


def test_rows_that_are_gone_from_the_end_are_missed_after_the_last_that_is_there():
    assert differs_from_git(DATA[: DATA.index(b"\n3,")], DATA, PATH).origin.line == 3


def test_the_first_line_that_differs_is_named_and_an_added_row_is_no_difference():
    assert first_difference(b"head\na\nb\nc\n", b"head\na\nb\n") is None
    assert first_difference(b"head\na\nx\n", b"head\na\nb\n") == 3
    assert first_difference(b"head\na\n", b"head\na\nb\n") == 3
    assert first_difference(b"", b"head\na\nb\n") == 1
