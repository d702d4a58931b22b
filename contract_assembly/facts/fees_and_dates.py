"""Dates and money that follow from what was agreed: the term, the decision day, the fee lines. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from contract_assembly.core.origin import Origin
from contract_assembly.core.values import DateRange, Duration, Money, Percent, days_before, last_day
from contract_assembly.facts.agreement import Agreement
from contract_assembly.facts.agreement_files import AnyInputs, BlockInputs, Inputs
from contract_assembly.facts.business_days import business_day_before
from contract_assembly.facts.catalogue import Calendar, Price


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One printed line of recurring fees; `amount` is rounded, and totals add up rounded amounts only (domain: M01)."""

    label: str
    basis: str
    quantity: int
    price: Money
    discount: Percent | None
    amount: Money
    tax_class: str
    origin: Origin


def initial_term(agreement: Agreement) -> DateRange:
    """The initial term, first and last day inclusive, by the anchor rule. Raises ValueError when its length is not in months."""
    return DateRange(agreement.term.first_day, last_day(agreement.term.first_day, agreement.term.length.months))


def days_in_force(inputs: AnyInputs[Any]) -> DateRange:
    """The initial term of a support contract, or the validity of a block."""
    if isinstance(inputs, BlockInputs):
        block = inputs.agreement.model.block
        return DateRange(block.first_day, last_day(block.first_day, block.valid.months))
    return initial_term(inputs.agreement.model)


def decision_day(agreement: Agreement, calendar: Calendar) -> date:
    """The last day on which the renewal can be declined: notice counted back from the last day, which is not counted, moved
    to the Business Day before where it is none. Raises ValueError when the notice is not in days."""
    if agreement.term.notice.unit != "day":
        raise ValueError("the notice before the last day is counted in days")
    return business_day_before(days_before(initial_term(agreement).last, agreement.term.notice.count), calendar)


def fee_lines(inputs: Inputs) -> tuple[FeeLine, ...]:
    """The plan's price list for what the agreement covers, less the discount for committing; lines that cover nothing are
    left out. A price of the agreement's own stands as it was agreed, without the discount unless it says otherwise."""
    agreement = inputs.agreement.model
    own = {price.line: (position, price) for position, price in enumerate(agreement.fees.prices)}
    covered, discount = counts(agreement), commitment_discount(inputs)
    lines = []
    for position, line in enumerate(inputs.plan.model.prices):
        quantity, price = covered.get(line.per, 0), in_currency(line.price, agreement.currency)
        if line.id in own and quantity:
            at = inputs.agreement.at(f"fees.prices.{own[line.id][0]}")
            price_of_its_own = own[line.id][1]
            taken_off = discount if price_of_its_own.discounted else None
            lines.append(_line(line, quantity, price_of_its_own.price, taken_off, at))
        elif quantity and price:
            lines.append(_line(line, quantity, price, discount, inputs.plan.at(f"prices.{position}")))
    return tuple(lines)


def _line(line: Price, quantity: int, price: Money, discount: Percent | None, origin: Origin) -> FeeLine:
    """The one rounding point: unit price x quantity x (1 - discount), half up (domain: M01)."""
    kept = price * (1 - discount.value / 100) if discount else price
    basis = "fixed" if line.per == "agreement" else f"per {line.per.replace('-', ' ').replace('saas', 'cloud')}"
    return FeeLine(line.label, basis, quantity, price, discount, (kept * quantity).rounded(), line.tax_class, origin)


def commitment_discount(inputs: Inputs) -> Percent | None:
    """The rate card's discount for the commitment that was agreed, if one was."""
    length = inputs.agreement.model.fees.commitment
    return next((each.discount for each in inputs.rates.model.commitments if each.length == length), None)


@dataclass(frozen=True, slots=True)
class BlockFigures:
    """What follows from a block: hours at the block's rate and at the list rate, and its last day, inclusive (domain: T01)."""

    price: Money
    list_rate: Money
    list_value: Money
    saving: Money
    discount: Percent
    last_day: date


def block_figures(inputs: BlockInputs) -> BlockFigures:
    """Work out a block: 20 h at 90 against 100 is 1,800, saves 200, 10 %. Raises ValueError when its role has no rate."""
    block = inputs.agreement.model.block
    rates = [each.rate for each in inputs.rates.model.roles if each.role == block.role]
    list_rate = in_currency(rates[0], block.rate.currency) if rates else None
    if list_rate is None or list_rate.amount <= 0:
        raise ValueError(f"the rate card has no rate of {block.role} in {block.rate.currency}")
    saving = (list_rate.amount - block.rate.amount) * block.hours
    share = ((1 - block.rate.amount / list_rate.amount) * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return BlockFigures(
        price=(block.rate * block.hours).rounded(),
        list_rate=list_rate,
        list_value=(list_rate * block.hours).rounded(),
        saving=Money(saving, block.rate.currency).rounded(),
        discount=Percent(share),
        last_day=last_day(block.first_day, block.valid.months),
    )


def minutes(period: Duration, calendar: Calendar) -> Fraction:
    """How many minutes of Business Hours lie in a period, on average: 1 Business Day from 08:00 to 18:00 has 600, and 7 days
    have five of them. Clock hours count in full. For telling which of two periods is longer, not for a deadline."""
    day = (calendar.closes.hour - calendar.opens.hour) * 60 + calendar.closes.minute - calendar.opens.minute
    week = Fraction(day * (calendar.days.last - calendar.days.first + 1))
    year = week / 7 * 365
    in_one = {
        "minute": Fraction(1), "hour": Fraction(60), "business hour": Fraction(60), "day": week / 7,
        "business day": Fraction(day), "week": week, "month": year / 12, "quarter": year / 4, "year": year,
    }  # fmt: skip
    return period.count * in_one[period.unit]


def counts(agreement: Agreement) -> Mapping[str, int]:
    """How many of each class are covered; the agreement itself counts as one."""
    found: dict[str, int] = {"agreement": 1, "user": agreement.coverage.users, "site": len(agreement.coverage.sites)}
    return found | {asset.kind: asset.count for asset in agreement.coverage.assets}


def in_currency(prices: tuple[Money, ...], currency: str) -> Money | None:
    """The price in this currency, where there is one."""
    return next((price for price in prices if price.currency == currency), None)
