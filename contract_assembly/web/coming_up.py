"""What comes up: every duty of the firm and of its agreements in the next days, each date with its steps."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from msgspec import Struct

from contract_assembly.core.problems import Problem, RefusedError, in_order
from contract_assembly.core.values import DateRange
from contract_assembly.renewals.duties.duty import Duty
from contract_assembly.renewals.duties.upcoming import Upcoming, upcoming
from contract_assembly.repository.inputs import Repository
from contract_assembly.web.firm import client_name
from contract_assembly.web.gathering import gathered
from contract_assembly.web.page import Answer, Page, PageRequest
from contract_assembly.web.paging import paged

AHEAD = ("30", "90", "365")  # days that a person can choose
USUAL = "90"
SECTION = "What comes up"


class Coming(Struct, frozen=True):
    """A duty on the page: how many days are left, below zero if it is overdue, and whether its client has a page."""

    duty: Duty
    left: int


def due_page(asked: PageRequest) -> Answer:
    """Every duty in the next days, those that are overdue first."""
    snapshot = asked.snapshot
    chosen = asked.query.get("days", USUAL) if asked.query.get("days") in AHEAD else USUAL
    days = DateRange(snapshot.on, snapshot.on + timedelta(days=int(chosen)))
    found = gathered(asked, ("due", chosen), lambda client: _of_client(snapshot.repository, client, days))
    of_firm = snapshot.of_firm(("due", chosen), lambda: upcoming(snapshot.repository, (), days))
    duties = _in_order((*of_firm.duties, *(each for one in found.found for each in one.duties)), snapshot.on)
    shown = paged(_coming(duties, snapshot.on), asked, "/due", {"days": chosen})
    values = {
        "gathered": found,
        "shown": shown,
        "days": days,
        "chosen": chosen,
        "ahead": AHEAD,
        "overdue": sum(each.last < snapshot.on for each in duties),
        "problems": in_order(each for one in (of_firm, *found.found) for each in one.problems),
        "client": "",
        "called": lambda client: client_name(snapshot, client),
    }
    return Page("due.html", SECTION, values, section=SECTION, unfinished=not found.whole)


def client_due_page(asked: PageRequest) -> Answer:
    """Everything that comes up for one client in a year. Raises RefusedError if there is no such client."""
    snapshot, client = asked.snapshot, asked.names["client"]
    snapshot.repository.agreements(client)
    days = DateRange(snapshot.on, snapshot.on + timedelta(days=365))
    found = snapshot.of_client(client, ("due", "365"), lambda: _of_client(snapshot.repository, client, days))
    values = {
        "shown": paged(_coming(found.duties, snapshot.on), asked, f"/due/{client}", {}),
        "days": days,
        "overdue": sum(each.last < snapshot.on for each in found.duties),
        "problems": in_order(found.problems),
        "client": client,
    }
    return Page("due.html", f"What comes up for {client_name(snapshot, client)}", values, section=SECTION)


def _of_client(repository: Repository, client: str, days: DateRange) -> Upcoming:
    """The duties of a client's folder; none of a folder without a client."""
    try:
        pairs = [(client, name) for name in repository.agreements(client)]
    except RefusedError as error:
        return Upcoming((), _unless_unknown(error.problems))
    return upcoming(repository, pairs, days, firm=False)


def _unless_unknown(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Without that of a folder without a client."""
    return tuple(each for each in problems if each.rule != "unknown-client")


def _in_order(duties: Iterable[Duty], on: date) -> list[Duty]:
    return sorted(
        duties, key=lambda each: (each.last >= on, each.last, each.client, each.agreement, each.kind, each.key)
    )


def _coming(duties: Iterable[Duty], on: date) -> Iterator[Coming]:
    for each in duties:
        yield Coming(each, (each.last - on).days)
