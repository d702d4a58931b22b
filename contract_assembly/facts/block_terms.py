"""The terms of a prepaid time block. Models only; `block_figures` derives its price."""

from datetime import date
from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from contract_assembly.core.values import Percent, last_day
from contract_assembly.facts.fields import (
    DateFact,
    DurationFact,
    Model,
    MoneyFact,
    PercentFact,
    ProseFact,
    TextFact,
    WholeFact,
)


class Block(Model):
    """Hours at a price, for a time. Price, list value, saving and discount are derived, never stated, and so is the last day:
    only a block on other paper has a `last_day`, in place of `valid`.

    `role` is the role of the rate card whose rate is the list rate; `order` is the order of rounding and factor."""

    hours: WholeFact = Field(description="How many hours the client buys.")
    rate: MoneyFact = Field(title="Price of an hour", description="Like 90.00 USD.")
    role: TextFact = Field(title="Role from the rate card", description="Its rate is the list price of an hour.")
    first_day: DateFact
    valid: DurationFact | None = Field(default=None, title="Valid for", description="Like 12 months.")
    last_day: DateFact | None = Field(
        default=None, description="Only for a block on other paper, instead of how long it is valid."
    )
    due: DurationFact = Field(title="Payment due after", description="Counted from the invoice date, like 14 days.")
    allowed_work: tuple[ProseFact, ...] = Field(title="May be used for", description="A line each, as it is printed.")
    not_included: tuple[ProseFact, ...] = Field(description="A line each, as it is printed.")
    order: Literal["round-then-multiply", "multiply-then-round"] = Field(
        default="round-then-multiply",
        title="Rounding",
        description="Whether time is rounded before or after it is multiplied for work out of hours.",
    )
    low_percent: PercentFact = Field(title="Warn when this share is left", description="Like 20 %.")
    low_hours: WholeFact = Field(title="Warn when this many hours are left")
    expiry_warning: DurationFact = Field(title="First warning before it expires", description="Like 60 days.")
    final_warning: DurationFact = Field(title="Last warning before it expires", description="Like 14 days.")
    overage: Literal["stop", "list-rate", "block-rate"] = Field(title="When the hours run out")
    overage_hours: WholeFact = Field(default=0, title="Further hours without asking", description="At most this many.")
    topup_days: DurationFact = Field(title="Time to buy further hours", description="Like 30 days.")
    rollover: Literal["none", "on-topup", "percent"] = Field(title="Hours left at the end")
    rollover_percent: PercentFact = Field(
        default=Percent(Decimal(0)), title="Share carried over", description="Like 50 %."
    )
    refund: Literal["none", "pro-rata", "provider-breach"] = Field(title="Refund of unused hours")
    statement_day: WholeFact = Field(title="Day of the statement", description="A day of the month, 1 to 28.")
    dispute: DurationFact = Field(title="Time to object to a statement", description="Like 30 days.")
    proactive_hours: WholeFact = Field(title="Hours for maintenance", description="Of those that the client buys.")
    conversion_percent: PercentFact = Field(
        title="Credited towards a contract", description="The share of unused hours, like 100 %."
    )
    conversion_window: DurationFact = Field(title="Credit offered for", description="Like 90 days.")

    @property
    def ends(self) -> date:
        """The last day of the hours, inclusive."""
        if self.valid is not None:
            return last_day(self.first_day, self.valid.months)
        assert self.last_day  # noqa: S101  # the model has one of them
        agreed: date = self.last_day
        return agreed

    @model_validator(mode="after")
    def _ends_in_one_way(self) -> Self:
        if (self.valid is None) == (self.last_day is None):
            raise ValueError("write valid, like 12 months; or, for a block on other paper, last_day, like 2027-09-30")
        return self
