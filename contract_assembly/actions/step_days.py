"""Check the days of a step against the term of the agreement and earlier events. The clock is not used.

An implausible day is refused, because a mistyped year is the most common mistake, and the hardest to notice later.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from contract_assembly.blocks.book import purchases
from contract_assembly.blocks.loader import book_of
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem
from contract_assembly.core.values import DateRange, corresponding
from contract_assembly.facts.agreement import Agreement
from contract_assembly.facts.agreement_files import BlockInputs
from contract_assembly.facts.term_dates import days_in_force, number_following, terms
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import FROZEN
from contract_assembly.repository.record_file import recorded

EARLIEST = 12  # months before the first day that a contract may be signed
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


class StepDays(Struct, frozen=True):
    """The days of one agreement against which steps are checked."""

    repository: Repository
    client: str
    name: str

    @property
    def inputs(self) -> Any:
        """The agreement's files."""
        return self.repository.inputs(self.client, self.name)

    @property
    def at(self) -> Origin:
        """Where the status of the agreement is written."""
        found: Origin = self.inputs.agreement.at("status")
        return found

    @property
    def folder(self) -> str:
        """Its folder below the root."""
        return folder_of(self.client, self.name)

    def signed_on(self, document: str) -> date | None:
        """The day on which a document was signed, according to the record."""
        signed = recorded(self.repository, self.folder).of(document).signed
        return signed.on if signed else None

    def successor(self) -> tuple[str, Agreement] | None:
        """The agreement that renews this one, if there is one."""
        for each in self.repository.agreements(self.client):
            agreed: Any = self.repository.agreed(self.client, each).model
            if isinstance(agreed, Agreement) and agreed.renews == self.name:
                return each, agreed
        return None

    def horizon(self) -> date:
        """The last day that a step can have: the end of the term after the one with the latest event."""
        inputs = self.inputs
        if isinstance(inputs, BlockInputs):
            return corresponding(days_in_force(inputs).last, 12)
        if inputs.agreement.model.term.renewal != "automatic":
            return days_in_force(inputs).last
        return self.term(self._term_heard_of() + 1).last

    def term(self, number: int) -> DateRange:
        """The initial term (0), or a renewal term."""
        return terms(self.inputs.agreement.model.term).days(number)

    def term_on(self, day: date) -> DateRange:
        """The term that contains a day."""
        agreed = self.inputs.agreement.model.term
        if agreed.renewal != "automatic":
            return self.term(0)
        return self.term(number_following(agreed, day))

    def _term_heard_of(self) -> int:
        agreed = self.inputs.agreement.model.term
        last = max([*self._heard_of(), agreed.first_day])
        return number_following(agreed, last)

    def _heard_of(self) -> Iterator[date]:
        """Days on which something happened under the agreement: signatures, documents, service, notices."""
        documents = recorded(self.repository, self.folder).documents.values()
        yield from (each.signed.on for each in documents if each.signed)
        yield from (each.sent for each in self.inputs.agreement.model.notices)
        paths = [f"{self.folder}/documents/{each}.yaml" for each in self.repository.documents(self.client, self.name)]
        for path in (*paths, f"{self.folder}/service.yaml"):
            if self.repository.source.has(path):
                yield from _days(self.repository.text(path))


def _days(text: str) -> Iterator[date]:
    for each in _DAY.findall(text):
        try:
            yield date.fromisoformat(each)
        except ValueError:  # a build reports it
            continue


# ---- signing


def signing(days: StepDays, document: str, on: date, at: Origin) -> Iterator[Problem]:
    """Problems with the day on which a contract or an amendment was signed."""
    force = days_in_force(days.inputs)
    contract = days.signed_on("contract")
    first = contract or corresponding(force.first, -EARLIEST)
    since = "when the contract was signed" if contract else f"{EARLIEST} months before its first day, {force.first}"
    if (number := _number(document)) and (before := days.signed_on(f"amendment-{number - 1}")):
        first, since = before, f"when amendment-{number - 1} was signed"
    last = days.horizon() if contract else force.last
    if on < first:
        yield _outside(f"{document} cannot have been signed on {on}: that is before {first}, {since}", at)
    elif on > last:
        what = f"{document} cannot have been signed on {on}: the term that it is for ends on {last}"
        yield _outside(what, at)


def accepted_later(days: StepDays, document: str, on: date) -> Iterator[str]:
    """Notes on licences whose terms were accepted, as a contract prints it, only after the day on which it was signed."""
    licences = days.inputs.agreement.model.licences if document == "contract" else ()
    for each in licences:
        if each.accepted_on and each.accepted_on > on:
            yield (
                f"the contract says that the terms of {each.product} were accepted on {each.accepted_on}, "
                f"after it was signed on {on}: check that day"
            )


def _number(document: str) -> int:
    head, _, tail = document.partition("amendment-")
    return int(tail) if not head and tail.isdigit() else 0


# ---- amending


def amending(days: StepDays, on: date, effective: date, before: Any) -> Iterator[Problem]:
    """Problems with the date of an amendment and its first day. `before` is the last amendment's model, or None."""
    at, last, signed = days.at, _last_day(days), days.signed_on("contract")
    if signed and on < signed:
        yield _outside(f"--on {on} is before {signed}, when the contract was signed", at)
    first = before.effective if before else days_in_force(days.inputs).first
    if effective < first:
        since = f"amendment {before.number} takes effect" if before else "the agreement begins"
        yield _outside(f"--effective {effective} is before {first}, when {since}", at)
    for name, day in (("--on", on), ("--effective", effective)):
        if day > last:
            yield _outside(f"{name} {day} is after {last}, the last day that this agreement is known to run", at)


def _last_day(days: StepDays) -> date:
    ended, after = getattr(days.inputs.agreement.model, "ended", None), days.successor()
    ends: list[date] = [days.horizon()]
    if ended:
        ends.append(ended.last_day)
    if after:
        ends.append(after[1].term.first_day - timedelta(days=1))
    return min(ends)


# ---- ending


class AgreementEnd(Struct, frozen=True):
    """How an agreement ends: early, or at the end of its term; `says` has notes for people. With `expire`, the last day
    of a block's expired hours goes into its account."""

    early: bool
    says: tuple[str, ...]
    expire: bool = False


def ending(days: StepDays, on: date, *, by: str, reason: str) -> AgreementEnd | Problem:
    """Check the last day of an agreement: how it ends, or why it cannot end then."""
    if isinstance(days.inputs, BlockInputs):
        return _block(days, on)
    force, last = days_in_force(days.inputs), days.horizon()
    if not force.first <= on <= last:
        what = f"{on} cannot be the last day: the agreement runs from {force.first}, and is known until {last} at most"
        return _outside(what, days.at)
    if (signed := days.signed_on("contract")) and on < signed:
        return _outside(f"{on} cannot be the last day: the contract was signed on {signed}", days.at)
    if (after := days.successor()) and after[1].status in FROZEN and after[1].term.first_day <= on:
        return _outside(f"{on} cannot be the last day: {after[0]} follows it from {after[1].term.first_day}", days.at)
    current = days.term_on(on)
    by_itself = on == current.last and _does_not_renew(days, on)
    if not by_itself and not (by and reason):
        return _unfounded(days, on, current.last)
    return AgreementEnd(bool(by and reason), tuple(_notes(days, on, current.last, by, reason)))


def _does_not_renew(days: StepDays, on: date) -> bool:
    """Whether nothing follows a term in this agreement, because it was declined, because another agreement follows, or
    because it never renews."""
    agreed, begins = days.inputs.agreement.model, on + timedelta(days=1)
    declined = any(each.says == "decline" and each.term == begins for each in agreed.notices)
    after = days.successor()
    follows = after is not None and after[1].status != "draft" and after[1].term.first_day == begins
    return agreed.term.renewal != "automatic" or declined or follows


def _unfounded(days: StepDays, on: date, last: date) -> Problem:
    if on == last:
        what = f"the agreement renews by itself after {last}, and no notice says otherwise"
        hint = f"record the notice below notices: (says: decline, term: {last + timedelta(days=1)}), or give --by and --reason"
        return Problem("no-reason", what, days.at, hint)
    what = f"the term ends on {last}; who ended the agreement early, and why, is missing"
    hint = '--by client, provider or both, and --reason with the section: --reason "Section 20.1"'
    return Problem("no-reason", what, days.at, hint)


def _notes(days: StepDays, on: date, last: date, by: str, reason: str) -> Iterator[str]:
    whom = {"client": "the client ended it", "provider": "the provider ended it", "both": "both parties ended it"}
    early = f", {(last - on).days} days before its term" if on < last else ""
    yield f"{days.client}/{days.name} ends on {on:%A} {on}{early}{f': {whom[by]}, {reason}' if by and reason else ''}"
    yield "due and renew leave it out from now on; --set signed --reason REASON takes this back"
    if (after := days.successor()) and after[1].status in {"draft", "sent"}:
        yield f"{after[0]} renews it and is {after[1].status}: withdraw it, if there is no next term"


def _block(days: StepDays, on: date) -> AgreementEnd | Problem:
    book = book_of(days.repository, days.client, days.name)
    account = book.account.model
    valid = max(each.last_day for each in purchases(book, on))
    known = [account.ended.on] if account.ended else []
    if moved := account.conversion:
        known += [moved.first_day - timedelta(days=1), moved.signed]
    if on in known or (not known and on == valid):
        ends = f"{days.client}/{days.name} ends on {on:%A} {on}"
        left = "due and block forecast leave it out once its last statement is sent"
        return AgreementEnd(early=False, says=(ends, left), expire=not known)
    if known:
        return _outside(f"{on} is not the day on which the block ended by its account: {known[0]}", days.at)
    hint = "an early end of a block is part of its account: write ended: {on: DATE, because: …} into account.yaml"
    return Problem("status-step", f"the hours are valid until {valid}, and {on} is not that day", days.at, hint)


def dependents(days: StepDays, document: str, *, ended: bool = False) -> Iterator[Problem]:
    """Problems with going back: what was done since a document was signed or, with `ended`, since the agreement
    ended."""
    names = () if ended else days.repository.documents(days.client, days.name)
    for each in names:
        if _number(each) > _number(document):
            what = f"{each} is made from {document} as it was signed"
            yield Problem(
                "depended-on", what, days.at, f"remove {days.folder}/documents/{each}.yaml first, if it is a draft"
            )
    after = days.successor()
    if after and after[1].status != "draft":
        what = f"{after[0]} renews this agreement, and is {after[1].status}"
        yield Problem("depended-on", what, days.at, f"take {after[0]} back to draft first, if it is only sent")


def _outside(what: str, at: Origin) -> Problem:
    return Problem("day-outside-term", what, at, "check the year and the day")
