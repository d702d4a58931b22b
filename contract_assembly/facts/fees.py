"""What the lines of a support contract cost on a day: their amounts, discounts that end, the minimum, the totals. Pure.

`amount_of` is the one place where the amount of a line is rounded; totals add up rounded amounts only."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.core.origin import Origin
from contract_assembly.core.values import DateRange, Duration, Money, Percent, last_day, total
from contract_assembly.facts.agreed_lines import Line, agreed_lines, applies, first_day_of, tiers_on
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.catalogue import Every, Rates
from contract_assembly.facts.fee_terms import Discount
from contract_assembly.facts.price_tiers import rows

MINIMUM = "minimum"
_DAY = timedelta(days=1)


class Reduction(Struct, frozen=True):
    """What a discount that ends takes off a line: its name, its percentage if it has one, and the amount, rounded."""

    name: str
    percent: Percent | None
    amount: Money


class FeeLine(Struct, frozen=True):
    """One printed line of fees: quantity x price, less the discount for commitment, less `reductions`. `amount` is rounded: that
    of a month, of a year, or of all, as `every` says. `id` is that of the agreed line, with the mark of its tier."""

    label: str
    basis: str
    quantity: int
    price: Money
    discount: Percent | None
    amount: Money
    nature: str
    origin: Origin
    id: str
    what: str = ""
    every: Every = "month"
    reductions: tuple[Reduction, ...] = ()

    @property
    def of(self) -> str:
        """The id of the agreed line that it is a part of."""
        return self.id.partition(".")[0]


def fee_lines(inputs: Inputs, on: date | None = None) -> tuple[FeeLine, ...]:
    """The lines of a month on a day, less the discount for commitment and what discounts that end take off on that day. Without
    a day they are those of the Start Date before discounts that end: what the contract prints."""
    return lines_at(inputs, commitment_discount(inputs), on)


def lines_at(
    inputs: Inputs, discount: Percent | None, on: date | None = None, every: Every = "month", *, discounts: bool = True
) -> tuple[FeeLine, ...]:
    """The lines that are charged every month, every year or once, with this discount for commitment; on a day with the discounts
    that end, unless `discounts` is false."""
    day = on or inputs.agreement.model.term.first_day
    found = _before_discounts(inputs, discount, day, every)
    if on is None or every == "once" or not discounts:
        return tuple(row for _, row in found)
    return _reduced(inputs, found, day)


def _before_discounts(
    inputs: Inputs, discount: Percent | None, day: date, every: Every
) -> list[tuple[Line | None, FeeLine]]:
    """The printed lines of a day, each with the agreed line that it is of; the line up to the minimum is of none."""
    lines = [each for each in agreed_lines(inputs, discount) if each.every == every and each.runs_on(day)]
    found: list[tuple[Line | None, FeeLine]] = [(line, row) for line in lines for row in _printed(inputs, line, day)]
    if every == "month":
        found += [(None, each) for each in _up_to_minimum(inputs, [row for _, row in found])]
    return found


def _printed(inputs: Inputs, line: Line, day: date) -> Iterator[FeeLine]:
    agreement = inputs.agreement.model
    tiers = tiers_on(line, agreement.fees.steps, agreement.term.first_day, day)
    for row in rows(line.pricing, tiers, line.quantity):
        yield FeeLine(
            label=f"{line.label}, {row.words}" if row.words else line.label,
            basis="flat"
            if row.mark.endswith("flat")
            else f"per {line.unit}"
            if line.counted and line.unit
            else "fixed",
            quantity=row.quantity,
            price=row.price,
            discount=line.discount,
            amount=amount_of(row.price, row.quantity, line.discount),
            nature=line.nature,
            origin=line.origin,
            id=f"{line.id}{row.mark}",
            what=line.what,
            every=line.every,
        )


def _up_to_minimum(inputs: Inputs, found: list[FeeLine]) -> Iterator[FeeLine]:
    """The line that brings a month up to the minimum, where its lines come to less."""
    least = inputs.agreement.model.fees.minimum
    if least is None or not found:
        return
    missing = Money(least.amount - total((each.amount for each in found), least.currency).amount, least.currency)
    if missing.amount > 0:
        yield FeeLine(
            label="Difference to the minimum fee",
            basis="fixed",
            quantity=1,
            price=missing,
            discount=None,
            amount=missing.rounded(),
            nature=found[0].nature,
            origin=inputs.agreement.at("fees.minimum"),
            id=MINIMUM,
        )


# ---- discounts that end


def discount_days(discount: Discount, start: date) -> DateRange:
    """First and last day of a discount, in a contract that starts on a day. Raises ValueError for free time not in months."""
    first = discount.first_day or start
    if discount.free:
        return DateRange(first, last_day(first, discount.free.months))
    return DateRange(first, discount.last_day or first)


def _reduced(inputs: Inputs, found: list[tuple[Line | None, FeeLine]], day: date) -> tuple[FeeLine, ...]:
    """The lines less the discounts of a day, one after another. An amount off the whole comes last, as a line of its own below
    zero, so that what the other discounts leave is the most that it takes."""
    agreement = inputs.agreement.model
    running = [
        (n, each)
        for n, each in enumerate(agreement.fees.discounts)
        if day in discount_days(each, agreement.term.first_day)
    ]
    lines = [row for _, row in found]
    for _, each in running:
        if _is_off_the_whole(each):
            continue
        left_off = each.amount.amount if each.amount else Decimal(0)
        for m, (line, _) in enumerate(found):
            if not _is_for(each, line):
                continue
            less = _less(each, lines[m], left_off)
            left_off -= less.amount.amount if each.amount else 0
            if less.amount.amount:
                lines[m] = _after(lines[m], less)
    if not lines or lines[0].every != "month":
        return tuple(lines)
    left = total((row.amount for row in lines), agreement.currency).amount
    whole = []
    for n, each in running:
        if each.amount and _is_off_the_whole(each) and left > 0:
            taken = min(each.amount.amount, left)
            whole.append(_taken_off(inputs, n, each, taken))
            left -= taken
    return (*lines, *whole)


def _is_off_the_whole(discount: Discount) -> bool:
    return bool(discount.amount) and not discount.lines


def _is_for(discount: Discount, line: Line | None) -> bool:
    """Whether a discount is for a line; one for no lines in particular is for those of the Recurring Fee, with the minimum."""
    if line is None:
        return not discount.lines
    return applies(discount.lines, line) and (bool(discount.lines) or line.every == "month")


def _less(discount: Discount, line: FeeLine, left: Decimal) -> Reduction:
    if discount.amount:
        return Reduction(discount.name, None, Money(min(left, line.amount.amount), line.amount.currency))
    percent = discount.percent or Percent(Decimal(100))
    return Reduction(discount.name, percent, percent.of(line.amount).rounded())


def _after(line: FeeLine, less: Reduction) -> FeeLine:
    amount = Money(line.amount.amount - less.amount.amount, line.amount.currency)
    return replace(line, amount=amount, reductions=(*line.reductions, less))


def _taken_off(inputs: Inputs, n: int, discount: Discount, amount: Decimal) -> FeeLine:
    less = Money(-amount, inputs.agreement.model.currency).rounded()
    return FeeLine(
        label=discount.name,
        basis="fixed",
        quantity=1,
        price=less,
        discount=None,
        amount=less,
        nature="support",
        origin=inputs.agreement.at(f"fees.discounts.{n}"),
        id=f"discount.{discount_id(discount.name)}",
    )


def discount_id(name: str) -> str:
    """A name as a part of an id: small letters, digits and hyphens. Ids are kept in what was invoiced, so this rule is its own
    and never changes."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "unnamed"


# ---- amounts and totals


def amount_of(price: Money, quantity: int, discount: Percent | None) -> Money:
    """The amount of a line: unit price x quantity x (1 - discount), rounded half up once."""
    factor = quantity * (1 - discount.value / 100) if discount else Decimal(quantity)
    return (price * factor).rounded()


def monthly_total(inputs: Inputs, on: date | None = None) -> Money:
    """The Recurring Fee of a month on a day: its lines, added up. Without a day it is that of the Start Date, before discounts
    that end."""
    return total((line.amount for line in fee_lines(inputs, on)), inputs.agreement.model.currency)


def regular_total(inputs: Inputs, on: date) -> Money:
    """The Recurring Fee of a month on a day before discounts that end: what a floor is a share of."""
    found = lines_at(inputs, commitment_discount(inputs), on, discounts=False)
    return total((line.amount for line in found), inputs.agreement.model.currency)


def commitment_discount(inputs: Inputs) -> Percent | None:
    """The discount of the rate card for the agreed commitment, or None."""
    return discount_for(inputs.rates.model, inputs.agreement.model.fees.commitment)


def discount_for(rates: Rates, length: Duration | None) -> Percent | None:
    """The discount of the rate card for a commitment of some length, or None."""
    return next((each.discount for each in rates.commitments if each.length == length), None)


# ---- through time


class Stage(Struct, frozen=True):
    """Days on which the facts charge the same: the lines of a month, and those of a year."""

    days: DateRange
    monthly: tuple[FeeLine, ...]
    yearly: tuple[FeeLine, ...] = ()


def stages(inputs: Inputs, days: DateRange) -> tuple[Stage, ...]:
    """What the facts charge on these days, without a gap: a new stage begins where a line, a discount or a Contract Year with a
    price step does."""
    firsts = [days.first, *(day for day in turning_days(inputs) if days.first < day <= days.last)]
    lasts = [*(day - _DAY for day in firsts[1:]), days.last]
    discount, own = commitment_discount(inputs), inputs.agreement.model.fees.lines
    return tuple(
        Stage(
            DateRange(first, last),
            lines_at(inputs, discount, first),
            lines_at(inputs, discount, first, "year") if own else (),
        )
        for first, last in zip(firsts, lasts, strict=True)
    )


def turning_days(inputs: Inputs) -> tuple[date, ...]:
    """The days on which the facts themselves change what is charged, in order."""
    agreement = inputs.agreement.model
    fees, start = agreement.fees, agreement.term.first_day
    found = {first_day_of(start, each.year) for each in fees.steps}
    for each in fees.lines:
        found |= {each.first_day} if each.first_day else set()
        found |= {each.last_day + _DAY} if each.last_day else set()
    for discount in fees.discounts:
        days = discount_days(discount, start)
        found |= {days.first, days.last + _DAY}
    return tuple(sorted(found))
