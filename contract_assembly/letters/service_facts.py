"""The contents of service reports, as facts: figures with their shares, what was done, what is recommended, what ends. Pure.

An unknown figure is left out; a share has one decimal, and is 100% only if it is complete (`service.share`)."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from contract_assembly.core.text import NBSP
from contract_assembly.core.values import DateRange, Percent, corresponding
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.catalogue import Pillar
from contract_assembly.facts.fields import Located
from contract_assembly.facts.labels import ASSET_LABELS, HOLDER_LABELS
from contract_assembly.facts.quarter import PRIORITIES, Handled, Quarter
from contract_assembly.facts.service_record import Recommendation, Service, share
from contract_assembly.facts.template_values import Fact, Record, Series, View, extended, leaf, view
from contract_assembly.facts.term_dates import periods, terms

# An email address, or a telephone number in a usual form: letters and reports say nothing about single users.
PRIVATE = re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}|\+\d[\d \u00a0()./-]{7,}", re.IGNORECASE)
STATES = {"proposed": "Proposed", "accepted": "Accepted", "declined": "Declined"}
PILLARS: tuple[Pillar, ...] = ("maintenance", "emergency", "planning", "upgrades")


def percent(numerator: int | None, denominator: int | None, least: int) -> Percent | None:
    """A share as printed; None without both numbers, and of fewer than `least`: three of three is not yet 100%."""
    if numerator is None or denominator is None or denominator < least:
        return None
    found = share(numerator, denominator)
    return None if found is None else Percent(found)


def priority_name(priority: str) -> str:
    """The name in a table: "Priority 1", "All"."""
    return "All" if priority == "all" else f"Priority{NBSP}{priority[1:]}"


def in_days(service: Located[Service], name: str, days: DateRange, key: str) -> View:
    """Events of a list that lie within these days, the earliest first."""
    found = [(n, each) for n, each in enumerate(getattr(service.model, name)) if each.on in days]
    found.sort(key=lambda each: each[1].on)
    return leaf(
        tuple(view(each, f"{key}.{name}.{n}", service.at, f"{name}.{n}") for n, each in found),
        f"{key}.{name}",
        service.at(name),
    )


def work(service: Located[Service], days: DateRange, key: str) -> View:
    """Finished work within these days, by pillar."""
    found: dict[str, View] = {}
    for pillar in PILLARS:
        rows = [(n, each) for n, each in enumerate(service.model.changes) if each.pillar == pillar and each.on in days]
        rows.sort(key=lambda each: each[1].on)
        views = tuple(view(each, f"{key}.work.{pillar}.{n}", service.at, f"changes.{n}") for n, each in rows)
        found[pillar] = leaf(views, f"{key}.work.{pillar}", service.at("changes"))
    return leaf(found, f"{key}.work", service.at("changes"))


def handled(service: Located[Service], quarter: Quarter, position: int, inputs: Inputs, before: Quarter | None) -> View:
    """Tickets of a quarter by priority, with the promises of the plan, and how many there were in the quarter before."""
    promises = {each.id: each for each in inputs.plan.model.service_levels.priorities}
    earlier = {each.priority: each.closed for each in before.tickets} if before else {}
    rows = sorted(enumerate(quarter.tickets), key=lambda each: PRIORITIES.index(each[1].priority))
    found = []
    for n, each in rows:
        promise = None if each.priority == "all" else promises[each.priority]
        seen = view(each, f"review.tickets.{n}", service.at, f"quarters.{position}.tickets.{n}")
        below = bool(each.response_of) and _is_below(each, inputs)
        more = {
            "below": below,
            "promise": promise.response if promise else None,
            "aim": promise.target if promise else None,
            "answered": each.response_of or None,
            "solved": each.resolution_of or None,
        }
        least = inputs.plan.model.service_levels.small_number
        found.append(
            extended(
                seen,
                name=priority_name(each.priority),
                before=earlier.get(each.priority),
                **_shares(each, least),
                **more,
            )
        )
    return leaf(tuple(found), "review.tickets", service.at(f"quarters.{position}.tickets"))


def having(rows: View, name: str, key: str) -> View:
    """The rows of a list that have this fact."""
    assert isinstance(rows, Series)  # noqa: S101  # lists of figures are series
    kept = [each for each in rows.items if isinstance(each, Record) and not _nothing(each.entries[name])]
    return Series(tuple(kept), key, rows.origin)


def _nothing(view: View) -> bool:
    return isinstance(view, Fact) and view.value is None


def _is_below(each: Handled, inputs: Inputs) -> bool:
    """Whether the share of Responses in time is less than promised for a month; with few Tickets it does not count
    (levels-measurement)."""
    levels = inputs.plan.model.service_levels
    met, of = each.response_met or 0, each.response_of or 0
    return of >= levels.small_number and bool(Decimal(100) * met / of < levels.threshold.value)


def _shares(each: Handled, least: int) -> dict[str, Percent | None]:
    return {
        "response_share": percent(each.response_met, each.response_of, least),
        "resolution_share": percent(each.resolution_met, each.resolution_of, least),
    }


def shares(service: Located[Service], name: str, key: str, least: int, path: str = "") -> View:
    """A list of shares with their percentages, without those of nothing; of fewer than `least`, there is no percentage."""
    rows = getattr(service.model, name) if not path else _at(service.model, f"{path}.{name}")
    where = f"{path}.{name}" if path else name
    views = tuple(
        extended(
            view(each, f"{key}.{name}.{n}", service.at, f"{where}.{n}"),
            share=percent(each.numerator, each.denominator, least),
        )
        for n, each in enumerate(rows)
        if each.denominator
    )
    return leaf(views, f"{key}.{name}", service.at(where))


def _at(model: Any, path: str) -> Any:
    for step in path.split("."):
        model = model[int(step)] if step.isdigit() else getattr(model, step)
    return model


def recommendations(service: Located[Service], inputs: Inputs, key: str, states: Iterable[str]) -> View:
    """Recommendations in these states, by quarter of the next term, with the days of that quarter."""
    chosen = [(n, each) for n, each in enumerate(service.model.recommendations) if each.state in set(states)]
    chosen.sort(key=lambda pair: (pair[1].quarter or 9, pair[0]))
    views = tuple(recommendation(service, inputs, n, each, f"{key}.{n}") for n, each in chosen)
    return leaf(views, key, service.at("recommendations"))


def recommendation(service: Located[Service], inputs: Inputs, n: int, each: Recommendation, key: str) -> Record:
    """One recommendation."""
    days = _quarter_of_next_term(service.model, inputs, each.quarter) if each.quarter else None
    seen = view(each, key, service.at, f"recommendations.{n}")
    return extended(
        seen, state_label=STATES[each.state], first=days.first if days else None, last=days.last if days else None
    )


def _quarter_of_next_term(service: Service, inputs: Inputs, number: int) -> DateRange | None:
    days = term_days(service, inputs)
    first = days.last + timedelta(days=1)
    length = inputs.agreement.model.term.renewal_length.months
    following = DateRange(first, corresponding(first, length) - timedelta(days=1))
    return dict(enumerate(periods(first, 3, following), 1)).get(number)


def term_days(service: Service, inputs: Inputs) -> DateRange:
    """The term of service.yaml, whose first day is `term`; otherwise the one after it (a check reports this)."""
    agreed = inputs.agreement.model.term
    every, number = terms(agreed), 0
    while every.days(number).first < service.term:
        number += 1
    return every.days(number)


def risks(service: Located[Service], day: date, key: str) -> View:
    """Risks that were open on a day."""
    views = tuple(
        view(each, f"{key}.{n}", service.at, f"risks.{n}")
        for n, each in enumerate(service.model.risks)
        if each.since <= day and (each.closed is None or each.closed > day)
    )
    return leaf(views, key, service.at("risks"))


def licences_that_end(inputs: Inputs, day: date, months: int, key: str) -> View:
    """Licences whose last day comes within `months` of a day."""
    at, until = inputs.agreement.at, corresponding(day, months)
    found = [
        (n, each)
        for n, each in enumerate(inputs.agreement.model.licences)
        if each.last_day and day <= each.last_day <= until
    ]
    found.sort(key=lambda pair: (pair[1].last_day, pair[0]))
    views = tuple(
        extended(view(each, f"{key}.{n}", at, f"licences.{n}"), holder_label=HOLDER_LABELS[each.holder])
        for n, each in found
    )
    return leaf(views, key, at("licences"))


def assets(inputs: Inputs) -> Iterator[dict[str, Any]]:
    """What is covered, by class, with its number."""
    coverage = inputs.agreement.model.coverage
    yield {"label": "Users", "count": coverage.users}
    yield from ({"label": ASSET_LABELS[each.kind], "count": each.count} for each in coverage.assets)
    yield {"label": "Sites", "count": len(coverage.sites)}
