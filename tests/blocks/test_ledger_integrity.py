"""A ledger as a whole: its bytes, and the version in git."""

from datetime import date
from decimal import Decimal

import pytest

from contract_assembly.blocks.ledger import Ledger, Row, appended, read
from contract_assembly.blocks.ledger_integrity import differs_from_git
from contract_assembly.core.problems import RefusedError

PATH = "agreements/acme/2026-block/ledger.csv"

DAY = date(2026, 10, 5)


def row(number, **more):
    base = Row(number, DAY, "09:00", "tom", "Printer", "remote", 20, 30, "1", Decimal(30), "", "R-1", None, "", DAY)
    return base._replace(**more)


ROWS = (row(1), row(2, task='Cable, "long"', worked=35, rounded=45, deducted=Decimal("67.5")), row(3, time=""))

DATA = appended(Ledger(PATH), ROWS)


def refused(data):
    with pytest.raises(RefusedError) as told:
        read(data, PATH)
    return [(each.rule, each.origin.line) for each in told.value.problems]


def lines(*rows):
    """A ledger's bytes with right digests, whatever its rows say."""
    return appended(Ledger(PATH), rows)


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
