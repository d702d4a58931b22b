"""What an agreement states about its fees beyond the plan: lines of its own, tiers, discounts, price steps, invoice addresses.
Models only; `agreed_lines` and `fees` work with them, `rules.facts.fee_rules` and `line_rules` say what may not be combined."""

from typing import Literal

from pydantic import Field

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
    """A tier of a price: up to a number of units, at a unit price, a flat amount, or both. The last one has no `up_to`."""

    up_to: WholeFact | None = Field(default=None, description="Units. Leave it empty in the last row.")
    price: MoneyFact | None = Field(default=None, title="Price of each unit")
    flat: MoneyFact | None = Field(default=None, title="Flat amount")


class Priced(Model):
    """What a unit costs: one price, or tiers.

    volume: all units cost what the tier says that their number reaches. graduated: the units of each tier cost what that tier
    says."""

    price: MoneyFact | None = Field(default=None, title="Price of each unit", description="Like 62.00 USD.")
    pricing: Pricing = Field(default="unit", title="How tiers count")
    tiers: tuple[Tier, ...] = Field(default=(), description="In place of one price.")


class OwnPrice(Priced):
    """A price of this agreement in place of the plan's, by the id of the plan's line. The discount for commitment applies to it
    only with `discounted: yes`. `since` is its first day, if that is after the Start Date: price steps up to then are in it."""

    line: SlugFact = Field(title="Line of the plan")
    discounted: TruthFact = Field(
        default=False,
        title="Discount applies",
        description="Whether the discount for commitment applies to this price, too.",
    )
    since: DateFact | None = Field(
        default=None, title="Price valid from", description="If that is after the first day of the agreement."
    )


class OwnLine(Priced):
    """A line of this agreement's own: an add-on or bundle of the rate card by its id, or something else with a name.

    It counts a class of the coverage (`per: user`), or a `quantity` of a `unit`, such as 12 readers. `every` says how often it
    is charged; `once` on its first day, or in monthly `instalments`. A line with a `first_day` or a `last_day` is charged
    only from or until then, inclusive. `since` is the first day of its price, as in a price of the plan's line.

    `included` units of usage a month are in the price, and more cost `overage` each, by the figures in `usage.yaml`."""

    add_on: SlugFact | None = Field(
        default=None, title="Add-on from the rate card", description="Leave it empty for a line of your own."
    )
    id: SlugFact | None = Field(default=None, title="Short id", description="Small letters, digits, and hyphens.")
    name: ProseFact | None = Field(default=None, description="As it is printed in the table of fees.")
    what: ProseFact | None = Field(default=None, title="What it is", description="As it is printed.")
    per: AssetClass | None = Field(
        default=None, title="Counted by", description="A kind of device or user of the agreement. Or give a quantity."
    )
    unit: TextFact | None = Field(default=None, description="What one of them is called, like reader.")
    quantity: WholeFact | None = Field(default=None, description="How many units.")
    every: Every = Field(default="month", title="Charged")
    instalments: WholeFact = Field(default=1, description="In how many monthly parts a single charge is paid.")
    first_day: DateFact | None = Field(default=None, title="Charged from")
    last_day: DateFact | None = Field(default=None, title="Charged until", description="The last day, included.")
    since: DateFact | None = Field(default=None, title="Price valid from")
    included: WholeFact | None = Field(default=None, title="Units included", description="Each month, in the price.")
    overage: MoneyFact | None = Field(default=None, title="Price of each further unit")
    nature: Nature = Field(default="support", title="Kind of service", description="For tax.")
    discounted: TruthFact = Field(default=False, title="Discount applies")

    @property
    def known_as(self) -> str:
        """The id of the line: its own, or that of the add-on."""
        return self.id or self.add_on or ""


class Discount(Model):
    """A discount that ends: a percentage, an amount a month, or a number of months `free`.

    It applies to the lines of the Recurring Fee or, with `lines`, to those alone; from the Start Date or a later `first_day`, to
    its `last_day`, both inclusive."""

    name: ProseFact = Field(description="As it is printed.")
    percent: PercentFact | None = Field(default=None, title="Percentage", description="Like 10 %.")
    amount: MoneyFact | None = Field(default=None, title="Amount a month")
    free: DurationFact | None = Field(default=None, title="Free months", description="Like 2 months.")
    lines: tuple[SlugFact, ...] = Field(
        default=(), title="Only on these lines", description="Leave it empty for the whole recurring fee."
    )
    first_day: DateFact | None = Field(default=None, title="From")
    last_day: DateFact | None = Field(default=None, title="Until", description="The last day, included.")


class PriceStep(Model):
    """A change of unit prices on the first day of a Contract Year: by a percentage, by an amount, to a price, or with the index
    that `fees.increase` names. It applies to the recurring lines or, with `lines`, to those alone."""

    year: WholeFact = Field(title="Contract year", description="2 for the second year.")
    percent: PercentFact | None = Field(default=None, title="By a percentage", description="Like 3 %.")
    amount: MoneyFact | None = Field(default=None, title="By an amount", description="For each unit.")
    price: MoneyFact | None = Field(default=None, title="To a price", description="For each unit.")
    index: TruthFact = Field(default=False, title="With the index")
    lines: tuple[SlugFact, ...] = Field(default=(), title="Only on these lines")


class InvoiceAddress(Model):
    """A further address for invoices, by its id, with the lines that are invoiced there. Everything else goes to the client."""

    id: SlugFact = Field(title="Short id", description="Small letters, digits, and hyphens.")
    name: TextFact
    address: TextFact = Field(description="On one line.")
    attention: TextFact | None = Field(default=None, title="For the attention of")
    email: EmailFact | None = None
    purchase_order: TextFact | None = None
    lines: tuple[SlugFact, ...] = Field(title="Lines invoiced there")
