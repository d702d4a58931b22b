"""Gathers the book of a prepaid block: its files through the repository, its ledger with git as second witness. Writes
nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from contract_assembly.blocks import ledger
from contract_assembly.blocks.balance import state
from contract_assembly.blocks.book import Book, Promises, wrong
from contract_assembly.blocks.ledger import LEDGER, Ledger
from contract_assembly.blocks.ledger_integrity import witnessed
from contract_assembly.clauses.clause import choose, parameters
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError, errors
from contract_assembly.core.text import did_you_mean
from contract_assembly.facts.account import ACCOUNT, Account
from contract_assembly.facts.agreement import Agreed
from contract_assembly.facts.agreement_files import BlockInputs
from contract_assembly.facts.catalogue import Plan
from contract_assembly.facts.fields import Located
from contract_assembly.repository import git
from contract_assembly.repository.inputs import Repository
from contract_assembly.rules import facts as consistency

# Which parameter of which clause is which promise.
_PROMISES = {
    "gap": ("block-validity", "gap"),
    "message": ("block-balance", "message"),
    "estimate": ("block-counting", "estimate"),
    "refund": ("block-refund", "refund_period"),
}


def _turn(book: Book, day: date) -> tuple[bool, date, str]:
    """Whose turn it is: a block with hours left before an empty one, then the one that expires first."""
    found = state(book, day)
    return not found.balance, found.expiry or date.max, book.folder


@dataclass
class Books:
    """The books below a root. `bytes` of a ledger are what an append must find unchanged."""

    root: Path
    repository: Repository = field(init=False)

    def __post_init__(self) -> None:
        self.repository = Repository(self.root)

    def blocks(self, client: str | None = None) -> tuple[tuple[str, str], ...]:
        """Client and agreement of every prepaid block that is not a draft, of one client or all. Raises RefusedError for a client
        that is not there."""
        if client is None:
            pairs, _ = self.repository.every_agreement()
        else:
            pairs = tuple((client, name) for name in self.repository.agreements(client))
        return tuple(pair for pair in pairs if self._is_block(*pair))

    def unusable(self, client: str | None = None) -> tuple[Problem, ...]:
        """The problems of clients whose folder cannot be used, where all clients are asked for."""
        return self.repository.every_agreement()[1] if client is None else ()

    def one(self, client: str, agreement: str | None, day: date | None = None) -> Book:
        """The book of an agreement that is named, or the one whose hours are used first on a day: of those that have hours
        then, the one that expires first. Raises RefusedError where there is none, or no day to choose by."""
        found = [name for _, name in self.blocks(client)]
        if agreement in found or (len(found) == 1 and agreement is None):
            return self.book(client, agreement or found[0])
        if agreement is None and found and day:
            return min((self.book(client, name) for name in found), key=lambda book: _turn(book, day))
        if agreement is None and found:
            what, hint = f"{client} has {len(found)} prepaid blocks", f"name one: --agreement {' | '.join(found)}"
        else:
            what = f"{client} has no prepaid block {agreement}" if agreement else f"{client} has no prepaid block"
            hint = (
                did_you_mean(agreement or "", found)
                if found
                else "its agreement must be of kind time-block, and sent or signed"
            )
        raise RefusedError([Problem("no-block", what, Origin(folder_of(client)), hint)])

    def book(self, client: str, agreement: str) -> Book:
        """All that the hours of an agreement follow from. Raises RefusedError with the problems of all files."""
        path = f"{folder_of(client, agreement)}/{LEDGER}"
        committed = self._head.read(path) if self._head and self._head.has(path) else b""
        return book_of(self.repository, client, agreement, committed)

    def bytes(self, folder: str) -> bytes:
        """A ledger's bytes; none where none was begun."""
        path = f"{folder}/{LEDGER}"
        return self.repository.read(path) if self.repository.source.has(path) else b""

    def plans(self) -> Iterator[Plan]:
        """Every plan that the firm sells."""
        return plans(self.repository)

    def _is_block(self, client: str, agreement: str) -> bool:
        try:
            agreed: Agreed = self.repository.agreed(client, agreement).model
        except RefusedError:
            return True  # told when its book is opened
        return agreed.kind == "time-block" and agreed.status != "draft"

    @cached_property
    def _head(self) -> git.Revision | None:
        """What git holds; no witness where there is no git, or nothing is committed yet."""
        try:
            return git.opened(self.root).revision("HEAD")
        except RefusedError:
            return None


def book_of(repository: Repository, client: str, agreement: str, committed: bytes = b"") -> Book:
    """The book of an agreement from any source of files; `committed` is what git holds of its ledger. Raises RefusedError with
    the problems of all files."""
    folder = folder_of(client, agreement)
    inputs = repository.inputs(client, agreement)
    if not isinstance(inputs, BlockInputs):
        raise RefusedError([Problem("no-block", f"{folder} is no prepaid block", inputs.agreement.at("kind"))])
    promises = _promises(repository, inputs, client, agreement)
    found = Book(folder, inputs, _account(repository, folder), _ledger(repository, folder, committed), promises)
    problems = list(errors(consistency.problems(inputs)))
    if not problems:
        problems = [Problem(rule, what, found.account.at(path), hint) for rule, what, path, hint in wrong(found)]
    if problems:
        raise RefusedError(problems)
    return found


def plans(repository: Repository) -> Iterator[Plan]:
    """Every plan that the firm sells."""
    for name in repository.names("provider/plans", ".yaml"):
        yield repository.load(Plan, f"provider/plans/{name}.yaml").model


def _account(repository: Repository, folder: str) -> Located[Account]:
    path = f"{folder}/{ACCOUNT}"
    if not repository.has(path):
        return Located(Account(), {"": Origin(path)})
    return repository.load(Account, path)


def _ledger(repository: Repository, folder: str, committed: bytes) -> Ledger:
    path = f"{folder}/{LEDGER}"
    data = repository.read(path) if repository.has(path) else b""
    found = witnessed(data, committed, path)
    problems = [found] if found else []
    try:
        read = ledger.read(data, path) if data else Ledger(path)
    except RefusedError as error:
        raise RefusedError([*problems, *error.problems]) from None
    if problems:
        raise RefusedError(problems)
    return read


def _promises(repository: Repository, inputs: BlockInputs, client: str, agreement: str) -> Promises:
    """The parameters of clauses that the reckoning needs, as this agreement has them; a library of other clauses, without a
    slot of that name, leaves the usual ones."""
    library = repository.library(client, agreement)
    agreed, found = inputs.agreement.model, dict[str, Any]()
    for promise, (slot, name) in _PROMISES.items():
        if not any(clause.head.slot == slot for clause in library):
            continue
        where = inputs.agreement.at(f"parameters.{slot}")
        clause = choose(slot, library, agreed.kind, agreed.law, agreed.choose.get(slot), where)
        value = parameters(clause, agreed.parameters.get(slot, {}), lambda _: where)[name].value  # noqa: B023
        found[promise] = getattr(value, "count", value)
    return Promises(**found)
