"""A dated duty, and those that any agreement brings: licences that end, people who leave. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from contract_assembly.core.explained_date import ExplainedDate, stated
from contract_assembly.renewals.context import BlockMatter, RenewalContext


@dataclass(frozen=True)
class Duty:
    """One thing to do or to know: until which day (inclusive), from which day on if not before, for whom, what and why."""

    kind: str
    key: str
    client: str
    agreement: str
    last: date
    what: str
    why: str
    first: date | None = None
    way: ExplainedDate | None = None
    done: bool = False
    status: str = "signed"


def duty_of(
    matter: RenewalContext | BlockMatter,
    kind: str,
    key: str,
    day: ExplainedDate | date,
    what: str,
    why: str,
    **more: Any,
) -> Duty:
    """A duty of an agreement; its day may come with the steps that led to it."""
    way, last = (day, day.day) if isinstance(day, ExplainedDate) else (None, day)
    status = matter.inputs.agreement.model.status
    return Duty(kind, key, matter.client, matter.name, last, what, why, way=way, status=status, **more)


def licences(matter: RenewalContext | BlockMatter, *_: int) -> Iterator[Duty]:
    """Licences that end, and terms of a vendor that nobody has accepted yet."""
    at = matter.inputs.agreement.at
    for n, each in enumerate(matter.inputs.agreement.model.licences):
        key = f"{each.product} {each.first_day}"
        if each.last_day:
            day = stated("last day", each.last_day, str(at(f"licences.{n}.last_day")))
            what = f"Licence ends: {each.quantity} {each.product}"
            yield duty_of(matter, "licence", key, day, what, each.renewal)
        if each.holder == "provider-tenant" and not (each.accepted_by and each.accepted_on):
            day = stated("first day", each.first_day, str(at(f"licences.{n}.first_day")))
            what, why = f"Acceptance of the vendor's terms: {each.product}", "Terms are accepted before anyone uses it"
            yield duty_of(matter, "acceptance", key, day, what, why)


def people(matter: RenewalContext | BlockMatter, *_: int) -> Iterator[Duty]:
    """Contacts and signatories who leave."""
    agreed = matter.inputs.agreement.model
    for side, pair in (("client", agreed.contacts.client), ("provider", agreed.contacts.provider)):
        for each in getattr(matter.inputs, side).model.people:
            if each.until and each.id in {pair.primary, pair.deputy, getattr(agreed.signatories, side)}:
                what = f"{each.name} leaves ({side}, {each.role})"
                yield duty_of(
                    matter, "person", f"{side} {each.id}", each.until, what, "Name a successor as contact or signatory"
                )
