"""Whether the figures of `service.yaml` fit their term, themselves and, by `service_totals`, each other. Pure."""

from collections.abc import Iterator
from typing import Any

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.core.values import DateRange
from contract_assembly.facts.fields import Located
from contract_assembly.facts.service_record import Satisfaction, Service, figures
from contract_assembly.rules import service_months, service_totals


def problems(service: Located[Service], term: DateRange, agreement: Origin, currency: str) -> Iterator[Problem]:
    """Everything that is wrong with the figures of a term, one by one and with each other."""
    yield from of_figures(service, term, agreement, currency)
    yield from service_totals.problems(service, term)
    yield from service_months.problems(service, term)


def of_figures(service: Located[Service], term: DateRange, agreement: Origin, currency: str) -> Iterator[Problem]:
    """What is wrong with the figures of a term: another period, a part above its whole, a repeated figure, an unknown quarter."""
    if service.model.term != term.first:
        what = f"term: no term begins on {service.model.term}; the current one begins on {term.first}"
        yield Problem("service-period", what, service.at("term"), f"see the term at {agreement}")
    seen: dict[tuple[Any, ...], str] = {}
    for path, each in figures(service):
        yield from _period(path, each, term, service)
        yield from _parts(path, each, service)
        key = (path.partition(".")[0], *(getattr(each, n, None) for n in ("priority", "target", "name", "on", "what")))
        if key in seen:
            what = f"{path} repeats {seen[key]}"
            yield Problem("service-doubled", what, service.at(path), "keep one of them")
        seen.setdefault(key, path)
    yield from _recommended(service, currency)


def _period(path: str, each: Any, term: DateRange, service: Located[Service]) -> Iterator[Problem]:
    period = getattr(each, "period", None)
    first, last = (period.first, period.last) if period else (each.on, each.on)
    if last < first:
        yield Problem(
            "service-period", f"{path}: the period ends before it begins", service.at(path), "swap the two days"
        )
    elif first not in term or last not in term:
        days = f"{first} to {last}" if period else f"{first}"
        what = f"{path}: {days} lies outside the term, {term.first} to {term.last}"
        yield Problem(
            "service-period", what, service.at(path), "put figures of another year into the file of its agreement"
        )


_PARTS = (
    ("numerator", "denominator"),
    ("before_numerator", "before_denominator"),
    ("answers", "asked"),
    ("accepted", "recommended"),
)


def _parts(path: str, each: Any, service: Located[Service]) -> Iterator[Problem]:
    for part, whole in _PARTS:
        less, more = getattr(each, part, None), getattr(each, whole, None)
        if less is not None and more is not None and less > more:
            yield Problem(
                "service-sum",
                f"{path}: {part} {less} is more than {whole} {more}",
                service.at(f"{path}.{part}"),
                "check both",
            )
        elif (less is None) != (more is None) and part != "accepted":
            what = f"{path}: {part} and {whole} go together"
            yield Problem("service-sum", what, service.at(path), "write both, or neither")
    if isinstance(each, Satisfaction) and not 1 <= each.mean <= 5:
        yield Problem(
            "service-sum", f"{path}: a mean of {each.mean} is not from 1 to 5", service.at(f"{path}.mean"), "check it"
        )


def _recommended(service: Located[Service], currency: str) -> Iterator[Problem]:
    for n, each in enumerate(service.model.recommendations):
        if each.quarter is not None and not 1 <= each.quarter <= 4:
            origin = service.at(f"recommendations.{n}.quarter")
            yield Problem("service-quarter", f"{each.quarter} is not a quarter of a year", origin, "write 1 to 4")
        for name in ("price", "monthly"):
            money = getattr(each, name)
            if money and money.currency != currency:
                what = f"recommendations.{n}.{name} is in {money.currency}, the agreement in {currency}"
                yield Problem("mixed-currencies", what, service.at(f"recommendations.{n}.{name}"), "use one currency")
