"""Events of a prepaid block other than work: the model of `account.yaml`. Models only; `blocks` derives what follows.

It lies next to `agreement.yaml`, which no longer changes once it is signed. It records orders of further Blocks, payments,
approvals, notices sent and findings, each with its day. Balance, expiry and rollover are derived.
"""

from typing import Literal

from contract_assembly.facts.agreement import Asset, Site
from contract_assembly.facts.fields import (
    DateFact,
    DecimalFact,
    Model,
    MoneyFact,
    ProseFact,
    SlugFact,
    TextFact,
    WholeFact,
)
from contract_assembly.facts.kept_duty import KeptDuty

ACCOUNT = "account.yaml"
FIRST = "first"  # the id of the Block that the agreement itself sells
EXPIRED = "expired"  # because no hours were left to use: no refund
Told = Literal["low-balance", "used-up", "expiry-first", "expiry-final", "statement"]


class Order(Model):
    """A further Block, as its order states it; both days inclusive. `ordered` is the day of the second party's approval."""

    id: SlugFact
    ordered: DateFact
    approved_by: SlugFact
    hours: WholeFact
    rate: MoneyFact
    first_day: DateFact
    last_day: DateFact
    paid: DateFact | None = None


class Overage(Model):
    """The written approval of work beyond the last hour."""

    on: DateFact
    by: SlugFact
    hours: WholeFact


class Interruption(Model):
    """A run of days, both inclusive, on which the provider could not perform."""

    first_day: DateFact
    last_day: DateFact


class Message(Model):
    """A notice that was sent. `block` is the Block that it is about; a statement names the last day of its period instead."""

    what: Told
    on: DateFact
    block: SlugFact | None = None
    period_end: DateFact | None = None


class Finding(Model):
    """Something noticed during work; `hours` is the estimate for its fix."""

    on: DateFact
    finding: ProseFact
    importance: Literal["high", "medium", "low"]
    hours: DecimalFact | None = None


class Environment(Model):
    """What a support contract would cover, to price each plan. `places` names each of the sites for the contract; a single site
    that is not named is the client's own address."""

    users: WholeFact
    sites: WholeFact = 1
    places: tuple[Site, ...] = ()
    assets: tuple[Asset, ...] = ()


class Outside(Model):
    """A task of the ledger that some plans, by id, leave out: `item` is the exclusion of theirs, `role` the one that the work
    needs, by default the block's."""

    task: TextFact
    plans: tuple[SlugFact, ...]
    item: ProseFact
    role: TextFact | None = None


class Ended(Model):
    """The last day of the block, and why: its hours were left to expire (`expired`), or it ended before the last Expiry Day."""

    on: DateFact
    because: Literal[
        "expired", "returned", "provider-ended", "provider-breach", "unlawful", "provider-stops", "client-breach"
    ]


class Conversion(Model):
    """The conversion to a support contract: the day of its signature, its first day, and its folder."""

    signed: DateFact
    first_day: DateFact
    agreement: SlugFact


class Account(Model):
    """`account.yaml` of a prepaid block. `paid` is the day on which the price of the first Block arrived.

    `outside` and `inside` sort the tasks of the ledger for a comparison with plans: those that a plan leaves out, and those that
    every plan covers."""

    paid: DateFact | None = None
    orders: tuple[Order, ...] = ()
    overage: tuple[Overage, ...] = ()
    interruptions: tuple[Interruption, ...] = ()
    messages: tuple[Message, ...] = ()
    noticed: tuple[Finding, ...] = ()
    environment: Environment | None = None
    outside: tuple[Outside, ...] = ()
    inside: tuple[TextFact, ...] = ()
    conversion: Conversion | None = None
    ended: Ended | None = None
    kept: tuple[KeptDuty, ...] = ()

    @property
    def early_end(self) -> Ended | None:
        """The end before the last Expiry Day; None where the hours were left to expire."""
        return self.ended if self.ended and self.ended.because != EXPIRED else None
