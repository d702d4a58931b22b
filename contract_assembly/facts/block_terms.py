"""The terms of a prepaid time block. Models only; `block_figures` derives its price."""

from datetime import date
from decimal import Decimal
from typing import Literal, Self

from pydantic import model_validator

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

    hours: WholeFact
    rate: MoneyFact
    role: TextFact
    first_day: DateFact
    valid: DurationFact | None = None
    last_day: DateFact | None = None
    due: DurationFact
    allowed_work: tuple[ProseFact, ...]
    not_included: tuple[ProseFact, ...]
    order: Literal["round-then-multiply", "multiply-then-round"] = "round-then-multiply"
    low_percent: PercentFact
    low_hours: WholeFact
    expiry_warning: DurationFact
    final_warning: DurationFact
    overage: Literal["stop", "list-rate", "block-rate"]
    overage_hours: WholeFact = 0
    topup_days: DurationFact
    rollover: Literal["none", "on-topup", "percent"]
    rollover_percent: PercentFact = Percent(Decimal(0))
    refund: Literal["none", "pro-rata", "provider-breach"]
    statement_day: WholeFact
    dispute: DurationFact
    proactive_hours: WholeFact
    conversion_percent: PercentFact
    conversion_window: DurationFact

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
