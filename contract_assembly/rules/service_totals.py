"""Whether the figures of `service.yaml` agree with each other: parts with their total, quarters with the year. Pure."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.core.values import DateRange
from contract_assembly.facts.fields import Located
from contract_assembly.facts.quarter import PRIORITIES, Handled, PriorityOrAll
from contract_assembly.facts.service_record import Service
from contract_assembly.facts.term_dates import periods

_EACH = PRIORITIES[:-1]
_COUNTS = ("closed", "response_met", "response_of", "resolution_met", "resolution_of")
_HINT = "one of them is wrong; build.py service import computes both from the same Tickets"


def problems(service: Located[Service], term: DateRange) -> Iterator[Problem]:
    """Sums that do not agree, and quarters that are not of the term."""
    model = service.model
    of_year = {(each.priority, each.period.first, each.period.last): each.count for each in model.tickets}
    for first, last in dict.fromkeys((each.period.first, each.period.last) for each in model.tickets):
        found = {name: count for (name, *days), count in of_year.items() if days == [first, last]}
        yield from _parts("tickets", found, service.at("tickets"))
    for target in ("response", "resolution"):
        for part in ("numerator", "denominator"):
            chosen = [each for each in model.targets if each.target == target]
            same = [each for each in chosen if each.period == chosen[0].period]
            found = {each.priority: getattr(each, part) for each in same}
            yield from _parts(f"targets, {target}, {part}", found, service.at("targets"))
    yield from _quarters(service, term)
    yield from _year(service)


def _parts(name: str, found: Mapping[PriorityOrAll, int], at: Origin) -> Iterator[Problem]:
    """Priorities add up to the total; where one of them is unknown, they do not exceed it."""
    whole = found.get("all")
    known = [found[each] for each in _EACH if each in found]
    if whole is None or not known:
        return
    if sum(known) > whole or (len(known) == len(_EACH) and sum(known) != whole):
        yield Problem(
            "service-sum", f"{name}: the priorities add up to {sum(known)}, and the total is {whole}", at, _HINT
        )


def _quarters(service: Located[Service], term: DateRange) -> Iterator[Problem]:
    known = dict(enumerate(periods(term.first, 3, term), 1))
    seen: dict[int, str] = {}
    for n, each in enumerate(service.model.quarters):
        path = f"quarters.{n}"
        days = known.get(each.number)
        if days is None or each.number in seen:
            what = f"{each.number} appears twice" if days else f"{each.number} is not a quarter of the term"
            yield Problem(
                "service-quarter", what, service.at(f"{path}.number"), f"there are 1 to {len(known)}, each once"
            )
            continue
        seen[each.number] = path
        if each.period.first != days.first or each.period.last not in days:
            what = f"{path}: {each.period.first} to {each.period.last} is not of quarter {each.number}"
            yield Problem("service-quarter", what, service.at(f"{path}.period"), f"it is {days.first} to {days.last}")
        yield from _handled(service, path, each.tickets)


def _handled(service: Located[Service], path: str, rows: tuple[Handled, ...]) -> Iterator[Problem]:
    for name in _COUNTS:
        found = {row.priority: value for row in rows if (value := getattr(row, name)) is not None}
        if name != "closed":  # a priority without Tickets has no targets
            found |= {row.priority: 0 for row in rows if not row.closed}
        yield from _parts(f"{path}, {name}", found, service.at(f"{path}.tickets"))
    for n, row in enumerate(rows):
        at = service.at(f"{path}.tickets.{n}")
        for less, more in (("response_met", "response_of"), ("resolution_met", "resolution_of"), *_MOST):
            part, whole = getattr(row, less), getattr(row, more)
            if part is not None and (whole is None or part > whole):
                yield Problem("service-sum", f"{path}, {row.priority}: {less} {part}, {more} {whole}", at, "check both")


_MOST = (("response_of", "closed"), ("resolution_of", "closed"))


def _year(service: Located[Service]) -> Iterator[Problem]:
    """Quarters without a gap that span just the days of a figure of the year add up to it."""
    quarters = sorted(service.model.quarters, key=lambda each: each.number)
    if not quarters or any(after.number != before.number + 1 for before, after in pairwise(quarters)):
        return
    days = (quarters[0].period.first, quarters[-1].period.last)
    for n, each in enumerate(service.model.tickets):
        parts: list[Any] = [row.closed for q in quarters for row in q.tickets if row.priority == each.priority]
        if (each.period.first, each.period.last) == days and len(parts) == len(quarters) and sum(parts) != each.count:
            what = f"tickets, {each.priority}: {each.count} in the year, and the quarters add up to {sum(parts)}"
            yield Problem("service-sum", what, service.at(f"tickets.{n}"), _HINT)
