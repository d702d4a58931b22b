"""Documents made from a ledger as of an earlier day. Reads through `repository`."""

from datetime import date
from typing import Any

from msgspec import Struct

from contract_assembly.blocks.book import Book
from contract_assembly.blocks.loader import book_of
from contract_assembly.blocks.pinned_book import Pin, account_digest, pinned
from contract_assembly.facts.account import ACCOUNT
from contract_assembly.facts.agreement_files import AnyInputs
from contract_assembly.facts.fields import Located, Model, TextFact, WholeFact
from contract_assembly.facts.issued_document import Issued
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import Pinned, PinnedEvents, PinnedRows


class Rows(Model):
    """The rows of the ledger from which a document is made: how many, and the digest of the last one."""

    rows: WholeFact
    digest: TextFact = ""


class PinnedDocument(Issued):
    """A document made from the first rows of a ledger."""

    ledger: Rows


class PinnedFacts(Struct, frozen=True):
    """A book as of an earlier day, and the entries in the record for its files, which keep growing."""

    book: Book
    pinned: Pinned


def pinned_facts(repository: Repository, inputs: AnyInputs[Any], issued: Located[Any], by: date) -> PinnedFacts:
    """The book for a document: the rows that it names, and the events up to a day. Raises RefusedError with every
    problem in its files, or if the ledger no longer has those rows."""
    client, agreement = inputs.agreement.at().path.split("/")[1:3]
    rows: Rows = issued.model.ledger
    book = pinned(book_of(repository, client, agreement), Pin(rows.rows, rows.digest), by, issued.at("ledger.digest"))
    events = PinnedEvents(by, account_digest(book.account.model))
    return PinnedFacts(book, {book.ledger.path: PinnedRows(rows.rows, rows.digest), f"{book.folder}/{ACCOUNT}": events})
