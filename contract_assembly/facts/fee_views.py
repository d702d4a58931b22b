"""Fees as clauses print them: lines by how often they are charged, tiers, discounts, price steps, and the fee through time. Pure;
a part of the template context."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from contract_assembly.core.text import joined
from contract_assembly.core.values import DateRange, Money, total
from contract_assembly.facts.agreed_lines import Line, agreed_lines, first_day_of
from contract_assembly.facts.agreement_files import AnyInputs, Inputs
from contract_assembly.facts.catalogue import Every
from contract_assembly.facts.fees import FeeLine, commitment_discount, discount_days, fee_lines, lines_at, stages
from contract_assembly.facts.labels import tax_label
from contract_assembly.facts.law import Law
from contract_assembly.facts.price_tiers import bounds, range_words
from contract_assembly.facts.template_values import View, extended, leaf, view
from contract_assembly.facts.term_dates import initial_term

_FEW = 3  # stages that the cover shows; more are in their table
_DAY = timedelta(days=1)
_NAMES = ("basis", "quantity", "price", "discount", "amount")


def line_views(inputs: Inputs, lines: tuple[FeeLine, ...], key: str) -> tuple[View, ...]:
    """Lines with their tax class; what a line is, is a part of its label."""
    return tuple(leaf(_row(inputs, each), f"{key}.{n}", each.origin) for n, each in enumerate(lines))


def _row(inputs: Inputs, line: FeeLine) -> dict[str, Any]:
    label = f"{line.label}: {line.what}" if line.what else line.label
    law = tax_label(line.nature, client_law(inputs))
    return {"label": label, **{name: getattr(line, name) for name in _NAMES}, "tax_label": law}


def client_law(inputs: AnyInputs[Any]) -> Law:
    """The law of the client's place, or the chosen one where that is the only one given."""
    return next((law.model for law in inputs.laws if law.model.id == inputs.client.model.place), inputs.law.model)


def more_fees(inputs: Inputs) -> dict[str, Any]:
    """Everything about fees beyond the monthly table; what an agreement does not have is empty or None."""
    fees = inputs.agreement.model.fees
    yearly, once = _charged(inputs, "year"), _charged(inputs, "once")
    found = {
        "part_lines": tuple(_part_lines(inputs)),
        "yearly_lines": line_views(inputs, tuple(row for _, row in yearly), "fees.yearly_lines"),
        "per_year": _sum(inputs, yearly),
        "once_lines": tuple(_once_lines(inputs, once)),
        "once": _sum(inputs, once),
        "tiers": tuple(_tiers(inputs)),
        "usage": tuple(_usage(inputs)),
        "discounts": tuple(_discounts(inputs)),
        "steps": tuple(_steps(inputs)),
        "stages": (through := _stages(inputs)),
        "few_stages": 0 < len(through) <= _FEW,
        "fixed_until": _first_index_day(inputs),
        "invoice_addresses": tuple(_addresses(inputs)),
    }
    in_parts = fees.setup_instalments > 1 or any(line.instalments > 1 for line, _ in once)
    return {
        **found,
        "setup_parts": fees.setup_instalments if fees.setup_instalments > 1 else None,
        "in_parts": in_parts,
    }


def _lines(inputs: Inputs) -> tuple[Line, ...]:
    return agreed_lines(inputs, commitment_discount(inputs))


def _charged(inputs: Inputs, every: Every) -> list[tuple[Line, FeeLine]]:
    """The rows of lines that are charged by the year or once, each as on its first day."""
    return [pair for line in _lines(inputs) if line.every == every for pair in _rows(inputs, line)]


def _rows(inputs: Inputs, line: Line) -> Iterator[tuple[Line, FeeLine]]:
    on = max(line.first or inputs.agreement.model.term.first_day, inputs.agreement.model.term.first_day)
    found = lines_at(inputs, commitment_discount(inputs), on, line.every, discounts=False)
    yield from ((line, each) for each in found if each.of == line.id)


def _sum(inputs: Inputs, found: list[tuple[Line, FeeLine]]) -> Money | None:
    return total((row.amount for _, row in found), inputs.agreement.model.currency) if found else None


def _part_lines(inputs: Inputs) -> Iterator[View]:
    """Monthly lines that begin after the Start Date or end before the term does."""
    start, n = inputs.agreement.model.term.first_day, 0
    for line in _lines(inputs):
        if line.every == "month" and (line.last or (line.first or start) > start):
            for _, row in _rows(inputs, line):
                days = {"first": line.first or start, "last": line.last}
                yield leaf({**_row(inputs, row), **days}, f"fees.part_lines.{n}", row.origin)
                n += 1


def _once_lines(inputs: Inputs, found: list[tuple[Line, FeeLine]]) -> Iterator[View]:
    start = inputs.agreement.model.term.first_day
    for n, (line, row) in enumerate(found):
        parts = line.instalments if line.instalments > 1 else None
        paid = {"first": line.first or start, "instalments": parts}
        yield leaf({**_row(inputs, row), **paid}, f"fees.once_lines.{n}", row.origin)


# ---- how prices depend on numbers


def _tiers(inputs: Inputs) -> Iterator[View]:
    n = 0
    for line in _lines(inputs):
        for first, tier in bounds(line.tiers) if line.pricing != "unit" else ():
            row = {
                "label": line.label,
                "pricing": line.pricing,
                "units": range_words(first, tier),
                "price": tier.price,
                "flat": tier.flat,
            }
            yield leaf(row, f"fees.tiers.{n}", line.origin)
            n += 1


def _usage(inputs: Inputs) -> Iterator[View]:
    found = (each for each in _lines(inputs) if each.overage is not None)
    for n, line in enumerate(found):
        row = {"label": line.label, "unit": line.unit, "included": line.included, "overage": line.overage}
        yield leaf(row, f"fees.usage.{n}", line.origin)


# ---- how fees change with time


def _labels(inputs: Inputs, lines: tuple[str, ...]) -> str | None:
    """The items that a rule names, in words; None if it is for all that recur."""
    labels = {each.id: each.label for each in _lines(inputs)}
    return joined(labels.get(each, each) for each in lines) if lines else None


def _discounts(inputs: Inputs) -> Iterator[View]:
    start = inputs.agreement.model.term.first_day
    for n, each in enumerate(inputs.agreement.model.fees.discounts):
        days = discount_days(each, start)
        path = f"fees.discounts.{n}"
        more = {"first_day": days.first, "last_day": days.last, "items": _labels(inputs, each.lines)}
        yield extended(view(each, path, inputs.agreement.at, path), **more)


def _steps(inputs: Inputs) -> Iterator[View]:
    start = inputs.agreement.model.term.first_day
    for n, each in enumerate(inputs.agreement.model.fees.steps):
        path, falls = f"fees.steps.{n}", bool(each.amount and each.amount.amount < 0)
        more = {
            "first_day": first_day_of(start, each.year),
            "items": _labels(inputs, each.lines),
            "falls": falls or bool(each.percent and each.percent.value < 0),
        }
        yield extended(view(each, path, inputs.agreement.at, path), **more)


def _first_index_day(inputs: Inputs) -> Any:
    """The first day from which the index decides on a price within the term; None if it never does."""
    start = inputs.agreement.model.term.first_day
    return min(
        (first_day_of(start, each.year) for each in inputs.agreement.model.fees.steps if each.index), default=None
    )


def _stages(inputs: Inputs) -> tuple[dict[str, Any], ...]:
    """The Recurring Fee through the initial term, as far as it is known; empty if it stays the same."""
    days, by_index = initial_term(inputs.agreement.model), _first_index_day(inputs)
    days = DateRange(days.first, min(days.last, by_index - _DAY) if by_index else days.last)
    currency, found = inputs.agreement.model.currency, list[dict[str, Any]]()
    for each in stages(inputs, days):
        monthly = total((line.amount for line in each.monthly), currency)
        if found and found[-1]["monthly"] == monthly:
            found[-1]["last"] = each.days.last
        else:
            found.append({"first": each.days.first, "last": each.days.last, "monthly": monthly})
    regular = total((line.amount for line in fee_lines(inputs)), currency)
    return tuple(found) if len(found) > 1 or found[0]["monthly"] != regular else ()


def _addresses(inputs: Inputs) -> Iterator[View]:
    for n, each in enumerate(inputs.agreement.model.fees.invoice_addresses):
        path = f"fees.invoice_addresses.{n}"
        setup = {"setup": "Setup fee"}
        labels = setup | {line.id: line.label for line in _lines(inputs)}
        more = {"items": joined(labels.get(line, line) for line in each.lines)}
        yield extended(view(each, path, inputs.agreement.at, path), **more)
