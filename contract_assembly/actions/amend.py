"""Create an amendment or a consolidated text of a signed agreement: its facts and all built files, written as one
set."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.actions import step_days
from contract_assembly.build.dependent_drafts import with_drafts
from contract_assembly.build.one_agreement import BuildOrder, build_in_memory
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.facts.outline import CONTRACT
from contract_assembly.letters.amendment import amendments, changes_of, steps_of
from contract_assembly.letters.amendments.changes import UnitChange
from contract_assembly.letters.amendments.states import AmendmentStep, ContractState, commit_of, history_of, states
from contract_assembly.letters.other_paper import refuse_other_paper
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import DocumentRecord
from contract_assembly.repository.record_file import RECORD, recorded
from contract_assembly.repository.store import Store
from contract_assembly.repository.yaml_editor import DOCUMENT_DEPTH, new_file, set_value
from contract_assembly.writers.formats import FORMATS

MANY = 3  # with more, a restated agreement reads better


class Ask(Struct, frozen=True):
    """The request: the date of the document, the first day of the changes, the commit with the state to amend (the
    signed state by default), and library paths whose current version is used."""

    on: date
    effective: date
    base: str | None = None
    takes: tuple[str, ...] = ()


class ProposedAmendment(Struct, frozen=True):
    """A document's name and facts, and the changes of an amendment with the states of the contract that it leads through."""

    name: str
    facts: str
    changes: tuple[UnitChange, ...] = ()
    reached: tuple[ContractState, ...] = ()


def proposed(repository: Repository, client: str, agreement: str, ask: Ask) -> ProposedAmendment:
    """The next amendment. Raises RefusedError if the agreement is not signed, if the last amendment is not finished, or
    if a day is outside the agreement."""
    refuse_other_paper(repository.inputs(client, agreement), "amendment")
    row = amendments(repository, client, agreement)
    document, signed_on = _signed(repository, client, agreement, len(row))
    git = history_of(repository)
    folder, at = folder_of(client, agreement), _facts_at(repository, client, agreement)
    last = row[-1].model if row else None
    if wrong := tuple(
        step_days.amending(step_days.StepDays(repository, client, agreement), ask.on, ask.effective, last)
    ):
        raise RefusedError(wrong)
    base = git.commit(ask.base) if ask.base else commit_of(git, folder, document, at)
    reached = states(repository, client, agreement, (*steps_of(row), AmendmentStep(base, ask.takes, at, ask.effective)))
    changes = _changes(reached, at)
    facts = {
        "number": str(len(row) + 1),
        "effective": ask.effective.isoformat(),
        "agreement_signed": signed_on.isoformat(),
        "base": base,
        **({"takes": f"[{', '.join(ask.takes)}]"} if ask.takes else {}),
    }
    about = f"Amendment {len(row) + 1}: what lies between its base and this client's files as they are now."
    return ProposedAmendment(f"amendment-{len(row) + 1}", _text("amendment", about, ask.on, facts), changes, reached)


def revised(repository: Repository, client: str, agreement: str, on: date, effective: date) -> ProposedAmendment:
    """The last amendment, which must be a draft, with these days and the files as they are now. Raises RefusedError as `proposed`
    does."""
    *row, last = amendments(repository, client, agreement)
    before = row[-1].model if row else None
    if wrong := tuple(step_days.amending(step_days.StepDays(repository, client, agreement), on, effective, before)):
        raise RefusedError(wrong)
    now = replace(steps_of((last,))[0], effective=effective)
    reached = states(repository, client, agreement, (*steps_of(tuple(row)), now))
    text = repository.text(last.at().path)
    for key, day in (("date", on), ("effective", effective)):
        text = set_value(text, last.at(key), key, day.isoformat())
    return ProposedAmendment(f"amendment-{last.model.number}", text, _changes(reached, last.at()), reached)


def _changes(reached: tuple[ContractState, ...], at: Origin) -> tuple[UnitChange, ...]:
    if changes := changes_of(reached):
        return changes
    hint = "change the agreement's facts or clauses first; an amendment is what has changed in its words"
    raise RefusedError([Problem("nothing-to-amend", "the contract says what it said before", at, hint)])


def consolidated(repository: Repository, client: str, agreement: str, on: date) -> ProposedAmendment:
    """The consolidated text with all signed amendments."""
    refuse_other_paper(repository.inputs(client, agreement), "consolidated")
    row = amendments(repository, client, agreement)
    at = _facts_at(repository, client, agreement)
    document, _ = _signed(repository, client, agreement, len(row))
    if not row:
        hint = "a consolidated text is the contract with its amendments"
        raise RefusedError([Problem("nothing-to-amend", "there is no amendment yet", at, hint)])
    base = commit_of(history_of(repository), folder_of(client, agreement), document, at)
    about = f"The contract with its amendments up to number {len(row)}, for reading."
    facts = {"amendments": str(len(row)), "base": base}
    return ProposedAmendment("consolidated", _text("consolidated", about, on, facts))


def put(
    store: Store, client: str, agreement: str, what: ProposedAmendment, more: Mapping[str, bytes] = MappingProxyType({})
) -> tuple[str, ...]:
    """Write the facts with all files built from them, and return the names of those that changed. `more` are files of the
    agreement that it follows from and that change with it; the drafts that use them are built again."""
    folder, repository = folder_of(client, agreement), Repository(store.root)
    files = {**more, f"documents/{what.name}.yaml": what.facts.encode()}
    after = repository.with_files(folder, files)
    _, built = build_in_memory(after, client, agreement, BuildOrder(tuple(FORMATS), documents=(what.name,)))
    landing: Mapping[str, bytes] = {**built, **files}
    if more:
        landing, _ = with_drafts(repository, client, agreement, landing, but=what.name)
    return store.put(folder, landing, last=RECORD)


def _signed(repository: Repository, client: str, agreement: str, number: int) -> tuple[DocumentRecord, date]:
    """The record of the signed contract or of its last amendment, which must also be signed; and the day on which the
    contract was signed."""
    record, days = recorded(repository, folder_of(client, agreement)), []
    for name in (CONTRACT, *([f"amendment-{number}"] if number else [])):
        document = record.of(name)
        if document.signed is None:
            what = f"{name} is not signed"
            step = f"build.py status {client}/{agreement}{f' --document {name}' if number else ''} --set"
            hint = (
                f"have it signed: {step} signed --on DATE; to change it, take it back first: {step} draft --reason REASON"
                if document.is_frozen
                else f"while it is a draft, change the facts and build it again; then: {step} sent"
            )
            raise RefusedError([Problem("not-signed", what, _facts_at(repository, client, agreement), hint)])
        days.append(document.signed.on)
    return document, days[0]


def _facts_at(repository: Repository, client: str, agreement: str) -> Origin:
    return repository.inputs(client, agreement).agreement.at("status")


def _text(document: str, about: str, on: date, facts: Mapping[str, str]) -> str:
    comments = (about, "It is built from these facts and from history; docs/lifecycle.md says how.")
    head = {"document": document, "status": "draft", "date": on.isoformat()}
    return new_file(document, DOCUMENT_DEPTH, comments, {**head, **facts})
