"""Three rows of a ledger, and its bytes with right digests."""

from datetime import date
from decimal import Decimal

import pytest

from contract_assembly.blocks.ledger import Ledger, LedgerRow, appended, read
from contract_assembly.core.problems import RefusedError

PATH = "agreements/acme/2026-block/ledger.csv"

DAY = date(2026, 10, 5)


def row(number, **more):
    base = LedgerRow(
        number, DAY, "09:00", "tom", "Printer", "remote", 20, 30, "1", Decimal(30), "", "R-1", None, "", DAY
    )
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
