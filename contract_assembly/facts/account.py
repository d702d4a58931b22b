"""What happened to a prepaid block besides its hours: the model of `account.yaml`. Models only; `hours` works out what follows.

It stands beside `agreement.yaml`, which no longer changes once it is signed. Orders of further Blocks, payments, approvals, what
was told to the client and what was noticed are facts of their own, each with its day; balance, expiry and rollover are derived.
"""

from typing import Literal

from contract_assembly.facts.agreement import Asset, Site
from contract_assembly.facts.fields import DateFact, DecimalFact, Model, MoneyFact, ProseFact, SlugFact, WholeFact

ACCOUNT = "account.yaml"
FIRST = "first"  # the id of the Block that the agreement itself sells
Told = Literal["low-balance", "used-up", "expiry-first", "expiry-final", "statement"]


class Order(Model):
    """A further Block, as its order states it; both days inclusive. `ordered` is the day on which both parties had approved
    it."""

    id: SlugFact
    ordered: DateFact
    approved_by: SlugFact
    hours: WholeFact
    rate: MoneyFact
    first_day: DateFact
    last_day: DateFact
    paid: DateFact | None = None


class Overage(Model):
    """The written approval to go on when the hours are used up."""

    on: DateFact
    by: SlugFact
    hours: WholeFact


class Interruption(Model):
    """Days in a row, both inclusive, on which the provider could not perform."""

    first_day: DateFact
    last_day: DateFact


class Message(Model):
    """A notice that was sent. `block` is whose hours it is about; a statement names the last day of its period instead."""

    what: Told
    on: DateFact
    block: SlugFact | None = None
    period_end: DateFact | None = None


class Finding(Model):
    """What was noticed while working; `hours` is what the cure would take."""

    on: DateFact
    finding: ProseFact
    importance: Literal["high", "medium", "low"]
    hours: DecimalFact | None = None


class Environment(Model):
    """What a support contract would cover, to price each plan. `places` names each of the sites, for the contract; one site is
    the client's own address where it is not named."""

    users: WholeFact
    sites: WholeFact = 1
    places: tuple[Site, ...] = ()
    assets: tuple[Asset, ...] = ()


class Ended(Model):
    """The end before the last Expiry Day, and why."""

    on: DateFact
    because: Literal["returned", "provider-ended", "provider-breach", "unlawful", "provider-stops", "client-breach"]


class Conversion(Model):
    """The step to a support contract: the day of its signature, its first day, and its folder."""

    signed: DateFact
    first_day: DateFact
    agreement: SlugFact


class Account(Model):
    """`account.yaml` of a prepaid block. `paid` is the day on which the price of the first Block arrived."""

    paid: DateFact | None = None
    orders: tuple[Order, ...] = ()
    overage: tuple[Overage, ...] = ()
    interruptions: tuple[Interruption, ...] = ()
    told: tuple[Message, ...] = ()
    noticed: tuple[Finding, ...] = ()
    environment: Environment | None = None
    conversion: Conversion | None = None
    ended: Ended | None = None
