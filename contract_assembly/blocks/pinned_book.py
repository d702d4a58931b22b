"""A book as of an earlier day: the first rows of its ledger, and the events of `account.yaml` by that day. Pure.

A document made from a ledger names the last row that it used and that row's chained digest, which covers every byte
above it. So later rows do not change the document, and changed rows are found."""

import hashlib
import json
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.blocks.book import Book
from contract_assembly.blocks.ledger import Ledger, chained, encoded
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.facts.account import Account, Order
from contract_assembly.facts.fields import Located


class Pin(Struct, frozen=True):
    """The first rows of a ledger: how many, and the digest of the last; "" for none."""

    rows: int
    digest: str


def pin(ledger: Ledger, booked_by: date) -> Pin:
    """The rows that were booked by a day."""
    return pin_of(ledger, len(ledger.booked_by(booked_by)))


def pin_of(ledger: Ledger, rows: int) -> Pin:
    """The pin of the first rows."""
    digest = ""
    for row in ledger.rows[:rows]:
        digest = chained(digest, encoded(row))
    return Pin(rows, digest)


def pinned(book: Book, to: Pin, day: date, at: Origin) -> Book:
    """The book of those rows, and of the events by a day. Raises RefusedError where the ledger no longer has them; `at`
    is the place in the document that names them."""
    path = book.ledger.path
    if len(book.ledger.rows) < to.rows:
        what = f"this document was made from {to.rows} rows of {path}, which has {len(book.ledger.rows)}"
    elif pin_of(book.ledger, to.rows) != to:
        what = f"the first {to.rows} rows of {path} are no longer those that this document was made from"
    else:
        account = Located(known(book.account.model, day), book.account.origins)
        return replace(book, ledger=first_rows(book.ledger, to), account=account)
    hint = "restore the ledger from git; or, if this document was never sent, issue it again"
    raise RefusedError([Problem("ledger-pin", what, at, hint)])


def first_rows(ledger: Ledger, to: Pin) -> Ledger:
    """A ledger with only its first rows."""
    return Ledger(ledger.path, ledger.rows[: to.rows], to.digest)


def known(account: Account, day: date) -> Account:
    """The events by a day."""
    return account.model_copy(
        update={
            "paid": account.paid if account.paid and account.paid <= day else None,
            "orders": tuple(_paid_by(each, day) for each in account.orders if each.ordered <= day),
            "overage": tuple(each for each in account.overage if each.on <= day),
            "interruptions": tuple(each for each in account.interruptions if each.last_day <= day),
            "messages": tuple(each for each in account.messages if each.on <= day),
            "noticed": tuple(each for each in account.noticed if each.on <= day),
            "conversion": account.conversion if account.conversion and account.conversion.signed <= day else None,
            "ended": account.ended if account.ended and account.ended.on <= day else None,
        }
    )


def account_digest(account: Account) -> str:
    """SHA-256 of an account. Messages count only where they move an Expiry Day, so that recording a message does not
    make the document stale that it records. How tasks are sorted for a proposal shows in its words, and in no other document."""
    counted = account.model_copy(
        update={"messages": tuple(each for each in account.messages if each.what == "expiry-final")}
    )
    data = json.dumps(counted.model_dump(mode="python", exclude={"outside", "inside"}), default=str, sort_keys=True)
    return hashlib.sha256(data.encode()).hexdigest()


def _paid_by(order: Order, day: date) -> Order:
    return order if order.paid and order.paid <= day else order.model_copy(update={"paid": None})
