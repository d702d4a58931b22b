"""Whether the months of `service.yaml` can be measured: calendar months of the term, and no part above its whole. Pure."""

from collections.abc import Iterator
from datetime import date

from contract_assembly.core.problems import Problem
from contract_assembly.core.values import DateRange
from contract_assembly.facts.fields import Located
from contract_assembly.facts.proration import calendar_months
from contract_assembly.facts.service_month import Logged, LoggedMonth
from contract_assembly.facts.service_record import Service

_PARTS = (
    ("response_met", "response_of"),
    ("resolution_met", "resolution_of"),
    ("response_of", "logged"),
    ("resolution_of", "logged"),
)
_HINT = "one of them is wrong; build.py service import counts both from the same Tickets"


def problems(service: Located[Service], term: DateRange) -> Iterator[Problem]:
    """Everything that is wrong with the months of a term."""
    seen: dict[date, int] = {}
    for n, each in enumerate(service.model.months):
        yield from _of_a_month(service, n, each, term)
        month = each.first.replace(day=1)
        if month in seen:
            what = f"months.{n} is {month:%B %Y}, and so is months.{seen[month]}"
            yield Problem("service-doubled", what, service.at(f"months.{n}"), "keep one of them")
        seen.setdefault(month, n)


def _of_a_month(service: Located[Service], n: int, each: LoggedMonth, term: DateRange) -> Iterator[Problem]:
    at = service.at(f"months.{n}")
    if (
        each.first not in term
        or each.last not in term
        or len(tuple(calendar_months(DateRange(each.first, each.last)))) != 1
    ):
        what = (
            f"months.{n}: {each.first} to {each.last} is not a calendar month of the term, {term.first} to {term.last}"
        )
        hint = "write the first and the last day of the month, or of the part of it that lies in the term"
        yield Problem("service-period", what, at, hint)
    names = [row.priority for row in each.tickets]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Problem("service-doubled", f"months.{n} counts {name} twice", at, "keep one of them")
    for m, row in enumerate(each.tickets):
        yield from _parts(service, f"months.{n}.tickets.{m}", row)


def _parts(service: Located[Service], path: str, row: Logged) -> Iterator[Problem]:
    for part, whole in _PARTS:
        less, more = getattr(row, part), getattr(row, whole)
        if less > more:
            what = f"{path}: {part} {less} is more than {whole} {more}"
            yield Problem("service-sum", what, service.at(path), _HINT)
