"""Suspect by digests alone that a document is out of date; `build.audit` decides. No document is assembled here.

A record lists every file of facts and every clause with its digest. It cannot list a clause that might now be chosen
instead. So each choice is repeated from the heads of the library, approvals are counted again, and a final document is
searched for the names of other clients. The results are cached, because they are the same for many agreements.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from msgspec import Struct, field

from contract_assembly.clauses.approval import approval_status
from contract_assembly.clauses.choice import choose
from contract_assembly.clauses.clause import Clause
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.source_digest import program_here
from contract_assembly.facts.agreement import Kind
from contract_assembly.facts.agreement_files import Use
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import DocumentRecord, Judged
from contract_assembly.repository.record_file import made_from
from contract_assembly.repository.record_writer import finished, unchanged

if TYPE_CHECKING:
    from contract_assembly.build.pipeline import Draft

_HISTORY = "git's history, perhaps,"
_HOUSE, _APPROVALS, _OLDER = "templates/house", "provider/approvals.yaml", "the form of the record"
_WORD = re.compile(r"\w+")


class Verdict(Struct, frozen=True):
    """Whether a document is what a build would write now, as far as digests show.

    `changed` are inputs that differ from those recorded, `old` are files of an earlier state than the record, and
    `ours` is true if this version of the program wrote it; another version may write other bytes from the same
    inputs."""

    changed: tuple[str, ...]
    old: tuple[str, ...]
    ours: bool

    @property
    def fresh(self) -> bool:
        """Whether there is nothing to do. If not, the document is assembled to find out."""
        return self.ours and not self.changed and not self.old


class Freshness(Struct, dict=True):
    """One state of a repository, against which many records are judged."""

    repository: Repository
    _chosen: dict[tuple[str, Use], str | None] = field(default_factory=dict)
    _approved: dict[tuple[str, Use, date], bool] = field(default_factory=dict)

    def verdict(
        self, client: str, agreement: str, name: str, was: DocumentRecord, memory: Mapping[str, Any]
    ) -> Verdict:
        """Judge a document by its record and by `memory`, the notes of the last build in this clone. Raises
        RefusedError if the library cannot be read."""
        made_of = made_from(folder_of(client, agreement), name, was)
        written = sorted(was.outputs.items())
        old = tuple(file for file, each in written if not each.is_of_state(file, was.tree, made_of))
        return Verdict(self.changed(client, agreement, was), old, memory.get("key") == memory_key(made_of))

    def changed(self, client: str, agreement: str, was: DocumentRecord) -> tuple[str, ...]:
        """The paths of the inputs that have changed since the document was built, in order. If there are none, the tree
        is the same.

        Raises RefusedError if the library cannot be read."""
        if was.judged is None:
            return (_OLDER,)
        if was.judged.history:
            return (_HISTORY,)
        found = tuple(dict.fromkeys(self._changes(client, agreement, was, was.judged)))
        # Files of which a document was made from the first rows keep growing, and a draft may be made from more of them.
        return found or (() if was.is_final else tuple(was.pinned))

    def _changes(self, client: str, agreement: str, was: DocumentRecord, judged: Judged) -> Iterator[str]:
        if (facts := f"{folder_of(client, agreement)}/agreement.yaml") not in was.inputs:
            yield facts  # the folder was renamed, or is a copy of another
        for path, digests in was.inputs.items():
            if self.digest(path) != (digests.sha256 if digests else None):
                yield path
        if was.house != self.repository.house().digest:
            yield _HOUSE
        library = {clause.body_at.path: clause for clause in self.repository.library(client, agreement)}
        used = [library.get(each.path) for each in was.clauses]
        for clause, each in zip(used, was.clauses, strict=True):
            if clause is None or self.digest(each.path) != each.sha256:
                yield each.path
            elif (chosen := self._choice(library, clause, judged)) != each.path:
                yield chosen or each.path
        if sum(not self._stood_for(each, judged) for each in used if each) != judged.unapproved:
            yield _APPROVALS
        if judged.final:
            yield from self._strangers(client, agreement, was)

    def digest(self, path: str) -> str | None:
        """SHA-256 of an input, text with LF endings; None if the file does not exist."""
        return self.repository.digests(path).sha256 if self.repository.source.has(path) else None

    def _choice(self, library: Mapping[str, Clause], clause: Clause, judged: Judged) -> str | None:
        """The path of the clause that would be chosen for a slot if the agreement did not choose one by id. If it does,
        this may return another clause, and then the document is assembled to find out."""
        key = (clause.head.slot, _use(judged))
        if clause.is_negotiated:
            return _best(library, *key)
        if key not in self._chosen:
            self._chosen[key] = _best(library, *key)
        return self._chosen[key]

    def _stood_for(self, clause: Clause, judged: Judged) -> bool:
        key = (clause.body_at.path, _use(judged), judged.day)
        if key not in self._approved:
            path, use, day = key
            digest = self.repository.approvable(path)
            found = self.repository.approvals().by_clause.get(clause.head.id, [])
            status = approval_status(clause, digest, found, use, day)
            self._approved[key] = status.state == "approved"
        return self._approved[key]

    def _strangers(self, client: str, agreement: str, was: DocumentRecord) -> Iterator[str]:
        """Other clients whose names might be in a final document. The search is rough, but misses none."""
        review = next((name for name in was.outputs if name.endswith(".md")), None)
        if review is None:
            yield "the names of other clients"
            return
        text = self.repository.source.read(f"{folder_of(client, agreement)}/{review}").decode("utf-8", "replace")
        words = set(_WORD.findall(text.replace("\\", "")))
        for first in words & self._names.keys():
            for name, clients in self._names[first].items():
                if client not in clients and set(_WORD.findall(name)) <= words:
                    yield f"{folder_of(min(clients))}/client.yaml"

    @cached_property
    def _names(self) -> dict[str, dict[str, set[str]]]:
        """The names of all clients by their first word, each with the folders of the clients that have it."""
        found: dict[str, dict[str, set[str]]] = {}
        for client, name in self.repository.names_of_clients():
            for first in _WORD.findall(name)[:1]:
                found.setdefault(first, {}).setdefault(name, set()).add(client)
        return found


def as_recorded(made: "Draft", was: DocumentRecord | None) -> bool:
    """Whether a newly assembled document is the one in the record, whichever version of the program wrote it."""
    return was is not None and unchanged(
        was,
        finished(made.ingredients, made.made_from, {}, was.outputs, was.pages_of(made.key, made.ingredients.engine)),
    )


def in_folder(repository: Repository, folder: str, digests: Mapping[str, str], names: Iterable[str]) -> bool:
    """Whether a folder holds all these files with the recorded digests."""
    return all(name in digests and repository.output(f"{folder}/{name}") == digests[name] for name in names)


def remembered_outputs(built: Mapping[str, Any], made_of: str) -> dict[str, str]:
    """The digests of a document's files as this version of the program last wrote them from these inputs; empty if it
    did not."""
    return dict(built.get("outputs", {})) if built.get("key") == memory_key(made_of) else {}


def memory_key(made_of: str) -> str:
    """The key of a build in the notes: the digest of its inputs and that of the program's source."""
    return f"{made_of} {program_here()}"


def _use(judged: Judged) -> Use:
    """What a document was built for. Records of older versions have no place; their clauses were chosen by law
    alone."""
    return Use(cast("Kind", judged.kind), judged.law, judged.place)


def _best(library: Mapping[str, Clause], slot: str, use: Use) -> str | None:
    try:
        return choose(slot, library.values(), use, None, Origin("")).body_at.path
    except RefusedError:
        return None
