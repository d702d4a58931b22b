"""The money of one agreement as rows: what a month costs line by line, dated changes with the fee before and after, and invoices.
Reads through the repository."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from msgspec import Struct

from contract_assembly.billing.invoices import ChargeQuery, Invoice, of_account
from contract_assembly.billing.loader import Account, Accounts, issued_by
from contract_assembly.billing.running import Running
from contract_assembly.billing.states import state_on
from contract_assembly.compare.figures import worded
from contract_assembly.core.origin import Origin
from contract_assembly.core.values import DateRange, Money, total
from contract_assembly.facts.template_values import Record, Series, bare
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import GONE_OUT
from contract_assembly.web.agreement.fact_rows import words

AHEAD = 92  # days of invoices to come
HANDED_OVER = 12  # invoices that were handed over, the newest


class FeeRow(Struct, frozen=True):
    """A line of the month's fee: quantity x price, less a discount, is its amount."""

    label: str
    quantity: str
    price: str
    discount: str
    amount: str
    origin: Origin


class ChangeRow(Struct, frozen=True):
    """A change of a running contract: from which day, what, who asked for it and when, and the Recurring Fee before and after."""

    on: date
    what: str
    old: str
    new: str
    asked: str
    fee: tuple[str, str]
    origin: Origin


class InvoiceRow(Struct, frozen=True):
    """An invoice to come: its day, its due day, what is in it with the working of each charge, and its sums."""

    on: date
    due: date
    charges: tuple[tuple[str, str, str], ...]
    net: str
    tax: str
    total: str


class HandedOver(Struct, frozen=True):
    """An invoice that was handed over to accounting."""

    number: str
    on: date
    lines: int
    net: str


class MoneyView(Struct, frozen=True):
    """Everything about the money of an agreement that has gone out. `is_bound` says that what is to come will be invoiced; before
    the signature it is only what would be."""

    changes: tuple[ChangeRow, ...]
    coming: tuple[InvoiceRow, ...]
    handed_over: tuple[HandedOver, ...]
    is_bound: bool


def fee_rows(facts: Record) -> tuple[FeeRow, ...]:
    """The lines of the month's fee of a support contract; none of a block."""
    fees = facts.entries.get("fees")
    lines = fees.entries.get("lines") if isinstance(fees, Record) else None
    rows = lines.items if isinstance(lines, Series) else ()
    return tuple(_fee_row(each) for each in rows if isinstance(each, Record))


def _fee_row(line: Record) -> FeeRow:
    def text(name: str) -> str:
        value = bare(line.entries.get(name))
        return "" if value is None or isinstance(value, Record) else worded(value, str(value))

    texts = {name: text(name) for name in ("label", "quantity", "price", "discount", "amount")}
    return FeeRow(**texts, origin=line.origin)


def money_view(repository: Repository, client: str, agreement: str, on: date) -> MoneyView | None:
    """The money as of a day; None of a draft, of which nothing is invoiced. Raises RefusedError if its files cannot be read."""
    if repository.agreed(client, agreement).model.status not in GONE_OUT:
        return None
    account = Accounts(repository).one(client, agreement)
    issued = issued_by(repository, client)
    days = DateRange(on, on + timedelta(days=AHEAD))
    coming = tuple(_invoice(each) for each in of_account(repository, account, issued, ChargeQuery(days)))
    changes = tuple(_changes(account)) if isinstance(account, Running) else ()
    return MoneyView(changes, coming, _handed_over(issued.of(agreement)), _is_bound(account))


def _is_bound(account: Account) -> bool:
    if isinstance(account, Running):
        return account.in_effect
    return str(account.inputs.agreement.model.status) in {"signed", "ended"}


def _changes(account: Running) -> Iterator[ChangeRow]:
    people = {each.id: each.name for each in account.inputs.client.model.people}
    places = {each: n for n, each in enumerate(account.changes.model.changes)}
    for each in account.standing:
        name = words(each.what) if each.name is None else f"{words(each.what)}, {each.name}"
        asked = f"{people.get(each.asked_by, each.asked_by)}, {each.asked}"
        fee = (_fee(account, each.on - timedelta(days=1)), _fee(account, each.on))
        at = account.changes.at(f"changes.{places.get(each, 0)}")
        yield ChangeRow(on=each.on, what=name, old=each.before, new=each.to, asked=asked, fee=fee, origin=at)


def _fee(account: Running, day: date) -> str:
    state = state_on(account, day)
    return worded(state.monthly, "") if state else ""


def _invoice(each: Invoice) -> InvoiceRow:
    charges = tuple((charge.label, charge.working, _money(charge.amount)) for charge in each.charges)
    tax = "" if each.tax is None else f"{each.tax_name} {_money(each.tax)}"
    return InvoiceRow(
        on=each.invoiced,
        due=each.due,
        charges=charges,
        net=_money(each.net),
        tax=tax,
        total=_money(each.total),
    )


def _handed_over(rows: tuple[Any, ...]) -> tuple[HandedOver, ...]:
    """The invoices of these rows, the newest first."""
    found = []
    for number, group in groupby(rows, key=lambda row: row.number):
        lines = tuple(group)
        net = total((each.amount for each in lines), lines[0].amount.currency)
        found.append(HandedOver(number, lines[0].issued, len(lines), _money(net)))
    return tuple(found[::-1][:HANDED_OVER])


def _money(money: Money) -> str:
    return worded(money, "")
