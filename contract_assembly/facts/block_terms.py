"""The terms of a prepaid time block. Models only; `block_figures` derives its price."""

from decimal import Decimal
from typing import Literal

from contract_assembly.core.values import Percent
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
    """Hours at a price, for a time. Price, list value, saving, discount and last day are derived, never stated.

    `role` is the role of the rate card whose rate is the list rate; `order` is the order of rounding and factor."""

    hours: WholeFact
    rate: MoneyFact
    role: TextFact
    first_day: DateFact
    valid: DurationFact
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
