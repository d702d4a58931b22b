"""A block compared with each plan, with the working and the sign shown. Pure.

Source: domain, conversion: block cost = hours of an average month x block rate, and what went beyond the block at the
list rate; hours of an average month are rounded to hundredths before they are multiplied, so that a reader who
multiplies gets the same. Contract fee = the plan's price list for the same environment; break-even hours = fee / block
rate. A support contract is proposed when hours are low, or after three months of use above break-even (domain 5.1).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from contract_assembly.blocks.balance import state
from contract_assembly.blocks.book import HOUR, Book, purchases, used_by_day
from contract_assembly.blocks.forecast import Pace, pace
from contract_assembly.blocks.settlement import credit, money
from contract_assembly.core.values import DateRange, Money, corresponding, last_day, total
from contract_assembly.facts.account import Environment
from contract_assembly.facts.catalogue import Plan
from contract_assembly.facts.fees import in_currency

MONTHS = 3  # of use above break-even before a support contract is proposed


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line of a plan's price for the environment."""

    label: str
    quantity: int
    price: Money
    amount: Money


@dataclass(frozen=True, slots=True)
class PricedPlan:
    """A plan compared with the block, for a month. `difference` is the fee less the block's cost: above zero, the block
    is cheaper. `breakeven` is the hours in a month from which the plan is cheaper; the credit covers `months_credited`
    of its fee."""

    plan: str
    name: str
    lines: tuple[PlanLine, ...]
    fee: Money
    difference: Money
    breakeven: Decimal
    months_credited: Decimal

    @property
    def cheaper(self) -> str:
        """The one that costs less for the hours used."""
        return "block" if self.difference.amount > 0 else "plan" if self.difference.amount < 0 else "neither"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The cost of the hours in an average month, and each plan; no plans where the environment is unknown. Hours in
    and beyond the block are those of an average month, to hundredths."""

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

    @property
    def cost(self) -> Money:
        """The cost of the block and of the hours beyond it, in an average month."""
        return self.block_cost + self.overage_cost

    @property
    def saving(self) -> Money | None:
        """The saving of the cheapest plan in a month; below zero, its extra cost. None where no plan is priced."""
        least = min((each.difference.amount for each in self.plans), default=None)
        return None if least is None else Money(-least, self.cost.currency)


@dataclass(frozen=True, slots=True)
class AboveBreakeven:
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
    nothing = Money(Decimal(0), rate.currency)
    priced = [found for each in plans if (found := _priced(each, environment, nothing, rate, nothing))]
    if not priced:
        return None
    plan, used = min(priced, key=lambda each: (each.fee.amount, each.plan)), used_by_day(book, on)
    minutes = [sum((used[day] for day in used if each.first <= day <= each.last), Decimal(0)) for each in months]
    if any(each * rate.amount <= plan.fee.amount * HOUR for each in minutes):
        return None
    return AboveBreakeven(
        plan.name, plan.breakeven, tuple(zip((each.last for each in months), map(_hours, minutes), strict=True))
    )


def _whole_months(on: date) -> list[DateRange]:
    """The last three that have ended by a day, inclusive; the earliest first."""
    after = (on + timedelta(days=1)).replace(day=1)
    begins = [corresponding(after, -back) for back in range(MONTHS, 0, -1)]
    return [DateRange(first, last_day(first, 1)) for first in begins]


def compared(book: Book, plans: Iterable[Plan], on: date) -> Comparison:
    """The block compared with each plan that has a price for the whole environment."""
    now = state(book, on)
    rhythm = pace(book, on, now)
    rate = max(now.blocks, key=lambda each: each.first_day).rate if now.blocks else book.block.rate
    charged = sum((each.minutes for each in now.beyond if each.state == "charged"), Decimal(0))
    months = max(rhythm.weeks * 7 / Decimal("30.4375"), Decimal(1))
    inside, beyond = _hours(max(rhythm.month - charged / months, Decimal(0))), _hours(charged / months)
    block_cost, overage_cost = money(rate, inside * HOUR), money(book.figures.list_rate, beyond * HOUR)
    worth = credit(book, now, "left")
    environment, cost = book.account.model.environment, block_cost + overage_cost
    found = [] if environment is None else [_priced(each, environment, cost, rate, worth) for each in plans]
    priced = sorted((each for each in found if each), key=lambda each: (each.fee.amount, each.plan))
    return Comparison(
        on=on,
        pace=rhythm,
        rate=rate,
        hours=inside,
        hours_beyond=beyond,
        block_cost=block_cost,
        overage_cost=overage_cost,
        credit=worth,
        plans=tuple(priced),
        lacking=book.block.not_included,
    )


def _priced(plan: Plan, environment: Environment, cost: Money, rate: Money, worth: Money) -> PricedPlan | None:
    lines = _lines(plan, environment, cost.currency)
    if not lines:
        return None
    fee = total((line.amount for line in lines), cost.currency)
    return PricedPlan(
        plan=plan.id,
        name=plan.name,
        lines=lines,
        fee=fee,
        difference=Money(fee.amount - cost.amount, fee.currency),
        breakeven=_tenth(fee.amount / rate.amount),
        months_credited=_tenth(worth.amount / fee.amount),
    )


def _lines(plan: Plan, environment: Environment, currency: str) -> tuple[PlanLine, ...]:
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
            found.append(PlanLine(line.label, quantity, price, (price * quantity).rounded()))
    return tuple(found) if any(line.amount.amount for line in found) else ()


def _hours(minutes: Decimal) -> Decimal:
    return (minutes / HOUR).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)
