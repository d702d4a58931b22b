"""The figures of a quarter in `service.yaml`. Models only."""

from typing import Literal

from contract_assembly.facts.fields import DateFact, DecimalFact, Model, ProseFact, TextFact, WholeFact

PriorityOrAll = Literal["P1", "P2", "P3", "P4", "all"]
PRIORITIES: tuple[PriorityOrAll, ...] = ("P1", "P2", "P3", "P4", "all")


class Period(Model):
    """From a first to a last day, both inclusive."""

    first: DateFact
    last: DateFact


class Handled(Model):
    """Tickets of one priority, or all, that were closed in a quarter: how many, and in how many the Response and the Resolution
    were in time (`_of` counts those where that is known); medians in minutes of Business Hours without pauses."""

    priority: PriorityOrAll
    closed: WholeFact
    response_met: WholeFact | None = None
    response_of: WholeFact | None = None
    resolution_met: WholeFact | None = None
    resolution_of: WholeFact | None = None
    median_response: WholeFact | None = None
    median_resolution: WholeFact | None = None


class Rated(Model):
    """The ratings of a quarter: their mean, the number of answers, and the number of requests for one."""

    mean: DecimalFact
    answers: WholeFact
    asked: WholeFact


class QuarterMeasure(Model):
    """Another share of a quarter."""

    name: ProseFact
    numerator: WholeFact
    denominator: WholeFact
    source: TextFact


class Quarter(Model):
    """The figures of one quarter of the term, `number` 1 for the first. They must agree with the figures of the year."""

    number: WholeFact
    period: Period
    source: TextFact
    tickets: tuple[Handled, ...] = ()
    satisfaction: Rated | None = None
    measures: tuple[QuarterMeasure, ...] = ()
