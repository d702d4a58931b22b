"""What was done in a quarter, as `service.yaml` states it: models only."""

from typing import Literal

from contract_assembly.facts.fields import DateFact, DecimalFact, Model, ProseFact, TextFact, WholeFact

PriorityOrAll = Literal["P1", "P2", "P3", "P4", "all"]
PRIORITIES: tuple[PriorityOrAll, ...] = ("P1", "P2", "P3", "P4", "all")


class Period(Model):
    """From a first to a last day, both inclusive."""

    first: DateFact
    last: DateFact


class Handled(Model):
    """Tickets of one priority, or all, that were closed in a quarter: how many, of how many the Response and the Resolution were
    in time (`_of` are those where it is known), and the middle one of the times, in minutes of Business Hours without pauses."""

    priority: PriorityOrAll
    closed: WholeFact
    response_met: WholeFact | None = None
    response_of: WholeFact | None = None
    resolution_met: WholeFact | None = None
    resolution_of: WholeFact | None = None
    median_response: WholeFact | None = None
    median_resolution: WholeFact | None = None


class Rated(Model):
    """The ratings of a quarter: their mean, how many there were, and of how many that were asked for."""

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
    """What was done in one quarter of the term, `number` 1 for the first. The year's own figures stand beside and must agree."""

    number: WholeFact
    period: Period
    source: TextFact
    tickets: tuple[Handled, ...] = ()
    satisfaction: Rated | None = None
    measures: tuple[QuarterMeasure, ...] = ()
