"""Builds all documents of one agreement, or none: drafts each, and renders those that are out of date. Returns the files;
writes nothing."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field, to_builtins
from msgspec.structs import replace

from contract_assembly.build.freshness import Freshness, as_recorded, in_folder, memory_key, remembered_outputs
from contract_assembly.build.signed_files import changed_since_sent, undone, unlike_status
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError, errors
from contract_assembly.document.engines import Engine
from contract_assembly.facts import simple_yaml
from contract_assembly.facts.outline import CONTRACT
from contract_assembly.letters.kinds import MODELS
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import FROZEN, BuildRecord, DocumentRecord
from contract_assembly.repository.record_file import RECORD, read, recorded, written
from contract_assembly.repository.record_writer import MAIL, files_of, finished, unchanged
from contract_assembly.repository.selection import documents_of

if TYPE_CHECKING:
    from contract_assembly.build.pipeline import Draft

_OF_EVERY_LETTER = {"draft", "sent"}  # no kind refuses them; whether another status may be is for its model to say


class BuildOrder(Struct, frozen=True):
    """What to build of each agreement: the formats, whether as the final version, and the documents. No documents means
    all. `engine` lays out the PDFs; none means that of the house."""

    formats: tuple[str, ...]
    final: bool = False
    documents: tuple[str, ...] = ()
    engine: Engine | None = None


class BuildOutcome(Struct, frozen=True):
    """The result for one agreement: the files that changed, or the problems that prevented the build.

    `frozen` is true if all documents are frozen; `statuses` are theirs. `stale` lists files of an earlier state in
    formats that were not requested. `bug` is the traceback of an internal error.
    """

    folder: str
    changed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    frozen: bool = False
    statuses: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    bug: str = ""

    @property
    def failed(self) -> bool:
        """Whether nothing was built because something is wrong."""
        return bool(self.bug) or bool(errors(self.problems))


class Made(Struct, frozen=True):
    """What is to be written: the outcome so far, the files, and the notes for the next build."""

    outcome: BuildOutcome
    files: Mapping[str, bytes] = field(default_factory=dict)
    memory: Mapping[str, Any] = field(default_factory=dict)


def make(known: Freshness, client: str, agreement: str, order: BuildOrder, memory: Mapping[str, Any]) -> Made:
    """Build all documents of an agreement or none, so that no letter is written next to a contract that was refused."""
    repository, folder = known.repository, folder_of(client, agreement)
    before = recorded(repository, folder)
    _keep_evidence(repository, client, agreement, before)
    asked = documents_of(repository, client, agreement, order.documents)
    frozen = [name for name in asked if _frozen(repository, client, agreement, name, before)]
    since = [
        each for name in frozen for each in changed_since_sent(repository, folder, name, before.of(name), "warning")
    ]
    since += _unlike_status(repository, folder, before) if CONTRACT in frozen else []
    names = [name for name in asked if name not in frozen]
    if not names:
        return Made(BuildOutcome(folder, problems=tuple(since), frozen=True, statuses=_statuses(before, frozen)))
    idle = [
        name
        for name in names
        if _idle(known, (client, agreement, name), order, before.documents.get(name), memory.get(name, {}))
    ]
    names = [name for name in names if name not in idle]
    drafts = _drafts(repository, client, agreement, names, order=order)
    problems = since + [problem for name in idle for problem in map(_problem, memory[name]["warnings"])]
    problems += [problem for made in drafts for problem in made.warnings]
    stale = [each for made in drafts for each in _left_behind(before.of(made.name), made, order.formats)]
    outcome = BuildOutcome(folder, problems=tuple(dict.fromkeys(problems)), stale=tuple(stale))
    renewed = [
        made
        for made in drafts
        if not _fresh(repository, made, memory.get(made.name, {}), order.formats, before.documents.get(made.name))
    ]
    return (
        _written(repository, outcome, renewed, order=order, before=before, memory=memory) if renewed else Made(outcome)
    )


def _keep_evidence(repository: Repository, client: str, agreement: str, before: BuildRecord) -> None:
    """Raise RefusedError if a record that cannot be read may list what was sent or signed: nothing is written over it."""
    folder = folder_of(client, agreement)
    if before.documents or not repository.source.exists(f"{folder}/{RECORD}"):
        return
    if any(
        _frozen(repository, client, agreement, name, before) for name in documents_of(repository, client, agreement)
    ):
        read(repository, folder)


def _unlike_status(repository: Repository, folder: str, before: BuildRecord) -> list[Problem]:
    """Where facts and record disagree about a contract that stays as it is: a warning, since its letters can be built."""
    try:
        return [replace(each, level="warning") for each in unlike_status(repository, folder, before.of(CONTRACT))]
    except RefusedError:
        return []  # a build of what is not frozen lists it, and so does `check`


def _statuses(before: BuildRecord, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(before.of(name).status or "signed" for name in names))


def _written(
    repository: Repository,
    outcome: BuildOutcome,
    renewed: "Sequence[Draft]",
    order: BuildOrder,
    before: BuildRecord,
    memory: Mapping[str, Any],
) -> Made:
    from contract_assembly.build.pipeline import render

    files: dict[str, bytes] = {}
    after, notes = before, dict(memory)
    for made in renewed:
        was = before.of(made.name)
        wrote, pages = render(repository, made, order.formats, was.pages_of(made.key, made.ingredients.engine))
        kept = {name: each for name, each in was.outputs.items() if name not in wrote}
        now = finished(made.ingredients, made.made_from, wrote, kept, pages)
        if not unchanged(was, now):  # the record does not change if a new version of the program writes the same bytes
            after = after.with_document(made.name, now)
        digests = {name: hashlib.sha256(data).hexdigest() for name, data in wrote.items()}
        notes[made.name] = {
            "key": memory_key(made.made_from),
            "outputs": {**remembered_outputs(memory.get(made.name, {}), made.made_from), **digests},
            "warnings": [to_builtins(problem) for problem in made.warnings],
        }
        files |= wrote
    return Made(outcome, {**files, RECORD: written(after)}, notes)


def _idle(
    known: Freshness,
    which: tuple[str, str, str],
    order: BuildOrder,
    was: DocumentRecord | None,
    built: Mapping[str, Any],
) -> bool:
    """Whether the digests alone show that a document is up to date, so that it does not have to be assembled."""
    client, agreement, name = which
    if was is None or "warnings" not in built:
        return False
    as_asked = was.is_final == (order.final or was.status == "sent")
    as_asked &= was.laid_out_by == (order.engine or known.repository.engine(client, agreement))
    wanted = files_of(name, order.formats, mailed=_mailed(was))
    return (
        as_asked
        and all(built["outputs"].get(file) in {None, digest} for file, digest in was.sums.items())
        and in_folder(known.repository, folder_of(client, agreement), built["outputs"], wanted)
        and known.verdict(client, agreement, name, was, built).fresh
    )


def _problem(data: Mapping[str, Any]) -> Problem:
    place = data["origin"]
    return Problem(**{**data, "origin": Origin(**place) if place else None})


def build_in_memory(
    repository: Repository, client: str, agreement: str, order: BuildOrder
) -> tuple[BuildOutcome, Mapping[str, bytes]]:
    """Build these documents without writing anything, and return their files with the record of the folder. Raises
    RefusedError."""
    made = make(Freshness(repository), client, agreement, order, {})
    return made.outcome, made.files


def _frozen(repository: Repository, client: str, agreement: str, name: str, before: BuildRecord) -> bool:
    """Whether a document is frozen, according to its record or, if a contract was signed elsewhere, to its facts.
    Raises RefusedError if facts and record disagree."""
    folder, was = folder_of(client, agreement), before.of(name)
    try:
        status, at = _status(repository, client, agreement, name)
    except RefusedError:
        return was.is_frozen  # if it is not frozen, the build reports this with all other problems
    if wrong := tuple(undone(folder, name, was, status, at)):
        raise RefusedError(wrong)
    if was.is_frozen or status in FROZEN:
        return True
    there = [file for file in repository.source.names(folder) if file.startswith(f"{name}.")]
    if status == "sent" and name not in before.documents and there:
        what = f"{name} is sent and {', '.join(there)} is there, but no record lists how it was built"
        hint = f"bring {folder}/{RECORD} back with git; or remove the files, if this was never sent"
        raise RefusedError([Problem("sent-without-record", what, Origin(f"{folder}/{there[0]}"), hint)])
    return False


def _status(repository: Repository, client: str, agreement: str, name: str) -> tuple[str, Origin]:
    """The status of a document, and where it is written. The model of a letter is not loaded where its text is in the simplest
    form and its status is one of every letter: that takes a fifth of a build that finds a problem. Raises RefusedError if the
    file cannot be read."""
    if name == CONTRACT:
        agreed = repository.agreed(client, agreement)
        return agreed.model.status, agreed.at("status")
    path = f"{folder_of(client, agreement)}/documents/{name}.yaml"
    simple = simple_yaml.read(repository.text(path), path)
    if simple and (said := simple.data.get("status", "draft")) in _OF_EVERY_LETTER:
        return said, simple.origins.get("status") or Origin(path)
    issued = repository.issued(client, agreement, name, MODELS)
    return issued.model.status, issued.at("status")


def _drafts(
    repository: Repository, client: str, agreement: str, names: Sequence[str], *, order: BuildOrder
) -> "list[Draft]":
    from contract_assembly.build.pipeline import draft

    found: list[Draft] = []
    problems: list[Problem] = []
    for name in names:
        try:
            found.append(draft(repository, client, agreement, name, final=order.final, engine=order.engine))
        except RefusedError as error:
            problems.extend(error.problems)
    if problems:
        raise RefusedError(tuple(dict.fromkeys(problems)))
    return found


def _fresh(
    repository: Repository,
    made: "Draft",
    built: Mapping[str, Any],
    formats: tuple[str, ...],
    was: DocumentRecord | None,
) -> bool:
    """Whether the folder holds these formats exactly as this version of the program would write them."""
    names = files_of(made.name, formats, mailed=made.mail is not None)
    ours = remembered_outputs(built, made.made_from)
    return in_folder(repository, made.folder, ours, names) and as_recorded(made, was)


def _mailed(document: DocumentRecord) -> bool:
    """Whether a document was built with an email, according to its record."""
    return any(name.endswith(f".{MAIL}") for name in document.outputs)


def _left_behind(was: DocumentRecord, made: "Draft", formats: tuple[str, ...]) -> tuple[str, ...]:
    """Files of an earlier state that this build leaves alone, because their formats were not requested."""
    others = was.outputs.keys() - set(files_of(made.name, formats, mailed=True))
    return tuple(sorted(file for file in others if not was.outputs[file].is_of_state(file, made.key, made.made_from)))
