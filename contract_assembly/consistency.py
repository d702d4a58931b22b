"""What can be wrong between the files of one agreement, each well-formed by itself. Pure; a table of checks."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from contract_assembly.agreement import Agreement
from contract_assembly.inputs import Inputs
from contract_assembly.offer import Price
from contract_assembly.problems import Problem
from contract_assembly.reckoning import counts, decision_day, in_currency, initial_term
from contract_assembly.text import did_you_mean
from contract_assembly.typed import Located
from contract_assembly.workdays import closed_days


def problems(inputs: Inputs) -> Iterator[Problem]:
    """What is wrong between the files: unknown people and lines, mixed currencies, terms that cannot be counted."""
    for check in CHECKS:
        yield from check(inputs)


def _people_are_known(inputs: Inputs) -> Iterator[Problem]:
    sides: dict[str, Located[Any]] = {"provider": inputs.provider, "client": inputs.client}
    for path, side, person in _named_people(inputs.agreement.model):
        known = {each.id: each for each in sides[side].model.people}
        origin = inputs.agreement.at(path)
        if person not in known:
            hint = did_you_mean(person, known)
            yield Problem("unknown-person", f"{path}: {person} is nobody in the {side}'s people", origin, hint)
        elif (until := known[person].until) and until < inputs.agreement.model.term.first_day:
            yield Problem("person-left", f"{path}: {known[person].name} left on {until}", origin, "name the successor")


def _named_people(agreement: Agreement) -> Iterator[tuple[str, str, str]]:
    contacts = agreement.contacts
    yield "contacts.client.primary", "client", contacts.client.primary
    yield "contacts.client.deputy", "client", contacts.client.deputy
    yield "contacts.provider.primary", "provider", contacts.provider.primary
    yield "contacts.provider.deputy", "provider", contacts.provider.deputy
    for position, step in enumerate(contacts.escalation):
        yield f"contacts.escalation.{position}.provider", "provider", step.provider
        yield f"contacts.escalation.{position}.client", "client", step.client
    yield "signatories.provider", "provider", agreement.signatories.provider
    yield "signatories.client", "client", agreement.signatories.client


def _contacts_are_distinct(inputs: Inputs) -> Iterator[Problem]:
    contacts = inputs.agreement.model.contacts
    for side, pair in (("client", contacts.client), ("provider", contacts.provider)):
        if pair.primary == pair.deputy:
            origin = inputs.agreement.at(f"contacts.{side}.deputy")
            yield Problem("same-contact", f"the {side}'s deputy is its contact", origin, "name somebody else as deputy")


def _one_currency(inputs: Inputs) -> Iterator[Problem]:
    agreement = inputs.agreement.model
    stated = [(f"fees.prices.{n}.price", each.price) for n, each in enumerate(agreement.fees.prices)]
    stated += [("contacts.client.approval_limit", agreement.contacts.client.approval_limit)]
    stated += [("fees.setup", agreement.fees.setup)] if agreement.fees.setup else []
    for path, money in stated:
        if money.currency != agreement.currency:
            what = f"{path} is in {money.currency}, the agreement in {agreement.currency}"
            yield Problem("mixed-currencies", what, inputs.agreement.at(path), "use one currency in an agreement")


def _prices_are_known(inputs: Inputs) -> Iterator[Problem]:
    agreement, plan = inputs.agreement.model, inputs.plan.model
    lines = {line.id: line for line in plan.prices}
    own = {each.line for each in agreement.fees.prices}
    for position, each in enumerate(agreement.fees.prices):
        if each.line not in lines:
            origin = inputs.agreement.at(f"fees.prices.{position}.line")
            yield Problem(
                "unknown-price", f"{each.line} is no line of plan {plan.id}", origin, did_you_mean(each.line, lines)
            )
    covered = counts(agreement)
    for position, line in enumerate(plan.prices):
        if covered.get(line.per) and line.id not in own and not in_currency(line.price, agreement.currency):
            hint = f"add a price to {inputs.plan.at(f'prices.{position}')}, or one of this agreement's own"
            yield Problem(
                "no-price", f"{line.id} has no price in {agreement.currency}", inputs.agreement.at("currency"), hint
            )
    yield from _unpriced(inputs, plan.prices, covered)


def _unpriced(inputs: Inputs, prices: tuple[Price, ...], covered: Mapping[str, int]) -> Iterator[Problem]:
    if not any(covered.get(line.per) for line in prices):
        yield Problem(
            "no-price", "nothing that is covered has a price", inputs.agreement.at("coverage"), "see the plan's prices"
        )


def _rates_are_known(inputs: Inputs) -> Iterator[Problem]:
    currency = inputs.agreement.model.currency
    for position, role in enumerate(inputs.rates.model.roles):
        if not in_currency(role.rate, currency):
            origin = inputs.rates.at(f"roles.{position}.rate")
            yield Problem(
                "no-price", f"{role.role} has no rate in {currency}", origin, f"add one, like 125.00 {currency}"
            )


def _parties_differ(inputs: Inputs) -> Iterator[Problem]:
    if inputs.provider.model.party.name == inputs.client.model.party.name:
        yield Problem(
            "same-party", "the client has the provider's name", inputs.client.at("party.name"), "name the client"
        )


def _periods_can_be_counted(inputs: Inputs) -> Iterator[Problem]:
    for path, count in (
        ("term.length", lambda: initial_term(inputs.agreement.model)),
        ("term.renewal_length", lambda: inputs.agreement.model.term.renewal_length.months),
        ("term.notice", lambda: decision_day(inputs.agreement.model, inputs.calendar.model)),
        ("term", lambda: closed_days(inputs.calendar.model, initial_term(inputs.agreement.model))),
    ):
        if found := _not_countable(count):
            yield Problem(
                "period", f"{path}: {found}", inputs.agreement.at(path), "write months for a term, days for a notice"
            )


def _not_countable(count: Callable[[], object]) -> str | None:
    try:
        count()
    except (ValueError, OverflowError) as error:
        return str(error)
    return None


def _term_is_after_notice(inputs: Inputs) -> Iterator[Problem]:
    agreement = inputs.agreement.model
    if _not_countable(lambda: decision_day(agreement, inputs.calendar.model)):
        return
    if decision_day(agreement, inputs.calendar.model) <= agreement.term.first_day:
        what = "the last day to decline the renewal comes before the term starts"
        yield Problem("period", what, inputs.agreement.at("term.notice"), "shorten the notice or lengthen the term")


CHECKS = (
    _people_are_known,
    _contacts_are_distinct,
    _one_currency,
    _prices_are_known,
    _rates_are_known,
    _parties_differ,
    _periods_can_be_counted,
    _term_is_after_notice,
)
