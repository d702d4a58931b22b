"""Recurring revenue: the sums of the firm, and for one client the lines behind them, each with its working and place."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct

from contract_assembly.billing.revenue import Revenue, of_pairs
from contract_assembly.billing.revenue_lines import by_currency
from contract_assembly.billing.shares import tenth
from contract_assembly.core.problems import in_order
from contract_assembly.core.values import Money
from contract_assembly.web.figures import ClientFigures
from contract_assembly.web.firm import client_name
from contract_assembly.web.page import Answer, Page, PageRequest
from contract_assembly.web.portfolio import clients_gathered, totals_of
from contract_assembly.web.totals import added, shares_of

SECTION = "Revenue"
_NONE = Decimal(0)


class PlanSum(Struct, frozen=True):
    """What recurs under a plan in one currency: a month's and a year's fees, how many clients have it, and its share of what
    recurs in the currency, in percent."""

    plan: str
    clients: int
    monthly: Money
    yearly: Money
    share: Decimal


class MonthSum(Struct, frozen=True):
    """What recurred at the end of a month in one currency; `share` is of the greatest of the months, in percent."""

    day: date
    monthly: Money
    share: Decimal


def revenue_page(asked: PageRequest) -> Answer:
    """What recurs, by plan and at the end of each of twelve months; what is contracted, at stake, charged and waiting."""
    found = clients_gathered(asked)
    sums = totals_of(asked, found)
    values = {
        "gathered": found,
        "totals": sums,
        "plans": tuple(plan_sums(found.found)),
        "months": month_sums(found.found),
        "stake": added(each.renewal.monthly for one in found.found for each in one.agreements if each.renewal),
        "stakes": sum(each.renewal is not None for one in found.found for each in one.agreements),
        "tenth": tenth,
    }
    return Page("revenue.html", SECTION, values, section=SECTION, unfinished=not found.whole)


def client_revenue_page(asked: PageRequest) -> Answer:
    """The lines behind the figures of one client. Raises RefusedError if there is no such client."""
    snapshot, client = asked.snapshot, asked.names["client"]
    pairs = [(client, name) for name in snapshot.repository.agreements(client)]
    made = snapshot.of_client(client, "revenue", lambda: of_pairs(snapshot.repository, pairs, snapshot.on))
    values = {
        "client": client,
        "money": made,
        "sums": _money(made),
        "waiting": added(each.amount for each in made.waiting),
        "shares": tuple(shares_of(made.billed)),
        "problems": in_order(made.problems),
        "tenth": tenth,
    }
    return Page("client_revenue.html", f"Revenue of {client_name(snapshot, client)}", values, section=SECTION)


def plan_sums(clients: Iterable[ClientFigures]) -> Iterable[PlanSum]:
    """What recurs under each plan, by currency, the greatest first."""
    monthly: dict[tuple[str, str], Decimal] = {}
    yearly: dict[tuple[str, str], Decimal] = {}
    count: dict[tuple[str, str], int] = {}
    for plan, month, year in (each for client in clients for each in client.plans):
        key = month.currency, plan
        monthly[key] = monthly.get(key, _NONE) + month.amount
        yearly[key] = yearly.get(key, _NONE) + year.amount
        count[key] = count.get(key, 0) + 1
    whole = {each.currency: each.amount for each in added(Money(amount, key[0]) for key, amount in monthly.items())}
    for (currency, plan), amount in sorted(monthly.items(), key=lambda each: (each[0][0], -each[1], each[0][1])):
        key = currency, plan
        share = amount / whole[currency] * 100 if whole[currency] else _NONE
        yield PlanSum(plan, count[key], Money(amount, currency), Money(yearly[key], currency), share)


def month_sums(clients: Iterable[ClientFigures]) -> Mapping[str, tuple[MonthSum, ...]]:
    """What recurred at the end of each month, by currency."""
    sums: dict[str, dict[date, Decimal]] = {}
    for day, money in (each for client in clients for each in client.months):
        of_currency = sums.setdefault(money.currency, {})
        of_currency[day] = of_currency.get(day, _NONE) + money.amount
    return {currency: tuple(_month_sums(currency, found)) for currency, found in sorted(sums.items())}


def _month_sums(currency: str, found: Mapping[date, Decimal]) -> Iterable[MonthSum]:
    most = max(found.values()) or Decimal(1)
    for day, amount in sorted(found.items()):
        yield MonthSum(day, Money(amount, currency), amount / most * 100)


def _money(made: Revenue) -> tuple[Money, ...]:
    return tuple(Money(amount, currency) for currency, amount in by_currency(made.lines).items())
