"""Fees of the next term of the base agreement, with facts changed, for tests of prices at a renewal."""

from datetime import date
from decimal import Decimal

from contract_assembly.core.values import Money, Percent
from contract_assembly.facts.price_index import read_series
from contract_assembly.renewals.increase import rise
from contract_assembly.renewals.next_prices import NextFees, next_fees
from tests.helpers.matters import matter

NEXT = date(2027, 10, 1)


def percent(text):
    return Percent(Decimal(text))


def usd(text):
    return Money(Decimal(text), "USD")


def series(*values, first=1, published="14"):
    """Months from January 2026 on, each published in the month after."""
    rows = ["month,value,published_on"]
    for n, value in enumerate(values, first - 1):
        year, month = 2026 + n // 12, n % 12 + 1
        then = f"{2026 + (n + 1) // 12}-{(n + 1) % 12 + 1:02d}-{published}"
        rows.append(f"{year}-{month:02d},{value},{then}")
    return read_series("\n".join(rows) + "\n", "provider/indices/x.csv")


def fees(series=None, plan=None, **changes) -> NextFees:
    inputs = matter(**{f"agreement__{name}": value for name, value in changes.items()}).inputs
    found = rise(inputs, NEXT, 12, series)
    return next_fees(inputs, plan or inputs.plan.model, found)


def rules(found):
    return [each.rule for each in found.problems]
