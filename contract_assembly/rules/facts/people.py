"""Checks of the people of an agreement: contacts, deputies, signatories, the escalation ladder. Pure; tables of checks.

Each contact has an address of their own, a deputy is another person, and the two sides share no one.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from contract_assembly.core.problems import Problem
from contract_assembly.core.text import did_you_mean
from contract_assembly.facts.agreement import Agreed
from contract_assembly.facts.agreement_files import AnyInputs, BlockInputs, Inputs
from contract_assembly.facts.business_days import average_minutes
from contract_assembly.facts.parties import Person


def _people_are_known(inputs: AnyInputs[Any]) -> Iterator[Problem]:
    for path, side, person in _named(inputs.agreement.model):
        known, origin = _people(inputs, side), inputs.agreement.at(path)
        if person not in known:
            hint = did_you_mean(person, known)
            yield Problem("unknown-person", f"{path}: {person} is not one of the {side}'s people", origin, hint)
        elif (until := known[person].until) and until < _first_day(inputs):
            yield Problem("person-left", f"{path}: {known[person].name} left on {until}", origin, "name the successor")


def _people(inputs: AnyInputs[Any], side: str) -> Mapping[str, Person]:
    return {each.id: each for each in getattr(inputs, side).model.people}


def _first_day(inputs: AnyInputs[Any]) -> date:
    agreed = inputs.agreement.model
    first: date = agreed.block.first_day if isinstance(inputs, BlockInputs) else agreed.term.first_day
    return first


def _named(agreed: Agreed) -> Iterator[tuple[str, str, str]]:
    """Where a person is named, on which side, and by which id."""
    yield from _contacts(agreed)
    for position, step in enumerate(getattr(agreed.contacts, "escalation", ())):
        yield f"contacts.escalation.{position}.provider", "provider", step.provider
        yield f"contacts.escalation.{position}.client", "client", step.client
    yield "signatories.provider", "provider", agreed.signatories.provider
    yield "signatories.client", "client", agreed.signatories.client


def _contacts(agreed: Agreed) -> Iterator[tuple[str, str, str]]:
    for side in ("client", "provider"):
        for role in ("primary", "deputy"):
            if person := getattr(getattr(agreed.contacts, side), role):
                yield f"contacts.{side}.{role}", side, person


def _deputies_are_other_people(inputs: AnyInputs[Any]) -> Iterator[Problem]:
    """Only where a side has a second person: a firm of one person has no deputy, and its contract promises none."""
    contacts = inputs.agreement.model.contacts
    for side, pair in (("client", contacts.client), ("provider", contacts.provider)):
        others = [each for each in _people(inputs, side) if each != pair.primary]
        if others and pair.deputy == pair.primary:
            origin = inputs.agreement.at(f"contacts.{side}.deputy")
            hint = f"name another person as deputy, like {others[0]}, or remove deputy:"
            yield Problem("same-contact", f"the {side}'s deputy is its contact", origin, hint)
        elif others and pair.deputy is None:
            what = f"contacts.{side}: there is no deputy, and the {side} has other people"
            hint = f"add deputy: {others[0]}; without one the contract promises no deputy"
            yield Problem("no-deputy", what, inputs.agreement.at(f"contacts.{side}"), hint, "warning")


def _contacts_have_an_address_each(inputs: AnyInputs[Any]) -> Iterator[Problem]:
    """A mailbox that two contacts share reaches one of them, or neither."""
    seen: dict[tuple[str, str], str] = {}
    for path, side, name in _contacts(inputs.agreement.model):
        if person := _people(inputs, side).get(name):
            other = seen.setdefault((side, person.email.casefold()), name)
            if other != name:
                what, hint = (
                    f"{path}: {name} has the email address of {other}",
                    "give each contact an address of their own",
                )
                yield Problem("shared-email", what, inputs.agreement.at(path), hint)


def _sides_share_no_one(inputs: AnyInputs[Any]) -> Iterator[Problem]:
    ours = {each.email.casefold(): each.id for each in inputs.provider.model.people}
    for position, each in enumerate(inputs.client.model.people):
        if each.email.casefold() in ours:
            what = f"people: {each.id} has the email address of {ours[each.email.casefold()]}, one of the provider's people"
            origin = inputs.client.at(f"people.{position}.email")
            yield Problem("both-sides", what, origin, "name a person of the client")


def _ladder_climbs(inputs: Inputs) -> Iterator[Problem]:
    steps, calendar = inputs.agreement.model.contacts.escalation, inputs.calendar.model
    for position, (lower, higher) in enumerate(pairwise(steps), 1):
        if average_minutes(higher.after, calendar) < average_minutes(lower.after, calendar):
            what = f"contacts.escalation: step {position + 1} comes sooner than step {position}"
            origin = inputs.agreement.at(f"contacts.escalation.{position}.after")
            yield Problem("escalation-order", what, origin, "let each step come after the one below it")


COMMON = (
    _people_are_known,
    _deputies_are_other_people,
    _contacts_have_an_address_each,
    _sides_share_no_one,
)
CHECKS = (_ladder_climbs,)
