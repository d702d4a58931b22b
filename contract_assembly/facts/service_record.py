"""What was delivered: the model of `agreements/<client>/<agreement>/service.yaml`, and what its figures say. Reads nothing.

Each figure has its period and its source; a share has its numerator and denominator, and is printed by `share`, which never says
100 % of what is not all, nor 0 % of what is not nothing. A figure that is not known is left out, never put at zero."""

from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from typing import Any, Literal

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.core.values import DateRange
from contract_assembly.facts.catalogue import Pillar
from contract_assembly.facts.fields import (
    DateFact,
    DecimalFact,
    Located,
    Model,
    MoneyFact,
    ProseFact,
    SlugFact,
    TextFact,
    WholeFact,
)
from contract_assembly.facts.quarter import Period as Period
from contract_assembly.facts.quarter import PriorityOrAll, Quarter


class Counted(Model):
    """A plain number with its period and source; `before` is the same number of the year before."""

    period: Period
    source: TextFact
    count: WholeFact
    before: WholeFact | None = None


class Share(Model):
    """So many of so many; `before_*` are those of the year before."""

    period: Period
    source: TextFact
    numerator: WholeFact
    denominator: WholeFact
    before_numerator: WholeFact | None = None
    before_denominator: WholeFact | None = None


class Tickets(Counted):
    """Tickets closed, of one priority or all; without duplicates and without those that closed themselves."""

    priority: PriorityOrAll


class Target(Share):
    """Responses or Resolutions in time, of one priority or all."""

    priority: PriorityOrAll
    target: Literal["response", "resolution"]


class Satisfaction(Model):
    """The mean of the ratings, how many there were, and of how many that were asked for."""

    period: Period
    source: TextFact
    mean: DecimalFact
    answers: WholeFact
    asked: WholeFact


class Median(Model):
    """The middle one of the times that Responses or Resolutions took, in minutes of Business Hours without pauses; of `count`."""

    period: Period
    source: TextFact
    priority: PriorityOrAll
    target: Literal["response", "resolution"]
    minutes: WholeFact
    count: WholeFact


class Measure(Share):
    """Another share: backups that succeeded, devices with all updates, accounts with a second factor."""

    name: ProseFact


class RestoreTest(Model):
    """A restore test: what was restored, how it went, and how long it took."""

    on: DateFact
    what: ProseFact
    result: Literal["passed", "failed"]
    minutes: WholeFact | None = None
    source: TextFact


class Review(Model):
    """A business review that was held."""

    on: DateFact
    source: TextFact
    recommended: WholeFact | None = None
    accepted: WholeFact | None = None
    declined: WholeFact | None = None


class Event(Model):
    """Something on a day, in words: what the client was spared, or where we missed and what was changed."""

    on: DateFact
    what: ProseFact
    effect: ProseFact
    source: TextFact


class Miss(Event):
    """Where we missed: `changed` is what was done about it, `credit` what was given."""

    changed: ProseFact
    credit: MoneyFact | None = None


class Change(Model):
    """A project, a change or other work of a pillar that was finished."""

    on: DateFact
    what: ProseFact
    source: TextFact
    pillar: Pillar = "upgrades"


class Risk(Model):
    """Something that may go wrong at the client's: since when we tell of it, what it would do, what we advise, and since when
    it is no risk any more."""

    id: SlugFact
    since: DateFact
    what: ProseFact
    effect: ProseFact
    advice: ProseFact
    closed: DateFact | None = None


class Recommendation(Model):
    """What we recommend for the next year, by when, at which price, and why; `quarter` is one of the next term, 1 to 4."""

    id: SlugFact
    what: ProseFact
    why: ProseFact
    quarter: WholeFact | None = None
    price: MoneyFact | None = None
    monthly: MoneyFact | None = None
    state: Literal["proposed", "accepted", "declined"] = "proposed"


class Service(Model):
    """`service.yaml`: the year as it was. `term` is the first day of the term that it is about."""

    term: DateFact
    tickets: tuple[Tickets, ...] = ()
    targets: tuple[Target, ...] = ()
    medians: tuple[Median, ...] = ()
    satisfaction: Satisfaction | None = None
    quarters: tuple[Quarter, ...] = ()
    measures: tuple[Measure, ...] = ()
    alerts_prevented: Counted | None = None
    patches: Counted | None = None
    restore_tests: tuple[RestoreTest, ...] = ()
    reviews: tuple[Review, ...] = ()
    spared: tuple[Event, ...] = ()
    missed: tuple[Miss, ...] = ()
    changes: tuple[Change, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    risks: tuple[Risk, ...] = ()


def share(numerator: int, denominator: int, places: int = 1) -> Decimal | None:
    """A share in percent, rounded half up, but toward the truth at the ends: 9,996 of 10,000 is 99.9, never 100; 1 of 10,000 is
    0.1, never 0. None of nothing is no figure."""
    if not denominator:
        return None
    exact, unit = Decimal(100) * numerator / denominator, Decimal(1).scaleb(-places)
    found = exact.quantize(unit, ROUND_HALF_UP)
    if found >= 100 and numerator < denominator:
        return exact.quantize(unit, ROUND_DOWN)
    if found <= 0 and numerator > 0:
        return exact.quantize(unit, ROUND_UP)
    return found


def figures(service: Located[Service]) -> Iterator[tuple[str, Any]]:
    """Every figure with the path of its place in the file."""
    model = service.model
    for name in (
        "tickets",
        "targets",
        "medians",
        "measures",
        "restore_tests",
        "reviews",
        "spared",
        "missed",
        "changes",
    ):
        yield from ((f"{name}.{n}", each) for n, each in enumerate(getattr(model, name)))
    for name in ("satisfaction", "alerts_prevented", "patches"):
        if (found := getattr(model, name)) is not None:
            yield name, found


def problems(service: Located[Service], term: DateRange, agreement: Origin, currency: str) -> Iterator[Problem]:
    """What is wrong with the figures of a term: another period, more than all, two that should be one, an unknown quarter."""
    if service.model.term != term.first:
        what = f"term: {service.model.term} is the first day of no term; the current one begins on {term.first}"
        yield Problem("service-period", what, service.at("term"), f"see the term at {agreement}")
    seen: dict[tuple[Any, ...], str] = {}
    for path, each in figures(service):
        yield from _period(path, each, term, service)
        yield from _parts(path, each, service)
        key = (path.partition(".")[0], *(getattr(each, n, None) for n in ("priority", "target", "name", "on", "what")))
        if key in seen:
            what = f"{path} says the same as {seen[key]}"
            yield Problem("service-doubled", what, service.at(path), "keep one of them")
        seen.setdefault(key, path)
    yield from _recommended(service, currency)


def _period(path: str, each: Any, term: DateRange, service: Located[Service]) -> Iterator[Problem]:
    period = getattr(each, "period", None)
    first, last = (period.first, period.last) if period else (each.on, each.on)
    if last < first:
        yield Problem(
            "service-period", f"{path}: the period ends before it begins", service.at(path), "turn them round"
        )
    elif first not in term or last not in term:
        told = f"{first} to {last}" if period else f"{first}"
        what = f"{path}: {told} lies outside the term, {term.first} to {term.last}"
        yield Problem("service-period", what, service.at(path), "figures of another year belong into its own file")


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
            yield Problem("service-sum", what, service.at(path), "a share needs both, or neither")
    if isinstance(each, Satisfaction) and not 1 <= each.mean <= 5:
        yield Problem(
            "service-sum", f"{path}: a mean of {each.mean} is not from 1 to 5", service.at(f"{path}.mean"), "check it"
        )


def _recommended(service: Located[Service], currency: str) -> Iterator[Problem]:
    for n, each in enumerate(service.model.recommendations):
        if each.quarter is not None and not 1 <= each.quarter <= 4:
            origin = service.at(f"recommendations.{n}.quarter")
            yield Problem("service-quarter", f"{each.quarter} is no quarter of a year", origin, "write 1 to 4")
        for name in ("price", "monthly"):
            money = getattr(each, name)
            if money and money.currency != currency:
                what = f"recommendations.{n}.{name} is in {money.currency}, the agreement in {currency}"
                yield Problem("mixed-currencies", what, service.at(f"recommendations.{n}.{name}"), "use one currency")
