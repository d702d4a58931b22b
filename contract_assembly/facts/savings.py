"""What a client saves with a support contract: list prices against agreed ones, and what longer commitments would cost. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from msgspec import Struct

from contract_assembly.core.values import Duration, Money, Percent, total
from contract_assembly.facts.agreed_lines import counts, in_currency
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.catalogue import AddOn, Rates, RoleRate
from contract_assembly.facts.fees import MINIMUM, FeeLine, amount_of, fee_lines, lines_at, monthly_total
from contract_assembly.facts.term_dates import months_of


class LongerCommitment(Struct, frozen=True):
    """A commitment of the rate card, its discount, the fee of a month with it, and how much less that is: a month, a year, and
    over the whole length."""

    length: Duration
    discount: Percent
    monthly: Money
    saving: Money
    saving_yearly: Money
    saving_total: Money


def list_monthly(inputs: Inputs) -> Money:
    """A month at list prices, without the agreement's own prices and without a discount. What has no list price in the currency
    counts as agreed, and a bundle as its parts, where all of them are priced for the same unit."""
    agreement = inputs.agreement.model
    covered, own = counts(agreement), {each.line: each for each in agreement.fees.prices}
    listed = {each.id: in_currency(each.price, agreement.currency) for each in inputs.plan.model.prices}
    found = [
        amount_of(price, covered.get(line.per, 0), None)
        for line in inputs.plan.model.prices
        if (price := listed[line.id] or (own[line.id].price if line.id in own else None))
    ]
    known = {name for name, price in listed.items() if price} | {name for name, each in own.items() if each.price}
    lines = (each for each in fee_lines(inputs) if each.id != MINIMUM and each.of not in known)
    return total((*found, *_own_at_list(inputs, lines)), agreement.currency)


def _own_at_list(inputs: Inputs, lines: Iterable[FeeLine]) -> Iterator[Money]:
    """The lines beyond the plan's list: add-ons at list price, anything else as agreed, before a discount."""
    currency = inputs.agreement.model.currency
    add_ons = {each.id: each for each in inputs.rates.model.add_ons}
    taken = {each.known_as: add_ons.get(each.add_on or "") for each in inputs.agreement.model.fees.lines}
    for line in lines:
        price = _list_price(taken.get(line.of), add_ons, currency) or line.price
        yield amount_of(price, line.quantity, None)


def _list_price(taken: AddOn | None, add_ons: Mapping[str, AddOn], currency: str) -> Money | None:
    """The list price of an add-on; of a bundle, that of its parts together, if that is more."""
    if taken is None:
        return None
    own = in_currency(taken.price, currency)
    parts = [add_ons[each] for each in taken.includes if each in add_ons]
    prices = [in_currency(each.price, currency) for each in parts if (each.per, each.unit) == (taken.per, taken.unit)]
    if own is None or len(prices) < len(taken.includes) or None in prices:
        return own
    return max(own, total((each for each in prices if each), currency), key=lambda each: each.amount)


def saved(inputs: Inputs) -> Money | None:
    """What the agreed prices and the discount take off the list price of a month; None where they take nothing off."""
    currency = inputs.agreement.model.currency
    agreed = total((each.amount for each in fee_lines(inputs) if each.id != MINIMUM), currency)
    less = list_monthly(inputs).amount - agreed.amount
    return Money(less, currency) if less > 0 else None


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
    """The commitments longer than `months` that cost less than `now`, a month's fee; `fee` says what each would cost."""
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
