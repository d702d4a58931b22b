"""What is to be invoiced in some days, with the working of each amount. It hands nothing over: `invoices --issue` does."""

from datetime import date, timedelta

from contract_assembly.billing import invoices as billing
from contract_assembly.core.problems import RefusedError, in_order
from contract_assembly.core.values import DateRange, corresponding, parse_date
from contract_assembly.repository.inputs import Repository
from contract_assembly.web.gathering import gathered
from contract_assembly.web.page import Answer, Page, PageRequest
from contract_assembly.web.paging import paged
from contract_assembly.web.totals import added

SECTION = "Invoices"
MOST = 366  # days


def invoices_page(asked: PageRequest) -> Answer:
    """The invoices of the days that the query names; without it, of the month of the page's day."""
    snapshot = asked.snapshot
    days, wrong = _days(asked)
    key = ("invoices", days)
    found = gathered(asked, key, lambda client: _of_client(snapshot.repository, client, days))
    every = [each for one in found.found for each in one.invoices]
    every.sort(key=lambda each: (each.invoiced, each.client, each.agreement))
    query = {"from": str(days.first), "to": str(days.last)}
    values = {
        "gathered": found,
        "days": days,
        "wrong": wrong,
        "shown": paged(every, asked, "/invoices", query),
        "net": added(each.net for each in every),
        "whole": added(each.total for each in every),
        "unsigned": sum(not each.binds for each in every),
        "problems": in_order(each for one in found.found for each in one.problems),
        "before": _address(corresponding(days.first.replace(day=1), -1)),
        "after": _address(corresponding(days.first.replace(day=1), 1)),
    }
    return Page("invoices.html", SECTION, values, section=SECTION, unfinished=not found.whole)


def _days(asked: PageRequest) -> tuple[DateRange, str]:
    """The days that the query names, and what is wrong with them; then those of the month."""
    usual = _month(asked.snapshot.on)
    first, last = asked.query.get("from", ""), asked.query.get("to", "")
    if not first and not last:
        return usual, ""
    try:
        found = DateRange(parse_date(first), parse_date(last))
    except ValueError as error:
        return usual, f"{error}; these are the invoices of this month"
    if found.last < found.first or (found.last - found.first).days > MOST:
        return usual, "the last day must be within a year after the first; these are the invoices of this month"
    return found, ""


def _month(day: date) -> DateRange:
    first = day.replace(day=1)
    return DateRange(first, corresponding(first, 1) - timedelta(days=1))


def _address(day: date) -> str:
    month = _month(day)
    return f"/invoices?from={month.first}&to={month.last}"


def _of_client(repository: Repository, client: str, days: DateRange) -> billing.Found:
    """The invoices of a client's folder; none of a folder without a client."""
    try:
        pairs = [(client, name) for name in repository.agreements(client)]
    except RefusedError as error:
        return billing.Found(problems=[each for each in error.problems if each.rule != "unknown-client"])
    return billing.invoices(repository, pairs, billing.ChargeQuery(days))
