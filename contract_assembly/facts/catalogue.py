"""The provider's offer: plans, rate card, service-desk calendar. Models only."""

from decimal import Decimal
from typing import Literal

from contract_assembly.core.values import Percent
from contract_assembly.facts.fields import (
    DateFact,
    DecimalFact,
    DurationFact,
    HolidaysFact,
    Model,
    MoneyFact,
    PercentFact,
    ProseFact,
    SlugFact,
    TextFact,
    TimeFact,
    WeekdaysFact,
    WholeFact,
)
from contract_assembly.facts.law import Nature

Pillar = Literal["maintenance", "emergency", "planning", "upgrades"]
AssetClass = Literal[
    "user", "mailbox", "workstation", "server", "virtual-server", "network-device", "firewall", "mobile", "printer",
    "site", "saas-tenant",
]  # fmt: skip
Every = Literal["month", "year", "once"]
PriorityName = Literal["P1", "P2", "P3", "P4"]
MatrixRow = tuple[PriorityName, PriorityName, PriorityName]


class ClosedDay(Model):
    """A day on which the desk is closed in addition to the public holidays, such as a day in lieu."""

    date: DateFact
    name: TextFact


class OpenDay(Model):
    """A public holiday on which the desk is open."""

    date: DateFact
    name: TextFact


class ShortDay(Model):
    """A Business Day with shorter hours, such as 24 December until noon."""

    date: DateFact
    name: TextFact
    opens: TimeFact | None = None
    closes: TimeFact | None = None


class Calendar(Model):
    """`provider/calendar.yaml`: when Business Hours are.

    `holidays` is a place whose public holidays are kept, or none. The desk is open on those below `open`. With
    `in_lieu: next-weekday`, a public holiday on a day outside `days` is kept on the next weekday that is free. `closed` adds
    closing days of our own, `short` days with shorter hours."""

    timezone: TextFact
    timezone_name: TextFact
    days: WeekdaysFact
    opens: TimeFact
    closes: TimeFact
    holidays: HolidaysFact
    in_lieu: Literal["none", "next-weekday"] = "none"
    open: tuple[OpenDay, ...] = ()
    closed: tuple[ClosedDay, ...] = ()
    short: tuple[ShortDay, ...] = ()


class RoleRate(Model):
    """The hourly rate of a role, one in each currency that we sell in."""

    role: TextFact
    rate: tuple[MoneyFact, ...]


class Commitment(Model):
    """The discount on monthly prices for a commitment of some length."""

    length: DurationFact
    discount: PercentFact


class AddOn(Model):
    """What a client may add to any plan: for each asset of a class, for each `unit` of something else, or at one price.

    A bundle is an add-on that `includes` others at one price. `every` says how often it is charged; `nature` is what a state's
    tax law asks about."""

    id: SlugFact
    name: ProseFact
    what: ProseFact | None = None
    per: AssetClass | None = None
    unit: TextFact | None = None
    price: tuple[MoneyFact, ...]
    every: Every = "month"
    nature: Nature = "support"
    includes: tuple[SlugFact, ...] = ()


class Rates(Model):
    """`provider/rates.yaml`: the rate card. Factors multiply the hours, not the rate.

    With `sunday`, Sundays have a factor of their own, and so do public holidays that fall on a weekend: that of `holiday`. A
    client with a support contract pays `support_discount` less than each rate. `add_ons` may be taken with any plan."""

    roles: tuple[RoleRate, ...]
    increment: DurationFact
    minimum_remote: DurationFact
    minimum_onsite: DurationFact
    after_hours: DecimalFact
    weekend: DecimalFact
    sunday: DecimalFact | None = None
    holiday: DecimalFact
    cancel_visit: DurationFact
    support_discount: PercentFact = Percent(Decimal(0))
    commitments: tuple[Commitment, ...] = ()
    add_ons: tuple[AddOn, ...] = ()


class BlockSize(Model):
    """A size of prepaid block and its hourly rate, one in each currency that we sell in."""

    hours: WholeFact
    rate: tuple[MoneyFact, ...]


class BlockPrices(Model):
    """`provider/blocks.yaml`: the sizes of prepaid blocks that we sell, the smallest first; a larger one has a lower rate.

    `role` is the role of the rate card whose work they pay for."""

    role: TextFact
    sizes: tuple[BlockSize, ...]


class Price(Model):
    """A line of the price list: a monthly price for each asset of a class, or for the agreement as a whole.

    `nature` is what a state's tax law asks about; where one price covers two, it is the one that is taxed most."""

    id: SlugFact
    label: ProseFact
    per: Literal[AssetClass, "agreement"]
    price: tuple[MoneyFact, ...]
    nature: Nature = "support"


class Task(Model):
    """A promised task: what is done, how often, and the evidence that the client receives."""

    pillar: Pillar
    task: ProseFact
    frequency: ProseFact
    evidence: ProseFact


class Exclusion(Model):
    """An exclusion of a plan, and how the item is supplied instead."""

    item: ProseFact
    treatment: Literal["quoted", "rate-card", "refused"]


class Level(Model):
    """A row or column of the priority matrix, with a meaning that can be measured."""

    name: TextFact
    meaning: ProseFact


class Priority(Model):
    """The promise for one priority; periods in business units run in Business Hours only."""

    id: PriorityName
    response: DurationFact
    target: DurationFact
    updates: ProseFact


class CreditStep(Model):
    """A band of monthly achievement, both ends inclusive, and its credit as a share of the month's recurring fee."""

    least: PercentFact
    most: PercentFact
    credit: PercentFact


class Workload(Model):
    """The volume that the fees cover in a month; service levels do not apply above it."""

    tickets_per_user: DecimalFact
    changes: WholeFact


class ServiceLevels(Model):
    """The service levels in figures: three rows of impact and three columns of urgency give the priority."""

    impact: tuple[Level, Level, Level]
    urgency: tuple[Level, Level, Level]
    matrix: tuple[MatrixRow, MatrixRow, MatrixRow]
    priorities: tuple[Priority, Priority, Priority, Priority]
    threshold: PercentFact
    small_number: WholeFact
    report: DurationFact
    credits: tuple[CreditStep, ...]
    cap_month: PercentFact
    cap_year: PercentFact
    chronic_consecutive: WholeFact
    chronic_rolling: WholeFact
    workload: Workload
    satisfaction: DecimalFact


class Plan(Model):
    """`provider/plans/<id>.yaml`: the scope of a support contract.

    No term begins under it from the day `withdrawn` on: it is neither sold nor renewed. A plan without a service describes
    contracts that were signed on other paper, and is never offered."""

    id: SlugFact
    name: TextFact
    withdrawn: DateFact | None = None
    services: tuple[Task, ...]
    exclusions: tuple[Exclusion, ...]
    prices: tuple[Price, ...]
    service_levels: ServiceLevels
    onsite_hours: WholeFact
    upgrade_hours: WholeFact
    project_hours: WholeFact
