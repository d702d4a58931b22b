"""An edit of a signed agreement, as its next amendment: what that would say and do, and then facts and amendment written as one
set. While the amendment is a draft, further edits go into it."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from msgspec import Struct

from contract_assembly.actions.amend import Ask, ProposedAmendment, proposed, put, revised
from contract_assembly.actions.edit.facts_file import FactsFile, digest
from contract_assembly.actions.edit.preview import lines_of
from contract_assembly.actions.edit.save import changed_meanwhile
from contract_assembly.billing.effect import ChangeEffect
from contract_assembly.build.pipeline import draft
from contract_assembly.compare.figures import FactChange, figures
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.values import next_month
from contract_assembly.facts.changes import CHANGES
from contract_assembly.facts.term_dates import days_in_force
from contract_assembly.letters.amendment import amendments
from contract_assembly.letters.amendments.fee import effect_of
from contract_assembly.letters.amendments.instructions import in_short
from contract_assembly.letters.other_paper import refuse_other_paper
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record_file import RECORD
from contract_assembly.repository.store import Store


class NextAmendment(Struct, frozen=True):
    """The amendment that an edit goes into: its name, the day that it bears, its first day, and whether it is there already, as
    a draft. `mark` changes with everything that it follows from except the facts themselves."""

    name: str
    on: date
    effective: date
    is_there: bool
    mark: str

    @property
    def title(self) -> str:
        """Its name for people: "Amendment 1"."""
        return self.name.replace("-", " ").capitalize()


class AmendmentPreview(Struct, frozen=True):
    """An amendment before it is written. `says` are its instructions, one line for each; `lines` the change of the file of facts.
    `effect` is what it does to the fee, None for a block, and `problems` are the warnings of its draft."""

    proposed: ProposedAmendment
    says: tuple[str, ...]
    figures: tuple[FactChange, ...]
    effect: ChangeEffect | None
    problems: tuple[Problem, ...]
    lines: tuple[str, ...]


def coming(repository: Repository, client: str, agreement: str, on: date) -> NextAmendment:
    """The amendment that an edit on a day would go into; a new one would take effect with the next month. Raises RefusedError for
    a contract on other paper, and while the last amendment is out to be signed."""
    inputs = repository.inputs(client, agreement)
    refuse_other_paper(inputs, "amendment")
    row, mark = amendments(repository, client, agreement), _mark(repository, client, agreement)
    last = row[-1] if row else None
    if last and last.model.status == "sent":
        what = f"amendment {last.model.number} was sent and is not signed yet"
        hint = "have it signed, or take it back to a draft, before anything else is amended"
        raise RefusedError([Problem("not-signed", what, last.at("status"), hint)])
    if last and last.model.status == "draft":
        return NextAmendment(f"amendment-{last.model.number}", last.model.date, last.model.effective, True, mark)
    first = last.model.effective if last else days_in_force(inputs).first
    return NextAmendment(f"amendment-{len(row) + 1}", on, max(next_month(on), first), False, mark)


def preview(repository: Repository, file: FactsFile, text: str, on: date, effective: date) -> AmendmentPreview:
    """What the amendment would be with this text of the facts. Raises RefusedError with everything that speaks against it."""
    after = repository.with_files(file.folder, {file.name: file.as_bytes(text)})
    what = _proposed(after, file, on, effective)
    then = after.with_files(file.folder, {f"documents/{what.name}.yaml": what.facts.encode()})
    made = draft(then, file.client, file.agreement, what.name)
    old, new = what.reached[-2:]
    return AmendmentPreview(
        proposed=what,
        says=tuple(map(in_short, what.changes)),
        figures=figures((old.document, old.facts), (new.document, new.facts)),
        effect=effect_of(then, file.client, file.agreement, what.reached, effective),
        problems=made.warnings,
        lines=tuple(lines_of(file, text)),
    )


def enter(store: Store, file: FactsFile, text: str, on: date, effective: date) -> tuple[str, ...]:
    """Write the facts and the amendment, all or nothing; the names of the files that changed. Raises RefusedError as `preview`
    does, and `changed-meanwhile` if the facts have changed since `file` was read."""
    repository = Repository(store.root)
    if digest(repository.read(file.path)) != file.digest:
        raise RefusedError(changed_meanwhile(file.folder, [file.name]))
    data = {file.name: file.as_bytes(text)}
    what = _proposed(repository.with_files(file.folder, data), file, on, effective)
    return put(store, file.client, file.agreement, what, data)


def _proposed(after: Repository, file: FactsFile, on: date, effective: date) -> ProposedAmendment:
    row = amendments(after, file.client, file.agreement)
    if row and row[-1].model.status == "draft":
        return revised(after, file.client, file.agreement, on, effective)
    return proposed(after, file.client, file.agreement, Ask(on, effective))


def _mark(repository: Repository, client: str, agreement: str) -> str:
    folder = folder_of(client, agreement)
    found = sha256()
    for path in _behind(repository, client, agreement):
        if repository.source.exists(f"{folder}/{path}"):
            found.update(path.encode() + repository.read(f"{folder}/{path}"))
    return found.hexdigest()


def _behind(repository: Repository, client: str, agreement: str) -> Iterable[str]:
    """The files that an amendment follows from, other than the facts."""
    yield from (RECORD, CHANGES)
    yield from (f"documents/{each}.yaml" for each in repository.documents(client, agreement) if "amendment" in each)
