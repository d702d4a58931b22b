"""The agreement of a support contract, made from the file of the prepaid block that it replaces and from a proposal. Pure.

What both kinds of agreement have in common stays as written, with comments: law, courts, currency, contacts, tax,
licences, personal data, signatories. What belongs to the block is left out; plan, term, coverage and fees come from the
proposal."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import Struct

from contract_assembly.blocks.book import Book
from contract_assembly.core.values import Money
from contract_assembly.facts.account import Environment
from contract_assembly.facts.agreement import Site
from contract_assembly.letters.proposal import Proposal, commitments
from contract_assembly.repository.yaml_editor import (
    AGREEMENT_DEPTH,
    Changes,
    apply,
    block,
    data_of,
    indent_of,
    new_file,
)

Path = tuple[str | int, ...]
_TITLE = "IT Support Agreement"
_PLAIN = ("id", "title", "kind", "status", "version", "law", "courts", "locale", "currency", "provider", "calendar")
_KEPT = (*_PLAIN, "contacts", "tax", "licences", "data", "signatories")
_HEAD = re.compile(r"\A(?:[ \t]*(?:#.*)?\r?\n)*")


class Accepted(Struct, frozen=True):
    """A proposal that was accepted: the plan, the contract's first day, the day both parties sign, and the credit for the
    unused hours with their number."""

    proposal: Proposal
    plan: str
    first_day: date
    signed: date
    credit: Money
    hours: Decimal


def contract_from_block(text: str, book: Book, accepted: Accepted) -> str:
    """The text of the contract's `agreement.yaml`, made from the block's. Raises EditError if the contacts are written
    on one line."""
    agreed, found = book.inputs.agreement, data_of(text)
    values: dict[Path, str] = {
        ("id",): f"{agreed.model.id}-S",
        ("title",): _TITLE,
        ("kind",): "support",
        ("status",): "draft",
        ("version",): "1",
    }
    last = [name for name in found if name in _PLAIN][-1]
    lines: dict[Path, list[str]] = {
        (last,): _new_sections(book, accepted),
        ("contacts",): _escalation(book, indent_of(text, ("contacts",))),
    }
    dropped: list[Path] = [(name,) for name in found if name not in _KEPT]
    made = apply(text, Changes(values, dropped, lines), agreed.at())
    comments = (
        f"Made from the proposal of {accepted.proposal.date}; the unused hours of {agreed.model.id} count as a credit.",
        "Check the id, and the people and times of the escalation.",
    )
    return new_file("agreement", AGREEMENT_DEPTH, comments, {}) + _HEAD.sub("", made, count=1)


def _new_sections(book: Book, accepted: Accepted) -> list[str]:
    link = {"converts": book.folder.rpartition("/")[2], "plan": accepted.plan}
    parts: tuple[dict[str, Any], ...] = (
        link,
        {"term": _term(accepted)},
        {"coverage": _coverage(book)},
        {"fees": _fees(book, accepted)},
    )
    return "\n".join(map(block, parts)).splitlines()


def _term(accepted: Accepted) -> dict[str, Any]:
    terms = accepted.proposal.terms
    return {
        "first_day": accepted.first_day.isoformat(),
        "length": terms.length.text,
        "renewal": terms.renewal,
        "renewal_length": terms.renewal_length.text,
        "notice": terms.notice.text,
    }


def _coverage(book: Book) -> dict[str, Any]:
    environment = book.account.model.environment
    assert environment is not None  # noqa: S101  # a plan was priced with it
    return {
        "users": environment.users,
        "sites": [{"name": each.name, "address": each.address} for each in _sites(book, environment)],
        "assets": [{"kind": each.kind, "count": each.count} for each in environment.assets if each.count],
    }


def _sites(book: Book, environment: Environment) -> tuple[Site, ...]:
    if environment.places:
        return environment.places
    address = book.inputs.client.model.party.address
    town = [address.city, f"{address.region} {address.postcode}" if address.region else address.postcode]
    return (Site(name="Office", address=", ".join([*address.lines, *town])),)


def _fees(book: Book, accepted: Accepted) -> dict[str, Any]:
    terms, commitment = accepted.proposal.terms, commitments(accepted.proposal)[accepted.plan]
    worth = accepted.credit
    credit = {
        "amount": f"{worth.amount} {worth.currency}",
        "hours": accepted.hours,
        "block": book.inputs.agreement.model.id,
        "as_of": accepted.signed.isoformat(),
    }
    return {
        **({"commitment": commitment.text} if commitment else {}),
        "billing": terms.billing,
        "due": terms.due.text,
        "increase_cap": f"{terms.increase_cap.value} %",
        "increase_notice": terms.increase_notice.text,
        **({"credit": credit} if worth.amount else {}),
    }


def _escalation(book: Book, margin: int) -> list[str]:
    """The escalation steps that a support contract adds: from the deputies, or the contacts, to the signatories."""
    agreed = book.inputs.agreement.model
    client, provider, signs = agreed.contacts.client, agreed.contacts.provider, agreed.signatories
    steps = (
        (provider.deputy or provider.primary, client.primary, "1 business hour"),
        (provider.primary, client.deputy or client.primary, "2 business hours"),
        (signs.provider, signs.client, "4 business hours"),
    )
    ladder = [dict(zip(("provider", "client", "after"), each, strict=True)) for each in steps]
    return [f"{' ' * margin}{line}" for line in block({"escalation": ladder}).splitlines()]
