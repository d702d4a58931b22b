"""What moved: why recurring revenue differs from that of an earlier day, by reason and line, as `revenue --since` counts it."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct

from contract_assembly.billing.revenue import of_pairs
from contract_assembly.billing.revenue_lines import WHYS, Movement, Why
from contract_assembly.billing.revenue_report import REASONS, movements_table
from contract_assembly.core.problems import Problem, RefusedError, in_order
from contract_assembly.core.values import Money, corresponding, parse_date
from contract_assembly.repository.inputs import Repository
from contract_assembly.web.firm import client_name
from contract_assembly.web.gathering import Gathered, gathered
from contract_assembly.web.page import Answer, File, Page, PageRequest
from contract_assembly.web.paging import paged
from contract_assembly.web.totals import added

SECTION = "Revenue"
MONTHS = 12  # how long ago the usual earlier day is
KINDS: Mapping[Why, str] = {
    "new": "new contract", "more": "more", "less": "less", "price": "price", "ended": "contract ended",
}  # fmt: skip


class ClientMovements(Struct, frozen=True):
    """What moved at one client: what recurred a month on both days, and the movements between them."""

    before: tuple[Money, ...] = ()
    after: tuple[Money, ...] = ()
    movements: tuple[Movement, ...] = ()
    problems: tuple[Problem, ...] = ()


class Bridge(Struct, frozen=True):
    """The way in one currency from what recurred a month on the earlier day to what recurs now: the sum for each reason."""

    before: Money
    after: Money
    reasons: tuple[tuple[str, Money], ...]


def movements_page(asked: PageRequest) -> Answer:
    """What moved since the day of the query, or in twelve months: the sums by reason, and each movement with its working."""
    on = asked.snapshot.on
    try:
        since, wrong = since_of(asked), ""
    except ValueError as error:
        since, wrong = usual(on), str(error)
    found = _gathered(asked, since)
    why = asked.query.get("why", "")
    every = [each for one in found.found for each in one.movements if why not in WHYS or each.why == why]
    chosen = {"since": since.isoformat(), "why": why if why in WHYS else ""}
    values = {
        "gathered": found,
        "since": since,
        "wrong": wrong,
        "typed": asked.query.get("since", since.isoformat()) if wrong else since.isoformat(),
        "why": chosen["why"],
        "bridges": bridges(found.found),
        "shown": paged(every, asked, "/movements", chosen),
        "reasons": REASONS,
        "kinds": KINDS,
        "called": lambda client: client_name(asked.snapshot, client),
        "days": _days(on),
        "problems": in_order(each for one in found.found for each in one.problems),
    }
    title = f"What moved since {since}"
    return Page(
        "movements.html", title, values, section=SECTION, status=422 if wrong else 200, unfinished=not found.whole
    )


def movements_csv(asked: PageRequest) -> Answer:
    """The movements since the day of the query, for a spreadsheet. Raises RefusedError for a day that cannot be used."""
    try:
        since = since_of(asked)
    except ValueError as error:
        raise RefusedError([Problem("day", str(error), None, "choose the day on the page")]) from None
    found = _gathered(asked, since)
    text = movements_table(each for one in found.found for each in one.movements)
    return File(text.encode(), "text/csv", f"movements-{since}-{asked.snapshot.on}.csv")


def since_of(asked: PageRequest) -> date:
    """The earlier day that the query names, or the usual one. Raises ValueError, in words for people, for any other text."""
    on, text = asked.snapshot.on, asked.query.get("since", "")
    if not text:
        return usual(on)
    since = parse_date(text)
    if since >= on:
        raise ValueError(f"{since} is not before {on}, the day of these pages")
    return since


def usual(on: date) -> date:
    """The earlier day if none is named: the same day a year before."""
    return corresponding(on, -MONTHS)


def bridges(clients: Iterable[ClientMovements]) -> tuple[Bridge, ...]:
    """The way from one day to the other in each currency, reasons in the order of `revenue`. It adds up."""
    clients = tuple(clients)
    before, after = (added(each for one in clients for each in getattr(one, name)) for name in ("before", "after"))
    every = [each for one in clients for each in one.movements]
    sums = {why: added(each.amount for each in every if each.why == why) for why in WHYS}
    return tuple(
        Bridge(
            _of(before, currency),
            _of(after, currency),
            tuple((why, each) for why, found in sums.items() for each in found if each.currency == currency),
        )
        for currency in sorted({each.currency for each in (*before, *after)})
    )


def moved_at(repository: Repository, client: str, on: date, since: date) -> ClientMovements:
    """What moved in a client's folder between two days; its problems where it cannot be read."""
    try:
        pairs = [(client, each) for each in repository.agreements(client)]
    except RefusedError as error:
        return ClientMovements(problems=tuple(each for each in error.problems if each.rule != "unknown-client"))
    found = of_pairs(repository, pairs, on, since)
    return ClientMovements(
        before=added(each.amount for each in found.before),
        after=added(each.amount for each in found.lines),
        movements=found.movements,
        problems=in_order(found.problems),
    )


def _gathered(asked: PageRequest, since: date) -> Gathered[ClientMovements]:
    repository, on = asked.snapshot.repository, asked.snapshot.on
    return gathered(asked, ("moved", since), lambda client: moved_at(repository, client, on, since))


def _days(on: date) -> tuple[tuple[str, date], ...]:
    """Days that people choose often, with their names."""
    last_month, before = on.replace(day=1) - timedelta(days=1), date(on.year - 1, 12, 31)
    found = {before: f"the end of {before.year}", last_month: "the end of last month", usual(on): "a year ago"}
    return tuple((name, day) for day, name in sorted(found.items(), reverse=True))


def _of(sums: Iterable[Money], currency: str) -> Money:
    return next((each for each in sums if each.currency == currency), Money(Decimal(0), currency))
