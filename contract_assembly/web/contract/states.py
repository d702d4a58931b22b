"""The contract of an agreement in one state: as its files are now, as it was sent or signed, or at a revision; and what changed
between two of them. Reads the repository and git, and writes nothing."""

from hashlib import sha256
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.build.assessment import Assessed
from contract_assembly.build.pipeline import Draft, examined
from contract_assembly.build.revisions import (
    AgreementVersion,
    Version,
    difference,
    for_page,
    revision,
    state,
    working_tree,
)
from contract_assembly.clauses.approval import ApprovalStatus
from contract_assembly.clauses.clause import Clause
from contract_assembly.compare.figures import FactChange, names_of, worded
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.document.style import HouseStyle
from contract_assembly.facts.outline import CONTRACT
from contract_assembly.letters.amendments.states import commit_of
from contract_assembly.repository.git import opened
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import DocumentRecord
from contract_assembly.repository.record_file import recorded
from contract_assembly.repository.revision import Revision
from contract_assembly.web.contract.places import ClauseAbout, PlacedDocument, placed
from contract_assembly.writers.markdown import review_text

FILES, FROZEN = "files", "frozen"  # names of states other than revisions of git
_RUNGS = {"preferred": "preferred", "acceptable": "acceptable", "last-resort": "last resort"}


class Shown(Struct, frozen=True):
    """A contract to show: the document with its places, the house style, and what it is in words ("as it was signed on …").
    `current` are the files that are on disk as they are here, so that a line in them can be opened. `is_exact` says that its
    words are those of the built file, as the record has it; None where there is none to compare with."""

    found: PlacedDocument
    house: HouseStyle
    name: str
    current: frozenset[str]
    is_exact: bool | None = None


class ComparedContract(Struct, frozen=True):
    """A contract with the changes since another state marked in it, a summary of them, and the facts that differ."""

    shown: Shown
    old: str
    summary: str
    facts: tuple[FactChange, ...]
    is_same: bool


def contract_now(repository: Repository, client: str, agreement: str) -> Shown:
    """The contract as its files are now, even where problems prevent a build. Raises RefusedError where there is no document."""
    found, made = examined(repository, client, agreement)
    tree = placed(made.document, made.warnings, _clauses(found), names_of(found.about.facts))
    return Shown(tree, repository.house(made.provider), "as its files are now", _current(tree, repository, repository))


def contract_frozen(repository: Repository, root: Path, client: str, agreement: str) -> Shown:
    """The contract as it was sent or signed, from the commit with its files. Raises RefusedError where no commit has them."""
    record = recorded(repository, folder_of(client, agreement)).of(CONTRACT)
    source = _frozen_source(repository, root, client, agreement, record)
    then = Repository(source)
    found, made = examined(then, client, agreement, final=True)
    tree = placed(made.document, (), _clauses(found), names_of(found.about.facts))
    name = f"as it was signed on {worded(record.signed.on, '')}" if record.signed else "as it was sent"
    current = _current(tree, then, repository)
    return Shown(tree, then.house(made.provider), name, current, _is_exact(made, record))


def compared(
    repository: Repository, root: Path, client: str, agreement: str, between: tuple[str, str]
) -> ComparedContract:
    """A contract with its changes between two states; each is `files`, `frozen` or a revision of git. Raises RefusedError
    for a name that does not exist, and with the problems of a state."""
    before, after = (_state(repository, root, client, agreement, each) for each in between)
    document, name, summary = for_page(before, after)
    found = difference(before, after)
    house = repository.house(repository.inputs(client, agreement).provider)
    tree = placed(document, (), _clauses(after.found, judged=False), names_of(after.found.about.facts))
    shown = Shown(tree, house, after.version.name, _current(tree, after.version.repository, repository))
    return ComparedContract(shown, name, summary, found.facts, found.none)


def _state(repository: Repository, root: Path, client: str, agreement: str, name: str) -> AgreementVersion:
    if name == FILES:
        version = replace(working_tree(root), name="the files as they are now")
    elif name == FROZEN:
        record = recorded(repository, folder_of(client, agreement)).of(CONTRACT)
        source = _frozen_source(repository, root, client, agreement, record)
        version = Version(f"what was {'signed' if record.signed else 'sent'}", Repository(source), source.git)
    else:
        version = revision(root, name)
    return state(version, client, agreement)


def _frozen_source(repository: Repository, root: Path, client: str, agreement: str, record: DocumentRecord) -> Revision:
    """The commit with exactly the files that went into what was sent or signed."""
    folder = folder_of(client, agreement)
    at = repository.agreed(client, agreement).at("status")
    if not record.is_frozen:
        what = "this contract has not been sent yet"
        raise RefusedError([Problem("not-sent", what, at, f"build.py status {client}/{agreement} --set sent")])
    git = opened(root)
    return Revision(git, commit_of(git, folder, record, at))


def _current(found: PlacedDocument, shown: Repository, disk: Repository) -> frozenset[str]:
    """The files with places in a document that are on disk with the same bytes."""
    clauses = (each.clause.origin for each in found.notes if each.clause)
    problems = (problem.origin for each in found.notes for problem in each.problems if problem.origin)
    paths = {each.path for each in (*(fact.origin for fact in found.facts), *clauses, *problems)}
    return frozenset(path for path in paths if disk.source.has(path) and (shown is disk or _is_same(path, shown, disk)))


def _is_same(path: str, shown: Repository, disk: Repository) -> bool:
    return shown.source.has(path) and shown.digests(path).sha256 == disk.digests(path).sha256


def _is_exact(made: Draft, record: DocumentRecord) -> bool | None:
    """Whether the words are those of the file that was sent, by its digest in the record."""
    built = record.sums.get(f"{CONTRACT}.md")
    return None if built is None else sha256(review_text(made.document)).hexdigest() == built


def _clauses(found: Assessed, *, judged: bool = True) -> dict[str, ClauseAbout]:
    """What the margin says of each clause, by its id; without its approval where states are only compared."""
    pairs = zip(found.assembled.clauses, found.approvals, strict=True)
    return {clause.head.id: _about(clause, status if judged else None) for clause, status in pairs}


def _about(clause: Clause, status: ApprovalStatus | None) -> ClauseAbout:
    nearest = status.nearest if status and status.state == "approved" else None
    state = status.state if status else ""
    return ClauseAbout(
        id=clause.head.id,
        title=clause.head.title,
        origin=clause.located.at(),
        rung=_RUNGS[clause.head.rung],
        is_negotiated=clause.is_negotiated,
        laws=clause.head.laws if clause.head.laws != ("*",) else (),
        approval=f"approved until {nearest.until}" if nearest else state,
        approved_by=nearest.by if nearest else "",
    )
