"""What was delivered: the model of `agreements/<client>/<agreement>/service.yaml`. Pure.

Each figure has its period and its source. A share has its numerator and denominator, and is printed by `share`, which never says
100 % of what is not all, nor 0 % of what is not nothing. An unknown figure is left out, never written as zero."""

from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from typing import Any, Literal

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
from contract_assembly.facts.kept_duty import KeptDuty
from contract_assembly.facts.quarter import Period as Period
from contract_assembly.facts.quarter import PriorityOrAll, Quarter
from contract_assembly.facts.service_month import LoggedMonth


class Counted(Model):
    """A plain number with its period and source; `before` is the same number of the year before."""

    period: Period
    source: TextFact
    count: WholeFact
    before: WholeFact | None = None


class Share(Model):
    """A number out of a total; `before_*` are those of the year before."""

    period: Period
    source: TextFact
    numerator: WholeFact
    denominator: WholeFact
    before_numerator: WholeFact | None = None
    before_denominator: WholeFact | None = None


class Hours(Model):
    """The hours worked for the client, of every role and at every time of day."""

    period: Period
    source: TextFact
    count: DecimalFact


class Tickets(Counted):
    """Tickets closed, of one priority or all, without duplicates and automatic closures."""

    priority: PriorityOrAll


class Target(Share):
    """Responses or Resolutions in time, of one priority or all."""

    priority: PriorityOrAll
    target: Literal["response", "resolution"]


class Satisfaction(Model):
    """The mean rating, the number of answers, and the number of requests for one."""

    period: Period
    source: TextFact
    mean: DecimalFact
    answers: WholeFact
    asked: WholeFact


class Median(Model):
    """The median time of `count` Responses or Resolutions, in minutes of Business Hours without pauses."""

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
    """An event on a day, in words, and its effect."""

    on: DateFact
    what: ProseFact
    effect: ProseFact
    source: TextFact


CreditFor = Literal["task", "call", "goodwill"]


class Miss(Event):
    """A promise that was missed: `changed` is what was done about it, `credit` the credit given by hand. `credit_for` says for
    what: a late task or call, whose credits count towards the caps, or goodwill. Credits for missed Service Levels are worked out
    from `months`."""

    changed: ProseFact
    credit: MoneyFact | None = None
    credit_for: CreditFor | None = None


class Change(Model):
    """Finished work of a pillar: a project, a change or something else."""

    on: DateFact
    what: ProseFact
    source: TextFact
    pillar: Pillar = "upgrades"


class Risk(Model):
    """A risk at the client's: the day of its first report, its effect, our advice, and the day on which it was closed."""

    id: SlugFact
    since: DateFact
    what: ProseFact
    effect: ProseFact
    advice: ProseFact
    closed: DateFact | None = None


class Recommendation(Model):
    """A recommendation for the next year, with its reason and price; `quarter` is a quarter of the next term, 1 to 4."""

    id: SlugFact
    what: ProseFact
    why: ProseFact
    quarter: WholeFact | None = None
    price: MoneyFact | None = None
    monthly: MoneyFact | None = None
    state: Literal["proposed", "accepted", "declined"] = "proposed"


class Service(Model):
    """`service.yaml`: the figures of one term. `term` is its first day."""

    term: DateFact
    tickets: tuple[Tickets, ...] = ()
    targets: tuple[Target, ...] = ()
    medians: tuple[Median, ...] = ()
    satisfaction: Satisfaction | None = None
    quarters: tuple[Quarter, ...] = ()
    months: tuple[LoggedMonth, ...] = ()
    measures: tuple[Measure, ...] = ()
    alerts_prevented: Counted | None = None
    patches: Counted | None = None
    hours: Hours | None = None
    restore_tests: tuple[RestoreTest, ...] = ()
    reviews: tuple[Review, ...] = ()
    spared: tuple[Event, ...] = ()
    missed: tuple[Miss, ...] = ()
    changes: tuple[Change, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    risks: tuple[Risk, ...] = ()
    kept: tuple[KeptDuty, ...] = ()


def share(numerator: int, denominator: int, places: int = 1) -> Decimal | None:
    """A share in percent, rounded half up, but never up to 100 nor down to 0: 9,996 of 10,000 is 99.9, and 1 of 10,000 is 0.1.

    None if the denominator is 0."""
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
    """Every figure with its path in the file."""
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
    for name in ("satisfaction", "alerts_prevented", "patches", "hours"):
        if (found := getattr(model, name)) is not None:
            yield name, found
