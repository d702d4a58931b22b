"""Loads the book of a prepaid block: its files through the repository, its ledger checked against git. Writes
nothing."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct

from contract_assembly.blocks import ledger
from contract_assembly.blocks.balance import state
from contract_assembly.blocks.book import BlockPromises, Book, wrong
from contract_assembly.blocks.ledger import LEDGER, Ledger
from contract_assembly.blocks.ledger_integrity import differs_from_git
from contract_assembly.blocks.outside_work import wrong_tasks
from contract_assembly.clauses.choice import agreed_clause
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import Target, folder_of
from contract_assembly.core.problems import Problem, RefusedError, errors
from contract_assembly.core.text import did_you_mean
from contract_assembly.facts.account import ACCOUNT, Account
from contract_assembly.facts.agreement import Agreed
from contract_assembly.facts.agreement_files import BlockInputs
from contract_assembly.facts.catalogue import Plan
from contract_assembly.facts.fields import Located
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.revision import LastCommit
from contract_assembly.repository.selection import selected
from contract_assembly.rules import facts as consistency

# Each promise, and the clause and parameter that state it.
_PROMISES = {
    "gap": ("block-validity", "gap"),
    "message": ("block-balance", "message"),
    "estimate": ("block-counting", "estimate"),
    "refund": ("block-refund", "refund_period"),
}


def _turn(book: Book, day: date) -> tuple[bool, date, str]:
    """The order in which blocks are used: those with hours left first, then the one that expires first."""
    found = state(book, day)
    return not found.balance, found.expiry or date.max, book.folder


class Books(Struct, dict=True):
    """Loads the books below a root. An append must find the `bytes` of a ledger unchanged."""

    root: Path

    @cached_property
    def repository(self) -> Repository:
        """The repository at the root."""
        return Repository(self.root)

    def blocks(self, targets: Iterable[Target] = ()) -> tuple[tuple[str, str], ...]:
        """Client and agreement of every prepaid block that is not a draft, of these targets or of all clients. Raises
        RefusedError for a target that does not exist."""
        return tuple(pair for pair in selected(self.repository, targets)[0] if self._is_block(*pair))

    def unusable(self, targets: Iterable[Target] = ()) -> tuple[Problem, ...]:
        """The problems of clients whose folder cannot be used, where all clients are asked for."""
        return selected(self.repository, targets)[1]

    def one(self, target: Target, day: date | None = None) -> Book:
        """The book of the named agreement, or the one of a client whose hours are used first on a day: of those with
        hours left, the one that expires first. Raises RefusedError where there is none, or there are several and no day
        is given."""
        client = target.client
        found = [name for _, name in self.blocks([target])]
        if len(found) == 1:
            return self.book(client, found[0])
        if found and day:
            return min((self.book(client, name) for name in found), key=lambda book: _turn(book, day))
        if found:
            what = f"{client} has {len(found)} prepaid blocks"
            hint = f"name one: {' or '.join(f'{client}/{name}' for name in found)}"
        else:
            others = [name for _, name in self.blocks([Target(client)])]
            what = f"{client} has no prepaid block" + (f" {target.agreement}" if target.agreement else "")
            hint = (
                did_you_mean(target.agreement or "", others)
                if others
                else "its agreement must be of kind time-block, and sent or signed"
            )
        raise RefusedError([Problem("no-block", what, Origin(folder_of(client)), hint)])

    def book(self, client: str, agreement: str) -> Book:
        """The book of an agreement. Raises RefusedError with the problems of all its files."""
        path = f"{folder_of(client, agreement)}/{LEDGER}"
        return book_of(self.repository, client, agreement, self._last_commit.read(path))

    def bytes(self, folder: str) -> bytes:
        """The bytes of a ledger; none where there is no ledger yet."""
        path = f"{folder}/{LEDGER}"
        return self.repository.read(path) if self.repository.source.has(path) else b""

    def plans(self) -> Iterator[Plan]:
        """Every plan that the firm sells."""
        return plans(self.repository)

    def _is_block(self, client: str, agreement: str) -> bool:
        try:
            agreed: Agreed = self.repository.agreed(client, agreement).model
        except RefusedError:
            return True  # reported when its book is opened
        return agreed.kind == "time-block" and agreed.status != "draft"

    @cached_property
    def _last_commit(self) -> LastCommit:
        return LastCommit(self.root)


def book_of(repository: Repository, client: str, agreement: str, committed: bytes = b"") -> Book:
    """The book of an agreement from any source of files; `committed` is its ledger in git. Raises RefusedError with
    the problems of all files."""
    folder = folder_of(client, agreement)
    inputs = repository.inputs(client, agreement)
    if not isinstance(inputs, BlockInputs):
        raise RefusedError([Problem("no-block", f"{folder} is not a prepaid block", inputs.agreement.at("kind"))])
    promises = _promises(repository, inputs, client, agreement)
    found = Book(folder, inputs, _account(repository, folder), _ledger(repository, folder, committed), promises)
    problems = list(errors(consistency.problems(inputs)))
    if not problems:
        slips = (*wrong(found), *wrong_tasks(found))
        problems = [Problem(rule, what, found.account.at(path), hint) for rule, what, path, hint in slips]
    if problems:
        raise RefusedError(problems)
    return found


def plans(repository: Repository) -> Iterator[Plan]:
    """Every plan that the firm sells."""
    for name in repository.names("provider/plans", ".yaml"):
        yield repository.load(Plan, f"provider/plans/{name}.yaml").model


def _account(repository: Repository, folder: str) -> Located[Account]:
    path = f"{folder}/{ACCOUNT}"
    if not repository.source.exists(path):
        return Located(Account(), {"": Origin(path)})
    return repository.load(Account, path)


def _ledger(repository: Repository, folder: str, committed: bytes) -> Ledger:
    path = f"{folder}/{LEDGER}"
    data = repository.read(path) if repository.source.exists(path) else b""
    found = differs_from_git(data, committed, path)
    problems = [found] if found else []
    try:
        read = ledger.read(data, path) if data else Ledger(path)
    except RefusedError as error:
        raise RefusedError([*problems, *error.problems]) from None
    if problems:
        raise RefusedError(problems)
    return read


def _promises(repository: Repository, inputs: BlockInputs, client: str, agreement: str) -> BlockPromises:
    """The parameters of clauses that the hours depend on, as this agreement has them; the defaults where the library
    has no clause of that slot, or the block was signed on other paper."""
    if inputs.agreement.model.origin == "elsewhere":
        return BlockPromises()
    library = repository.library(client, agreement)
    found = dict[str, Any]()
    for promise, (slot, name) in _PROMISES.items():
        if has := agreed_clause(slot, library, inputs.use, inputs.agreement):
            value = has[1][name].value
            found[promise] = getattr(value, "count", value)
    return BlockPromises(**found)
