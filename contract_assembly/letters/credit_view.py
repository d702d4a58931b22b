"""Service Credits in letters and reports: those that `billing` charges, month by month."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec import Struct

from contract_assembly.billing.charges import service_credits
from contract_assembly.billing.loader import Accounts
from contract_assembly.billing.running import Running
from contract_assembly.billing.service_credits import MonthCredit, Shortfall
from contract_assembly.core.values import DateRange, Money
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.changes import CHANGES
from contract_assembly.facts.fields import Located
from contract_assembly.facts.service_record import Service
from contract_assembly.facts.template_values import View, leaf
from contract_assembly.letters.service_facts import priority_name
from contract_assembly.repository.inputs import Repository


class Credits(Struct, frozen=True):
    """The Service Credits of a contract, which other files they follow from, and whether git history was read."""

    months: tuple[MonthCredit, ...] = ()
    sources: tuple[str, ...] = ()
    history: bool = False

    def within(self, days: DateRange) -> tuple[MonthCredit, ...]:
        """Those of months that ended within these days."""
        return tuple(each for each in self.months if each.days.last in days)


def credits_of(repository: Repository, inputs: Inputs, service: Located[Service] | None) -> Credits:
    """The Service Credits of a contract. Raises RefusedError where its figures cannot be measured."""
    if service is None or not service.model.months:
        return Credits()
    _, client, name, *_ = inputs.agreement.at().path.split("/")
    running = Accounts(repository).one(client, name)
    assert isinstance(running, Running)  # noqa: S101  # only a support contract has figures
    return Credits(service_credits(running), (f"{running.folder}/{CHANGES}",), history=len(running.versions) > 1)


def credit_rows(service: Located[Service], found: tuple[MonthCredit, ...], key: str) -> View:
    """A row for each month: its first day, what fell short, the credit, and whether a cap reduced it."""
    rows = tuple(leaf(_row(each), f"{key}.{n}", each.origin) for n, each in enumerate(found))
    return leaf(rows, key, service.at("months"))


def _row(each: MonthCredit) -> dict[str, Any]:
    return {
        "month": each.days.first,
        "shortfalls": tuple(_shortfall(one) for one in each.shortfalls),
        "credit": each.amount,
        "capped": each.amount != each.uncapped,
    }


def _shortfall(each: Shortfall) -> dict[str, Any]:
    name = priority_name(each.priority) if each.priority else f"{priority_name('P1')} and {priority_name('P2')}"
    return {"name": name, "met": each.met, "of": each.of, "share": each.share, "answered": each.priority is not None}


def given_by(service: Service, found: tuple[MonthCredit, ...], day: date) -> Iterator[Money]:
    """Every credit up to a day: worked out for a month that is over, or entered by hand."""
    yield from (each.amount for each in found if each.amount.amount)
    yield from (each.credit for each in service.missed if each.credit and each.on <= day)
