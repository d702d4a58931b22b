"""Old and new price of a renewal as facts, with every reason: what rises, what the quantities change, the cap. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from contract_assembly.core.values import Money, Percent, corresponding
from contract_assembly.facts.price_index import NoFigureError, change
from contract_assembly.facts.savings import LongerCommitment
from contract_assembly.facts.template_values import Record, entries, leaf
from contract_assembly.facts.term_dates import months_of
from contract_assembly.letters.renewal_case import Case
from contract_assembly.renewals.next_prices import NextFees, NextLine

_TENTH, _HUNDREDTH = Decimal("0.1"), Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Reasons:
    """The parts of the monthly difference; the two add up to it exactly."""

    by_prices: Money
    by_counts: Money


def price_view(case: Case, fees: NextFees, commitments: Iterable[LongerCommitment] = ()) -> Record:
    """The price of a renewal under the key `price`: amounts are monthly unless they say otherwise, and never below zero;
    `direction` says which way they went, `commitments` what longer ones would cost."""
    found = reasons(fees)
    rise = fees.rise.percent if fees.rise else Decimal(0)
    made = leaf(
        {
            "old": fees.old,
            "new": fees.new,
            "old_yearly": fees.old * 12,
            "new_yearly": fees.new * 12,
            **_change("", fees.difference, fees.percent),
            **_change("prices_", found.by_prices, None),
            **_change("counts_", found.by_counts, None),
            "rule": case.agreed.fees.increase.rule,
            "rise": Percent(rise) if rise else None,
            "rises": fees.rises,
            "cap": case.agreed.fees.increase_cap,
            "index": _index(case),
            "lines": tuple(_line(each) for each in fees.lines),
            "discount": next((each.discount for each in fees.lines if each.discount), None),
            "currency": fees.new.currency,
            "commitments": tuple(map(entries, commitments)),
        },
        "price",
        fees.rise.origin if fees.rise else case.context.at("fees"),
    )
    assert isinstance(made, Record)  # noqa: S101  # a dictionary becomes one
    return made


def reasons(fees: NextFees) -> Reasons:
    """Split the difference: counts at the old unit price first, and the rest is new prices. Lines that are new or gone are
    counts; each part is rounded as a line of the contract is."""
    by_counts = Money(sum((_by_count(each) for each in fees.lines), Decimal(0)), fees.new.currency).rounded()
    return Reasons(Money(fees.difference.amount - by_counts.amount, fees.new.currency), by_counts)


def _by_count(line: NextLine) -> Decimal:
    if line.old_price is None or line.new_price is None or not line.old_quantity or not line.new_quantity:
        return line.new_amount.amount - line.old_amount.amount
    if line.old_quantity == line.new_quantity:
        return Decimal(0)
    exact = Money(line.old_amount.amount / line.old_quantity * line.new_quantity, line.old_amount.currency)
    return exact.rounded().amount - line.old_amount.amount


def _change(prefix: str, difference: Money, percent: Decimal | None) -> dict[str, Any]:
    amount = difference.amount
    return {
        f"{prefix}direction": "up" if amount > 0 else "down" if amount < 0 else "same",
        f"{prefix}difference": Money(abs(amount), difference.currency),
        f"{prefix}difference_yearly": Money(abs(amount) * 12, difference.currency),
        f"{prefix}percent": shown(abs(percent)) if percent is not None else None,
    }


def shown(percent: Decimal) -> Percent:
    """A change in percent for a reader: one decimal, or two where one would say that nothing changed."""
    found = percent.quantize(_TENTH, ROUND_HALF_UP)
    return Percent(found if found or not percent else max(percent.quantize(_HUNDREDTH, ROUND_HALF_UP), _HUNDREDTH))


def _line(line: NextLine) -> dict[str, Any]:
    """A line with both sides; None for the side that does not exist."""
    old, new = line.old_price or line.new_price, line.new_price or line.old_price
    return {
        "label": line.label,
        "old_quantity": line.old_quantity,
        "new_quantity": line.new_quantity,
        "same_quantity": line.old_quantity == line.new_quantity,
        "old_price": old if line.old_quantity else None,
        "new_price": new if line.new_quantity else None,
        "old_amount": line.old_amount,
        "new_amount": line.new_amount,
    }


def _index(case: Case) -> dict[str, Any] | None:
    """The two figures of the index that the rise was counted from (clause annual-adjustment, calculation)."""
    rule, series, index = case.agreed.fees.increase, case.context.series, case.inputs.index
    if rule.rule != "index" or series is None or index is None:
        return None
    months = months_of(case.agreed.term, case.term.number)
    try:
        found = change(
            series, corresponding(case.term.following.first.replace(day=1), -rule.lag), months, rule.decimals
        )
    except NoFigureError:
        return None  # the plan reports it
    return {
        "name": index.model.name,
        "before": {"month": found.before.month, "value": found.before.value},
        "now": {"month": found.now.month, "value": found.now.value},
        "percent": Percent(abs(found.percent)),
        "fell": found.percent < 0,
        "capped": found.percent > case.agreed.fees.increase_cap.value,
        "floored": found.percent < rule.floor.value,
        "floor": rule.floor,
    }
