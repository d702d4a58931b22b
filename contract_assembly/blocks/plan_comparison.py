"""A block compared with each plan, with the working and the sign shown. Pure.

Block cost = hours of an average month x block rate, and what went beyond the block at the
list rate. Hours of an average month are rounded to hundredths before they are multiplied, so that a reader who
multiplies gets the same. Contract cost = the plan's price list for the same environment, and work that the plan leaves out
at the contract rate; break-even hours = that sum / block rate. A support contract is proposed when hours are low, or after
three months of use above break-even.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from contract_assembly.blocks.balance import state
from contract_assembly.blocks.book import HOUR, Book, purchases, used_by_day
from contract_assembly.blocks.forecast import MONTH, Pace, pace
from contract_assembly.blocks.outside_work import OutsideWork, outside_work, unsorted_work
from contract_assembly.blocks.settlement import credit, money
from contract_assembly.core.values import DateRange, Duration, Money, Percent, corresponding, last_day, total
from contract_assembly.facts.account import Environment
from contract_assembly.facts.agreed_lines import in_currency
from contract_assembly.facts.catalogue import Plan
from contract_assembly.facts.fees import amount_of, discount_for

MONTHS = 3  # of use above break-even before a support contract is proposed


class PlanLine(Struct, frozen=True):
    """One line of a plan's price for the environment."""

    label: str
    quantity: int
    price: Money
    discount: Percent | None
    amount: Money


class PricedPlan(Struct, frozen=True):
    """A plan compared with the block, for a month and the same work. `total` is the fee and the cost of what the plan leaves
    out; `difference` is the total less the block's cost: above zero, the block is cheaper. `breakeven` is the hours of the
    block that the total would buy."""

    plan: str
    name: str
    lines: tuple[PlanLine, ...]
    fee: Money
    outside: tuple[OutsideWork, ...]
    total: Money
    difference: Money
    breakeven: Decimal

    @property
    def outside_hours(self) -> Decimal:
        """The hours of an average month that the plan leaves out."""
        return sum((each.hours for each in self.outside), Decimal(0))

    @property
    def outside_cost(self) -> Money:
        """What they would cost in a month."""
        return total((each.cost for each in self.outside), self.fee.currency)

    @property
    def cheaper(self) -> str:
        """The one that costs less for the hours used."""
        return "block" if self.difference.amount > 0 else "plan" if self.difference.amount < 0 else "neither"


class PlanComparison(Struct, frozen=True):
    """The cost of the hours in an average month, and each plan; no plans where the environment is unknown. Hours in
    and beyond the block are those of an average month, to hundredths. `unsorted` are tasks not yet sorted by whether a
    plan covers them; they count as covered."""

    on: date
    pace: Pace
    rate: Money
    hours: Decimal
    hours_beyond: Decimal
    block_cost: Money
    overage_cost: Money
    credit: Money
    plans: tuple[PricedPlan, ...]
    lacking: tuple[str, ...]
    unsorted: tuple[str, ...] = ()

    @property
    def cost(self) -> Money:
        """The cost of the block and of the hours beyond it, in an average month."""
        return self.block_cost + self.overage_cost

    @property
    def saving(self) -> Money | None:
        """The saving of the cheapest plan in a month; below zero, its extra cost. None where no plan is priced."""
        least = min((each.difference.amount for each in self.plans), default=None)
        return None if least is None else Money(-least, self.cost.currency)


class AboveBreakeven(Struct, frozen=True):
    """Whole months in a row, as their last days, each with the hours used in it; `breakeven` are the hours from which
    the plan costs less than the block, to tenths."""

    plan: str
    breakeven: Decimal
    months: tuple[tuple[date, Decimal], ...]


def above_breakeven(book: Book, plans: Iterable[Plan], on: date) -> AboveBreakeven | None:
    """The last three whole months until a day, if the block could be used in all of them and in each the hours used
    would have cost more than the cheapest plan; None otherwise, or where the scope of a plan is unknown."""
    environment, months = book.account.model.environment, _whole_months(on)
    bought = [each for each in purchases(book, on) if each.usable and each.usable <= months[0].first]
    if environment is None or not bought:
        return None
    rate = max(bought, key=lambda each: each.first_day).rate
    priced = [found for each in plans if (found := _priced(book, each, Money(Decimal(0), rate.currency), rate, on))]
    if not priced:
        return None
    plan, used = min(priced, key=lambda each: (each.total.amount, each.plan)), used_by_day(book, on)
    minutes = [sum((used[day] for day in used if each.first <= day <= each.last), Decimal(0)) for each in months]
    if any(each * rate.amount <= plan.total.amount * HOUR for each in minutes):
        return None
    return AboveBreakeven(
        plan.name, plan.breakeven, tuple(zip((each.last for each in months), map(_hours, minutes), strict=True))
    )


def _whole_months(on: date) -> list[DateRange]:
    """The last three that have ended by a day, inclusive; the earliest first."""
    after = (on + timedelta(days=1)).replace(day=1)
    begins = [corresponding(after, -back) for back in range(MONTHS, 0, -1)]
    return [DateRange(first, last_day(first, 1)) for first in begins]


def compared(
    book: Book, plans: Iterable[Plan], on: date, commitments: Mapping[str, Duration | None] | None = None
) -> PlanComparison:
    """The block compared with each plan that has a price for the whole environment; `commitments` are those offered, by plan."""
    now = state(book, on)
    rhythm = pace(book, on, now)
    rate = max(now.blocks, key=lambda each: each.first_day).rate if now.blocks else book.block.rate
    charged = sum((each.minutes for each in now.beyond if each.state == "charged"), Decimal(0))
    months = max(rhythm.weeks * 7 / MONTH, Decimal(1))
    inside, beyond = _hours(max(rhythm.month - charged / months, Decimal(0))), _hours(charged / months)
    block_cost, overage_cost = money(rate, inside * HOUR), money(book.figures.list_rate, beyond * HOUR)
    cost, offered = block_cost + overage_cost, commitments or {}
    found = [_priced(book, each, cost, rate=rate, on=on, commitment=offered.get(each.id)) for each in plans]
    priced = sorted((each for each in found if each), key=lambda each: (each.fee.amount, each.plan))
    return PlanComparison(
        on=on,
        pace=rhythm,
        rate=rate,
        hours=inside,
        hours_beyond=beyond,
        block_cost=block_cost,
        overage_cost=overage_cost,
        credit=credit(book, now, "left"),
        plans=tuple(priced),
        lacking=book.block.not_included,
        unsorted=unsorted_work(book, on),
    )


def plan_lines(book: Book, plan: Plan, commitment: Duration | None) -> tuple[PlanLine, ...]:
    """The plan's lines for the environment with the discount for a commitment; none where the plan has no price for all of it."""
    environment, discount = book.account.model.environment, discount_for(book.inputs.rates.model, commitment)
    return _lines(plan, environment, book.block.rate.currency, discount) if environment else ()


def _priced(
    book: Book, plan: Plan, cost: Money, rate: Money, on: date, commitment: Duration | None = None
) -> PricedPlan | None:
    lines = plan_lines(book, plan, commitment)
    if not lines:
        return None
    fee, outside = total((line.amount for line in lines), cost.currency), outside_work(book, plan.id, on)
    whole = fee + total((each.cost for each in outside), cost.currency)
    return PricedPlan(
        plan=plan.id,
        name=plan.name,
        lines=lines,
        fee=fee,
        outside=outside,
        total=whole,
        difference=Money(whole.amount - cost.amount, fee.currency),
        breakeven=_tenth(whole.amount / rate.amount),
    )


def _lines(plan: Plan, environment: Environment, currency: str, discount: Percent | None) -> tuple[PlanLine, ...]:
    """The plan's lines for the environment; none at all where one of them has no price in the currency, or all are
    free."""
    counts: dict[str, int] = {"agreement": 1, "user": environment.users, "site": environment.sites}
    counts |= {asset.kind: asset.count for asset in environment.assets}
    found: list[PlanLine] = []
    for line in plan.prices:
        if quantity := counts.get(line.per, 0):
            price = in_currency(line.price, currency)
            if price is None:
                return ()
            found.append(PlanLine(line.label, quantity, price, discount, amount_of(price, quantity, discount)))
    return tuple(found) if any(line.amount.amount for line in found) else ()


def _hours(minutes: Decimal) -> Decimal:
    return (minutes / HOUR).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)
