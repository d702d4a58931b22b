"""Work of the ledger that a plan leaves out, with what it would cost a client of that plan. Pure.

The rows of `outside:` in account.yaml sort tasks by hand; work outside Business Hours that the client asked for is sorted by
the ledger itself. What is left out costs the contract rate of the rate card, so that a plan and hours are compared for the
same work."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from contract_assembly.blocks.book import HOUR, Book, Wrong, by_task
from contract_assembly.blocks.counting import in_business_hours
from contract_assembly.blocks.forecast import in_average_month
from contract_assembly.blocks.ledger import OPENING, LedgerRow
from contract_assembly.blocks.settlement import money
from contract_assembly.core.problems import Problem
from contract_assembly.core.text import did_you_mean
from contract_assembly.core.values import Money
from contract_assembly.facts.account import Outside
from contract_assembly.facts.catalogue import Plan
from contract_assembly.facts.savings import contract_rate

AFTER_HOURS = "Work outside business hours"
_PRICED = {"rate-card", "quoted"}  # a treatment by which the client can still have the work


class OutsideWork(Struct, frozen=True):
    """A task that a plan leaves out: its hours in an average month, to hundredths, the role that it needs, the contract rate of
    that role, and the cost of a month."""

    task: str
    item: str
    role: str
    hours: Decimal
    rate: Money
    cost: Money


def outside_work(book: Book, plan: str, on: date) -> tuple[OutsideWork, ...]:
    """What a plan would leave out of an average month until a day, in the order of the ledger. After-hours minutes count with
    their factor, as they do on the rate card."""
    sorted_, usual = {each.task: each for each in book.account.model.outside if plan in each.plans}, book.block.role
    found: dict[tuple[str, str, str], dict[date, Decimal]] = {}
    for (task, _, day), rows in _counted_together(book, on).items():
        deducted = sum((row.deducted for row in rows), Decimal(0))
        row = sorted_.get(task)
        left = deducted if row else deducted - in_business_hours(_in_effect(book, rows), book.desk, book.terms)
        if left > 0:
            key = (task, row.item if row else AFTER_HOURS, (row and row.role) or usual)
            found.setdefault(key, {})
            found[key][day] = found[key].get(day, Decimal(0)) + left
    return tuple(_priced(book, key, days, on) for key, days in found.items())


def unsorted_work(book: Book, on: date) -> tuple[str, ...]:
    """The tasks until a day that count time and that neither `outside:` nor `inside:` names."""
    account = book.account.model
    known = {each.task for each in account.outside} | set(account.inside)
    return tuple(task for task, left in by_task(_until(book, on)).items() if left and task not in known)


def wrong_tasks(book: Book) -> Wrong:
    """What cannot be right in `outside:` and `inside:` by the ledger, as rule, sentence, path in the file, and hint."""
    account, tasks = book.account.model, by_task(book.ledger.rows)
    named = [(f"outside.{n}.task", each.task) for n, each in enumerate(account.outside)]
    named += [(f"inside.{n}", each) for n, each in enumerate(account.inside)]
    for path, task in named:
        if task not in tasks:
            yield "unknown-task", f"no entry of the ledger has the task {task}", path, did_you_mean(task, tasks)
    roles = [each.role for each in book.inputs.rates.model.roles]
    for n, each in enumerate(account.outside):
        if each.role and each.role not in roles:
            yield "unknown-role", f"{each.role} has no rate", f"outside.{n}.role", did_you_mean(each.role, roles)
    yield from _twice(account.outside, account.inside)


def wrong_plans(book: Book, plans: Iterable[Plan]) -> Iterator[Problem]:
    """The rows of `outside:` whose plan is not sold, or leaves out nothing of that name."""
    known, at = {each.id: each for each in plans}, book.account.at
    for n, each in enumerate(book.account.model.outside):
        for m, name in enumerate(each.plans):
            if name not in known:
                origin, hint = at(f"outside.{n}.plans.{m}"), did_you_mean(name, known)
                yield Problem("unknown-plan", f"unknown plan: {name}", origin, hint)
                continue
            items = [one.item for one in known[name].exclusions if one.treatment in _PRICED]
            if each.item not in items:
                what = f"plan {name} does not leave out, at a price: {each.item}"
                yield Problem("unknown-exclusion", what, at(f"outside.{n}.item"), did_you_mean(each.item, items))


def _twice(outside: tuple[Outside, ...], inside: tuple[str, ...]) -> Wrong:
    seen: set[tuple[str, str]] = set()
    for n, each in enumerate(outside):
        if any((each.task, plan) in seen for plan in each.plans):
            yield (
                "doubled-fact",
                f"{each.task} is here a second time for the same plan",
                f"outside.{n}",
                "keep one of them",
            )
        seen |= {(each.task, plan) for plan in each.plans}
        if each.task in inside:
            what = f"{each.task} is outside a plan, and inside every one"
            yield "doubled-fact", what, f"inside.{inside.index(each.task)}", "keep one of them"


def _until(book: Book, on: date) -> Iterator[LedgerRow]:
    return (row for row in book.ledger.rows if row.date <= on and row.channel != OPENING)


def _counted_together(book: Book, on: date) -> dict[tuple[str, str, date], list[LedgerRow]]:
    """The rows until a day by task, person and day, which is how time is counted."""
    found: dict[tuple[str, str, date], list[LedgerRow]] = {}
    for row in _until(book, on):
        found.setdefault((row.task, row.person, row.date), []).append(row)
    return found


def _in_effect(book: Book, rows: Iterable[LedgerRow]) -> list[LedgerRow]:
    kept = {row.number for row in book.ledger.in_effect}
    return [row for row in rows if row.number in kept]


def _priced(book: Book, key: tuple[str, str, str], days: dict[date, Decimal], on: date) -> OutsideWork:
    task, item, name = key
    rates, currency = book.inputs.rates.model, book.block.rate.currency
    role = next(each for each in rates.roles if each.role == name)
    rate = contract_rate(role, rates.support_discount, currency)
    assert rate is not None  # noqa: S101  # checked: every role has a rate in the agreement's currency
    hours = (in_average_month(book, days, on) / HOUR).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return OutsideWork(task=task, item=item, role=name, hours=hours, rate=rate, cost=money(rate, hours * HOUR))
