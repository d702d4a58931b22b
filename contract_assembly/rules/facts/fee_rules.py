"""Checks of fees: discounts, price steps, invoice addresses, and the lines that they name. Pure; a table of checks, with those
of `line_rules` first.

A check that needs another to have passed says nothing where it has not."""

from collections.abc import Iterable, Iterator
from typing import Any

from contract_assembly.core.problems import Problem
from contract_assembly.core.text import did_you_mean
from contract_assembly.facts.agreed_lines import first_day_of
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.fee_terms import Discount, PriceStep
from contract_assembly.facts.fees import discount_days, discount_id
from contract_assembly.rules.facts import line_rules
from contract_assembly.rules.facts.line_rules import SETUP, days_of_term, ids_of, ill_days, problem_at

# ---- discounts


def _discounts_end(inputs: Inputs) -> Iterator[Problem]:
    days = days_of_term(inputs)
    for n, each in enumerate(inputs.agreement.model.fees.discounts):
        path = f"fees.discounts.{n}"
        wrong = [*_kinds(inputs, path, each), *_ends(inputs, path, each)]
        yield from wrong
        if days and not wrong:
            found = discount_days(each, days.first)
            yield from ill_days(inputs, path, (each.first_day, each.last_day or found.last), days)
            if found.last > days.last:
                what = f"{found.last} is not a day of the term, {days.first} to {days.last}"
                key = "free" if each.free else "last_day"
                yield problem_at(
                    inputs, "line-days", f"{path}.{key}", what, "let the discount end with the term at the latest"
                )


def _kinds(inputs: Inputs, path: str, each: Discount) -> Iterator[Problem]:
    said = [name for name in ("percent", "amount", "free") if getattr(each, name)]
    if len(said) != 1:
        what = f"{' and '.join(said)} are two discounts" if said else "this discount takes nothing off"
        yield problem_at(
            inputs, "discount", path, what, "write one of percent: 10 %, amount: 50.00 USD, free: 2 months"
        )
    elif each.percent and not 0 < each.percent.value <= 100:
        what = f"{each.percent.value} % is not above 0 and up to 100"
        yield problem_at(inputs, "share", f"{path}.percent", what, "write a percentage from 0 to 100")


def _ends(inputs: Inputs, path: str, each: Discount) -> Iterator[Problem]:
    if each.free and each.free.unit not in {"month", "quarter", "year"}:
        what = f"{each.free.text} is not a number of months"
        hint = "write free: 2 months; for days, write percent: 100 % with its last_day:"
        yield problem_at(inputs, "discount", f"{path}.free", what, hint)
    elif each.free and (each.last_day or not each.free.count):
        yield problem_at(
            inputs, "discount", path, "free: says how long it lasts", "remove last_day:, or write percent: 100 %"
        )
    elif not each.free and not each.last_day:
        hint = "add last_day:; for a price that stays lower, write it below fees.prices"
        yield problem_at(inputs, "discount", path, "this discount never ends", hint)


def _discounts_differ(inputs: Inputs) -> Iterator[Problem]:
    seen: set[str] = set()
    for n, each in enumerate(inputs.agreement.model.fees.discounts):
        if discount_id(each.name) in seen:
            what = f"{each.name} is the name of another discount, too"
            yield problem_at(
                inputs, "discount", f"fees.discounts.{n}.name", what, "give each discount a name of its own"
            )
        seen.add(discount_id(each.name))


def _amounts_have_a_tax_class(inputs: Inputs) -> Iterator[Problem]:
    agreement = inputs.agreement.model
    for n, each in enumerate(agreement.fees.discounts if agreement.tax.regime == "us-sales" else ()):
        if each.amount and not each.lines:
            what = "an amount off the whole fee has no tax class of its own"
            hint = "add lines:, or write percent:, which is taken off each line"
            yield problem_at(inputs, "discount", f"fees.discounts.{n}", what, hint)


# ---- price steps


def _steps_are_in_the_term(inputs: Inputs) -> Iterator[Problem]:
    days = days_of_term(inputs)
    for n, each in enumerate(inputs.agreement.model.fees.steps):
        path = f"fees.steps.{n}.year"
        if each.year < 2:
            yield problem_at(
                inputs, "price-step", path, "the first Contract Year has the prices themselves", "write year: 2"
            )
        elif each.year > 100 or (days and first_day_of(days.first, each.year) > days.last):
            what = f"Contract Year {each.year} is not a part of the term"
            hint = "a later change is a matter of the renewal: fees.increase and renewal:"
            yield problem_at(inputs, "price-step", path, what, hint)


def _steps_are_of_one_kind(inputs: Inputs) -> Iterator[Problem]:
    fees = inputs.agreement.model.fees
    tiered = {each.known_as for each in fees.lines if each.tiers} | {each.line for each in fees.prices if each.tiers}
    for n, each in enumerate(fees.steps):
        path = f"fees.steps.{n}"
        said = [name for name in ("percent", "amount", "price", "index") if getattr(each, name)]
        if len(said) != 1:
            what = f"{' and '.join(said)} are two steps" if said else "this changes nothing"
            hint = "write one of percent: 3 %, amount: 2.00 USD, price: 64.00 USD, index: yes"
            yield problem_at(inputs, "price-step", path, what, hint)
        elif each.price and (not each.lines or tiered & set(each.lines)):
            what = "a new price is that of a line with one unit price"
            yield problem_at(inputs, "price-step", f"{path}.price", what, "add lines:, or write percent:")
        elif each.index and not fees.increase.series:
            what = "no index is named"
            hint = "add increase: {rule: index, series: ...} to fees, or write percent:"
            yield problem_at(inputs, "no-index", f"{path}.index", what, hint)
        elif each.percent and each.percent.value <= -100:
            yield problem_at(
                inputs, "price-step", f"{path}.percent", "nothing would be left of the price", "write less"
            )


# ---- what other facts name


def _named_lines_are_known(inputs: Inputs) -> Iterator[Problem]:
    fees = inputs.agreement.model.fees
    recurring, every = ids_of(inputs, once=False), ids_of(inputs, once=True)
    yield from _named(inputs, "fees.discounts", fees.discounts, recurring)
    yield from _named(inputs, "fees.steps", fees.steps, recurring)
    yield from _named(inputs, "fees.invoice_addresses", fees.invoice_addresses, [*every, SETUP])


def _named(
    inputs: Inputs, path: str, found: Iterable[Discount | PriceStep | Any], known: list[str]
) -> Iterator[Problem]:
    for n, each in enumerate(found):
        for m, line in enumerate(each.lines):
            if line not in known:
                what = f"{line} is not a line here"
                yield problem_at(inputs, "unknown-price", f"{path}.{n}.lines.{m}", what, did_you_mean(line, known))


def _each_line_has_one_address(inputs: Inputs) -> Iterator[Problem]:
    lines: dict[str, str] = {}
    for n, each in enumerate(inputs.agreement.model.fees.invoice_addresses):
        for m, line in enumerate(each.lines):
            if line in lines:
                what = f"{line} is invoiced to {lines[line]} already"
                path = f"fees.invoice_addresses.{n}.lines.{m}"
                yield problem_at(inputs, "two-addresses", path, what, "name each line once")
            lines.setdefault(line, each.id)


CHECKS = (
    *line_rules.CHECKS,
    _discounts_end,
    _discounts_differ,
    _amounts_have_a_tax_class,
    _steps_are_in_the_term,
    _steps_are_of_one_kind,
    _named_lines_are_known,
    _each_line_has_one_address,
)
