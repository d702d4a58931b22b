"""Checks of fees: lines of an agreement's own, tiers, discounts, price steps, the minimum, invoice addresses. Pure; a table of
checks.

A check that needs another to have passed says nothing where it has not."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from contract_assembly.core.problems import Problem
from contract_assembly.core.text import did_you_mean
from contract_assembly.core.values import DateRange, Money, corresponding
from contract_assembly.facts.agreed_lines import counts, first_day_of, in_currency
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.catalogue import AddOn
from contract_assembly.facts.fee_terms import Discount, OwnLine, Priced, PriceStep
from contract_assembly.facts.fees import MINIMUM, discount_days, discount_id
from contract_assembly.facts.fields import Model
from contract_assembly.facts.proration import instalments
from contract_assembly.facts.term_dates import initial_term

SETUP = "setup"
_RESERVED = (MINIMUM, SETUP)


def amounts_of(model: Model, path: str) -> Iterator[tuple[str, Money]]:
    """Every amount of money in a model, with its path in the file."""
    for name in type(model).model_fields:
        yield from _amounts(getattr(model, name), f"{path}.{name}")


def _amounts(value: Any, path: str) -> Iterator[tuple[str, Money]]:
    if isinstance(value, Money):
        yield path, value
    elif isinstance(value, Model):
        yield from amounts_of(value, path)
    elif isinstance(value, tuple):
        for n, each in enumerate(value):
            yield from _amounts(each, f"{path}.{n}")


def _problem(inputs: Inputs, rule: str, path: str, what: str, hint: str) -> Problem:
    return Problem(rule, f"{path}: {what}", inputs.agreement.at(path), hint)


def _own(inputs: Inputs) -> Iterator[tuple[str, OwnLine]]:
    yield from ((f"fees.lines.{n}", each) for n, each in enumerate(inputs.agreement.model.fees.lines))


def _add_ons(inputs: Inputs) -> dict[str, AddOn]:
    return {each.id: each for each in inputs.rates.model.add_ons}


def _every(inputs: Inputs, line: OwnLine) -> str:
    listed = _add_ons(inputs).get(line.add_on or "")
    return listed.every if listed else line.every


def _ids(inputs: Inputs, *, once: bool) -> list[str]:
    """The ids of the lines that recur; with `once`, of those that are charged once, too."""
    own = [each.known_as for each in inputs.agreement.model.fees.lines if once or _every(inputs, each) != "once"]
    return [*(each.id for each in inputs.plan.model.prices), *own]


# ---- lines


def _lines_are_named(inputs: Inputs) -> Iterator[Problem]:
    offered = _add_ons(inputs)
    for path, each in _own(inputs):
        if each.add_on is None and not (each.id and each.name):
            missing = "id" if not each.id else "name"
            yield _problem(inputs, "unnamed-line", path, f"a line of your own needs its {missing}", f"add {missing}:")
        elif each.add_on is not None and each.add_on not in offered:
            what = f"{each.add_on} is not an add-on of {inputs.rates.at().path}"
            yield _problem(inputs, "unknown-add-on", f"{path}.add_on", what, did_you_mean(each.add_on, offered))


def _ids_differ(inputs: Inputs) -> Iterator[Problem]:
    seen = {each.id for each in inputs.plan.model.prices} | set(_RESERVED)
    for path, each in _own(inputs):
        if each.known_as in seen:
            what = f"the id {each.known_as} is taken by another line, or by the program"
            yield _problem(inputs, "doubled-line", path, what, "give this one another id:")
        seen.add(each.known_as)


def _lines_have_a_quantity(inputs: Inputs) -> Iterator[Problem]:
    for path, each in _own(inputs):
        if each.per and (each.quantity is not None or each.unit):
            what = f"per: {each.per} takes the number from the coverage, so there is no other unit or quantity"
            yield _problem(inputs, "two-quantities", path, what, "keep per:, or keep unit: and quantity:")
        elif each.unit and each.quantity is None and each.included is None:
            what = "this counts something, and does not say how many"
            yield _problem(inputs, "no-quantity", f"{path}.unit", what, "add quantity:")
        listed = _add_ons(inputs).get(each.add_on or "")
        per = each.per or (listed.per if listed and each.quantity is None else None)
        if per and not counts(inputs.agreement.model).get(per):
            what = f"the coverage counts no {per}, so {each.known_as} costs nothing"
            yield _problem(inputs, "no-quantity", path, what, "add the class below coverage:, or a quantity:")


def _lines_are_priced(inputs: Inputs) -> Iterator[Problem]:
    currency, offered = inputs.agreement.model.currency, _add_ons(inputs)
    for path, each in _own(inputs):
        listed = offered.get(each.add_on or "")
        if each.price or each.tiers or (each.add_on and listed is None):
            continue
        if listed is None:
            yield _problem(inputs, "no-price", path, f"{each.known_as} has no price", "add price:, like 4.50 USD")
        elif not in_currency(listed.price, currency):
            hint = f"add one to {inputs.rates.at('add_ons')}, or price: here"
            yield _problem(inputs, "no-price", path, f"{each.add_on} has no price in {currency}", hint)
    for n, own in enumerate(inputs.agreement.model.fees.prices):
        if not own.price and not own.tiers:
            yield _problem(inputs, "no-price", f"fees.prices.{n}", f"{own.line} has no price", "add price: or tiers:")


def _priced(inputs: Inputs) -> Iterator[tuple[str, Priced]]:
    yield from ((f"fees.prices.{n}", each) for n, each in enumerate(inputs.agreement.model.fees.prices))
    yield from _own(inputs)


def _tiers_follow_each_other(inputs: Inputs) -> Iterator[Problem]:
    for path, each in _priced(inputs):
        if each.tiers and each.pricing == "unit":
            what = "tiers are read in one of two ways, and this does not say which"
            hint = "add pricing: volume (all units at one price) or pricing: graduated (each unit at its tier's)"
            yield _problem(inputs, "tiers", path, what, hint)
        elif each.pricing != "unit" and not each.tiers:
            yield _problem(inputs, "tiers", f"{path}.pricing", f"{each.pricing} pricing needs tiers", "add tiers:")
        elif each.tiers and each.price:
            yield _problem(inputs, "tiers", f"{path}.price", "there are tiers, too", "keep one of price: and tiers:")
        yield from _tiers(inputs, path, each)


def _tiers(inputs: Inputs, path: str, priced: Priced) -> Iterator[Problem]:
    before = 0
    for n, tier in enumerate(priced.tiers):
        at, last = f"{path}.tiers.{n}", n == len(priced.tiers) - 1
        if tier.price is None and tier.flat is None:
            yield _problem(inputs, "tiers", at, "this tier costs nothing", "add price:, flat:, or both")
        if last != (tier.up_to is None):
            what = "the last tier has an end" if last else "a tier without an end is not the last"
            yield _problem(inputs, "tiers", at, what, "give every tier but the last an up_to:")
        elif tier.up_to is not None and tier.up_to <= before:
            what = f"up_to: {tier.up_to} is not above the tier before it, {before}"
            yield _problem(inputs, "tiers", f"{at}.up_to", what, "list the tiers from the smallest number up")
        before = tier.up_to or before


def _usage_is_priced(inputs: Inputs) -> Iterator[Problem]:
    for path, each in _own(inputs):
        if (each.included is None) != (each.overage is None):
            missing = "overage" if each.overage is None else "included"
            what = "usage beyond what is included needs both numbers"
            yield _problem(inputs, "usage-terms", path, what, f"add {missing}:")
        elif each.included is not None and _every(inputs, each) != "month":
            what = "usage is counted by the month, and so is its line"
            yield _problem(inputs, "usage-terms", f"{path}.included", what, "leave every: out")


def _lines_have_days_of_the_term(inputs: Inputs) -> Iterator[Problem]:
    if (days := _term(inputs)) is None:
        return
    for path, each in _own(inputs):
        yield from _days(inputs, path, (each.first_day, each.last_day), days)
        if _every(inputs, each) == "once" and each.last_day:
            what = "what is charged once has no last day"
            yield _problem(
                inputs, "line-days", f"{path}.last_day", what, "remove it; first_day is the day of the charge"
            )
        if each.since and each.since not in days:
            what = f"{each.since} is not a day of the term, {days.first} to {days.last}"
            yield _problem(inputs, "line-days", f"{path}.since", what, "write the first day of this price")


def _term(inputs: Inputs) -> DateRange | None:
    """The days of the initial term; None where they cannot be counted, which is reported elsewhere."""
    try:
        return initial_term(inputs.agreement.model)
    except (ValueError, OverflowError):
        return None


def _days(inputs: Inputs, path: str, said: tuple[date | None, date | None], days: DateRange) -> Iterator[Problem]:
    first, last = said
    if first and first not in days:
        what = f"{first} is not a day of the term, {days.first} to {days.last}"
        yield _problem(inputs, "line-days", f"{path}.first_day", what, "write a day of the term, or leave it out")
    if last and last < (first or days.first):
        what = f"it ends on {last}, before it begins on {first or days.first}"
        yield _problem(inputs, "line-days", f"{path}.last_day", what, "both days are inclusive")


def _instalments_add_up(inputs: Inputs) -> Iterator[Problem]:
    fees, days = inputs.agreement.model.fees, _term(inputs)
    for path, each in _own(inputs):
        if each.instalments != 1 and _every(inputs, each) != "once":
            what = "only what is charged once is paid in instalments"
            yield _problem(
                inputs, "instalments", f"{path}.instalments", what, "add every: once, or remove instalments:"
            )
        elif days and each.price:
            whole = each.price * (1 if each.quantity is None else each.quantity)
            first = each.first_day or days.first
            yield from _instalments(inputs, f"{path}.instalments", whole, (each.instalments, first, days.last))
    if fees.setup_instalments != 1 and not fees.setup:
        what = "there is no setup fee to pay in instalments"
        yield _problem(inputs, "instalments", "fees.setup_instalments", what, "add setup:, or remove this")
    elif fees.setup and days:
        paid = (fees.setup_instalments, days.first, days.last)
        yield from _instalments(inputs, "fees.setup_instalments", fees.setup, paid)


def _instalments(inputs: Inputs, path: str, whole: Money, paid: tuple[int, date, date]) -> Iterator[Problem]:
    count, first, last = paid
    if not 1 <= count <= 120:
        yield _problem(inputs, "instalments", path, f"{count} is not a number of instalments", "write 1 to 120")
        return
    if count > 1 and corresponding(first, count - 1) > last:
        what = f"the last of {count} instalments would be due on {corresponding(first, count - 1)}, after the term"
        yield _problem(inputs, "instalments", path, what, f"let the last one be due by {last}")
    try:
        instalments(whole, count)
    except ValueError as error:
        yield _problem(inputs, "instalments", path, str(error), "choose fewer instalments")


def _bundles_are_whole(inputs: Inputs) -> Iterator[Problem]:
    offered, taken = _add_ons(inputs), Counter(each.add_on for _, each in _own(inputs) if each.add_on)
    for n, each in enumerate(inputs.rates.model.add_ons):
        for m, part in enumerate(each.includes):
            if part not in offered or part == each.id:
                what = f"add_ons.{n}.includes: {part} is not another add-on"
                at = inputs.rates.at(f"add_ons.{n}.includes.{m}")
                yield Problem("unknown-add-on", what, at, did_you_mean(part, offered.keys() - {each.id}))
    for path, line in _own(inputs):
        bundle = offered.get(line.add_on or "")
        for part in bundle.includes if bundle else ():
            if taken[part]:
                what = f"{line.add_on} includes {part}, which is a line of its own, too"
                yield _problem(inputs, "included-twice", path, what, f"remove add_on: {part}, or the bundle")


# ---- discounts


def _discounts_end(inputs: Inputs) -> Iterator[Problem]:
    days = _term(inputs)
    for n, each in enumerate(inputs.agreement.model.fees.discounts):
        path = f"fees.discounts.{n}"
        wrong = [*_kinds(inputs, path, each), *_ends(inputs, path, each)]
        yield from wrong
        if days and not wrong:
            found = discount_days(each, days.first)
            yield from _days(inputs, path, (each.first_day, each.last_day or found.last), days)
            if found.last > days.last:
                what = f"{found.last} is not a day of the term, {days.first} to {days.last}"
                key = "free" if each.free else "last_day"
                yield _problem(
                    inputs, "line-days", f"{path}.{key}", what, "let the discount end with the term at the latest"
                )


def _kinds(inputs: Inputs, path: str, each: Discount) -> Iterator[Problem]:
    said = [name for name in ("percent", "amount", "free") if getattr(each, name)]
    if len(said) != 1:
        what = f"{' and '.join(said)} are two discounts" if said else "this takes nothing off"
        yield _problem(inputs, "discount", path, what, "write one of percent: 10 %, amount: 50.00 USD, free: 2 months")
    elif each.percent and not 0 < each.percent.value <= 100:
        what = f"{each.percent.value} % is not above 0 and up to 100"
        yield _problem(inputs, "share", f"{path}.percent", what, "write a percentage from 0 to 100")


def _ends(inputs: Inputs, path: str, each: Discount) -> Iterator[Problem]:
    if each.free and each.free.unit not in {"month", "quarter", "year"}:
        what = f"{each.free.text} is not a number of months"
        hint = "write free: 2 months; for days, write percent: 100 % with its last_day:"
        yield _problem(inputs, "discount", f"{path}.free", what, hint)
    elif each.free and (each.last_day or not each.free.count):
        yield _problem(
            inputs, "discount", path, "free: says how long it lasts", "remove last_day:, or write percent: 100 %"
        )
    elif not each.free and not each.last_day:
        hint = "add last_day:; for a price that stays lower, write it below fees.prices"
        yield _problem(inputs, "discount", path, "this discount never ends", hint)


def _discounts_differ(inputs: Inputs) -> Iterator[Problem]:
    seen: set[str] = set()
    for n, each in enumerate(inputs.agreement.model.fees.discounts):
        if discount_id(each.name) in seen:
            what = f"{each.name} is the name of another discount, too"
            yield _problem(inputs, "discount", f"fees.discounts.{n}.name", what, "give each discount a name of its own")
        seen.add(discount_id(each.name))


def _amounts_have_a_tax_class(inputs: Inputs) -> Iterator[Problem]:
    agreement = inputs.agreement.model
    for n, each in enumerate(agreement.fees.discounts if agreement.tax.regime == "us-sales" else ()):
        if each.amount and not each.lines:
            what = "an amount off the whole fee has no tax class of its own"
            hint = "add lines:, or write percent:, which is taken off each line"
            yield _problem(inputs, "discount", f"fees.discounts.{n}", what, hint)


# ---- price steps


def _steps_are_in_the_term(inputs: Inputs) -> Iterator[Problem]:
    days = _term(inputs)
    for n, each in enumerate(inputs.agreement.model.fees.steps):
        path = f"fees.steps.{n}.year"
        if each.year < 2:
            yield _problem(
                inputs, "price-step", path, "the first Contract Year has the prices themselves", "write year: 2"
            )
        elif each.year > 100 or (days and first_day_of(days.first, each.year) > days.last):
            what = f"Contract Year {each.year} is not a part of the term"
            hint = "a later change is a matter of the renewal: fees.increase and renewal:"
            yield _problem(inputs, "price-step", path, what, hint)


def _steps_are_of_one_kind(inputs: Inputs) -> Iterator[Problem]:
    fees = inputs.agreement.model.fees
    tiered = {each.known_as for each in fees.lines if each.tiers} | {each.line for each in fees.prices if each.tiers}
    for n, each in enumerate(fees.steps):
        path = f"fees.steps.{n}"
        said = [name for name in ("percent", "amount", "price", "index") if getattr(each, name)]
        if len(said) != 1:
            what = f"{' and '.join(said)} are two steps" if said else "this changes nothing"
            hint = "write one of percent: 3 %, amount: 2.00 USD, price: 64.00 USD, index: yes"
            yield _problem(inputs, "price-step", path, what, hint)
        elif each.price and (not each.lines or tiered & set(each.lines)):
            what = "a new price is that of a line with one unit price"
            yield _problem(inputs, "price-step", f"{path}.price", what, "add lines:, or write percent:")
        elif each.index and not fees.increase.series:
            what = "no index is named"
            hint = "add increase: {rule: index, series: ...} to fees, or write percent:"
            yield _problem(inputs, "no-index", f"{path}.index", what, hint)
        elif each.percent and each.percent.value <= -100:
            yield _problem(inputs, "price-step", f"{path}.percent", "nothing would be left of the price", "write less")


# ---- what other facts name


def _named_lines_are_known(inputs: Inputs) -> Iterator[Problem]:
    fees = inputs.agreement.model.fees
    recurring, every = _ids(inputs, once=False), _ids(inputs, once=True)
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
                yield _problem(inputs, "unknown-price", f"{path}.{n}.lines.{m}", what, did_you_mean(line, known))


def _each_line_has_one_address(inputs: Inputs) -> Iterator[Problem]:
    lines: dict[str, str] = {}
    for n, each in enumerate(inputs.agreement.model.fees.invoice_addresses):
        for m, line in enumerate(each.lines):
            if line in lines:
                what = f"{line} is invoiced to {lines[line]} already"
                path = f"fees.invoice_addresses.{n}.lines.{m}"
                yield _problem(inputs, "two-addresses", path, what, "name each line once")
            lines.setdefault(line, each.id)


CHECKS = (
    _lines_are_named,
    _ids_differ,
    _lines_have_a_quantity,
    _lines_are_priced,
    _tiers_follow_each_other,
    _usage_is_priced,
    _lines_have_days_of_the_term,
    _instalments_add_up,
    _bundles_are_whole,
    _discounts_end,
    _discounts_differ,
    _amounts_have_a_tax_class,
    _steps_are_in_the_term,
    _steps_are_of_one_kind,
    _named_lines_are_known,
    _each_line_has_one_address,
)
