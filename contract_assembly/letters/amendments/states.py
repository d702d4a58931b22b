"""The states of a contract over time, each read from git history and numbered according to the one before.

The first is the contract as it was signed. Each later state keeps the library, rates and plans of the first, because
the firm's later changes for all clients were not agreed with this one. Only the client's own files, and the paths in
`takes`, are read from its own commit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from contract_assembly.clauses.clause import Clause
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError, errors
from contract_assembly.document import tree as d
from contract_assembly.document.references import resolved
from contract_assembly.facts.outline import CONTRACT
from contract_assembly.letters.amendments.kept_numbers import kept
from contract_assembly.letters.bare_contract import bare_contract
from contract_assembly.repository.git import Git, Revision, opened
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import DocumentRecord
from contract_assembly.repository.record_file import RECORD
from contract_assembly.repository.source import Edited, Folder, Overlay, Source
from contract_assembly.writers.markdown import review_text


@dataclass(frozen=True, slots=True)
class Step:
    """A change of state, from the files of a commit: the client's own files and the paths in `takes`."""

    base: str
    takes: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True)
class State:
    """A contract at one time, numbered and resolved, and its clauses that differ from those of the first state."""

    document: d.Document
    own: tuple[Clause, ...]


def states(
    repository: Repository, client: str, agreement: str, steps: Sequence[Step], end: tuple[str, Origin] | None = None
) -> tuple[State, ...]:
    """The signed contract, then the state after each step: the next one's base; for the last the commit `end`, with where it
    is named, or the repository as it is.

    Raises RefusedError if a commit does not exist, or if the first state is not, byte for byte, what was signed."""
    git = history_of(repository)
    tops: list[Source] = [Revision(git, _commit(git, each.base, each.origin)) for each in steps]
    last: Source = Revision(git, _commit(git, *end)) if end else repository.source
    source = tops[0]
    found = [_state(source, client, agreement, (), ())]
    _as_signed(tops[0], found[0].document, client, agreement, steps[0])
    for step, top in zip(steps, [*tops[1:], last], strict=True):
        taken = (f"{folder_of(client)}/", *step.takes)
        source = Overlay(source, top, taken)
        found.append(_state(source, client, agreement, [each.document for each in found], taken))
    return tuple(found)


def _commit(git: Git, base: str, at: Origin) -> str:
    try:
        return git.commit(base)
    except RefusedError as error:
        raise RefusedError(Problem(p.rule, p.what, at, p.hint) for p in error.problems) from None


def _state(source: Source, client: str, agreement: str, earlier: Sequence[d.Document], taken: tuple[str, ...]) -> State:
    bare = bare_contract(Repository(source), client, agreement)
    document, problems = resolved(kept(bare.document, earlier), bare.assembled.elsewhere)
    if errors(problems):
        raise RefusedError(problems)
    own = tuple(each for each in bare.assembled.clauses if each.body_at.path.startswith(taken or ("\0",)))
    return State(document, own)


def _as_signed(source: Source, document: d.Document, client: str, agreement: str, step: Step) -> None:
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
