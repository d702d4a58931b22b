"""From time worked to hours deducted, in the order that was agreed (clause block-counting). Pure.

All that one person does for one task on one day is counted together: the minimum time, steps and factors apply to the
sum.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from contract_assembly.blocks.ledger import LedgerRow
from contract_assembly.blocks.rate_factors import PLAIN, Desk, Parts
from contract_assembly.core.values import Duration
from contract_assembly.facts.block_terms import Block
from contract_assembly.facts.catalogue import Rates
from contract_assembly.facts.export_cells import clock, duration


class CountingTerms(Struct, frozen=True):
    """The rules for counting time: step and minimum times in minutes, and the order of rounding and factor."""

    increment: int
    minimum_remote: int
    minimum_onsite: int
    order: Literal["round-then-multiply", "multiply-then-round"]


class Counted(Struct, frozen=True):
    """The result for one task, person and day: rounded minutes, and exact minutes deducted."""

    rounded: int
    deducted: Decimal
    factors: tuple[Decimal, ...]


def terms(block: Block, rates: Rates) -> CountingTerms:
    """The rules of a block. Raises ValueError for a step or minimum time that is not in minutes or hours."""
    return CountingTerms(
        minutes(rates.increment), minutes(rates.minimum_remote), minutes(rates.minimum_onsite), block.order
    )


def minutes(period: Duration) -> int:
    """A period on the clock in minutes. Raises ValueError for another unit than minutes or hours."""
    factor = {"minute": 1, "hour": 60}.get(period.unit)
    if factor is None:
        raise ValueError(f"{period.count} {period.unit}s is not a number of minutes")
    return period.count * factor


def counted(parts: Iterable[Parts], terms: CountingTerms, *, onsite: bool) -> Counted:
    """Count pieces of work of one task, person and day; if one of them is a visit, the minimum time of a visit applies.

    20 minutes x 1.5 in steps of 15: rounded, then multiplied, they are 45; multiplied, then rounded, 30. Minutes added
    by rounding or by the minimum time have the lowest factor of the task. Without work, nothing is deducted."""
    by_factor = _by_factor(parts)
    if not by_factor:
        return Counted(0, Decimal(0), (PLAIN,))
    least = terms.minimum_onsite if onsite else terms.minimum_remote
    worked = sum(by_factor.values())
    multiplied = sum((factor * count for factor, count in by_factor.items()), Decimal(0))
    factors = tuple(sorted(by_factor))
    if terms.order == "multiply-then-round":
        rounded = _up(max(multiplied, Decimal(least)), terms.increment)
        return Counted(rounded, Decimal(rounded), factors)
    rounded = _up(Decimal(max(worked, least)), terms.increment)
    return Counted(rounded, multiplied + (rounded - worked) * factors[0], factors)


def _by_factor(parts: Iterable[Parts]) -> dict[Decimal, int]:
    """Pieces of work as one: minutes by factor."""
    found: dict[Decimal, int] = {}
    for each in parts:
        for factor, count in each.items():
            found[factor] = found.get(factor, 0) + count
    return found


def _up(amount: Decimal, step: int) -> int:
    """Up to the next whole step."""
    whole, rest = divmod(amount, step)
    return int(whole + bool(rest)) * step


def together(rows: Iterable[LedgerRow], desk: Desk, terms: CountingTerms) -> Counted:
    """The count for all rows of one task, person and day. Raises ValueError for an impossible time of day."""
    found = tuple(rows)
    parts = [desk.parts(row.date, row.time, row.worked, asked=bool(row.asked_by)) for row in found]
    return counted(parts, terms, onsite=any(row.channel == "on-site" for row in found))


def in_business_hours(rows: Iterable[LedgerRow], desk: Desk, terms: CountingTerms) -> Decimal:
    """The part of the minutes deducted for one task, person and day that has no factor. Raises ValueError as `together` does."""
    found = tuple(rows)
    count, parts = (
        together(found, desk, terms),
        _by_factor(desk.parts(r.date, r.time, r.worked, asked=bool(r.asked_by)) for r in found),
    )
    plain, all_ = parts.get(PLAIN, 0), sum((factor * each for factor, each in parts.items()), Decimal(0))
    if not plain:
        return Decimal(0)
    if terms.order == "multiply-then-round":
        return count.deducted * plain / all_
    return Decimal(plain + count.rounded - sum(parts.values()))


def time_left(text: str) -> int:
    """Read the hours left in a block, such as "6h30m" or "4.5", in minutes. Raises ValueError with a sentence."""
    return duration(text, "hours")


def worked(text: str) -> int:
    """Read time worked as people write it, in minutes: "35m", "1h30m", "1:30" or "90". Raises ValueError with a sentence."""
    return duration(text)


def began(text: str) -> str:
    """Read a time of day as people write it, as the ledger has it: "9:00" is 09:00. Raises ValueError with a sentence."""
    return clock(text)
