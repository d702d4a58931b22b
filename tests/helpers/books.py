"""Books for tests: the terms of the sample block with facts changed, an account, and entries made with `entered`."""

from datetime import date, timedelta
from decimal import Decimal

from contract_assembly.blocks.book import Book
from contract_assembly.blocks.ledger import Ledger
from contract_assembly.blocks.new_entries import entered, reversed_
from contract_assembly.blocks.work import Work
from contract_assembly.core.origin import Origin
from contract_assembly.facts.account import Account
from contract_assembly.facts.fields import Located
from tests.helpers.inputs_base import block_inputs

FIRST = date(2026, 10, 5)  # a Monday; the block's 20 hours last until 2027-10-04
LAST = date(2027, 10, 4)
IN_TIME = {"what": "expiry-final", "block": "first", "on": "2027-09-01"}


def day(count: int) -> date:
    """The day this many days after the first."""
    return FIRST + timedelta(days=count)


def book(account=None, **changes) -> Book:
    """A book without entries. `account` has the content of account.yaml; by default the Block is paid and its reminder was
    sent in time."""
    said = {"paid": "2026-10-02", "messages": [IN_TIME]} if account is None else account
    path = "agreements/hudson/2026-block"
    located = Located(Account.model_validate(said), {"": Origin(f"{path}/account.yaml")})
    return Book(path, block_inputs(**changes), located, Ledger(f"{path}/ledger.csv"))


def work(on=FIRST, worked=60, task="Help", person="tom-ekberg", **more) -> Work:
    return Work(on, more.pop("time", ""), person, task, more.pop("channel", "remote"), worked, **more)


def with_work(found: Book, *works: Work, booked=None) -> Book:
    """The book with these entries added, all at once."""
    return entered(found, works, booked or max(each.date for each in works)).book


def without(found: Book, number: int, booked: date) -> Book:
    return reversed_(found, number, "A mistake", booked).book


def hours(count) -> Decimal:
    return Decimal(count) * 60


def order(name="second", ordered="2027-09-01", hours=20, last_day="2028-09-30", paid="2027-09-10", **more):
    """A further Block, as in account.yaml."""
    first = {"first_day": ordered, "approved_by": "claire-vandermeer", "rate": "90.00 USD"}
    return {**first, "id": name, "ordered": ordered, "hours": str(hours), "last_day": last_day, "paid": paid, **more}


def used(found: Book, count: int, on=FIRST) -> Book:
    """The book after this many more hours of work, at most ten by one technician."""
    left, works = count, []
    technicians = ("tom-ekberg", "miguel-santos", "priya-raman", "dana-whitfield")
    while left:
        person = technicians[len(works) % len(technicians)]
        works.append(work(on, min(left, 10) * 60, task=f"Task {len(works)}", person=person))
        left -= min(left, 10)
    return with_work(found, *works)


def of(found, name: str) -> dict[str, object]:
    """This field of each Block in a state, by the id of the Block."""
    return {each.id: getattr(each, name) for each in found.blocks}
