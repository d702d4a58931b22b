"""Where a document comes from: whether a file is, byte for byte, what this repository holds or builds, and at which commit.

A record in an agreement's folder tells the digest of each file that was built. The record inside a document only says in
which folder to look; what is found there decides.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from contract_assembly import __version__
from contract_assembly.build.embedded_files import Carried
from contract_assembly.build.payload import agreement_data
from contract_assembly.build.pipeline import draft, render
from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.git import Commit, Git, opened
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import OF_OUTPUTS, RECORD
from contract_assembly.repository.record_writer import file_name

Answer = Literal["exact", "signed", "added-to", "changed", "another-version", "unknown"]
_MOST_REVISIONS = 16  # of one PDF
_EOF = b"%%EOF"


@dataclass(frozen=True, slots=True)
class State:
    """A state of this repository: a commit, or the working tree where there is none."""

    commit: Commit | None = None

    def __str__(self) -> str:
        if self.commit is None:
            return "the working tree"
        return f"commit {self.commit.id[:10]} ({self.commit.day}, {self.commit.subject})"


Recorded: TypeAlias = tuple[State, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of a file: the answer, where it was found, sentences that say it to people, and, for another version, the
    ids of the clauses and the keys of the facts that differ from the working tree's."""

    answer: Answer
    state: State | None
    sentences: tuple[str, ...]
    clauses: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


def verdict(root: Path, data: bytes, found: Carried, *, rebuild: bool = False) -> Verdict:
    """Judge a file that carries `found`. With `rebuild` it is also built again, in memory, from what that state holds, and
    only the same bytes count. Raises RefusedError where git's history cannot be read."""
    git, told = _git(root)
    states = tuple(_states(root, git, f"{found.folder}/{RECORD}"))
    for answer, size in _beginnings(data, found):
        state, name = _holding(states, hashlib.sha256(data[:size]).hexdigest())
        if state:
            said = _held(answer, state, found, name, len(data) - size, found.signatures)
            also = _beside(git, state, f"{found.folder}/{name}", data[:size])
            judged = Verdict(answer, state, (*said, *also, *told))
            return _rebuilt(root, git, data[:size], found, judged) if rebuild else judged
    judged = _other(root, states, found, told)
    return _rebuilt(root, git, data, found, judged) if rebuild and judged.answer != "unknown" else judged


def _git(root: Path) -> tuple[Git | None, tuple[str, ...]]:
    try:
        return opened(root), ()
    except RefusedError as error:
        if any(each.rule != "no-git" for each in error.problems):
            raise
        return None, ("There is no git history here, so only the working tree was asked.",)


def _beginnings(data: bytes, found: Carried) -> Iterator[tuple[Answer, int]]:
    """The whole file, then each earlier revision of a PDF: whoever signs one adds to its end and leaves its bytes alone."""
    yield "exact", len(data)
    end = len(data)
    for _ in range(_MOST_REVISIONS if found.format == "pdf" else 0):
        end = data.rfind(_EOF, 0, end)
        if end < 0:
            return
        rest = data[end + len(_EOF) : end + len(_EOF) + 2]
        for line_end in dict.fromkeys(
            (rest[:1] if rest[:1] in {b"\n", b"\r"} else b"", b"\r\n" if rest == b"\r\n" else b"", b"")
        ):
            size = end + len(_EOF) + len(line_end)
            if size < len(data):
                yield ("signed" if found.signatures else "added-to"), size


# ---- records


def _states(root: Path, git: Git | None, path: str) -> Iterator[Recorded]:
    """What each state's record says, document by document: the working tree's, then each commit's, the newest first."""
    repository = Repository(root)
    if repository.source.has(path):
        yield State(), _documents(repository.read(path))
    for commit in git.history(path, revision="--all") if git else ():
        with suppress(RefusedError):  # a commit that took the record away
            yield (
                State(commit),
                _documents(git.checked("cat-file", "blob", f"{commit.id}:{git.prefix}{path}") if git else b""),
            )


def _documents(record: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(record)["documents"]
        return {name: each for name, each in found.items() if isinstance(each, dict)}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _outputs(entry: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    found = entry.get("outputs")
    return [(name, each) for name, each in found.items() if isinstance(each, dict)] if isinstance(found, dict) else []


def _holding(states: Sequence[Recorded], digest: str) -> tuple[State | None, str]:
    """The commit that brought a file of this digest, or the working tree if none has it yet; and the file's name."""
    last: tuple[State | None, str] = (None, "")
    for state, documents in states:
        outputs = [each for entry in documents.values() for each in _outputs(entry)]
        name = next((name for name, each in outputs if each.get("sha256") == digest), "")
        if not name and last[0] and last[0].commit:
            break
        last = (state, name) if name else last
    return last


def _held(answer: Answer, state: State, found: Carried, name: str, added: int, signatures: int) -> tuple[str, ...]:
    file = f"{found.folder}/{name}"
    if answer == "exact":
        return (f"This is exactly what {state} holds as {file}.",)
    begins = f"This begins with exactly what {state} holds as {file}; {added:,} bytes were added at its end."
    if answer == "added-to":
        return (begins, "There is no signature in it: somebody changed or marked it.")
    count = "1 signature is" if signatures == 1 else f"{signatures} signatures are"
    return (begins, f"{count} in it. Whose, and whether valid, a PDF reader says: that was not examined here.")


def _beside(git: Git | None, state: State, path: str, data: bytes) -> tuple[str, ...]:
    """A word where the file that was committed beside the record is not the one that the record speaks of."""
    if git is None or state.commit is None:
        return ()
    try:
        committed = git.checked("cat-file", "blob", f"{state.commit.id}:{git.prefix}{path}")
    except RefusedError:
        return ("The record was committed there without the file.",)
    return () if committed == data else (f"But {path} was committed there with other bytes than its record says.",)


# ---- another version


def _other(root: Path, states: Sequence[Recorded], found: Carried, told: tuple[str, ...]) -> Verdict:
    for state, documents in states:
        entry = {key: each for key, each in documents.get(found.name, {}).items() if key not in OF_OUTPUTS}
        if entry == found.record:
            what = f"It carries the record of {state}, but its bytes are not those that were built:"
            return Verdict("changed", state, (what, "it was edited, or saved again by another program.", *told))
    if not states:
        what = f"It says that it is {found.name} of {found.folder}, and this repository has nothing of that."
        return Verdict("unknown", None, (what, *told))
    what = f"It says that it is {found.name} of {found.folder}, but no version that is known here was built like this."
    try:
        clauses, facts = _differences(root, found)
    except RefusedError:
        return Verdict(
            "another-version", None, (what, "What stands here now cannot be built, so it was not compared.", *told)
        )
    alike = (
        ()
        if clauses or facts
        else ("Its clauses and facts are today's; its status, the house style or the program differ.",)
    )
    return Verdict("another-version", None, (what, *alike, *told), clauses, facts)


def _differences(root: Path, found: Carried) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The clauses and facts in which a document differs from what the working tree would say now. Raises RefusedError
    where that cannot be built."""
    client, agreement = found.folder.split("/")[1:]
    now = draft(Repository(root), client, agreement, found.name)
    facts = agreement_data(now.document, now.facts)["facts"]
    return _unlike(_clauses(found.record), _clauses(now.ingredients)), _unlike(found.facts, facts)


def _clauses(record: Mapping[str, Any]) -> dict[str, Any]:
    listed = record.get("clauses")
    every = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    return {str(each.get("slot")): each.get("sha256") for each in every}


def _unlike(then: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(sorted(key for key in {*then, *now} if then.get(key) != now.get(key)))


# ---- built again


def _rebuilt(root: Path, git: Git | None, data: bytes, found: Carried, judged: Verdict) -> Verdict:
    commit = judged.state.commit if judged.state else None
    source = git.revision(commit.id) if git and commit else root
    state = State(commit)
    try:
        same, why = _same(Repository(source), data, found)
    except RefusedError as error:
        same, why = False, f"{state} cannot be built by this program: {error.problems[0].what}"
    if same:
        answer = judged.answer if judged.state else "exact"
        said = f"Built again from {state}, it comes out the same, byte for byte."
        return Verdict(answer, state, (*(judged.sentences if judged.state else ()), said))
    said = f"Built again from {state}, it does not come out the same: {why}."
    return Verdict(
        "changed" if judged.answer == "exact" else judged.answer,
        judged.state,
        (*judged.sentences, said),
        judged.clauses,
        judged.facts,
    )


def _same(repository: Repository, data: bytes, found: Carried) -> tuple[bool, str]:
    """Whether a state gives these bytes, as it stands or as the final version; and if not, why."""
    client, agreement = found.folder.split("/")[1:]
    told = f"this program ({__version__}) makes another document of it; the program may have changed since"
    for final in (False, True):
        made = draft(repository, client, agreement, found.name, final=final)
        if made.key == found.record.get("tree"):
            name = file_name(made.name, found.format)
            told = "the words are the same, the bytes are not"
            files, _ = render(repository, made, [found.format], _pages(repository, found))
            if files[name] == data:
                return True, ""
    return False, told


def _pages(repository: Repository, found: Carried) -> Mapping[str, int] | None:
    """The pages that a Word file's contents name: they were taken from the PDF's layout, and recorded."""
    path = f"{found.folder}/{RECORD}"
    documents = _documents(repository.read(path)) if repository.source.has(path) else {}
    pages: Mapping[str, int] | None = documents.get(found.name, {}).get("pages")
    return pages
