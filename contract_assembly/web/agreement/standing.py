"""Where an agreement is: its documents and what is in the way, the rules of law, rounds of negotiation, and the next step with
the command for it. Reads through the repository."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from contract_assembly.actions.agreement_list import listed
from contract_assembly.actions.lifecycle import StatusRow, status_rows
from contract_assembly.actions.negotiation import rounds
from contract_assembly.build.assessment import Assessed
from contract_assembly.clauses.law_rules import LawFinding
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import with_count
from contract_assembly.facts.negotiation import FOLDER
from contract_assembly.facts.outline import CONTRACT
from contract_assembly.renewals.duties.duty import Duty
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import GONE_OUT, DocumentRecord
from contract_assembly.repository.record_file import recorded

FORMATS = ("pdf", "docx", "eml")  # files of a document that people open


class DocumentRow(Struct, frozen=True):
    """A document: its status, the day of its signature, what is in its way, and the files that are there, by name."""

    name: str
    status: str
    signed: date | None
    open: tuple[Problem, ...]
    files: tuple[str, ...]


class LawRow(Struct, frozen=True):
    """A rule of law that applies: how it stands, and why."""

    id: str
    title: str
    state: str
    how: str
    requires: str
    consequence: str
    authority: str
    verified: str
    window: tuple[date, date] | None
    origin: Origin


class RoundRow(Struct, frozen=True):
    """A round of negotiation: what came back, how many changes are undecided, and whether the decisions were carried out."""

    number: int
    sender: str
    received: date
    changes: int
    open: int
    applied: bool
    origin: Origin


class NextStep(Struct, frozen=True):
    """What comes next, and the command for it; empty where nothing is to be done."""

    words: str
    command: str = ""


def document_rows(repository: Repository, client: str, agreement: str) -> tuple[DocumentRow, ...]:
    """Every document of an agreement, the contract first."""
    folder = folder_of(client, agreement)
    record = recorded(repository, folder)
    return tuple(
        _document(repository, folder, each, record.of(each.document))
        for each in status_rows(repository, [(client, agreement)])
    )


def _document(repository: Repository, folder: str, row: StatusRow, record: DocumentRecord) -> DocumentRow:
    names = [f"{row.document}.{suffix}" for suffix in FORMATS]
    copy = record.signed.countersigned if record.signed else None
    signed = [*record.signed.files, *([copy.file] if copy else [])] if record.signed else []
    known = [name for name in dict.fromkeys((*signed, *names)) if name.rpartition(".")[2] in FORMATS]
    there = tuple(name for name in known if repository.source.has(f"{folder}/{name}"))
    return DocumentRow(row.document, row.status, record.signed.on if record.signed else None, row.open, there)


def law_rows(found: Assessed) -> tuple[LawRow, ...]:
    """The rules of law that apply, those that need something first."""
    confirmed = {each.gate: each for each in found.inputs.agreement.model.confirmations}
    rows = [_law(each, _confirmation(confirmed.get(each.rule.confirm or ""))) for each in found.about.law]
    return tuple(sorted(rows, key=lambda row: _STATES.index(row.state)))


_STATES = ("broken", "to be confirmed", "to be done", "kept", "to know")


def _confirmation(found: object) -> str:
    return f"confirmed by {found.by} on {found.on}" if found else ""  # type: ignore[attr-defined]


def _law(each: LawFinding, confirmed: str) -> LawRow:
    rule = each.rule
    verified = f"verified by {rule.verified_by}" if rule.verified_by != "none" else "not verified by counsel"
    return LawRow(
        id=rule.id,
        title=rule.title,
        state=each.state,
        how=confirmed or _HOW[each.state],
        requires=rule.requires,
        consequence=rule.consequence,
        authority=rule.authority,
        verified=verified,
        window=each.window,
        origin=each.origin,
    )


_HOW: Mapping[str, str] = {
    "broken": "the facts break it",
    "to be confirmed": "a person must confirm it in the facts",
    "to be done": "it must be done within the days shown",
    "kept": "the facts keep it",
    "to know": "nothing in the facts depends on it",
}


def round_rows(repository: Repository, client: str, agreement: str) -> tuple[RoundRow, ...]:
    """The rounds of a negotiation, the last one first. Raises RefusedError with the problems of their files."""
    return tuple(
        _round(repository, client, agreement, each) for each in reversed(rounds.numbers(repository, client, agreement))
    )


def _round(repository: Repository, client: str, agreement: str, number: int) -> RoundRow:
    found = rounds.load(repository, client, agreement, number)
    model = found.model
    return RoundRow(
        number=number,
        sender=model.sender or "",
        received=model.received,
        changes=len(model.changes),
        open=len(model.open),
        applied=model.applied,
        origin=Origin(f"{folder_of(client, agreement)}/{FOLDER}/{number}.yaml"),
    )


# ---- the next step


class AgreementStanding(Struct, frozen=True):
    """An agreement as of a day, with its documents and what comes up."""

    repository: Repository
    client: str
    agreement: str
    on: date
    documents: tuple[DocumentRow, ...]
    coming: tuple[Duty, ...]

    @property
    def contract(self) -> DocumentRow | None:
        """Its contract; None where its documents cannot be listed."""
        return next((each for each in self.documents if each.name == CONTRACT), None)

    @property
    def target(self) -> str:
        """Its name in a command."""
        return f"{self.client}/{self.agreement}"


def next_step(case: AgreementStanding, rows: tuple[RoundRow, ...]) -> NextStep:
    """What comes next for an agreement; `rows` are the rounds of its negotiation."""
    undecided = next((each for each in rows if each.open), None)
    if undecided:
        words = f"Decide {with_count(undecided.open, 'change')} of round {undecided.number} of the negotiation"
        return NextStep(words, f"build.py negotiate {case.target}")
    status = case.contract.status if case.contract else "unknown"
    return next(_NEXT.get(status, _unknown)(case), NextStep("Nothing is due"))


def _draft(case: AgreementStanding) -> Iterator[NextStep]:
    count = len(case.contract.open) if case.contract else 0
    if count:
        yield NextStep(
            f"Settle {with_count(count, 'point')} below; then it can be sent", f"build.py status {case.target}"
        )
    yield NextStep("It is ready to be sent", f"build.py status {case.target} --set sent")


def _sent(case: AgreementStanding) -> Iterator[NextStep]:
    if case.contract and case.contract.open:
        yield NextStep("Something is not as it was sent: see below", f"build.py status {case.target}")
    words = "It waits for signature; file the signed copy when it comes back"
    yield NextStep(words, f"build.py status {case.target} --set signed --signed-file FILE.pdf")


def _signed(case: AgreementStanding) -> Iterator[NextStep]:
    if case.contract and case.contract.open:
        yield NextStep("A signed file is not as it was signed: see below", f"build.py check --client {case.target}")
    if follows := _following(case):
        yield NextStep(f"It continues as {follows}")
    for duty in case.coming:
        late = "" if duty.last >= case.on else ", overdue"
        yield NextStep(f"{duty.what}, by {duty.last}{late}", f"build.py due --client {case.client} --explain")
    yield NextStep(_listed(case))


def _following(case: AgreementStanding) -> str:
    """The agreement that renews this one and has gone out; empty if there is none."""
    for other in case.repository.agreements(case.client):
        agreed = case.repository.agreed(case.client, other).model
        if getattr(agreed, "renews", None) == case.agreement and agreed.status in GONE_OUT:
            return other
    return ""


def _ended(case: AgreementStanding) -> Iterator[NextStep]:
    yield NextStep(_listed(case))


def _unknown(case: AgreementStanding) -> Iterator[NextStep]:
    yield NextStep("Mend the problems below", f"build.py check --client {case.target}")


def _listed(case: AgreementStanding) -> str:
    """What the list of all agreements says."""
    _, found = next(listed(case.repository, [(case.client, case.agreement)], case.on))
    words = "its facts cannot be read" if isinstance(found, RefusedError) else found.next
    return words[:1].upper() + words[1:]


_NEXT: Mapping[str, Callable[[AgreementStanding], Iterator[NextStep]]] = {
    "draft": _draft,
    "sent": _sent,
    "signed": _signed,
    "ended": _ended,
}
