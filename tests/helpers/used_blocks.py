"""Blocks with regular work, for tests that compare them with plans."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from contract_assembly.core.values import Money
from contract_assembly.facts.catalogue import Plan
from contract_assembly.repository.inputs import Repository
from tests.helpers.books import IN_TIME, book, day, with_work, work

ENVIRONMENT = {
    "users": "6",
    "assets": [{"kind": "network-device", "count": "2"}, {"kind": "saas-tenant", "count": "1"}],
}


ROOT = Path(__file__).parents[2]


PLANS = [Repository(ROOT).load(Plan, f"provider/plans/{name}.yaml").model for name in ("business", "essential")]


def usd(text):
    return Money(Decimal(text), "USD")


def used(minutes, weeks=13, environment=ENVIRONMENT):
    """A book in which so many minutes were used in each of some weeks."""
    account = {"paid": "2026-10-02", "messages": [IN_TIME], **({"environment": environment} if environment else {})}
    return with_work(book(account), *[work(day(7 * n), minutes, f"Task {n}") for n in range(weeks)])


def monthly(*hours, environment=ENVIRONMENT, outside=(), **changes):
    """A book in which so many hours were used in November, December, January …"""
    account = {"paid": "2026-10-02", "messages": [IN_TIME], **({"environment": environment} if environment else {})}
    account["outside"] = list(outside)
    days = [date(2026 + (10 + n) // 12, (10 + n) % 12 + 1, 12) for n in range(len(hours))]
    works = [
        work(each, int(count * 60), f"Task {n}")
        for n, (each, count) in enumerate(zip(days, hours, strict=True))
        if count
    ]
    return with_work(book(account, **changes), *works)
