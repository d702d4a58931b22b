"""What an edit would do: the problems, the facts, figures and clauses that change, and the lines of the file. Writes nothing."""

import difflib
from collections.abc import Iterable

from msgspec import Struct

from contract_assembly.actions.edit.facts_file import FactsFile
from contract_assembly.build.pipeline import draft
from contract_assembly.build.revisions import AgreementVersion, Version, difference, state
from contract_assembly.build.signed_files import changed_since_sent
from contract_assembly.compare.difference import Difference
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError, errors, in_order
from contract_assembly.core.values import Money
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.fees import monthly_total
from contract_assembly.facts.outline import CONTRACT
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import FROZEN
from contract_assembly.repository.record_file import recorded

BEFORE, AFTER = "as it is", "as edited"


class EditEffect(Struct, frozen=True):
    """What an edit does to one agreement. `difference` is None where it cannot be assembled before or after; then there are
    problems. `documents` are drafts that were built from the file, and are to be built again."""

    client: str
    agreement: str
    status: str
    difference: Difference | None = None
    fee_before: Money | None = None
    fee_after: Money | None = None
    documents: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def name(self) -> str:
        """The agreement as people name it."""
        return f"{self.client}/{self.agreement}"


class EditPreview(Struct, frozen=True):
    """An edit before it is written. `problems` are all there would be, `new` the errors among them that are not reported
    now. `mended` are the errors that it takes away. `frozen` agreements are signed, and stay."""

    text: str
    lines: tuple[str, ...]
    effects: tuple[EditEffect, ...]
    problems: tuple[Problem, ...]
    new: tuple[Problem, ...]
    mended: tuple[Problem, ...]
    frozen: tuple[str, ...] = ()

    @property
    def may_be_saved(self) -> bool:
        """Whether it makes nothing worse. A problem may have hidden others, so a person who fixes one may save, and continue."""
        return not self.new or bool(self.mended)


def preview(repository: Repository, file: FactsFile, text: str) -> EditPreview:
    """What the file would do with this text. Raises RefusedError if a client's agreements cannot be listed."""
    after = repository.with_files(file.folder, {file.name: file.as_bytes(text)})
    names = (file.agreement,) if file.agreement else repository.agreements(file.client)
    frozen = [each for each in names if _status(repository, file.client, each) in FROZEN]
    looked = [_effect(repository, after, file, each) for each in names if each not in frozen]
    was = in_order(problem for _, found in looked for problem in found)
    problems = in_order(problem for effect, _ in looked for problem in effect.problems)
    return EditPreview(
        text=text,
        lines=tuple(lines_of(file, text)),
        effects=tuple(effect for effect, _ in looked),
        problems=problems,
        new=_without(errors(problems), was),
        mended=_without(errors(was), problems),
        frozen=tuple(f"{file.client}/{each}" for each in frozen),
    )


def problems_now(repository: Repository, file: FactsFile) -> tuple[Problem, ...]:
    """The problems of the agreements behind a file, as they are, except those that are signed."""
    names = (file.agreement,) if file.agreement else repository.agreements(file.client)
    now = [each for each in names if _status(repository, file.client, each) not in FROZEN]
    return in_order(problem for each in now for problem in _problems(repository, file.client, each))


def _effect(
    repository: Repository, after: Repository, file: FactsFile, agreement: str
) -> tuple[EditEffect, tuple[Problem, ...]]:
    """The effect on an agreement, and the problems that it has now."""
    before = _problems(repository, file.client, agreement)
    problems = (*_problems(after, file.client, agreement), *_out(after, file.client, agreement))
    made = EditEffect(
        client=file.client,
        agreement=agreement,
        status=_status(repository, file.client, agreement),
        difference=_difference(repository, after, file.client, agreement),
        fee_before=_fee(repository, file.client, agreement),
        fee_after=_fee(after, file.client, agreement),
        documents=tuple(_documents(repository, file, agreement)),
        problems=problems,
    )
    return made, before


def _problems(repository: Repository, client: str, agreement: str) -> tuple[Problem, ...]:
    """Everything that a build of the contract would report."""
    try:
        return draft(repository, client, agreement).warnings
    except RefusedError as error:
        return error.problems


def _out(after: Repository, client: str, agreement: str) -> Iterable[Problem]:
    """What was sent and would no longer be what the files say: it cannot be signed like that."""
    try:
        record = recorded(after, folder_of(client, agreement))
    except RefusedError as error:
        return error.problems
    return tuple(changed_since_sent(after, folder_of(client, agreement), CONTRACT, record.of(CONTRACT), "warning"))


def _difference(before: Repository, after: Repository, client: str, agreement: str) -> Difference | None:
    try:
        old, new = (_state(name, each, client, agreement) for name, each in ((BEFORE, before), (AFTER, after)))
        return difference(old, new)
    except RefusedError:
        return None  # `problems` says why


def _state(name: str, repository: Repository, client: str, agreement: str) -> AgreementVersion:
    return state(Version(name, repository), client, agreement)


def _fee(repository: Repository, client: str, agreement: str) -> Money | None:
    try:
        inputs = repository.inputs(client, agreement)
        return monthly_total(inputs) if isinstance(inputs, Inputs) else None
    except (RefusedError, ValueError):
        return None


def _status(repository: Repository, client: str, agreement: str) -> str:
    try:
        return str(repository.agreed(client, agreement).model.status)
    except RefusedError:
        return "unknown"


def _documents(repository: Repository, file: FactsFile, agreement: str) -> Iterable[str]:
    try:
        documents = recorded(repository, folder_of(file.client, agreement)).documents
    except RefusedError:
        return ()
    return (name for name, each in documents.items() if not each.is_frozen and file.path in each.inputs)


def lines_of(file: FactsFile, text: str) -> Iterable[str]:
    """The lines of a file that change with this text, as a unified diff."""
    before, after = (each.splitlines() for each in (file.text, text))
    return difflib.unified_diff(before, after, file.path, file.path, "now", "after", lineterm="")


def _without(found: Iterable[Problem], others: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those that are not among others, wherever a line has moved to."""
    known = {(each.rule, each.what) for each in others}
    return tuple(each for each in found if (each.rule, each.what) not in known)
