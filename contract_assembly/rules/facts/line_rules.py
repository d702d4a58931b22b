"""Checks of an agreement's own lines: names, quantities, prices, tiers, usage, days, instalments, bundles. Pure; a table of
checks."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from contract_assembly.core.problems import Problem
from contract_assembly.core.text import did_you_mean
from contract_assembly.core.values import DateRange, Money, corresponding
from contract_assembly.facts.agreed_lines import counts, in_currency
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.catalogue import AddOn
from contract_assembly.facts.fee_terms import OwnLine, Priced
from contract_assembly.facts.fees import MINIMUM
from contract_assembly.facts.proration import instalments
from contract_assembly.facts.term_dates import initial_term

SETUP = "setup"
_RESERVED = (MINIMUM, SETUP)


def problem_at(inputs: Inputs, rule: str, path: str, what: str, hint: str) -> Problem:
    """A problem of a fact of the agreement, by its path."""
    return Problem(rule, f"{path}: {what}", inputs.agreement.at(path), hint)


def _own(inputs: Inputs) -> Iterator[tuple[str, OwnLine]]:
    yield from ((f"fees.lines.{n}", each) for n, each in enumerate(inputs.agreement.model.fees.lines))


def _add_ons(inputs: Inputs) -> dict[str, AddOn]:
    return {each.id: each for each in inputs.rates.model.add_ons}


def _every(inputs: Inputs, line: OwnLine) -> str:
    listed = _add_ons(inputs).get(line.add_on or "")
    return listed.every if listed else line.every


def ids_of(inputs: Inputs, *, once: bool) -> list[str]:
    """The ids of the lines that recur; with `once`, of those that are charged once, too."""
    own = [each.known_as for each in inputs.agreement.model.fees.lines if once or _every(inputs, each) != "once"]
    return [*(each.id for each in inputs.plan.model.prices), *own]


def _lines_are_named(inputs: Inputs) -> Iterator[Problem]:
    offered = _add_ons(inputs)
    for path, each in _own(inputs):
        if each.add_on is None and not (each.id and each.name):
            missing = "id" if not each.id else "name"
            yield problem_at(inputs, "unnamed-line", path, f"a line of your own needs its {missing}", f"add {missing}:")
        elif each.add_on is not None and each.add_on not in offered:
            what = f"{each.add_on} is not an add-on of {inputs.rates.at().path}"
            yield problem_at(inputs, "unknown-add-on", f"{path}.add_on", what, did_you_mean(each.add_on, offered))


def _ids_differ(inputs: Inputs) -> Iterator[Problem]:
    seen = {each.id for each in inputs.plan.model.prices} | set(_RESERVED)
    for path, each in _own(inputs):
        if each.known_as in seen:
            what = f"the id {each.known_as} is taken by another line, or by the program"
            yield problem_at(inputs, "doubled-line", path, what, "give this one another id:")
        seen.add(each.known_as)


def _lines_have_a_quantity(inputs: Inputs) -> Iterator[Problem]:
    for path, each in _own(inputs):
        if each.per and (each.quantity is not None or each.unit):
            what = f"per: {each.per} takes the number from the coverage, so there is no other unit or quantity"
            yield problem_at(inputs, "two-quantities", path, what, "keep per:, or keep unit: and quantity:")
        elif each.unit and each.quantity is None and each.included is None:
            what = "this counts units, but does not say how many"
            yield problem_at(inputs, "no-quantity", f"{path}.unit", what, "add quantity:")
        listed = _add_ons(inputs).get(each.add_on or "")
        per = each.per or (listed.per if listed and each.quantity is None else None)
        if per and not counts(inputs.agreement.model).get(per):
            what = f"the coverage counts no {per}, so {each.known_as} costs nothing"
            yield problem_at(inputs, "no-quantity", path, what, "add the class below coverage:, or a quantity:")


def _lines_are_priced(inputs: Inputs) -> Iterator[Problem]:
    currency, offered = inputs.agreement.model.currency, _add_ons(inputs)
    for path, each in _own(inputs):
        listed = offered.get(each.add_on or "")
        if each.price or each.tiers or (each.add_on and listed is None):
            continue
        if listed is None:
            yield problem_at(inputs, "no-price", path, f"{each.known_as} has no price", "add price:, like 4.50 USD")
        elif not in_currency(listed.price, currency):
            hint = f"add one to {inputs.rates.at('add_ons')}, or price: here"
            yield problem_at(inputs, "no-price", path, f"{each.add_on} has no price in {currency}", hint)
    for n, own in enumerate(inputs.agreement.model.fees.prices):
        if not own.price and not own.tiers:
            yield problem_at(inputs, "no-price", f"fees.prices.{n}", f"{own.line} has no price", "add price: or tiers:")


def _priced(inputs: Inputs) -> Iterator[tuple[str, Priced]]:
    yield from ((f"fees.prices.{n}", each) for n, each in enumerate(inputs.agreement.model.fees.prices))
    yield from _own(inputs)


def _tiers_follow_each_other(inputs: Inputs) -> Iterator[Problem]:
    for path, each in _priced(inputs):
        if each.tiers and each.pricing == "unit":
            what = "tiers are read in one of two ways, and this does not say which"
            hint = "add pricing: volume (all units at one price) or pricing: graduated (each unit at its tier's)"
            yield problem_at(inputs, "tiers", path, what, hint)
        elif each.pricing != "unit" and not each.tiers:
            yield problem_at(inputs, "tiers", f"{path}.pricing", f"{each.pricing} pricing needs tiers", "add tiers:")
        elif each.tiers and each.price:
            yield problem_at(inputs, "tiers", f"{path}.price", "there are tiers, too", "keep one of price: and tiers:")
        yield from _tiers(inputs, path, each)


def _tiers(inputs: Inputs, path: str, priced: Priced) -> Iterator[Problem]:
    before = 0
    for n, tier in enumerate(priced.tiers):
        at, last = f"{path}.tiers.{n}", n == len(priced.tiers) - 1
        if tier.price is None and tier.flat is None:
            yield problem_at(inputs, "tiers", at, "this tier costs nothing", "add price:, flat:, or both")
        if last != (tier.up_to is None):
            what = "the last tier has an end" if last else "a tier without an end is not the last"
            yield problem_at(inputs, "tiers", at, what, "give every tier but the last an up_to:")
        elif tier.up_to is not None and tier.up_to <= before:
            what = f"up_to: {tier.up_to} is not above the tier before it, {before}"
            yield problem_at(inputs, "tiers", f"{at}.up_to", what, "list the tiers from the smallest number up")
        before = tier.up_to or before


def _usage_is_priced(inputs: Inputs) -> Iterator[Problem]:
    for path, each in _own(inputs):
        if (each.included is None) != (each.overage is None):
            missing = "overage" if each.overage is None else "included"
            what = "usage beyond what is included needs both numbers"
            yield problem_at(inputs, "usage-terms", path, what, f"add {missing}:")
        elif each.included is not None and _every(inputs, each) != "month":
            what = "usage is counted by the month, and so is its line"
            yield problem_at(inputs, "usage-terms", f"{path}.included", what, "leave every: out")


def _lines_have_days_of_the_term(inputs: Inputs) -> Iterator[Problem]:
    if (days := days_of_term(inputs)) is None:
        return
    for path, each in _own(inputs):
        yield from ill_days(inputs, path, (each.first_day, each.last_day), days)
        if _every(inputs, each) == "once" and each.last_day:
            what = "what is charged once has no last day"
            yield problem_at(
                inputs, "line-days", f"{path}.last_day", what, "remove it; first_day is the day of the charge"
            )
        if each.since and each.since not in days:
            what = f"{each.since} is not a day of the term, {days.first} to {days.last}"
            yield problem_at(inputs, "line-days", f"{path}.since", what, "write the first day of this price")


def days_of_term(inputs: Inputs) -> DateRange | None:
    """The days of the initial term; None where they cannot be counted, which is reported elsewhere."""
    try:
        return initial_term(inputs.agreement.model)
    except (ValueError, OverflowError):
        return None


def ill_days(inputs: Inputs, path: str, said: tuple[date | None, date | None], days: DateRange) -> Iterator[Problem]:
    """Problems with a first and a last day that are not in the term, or not in order."""
    first, last = said
    if first and first not in days:
        what = f"{first} is not a day of the term, {days.first} to {days.last}"
        yield problem_at(inputs, "line-days", f"{path}.first_day", what, "write a day of the term, or leave it out")
    if last and last < (first or days.first):
        what = f"it ends on {last}, before it begins on {first or days.first}"
        yield problem_at(inputs, "line-days", f"{path}.last_day", what, "both days are inclusive")


def _instalments_add_up(inputs: Inputs) -> Iterator[Problem]:
    fees, days = inputs.agreement.model.fees, days_of_term(inputs)
    for path, each in _own(inputs):
        if each.instalments != 1 and _every(inputs, each) != "once":
            what = "only what is charged once is paid in instalments"
            yield problem_at(
                inputs, "instalments", f"{path}.instalments", what, "add every: once, or remove instalments:"
            )
        elif days and each.price:
            whole = each.price * (1 if each.quantity is None else each.quantity)
            first = each.first_day or days.first
            yield from _instalments(inputs, f"{path}.instalments", whole, (each.instalments, first, days.last))
    if fees.setup_instalments != 1 and not fees.setup:
        what = "there is no setup fee to pay in instalments"
        yield problem_at(inputs, "instalments", "fees.setup_instalments", what, "add setup:, or remove this")
    elif fees.setup and days:
        paid = (fees.setup_instalments, days.first, days.last)
        yield from _instalments(inputs, "fees.setup_instalments", fees.setup, paid)


def _instalments(inputs: Inputs, path: str, whole: Money, paid: tuple[int, date, date]) -> Iterator[Problem]:
    count, first, last = paid
    if not 1 <= count <= 120:
        yield problem_at(inputs, "instalments", path, f"{count} is not a number of instalments", "write 1 to 120")
        return
    if count > 1 and corresponding(first, count - 1) > last:
        what = f"the last of {count} instalments would be due on {corresponding(first, count - 1)}, after the term"
        yield problem_at(inputs, "instalments", path, what, f"let the last one be due by {last}")
    try:
        instalments(whole, count)
    except ValueError as error:
        yield problem_at(inputs, "instalments", path, str(error), "choose fewer instalments")


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
                yield problem_at(inputs, "included-twice", path, what, f"remove add_on: {part}, or the bundle")


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
)
