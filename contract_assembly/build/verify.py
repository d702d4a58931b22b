"""Verify a document: whether a file is, byte for byte, one that this repository holds or builds, and at which commit;
if not, where its words differ.

A record in an agreement's folder lists the digest of each built file. The record inside a document only says in which
folder to look; the files in that folder decide. No claim is made about words that were not compared.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly import __version__
from contract_assembly.build.embedded_files import Carried
from contract_assembly.build.payload import agreement_data
from contract_assembly.build.pipeline import Draft, render
from contract_assembly.build.rebuilding import drafted, made_again
from contract_assembly.build.word_differences import WordChange, compared
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import with_count
from contract_assembly.repository.git import Commit, Git, opened
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import BuildRecord, DocumentRecord
from contract_assembly.repository.record_file import RECORD, loaded
from contract_assembly.repository.record_writer import file_name
from contract_assembly.repository.revision import Revision
from contract_assembly.writers.returned import words_of
from contract_assembly.writers.returned.limits import UnreadableError

Answer = Literal["exact", "signed", "added-to", "changed", "another-version", "unknown"]
_MOST_REVISIONS = 16  # of one PDF
_EOF = b"%%EOF"


class RepositoryState(Struct, frozen=True):
    """A state of this repository: a commit, or the working tree if that is None."""

    commit: Commit | None = None

    def __str__(self) -> str:
        if self.commit is None:
            return "the working tree"
        return f"commit {self.commit.id[:10]} ({self.commit.day}, {self.commit.subject})"


Recorded: TypeAlias = tuple[RepositoryState, BuildRecord]


class Verdict(Struct, frozen=True):
    """The answer for a file: the state in which it was found, sentences for people, and every place where its words
    differ, with the ids of the clauses and the keys of the facts."""

    answer: Answer
    state: RepositoryState | None
    sentences: tuple[str, ...]
    clauses: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    changes: tuple[WordChange, ...] = ()


def verdict(root: Path, data: bytes, found: Carried, *, rebuild: bool = False) -> Verdict:
    """Judge a file with the contents `found`. With `rebuild`, also build it again in memory from the files of that
    state; then only equal bytes count, and the answer is "unknown" where it cannot be built. Raises RefusedError if
    git's history cannot be read."""
    git, notes = _git(root)
    states = tuple(_states(root, git, f"{found.folder}/{RECORD}"))
    for answer, size in _beginnings(data, found):
        state, name = _holding(states, hashlib.sha256(data[:size]).hexdigest())
        if state:
            sentences = _held(answer, state, found, name, len(data) - size)
            also = _committed_otherwise(git, state, f"{found.folder}/{name}", data[:size])
            judged = Verdict(answer, state, (*sentences, *also, *notes))
            if size < len(data):
                judged = _with_words(judged, data, data[:size], partial(_tree, root, git, state, found))
            return _rebuilt(root, git, data[:size], found, judged) if rebuild else judged
    judged = _other(root, git, states, data, found)
    judged = replace(judged, sentences=(*judged.sentences, *notes))
    return _rebuilt(root, git, data, found, judged) if rebuild and judged.answer != "unknown" else judged


def original_of(root: Path, found: Carried) -> tuple[str, bytes] | None:
    """The file that was built from the record which a document carries, and the state in which it was found: the
    working tree or a commit. None if there is no such state, or if its file can neither be found nor be built
    again."""
    git, _ = _git(root)
    for state, record in _states(root, git, f"{found.folder}/{RECORD}"):
        document = record.of(found.name)
        if document.ingredients == found.record and (data := _original(root, git, state, document, found)):
            return str(state), data
    return None


def _git(root: Path) -> tuple[Git | None, tuple[str, ...]]:
    try:
        return opened(root), ()
    except RefusedError as error:
        if any(each.rule != "no-git" for each in error.problems):
            raise
        return None, ("There is no git history here, so only the working tree was searched.",)


def _beginnings(data: bytes, found: Carried) -> Iterator[tuple[Answer, int]]:
    """The whole file, then each earlier revision of a PDF, because signing appends to the file without changing its
    bytes."""
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
    """The documents in the record of each state: the working tree, then each commit, the newest first."""
    repository = Repository(root)
    if repository.source.has(path):
        yield RepositoryState(), loaded(repository.read(path))
    for commit in git.history(path, revision="--all") if git else ():
        with suppress(RefusedError):  # a commit that deleted the record
            yield (
                RepositoryState(commit),
                loaded(git.checked("cat-file", "blob", f"{commit.id}:{git.prefix}{path}") if git else b""),
            )


def _holding(states: Sequence[Recorded], digest: str) -> tuple[RepositoryState | None, str]:
    """The commit that added a file with this digest, or the working tree if no commit has it; and the file's name."""
    last: tuple[RepositoryState | None, str] = (None, "")
    for state, record in states:
        sums = [each for document in record.documents.values() for each in document.sums.items()]
        name = next((name for name, known in sums if known == digest), "")
        if not name and last[0] and last[0].commit:
            break
        last = (state, name) if name else last
    return last


def _held(answer: Answer, state: RepositoryState, found: Carried, name: str, added: int) -> tuple[str, ...]:
    file = f"{found.folder}/{name}"
    if answer == "exact":
        return (f"This is exactly what {state} holds as {file}.",)
    begins = f"This begins with exactly what {state} holds as {file}; {added:,} bytes were added at its end."
    if answer == "added-to":
        return (begins, "There is no signature in it: somebody changed or marked it.")
    count = "1 signature is" if found.signatures == 1 else f"{found.signatures} signatures are"
    return (begins, f"{count} in it. Use a PDF reader to see whose, and whether valid: that was not examined here.")


def _committed_otherwise(git: Git | None, state: RepositoryState, path: str, data: bytes) -> tuple[str, ...]:
    """A sentence if the file committed with the record is not the one that the record lists."""
    if git is None or state.commit is None:
        return ()
    try:
        committed = git.checked("cat-file", "blob", f"{state.commit.id}:{git.prefix}{path}")
    except RefusedError:
        return ("The record was committed there without the file.",)
    return () if committed == data else (f"But {path} was committed there with other bytes than its record says.",)


# ---- another file


def _other(root: Path, git: Git | None, states: Sequence[Recorded], data: bytes, found: Carried) -> Verdict:
    for state, record in states:
        document = record.of(found.name)
        if document.ingredients == found.record:
            what = f"It carries the record of {state}, but its bytes are not those that were built:"
            judged = Verdict("changed", state, (what, "it was edited, or saved again by another program."))
            return _with_words(
                judged, data, _original(root, git, state, document, found), partial(_tree, root, git, state, found)
            )
    where = f"It says that it is {found.name} of {found.folder}"
    if not states:
        return Verdict("unknown", None, (f"{where}, and this repository has nothing of that.", _NOTHING))
    what = f"{where}, but no version that is known here was built like this."
    try:
        now = drafted(Repository(root), found)
        ours = render(Repository(root), now, [found.format])[0][file_name(now.name, found.format)]
    except RefusedError:
        sentence = "The files of today cannot be built, so nothing was compared with them."
        return Verdict("another-version", None, (what, sentence))
    clauses, facts = _differences(now, found)
    judged = _with_words(
        Verdict("another-version", None, (what,), clauses, facts), data, ours, lambda: now, " from today's"
    )
    if clauses or facts or judged.sentences[-1] != _SAME:
        return judged
    alike = "Its clauses and facts are today's; its status, the house style or the program differ."
    return replace(judged, sentences=(*judged.sentences, alike))


def _differences(now: Draft, found: Carried) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The slots and the keys of facts in which a document's record differs from the working tree."""
    facts = agreement_data(now.document, now.facts)["facts"]
    return _unlike(_slots(found.record), _slots(now.ingredients)), _unlike(found.facts, facts)


def _slots(document: DocumentRecord) -> dict[str, str]:
    return {each.slot: each.sha256 for each in document.clauses}


def _unlike(then: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(sorted(key for key in {*then, *now} if then.get(key) != now.get(key)))


# ---- its words


def _with_words(
    judged: Verdict, data: bytes, ours: bytes | None, tree: Callable[[], Draft | None], than: str = ""
) -> Verdict:
    """The verdict after comparing the words of a file with ours. It says so if they cannot be compared, and never
    counts that as equal."""
    if ours is None:
        sentence = (
            "Its words were not compared: the file that was built is not here any more, and cannot be built again."
        )
        return replace(judged, sentences=(*judged.sentences, sentence))
    try:
        theirs = words_of(data)  # first, because no tree is needed if this fails
        made = tree()
        changes = compared(words_of(ours), theirs, made.document if made else None)
    except UnreadableError as error:
        return replace(judged, sentences=(*judged.sentences, f"Its words were not compared: {error}."))
    return _differing(judged, changes, than) if changes else replace(judged, sentences=(*judged.sentences, _SAME))


_NOTHING = "Its words were not compared with anything."
_SAME = "Its words are the same, on every page; pictures and layout were not compared."


def _differing(judged: Verdict, changes: tuple[WordChange, ...], than: str) -> Verdict:
    count = with_count(len(changes), "place")
    return Verdict(
        answer="another-version" if judged.answer == "another-version" else "changed",
        state=judged.state,
        sentences=(*judged.sentences, f"Its words differ{than} in {count}."),
        clauses=tuple(dict.fromkeys((*judged.clauses, *(name for each in changes for name in each.clauses)))),
        facts=tuple(dict.fromkeys((*judged.facts, *(key for each in changes for key in each.facts)))),
        changes=changes,
    )


def _original(
    root: Path, git: Git | None, state: RepositoryState, document: DocumentRecord, found: Carried
) -> bytes | None:
    """The file that was built in a state, if its digest matches the record; otherwise a rebuilt one."""
    name = file_name(found.name, found.format)
    digest = document.sums.get(name)
    source = _source(root, git, state)
    with suppress(RefusedError):
        data = Repository(source).read(f"{found.folder}/{name}")
        if hashlib.sha256(data).hexdigest() == digest:
            return data
    with suppress(RefusedError):
        return made_again(Repository(source), found)[1]
    return None


def _tree(root: Path, git: Git | None, state: RepositoryState, found: Carried) -> Draft | None:
    """The document assembled from a state; None if that is no longer possible."""
    with suppress(RefusedError):
        return drafted(Repository(_source(root, git, state)), found)
    return None


def _source(root: Path, git: Git | None, state: RepositoryState) -> Any:
    return Revision.of(git, state.commit.id) if git and state.commit else root


# ---- built again


def _rebuilt(root: Path, git: Git | None, data: bytes, found: Carried, judged: Verdict) -> Verdict:
    state = RepositoryState(judged.state.commit if judged.state else None)
    begin = f"Built again from {state}, it"
    try:
        made, again = made_again(Repository(_source(root, git, state)), found)
    except RefusedError as error:
        return replace(judged, answer="unknown", sentences=(*judged.sentences, _not_built(state, error.problems[0])))
    if again == data:
        answer = judged.answer if judged.state else "exact"
        sentence = f"{begin} is the same, byte for byte."
        return replace(
            judged, answer=answer, state=state, sentences=(*(judged.sentences if judged.state else ()), sentence)
        )
    if made.key != found.record.tree:
        why = f"this program ({__version__}) makes another document of it; the program may have changed since"
        return _unlike_rebuilt(judged, f"{begin} is not the same: {why}.")
    worded = _with_words(replace(judged, sentences=()), data, again, lambda: made)
    why = "the words are the same, the bytes are not" if worded.sentences[-1] == _SAME else _as_reason(worded)
    return _unlike_rebuilt(replace(worded, sentences=judged.sentences), f"{begin} is not the same: {why}.")


def _not_built(state: RepositoryState, problem: Problem) -> str:
    fix = f" To compare: {problem.hint}." if problem.hint else ""
    return f"It could not be built again from {state}, so nothing was compared: {problem.what}.{fix}"


def _as_reason(worded: Verdict) -> str:
    sentence = worded.sentences[-1].removesuffix(".")
    return sentence[0].lower() + sentence[1:]


def _unlike_rebuilt(judged: Verdict, sentence: str) -> Verdict:
    answer: Answer = "changed" if judged.answer == "exact" else judged.answer
    return replace(judged, answer=answer, sentences=(*judged.sentences, sentence))
