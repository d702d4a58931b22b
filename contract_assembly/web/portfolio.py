"""The first page: every client and agreement of the firm, with the sums over them; the same rows as CSV."""

from typing import Any

from contract_assembly.billing.shares import tenth
from contract_assembly.core.csv_tables import table
from contract_assembly.core.lazy import Later
from contract_assembly.core.problems import Problem
from contract_assembly.core.values import hours as as_hours
from contract_assembly.web.figures import AgreementFigures, ClientFigures
from contract_assembly.web.gathering import Gathered, gathered
from contract_assembly.web.page import Answer, File, Page, PageRequest
from contract_assembly.web.portfolio_view import CHOICES, STATUSES, chosen, view
from contract_assembly.web.totals import Totals, totals

figures_of = Later("contract_assembly.web.counting:figures_of")  # not needed where every client is in the cache
FIGURES = "figures"  # the work of the portfolio in the memo
SECTION = "Portfolio"
HEAD = (
    "client", "name", "agreement", "kind", "plan", "status", "next", "monthly", "when_signed", "currency", "decide_by",
    "term_ends", "open", "hours_left", "runs_out", "expires", "last_review", "better_plan", "blocked", "problems",
)  # fmt: skip


def portfolio_page(asked: PageRequest) -> Answer:
    """Every agreement in a row, as the query filters, sorts and pages them, and the sums over all."""
    found = clients_gathered(asked)
    if not found.count:
        return Page("begin.html", "No clients yet", {"root": asked.snapshot.root.name}, section=SECTION)
    sums = totals_of(asked, found)
    values = {
        "gathered": found,
        "totals": sums,
        "view": view(found.found, asked),
        "most": max(max((each.renewals.count for each in sums.months), default=0), 1),
        "choices": CHOICES,
        "statuses": STATUSES,
        "tenth": tenth,
        "hours": as_hours,
        "problems": _of_clients(found.found),
    }
    return Page("portfolio.html", "Portfolio", values, section=SECTION, unfinished=not found.whole)


def portfolio_csv(asked: PageRequest) -> Answer:
    """The rows of the portfolio that the query chooses, for a spreadsheet."""
    rows = chosen(clients_gathered(asked).found, asked)
    return File(table(HEAD, map(_cells, rows)).encode(), "text/csv", f"portfolio-{asked.snapshot.on}.csv")


def clients_gathered(asked: PageRequest) -> Gathered[ClientFigures]:
    """The figures of every client, as far as there is time."""
    snapshot, cache = asked.snapshot, asked.cache

    def work(client: str) -> ClientFigures:
        figures: ClientFigures = figures_of(snapshot.repository, client, snapshot.on)
        return figures

    if cache is None:
        return gathered(asked, FIGURES, work)
    return gathered(
        asked, FIGURES, lambda client: cache.figures(client, snapshot.on, lambda: work(client)), cache.latest
    )


def totals_of(asked: PageRequest, found: Gathered[ClientFigures]) -> Totals:
    """The sums over these clients; kept until something changes once every client is in them."""
    on = asked.snapshot.on
    if not found.whole:
        return totals(found.found, on)
    return asked.snapshot.of_firm("totals", lambda: totals(found.found, on))


def _of_clients(clients: tuple[ClientFigures, ...]) -> tuple[Problem, ...]:
    """The problems of clients who have no row because their folder cannot be used."""
    return tuple(each for client in clients if not client.agreements for each in client.problems)


def _cells(each: AgreementFigures) -> tuple[Any, ...]:
    fee = each.monthly or each.waiting
    stake, left = each.renewal, each.hours
    return (
        each.client,
        each.name,
        each.agreement,
        each.kind,
        each.plan,
        each.status,
        each.next,
        each.monthly.amount if each.monthly else "",
        each.waiting.amount if each.waiting else "",
        fee.currency if fee else "",
        (stake.decide_by or "") if stake else "",
        stake.last if stake else "",
        each.open,
        as_hours(left.left) if left else "",
        (left.runs_out or "") if left else "",
        (left.expires or "") if left else "",
        each.reviewed or "",
        each.better.plan if each.better else "",
        "; ".join(problem.what for problem in each.blocked),
        "; ".join(problem.what for problem in each.problems),
    )
