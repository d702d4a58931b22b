"""Checks of what an agreement states about its renewal, and of the agreement that it renews. Pure; a table of checks.

Each variant of a rise names all that it needs, and a term ends the day before the next."""

from collections.abc import Iterator
from datetime import timedelta

from contract_assembly.core.problems import Level, Problem
from contract_assembly.core.values import corresponding
from contract_assembly.facts.agreement import Agreement
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.price_index import published_by
from contract_assembly.facts.renewal_terms import Increase
from contract_assembly.facts.term_dates import Terms, rise_notice_day, terms

# Which facts a rule needs; the others belong to another rule.
_NEEDED: dict[str, str | None] = {"none": None, "on-notice": None, "fixed": "percent", "index": "series"}
_OWN_RISE = {"fixed", "index"}


def _increase_is_whole(inputs: Inputs) -> Iterator[Problem]:
    found, at = inputs.agreement.model.fees.increase, inputs.agreement.at
    needed = _NEEDED[found.rule]
    for name in ("percent", "series"):
        given = getattr(found, name) is not None
        if given and name != needed:
            what = f"fees.increase: {name} does not go with rule: {found.rule}"
            yield Problem("increase", what, at(f"fees.increase.{name}"), "remove it, or choose the rule that it is for")
        elif name == needed and not given:
            hint = f"add {name}: {'3 %' if name == 'percent' else 'the name of a file in provider/indices'}"
            yield Problem("increase", f"fees.increase: rule {found.rule} needs {name}", at("fees.increase"), hint)
    yield from _bounds(inputs, found)


def _index_is_known_in_time(inputs: Inputs) -> Iterator[Problem]:
    """The figure that a rise rests on is published before the last day for its notice, or the rise can never take place."""
    agreed, rule = inputs.agreement.model, inputs.agreement.model.fees.increase
    if rule.rule != "index" or inputs.index is None:
        return
    try:
        begins = terms(agreed.term).days(1).first.replace(day=1)
        deadline = rise_notice_day(agreed, inputs.calendar.model, 0)
        by = {
            lag: published_by(inputs.index.model, corresponding(begins, -lag))
            for lag in (rule.lag, *range(rule.lag, 37))
        }
    except (ValueError, OverflowError):
        return  # another check reports periods that cannot be counted
    if by[rule.lag] > deadline:
        month = corresponding(begins, -rule.lag)
        enough = next((lag for lag, day in by.items() if day <= deadline), None)
        what = (
            f"fees.increase.lag: the figure of {month:%B %Y} is published by {by[rule.lag]}, and its notice is due by "
            f"{deadline}: this rise can never take place"
        )
        hint = f"write lag: {enough} or more, or shorten increase_notice" if enough else "shorten increase_notice"
        level: Level = "error" if agreed.status == "draft" else "warning"
        yield Problem("index-late", what, inputs.agreement.at("fees.increase.lag"), hint, level)


def _rise_is_not_meant_twice(inputs: Inputs) -> Iterator[Problem]:
    """`renewal.increase` has an effect only where prices rise on notice."""
    meant, rule = inputs.agreement.model.renewal, inputs.agreement.model.fees.increase.rule
    if meant and meant.increase and meant.increase.value and rule in _OWN_RISE:
        what = f"renewal.increase: {meant.increase.value} % has no effect with fees.increase.rule: {rule}"
        yield Problem("increase", what, inputs.agreement.at("renewal.increase"), "remove it, or set rule: on-notice")


def _bounds(inputs: Inputs, found: Increase) -> Iterator[Problem]:
    cap, at = inputs.agreement.model.fees.increase_cap, inputs.agreement.at
    if found.percent and not 0 <= found.percent.value <= cap.value:
        what = f"fees.increase: {found.percent.value} % each time, and the cap is {cap.value} %"
        yield Problem("increase", what, at("fees.increase.percent"), f"write 0 to {cap.value} %, or raise increase_cap")
    if found.floor.value and not 0 <= found.floor.value <= cap.value:
        what = f"fees.increase: a floor of {found.floor.value} %, and the cap is {cap.value} %"
        hint = f"write 0 to {cap.value} %; below zero prices would fall, which the clause does not say"
        yield Problem("increase", what, at("fees.increase.floor"), hint)
    if found.decimals > 2:  # a Percent has no more
        yield Problem("increase", "fees.increase: at most 2 decimals", at("fees.increase.decimals"), "write 1 or 2")


def _follows_the_term_before(inputs: Inputs) -> Iterator[Problem]:
    """The first day is the day after a term of the agreement before, or after its early end."""
    every = _terms(inputs.before.model) if inputs.before else None
    if inputs.before is None or every is None:
        return
    first, before = inputs.agreement.model.term.first_day, inputs.before.model
    last = first - timedelta(days=1)
    ended = before.ended.last_day if before.ended else None
    number = every.number_on(last)
    due = ended or every.last(number or 0)
    if number is None or last != due:
        what = f"term.first_day: {first} is not the day after {due}, the last day of {inputs.before.at().path}"
        hint = f"write {due + timedelta(days=1)}; a day between two terms has no agreement, and a shared one has two"
        yield Problem("renewal-day", what, inputs.agreement.at("term.first_day"), hint)


def _notices_are_about_a_renewal(inputs: Inputs) -> Iterator[Problem]:
    """A recorded notice names the first day of a term that follows, and was sent before that day, under the agreement."""
    agreed, at = inputs.agreement.model, inputs.agreement.at
    every = _terms(agreed)
    if every is None:
        return
    for n, each in enumerate(agreed.notices):
        number = every.number_on(each.term)
        if not number or every.days(number).first != each.term:
            what = f"notices.{n}: no renewal begins on {each.term}"
            hint = f"the first one begins on {every.days(1).first}"
            yield Problem("notice-term", what, at(f"notices.{n}.term"), hint)
        elif each.sent >= each.term:
            what = f"notices.{n}: sent on {each.sent}, and the term began on {each.term}"
            yield Problem("notice-term", what, at(f"notices.{n}.sent"), "check both days")
        elif each.sent < corresponding(agreed.term.first_day, -12):
            what = (
                f"notices.{n}: sent on {each.sent}, over a year before the agreement begins on {agreed.term.first_day}"
            )
            yield Problem("notice-term", what, at(f"notices.{n}.sent"), "check the year")


def _terms(agreed: Agreement) -> Terms | None:
    """The terms of an agreement; None where they cannot be counted, which another check reports."""
    try:
        return terms(agreed.term)
    except (ValueError, OverflowError):
        return None


def _ends_within(inputs: Inputs) -> Iterator[Problem]:
    ended, first = inputs.agreement.model.ended, inputs.agreement.model.term.first_day
    if ended and ended.last_day < first:
        what = f"ended: the last day is {ended.last_day}, before the first, {first}"
        yield Problem("ended-before", what, inputs.agreement.at("ended.last_day"), "write the last day of the services")


CHECKS = (
    _increase_is_whole,
    _index_is_known_in_time,
    _rise_is_not_meant_twice,
    _follows_the_term_before,
    _notices_are_about_a_renewal,
    _ends_within,
)
