"""Recurring fees: the lines of a support contract, their amounts, the monthly total. Pure.

`amount_of` is the one place where the amount of a line is rounded; totals add up rounded amounts only (domain: M01)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from contract_assembly.core.origin import Origin
from contract_assembly.core.values import Duration, Money, Percent, total
from contract_assembly.facts.agreement import Agreement
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.catalogue import Price, Rates


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One printed line of recurring fees; `amount` is a month's, rounded, `id` that of the plan's line."""

    label: str
    basis: str
    quantity: int
    price: Money
    discount: Percent | None
    amount: Money
    nature: str
    origin: Origin
    id: str


def fee_lines(inputs: Inputs) -> tuple[FeeLine, ...]:
    """The lines of the plan's price list that the agreement covers, less the discount for its commitment."""
    return lines_at(inputs, commitment_discount(inputs))


def lines_at(inputs: Inputs, discount: Percent | None) -> tuple[FeeLine, ...]:
    """The lines with this discount.

    A line that counts nothing is left out. A price of this agreement's own bears no discount unless it says so."""
    agreement = inputs.agreement.model
    own = {price.line: (position, price) for position, price in enumerate(agreement.fees.prices)}
    covered = counts(agreement)
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
    basis = "fixed" if line.per == "agreement" else f"per {line.per.replace('-', ' ').replace('saas', 'cloud')}"
    amount = amount_of(price, quantity, discount)
    return FeeLine(
        label=line.label,
        basis=basis,
        quantity=quantity,
        price=price,
        discount=discount,
        amount=amount,
        nature=line.nature,
        origin=origin,
        id=line.id,
    )


def amount_of(price: Money, quantity: int, discount: Percent | None) -> Money:
    """The amount of a line: unit price x quantity x (1 - discount), rounded half up once (domain: M01)."""
    factor = quantity * (1 - discount.value / 100) if discount else Decimal(quantity)
    return (price * factor).rounded()


def monthly_total(inputs: Inputs) -> Money:
    """The Recurring Fee: the printed lines of a month, added up."""
    return total((line.amount for line in fee_lines(inputs)), inputs.agreement.model.currency)


def commitment_discount(inputs: Inputs) -> Percent | None:
    """The discount of the rate card for the agreed commitment, or None."""
    return discount_for(inputs.rates.model, inputs.agreement.model.fees.commitment)


def discount_for(rates: Rates, length: Duration | None) -> Percent | None:
    """The discount of the rate card for a commitment of some length, or None."""
    return next((each.discount for each in rates.commitments if each.length == length), None)


def counts(agreement: Agreement) -> Mapping[str, int]:
    """How many of each class are covered; the agreement itself counts as one."""
    found: dict[str, int] = {"agreement": 1, "user": agreement.coverage.users, "site": len(agreement.coverage.sites)}
    return found | {asset.kind: asset.count for asset in agreement.coverage.assets}


def in_currency(prices: tuple[Money, ...], currency: str) -> Money | None:
    """The price in this currency, where there is one."""
    return next((price for price in prices if price.currency == currency), None)
