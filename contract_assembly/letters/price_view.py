"""The old and new price of a renewal as facts: the increase for the same scope, separately what the client adds, and
the cap. Pure."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from msgspec.structs import asdict

from contract_assembly.core.values import Money, Percent
from contract_assembly.facts.price_index import NoFigureError, change
from contract_assembly.facts.savings import LongerCommitment
from contract_assembly.facts.template_values import Record, leaf
from contract_assembly.facts.term_dates import months_of
from contract_assembly.letters.renewal_case import RenewalCase
from contract_assembly.renewals.increase import reference_month
from contract_assembly.renewals.next_prices import NextFees, NextLine

_TENTH, _HUNDREDTH = Decimal("0.1"), Decimal("0.01")


def price_view(
    case: RenewalCase, fees: NextFees, same_scope: Money, commitments: Iterable[LongerCommitment] = ()
) -> Record:
    """The price of a renewal under the key `price`: amounts are monthly unless their name says otherwise, and never
    below zero; `direction` is up, down or same, `commitments` has the prices of longer ones.

    `same_scope` is the fee of the present numbers at the new prices, which applies if nothing is done; `added` is the
    rest of the new fee. So a percentage never mixes the increase with growth."""
    currency = fees.new.currency
    increase = Money(same_scope.amount - fees.old.amount, currency)
    rise = fees.rise.percent if fees.rise else Decimal(0)
    made = leaf(
        {
            "old": fees.old,
            "new": fees.new,
            "new_yearly": fees.new * 12,
            "direction": _direction(fees.difference),
            "same_scope": same_scope,
            "same_scope_yearly": same_scope * 12,
            "same_scope_direction": _direction(increase),
            "same_scope_difference": _size(increase),
            "same_scope_percent": shown(abs(increase.amount / fees.old.amount * 100)) if fees.old.amount else None,
            "added": _size(added := Money(fees.new.amount - same_scope.amount, currency)),
            "added_direction": _direction(added),
            "rule": case.agreed.fees.increase.rule,
            "rise": Percent(rise) if rise else None,
            "rises": fees.rises,
            "cap": case.agreed.fees.increase_cap,
            "index": _index(case),
            "lines": tuple(_line(each) for each in fees.lines),
            "yearly": tuple(_line(each) for each in fees.yearly),
            "discount": next((each.discount for each in fees.lines if each.discount), None),
            "currency": currency,
            "commitments": tuple(map(asdict, commitments)),
        },
        "price",
        fees.rise.origin if fees.rise else case.context.at("fees"),
    )
    assert isinstance(made, Record)  # noqa: S101  # a dictionary becomes one
    return made


def _direction(difference: Money) -> str:
    return "up" if difference.amount > 0 else "down" if difference.amount < 0 else "same"


def _size(difference: Money) -> Money:
    return Money(abs(difference.amount), difference.currency)


def shown(percent: Decimal) -> Percent:
    """A change in percent for a reader: one decimal, or two if one would show no change."""
    found = percent.quantize(_TENTH, ROUND_HALF_UP)
    return Percent(found if found or not percent else max(percent.quantize(_HUNDREDTH, ROUND_HALF_UP), _HUNDREDTH))


def _line(line: NextLine) -> dict[str, Any]:
    """A line in both terms; None for the term in which it does not exist."""
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


def _index(case: RenewalCase) -> dict[str, Any] | None:
    """The two index figures from which the increase was calculated (clause annual-adjustment, calculation)."""
    rule, series, index = case.agreed.fees.increase, case.context.series, case.inputs.index
    if rule.rule != "index" or series is None or index is None:
        return None
    months = months_of(case.agreed.term, case.term.number)
    try:
        found = change(series, reference_month(case.inputs, case.term.following.first), months, rule.decimals)
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
