"""Compare the files in the folders with what a build would write now, and report the differences as problems. Used by
`check`; writes nothing.

Digests are compared first (`freshness`); only documents that could have changed are built, in memory. Documents that
were sent, signed or ended are compared only with their records.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from contract_assembly import __version__
from contract_assembly.blocks.loader import Books
from contract_assembly.build.freshness import Freshness, as_recorded
from contract_assembly.build.signed_files import changed_since_sent, files_of, touched, undone, unlike_status
from contract_assembly.core import parallel
from contract_assembly.core.origin import Origin
from contract_assembly.core.parallel import Jobs
from contract_assembly.core.paths import folder_of, is_clients
from contract_assembly.core.problems import Problem, RefusedError, in_order
from contract_assembly.facts.outline import CONTRACT
from contract_assembly.letters.kinds import MODELS
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import FROZEN, BuildRecord, DocumentRecord
from contract_assembly.repository.record_file import RECORD, cure, read, recorded
from contract_assembly.repository.record_writer import file_name
from contract_assembly.repository.store import remembered
from contract_assembly.writers.formats import FORMATS

if TYPE_CHECKING:
    from contract_assembly.build.pipeline import Draft

_SOURCES = (".yaml", ".csv")


class _Subject(Struct, frozen=True):
    """One document of an agreement, with its record."""

    known: Freshness
    client: str
    agreement: str
    name: str
    was: DocumentRecord
    memory: Mapping[str, Any]

    @property
    def repository(self) -> Repository:
        return self.known.repository

    @property
    def folder(self) -> str:
        return folder_of(self.client, self.agreement)

    def problem(self, rule: str, file: str, what: str, hint: str) -> Problem:
        return Problem(rule, what, Origin(f"{self.folder}/{file}"), hint)


def audited(
    root: Path, pairs: Sequence[tuple[str, str]], jobs: Jobs = 1, *, thorough: bool = False
) -> Iterator[tuple[Problem, ...]]:
    """The problems of each agreement, in the order given, with `jobs` processes. `thorough` ignores the digests of
    inputs and builds everything in memory."""
    return parallel.map_tasks(partial(_start, root, thorough), pairs, jobs, lambda _, problem: (problem,))


def _start(root: Path, thorough: bool) -> Callable[[tuple[str, str]], tuple[Problem, ...]]:
    known, books, memory = Freshness(Repository(root)), Books(root), remembered(root)
    return lambda pair: in_order(
        [*problems(known, pair, memory=memory, thorough=thorough), *_of_book(books, known.repository, pair)]
    )


def _of_book(books: Books, repository: Repository, pair: tuple[str, str]) -> Iterator[Problem]:
    """Problems in the ledger and the account of a prepaid block. No other check reads them until a document is due."""
    try:
        agreed = repository.agreed(*pair).model
        if agreed.kind == "time-block" and agreed.status != "draft":
            torn = books.book(*pair).ledger.torn_problem()
            yield from [torn] if torn else []
    except RefusedError as error:
        yield from error.problems


def problems(
    known: Freshness, pair: tuple[str, str], *, memory: Mapping[str, Any] = MappingProxyType({}), thorough: bool = False
) -> tuple[Problem, ...]:
    """What is wrong in the folder of one agreement, (client, agreement); empty if a build would not change a byte.

    `memory` is what the last builds here kept, by folder: output of the same version of the program does not have to be
    written again for the comparison.
    """
    client, agreement = pair
    repository, folder = known.repository, folder_of(client, agreement)
    try:
        before = read(repository, folder)
    except RefusedError as error:
        return error.problems
    found = list(_unrecorded(repository, folder, before))
    issued = (CONTRACT, *repository.documents(client, agreement))
    for name in issued:
        if name not in before.documents:
            found += _not_built(repository, client, agreement, name, before)
    for name, each in before.documents.items():
        subject = _Subject(
            known=known,
            client=client,
            agreement=agreement,
            name=name,
            was=each,
            memory=memory.get(folder, {}).get(name, {}),
        )
        try:
            found += _of_document(subject, there=name in issued, thorough=thorough)
        except RefusedError as error:
            found += error.problems
    if _may_depart(repository, client, agreement, before):
        found += _departures(repository, client, agreement)
    return in_order(found)


def lost_outputs(repository: Repository, lost: Sequence[Problem]) -> Iterator[Problem]:
    """Changed files of frozen documents, in folders that are not listed because their `agreement.yaml` or `client.yaml`
    is lost. Only the record of such a folder can be checked."""
    paths = [each.origin.path for each in lost if each.origin]
    folders = {path.rpartition("/")[0] for path in paths if path.endswith("/agreement.yaml")}
    clients = [path.rpartition("/")[0] for path in paths if path.endswith("/client.yaml")]
    folders |= {f"{client}/{name}" for client in clients for name in repository.source.names(client)}
    for folder in sorted(name for name in folders if repository.source.has(f"{name}/{RECORD}")):
        try:
            documents = recorded(repository, folder).documents
        except RefusedError as error:
            yield from error.problems
            continue
        for each in documents.values():
            yield from touched(repository, folder, each)


def _departures(repository: Repository, client: str, agreement: str) -> tuple[Problem, ...]:
    from contract_assembly.build.deviations import deviations, problems  # assembles the contract

    with suppress(RefusedError):  # a contract that cannot be assembled is reported above
        return tuple(problems(deviations(repository, client, agreement)))
    return ()


def _may_depart(repository: Repository, client: str, agreement: str, before: BuildRecord) -> bool:
    """Whether a contract may deviate from the preferred clauses. Most do not, and this shows it without assembling
    them."""
    taken = {each.path for each in before.of(CONTRACT).clauses}
    return (
        any(map(is_clients, taken))
        or any(each.head.rung != "preferred" for each in repository.library() if each.body_at.path in taken)
        or "\nparameters:" in repository.text(f"{folder_of(client, agreement)}/agreement.yaml")
    )


def _of_document(subject: _Subject, *, there: bool, thorough: bool) -> Iterator[Problem]:
    if _frozen(subject, there=there):
        yield from _touched(subject, there=there)
    elif not there:
        facts = f"documents/{subject.name}.yaml"
        hint = f"bring {facts} back with git, or remove the files of {subject.name}; then {cure(subject.folder)}"
        yield subject.problem("left-over", RECORD, f"{subject.name} is recorded, but its facts are gone: {facts}", hint)
    else:
        yield from _edited(subject)
        yield from _stale(subject, thorough=thorough)


def _frozen(subject: _Subject, *, there: bool) -> bool:
    """Whether a document is frozen, according to its record or, if the contract was signed elsewhere, to its facts."""
    if subject.was.is_frozen or subject.name != CONTRACT or not there:
        return subject.was.is_frozen
    return subject.repository.agreed(subject.client, subject.agreement).model.status in FROZEN


def _touched(subject: _Subject, *, there: bool) -> Iterator[Problem]:
    """A document that was sent must not change by a byte, and nor may its facts before it is signed."""
    repository, folder, name, was = subject.repository, subject.folder, subject.name, subject.was
    yield from touched(repository, folder, was)
    if name == CONTRACT:
        yield from unlike_status(repository, folder, was)
    elif there:
        facts = repository.issued(subject.client, subject.agreement, name, MODELS)
        yield from undone(folder, name, was, facts.model.status, facts.at("status"))
    yield from changed_since_sent(repository, folder, name, was)


def _edited(subject: _Subject) -> Iterator[Problem]:
    for file, digest in sorted(subject.was.sums.items()):
        path = f"{subject.folder}/{file}"
        now = subject.repository.output(path)
        if now is None:
            hint = f"put it back with 'git checkout -- {path}', or {cure(subject.folder)}"
            yield subject.problem("missing-output", file, f"{file} is recorded but not there", hint)
        elif now != digest:
            hint = f"change the facts or the clause instead, then {cure(subject.folder)}, which writes over it"
            yield subject.problem("edited-output", file, f"{file} is not as it was built: somebody edited it", hint)


def _stale(subject: _Subject, *, thorough: bool) -> Iterator[Problem]:
    was = subject.was
    verdict = subject.known.verdict(subject.client, subject.agreement, subject.name, was, subject.memory)
    known_program = verdict.ours or was.version == __version__
    if verdict.old and not verdict.changed:
        what = f"{', '.join(verdict.old)}: older than the other files of this document"
        yield subject.problem("stale", verdict.old[0], what, cure(subject.folder))
    if verdict.changed or thorough or not known_program:
        from contract_assembly.build.pipeline import draft

        made = draft(
            subject.repository,
            subject.client,
            subject.agreement,
            subject.name,
            final=was.is_final,
            engine=was.laid_out_by,
        )
        if not as_recorded(made, was):
            what = f"{subject.name} is out of date: {_reasons(verdict.changed) or 'the program changed'}"
            yield subject.problem("stale", RECORD, what, cure(subject.folder))
        elif (thorough or not known_program) and not verdict.old:
            yield from _otherwise(subject, made)


def _reasons(why: tuple[str, ...]) -> str:
    shown = ", ".join(why[:5])
    return f"{shown}{f' and {len(why) - 5} more' if len(why) > 5 else ''} changed" if why else ""


def _otherwise(subject: _Subject, made: "Draft") -> Iterator[Problem]:
    """Files that this version of the program would write differently from the same tree."""
    from contract_assembly.build.pipeline import render

    was = subject.was.sums
    suffixes = [suffix for suffix in FORMATS if file_name(made.name, suffix) in was]  # a mail comes with its PDF
    files, _ = render(subject.repository, made, suffixes, subject.was.pages_of(made.key, made.ingredients.engine))
    for file, data in sorted(files.items()):
        if file in was and sha256(data).hexdigest() != was[file]:
            what = f"{file} would now be written differently: the program changed, or the record was edited"
            yield subject.problem("stale", file, what, cure(subject.folder))


def _not_built(
    repository: Repository, client: str, agreement: str, name: str, before: BuildRecord
) -> Iterator[Problem]:
    """A document without a record: a build makes it, unless its facts say that it was sent."""
    folder = folder_of(client, agreement)
    unlike = tuple(unlike_status(repository, folder, before.of(CONTRACT))) if name == CONTRACT else ()
    yield from unlike or [
        Problem("missing-output", f"{name} was never built", Origin(f"{folder}/{RECORD}"), cure(folder))
    ]


def _unrecorded(repository: Repository, folder: str, before: BuildRecord) -> Iterator[Problem]:
    """Files next to the contract that are neither facts nor output. An old copy could be mistaken for the contract."""
    known = {RECORD, *(file for each in before.documents.values() for file in (*each.outputs, *files_of(each)))}
    for name in repository.source.names(folder):
        path = f"{folder}/{name}"
        if name in known or name.startswith(".") or name.endswith(_SOURCES) or not repository.source.has(path):
            continue
        hint = "move it into a folder of its own below this one, or remove it"
        yield Problem("unrecorded-file", f"{name} is not listed in {RECORD}", Origin(path), hint)
