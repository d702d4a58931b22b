"""Service Credits worked out from the Tickets logged in each month, by the contract's own rule. Pure.

Source: clauses levels-measurement (achievement, to two decimals; few Tickets), levels-credits (percentages of the Recurring Fee,
and caps), levels-credits-resolution and levels-credits-not-sole (credits for Resolutions). Which of them an agreement has, and
with which parameters, is its CreditRule."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from contract_assembly.core.origin import Origin
from contract_assembly.core.values import DateRange, Duration, Money, Percent, corresponding, total
from contract_assembly.facts.catalogue import PriorityName, ServiceLevels
from contract_assembly.facts.fields import Located
from contract_assembly.facts.proration import calendar_months, month_of
from contract_assembly.facts.service_month import Logged, LoggedMonth
from contract_assembly.facts.service_record import Service

PAYOUT = Duration(30, "day")  # where the library has no clause on it
_DAY = timedelta(days=1)
_SERIOUS: tuple[PriorityName, ...] = ("P1", "P2")
_DUE = ("task", "call")  # Service Credits by other clauses; they are due by hand, and count towards the caps


class Solved(Struct, frozen=True):
    """The credit for Resolutions of Priority 1 and 2: due for a month in which less than `share` of the targets were met and at
    least `missed` were missed."""

    credit: Percent
    share: Percent
    missed: int


class CreditRule(Struct, frozen=True):
    """What the clauses that an agreement chose say of Service Credits. `every_call` is whether a single late Response to a
    Priority 1 Ticket counts even in a month with few Tickets; a credit that no invoice follows is paid within `payout`."""

    every_call: bool = False
    solved: Solved | None = None
    payout: Duration = PAYOUT


class Shortfall(Struct, frozen=True):
    """A Service Level that was missed in a month: `met` of `of` in time. `priority` is None for Resolutions of P1 and P2."""

    priority: PriorityName | None
    met: int
    of: int
    share: Percent
    credit: Percent

    def working(self, fee: Money) -> str:
        """How it was counted: "P3, 36 of 41 answered in time (87.80 %): 5 % of 2908.00"."""
        name, done = (self.priority, "answered") if self.priority else ("P1 and P2", "solved")
        share = f"{self.met} of {self.of} {done} in time ({self.share.value} %)"
        return f"{name}, {share}: {self.credit.value} % of {fee.amount}"


class MonthCredit(Struct, frozen=True):
    """The Service Credit that is due for a month: below `uncapped` if a cap applies."""

    days: DateRange
    fee: Money
    shortfalls: tuple[Shortfall, ...]
    uncapped: Money
    amount: Money
    working: str
    origin: Origin


class Measures(Struct, frozen=True):
    """What a month is measured by: the plan's levels on its first day, the rule, and the Recurring Fee of some of its days."""

    levels: ServiceLevels
    rule: CreditRule


def credits_due(
    service: Located[Service],
    before: Service | None,
    span: DateRange,
    measures: Callable[[date], Measures | None],
    fee: Callable[[DateRange], Money],
) -> tuple[MonthCredit, ...]:
    """The credit of each month in which a Service Level was missed and that is over, in order.

    `span` are the days of the contract, or those up to which it is known; `before` are the figures of the agreement that this
    one renews, `measures` those of a day (None where the clauses are not known, and nothing can be worked out), and `fee` the
    Recurring Fee of days of one calendar month."""
    known = {
        (each.first.year, each.first.month): each
        for each in (*(before.months if before else ()), *service.model.months)
    }
    found: list[MonthCredit] = []
    for n, month in sorted(enumerate(service.model.months), key=lambda each: each[1].first):
        days = DateRange(max(month.first, span.first), min(month_of(month.first).last, span.last))
        by = measures(days.first)
        if by is None or month.last < days.last:
            continue
        earlier = month.first.replace(day=1) - _DAY
        short = tuple(_shortfalls(month, known.get((earlier.year, earlier.month)), by))
        if any(each.credit.value for each in short):
            year = _contract_year(span, days.first)
            found.append(
                _capped(
                    service,
                    days,
                    short,
                    by=by,
                    fee=fee,
                    earlier=[each for each in found if each.days.first in year],
                    year=year,
                    n=n,
                )
            )
    return tuple(found)


def _contract_year(span: DateRange, day: date) -> DateRange:
    years = 0
    while corresponding(span.first, 12 * (years + 1)) <= day:
        years += 1
    return DateRange(
        corresponding(span.first, 12 * years), min(corresponding(span.first, 12 * (years + 1)) - _DAY, span.last)
    )


# ---- whether a level was missed


def _shortfalls(month: LoggedMonth, before: LoggedMonth | None, by: Measures) -> Iterator[Shortfall]:
    earlier = {each.priority: each for each in before.tickets} if before else {}
    rows = sorted(month.tickets, key=lambda each: each.priority)
    for each in rows:
        share = achievement(each.response_met, each.response_of)
        if (
            share is not None
            and share < by.levels.threshold.value
            and not _excused(each, earlier.get(each.priority), by)
        ):
            yield Shortfall(
                each.priority, each.response_met, each.response_of, Percent(share), _percentage(share, by.levels)
            )
    if by.rule.solved:
        yield from _unsolved(rows, by.rule.solved)


def achievement(met: int, of: int) -> Decimal | None:
    """A share in percent to two decimals, rounded half up; None of nothing."""
    return (Decimal(100) * met / of).quantize(Decimal("0.01"), ROUND_HALF_UP) if of else None


def _excused(row: Logged, before: Logged | None, by: Measures) -> bool:
    """With few Tickets of the priority, one late Response is excused if there was none in the month before."""
    late, late_before = row.response_of - row.response_met, before.response_of - before.response_met if before else 0
    few = row.logged < by.levels.small_number and late == 1 and not late_before
    return few and not (by.rule.every_call and row.priority == "P1")


def _percentage(share: Decimal, levels: ServiceLevels) -> Percent:
    return next(
        (each.credit for each in levels.credits if each.least.value <= share <= each.most.value), Percent(Decimal(0))
    )


def _unsolved(rows: list[Logged], rule: Solved) -> Iterator[Shortfall]:
    serious = [each for each in rows if each.priority in _SERIOUS]
    met, of = sum(each.resolution_met for each in serious), sum(each.resolution_of for each in serious)
    share = achievement(met, of)
    if share is not None and share < rule.share.value and of - met >= rule.missed:
        yield Shortfall(None, met, of, Percent(share), rule.credit)


# ---- what it comes to


def _capped(
    service: Located[Service],
    days: DateRange,
    short: tuple[Shortfall, ...],
    by: Measures,
    fee: Callable[[DateRange], Money],
    earlier: list[MonthCredit],
    year: DateRange,
    n: int,
) -> MonthCredit:
    """The sum of the percentages, at most the cap of the month and what is left of that of the Contract Year. Credits that are
    given by hand for late tasks and calls count towards both."""
    monthly = fee(days)
    uncapped = (monthly * (sum((each.credit.value for each in short), Decimal(0)) / 100)).rounded()
    of_month = by.levels.cap_month.of(monthly).rounded().amount - _by_hand(service, days)
    yearly = total((fee(each) for each in calendar_months(year)), monthly.currency)
    given = sum((each.amount.amount for each in earlier), Decimal(0)) + _by_hand(
        service, DateRange(year.first, days.last)
    )
    of_year = by.levels.cap_year.of(yearly).rounded().amount - given
    amount = max(Decimal(0), min(uncapped.amount, of_month, of_year))
    words = "; ".join(each.working(monthly) for each in short)
    if amount < uncapped.amount:
        cap, what = (
            (by.levels.cap_month, "the month's fee")
            if of_month <= of_year
            else (by.levels.cap_year, "the Contract Year's fee")
        )
        words += f"; {uncapped.amount} before the cap of {cap.value} % of {what}"
    return MonthCredit(
        days=days,
        fee=monthly,
        shortfalls=short,
        uncapped=uncapped,
        amount=Money(amount, monthly.currency),
        working=words,
        origin=service.at(f"months.{n}"),
    )


def _by_hand(service: Located[Service], days: DateRange) -> Decimal:
    given = (each.credit for each in service.model.missed if each.on in days and each.credit_for in _DUE)
    return sum((each.amount for each in given if each), Decimal(0))
