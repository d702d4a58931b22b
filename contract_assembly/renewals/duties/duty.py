"""A dated duty, and the duties that any agreement can have: licences that end, people who leave. Pure."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.clauses.clause_duty import DUTY_KINDS
from contract_assembly.core.explained_date import ExplainedDate, stated
from contract_assembly.renewals.context import BlockContext, RenewalContext
from contract_assembly.renewals.notice_delivery import Channel

# Every kind of duty: those of agreements, those that clauses promise, and those of the firm.
KINDS: tuple[str, ...] = (
    "letter", "price notice", "reminder", "statutory notice", "decision", "proposal", "answer", "renewal", "end", "unsigned",
    *DUTY_KINDS,
    "licence", "acceptance", "person", "block end", "block reminder", "block message",
    "approval", "law review",
)  # fmt: skip


class Duty(Struct, frozen=True):
    """One thing to do or to know: its last day (inclusive), its first day if there is one, the client, what and why.

    `kind` and `key` identify a duty permanently, even if its day changes. `way` is how the day was computed. A notice
    has `ways`: the last day for each way of delivery; `last` is then the first of these that is still ahead. `rhythm` is
    how often it comes again ("quarterly"); duties with one form a series with those of the same `kind` and `what`."""

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
    ways: tuple[tuple[Channel, ExplainedDate], ...] = ()
    rhythm: str = ""

    def as_of(self, on: date) -> "Duty":
        """The duty as of a day: due on the last day of the first way that is still open, and overdue only after the
        last day of all ways."""
        if not self.ways:
            return self
        by_day = sorted((way for _, way in self.ways), key=lambda way: way.day)
        way = next((each for each in by_day if each.day >= on), by_day[-1])
        return replace(self, last=way.day, way=way)


def duty_of(
    context: RenewalContext | BlockContext,
    kind: str,
    key: str,
    day: ExplainedDate | date,
    what: str,
    why: str,
    **more: Any,
) -> Duty:
    """A duty of an agreement; its day may have the steps of its computation."""
    way, last = (day, day.day) if isinstance(day, ExplainedDate) else (None, day)
    return Duty(
        kind=kind,
        key=key,
        client=context.client,
        agreement=context.name,
        last=last,
        what=what,
        why=why,
        way=way,
        status=context.inputs.agreement.model.status,
        **more,
    )


def licences(context: RenewalContext | BlockContext, *_: Any) -> Iterator[Duty]:
    """Licences that end, and vendor terms that are not accepted yet."""
    at = context.inputs.agreement.at
    for n, each in enumerate(context.inputs.agreement.model.licences):
        key = f"{each.product} {each.first_day}"
        if each.last_day:
            day = stated("last day", each.last_day, str(at(f"licences.{n}.last_day")))
            what = f"Licence ends: {each.quantity} {each.product}"
            yield duty_of(context, "licence", key, day=day, what=what, why=each.renewal)
        if each.holder == "provider-tenant" and not (each.accepted_by and each.accepted_on):
            day = stated("first day", each.first_day, str(at(f"licences.{n}.first_day")))
            what, why = f"Acceptance of the vendor's terms: {each.product}", "Terms are accepted before anyone uses it"
            yield duty_of(context, "acceptance", key, day=day, what=what, why=why)


def people(context: RenewalContext | BlockContext, *_: Any) -> Iterator[Duty]:
    """Contacts and signatories who leave."""
    agreed = context.inputs.agreement.model
    for side, pair in (("client", agreed.contacts.client), ("provider", agreed.contacts.provider)):
        for each in getattr(context.inputs, side).model.people:
            if each.until and each.id in {pair.primary, pair.deputy, getattr(agreed.signatories, side)}:
                what, why = f"{each.name} leaves ({side}, {each.role})", "Name a successor as contact or signatory"
                yield duty_of(context, "person", f"{side} {each.id}", day=each.until, what=what, why=why)
