"""What an agreement states about its fees beyond the plan: lines of its own, tiers, discounts, price steps, invoice addresses.
Models only; `agreed_lines` and `fees` work with them, `rules.facts.fee_rules` says what may not be combined."""

from typing import Literal

from contract_assembly.facts.catalogue import AssetClass, Every
from contract_assembly.facts.fields import (
    DateFact,
    DurationFact,
    EmailFact,
    Model,
    MoneyFact,
    PercentFact,
    ProseFact,
    SlugFact,
    TextFact,
    TruthFact,
    WholeFact,
)
from contract_assembly.facts.law import Nature

Pricing = Literal["unit", "volume", "graduated"]


class Tier(Model):
    """A tier of a price: up to so many units, at a price for each unit, a flat amount, or both. The last one has no `up_to`."""

    up_to: WholeFact | None = None
    price: MoneyFact | None = None
    flat: MoneyFact | None = None


class Priced(Model):
    """What a unit costs: one price, or tiers.

    volume: all units cost what the tier says that their number reaches. graduated: the units of each tier cost what that tier
    says."""

    price: MoneyFact | None = None
    pricing: Pricing = "unit"
    tiers: tuple[Tier, ...] = ()


class OwnPrice(Priced):
    """A price of this agreement in place of the plan's, by the id of the plan's line. The discount for commitment applies to it
    only with `discounted: yes`. `since` is its first day, if that is after the Start Date: price steps up to then are in it."""

    line: SlugFact
    discounted: TruthFact = False
    since: DateFact | None = None


class OwnLine(Priced):
    """A line of this agreement's own: an add-on or bundle of the rate card by its id, or something else with a name.

    It counts a class of the coverage (`per: user`), or a `quantity` of a `unit`, such as 12 readers. `every` says how often it
    is charged; `once` on its first day, in so many monthly `instalments`. A line with a `first_day` or a `last_day` is charged
    only from or until then, inclusive. `since` is the first day of its price, as in a price of the plan's line.

    `included` units of usage a month are in the price, and more cost `overage` each, by the figures in `usage.yaml`."""

    add_on: SlugFact | None = None
    id: SlugFact | None = None
    name: ProseFact | None = None
    what: ProseFact | None = None
    per: AssetClass | None = None
    unit: TextFact | None = None
    quantity: WholeFact | None = None
    every: Every = "month"
    instalments: WholeFact = 1
    first_day: DateFact | None = None
    last_day: DateFact | None = None
    since: DateFact | None = None
    included: WholeFact | None = None
    overage: MoneyFact | None = None
    nature: Nature = "support"
    discounted: TruthFact = False

    @property
    def known_as(self) -> str:
        """The id of the line: its own, or that of the add-on."""
        return self.id or self.add_on or ""


class Discount(Model):
    """A discount that ends: a percentage, an amount a month, or so many months `free`.

    It applies to the lines of the Recurring Fee or, with `lines`, to those alone; from the Start Date or a later `first_day`, to
    its `last_day`, both inclusive."""

    name: ProseFact
    percent: PercentFact | None = None
    amount: MoneyFact | None = None
    free: DurationFact | None = None
    lines: tuple[SlugFact, ...] = ()
    first_day: DateFact | None = None
    last_day: DateFact | None = None


class PriceStep(Model):
    """A change of unit prices on the first day of a Contract Year: by a percentage, by an amount, to a price, or with the index
    that `fees.increase` names. It applies to the recurring lines or, with `lines`, to those alone."""

    year: WholeFact
    percent: PercentFact | None = None
    amount: MoneyFact | None = None
    price: MoneyFact | None = None
    index: TruthFact = False
    lines: tuple[SlugFact, ...] = ()


class InvoiceAddress(Model):
    """A further address for invoices, by its id, with the lines that are invoiced there. Everything else goes to the client."""

    id: SlugFact
    name: TextFact
    address: TextFact
    attention: TextFact | None = None
    email: EmailFact | None = None
    purchase_order: TextFact | None = None
    lines: tuple[SlugFact, ...]
