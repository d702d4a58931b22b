"""The lines of an agreement's own, and prices with tiers, in the next term: what continues at which price, and what ends. Pure.

One-off lines end, and so does a line whose last day has come; what continues rises as every unit price does. Discounts and
price steps belong to one term."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from contract_assembly.core.values import Money, Percent
from contract_assembly.facts.agreed_lines import Line, agreed_lines, in_currency, tiers_on
from contract_assembly.facts.agreement import Agreement, Asset
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.catalogue import Every
from contract_assembly.facts.fee_terms import OwnLine, OwnPrice, Tier
from contract_assembly.facts.fees import FeeLine, commitment_discount, discount_for, lines_at
from contract_assembly.facts.term_dates import initial_term
from contract_assembly.renewals.next_scope import next_commitment, next_counts
from contract_assembly.renewals.price_rise import raised


def last_day_of_facts(inputs: Inputs) -> date:
    """The day by which the facts of a term have changed for the last time: the last of its initial term."""
    return initial_term(inputs.agreement.model).last


def prices_at_end(inputs: Inputs) -> dict[str, Money]:
    """The unit price of each line that has one, by its id, after all price steps of the term."""
    agreement = inputs.agreement.model
    day, found = last_day_of_facts(inputs), dict[str, Money]()
    for line in agreed_lines(inputs, None):
        tiers = tiers_on(line, agreement.fees.steps, agreement.term.first_day, day)
        if line.pricing == "unit" and tiers[0].price:
            found[line.id] = tiers[0].price
    return found


def continued(inputs: Inputs, percent: Decimal) -> Inputs:
    """The facts with the lines and prices with tiers of the next term, its counts and its commitment."""
    agreement = inputs.agreement.model
    agreed = {each.id: each for each in agreed_lines(inputs, commitment_discount(inputs))}
    fees = agreement.fees.model_copy(
        update={
            "prices": tuple(_price(inputs, each, agreed, percent) for each in agreement.fees.prices),
            "lines": tuple(_lines(inputs, agreed, percent)),
            "discounts": (),
            "steps": (),
            "commitment": next_commitment(inputs),
        }
    )
    coverage = _coverage(agreement, next_counts(inputs))
    new = agreement.model_copy(update={"fees": fees, "coverage": coverage})
    return replace(inputs, agreement=replace(inputs.agreement, model=new))


def _coverage(agreement: Agreement, counts: Mapping[str, int]) -> object:
    assets = tuple(
        Asset(kind=kind, count=count)  # type: ignore[arg-type]  # every other count is of an asset class
        for kind, count in counts.items()
        if kind not in {"agreement", "user", "site"}
    )
    return agreement.coverage.model_copy(update={"users": counts["user"], "assets": assets})


def _price(inputs: Inputs, each: OwnPrice, agreed: Mapping[str, Line], percent: Decimal) -> OwnPrice:
    """A price with tiers, raised; any other as it is, for `next_prices` counts it."""
    line = agreed.get(each.line)
    if not each.tiers or line is None:
        return each
    return each.model_copy(update={"tiers": _raised(inputs, line, percent), "since": None})


def _lines(inputs: Inputs, agreed: Mapping[str, Line], percent: Decimal) -> Iterator[OwnLine]:
    agreement, last = inputs.agreement.model, last_day_of_facts(inputs)
    ended = set(agreement.renewal.ended) if agreement.renewal else set()
    asked = {each.line: each.price for each in agreement.renewal.prices} if agreement.renewal else {}
    offered = {each.id: each for each in inputs.rates.model.add_ons}
    for each in agreement.fees.lines:
        line = agreed.get(each.known_as)
        if line is None or line.every == "once" or each.known_as in ended or (each.last_day and each.last_day <= last):
            continue
        new = _raised(inputs, line, percent)
        update: dict[str, object] = {"first_day": None, "since": None, "overage": _risen(inputs, each.overage, percent)}
        if each.tiers:
            update |= {"tiers": new}
        else:
            price = asked.get(each.known_as, new[0].price)
            listed = in_currency(offered[each.add_on].price, agreement.currency) if each.add_on in offered else None
            if each.price or price != listed:
                bears = each.discounted if each.price else line.discount is not None
                update |= {"price": price, "discounted": bears and each.known_as not in asked}
        yield each.model_copy(update=update)


def _raised(inputs: Inputs, line: Line, percent: Decimal) -> tuple[Tier, ...]:
    agreement = inputs.agreement.model
    tiers = tiers_on(line, agreement.fees.steps, agreement.term.first_day, last_day_of_facts(inputs))
    return tuple(
        Tier(
            up_to=each.up_to,
            price=_risen(inputs, each.price, percent),
            flat=_risen(inputs, each.flat, percent),
        )
        for each in tiers
    )


def _risen(inputs: Inputs, price: Money | None, percent: Decimal) -> Money | None:
    cap: Percent = inputs.agreement.model.fees.increase_cap
    return raised(price, percent, cap) if price else None


def rows(inputs: Inputs, new: Inputs, every: Every) -> Iterator[tuple[str, FeeLine | None, FeeLine | None]]:
    """The rows that are not unit prices of the plan, in this term at its end and in the next, by their ids; the line up to the
    minimum is left out."""
    old_lines = lines_at(inputs, commitment_discount(inputs), last_day_of_facts(inputs), every, discounts=False)
    discount = discount_for(new.rates.model, new.agreement.model.fees.commitment)
    kept = special(inputs)
    was, now = (
        {each.id: each for each in found if each.of in kept}
        for found in (old_lines, lines_at(new, discount, None, every))
    )
    for name in dict.fromkeys((*was, *now)):
        yield name, was.get(name), now.get(name)


def special(inputs: Inputs) -> set[str]:
    """The ids of lines that are not unit prices of the plan: the agreement's own, and those with tiers."""
    fees = inputs.agreement.model.fees
    return {each.known_as for each in fees.lines} | {each.line for each in fees.prices if each.tiers}


def missing(inputs: Inputs, lines: Money) -> Money | None:
    """What a month's lines lack to the minimum fee; None if there is no minimum."""
    least: Money | None = inputs.agreement.model.fees.minimum
    return Money(max(least.amount - lines.amount, Decimal(0)), least.currency).rounded() if least else None
