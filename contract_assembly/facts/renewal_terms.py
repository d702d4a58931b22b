"""What an agreement states about its renewal: the rule for prices, the offer for the next term, notices, an early end. Models
only."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from contract_assembly.core.values import Percent
from contract_assembly.facts.catalogue import AssetClass
from contract_assembly.facts.fields import (
    DateFact,
    DurationFact,
    Model,
    MoneyFact,
    PercentFact,
    SlugFact,
    TextFact,
    WholeFact,
)


class Increase(Model):
    """How prices may change when the agreement renews; `fees.increase_cap` caps each of them.

    none: they stay. on-notice: the Provider may raise them. fixed: each renewal raises them by `percent`. index: they follow
    `series`, a file of `provider/indices/`: the month that lies `lag` months before the renewal, compared with the same month
    one term earlier, as a percentage rounded half up to `decimals`, and never below `floor`."""

    rule: Literal["none", "on-notice", "fixed", "index"] = "on-notice"
    percent: PercentFact | None = Field(default=None, title="Percentage", description="For a fixed rise, like 3 %.")
    series: SlugFact | None = Field(
        default=None, title="Index", description="A file of provider/indices, for prices that follow an index."
    )
    lag: WholeFact = Field(
        default=3, title="Months before the renewal", description="Which month of the index applies."
    )
    decimals: WholeFact = Field(default=1, description="To which the rise of the index is rounded.")
    floor: PercentFact = Field(
        default=Percent(Decimal(0)), title="At least", description="Prices never rise by less, like 0 %."
    )


class NextCount(Model):
    """The number of a class in the next term."""

    kind: AssetClass
    count: WholeFact = Field(title="Number")


class NextPrice(Model):
    """The price of a line in the next term, by the id of the plan's line."""

    line: SlugFact = Field(title="Line of the plan")
    price: MoneyFact = Field(title="Price of each unit")


class Renewal(Model):
    """The offer for the next term; facts that are not named do not change.

    `increase` is the rise of an agreement whose prices rise on notice; `ended` lists lines that are not part of the next term.
    `commitment` is a length of the rate card: the next term lasts that long, at its discount."""

    increase: PercentFact | None = Field(default=None, title="Rise", description="Like 3 %.")
    commitment: DurationFact | None = Field(default=None, description="A length from the rate card, like 36 months.")
    plan: SlugFact | None = Field(default=None, description="Only if the plan changes.")
    users: WholeFact | None = None
    assets: tuple[NextCount, ...] = Field(default=(), title="Devices and services")
    prices: tuple[NextPrice, ...] = ()
    ended: tuple[SlugFact, ...] = Field(default=(), title="Lines that end")


class SentNotice(Model):
    """A notice that was sent or received: its subject, the rule of law that it answers, its day and its way.

    increase: prices rise. reminder: the agreement renews. decline: a party does not renew. `term` is the first day of the term
    that it is about; `to` is the party that received it."""

    says: Literal["increase", "reminder", "decline"]
    term: DateFact
    sent: DateFact
    by: Literal["in-person", "email", "courier", "mail", "certified-mail", "invoice"]
    to: Literal["client", "provider"] = "client"
    rule: TextFact | None = None


class Ending(Model):
    """An early end: the last day, inclusive, the party that ended the agreement, and the section."""

    last_day: DateFact
    by: Literal["client", "provider", "both"]
    ground: TextFact
