"""Recurring revenue on a day: what recurs, what moved since an earlier day and why, what is contracted ahead, what comes up for
renewal, and whom a contract would serve better than a prepaid block. Every figure is a sum of lines that can be listed."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, field

from contract_assembly.billing.charge import Charge
from contract_assembly.billing.commitments import Ahead, ahead, committed_until, contracted, renewal_ahead
from contract_assembly.billing.invoices import every_charge
from contract_assembly.billing.listing import Pairs, counted
from contract_assembly.billing.loader import Accounts
from contract_assembly.billing.revenue_lines import (
    Movement,
    RevenueLine,
    by_currency,
    lines_of,
    lines_on,
    moved,
    yearly_by_currency,
)
from contract_assembly.billing.running import Running
from contract_assembly.blocks.book import Book
from contract_assembly.blocks.loader import plans
from contract_assembly.blocks.plan_comparison import compared
from contract_assembly.core.parallel import Jobs
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.values import Money, corresponding, month_ends
from contract_assembly.facts.catalogue import Plan
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.source import Source

_DAY = timedelta(days=1)
_NONE = Decimal(0)


class Better(Struct, frozen=True):
    """A client with a prepaid block that a support contract would serve better: what an average month costs now, and there."""

    client: str
    agreement: str
    cost: Money
    plan: str
    fee: Money


class Fees(NamedTuple):
    """What recurs in a currency, for a month and for a year."""

    monthly: Decimal
    yearly: Decimal


class Contracted(NamedTuple):
    """The revenue of a contract in the twelve months after a day, as far as both parties are bound: to the day `until`."""

    client: str
    agreement: str
    amount: Money
    until: date


class Revenue(Struct):
    """The figures of a day. Money is a month's unless it says otherwise; `waiting` are lines of agreements that were sent and not
    signed, which count nowhere else. `months` is what recurred at the end of each month, by currency. `charged` is what twelve
    months up to the day brought, by client, agreement, currency and kind of charge."""

    on: date
    since: date | None
    lines: list[RevenueLine] = field(default_factory=list)
    before: list[RevenueLine] = field(default_factory=list)
    waiting: list[RevenueLine] = field(default_factory=list)
    months: dict[date, dict[str, Fees]] = field(default_factory=dict)
    contracted: list[Contracted] = field(default_factory=list)
    ahead: list[Ahead] = field(default_factory=list)
    charged: dict[tuple[str, str, str, str], Decimal] = field(default_factory=dict)
    better: list[Better] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, other: "Revenue") -> None:
        """Add the figures of further agreements."""
        for name in ("lines", "before", "waiting", "contracted", "ahead", "better", "problems"):
            getattr(self, name).extend(getattr(other, name))
        for day, sums in other.months.items():
            _add_fees(self.months.setdefault(day, {}), sums)
        self.charged |= other.charged

    @property
    def billed(self) -> dict[tuple[str, str], Decimal]:
        """What was charged in twelve months, by currency and kind."""
        found: dict[tuple[str, str], Decimal] = {}
        for (_, _, currency, kind), amount in self.charged.items():
            found[currency, kind] = found.get((currency, kind), _NONE) + amount
        return found

    @property
    def movements(self) -> tuple[Movement, ...]:
        """What changed since the earlier day; they add up to the difference."""
        return tuple(moved(self.before, self.lines)) if self.since else ()


def revenue(
    root: Path | Source,
    pairs: Iterable[tuple[str, str]],
    on: date,
    since: date | None = None,
    tell: Callable[[], None] = lambda: None,
    *,
    jobs: Jobs = 1,
) -> Revenue:
    """The figures of a day over these agreements, counted by `jobs` processes. An agreement that cannot be read is reported, and
    counts nowhere."""
    found = empty(on, since)
    for part in counted(partial(_start, root, on, since), pairs, tell, jobs, __name__):
        found.add(part)
    found.lines.sort(key=lambda each: (each.client, each.agreement))
    found.ahead.sort(key=lambda each: (each.last, each.client))
    return found


def empty(on: date, since: date | None = None) -> Revenue:
    """The figures of a day over no agreement."""
    return Revenue(on, since, months={day: {} for day in month_ends(since or corresponding(on, -11), on)})


def _start(root: Path | Source, on: date, since: date | None) -> Callable[[Pairs], Revenue]:
    return partial(_batch, Repository(root), on, since)


def _batch(repository: Repository, on: date, since: date | None, pairs: Pairs) -> Revenue:
    return of_pairs(repository, pairs, on, since)


def of_pairs(repository: Repository, pairs: Iterable[tuple[str, str]], on: date, since: date | None = None) -> Revenue:
    """The figures of a day over these agreements, as far as they are counted in this process."""
    found, accounts, catalogue = empty(on, since), Accounts(repository), tuple(plans(repository))
    for _, account in accounts.every(pairs):
        if isinstance(account, RefusedError):
            found.problems += account.problems
        elif isinstance(account, Running):
            _of_contract(found, account)
        else:
            _of_block(found, account, catalogue)
    found.problems += accounts.warnings
    return found


def fees_of(lines: Iterable[RevenueLine]) -> dict[str, Fees]:
    """What these lines come to, by currency."""
    lines = tuple(lines)
    years = yearly_by_currency(lines)
    return {currency: Fees(amount, years[currency]) for currency, amount in by_currency(lines).items()}


def _add_fees(sums: dict[str, Fees], more: Mapping[str, Fees]) -> None:
    for currency, each in more.items():
        known = sums.get(currency, Fees(_NONE, _NONE))
        sums[currency] = Fees(known.monthly + each.monthly, known.yearly + each.yearly)


def _of_contract(found: Revenue, running: Running) -> None:
    every = ahead(running, found.on)
    listed_of = [lines_of(running, each) for each in every]
    fees_of_each = [fees_of(each) for each in listed_of]

    def number_on(day: date) -> int | None:
        return next((n for n, each in enumerate(every) if day in each.days), None)

    def on(day: date) -> list[RevenueLine]:
        return [] if (n := number_on(day)) is None else listed_of[n]

    now = on(found.on)
    if not running.in_effect:
        found.waiting += now or lines_on(running, running.first)
        return
    found.lines += now
    found.before += on(found.since) if found.since else []
    for day, sums in found.months.items():
        if (n := number_on(day)) is not None:
            _add_fees(sums, fees_of_each[n])
    _add_billed(found, every_charge(running, found.on, _year_before(found.on)))
    if now:
        until = committed_until(running, found.on)
        amount = contracted(running, found.on, until, every)
        found.contracted.append(Contracted(running.client, running.name, amount, until))
        if (renewal := renewal_ahead(running, found.on, every)) is not None:
            found.ahead.append(renewal)


def _of_block(found: Revenue, book: Book, catalogue: tuple[Plan, ...]) -> None:
    _, client, name = book.folder.split("/")
    if book.account.model.paid or book.inputs.agreement.model.status != "sent":
        _add_billed(found, every_charge(book, found.on))
    if not book.account.model.paid or book.account.model.ended or book.account.model.conversion:
        return
    result = compared(book, catalogue, found.on)
    best = min(result.plans, key=lambda each: (each.fee.amount, each.plan), default=None)
    if best and best.difference.amount < 0:
        found.better.append(Better(client, name, result.cost, best.plan, best.fee))


def _year_before(day: date) -> date:
    """The first of the twelve months up to a day."""
    return corresponding(day, -12) + _DAY


def _add_billed(found: Revenue, charges: Iterable[Charge]) -> None:
    """What the charges of twelve months brought: those whose periods, or days, begin in them."""
    first = _year_before(found.on)
    for each in charges:
        if first <= each.listed <= found.on:
            key = each.key.client, each.key.agreement, each.amount.currency, each.key.sort
            found.charged[key] = found.charged.get(key, _NONE) + each.amount.amount
