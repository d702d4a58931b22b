"""Enter a change of a running contract: its entries, the letter that confirms it, and the drafts that the entries change land as
one set. Reads and writes through `store`."""

from datetime import date

from contract_assembly.billing.loader import Accounts, issued_by
from contract_assembly.billing.new_change import ChangeRequest, ProposedChange, proposed, require_signed, with_entries
from contract_assembly.billing.running import Running
from contract_assembly.billing.states import facts_on
from contract_assembly.build.dependent_drafts import with_drafts
from contract_assembly.build.one_agreement import BuildOrder, build_in_memory
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.facts.changes import CHANGES, COUNTED
from contract_assembly.letters.kinds import MODELS
from contract_assembly.letters.other_paper import refuse_other_paper
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record_file import RECORD
from contract_assembly.repository.store import Store
from contract_assembly.repository.yaml_editor import DOCUMENT_DEPTH, new_file, set_value
from contract_assembly.writers.formats import FORMATS

LETTER = "change-confirmation"


def preview(repository: Repository, client: str, agreement: str, asked: ChangeRequest) -> ProposedChange:
    """The change and its effect; writes nothing. Raises RefusedError with everything that speaks against it."""
    account = _running(repository, client, agreement)
    refuse_other_paper(account.inputs, LETTER)
    return proposed(account, asked, issued_by(repository, client).by(asked.asked).of(agreement))


def _running(repository: Repository, client: str, agreement: str) -> Running:
    account = Accounts(repository).one(client, agreement)
    if not isinstance(account, Running):
        what = f"{folder_of(client, agreement)} is a prepaid block, whose hours are bought and not counted in users"
        hint = "order further hours with 'build.py block order'"
        raise RefusedError([Problem("not-a-contract", what, account.inputs.agreement.at("kind"), hint)])
    return account


def counts_on(repository: Repository, client: str, agreement: str, day: date) -> dict[str, int]:
    """How many users and devices of each class are covered on a day: {"users": 34, "server": 3}. Raises RefusedError for a
    prepaid block, and for a contract that is not signed."""
    running = _running(repository, client, agreement)
    require_signed(running)
    covered = facts_on(running, day).agreement.model.coverage
    return {"users": covered.users, **{each.kind: each.count for each in covered.assets if each.kind in COUNTED}}


def enter(store: Store, client: str, agreement: str, asked: ChangeRequest) -> tuple[ProposedChange, tuple[str, ...]]:
    """Write the entries and the letter, all or nothing; the names of the files that changed. Run again, it writes what is
    missing. Raises RefusedError as `preview` does."""
    repository = Repository(store.root)
    found = preview(repository, client, agreement, asked)
    folder = folder_of(client, agreement)
    path = f"{folder}/{CHANGES}"
    text = repository.text(path) if repository.source.exists(path) else ""
    name = _letter(repository, client, agreement, asked.on, new=bool(found.entries))
    files = {CHANGES: with_entries(text, path, found.entries).encode()} if found.entries else {}
    if name not in repository.documents(client, agreement):
        files[f"documents/{name}.yaml"] = _facts(asked).encode()
    elif found.entries and (letter := repository.issued(client, agreement, name, MODELS)).model.date < asked.asked:
        facts = repository.text(f"{folder}/documents/{name}.yaml")
        files[f"documents/{name}.yaml"] = set_value(facts, letter.at("date"), "date", str(asked.asked)).encode()
    after = repository.with_files(folder, files)
    _, built = build_in_memory(after, client, agreement, BuildOrder(tuple(FORMATS), documents=(name,)))
    landing, _ = with_drafts(repository, client, agreement, {**built, **files}, but=name)
    return found, store.put(folder, landing, last=RECORD)


def _letter(repository: Repository, client: str, agreement: str, on: date, *, new: bool) -> str:
    """The name of the letter for a day: the draft that is there or, for new changes after one that was sent, a further one."""
    number, name = 1, f"change-{on}"
    while name in repository.documents(client, agreement):
        status = repository.issued(client, agreement, name, MODELS).model.status
        if status == "draft" or not new:
            break
        number += 1
        name = f"change-{on}-{number}"
    return name


def _facts(asked: ChangeRequest) -> str:
    facts = {"document": LETTER, "status": "draft", "date": str(asked.asked), "mail": "yes", "effective": str(asked.on)}
    return new_file(LETTER, DOCUMENT_DEPTH, ["Confirms the changes of changes.yaml that begin on this day."], facts)
