"""Dates and money that follow from what was agreed: the term, the decision day, the fee lines. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from contract_assembly.agreement import Agreement
from contract_assembly.inputs import Inputs
from contract_assembly.offer import Calendar
from contract_assembly.origin import Origin
from contract_assembly.values import DateRange, Money, days_before, last_day
from contract_assembly.workdays import business_day_before


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One printed line of recurring fees; `amount` is rounded, and totals add up rounded amounts only (domain: M01)."""

    label: str
    basis: str
    quantity: int
    price: Money
    amount: Money
    origin: Origin


def initial_term(agreement: Agreement) -> DateRange:
    """The initial term, first and last day inclusive, by the anchor rule. Raises ValueError when its length is not in months."""
    return DateRange(agreement.term.first_day, last_day(agreement.term.first_day, agreement.term.length.months))


def decision_day(agreement: Agreement, calendar: Calendar) -> date:
    """The last day on which the renewal can be declined: notice counted back from the last day, which is not counted, moved
    to the Business Day before where it is none. Raises ValueError when the notice is not in days."""
    if agreement.term.notice.unit != "day":
        raise ValueError("the notice before the last day is counted in days")
    return business_day_before(days_before(initial_term(agreement).last, agreement.term.notice.count), calendar)


def fee_lines(inputs: Inputs) -> tuple[FeeLine, ...]:
    """The plan's price list for what the agreement covers, with its own prices put in; lines that cover nothing are left out."""
    agreement = inputs.agreement.model
    own = {price.line: (position, price) for position, price in enumerate(agreement.fees.prices)}
    found = counts(agreement)
    lines = []
    for position, line in enumerate(inputs.plan.model.prices):
        quantity = found.get(line.per, 0)
        if not quantity:
            continue
        origin = inputs.plan.at(f"prices.{position}")
        price = in_currency(line.price, agreement.currency)
        if line.id in own:
            price, origin = own[line.id][1].price, inputs.agreement.at(f"fees.prices.{own[line.id][0]}")
        basis = "fixed" if line.per == "agreement" else f"per {line.per.replace('-', ' ').replace('saas', 'cloud')}"
        if price is not None:
            lines.append(FeeLine(line.label, basis, quantity, price, (price * quantity).rounded(), origin))
    return tuple(lines)


def counts(agreement: Agreement) -> Mapping[str, int]:
    """How many of each class are covered; the agreement itself counts as one."""
    found: dict[str, int] = {"agreement": 1, "user": agreement.coverage.users, "site": len(agreement.coverage.sites)}
    return found | {asset.kind: asset.count for asset in agreement.coverage.assets}


def in_currency(prices: tuple[Money, ...], currency: str) -> Money | None:
    """The price in this currency, where there is one."""
    return next((price for price in prices if price.currency == currency), None)
