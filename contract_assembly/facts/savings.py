"""What a client saves with a support contract: list prices against agreed ones, and what longer commitments would cost. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from contract_assembly.core.values import Duration, Money, Percent, total
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.catalogue import Rates, RoleRate
from contract_assembly.facts.fees import amount_of, counts, in_currency, lines_at, monthly_total
from contract_assembly.facts.term_dates import months_of


@dataclass(frozen=True, slots=True)
class LongerCommitment:
    """A commitment of the rate card, its discount, the fee of a month with it, and how much less that is: a month, a year, and
    over the whole length."""

    length: Duration
    discount: Percent
    monthly: Money
    saving: Money
    saving_yearly: Money
    saving_total: Money


def list_monthly(inputs: Inputs) -> Money:
    """A month at the plan's price list, without the agreement's own prices and without a discount. A line that the list does not
    price in the currency counts at the agreement's own price."""
    agreement = inputs.agreement.model
    covered, own = counts(agreement), {each.line: each.price for each in agreement.fees.prices}
    prices = (
        (line, in_currency(line.price, agreement.currency) or own.get(line.id)) for line in inputs.plan.model.prices
    )
    amounts = (amount_of(price, covered.get(line.per, 0), None) for line, price in prices if price)
    return total(amounts, agreement.currency)


def saved(inputs: Inputs) -> Money | None:
    """What the agreed prices and the discount take off the list price of a month; None where they take nothing off."""
    less = list_monthly(inputs).amount - monthly_total(inputs).amount
    return Money(less, inputs.agreement.model.currency) if less > 0 else None


def longer_commitments(inputs: Inputs) -> tuple[LongerCommitment, ...]:
    """What each commitment of the rate card that is longer than the agreed one, or than the term, would cost and save."""
    agreement = inputs.agreement.model
    agreed = agreement.fees.commitment.months if agreement.fees.commitment else 0

    def fee(length: Duration, discount: Percent) -> Money:
        return total((line.amount for line in lines_at(inputs, discount)), agreement.currency)

    beyond = max(agreed, months_of(agreement.term, 0))
    return tuple(longer(inputs.rates.model, beyond, monthly_total(inputs), fee))


def longer(
    rates: Rates, months: int, now: Money, fee: Callable[[Duration, Percent], Money]
) -> Iterator[LongerCommitment]:
    """The commitments of more than so many months that cost less than `now`, a month's fee; `fee` says what each would cost."""
    for each in sorted(rates.commitments, key=lambda one: one.length.months):
        if each.length.months <= months:
            continue
        monthly = fee(each.length, each.discount)
        saving = Money(now.amount - monthly.amount, now.currency)
        if saving.amount > 0:
            yield LongerCommitment(
                length=each.length,
                discount=each.discount,
                monthly=monthly,
                saving=saving,
                saving_yearly=saving * 12,
                saving_total=saving * each.length.months,
            )


def contract_rate(role: RoleRate, discount: Percent, currency: str) -> Money | None:
    """The hourly rate of a role for a client with a support contract, rounded half up; None without a rate in the currency."""
    rate = in_currency(role.rate, currency)
    return (rate * (1 - discount.value / Decimal(100))).rounded() if rate else None
