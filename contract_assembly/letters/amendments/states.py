"""The states of a contract over time, each read from git history and numbered according to the one before.

The first is the contract as it was signed. Each later state keeps the library, rates and plans of the first, because
the firm's later changes for all clients were not agreed with this one. Only the client's own files, and the paths in
`takes`, are read from its own commit.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from contract_assembly.billing.signed_facts import SignedVersion
from contract_assembly.billing.states import steps
from contract_assembly.clauses.clause import Clause
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError, errors
from contract_assembly.document import tree as d
from contract_assembly.document.references import resolved
from contract_assembly.facts.agreement import Coverage
from contract_assembly.facts.agreement_files import AnyInputs, Inputs
from contract_assembly.facts.changes import CHANGES, Changes
from contract_assembly.facts.in_force import standing
from contract_assembly.facts.outline import CONTRACT
from contract_assembly.facts.template_values import Record
from contract_assembly.facts.term_dates import days_in_force
from contract_assembly.letters.amendments.kept_numbers import kept
from contract_assembly.letters.bare_contract import Bare, bare_contract
from contract_assembly.repository.git import Git, opened
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import DocumentRecord
from contract_assembly.repository.record_file import RECORD
from contract_assembly.repository.revision import Revision
from contract_assembly.repository.source import Edited, Folder, Overlay, Source
from contract_assembly.writers.markdown import review_text


class AmendmentStep(Struct, frozen=True):
    """A change of state, from the files of a commit, in force from the day `effective`. In addition to the client's own files,
    these paths are taken from it."""

    base: str
    takes: tuple[str, ...]
    origin: Origin
    effective: date


class ContractState(Struct, frozen=True):
    """A contract from the day `first`: numbered and resolved, the clauses in it that are not the first state's, the facts that
    were agreed, and those that its clauses print. `since` is the day from which its `coverage` applies, where that is not the
    first of all."""

    document: d.Document
    own: tuple[Clause, ...]
    first: date
    agreed: AnyInputs[Any]
    coverage: Coverage | None
    facts: Record
    since: date | None = None


def states(
    repository: Repository,
    client: str,
    agreement: str,
    steps: Sequence[AmendmentStep],
    end: tuple[str, Origin] | None = None,
) -> tuple[ContractState, ...]:
    """The signed contract, then the state after each step: the next one's base; for the last the commit `end`, with where it
    is named, or the repository as it is.

    Raises RefusedError if a commit does not exist, or if the first state is not, byte for byte, what was signed."""
    git = history_of(repository)
    tops: list[Source] = [Revision(git, _commit(git, each.base, each.origin)) for each in steps]
    last: Source = Revision(git, _commit(git, *end)) if end else repository.source
    source = tops[0]
    found = [_signed(Repository(source), client, agreement)]
    _as_signed(tops[0], found[0].document, client, agreement, steps[0])
    for step, top in zip(steps, [*tops[1:], last], strict=True):
        taken = (f"{folder_of(client)}/", *step.takes)
        source = Overlay(source, top, taken)
        found.append(_amended(Repository(source), client, agreement, before=found, step=step, taken=taken))
    return tuple(found)


def _commit(git: Git, base: str, at: Origin) -> str:
    try:
        return git.commit(base)
    except RefusedError as error:
        raise RefusedError(Problem(p.rule, p.what, at, p.hint) for p in error.problems) from None


def _signed(repository: Repository, client: str, agreement: str) -> ContractState:
    inputs = repository.inputs(client, agreement)
    bare = bare_contract(repository, client, agreement)
    document, _ = _document(bare, ())
    first = days_in_force(inputs).first
    return ContractState(
        document=document, own=(), first=first, agreed=inputs, coverage=_covered(inputs), facts=bare.facts
    )


def _amended(
    repository: Repository,
    client: str,
    agreement: str,
    before: Sequence[ContractState],
    step: AmendmentStep,
    taken: tuple[str, ...],
) -> ContractState:
    """The state from the first day of an amendment: its facts, with the changes of counts that were asked for by then."""
    inputs = repository.inputs(client, agreement)
    agreed = [*((each.first, each.agreed) for each in before), (step.effective, inputs)]
    now = _in_force(repository, f"{folder_of(client, agreement)}/{CHANGES}", agreed)
    coverage = _covered(now)
    since = before[-1].since if coverage == before[-1].coverage else step.effective
    bare = bare_contract(repository, client, agreement, now, since)
    document, clauses = _document(bare, [each.document for each in before])
    own = tuple(each for each in clauses if each.body_at.path.startswith(taken))
    return ContractState(
        document=document,
        own=own,
        first=step.effective,
        agreed=inputs,
        coverage=coverage,
        facts=bare.facts,
        since=since,
    )


def _in_force(repository: Repository, path: str, agreed: Sequence[tuple[date, AnyInputs[Any]]]) -> AnyInputs[Any]:
    """The facts on the day of the last of these signatures, with the changes in a file that have begun by then."""
    day, inputs = agreed[-1]
    versions = tuple(SignedVersion(first, each) for first, each in agreed if isinstance(each, Inputs))
    if not versions or not repository.source.exists(path):
        return inputs
    changes = [each for each in repository.load(Changes, path).model.changes if each.on <= day]
    return [inputs, *(each.after for each in steps(versions, standing(changes)))][-1]


def _covered(inputs: AnyInputs[Any]) -> Coverage | None:
    return inputs.agreement.model.coverage if isinstance(inputs, Inputs) else None


def _document(bare: Bare, earlier: Sequence[d.Document]) -> tuple[d.Document, tuple[Clause, ...]]:
    document, problems = resolved(kept(bare.document, earlier), bare.assembled.elsewhere)
    if errors(problems):
        raise RefusedError(problems)
    return document, bare.assembled.clauses


def _as_signed(source: Source, document: d.Document, client: str, agreement: str, step: AmendmentStep) -> None:
    """Raises RefusedError unless the state to amend is what was signed; a newer version of the program may write it
    differently."""
    path = f"{folder_of(client, agreement)}/{CONTRACT}.md"
    if Repository(source).text(path).encode() != review_text(document):
        what = f"the facts and words of {step.base[:10]} do not give {path} of that commit, byte for byte"
        hint = "amend with the version of the program that built what was signed, or name the right commit with --from"
        raise RefusedError([Problem("not-as-signed", what, step.origin, hint)])


def history_of(repository: Repository) -> Git:
    """The git history of a repository's files. Raises RefusedError `no-git` if there is none."""
    source = repository.source
    while isinstance(source, Edited | Overlay):
        source = source.base
    if isinstance(source, Revision):
        return source.git
    return opened(source.root if isinstance(source, Folder) else Path())


def commit_of(git: Git, folder: str, document: DocumentRecord, at: Origin) -> str:
    """The newest commit with exactly the files from which a document was made, according to its record. Raises
    RefusedError."""
    used = {path: each.git if each else None for path, each in document.inputs.items()}
    used |= {each.path: each.git for each in document.clauses}
    for commit in git.history(f"{folder}/{RECORD}"):
        revision = Revision(git, commit.id)
        if used and all(revision.blob(path) == blob for path, blob in used.items()):
            return commit.id
    hint = "commit the repository as it was when that step was taken, or name the commit with --from"
    raise RefusedError([Problem("no-such-state", "no commit holds the files that this was made from", at, hint)])
