"""The history of an agreement from git, in words of the contract: who changed which facts and documents, and when."""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar

from msgspec import Struct

from contract_assembly.compare.figures import facts_changed
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import RefusedError
from contract_assembly.facts.changes import CHANGES, Changes
from contract_assembly.facts.template_context import template_context
from contract_assembly.repository.git import Commit, Git
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.revision import Revision
from contract_assembly.web.agreement.fact_rows import FactRow, fact_rows, people_of, words

T = TypeVar("T")
_FIRM = ("provider", "clauses/law", "templates")
_OUTPUTS = (".docx", ".pdf", ".md", ".eml", ".json")
MOST = 30  # changes on one page


class ChangedFact(Struct, frozen=True):
    """A fact before and after a change; one of them is empty if it was added or removed. `by` is the difference."""

    name: str
    old: str
    new: str
    by: str = ""


class HistoryEntry(Struct, frozen=True):
    """A commit: who, when and why; the facts that it changed, and what else, in sentences. `is_unread` says that its facts, or
    those before it, cannot be read by this version of the program."""

    id: str
    day: str
    author: str
    subject: str
    facts: tuple[ChangedFact, ...]
    also: tuple[str, ...]
    is_unread: bool = False


class History(Struct, frozen=True):
    """A page of changes, the newest first, and whether there are older ones."""

    entries: tuple[HistoryEntry, ...]
    more: bool


def history(git: Git, client: str, agreement: str, skip: int = 0, most: int = MOST) -> History:
    """The changes of an agreement and of its client, without the first `skip` of them."""
    folder = folder_of(client, agreement)
    paths = (f"{folder_of(client)}/client.yaml", f"{folder}/*.yaml", f"{folder}/*.csv", f"{folder}/clauses")
    commits = git.history(*paths, skip=skip, most=most + 1)
    entries = tuple(_entry(git, each, client, agreement) for each in islice(commits, most))
    return History(entries, more=next(commits, None) is not None)


def _entry(git: Git, commit: Commit, client: str, agreement: str) -> HistoryEntry:
    old, new = (_source(git, each, client) for each in (commit.before, commit.id))
    own = (f"{folder_of(client, agreement)}/agreement.yaml", f"{folder_of(client)}/client.yaml")
    touched = old and new and any(old.blob(path) != new.blob(path) for path in own)
    facts = _facts(Repository(old), Repository(new), client, agreement) if old and new and touched else ()
    also = tuple(_also(old, new, folder_of(client, agreement))) if new else ()
    if old is None or not old.has(f"{folder_of(client, agreement)}/agreement.yaml"):
        facts, also = (), ("The agreement was started", *(each for each in also if "Negotiated" in each))
    return HistoryEntry(
        id=commit.id[:10],
        day=commit.day,
        author=commit.author,
        subject=commit.subject,
        facts=facts or (),
        also=also,
        is_unread=facts is None,
    )


def _source(git: Git, commit: str, client: str) -> Revision | None:
    return Revision(git, commit, (*_FIRM, folder_of(client))) if commit else None


# ---- facts


def _facts(old: Repository, new: Repository, client: str, agreement: str) -> tuple[ChangedFact, ...] | None:
    """The facts that differ: those of the contract with all that follows from them, then others of the files."""
    try:
        before, after = (each.inputs(client, agreement) for each in (old, new))
        named = facts_changed(*(template_context(each) for each in (before, after)))
    except (RefusedError, ValueError, OverflowError):
        return None
    found = [ChangedFact(each.label, each.old, each.new, each.by) for each in named]
    at = {each.origin for each in named}
    people = people_of(before.client, before.provider, after.client, after.provider)
    for file in ("agreement", "client"):
        was, now = (fact_rows(getattr(each, file), people) for each in (before, after))
        found += _rows(was, now, at)
    return tuple(found)


def _rows(old: tuple[FactRow, ...], new: tuple[FactRow, ...], known: set[Origin]) -> Iterator[ChangedFact]:
    """Rows that differ and are at no line that is known already. An entry of a list is found again by its name."""
    was, now = ({_place(each): each for each in rows} for rows in (old, new))
    for place in dict.fromkeys((*was, *now)):
        before, after = was.get(place), now.get(place)
        one = after or before
        if one and (before and before.value) != (after and after.value) and one.origin not in known:
            yield ChangedFact(one.name, before.value if before else "", after.value if after else "")


def _place(row: FactRow) -> tuple[str, str]:
    """What identifies a row: its key without positions, and its name."""
    return ".".join(step for step in row.key.split(".") if not step.isdigit()), row.name


# ---- what else


def _also(old: Revision | None, new: Revision, folder: str) -> Iterator[str]:
    """Documents, clauses, changes, hours and figures that a commit touched."""
    paths = sorted({*(old.below(folder) if old else ()), *new.below(folder)})
    for path in paths:
        before, after = (each.blob(path) if each else None for each in (old, new))
        name = path.removeprefix(f"{folder}/")
        if before != after and not (name.endswith(_OUTPUTS) and not name.startswith("clauses/")):
            yield from _touched(name, _verb(before, after), old, new, path)


def _verb(before: str | None, after: str | None) -> str:
    return "added" if before is None else "removed" if after is None else "changed"


def _touched(name: str, verb: str, old: Revision | None, new: Revision, path: str) -> Iterator[str]:
    if name == CHANGES:
        yield from _new_changes(old, new, path)
    elif name in _FILES:
        yield f"{_FILES[name]} {verb}"
    else:
        folder, _, rest = name.partition("/")
        if folder in _FOLDERS:
            status = _status(old, new, path) if folder == "documents" else ""
            yield f"{_FOLDERS[folder]} {rest.rpartition('.')[0]} {verb}{status}"


_FILES: Mapping[str, str] = {
    "service.yaml": "Service figures",
    "account.yaml": "Account of the block",
    "ledger.csv": "Hours in the ledger",
    "usage.yaml": "Usage",
}
_FOLDERS: Mapping[str, str] = {
    "documents": "Document",
    "clauses": "Negotiated clause",
    "negotiation": "Round of negotiation",
}


def _status(old: Revision | None, new: Revision, path: str) -> str:
    """A change of a document's status: ": draft to sent"."""
    before, after = (_status_in(each, path) if each else "" for each in (old, new))
    return f": {before} to {after}" if before and after and before != after else ""


def _status_in(source: Revision, path: str) -> str:
    def read() -> str:
        lines = Repository(source).text(path).splitlines()
        return next(
            (line.partition(":")[2].split("#")[0].strip() for line in lines if line.startswith("status:")), "draft"
        )

    return _attempt(read) or "" if source.has(path) else ""


def _new_changes(old: Revision | None, new: Revision, path: str) -> Iterator[str]:
    before, after = (_changes(each, path) if each else () for each in (old, new))
    for each in after:
        if each not in before:
            what = f"{words(each.what)} {each.name}" if each.name else words(each.what)
            yield f"From {each.on}: {what}, {each.before} to {each.to}"


def _changes(source: Revision, path: str) -> tuple[Any, ...]:
    found = _attempt(lambda: Repository(source).load(Changes, path).model.changes) if source.has(path) else None
    return found or ()


def _attempt(work: Callable[[], T]) -> T | None:
    try:
        return work()
    except RefusedError:
        return None
